"""The cells of rows under a record: what keys, clipboard and an input method do in one that is chosen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence, QPaintEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QLineEdit, QTableView, QWidget

from paizhu.ui.kit.ring import ring_cell
from paizhu.ui.kit.scrolled import show_part


class ChildCells(QTableView):
    """The cells; `passed` tells that Tab left the last one of the last row."""

    passed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on in a new row instead of at the beginning again, and let Tab leave rows in which nothing can be typed.

        An editor in a cell hands its Tab on to here.
        """
        index, model = self.currentIndex(), self.model()
        is_last = (index.row(), index.column()) == (model.rowCount() - 1, model.columnCount() - 1)
        is_first = (index.row(), index.column()) == (0, 0)
        can_type = bool(model.flags(index) & Qt.ItemFlag.ItemIsEditable)
        on, back = event.key() == Qt.Key.Key_Tab, event.key() == Qt.Key.Key_Backtab
        if ((on or back) and not can_type) or (back and is_first):
            # Rows that are only read are one stop, and before the first cell comes what stands before the rows.
            event.ignore()
        elif on and is_last:
            self.passed.emit()
            event.accept()
        elif event.matches(QKeySequence.StandardKey.Paste) and can_type:
            self._paste(index)
            event.accept()
        else:
            super().keyPressEvent(event)
            self._show_cell()

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Show the cell that Tab or Enter in an editor went on to."""
        super().closeEditor(editor, hint)
        self._show_cell()

    def _show_cell(self) -> None:
        # The rows stand in a form that scrolls: the cell gone to is to be seen there as well.
        show_part(self.viewport(), self.visualRect(self.currentIndex()))

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Open the cell an input method writes into, and give it the focus once the first word is done or given up.

        Before that the word would be interrupted. Qt does the first half and leaves all later words to the table, where
        they are lost.
        """
        super().inputMethodEvent(event)
        editor = self.indexWidget(self.currentIndex())
        if editor is None:
            return
        if not event.isAccepted():
            # Neither a word that was given up is passed on, nor what comes while the cell is open without the focus.
            QCoreApplication.sendEvent(editor, event)
        if not event.preeditString():
            editor.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cells, then the ring of focus round the current one."""
        super().paintEvent(event)
        ring_cell(self)

    def _paste(self, index: QModelIndex) -> None:
        """Put the words of the clipboard into a cell, as typing would: it opens and takes them in place of its own."""
        self.edit(index)
        editor = self.indexWidget(index)
        line = editor if isinstance(editor, QLineEdit) else editor.findChild(QLineEdit) if editor else None
        if isinstance(line, QLineEdit):
            line.selectAll()
            line.paste()
