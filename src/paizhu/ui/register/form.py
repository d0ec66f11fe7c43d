"""The form of any register: its sections, the rows under the record, and what an old ledger brought along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from paizhu.ui.register.brought import Brought
from paizhu.ui.register.child_table import ChildTable
from paizhu.ui.register.cursor import put_cursor
from paizhu.ui.register.editor import FormEditors
from paizhu.ui.register.field_check import tell_of_standing_days, tell_what_is_wrong
from paizhu.ui.register.field_row import FieldRow
from paizhu.ui.register.form_body import FormBody
from paizhu.ui.register.form_plan import FormPart, FormPlan
from paizhu.ui.register.form_section import FormSection
from paizhu.ui.register.late_sections import LateSections
from paizhu.ui.register.onward import after
from paizhu.ui.register.tick_rows import TickRows
from paizhu.ui.register.unfilled import words_of_unfilled
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
        self.parts = dict(parts or {})
        self.row: Row | None = None
        self._reading: Reading | None = None
        self._locked = self._only_fills = False
        self._later = LateSections(self)
        self._later.opened.connect(self._arrange)
        self._make = make
        self._own_rows = dict(rows or {})
        self._body: FormBody | None = None
        self._put_off: Mapping[str, Sequence[Row]] | None = None
        self._files: Sequence[Mapping[str, Any]] = ()
        self._can_add = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 12, 16, 16)
        self._column.setSpacing(16)
        theme.current().follow(self, self._arrange)

    # --- what is made when it is first needed ----------------------------------------------------------------

    @property
    def fields(self) -> dict[str, FieldRow]:
        """Fields by name, showing the record."""
        return self._catch_up().fields

    @property
    def sections(self) -> list[FormSection]:
        """Sections from top to bottom, showing the record."""
        return self._catch_up().sections

    @property
    def tables(self) -> dict[str, ChildTable | TickRows]:
        """Rows under the record by their kind, showing them."""
        return self._catch_up().tables

    def showEvent(self, event: QShowEvent) -> None:
        """Make and fill what was put off while another part of the record was in front."""
        self._catch_up()
        super().showEvent(event)

    def _catch_up(self) -> FormBody:
        # Most records are only looked at in their overview or in the list, so a form is made when it is first seen or
        # asked for, and then filled only while it is seen.
        if self._body is None:
            self._body = FormBody(self.register, self._make, self._plan.notes, self._own_rows)
            self._lay_out(self._body)
        body = self._body
        if self._put_off is not None and self.row is not None:
            row, rows, self._put_off = self.row, self._put_off, None
            self._fill(row.values, rows)
            body.shut()
            self._brought.show_record(row)
            self._show_own(row)
            body.lock(self._locked, only_fills=self._only_fills)
            if self._plan.opens_at_once(self.register, row):
                self._open_draft()
            self._show_slots()
        return body

    @property
    def _filled(self) -> FormBody | None:
        """What the form is made of, as far as it shows the record already."""
        return self._body if self._put_off is None else None

    def _show_slots(self) -> None:
        for row in self.fields.values():
            row.show_files(self._files, can_add=self._can_add)
        self._arrange()

    def _lay_out(self, body: FormBody) -> None:
        for row in body.fields.values():
            self._join_field(row)
        for section in body.sections:
            section.reveal_asked.connect(partial(self.reveal_asked.emit, ""))
            section.edit_asked.connect(lambda name, section=section: self.open_section(section, name))
        for table in body.tables.values():
            if isinstance(table, ChildTable):
                table.begun.connect(partial(self.focus_asked.emit, table))
            table.edited.connect(partial(self._rows_edited, table))
            table.edit_asked.connect(lambda table=table: self._open_table(table))
            table.reveal_asked.connect(self.reveal_asked)
        self._brought = Brought()
        named = {**{each.title: each for each in body.sections}, **body.tables, **self.parts}
        for part in (*self._plan.in_order(named), self._brought):
            self._column.addWidget(part)
            # Qt by itself shows only the parts that are there before a form comes into sight.
            part.show()
        # A short form keeps its lines together at the top.
        self._column.addStretch(1)

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
        self._later.clear()
        self.covered.emit()
        self.row, self._reading, self._locked, self._only_fills = row, reading, row.voided, False
        self._put_off = rows
        if self.isVisible() or self._plan.opens_at_once(self.register, row):
            self._catch_up()

    def show_files(self, files: Sequence[Mapping[str, Any]], *, can_add: bool) -> None:
        """Show the files of the record in the fields they belong to; without a record no field takes any."""
        self._files, self._can_add = files, can_add
        if self._filled:
            self._show_slots()

    def start_new(self, values: Values, rows: Mapping[str, Sequence[Mapping[str, Any]]], reading: Reading) -> None:
        """Show an empty form open for typing, with values that are known already typed in."""
        self._later.clear()
        self.covered.emit()
        self.row, self._reading, self._put_off = None, reading, None
        for section in self.sections:
            section.shut()
        self._fill({}, {})
        self._brought.show_record(None)
        self._show_own(None)
        self.lock(False)
        first_section = self._catch_up().section_of(
            next((each.name for each in self.register.fields if each.required), "")
        )
        later = []
        for section in self.sections:
            if section is first_section or any(row.field.name in values for row in section.rows):
                section.open()
            else:
                later.append(section)
        self._later.open(later)
        for name, raw in values.items():
            if name in self.fields and self.fields[name].can_edit:
                self.fields[name].show_raw(raw)
        for key, table in self.tables.items():
            table.open()
            if key in rows:
                table.show_typed(rows[key])
        self._arrange()
        first = next((field for field in self.fields.values() if field.field.required and field.can_edit), None)
        put_cursor(first)

    @property
    def opening(self) -> bool:
        """Tell whether sections of a new record are still being opened."""
        return bool(self._later)

    def show_draft(self, draft: Draft) -> None:
        """Put back what was typed and not saved."""
        for section in self.sections:
            if any(row.field.name in draft.typed for row in section.rows):
                section.open()
        for name, raw in draft.typed.items():
            if name in self.fields:
                self.fields[name].show_raw(raw)
        for key, rows in draft.rows.items():
            self.tables[key].show_typed(rows)
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
        return self._locked

    def lock(self, locked: bool, *, only_fills: bool = False) -> None:
        """Let a record only be read; with ``only_fills`` what stands empty can still be typed."""
        self._locked, self._only_fills = locked, only_fills
        if body := self._filled:
            body.lock(locked, only_fills=only_fills)
            self._arrange()

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
        return self._catch_up().typed_rows() if self._put_off is None else {}

    def is_changed(self) -> bool:
        """Tell whether anything was typed that is not saved."""
        return self._filled is not None and self._filled.is_changed()

    def open_section(self, section: FormSection | None = None, name: str = "") -> None:
        """Open a section, the one the focus is in, or the first; the cursor goes behind the words of a field of it."""
        if self._locked:
            return
        body = self._catch_up()
        found = section or body.section_of(name) or body.section_with(self.focusWidget())
        found.open()
        self._arrange()
        target = self.fields.get(name) or next((row for row in found.rows if row.can_edit), None)
        if target:
            put_cursor(target)
            self.focus_asked.emit(target.cell)
        self.opened.emit()

    def open_fields(self, names: Sequence[str]) -> None:
        """Open every section that holds one of these fields; a step needs them."""
        for section in self.sections if not self._locked else ():
            if any(row.field.name in names for row in section.rows):
                section.open()
        for name in names:
            if name in self.tables and not self._locked:
                self.tables[name].open()
        self._arrange()
        if self.is_open:
            self.opened.emit()

    # --- problems --------------------------------------------------------------------------------------------

    def show_problems(self, problems: Sequence[Problem]) -> list[Problem]:
        """Mark every problem at its field and go to the first; return those that belong to no field."""
        self.open_fields([problem.field for problem in problems])
        marked = self._catch_up().marks.mark(problems)
        if marked.field:
            self._go_to(marked.field)
        elif marked.table:
            self.focus_asked.emit(marked.table)
            if marked.begins_row and not self._locked:
                marked.table.go_to(0, "")
        return marked.rest

    @property
    def marked(self) -> int:
        """How many fields and kinds of rows are marked now."""
        return self._filled.marks.count if self._filled else 0

    def show_cautions(self, found: Mapping[str, str]) -> None:
        """Remark on what is typed, beneath the fields concerned; remarks made before go."""
        for name, field in self.fields.items():
            field.show_caution(found.get(name, ""))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the fields for the new width; a form stops growing at 960 pixels as drawn."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    # --- the machine -----------------------------------------------------------------------------------------

    def _open_draft(self) -> None:
        """Open what is typed into while the record is written; the focus stays where it is."""
        for section in self.sections:
            if section.title in self._plan.opens:
                section.open()
        for key, table in self.tables.items():
            if key in self._plan.opens:
                table.open()

    def _show_own(self, row: Row | None) -> None:
        for part in self.parts.values():
            part.show_record(row)
        for table in self.tables.values():
            if isinstance(table, TickRows):
                table.show_template(str((row.values.get(table.follows) if row else "") or ""))

    def _fill(self, given: Values, rows: Mapping[str, Sequence[Row]]) -> None:
        wanted = set(self.register.wanted_now(given))
        unfilled = words_of_unfilled(self.register) if self.row is None else {}
        for name, field in self.fields.items():
            field.show_value(given.get(name), lacking=name in wanted, unfilled=unfilled.get(name, ""))
        tell_of_standing_days(self.register, self.fields, given)
        for key, table in self.tables.items():
            table.show_rows(rows.get(key, ()))

    def _edited(self, name: str) -> None:
        # Nothing is checked while it is typed; an old objection no longer fits the new words.
        self.fields[name].clear_problem()
        self.edited.emit()

    def _rows_edited(self, table: ChildTable | TickRows) -> None:
        self._catch_up().marks.typed_rows(table)
        self.edited.emit()
        self.checked.emit()

    def _check(self, name: str) -> None:
        field = self.fields[name]
        self._catch_up().tell_rows(name)
        if field.is_changed() and self._reading is not None:
            standing = self.row.values if self.row else {}
            tell_what_is_wrong(self.register, field, self.fields, standing, self._reading)
        self._catch_up().marks.look_again(name)
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

    def _arrange(self) -> None:
        if not self._filled:
            return
        width = min(self.width() - 32, theme.current().px(_WIDEST))
        right = max(16, self.width() - 16 - width)
        if self._column.contentsMargins().right() != right:
            self._column.setContentsMargins(16, 12, right, 16)
        self._filled.arrange(width, by_hand=bool(self._plan.order))
