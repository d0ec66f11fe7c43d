"""The shapes in which a date is typed, recognised without knowing today: words first become a `Shape`."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal, NamedTuple

from paizhu.base.numbers import NUMERALS, chinese_number
from paizhu.base.reading import ReadingError, quoted

EXPECTED = "例如 2026-03-05"

Base = Literal["date", "days", "working_days", "months", "weekday", "month_end", "month_start", "year_end"]


class DayShape(NamedTuple):
    """A day as written: absolute with its known parts, or an offset from the day of reference.

    A ``date`` has year (None when not written), month and day (0 when not written); every other base keeps
    its distance in ``month`` and, for a weekday, the weekday in ``day``.
    """

    base: Base
    year: int | None
    month: int
    day: int
    short_year: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """All that stands in a cell: a day, perhaps a minute of it, perhaps the end of a span, perhaps a weekday."""

    start: DayShape
    minute: int | None = None
    end: DayShape | None = None
    end_minute: int | None = None
    weekday: int | None = None


_WEEKDAYS = {char: n for n, chars in enumerate(("一1", "二2", "三3", "四4", "五5", "六6", "日天7")) for char in chars}
_TIGHT = re.compile(r"\s*([年月日号时点分秒:./~至到+-])\s*")
_DASHES = str.maketrans(
    {"—": "-", "–": "-", "―": "-", "−": "-", "‐": "-", "‑": "-", "〜": "~", "。": ".", "．": ".", "、": "."}
)
_NUMERAL_RUN = re.compile(f"[{NUMERALS}]+(?=个?(?:[年月日号时点分刻天周]|工作日|星期))")
_WRITTEN_WEEKDAY = re.compile(r"(?<=[\d日号])\s*\(?(?:星期|周|礼拜)([一二三四五六日天])\)?\s*")

_FULL = re.compile(r"(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})(?!\d)[日号]?")
_FULL_SPACED = re.compile(r"(\d{4}) (\d{1,2}) (\d{1,2})(?![\d:点时])")
_SHORT = re.compile(r"(\d{2})(?:年(\d{1,2})月(\d{1,2})(?!\d)[日号]?|([./-])(\d{1,2})\4(\d{1,2})(?!\d)日?)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?!\d)")
_MONTH_DAY = re.compile(r"(\d{1,2})(?:月(\d{1,2})(?!\d)[日号]?|[./-](\d{1,2})(?![\d./])日?)")
_MONTH_END = re.compile(r"(?:(\d{4})[年./-])?(\d{1,2})月(?:底|末)")
_MONTH = re.compile(r"(\d{4}|\d{2}(?=年))[年./-](\d{1,2})(?!\d)(?:月份?)?|(\d{4})(0[1-9]|1[0-2])(?!\d)")
_BARE_MONTH = re.compile(r"(\d{1,2})月份?")
_DAY_FIRST = re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d{4}|(?:0?[1-9]|1[0-2])/\d{1,2}/\d{2}")
_RELATIVE_WORDS = {
    "大前天": -3, "前天": -2, "前日": -2, "昨天": -1, "昨日": -1, "今天": 0, "今日": 0, "当天": 0, "当日": 0,
    "明天": 1, "明日": 1, "后天": 2, "后日": 2, "大后天": 3,
}  # fmt: skip
_RELATIVE = re.compile("|".join(sorted(_RELATIVE_WORDS, key=len, reverse=True)))
_UNITS = r"(个?工作日|天|日|个?月|周|个?星期|年)"
_COUNTED: dict[str, tuple[Base, int]] = {
    "天": ("days", 1), "日": ("days", 1), "周": ("days", 7), "星期": ("days", 7),
    "工作日": ("working_days", 1), "月": ("months", 1), "年": ("months", 12),
}  # fmt: skip
_SIGNED = re.compile(rf"([+-])(\d{{1,4}}){_UNITS}?(?!\d)")
_LATER = re.compile(rf"(\d{{1,4}}){_UNITS}(?:以|之)?(后|前|内)")
_WEEK = re.compile(r"(上上|下下|上|本|这|下)?个?(?:周|星期|礼拜)([一二三四五六日天1-7])")
_EDGE = re.compile(r"(上|本|这|下)?个?月(底|末|初)|(?:今年|本年|今|本)?年?(?:底|末)")
_AROUND = {"上上": -2, "上": -1, "本": 0, "这": 0, "下": 1, "下下": 2, None: 0}

_HALF = "凌晨|清晨|早晨|早上|早|上午|中午|午后|下午|傍晚|晚上|晚间|晚|夜间|夜里|am|pm"
_TIME = re.compile(
    rf"({_HALF})?\s*(\d{{1,2}})(?::(\d{{2}})(?::\d{{2}}(?:\.\d+)?)?|[点时](?:(\d{{1,2}})(?:分|(?![\d刻]))|(半|[13]刻|整))?)?\s*(am|pm)?"
)
_ONLY_HALF = re.compile(rf"(?:{_HALF})$")
_ENDS_IN_HALF = re.compile(rf"(?:{_HALF})\s*$")
_SPAN = re.compile(r"\s*(?:-+|~|至|到)\s*")
_DAY_ONLY = re.compile(r"(\d{1,2})[日号]?")


def refusal(code: str, typed: object, reason: str) -> ReadingError:
    """Return the refusal of a date with the officer's words, the reason and an example."""
    return ReadingError(code, f"{quoted(typed)}{reason}，{EXPECTED}")


