"""Rows of a ledger that would change settled records: they wait until somebody writes why (须说明理由)."""

from dataclasses import asdict, dataclass
from typing import Any

from paizhu.services.correcting import Correcting
from paizhu.services.desk import Desk
from paizhu.services.importing.facts import CHANGED, NEW, REFUSED
from paizhu.services.importing.read import CellProblem
from paizhu.storage import queries
from paizhu.storage.corrections import alters, filled
from paizhu.storage.scratch import Kept
from paizhu.storage.tables import Table, quoted, table

CODE = "settled"
HELD, REASON = "held", "reason"
"""In the body of a row: what it would do if it were let, and the reason for which it is."""


@dataclass(frozen=True, slots=True)
class SettledRows:
    """Looks at planned rows of one table: which of them would change a settled record."""

    desk: Desk
    found: Table

    def held(self, kept: Kept, reason: str = "") -> Kept:
        """Return the row as it is to be kept: refused when the record is settled and there is no reason."""
        if kept.outcome not in (NEW, CHANGED) or (kept.record_id is None and self.found.parent is None):
            return kept
        owner = table(self.found.parent) if self.found.parent else self.found
        record_id = self._owner_of(kept)
        if owner.register.flow is None or record_id is None or not self._alters(kept):
            return kept
        with self.desk.vault.read() as connection:
            row = queries.one(connection, owner, record_id)
        why = Correcting(self.desk).settled(owner.register, row)
        if not why or (row.missing and self._fills(kept)):
            return kept
        words = f"须说明理由：{row.no or owner.register.title_of(row)} {why}，写明更正的原因才能改"
        problem = asdict(CellProblem("", "", "", CODE, words, "error"))
        body = {**kept.body, HELD: [kept.outcome, record_id], "problems": [problem, *kept.body["problems"]]}
        held = kept._replace(outcome=REFUSED, problems=len(body["problems"]), body=body)
        return let(held, reason) if reason else held

    def _owner_of(self, kept: Kept) -> int | None:
        if self.found.parent is None:
            return kept.record_id
        if kept.outcome == NEW:
            return int(kept.body["parent"])
        with self.desk.vault.read() as connection:
            found = connection.execute(
                f"SELECT parent_id FROM {quoted(self.found.name)} WHERE id = ?", (kept.record_id,)
            ).fetchone()
        return int(found[0]) if found else None

    def _alters(self, kept: Kept) -> bool:
        return kept.outcome == NEW or bool(kept.body["extra"]) or alters(self.found, _delta(kept))

    def _fills(self, kept: Kept) -> bool:
        """Tell whether a row only fills in what stood empty (补录): fields, or the first rows of a list."""
        if kept.outcome == NEW:
            statement = f"SELECT 1 FROM {quoted(self.found.name)} WHERE parent_id = ? AND voided = 0 LIMIT 1"
            with self.desk.vault.read() as connection:
                return connection.execute(statement, (self._owner_of(kept),)).fetchone() is None
        delta = {name: sides for name, sides in _delta(kept).items() if sides[0] != sides[1]}
        return self.found.parent is None and (not delta or bool(filled(self.found, delta)))


def _delta(kept: Kept) -> dict[str, tuple[Any, Any]]:
    new: dict[str, Any] = {**kept.body["values"], **dict.fromkeys(kept.body["emptied"])}
    return {name: (kept.body["before"].get(name), raw) for name, raw in new.items()}


def let(kept: Kept, reason: str) -> Kept:
    """Return a held row as one that goes in, with the reason that is journalled."""
    left = [problem for problem in kept.body["problems"] if problem["code"] != CODE]
    body = {**kept.body, REASON: reason, "problems": left}
    return kept._replace(outcome=kept.body[HELD][0], problems=len(left), body=body)


def is_held(kept: Kept) -> bool:
    """Tell whether a row waits for a reason."""
    return kept.outcome == REFUSED and HELD in kept.body


def permission(kept: Kept) -> tuple[int, str] | None:
    """Return the settled record a row may change, and why; None for any other row."""
    return (kept.body[HELD][1], kept.body[REASON]) if REASON in kept.body else None
