"""What falls due: every running clock of every register, explained, overdue first."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from paizhu import registers
from paizhu.base.register import LimitFrom, Register
from paizhu.base.rows import Row, Value
from paizhu.rules import limits
from paizhu.services.deadlines import backlog, extended
from paizhu.services.deadlines.extended import Granted
from paizhu.services.deadlines.task import Task, open_title
from paizhu.services.desk import Desk
from paizhu.services.matters import inactive
from paizhu.services.preparing import day_of
from paizhu.storage import clocks, queries
from paizhu.storage.tables import TABLES, table

_NOTHING: tuple[Value, ...] = (None, "", ())
_RANK = {"overdue": 0, "today": 1, "soon": 2, "later": 3}


@dataclass(frozen=True, slots=True)
class _Clock:
    day: date
    rule: str | None
    explanation: str
    source: str
    confidence: str
    warn_from: date | None = None
    original: date | None = None


@dataclass(frozen=True, slots=True)
class _Now:
    """The day to stand on, and from how many working days on a clock is near; with what one reading says again."""

    day: date
    ahead: int
    titles: dict[tuple[str, int], str] = field(default_factory=dict)
    clocks: dict[tuple[str, str, int, date], _Clock | None] = field(default_factory=dict)
    standings: dict[tuple[date, date | None], limits.Standing] = field(default_factory=dict)
    open: dict[tuple[str, str], Sequence[LimitFrom]] = field(default_factory=dict)

    def limits_of(self, kind: Register, row: Row) -> Sequence[LimitFrom]:
        """Return the clocks that may run in the state of a row; hundreds of rows stand in the same few states."""
        state = row.state
        found = self.open.get((kind.key, state))
        if found is None:
            found = self.open[kind.key, state] = tuple(each for each in kind.limits if _runs_in(kind, state, each))
        return found


class _Timed(NamedTuple):
    """What a clock belongs to: a record, or a row of some kind under it; the record is what is opened."""

    kind: Register
    row: Row
    owner: Register
    parent: Row


class Today:
    """Reads the running clocks of the vault."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._vault = desk.vault

    def due(
        self, on: date | None = None, ahead_days: int | None = None, of: Sequence[Register] = registers.REGISTERS
    ) -> list[Task]:
        """Return what is open and has a due day, overdue first, then by day; of some registers where they are named.

        A record without its starting date is left out: it cannot be late. ``ahead_days`` leaves out what falls
        due later than so many natural days from then. What old ledgers brought in long past stands in one line for
        each register.
        """
        today = on or self._desk.today
        last = today + timedelta(days=ahead_days) if ahead_days is not None else None
        found = backlog.gathered((*self._running(today, of), *inactive.tasks(self._desk, today, of)))
        return sorted((task for task in found if last is None or task.due <= last), key=_order)

    def every(self, on: date | None = None, of: Sequence[Register] = registers.REGISTERS) -> list[Task]:
        """Return every running clock by itself, in the same order; of some registers where they are named."""
        return sorted(self._running(on, of), key=_order)

    def ranking(self, register: Register, on: date | None = None) -> tuple[int, ...]:
        """Return the records of a register with a running clock, the nearest first; for a list sorted by it."""
        tasks = sorted(self._of_register(register, self._now(on)), key=lambda task: (task.due, task.id))
        return tuple(dict.fromkeys(task.id for task in tasks))

    def of_record(self, register: Register, row: Row, on: date | None = None) -> list[Task]:
        """Return the running clocks of one record and of its rows, the nearest first; for its page."""
        return self.of_records(register, [row], on)[row.id]

    def of_records(self, register: Register, rows: Sequence[Row], on: date | None = None) -> dict[int, list[Task]]:
        """Return the running clocks of some records and of their rows, by record and the nearest first; for a list."""
        now, ids = self._now(on), [row.id for row in rows]
        timed = [child for child in register.rows if child.limits]
        with self._vault.read() as connection:
            granted = extended.granted(connection, register, ids)
            below = {child.key: queries.children_of(connection, table(register, child.key), ids) for child in timed}
        found: dict[int, list[Task]] = {}
        for row in rows:
            own = granted.get(row.id, [])
            timed_row = extended.once(register, row, own)
            tasks = self._tasks(_Timed(register, timed_row, register, row), now, own)
            for child in timed:
                for each in below[child.key].get(row.id, ()):
                    tasks += self._tasks(_Timed(child, each, register, row), now)
            found[row.id] = sorted(tasks, key=lambda task: task.due)
        return found

    def _running(self, on: date | None, of: Sequence[Register]) -> Iterator[Task]:
        now = self._now(on)
        return (task for register in of for task in self._of_register(register, now))

    def _now(self, on: date | None) -> _Now:
        return _Now(on or self._desk.today, int(self._desk.setting("soon_days")))

    def _of_register(self, register: Register, now: _Now) -> Iterator[Task]:
        with self._vault.read() as connection:
            granted = extended.granted(connection, register)
            for rows in clocks.running(connection, table(register), register.limits):
                found: list[tuple[Task, Row]] = []
                for stored in rows:
                    own = granted.get(stored.id, ())
                    row = extended.once(register, stored, own) if own else stored
                    for task in self._tasks(_Timed(register, row, register, row), now, own):
                        found.append((task, row))
                yield from _arrived(connection, register, found)
            for child in register.rows:
                for below in clocks.running(connection, TABLES[f"{register.key}.{child.key}"], child.limits):
                    found = []
                    above = clocks.by_id(connection, table(register), sorted({_parent(row) for row in below}))
                    for row in below:
                        parent = above[_parent(row)]
                        for task in self._tasks(_Timed(child, row, register, parent), now):
                            found.append((task, parent))
                    yield from _arrived(connection, register, found)

    def _tasks(self, timed: _Timed, now: _Now, granted: Sequence[Granted] = ()) -> list[Task]:
        """Return the running clocks of one record, or of one row under it."""
        found = []
        for limit in now.limits_of(timed.kind, timed.row):
            start = _running_since(timed.row, limit)
            # Most of the clocks a row could have are not running.
            if start is not None and (clock := self._clock(timed, limit, start, now)) is not None:
                found.append(self._task(limit, timed, self._extended(clock, limit, granted) if granted else clock, now))
        return found

    def _task(self, limit: LimitFrom, timed: _Timed, clock: _Clock, now: _Now) -> Task:
        kind, row, owner, parent = timed
        is_below = kind is not owner
        ends = (clock.day, clock.warn_from)
        standing = now.standings.get(ends)
        if standing is None:
            standing = limits.standing(clock.day, now.day, self._desk.calendar, now.ahead, clock.warn_from)
            now.standings[ends] = standing
        at = (owner.key, parent.id)
        title = now.titles.get(at)
        if title is None:
            title = now.titles[at] = open_title(owner, parent)
        return Task(
            owner.key,
            parent.id,
            parent.no,
            title,
            f"{limit.what}：{kind.title_of(row)}" if is_below else limit.what or kind.label,
            clock.day,
            standing,
            limit.action,
            clock.rule,
            clock.explanation,
            clock.source,
            clock.confidence,
            row=row.id if is_below else 0,
            original=clock.original,
        )

    def _clock(self, timed: _Timed, limit: LimitFrom, start: date, now: _Now) -> _Clock | None:
        # Many records began on the same day: the day is counted and explained once.
        key = (timed.owner.key, timed.kind.key, id(limit), start)
        if key not in now.clocks:
            now.clocks[key] = self._begun(timed, limit, start)
        return now.clocks[key]

    def _begun(self, timed: _Timed, limit: LimitFrom, start: date) -> _Clock | None:
        kind, owner = timed.kind, timed.owner
        if not limit.rule:
            begun = kind.field(limit.start)
            place = owner.label if kind is owner else f"{owner.label}“{kind.label}”"
            verb = "推算的" if begun.computed else "写明的"
            words = f"{place}记录里{verb}{begun.label}：{start.isoformat()}"
            # A day that a row tells is told by the row; this one an old ledger brought without who approved it.
            todo = extended.without_row(owner, limit.start) if kind is owner else ""
            return _Clock(start, None, f"{words}，{todo}" if todo else words, "", "")
        rule = self._desk.limits.get(limit.rule)
        if rule is None:
            return None
        due = limits.due(rule, start, self._desk.calendar)
        return _Clock(due.day, rule.code, due.explanation, rule.source, rule.confidence, due.warn_from)

    def _extended(self, clock: _Clock, limit: LimitFrom, granted: Sequence[Granted]) -> _Clock:
        rule = self._desk.limits.get(clock.rule) if clock.rule else None
        found = extended.newest(granted, limit.what, rule, clock.day)
        if found is None:
            return clock
        calendar = self._desk.calendar
        warn_from = calendar.add_working_days(calendar.on_or_before(found.new), -rule.lead) if rule else None
        words = f"原期限 {clock.day.isoformat()}，{found.words}；原期限：{clock.explanation}"
        return replace(clock, day=found.new, explanation=words, warn_from=warn_from, original=clock.day)


def _runs_in(kind: Register, state: str, limit: LimitFrom) -> bool:
    """Tell whether a clock may run in a state."""
    if limit.states:
        return state in limit.states
    return not (kind.flow and kind.flow.state(state or kind.flow.start).end)


def _running_since(row: Row, limit: LimitFrom) -> date | None:
    """Return the day a clock of a row began; None where it does not run, whatever the state."""
    held = row.values
    for name in limit.until:
        if held.get(name) not in _NOTHING:
            return None
    start = day_of(held.get(limit.start))
    return start if start and (limit.only is None or limit.only(held)) else None


def _arrived(connection: Any, register: Register, found: Sequence[tuple[Task, Row]]) -> Iterable[Task]:
    """Return the tasks, those of the backlog marked."""
    imported = sorted({row.id for task, row in found if row.source and task.state == "overdue"})
    if not imported:
        return [task for task, _row in found]
    came = clocks.created(connection, register.key, imported)
    return (backlog.seen(task, register, row, came.get(row.id)) for task, row in found)


def _parent(row: Row) -> int:
    return int(str(row.values["parent_id"]))


def _order(task: Task) -> tuple[int, date, str, int]:
    return _RANK[task.state], task.due, task.register, task.id
