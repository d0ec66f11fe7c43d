"""When things fall due, why, and how they stand today."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from paizhu.rules.calendar import Calendar, Notice
from paizhu.rules.limits import Limit, LimitDataError, due, load_limits, standing

CALENDAR = Calendar()
TABLE = Path(__file__).parents[3] / "resources" / "rules" / "limits.toml"
LIMITS = load_limits(TABLE.read_text(encoding="utf-8"))

LETTER = Limit("X", "回复", "收函", "wd", "《某规定》第一条", "verified", length=15)
NATURAL = replace(LETTER, unit="nat")
MONTHLY = replace(LETTER, unit="mon", length=1)


def test_the_shipped_table_holds_every_limit_of_the_domain() -> None:
    assert {f"T{n:02d}" for n in range(1, 29)} <= set(LIMITS)
    assert {f"C{n:02d}" for n in range(1, 15)} <= set(LIMITS)
    assert len({limit.name for limit in LIMITS.values()}) == len(LIMITS)


@pytest.mark.parametrize("limit", LIMITS.values(), ids=LIMITS)
def test_every_shipped_limit_explains_itself(limit: Limit) -> None:
    found = due(limit, date(2026, 3, 5), CALENDAR)
    assert limit.source in found.explanation
    assert ("（待核）" in found.explanation) is (limit.confidence == "memory")
    assert f"{found.day.month} 月 {found.day.day} 日到期" in found.explanation
    assert CALENDAR.is_working(found.remind_on) or limit.end_on_non_working == "keep"
    assert found.warn_from <= found.remind_on


@pytest.mark.parametrize(
    ("start", "day"),
    [
        # 春节
        (date(2025, 1, 20), date(2025, 2, 14)),
        (date(2026, 2, 9), date(2026, 3, 6)),
        (date(2026, 2, 13), date(2026, 3, 12)),
        # 清明
        (date(2026, 3, 20), date(2026, 4, 13)),
        (date(2025, 3, 28), date(2025, 4, 21)),
        # 劳动节 with a make-up Sunday before and a make-up Saturday after
        (date(2025, 4, 18), date(2025, 5, 13)),
        (date(2026, 4, 24), date(2026, 5, 19)),
        # 端午
        (date(2026, 6, 12), date(2026, 7, 6)),
        # 中秋 and 国庆 with make-up days
        (date(2026, 9, 18), date(2026, 10, 15)),
        (date(2025, 9, 26), date(2025, 10, 23)),
        # received on a day off, on a make-up Saturday
        (date(2026, 10, 3), date(2026, 10, 27)),
        (date(2026, 2, 14), date(2026, 3, 13)),
        # month ends, leap day, year border, years without notice
        (date(2024, 2, 8), date(2024, 3, 6)),
        (date(2026, 5, 29), date(2026, 6, 22)),
        (date(2025, 12, 22), date(2026, 1, 13)),
        (date(2026, 12, 25), date(2027, 1, 15)),
        (date(2027, 9, 24), date(2027, 10, 15)),
    ],
)
def test_fifteen_working_days_after_a_letter(start: date, day: date) -> None:
    assert due(LETTER, start, CALENDAR).day == day


@pytest.mark.parametrize(
    ("start", "months", "day"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 3, 31), 1, date(2026, 4, 30)),
        (date(2026, 2, 28), 1, date(2026, 3, 28)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
    ],
)
def test_months_end_on_the_corresponding_or_last_day(start: date, months: int, day: date) -> None:
    assert due(replace(MONTHLY, length=months), start, CALENDAR).day == day


def test_counting_the_first_day_ends_one_day_sooner() -> None:
    for limit, start in ((LETTER, date(2026, 3, 5)), (NATURAL, date(2026, 3, 5)), (MONTHLY, date(2026, 3, 6))):
        later = due(limit, start, CALENDAR).day
        sooner = due(replace(limit, first_day_counts=True), start, CALENDAR)
        assert CALENDAR.working_days_between(sooner.day, later) == 1 or (later - sooner.day).days == 1
        assert "当日起" in sooner.explanation


def test_a_first_day_that_is_no_working_day_cannot_count() -> None:
    saturday = date(2026, 3, 7)
    assert due(replace(LETTER, length=1, first_day_counts=True), saturday, CALENDAR).day == date(2026, 3, 9)
    assert due(replace(LETTER, length=1, first_day_counts=True), date(2026, 3, 9), CALENDAR).day == date(2026, 3, 9)


def test_a_last_day_off_moves_as_the_limit_says() -> None:
    start = date(2026, 9, 18)
    stays = due(NATURAL, start, CALENDAR)
    assert (stays.day, stays.remind_on) == (date(2026, 10, 3), date(2026, 9, 30))
    assert "10 月 3 日到期，当天是国庆节放假，最迟 9 月 30 日办理" in stays.explanation
    moved = due(replace(NATURAL, end_on_non_working="next"), start, CALENDAR)
    assert (moved.day, moved.remind_on) == (date(2026, 10, 8), date(2026, 10, 8))
    assert "10 月 3 日是国庆节放假，顺延到 10 月 8 日到期" in moved.explanation
    kept = due(replace(NATURAL, end_on_non_working="keep"), start, CALENDAR)
    assert (kept.day, kept.remind_on) == (date(2026, 10, 3), date(2026, 10, 3))


def test_a_negative_length_counts_back_from_the_event() -> None:
    papers = due(LIMITS["C01"], date(2026, 10, 9), CALENDAR)
    assert papers.day == date(2026, 9, 30)
    assert papers.explanation.startswith("10 月 9 日上会前 2 个工作日，跳过国庆 7 天，9 月 30 日到期")


@pytest.mark.parametrize(
    ("code", "start", "day"),
    [
        ("T21", date(2026, 5, 8), date(2026, 6, 30)),
        ("T21", date(2026, 12, 31), date(2026, 12, 31)),
        ("T24", date(2026, 1, 1), date(2026, 6, 30)),
        ("T24", date(2026, 7, 1), date(2026, 12, 31)),
        ("T04", date(2026, 3, 1), date(2026, 12, 31)),
        ("C12", date(2025, 2, 1), date(2026, 4, 30)),
        ("T05", date(2026, 3, 7), date(2026, 3, 7)),
    ],
)
def test_periods_and_fixed_days_end_on_their_day(code: str, start: date, day: date) -> None:
    assert due(LIMITS[code], start, CALENDAR).day == day


def test_the_sentence_names_holidays_make_up_days_and_source() -> None:
    found = due(LETTER, date(2025, 4, 18), CALENDAR)
    assert found.explanation == (
        "自 4 月 18 日收函次日起 15 个工作日，跳过劳动节 5 天、含 4 月 27 日补班，5 月 13 日到期，依据《某规定》第一条"
    )
    assert found.worked == (date(2025, 4, 27),)
    assert (date(2025, 5, 1), "劳动节放假") in found.skipped
    assert (date(2025, 4, 19), "周末") in found.skipped
    assert not found.provisional


def test_several_holidays_are_counted_each() -> None:
    found = due(LETTER, date(2026, 9, 18), CALENDAR)
    assert "跳过中秋 3 天、国庆 7 天、含 9 月 20 日、10 月 10 日补班" in found.explanation


def test_a_units_day_off_is_named_in_the_sentence() -> None:
    calendar = Calendar(unit_days={date(2026, 3, 9): "单位活动"})
    found = due(LETTER, date(2026, 3, 5), calendar)
    assert "跳过本单位休息 1 天" in found.explanation
    assert found.day == date(2026, 3, 27)


def test_a_year_without_notice_is_provisional_until_the_notice_is_given() -> None:
    start = date(2026, 12, 25)
    found = due(LETTER, start, CALENDAR)
    assert found.provisional
    assert "2027 年国务院未公布，按周末暂算" in found.explanation
    assert "自 2026 年 12 月 25 日" in found.explanation
    notice: Notice = {date(2027, 1, 1): ("off", "元旦")}
    again = due(LETTER, start, Calendar(notice, years=[2027]))
    assert not again.provisional
    assert again.day == date(2027, 1, 18)
    assert "跳过元旦 1 天" in again.explanation


def test_the_early_warning_comes_that_many_working_days_ahead() -> None:
    found = due(replace(LETTER, lead=5), date(2026, 9, 18), CALENDAR)
    assert CALENDAR.working_days_between(found.warn_from, found.remind_on) == 5


WEDNESDAY = date(2025, 9, 17)


@pytest.mark.parametrize(
    ("day", "state", "words", "short"),
    [
        (date(2025, 9, 26), "later", "09-26 周五 · 剩 7 个工作日", "剩 7 个工作日"),
        (date(2025, 9, 24), "soon", "09-24 周三 · 剩 5 个工作日", "剩 5 个工作日"),
        (date(2025, 9, 17), "today", "09-17 周三 · 今天到期", "今天到期"),
        (date(2025, 9, 15), "overdue", "超期 2 个工作日", "超期 2 个工作日"),
        (date(2025, 9, 13), "overdue", "超期 3 个工作日", "超期 3 个工作日"),
        (date(2026, 1, 5), "later", "2026-01-05 周一 · 剩 73 个工作日", "剩 73 个工作日"),
    ],
)
def test_a_due_day_stands_in_the_same_words_everywhere(day: date, state: str, words: str, short: str) -> None:
    found = standing(day, WEDNESDAY, CALENDAR)
    assert (found.state, found.words, found.short) == (state, words, short)


def test_days_off_only_between_are_said_in_days() -> None:
    friday, saturday, sunday = date(2025, 9, 12), date(2025, 9, 13), date(2025, 9, 14)
    late = standing(friday, saturday, CALENDAR)
    assert (late.state, late.words) == ("overdue", "超期 1 天")
    near = standing(sunday, saturday, CALENDAR)
    assert (near.state, near.words) == ("soon", "09-14 周日 · 剩 1 天")


def test_soon_reaches_as_far_as_asked() -> None:
    assert standing(date(2025, 9, 26), WEDNESDAY, CALENDAR, ahead=7).state == "soon"
    assert standing(date(2025, 9, 18), WEDNESDAY, CALENDAR, ahead=0).state == "later"


GOOD = '[A1]\nname = "甲"\nevent = "收到"\nunit = "wd"\nlength = 5\nsource = "某规定"\nconfidence = "custom"\n'


def test_a_table_is_read_as_written() -> None:
    limit = load_limits(GOOD)["A1"]
    assert (limit.code, limit.length, limit.unit, limit.lead, limit.first_day_counts) == ("A1", 5, "wd", 3, False)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('"wd"', '"weeks"', "A1 的 unit 只能是"),
        ('"custom"', '"sure"', "A1 的 confidence 只能是"),
        ("length = 5", 'length = "5"', "A1 的 length 写法不对"),
        ("length = 5", "", "A1 缺少 length"),
        ('source = "某规定"', "", "A1 缺少 source"),
        ("length = 5", "length = 5\nlenght = 5", "A1 有不认识的 lenght"),
        ('"wd"', '"annual"\non = "02-30"', "on 应为月-日"),
        ("[A1]", "[A1", "期限表读不出来"),
    ],
)
def test_a_table_with_a_mistake_is_refused_with_its_place(before: str, after: str, words: str) -> None:
    with pytest.raises(LimitDataError) as refused:
        load_limits(GOOD.replace(before, after))
    assert words in str(refused.value)
    assert "原来的期限表没有改动" in str(refused.value)
