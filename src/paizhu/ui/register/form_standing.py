"""What stands in a record, put into the parts of its form one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from paizhu.base.register import Register
from paizhu.base.rows import Row
from paizhu.services.deadlines import extended
from paizhu.ui.register.brought import Brought
from paizhu.ui.register.child_table import ChildTable
from paizhu.ui.register.field_check import tell_of_standing_days
from paizhu.ui.register.form_plan import FormPart
from paizhu.ui.register.form_section import FormSection
from paizhu.ui.register.tick_rows import TickRows
from paizhu.ui.register.unfilled import words_of_unfilled


class Standing:
    """A record as it is stored with the rows under it, or nothing yet; read once for all parts."""

    def __init__(self, register: Register, row: Row | None, rows: Mapping[str, Sequence[Row]]) -> None:
        self._register, self._row, self._rows = register, row, rows
        self._given = row.values if row else {}
        self._wanted = frozenset(register.wanted_now(self._given))
        below = {key: [each.values for each in given] for key, given in rows.items()}
        self._owed = extended.owed(register, self._given, below)
        self._unfilled = words_of_unfilled(register) if row is None else {}

    def show_in(self, part: QWidget) -> None:
        """Show what belongs to one part, for reading; what was typed there before goes."""
        match part:
            case FormSection():
                # First, so that no editor is filled that goes at once.
                part.shut()
                self._show_fields(part)
            case ChildTable() | TickRows():
                part.show_rows(self._rows.get(part.register.key, ()))
                part.shut()
                if isinstance(part, TickRows):
                    part.show_template(str(self._given.get(part.follows) or ""))
            case FormPart() | Brought():
                part.show_record(self._row)

    def _show_fields(self, section: FormSection) -> None:
        for field in section.rows:
            name = field.field.name
            field.show_value(self._given.get(name), lacking=name in self._wanted, unfilled=self._unfilled.get(name, ""))
        shown = {each.field.name: each for each in section.rows}
        tell_of_standing_days(self._register, shown, self._given, self._owed)
