"""Recurring records: one that is done, or whose day has passed, makes the next, on a working day and only once.

Every occurrence points to the first of its series. The day a period asks for is kept apart from the day it was moved
to because of a day off, so that nothing drifts. What an occurrence has for itself alone ("只改这一次") is kept by name
and goes no further.
"""

from __future__ import annotations

import calendar
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from paizhu.base import stored
from paizhu.base.asked import empty
from paizhu.base.dates import last_of_month
from paizhu.base.register import Register
from paizhu.base.rows import Change, Ref, Row, Value, Values
from paizhu.registers.recurrence import (
    BASE,
    DAY_OF_MONTH,
    MONTH_END,
    OFF_DAY,
    RECURRENCES,
    REPEATS,
    SERIES,
    Recurrence,
)
from paizhu.rules.calendar import Calendar
from paizhu.services import deriving, preparing
from paizhu.services.linking import Roster
from paizhu.services.preparing import day_of
from paizhu.storage.deed import ROLLED
from paizhu.storage.tables import quoted, table

if TYPE_CHECKING:
    from paizhu.services.desk import Desk
    from paizhu.storage.journal import Act

OWN = "occurrence"
"""Under this kind is kept, for an occurrence changed for itself alone, what the series has in those fields."""
Scope = Literal["this", "later"]
_YEAR = 12
_MOST_MISSED = 60

Numbering = Callable[["Act", Register, dict[str, Value]], None]


@dataclass(frozen=True, slots=True)
class _Member:
    id: int
    base: date
    repeats: bool
    voided: bool
    state: str


def next_base(base: date, months: int, day_of_month: int) -> date:
    """Return the day so many months on; a month without that number ends with its last day."""
    at = base.year * _YEAR + base.month - 1 + months
    year, month = at // _YEAR, at % _YEAR + 1
    return date(year, month, min(day_of_month, calendar.monthrange(year, month)[1]))


def on_working_day(base: date, off_day: object, days: Calendar) -> date:
    """Return the working day of an occurrence: before a day off unless the record says after."""
    return days.on_or_after(base) if off_day == "next" else days.on_or_before(base)


