"""Which backups may go: close together when young, further apart with age, one a year for ever."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from paizhu.storage.backup_place import Backup, Reason

# Up to this age, the newest proven backup of each such span stays.
_SPANS: tuple[tuple[timedelta, Callable[[datetime], tuple[int, ...]]], ...] = (
    (timedelta(hours=24), lambda made: (made.year, made.month, made.day, made.hour)),
    (timedelta(days=14), lambda made: (made.year, made.month, made.day)),
    (timedelta(weeks=9), lambda made: made.isocalendar()[:2]),
    (timedelta(days=731), lambda made: (made.year, made.month)),
    (timedelta.max, lambda made: (made.year,)),
)
_FRESH = timedelta(hours=1)
# The way back from an upgrade or a restore is wanted late, when something strange is noticed.
_ASIDE = {Reason.MIGRATION, Reason.RESTORE}
_ASIDE_FOR = timedelta(days=90)
_DOUBT = timedelta(days=1)


def thin(backups: Sequence[Backup], now: datetime) -> list[Backup]:
    """Return the backups of one vault in one place that are no longer needed, oldest first.

    The newest proven one and the one before the last upgrade always stay, and so does everything of the last hour or
    dated later than now. An unproven one goes after a day, once a newer proven one is there.
    """
    newest_first = sorted(backups, key=lambda backup: (backup.made, backup.folder.name), reverse=True)
    proven = [backup for backup in newest_first if backup.proven]
    upgrades = [backup for backup in proven if backup.reason is Reason.MIGRATION]
    keep = {backup.folder for backup in (*proven[:1], *upgrades[:1])}
    spans = set()
    for backup in proven:
        age = now - backup.made
        if age < _FRESH or (backup.reason in _ASIDE and age < _ASIDE_FOR):
            keep.add(backup.folder)
        # Those set aside take no span from the others: they show the time before a change, not the day's end.
        if backup.reason not in _ASIDE or age >= _ASIDE_FOR:
            span = _span(age, backup.made)
            if span not in spans:
                spans.add(span)
                keep.add(backup.folder)
    for backup in newest_first:
        superseded = bool(proven) and proven[0].made > backup.made
        if not backup.proven and not (superseded and now - backup.made > _DOUBT):
            keep.add(backup.folder)
    return [backup for backup in reversed(newest_first) if backup.folder not in keep]


def _span(age: timedelta, made: datetime) -> tuple[int, ...]:
    place, key = next((place, key) for place, (oldest, key) in enumerate(_SPANS) if age <= oldest)
    return place, *key(made)
