"""When something falls due, why, and how it stands today; the time limits themselves are data with their source."""

import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any, Literal, get_args

from paizhu.base.dates import add_months, last_of_month, short_day
from paizhu.base.errors import PaizhuError
from paizhu.rules.calendar import UNPUBLISHED, Calendar, short_name

Unit = Literal["wd", "nat", "mon", "quarter", "half_year", "year", "annual"]
"""Working days, natural days, months; the end of the running quarter, half-year or year; a day of the next year."""
EndRule = Literal["previous_reminder", "next", "keep"]
"""A last day that is not worked: stays, but the reminder moves before it; moves to the next working day; stays."""
Confidence = Literal["verified", "memory", "custom"]

State = Literal["overdue", "today", "soon", "later"]

_UNIT_WORDS = {"wd": "个工作日", "nat": "日", "mon": "个月"}
_PERIODS = {"quarter": (3, "本季度末"), "half_year": (6, "本半年末"), "year": (12, "本年末")}


class LimitDataError(PaizhuError):
    """The time-limit table cannot be used as it is written."""


@dataclass(frozen=True, slots=True)
class Limit:
    """One time limit as data; a negative length counts back from the event, as papers due before a meeting.

    ``event`` names what starts it, as in 自 3 月 5 日收函次日起. ``lead`` is how many working days ahead the early
    warning comes. ``on`` is the ``MM-DD`` of an annual limit.
    """

    code: str
    name: str
    event: str
    unit: Unit
    source: str
    confidence: Confidence
    length: int = 0
    first_day_counts: bool = False
    # Staying with the statutory day and warning before it can never make anything late; only where the rule gives a
    # person time to ask for something does the last day move on, as periods in law usually do (from memory).
    end_on_non_working: EndRule = "previous_reminder"
    lead: int = 3
    extension: str = ""
    note: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """A due day with everything that explains it; ``skipped`` are all days off within a count of working days."""

    limit: Limit
    start: date
    day: date
    remind_on: date
    warn_from: date
    skipped: tuple[tuple[date, str], ...]
    worked: tuple[date, ...]
    explanation: str
    provisional: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How a due day stands today: ``words`` with the day for lists, ``short`` where there is no room for it.

    ``working_days_left`` is negative when overdue; a weekend can lie between, so zero is not always today.
    """

    state: State
    due: date
    working_days_left: int
    words: str
    short: str


_CHOICES: Mapping[str, tuple[str, ...]] = {
    "unit": get_args(Unit),
    "end_on_non_working": get_args(EndRule),
    "confidence": get_args(Confidence),
}
_TYPES: Mapping[str, type] = {"length": int, "first_day_counts": bool, "lead": int}
_NAMES = tuple(field.name for field in fields(Limit))
_WANTED = ("name", "event", "unit", "source", "confidence")


def _refusal(words: str) -> LimitDataError:
    return LimitDataError(words, "原来的期限表没有改动", "改正后再载入")


def _limit(code: str, entry: object) -> Limit:
    if not isinstance(entry, dict):
        raise _refusal(f"期限表里的 {code} 不是一条期限")
    values: dict[str, Any] = entry
    for name in _WANTED:
        if not values.get(name):
            raise _refusal(f"期限表里的 {code} 缺少 {name}")
    for name, value in values.items():
        if name not in _NAMES or name == "code":
            raise _refusal(f"期限表里的 {code} 有不认识的 {name}")
        if type(value) is not _TYPES.get(name, str):
            raise _refusal(f"期限表里的 {code} 的 {name} 写法不对")
        if name in _CHOICES and value not in _CHOICES[name]:
            raise _refusal(f"期限表里的 {code} 的 {name} 只能是 {'、'.join(_CHOICES[name])}，现在是 {value}")
    limit = Limit(code=code, **values)
    if limit.unit in _UNIT_WORDS and not limit.length and "length" not in values:
        raise _refusal(f"期限表里的 {code} 缺少 length")
    if limit.unit == "annual":
        _annual(limit, date(2000, 1, 1))
    return limit


def load_limits(toml_text: str) -> dict[str, Limit]:
    """Return the limits by code, in the order written; a misspelt name or value is refused with its place."""
    try:
        data = tomllib.loads(toml_text)
    except tomllib.TOMLDecodeError as error:
        raise _refusal(f"期限表读不出来（{error}）") from error
    return {code: _limit(code, entry) for code, entry in data.items()}


def _annual(limit: Limit, start: date) -> date:
    """Return that day of the following year; 29 February is no such day."""
    try:
        month, day = map(int, limit.on.split("-"))
        return date(2001, month, day).replace(year=start.year + 1)
    except ValueError as error:
        raise _refusal(f"期限表里的 {limit.code} 的 on 应为月-日，例如 04-30") from error


def _last_day(limit: Limit, start: date, calendar: Calendar) -> date:
    """Return the last day before any moving; a month without the corresponding day ends on its last day."""
    back = limit.length < 0
    early = limit.first_day_counts and limit.length > 0
    match limit.unit:
        case "wd":
            counted_today = early and calendar.is_working(start)
            return calendar.add_working_days(start, limit.length - counted_today)
        case "nat":
            return start + timedelta(days=limit.length - early)
        case "mon":
            day = add_months(start, limit.length)
            return day - timedelta(days=1) if early and not back else day
        case "annual":
            return _annual(limit, start)
        case _:
            months, _ = _PERIODS[limit.unit]
            return last_of_month(start.replace(day=1, month=(start.month - 1) // months * months + months))


def due(limit: Limit, start: date, calendar: Calendar) -> Due:
    """Return when the limit that started on this day runs out, with the sentence that explains it."""
    last = _last_day(limit, start, calendar)
    day = calendar.on_or_after(last) if limit.end_on_non_working == "next" else last
    remind_on = day if limit.end_on_non_working == "keep" else calendar.on_or_before(day)
    skipped: tuple[tuple[date, str], ...] = ()
    worked: tuple[date, ...] = ()
    counted = calendar.counted_holidays(day, day)
    if limit.unit == "wd":
        # The day of the event is not counted; when it is, it is a day like the others.
        first = start if limit.first_day_counts else start + timedelta(days=1)
        span = (first, day) if day >= start else (day, start - timedelta(days=1))
        skipped = tuple(calendar.days_off(*span))
        worked = tuple(calendar.make_up_days(*span))
        counted = calendar.counted_holidays(*span)
    years = calendar.unpublished(start, day)
    parts = [
        _counting(limit, start, with_year=start.year != day.year),
        _passed(skipped, worked, calendar),
        _ending(last, day, remind_on, calendar, with_year=start.year != day.year),
        f"{'、'.join(map(str, years))} 年{UNPUBLISHED}{_not_taken_out(counted)}" if years else "",
        f"依据{limit.source}{'（待核）' if limit.confidence == 'memory' else ''}",
    ]
    explanation = "，".join(part for part in parts if part)
    warn_from = calendar.add_working_days(remind_on, -limit.lead)
    return Due(limit, start, day, remind_on, warn_from, skipped, worked, explanation, bool(years))


def _spoken(day: date, *, with_year: bool) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日" if with_year else f"{day.month} 月 {day.day} 日"


def _passed(skipped: tuple[tuple[date, str], ...], worked: tuple[date, ...], calendar: Calendar) -> str:
    """Return which holidays were skipped and which make-up days counted; plain weekends go without saying."""
    off: Counter[str] = Counter()
    for day, _ in skipped:
        special = calendar.special(day)
        if special is not None:
            off["本单位休息" if special.by_unit else short_name(special.name)] += 1
    words = [f"跳过{'、'.join(f'{name} {count} 天' for name, count in off.items())}"] if off else []
    if worked:
        words.append(f"含 {'、'.join(_spoken(day, with_year=False) for day in worked)}补班")
    return "、".join(words)


def _not_taken_out(counted: list[tuple[date, str]]) -> str:
    """Return which statutory holidays a count by weekends takes for worked days."""
    names = Counter(short_name(name) for _, name in counted)
    told = "、".join(f"{name} {count} 天" for name, count in names.items())
    return f"（{told}依法放假，还没有扣除）" if told else ""


def _ending(last: date, day: date, remind_on: date, calendar: Calendar, *, with_year: bool) -> str:
    """Return when it ends, and what becomes of a last day that is not worked."""
    spoken = _spoken(day, with_year=with_year)
    if day != last:
        return f"{_spoken(last, with_year=with_year)}是{calendar.why(last)}，顺延到 {spoken}到期"
    if remind_on != day:
        return f"{spoken}到期，当天是{calendar.why(day)}，最迟 {_spoken(remind_on, with_year=with_year)}办理"
    return f"{spoken}到期"


def span_words(limit: Limit) -> str:
    """Return how long a limit is, as a table says it: 15 个工作日, 会前 2 个工作日, 本季度末, 次年 04-30."""
    unit = _UNIT_WORDS.get(limit.unit)
    if unit is None:
        return f"次年 {limit.on}" if limit.unit == "annual" else _PERIODS[limit.unit][1]
    if limit.length < 0:
        return f"{limit.event}前 {-limit.length} {unit}"
    return f"{limit.length} {unit}" if limit.length else "当日"


def _counting(limit: Limit, start: date, *, with_year: bool) -> str:
    began = f"{_spoken(start, with_year=with_year)}{limit.event}"
    unit = _UNIT_WORDS.get(limit.unit)
    if unit is None:
        words = "次年" if limit.unit == "annual" else f"{_PERIODS[limit.unit][1]}前"
        return f"{began}，{words}办理"
    if limit.length < 0:
        return f"{began}前 {-limit.length} {unit}"
    if not limit.length:
        return f"{began}当日"
    return f"自 {began}{'当日' if limit.first_day_counts else '次日'}起 {limit.length} {unit}"


def standing(
    due_date: date, today: date, calendar: Calendar, ahead: int = 5, warn_from: date | None = None
) -> Standing:
    """Return state and words of a due day, the same for list, card, PDF and Excel; due today is not overdue.

    It is soon within ``ahead`` working days, and already from the day of its own early warning. Days are counted in
    working days; where only days off lie between, in natural days, so that never 0 is said.
    """
    left = calendar.working_days_between(today, due_date)
    day = short_day(due_date, today)
    if due_date < today:
        late = (today - due_date).days
        words = f"超期 {-left} 个工作日" if left else f"超期 {late} 天"
        return Standing("overdue", due_date, left, words, words)
    if due_date == today:
        return Standing("today", due_date, 0, f"{day} · 今天到期", "今天到期")
    short = f"剩 {left} 个工作日" if left else f"剩 {(due_date - today).days} 天"
    warned = warn_from is not None and today >= warn_from
    return Standing("soon" if left <= ahead or warned else "later", due_date, left, f"{day} · {short}", short)
