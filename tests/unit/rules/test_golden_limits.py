"""Golden cases: every due day counted day by day over transcribed notices, apart from the program's own counting."""

import tomllib
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from paizhu.rules.calendar import UNPUBLISHED, Calendar
from paizhu.rules.limits import Limit, due, standing

DATA = tomllib.loads((Path(__file__).parents[2] / "data" / "golden_limits.toml").read_text(encoding="utf-8"))
CASES: list[list[Any]] = DATA["cases"]["all"]
CALENDAR = Calendar()
ONE = timedelta(days=1)


def _days(year: str, spans: list[str]) -> Iterator[date]:
    for span in spans:
        first, _, last = span.partition("/")
        day, end = date.fromisoformat(f"{year}-{first}"), date.fromisoformat(f"{year}-{last or first}")
        while day <= end:
            yield day
            day += ONE


OFF = {day for year, notice in DATA["notices"].items() for day in _days(year, notice["off"])}
WORKED = {day for year, notice in DATA["notices"].items() for day in _days(year, notice["work"])}


def worked(day: date) -> bool:
    """Tell it from the transcribed lists alone."""
    return day in WORKED or (day.weekday() < 5 and day not in OFF)


def counted(unit: str, length: int, start: date, *, first: bool, moves: bool) -> date:
    """Count one day after the other, as a person with a wall calendar would."""
    if unit == "wd":
        step = ONE if length > 0 else -ONE
        day, left = start, abs(length) - (first and worked(start))
        while left:
            day += step
            left -= worked(day)
    elif unit == "nat":
        day = start
        for _ in range(length - first):
            day += ONE
    else:
        year, month = start.year, start.month
        for _ in range(length):
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        day = date(year, month, min(start.day, monthrange(year, month)[1])) - (ONE if first else timedelta(0))
    while moves and not worked(day):
        day += ONE
    return day


def limit_of(case: list[Any]) -> Limit:
    _, unit, length, _, _, *more = case
    return Limit(
        "G", "示例", "收函", unit, "《某规定》第一条", "verified", length=length, first_day_counts="first" in more,
        end_on_non_working="next" if "next" in more else "keep",
    )  # fmt: skip


def test_there_are_cases_of_every_kind() -> None:
    kinds = Counter(case[0] for case in CASES)
    assert len(CASES) >= 200
    wanted = "春节 国庆 补班 月末 闰日 年界 未公布 末日顺延 倒数 首日计入 处分入档"
    assert set(wanted.split()) <= set(kinds)
    assert min(kinds.values()) >= 7


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]}-{case[1]}{case[2]}-{case[3]}")
def test_a_golden_case_falls_due_on_its_day(case: list[Any]) -> None:
    kind, unit, length, start, day, *more = case
    assert counted(unit, length, start, first="first" in more, moves="next" in more) == day
    found = due(limit_of(case), start, CALENDAR)
    assert found.day == day
    unpublished = any(not 2023 <= year <= 2026 for year in (start.year, day.year))
    assert found.provisional is unpublished
    assert (UNPUBLISHED in found.explanation) is unpublished
    assert kind != "未公布" or unpublished


@pytest.mark.parametrize("year", sorted(DATA["notices"]))
def test_the_built_in_calendar_agrees_with_the_transcribed_notice_on_every_day(year: str) -> None:
    day = date(int(year), 1, 1)
    while day.year == int(year):
        assert CALENDAR.is_working(day) is worked(day), day
        day += ONE


@pytest.mark.parametrize("case", CASES[::7], ids=lambda case: f"{case[0]}-{case[3]}")
def test_a_golden_case_is_due_and_not_overdue_on_its_day(case: list[Any]) -> None:
    day = case[4]
    assert standing(day, day - ONE, CALENDAR).state in ("soon", "later")
    assert standing(day, day, CALENDAR).state == "today"
    assert standing(day, day + ONE, CALENDAR).state == "overdue"


def test_the_one_day_on_which_two_collections_differ_follows_the_published_notice() -> None:
    """国办发明电〔2005〕35 号: 12 月 31 日（星期六）上班.

    From 2004 to 2026 `chinesecalendar` and `holidays` differ on this day only; the second has it right.
    """
    assert CALENDAR.is_working(date(2005, 12, 31))
    assert CALENDAR.why(date(2005, 12, 31)) == "元旦补班"
