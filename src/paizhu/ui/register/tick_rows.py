"""Rows under a record as a list of boxes to tick, proposed by a template; the same interface as the table of rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from paizhu.base.register import Register
from paizhu.base.rows import Row
from paizhu.ui import theme
from paizhu.ui.icons import Shape
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.emptying import empty
from paizhu.ui.kit.field_note import FieldNote
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.pills import MarkLabel
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.register.child_model import ChildModel
from paizhu.ui.theme import Text

_TWO_COLUMNS = 380
Templates = Callable[[], Mapping[str, tuple[str, Sequence[str]]]]
"""Code of each template with its name and the words of its rows."""


class TickRows(QWidget):
    """One kind of rows, each a box: Space ticks, Delete takes a row out; a template fills them in one go.

    ``follows`` names the field of the record whose code chooses the template while nothing was ticked or typed.
    """

    edited = Signal()
    edit_asked = Signal()
    reveal_asked = Signal(str)

    def __init__(self, register: Register, words: str, tick: str, follows: str, templates: Templates) -> None:
        super().__init__()
        self.register = register
        self.follows = follows
        self._words, self._tick, self._templates = words, tick, templates
        self._locked = False
        self._template = ""
        self._columns = 0
        self.setAccessibleName(register.label)
        self.model = ChildModel(register)
        self.boxes: list[QCheckBox] = []
        self.note = Label("", Text.SECONDARY, "ink2")
        self.other = Button("换模板", Look.LINK, size=Size.SMALL)
        self.other.clicked.connect(lambda: self.menu().popup(self.other.mapToGlobal(QPoint(0, self.other.height()))))
        self.add_button = Button("添加要点", Look.LINK, size=Size.SMALL)
        self.add_button.clicked.connect(self.add_row)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label(register.label, Text.SECTION))
        head.addWidget(self.note)
        head.addStretch(1)
        head.addWidget(self.add_button)
        head.addWidget(self.other)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self.line = QLineEdit()
        self.line.setAccessibleName(f"新的{register.label}")
        self.line.setPlaceholderText("写一条要点，回车添加")
        self.line.returnPressed.connect(self._take_line)
        self.line.hide()
        self._problem = FieldNote(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addLayout(self._grid)
        column.addWidget(self.line)
        column.addWidget(self._problem)
        theme.current().follow(self, self._build)
        self.shut()

    # --- what the form asks of every kind of rows ------------------------------------------------------------

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show what the vault holds."""
        self.show_problem("")
        self.model.show_rows(rows)
        self._build()

    def show_typed(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Show what was ticked or typed earlier."""
        self.model.show_typed(rows)
        self.open()

    def open(self) -> None:
        """Let boxes be ticked."""
        self.model.set_editable(True)
        self._build()

    def shut(self) -> None:
        """Show the rows for reading."""
        self.model.set_editable(False)
        self.line.hide()
        self._build()

    def lock(self, locked: bool, *, only_fills: bool = False) -> None:
        """Take the ways of changing away from a record that is only to be read, or where rows stand already."""
        self._locked = locked or (only_fills and self.model.rowCount() > 0)
        self._build()

    def commit(self) -> None:
        """Keep what stands in the line for a new row."""
        if self.line.text().strip():
            self._take_line()

    def go_to(self, row_id: int, _name: str) -> None:
        """Stand on the box of the row with this id; without one, on the line for a new row when there is none."""
        at = max(self.model.place_of(row_id), 0) if row_id else 0
        if self.boxes:
            self.boxes[at].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.add_row()

    def go_to_gap(self) -> None:
        """Stand on the first box that is not ticked, or on the first; without any on the line for a new one."""
        open_boxes = (box for box in self.boxes if not box.isChecked())
        if box := next(open_boxes, next(iter(self.boxes), None)):
            box.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.add_row()

    @property
    def has_problem(self) -> bool:
        """Tell whether the rows are marked: something in them must be mended."""
        return bool(self._problem.words())

    def show_problem(self, words: str) -> None:
        """Say beneath the boxes what must be mended."""
        self._problem.show_error(words) if words else self._problem.clear()

    # --- templates -------------------------------------------------------------------------------------------

    def show_template(self, code: str) -> None:
        """Say by which template the rows are proposed."""
        self._template = code
        name = self._templates().get(code, ("", ()))[0]
        self.note.setText(f"按“{name}”模板" if name else "")

    def take_field(self, name: str, code: str) -> None:
        """Take the template of another kind when the record's kind changes and nothing was ticked or typed yet."""
        if name != self.follows:
            return
        before = self._template
        self.show_template(code)
        if code != before and self.model.editable and self._untouched(before):
            self._fill(code)

    def use_template(self, code: str) -> None:
        """Propose the rows of a template; what was ticked or written by hand stays."""
        if not self.model.editable:
            self.edit_asked.emit()
            self.open()
        self._fill(code)
        self.show_template(code)

    def menu(self) -> QMenu:
        """Return the templates to choose from."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for code, (name, _rows) in self._templates().items():
            action = menu.addAction(f"{name}（现在用的）" if code == self._template else name)
            action.triggered.connect(lambda _=False, code=code: self.use_template(code))
        return menu

    # --- rows ------------------------------------------------------------------------------------------------

    def add_row(self) -> None:
        """Offer a line for one more row."""
        if not self.model.editable:
            self.edit_asked.emit()
            self.open()
        self.line.show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Delete take the row of a box out."""
        deletes = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Delete
        if deletes and event.type() is QEvent.Type.KeyPress and watched in self.boxes and self.model.editable:
            self._remove(self.boxes.index(watched))
            return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the boxes into two columns where there is room."""
        super().resizeEvent(event)
        if self._wanted_columns() != self._columns:
            self._build()

    # --- the machine -----------------------------------------------------------------------------------------

    def _wanted_columns(self) -> int:
        return 2 if self.width() >= theme.current().px(_TWO_COLUMNS) else 1

    def _rows(self) -> list[dict[str, Any]]:
        return self.model.typed()

    def _untouched(self, template: str) -> bool:
        rows = self._rows()
        proposed = list(self._templates().get(template, ("", ()))[1])
        return all(not row.get(self._tick) for row in rows) and [row.get(self._words) for row in rows] in ([], proposed)

    def _fill(self, code: str) -> None:
        known = {words for _name, rows in self._templates().values() for words in rows}
        kept = [row for row in self._rows() if row.get(self._tick) or row.get(self._words) not in known]
        there = {row.get(self._words) for row in kept}
        fresh = [{self._words: words} for words in self._templates().get(code, ("", ()))[1] if words not in there]
        self.model.show_typed([*kept, *fresh])
        self._build()
        self.edited.emit()

    def _take_line(self) -> None:
        words = " ".join(self.line.text().split())
        self.line.clear()
        if words:
            self.model.show_typed([*self._rows(), {self._words: words, self._tick: ""}])
            self._build()
            self.edited.emit()

    def _remove(self, at: int) -> None:
        self.model.remove_row(at)
        self._build()
        if self.boxes:
            self.boxes[min(at, len(self.boxes) - 1)].setFocus()
        self.edited.emit()

    def _ticked(self, at: int, on: bool) -> None:
        column = next(place for place, field in enumerate(self.model.fields) if field.name == self._tick)
        if self.model.setData(self.model.index(at, column), "是" if on else ""):
            self.edited.emit()

    def _build(self) -> None:
        empty(self._grid)
        editable = self.model.editable and not self._locked
        self._columns = self._wanted_columns()
        self.boxes = []
        rows = self._rows()
        for at, row in enumerate(rows):
            words, done = str(row.get(self._words) or ""), row.get(self._tick) == "是"
            self._grid.addWidget(
                self._box(at, words, done) if editable else _read(words, done), *divmod(at, self._columns)
            )
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < self._columns else 0)
        self.add_button.setVisible(not self._locked)
        self.other.setVisible(not self._locked)

    def _box(self, at: int, words: str, done: bool) -> QCheckBox:
        box = QCheckBox(words)
        box.setChecked(done)
        box.setAccessibleName(f"{self.register.label}：{words}")
        box.setToolTip(f"{words}\n空格勾选，Delete 移除")
        box.toggled.connect(lambda on, at=at: self._ticked(at, on))
        box.installEventFilter(self)
        self.boxes.append(box)
        return box


def _read(words: str, done: bool) -> MarkLabel:
    return MarkLabel(Mark(Shape.TICK, words, Tone.DONE) if done else Mark(Shape.CIRCLE, words), bold=False)
