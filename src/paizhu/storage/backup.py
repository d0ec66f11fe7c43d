"""Making a backup of a vault and proving it: opened, checked, counted; only then does it count as one."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from paizhu.base import clock
from paizhu.base.errors import NotFoundError, VaultDamagedError
from paizhu.base.progress import Progress, silent
from paizhu.storage import atomic, attachments, backup_place, cipher, fingerprint, migrate
from paizhu.storage.atomic import NotWrittenError
from paizhu.storage.attachments import Attachments
from paizhu.storage.backup_place import ENDING, OWN_PLACE, POOL, STAMP, Backup, Reason
from paizhu.storage.cipher import DATABASE
from paizhu.storage.header import Header

_MEGABYTE = 1 << 20
_LONGEST_NAME = 180


class NotProvenError(VaultDamagedError):
    """A backup did not stand up to being opened and counted.

    `faults` says why, in sentences; `lacking` are the hashes of attachments that are missing or damaged, and `folder`
    is the backup.
    """

    def __init__(
        self, folder: Path, faults: list[str], lacking: tuple[str, ...] = (), todo: str = "换一个位置再备份一次"
    ) -> None:
        self.folder = folder
        self.faults = tuple(faults)
        self.lacking = lacking
        self.spoilt = len(lacking) if len(faults) == 1 else 0
        """How many attachments are lacking, where that is all; 0 when the database is at fault."""
        more = f"等 {len(faults)} 处" if len(faults) > 1 else ""
        super().__init__(
            f"备份“{folder.name.strip('.')}”没有通过核验：{faults[0]}{more}",
            "本机的库没有动",
            todo,
        )


@dataclass(frozen=True, slots=True)
class Examined:
    """What opening a backup showed: rows by table, its attachments by file size, and what is wrong."""

    tables: Mapping[str, int]
    version: str
    """Of the schema; empty for a file without tables, and for a damaged one."""
    manifest: Mapping[str, int]
    database_faults: tuple[str, ...]
    lacking: tuple[str, ...]
    """Hashes of attachments that the backup should have and has not, or not whole."""

    @property
    def faults(self) -> list[str]:
        """Everything that is wrong, as sentences."""
        lacking = [f"缺少或损坏附件 {len(self.lacking)} 个"] if self.lacking else []
        return [*self.database_faults, *lacking]


def make(
    vault: Path,
    data_key: bytes,
    place: Path | None = None,
    *,
    reason: Reason = Reason.BY_HAND,
    now: Callable[[], datetime] = clock.now,
    progress: Progress = silent,
) -> Backup:
    """Make a proven backup in the place, by default the vault's own; the vault may be in use meanwhile.

    Nothing is left in the place when it fails or is cancelled. A second place must be there already: a stick that is
    not plugged in must not become a folder on the machine's disk.
    """
    own = vault / OWN_PLACE
    place = place or own
    header = Header.load(vault)
    with _in_words(vault, place, header.vault_id):
        if place == own:
            place.mkdir(mode=atomic.OWNER_ONLY, exist_ok=True)
        if not place.is_dir():
            raise NotWrittenError("没有备份：找不到这个备份位置，盘可能没有插上", "", "插好备份盘再试，或换一个位置")
        backup_place.clear_leftovers(place)
        made = now()
        folder = _free_name(place, vault.stem, made)
        partial = place / f".{folder.name}{atomic.PARTIAL}"
        here, there = Attachments(vault / attachments.FOLDER, data_key), Attachments(place / POOL, data_key)
        pool = _Pool(here, there, progress, linked=place == own)
        try:
            partial.mkdir(mode=atomic.OWNER_ONLY)
            tables = _copy_database(vault, partial, data_key, pool, progress)
            header.save(partial)
            backup_place.write_manifest(partial, pool.fill())
            seen = _seen_whole(partial, data_key, tables, progress)
            _mark(partial, data_key, seen, reason, pool.lacking, now)
            partial.rename(folder)
            atomic.sync_folder(place)
        except BaseException:
            pool.take_back()
            shutil.rmtree(partial, ignore_errors=True)
            raise
    backup = backup_place.read(folder, data_key)
    if backup is None or backup.proven is None:
        raise NotProvenError(folder, ["写好后又读不出来"])
    return backup


def make_before_upgrade(vault: Path, data_key: bytes, progress: Progress = silent) -> Backup:
    """Make the backup that precedes a migration, or return the one of an upgrade that was refused since.

    On a disk that is nearly full each try would otherwise take the room of one more.
    """
    header = Header.load(vault)
    newest = backup_place.newest_proven(backup_place.list_backups([vault / OWN_PLACE], header.vault_id))
    written = int((vault / DATABASE).stat().st_mtime)
    if newest and newest.reason is Reason.MIGRATION and newest.made.timestamp() >= written:
        return newest
    try:
        return make(vault, data_key, reason=Reason.MIGRATION, progress=progress)
    except NotWrittenError as refused:
        why = refused.happened.partition("：")[2] or refused.happened
        happened = f"没有打开：数据要先升级，升级前的备份没有做成：{why}"
        raise NotWrittenError(happened, "原来的数据没有动", "删去盘上不用的文件后再打开") from refused


def prove(
    backup: Backup,
    data_key: bytes,
    *,
    now: Callable[[], datetime] = clock.now,
    progress: Progress = silent,
) -> Backup:
    """Open a backup again, read every page and every attachment, count, and renew its mark.

    Refused with NotProvenError when anything is wrong or the counts are no longer those of its mark, which is then
    withdrawn.
    """
    backup = backup_place.read(backup.folder, data_key) or backup
    try:
        seen = _seen_whole(backup.folder, data_key, backup.tables, progress, deep=True)
        _mark(backup.folder, data_key, seen, backup.reason, backup.lacking, now)
    except NotProvenError as refused:
        found_damaged(backup, now(), refused.spoilt)
        _set_aside(Attachments(backup.folder.parent / POOL, data_key), refused.lacking)
        raise
    except OSError as error:
        raise atomic.refusal(error, "没有核验成", "备份没有动") from error
    return backup_place.read(backup.folder, data_key) or backup


def found_damaged(backup: Backup, at: datetime, spoilt: int = 0) -> Backup:
    """Withdraw the mark of a backup and return it as it stands now.

    On a disk that is write-protected, or is being pulled out, the mark stays: whoever asked remembers what was found.
    """
    damaged = replace(backup, proven=None, failed=at, spoilt=spoilt, fingerprint="", tables={})
    with suppress(OSError):
        backup_place.withdraw_mark(damaged)
    return damaged


def _set_aside(pool: Attachments, damaged: tuple[str, ...]) -> None:
    """Take damaged attachments out of a pool, so that the next backup brings them anew."""
    for path in (pool.path(name) for name in damaged):
        with suppress(OSError):
            path.replace(path.with_suffix(".damaged"))


def examine(folder: Path, data_key: bytes, *, deep: bool = False, progress: Progress = silent) -> Examined:
    """Open a backup with the key and look at all of it; ``deep`` reads every attachment to its end too."""
    if not (folder / DATABASE).is_file():
        raise NotFoundError(f"“{folder.name}”不是备份，里面没有数据文件", "库没有改动", "另选一份备份")
    size = (folder / DATABASE).stat().st_size
    progress("正在核验备份", 0, size)
    try:
        connection = cipher.connect(folder / DATABASE, cipher.database_key(data_key), readonly=True)
    except VaultDamagedError as damaged:
        return Examined({}, "", {}, (damaged.happened,), ())
    try:
        faults = cipher.integrity(connection)
        tables = {} if faults else cipher.counts(connection)
        version = "" if faults else migrate.version(connection)
    finally:
        connection.close()
    progress("正在核验备份", size, size)
    try:
        manifest = backup_place.read_manifest(folder)
    except VaultDamagedError as damaged:
        return Examined(tables, version, {}, (*faults, damaged.happened), ())
    pool = Attachments(folder.parent / POOL, data_key)
    lacking = []
    for place, (name, bytes_) in enumerate(manifest.items(), start=1):
        whole = pool.has(name) and pool.path(name).stat().st_size == bytes_ and (not deep or pool.verify(name))
        if not whole:
            lacking.append(name)
        progress("正在核验附件", place, len(manifest))
    return Examined(tables, version, manifest, tuple(faults), tuple(lacking))


def _seen_whole(
    folder: Path, data_key: bytes, expected: Mapping[str, int], progress: Progress, *, deep: bool = False
) -> Examined:
    """Return what stands in a backup; NotProvenError where anything is wrong or the counts are not those expected."""
    seen = examine(folder, data_key, deep=deep, progress=progress)
    faults = seen.faults
    if not faults and expected and dict(seen.tables) != dict(expected):
        tables = {name for name, _rows in set(seen.tables.items()) ^ set(expected.items())}
        faults = [
            f"表 {name} 有 {seen.tables.get(name, 0)} 行，应有 {expected.get(name, 0)} 行" for name in sorted(tables)
        ]
    if faults:
        raise NotProvenError(folder, faults, seen.lacking)
    return seen


def _mark(
    folder: Path, data_key: bytes, seen: Examined, reason: Reason, lacking: int, now: Callable[[], datetime]
) -> None:
    """Write down that a backup was seen whole, and when."""
    database = folder / DATABASE
    proven = Backup(
        folder,
        Header.load(folder).vault_id,
        now(),
        now(),
        reason,
        database.stat().st_size,
        len(seen.manifest),
        lacking,
        fingerprint=fingerprint.of(folder),
        tables=seen.tables,
    )
    backup_place.write_mark(proven, data_key)


def _copy_database(vault: Path, partial: Path, data_key: bytes, pool: "_Pool", progress: Progress) -> Mapping[str, int]:
    """Copy the database as it stands now and return the counts of that very moment."""
    key = cipher.database_key(data_key)
    source = cipher.connect(vault / DATABASE, key, readonly=True)
    try:
        source.execute("BEGIN")
        tables = cipher.counts(source)
        # After the moment is pinned: an attachment is stored before the record that names it.
        named = source.execute("SELECT DISTINCT digest FROM attachment").fetchall() if "attachment" in tables else []
        pool.plan({str(name) for (name,) in named})
        _ask_for_room(partial, (vault / DATABASE).stat().st_size + pool.bytes_needed)
        cipher.copy_encrypted(source, partial / DATABASE, key, progress)
    except cipher.DatabaseError as error:
        raise cipher.refusal(error, "没有复制数据文件") from error
    finally:
        source.close()
    return tables


def _ask_for_room(partial: Path, needed: int) -> None:
    short = needed - shutil.disk_usage(partial).free
    if short > 0:
        raise NotWrittenError(
            f"没有备份：盘上空间不足，还差 {-(-short // _MEGABYTE)} MB", "", "删去盘上不用的文件，或换一个盘再备份"
        )


class _Pool:
    """Attachments on their way from the vault into a place's pool: each is verified once, when it arrives."""

    def __init__(self, vault: Attachments, pool: Attachments, progress: Progress, *, linked: bool) -> None:
        self._vault = vault
        self._pool = pool
        self._progress = progress
        self._linked = linked
        self._wanted: list[str] = []
        self._new: list[str] = []
        self._lost: set[str] = set()
        self._arrived: list[str] = []
        self.bytes_needed = 0
        self.lacking = 0

    def plan(self, named: set[str]) -> None:
        """See which attachments the place does not have yet; ``named`` are those that records of the vault have."""
        self._wanted = self._vault.names()
        self._lost = named - set(self._wanted)
        self._new = [name for name in self._wanted if not self._stands(name)]
        self.bytes_needed = sum(self._vault.path(name).stat().st_size for name in self._new)

    def fill(self) -> dict[str, int]:
        """Bring over what is new and return all that the place now has of the vault, by file size."""
        unusable = set()
        done = 0
        for name in self._new:
            done += self._vault.path(name).stat().st_size
            _bring(self._vault.path(name), self._pool.path(name), linked=self._linked)
            self._arrived.append(name)
            if not self._pool.verify(name):
                # Damaged in the vault itself. The records must be backed up all the same; the number is shown.
                self._pool.path(name).unlink()
                unusable.add(name)
            self._progress("正在复制附件", done, self.bytes_needed)
        # A file gone from the vault may still stand whole in the place, from an earlier backup.
        still = {name for name in self._lost if self._pool.has(name) and self._pool.verify(name)}
        self.lacking = len(unusable) + len(self._lost - still)
        return {
            name: self._pool.path(name).stat().st_size
            for name in (*self._wanted, *sorted(still))
            if name not in unusable
        }

    def take_back(self) -> None:
        """Remove what was brought over for a backup that did not come about."""
        for name in self._arrived:
            self._pool.path(name).unlink(missing_ok=True)

    def _stands(self, name: str) -> bool:
        here, there = self._vault.path(name), self._pool.path(name)
        # Of two sizes either may be the damaged one; a whole file in the place is never replaced.
        return there.is_file() and (there.stat().st_size == here.stat().st_size or self._pool.verify(name))


