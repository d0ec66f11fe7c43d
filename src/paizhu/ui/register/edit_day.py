"""The editor for days and moments: words as officers type them, and a small calendar for those who point."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QDate, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QMenu, QToolButton, QVBoxLayout, QWidget, QWidgetAction

from paizhu.base import clock, dates, values
from paizhu.base.field import Field, FieldKind
from paizhu.base.month_only import first_day
from paizhu.base.reading import ReadingError
from paizhu.base.values import Reading
from paizhu.ui import theme
from paizhu.ui.icons import icon
from paizhu.ui.kit.line_mark import LineMark
from paizhu.ui.register.edit_text import LineEditor

_HINT = "打开日历（Alt+↓）"
_WEEKEND = (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday)
_ARROWS = {"qt_calendar_prevmonth": ("chevron-left", "上个月"), "qt_calendar_nextmonth": ("chevron-right", "下个月")}


class MonthView(QCalendarWidget):
    """A month in the colours of the program: red is kept for what is overdue, and weekends are only quieter."""

    def __init__(self) -> None:
        super().__init__()
        look = theme.current()
        head = QTextCharFormat()
        head.setForeground(look.colour("ink2"))
        head.setBackground(look.colour("surface2"))
        self.setHeaderTextFormat(head)
        quiet = QTextCharFormat()
        quiet.setForeground(look.colour("ink3"))
        for day in _WEEKEND:
            self.setWeekdayTextFormat(day, quiet)
        for name, (drawing, words) in _ARROWS.items():
            button = self.findChild(QToolButton, name)
            if isinstance(button, QToolButton):
                button.setIcon(icon(drawing))
                button.setAccessibleName(words)
                button.setToolTip(words)

    def paintCell(self, painter: QPainter, rect: QRect, day: QDate | date) -> None:
        """Paint a day that cannot be chosen so that nobody tries to."""
        shown = QDate(day.year, day.month, day.day) if isinstance(day, date) else day
        if self.minimumDate() <= shown <= self.maximumDate():
            super().paintCell(painter, rect, shown)
            return
        painter.save()
        painter.setPen(theme.current().colour("line"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(shown.day()))
        painter.restore()


class DayEditor(LineEditor):
    """A line that understands `3.5` and `+15工作日`; Alt+↓ opens the calendar."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.mark = LineMark(self.line, "calendar", _HINT, self.open_calendar)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the calendar by the keyboard."""
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    def open_calendar(self) -> QMenu:
        """Show the month of the day typed, or this month."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = self.month()
        calendar.activated.connect(lambda day: self._choose(day, menu))
        calendar.clicked.connect(lambda day: self._choose(day, menu))
        holder = QWidget()
        QVBoxLayout(holder).addWidget(calendar)
        action = QWidgetAction(menu)
        action.setDefaultWidget(holder)
        menu.addAction(action)
        menu.popup(self.line.mapToGlobal(QPoint(0, self.line.height())))
        calendar.setFocus()
        return menu

    def month(self) -> QCalendarWidget:
        """Return a calendar that stands on the day typed, or on today; that of a fact ends today."""
        calendar = MonthView()
        calendar.setAccessibleName(f"{self.field.label}：日历")
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        today = clock.today()
        if self.field.dated.planned is False:
            calendar.setMaximumDate(QDate(today.year, today.month, today.day))
        typed = self._typed() or today
        calendar.setSelectedDate(QDate(typed.year, typed.month, typed.day))
        return calendar

    def _typed(self) -> date | datetime | None:
        try:
            typed = values.parse(self.field, self.line.text(), Reading(clock.today(), typed_now=True))
        except ReadingError:
            return None
        if not isinstance(typed, date):
            return None
        return first_day(typed) if self.field.dated.month_will_do else typed

    def _choose(self, day: QDate, menu: QMenu) -> None:
        """Take a day; the time that stood there stays."""
        chosen = date(day.year(), day.month(), day.day())
        before = self._typed()
        if self.field.kind is FieldKind.MOMENT and isinstance(before, datetime):
            self.write_over(dates.show_moment(datetime.combine(chosen, before.time())))
        else:
            self.write_over(dates.show_day(chosen))
        menu.close()
        self.edited.emit()
        self.left.emit()
