"""The table every register is listed in: rows whole, columns arranged by the officer, sorting asked of the model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import Enum, auto
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from paizhu.base.view import DUE
from paizhu.ui import theme
from paizhu.ui.kit.columns import CellKind, Column, Layout, fitting, read_layout, shares
from paizhu.ui.kit.delegates import ButtonDelegate, RowDelegate
from paizhu.ui.kit.ring import ring_row
from paizhu.ui.kit.roles import GroupRole
from paizhu.ui.kit.row_header import RowHeader
from paizhu.ui.kit.scrolled import show_part
from paizhu.ui.kit.table_copy import as_mime
from paizhu.ui.kit.tick_menu import stay_open
from paizhu.ui.kit.tree_cells import DELEGATES

_ASKED = 1
_ANY, _SIZES, _NEAR_AND_FAR = ("升序", "降序"), ("从小到大", "从大到小"), ("从近到远", "从远到近")
_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RowHeight(Enum):
    """How high the rows of a table are."""

    ONE_LINE = auto()
    DENSE = auto()
    TWO_LINES = auto()


class RegisterTable(QTableView):
    """A table of whole rows.

    `opened` follows Enter and double click, `picked` the current row, `sort_asked` a click on a head;
    `arranged` says that the layout is worth keeping again.
    """

    opened = Signal(int)
    picked = Signal(int)
    sort_asked = Signal(str, bool)
    button_pressed = Signal(int)
    arranged = Signal()
    crowded = Signal(str)
    """Words of a column that was asked for and has no room."""

    def __init__(self, name: str, *, row: RowHeight = RowHeight.ONE_LINE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[Column, ...] = ()
        self._delegates: list[RowDelegate] = []
        self._row_height = row
        self._layout = Layout()
        self._fitting = False
        self._low_rows: tuple[int, ...] = ()
        self._fitted = -1
        """The width the columns have their room in now."""
        self.setAccessibleName(name)
        self._head = RowHeader(self)
        self.setHorizontalHeader(self._head)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        self._head.sectionClicked.connect(self._ask_sort)
        self._head.sectionResized.connect(self._note_width)
        self._head.sectionMoved.connect(self._note_order)
        self._head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._head.customContextMenuRequested.connect(self._show_head_menu)
        theme.current().follow(self, self._measure)

    def show_model(self, model: QAbstractItemModel, columns: Sequence[Column]) -> None:
        """List a model's rows; the columns are given in the model's order."""
        self._columns = tuple(columns)
        self.setModel(model)
        self.selectionModel().currentRowChanged.connect(lambda now, _: self.picked.emit(now.row()))
        self._delegates = [DELEGATES[column.kind](self) for column in self._columns]
        for at, delegate in enumerate(self._delegates):
            delegate.told = getattr(model, "told_roles", None)
            self.setItemDelegateForColumn(at, delegate)
            if isinstance(delegate, ButtonDelegate):
                delegate.pressed.connect(lambda index: self.button_pressed.emit(index.row()))
        self._measure()

    def span_groups(self) -> None:
        """Let rows that head a group reach across, lower than the others; a model may tell which by ``heads``."""
        model = self.model()
        self.clearSpans()
        usual, low = self.verticalHeader().defaultSectionSize(), theme.current().heights.dense_row
        if model is None:
            return
        heads = getattr(model, "heads", None)
        if heads is None:
            heads = [row for row in range(model.rowCount()) if model.index(row, 0).data(GroupRole) is not None]
        # A row keeps its height while the model changes under it: where a group was headed a line may stand now.
        for row in self._low_rows:
            if row < model.rowCount():
                self.setRowHeight(row, usual)
        for row in heads:
            self.setSpan(row, 0, 1, max(model.columnCount(), 1))
            self.setRowHeight(row, low)
        self._low_rows = tuple(heads)

    def layout_data(self) -> dict[str, Any]:
        """Return the arrangement as plain data to be kept per view; widths are those at the smallest font."""
        order = sorted(range(len(self._columns)), key=self._head.visualIndex)
        return replace(self._layout, order=tuple(self._columns[at].key for at in order)).as_data()

    def restore_layout(self, data: Mapping[str, Any]) -> None:
        """Arrange the columns as they were kept; new columns keep their place, old ones are forgotten."""
        kept = read_layout(data)
        keys = [column.key for column in self._columns]
        self._layout = replace(
            kept,
            widths={key: width for key, width in kept.widths.items() if key in keys},
            hidden=tuple(key for key in kept.hidden if key in keys),
            sort_key=kept.sort_key if kept.sort_key in keys else "",
        )
        self._fitting = True
        for at, key in enumerate(key for key in kept.order if key in keys):
            self._head.moveSection(self._head.visualIndex(keys.index(key)), at)
        self._fitting = False
        self.show_sorted(self._layout.sort_key, descending=self._layout.descending)
        self._measure()

    def show_sorted(self, key: str, *, descending: bool = False) -> None:
        """Show by which column the model is sorted; an empty key shows none."""
        self._layout = replace(self._layout, sort_key=key, descending=descending)
        self._head.show_sorted(self._at(key), descending=descending)

    def set_column_shown(self, key: str, shown: bool) -> None:
        """Hide or show a column; a column of rank 0 stays."""
        column = self._columns[self._at(key)]
        hidden = [name for name in self._hidden() if name != key]
        if not shown and column.rank:
            hidden.append(key)
        self._layout = replace(self._layout, hidden=tuple(hidden))
        self._fit()
        self.arranged.emit()
        if shown and self._head.isSectionHidden(self._at(key)):
            self.crowded.emit(column.words)

    def fill_columns_menu(self, menu: QMenu) -> None:
        """Put sorting and the columns to be shown into a menu: the keyboard's way to what the head offers."""
        stay_open(menu)
        sorting = menu.addMenu("排序")
        for column in self._columns:
            ways = _NEAR_AND_FAR if column.key == DUE else _SIZES if column.kind is CellKind.COUNT else _ANY
            for words, descending in zip(ways, (False, True), strict=True):
                action = sorting.addAction(f"{column.words}：{words}")
                action.triggered.connect(
                    lambda _=False, key=column.key, down=descending: self.sort_asked.emit(key, down)
                )
        menu.addSeparator()
        ticks = {column.key: menu.addAction(column.words) for column in self._columns}
        for column in self._columns:
            action = ticks[column.key]
            action.setCheckable(True)
            action.setChecked(column.key not in self._hidden())
            action.setEnabled(bool(column.rank))
            action.toggled.connect(lambda shown, key=column.key: self.set_column_shown(key, shown))
            action.toggled.connect(lambda _shown: self._name_ticks(ticks))
        self._name_ticks(ticks)
        menu.addSeparator()
        menu.addAction("恢复原来的列").triggered.connect(self._reset)

    def _name_ticks(self, ticks: Mapping[str, QAction]) -> None:
        """Say of each column that is chosen whether it has no room, which another one may have taken or left."""
        for column in self._columns:
            tick = ticks[column.key]
            crowded = tick.isChecked() and self._head.isSectionHidden(self._at(column.key))
            tick.setText(f"{column.words}（放不下）" if crowded else column.words)

    def selected_rows(self) -> list[int]:
        """Return the numbers of the selected rows from top to bottom."""
        model = self.selectionModel()
        return sorted(index.row() for index in model.selectedRows()) if model else []

    def go_to(self, row: int) -> None:
        """Select a row alone and scroll to it; a row that is not there changes nothing."""
        model = self.model()
        if model and 0 <= row < model.rowCount():
            index = model.index(row, self._first_column())
            # Left to the view, a Shift or Ctrl held down for something else would widen the selection.
            alone = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().setCurrentIndex(index, alone)
            self.scrollTo(index)

    def copy_selection(self, *, with_head: bool = False) -> None:
        """Put the selected rows on the clipboard as they are shown, hidden columns left out."""
        shown = sorted(self._shown_columns(), key=self._head.visualIndex)
        model = self.model()
        rows = [[str(model.index(row, at).data() or "") for at in shown] for row in self.selected_rows()]
        if with_head:
            rows.insert(0, [self._columns[at].words for at in shown])
        if rows:
            numbers = [self._columns[at].kind is CellKind.COUNT for at in shown]
            QGuiApplication.clipboard().setMimeData(as_mime(rows, numbers))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let rows, not cells, be what the keys move over."""
        row = self.currentIndex().row()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
        elif event.key() in _OPENING and row >= 0 and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.opened.emit(row)
        elif event.key() == Qt.Key.Key_Home and not event.modifiers():
            self.go_to(0)
        elif event.key() == Qt.Key.Key_End and not event.modifiers():
            self.go_to(self.model().rowCount() - 1 if self.model() else -1)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Escape):
            event.ignore()
        else:
            super().keyPressEvent(event)
        if self.currentIndex().row() != row:
            # A table may stand in a pane that scrolls as well: the row is to be seen there too.
            show_part(self.viewport(), self.visualRect(self.currentIndex()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the whole row under the pointer."""
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: QEvent) -> None:
        """Let the row go dark again."""
        super().leaveEvent(event)
        self._hover(-1)

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Take the focus ring away from the whole row it stood round: one that stays selected is not painted again."""
        super().currentChanged(current, previous)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, then the focus ring round the current one."""
        super().paintEvent(event)
        ring_row(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give every column its room again."""
        super().resizeEvent(event)
        # A new look alone resizes a table a dozen times over, mostly to the size it has.
        if self.viewport().width() != self._fitted:
            self._fit()

    def _hover(self, row: int) -> None:
        if self._delegates and row != self._delegates[0].hovered_row:
            for delegate in self._delegates:
                delegate.hovered_row = row
            self.viewport().update()

    def _measure(self) -> None:
        heights = theme.current().heights
        self.verticalHeader().setMinimumSectionSize(1)
        height = {
            RowHeight.ONE_LINE: heights.row,
            RowHeight.DENSE: heights.dense_row,
            RowHeight.TWO_LINES: heights.two_line_row,
        }[self._row_height]
        self.verticalHeader().setDefaultSectionSize(height)
        self._fit()

    def _fit(self) -> None:
        """Hide what has no room by rank, then give what is left over to the column that stretches."""
        if not self._columns or self._fitting or self._head.count() != len(self._columns):
            return
        self._fitting = True
        look, hidden = theme.current(), frozenset(self._hidden())
        # What the officer asked for himself gives way after all that stands there unasked.
        wanted = [
            replace(column, shown=column.key not in hidden, rank=column.rank if column.shown else _ASKED)
            for column in self._columns
        ]
        widths = [look.px(self._layout.widths.get(column.key, column.width)) for column in self._columns]
        room = self.viewport().width()
        shown = fitting(wanted, widths, room)
        kept = [at for at, is_shown in enumerate(shown) if is_shown]
        final = shares(
            [self._columns[at] for at in kept],
            [widths[at] for at in kept],
            [look.px(self._columns[at].least) for at in kept],
            room,
        )
        for at, is_shown in enumerate(shown):
            self._head.setSectionHidden(at, not is_shown)
        for at, width in zip(kept, final, strict=True):
            self._head.resizeSection(at, width)
        self._fitting, self._fitted = False, room

    def give_width(self, key: str, width: int) -> None:
        """Set a column to a width in pixels that its contents ask for; nothing is kept of it."""
        look = theme.current()
        self._layout = replace(self._layout, widths={**self._layout.widths, key: round(width / look.px(100) * 100)})
        self._fit()

    def _hidden(self) -> Sequence[str]:
        unasked = [column.key for column in self._columns if not column.shown]
        return self._layout.hidden if self._layout.order or self._layout.hidden else unasked

    def _shown_columns(self) -> list[int]:
        return [at for at in range(len(self._columns)) if not self._head.isSectionHidden(at)]

    def _first_column(self) -> int:
        return min(self._shown_columns(), key=self._head.visualIndex, default=0)

    def _at(self, key: str) -> int:
        return next((at for at, column in enumerate(self._columns) if column.key == key), -1)

    def _ask_sort(self, section: int) -> None:
        key = self._columns[section].key
        same = key == self._layout.sort_key
        self.sort_asked.emit(key, not self._layout.descending if same else False)

    def _note_width(self, section: int, _before: int, width: int) -> None:
        if self._fitting or self._head.measuring or not self._columns or self._columns[section].stretches or not width:
            return
        drawn = round(width / theme.current().px(100) * 100)
        self._layout = replace(self._layout, widths={**self._layout.widths, self._columns[section].key: drawn})
        self._fit()
        self.arranged.emit()

    def _note_order(self) -> None:
        if not self._fitting:
            self.arranged.emit()

    def _reset(self) -> None:
        keys = [column.key for column in self._columns]
        self.restore_layout({"order": keys, "hidden": [column.key for column in self._columns if not column.shown]})
        self.arranged.emit()

    def _show_head_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill_columns_menu(menu)
        menu.popup(self._head.mapToGlobal(at))

    def contextMenuEvent(self, event: object) -> None:
        """Leave the row's menu to the page."""
        if isinstance(event, QEvent):
            event.ignore()