class Recurring:
    """Keeps series going within the acts of others, and once a day by itself."""

    def __init__(self, desk: Desk, number: Numbering) -> None:
        self._desk = desk
        self._vault = desk.vault
        self._number = number

    # --- asked while a record is saved ---------------------------------------------------------------------------

    def prepare(
        self, register: Register, before: Values, made: dict[str, Value], *, rows: bool, scope: Scope | None
    ) -> None:
        """Complete the values of a record that recurs.

        A new one with a frequency recurs unless it says otherwise; the item of a whole year, which is due in
        December or has its periods under it, does not.
        """
        recurrence = RECURRENCES.get(register.key)
        if recurrence is None:
            return
        due, months = day_of(made.get(recurrence.due)), self._months(recurrence, made)
        if not before and made.get(REPEATS) is None and months and due:
            whole_year = rows or (months < _YEAR and due.month == _YEAR)
            if not whole_year:
                made[REPEATS] = True
        if not made.get(REPEATS) or due is None:
            return
        moved = due != day_of(before.get(recurrence.due))
        if made.get(BASE) is None or (moved and scope != "this"):
            made[BASE] = due
            made[DAY_OF_MONTH] = MONTH_END if due == last_of_month(due) else due.day

    def concerned(self, register: Register, row: Row, names: Iterable[str]) -> tuple[str, ...]:
        """Return those of these fields whose change may be meant for one occurrence or for all later ones."""
        recurrence = RECURRENCES.get(register.key)
        if recurrence is None or not row.values.get(REPEATS):
            return ()
        return tuple(name for name in names if name in recurrence.definition)

    def spread(self, act: Act, register: Register, row: Row, changed: Values, scope: Scope | None) -> None:
        """Carry a change to the later occurrences, or keep it from them; ``row`` is the record as it was."""
        recurrence = RECURRENCES.get(register.key)
        names = [name for name in changed if recurrence and name in recurrence.taken]
        if recurrence is None or scope is None or not (names or recurrence.due in changed):
            return
        if scope == "this":
            own = self._own(register, row.id)
            found = table(register)
            for name in names:
                own.setdefault(name, found.encode(name, row.values.get(name)))
            self._keep_own(act, register, row.id, own)
            return
        fresh = act.read(register, row.id)
        self._forget_own(act, register, row.id, names)
        base = day_of(fresh.values.get(BASE))
        for member in self._later(act, register, row):
            new: dict[str, Value] = {name: changed[name] for name in names}
            months = self._months(recurrence, fresh.values)
            if base and months:
                base = next_base(base, months, int(str(fresh.values.get(DAY_OF_MONTH) or base.day)))
                new |= {
                    BASE: base,
                    DAY_OF_MONTH: fresh.values.get(DAY_OF_MONTH),
                    recurrence.due: on_working_day(base, fresh.values.get(OFF_DAY), self._desk.calendar),
                }
            self._forget_own(act, register, member.id, names)
            act.change(register, member.id, None, new)

    # --- the next one --------------------------------------------------------------------------------------------

    def follow(self, act: Act, register: Register, record_id: int) -> int | None:
        """Make the occurrence after this one, unless there is a later one already; return its id."""
        recurrence = RECURRENCES.get(register.key)
        if recurrence is None:
            return None
        row = act.read(register, record_id)
        series = _first(register, row)
        base, members = day_of(row.values.get(BASE)), self._members(act, register, series.id)
        if base is None or any(member.base > base for member in members):
            return None
        values = self._template(recurrence, row)
        months = self._months(recurrence, values)
        if not values.get(REPEATS) or not months:
            return None
        number = int(str(row.values.get(DAY_OF_MONTH) or base.day))
        after = next_base(base, months, number)
        due = on_working_day(after, values.get(OFF_DAY), self._desk.calendar)
        values |= {BASE: after, DAY_OF_MONTH: number, recurrence.due: due, SERIES: series}
        values["state"] = recurrence.begin(values)
        roster = Roster(self._vault)
        aids = deriving.aids(self._desk)
        made = preparing.complete(register, values, roster, aids, self._desk.setting("cutoff_day"))
        if self._stands(act, register, made):
            return None
        self._number(act, register, made)
        return act.create(register, made)

    def roll(self, on: date | None = None) -> Change | None:
        """Make what is missing of every series up to the first occurrence still to come: one act, or none.

        No backup stands before it, however many they are: it changes nothing that was written, an undoing takes back
        the whole of it, and on a full disk duties must not go missing from the day because no backup could be made.
        """
        today = on or self._desk.today
        waiting = [
            (recurrence.register, member.id)
            for recurrence in RECURRENCES.values()
            for member in self._ends(recurrence.register)
            if member.repeats and member.base < today
        ]
        if not waiting:
            return None
        made = 0
        with self._vault.act(ROLLED, f"到期的定期事项生成下一期：{len(waiting)} 项", size=len(waiting)) as act:
            for register, newest in waiting:
                record_id = newest
                for _turn in range(_MOST_MISSED):
                    after = self.follow(act, register, record_id)
                    if after is None:
                        break
                    made, record_id = made + 1, after
                    base = day_of(act.read(register, after).values.get(BASE))
                    if base is None or base >= today:
                        break
        return act.result() if made else None

    def end(self, act: Act, register: Register, record_id: int, reason: str) -> None:
        """Void the later occurrences as well, and let no other come."""
        row = act.read(register, record_id)
        for member in self._later(act, register, row):
            act.void(register, member.id, reason)
        members = self._members(act, register, _first(register, row).id)
        newest = max(members, key=lambda member: member.base, default=None)
        for each in {record_id, newest.id if newest else record_id}:
            act.change(register, each, None, {REPEATS: False})

    # --- the machine ---------------------------------------------------------------------------------------------

    @staticmethod
    def _months(recurrence: Recurrence, values: Values) -> int:
        return recurrence.months.get(str(values.get(recurrence.frequency) or ""), 0)

    def _template(self, recurrence: Recurrence, row: Row) -> dict[str, Value]:
        values = {name: row.values.get(name) for name in recurrence.taken}
        for name, raw in self._own(recurrence.register, row.id).items():
            values[name] = stored.from_db(recurrence.register.field(name).kind, raw)
        return {name: value for name, value in values.items() if not empty(value)}

    def _members(self, connection: Any, register: Register, first: int | None) -> list[_Member]:
        rows = connection.execute(
            f"SELECT id, {BASE}, {REPEATS}, voided, state FROM {quoted(table(register).name)} "
            f"WHERE {BASE} IS NOT NULL AND (id = ? OR id IN (SELECT record_id FROM reference "
            f"WHERE kind = ? AND field = ? AND target = ? AND target_id = ?)) ORDER BY {BASE}, id",
            (first, register.key, SERIES, register.key, first),
        ).fetchall()
        return [_Member(row[0], date.fromisoformat(row[1]), bool(row[2]), bool(row[3]), str(row[4])) for row in rows]

    def _later(self, act: Act, register: Register, row: Row) -> list[_Member]:
        """Return the occurrences after this one that are neither finished nor voided."""
        base = day_of(row.values.get(BASE))
        flow = register.flow
        return [
            member
            for member in self._members(act, register, _first(register, row).id)
            if base and member.base > base and not member.voided and not (flow and flow.state(member.state).end)
        ]

    def _ends(self, register: Register) -> list[_Member]:
        """Return the newest occurrence of every series."""
        with self._vault.read() as connection:
            rows = connection.execute(
                f"SELECT t.id, t.{BASE}, t.{REPEATS}, t.voided, t.state, coalesce(r.target_id, t.id) "
                f"FROM {quoted(table(register).name)} t LEFT JOIN reference r "
                "ON r.kind = ? AND r.record_id = t.id AND r.field = ? AND r.target = ? "
                f"WHERE t.{BASE} IS NOT NULL ORDER BY t.{BASE}, t.id",
                (register.key, SERIES, register.key),
            ).fetchall()
        newest = {row[5]: row for row in rows}
        return [
            _Member(row[0], date.fromisoformat(row[1]), bool(row[2]), bool(row[3]), str(row[4]))
            for row in newest.values()
        ]

    @staticmethod
    def _stands(act: Act, register: Register, made: Mapping[str, Value]) -> bool:
        """Tell whether the very same is in the list already, as after the list of a year was copied."""
        found = table(register)
        names = [name for name in register.identity if made.get(name) not in (None, "")]
        where = " AND ".join(f"{quoted(name)} = ?" for name in names)
        values = [found.encode(name, made[name]) for name in names]
        statement = f"SELECT 1 FROM {quoted(found.name)} WHERE voided = 0 AND {where} LIMIT 1"
        return act.execute(statement, values).fetchone() is not None

    def _own(self, register: Register, record_id: int) -> dict[str, Any]:
        return dict(json.loads(self._vault.kept(OWN, f"{register.key}/{record_id}") or "{}"))

    def _keep_own(self, act: Act, register: Register, record_id: int, own: Mapping[str, Any]) -> None:
        body = json.dumps(own, ensure_ascii=False, sort_keys=True) if own else None
        act.keep(OWN, f"{register.key}/{record_id}", body, (register.key, record_id))

    def _forget_own(self, act: Act, register: Register, record_id: int, names: Sequence[str]) -> None:
        own = self._own(register, record_id)
        self._keep_own(act, register, record_id, {name: raw for name, raw in own.items() if name not in names})


def _first(register: Register, row: Row) -> Ref:
    """Return the first of the series a record belongs to: itself when it points to none."""
    series = row.values.get(SERIES)
    return (
        series
        if isinstance(series, Ref) and series.linked
        else Ref(row.no or register.title_of(row), register.key, row.id)
    )
