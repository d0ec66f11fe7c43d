"""The form of any register: its sections, the rows under the record, and what an old ledger brought along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from paizhu.base.register import Register
from paizhu.base.rows import Problem, Row, Values
from paizhu.base.values import Reading
from paizhu.services import preparing
from paizhu.services.drafts import Draft
from paizhu.ui import theme
from paizhu.ui.kit.label import Label
from paizhu.ui.register.child_table import ChildTable
from paizhu.ui.register.field_row import EditorMaker, FieldRow, label_width
from paizhu.ui.register.form_plan import FormPart, FormPlan
from paizhu.ui.register.form_section import FormSection
from paizhu.ui.register.tick_rows import TickRows
from paizhu.ui.theme import Text

_WIDEST = 960
_NO_ROW = Row("", 0, 0, {})


class Form(QWidget):
    """Reads as text, opens section by section for typing, and gives back what was typed as words only."""

    edited = Signal()
    opened = Signal()
    reveal_asked = Signal(str)
    add_asked = Signal(object, str)
    """Paths of files and the field they belong to."""
    open_file_asked = Signal(object)
    focus_asked = Signal(object)
    """A widget that should be scrolled into view."""

    def __init__(
        self,
        register: Register,
        make: EditorMaker,
        plan: FormPlan | None = None,
        rows: Mapping[str, TickRows] | None = None,
        parts: Mapping[str, FormPart] | None = None,
    ) -> None:
        super().__init__()
        self.register = register
        self._plan = plan or FormPlan(())
        self.parts = dict(parts or {})
        self.row: Row | None = None
        self._reading: Reading | None = None
        self._locked = False
        self._later: list[FormSection] = []
        self._later_timer = QTimer(self)
        self._later_timer.setInterval(0)
        self._later_timer.timeout.connect(self._open_next)
        self.fields: dict[str, FieldRow] = {}
        self.sections: list[FormSection] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 12, 16, 16)
        self._column.setSpacing(16)
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)
        for section in register.sections:
            self._add_section(section.label, section.names, make)
        own = rows or {}
        self.tables: dict[str, ChildTable | TickRows] = {
            child.key: own.get(child.key) or ChildTable(child, make, self._plan.notes.get(child.key, ""))
            for child in register.rows
        }
        for table in self.tables.values():
            table.edited.connect(self.edited)
            table.edit_asked.connect(lambda table=table: self._open_table(table))
            table.reveal_asked.connect(self.reveal_asked)
        for part in self._in_order():
            self._column.addWidget(part)
        self._brought = QWidget()
        self._brought_grid = QGridLayout(self._brought)
        self._brought_grid.setContentsMargins(0, 0, 0, 0)
        self._brought_grid.setColumnStretch(1, 1)
        self._column.addWidget(self._brought)
        self._source = Label("", Text.SECONDARY, "ink3", wraps=True)
        self._column.addWidget(self._source)
        # A short form keeps its lines together at the top.
        self._column.addStretch(1)
        theme.current().changed.connect(self._arrange)

    # --- showing ---------------------------------------------------------------------------------------------

    def show_record(self, row: Row, rows: Mapping[str, Sequence[Row]], reading: Reading) -> None:
        """Show a record for reading; what was typed over another one goes, so it is kept as a draft before."""
        self._later.clear()
        self.row, self._reading = row, reading
        self._fill(row.values, rows)
        for section in self.sections:
            section.shut()
        for table in self.tables.values():
            table.shut()
        self._show_brought(row)
        self._show_own(row)
        self.lock(row.voided)
        if not row.voided and self._is_draft(row):
            self._open_draft()
        self._arrange()

    def show_files(self, files: Sequence[Mapping[str, Any]], *, can_add: bool) -> None:
        """Show the files of the record in the fields they belong to; without a record no field takes any."""
        for row in self.fields.values():
            row.show_files(files, can_add=can_add)
        self._arrange()

    def start_new(self, values: Values, rows: Mapping[str, Sequence[Mapping[str, Any]]], reading: Reading) -> None:
        """Show an empty form open for typing, with values that are known already typed in."""
        self._later.clear()
        self.row, self._reading = None, reading
        for section in self.sections:
            section.shut()
        self._fill({}, {})
        self._show_brought(_NO_ROW)
        self._show_own(None)
        self.lock(False)
        first_section = self._section_of(next((each.name for each in self.register.fields if each.required), ""))
        for section in self.sections:
            if section is first_section or any(row.field.name in values for row in section.rows):
                section.open()
            else:
                self._later.append(section)
        # A form of a hundred fields takes its time to make: what is not typed into at once is opened in between.
        self._later_timer.start()
        for name, raw in values.items():
            if name in self.fields and self.fields[name].can_edit:
                self.fields[name].show_raw(raw)
        for key, table in self.tables.items():
            table.open()
            if key in rows:
                table.show_typed(rows[key])
        self._arrange()
        first = next((field for field in self.fields.values() if field.field.required and field.can_edit), None)
        if first:
            first.focus()

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
        self._arrange()

    def lock(self, locked: bool) -> None:
        """Let a record only be read: no 修改, no 添加."""
        self._locked = locked
        for section in self.sections:
            section.lock(locked)
        for table in self.tables.values():
            table.lock(locked)

    # --- typing ----------------------------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        """Tell whether anything is open for typing."""
        return any(section.editing for section in self.sections) or any(
            table.model.editable for table in self.tables.values()
        )

    def typed(self) -> dict[str, Any]:
        """Return the words of every field in which something else stands than the record holds."""
        return {name: field.raw() for name, field in self.fields.items() if field.is_changed()}

    def typed_rows(self) -> dict[str, list[dict[str, Any]]]:
        """Return the rows of every kind that was changed."""
        for table in self.tables.values():
            table.commit()
        return {key: table.model.typed() for key, table in self.tables.items() if table.model.is_changed()}

    def is_changed(self) -> bool:
        """Tell whether anything was typed that is not saved."""
        return any(field.is_changed() for field in self.fields.values()) or any(
            table.model.is_changed() for table in self.tables.values()
        )

    def open_section(self, section: FormSection | None = None, name: str = "") -> None:
        """Open a section, the one the focus is in, or the first; the cursor goes into a field of it."""
        if self._locked:
            return
        found = section or self._section_of(name) or self._focused_section()
        found.open()
        self._arrange()
        target = self.fields.get(name) or next((row for row in found.rows if row.can_edit), None)
        if target:
            target.focus()
            self.focus_asked.emit(target.cell)
        self.opened.emit()

    def open_fields(self, names: Sequence[str]) -> None:
        """Open every section that holds one of these fields; a step needs them."""
        for section in self.sections:
            if any(row.field.name in names for row in section.rows):
                section.open()
        for name in names:
            if name in self.tables:
                self.tables[name].open()
        self._arrange()

    # --- problems --------------------------------------------------------------------------------------------

    def show_problems(self, problems: Sequence[Problem]) -> list[Problem]:
        """Mark every problem at its field and go to the first; return those that belong to no field."""
        for field in self.fields.values():
            field.clear_problem()
        for table in self.tables.values():
            table.show_problem("")
        self.open_fields([problem.field for problem in problems])
        rest, first = [], None
        for problem in problems:
            if problem.field in self.fields and self.fields[problem.field].can_edit:
                self.fields[problem.field].show_problem(problem.message)
                first = first or self.fields[problem.field]
            elif problem.field in self.tables:
                self.tables[problem.field].show_problem(problem.message)
                if first is None:
                    self.focus_asked.emit(self.tables[problem.field])
            else:
                rest.append(problem)
        if first:
            first.focus()
            self.focus_asked.emit(first.cell)
        return rest

    def lacking(self) -> list[str]:
        """Return the names of the fields that are 待补."""
        return [name for name, field in self.fields.items() if field.lacking]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the fields for the new width; a form stops growing at 960 pixels as drawn."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when the font changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._arrange()

    # --- the machine -----------------------------------------------------------------------------------------

    def _add_section(self, label: str, names: Sequence[str], make: EditorMaker) -> None:
        rows = [FieldRow(self.register.field(name), make) for name in names if not self._hides(name)]
        for row in rows:
            row.setParent(self)
            row.edited.connect(self._edited)
            row.left.connect(self._check)
            if row.slot:
                row.slot.add_asked.connect(self.add_asked)
                row.slot.open_asked.connect(self.open_file_asked)
            self.fields[row.field.name] = row
        section = FormSection(label, rows)
        section.edit_asked.connect(lambda name, section=section: self.open_section(section, name))
        self.sections.append(section)

    def _in_order(self) -> list[QWidget]:
        """Return sections, rows and own parts as the plan wants them, what it does not name after them."""
        named: dict[str, QWidget] = {**{each.title: each for each in self.sections}, **self.tables, **self.parts}
        first = [named[name] for name in self._plan.order if name in named]
        return [*first, *(part for part in named.values() if part not in first)]

    def _is_draft(self, row: Row) -> bool:
        flow = self.register.flow
        return bool(self._plan.opens) and flow is not None and flow.state(row.state or flow.start).draft

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

    def _hides(self, name: str) -> bool:
        """Tell whether a field stands elsewhere on the page: the state in the head of the pane."""
        return name == "state" and self.register.flow is not None

    def _fill(self, given: Values, rows: Mapping[str, Sequence[Row]]) -> None:
        wanted = set(self.register.wanted_now(given))
        for name, field in self.fields.items():
            required = field.field.required and not field.field.computed
            field.show_value(given.get(name), lacking=name in wanted, required=required and self.row is None)
        for key, table in self.tables.items():
            table.show_rows(rows.get(key, ()))

    def _show_brought(self, row: Row) -> None:
        while item := self._brought_grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        if row.extra:
            self._brought_grid.addWidget(Label("原表其他内容", Text.SECTION), 0, 0, 1, 2)
        for at, (head, words) in enumerate(row.extra.items(), start=1):
            self._brought_grid.addWidget(Label(head, ink="ink3", wraps=True), at, 0, Qt.AlignmentFlag.AlignTop)
            self._brought_grid.addWidget(Label(words, wraps=True), at, 1)
        self._brought.setVisible(bool(row.extra))
        words = source_words(row.source)
        self._source.setText(words)
        self._source.setVisible(bool(words))

    def _edited(self, name: str) -> None:
        # Nothing is checked while it is typed; an old objection no longer fits the new words.
        self.fields[name].clear_problem()
        self.edited.emit()

    def _check(self, name: str) -> None:
        field = self.fields[name]
        for table in self.tables.values():
            if isinstance(table, TickRows):
                table.take_field(name, str(field.raw() or ""))
        if not field.is_changed() or self._reading is None:
            return
        read = preparing.read_typed(self.register, {name: field.raw()}, self._reading)
        if read.problems:
            field.show_problem(read.problems[0].message)
        else:
            field.clear_problem()
            field.show_read(read.values.get(name))

    def _open_next(self) -> None:
        if self._later:
            self._later.pop(0).open()
            self._arrange()
        if not self._later:
            self._later_timer.stop()

    def _open_table(self, table: ChildTable | TickRows) -> None:
        table.open()
        self.opened.emit()

    def _section_of(self, name: str) -> FormSection | None:
        return next((section for section in self.sections if any(row.field.name == name for row in section.rows)), None)

    def _focused_section(self) -> FormSection:
        focus = self.focusWidget()
        inside = (section for section in self.sections if focus is not None and section.isAncestorOf(focus))
        closed = (section for section in self.sections if not section.editing)
        return next(inside, None) or next(closed, self.sections[0])

    def _arrange(self) -> None:
        margins = self._column.contentsMargins()
        widest = theme.current().px(_WIDEST)
        width = min(self.width() - 32, widest)
        right = max(16, self.width() - 16 - width)
        if margins.right() != right:
            self._column.setContentsMargins(16, 12, right, 16)
        labels = label_width([field.field.label for field in self.fields.values()])
        for section in self.sections:
            # A narrow form laid out by hand has no room to keep the labels of all its sections in one line.
            own = label_width([row.field.label for row in section.rows]) if self._plan.order else labels
            section.arrange(width, own)


def source_words(source: Mapping[str, Any]) -> str:
    """Return where a record came from: the workbook, its sheet and the row in it."""
    if not source:
        return ""
    parts = [f"来自《{source['file']}》" if source.get("file") else "来自导入的表"]
    if source.get("sheet"):
        parts.append(f"“{source['sheet']}”表")
    if source.get("row"):
        parts.append(f"第 {source['row']} 行")
    return "".join(parts)