def _bring(source: Path, dest: Path, *, linked: bool) -> None:
    dest.parent.mkdir(parents=True, exist_ok=True)
    dest.unlink(missing_ok=True)
    if linked:
        # In the vault's own place a second name costs nothing; a second place must survive damage to the first file.
        with suppress(OSError):
            os.link(source, dest)
            return
    with atomic.replacing(dest) as temp:
        shutil.copyfile(source, temp)


def out_of_reach(vault: Path) -> bool:
    """Tell whether backups of a vault at this place would have paths too long to be opened."""
    folder = _named(vault / OWN_PLACE, vault.stem, clock.now())
    return cipher.too_long(folder.with_name(f".{folder.name}{atomic.PARTIAL}") / DATABASE)


def _free_name(place: Path, name: str, made: datetime) -> Path:
    first = _named(place, name, made)
    folder, number = first, 1
    while folder.exists():
        number += 1
        folder = first.with_name(f"{first.name.removesuffix(ENDING)}-{number}{ENDING}")
    return folder


def _named(place: Path, name: str, made: datetime) -> Path:
    # A file's name has 255 bytes, and while it is being made or removed this one has some more before and behind.
    short = name.encode()[:_LONGEST_NAME].decode(errors="ignore")
    return place / f"{short}-{made.strftime(STAMP)}{ENDING}"


@contextmanager
def _in_words(vault: Path, place: Path, vault_id: str) -> Iterator[None]:
    """Turn what the disk refuses into words about this backup, naming the newest one that is good."""
    try:
        yield
    except OSError as error:
        refused = atomic.refusal(error, "")
        raise _not_backed_up(vault, place, vault_id, refused) from error
    except NotWrittenError as refused:
        raise _not_backed_up(vault, place, vault_id, refused) from refused


def _not_backed_up(vault: Path, place: Path, vault_id: str, refused: NotWrittenError) -> NotWrittenError:
    own = vault / OWN_PLACE
    happened = "没有做成备份" if place == own else "没有写进备份盘"
    why = refused.happened.partition("：")[2]
    last = backup_place.newest_proven(backup_place.list_backups({own, place}, vault_id))
    kept = f"数据都在本机，{last.made:%m-%d %H:%M} 的备份完好" if last else "数据都在本机，没有动"
    return NotWrittenError(f"{happened}：{why}" if why else happened, kept, refused.todo)
