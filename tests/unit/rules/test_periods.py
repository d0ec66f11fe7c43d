"""Spans of statistics: words, days, cut-off, the span before, the year before, the year so far."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paizhu.rules import periods
from paizhu.rules.numbering import statistical_month
from paizhu.rules.periods import PeriodWordError


@pytest.mark.parametrize(
    ("word", "cutoff", "start", "end"),
    [
        ("2026-10", 0, date(2026, 10, 1), date(2026, 10, 31)),
        ("2028-02", 0, date(2028, 2, 1), date(2028, 2, 29)),
        ("2026-Q3", 0, date(2026, 7, 1), date(2026, 9, 30)),
        ("2026-H1", 0, date(2026, 1, 1), date(2026, 6, 30)),
        ("2026-h2", 0, date(2026, 7, 1), date(2026, 12, 31)),
        ("2026", 0, date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-10", 25, date(2026, 9, 26), date(2026, 10, 25)),
        ("2026-01", 25, date(2025, 12, 26), date(2026, 1, 25)),
        ("2026-Q3", 20, date(2026, 6, 21), date(2026, 9, 20)),
        ("2026", 25, date(2025, 12, 26), date(2026, 12, 25)),
        ("2027-03", 30, date(2027, 3, 1), date(2027, 3, 30)),
        ("2027-02", 30, date(2027, 1, 31), date(2027, 2, 28)),
    ],
)
def test_a_word_gives_its_days(word: str, cutoff: int, start: date, end: date) -> None:
    span = periods.period(word, cutoff)
    assert (span.start, span.end) == (start, end)


@pytest.mark.parametrize(
    ("word", "before", "after", "last_year", "told"),
    [
        ("2026-10", "2026-09", "2026-11", "2025-10", "2026年10月"),
        ("2026-01", "2025-12", "2026-02", "2025-01", "2026年1月"),
        ("2026-Q1", "2025-Q4", "2026-Q2", "2025-Q1", "2026年第一季度"),
        ("2026-Q4", "2026-Q3", "2027-Q1", "2025-Q4", "2026年第四季度"),
        ("2026-H1", "2025-H2", "2026-H2", "2025-H1", "2026年上半年"),
        ("2026-H2", "2026-H1", "2027-H1", "2025-H2", "2026年下半年"),
        ("2026", "2025", "2027", "2025", "2026年度"),
    ],
)
def test_the_spans_beside_a_span(word: str, before: str, after: str, last_year: str, told: str) -> None:
    assert periods.previous(word) == before
    assert periods.following(word) == after
    assert periods.a_year_before(word) == last_year
    assert periods.label(word) == told


@pytest.mark.parametrize(
    ("words", "word"),
    [
        ("2026-10", "2026-10"),
        ("2026-q3", "2026-Q3"),
        ("2026年10月", "2026-10"),
        ("2026.3", "2026-03"),
        ("10月份", "2026-10"),
        ("３月", "2026-03"),
        ("2025年三季度", "2025-Q3"),
        ("第四季度", "2026-Q4"),
        ("2026 年 第 1 季度", "2026-Q1"),
        ("上半年", "2026-H1"),
        ("2025年下半年", "2025-H2"),
        ("2026年", "2026"),
        ("2025年度", "2025"),
        ("全年", "2026"),
    ],
)
def test_a_span_is_read_as_one_says_it(words: str, word: str) -> None:
    assert periods.read(words, 2026) == word
    assert periods.read(periods.label(word), 2030) == word


@pytest.mark.parametrize("words", ["", "上个月", "五季度", "2026年13月", "2026-Q5", "0年", "10月20日"])
def test_what_is_no_span_is_refused_in_plain_words(words: str) -> None:
    with pytest.raises(PeriodWordError, match="不是统计期") as refused:
        periods.read(words, 2026)
    assert "2026年三季度" in str(refused.value)


def test_the_year_so_far_ends_with_the_span() -> None:
    assert periods.year_to_date("2026-Q3").start == date(2026, 1, 1)
    assert periods.year_to_date("2026-Q3").end == date(2026, 9, 30)
    assert periods.year_to_date("2026-03", 25).start == date(2025, 12, 26)
    before = periods.before_in_year("2026-10")
    assert before is not None
    assert (before.start, before.end) == (date(2026, 1, 1), date(2026, 9, 30))
    assert periods.before_in_year("2026-01") is None
    assert periods.before_in_year("2026") is None


@pytest.mark.parametrize(
    "word", ["", "2026-13", "2026-00", "2026-Q5", "2026-H3", "26-10", "2026年10月", "2026-1", "0001"]
)
def test_another_word_is_refused(word: str) -> None:
    with pytest.raises(PeriodWordError, match="不是统计期"):
        periods.period(word)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 28))
def test_a_day_lies_in_the_month_it_is_attributed_to(day: date, cutoff: int) -> None:
    month = statistical_month(day, cutoff)
    assert day in periods.period(month, cutoff)
    assert day not in periods.period(periods.previous(month), cutoff)
    assert day not in periods.period(periods.following(month), cutoff)


@given(st.integers(1950, 2090), st.integers(0, 31))
def test_the_months_of_a_year_follow_without_gap(year: int, cutoff: int) -> None:
    spans = [periods.period(f"{year}-{month:02d}", cutoff) for month in range(1, 13)]
    for one, other in pairwise(spans):
        assert other.start == one.end + timedelta(days=1)
    whole = periods.period(str(year), cutoff)
    assert (whole.start, whole.end) == (spans[0].start, spans[-1].end)
