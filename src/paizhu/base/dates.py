"""Reading days, moments and months as officers type them, and showing them.

A moment is kept to the minute; midnight means that no time is known, because Excel gives every day midnight.
A year that was not written is that of the day of reference; `names_year` tells whether it was written.
"""

import math
import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Final

from paizhu.base import clock
from paizhu.base.month_only import MonthOnly, from_iso
from paizhu.base.reading import ReadingError, quoted
from paizhu.base.typed_date import EXPECTED, DayShape, Shape, half_of_day, recognise, refusal, tidied

__all__ = [
    "ReadingError", "WorkingDayAdder", "add_months", "half_of_day", "is_relative", "last_of_month", "names_year",
    "read_day", "read_day_or_month", "read_moment", "read_month", "read_range", "short_day", "show_day", "show_moment",
    "show_month",
]  # fmt: skip

WorkingDayAdder = Callable[[date, int], date]
"""Returns the day that many working days after (or before) another; `rules.calendar` has one."""

WEEKDAYS: Final = "一二三四五六日"
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
# Day numbers of Excel with five digits, May 1927 to 2149; fewer digits are a month and a day without zeros.
_FIRST_SERIAL, _LAST_SERIAL = 10000, 91312
# A csv file shows day numbers as text; five digits outside these years are more likely a typing slip.
_FIRST_TEXT_SERIAL, _LAST_TEXT_SERIAL = 36526, 55152
_EXCEL_ZERO = date(1899, 12, 30)
# Below 60 Excel counts from one day later, for a 29 February that never was. Nobody keeps days of those years.
_NUMBERED_ZERO, _FIRST_CELL_YEAR = datetime.combine(date(1899, 12, 31), time()), 1901


def add_months(day: date, months: int) -> date:
    """Return the corresponding day so many months on; the month's last day where it has no such day.

    31 January plus one month is 28 February (29 in a leap year); 28 February plus one month is 28 March.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_of_month(day: date) -> date:
    """Return the last day of the month this day is in."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def _full_year(shape: DayShape, reference: date) -> int:
    if shape.year is None:
        return reference.year
    if not shape.short_year:
        return shape.year
    # 26 is 2026 and 79 is 1979: up to ten years ahead of the day of reference, else the century before.
    year = reference.year // 100 * 100 + shape.year
    return year - 100 if year > reference.year + 10 else year


def _checked(typed: object, year: int, month: int, day: int) -> date:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise refusal("out_of_range", typed, f"的年份不在 {_FIRST_YEAR} 到 {_LAST_YEAR} 之间，请改日期")
    try:
        return date(year, month, day)
    except ValueError:
        raise ReadingError("invalid_date", f"没有{quoted(typed)}这一天，请改日期，{EXPECTED}") from None


def _relative_day(typed: object, shape: DayShape, reference: date, add: WorkingDayAdder | None) -> date:
    distance = shape.month
    match shape.base:
        case "working_days":
            if add is None:
                raise refusal("no_calendar", typed, "在这里不能按工作日推算，请直接填日期")
            day = add(reference, distance)
        case "months":
            day = add_months(reference, distance)
        case "weekday":
            day = reference + timedelta(days=7 * distance + shape.day - reference.weekday())
        case "month_start":
            day = add_months(reference.replace(day=1), distance)
        case "year_end":
            day = date(reference.year, 12, 31)
        case "month_end" if shape.day:
            day = last_of_month(_checked(typed, shape.year or reference.year, distance, 1))
        case "month_end":
            day = last_of_month(add_months(reference.replace(day=1), distance))
        case _:
            day = reference + timedelta(days=distance)
    return day


def _day(typed: object, shape: DayShape, reference: date | None, add: WorkingDayAdder | None) -> date:
    if shape.base != "date":
        return _relative_day(typed, shape, reference or clock.today(), add)
    if not shape.day:
        raise _without_day(typed, shape, reference or clock.today())
    if shape.year is not None and not shape.short_year:
        return _checked(typed, shape.year, shape.month, shape.day)
    return _checked(typed, _full_year(shape, reference or clock.today()), shape.month, shape.day)


