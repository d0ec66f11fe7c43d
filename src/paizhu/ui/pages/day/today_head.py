"""The top of the page of the day: the date, how many things are to be done, and how the calendar stands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from paizhu.base import clock
from paizhu.base.dates import WEEKDAYS
from paizhu.services.deadlines.agenda import Week
from paizhu.services.deadlines.task import Task
from paizhu.ui import theme
from paizhu.ui.icons import Shape
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.label import ElidedLabel, Label
from paizhu.ui.kit.pills import MarkLabel
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.theme import Text

_ROOMY, _BOTH = 650, 1060


class TodayHead(QWidget):
    """Counts that equal the rows below; `month_asked` opens the month of deadlines."""

    month_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title = Label("", Text.TITLE)
        self.count = Label("", ink="ink2")
        self.late = MarkLabel(Mark(Shape.DIAMOND, "", Tone.ACCENT))
        self._comma = Label("、", ink="ink2")
        self.due = MarkLabel(Mark(Shape.TRIANGLE, "", Tone.AMBER))
        self.rest = ElidedLabel("", Text.BODY, "ink2")
        self._calendar = ElidedLabel("", Text.SECONDARY, "ink2")
        self._urgent = False
        self.month = Button("期限月历", Look.LINK, shortcut="Ctrl+M", size=Size.SMALL)
        self.month.setToolTip("Ctrl+M")
        self.month.clicked.connect(self.month_asked)
        said = QHBoxLayout()
        said.setSpacing(0)
        for part in (self.count, self.late, self._comma, self.due, self.rest):
            said.addWidget(part)
        for part in (self.count, self.late, self._comma, self.due):
            part.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        # A mark without its number would say that something is late; there may be nothing to read at all.
        for part in (self.late, self._comma, self.due):
            part.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.title)
        row.addSpacing(8)
        row.addLayout(said)
        row.addStretch(1)
        row.addWidget(self._calendar)
        row.addWidget(self.month)
        self.show_day()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the key of the month to its hint where the words of the day need the room."""
        super().resizeEvent(event)
        roomy = self.width() >= theme.current().px(_ROOMY)
        self.month.setText("期限月历 Ctrl+M" if roomy else "期限月历")
        self._give_way()

    def _give_way(self) -> None:
        self._calendar.setVisible(self._urgent or self.width() >= theme.current().px(_BOTH))

    def show_day(self) -> None:
        """Show which day it is."""
        today = clock.today()
        self.title.setText(f"{today.month} 月 {today.day} 日 星期{WEEKDAYS[today.weekday()]}")

    def show_calendar(self, words: str, *, urgent: bool) -> None:
        """Show on which calendar the days are counted; where all is well, only beside what the day holds in full."""
        self._calendar.set_words(words)
        self._urgent = urgent
        self._give_way()

    def show_counts(self, tasks: Sequence[Task], week: Week) -> str:
        """Show the counts of the rows, and what the week still holds; return the short form for the status bar."""
        late = sum(task.overdue for task in tasks)
        due = sum(task.due_today for task in tasks)
        still = [each for each in week.appointments if each.day >= clock.today()]
        meetings = sum(each.is_meeting for each in still)
        talks = len(still) - meetings
        comes = [f"会议 {meetings} 次" if meetings else "", f"谈话 {talks} 次" if talks else ""]
        comes = [words for words in comes if words]
        self.count.setText(f"待办 {len(tasks)} 件" + ("，其中 " if late or due else "。"))
        self.late.set_mark(Mark(Shape.DIAMOND, f"超期 {late} 件", Tone.ACCENT))
        self.due.set_mark(Mark(Shape.TRIANGLE, f"今天 {due} 件", Tone.AMBER))
        self.late.setVisible(bool(late))
        self.due.setVisible(bool(due))
        self._comma.setVisible(bool(late and due))
        end = "。" if late or due else ""
        comes_when = f"{week.words}{'还' if week.running else ''}有"
        self.rest.set_words(end + (f"{comes_when}{'、'.join(comes)}。" if comes else ""))
        return f"待办 {len(tasks)} 件" + (f" · 超期 {late} 件" if late else "")
