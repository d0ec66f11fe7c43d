"""Which day a written sentence names, as officers write days: 3月5日, 下周三, 5个工作日后, 月底."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from paizhu.base import dates
from paizhu.base.reading import ReadingError

EDGES = ' \t，。、；：,.;:（）()“”"！!？?'
"""What may stand round a word without belonging to it."""
_LONGEST = 26
_NUMERAL = "[〇零一二三四五六七八九十]"
# Where a day may begin: only shapes that can hardly be an amount or a number of things; base.dates reads the rest.
_DAY_BEGINS = re.compile(
    r"(?<![\d.])(?:\d{4}[年./-]\d{1,2}[月./-]\d{1,2}|\d{1,2}月\d{1,2}[日号]?|\d{1,2}[-/]\d{1,2}(?![\d%处个项条件人次户家名份笔种万亿元])|20\d{6}(?!\d)"
    r"|\d{1,4}个?(?:工作日|天|周|星期|月)(?:以|之)?[后内]|\d{1,3}日(?:以|之)?内)"
    rf"|{_NUMERAL}{{1,3}}月{_NUMERAL}{{1,3}}[日号]|{_NUMERAL}{{1,3}}个?(?:工作日|天|周|星期|月)(?:以|之)?[后内]"
    rf"|{_NUMERAL}{{1,3}}日(?:以|之)?内|[今本]?年[底末]"
    r"|大?[前后]天|[昨今明]天|[上本这下]{0,2}个?(?:周|星期|礼拜)[一二三四五六日天]|[上本这下]个?月[底末初]|\d{1,2}月[底末]"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A part of the sentence: where it stands and what it was taken for."""

    start: int
    end: int
    value: Any
    typed: str = ""


def masked(text: str, used: list[Found]) -> str:
    """Return the text of the same length, with what was used up blotted out."""
    for found in used:
        text = text[: found.start] + "\0" * (found.end - found.start) + text[found.end :]
    return text


def day_in(text: str, today: date, add_working_days: Callable[[date, int], date]) -> tuple[Found | None, list[str]]:
    """Return the first day of a sentence, and what is not plain about the days in it."""
    found: list[Found] = []
    unclear: list[str] = []
    at = 0
    while begins := _DAY_BEGINS.search(text, at):
        read = _longest(text, begins, today, add_working_days)
        if isinstance(read, Found):
            found.append(read)
            at = read.end
        else:
            unclear.append(read)
            at = begins.end()
    if len(found) > 1:
        others = "、".join(each.typed for each in found[1:])
        unclear.append(f"有几个日期，用了“{found[0].typed}”，没有用“{others}”")
    return (found[0] if found else None), unclear


def _longest(
    text: str, begins: re.Match[str], today: date, add_working_days: Callable[[date, int], date]
) -> Found | str:
    """Return the longest piece that reads as a day, else why the shortest one does not."""
    start, refused = begins.start(), ""
    for end in range(min(len(text), start + _LONGEST), begins.end() - 1, -1):
        words = text[start:end]
        if words[-1] in EDGES:
            continue
        try:
            value: date | datetime = dates.read_moment(words, reference=today, add_working_days=add_working_days)
        except ReadingError as error:
            # Longer pieces are no days because of what follows them; the shortest one tells the reason.
            refused = error.message
            continue
        return Found(start, end, value, words)
    return refused
