"""The table of rows under a record: add, type, move and take out; saved together with the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from paizhu.base.field import Sens
from paizhu.base.register import Register
from paizhu.base.rows import Row
from paizhu.ui import theme
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.field_note import FieldNote
from paizhu.ui.kit.label import ElidedLabel, Label
from paizhu.ui.kit.row_header import RowHeader
from paizhu.ui.register.cell_editing import CellDelegate
from paizhu.ui.register.child_cells import ChildCells
from paizhu.ui.register.child_model import ChildModel, is_masked
from paizhu.ui.register.child_widths import share_out
from paizhu.ui.register.cursor import Cursor, letter_of, stand_at
from paizhu.ui.register.editor import Editor, EditorMaker
from paizhu.ui.theme import Text

_MOST_ROWS = 8


class ChildTable(QWidget):
    """One kind of rows under a record, with its title, its table, and what can be done with rows."""

    edited = Signal()
    edit_asked = Signal()
    reveal_asked = Signal(str)
    begun = Signal()
    """A row is typed into from now on; it may stand below what is seen of the form."""

    def __init__(self, register: Register, make: EditorMaker, note: str = "") -> None:
        super().__init__()
        self.register = register
        self.setAccessibleName(register.label)
        self.model = ChildModel(register)
        self._make = make
        self._view: ChildCells | None = None
        self._locked = False
        self._count = Label("", Text.SECONDARY, "ink2")
        self._problem = FieldNote(self)
        self.add_button = self._button("添加", self.add_row)
        self.remove_button = self._button("移除", self._remove)
        self.up_button = self._button("上移", lambda: self._move(-1))
        self.down_button = self._button("下移", lambda: self._move(1))
        self.reveal_button = self._button("查看需留痕", lambda: self.reveal_asked.emit(register.key))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label(register.label, Text.SECTION))
        if note:
            head.addWidget(ElidedLabel(note, Text.SECONDARY, "ink2"))
        head.addWidget(self._count)
        head.addStretch(1)
        for button in (self.reveal_button, self.up_button, self.down_button, self.remove_button, self.add_button):
            head.addWidget(button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addLayout(head)
        self._column.addWidget(self._problem)
        for signal in (self.model.dataChanged, self.model.rowsInserted, self.model.rowsRemoved, self.model.rowsMoved):
            signal.connect(self._changed)
        self.model.modelReset.connect(self._measure)
        theme.current().follow(self, self._measure)
        self.shut()

    @property
    def view(self) -> QTableView:
        """The cells, made when there is a row to show: most records have no rows of most kinds."""
        return self._view or self._make_view()

    def _make_view(self) -> QTableView:
        view = self._view = ChildCells()
        view.passed.connect(self._go_on)
        view.setProperty("frame", "box")
        view.setAccessibleName(self.register.label)
        view.setHorizontalHeader(RowHeader(view))
        view.setModel(self.model)
        cells = CellDelegate(view, self._make)
        cells.wanted.connect(self._grow)
        cells.closeEditor.connect(lambda *_: self._measure())
        view.setItemDelegate(cells)
        view.verticalHeader().hide()
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.setShowGrid(False)
        view.horizontalHeader().setStretchLastSection(True)
        view.setTabKeyNavigation(True)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.SelectedClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)
        view.doubleClicked.connect(lambda _: self._ask_edit())
        view.setAccessibleDescription(self._problem.words())
        self._column.insertWidget(1, view)
        # Made late it would come last in the order of Tab.
        QWidget.setTabOrder(self.add_button, view)
        return view

    @property
    def sealed(self) -> bool:
        """Tell whether the rows hold words about an informant."""
        return any(field.sens is Sens.P4 for field in self.model.shown)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show what the vault holds; what was typed before goes."""
        self.show_problem("")
        self.model.show_rows(rows)

    def show_typed(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Show what was typed earlier."""
        self.open()
        self.model.show_typed(rows)

    def open(self) -> None:
        """Let cells be typed into."""
        self.model.set_editable(True)
        self._measure()

    def shut(self) -> None:
        """Show the rows for reading, from their first column."""
        self.model.set_editable(False)
        if self._view is not None:
            self._view.horizontalScrollBar().setValue(0)
        self._measure()

    def lock(self, locked: bool, *, only_fills: bool = False) -> None:
        """Take the ways of changing away from a record that is only to be read, or where rows stand already."""
        self._locked = locked or (only_fills and self.model.rowCount() > 0)
        self._measure()

    def add_row(self) -> None:
        """Add an empty row and begin typing in its first cell."""
        if not self.model.editable:
            self._ask_edit()
            self.open()
        index = self.model.index(self.model.add_row(), 0)
        self.view.setCurrentIndex(index)
        self.view.setFocus()
        self.view.edit(index)
        self.begun.emit()

    def go_to(self, row_id: int, name: str) -> None:
        """Stand at a cell of the row with this id; without one, at a new row when there is none yet."""
        at = self.model.place_of(row_id) if row_id else 0
        if not self.model.rowCount():
            self.add_row()
            return
        columns = [field.name for field in self.model.fields]
        self.view.setCurrentIndex(self.model.index(max(at, 0), columns.index(name) if name in columns else 0))
        self.view.setFocus()

    def go_to_gap(self) -> None:
        """Stand where something is most likely lacking: in the row with most cells empty, at the first of these."""
        at, column = self.model.gap()
        if at < 0:
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.view.setCurrentIndex(self.model.index(at, column))
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def has_problem(self) -> bool:
        """Tell whether the rows are marked: something in them must be mended."""
        return bool(self._problem.words())

    def show_problem(self, words: str) -> None:
        """Say beneath the table what must be mended in it; no words take it away."""
        self._problem.show_error(words) if words else self._problem.clear()
        if self._view:
            self._view.setAccessibleDescription(words)

    def commit(self) -> None:
        """Keep what stands in a cell that is being typed into."""
        if (editor := self._editor()) and (index := self.view.currentIndex()).isValid():
            self.model.setData(index, editor.raw())

    def cell_in_hand(self) -> Cursor:
        """Return the cell in hand; its row is counted among those that come back from a draft."""
        index = self.view.currentIndex()
        if not index.isValid() or not self.model.fields:
            return Cursor()
        at = sum(self.model.is_kept(row) for row in range(index.row()))
        editor = self._editor()
        return Cursor(
            self.model.fields[index.column()].name, letter_of(editor.target if editor else None), self.register.key, at
        )

    def put_cursor(self, cursor: Cursor, *, opens: bool = True) -> None:
        """Go on typing in a cell, or only stand on it; one of class P4 stays covered until it is asked for."""
        column = next((at for at, field in enumerate(self.model.fields) if field.name == cursor.field), -1)
        index = self.model.index(cursor.at, column)
        if not index.isValid():
            return
        self.view.setCurrentIndex(index)
        self.view.setFocus()
        if opens and not is_masked(self.model.fields[column]):
            self.type_here(cursor.letter)

    def type_here(self, letter: int = -1) -> bool:
        """Open the cell in hand with nothing of it selected, the rows too where they are only read; False for none."""
        index = self.view.currentIndex()
        if not index.isValid() or not self.model.fields or self._locked:
            return False
        if self._editor() is None:
            if not self.model.editable:
                self._ask_edit()
                self.open()
            self.view.edit(index)
            if editor := self._editor():
                stand_at(editor.target, letter)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Delete take a row out and Alt+arrows move it; another width shares the columns out anew."""
        if watched is self.view.viewport() and _is_other_width(event):
            self._fit()
        if watched is self.view and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            moves = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
            key = Qt.Key(event.key())
            if key is Qt.Key.Key_Delete and self.model.editable:
                self._remove()
                return True
            if key in moves and event.modifiers() & Qt.KeyboardModifier.AltModifier and self.model.editable:
                self._move(moves[key])
                return True
        return super().eventFilter(watched, event)

    def _editor(self) -> Editor | None:
        """Return what stands in the cell that is typed into, if any is."""
        if self._view is None:
            return None
        there = self._view.indexWidget(self._view.currentIndex())
        return there if isinstance(there, Editor) else None

    def _button(self, words: str, does: Any) -> Button:
        button = Button(words, Look.LINK, size=Size.SMALL)
        button.setAccessibleName(f"{words}{self.register.label}" if words != "查看需留痕" else words)
        button.clicked.connect(lambda _=False: does())
        return button

    def _go_on(self) -> None:
        """Begin another row after a written one; after an empty one the rows are done, and so is that one."""
        self.commit()
        last = self.model.rowCount() - 1
        if self.model.is_blank(last):
            self.model.remove_row(last)
            self.add_button.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.add_row()

    def _remove(self) -> None:
        self.model.remove_row(self.view.currentIndex().row())

    def _move(self, by: int) -> None:
        at = self.view.currentIndex()
        if self.model.move_row(at.row(), at.row() + by):
            self.view.setCurrentIndex(self.model.index(at.row() + by, at.column()))

    def _ask_edit(self) -> None:
        if not self._locked and not self.model.editable:
            self.edit_asked.emit()

    def _changed(self) -> None:
        self._measure()
        self.edited.emit()

    def _measure(self) -> None:
        look = theme.current()
        rows, editable = self.model.rowCount(), self.model.editable
        self._count.setText(f"{rows} 行" if rows else "还没有")
        for button in (self.remove_button, self.up_button, self.down_button):
            button.setVisible(editable and rows > 0 and bool(self.model.fields))
        # Rows that only the program writes offer nothing to type.
        self.add_button.setVisible(not self._locked and bool(self.model.fields))
        self.reveal_button.setVisible(self.sealed and rows > 0)
        if self._view is None and not rows:
            return
        self.view.setVisible(rows > 0)
        height = max(look.heights.row, look.heights.button + 4) if editable else look.heights.row
        self.view.verticalHeader().setDefaultSectionSize(height)
        for row in range(rows):
            self.view.setRowHeight(row, height)
        self._fit()

    def _grow(self, row: int, height: int) -> None:
        """Make room for what is typed in a cell, as long as it is open."""
        more = height - self.view.rowHeight(row)
        if more and height >= self.view.verticalHeader().defaultSectionSize():
            self.view.setRowHeight(row, height)
            self.view.setFixedHeight(self.view.height() + more)
            self.begun.emit()

    def _fit(self) -> None:
        """Share the width, and be as high as the rows; only where the columns scroll as their bar as well."""
        scrolls = share_out(self.view, self.model)
        rows = sum(self.view.rowHeight(row) for row in range(min(self.model.rowCount(), _MOST_ROWS)))
        bar = self.view.horizontalScrollBar().sizeHint().height() if scrolls else 0
        self.view.setFixedHeight(theme.current().heights.header + rows + bar + 4)


def _is_other_width(event: QEvent) -> bool:
    return isinstance(event, QResizeEvent) and event.size().width() != event.oldSize().width()
