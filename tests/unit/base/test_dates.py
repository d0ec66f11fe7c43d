"""Days, moments and months as officers type them."""

# local time without zone is what the program keeps

from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paizhu.base import clock, dates
from paizhu.base.dates import ReadingError

THURSDAY = date(2026, 9, 17)
FIFTH = date(2026, 3, 5)


def add_double(day: date, count: int) -> date:
    """Stand in for the calendar: every working day takes two days."""
    return day + timedelta(days=2 * count)


def read(value: object) -> date:
    return dates.read_day(value, reference=THURSDAY, add_working_days=add_double)


@pytest.mark.parametrize(
    "typed",
    [
        "3.5", "0305", "3-5", "3/5", "3月5日", "3月5号", "03月05日", "20260305", "2026.3.5", "2026-3-5", "2026/3/5",
        "2026-03-05",
        "2026年3月5日", "2026年03月05日", "26.3.5", "26年3月5日", "26/3/5", "２０２６．３．５", "2026。3。5",
        "2026 3 5", "2026. 3. 5",
        "2026 年 3 月 5 日", "2026.3.5.", "2026年3.5", "二〇二六年三月五日", "二○二六年三月五日", "三月五日",
        "2026年3月5日（星期四）",
        "2026.3.5周四", "2026-03-05 00:00:00", "2026-03-05T09:30:00", "2026年3月5日上午", "260305", "305", "46086",
        46086, 46086.4,
        20260305, 260305, 305, 3.5, datetime(2026, 3, 5, 14, 0), FIFTH,
        # A cell for days makes a moment of January 1900 of the 3.5 that is typed into it.
        datetime(1900, 1, 3, 12, 0),
    ],
)  # fmt: skip
def test_every_usual_writing_is_the_fifth_of_march(typed: object) -> None:
    assert read(typed) == FIFTH


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("今天", THURSDAY), ("明天", date(2026, 9, 18)), ("昨天", date(2026, 9, 16)), ("后天", date(2026, 9, 19)),
        ("大后天", date(2026, 9, 20)), ("前天", date(2026, 9, 15)), ("+15", date(2026, 10, 2)),
        ("+15天", date(2026, 10, 2)),
        ("＋15", date(2026, 10, 2)), ("-3", date(2026, 9, 14)), ("+15工作日", date(2026, 10, 17)),
        ("15个工作日后", date(2026, 10, 17)),
        ("三天后", date(2026, 9, 20)), ("十五天前", date(2026, 9, 2)), ("两周后", date(2026, 10, 1)),
        ("+1月", date(2026, 10, 17)),
        ("本周五", date(2026, 9, 18)), ("周一", date(2026, 9, 14)), ("下周三", date(2026, 9, 23)),
        ("上周日", date(2026, 9, 13)),
        ("星期天", date(2026, 9, 20)), ("下下周一", date(2026, 9, 28)), ("月底", date(2026, 9, 30)),
        ("下月底", date(2026, 10, 31)),
        ("上个月底", date(2026, 8, 31)), ("月初", date(2026, 9, 1)), ("年底", date(2026, 12, 31)),
        ("2月底", date(2026, 2, 28)),
        ("2028年2月底", date(2028, 2, 29)),
    ],
)  # fmt: skip
def test_words_count_from_the_day_of_reference(typed: str, day: date) -> None:
    assert read(typed) == day


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2024.2.29", date(2024, 2, 29)), ("2026.12.31", date(2026, 12, 31)), ("79.5.1", date(1979, 5, 1)),
        ("36.1.1", date(2036, 1, 1)), ("37.1.1", date(1937, 1, 1)), ("1955年3月2日", date(1955, 3, 2)),
        (1.15, date(2026, 1, 15)),
        (10.25, date(2026, 10, 25)), (25569, date(1970, 1, 1)), (36585, date(2000, 2, 29)), (73050, date(2099, 12, 31)),
        ("12.31", date(2026, 12, 31)), ("1231", date(2026, 12, 31)),
    ],
)  # fmt: skip
def test_years_and_ends_of_months(typed: object, day: date) -> None:
    assert read(typed) == day


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("2026.2.30", "invalid_date"), ("2026-02-29", "invalid_date"), ("13.5", "invalid_date"),
        ("2026.13.5", "invalid_date"),
        ("20260231", "invalid_date"), ("2026年3月", "no_day"), ("2026.03", "no_day"), ("3月", "no_day"),
        ("2026", "no_day"), ("5", "invalid_date"),
        ("9:30", "no_day"), ("3/5/2026", "ambiguous"), ("3/5/26", "ambiguous"), ("201203", "ambiguous"),
        (105, "ambiguous"),
        (3.1, "ambiguous"), (2026.1, "ambiguous"), (12.2, "ambiguous"), ("3月5日至7日", "is_range"),
        ("3.5-3.7", "is_range"),
        ("2026.3.5-2026.3.7", "is_range"), ("2026年3月5日（星期五）", "weekday_mismatch"),
        ("3月5日周五", "weekday_mismatch"),
        ("abc", "invalid_date"), ("2026年3月5日前", "invalid_date"), ("2026.3.5 张三", "invalid_date"),
        ("0000", "invalid_date"),
        ("待定", "invalid_date"), (True, "invalid_date"), (None, "invalid_date"), (3, "invalid_date"),
        (float("nan"), "invalid_date"),
        (-46086, "invalid_date"), (12345678, "out_of_range"), ("0026-03-05", "out_of_range"), ("", "empty"),
        ("  ", "empty"),
        ("2026.3.5 25:00", "invalid_time"), ("2026.3.5 9:60", "invalid_time"), ("2026.3.5晚12点", "ambiguous"),
        ("2026.3.5 9", "ambiguous"), ("440101199001011234", "invalid_date"),
    ],
)  # fmt: skip
def test_what_is_no_certain_day_is_refused(typed: object, code: str) -> None:
    with pytest.raises(ReadingError) as refused:
        read(typed)
    assert refused.value.code == code


