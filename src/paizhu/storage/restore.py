"""Bringing a vault back to a backup: staged beside the present state, which is kept, then switched by renaming."""

import json
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from paizhu.base import clock
from paizhu.base.errors import NotAllowedError, PaizhuError, VaultDamagedError
from paizhu.base.progress import Progress, silent
from paizhu.storage import atomic, attachments, attempts, backup, backup_place, cipher, header, hold, migrate
from paizhu.storage.attachments import Attachments
from paizhu.storage.backup import NotProvenError
from paizhu.storage.backup_place import OWN_PLACE, POOL, Backup, Reason
from paizhu.storage.cipher import DATABASE
from paizhu.storage.header import Header

READY = DATABASE + ".ready"
_STAGED = DATABASE + atomic.PARTIAL
_KEPT_ENDING = ".paizhu-kept"
_PARTS = ("-wal", "-journal", "")
KEYS = ("header", "digest")
"""Under which name a vault keeps which key file it was opened with last."""
WORD = ("restore", "from")
"""Under which name a restored vault keeps which backup it came from, until it is opened and its journal says so."""
MENDED = ("keys", "from")
"""The same for a vault that took only its key file from a backup."""
LEFT = ("restore", "left")
"""Under which name a restored vault keeps the links of the chain that it left behind."""
LINK_SIGNS = 16
_MOST_LEFT = 5000


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: rows by table now in the vault, attachments that were lacking, and the state it kept."""

    tables: dict[str, int]
    lacking: int
    kept: Path | None
    """Folder of the backup of the state before, or of its raw files when they could not be opened."""

    @property
    def words(self) -> str:
        """What was done, what was kept of the state before, and what is lacking, in sentences."""
        ruined = self.kept is not None and self.kept.name.endswith(_KEPT_ENDING)
        kept = f"恢复前的数据文件有缺损，没有删，另存在 {self.kept.name if self.kept else ''}"
        words = f"已恢复到所选的备份；{kept if ruined else '恢复前的内容也存成了一份备份'}。"
        return words + (f"有 {self.lacking} 个附件备份里也没有，其他都已恢复。" if self.lacking else "")


def restore(
    source: Backup,
    vault: Path,
    data_key: bytes,
    *,
    now: Callable[[], datetime] = clock.now,
    progress: Progress = silent,
) -> Restored:
    """Put a backup in place of the vault's present state, or make the vault anew where there is none.

    The vault must be closed, and held by the caller when it exists. The present state is kept first; the present
    password stays valid. Nothing is changed when the backup does not hold or something fails before the switch.
    """
    seen = backup.examine(source.folder, data_key, progress=progress)
    if seen.database_faults:
        backup.found_damaged(source, now())
        raise NotProvenError(source.folder, list(seen.database_faults), todo="没有恢复，请另选一份备份")
    if seen.version > migrate.HEAD:
        raise NotAllowedError(
            "这份备份是用更新版本的程序做的，没有恢复", "库和备份都没有动", "用新版本程序恢复，或另选一份较早的备份"
        )
    try:
        finish(vault)
        if not _stands(vault):
            lacking = source.lacking + _make_new(source, vault, data_key, seen, progress)
            return Restored(dict(seen.tables), lacking, None)
        present = _present_header(vault, source)
        lacking = source.lacking + _stage(source, vault, data_key, seen, progress)
        kept = _keep_present(vault, data_key, now, progress)
        if kept:
            _carry_numbers(vault / DATABASE, vault / _STAGED, cipher.database_key(data_key))
            _carry_links(vault / DATABASE, vault / _STAGED, cipher.database_key(data_key))
        if present is None:
            Header.load(source.folder).save(vault)
        (vault / _STAGED).replace(vault / READY)
        aside = finish(vault)
        if kept and aside:
            # Its contents stand proven in the backup just made.
            shutil.rmtree(aside, ignore_errors=True)
        return Restored(dict(seen.tables), lacking, kept or aside)
    except OSError as error:
        raise atomic.refusal(error, "没有恢复成", "库和备份都没有动") from error
    finally:
        _drop_staged(vault)


def finish(vault: Path) -> Path | None:
    """Carry a restore to its end that was interrupted at the switch; to be called before a vault is opened.

    Returns the folder that now holds the files of the state before, if there were any.
    """
    _drop_staged(vault)
    ready = vault / READY
    if not ready.exists():
        return None
    stamp = datetime.fromtimestamp(ready.stat().st_mtime)  # noqa: DTZ006 - local time, as in all names of backups
    aside = vault / OWN_PLACE / f"{vault.stem}-{stamp.strftime(backup_place.STAMP)}{_KEPT_ENDING}"
    _drop_empty_log(vault)
    present = [vault / (DATABASE + part) for part in _PARTS if (vault / (DATABASE + part)).exists()]
    if present:
        aside.mkdir(parents=True, exist_ok=True)
    # The log goes before the database: left beside the restored one, it would be carried into it.
    for path in present:
        path.rename(aside / path.name)
    ready.replace(vault / DATABASE)
    atomic.sync_folder(vault)
    return aside if aside.is_dir() else None


def _drop_staged(vault: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        (vault / (_STAGED + ending)).unlink(missing_ok=True)


def _drop_empty_log(vault: Path) -> None:
    """Delete what reading leaves beside a database: an empty log, and the log's index, which is always made anew."""
    log = vault / (DATABASE + "-wal")
    if log.exists() and log.stat().st_size == 0:
        log.unlink()
    log.with_name(DATABASE + "-shm").unlink(missing_ok=True)


