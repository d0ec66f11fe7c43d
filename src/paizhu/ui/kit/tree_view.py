"""A tree of rows with the same delegates and columns as a table: duties by root, people by unit, findings by check."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyleOptionViewItem, QTreeView, QWidget

from paizhu.ui import theme
from paizhu.ui.icons import line_pixmap
from paizhu.ui.kit.columns import Column, fitting, shares
from paizhu.ui.kit.delegates import BAR_WIDTH, DELEGATES, RowDelegate
from paizhu.ui.kit.roles import Group, GroupRole
from paizhu.ui.kit.row_header import RowHeader

Index = QModelIndex | QPersistentModelIndex


class RegisterTree(QTreeView):
    """A tree of whole rows of one height; `opened` follows Enter and double click on a row without children."""

    opened = Signal(QModelIndex)
    picked = Signal(QModelIndex)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[Column, ...] = ()
        self._delegates: list[RowDelegate] = []
        self.setAccessibleName(name)
        self._head = RowHeader(self)
        self._head.setSectionsMovable(False)
        self._head.setSectionsClickable(False)
        self.setHeader(self._head)
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.doubleClicked.connect(self._open_leaf)
        theme.current().changed.connect(self._measure)

    def show_model(self, model: QAbstractItemModel, columns: Sequence[Column]) -> None:
        """Show a model's rows; the first column carries the tree."""
        self._columns = tuple(columns)
        self.setModel(model)
        self.selectionModel().currentRowChanged.connect(lambda now, _: self.picked.emit(now))
        self._delegates = [DELEGATES[column.kind](self) for column in self._columns]
        for at, delegate in enumerate(self._delegates):
            self.setItemDelegateForColumn(at, delegate)
            self._head.setSectionResizeMode(at, QHeaderView.ResizeMode.Interactive)
        self._measure()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter open a row, Space fold and unfold it; arrows do what they do in any tree."""
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.opened.emit(index)
        elif event.key() == Qt.Key.Key_Space and index.isValid():
            self.setExpanded(index, not self.isExpanded(index))
        else:
            super().keyPressEvent(event)

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paint the ground before the first cell, the bar of a selected row and the arrow of one with children."""
        look = theme.current()
        selection = self.selectionModel()
        selected = selection is not None and selection.isRowSelected(index.row(), index.parent())
        is_group = isinstance(index.data(GroupRole), Group)
        ground = "sel" if selected else "surface2" if is_group else ""
        if ground:
            painter.fillRect(rect, look.colour(ground))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look.colour("line1"))
        if selected:
            painter.fillRect(QRect(rect.left(), rect.top(), BAR_WIDTH, rect.height()), look.colour("slate"))
        model = self.model()
        if model is not None and model.hasChildren(index):
            side = look.px(14)
            name = "chevron-down" if self.isExpanded(index) else "chevron-right"
            arrow = line_pixmap(name, look.colour("ink2"), round(side * self.devicePixelRatioF()))
            place = QRectF(rect.right() - side + 2, rect.center().y() - side / 2, side, side)
            painter.drawPixmap(place, arrow, QRectF(arrow.rect()))

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a row, then the focus ring when it is the current one."""
        super().drawRow(painter, option, index)
        current = self.currentIndex()
        if self.hasFocus() and current.row() == index.row() and current.parent() == index.parent():
            rect = self.visualRect(self.model().index(index.row(), 0, index.parent()))
            painter.save()
            painter.setPen(QPen(theme.current().colour("slate"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            width = min(self._head.length(), self.viewport().width())
            painter.drawRect(1, rect.top() + 1, width - 2, rect.height() - 3)
            painter.restore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give every column its room again."""
        super().resizeEvent(event)
        self._fit()

    def _open_leaf(self, index: QModelIndex) -> None:
        if not self.model().hasChildren(index):
            self.opened.emit(index)

    def _measure(self) -> None:
        self.setIndentation(theme.current().px(20))
        self._fit()

    def _fit(self) -> None:
        if not self._columns or self._head.count() != len(self._columns):
            return
        look = theme.current()
        widths = [look.px(column.width) for column in self._columns]
        shown = fitting(self._columns, widths, self.viewport().width())
        kept = [at for at, is_shown in enumerate(shown) if is_shown]
        final = shares(
            [self._columns[at] for at in kept],
            [widths[at] for at in kept],
            [look.px(self._columns[at].least) for at in kept],
            self.viewport().width(),
        )
        for at, is_shown in enumerate(shown):
            self._head.setSectionHidden(at, not is_shown)
        for at, width in zip(kept, final, strict=True):
            self._head.resizeSection(at, width)
