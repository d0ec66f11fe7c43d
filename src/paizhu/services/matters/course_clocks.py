"""The clocks of a matter's records: running, passed with how long it took, and not begun with what begins them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from paizhu.base.asked import empty
from paizhu.base.field import Sens
from paizhu.base.register import LimitFrom, Register
from paizhu.base.rows import Row
from paizhu.rules import limits
from paizhu.services.deadlines.extended import offered
from paizhu.services.deadlines.today import Today
from paizhu.services.desk import Desk
from paizhu.services.matters.course_part import Part, kind_words
from paizhu.services.preparing import day_of

_UNITS = {"wd": "个工作日", "nat": "日", "mon": "个月"}


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock; ``state`` is overdue, today, soon, later, done, late (done after its day) or waiting."""

    part: tuple[str, int]
    what: str
    state: str
    words: str
    detail: str
    explanation: str
    action: str
    start: date | None = None
    due: date | None = None
    # How it may be extended, in words; empty where it may not.
    extends: str = ""
    # Which of several records of one kind it belongs to; empty where only one of them keeps such a clock.
    whose: str = ""

    @property
    def running(self) -> bool:
        """Tell whether it runs now."""
        return self.state in ("overdue", "today", "soon", "later")


def clocks_of(desk: Desk, parts: Sequence[Part]) -> tuple[Clock, ...]:
    """Return the clocks of every part in the order they began; those that wait come last."""
    found = _told_apart([(part, clock) for part in parts for clock in _of_part(desk, part)])
    return tuple(sorted(found, key=lambda each: (each.start is None, each.start or date.max)))


def _told_apart(clocks: Sequence[tuple[Part, Clock]]) -> list[Clock]:
    """Name the record of every clock that two records of the matter keep alike, as both punishments of one decision."""
    owners: dict[str, set[tuple[str, int]]] = {}
    for part, clock in clocks:
        owners.setdefault(clock.what, set()).add(part.key)
    return [
        replace(clock, whose=kind_words(part) or part.title) if len(owners[clock.what]) > 1 else clock
        for part, clock in clocks
    ]


def _of_part(desk: Desk, part: Part) -> Iterable[Clock]:
    tasks = {(task.what, task.rule or "", task.action): task for task in Today(desk).of_record(part.register, part.row)}
    for limit in part.register.limits:
        task = tasks.get((limit.what, limit.rule, limit.action))
        start = day_of(part.row.values.get(limit.start))
        if task:
            extends = offered(part.register, limit.what, desk.limits.get(limit.rule))
            yield Clock(part.key, limit.what, task.state, task.standing.short, _detail(desk, limit, task.due),
                        task.explanation, limit.action, start, task.due, extends)  # fmt: skip
        else:
            yield from _stopped(desk, part, part.register, limit, part.row)
    for child in part.register.rows:
        for limit in child.limits:
            for row in part.rows.get(child.key, ()):
                yield from _of_row(desk, part, child, limit, row)
    yield from _waiting(desk, part)


def _of_row(desk: Desk, part: Part, child: Register, limit: LimitFrom, row: Row) -> Iterable[Clock]:
    """Yield the clock of a row under a part, running or stopped."""
    start = day_of(row.values.get(limit.start))
    if start is None or (limit.only and not limit.only(row.values)):
        return
    if any(not empty(row.values.get(name)) for name in limit.until):
        yield from _stopped(desk, part, child, limit, row)
        return
    due = _due(desk, limit, start)
    if due is None:
        return
    day, words = due
    stands = limits.standing(day, desk.today, desk.calendar, desk.setting("soon_days"))
    yield Clock(part.key, limit.what, stands.state, stands.short, _detail(desk, limit, day), words, child.key,
                start, day)  # fmt: skip


def _due(desk: Desk, limit: LimitFrom, start: date) -> tuple[date, str] | None:
    if not limit.rule:
        return start, f"记录里写明的日期：{start.isoformat()}"
    rule = desk.limits.get(limit.rule)
    if rule is None:
        return None
    found = limits.due(rule, start, desk.calendar)
    return found.day, found.explanation


