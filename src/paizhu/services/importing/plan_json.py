"""The plan of an import as plain data for the command line; class P4 is masked."""

from dataclasses import asdict
from typing import Any

from paizhu.base import values as value_words
from paizhu.base.field import Sens
from paizhu.base.register import Register
from paizhu.base.rows import Ref, Values
from paizhu.services.importing.facts import CHANGED, REFUSED, PlannedRow
from paizhu.services.importing.plan import SheetPlan
from paizhu.services.importing.settled import CODE


def sheet(plan: SheetPlan) -> dict[str, Any]:
    """Return the plan of one table; ``hidden`` rows and columns of the file were read all the same."""
    return {
        "name": plan.facts.sheet,
        "register": plan.kind,
        "header_rows": list(plan.facts.header_rows),
        "first_row": plan.first_row,
        "last_row": plan.last_row,
        "columns": [
            {
                "column": column.letter,
                "header": column.header,
                "field": column.path or None,
                "confidence": round(column.confidence, 2),
            }
            for column in plan.columns
        ],
        "skipped": [{"row": row, "reason": reason} for row, reason in plan.skipped],
        "hidden": {"rows": list(plan.hidden_rows), "columns": list(plan.hidden_columns)},
        "notes": list(plan.notes),
        "rows": [_row(plan.register, row) for row in plan.rows()],
        "counts": plan.counts(),
    }


def _row(register: Register, row: PlannedRow) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "row": row.row,
        "outcome": row.outcome,
        "id": row.id,
        # A row that waits for a reason says what it would change; one that was not understood says nothing.
        "values": _plain(register, row.values) if row.outcome != REFUSED or _waits(row) else {},
        "problems": [asdict(problem) for problem in row.problems],
    }
    if row.outcome == CHANGED or _waits(row):
        plain["before"] = _plain(register, {name: row.before.get(name) for name in row.values if "." not in name})
    if row.extra:
        plain["extra"] = dict(row.extra)
    return plain


def _waits(row: PlannedRow) -> bool:
    return any(problem.code == CODE for problem in row.problems)


def _plain(register: Register, made: Values) -> dict[str, Any]:
    found = {}
    for path, value in made.items():
        child, _, name = path.rpartition(".")
        kind = register.child(child) if child else register
        if kind.field(name).sens is Sens.P4:
            found[path] = None if value is None else value_words.MASK
            continue
        plain = value_words.to_json(kind.field(name), value)
        found[path] = plain["label"] if isinstance(value, Ref) else plain
    return found