def test_a_refusal_says_what_is_wrong_and_what_is_expected() -> None:
    with pytest.raises(ReadingError, match=r"没有“2026.2.30”这一天，请改日期，例如 2026-03-05"):
        read("2026.2.30")


def test_working_days_need_a_calendar() -> None:
    with pytest.raises(ReadingError) as refused:
        dates.read_day("+15工作日", reference=THURSDAY)
    assert refused.value.code == "no_calendar"


def test_without_reference_the_clock_counts() -> None:
    with clock.clock_at(datetime(2031, 5, 6, 23, 59)):
        assert dates.read_day("3.5") == date(2031, 3, 5)
        assert dates.read_day("明天") == date(2031, 5, 7)


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("2026年3月5日上午9时", datetime(2026, 3, 5, 9, 0)), ("2026-03-05 09:30", datetime(2026, 3, 5, 9, 30)),
        ("3.5 9:30", datetime(2026, 3, 5, 9, 30)), ("2026.3.5下午3点半", datetime(2026, 3, 5, 15, 30)),
        ("明天下午3点半", datetime(2026, 9, 18, 15, 30)), ("2026.3.5 15:00-16:00", datetime(2026, 3, 5, 15, 0)),
        ("3月5日下午三点三刻", datetime(2026, 3, 5, 15, 45)), ("3月5日 9点整", datetime(2026, 3, 5, 9, 0)),
        ("2026年3月5日14时30分", datetime(2026, 3, 5, 14, 30)), ("2026.3.5 晚8点", datetime(2026, 3, 5, 20, 0)),
        ("2026.3.5 中午12点", datetime(2026, 3, 5, 12, 0)), ("2026.3.5 中午1点", datetime(2026, 3, 5, 13, 0)),
        ("2026.3.5 凌晨1点", datetime(2026, 3, 5, 1, 0)), ("2026.3.5 下午15:00", datetime(2026, 3, 5, 15, 0)),
        ("2026-03-05 9:30 PM", datetime(2026, 3, 5, 21, 30)), ("2026-03-05T09:30:59.123", datetime(2026, 3, 5, 9, 30)),
        ("周五下午3点", datetime(2026, 9, 18, 15, 0)), ("２０２６年３月５日　９：３０", datetime(2026, 3, 5, 9, 30)),
        (46086.5, datetime(2026, 3, 5, 12, 0)), (46086.395833333336, datetime(2026, 3, 5, 9, 30)),
        (datetime(2026, 3, 5, 9, 30, 15), datetime(2026, 3, 5, 9, 30)),
    ],
)  # fmt: skip
def test_moments_are_read_to_the_minute(typed: object, moment: datetime) -> None:
    assert dates.read_moment(typed, reference=THURSDAY) == moment


