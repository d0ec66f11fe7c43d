"""Where the header was found, shown on the rows as they stand; the officer may point at other rows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from paizhu.base.values import MASK
from paizhu.documents.books.book import LAST_ROW
from paizhu.documents.tables.frame import Given
from paizhu.documents.tables.label_words import own_header
from paizhu.services.importing.look import SheetLook, frame_from, frame_without_header, letter
from paizhu.ui import theme
from paizhu.ui.kit.guard import Guarded
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.number_edit import NumberEdit
from paizhu.ui.theme import Text

Index = QModelIndex | QPersistentModelIndex
TALLEST = 3
_ROLE = Qt.ItemDataRole
_ROOT = QModelIndex()
_SHORT = 24


class LookModel(Guarded, QAbstractTableModel):
    """The first rows of a sheet under the letters of their columns; header rows bold on the selection colour."""

    def __init__(self, look: SheetLook, header_rows: Collection[int], sealed: Collection[int], most: int = 99) -> None:
        super().__init__()
        self.look = look
        self.rows = look.rows[:most]
        self.header_rows = frozenset(header_rows)
        self._sealed = frozenset(sealed)
        self._width = max((len(words) for _number, words in self.rows), default=0)

    def show_header(self, rows: Collection[int]) -> None:
        """Mark other rows as the header."""
        self.header_rows = frozenset(rows)
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, max(self._width - 1, 0)))
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(self.rows) - 1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of rows shown."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the number of columns with content."""
        return 0 if parent.isValid() else self._width

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """Return letters above and row numbers beside the cells."""
        if role != _ROLE.DisplayRole:
            return None
        if orientation is Qt.Orientation.Horizontal:
            return letter(section)
        return str(self.rows[section][0]) if section < len(self.rows) else None

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """Return words and look of a cell; words about an informant are masked."""
        number, words = self.rows[index.row()]
        is_header = number in self.header_rows
        cell = words[index.column()] if index.column() < len(words) else ""
        if cell and index.column() in self._sealed and self.header_rows and number > max(self.header_rows):
            cell = MASK
        match role:
            case _ROLE.DisplayRole:
                flat = " ".join(cell.split())
                return flat if len(flat) <= _SHORT else f"{flat[:_SHORT]}…"
            case _ROLE.ToolTipRole:
                return cell if len(cell) > _SHORT else None
            case _ROLE.AccessibleTextRole:
                kind = "表头，" if is_header else ""
                return f"{kind}第 {number} 行 {letter(index.column())} 列：{cell or '空'}"
            case _ROLE.FontRole:
                return theme.current().font(Text.SECONDARY, bold=is_header)
            case _ROLE.BackgroundRole:
                return theme.current().colour("sel" if is_header else "surface")
            case _ROLE.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class LookView(QTableView):
    """A quiet picture of the first rows, merged cells joined as in the workbook."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setProperty("frame", "box")
        self.setWordWrap(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().setHighlightSections(False)
        self.verticalHeader().setSectionsClickable(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        theme.current().follow(self, self._measure)

    def show_look(self, look: LookModel) -> None:
        """Show these rows."""
        old = self.model()
        self.setModel(look)
        if old:
            old.deleteLater()
        look.setParent(self)
        self.clearSpans()
        # The record numbers of our own export are hidden there, and say nothing here.
        for column in range(look.columnCount()):
            told = (words[column] for _number, words in look.rows if column < len(words))
            self.setColumnHidden(column, any(own_header(words) for words in told))
        at = {number: place for place, (number, _words) in enumerate(look.rows)}
        for top, left, rows, columns in look.look.spans:
            here = [number for number in range(top, top + rows) if number in at]
            if here and here[0] == top and (len(here) > 1 or columns > 1) and left < look.columnCount():
                self.setSpan(at[top], left, len(here), min(columns, look.columnCount() - left))
        self._measure()

    def _measure(self) -> None:
        look = theme.current()
        tokens = look.tokens
        self.setFont(look.font(Text.SECONDARY))
        self.setStyleSheet(
            f"QTableView {{ gridline-color: {tokens.line}; }} QHeaderView {{ background: {tokens.surface2}; }}"
            f"QHeaderView::section {{ background: {tokens.surface2}; color: {tokens.ink3}; border: 0; padding: 0 6px;"
            f" border-right: 1px solid {tokens.line}; border-bottom: 1px solid {tokens.line}; }}"
        )
        self.verticalHeader().setDefaultSectionSize(look.heights.dense_row)
        self.horizontalHeader().setFixedHeight(look.heights.dense_row)
        self.resizeColumnsToContents()
        for column in range(self.model().columnCount() if self.model() else 0):
            self.setColumnWidth(column, min(max(self.columnWidth(column) + 8, look.px(52)), look.px(220)))


class HeaderPicture(LookView):
    """The small picture in the side column: four rows, nothing to press."""

    ROWS = 4

    def __init__(self) -> None:
        super().__init__("识别到的表头")
        self.horizontalHeader().hide()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        """Return the height of the rows there are."""
        rows = self.model().rowCount() if self.model() else 0
        return QSize(theme.current().px(300), rows * theme.current().heights.dense_row + 3)

    def _measure(self) -> None:
        super()._measure()
        self.setFixedHeight(self.sizeHint().height())


class HeaderTable(LookView):
    """The large picture: a click or Space takes a row into the header or out of it."""

    pointed = Signal(tuple)

    def __init__(self) -> None:
        super().__init__("原表的前几行")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.clicked.connect(lambda index: self.toggle(index.row()))

    def header_rows(self) -> tuple[int, ...]:
        """Return the rows marked as the header."""
        model = self.model()
        return tuple(sorted(model.header_rows)) if isinstance(model, LookModel) else ()

    def clear_header(self) -> None:
        """Take the mark of a header away from every row."""
        model = self.model()
        if isinstance(model, LookModel):
            model.show_header(())

    def toggle(self, row: int) -> None:
        """Mark a row, or take the mark away; header rows always stand together and are three at most."""
        model = self.model()
        if not isinstance(model, LookModel) or not 0 <= row < len(model.rows):
            return
        number = model.rows[row][0]
        model.show_header(pointed(self.header_rows(), number))
        self.pointed.emit(self.header_rows())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Space and Enter mark the current row."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.toggle(self.currentIndex().row())
            return
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
            return
        super().keyPressEvent(event)


def pointed(before: Sequence[int], number: int) -> tuple[int, ...]:
    """Return the header rows after one was pointed at: it joins its neighbours, leaves them, or begins anew."""
    if number in before:
        left = tuple(row for row in before if row != number)
        return left if left and left[-1] - left[0] == len(left) - 1 else ()
    joined = tuple(sorted((*before, number)))
    together = joined[-1] - joined[0] == len(joined) - 1
    return joined if together and len(joined) <= TALLEST else (number,)


def header_words(rows: Sequence[int], first: int) -> str:
    """Return in words where the header was found and where the records begin."""
    if not rows:
        return f"没有表头，数据从第 {first} 行起。"
    above = f"第 1{f' 至 {rows[0] - 1}' if rows[0] > 2 else ''} 行是标题，" if rows[0] > 1 else ""
    said = "、".join(map(str, rows))
    joined = f"第 {said} 行合并为表头" if len(rows) > 1 else f"第 {said} 行是表头"
    return f"{above}{joined}，数据从第 {first} 行起。"


class HeaderPane(QWidget):
    """The step 识别表头: the rows large, with what was understood above them."""

    pointed = Signal(tuple)

    def __init__(self) -> None:
        super().__init__()
        self._title = Label("识别表头", Text.SECTION)
        self._note = Label("点一下（或按空格）表头所在的行；两行合并的表头把两行都点上。", Text.SECONDARY, "ink2")
        self._words = Label("", wraps=True)
        self.first, self.last = NumberEdit(1, LAST_ROW, at_once=True), NumberEdit(0, LAST_ROW, at_once=True)
        self._bare = Given((), 1)
        self.table = HeaderTable()
        self.table.pointed.connect(self._tell)
        self.headless = QCheckBox("这张表没有表头（按内容对应，请逐列核对）")
        self.headless.toggled.connect(self._without_header)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._note)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addWidget(self.headless)
        column.addLayout(self._records_line())
        column.addWidget(self.first.note)
        column.addWidget(self.last.note)
        column.addWidget(self._words)
        self.setFocusProxy(self.table)

    def _records_line(self) -> QHBoxLayout:
        """Make the line that says from which row to which the records stand."""
        for box, name in ((self.first, "数据从第几行起"), (self.last, "数据到第几行止，0 为到底")):
            box.setAccessibleName(name)
            box.setMinimumWidth(theme.current().px(96))
            box.valueChanged.connect(lambda _value: self._say(self.header_rows()))
        self.last.setSpecialValueText("到底")
        row = QHBoxLayout()
        row.setSpacing(8)
        for part in (Label("数据从第"), self.first, Label("行起，到第"), self.last, Label("行止")):
            row.addWidget(part)
        row.addStretch(1)
        return row

    def show_sheet(self, look: SheetLook, frame: Given | None, sealed: Collection[int]) -> None:
        """Show the rows of a sheet with header and records as they were found."""
        header_rows = frame.header_rows if frame else ()
        self._bare = frame_without_header(look)
        with QSignalBlocker(self.headless):
            self.headless.setChecked(frame is not None and not header_rows)
        self.first.setValue(frame.first_row if frame else 1)
        self.last.setValue((frame.last_row or 0) if frame else 0)
        self.table.show_look(LookModel(look, header_rows, sealed))
        if look.rows:
            at = next((place for place, (number, _w) in enumerate(look.rows) if number in header_rows), 0)
            self.table.setCurrentIndex(self.table.model().index(at, 0))
        self._say(tuple(header_rows))

    def keep_rows(self, count: int) -> None:
        """Keep so many rows in view, however low the window."""
        head = self.table.horizontalHeader().sizeHint().height()
        self.table.setMinimumHeight(head + count * theme.current().heights.dense_row)

    def header_rows(self) -> tuple[int, ...]:
        """Return the rows marked now."""
        return self.table.header_rows()

    def frame(self) -> Given | None:
        """Return where header and records stand as pointed out now; None while no header is known."""
        rows = self.header_rows()
        known = bool(rows) or self.headless.isChecked()
        return frame_from(rows, self.first.value(), self.last.value()) if known else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the hint out where it does not fit beside the title."""
        super().resizeEvent(event)
        self._note.setVisible(self.width() > self._title.sizeHint().width() + self._note.sizeHint().width() + 40)

    def _without_header(self, without: bool) -> None:
        """Take every mark of a header away, or wait for one to be pointed at."""
        if without:
            self.table.clear_header()
            self.first.setValue(self._bare.first_row)
        self._say(self.header_rows())
        self.pointed.emit(self.header_rows())

    def _tell(self, rows: tuple[int, ...]) -> None:
        if rows:
            with QSignalBlocker(self.headless):
                self.headless.setChecked(False)
            self.first.setValue(rows[-1] + 1)
        self._say(rows)
        self.pointed.emit(rows)

    def _say(self, rows: tuple[int, ...]) -> None:
        words = (
            header_words(rows, max(self.first.value(), rows[-1] + 1 if rows else 1))
            if rows or self.headless.isChecked()
            else "还没有指定表头：请点一下表头所在的行；没有表头就勾选“这张表没有表头”。"
        )
        self._words.setText(words)
        self.table.setAccessibleDescription(words)
