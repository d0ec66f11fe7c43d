"""Days that are planned and written without a year: 1.30 typed in November means the January to come."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from paizhu.base import dates
from paizhu.base.field import Field
from paizhu.base.reading import ReadingError
from paizhu.base.rows import Value, Values

LONG_PAST = timedelta(days=183)
"""A day of this year that lies back longer than this is nearer to its namesake of the next year."""

_Read = Callable[[object, date], date]


def is_plan(field: Field) -> bool:
    """Tell whether days to come are typed here; what is written by the month tells of careers, not of plans."""
    return field.dated.planned is not False and not field.dated.month_will_do


def nearest(read: _Read, raw: object, today: date) -> date:
    """Return the day meant, next year's where no year is written and this year's is long past or is no day at all.

    ``read`` takes the words and the day of reference, whose year counts where none is written.
    """
    try:
        found = read(raw, today)
    except ReadingError:
        if dates.names_year(raw):
            raise
        later = _next_year(read, raw, today)
        if later is None:
            raise
        return later
    if dates.names_year(raw) or today - _day_of(found) <= LONG_PAST:
        return found
    return _next_year(read, raw, today) or found


def read_day(words: str, today: date, add_working_days: dates.WorkingDayAdder) -> date:
    """Return the day to come that is typed outside of a record, such as the one something is put off to."""
    return nearest(lambda raw, day: dates.read_day(raw, reference=day, add_working_days=add_working_days), words, today)


def told(field: Field, raw: object, value: Value, values: Values, today: date) -> str:
    """Return what to say beneath a planned day of whose year nothing was written; empty where it is plain.

    ``values`` are those of the record: what has taken place already is no plan any more.
    """
    if not is_plan(field) or not isinstance(value, date):
        return ""
    day = _day_of(value)
    return year_told(raw, day, today) if day >= today or field.dated.is_planned(values) else ""


def year_told(raw: object, day: date, today: date) -> str:
    """Return which year was taken for a planned day without one, where another may be meant; else empty."""
    if dates.names_year(raw):
        return ""
    if day.year > today.year:
        return f"没有写年份，按明年的 {dates.show_day(day)} 记；如指今年请写 {today.year}.{day.month}.{day.day}"
    if day < today:
        return f"按 {dates.show_day(day)} 记，已过去；如指明年请写 {day.year + 1}.{day.month}.{day.day}"
    return ""


def _next_year(read: _Read, raw: object, today: date) -> date | None:
    try:
        return read(raw, dates.add_months(today, 12))
    except ReadingError:
        return None


def _day_of(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value
