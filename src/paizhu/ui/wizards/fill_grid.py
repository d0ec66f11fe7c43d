"""A form as it looks, on the page 填报表样: what goes into each cell by shape and words, merged cells joined."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from paizhu.documents.books.book import letters
from paizhu.documents.forms.areas import ListArea
from paizhu.documents.forms.read import FormSheet
from paizhu.services.forms.wishes import LEAST, SURE, CellWish, ListWish, Wishes
from paizhu.services.forms.work import Worked
from paizhu.services.register_keys import register_of
from paizhu.ui import theme
from paizhu.ui.icons import Shape
from paizhu.ui.kit.guard import Guarded
from paizhu.ui.kit.pills import paint_mark
from paizhu.ui.kit.roles import Mark, MarkRole, Tone
from paizhu.ui.theme import Text

Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
_ROOT = QModelIndex()
_MOST_ROWS = 400
_COMPUTED = "（公式）"
FIGURE, LIST, WORDS, EMPTY, ASKED = "数字", "列表", "日期和落款", "空着", "请看一眼"
LEGEND = (
    Mark(Shape.DOT, FIGURE),
    Mark(Shape.BARS, LIST),
    Mark(Shape.CIRCLE, WORDS),
    Mark(Shape.DASH, EMPTY, Tone.QUIET),
    Mark(Shape.TRIANGLE, ASKED, Tone.AMBER),
)


class FormModel(Guarded, QAbstractTableModel):
    """One sheet of a form with what was worked out for it."""

    def __init__(self, sheet: FormSheet, wishes: Wishes, worked: Worked | None) -> None:
        super().__init__()
        self.sheet = sheet
        self._wishes = wishes
        self._worked = worked
        self._rows = min(sheet.grid.last_row, _MOST_ROWS)
        self._columns = sheet.grid.last_column + 1

    def show_worked(self, wishes: Wishes, worked: Worked) -> None:
        """Show other values in the same sheet."""
        self._wishes, self._worked = wishes, worked
        if self._rows and self._columns:
            self.dataChanged.emit(self.index(0, 0), self.index(self._rows - 1, self._columns - 1))

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else self._columns

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """Return letters above and numbers beside the cells."""
        if role != _ROLE.DisplayRole:
            return None
        return letters(section) if orientation is Qt.Orientation.Horizontal else str(section + 1)

    def place(self, index: Index) -> str:
        """Return the place of a cell in Excel's way, of a merged one its first."""
        row, column = self.sheet.grid.anchor(index.row() + 1, index.column())
        return f"{letters(column)}{row}"

    def area_at(self, index: Index) -> ListArea | None:
        """Return the list that a cell belongs to."""
        row = index.row() + 1
        return next((area for area in self.sheet.lists if area.first_row <= row <= area.last_row), None)

    def mark(self, index: Index) -> Mark | None:
        """Return what goes into a cell, as shape and words; None for what stands there already."""
        place, name = self.place(index), self.sheet.name
        if self._worked is not None and place in (told := self._worked.titles.get(name, {})):
            return Mark(Shape.CIRCLE, told[place])
        wish = self._wishes.cells.get((name, place))
        if wish is not None:
            return self._figure_mark(place, wish)
        area = self.area_at(index)
        return self._list_mark(area, index) if area is not None else None

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """Return words, mark and spoken words of a cell."""
        mark = self.mark(index)
        words = mark.words if mark else self._words(index)
        match role:
            case _ROLE.DisplayRole:
                return words
            case _ if role == MarkRole:
                return mark
            case _ROLE.ToolTipRole:
                return words or None
            case _ROLE.AccessibleTextRole:
                usual = "公式" if self._computed(index) else "原有文字"
                kind = next((each.words for each in LEGEND if mark and each.shape is mark.shape), usual)
                told = f"{self.place(index)}，{kind}"
                return told if words == kind else f"{told}：{words or '空'}"
            case _ROLE.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignCenter
        return None

    def _computed(self, index: Index) -> bool:
        return bool(self.sheet.grid.at(index.row() + 1, index.column()).formula)

    def _words(self, index: Index) -> str:
        cell = self.sheet.grid.at(index.row() + 1, index.column())
        if not cell.formula:
            return cell.words
        # What the form itself adds up is seen as it will be, so that the sheet can be read before it goes out.
        return (self._worked.totals.get((self.sheet.name, self.place(index))) if self._worked else None) or _COMPUTED

    def _figure_mark(self, place: str, wish: CellWish) -> Mark:
        behind = self._worked.cells.get((self.sheet.name, place)) if self._worked else None
        if not wish.code or behind is None:
            return Mark(Shape.DASH, EMPTY, Tone.QUIET)
        if wish.asked or wish.confidence < SURE:
            return Mark(Shape.TRIANGLE, behind.words, Tone.AMBER)
        return Mark(Shape.DOT, behind.words)

    def _list_mark(self, area: ListArea, index: Index) -> Mark | None:
        letter = letters(index.column())
        wish = self._wishes.lists.get((self.sheet.name, area.first_row), ListWish())
        if index.column() == area.ordinal or index.column() in area.formulas:
            return None
        if not any(column.letters == letter for column in area.columns):
            return None
        behind = self._worked.cells.get((self.sheet.name, self.place(index))) if self._worked else None
        if behind is not None:
            return Mark(Shape.DOT, behind.words)
        if letter not in wish.columns or (wish.confidence < LEAST and not wish.over):
            return Mark(Shape.DASH, EMPTY if index.row() + 1 == area.first_row else "", Tone.QUIET)
        label = register_of(wish.register).field(wish.columns[letter]).label
        first = index.row() + 1 == area.first_row
        amber = wish.asked and wish.confidence < SURE
        return Mark(Shape.TRIANGLE if amber else Shape.BARS, label if first else "", Tone.AMBER if amber else Tone.DONE)


