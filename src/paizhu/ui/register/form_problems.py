"""Problems in a form: each beneath its field or over its rows, and where the cursor goes for the first of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from paizhu.base.rows import Problem
from paizhu.ui.register.child_table import ChildTable
from paizhu.ui.register.field_row import FieldRow
from paizhu.ui.register.tick_rows import TickRows


@dataclass(frozen=True)
class Marked:
    """What came of marking: the topmost field or, without one, the rows to go to; and what belongs to neither."""

    field: FieldRow | None
    table: ChildTable | TickRows | None
    begins_row: bool
    """Rows are all that is wanted: the first one is begun, so that typing goes on."""
    rest: list[Problem]


def mark(
    fields: Mapping[str, FieldRow], tables: Mapping[str, ChildTable | TickRows], problems: Sequence[Problem]
) -> Marked:
    """Say every problem at its field or rows; what was said there before goes."""
    for field in fields.values():
        field.clear_problem()
    for table in tables.values():
        table.show_problem("")
    wrong: list[ChildTable | TickRows] = []
    lacking: list[ChildTable | TickRows] = []
    rest = []
    for problem in problems:
        if problem.field in fields and fields[problem.field].can_edit:
            fields[problem.field].show_problem(problem.message)
        elif problem.field in tables:
            tables[problem.field].show_problem(problem.message)
            (lacking if problem.code == "missing" else wrong).append(tables[problem.field])
        else:
            rest.append(problem)
    marked = {problem.field for problem in problems}
    # Whatever was found first, one begins at the top.
    first = next((field for name, field in fields.items() if name in marked and field.can_edit), None)
    return Marked(first, next(iter((*lacking, *wrong)), None), bool(lacking), rest)
