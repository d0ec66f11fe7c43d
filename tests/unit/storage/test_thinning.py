"""Which backups may go."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from paizhu.storage.backup_place import Backup, Reason
from paizhu.storage.thinning import thin
from tests.unit.storage.made_vault import NOON


def backup(ago: timedelta, *, proven: bool = True, reason: Reason = Reason.TIMER) -> Backup:
    made = NOON - ago
    return Backup(Path(f"b-{made:%Y%m%d-%H%M%S}"), "id", made, made if proven else None, reason)


def every(step: timedelta, since: timedelta) -> list[Backup]:
    return [backup(step * number) for number in range(since // step + 1)]


def kept(backups: list[Backup], now: datetime = NOON) -> list[Backup]:
    gone = thin(backups, now)
    return [each for each in backups if each not in gone]


HALF_HOUR, HOUR, DAY = timedelta(minutes=30), timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("backups", "expected", "why"),
    [
        ([], 0, "nothing to thin"),
        ([backup(1000 * DAY)], 1, "the only one stays, however old"),
        (every(timedelta(minutes=5), timedelta(minutes=55)), 12, "everything of the last hour"),
        (every(HALF_HOUR, 24 * HOUR), 1 + 24, "this hour's, then the newest of each of 24 hours"),
        (every(HOUR, 10 * DAY), 25 + 10, "25 of the last day, then one a day, today's day being split"),
        (every(DAY, 14 * DAY), 15, "one a day for two weeks"),
        ([backup(20 * DAY), backup(20 * DAY + HOUR)], 1, "one of two on an old day"),
        ([backup(21 * DAY), backup(23 * DAY)], 1, "one of two in an old week"),
        ([backup(100 * DAY), backup(110 * DAY)], 1, "one of two in an old month"),
        ([backup(1000 * DAY), backup(1100 * DAY)], 1, "one of two in an old year"),
        ([backup(1000 * DAY), backup(1100 * DAY), backup(1500 * DAY)], 2, "one of each old year, for ever"),
        ([backup(-3 * DAY), backup(-2 * DAY)], 2, "dated later than now: the clock was wrong, nothing goes"),
    ],
)
def test_backups_stand_further_apart_with_age(backups: list[Backup], expected: int, why: str) -> None:
    assert len(kept(backups)) == expected, why


def test_of_a_span_the_newest_stays() -> None:
    old, new = backup(20 * DAY + HOUR), backup(20 * DAY)
    assert thin([new, old], NOON) == [old]


def test_an_unproven_one_never_replaces_a_proven_one() -> None:
    proven, unproven = backup(2 * HOUR), backup(HOUR, proven=False)
    assert thin([unproven, proven], NOON) == []
    old_proven, doubtful = backup(20 * DAY + HOUR), backup(20 * DAY, proven=False)
    assert thin([doubtful, old_proven], NOON) == []


def test_an_unproven_one_goes_after_a_day_when_a_newer_proven_one_is_there() -> None:
    doubtful, later = backup(2 * DAY, proven=False), backup(HOUR)
    assert thin([doubtful, later], NOON) == [doubtful]
    fresh = backup(5 * HOUR, proven=False)
    assert thin([fresh, later], NOON) == []


@pytest.mark.parametrize("reason", [Reason.MIGRATION, Reason.RESTORE])
def test_the_way_back_from_an_upgrade_or_restore_stays_for_ninety_days(reason: Reason) -> None:
    aside, evening = backup(60 * DAY, reason=reason), backup(60 * DAY - HOUR)
    assert thin([evening, aside], NOON) == []
    old = [replace(each, made=each.made - 60 * DAY) for each in (evening, aside)]
    # The state before the last upgrade stays as long as no other upgrade follows.
    assert thin(old, NOON) == ([] if reason is Reason.MIGRATION else [old[1]])
    later = backup(100 * DAY, reason=reason)
    assert thin([*old, later], NOON) == [old[1]]


def test_thinning_day_after_day_leaves_no_gap() -> None:
    standing: list[Backup] = []
    for hours in range(0, 400 * 24, 3):
        now = NOON + timedelta(hours=hours)
        standing.append(replace(backup(timedelta()), folder=Path(f"{hours}"), made=now, proven=now))
        gone = set(thin(standing, now))
        assert standing[-1] not in gone
        standing = [each for each in standing if each not in gone]
    gaps = [later.made - earlier.made for earlier, later in pairwise(standing)]
    ages = [standing[-1].made - each.made for each in standing[:-1]]
    for age, gap in zip(ages, gaps, strict=True):
        allowed = HOUR * 3 if age <= DAY else 2 * DAY if age <= 14 * DAY else 14 * DAY if age <= 63 * DAY else 62 * DAY
        assert gap <= allowed
    assert len(standing) < 50
