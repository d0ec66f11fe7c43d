"""The working calendar: a month to mark days in, the yearly notice pasted or read from a table, and what moved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from paizhu.base.errors import PaizhuError
from paizhu.base.rows import Change
from paizhu.rules.calendar import UNPUBLISHED
from paizhu.rules.notice import Kind, NoticeRead, NoticeUnreadError, read_notice
from paizhu.services import keeping
from paizhu.services.own_rules.calendar_days import KINDS, read_table
from paizhu.services.own_rules.in_force import CALENDAR
from paizhu.services.own_rules.moving import Recount
from paizhu.ui import messages, theme
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Button, Look, Offer, ReasonLabel
from paizhu.ui.kit.card import Card
from paizhu.ui.kit.field_note import FieldNote
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.scrolled import scrolled
from paizhu.ui.kit.segments import Segments
from paizhu.ui.kit.strip import Level, Strip
from paizhu.ui.pages.day.month_grid import MonthGrid
from paizhu.ui.pages.frame import PageFrame
from paizhu.ui.pages.rules.moved_list import MovedList
from paizhu.ui.register.flow_layout import FlowLayout
from paizhu.ui.tasks import Progress
from paizhu.ui.theme import Text

_MONTHS = 12
_EXAMPLE = "粘贴国务院办公厅通知，例如：国庆节：10月1日至7日放假调休，共7天。9月20日（周日）、10月10日（周六）上班。"


class CalendarPage(PageFrame):
    """Days off and days worked; every change says which deadlines it moved."""

    changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("工作日历", scrolls=False, parent=parent)
        self._context = context
        self._days = context.office.calendar_days
        today = context.office.desk.today
        self.year, self.month = today.year, today.month
        self._read: NoticeRead | None = None
        self.strip = Strip("", "", Level.AMBER)
        self.strip.acted.connect(self.take_statutory)
        self.body.addWidget(self.strip)
        halves = QHBoxLayout()
        halves.setSpacing(12)
        left = QVBoxLayout()
        left.addWidget(self._month_card())
        halves.addWidget(scrolled(left), 3)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self._notice_card())
        self.moved = MovedList()
        self.moved.opened.connect(context.events.asked_for)
        self.moved.back_asked.connect(self.take_back)
        right.addWidget(self.moved, 1)
        halves.addWidget(scrolled(right), 2)
        self.body.addLayout(halves, 1)
        self.show_month(self.year, self.month, today)
        self._show_read()
        self.setFocusProxy(self.grid)
        context.events.changed.connect(self._follow)

    # --- going about -------------------------------------------------------------------------------------------

    def show_month(self, year: int, month: int, at: date | None = None) -> None:
        """Show a month, and on what the days of its year rest."""
        if year != self.year and self.words.toPlainText():
            self.year = year
            self._read_words()
        self.year, self.month = year, month
        self.years.show_choices([(str(each), f"{each} 年") for each in self._offered()], str(year))
        self.title.setText(f"{year} 年 {month} 月")
        self.grid.show_days(self._days.month(year, month), at or date(year, month, 1))
        standing = self._days.standing(year)
        self.set_note(standing)
        unknown = not self._context.office.desk.calendar.covers(year)
        self.strip.setVisible(unknown)
        if unknown:
            known = self._days.statutory(year)
            offers = [Offer("statutory", f"先载入法定节日（{len(known)} 天）")] if known else []
            self.strip.show_words(
                f"{year} 年{UNPUBLISHED}",
                "通知公布后，把原文贴到右边；在办的期限会重新计算，并列出变动的。",
                Level.AMBER,
                offers,
            )
        self.forget.setVisible(bool(self._days.own(year)))
        self._show_choice()

    def turn(self, by: int) -> None:
        """Go some months on or back."""
        at = self.year * _MONTHS + self.month - 1 + by
        self.show_month(at // _MONTHS, at % _MONTHS + 1)

    def place(self) -> object:
        """Return the month in front."""
        return self.year, self.month

    def return_to(self, place: object) -> None:
        """Show the month that was in front."""
        if isinstance(place, tuple):
            self.show_month(*place)

    def run(self, action: str) -> bool:
        """Answer a key of the window; True when it was taken."""
        if action in ("complete", "record.complete") and self.take.isEnabled():
            self.take_notice()
            return True
        return False

    # --- changing ----------------------------------------------------------------------------------------------

    def mark_chosen(self) -> None:
        """Make the chosen days what the segments say."""
        kind = cast("Kind", self.kind.current())
        days, name = self.grid.chosen(), self.name.text()
        self._change(lambda: self._days.mark(days, kind, name))

    def clear_chosen(self) -> None:
        """Take the officer's own marks off the chosen days."""
        days = self.grid.chosen()
        self._change(lambda: self._days.mark(days, None))

    def take_notice(self) -> None:
        """Keep the notice that was read."""
        read, source = self._read, self.source.text()
        if read is None:
            return
        self.year = read.year
        self._change(lambda: self._days.take_notice(read, source), self._notice_taken)

    def take_statutory(self) -> None:
        """Mark what the law gives off in the year in front, until its notice comes."""
        year = self.year
        self._change(lambda: self._days.take_statutory(year))

    def read_file(self) -> None:
        """Read the days from a table instead of pasted words."""
        path = messages.ask_open(self, "选择放假安排表")
        if path is None:
            return
        year = self.year

        def done(read: NoticeRead) -> None:
            self._read = read
            self._show_read()

        self._context.tasks.run(lambda _progress: read_table(path, year), done, self._failed)

    def forget_year(self) -> None:
        """Take away all that was entered for the year in front."""
        year = self.year
        self._change(lambda: self._days.forget(year))

    def take_back(self) -> None:
        """Undo the last change made here."""
        done = self.moved.done
        if done:
            self._change(lambda: self._days.take_back(done), undoable=False)

    # --- the machine -------------------------------------------------------------------------------------------

    def _change(
        self, change: Callable[[], Recount], after: Callable[[], object] | None = None, *, undoable: bool = True
    ) -> None:
        """Change the calendar off this thread: every running deadline is counted again."""
        chosen = self.grid.chosen()

        def work(_progress: Progress) -> Recount:
            return change()

        def done(made: Recount) -> None:
            if after:
                after()
            stay = next((day for day in chosen if (day.year, day.month) == (self.year, self.month)), None)
            self.show_month(self.year, self.month, stay)
            self.moved.show_done(made, undoable=undoable)
            self._context.events.said.emit(made.sentence, made.entry if undoable else 0)
            self._context.events.settings_changed.emit("calendar")
            self.changed.emit()

        self._context.tasks.run(work, done, self._failed)

    def _follow(self, change: Change) -> None:
        """Show the month again when days were given back elsewhere, as by Ctrl+Z."""
        if CALENDAR in keeping.kinds(change.registers):
            self.show_month(self.year, self.month)
            self.changed.emit()

    def _notice_taken(self) -> None:
        self._read = None
        # Emptied with what could be taken back in it: Ctrl+Z is for the act from here on.
        self.words.setPlainText("")
        self.source.setText("")
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_read()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, PaizhuError):
            messages.tell(self, error)
            self._trouble.show_error(error.happened)

    def _offered(self) -> list[int]:
        return sorted({*self._days.years(), self.year})

    def _name_day(self) -> None:
        self.name.setFocus()

    def _month_card(self) -> Card:
        card = Card("月历", plain_head=True)
        self.title = Label("", Text.SECTION)
        self.years = Segments("年份")
        self.years.chosen.connect(lambda key: self.show_month(int(key), self.month))
        self.before, self.after = (
            Button("上月", icon="chevron-left", shortcut="PgUp"),
            Button("下月", icon="chevron-right", shortcut="PgDn"),
        )
        self.before.clicked.connect(lambda: self.turn(-1))
        self.after.clicked.connect(lambda: self.turn(1))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addStretch(1)
        for button in (self.before, self.after):
            head.addWidget(button)
        self.grid = MonthGrid()
        self.grid.page_asked.connect(self.turn)
        self.grid.opened.connect(self._name_day)
        self.grid.picked.connect(self._show_choice)
        card.set_corner(self.years)
        card.body.addLayout(head)
        card.body.addWidget(self.grid, 1)
        card.body.addLayout(self._marking())
        return card

    def _marking(self) -> QVBoxLayout:
        self.chosen_words = Label("", Text.SECONDARY, "ink2")
        self.kind = Segments("标成", list(KINDS.items()))
        self.kind.set_current("off")
        self.name = QLineEdit()
        self.name.setAccessibleName("名称")
        self.name.setPlaceholderText("名称，例如 国庆节、单位成立纪念日")
        self.name.returnPressed.connect(self.mark_chosen)
        self.mark = Button("标记所选日子")
        self.mark.clicked.connect(self.mark_chosen)
        self.clear = Button("恢复原样", Look.FLAT)
        self.clear.clicked.connect(self.clear_chosen)
        self.forget = Button("清除本年自录", Look.FLAT)
        self.forget.clicked.connect(self.forget_year)
        self._trouble = FieldNote(self.name)
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(8)
        first.addWidget(self.chosen_words, 1)
        first.addWidget(self.clear)
        first.addWidget(self.forget)
        second.addWidget(self.kind)
        second.addWidget(self.name, 1)
        second.addWidget(self.mark)
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addLayout(first)
        column.addLayout(second)
        column.addWidget(self._trouble)
        return column

    def _notice_card(self) -> Card:
        card = Card("录入放假通知", "国务院办公厅每年 11 月前后公布下一年的", plain_head=True)
        self.words = QPlainTextEdit()
        self.words.setAccessibleName("通知原文")
        self.words.setPlaceholderText(_EXAMPLE)
        self.words.setTabChangesFocus(True)
        self.words.textChanged.connect(self._read_words)
        self.source = QLineEdit()
        self.source.setAccessibleName("通知文号")
        self.source.setPlaceholderText("通知文号，例如 国办发明电〔2026〕×号")
        self.understood = FieldNote(self.words)
        self.take = Button("录入通知", Look.PRIMARY, shortcut="Ctrl+Enter")
        self.take.clicked.connect(self.take_notice)
        self.file = Button("从表格读入…", icon="import")
        self.file.clicked.connect(self.read_file)
        # Why nothing can be taken yet is read in full: in a narrow card it goes below the buttons.
        buttons = FlowLayout(gap=8)
        for part in (self.take, self.file, ReasonLabel(self.take)):
            buttons.addWidget(part)
        card.body.addWidget(self.words)
        card.body.addWidget(self.understood)
        card.body.addWidget(self.source)
        card.body.addLayout(buttons)
        theme.current().follow(self, self._measure)
        self._measure()
        return card

    def _measure(self) -> None:
        self.words.setFixedHeight(self.words.fontMetrics().lineSpacing() * 5 + 14)

    def _read_words(self) -> None:
        """Show what is understood while words are pasted; half a sentence is no mistake yet."""
        try:
            self._read = read_notice(self.words.toPlainText(), self.year)
        except NoticeUnreadError:
            self._read = None
        self._show_read()

    def _show_read(self) -> None:
        read = self._read
        if read is None:
            self.understood.clear()
            self.take.refuse("先粘贴通知，或从表格读入")
            return
        told = f"读到 {read.year} 年：放假 {read.off} 天、调休上班 {read.worked} 天"
        if read.doubts:
            self.understood.show_caution(f"{told}；{'；'.join(read.doubts)}")
        else:
            self.understood.show_hint(told if read.whole else f"{told}；不是全年的通知，只改这几天")
        self.take.allow()

    def _show_choice(self) -> None:
        days = self.grid.chosen()
        self._trouble.clear()
        own = self._days.own(self.year)
        if not days:
            words = "在月历上选一天，按住 Shift 选几天"
        elif len(days) == 1:
            shown = self.grid.days.day(self.grid.days.place(days[0]))
            words = f"{days[0].month} 月 {days[0].day} 日：{shown.why if shown else ''}"
        else:
            words = f"选中 {len(days)} 天：{days[0].month} 月 {days[0].day} 日至 {days[-1].month} 月 {days[-1].day} 日"
        self.chosen_words.setText(words)
        self.mark.setEnabled(bool(days))
        self.clear.setEnabled(any(day in own for day in days))
