"""A place that holds backups: a folder for each, and one pool of attachments that they share.

    PLACE/NAME-20260925-174200.paizhu-backup/   vault.db, header.json, attachments.json, proven.json
    PLACE/paizhu-attachments/ab/ab12…           encrypted as in the vault, never changed once written

A place needs nothing outside it: a stick with one on it restores a vault on a bare machine. The mark ``proven.json``
is given by proving alone; the row counts in it are encrypted, since even figures about cases are nobody's business.
"""

import base64
import binascii
import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag

from paizhu.base import clock
from paizhu.base.errors import PaizhuError, VaultDamagedError
from paizhu.storage import atomic
from paizhu.storage.cipher import DATABASE
from paizhu.storage.header import Header
from paizhu.storage.keys import Purpose, decrypt, encrypt, subkey

OWN_PLACE = "backups"
ENDING = ".paizhu-backup"
POOL = "paizhu-attachments"
MARK = "proven.json"
MANIFEST = "attachments.json"
STAMP = "%Y%m%d-%H%M%S"
_DIGEST = re.compile(r"[0-9a-f]{64}")
_NAMED = re.compile(r"(?P<name>.+)-(?P<made>\d{8}-\d{6})(?:-\d+)?" + re.escape(ENDING))


class Reason(StrEnum):
    """What a backup was made for; it stands in the mark and in the list."""

    BY_HAND = "by_hand"
    TIMER = "timer"
    CLOSING = "closing"
    IMPORT = "import"
    MASS_CHANGE = "mass_change"
    MIGRATION = "migration"
    RESTORE = "restore"

    @property
    def words(self) -> str:
        """The reason as the list of backups shows it."""
        return _REASON_WORDS[self]


_REASON_WORDS = {
    Reason.BY_HAND: "手工备份",
    Reason.TIMER: "定时",
    Reason.CLOSING: "关闭时",
    Reason.IMPORT: "导入前",
    Reason.MASS_CHANGE: "批量修改前",
    Reason.MIGRATION: "升级前",
    Reason.RESTORE: "恢复前",
}


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup as it stands in a place; without `proven` nobody has opened and counted it."""

    folder: Path
    vault_id: str
    made: datetime
    proven: datetime | None = None
    reason: Reason = Reason.BY_HAND
    database_bytes: int = 0
    attachments: int = 0
    lacking: int = 0
    """Attachments that were missing or damaged in the vault itself when the backup was made."""
    failed: datetime | None = None
    """When it was found damaged; it is proven no more."""
    spoilt: int = 0
    """Attachments alone that were found damaged or gone since; 0 in a damaged one whose database is at fault."""
    fingerprint: str = ""
    """What was proven, so that a change of it is seen without opening it; empty in marks of older programs."""
    tables: Mapping[str, int] = field(default_factory=dict, hash=False)
    """Rows of each table; empty when the list was made without the key."""

    @property
    def lacking_words(self) -> str:
        """What is not in it because the vault itself has it no more, in a sentence; empty when it has everything."""
        return f"有 {self.lacking} 个附件在库里就缺失或损坏，备份里也没有。" if self.lacking else ""

    @property
    def name(self) -> str:
        """Name of the vault's folder when the backup was made."""
        named = _NAMED.fullmatch(self.folder.name)
        return named["name"] if named else self.folder.name


def list_backups(places: Iterable[Path], vault_id: str = "", data_key: bytes | None = None) -> list[Backup]:
    """Return the backups in these places, newest first; a place that is not there now has none.

    With the key the row counts are read too, and a mark that was not made with this key does not count.
    """
    found = {}
    for folder in (folder for place in places for folder in _folders(place)):
        backup = read(folder, data_key)
        if backup and vault_id in {"", backup.vault_id}:
            found[folder.absolute()] = backup
    return sorted(found.values(), key=lambda backup: (backup.made, backup.folder.name), reverse=True)


def newest_proven(backups: Iterable[Backup]) -> Backup | None:
    """Return the newest backup that was opened and counted, or None.

    One dated later than now was made while the machine's clock was ahead: it counts only when there is no other, or
    it would pass for the newest until that day comes.
    """
    now = clock.now()
    proven = (backup for backup in backups if backup.proven)
    return max(proven, key=lambda backup: (backup.made <= now, backup.made), default=None)


def read(folder: Path, data_key: bytes | None = None) -> Backup | None:
    """Return what stands in a backup's folder, or None when it is none."""
    named = _NAMED.fullmatch(folder.name)
    database = folder / DATABASE
    if not named or not database.is_file():
        return None
    made = datetime.strptime(named["made"], STAMP)  # noqa: DTZ007 - local time, as on the officer's wall
    try:
        mark = json.loads((folder / MARK).read_bytes())
        if "failed" in mark:
            return _found_damaged(folder, made, mark)
        if mark["database_bytes"] != database.stat().st_size:
            raise ValueError(MARK)
        return Backup(
            folder,
            str(mark["vault_id"]),
            made,
            datetime.fromisoformat(mark["proven"]),
            Reason(mark["reason"]),
            int(mark["database_bytes"]),
            int(mark["attachments"]),
            int(mark["lacking"]),
            fingerprint=str(mark.get("fingerprint", "")),
            tables=_opened_counts(mark, data_key) if data_key else {},
        )
    except (OSError, ValueError, KeyError, TypeError, InvalidTag):
        return Backup(folder, _vault_id(folder), made, database_bytes=database.stat().st_size)


def _found_damaged(folder: Path, made: datetime, mark: Mapping[str, Any]) -> Backup:
    return Backup(
        folder,
        str(mark["vault_id"]),
        made,
        None,
        Reason(mark["reason"]),
        (folder / DATABASE).stat().st_size,
        int(mark["attachments"]),
        int(mark["lacking"]),
        datetime.fromisoformat(mark["failed"]),
        int(mark["spoilt"]),
    )