@pytest.mark.parametrize(
    "typed", ["2026.3.5", "2026年3月5日上午", "2026-03-05 00:00:00", 46086, datetime(2026, 3, 5), FIFTH]
)
def test_a_moment_without_time_is_a_day(typed: object) -> None:
    moment = dates.read_moment(typed, reference=THURSDAY)
    assert type(moment) is date
    assert moment == FIFTH


@pytest.mark.parametrize(
    ("typed", "start", "end"),
    [
        ("2026.3.5 15:00-16:00", datetime(2026, 3, 5, 15), datetime(2026, 3, 5, 16)),
        ("2026.3.5 下午3点至5点", datetime(2026, 3, 5, 15), datetime(2026, 3, 5, 17)),
        ("3月5日至7日", FIFTH, date(2026, 3, 7)),
        ("2026.3.5-3.7", FIFTH, date(2026, 3, 7)),
        ("2026年12月30日—2027年1月5日", date(2026, 12, 30), date(2027, 1, 5)),
        ("3月5日9时-3月6日10时", datetime(2026, 3, 5, 9), datetime(2026, 3, 6, 10)),
        ("2026.3.5", FIFTH, None),
    ],
)
def test_spans_are_read(typed: str, start: date, end: date | None) -> None:
    assert dates.read_range(typed, reference=THURSDAY) == (start, end)


@pytest.mark.parametrize("typed", ["2026.3.5 16:00-15:00", "3月7日至5日"])
def test_a_span_that_ends_before_it_starts_is_refused(typed: str) -> None:
    with pytest.raises(ReadingError) as refused:
        dates.read_range(typed, reference=THURSDAY)
    assert refused.value.code == "invalid_range"


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        ("2026年3月", "2026-03"), ("2026.03", "2026-03"), ("2026-3", "2026-03"), ("202603", "2026-03"),
        ("1979.5", "1979-05"),
        (1979.5, "1979-05"), (1979.12, "1979-12"), (197905, "1979-05"), ("79.5", "1979-05"), ("3月", "2026-03"),
        ("上月", "2026-08"),
        ("本月", "2026-09"), ("2026.3.5", "2026-03"), (FIFTH, "2026-03"), (46086, "2026-03"),
        ("一九七九年五月", "1979-05"),
        ("２０２６．３", "2026-03"),
    ],
)  # fmt: skip
def test_months_are_read(typed: object, month: str) -> None:
    assert dates.read_month(typed, reference=THURSDAY) == month


@pytest.mark.parametrize(
    ("typed", "code"),
    [("12.5", "ambiguous"), (1979.1, "ambiguous"), ("2026.13", "invalid_date"), ("abc", "invalid_date"),
    ("", "empty"), (True, "empty"),
     ("今天", "invalid_date")],
)  # fmt: skip
def test_what_is_no_certain_month_is_refused(typed: object, code: str) -> None:
    with pytest.raises(ReadingError) as refused:
        dates.read_month(typed, reference=THURSDAY)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("3.5", False),
        ("3月5日", False),
        ("2026.3.5", True),
        ("26.3.5", True),
        ("今天", True),
        (46086, True),
        (3.5, False),
    ],
)
def test_an_assumed_year_can_be_told(typed: object, named: bool) -> None:
    assert dates.names_year(typed) is named


