"""Coming back to a backup: finding them, making a vault from one, and the line in the journal of what came back."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from paizhu.base import paths
from paizhu.base.errors import NoEntryError, NotAllowedError, NotFoundError, PaizhuError, VaultDamagedError
from paizhu.base.progress import Progress, silent
from paizhu.services.safety import key_watch
from paizhu.storage import backup_place, cipher, restore
from paizhu.storage.backup import NotProvenError
from paizhu.storage.backup_place import OWN_PLACE, Backup
from paizhu.storage.header import Header
from paizhu.storage.hold import Hold
from paizhu.storage.restore import MENDED, WORD, Restored
from paizhu.storage.vault import Vault

T = TypeVar("T")


def find(folder: Path) -> list[Backup]:
    """Return the backups in a chosen folder, or the one that the folder itself is; newest first."""
    if not paths.may_look(folder):
        raise NoEntryError(folder.resolve().name)
    itself = backup_place.read(folder)
    found = [itself] if itself else backup_place.list_backups([folder, folder / OWN_PLACE])
    if not found:
        raise NotFoundError(
            f"“{folder.resolve().name}”里没有找到备份",
            "里面的文件没有动",
            "选放备份的文件夹，或名字以 .paizhu-backup 结尾的那一个",
        )
    return found


def restore_into(source: Backup, folder: Path, key: Callable[[Header], bytes], progress: Progress = silent) -> Restored:
    """Make a vault from a backup in a folder, or put it in place of the closed vault there, whose state is kept.

    ``key`` opens the key slots of the backup with a password or recovery code.
    """
    if folder.exists() and not folder.is_dir():
        raise NotAllowedError(f"“{folder.name}”是一个文件，不是文件夹", "它没有动", "另写一个文件夹的名字")
    data_key = key(Header.load(source.folder))
    if not folder.exists():
        return _restored(source, folder, data_key, progress)
    return held(folder, lambda: _restored(source, folder, data_key, progress))


def _restored(source: Backup, folder: Path, data_key: bytes, progress: Progress) -> Restored:
    """Restore; a damaged backup is refused with the name of the one beside it that comes nearest."""
    try:
        return restore.restore(source, folder, data_key, progress=progress)
    except NotProvenError as refused:
        beside = nearest(backup_place.list_backups([source.folder.parent], source.vault_id, data_key), source)
        if not beside:
            raise
        todo = f"没有恢复，可以改用同一处 {beside[0].made:%Y-%m-%d %H:%M} 的“{beside[0].folder.name}”"
        raise NotProvenError(source.folder, list(refused.faults), refused.lacking, todo) from refused


def mend(source: Backup, folder: Path, key: Callable[[Header], bytes], progress: Progress = silent) -> str:
    """Make a vault that cannot be opened whole again from one of its backups; returns in words what was done.

    When only the key file is damaged it alone is taken from the backup, and no record goes back to an older state.
    """
    data_key = key(Header.load(source.folder))
    if _lacks_keys_only(folder, data_key):
        held(folder, lambda: _take_keys(source, folder, data_key))
        return "钥匙文件已用备份里的补好，数据一条没有动；口令是做那份备份时的口令。"
    restored = held(folder, lambda: _restored(source, folder, data_key, progress))
    words = f"已恢复到 {source.made:%Y-%m-%d %H:%M} 的备份，这以后的改动不在里面。"
    return words + (f"原来打不开的文件没有删，另存在 {restored.kept.name}。" if restored.kept else "")


def _take_keys(source: Backup, folder: Path, data_key: bytes) -> None:
    Header.load(source.folder).save(folder)
    words = f"钥匙文件用 {source.made:%Y-%m-%d %H:%M} 的备份 {source.folder.name} 里的补好"
    restore.leave_word(folder / cipher.DATABASE, data_key, words, MENDED)


def _lacks_keys_only(folder: Path, data_key: bytes) -> bool:
    """Tell whether the key file cannot be read while the database is whole."""
    try:
        Header.load(folder)
        return False
    except VaultDamagedError:
        pass
    try:
        connection = cipher.connect(folder / cipher.DATABASE, cipher.database_key(data_key), readonly=True)
    except PaizhuError:
        return False
    try:
        return not cipher.integrity(connection)
    finally:
        connection.close()


def held(folder: Path, work: Callable[[], T]) -> T:
    """Do something to a closed vault while nobody else has it."""
    hold = Hold.acquire(folder)
    try:
        return work()
    finally:
        hold.release()


def nearest(found: Iterable[Backup], than: Backup) -> list[Backup]:
    """Return the proven backups beside one that cannot be used, the nearest in time first: its twin elsewhere."""
    others = (each for each in found if each.proven and each.folder != than.folder)
    return sorted(others, key=lambda each: (abs(each.made - than.made), each.folder))


def note(vault: Vault) -> None:
    """Write into the journal from which backup this vault was brought back, when that was done while it was closed.

    However it was done: from the window, on a bare machine, by the command line, or by the opening after a power cut.
    """
    for name in (WORD, MENDED):
        words = vault.kept(*name)
        if words is None:
            continue
        try:
            with vault.act("security", words, always=True):
                pass
            vault.keep(*name, None)
            key_watch.keep(vault)
        except PaizhuError:
            # A full disk, or a chain that does not fit: the vault opens all the same, and it is tried again next time.
            continue