def _stopped(desk: Desk, part: Part, kind: Register, limit: LimitFrom, row: Row) -> Iterable[Clock]:
    """Yield a clock that was stopped on a day that is known, with how long it took."""
    start = day_of(row.values.get(limit.start))
    stops = {name: day for name in limit.until if (day := day_of(row.values.get(name)))}
    if start is None or not limit.rule or not stops or (limit.only and not limit.only(row.values)):
        return
    name = min(stops, key=lambda each: stops[each])
    stop = stops[name]
    if any((each.start, each.rule) == (name, limit.rule) for each in kind.limits):
        # Nothing was done on that day: the same clock began anew, as that of a lead that was reopened.
        return
    due = _due(desk, limit, start)
    if due is None or stop < start:
        return
    took = desk.calendar.working_days_between(start, stop)
    spent = f"{took} 个工作日" if took else "当天"
    late = stop > due[0]
    words = f"用了 {spent}，超过期限" if late else f"{spent}完成"
    if kind.field(name).sens is Sens.P4:
        # When somebody who gave his name was answered is told by the password alone; whether in time is not.
        words = "已办，超过期限" if late else "已按期办理"
        detail, told = f"{_span(desk, limit)}{_short(start, desk)} 起", f"哪天办的，遮盖着。{due[1]}"
        yield Clock(part.key, limit.what, "late" if late else "done", words, detail, told, limit.action, start, due[0])
        return
    done = kind.field(name).label.removesuffix("日期")
    begun = kind.field(limit.start).label.removesuffix("日期")
    detail = f"{_span(desk, limit)}{_short(start, desk)} 至 {_short(stop, desk)}"
    told = f"{start.isoformat()} {begun}，{stop.isoformat()} {done}。{due[1]}"
    yield Clock(part.key, limit.what, "late" if late else "done", words, detail, told, limit.action, start, due[0])


def _waiting(desk: Desk, part: Part) -> Iterable[Clock]:
    """Yield the clocks that the next steps of a record would start."""
    flow = part.register.flow
    if flow is None or not part.row.state or flow.state(part.row.state).end:
        return
    steps = flow.steps_from(part.row.state)
    nexts = {step.after for step in steps}
    needs = {name for step in steps for name in step.needs}
    # What another step asks for starts nothing here: a lead never reopened has no second opinion to wait for.
    elsewhere = {name for step in flow.steps for name in step.needs} - needs
    held = part.row.values
    told: set[str] = set()
    for limit in part.register.limits:
        if not limit.rule or limit.states or held.get(limit.start) or (limit.only and not limit.only(part.row.values)):
            continue
        if any(not empty(held.get(name)) for name in limit.until):
            continue
        if limit.start in elsewhere:
            continue
        if not (limit.start in needs or limit.action in nexts or needs.intersection(limit.until)):
            continue
        rule = desk.limits.get(limit.rule)
        if rule is None or limit.what in told:
            continue
        told.add(limit.what)
        label = part.register.field(limit.start).label
        length = f" {rule.length} {_UNITS[rule.unit]}内" if rule.unit in _UNITS else f"，{rule.name}"
        detail = f"{label.removesuffix('日期')}后{length}"
        why = f"填写{label}后起算，依据{rule.source}"
        yield Clock(part.key, limit.what, "waiting", "未起算", detail, why, limit.start)


def _length(rule: limits.Limit) -> str:
    return f"限 {rule.length} {_UNITS[rule.unit]}" if rule.unit in _UNITS else rule.name


def _span(desk: Desk, limit: LimitFrom) -> str:
    rule = desk.limits.get(limit.rule)
    return f"{_length(rule)} · " if rule else ""


def _detail(desk: Desk, limit: LimitFrom, due: date) -> str:
    """Return rule and day; where the last day is off, the last working day before it."""
    last = desk.calendar.on_or_before(due)
    ends = f"{_short(due, desk)} 到期" if last == due else f"{_short(due, desk)} 逢假，按 {_short(last, desk)}"
    return f"{_span(desk, limit)}{ends}"


def _short(day: date, desk: Desk) -> str:
    return f"{day:%m-%d}" if day.year == desk.today.year else f"{day:%Y-%m-%d}"
