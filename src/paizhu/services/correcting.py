"""Records that are settled: read-only until somebody writes why they must be corrected.

Every act asks here before it changes a record (``storage.corrections``); a correction begun in the window holds until
it is ended, one act that brings its own reason needs none.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from paizhu.base.errors import InvalidRecordError
from paizhu.base.register import Register
from paizhu.base.rows import Change, Problem, Row
from paizhu.registers.duty import DUTY
from paizhu.services.desk import Desk
from paizhu.storage import queries
from paizhu.storage.tables import quoted, table

_ROLLED = "SELECT about FROM journal_entry WHERE kind = 'duty_year' AND undone_by IS NULL AND about IS NOT NULL"

_CAME = (
    "SELECT e.at FROM journal_change c JOIN journal_entry e ON e.id = c.entry_id WHERE c.kind = ? AND c.record_id = ? "
    "AND (c.action = 'create' OR (c.action = 'change' AND json_extract(c.delta, '$.state') IS NOT NULL)) "
    "ORDER BY c.id DESC LIMIT 1"
)


class Correcting:
    """Tells what is settled, and notes every correction with its reason."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def settled(self, register: Register, row: Row) -> str:
        """Return in words why a record is read-only: its course is over, or its year was closed; empty when it is not.

        What of it still stands empty may be filled in without a reason while it lacks something (待补): 补录.
        """
        flow = register.flow
        if flow is None or not row.state or row.voided:
            return ""
        state = flow.state(row.state)
        if state.end and not flow.steps_from(row.state):
            return f"已到“{state.label}”"
        also = _ALSO.get(register.key)
        return also(self._desk, row) if also else ""

    def settled_on(self, register: Register, row: Row) -> date | None:
        """Return the day on which a record came into its state, by the journal."""
        with self._desk.vault.read() as connection:
            found = connection.execute(_CAME, (register.key, row.id)).fetchone()
        return date.fromisoformat(found[0][:10]) if found else None

    def settled_among(self, register: Register, record_ids: Sequence[int], fills: Sequence[str] = ()) -> set[int]:
        """Return which of many records are settled, asked of the database at once.

        One that lacks something is open while anything may be filled in: ``fills`` names the fields it is about.
        """
        flow = register.flow
        if flow is None:
            return set()
        ends = [state.code for state in flow.states if state.end]
        closed = {code for code in ends if not flow.steps_from(code)}
        marks = ", ".join("?" * len(ends))
        with self._desk.vault.read() as connection:
            blank = "".join(f" AND coalesce({quoted(name)}, '') IN ('', '[]')" for name in fills)
            found = dict(
                connection.execute(
                    f"SELECT id, state FROM {quoted(table(register).name)} "
                    f"WHERE voided = 0 AND state IN ({marks}) AND NOT (missing > 0{blank})",
                    ends,
                ).fetchall()
            )
        chosen = [each for each in record_ids if each in found]
        settled = {each for each in chosen if found[each] in closed}
        if also := _ALSO.get(register.key):
            for each in chosen:
                with self._desk.vault.read() as connection:
                    row = queries.one(connection, table(register), each)
                if also(self._desk, row):
                    settled.add(each)
        return settled

    def begin(self, register: Register, row: Row, reason: str) -> Change:
        """Note that a settled record is about to be corrected, and why; without words it is refused."""
        if not reason.strip():
            raise InvalidRecordError([Problem("reason", "请写明更正的原因", "required")])
        label = f"申请更正 {register.label} {row.no}".strip()
        with self._desk.vault.act("correct", label, always=True) as act:
            act.note(register.key, row.id, "correct", {"reason": reason.strip()})
        self._desk.corrections.add((register.key, row.id))
        return act.result()

    def end(self, register: Register, record_id: int) -> None:
        """Let a record be read-only again: whoever corrected it went on to something else."""
        self._desk.corrections.discard((register.key, record_id))


def _year_closed(desk: Desk, row: Row) -> str:
    """A finished item of a year whose list was carried on into the next one stays as it was (features R1)."""
    due, flow = row.values.get("due_date"), DUTY.flow
    if not isinstance(due, date) or flow is None or not flow.state(row.state).end:
        return ""
    with desk.vault.read() as connection:
        carried = {json.loads(about)["old"] for (about,) in connection.execute(_ROLLED)}
    return f"{due.year} 年清单已转入下一年" if due.year in carried else ""


_ALSO: Mapping[str, Callable[[Desk, Row], str]] = {DUTY.key: _year_closed}
