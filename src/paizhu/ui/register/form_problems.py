"""Problems in a form: each beneath its field or over its rows, and the cursor at the first of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from paizhu.base.rows import Problem

if TYPE_CHECKING:
    from paizhu.ui.register.form import Form


def mark(form: Form, problems: Sequence[Problem]) -> list[Problem]:
    """Mark every problem at its field and go to the first; return those that belong to no field."""
    for field in form.fields.values():
        field.clear_problem()
    for table in form.tables.values():
        table.show_problem("")
    form.open_fields([problem.field for problem in problems])
    rest, first, lacking = [], None, None
    for problem in problems:
        if problem.field in form.fields and form.fields[problem.field].can_edit:
            form.fields[problem.field].show_problem(problem.message)
            first = first or form.fields[problem.field]
        elif problem.field in form.tables:
            form.tables[problem.field].show_problem(problem.message)
            lacking = lacking or (form.tables[problem.field] if problem.code == "missing" else None)
            if first is None:
                form.focus_asked.emit(form.tables[problem.field])
        else:
            rest.append(problem)
    marked = {problem.field for problem in problems}
    # Whatever was found first, one begins at the top.
    first = next((field for name, field in form.fields.items() if name in marked and field.can_edit), first)
    if first:
        first.focus()
        form.focus_asked.emit(first.cell)
    elif lacking and not form.is_locked:
        # Rows are all that is wanted: the first one is begun, so that typing goes on.
        lacking.go_to(0, "")
    return rest
