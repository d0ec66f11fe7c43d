"""The form of any register: its sections, the rows under the record, and what an old ledger brought along."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from paizhu.base.register import Register
from paizhu.base.rows import Problem, Row, Values
from paizhu.base.values import Reading
from paizhu.services.drafts import Draft
from paizhu.ui import theme
from paizhu.ui.register.child_table import ChildTable
from paizhu.ui.register.cursor import put_cursor
from paizhu.ui.register.editor import FormEditors
from paizhu.ui.register.field_check import tell_what_is_wrong
from paizhu.ui.register.field_row import FieldRow
from paizhu.ui.register.form_body import FormBody
from paizhu.ui.register.form_filling import FormFilling
from paizhu.ui.register.form_plan import FormPart, FormPlan
from paizhu.ui.register.form_section import FormSection
from paizhu.ui.register.onward import after
from paizhu.ui.register.tick_rows import TickRows
from paizhu.ui.undoing import WRITTEN_IN

_WIDEST = 960


class Form(QWidget):
    """Reads as text, opens section by section for typing, and gives back what was typed as words only."""

    edited = Signal()
    checked = Signal()
    """A field was left, or rows were typed: more or less may be marked than before."""
    opened = Signal()
    reveal_asked = Signal(str)
    """Key of the kind of rows that should be opened; empty for the fields of the record itself."""
    covered = Signal()
    """Another record, or none, is about to stand here: what was opened goes."""
    add_asked = Signal(object, str)
    """Paths of files and the field they belong to."""
    open_file_asked = Signal(object)
    ref_opened = Signal(str, int)
    focus_asked = Signal(object)
    """A widget that should be scrolled into view."""

    def __init__(
        self,
        register: Register,
        make: FormEditors,
        plan: FormPlan | None = None,
        rows: Mapping[str, TickRows] | None = None,
        parts: Mapping[str, FormPart] | None = None,
    ) -> None:
        super().__init__()
        self.setProperty(WRITTEN_IN, True)
        self.register = register
        self._plan = plan or FormPlan(())
        self._parts = dict(parts or {})
        self._reading: Reading | None = None
        self.body = FormBody(register, make, self._plan, rows or {}, self._parts)
        """What is made so far: whoever looks for the cursor needs no more."""
        self._filling = FormFilling(self, register, self._plan, self.body, self._join, self._arrange)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 12, 16, 16)
        self._column.setSpacing(16)
        self._column.addStretch(1)
        theme.current().follow(self, self._arrange)

    # --- what is made when it is first needed ----------------------------------------------------------------

    @property
    def row(self) -> Row | None:
        """The record shown or about to be; None for a new one. It is set to a newer state of the same record."""
        return self._filling.row

    @row.setter
    def row(self, row: Row) -> None:
        self._filling.row = row

    @property
    def fields(self) -> dict[str, FieldRow]:
        """Fields by name, showing the record."""
        return self._filling.whole().fields

    @property
    def sections(self) -> list[FormSection]:
        """Sections from top to bottom, showing the record."""
        return self._filling.whole().sections

    @property
    def tables(self) -> dict[str, ChildTable | TickRows]:
        """Rows under the record by their kind, showing them."""
        return self._filling.whole().tables

    @property
    def parts(self) -> dict[str, FormPart]:
        """Own parts by their name, showing what belongs to the record."""
        self._filling.whole()
        return self._parts

    def showEvent(self, event: QShowEvent) -> None:
        """Make and fill what was put off while another part of the record was in front."""
        self._filling.begin()
        super().showEvent(event)

    @property
    def _filled(self) -> FormBody | None:
        return self._filling.filled

    def _join(self, part: QWidget) -> None:
        """Give a part its place below the others, and hear what is done in it."""
        if isinstance(part, FormSection):
            for row in part.rows:
                self._join_field(row)
            part.reveal_asked.connect(partial(self.reveal_asked.emit, ""))
            part.edit_asked.connect(partial(self.open_section, part))
        elif isinstance(part, ChildTable | TickRows):
            if isinstance(part, ChildTable):
                part.begun.connect(partial(self.focus_asked.emit, part))
            part.edited.connect(partial(self._rows_edited, part))
            part.edit_asked.connect(partial(self._open_table, part))
            part.reveal_asked.connect(self.reveal_asked)
        # Above the stretch at the end: a short form keeps its lines together at the top.
        self._column.insertWidget(self._column.count() - 1, part)
        # Qt by itself shows only the parts that are there before a form comes into sight.
        part.show()

    def _join_field(self, row: FieldRow) -> None:
        row.edited.connect(self._edited)
        row.left.connect(self._check)
        row.onward = partial(self._go_on, row)
        row.ref_opened.connect(self.ref_opened)
        if row.slot:
            row.slot.add_asked.connect(self.add_asked)
            row.slot.open_asked.connect(self.open_file_asked)

    # --- showing ---------------------------------------------------------------------------------------------

    def show_record(self, row: Row, rows: Mapping[str, Sequence[Row]], reading: Reading) -> None:
        """Show a record for reading; what was typed over another one goes, so it is kept as a draft before."""
        self._begin_other(reading)
        self._filling.take(row, rows)
        if self.isVisible() or self._plan.opens_at_once(self.register, row):
            self._filling.begin()

    def _begin_other(self, reading: Reading) -> None:
        self._filling.give_up()
        self.covered.emit()
        self._reading = reading

    def show_files(self, files: Sequence[Mapping[str, Any]], *, can_add: bool) -> None:
        """Show the files of the record in the fields they belong to; without a record no field takes any."""
        self._filling.take_files(files, can_add=can_add)

    def begin_new(self, values: Values, reading: Reading) -> None:
        """Hold no record any more: what comes into sight from now on is empty but for values that are known."""
        self._begin_other(reading)
        self._filling.take_new(values)

    def open_new(self, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        """Show the empty form that was begun, open for typing, with rows that are known already typed in."""
        first = next((each.name for each in self.register.fields if each.required), "")
        self._filling.show_for({first, *self._filling.given, *rows})
        for key, typed in rows.items():
            self.body.tables[key].show_typed(typed)
        put_cursor(next((each for each in self.body.fields.values() if each.field.required and each.can_edit), None))

    @property
    def opening(self) -> bool:
        """Tell whether parts of the form are still to come."""
        return self._filling.coming

    def show_draft(self, draft: Draft) -> None:
        """Put back what was typed and not saved."""
        self._filling.show_for({*draft.typed, *draft.rows})
        self._open_with(draft.typed)
        for name, raw in draft.typed.items():
            if name in self.body.fields:
                self.body.fields[name].show_raw(raw)
        for key, rows in draft.rows.items():
            self.body.tables[key].show_typed(rows)
        self.cover(typed=True)
        self._arrange()

    def uncover(self) -> None:
        """Show what is covered of the record, after the password was given again."""
        for section in self.sections:
            section.uncover()

    def cover(self, *, typed: bool = False) -> None:
        """Cover it again; with ``typed`` also what was typed and not saved, which comes back from a draft."""
        for section in self._filled.sections if self._filled else ():
            section.cover(typed=typed)

    @property
    def is_locked(self) -> bool:
        """Tell whether the record is only read."""
        return self._filling.locked

    def lock(self, locked: bool, *, only_fills: bool = False) -> None:
        """Let a record only be read; with ``only_fills`` what stands empty can still be typed."""
        self._filling.lock(locked, only_fills=only_fills)

    # --- typing ----------------------------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        """Tell whether anything is open for typing."""
        return self._filled is not None and self._filled.is_open

    def typed(self) -> dict[str, Any]:
        """Return the words of every field in which something else stands than the record holds."""
        return self._filled.typed() if self._filled and self.is_changed() else {}

    def typed_rows(self) -> dict[str, list[dict[str, Any]]]:
        """Return the rows of every kind that was changed."""
        return self._filled.typed_rows() if self._filled else {}

    def is_changed(self) -> bool:
        """Tell whether anything was typed that is not saved."""
        return self._filled is not None and self._filled.is_changed()

    def open_section(self, section: FormSection | None = None, name: str = "") -> None:
        """Open a section, the one the focus is in, or the first; the cursor goes behind the words of a field of it."""
        if self.is_locked:
            return
        self._filling.show_for([name] if name else ())
        body = self.body
        found = section or body.section_of(name) or body.section_with(self.focusWidget(), self._filling.shown)
        found = found or self._filling.whole().section_with(self.focusWidget(), self._filling.shown) or body.sections[0]
        found.open()
        self._arrange([found])
        target = body.fields.get(name) or next((row for row in found.rows if row.can_edit), None)
        if target:
            put_cursor(target)
            self.focus_asked.emit(target.cell)
        self.opened.emit()

    def open_fields(self, names: Sequence[str]) -> None:
        """Open every section that holds one of these fields; a step needs them."""
        if not self.is_locked:
            self._filling.show_for(names)
            self._open_with(names)
        self._arrange()
        if self.is_open:
            self.opened.emit()

    def still_open(self, name: str) -> bool:
        """Tell whether the record, as it was shown last, opened a field or kind of rows by itself."""
        if self.row is None or not self._plan.opens_at_once(self.register, self.row):
            return False
        self._filling.show_for([name])
        return any(self.body.is_typed_into(self.body.parts[each]) for each in self.body.parts_of([name]))

    def _open_with(self, names: Collection[str]) -> None:
        for section in self.body.sections:
            if any(row.field.name in names for row in section.rows):
                section.open()
        for name in names:
            if name in self.body.tables:
                self.body.tables[name].open()

    # --- problems --------------------------------------------------------------------------------------------

    def show_problems(self, problems: Sequence[Problem]) -> list[Problem]:
        """Mark every problem at its field and go to the first; return those that belong to no field."""
        self.open_fields([problem.field for problem in problems])
        marked = self.body.marks.mark(problems)
        if marked.field:
            self._go_to(marked.field)
        elif marked.table:
            self.focus_asked.emit(marked.table)
            if not self.is_locked:
                marked.table.go_to(0, "") if marked.begins_row else marked.table.go_to_gap()
        return marked.rest

    @property
    def marked(self) -> int:
        """How many fields and kinds of rows are marked now."""
        return self._filled.marks.count if self._filled else 0

    def show_cautions(self, found: Mapping[str, str]) -> None:
        """Remark on what is typed, beneath the fields concerned; remarks made before go."""
        self._filling.show_for(found)
        for name, field in self.body.fields.items():
            field.show_caution(found.get(name, ""))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the fields for the new width; a form stops growing at 960 pixels as drawn."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    # --- the machine -----------------------------------------------------------------------------------------

    def _edited(self, name: str) -> None:
        # Nothing is checked while it is typed; an old objection no longer fits the new words.
        self.body.fields[name].clear_problem()
        self.edited.emit()

    def _rows_edited(self, table: ChildTable | TickRows) -> None:
        self.body.marks.typed_rows(table)
        self.edited.emit()
        self.checked.emit()

    def _check(self, name: str) -> None:
        field = self.fields[name]
        self._filling.whole().tell_rows(name)
        if field.is_changed() and self._reading is not None:
            standing = self.row.values if self.row else {}
            tell_what_is_wrong(self.register, field, self.fields, standing, self._reading)
        self._filling.whole().marks.look_again(name)
        self.checked.emit()

    def _go_to(self, field: FieldRow) -> None:
        field.focus()
        self.focus_asked.emit(field.cell)

    def _go_on(self, row: FieldRow) -> bool:
        """Go from a field to the next, opening its section; False after the last one."""
        following = after(row, self.sections)
        if isinstance(following, FieldRow):
            self._go_to(following)
        elif following:
            self.open_section(following)
        return following is not None

    def _open_table(self, table: ChildTable | TickRows) -> None:
        table.open()
        self.opened.emit()

    def _arrange(self, sections: Sequence[FormSection] | None = None) -> None:
        if self._filled is None:
            return
        width = min(self.width() - 32, theme.current().px(_WIDEST))
        right = max(16, self.width() - 16 - width)
        if self._column.contentsMargins().right() != right:
            self._column.setContentsMargins(16, 12, right, 16)
        self.body.arrange(width, self.body.sections if sections is None else sections)
