"""Days typed without a year: 1.30 planned in November is the January to come, 12.28 told in January the last December.

Planned days look ahead and days of what happened look back; each way the nearest such day is meant. What lies only a
little on the wrong side is left where it is, and told: a plan may be past, and a fact that lies just ahead is mistyped
more likely than a year old.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from paizhu.base import dates
from paizhu.base.field import Field
from paizhu.base.reading import ReadingError
from paizhu.base.rows import Value, Values

LONG = timedelta(days=183)
"""A day of this year that lies farther away than this is nearer to its namesake of the next year, or of the last."""

_Read = Callable[[object, date], date]


def is_plan(field: Field) -> bool:
    """Tell whether days to come are typed here; what is written by the month tells of careers, not of plans."""
    return field.dated.planned is not False and not field.dated.month_will_do


def is_fact(field: Field) -> bool:
    """Tell whether only days that were are typed here; of careers a year is told in any case."""
    return field.dated.planned is False and not field.dated.month_will_do


def nearest(read: _Read, raw: object, today: date, *, ahead: bool = True) -> date:
    """Return the day meant: where no year is written and this year's is far on the wrong side, or is no day at all,
    that of the next year, or of the last one where one looks back.

    ``read`` takes the words and the day of reference, whose year counts where none is written.
    """
    months = 12 if ahead else -12
    try:
        found = read(raw, today)
    except ReadingError:
        if dates.names_year(raw):
            raise
        other = _of_other_year(read, raw, today, months)
        if other is None:
            raise
        return other
    day = _day_of(found)
    far = today - day > LONG if ahead else day - today > LONG
    return (_of_other_year(read, raw, today, months) or found) if far and not dates.names_year(raw) else found


def read_day(words: str, today: date, add_working_days: dates.WorkingDayAdder) -> date:
    """Return the day to come that is typed outside of a record, such as the one something is put off to."""
    return nearest(lambda raw, day: dates.read_day(raw, reference=day, add_working_days=add_working_days), words, today)


def told(field: Field, raw: object, value: Value, values: Values, today: date) -> str:
    """Return what to say beneath a day of whose year nothing was written; empty where it is plain.

    ``values`` are those of the record: what has taken place already is no plan any more.
    """
    if not isinstance(value, date):
        return ""
    day = _day_of(value)
    if is_plan(field):
        return year_told(raw, day, today) if day >= today or field.dated.is_planned(values) else ""
    return past_year_told(raw, day, today) if is_fact(field) else ""


def year_told(raw: object, day: date, today: date) -> str:
    """Return which year was taken for a planned day without one, where another may be meant; else empty."""
    if dates.names_year(raw):
        return ""
    if day.year > today.year:
        return f"没有写年份，按明年的 {dates.show_day(day)} 记；如指今年请写 {today.year}.{day.month}.{day.day}"
    if day < today:
        return f"按 {dates.show_day(day)} 记，已过去；如指明年请写 {day.year + 1}.{day.month}.{day.day}"
    return ""


def past_year_told(raw: object, day: date, today: date) -> str:
    """Return which year was taken for the day of what happened, where it was not this one; else empty."""
    if dates.names_year(raw) or day.year == today.year:
        return ""
    return f"没有写年份，今年的还没有到，按去年的 {dates.show_day(day)} 记"


def last_year_hint(raw: object, day: date, today: date) -> str:
    """Return how to write the day of last year where this year's, without its year, has not come; else empty."""
    return "" if dates.names_year(raw) or day <= today else f"如指去年请写 {day.year - 1}.{day.month}.{day.day}"


def _of_other_year(read: _Read, raw: object, today: date, months: int) -> date | None:
    try:
        return read(raw, dates.add_months(today, months))
    except ReadingError:
        return None


def _day_of(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value