@pytest.mark.parametrize(
    ("day", "months", "result"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 2, 28), 1, date(2026, 3, 28)),
        (date(2025, 12, 31), 2, date(2026, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 5, 31), 18, date(2027, 11, 30)),
    ],
)
def test_months_end_on_their_last_day(day: date, months: int, result: date) -> None:
    assert dates.add_months(day, months) == result


def test_days_are_shown() -> None:
    assert dates.show_day(FIFTH) == "2026-03-05"
    assert dates.show_moment(datetime(2026, 3, 5, 9, 30)) == "2026-03-05 09:30"
    assert dates.show_moment(FIFTH) == "2026-03-05"
    assert dates.show_month(FIFTH) == "2026-03"
    assert dates.short_day(date(2026, 9, 26), THURSDAY) == "09-26 周六"
    assert dates.short_day(date(2027, 1, 5), THURSDAY) == "2027-01-05 周二"


DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31)).map(lambda m: m.replace(second=0, microsecond=0))


@given(DAYS)
def test_a_day_shown_is_read_back(day: date) -> None:
    assert dates.read_day(dates.show_day(day), reference=THURSDAY) == day
    assert dates.read_day(f"{day.year}年{day.month}月{day.day}日", reference=THURSDAY) == day
    assert dates.read_day(f"{day:%Y%m%d}", reference=THURSDAY) == day
    assert dates.read_month(dates.show_month(day), reference=THURSDAY) == dates.show_month(day)


@given(MOMENTS)
def test_a_moment_shown_is_read_back(moment: datetime) -> None:
    expected = moment if moment.hour or moment.minute else moment.date()
    assert dates.read_moment(dates.show_moment(moment), reference=THURSDAY) == expected


@given(st.dates(date(1927, 5, 18), date(2149, 12, 31)))
def test_every_day_number_of_excel_is_read(day: date) -> None:
    assert dates.read_day((day - date(1899, 12, 30)).days) == day


@given(
    st.one_of(
        st.text(alphabet="0123456789.-/年月日时点上下午周一五至: +工作天后今明底", max_size=16),
        st.text(max_size=8),
        st.floats(),
    )
)
def test_any_typing_is_read_or_refused(typed: object) -> None:
    for reader in (read, dates.read_moment, dates.read_month, dates.read_range):
        with suppress(ReadingError):
            assert reader(typed)


@pytest.mark.parametrize("typed", [1e-05, 1e-300, 1e22, Decimal("1E-9")])
def test_a_number_with_a_power_of_ten_is_refused_in_words(typed: object) -> None:
    with pytest.raises(ReadingError, match="不是日期"):
        read(typed)


@pytest.mark.parametrize("typed", ["明天", "下周三", "月底", "+15", "10个工作日后"])
def test_a_day_that_counts_from_today_is_known_as_such(typed: str) -> None:
    assert dates.is_relative(typed)


@pytest.mark.parametrize("typed", ["2026.3.5", "3月5日", "6月底", "年底", "不是日期", 45800])
def test_other_days_stand_by_themselves(typed: object) -> None:
    assert not dates.is_relative(typed)


@pytest.mark.parametrize(("typed", "named"), [("6月底", False), ("年底", False), ("2026年6月底", True), ("明天", True)])
def test_the_end_of_a_month_names_its_year_or_not(typed: str, named: bool) -> None:
    assert dates.names_year(typed) is named


def test_a_run_of_digits_of_any_length_is_refused_in_words() -> None:
    with pytest.raises(ReadingError):
        dates.read_day("9" * 5000)


@pytest.mark.parametrize(("typed", "example"), [("2023.6", "2023-06-01"), ("3月", "-03-01"), ("2026", "2026-03-05")])
def test_of_a_month_alone_the_example_is_a_day_of_it(typed: str, example: str) -> None:
    with pytest.raises(ReadingError) as refused:
        read(typed)
    assert refused.value.message.endswith(example)


def test_a_time_without_its_day_is_told_with_that_time_in_the_example() -> None:
    with pytest.raises(ReadingError, match=r"“下午3点40分”只有时间，请把日期也写上，例如 2026-03-05 15:40"):
        dates.read_moment("下午3点40分", reference=date(2026, 3, 16))
