"""The cells of rows under a record: what keys, clipboard and an input method do in one that is chosen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QTableView

from paizhu.ui.kit.ring import ring_cell


class ChildCells(QTableView):
    """The cells; `passed` tells that Tab left the last one of the last row."""

    passed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on in a new row instead of at the beginning again; an editor in a cell hands its Tab on to here."""
        index, model = self.currentIndex(), self.model()
        is_last = (index.row(), index.column()) == (model.rowCount() - 1, model.columnCount() - 1)
        if event.key() == Qt.Key.Key_Tab and is_last and model.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.passed.emit()
            event.accept()
        elif event.matches(QKeySequence.StandardKey.Paste) and model.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self._paste(index)
            event.accept()
        else:
            super().keyPressEvent(event)

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
