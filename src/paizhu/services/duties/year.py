"""The list of a new year made from the last one: what is taken over, with its changes, as one act (features R1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from paizhu.base.dates import add_months
from paizhu.base.progress import Progress, silent, told
from paizhu.base.register import Aids
from paizhu.base.rows import Change, Ref, Row, Value
from paizhu.base.text import folded
from paizhu.base.view import Condition, Test, View
from paizhu.registers.duty import DUTY
from paizhu.registers.people import PERSON
from paizhu.services import preparing
from paizhu.services.desk import Desk
from paizhu.services.linking import Roster
from paizhu.services.people_tree import GONE
from paizhu.services.records import Records
from paizhu.storage import queries
from paizhu.storage.tables import table

TAKEN = (
    "subject_type", "subject", "duty_kind", "list_kind", "category", "content", "measures", "standard", "basis",
    "lead_leader", "lead_dept", "duty_dept", "owner", "frequency", "unit_id", "handler", "secrecy_notice",
)  # fmt: skip
"""What a new year's item has from the old one; what was done about it stays with the old one."""
_PERSONS = ("owner", "lead_leader")
_PASSING = "assigned"
"""What was given out once (临时交办) belongs to its year and is not proposed."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One item as it would stand in the new year, and in words what changes or should be looked at."""

    source: int
    content: str
    owner: str
    old_due: date
    new_due: date
    changes: tuple[str, ...]
    proposed: bool


class DutyYear:
    """Plans and makes the list of a year."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._vault = desk.vault

    def years(self) -> list[tuple[int, int]]:
        """Return from which year a list can be made for which: this year's and, late in the year, the next one's."""
        today = self._desk.today
        wanted = [today.year + 1, today.year] if today.month >= _LATE else [today.year, today.year + 1]
        with self._vault.read() as connection:
            has = {year for year in (each - 1 for each in wanted) if queries.count(connection, _of(year))}
        return [(year - 1, year) for year in wanted if year - 1 in has]

    def plan(self, old: int, new: int) -> list[Planned]:
        """Return every item of the old year with what it would become; nothing is written."""
        gone = self._gone()
        with self._vault.read() as connection:
            there = {_identity(row) for row in queries.every(connection, _of(new))}
            rows = list(queries.every(connection, _of(old).ordered("due_date")))
        return [self._planned(row, new - old, gone, there) for row in rows]

    def build(self, old: int, new: int, chosen: Sequence[int], progress: Progress = silent) -> Change:
        """Make the items of the new year from those chosen, in one act that can be undone as a whole."""
        records, roster = Records(self._desk), Roster(self._vault)
        months = 12 * (new - old)
        with self._vault.read() as connection:
            rows = [queries.one(connection, table(DUTY), each) for each in chosen]
            periods = queries.children_of(connection, table(DUTY, "period"), list(chosen)) if chosen else {}
        with self._vault.act(
            "duty_year", f"按 {old} 年清单建立 {new} 年责任清单 {len(rows)} 项", size=len(rows), old=old, new=new
        ) as act:
            for row in told(rows, f"正在建立 {new} 年责任清单", progress):
                given: dict[str, Value] = {name: row.values.get(name) for name in TAKEN}
                given["due_date"] = _moved(row.values["due_date"], months)
                made = preparing.complete(DUTY, given, roster, self._aids(), self._desk.setting("cutoff_day"))
                records.numbers.give(act, DUTY, made)
                below = [
                    {
                        "period": each.values.get("period"),
                        "due": _moved(each.values.get("due"), months),
                        "material": each.values.get("material"),
                    }
                    for each in periods.get(row.id, ())
                ]
                act.create(DUTY, made, {"period": below} if below else None)
        return act.result()

    def _planned(self, row: Row, years: int, gone: frozenset[int], there: set[tuple[str, str]]) -> Planned:
        due = row.values["due_date"]
        assert isinstance(due, date)
        new_due = _moved(due, 12 * years)
        assert new_due is not None
        changes = [f"期限 {due.isoformat()} → {new_due.isoformat()}"]
        for name in _PERSONS:
            ref = row.values.get(name)
            if isinstance(ref, Ref) and ref.id_in(PERSON.key) in gone:
                changes.append(f"{DUTY.field(name).label}{ref.label}已不在职，建立后请另定")
        flow = DUTY.flow
        assert flow is not None
        if row.state and not flow.state(row.state).end:
            changes.append(f"上年还没有办结（{flow.state(row.state).label}）")
        twice = _identity(row) in there
        passing = row.values.get("list_kind") == _PASSING
        if twice:
            changes.append("新一年已有相同的事项")
        if passing:
            changes.append("临时交办的事项，不建议转入")
        owner = row.values.get("owner") or row.values.get("duty_dept") or row.values.get("subject")
        words = owner.label if isinstance(owner, Ref) else ""
        content = str(row.values.get("content") or "")
        return Planned(row.id, content, words, due, new_due, tuple(changes), not (twice or passing))

    def _gone(self) -> frozenset[int]:
        view = View(PERSON.key, (Condition("status", Test.ONE_OF, GONE),))
        with self._vault.read() as connection:
            return frozenset(queries.ids(connection, view))

    def _aids(self) -> Aids:
        return Aids(self._desk.today)


_LATE = 10
"""From this month on the next year's list comes first."""


def _of(year: int) -> View:
    begins, ends = date(year, 1, 1), date(year, 12, 31)
    return View(DUTY.key, (Condition("due_date", Test.SINCE, begins), Condition("due_date", Test.UNTIL, ends)))


def _identity(row: Row) -> tuple[str, str]:
    subject = row.values.get("subject")
    return folded(subject.label if isinstance(subject, Ref) else ""), folded(str(row.values.get("content") or ""))


def _moved(day: object, months: int) -> date | None:
    return add_months(day, months) if isinstance(day, date) else None