def _without_day(typed: object, shape: DayShape, today: date) -> ReadingError:
    """Ask for the day of a month; the example is one of that very month."""
    year = shape.year if shape.year is not None and not shape.short_year else _full_year(shape, today)
    if not 1 <= (shape.month or 0) <= 12:
        return refusal("no_day", typed, "只写到月份，请补上是哪一天")
    words = f"{quoted(typed)}只写到月份，请补上是哪一天，例如 {year}-{shape.month:02d}-01"
    return ReadingError("no_day", words)


def _with_minute(day: date, minute: int | None) -> date | datetime:
    return datetime.combine(day, time(*divmod(minute, 60))) if minute else day


def _check_weekday(typed: object, day: date, weekday: int | None) -> None:
    if weekday is not None and day.weekday() != weekday:
        real = WEEKDAYS[day.weekday()]
        raise ReadingError("weekday_mismatch", f"{show_day(day)} 是星期{real}，与{quoted(typed)}不一致，请核对日期")


_Read = date | Shape | ReadingError


def _shape_of(typed: str) -> _Read:
    text = typed.strip()
    if not text:
        return ReadingError("empty", f"没有填日期，请填日期，{EXPECTED}")
    try:
        if len(text) == 5 and text.isdecimal() and _FIRST_TEXT_SERIAL <= int(text) <= _LAST_TEXT_SERIAL:
            return _EXCEL_ZERO + timedelta(days=int(text))
        if text.isdecimal() and len(text) == 4 and _FIRST_YEAR <= int(text) <= _LAST_YEAR:
            return refusal("no_day", typed, "只写到年份，请补上月和日")
        shape = recognise(text)
        start = shape.start
        # The usual cell holds a complete day: it is ready whatever the reference.
        if start.base == "date" and start.day and start.year and not start.short_year and not shape.end:
            day = _checked(typed, start.year, start.month, start.day)
            _check_weekday(typed, day, shape.weekday)
            if not shape.minute:
                return day
    except ReadingError as error:
        return error
    return shape


_parsed = lru_cache(maxsize=16384)(_shape_of)


def _from_serial(number: float | Decimal) -> date | datetime:
    if _FIRST_SERIAL <= number < _LAST_SERIAL + 1:
        days, part = divmod(Decimal(str(number)), 1)
        moment = datetime.combine(_EXCEL_ZERO, time()) + timedelta(days=int(days), seconds=round(float(part) * 86400))
        return _moment(moment)
    raise refusal("invalid_date", f"{number:g}", "不是日期，请改成日期")


def _moment(value: datetime) -> date | datetime:
    if value.tzinfo is not None:
        value = value.replace(tzinfo=None)
    if value.hour or value.minute:
        return value.replace(second=0, microsecond=0)
    return value.date()


def _number_text(value: float | Decimal) -> str | None:
    """Return the words a number stands for when it is no Excel day number, or refuse what lost its last zero."""
    if not math.isfinite(value):
        raise refusal("invalid_date", value, "不是日期，请改成日期")
    if value == int(value):
        text = str(int(value))
        return text if len(text) in (3, 4, 6, 8, 12, 14) else None
    text = format(value, ".15g") if isinstance(value, float) else str(value.normalize())
    # Very small and very large numbers are told with a power of ten, which no date is written with.
    text = format(Decimal(text), "f") if "e" in text.lower() else text
    whole, _, fraction = text.partition(".")
    if len(whole) <= 2 or _FIRST_YEAR <= int(whole) <= _LAST_YEAR:
        if (fraction in ("1", "2", "3") and len(whole) <= 2) or (fraction == "1" and len(whole) == 4):
            raise refusal("ambiguous", text, f"是个数，分不清是 {fraction} 还是 {fraction}0，请改成文字日期")
        return text
    return None


def _day_number(value: datetime | date) -> Decimal:
    """Return the number that was typed into a cell for days, which shows 12.8 as a moment of January 1900."""
    moment = value if isinstance(value, datetime) else datetime.combine(value, time())
    return round(Decimal((moment.replace(tzinfo=None) - _NUMBERED_ZERO) / timedelta(days=1)), 2).normalize()


