"""今日: what is due, why, and what to press next; opening a line and coming back ends at the same line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from paizhu.base import clock, dates
from paizhu.services.deadlines import agenda
from paizhu.services.deadlines.agenda import Week
from paizhu.services.deadlines.control_sheet import narrowed_words
from paizhu.services.deadlines.snooze import PutOff
from paizhu.services.deadlines.task import Task
from paizhu.services.duties import coverage
from paizhu.services.duties.coverage import Cover
from paizhu.services.forms.schedule import Plan
from paizhu.ui import theme
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.card import Card
from paizhu.ui.kit.chips import ChipBar
from paizhu.ui.kit.empty import EmptyState
from paizhu.ui.kit.scrolled import scrolling
from paizhu.ui.kit.segments import Segments
from paizhu.ui.pages.day.sheet_strip import SheetStrip
from paizhu.ui.pages.day.task_table import ALL, TaskTable, kind_chips, kind_words, of_kind
from paizhu.ui.pages.day.today_head import TodayHead
from paizhu.ui.pages.day.today_model import TodayModel
from paizhu.ui.pages.day.today_quick import QuickLine
from paizhu.ui.pages.day.today_side import TodaySide
from paizhu.ui.pages.day.today_snooze import SnoozeStrip
from paizhu.ui.rereading import Rereading
from paizhu.ui.when_seen import WhenSeen

NEW = 0
"""Record number that asks for a new record of a register."""
_RANGES = ((ALL, "全部"), ("7", "7 天内"), ("30", "30 天内"))
_NARROW = 1000
_SIDE = 384
_LEAST_ROWS = 4


@dataclass(frozen=True)
class TodayPlace:
    """Where the officer stood: the line, and what the list was narrowed to."""

    line: tuple[str, int, str] | None
    kind: str
    span: str
    scroll: int


@dataclass(frozen=True)
class _Read:
    tasks: list[Task]
    quiet: list[PutOff]
    week: Week
    covers: list[Cover]
    calendar: str
    estimated: bool
    forms: list[Plan]


class TodayPage(QWidget):
    """Everything with a due day from all registers, overdue first."""

    status = Signal(str)
    deadlines_asked = Signal(str)
    page_asked = Signal(str)
    """The month of deadlines is wished for, narrowed to a kind of work."""
    draft_made = Signal(object)
    """A paper to be shown before it is printed."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._tasks: list[Task] = []
        self._quiet: list[Task] = []
        self._read_on = clock.today()
        self._ready = False
        self._reading = Rereading(context.tasks, self._gather, self._show)
        self._wish: TodayPlace | None = None
        self.setProperty("ground", "win")
        self.head = TodayHead()
        self.buttons = {register.key: Button(words) for words, register in agenda.BEGINNINGS}
        self.quick = QuickLine(context)
        self.kinds = ChipBar(more=False)
        self.kinds.chosen.connect(lambda _: self._show_lines())
        self.spans = Segments("多久以内", _RANGES)
        self.spans.set_current(ALL)
        self.spans.chosen.connect(lambda _: self._show_lines())
        self.table = TaskTable("要办的事", context)
        self.quick.left.connect(self.table.setFocus)
        self.snooze = SnoozeStrip(context, self.table, self.table.current)
        self.sheet = SheetStrip(context)
        self.sheet.drafted.connect(self.draft_made)
        self.sheet.left.connect(self.table.setFocus)
        self.put_off = Button("", Look.LINK, size=Size.SMALL)
        self.put_off.clicked.connect(self._turn_over)
        self.put_off.hide()
        self.empty = EmptyState("没有要办的事", " ")
        self.side = TodaySide()
        self.side.opened.connect(context.events.asked_for)
        self.side.forms_asked.connect(lambda: self.page_asked.emit("fill"))
        self.side.listed.connect(context.events.listed)
        self.head.month_asked.connect(lambda: self.deadlines_asked.emit(self.kinds.current()))
        self.side.month_asked.connect(lambda: self.deadlines_asked.emit(ALL))
        self._lay_out()
        seen = WhenSeen(self, self.read)
        context.events.changed.connect(seen.ask)
        context.events.settings_changed.connect(seen.ask)
        theme.current().follow(self, self._span_groups)
        self.read()

    # --- what the window asks --------------------------------------------------------------------------------

    def place(self) -> TodayPlace:
        """Return where the officer stands, to come back to."""
        if not self._ready and self._wish:
            return self._wish
        return TodayPlace(
            self.table.line(), self.kinds.current(), self.spans.current(), self.table.verticalScrollBar().value()
        )

    def return_to(self, place: object) -> None:
        """Stand at the same line again; one that is done since leaves the nearest one in hand."""
        if isinstance(place, TodayPlace):
            self._wish = place
            if self._ready:
                self._take_wish()
            self.table.setFocus()

    def save_draft(self) -> None:
        """Keep the sentence that stands in the line of quick capture."""
        self.quick.keep()

    def is_busy(self) -> bool:
        """Tell whether a sentence stands in the line of quick capture."""
        return self.quick.is_busy()

    def run(self, action_id: str) -> bool:
        """Do a command of the window: a new record begins with a sentence, completing opens the line in hand."""
        match action_id.rpartition(".")[2]:
            case "new":
                self.quick.start()
            case "print":
                self.sheet.print_sheet(self.shown(), self._narrowed())
            case "export":
                self.sheet.export_sheet(self.shown(), self._narrowed())
            case "complete" | "primary" | "open":
                return self.complete()
            case _:
                return False
        return True

    def complete(self) -> bool:
        """Open the line in hand, as its button does; False without one."""
        return self.table.open_line(self.table.currentIndex().row())

    # --- going on --------------------------------------------------------------------------------------------

    def current(self) -> Task | None:
        """Return the task in hand."""
        return self.table.current()

    def read(self) -> None:
        """Read everything again, away from the window; what is shown stays until then."""
        self._reading.ask()

    def _gather(self) -> _Read:
        office = self._context.office
        today = office.desk.today
        estimated = office.desk.calendar.provisional_words(today.year)
        words = estimated or f"法定工作日历：{today.year} 年已载入"
        tasks, quiet = office.snooze.parted(office.today.due())
        return _Read(
            tasks,
            quiet,
            agenda.week_ahead(office.desk),
            coverage.covers(office.desk),
            words,
            bool(estimated),
            office.filling.schedule.due(),
        )

    def showEvent(self, event: QShowEvent) -> None:
        """Read again when the day is another one than when it was read."""
        super().showEvent(event)
        if self._read_on != clock.today():
            self.read()

    # --- showing ---------------------------------------------------------------------------------------------

    def _show(self, read: _Read) -> None:
        self._ready = True
        self._read_on = clock.today()
        self._tasks = read.tasks
        self._quiet = [_explained(each) for each in read.quiet]
        self.head.show_day()
        self.status.emit(self.head.show_counts(self._tasks, read.week))
        self.head.show_calendar(read.calendar, urgent=read.estimated)
        self.side.show_week(read.week)
        self.side.show_year(read.covers)
        self.side.show_forms(read.forms)
        self._show_chips()
        self._show_lines()
        if self._wish:
            self._take_wish()

    def _show_chips(self) -> None:
        self.snooze.quiet = self.snooze.quiet and bool(self._quiet)
        late = sum(task.overdue for task in self._quiet)
        words = f"已推迟 {len(self._quiet)} 件" + (f"（超期 {late} 件）" if late else "")
        words = "回到要办的事" if self.snooze.quiet else words
        self.put_off.setText(words)
        self.put_off.setAccessibleName(words)
        self.put_off.setVisible(bool(self._quiet))
        self.kinds.show_chips(kind_chips(self._listed()), self.kinds.current())

    def _listed(self) -> list[Task]:
        return self._quiet if self.snooze.quiet else self._tasks

    def _turn_over(self) -> None:
        """Show what was put off, or go back to what is to be done."""
        self.snooze.leave()
        self.snooze.quiet = not self.snooze.quiet
        self._show_chips()
        self._show_lines()
        self.table.setFocus()

    def shown(self) -> list[Task]:
        """Return the tasks that the chip and the span let through."""
        span = self.spans.current()
        shown = of_kind(self._listed(), self.kinds.current())
        if span not in ("", ALL):
            shown = [task for task in shown if (task.due - clock.today()).days <= int(span)]
        return shown

    def _narrowed(self) -> str:
        span = self.spans.current()
        return narrowed_words(
            kind_words(self.kinds.current()), int(span) if span not in ("", ALL) else None, clock.today()
        )

    def _show_lines(self) -> None:
        """List what the chip and the span let through, standing where one stood."""
        line, row = self.table.line(), self.table.currentIndex().row()
        shown = self.shown()
        made = TodayModel(shown, int(self._context.office.desk.setting("soon_days")))
        self.table.show_tasks(made, line, max(row, 0))
        self._fit()
        self._say_empty(bool(shown))

    def _say_empty(self, any_shown: bool) -> None:
        if listed := self._listed():
            self.empty.show_words("没有符合条件的事", f"当前只看一部分；全部共有 {len(listed)} 件。")
        else:
            self.empty.show_words("没有要办的事", "各台账里有期限的事都会排在这里，并写明依据。")
        self._stack.setCurrentWidget(self.table if any_shown else self.empty)

    def _take_wish(self) -> None:
        wish, self._wish = self._wish, None
        if wish is None:
            return
        self.kinds.set_current(wish.kind or ALL)
        self.spans.set_current(wish.span or ALL)
        self._show_lines()
        if wish.line:
            self.table.stand_at(wish.line)
        self.table.verticalScrollBar().setValue(wish.scroll)

    def _span_groups(self) -> None:
        self.table.span_groups()
        self._fit()

    # --- the machine -----------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Move the side column below where both have no room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        look = theme.current()
        narrow = self.width() < look.px(_NARROW)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        for part in (self._halves, self._begin_row):
            part.setDirection(down if narrow else across)
        self.side.setMaximumWidth(16_777_215 if narrow else look.px(_SIDE))
        self.side.setMinimumWidth(0 if narrow else look.px(_SIDE))
        self._halves.setStretch(0, 3 if narrow else 1)
        self._halves.setStretch(1, 2 if narrow else 0)
        # A low window with a large font scrolls the page: the list keeps a few whole rows, the side all its cards.
        self._stack.setMinimumHeight(_LEAST_ROWS * look.heights.two_line_row)
        self.side.stand_whole(narrow)

    def _lay_out(self) -> None:
        self._begin_row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._begin_row.setSpacing(8)
        self._begin_row.addWidget(self.quick, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for key, button in self.buttons.items():
            button.setAccessibleDescription("新登记一条")
            button.clicked.connect(partial(self._begin, key))
            buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        buttons.addStretch(1)
        self._begin_row.addLayout(buttons)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        card = Card("要办的事")
        card.fill()
        corner = QWidget()
        row = QHBoxLayout(corner)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.put_off)
        row.addWidget(self.spans)
        row.addWidget(self.kinds, 1)
        card.set_corner(corner)
        card.body.addWidget(self.snooze)
        card.body.addWidget(self.sheet)
        card.body.addWidget(self._stack, 1)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._halves.setSpacing(12)
        self._halves.addWidget(card, 1)
        self._halves.addWidget(self.side)
        ground = QWidget()
        column = QVBoxLayout(ground)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addWidget(self.head)
        column.addLayout(self._begin_row)
        column.addLayout(self._halves, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(ground))
        self.setFocusProxy(self.table)

    def _begin(self, register: str, _checked: bool = False) -> None:
        self._context.events.asked_for.emit(register, NEW)


def _explained(quiet: PutOff) -> Task:
    """Return a task that is put off, its reason before its explanation."""
    until = dates.short_day(quiet.until, clock.today())
    return replace(quiet.task, explanation=f"已推迟到 {until}：{quiet.reason}；{quiet.task.explanation}")