def write_mark(backup: Backup, data_key: bytes) -> None:
    """Put the mark of a proven backup into its folder."""
    if backup.proven is None:
        raise ValueError(backup)
    mark = {
        "format": 1,
        "vault_id": backup.vault_id,
        "proven": backup.proven.isoformat(timespec="seconds"),
        "reason": backup.reason.value,
        "database_bytes": backup.database_bytes,
        "attachments": backup.attachments,
        "lacking": backup.lacking,
        "fingerprint": backup.fingerprint,
    }
    counts = json.dumps(dict(backup.tables)).encode()
    box = encrypt(subkey(data_key, Purpose.BACKUPS), counts, _bound(mark))
    mark["counts"] = base64.b64encode(box).decode()
    atomic.write(backup.folder / MARK, json.dumps(mark, indent=1).encode())


def withdraw_mark(backup: Backup) -> None:
    """Write in place of its mark that a backup was found damaged, and when; for older programs it is unproven."""
    if backup.failed is None:
        raise ValueError(backup)
    mark = {
        "format": 1,
        "vault_id": backup.vault_id,
        "failed": backup.failed.isoformat(timespec="seconds"),
        "reason": backup.reason.value,
        "attachments": backup.attachments,
        "lacking": backup.lacking,
        "spoilt": backup.spoilt,
    }
    atomic.write(backup.folder / MARK, json.dumps(mark, indent=1).encode())


def write_manifest(folder: Path, sizes: Mapping[str, int]) -> None:
    """Note which attachments belong to a backup, with the size of each encrypted file."""
    atomic.write(folder / MANIFEST, json.dumps(dict(sorted(sizes.items())), indent=0).encode())


def read_manifest(folder: Path) -> dict[str, int]:
    """Return the attachments of a backup with their file sizes; refused when the list is damaged."""
    try:
        sizes = {str(name): int(size) for name, size in json.loads((folder / MANIFEST).read_bytes()).items()}
        if not all(_DIGEST.fullmatch(name) for name in sizes):
            raise ValueError(MANIFEST)
        return sizes
    except (OSError, ValueError, AttributeError) as error:
        raise VaultDamagedError(
            f"备份“{folder.name}”的附件清单读不出来", "备份里的数据文件没有动", "换一份备份"
        ) from error


def remove(backups: Iterable[Backup]) -> None:
    """Delete backups, and the attachments in their places that no remaining backup needs."""
    places = set()
    for backup in backups:
        places.add(backup.folder.parent)
        # Renamed first: a backup half deleted must not stand in the list.
        gone = backup.folder.with_name(f".{backup.folder.name}{atomic.PARTIAL}")
        try:
            backup.folder.rename(gone)
            _delete(gone)
        except OSError as error:
            raise atomic.refusal(error, f"没有删掉旧备份“{backup.folder.name}”", "其他备份没有动") from error
    for place in places:
        _sweep(place)


@dataclass(frozen=True, slots=True)
class Renewal:
    """Backups that open with the present password now, and those that could not be written."""

    renewed: int = 0
    left: tuple[Backup, ...] = ()


def renew_headers(places: Iterable[Path], header: Header) -> Renewal:
    """Put the present key slots into the vault's backups, so that the present password opens them all.

    Done after a change of password: otherwise an old one, perhaps known to others, would still open old backups.
    One that cannot be written keeps none of the others from it.
    """
    renewed, left = 0, list[Backup]()
    for backup in list_backups(places, header.vault_id):
        try:
            header.save(backup.folder)
        except atomic.NotWrittenError:
            left.append(backup)
        else:
            renewed += 1
    return Renewal(renewed, tuple(left))


def clear_leftovers(place: Path) -> None:
    """Delete what a killed program left half made in a place."""
    for folder in _unfinished(place):
        with suppress(OSError):
            _delete(folder, ignore_errors=True)


def _delete(folder: Path, *, ignore_errors: bool = False) -> None:
    """Delete a folder; of a link to one the link alone."""
    if folder.is_symlink():
        folder.unlink()
    else:
        shutil.rmtree(folder, ignore_errors=ignore_errors)


def _sweep(place: Path) -> None:
    if _unfinished(place):
        return
    try:
        needed = {name for folder in _folders(place) for name in read_manifest(folder)}
    except PaizhuError:
        # Not knowing what one backup needs, nothing may go.
        return
    for path in place.glob(f"{POOL}/??/*"):
        if path.name not in needed:
            path.unlink(missing_ok=True)


def _unfinished(place: Path) -> list[Path]:
    return [folder for folder in place.glob(f".*{ENDING}{atomic.PARTIAL}") if folder.is_dir()]


def _folders(place: Path) -> Iterator[Path]:
    try:
        yield from sorted(folder for folder in place.glob(f"*{ENDING}") if folder.is_dir())
    except OSError:
        return


def _vault_id(folder: Path) -> str:
    try:
        return Header.load(folder).vault_id
    except PaizhuError:
        return ""


def _opened_counts(mark: Mapping[str, Any], data_key: bytes) -> dict[str, int]:
    try:
        box = base64.b64decode(mark["counts"], validate=True)
    except binascii.Error as error:
        raise ValueError(MARK) from error
    plain = {name: value for name, value in mark.items() if name != "counts"}
    counts = json.loads(decrypt(subkey(data_key, Purpose.BACKUPS), box, _bound(plain)))
    return {str(name): int(rows) for name, rows in counts.items()}


def _bound(mark: Mapping[str, Any]) -> bytes:
    return json.dumps(dict(mark), sort_keys=True).encode()