def _stands(vault: Path) -> bool:
    if not vault.exists():
        return False
    names = {path.name for path in vault.iterdir()} - {hold.FILE, attempts.FILE, OWN_PLACE, attachments.FOLDER}
    if names & {DATABASE, READY, header.FILE, header.COPY}:
        return True
    if names:
        raise NotAllowedError(
            f"“{vault.name}”里有别的文件，不是本程序的库", "里面的文件没有动", "另选一个空文件夹或新的名字"
        )
    return True


def _present_header(vault: Path, source: Backup) -> Header | None:
    try:
        present = Header.load(vault)
    except VaultDamagedError:
        return None
    if present.vault_id != Header.load(source.folder).vault_id:
        raise NotAllowedError(
            "这份备份属于另一个库，没有放进来", "两个库都没有动", "恢复到一个新的文件夹，或选本库的备份"
        )
    return present


def _stage(source: Backup, vault: Path, data_key: bytes, seen: backup.Examined, progress: Progress) -> int:
    """Bring database and attachments beside the present state; return how many attachments are lacking."""
    staged = vault / _STAGED
    _copy(source.folder / DATABASE, staged, progress)
    for newer in _made_since(source):
        # What a damaged one knows is lost; the backup chosen is good all the same.
        with suppress(PaizhuError):
            _carry_numbers(newer.folder / DATABASE, staged, cipher.database_key(data_key))
            break
    leave_word(staged, data_key, f"恢复到 {source.made:%Y-%m-%d %H:%M} 的备份 {source.folder.name}")
    own = Attachments(vault / attachments.FOLDER, data_key)
    pool = Attachments(source.folder.parent / POOL, data_key)
    lacking = 0
    for place, name in enumerate(seen.manifest, start=1):
        if not own.verify(name):
            if pool.verify(name):
                dest = own.path(name)
                dest.parent.mkdir(parents=True, exist_ok=True)
                with atomic.replacing(dest) as temp:
                    shutil.copyfile(pool.path(name), temp)
            else:
                lacking += 1
        progress("正在恢复附件", place, len(seen.manifest))
    return lacking


def _made_since(source: Backup) -> list[Backup]:
    """Return the backups of the same vault beside this one that were made later, newest first."""
    beside = backup_place.list_backups([source.folder.parent], source.vault_id)
    return [each for each in beside if each.made > source.made]


def _make_new(source: Backup, vault: Path, data_key: bytes, seen: backup.Examined, progress: Progress) -> int:
    """Build the vault under another name and give it its own at the end."""
    partial = vault.with_name(f".{vault.name}{atomic.PARTIAL}")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        partial.mkdir(mode=atomic.OWNER_ONLY, parents=True)
        lacking = _stage(source, partial, data_key, seen, progress)
        Header.load(source.folder).save(partial)
        (partial / _STAGED).rename(partial / DATABASE)
        partial.rename(vault)
        atomic.sync_folder(vault.parent)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    return lacking