class _CellDelegate(Guarded, QStyledItemDelegate):
    """Paints what goes in with its shape on a soft ground, and the cell in hand with the focus ring."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        look = theme.current()
        mark = index.data(MarkRole)
        rect = QRectF(option.rect)  # type: ignore[attr-defined]  # the stubs leave out the fields of style options
        state = option.state  # type: ignore[attr-defined]  # as above
        painter.save()
        if isinstance(mark, Mark):
            painter.fillRect(rect, look.colour("amber_soft" if mark.tone is Tone.AMBER else "sel"))
            if mark.words:
                paint_mark(painter, rect.adjusted(4, 0, -2, 0), mark, text=Text.SECONDARY)
        else:
            painter.setPen(look.colour("ink2"))
            painter.setFont(look.font(Text.SECONDARY))
            painter.drawText(
                rect.adjusted(3, 0, -3, 0),
                int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap),
                str(index.data() or ""),
            )
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(look.colour("slate"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.restore()


class FormView(QTableView):
    """The sheet; `pointed` follows the cell in hand, `choose_asked` Enter, F2 or a double click on it."""

    pointed = Signal()
    choose_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("表样")
        self.setProperty("frame", "box")
        self.setItemDelegate(_CellDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().setHighlightSections(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.doubleClicked.connect(lambda _index: self.choose_asked.emit())
        theme.current().follow(self, self._measure)

    def form(self) -> FormModel | None:
        """Return the model shown."""
        model = self.model()
        return model if isinstance(model, FormModel) else None

    def show_form(self, model: FormModel) -> None:
        """Show another sheet, at the first cell that something goes into."""
        old = self.model()
        self.setModel(model)
        if old:
            old.deleteLater()
        model.setParent(self)
        self.selectionModel().currentChanged.connect(lambda _now, _before: self.pointed.emit())
        self.clearSpans()
        for merge in model.sheet.grid.merges:
            if merge.top <= model.rowCount() and merge.left < model.columnCount():
                rows = min(merge.bottom, model.rowCount()) - merge.top + 1
                columns = min(merge.right, model.columnCount() - 1) - merge.left + 1
                if rows * columns > 1:
                    self.setSpan(merge.top - 1, merge.left, rows, columns)
        for row in range(model.rowCount()):
            self.setRowHidden(row, row + 1 in model.sheet.grid.hidden_rows)
        for column in range(model.columnCount()):
            self.setColumnHidden(column, column in model.sheet.grid.hidden_columns)
        self._measure()
        first = min(
            (area.first_row for area in model.sheet.areas),
            default=1,
        )
        for row in range(first - 1, model.rowCount()):
            for column in range(model.columnCount()):
                if model.mark(model.index(row, column)) is not None:
                    self.setCurrentIndex(model.index(row, column))
                    return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter and F2 go to the choice beside the form."""
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
        if event.key() in keys and not event.modifiers():
            self.choose_asked.emit()
            return
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
            return
        super().keyPressEvent(event)

    def _measure(self) -> None:
        look, model = theme.current(), self.form()
        tokens = look.tokens
        self.setFont(look.font(Text.SECONDARY))
        self.setStyleSheet(
            f"QTableView {{ gridline-color: {tokens.line}; background: {tokens.surface}; }}"
            f"QHeaderView {{ background: {tokens.surface2}; }}"
            f"QHeaderView::section {{ background: {tokens.surface2}; color: {tokens.ink3}; border: 0; padding: 0 6px;"
            f" border-right: 1px solid {tokens.line}; border-bottom: 1px solid {tokens.line}; }}"
        )
        self.verticalHeader().setDefaultSectionSize(look.heights.dense_row)
        self.horizontalHeader().setFixedHeight(look.heights.dense_row)
        for column in range(model.columnCount() if model else 0):
            assert model is not None
            width = model.sheet.grid.widths.get(column, 9)
            self.setColumnWidth(column, min(max(look.px(width * 8), look.px(64)), look.px(280)))
