"""The calendar against a second public collection, day by day: every difference is named and decided by the notice."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from paizhu.rules.calendar import Calendar, _published

DATA: dict[str, Any] = tomllib.loads(
    (Path(__file__).parents[2] / "data" / "second_calendar.toml").read_text(encoding="utf-8")
)
YEARS = sorted(map(int, DATA["years"]))
SATURDAY = 5


def days_of(year: int, spans: list[str]) -> Iterator[date]:
    """Yield the days of spans such as 01-26/01-28."""
    for span in spans:
        first, _, last = span.partition("/")
        day, end = date.fromisoformat(f"{year}-{first}"), date.fromisoformat(f"{year}-{last or first}")
        while day <= end:
            yield day
            day += timedelta(days=1)


def second(year: int) -> dict[date, bool]:
    """Return which days of a year the second collection has as working days."""
    off = set(days_of(year, DATA["years"][str(year)]["off"]))
    worked = set(days_of(year, DATA["years"][str(year)]["work"]))
    day, found = date(year, 1, 1), {}
    while day.year == year:
        found[day] = day in worked or (day.weekday() < SATURDAY and day not in off)
        day += timedelta(days=1)
    return found


@pytest.mark.parametrize("year", YEARS)
def test_every_day_agrees_with_the_second_collection(year: int) -> None:
    calendar = Calendar()
    differing = [day for day, working in second(year).items() if calendar.is_working(day) != working]
    assert differing == []


def test_every_published_year_is_compared() -> None:
    assert [year for year in range(YEARS[0], YEARS[-1] + 2) if Calendar().covers(year)] == YEARS


def test_the_differences_of_the_library_are_those_listed_and_decided() -> None:
    from chinese_calendar.constants import holidays, workdays

    def library(day: date) -> bool:
        return day in workdays or (day.weekday() < SATURDAY and day not in holidays)

    differing = {
        day.isoformat(): (library(day), working)
        for year in YEARS
        for day, working in second(year).items()
        if library(day) != working
    }
    listed = {
        day: (entry["library"] == "work", entry["second"] == "work") for day, entry in DATA["differences"].items()
    }
    assert differing == listed
    for day, entry in DATA["differences"].items():
        assert Calendar().is_working(date.fromisoformat(day)) == (entry["decided"] == "work"), entry["notice"]
    assert _published()[1].stop == YEARS[-1] + 1
