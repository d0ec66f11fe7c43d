"""What the form of a register is made of: its sections with their fields, and the tables of rows under the record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from paizhu.base.register import Register
from paizhu.ui import theme
from paizhu.ui.register.child_table import ChildTable
from paizhu.ui.register.editor import FormEditors
from paizhu.ui.register.field_row import FieldRow
from paizhu.ui.register.form_problems import Marks
from paizhu.ui.register.form_section import FormSection
from paizhu.ui.register.tick_rows import TickRows

_LABEL_LETTERS = 7


class FormBody:
    """Some two hundred widgets, made in one go when a form is first looked at."""

    def __init__(
        self, register: Register, make: FormEditors, notes: Mapping[str, str], own_rows: Mapping[str, TickRows]
    ) -> None:
        # The state stands elsewhere on the page: in the head of the pane.
        hidden = {"state"} if register.flow is not None else set()
        self.sections: list[FormSection] = []
        self.fields: dict[str, FieldRow] = {}
        for section in register.sections:
            rows = [FieldRow(register.field(name), make.field) for name in section.names if name not in hidden]
            self.fields |= {row.field.name: row for row in rows}
            self.sections.append(FormSection(section.label, rows))
        self.tables: dict[str, ChildTable | TickRows] = {
            child.key: own_rows.get(child.key) or ChildTable(child, make.row, notes.get(child.key, ""))
            for child in register.rows
        }
        self.marks = Marks(self.fields, self.tables)

    def arrange(self, width: int, *, by_hand: bool) -> None:
        """Place the fields of every section for this width.

        A narrow form laid out ``by_hand`` has no room to keep the labels of all its sections in one line.
        """
        labels = _label_width(self.fields.values())
        for section in self.sections:
            section.arrange(width, _label_width(section.rows) if by_hand else labels)

    def shut(self) -> None:
        """Show everything as plain text again."""
        for part in (*self.sections, *self.tables.values()):
            part.shut()

    def lock(self, locked: bool, *, only_fills: bool) -> None:
        """Let everything only be read; with ``only_fills`` what stands empty can still be typed."""
        for part in (*self.sections, *self.tables.values()):
            part.lock(locked, only_fills=only_fills)

    @property
    def is_open(self) -> bool:
        """Tell whether anything is open for typing."""
        return any(section.editing for section in self.sections) or any(
            table.model.editable for table in self.tables.values()
        )

    def is_changed(self) -> bool:
        """Tell whether anything was typed that is not saved."""
        return any(field.is_changed() for field in self.fields.values()) or any(
            table.model.is_changed() for table in self.tables.values()
        )

    def typed(self) -> dict[str, Any]:
        """Return the words of every field in which something else stands than the record holds."""
        return {name: field.raw() for name, field in self.fields.items() if field.is_changed()}

    def typed_rows(self) -> dict[str, list[dict[str, Any]]]:
        """Return the rows of every kind that was changed, with what stands in a cell that is typed into."""
        for table in self.tables.values():
            table.commit()
        return {key: table.model.typed() for key, table in self.tables.items() if table.model.is_changed()}

    def tell_rows(self, name: str) -> None:
        """Tell rows that follow a field, such as the kind of a talk, what stands in it now."""
        for table in self.tables.values():
            if isinstance(table, TickRows):
                table.take_field(name, str(self.fields[name].raw() or ""))

    def section_of(self, name: str) -> FormSection | None:
        """Return the section in which a field stands; None for a name that is no field of the form."""
        return next((section for section in self.sections if any(row.field.name == name for row in section.rows)), None)

    def section_with(self, focus: QWidget | None) -> FormSection:
        """Return the section to open while the cursor is in this widget: the one around it, or the first still shut."""
        open_to = [section for section in self.sections if section.can_edit]
        inside = (section for section in open_to if focus is not None and section.isAncestorOf(focus))
        closed = (section for section in open_to if not section.editing)
        return next(inside, None) or next(closed, self.sections[0])


def _label_width(rows: Iterable[FieldRow]) -> int:
    """Return the width of a label column: the longest label, but no more than seven characters."""
    return _width_of(tuple(row.field.label for row in rows), theme.current().points)


@lru_cache(maxsize=512)
def _width_of(labels: tuple[str, ...], _points: float) -> int:
    metrics = QFontMetrics(theme.current().font())
    longest = max((metrics.horizontalAdvance(label) for label in labels), default=0)
    return min(longest, metrics.horizontalAdvance("国") * _LABEL_LETTERS) + 2
