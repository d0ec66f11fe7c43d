"""The State Council's yearly notice of days off, read from its own wording.

Only days said to be off (放假, 补休) or worked (上班, 补班) are taken; what explains the exchange (公休日调至……,
为法定假日, 鼓励……休息) names days too, and none of them is meant.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from paizhu.base.errors import PaizhuError

Kind = Literal["off", "work", "unit"]

_DATE = (
    r"(?:(?P<{0}y>\d{{4}})\s*[年./-]\s*)?(?:(?P<{0}m>\d{{1,2}})\s*[月./-]\s*)?"
    r"(?P<{0}d>\d{{1,2}})\s*(?P<{0}s>[日号])?"
)
_NAMES = r"元旦|春节|除夕|清明节?|劳动节|五一|端午节?|中秋节?|国庆节?|十一(?=[”\"'』」:]|假期)|[一-龥]{2,8}纪念日"
_TOKEN = re.compile(
    r"(?P<whole>(?P<year>\d{4})\s*年\s*(?:部分|全年)?\s*(?:法定)?节假日)"
    rf"|(?P<name>{_NAMES})"
    rf"|(?P<span>{_DATE.format('a')}(?:\s*(?:至|到|-+|~)\s*{_DATE.format('b')})?)(?![\d天年])"
    r"|共\s*(?P<count>\d{1,2})\s*天"
    r"|(?P<unit>(?:本单位|单位)(?:自行)?(?:休息|放假))"
    r"|(?P<off>(?:调休)?放假|补休)"
    r"|(?P<work>补班|上班|正常工作|照常工作)"
    r"|(?P<aside>调至|公休|法定|休息|鼓励|期间)"
    r"|(?P<pause>,)|(?P<colon>:)|(?P<stop>[。;\n])"
)
_BRACKETS = re.compile(r"\(([^()]*)\)")
_WEEKDAY = re.compile(r"(?:星期|周)([一二三四五六日天])")
_WEEKDAYS = {char: number for number, char in enumerate("一二三四五六日")} | {"天": 6}
_FULL_NAMES = {
    "清明": "清明节",
    "端午": "端午节",
    "中秋": "中秋节",
    "国庆": "国庆节",
    "五一": "劳动节",
    "十一": "国庆节",
}
_LONGEST = timedelta(days=30)
_SATURDAY = 5
_DECEMBER = 12


class NoticeUnreadError(PaizhuError):
    """The words hold no day that is off or worked in exchange."""


@dataclass(frozen=True, slots=True)
class NoticeRead:
    """What was understood: the year spoken of, its days with type and holiday, and what does not fit together."""

    year: int
    days: dict[date, tuple[Kind, str]]
    doubts: tuple[str, ...] = ()

    @property
    def off(self) -> int:
        """How many days are off."""
        return sum(kind != "work" for kind, _ in self.days.values())

    @property
    def whole(self) -> bool:
        """Tell whether this is the notice of a whole year, from 元旦 to 国庆, and not a correction of some days."""
        return all(self.days.get(date(self.year, month, 1), ("",))[0] == "off" for month in (1, 10))

    @property
    def worked(self) -> int:
        """How many weekend days are worked in exchange."""
        return len(self.days) - self.off


@dataclass
class _State:
    """Where the reading stands in a sentence."""

    year: int
    months: list[int] = field(default_factory=list)
    pending: list[date] = field(default_factory=list)
    last: list[date] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    naming: bool = False
    aside: bool = False
    mode: Kind | None = None
    waiting: Kind | None = None


def read_notice(words: str, year: int) -> NoticeRead:
    """Return the days of a notice; a year it names itself goes before the one asked for."""
    text = unicodedata.normalize("NFKC", words).translate(str.maketrans("—–―〜", "---~"))
    named = re.search(r"(\d{4})\s*年\s*(?:部分|全年)?\s*(?:法定)?节假日", text)
    state = _State(int(named[1]) if named else year)
    days: dict[date, tuple[Kind, str]] = {}
    doubts: list[str] = []
    plain, said = _without_brackets(text)
    for found in _TOKEN.finditer(plain):
        _take(found, state, days, doubts, said)
    if not days:
        raise NoticeUnreadError(
            "这段文字里没有读到放假或上班的日期", "日历没有改动", "请粘贴通知原文，例如“10月1日至8日放假，10月11日上班”"
        )
    doubts += [
        f"{day.month} 月 {day.day} 日本来就是工作日，通知却写上班，请核对年份"
        for day, (kind, _) in days.items()
        if kind == "work" and day.weekday() < _SATURDAY
    ]
    return NoticeRead(state.year, dict(sorted(days.items())), tuple(dict.fromkeys(doubts)))


def _without_brackets(text: str) -> tuple[str, dict[int, int]]:
    """Return the words without what stands in brackets, and the weekday written there by its place."""
    parts, weekdays, at, length = [], {}, 0, 0
    for found in _BRACKETS.finditer(text):
        before = text[at : found.start()]
        parts.append(before)
        length += len(before)
        if weekday := _WEEKDAY.search(found[1]):
            weekdays[length] = _WEEKDAYS[weekday[1]]
        at = found.end()
    parts.append(text[at:])
    return "".join(parts), weekdays


def _take(
    found: re.Match[str],
    state: _State,
    days: dict[date, tuple[Kind, str]],
    doubts: list[str],
    weekdays: dict[int, int],
) -> None:
    kind = found.lastgroup
    if found["span"]:
        kind = "span"
    match kind:
        case "name":
            if not state.naming:
                state.names = []
            state.names.append(_FULL_NAMES.get(found[0], found[0]))
            state.naming = True
        case "span":
            _take_days(found, state, doubts, weekdays)
            if state.mode and not state.aside:
                _settle(state, state.mode, days)
        case "off" | "work" | "unit":
            state.naming = False
            state.aside = False
            if state.pending:
                _settle(state, kind, days)
                state.mode = None
            else:
                state.waiting = kind
        case "colon":
            if state.waiting:
                state.mode = state.waiting
            state.waiting = None
        case "count":
            _check_count(int(found["count"]), state, days, doubts)
        case "aside":
            state.pending, state.aside = [], True
        case "pause":
            state.aside = False
            state.waiting = None
        case "stop":
            state.pending, state.aside, state.mode, state.waiting = [], False, None, None
            state.naming = False


def _settle(state: _State, kind: str, days: dict[date, tuple[Kind, str]]) -> None:
    settled: Kind = "off" if kind == "off" else "unit" if kind == "unit" else "work"
    name = "、".join(state.names)
    for day in state.pending:
        days[day] = (settled, name)
    if settled == "off":
        state.last = [*state.pending]
    state.pending = []


def _take_days(found: re.Match[str], state: _State, doubts: list[str], weekdays: dict[int, int]) -> None:
    state.naming = False
    try:
        start, end = _first_and_last(found, state)
    except ValueError:
        # A bare number after another month explains something; a whole date that does not exist is a slip.
        if found["am"]:
            doubts.append(f"“{found[0].strip()}”不是日期，没有读入")
        return
    if start is None or state.aside:
        return
    if end - start > _LONGEST or end < start:
        doubts.append(f"“{found[0].strip()}”前后相差太多，没有读入")
        return
    # Where only the last day of a span has its weekday, it stands after the whole.
    said = weekdays.get(found.end())
    if said is not None and end.weekday() != said:
        doubts.append(f"{end.year} 年 {end.month} 月 {end.day} 日不是星期{'一二三四五六日'[said]}，请核对年份")
    state.pending += [start + timedelta(days=n) for n in range((end - start).days + 1)]


def _first_and_last(found: re.Match[str], state: _State) -> tuple[date | None, date]:
    """Return both ends of a span, the same day for a single one; a bare number is no day."""
    if not (found["am"] or (found["as"] and state.months)):
        return None, date.min
    month = int(found["am"] or state.months[-1])
    # The 元旦 of a notice reaches back into December of the year before.
    back = month == _DECEMBER and state.names == ["元旦"] and not found["ay"]
    year = int(found["ay"] or state.year - back)
    start = date(year, month, int(found["ad"]))
    end = start
    if found["bd"]:
        last_month = int(found["bm"] or month)
        last_year = int(found["by"] or (state.year if back and last_month < month else year))
        end = date(last_year, last_month, int(found["bd"]))
        if end < start and not found["by"]:
            start, end = (start.replace(year=year - 1), end) if not found["ay"] else (start, end.replace(year=year + 1))
    state.months.append(end.month)
    return start, end


def _check_count(count: int, state: _State, days: dict[date, tuple[Kind, str]], doubts: list[str]) -> None:
    own = [day for day in state.last if days.get(day, ("",))[0] == "off"]
    if own and len(own) != count:
        first = min(own)
        doubts.append(f"{first.month} 月 {first.day} 日起的假期写着共 {count} 天，读到 {len(own)} 天")
