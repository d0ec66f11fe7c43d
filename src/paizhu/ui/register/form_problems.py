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


class Marks:
    """What is marked in a form, from the moment it is said until it is mended."""

    def __init__(self, fields: Mapping[str, FieldRow], tables: Mapping[str, ChildTable | TickRows]) -> None:
        self._fields, self._tables = fields, tables
        self._lacked: dict[str, str] = {}
        """What was said of fields that were empty."""

    @property
    def count(self) -> int:
        """How many fields and kinds of rows are marked now."""
        return sum(each.has_problem for each in (*self._fields.values(), *self._tables.values()))

    def mark(self, problems: Sequence[Problem]) -> Marked:
        """Say every problem at its field or rows; what was said there before goes."""
        for field in self._fields.values():
            field.clear_problem()
        for table in self._tables.values():
            table.show_problem("")
        self._lacked = {}
        wrong: list[ChildTable | TickRows] = []
        lacking: list[ChildTable | TickRows] = []
        rest = []
        for problem in problems:
            marked, rows = self._fields.get(problem.field), self._tables.get(problem.field)
            if marked and marked.can_edit:
                marked.show_problem(problem.message)
                if not marked.raw():
                    self._lacked[problem.field] = problem.message
            elif rows:
                rows.show_problem(problem.message)
                (lacking if problem.code == "missing" else wrong).append(rows)
            else:
                rest.append(problem)
        names = {problem.field for problem in problems}
        # Whatever was found first, one begins at the top.
        first = next((field for name, field in self._fields.items() if name in names and field.can_edit), None)
        return Marked(first, next(iter((*lacking, *wrong)), None), bool(lacking), rest)

    def look_again(self, name: str) -> None:
        """Say again of a field what it lacked, when it was left as empty as it was."""
        field, lacked = self._fields[name], self._lacked.get(name, "")
        if lacked and field.editing and not field.has_problem and not field.raw():
            field.show_problem(lacked)

    def typed_rows(self, table: ChildTable | TickRows) -> None:
        """Take away what was said of rows once something is typed in them; a row only begun says nothing yet."""
        if table.has_problem and any(any(row.values()) for row in table.model.typed()):
            table.show_problem("")