def half_of_day(typed: str) -> str:
    """Return the half of the day that typed words end in, such as 下午; empty where they name none."""
    found = _ENDS_IN_HALF.search(typed.strip())
    return found[0].strip() if found else ""


def _minutes(found: re.Match[str], after: str | None) -> int:
    """Return the minute of the day; ``after`` is the half of the day the first time of a span named."""
    half, hours, colon, spoken, quarter, behind = found.groups()
    half = half or behind or after
    hour = int(hours)
    minute = int(colon or spoken or 0) or {"半": 30, "1刻": 15, "3刻": 45}.get(quarter or "", 0)
    if hour > 23 or minute > 59:
        raise ReadingError("invalid_time", f"没有{quoted(found[0].strip())}这个时间，请填 0:00 到 23:59，例如 09:30")
    late = half in ("午后", "下午", "傍晚", "晚上", "晚间", "晚", "夜间", "夜里", "pm")
    if hour == 12 and half in ("晚上", "晚间", "晚", "夜间", "夜里"):
        raise ReadingError("ambiguous", f"{quoted(found[0].strip())}分不清是哪一天的零点，请写成 00:01 或 23:59")
    if (late and hour < 12) or (half == "中午" and hour < 3):
        hour += 12
    elif hour == 12 and half in ("凌晨", "am"):
        hour = 0
    return hour * 60 + minute


def _named(text: str) -> tuple[DayShape, int] | None:
    found = _RELATIVE.match(text)
    return (DayShape("days", None, _RELATIVE_WORDS[found[0]], 0), found.end()) if found else None


def _counted(text: str) -> tuple[DayShape, int] | None:
    if found := _SIGNED.match(text):
        back, number, unit = found[1] == "-", int(found[2]), found[3] or "天"
    elif found := _LATER.match(text):
        back, number, unit = found[3] == "前", int(found[1]), found[2]
    else:
        return None
    base, worth = _COUNTED[unit.removeprefix("个")]
    return DayShape(base, None, (-number if back else number) * worth, 0), found.end()


def _in_week(text: str) -> tuple[DayShape, int] | None:
    found = _WEEK.match(text)
    return (DayShape("weekday", None, _AROUND[found[1]], _WEEKDAYS[found[2]]), found.end()) if found else None


def _at_edge(text: str) -> tuple[DayShape, int] | None:
    if found := _MONTH_END.match(text):
        return DayShape("month_end", int(found[1]) if found[1] else None, int(found[2]), 1), found.end()
    if found := _EDGE.match(text):
        if found[2] is None:
            return DayShape("year_end", None, 0, 0), found.end()
        base: Base = "month_start" if found[2] == "初" else "month_end"
        return DayShape(base, None, _AROUND[found[1]], 0), found.end()
    return None


def _relative(text: str) -> tuple[DayShape, int] | None:
    return _named(text) or _counted(text) or _in_week(text) or _at_edge(text)


def _digits_only(text: str) -> DayShape | None:
    """Return the day meant by four, three or six digits, when only one is possible."""
    size = len(text)
    if size == 4 and 1 <= int(text[:2]) <= 12:
        return DayShape("date", None, int(text[:2]), int(text[2:]))
    if size == 3 and text[0] != "0":
        if 10 <= int(text[:2]) <= 12:
            raise refusal("ambiguous", text, "可能有两种读法，请写出月和日")
        return DayShape("date", None, int(text[0]), int(text[1:]))
    if size == 6:
        as_month = "19" <= text[:2] <= "21" and 1 <= int(text[4:]) <= 12
        as_day = 1 <= int(text[2:4]) <= 12 and 1 <= int(text[4:]) <= 31
        if as_month and as_day:
            raise refusal("ambiguous", text, "可能是年月，也可能是年月日，请写出完整日期")
        if as_day:
            return DayShape("date", int(text[:2]), int(text[2:4]), int(text[4:]), short_year=True)
    return None


