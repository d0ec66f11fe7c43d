"""期限月历: every deadline in its day; a day lists its tasks, and each opens the step to take."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from paizhu.base.dates import WEEKDAYS
from paizhu.rules.calendar import UNPUBLISHED
from paizhu.services.deadlines.control_sheet import narrowed_words
from paizhu.services.deadlines.task import Task
from paizhu.ui import theme
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.card import Card
from paizhu.ui.kit.chips import ChipBar
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.scrolled import scrolling
from paizhu.ui.pages.day.deadline_grid import DeadlineGrid
from paizhu.ui.pages.day.sheet_strip import SheetStrip
from paizhu.ui.pages.day.task_table import ALL, TaskTable, kind_chips, kind_words, of_kind
from paizhu.ui.pages.day.today_model import DayModel
from paizhu.ui.pages.frame import CardSplit, PageFrame
from paizhu.ui.register.flow_layout import FlowLayout
from paizhu.ui.rereading import Rereading
from paizhu.ui.theme import Text
from paizhu.ui.when_seen import WhenSeen

_MONTHS = 12
_DAY_SHARE = 5
_LIST_SHARE = 4


class DeadlinesPage(PageFrame):
    """A month of deadlines beside the list of the day in hand, for one kind of work or for all."""

    status = Signal(str)
    draft_made = Signal(object)
    """A paper to be shown before it is printed."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("期限月历", "每天到期的事；放假、补班按工作日历标出", scrolls=False, parent=parent)
        self._context = context
        self._tasks: list[Task] = []
        self._kind = ALL
        self._wish: tuple[str, int, str] | None = None
        self._reading = Rereading(context.tasks, context.office.today.due, self._take)
        today = context.office.desk.today
        self.year, self.month = today.year, today.month
        self._at = today
        self.sheet = SheetStrip(context)
        self.sheet.drafted.connect(self.draft_made)
        self.print_button = Button("打印期限控制表", icon="print", shortcut="Ctrl+P")
        self.print_button.clicked.connect(lambda: self.run("print"))
        self.export_button = Button("导出控制表", icon="export", shortcut="Ctrl+E")
        self.export_button.clicked.connect(lambda: self.run("export"))
        for button in (self.print_button, self.export_button):
            self.head.addWidget(button)
        self.body.addWidget(self.sheet)
        halves = CardSplit(Qt.Orientation.Horizontal)
        self._month = scrolling(self._month_card())
        halves.addWidget(self._month)
        halves.addWidget(self._day_card())
        halves.setStretchFactor(0, _DAY_SHARE)
        halves.setStretchFactor(1, _LIST_SHARE)
        self.body.addWidget(halves, 1)
        theme.current().follow(self, self._measure)
        self._measure()
        self.sheet.left.connect(self.grid.setFocus)
        self.setFocusProxy(self.grid)
        seen = WhenSeen(self, self.read)
        context.events.changed.connect(seen.ask)
        context.events.settings_changed.connect(seen.ask)
        self.show_month(self.year, self.month, today)
        self.read()

    # --- going about -------------------------------------------------------------------------------------------

    def show_kind(self, kind: str) -> None:
        """Narrow to a kind of work, as the page of the day was narrowed."""
        self._kind = kind or ALL
        self._show()

    def show_month(self, year: int, month: int, at: date | None = None) -> None:
        """Show a month, standing on a day of it."""
        self.year, self.month = year, month
        self.title.setText(f"{year} 年 {month} 月")
        self.grid.show_days(self._context.office.calendar_days.month(year, month), at)
        known = self._context.office.desk.calendar.covers(year)
        self.provisional.setText("" if known else f"{year} 年{UNPUBLISHED}")
        self.provisional.setVisible(not known)
        self._show_day()
        self._show_counts()

    def turn(self, by: int) -> None:
        """Go some months on or back, staying on the same number of day where there is one."""
        at = self.year * _MONTHS + self.month - 1 + by
        year, month = at // _MONTHS, at % _MONTHS + 1
        days = [day.day for day in self._context.office.calendar_days.month(year, month)]
        self.show_month(year, month, days[min(self._at.day, len(days)) - 1])

    def go_to(self, day: date) -> None:
        """Stand on a day, in whatever month it lies."""
        self.show_month(day.year, day.month, day)

    def place(self) -> object:
        """Return the day in hand, the kind of work, and the line of the list."""
        return self._at, self._kind, self.table.line()

    def return_to(self, place: object) -> None:
        """Stand on the day and the line that were in hand."""
        if not isinstance(place, tuple):
            return
        day, kind, line = place
        self._kind = kind or ALL
        self._show()
        self._wish = line
        self.go_to(day)
        if line:
            self.table.setFocus()

    def current(self) -> Task | None:
        """Return the task in hand."""
        return self.table.current()

    def run(self, action: str) -> bool:
        """Answer a key of the window; True when it was taken."""
        match action.rpartition(".")[2]:
            case "print":
                self.sheet.print_sheet(self.shown(), self._narrowed())
            case "export":
                self.sheet.export_sheet(self.shown(), self._narrowed())
            case "complete" | "primary" | "open":
                return self.table.open_line(self.table.currentIndex().row())
            case _:
                return False
        return True

    def shown(self) -> list[Task]:
        """Return the deadlines the filter lets through, of every month."""
        return of_kind(self._tasks, self._kind)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc go from the list of a day back to the month."""
        if event.key() == Qt.Key.Key_Escape and self.table.hasFocus():
            self.grid.setFocus()
        else:
            super().keyPressEvent(event)

    def read(self) -> None:
        """Read every deadline again, away from the window."""
        self._reading.ask()

    # --- the machine -----------------------------------------------------------------------------------------

    def _take(self, tasks: Sequence[Task]) -> None:
        self._tasks = list(tasks)
        self._show()

    def _show(self) -> None:
        self.kinds.show_chips(kind_chips(self._tasks), self._kind)
        due: dict[date, list[Task]] = {}
        for task in self.shown():
            due.setdefault(task.due, []).append(task)
        self.grid.deadlines.show_due(due)
        self._show_day()
        self._show_counts()

    def _show_counts(self) -> None:
        shown = self.shown()
        first = date(self.year, self.month, 1)
        here = [task for task in shown if (task.due.year, task.due.month) == (self.year, self.month)]
        before = [task for task in shown if task.due < first and task.overdue]
        self.earlier.setVisible(bool(before))
        words = f"更早超期 {len(before)} 件"
        self.earlier.setText(words)
        self.earlier.setAccessibleName(words)
        late = sum(task.overdue for task in here)
        self.status.emit(f"本月到期 {len(here)} 件" + (f" · 超期 {late} 件" if late else ""))

    def _go_earlier(self) -> None:
        first = date(self.year, self.month, 1)
        days = [task.due for task in self.shown() if task.due < first and task.overdue]
        if days:
            self.go_to(max(days))
            self.grid.setFocus()

    def _picked(self) -> None:
        day = self.grid.day_in_hand()
        if day and day != self._at:
            self._at = day
            self._show_day()

    def _show_day(self) -> None:
        day = self._at = self.grid.day_in_hand() or self._at
        known = next(each for each in self._context.office.calendar_days.month(day.year, day.month) if each.day == day)
        tasks = [task for task in self.shown() if task.due == day]
        worked = "" if known.why == "工作日" else f"{known.why}，"
        counted = f"到期 {len(tasks)} 件" if tasks else "没有到期的事"
        self.day.set_note(f"{day.month} 月 {day.day} 日 周{WEEKDAYS[day.weekday()]}，{worked}{counted}")
        line, self._wish = self._wish or self.table.line(), None
        self.table.show_tasks(DayModel(tasks, int(self._context.office.desk.setting("soon_days"))), line)
        self._stack.setCurrentWidget(self.table if tasks else self._nothing)

    def _narrowed(self) -> str:
        return narrowed_words(kind_words(self._kind), None, self._context.office.desk.today)

    def _to_list(self) -> None:
        """Go into the list of the day in hand; an empty one leaves the cursor where it is."""
        if self._stack.currentWidget() is self.table:
            self.table.setFocus()

    def _measure(self) -> None:
        look = theme.current()
        self._month.setMinimumWidth(look.px(470) + self._month.verticalScrollBar().sizeHint().width())
        # At the largest font seven days of the month leave this little.
        self.day.setMinimumWidth(look.px(150))

    def _month_card(self) -> Card:
        card = Card("月历", plain_head=True)
        self.title = Label("", Text.SECTION)
        self.provisional = Label("", Text.SECONDARY, "amber")
        self.earlier = Button("", Look.LINK, size=Size.SMALL)
        self.earlier.clicked.connect(self._go_earlier)
        self.before, self.after = (
            Button("上月", icon="chevron-left", shortcut="PgUp"),
            Button("下月", icon="chevron-right", shortcut="PgDn"),
        )
        self.now = Button("今天")
        self.before.clicked.connect(lambda: self.turn(-1))
        self.after.clicked.connect(lambda: self.turn(1))
        self.now.clicked.connect(lambda: self.go_to(self._context.office.desk.today))
        self.kinds = ChipBar(more=False)
        self.kinds.chosen.connect(self.show_kind)
        # At a large font the buttons go on in a second line.
        head = FlowLayout(gap=8)
        for part in (self.title, self.now, self.before, self.after, self.provisional, self.earlier):
            head.addWidget(part)
        self.grid = DeadlineGrid()
        self.grid.page_asked.connect(self.turn)
        self.grid.opened.connect(self._to_list)
        self.grid.picked.connect(self._picked)
        self.grid.doubleClicked.connect(lambda _index: self._to_list())
        card.set_corner(self.kinds)
        card.body.addLayout(head)
        card.body.addWidget(self.grid, 1)
        return card

    def _day_card(self) -> Card:
        card = self.day = Card("这一天")
        card.fill()
        self.table = TaskTable("这一天要办的事", self._context)
        self._nothing = Label("用方向键换一天，PgUp、PgDn 换月。", ink="ink2", wraps=True)
        self._nothing.setContentsMargins(16, 12, 16, 12)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._nothing)
        card.body.addWidget(self._stack, 1)
        return card
