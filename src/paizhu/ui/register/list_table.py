"""The table of a register's list: rows go to the clipboard in full, and its keys ask for what can be done with rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent

from paizhu.ui.kit.columns import CellKind
from paizhu.ui.kit.table_copy import as_mime
from paizhu.ui.kit.table_view import RegisterTable
from paizhu.ui.register.table_model import RegisterModel

_MOST_COPIED = 20_000


class ListTable(RegisterTable):
    """`void_asked` follows Del, `paste_asked` Ctrl+V, `left` Esc."""

    void_asked = Signal()
    paste_asked = Signal()
    left = Signal()

    def copy_selection(self, *, with_head: bool = True) -> None:
        """Put the selected rows with their heads on the clipboard: full dates, only columns that are shown."""
        model = self.model()
        rows = self.chosen_rows()[:_MOST_COPIED]
        if not isinstance(model, RegisterModel) or not rows:
            return
        head = self.horizontalHeader()
        shown = [at for at in range(model.columnCount()) if not head.isSectionHidden(at)]
        shown.sort(key=head.visualIndex)
        cells = [[model.full_words(row, at) for at in shown] for row in rows]
        if with_head:
            cells.insert(0, [model.columns[at].words for at in shown])
        numbers = [model.columns[at].kind is CellKind.COUNT for at in shown]
        QGuiApplication.clipboard().setMimeData(as_mime(cells, numbers))

    def layout_data(self) -> dict[str, Any]:
        """Return the arrangement with the columns that are hidden now, also while the officer arranged nothing."""
        return {**super().layout_data(), "hidden": list(self._hidden())}

    def chosen_count(self) -> int:
        """Return how many rows are selected, without walking through them."""
        return sum(each.height() for each in self._ranges())

    def chosen_rows(self) -> list[int]:
        """Return the numbers of the selected rows from top to bottom."""
        return sorted({row for each in self._ranges() for row in range(each.top(), each.bottom() + 1)})

    def choose_rows(self, rows: list[int], current: int) -> None:
        """Select these rows and make one of them the current one, without scrolling."""
        model, selection = self.model(), self.selectionModel()
        if model is None or selection is None:
            return
        flag = QItemSelectionModel.SelectionFlag
        chosen = QItemSelection()
        last = model.columnCount() - 1
        for row in rows:
            chosen.select(model.index(row, 0), model.index(row, last))
        if current >= 0:
            selection.setCurrentIndex(model.index(current, max(self._first_column(), 0)), flag.NoUpdate)
        selection.select(chosen, flag.ClearAndSelect | flag.Rows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the current row in view when a strip below takes some of the height."""
        at = self.currentIndex()
        bottom = self.rowViewportPosition(at.row()) + self.rowHeight(at.row()) if at.isValid() else 0
        super().resizeEvent(event)
        if at.isValid() and event.size().height() < bottom <= event.oldSize().height():
            self.scrollTo(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask for what the key means; the rest is moving."""
        if event.key() == Qt.Key.Key_Delete and not event.modifiers():
            self.void_asked.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_asked.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _ranges(self) -> list[QItemSelectionRange]:
        model = self.selectionModel()
        # The published types leave out that a selection is a list of ranges.
        return list(cast(Iterable[QItemSelectionRange], model.selection())) if model else []
