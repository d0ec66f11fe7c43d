"""Whether backups that were proven still are what was proven: looked at again, and remembered for this sitting."""

import errno
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from paizhu.base import clock
from paizhu.base.errors import PaizhuError, VaultDamagedError
from paizhu.base.progress import Progress, silent
from paizhu.storage import atomic, backup, backup_place, fingerprint
from paizhu.storage.attachments import Attachments
from paizhu.storage.backup import NotProvenError
from paizhu.storage.backup_place import POOL, Backup
from paizhu.storage.cipher import DATABASE
from paizhu.storage.header import Header

PROVE_AGAIN = timedelta(days=30)
"""After so long a backup is read whole again, attachments included, while nobody works."""
_LOOK_AGAIN = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class _Look:
    """When a backup was looked at, the size and time of its file then, and how it stood."""

    at: datetime
    stamp: tuple[int, int]
    backup: Backup


class Soundness:
    """Looks at backups again: most by their fingerprint, which takes as long as reading the file once."""

    def __init__(self, data_key: bytes, header: Header) -> None:
        self._data_key = data_key
        self._header = header
        self._looks: dict[Path, _Look] = {}

    def as_seen(self, found: Backup) -> Backup:
        """Return a backup as it was seen last: a place that takes no mark cannot say that it was found damaged."""
        look = self._looks.get(found.folder)
        if look and look.backup.failed and found.proven and _stamp(found) == look.stamp:
            return look.backup
        return found

    def waiting(self, backups: Iterable[Backup]) -> list[Backup]:
        """Return those to look at: proven ones not seen in this sitting as they lie there now, in the same order.

        One that was found damaged is read again too, once: what it lacked may have come back with a later backup.
        """
        return [each for each in backups if (each.proven or each.failed) and not self._seen_lately(each)]

    def look(self, chosen: Backup, progress: Progress = silent) -> Backup:
        """Return a backup as it stands: proven, or found damaged. Refused when its place cannot be read now.

        One that is no longer what was proven is read whole, and loses its mark when it does not hold. Damaged keys
        are no loss while the vault has the same.
        """
        self._mend_keys(chosen)
        return self._as_proven(chosen, progress) or self._read_whole(chosen, progress)

    def prove_again(self, chosen: Backup, progress: Progress = silent) -> Backup:
        """Look at a backup as thoroughly as when it was proven, every attachment read, and renew its mark."""
        self._mend_keys(chosen)
        pool = Attachments(chosen.folder.parent / POOL, self._data_key)
        seen = self._as_proven(chosen, progress, pool.verify) or self._read_whole(chosen, progress)
        if not seen.proven or seen.proven != chosen.proven:
            return seen
        renewed = replace(seen, proven=clock.now())
        # On a disk that is write-protected the mark stays as it is.
        with suppress(OSError):
            backup_place.write_mark(renewed, self._data_key)
        return self._seen(renewed)

    def _as_proven(
        self, chosen: Backup, progress: Progress, verify: Callable[[str], bool] | None = None
    ) -> Backup | None:
        """Return a backup that is what was proven, or that its disk cannot read; None for one to be read whole."""
        try:
            same = bool(chosen.fingerprint) and fingerprint.holds(chosen, progress, verify)
        except OSError as error:
            if error.errno != errno.EIO or not _reads_otherwise(chosen):
                raise atomic.refusal(error, "没有核对成", "备份没有动") from error
            return self._seen(backup.found_damaged(chosen, clock.now()))
        return self._seen(chosen) if same else None

    def _read_whole(self, chosen: Backup, progress: Progress) -> Backup:
        try:
            return self.prove(chosen, progress)
        except NotProvenError:
            return self._looks[chosen.folder].backup

    def prove(self, chosen: Backup, progress: Progress = silent) -> Backup:
        """Read a backup whole; NotProvenError when anything in it is wrong."""
        try:
            return self._seen(backup.prove(chosen, self._data_key, progress=progress))
        except NotProvenError as refused:
            self._seen(replace(chosen, proven=None, failed=clock.now(), spoilt=refused.spoilt, tables={}))
            raise

    def _mend_keys(self, chosen: Backup) -> None:
        with suppress(PaizhuError):
            try:
                sound = not Header.load(chosen.folder).lame
            except VaultDamagedError:
                sound = not (chosen.folder / DATABASE).is_file()
            if not sound and chosen.vault_id == self._header.vault_id:
                self._header.save(chosen.folder)

    def _seen(self, found: Backup) -> Backup:
        self._looks[found.folder] = _Look(clock.now(), _stamp(found), found)
        return found

    def due(self, backups: Iterable[Backup], now: datetime) -> Backup | None:
        """Return the backup whose proof is the oldest, when it is old enough to be proven again."""
        old = [each for each in backups if each.proven and now - each.proven >= PROVE_AGAIN]
        return min(old, key=lambda each: (each.proven or now, each.folder), default=None)

    def _seen_lately(self, found: Backup) -> bool:
        look = self._looks.get(found.folder)
        return bool(look and look.stamp == _stamp(found) and abs(clock.now() - look.at) < _LOOK_AGAIN)


def _reads_otherwise(chosen: Backup) -> bool:
    """Tell whether the place is there and only this file cannot be read: a stick being pulled reads nothing."""
    try:
        Header.load(chosen.folder)
    except PaizhuError:
        return False
    return (chosen.folder / DATABASE).is_file()


def _stamp(found: Backup) -> tuple[int, int]:
    try:
        seen = (found.folder / DATABASE).stat()
    except OSError:
        return 0, 0
    return seen.st_size, seen.st_mtime_ns
