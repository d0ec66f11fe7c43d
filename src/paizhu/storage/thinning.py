"""Which backups may go: close together when young, further apart with age, one a year for ever.

Age is counted in spans that have a backup and not by the clock of the machine: with a clock that is years ahead, all
that was made until yesterday would be old at once, and most of it gone with the next backup.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from paizhu.storage.backup_place import Backup, Reason

_Span = Callable[[datetime], tuple[int, ...]]


def _hour(made: datetime) -> tuple[int, ...]:
    return made.year, made.month, made.day, made.hour


def _day(made: datetime) -> tuple[int, ...]:
    return made.year, made.month, made.day


def _week(made: datetime) -> tuple[int, ...]:
    return made.isocalendar()[:2]


def _month(made: datetime) -> tuple[int, ...]:
    return made.year, made.month


def _year(made: datetime) -> tuple[int, ...]:
    return (made.year,)


_EVER = 1 << 20
# Of so many spans that have one, the newest proven backup stays.
_SPANS: tuple[tuple[int, _Span], ...] = ((24, _hour), (14, _day), (9, _week), (24, _month), (_EVER, _year))
_FRESH = timedelta(hours=1)
# The way back from an upgrade or a restore is wanted late, when something strange is noticed.
_ASIDE = {Reason.MIGRATION, Reason.RESTORE}
_ASIDE_MONTHS = 3
_DOUBT_DAYS = 1


def thin(backups: Sequence[Backup], now: datetime) -> list[Backup]:
    """Return the backups of one vault in one place that are no longer needed, oldest first.

    The newest proven one and the one before the last upgrade always stay, and so does everything of the last hour or
    dated later than now, which takes no span from the others. An unproven one goes once there are proven ones of two
    later days, and one that was found damaged, of which somebody may still save something, as late as the way back
    from an upgrade.
    """
    newest_first = sorted(backups, key=lambda backup: (backup.made, backup.folder.name), reverse=True)
    proven = [backup for backup in newest_first if backup.proven]
    upgrades = [backup for backup in proven if backup.reason is Reason.MIGRATION]
    keep = {backup.folder for backup in (*proven[:1], *upgrades[:1])}
    past = [backup for backup in proven if backup.made <= now]
    aside = [each for each in past if each.reason in _ASIDE and _later(past, each, _month) <= _ASIDE_MONTHS]
    keep |= {backup.folder for backup in aside}
    # Those set aside take no span from the others: they show the time before a change, not the day's end.
    ranked = [backup for backup in past if backup not in aside]
    for most, span in _SPANS:
        keep |= _newest_of_each(ranked, most, span)
    for backup in newest_first:
        if now - backup.made < _FRESH or (not backup.proven and not _superseded(past, backup)):
            keep.add(backup.folder)
    return [backup for backup in reversed(newest_first) if backup.folder not in keep]


def _newest_of_each(newest_first: Iterable[Backup], most: int, span: _Span) -> set[Path]:
    newest: dict[tuple[int, ...], Path] = {}
    for backup in newest_first:
        if len(newest) < most:
            newest.setdefault(span(backup.made), backup.folder)
    return set(newest.values())


def _superseded(past: Sequence[Backup], unproven: Backup) -> bool:
    if unproven.failed:
        return _later(past, unproven, _month) > _ASIDE_MONTHS
    return _later(past, unproven, _day) > _DOUBT_DAYS


def _later(past: Iterable[Backup], than: Backup, span: _Span) -> int:
    """Return how many spans after that of a backup have a proven one."""
    return len({span(each.made) for each in past if span(each.made) > span(than.made)})
