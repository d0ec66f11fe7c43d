"""Spans of statistics in the words of a report: ``2026-10``, ``2026-Q3``, ``2026-H1``, ``2026``, or as one says them.

With a cut-off day a month runs from the day after the last one's cut-off to its own (业务月, ``domain.md`` 6.2).
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from paizhu.base.dates import last_of_month
from paizhu.base.errors import PaizhuError
from paizhu.base.reading import narrowed

_WORD = re.compile(r"(\d{4})(?:-(?:(Q)([1-4])|(H)([12])|(0[1-9]|1[0-2])))?")
_SAID = re.compile(
    r"(?:(?P<year>\d{4})(?:年度?|[-./])?)?"
    r"(?:第?(?P<quarter>[1-4一二三四])季度?|(?P<half>[上下])半年|(?P<month>1[0-2]|0?[1-9])月?份?|(?P<whole>全年|年度)?)"
)
_IN_WORDS = "2026年10月、2026年三季度、2026年上半年或 2026年"


class PeriodWordError(PaizhuError):
    """A word for a span of time is not understood."""


@dataclass(frozen=True, slots=True)
class Span:
    """Days from start to end, both included; ``word`` is empty for a span that has no word, as 累计."""

    start: date
    end: date
    word: str = ""
    cutoff_day: int = 0

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end


def _months(word: str) -> tuple[int, int, int]:
    """Return year, first and last month."""
    found = _WORD.fullmatch(word.strip().upper())
    if found is None or int(found[1]) < 1900:
        raise PeriodWordError(
            f"“{word}”不是统计期", "", "请写成 2026（全年）、2026-H1（上半年）、2026-Q3（三季度）或 2026-10（月）"
        )
    year, quarter, half, month = int(found[1]), found[3], found[5], found[6]
    if month:
        return year, int(month), int(month)
    length, number = (3, int(quarter)) if quarter else (6, int(half)) if half else (12, 1)
    return year, (number - 1) * length + 1, number * length


def read(words: str, year: int) -> str:
    """Return the word of a span as the officer writes it: 三季度, 2026年上半年, 10月; ``year`` where none is said."""
    plain = narrowed(words).upper()
    if _WORD.fullmatch(plain):
        _months(plain)
        return plain
    found = _SAID.fullmatch(plain)
    if found is None or not plain or int(found["year"] or year) < 1900:
        raise PeriodWordError(f"“{words.strip()}”不是统计期", "", f"请写成 {_IN_WORDS}")
    of = int(found["year"] or year)
    if found["month"]:
        return _word(of, int(found["month"]), 1)
    if found["quarter"]:
        number = "一二三四".find(found["quarter"]) + 1 or int(found["quarter"])
        return _word(of, number * 3 - 2, 3)
    if found["half"]:
        return _word(of, 1 if found["half"] == "上" else 7, 6)
    return _word(of, 1, 12)


def _begins(year: int, month: int, cutoff_day: int) -> date:
    if not cutoff_day:
        return date(year, month, 1)
    return _ends(year - (month == 1), (month - 2) % 12 + 1, cutoff_day) + timedelta(days=1)


def _ends(year: int, month: int, cutoff_day: int) -> date:
    last = last_of_month(date(year, month, 1))
    return last.replace(day=min(cutoff_day, last.day)) if cutoff_day else last


def period(word: str, cutoff_day: int = 0) -> Span:
    """Return the days of a month, quarter, half-year or year; zero means that months end as in the calendar."""
    year, first, last = _months(word)
    return Span(_begins(year, first, cutoff_day), _ends(year, last, cutoff_day), word.strip().upper(), cutoff_day)


def previous(word: str) -> str:
    """Return the word of the span before: 2026-01 after 2025-12, 2026-Q1 after 2025-Q4."""
    return _moved(word, -1)


def following(word: str) -> str:
    """Return the word of the span after."""
    return _moved(word, 1)


def _moved(word: str, by: int) -> str:
    year, first, last = _months(word)
    length = last - first + 1
    months = year * 12 + first - 1 + by * length
    return _word(months // 12, months % 12 + 1, length)


def _word(year: int, first: int, length: int) -> str:
    match length:
        case 12:
            return f"{year:04d}"
        case 6:
            return f"{year:04d}-H{first // 6 + 1}"
        case 3:
            return f"{year:04d}-Q{first // 3 + 1}"
        case _:
            return f"{year:04d}-{first:02d}"


def a_year_before(word: str) -> str:
    """Return the word of the same span of the last year (上年同期)."""
    year, first, last = _months(word)
    return _word(year - 1, first, last - first + 1)


def year_to_date(word: str, cutoff_day: int = 0) -> Span:
    """Return the days from the beginning of the year to the end of this span (本年累计)."""
    year, _, last = _months(word)
    return Span(_begins(year, 1, cutoff_day), _ends(year, last, cutoff_day), "", cutoff_day)


def before_in_year(word: str, cutoff_day: int = 0) -> Span | None:
    """Return the days of the year before this span (上期累计), or None for the first span of a year."""
    year, first, _ = _months(word)
    if first == 1:
        return None
    return Span(_begins(year, 1, cutoff_day), _ends(year, first - 1, cutoff_day), "", cutoff_day)


def label(word: str) -> str:
    """Return the words of a report's head: 2026年10月, 2026年第三季度, 2026年上半年, 2026年度."""
    year, first, last = _months(word)
    match last - first + 1:
        case 12:
            return f"{year}年度"
        case 6:
            return f"{year}年{'上' if first == 1 else '下'}半年"
        case 3:
            return f"{year}年第{'一二三四'[first // 3]}季度"
        case _:
            return f"{year}年{first}月"
