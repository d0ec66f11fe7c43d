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
        (every(HALF_HOUR, 24 * HOUR), 24, "the newest of each of 24 hours"),
        (every(HOUR, 10 * DAY), 24 + 9, "24 hours, then one a day, the last of yesterday being the 12th of them"),
        (every(DAY, 14 * DAY), 15, "one a day for two weeks and more, while there are not many"),
        (
            every(2 * DAY, 400 * DAY),
            24 + 2 + 12,
            "24 hours that have one reach back 46 days; then two weeks, then months",
        ),
        ([backup(1000 * DAY), backup(1100 * DAY), backup(1500 * DAY)], 3, "few are never thinned"),
        ([backup(-3 * DAY), backup(-2 * DAY)], 2, "dated later than now: the clock was wrong, nothing goes"),
    ],
)
def test_backups_stand_further_apart_with_age(backups: list[Backup], expected: int, why: str) -> None:
    assert len(kept(backups)) == expected, why


def test_one_of_each_old_year_stays_for_ever() -> None:
    standing = kept(every(4 * DAY, 4000 * DAY))
    years = [each.made.year for each in standing if NOON - each.made > 800 * DAY]
    assert len(years) == len(set(years)) == 9


def test_of_a_span_the_newest_stays() -> None:
    young = every(HOUR, 30 * HOUR)
    old, new = backup(10 * DAY + HOUR), backup(10 * DAY)
    gone = thin([*young, new, old], NOON)
    assert old in gone
    assert new not in gone


SITTING = [backup(30 * DAY * month) for month in range(1, 30)] + every(DAY, 20 * DAY) + every(HALF_HOUR, 8 * HOUR)
"""As a working vault has them: those of today, of the weeks before, and one of each month."""


@pytest.mark.parametrize("off", [3650 * DAY, 400 * DAY, 40 * DAY, 2 * DAY, -2 * DAY, -400 * DAY, -3650 * DAY])
def test_a_clock_that_is_wrong_takes_no_more_than_one_that_is_right(off: timedelta) -> None:
    """By the clock alone, one set ten years ahead left of all this one for each year."""
    standing = kept(SITTING)
    gone = []
    for hours in range(3):
        now = NOON + off + hours * HALF_HOUR
        standing.append(replace(backup(timedelta()), folder=Path(f"wrong-{hours}"), made=now, proven=now))
        gone += thin(standing, now)
        standing = [each for each in standing if each not in gone]
    right = NOON + DAY
    usual = thin([*kept(SITTING), replace(backup(timedelta()), folder=Path("right"), made=right)], right)
    # One more hour, day, week, month at the young end pushes one of each out at the old one.
    assert len(gone) <= max(len(usual), 4)


def test_those_of_a_wrong_clock_take_no_place_once_it_is_right_again() -> None:
    standing = kept(SITTING)
    ahead = [backup(-3650 * DAY - number * DAY) for number in range(40)]
    assert thin([*standing, *ahead], NOON) == []


def test_an_unproven_one_never_replaces_a_proven_one() -> None:
    proven, unproven = backup(2 * HOUR), backup(HOUR, proven=False)
    assert thin([unproven, proven], NOON) == []
    old_proven, doubtful = backup(10 * DAY + HOUR), backup(10 * DAY, proven=False)
    assert old_proven not in thin([doubtful, old_proven, *every(HOUR, 30 * HOUR)], NOON)


def test_an_unproven_one_goes_when_two_later_days_have_a_proven_one() -> None:
    doubtful, later = backup(2 * DAY, proven=False), backup(HOUR)
    assert thin([doubtful, later], NOON) == []
    assert thin([doubtful, later, backup(DAY)], NOON) == [doubtful]
    # A clock that jumped ahead makes one day more, and no two.
    assert thin([doubtful, replace(later, made=NOON + 4000 * DAY)], NOON + 4000 * DAY) == []


def test_one_found_damaged_stays_for_three_months() -> None:
    """Every page but one of it may be good, and what stood there then stands nowhere else."""
    damaged = replace(backup(60 * DAY, proven=False), failed=NOON)
    young = [*every(HOUR, 30 * HOUR), backup(30 * DAY), backup(45 * DAY)]
    assert damaged not in thin([damaged, *young], NOON)
    older = replace(backup(200 * DAY, proven=False), failed=NOON)
    months = [backup(30 * DAY * month) for month in range(1, 6)]
    assert older in thin([older, *months, *young], NOON)


@pytest.mark.parametrize("reason", [Reason.MIGRATION, Reason.RESTORE])
def test_the_way_back_from_an_upgrade_or_restore_stays_for_three_months(reason: Reason) -> None:
    young = every(HOUR, 30 * HOUR)
    months = [backup(30 * DAY * month) for month in range(1, 8)]
    evening, aside = backup(65 * DAY - HOUR), backup(65 * DAY, reason=reason)
    assert aside not in thin([*young, *months, evening, aside], NOON)
    old = [backup(125 * DAY - HOUR), backup(125 * DAY, reason=reason)]
    gone = thin([*young, *months, *old], NOON)
    # The state before the last upgrade stays as long as no other upgrade follows.
    assert (old[1] in gone) == (reason is Reason.RESTORE)
    later = backup(100 * DAY, reason=reason)
    assert old[1] in thin([*young, *months, *old, later], NOON)


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
    assert len(standing) < 24 + 14 + 9 + 14 + 1
