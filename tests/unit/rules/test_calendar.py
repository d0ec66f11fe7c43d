"""Chinese working days by published notices, by the officer's own, and without any."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paizhu.rules.calendar import Calendar, Notice

CALENDAR = Calendar()


@pytest.mark.parametrize(
    ("day", "working", "why"),
    [
        (date(2025, 1, 1), False, "元旦放假"),
        (date(2025, 1, 26), True, "春节补班"),
        (date(2025, 1, 27), True, "工作日"),
        (date(2025, 1, 28), False, "春节放假"),
        (date(2025, 2, 4), False, "春节放假"),
        (date(2025, 2, 8), True, "春节补班"),
        (date(2025, 4, 4), False, "清明节放假"),
        (date(2025, 4, 27), True, "劳动节补班"),
        (date(2025, 5, 5), False, "劳动节放假"),
        (date(2025, 5, 31), False, "端午节放假"),
        (date(2025, 9, 28), True, "国庆节补班"),
        (date(2025, 10, 6), False, "中秋节放假"),
        (date(2025, 10, 8), False, "国庆节放假"),
        (date(2025, 10, 11), True, "国庆节补班"),
        (date(2026, 1, 4), True, "元旦补班"),
        (date(2026, 2, 14), True, "春节补班"),
        (date(2026, 2, 15), False, "春节放假"),
        (date(2026, 2, 23), False, "春节放假"),
        (date(2026, 2, 24), True, "工作日"),
        (date(2026, 2, 28), True, "春节补班"),
        (date(2026, 3, 7), False, "周末"),
        (date(2026, 5, 9), True, "劳动节补班"),
        (date(2026, 9, 20), True, "国庆节补班"),
        (date(2026, 9, 25), False, "中秋节放假"),
        (date(2026, 10, 7), False, "国庆节放假"),
        (date(2026, 10, 10), True, "国庆节补班"),
        (date(2015, 9, 3), False, "抗战胜利纪念日放假"),
        (date(2027, 10, 1), True, "工作日"),
        (date(2027, 10, 2), False, "周末"),
    ],
)
def test_a_day_is_worked_or_not_for_a_reason(day: date, working: bool, why: str) -> None:
    assert CALENDAR.is_working(day) is working
    assert CALENDAR.why(day) == why


@pytest.mark.parametrize(("year", "count"), [(2025, 248), (2026, 248), (2027, 261), (2024, 251)])
def test_a_year_has_its_known_number_of_working_days(year: int, count: int) -> None:
    assert CALENDAR.working_days_between(date(year - 1, 12, 31), date(year, 12, 31)) == count


@pytest.mark.parametrize(
    ("start", "count", "day"),
    [
        (date(2026, 9, 17), 7, date(2026, 9, 28)),
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 9, 30), 3, date(2026, 10, 10)),
        (date(2026, 2, 13), 1, date(2026, 2, 14)),
        (date(2026, 2, 14), 1, date(2026, 2, 24)),
        (date(2026, 2, 24), 5, date(2026, 3, 2)),
        (date(2025, 12, 31), 1, date(2026, 1, 4)),
        (date(2025, 12, 30), 5, date(2026, 1, 7)),
        (date(2026, 12, 31), 1, date(2027, 1, 1)),
        (date(2024, 2, 28), 1, date(2024, 2, 29)),
        (date(2026, 10, 3), 1, date(2026, 10, 8)),
        (date(2026, 10, 8), -1, date(2026, 9, 30)),
        (date(2026, 1, 4), -1, date(2025, 12, 31)),
        (date(2026, 10, 3), -2, date(2026, 9, 29)),
        (date(2026, 10, 3), 0, date(2026, 10, 3)),
    ],
)
def test_working_days_are_added(start: date, count: int, day: date) -> None:
    assert CALENDAR.add_working_days(start, count) == day


DAYS = st.dates(date(2019, 1, 1), date(2028, 12, 31))


@given(DAYS, st.integers(-300, 300))
def test_adding_agrees_with_counting_day_by_day(start: date, count: int) -> None:
    day, left = start, abs(count)
    while left:
        day += timedelta(days=1 if count > 0 else -1)
        left -= CALENDAR.is_working(day)
    assert CALENDAR.add_working_days(start, count) == day


@given(DAYS, DAYS)
def test_between_agrees_with_counting_day_by_day(start: date, end: date) -> None:
    first, last = min(start, end), max(start, end)
    count = sum(CALENDAR.is_working(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))
    assert CALENDAR.working_days_between(start, end) == (count if end >= start else -count)


def test_a_year_without_notice_says_so() -> None:
    assert CALENDAR.covers(2026)
    assert not CALENDAR.covers(2027)
    assert CALENDAR.provisional_words(2027) == "2027 年工作日历未载入，按周一至周五估算"
    assert CALENDAR.provisional_words(2026) == ""
    assert CALENDAR.unpublished(date(2026, 12, 1), date(2028, 1, 5)) == (2027, 2028)


# Invented: no such notice was published when this was written.
NOTICE: Notice = {
    date(2027, 1, 1): ("off", "元旦"),
    **{date(2027, 2, day): ("off", "春节") for day in range(5, 13)},
    date(2027, 2, 13): ("work", "春节"),
    date(2027, 10, 9): ("work", "国庆节"),
}


def test_the_officers_own_notice_makes_a_year_known() -> None:
    calendar = Calendar(NOTICE)
    assert calendar.covers(2027)
    assert not calendar.is_working(date(2027, 2, 8))
    assert calendar.why(date(2027, 2, 13)) == "春节补班"
    assert calendar.add_working_days(date(2027, 2, 4), 1) == date(2027, 2, 13)


def test_a_single_correction_does_not_make_a_year_known_unless_said() -> None:
    single: Notice = {date(2027, 1, 4): ("off", "元旦")}
    assert not Calendar(single).covers(2027)
    assert Calendar(single, years=[2027]).covers(2027)
    assert not Calendar(single).is_working(date(2027, 1, 4))


def test_the_officers_notice_goes_before_the_built_in_one() -> None:
    calendar = Calendar({date(2026, 2, 24): ("off", "春节"), date(2026, 2, 23): ("work", "春节")})
    assert not calendar.is_working(date(2026, 2, 24))
    assert calendar.is_working(date(2026, 2, 23))
    assert calendar.why(date(2026, 2, 23)) == "工作日"


def test_the_units_own_day_off_counts_and_names_its_reason() -> None:
    calendar = Calendar(unit_days={date(2026, 3, 9): "单位成立纪念日", date(2026, 3, 8): "周日本来就休"})
    assert not calendar.is_working(date(2026, 3, 9))
    assert calendar.why(date(2026, 3, 9)) == "本单位休息（单位成立纪念日）"
    assert calendar.why(date(2026, 3, 8)) == "周末"
    assert calendar.add_working_days(date(2026, 3, 6), 1) == date(2026, 3, 10)


def test_days_off_and_make_up_days_are_listed() -> None:
    off = CALENDAR.days_off(date(2026, 4, 3), date(2026, 4, 7))
    assert off == [(date(2026, 4, day), "清明节放假") for day in (4, 5, 6)]
    assert CALENDAR.make_up_days(date(2026, 2, 1), date(2026, 2, 28)) == [date(2026, 2, 14), date(2026, 2, 28)]


def test_the_nearest_working_day_is_found() -> None:
    assert CALENDAR.on_or_before(date(2026, 10, 5)) == date(2026, 9, 30)
    assert CALENDAR.on_or_after(date(2026, 10, 5)) == date(2026, 10, 8)
    assert CALENDAR.on_or_after(date(2026, 10, 10)) == date(2026, 10, 10)
