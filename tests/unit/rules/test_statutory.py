"""The days the law gives off: read from the file, agreeing with the notices since the law was last changed."""

from datetime import date, timedelta

import pytest

from paizhu.base import paths
from paizhu.rules.calendar import Calendar
from paizhu.rules.limits import Limit, due
from paizhu.rules.statutory import load_statutory

SHIPPED = load_statutory((paths.resources() / "rules" / "statutory_days.toml").read_text(encoding="utf-8"))
LAWFUL = Calendar(lawful=SHIPPED.of_year)
# Thirteen days of the law, one less where two holidays fall on one day.
ON_ONE_DAY = {2028: date(2028, 10, 3), 2031: date(2031, 10, 1)}


def days(limit_length: int) -> Limit:
    return Limit("X01", "示例期限", "收函", "wd", "示例规定", "custom", length=limit_length)


@pytest.mark.parametrize("year", [2025, 2026])
def test_every_notice_since_the_law_was_changed_has_the_fixed_days_off(year: int) -> None:
    calendar = Calendar()
    assert calendar.covers(year)
    for day, name in SHIPPED.of_year(year).items():
        assert (calendar.is_working(day), calendar.why(day)) == (False, f"{name}放假")


@pytest.mark.parametrize("year", sorted(SHIPPED.moving))
def test_a_year_has_the_days_the_law_counts(year: int) -> None:
    found = SHIPPED.of_year(year)
    assert len(found) == 13 - (year in ON_ONE_DAY)
    spring = [day for day, name in found.items() if name == "春节"]
    assert [day - spring[0] for day in spring] == [timedelta(days=n) for n in range(4)]
    # 除夕 is the last day before the new moon between 21 January and 20 February.
    assert date(year, 1, 21) <= spring[1] <= date(year, 2, 21)
    assert list(found) == sorted(found)


def test_the_law_is_named() -> None:
    assert "全国年节及纪念日放假办法" in SHIPPED.source


def test_a_year_without_notice_counts_by_weekends_and_says_which_holidays_it_did_not_take_out() -> None:
    found = due(days(5), date(2027, 9, 28), LAWFUL)
    assert (found.day, found.provisional) == (date(2027, 10, 5), True)
    assert "2027 年国务院未公布，按周末暂算（国庆 1 天依法放假，还没有扣除）" in found.explanation


def test_a_last_day_on_a_statutory_holiday_is_told_whatever_the_unit() -> None:
    month = Limit("X02", "示例期限", "收件", "mon", "示例规定", "custom", length=1)
    assert "（元旦 1 天依法放假，还没有扣除）" in due(month, date(2026, 12, 1), LAWFUL).explanation
    assert "扣除" not in due(month, date(2026, 12, 7), LAWFUL).explanation


def test_a_published_year_has_nothing_left_to_take_out() -> None:
    assert LAWFUL.counted_holidays(date(2026, 1, 1), date(2026, 12, 31)) == []
    taken = Calendar({date(2027, 1, 1): ("off", "元旦")}, years=(), lawful=SHIPPED.of_year)
    assert taken.counted_holidays(date(2027, 1, 1), date(2027, 1, 31)) == []
    assert not taken.covers(2027)