def _absolute(text: str) -> tuple[DayShape, int] | None:
    if found := _FULL.match(text) or _FULL_SPACED.match(text) or _COMPACT.match(text):
        if not int(found[3]):
            raise ReadingError("invalid_date", f"没有{quoted(text)}这一天，请改日期，{EXPECTED}")
        return DayShape("date", int(found[1]), int(found[2]), int(found[3])), found.end()
    if _DAY_FIRST.match(text):
        raise refusal("ambiguous", text, "分不清哪个是年、哪个是月，请按年、月、日的次序写")
    if found := _SHORT.match(text):
        month, day = found[2] or found[5], found[3] or found[6]
        return DayShape("date", int(found[1]), int(month), int(day), short_year=True), found.end()
    if found := _MONTH.match(text):
        year, month = found[1] or found[3], found[2] or found[4]
        return DayShape("date", int(year), int(month), 0, short_year=len(year) == 2), found.end()
    if found := _MONTH_DAY.match(text):
        return DayShape("date", None, int(found[1]), int(found[2] or found[3])), found.end()
    if found := _BARE_MONTH.match(text):
        return DayShape("date", None, int(found[1]), 0), found.end()
    return None


def _day_at_start(text: str) -> tuple[DayShape, int] | None:
    if text.isdigit() and (shape := _digits_only(text)):
        return shape, len(text)
    return _relative(text) or _absolute(text)


def tidied(text: str) -> str:
    """Return the words in half width, with single spaces, plain dashes and digits for Chinese numerals."""
    text = unicodedata.normalize("NFKC", text).translate(_DASHES).lower()
    text = _TIGHT.sub(r"\1", " ".join(text.split()).strip(" .,;"))
    if not text.isascii():
        text = _NUMERAL_RUN.sub(_as_digits, text)
    return text


def _as_digits(found: re.Match[str]) -> str:
    value = chinese_number(found[0])
    return found[0] if value is None else str(value)


def recognise(typed: str) -> Shape:
    """Return the shape of typed words; a refusal when they hold no day or more than one reading."""
    text = tidied(typed)
    weekday = None
    if found := _WRITTEN_WEEKDAY.search(text):
        weekday = _WEEKDAYS[found[1]]
        text = f"{text[: found.start()]} {text[found.end() :]}".strip()
    start = _day_at_start(text)
    if start is None:
        # A bare 5 is no time: it may be a day of which the month is missing.
        if (time := _TIME.fullmatch(text)) and not text.isdigit():
            minute = _minutes(time, None)
            error = refusal("no_day", typed, "只有时间，请把日期也写上")
            raise ReadingError(error.code, f"{error.message} {minute // 60:02}:{minute % 60:02}")
        raise refusal("invalid_date", typed, "不是日期，请改成日期")
    shape, at = start
    rest = text[at:].removeprefix("t").lstrip(" ,.")
    if not rest or _ONLY_HALF.fullmatch(rest):
        return Shape(shape, weekday=weekday)
    if time := _TIME.match(rest):
        return _with_time(typed, shape, time, rest[time.end() :], weekday)
    if (span := _SPAN.match(rest)) and (end := _end_day(shape, rest[span.end() :])):
        return Shape(shape, None, end, weekday=weekday)
    raise refusal("invalid_date", typed, "不全是日期，请只留日期")


def _with_time(typed: str, shape: DayShape, time: re.Match[str], rest: str, weekday: int | None) -> Shape:
    minute = _minutes(time, None)
    rest = rest.strip(" .,;许")
    if not rest:
        if not (time[1] or time[6] or set(time[0]) & set(":点时")):
            raise refusal("ambiguous", typed, "最后的数不知道是几点还是几号，请写成 09:00 这样的时间")
        return Shape(shape, minute, weekday=weekday)
    if span := _SPAN.match(rest):
        until = rest[span.end() :]
        if end_time := _TIME.fullmatch(until):
            half = time[1] or time[6]
            return Shape(shape, minute, shape, _minutes(end_time, half), weekday)
        end = _day_at_start(until)
        if end and (end_time := _TIME.fullmatch(until[end[1] :].strip(" ,"))):
            return Shape(shape, minute, _completed(shape, end[0]), _minutes(end_time, None), weekday)
    raise refusal("invalid_date", typed, "不全是日期，请只留日期和时间")


def _completed(start: DayShape, end: DayShape) -> DayShape:
    """Return the end of a span with the year of its start when it names none of its own."""
    if end.base != "date" or end.year is not None:
        return end
    return end._replace(year=start.year, short_year=start.short_year)


def _end_day(start: DayShape, text: str) -> DayShape | None:
    if start.base == "date" and (found := _DAY_ONLY.fullmatch(text)):
        return start._replace(day=int(found[1]))
    end = _day_at_start(text)
    return _completed(start, end[0]) if end and end[1] == len(text) else None