def _keep_present(vault: Path, data_key: bytes, now: Callable[[], datetime], progress: Progress) -> Path | None:
    """Back the present state up; None when it cannot be opened, and its raw files must be kept instead."""
    if not (vault / DATABASE).is_file():
        return None
    try:
        kept = backup.make(vault, data_key, reason=Reason.RESTORE, now=now, progress=progress).folder
        # Closing the last connection carries the log into the database and removes it.
        cipher.connect(vault / DATABASE, cipher.database_key(data_key)).close()
    except VaultDamagedError:
        return None
    return kept


def _carry_numbers(present: Path, staged: Path, key: bytes) -> None:
    """Bring the last running numbers over: what was issued since the backup stands on paper and is not issued again."""
    here = cipher.connect(present, key, readonly=True)
    there = cipher.connect(staged, key)
    try:
        known = "SELECT count(*) FROM sqlite_master WHERE name = 'number_counter'"
        if all(connection.execute(known).fetchone()[0] for connection in (here, there)):
            there.executemany(
                "INSERT INTO number_counter (register, year, last) VALUES (?, ?, ?) "
                "ON CONFLICT DO UPDATE SET last = max(last, excluded.last)",
                here.execute("SELECT register, year, last FROM number_counter").fetchall(),
            )
    finally:
        here.close()
        there.close()
    atomic.sync(staged)


def _carry_links(present: Path, staged: Path, key: bytes) -> None:
    """Bring over which links of the chain are left behind: whoever saw one of them last finds what became of it."""
    here = cipher.connect(present, key, readonly=True)
    there = cipher.connect(staged, key)
    try:
        known = "SELECT count(*) FROM sqlite_master WHERE name IN ('kept', 'journal_entry')"
        if any(connection.execute(known).fetchone()[0] < 2 for connection in (here, there)):
            return
        links = "SELECT substr(hash, 1, ?) FROM journal_entry ORDER BY id DESC LIMIT ?"
        asked = (LINK_SIGNS, _MOST_LEFT)
        stay = {link for (link,) in there.execute(links, asked)}
        left = [link for (link,) in here.execute(links, asked) if link not in stay]
        for connection in (here, there):
            row = connection.execute("SELECT body FROM kept WHERE kind = ? AND name = ?", LEFT).fetchone()
            left += sorted(left_behind(row[0] if row else None).difference(left))
        body = json.dumps(left[:_MOST_LEFT])
        there.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", (*LEFT, body, clock.now().isoformat()))
    finally:
        here.close()
        there.close()
    atomic.sync(staged)


def left_behind(body: str | None) -> frozenset[str]:
    """Return the beginnings of the links that restores left behind, from what a vault keeps of them."""
    return frozenset(json.loads(body)) if body else frozenset()


def leave_word(database: Path, data_key: bytes, words: str, name: tuple[str, str] = WORD) -> None:
    """Keep in a closed database what was done to it; whoever opens it next writes that into the journal.

    Which key file was used with it last is forgotten: the one beside it is meant to be another.
    Nothing is kept by a schema from before things were kept by name.
    """
    connection = cipher.connect(database, cipher.database_key(data_key))
    try:
        if connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'kept'").fetchone()[0]:
            at = clock.now().isoformat(timespec="seconds")
            connection.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", (*name, words, at))
            connection.execute("DELETE FROM kept WHERE kind = ? AND name = ?", KEYS)
    except cipher.DatabaseError as error:
        raise cipher.refusal(error, "没有恢复成") from error
    finally:
        connection.close()
    atomic.sync(database)


def _copy(source: Path, dest: Path, progress: Progress) -> None:
    total, done = source.stat().st_size, 0
    with source.open("rb") as reading, dest.open("wb") as writing:
        while piece := reading.read(attachments.PIECE):
            writing.write(piece)
            done += len(piece)
            progress("正在恢复数据文件", done, total)
    atomic.sync(dest)
