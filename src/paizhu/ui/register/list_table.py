"""The table of a register's list: rows go to the clipboard in full, and its keys ask for what can be done with rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent

from paizhu.ui.kit.foot_bar import leave_bars
from paizhu.ui.kit.roles import Fold, FoldRole, LinkRole
from paizhu.ui.kit.table_view import RegisterTable
from paizhu.ui.kit.tree_cells import arrow_end
from paizhu.ui.register.outline_model import OutlineModel
from paizhu.ui.register.row_copy import RowCopy
from paizhu.ui.register.table_model import RegisterModel

_ONTO = (Qt.Key.Key_Down, Qt.Key.Key_Up)


class ListTable(RegisterTable):
    """`void_asked` follows Del, `paste_asked` Ctrl+V, `left` Esc with nothing told, `folded` folding of a tree."""

    void_asked = Signal()
    paste_asked = Signal()
    left = Signal()
    folded = Signal()

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.row_copy = RowCopy(self)

    def copy_selection(self, *, with_head: bool = True) -> None:
        """Put the selected rows with their heads on the clipboard: full dates, only columns that are shown."""
        model = self.model()
        if not isinstance(model, RegisterModel):
            return
        head = self.horizontalHeader()
        shown = [at for at in range(model.columnCount()) if not head.isSectionHidden(at)]
        shown.sort(key=head.visualIndex)
        self.row_copy.copy(model, self.chosen_lines(), shown, with_head=with_head)

    def layout_data(self) -> dict[str, Any]:
        """Return the arrangement with the columns that are hidden now, also while the officer arranged nothing."""
        return {**super().layout_data(), "hidden": list(self._hidden())}

    def chosen_count(self) -> int:
        """Return how many records are selected, without walking through them."""
        model = self.model()
        if not isinstance(model, RegisterModel):
            return 0
        return sum(model.records_among(each.start, each.stop - 1) for each in self.chosen_lines())

    def chosen_lines(self) -> list[range]:
        """Return the selected lines from top to bottom, those next to each other as one range."""
        joined: list[range] = []
        for top, bottom in sorted((each.top(), each.bottom()) for each in self._ranges()):
            if joined and top <= joined[-1].stop:
                joined[-1] = range(joined[-1].start, max(bottom + 1, joined[-1].stop))
            else:
                joined.append(range(top, bottom + 1))
        return joined

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
            if not leave_bars(self.window()):
                self.left.emit()
        elif event.key() in _ONTO and not event.modifiers() and self._choose_current(up=event.key() == Qt.Key.Key_Up):
            self.picked.emit(self.currentIndex().row())
        elif not self._fold_by_key(event):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Fold and unfold by the arrow of a branch, bring in the rest of a long one by its words."""
        beside = -1 if self.selectionModel().hasSelection() else self.currentIndex().row()
        super().mousePressEvent(event)
        if self.currentIndex().row() == beside >= 0:
            # The row stood on already was not selected: going to it is news all the same.
            self.picked.emit(beside)
        model, index = self.model(), self.indexAt(event.position().toPoint())
        if not isinstance(model, OutlineModel) or event.button() is not Qt.MouseButton.LeftButton:
            return
        fold = index.data(FoldRole)
        if not isinstance(fold, Fold):
            return
        on_arrow = event.position().x() - self.columnViewportPosition(index.column()) <= arrow_end(fold.level)
        if (fold.is_branch and on_arrow) or index.data(LinkRole):
            self.fold(index.row())

    def fold(self, at: int, *, unfold: bool | None = None) -> bool:
        """Fold or unfold what stands in a line and stay there; False where there is nothing to fold."""
        model = self.model()
        if not isinstance(model, OutlineModel):
            return False
        scroll = self.verticalScrollBar().value()
        if not model.toggle(at, unfold=unfold):
            return False
        self.choose_rows([at], at)
        self.verticalScrollBar().setValue(scroll)
        self.folded.emit()
        return True

    def _choose_current(self, *, up: bool) -> bool:
        """Select the row stood on where none is selected, for the arrow that leads onto it; False for any other."""
        at = self.currentIndex().row()
        if at < 0 or self.selectionModel().hasSelection() or (up and at > 0):
            return False
        self.choose_rows([at], at)
        return True

    def _fold_by_key(self, event: QKeyEvent) -> bool:
        model, at = self.model(), self.currentIndex().row()
        if not isinstance(model, OutlineModel) or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or at < 0:
            return False
        match event.key():
            case Qt.Key.Key_Space:
                return self.fold(at)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                return model.row(at) is None and self.fold(at)
            case Qt.Key.Key_Right:
                if not self.fold(at, unfold=True) and model.branch(at):
                    self.go_to(min(at + 1, model.lines - 1))
                return True
            case Qt.Key.Key_Left:
                if not self.fold(at, unfold=False):
                    self.go_to(model.head_of(at))
                return True
        return False

    def _ranges(self) -> list[QItemSelectionRange]:
        model = self.selectionModel()
        # The published types leave out that a selection is a list of ranges.
        return list(cast(Iterable[QItemSelectionRange], model.selection())) if model else []