@lru_cache(maxsize=16384)
def _numbered(value: float | Decimal) -> _Read | datetime:
    try:
        text = _number_text(value)
        return _from_serial(value) if text is None else _shape_of(text)
    except ReadingError as error:
        return error


def _read(value: object) -> _Read | datetime:
    """Return what a cell or editor holds, as far as it can be known without the day of reference."""
    if isinstance(value, str):
        return _parsed(value)
    if isinstance(value, datetime | date) and value.year < _FIRST_CELL_YEAR:
        return _numbered(_day_number(value))
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date):
        return value
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return _numbered(value)
    return refusal("invalid_date", value, "不是日期，请改成日期")


def _again(error: ReadingError) -> ReadingError:
    # A remembered refusal is raised as a new one: a raised exception collects its tracebacks.
    return ReadingError(error.code, error.message)


def read_day(value: object, *, reference: date | None = None, add_working_days: WorkingDayAdder | None = None) -> date:
    """Return the day meant; a time beside it is left out, a span of days or a month alone is refused.

    ``reference`` gives the year that was not written and the day from which 今天 and +15 count; today by default.
    """
    read = _read(value)
    if type(read) is date:
        return read
    if isinstance(read, datetime):
        return read.date()
    if isinstance(read, ReadingError):
        raise _again(read)
    assert isinstance(read, Shape)
    if read.end is not None and read.end != read.start:
        raise refusal("is_range", value, "是一段时间，这里只填一天")
    day = _day(value, read.start, reference, add_working_days)
    _check_weekday(value, day, read.weekday)
    return day


def read_day_or_month(
    value: object, *, reference: date | None = None, add_working_days: WorkingDayAdder | None = None
) -> date:
    """Return the day meant, or the month alone where no day is written; a month is never made a day."""
    if isinstance(value, str) and _MONTH_DIGITS.fullmatch(value.strip()):
        return from_iso(read_month(value))
    try:
        return read_day(value, reference=reference, add_working_days=add_working_days)
    except ReadingError as error:
        if error.code != "no_day":
            raise
    return from_iso(read_month(value, reference=reference))


def read_moment(
    value: object, *, reference: date | None = None, add_working_days: WorkingDayAdder | None = None
) -> date | datetime:
    """Return the moment to the minute, or the day alone when no time is known; of a span of hours its start."""
    read = _read(value)
    if isinstance(read, ReadingError):
        raise _again(read)
    if not isinstance(read, Shape):
        return read
    if read.end is not None and read.end != read.start:
        raise refusal("is_range", value, "跨了几天，这里只填开始的时间")
    day = _day(value, read.start, reference, add_working_days)
    _check_weekday(value, day, read.weekday)
    return _with_minute(day, read.minute)


def read_range(
    value: object, *, reference: date | None = None, add_working_days: WorkingDayAdder | None = None
) -> tuple[date | datetime, date | datetime | None]:
    """Return start and end of ``2026.3.5 15:00-16:00`` or ``3月5日至7日``; the end is None when none is written."""
    read = _read(value)
    if isinstance(read, ReadingError):
        raise _again(read)
    if not isinstance(read, Shape):
        return read, None
    start_day = _day(value, read.start, reference, add_working_days)
    _check_weekday(value, start_day, read.weekday)
    start = _with_minute(start_day, read.minute)
    if read.end is None:
        return start, None
    end_day = _day(value, read.end, reference, add_working_days)
    end = _with_minute(end_day, read.end_minute)
    if (end_day, read.end_minute or 0) < (start_day, read.minute or 0):
        raise ReadingError("invalid_range", f"{quoted(value)}的结束早于开始，请改日期或时间")
    return start, end


