"""One month as a grid of days: worked or not in words, moved over by the arrow keys, several chosen with Shift."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from paizhu.base import clock
from paizhu.rules.calendar import short_name
from paizhu.services.own_rules.calendar_days import Day
from paizhu.ui import theme
from paizhu.ui.kit.guard import Guarded
from paizhu.ui.kit.roles import RowRole
from paizhu.ui.kit.row_header import RowHeader
from paizhu.ui.kit.scrolled import show_part
from paizhu.ui.theme import Text

Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
_NAMES = "一二三四五六日"
_WEEKS, _DAYS = 6, 7
_PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


def words_of(day: Day) -> str:
    """Return the few words under a day's number; a plain weekday needs none."""
    if day.own == "unit" and not day.working:
        return "休 · 本单位"
    name = short_name(day.why.removesuffix("放假").removesuffix("补班"))
    if not day.working:
        return "休" if day.why in ("周末", "放假") else f"休 · {name}"
    if day.why.endswith("补班"):
        return f"班 · {name}" if name else "班"
    return ""


class MonthModel(Guarded, QAbstractTableModel):
    """The days of a month in weeks from Monday on; cells before the first and after the last are empty."""

    def __init__(self) -> None:
        super().__init__()
        self._days: list[Day] = []
        self._first = 0

    def show_days(self, days: Sequence[Day]) -> None:
        """Show a month."""
        self.beginResetModel()
        self._days = list(days)
        self._first = days[0].day.weekday() if days else 0
        self.endResetModel()

    def day(self, index: Index) -> Day | None:
        """Return the day in a cell."""
        at = index.row() * _DAYS + index.column() - self._first
        return self._days[at] if index.isValid() and 0 <= at < len(self._days) else None

    def place(self, day: date) -> QModelIndex:
        """Return the cell of a day of this month."""
        at = self._first + day.day - 1
        return self.index(at // _DAYS, at % _DAYS)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return six weeks, which every month fits into, so that nothing jumps."""
        return 0 if parent.isValid() else _WEEKS

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Return the days of a week."""
        return 0 if parent.isValid() else _DAYS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """Return the weekday over a column."""
        if orientation is Qt.Orientation.Horizontal and role == _ROLE.DisplayRole:
            return f"周{_NAMES[section]}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let only days be chosen."""
        if self.day(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """Return the number, the day itself, or the whole sentence for a screen reader."""
        day = self.day(index)
        if day is None:
            return None
        match role:
            case _ROLE.DisplayRole:
                return str(day.day.day)
            case _ROLE.ToolTipRole | _ROLE.AccessibleTextRole:
                own = "，您标的" if day.own else ""
                worked = "上班" if day.working else "不上班"
                return f"{day.day.month} 月 {day.day.day} 日 周{_NAMES[day.day.weekday()]}，{day.why}，{worked}{own}"
        return day if role == RowRole else None


class DayDelegate(Guarded, QStyledItemDelegate):
    """Paints the ground of a day, and in it what `paint_day` paints: its number and its words."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a cell: empty ones outside the month, the chosen one, and the focus around it."""
        look = theme.current()
        rect: QRect = option.rect  # type: ignore[attr-defined]  # the binding does not declare it
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]  # the binding does not declare it
        painter.save()
        day = index.data(RowRole)
        if not isinstance(day, Day):
            painter.fillRect(rect, look.colour("surface"))
            painter.restore()
            return
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, look.colour("sel" if selected else "surface" if day.working else "surface2"))
        painter.setPen(QPen(look.colour("line1"), 1))
        # One line between two days, not the edges of both.
        painter.drawRect(rect.adjusted(-1 if index.column() else 0, -1 if index.row() else 0, -1, -1))
        inside = QRectF(rect).adjusted(look.px(8), look.px(4), -look.px(6), -look.px(4))
        self.paint_day(painter, inside, day, index)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(look.colour("slate"), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def paint_day(self, painter: QPainter, inside: QRectF, day: Day, _index: Index) -> None:
        """Paint the number of a day and the few words under it."""
        look = theme.current()
        self.paint_number(painter, inside, day)
        small = look.font(Text.SECONDARY, bold=day.own is not None)
        painter.setFont(small)
        painter.setPen(look.colour("slate" if day.working else "ink2"))
        words = QFontMetrics(small).elidedText(words_of(day), Qt.TextElideMode.ElideRight, int(inside.width()))
        painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, words)

    @staticmethod
    def paint_number(painter: QPainter, inside: QRectF, day: Day) -> None:
        """Paint the number, bold and named on the day of today, and whether the officer marked the day."""
        look = theme.current()
        today = day.day == clock.today()
        painter.setFont(look.font(bold=today))
        painter.setPen(look.colour("ink" if day.working else "ink2"))
        number = f"{day.day.day}" + (" 今天" if today else "")
        painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, number)
        if day.own:
            font = look.font(Text.SECONDARY)
            painter.setFont(font)
            painter.setPen(look.colour("ink2"))
            painter.drawText(inside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, "自录")


class MonthGrid(QTableView):
    """The grid; `page_asked` follows PgUp and PgDn, `opened` Enter and Space, `picked` a change of the choice."""

    page_asked = Signal(int)
    opened = Signal()
    picked = Signal()

    def __init__(self, days: MonthModel | None = None) -> None:
        super().__init__()
        self.days = days or MonthModel()
        head = RowHeader(self)
        head.setSectionsMovable(False)
        head.setSectionsClickable(False)
        self.setHorizontalHeader(head)
        self.setModel(self.days)
        self.setItemDelegate(DayDelegate(self))
        self.setAccessibleName("月历")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.selectionModel().selectionChanged.connect(lambda *_: self.picked.emit())
        theme.current().follow(self, self._measure)
        self._measure()

    def show_days(self, days: Sequence[Day], at: date | None = None) -> None:
        """Show a month, standing on a day of it."""
        self.days.show_days(days)
        if days:
            wished = at if at and any(day.day == at for day in days) else days[0].day
            self.setCurrentIndex(self.days.place(wished))

    def chosen(self) -> list[date]:
        """Return the chosen days in order."""
        found = [self.days.day(index) for index in self.selectedIndexes()]
        return sorted(day.day for day in found if day)

    def choose(self, day: date) -> None:
        """Stand on a day of the month that is shown."""
        self.setCurrentIndex(self.days.place(day))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn the page with PgUp and PgDn; Enter goes on to what the day should be."""
        key = Qt.Key(event.key())
        if key in _PAGES:
            self.page_asked.emit(_PAGES[key])
        elif key in _OPENING and not event.modifiers():
            self.opened.emit()
        else:
            super().keyPressEvent(event)
            # In a low window the month stands in a pane that scrolls: the day is to be seen there too.
            show_part(self.viewport(), self.visualRect(self.currentIndex()))

    def _measure(self) -> None:
        look = theme.current()
        line = QFontMetrics(look.font()).height() + QFontMetrics(look.font(Text.SECONDARY)).height()
        self.setMinimumHeight(_WEEKS * (line + look.px(8)) + look.heights.header)
        self.setMinimumWidth(_DAYS * look.px(46))
        self.viewport().update()
