"""A month of deadlines: what falls due stands in its day, days off and make-up days are marked, arrows walk over it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView

from paizhu.base import clock
from paizhu.services.deadlines.task import Task
from paizhu.services.own_rules.calendar_days import Day
from paizhu.ui import theme
from paizhu.ui.icons import Shape
from paizhu.ui.kit.pills import paint_mark
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.pages.day.month_grid import DayDelegate, Index, MonthGrid, MonthModel, words_of
from paizhu.ui.pages.day.today_model import task_words
from paizhu.ui.register.words import deadline_mark
from paizhu.ui.theme import Text

_ROLE = Qt.ItemDataRole
TASKS_ROLE = _ROLE.UserRole + 71
_LOUDEST = ("overdue", "today", "soon", "later")


class DeadlineModel(MonthModel):
    """The days of a month with what falls due on each."""

    def __init__(self) -> None:
        super().__init__()
        self.due: Mapping[date, Sequence[Task]] = {}

    def show_due(self, due: Mapping[date, Sequence[Task]]) -> None:
        """Show what falls due; days without anything are left out of the mapping."""
        self.due = due
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """Return what a plain month tells of a day, and its tasks; the sentence of a day counts and names them."""
        found = super().data(index, role)
        day = self.day(index)
        if day is None:
            return found
        tasks = self.due.get(day.day, ())
        if role == TASKS_ROLE:
            return tuple(tasks)
        if role in (_ROLE.AccessibleTextRole, _ROLE.ToolTipRole) and tasks:
            named = "\n".join(f"{task.standing.short}　{task_words(task)}" for task in tasks)
            return f"{found}，到期 {len(tasks)} 件\n{named}"
        return found


class DeadlineDelegate(DayDelegate):
    """Paints a day with its first deadlines; those without room are counted."""

    def paint_day(self, painter: QPainter, inside: QRectF, day: Day, index: Index) -> None:
        """Paint the number, the words of the day beside it, and the deadlines below."""
        look = theme.current()
        self.paint_number(painter, inside, day)
        small = look.font(Text.SECONDARY, bold=day.own is not None)
        metrics = QFontMetrics(small)
        painter.setFont(small)
        painter.setPen(look.colour("slate" if day.working else "ink2"))
        number = f"{day.day.day} 今天 " if day.day == clock.today() else f"{day.day.day} "
        room = inside.width() - QFontMetrics(look.font(bold=True)).horizontalAdvance(number)
        words = words_of(day)
        # Where the holiday has no room, 休 or 班 alone still tells the day.
        words = words if metrics.horizontalAdvance(words) <= room else words[:1]
        painter.drawText(inside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, words)
        tasks: Sequence[Task] = index.data(TASKS_ROLE) or ()
        if tasks:
            self._paint_tasks(painter, inside, tasks, QFontMetrics(look.font()).height() + look.px(2))

    @staticmethod
    def _paint_tasks(painter: QPainter, inside: QRectF, tasks: Sequence[Task], below: int) -> None:
        look = theme.current()
        height = QFontMetrics(look.font(Text.SECONDARY)).height() + look.px(1)
        room = max(int((inside.height() - below) // height), 1)
        shown = tasks if len(tasks) <= room else tasks[: room - 1]
        for at, task in enumerate(shown):
            mark = deadline_mark(task)
            line = QRectF(inside.left(), inside.top() + below + at * height, inside.width(), height)
            paint_mark(painter, line, Mark(mark.shape, task.title or task.what, mark.tone), text=Text.SECONDARY)
        if len(shown) < len(tasks):
            rest = tasks[len(shown) :]
            loudest = min(rest, key=lambda task: _LOUDEST.index(task.state))
            mark = deadline_mark(loudest)
            words = f"另 {len(rest)} 件" if shown else f"{len(rest)} 件"
            line = QRectF(inside.left(), inside.top() + below + len(shown) * height, inside.width(), height)
            shape, tone = (mark.shape, mark.tone) if mark.tone is not Tone.PLAIN else (Shape.CIRCLE, Tone.PLAIN)
            paint_mark(painter, line, Mark(shape, words, tone), text=Text.SECONDARY)


class DeadlineGrid(MonthGrid):
    """The grid of a month's deadlines; one day is in hand, `opened` goes on to its list."""

    def __init__(self) -> None:
        self.deadlines = DeadlineModel()
        super().__init__(self.deadlines)
        self.setItemDelegate(DeadlineDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAccessibleName("期限月历")

    def day_in_hand(self) -> date | None:
        """Return the day that is chosen."""
        return next(iter(self.chosen()), None)
