"""Typing in a cell of the rows under a record: the field's own editor, as high as its words need."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QStyleOptionViewItem, QWidget

from paizhu.base import clock, dates, values
from paizhu.base.field import Field, FieldKind
from paizhu.base.reading import ReadingError
from paizhu.base.values import Reading
from paizhu.ui import theme
from paizhu.ui.kit.delegates import RowDelegate
from paizhu.ui.register.child_model import RAW_ROLE, ChildModel
from paizhu.ui.register.edit_text import TextEditor
from paizhu.ui.register.editor import Editor, EditorMaker

Index = QModelIndex | QPersistentModelIndex
_TYPED, _NARROW = 148, 80
"""How wide what is typed into is at least: a moment with its mark, a number."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CellDelegate(RowDelegate):
    """Puts a field's editor into a cell; `wanted` tells the height a row needs while it is typed into."""

    wanted = Signal(int, int)

    def __init__(self, parent: QWidget, make: EditorMaker) -> None:
        super().__init__(parent)
        self._make = make
        self._at = QPersistentModelIndex()
        self._before: Any = None

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return the editor of the column's field, filling the cell."""
        model = index.model()
        assert isinstance(model, ChildModel)
        editor = self._make(model.fields[index.column()])
        editor.setParent(parent)
        editor.setAutoFillBackground(True)
        self._at, self._before = QPersistentModelIndex(index), index.data(RAW_ROLE)
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Give the editor the room to type in, over the cells beside it where its own is narrow."""
        super().updateEditorGeometry(editor, option, index)
        port, place = editor.parentWidget(), editor.geometry()
        kind = editor.field.kind if isinstance(editor, Editor) else None
        least = theme.current().px(_NARROW if kind in (FieldKind.YES_NO, FieldKind.INTEGER) else _TYPED)
        if port is not None and place.width() < least:
            place.setWidth(min(least, port.width()))
            place.moveRight(min(place.right(), port.width() - 1))
            editor.setGeometry(place)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show what stands in the cell.

        The view asks again whenever a draft keeps what is typed: shown anew, the words would lose cursor and undo.
        """
        if isinstance(editor, Editor) and editor.raw() != index.data(RAW_ROLE):
            editor.show_raw(index.data(RAW_ROLE))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Keep what was typed; a day without its year as it is understood."""
        if isinstance(editor, Editor) and index.isValid():
            model.setData(model.index(index.row(), index.column()), _with_year(editor.field, editor.raw()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the row grow with its editor; Esc puts back what stood in the cell before.

        A draft keeps what is typed every second, so that closing the editor alone would put nothing back.
        """
        if isinstance(watched, Editor) and self._at.isValid():
            if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
                self.wanted.emit(self._at.row(), watched.sizeHint().height())
            elif (
                isinstance(event, QKeyEvent)
                and event.type() is QEvent.Type.KeyPress
                and event.key() == Qt.Key.Key_Escape
            ):
                watched.show_raw(self._before)
                self.commitData.emit(watched)
                self.closeEditor.emit(watched, QAbstractItemDelegate.EndEditHint.RevertModelCache)
                return True
        return super().eventFilter(watched, event)


def _with_year(field: Field, raw: Any) -> Any:
    if not field.is_day or dates.names_year(raw):
        return raw
    try:
        return values.show(field, values.parse(field, raw, Reading(clock.today(), typed_now=True)))
    except ReadingError:
        return raw


class CellTextEditor(TextEditor):
    """A long text in a cell: Enter goes on to the next cell as in a workbook, Alt+Enter breaks a line."""

    def __init__(self, field: Field) -> None:
        super().__init__(field, fewest_lines=1)

    def show_raw(self, raw: Any) -> None:
        """Show the text chosen whole, so that typing over a cell takes its place as everywhere else."""
        super().show_raw(raw)
        self.text.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go on at Enter."""
        if watched is self.text and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                self.go_on()
                return True
            if event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.text.insertPlainText("\n")
                return True
        return super().eventFilter(watched, event)