_MONTH_DIGITS = re.compile(r"(19|20)\d\d(0[1-9]|1[0-2])")
"""A year and a month in one, as 200306 in a column of months; as a day it would be 6 March 2020."""
_THIS_MONTH = {"上月": -1, "上个月": -1, "本月": 0, "这个月": 0, "当月": 0, "下月": 1, "下个月": 1}
_YEAR_ALONE = re.compile(r"(19|20|21)\d\d年?")
_SHORT_MONTH = re.compile(r"(\d{2})[./-](\d{1,2})")


@lru_cache(maxsize=4096)
def _month_shape(text: str) -> DayShape | ReadingError:
    """Return year and month, for shapes that only a month field understands too; ``months`` counts from now."""
    plain = tidied(text)
    if plain in _THIS_MONTH:
        return DayShape("months", None, _THIS_MONTH[plain], 1)
    if found := _SHORT_MONTH.fullmatch(plain):
        if int(found[1]) <= 12:
            return refusal("ambiguous", text, "分不清是年月还是月日，请写出四位年份")
        return DayShape("date", int(found[1]), int(found[2]), 1, short_year=True)
    if _YEAR_ALONE.fullmatch(plain):
        return refusal("no_month", text, "只写到年份，请补上月份")
    if plain.isdigit() and len(plain) == 6:
        return DayShape("date", int(plain[:4]), int(plain[4:]), 1)
    try:
        shape = recognise(text).start
    except ReadingError as error:
        return error
    return shape if shape.base == "date" else refusal("invalid_date", text, "不是年月，请改成年月")


def read_month(value: object, *, reference: date | None = None) -> str:
    """Return a month as ``2026-03``; of a whole date its month."""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        value = _number_text(value) or _from_serial(value)
    if isinstance(value, date):
        return show_month(value)
    if not isinstance(value, str) or not value.strip():
        raise ReadingError("empty", "没有填年月，请填年月，例如 2026-03")
    read = _month_shape(value.strip())
    if isinstance(read, ReadingError):
        raise ReadingError(read.code, read.message.replace(EXPECTED, "例如 2026-03"))
    today = reference or clock.today()
    if read.base == "months":
        return show_month(add_months(today.replace(day=1), read.month))
    try:
        return show_month(_checked(value, _full_year(read, today), read.month, 1))
    except ReadingError as error:
        raise ReadingError(error.code, f"没有{quoted(value)}这个月份，请改年月，例如 2026-03") from None


def names_year(value: object) -> bool:
    """Tell whether the year stands in the words themselves, so that the reader need not say it was assumed."""
    read = _read(value)
    if not isinstance(read, Shape) or read.start.year is not None:
        return True
    return read.start.base not in ("date", "year_end") and not _ends_named_month(read.start)


def is_relative(value: object) -> bool:
    """Tell whether words such as 明天, 下周三 and 月底 mean a day only to somebody who knows when they were written."""
    read = _read(value)
    if not isinstance(read, Shape):
        return False
    return read.start.base not in ("date", "year_end") and not _ends_named_month(read.start)


def _ends_named_month(shape: DayShape) -> bool:
    return shape.base == "month_end" and bool(shape.day)


def show_day(day: date) -> str:
    """Return the day as ``2026-03-05``, or the month alone where no day is known."""
    if isinstance(day, MonthOnly):
        return day.isoformat()
    return f"{day.year:04d}-{day.month:02d}-{day.day:02d}"


def show_moment(moment: date | datetime) -> str:
    """Return ``2026-03-05 09:30``, or the day alone where no time is known."""
    if isinstance(moment, datetime) and (moment.hour or moment.minute):
        return f"{show_day(moment)} {moment.hour:02d}:{moment.minute:02d}"
    return show_day(moment)


def show_month(month: date | str) -> str:
    """Return the month as ``2026-03``, from a day in it or from its stored text."""
    return month if isinstance(month, str) else f"{month.year:04d}-{month.month:02d}"


def short_day(day: date, reference: date) -> str:
    """Return ``09-26 周五``, with the year in front when it is not that of the day of reference."""
    if isinstance(day, MonthOnly):
        return day.isoformat()
    year = "" if day.year == reference.year else f"{day.year:04d}-"
    return f"{year}{day.month:02d}-{day.day:02d} 周{WEEKDAYS[day.weekday()]}"
