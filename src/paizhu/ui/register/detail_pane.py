"""One record: head, course, the tabs (form, days, files, journal), and the bar with the one red button."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from paizhu.base import clock
from paizhu.base.register import Register
from paizhu.base.rows import Row
from paizhu.services.deadlines.task import open_title
from paizhu.ui import theme
from paizhu.ui.context import Context
from paizhu.ui.kit.empty import NothingChosen
from paizhu.ui.kit.strip import Level, Strip
from paizhu.ui.kit.toolbar import DetailHeader
from paizhu.ui.overviews.overview import Overview
from paizhu.ui.register.asking import AskStrip
from paizhu.ui.register.attachments_pane import AttachmentsPane
from paizhu.ui.register.course_line import CourseLine
from paizhu.ui.register.detail_stack import FILES, FORM, HISTORY, OVERVIEW, TIMELINE, DetailStack
from paizhu.ui.register.editor import FormEditors
from paizhu.ui.register.form_plans import form_of, plan_of
from paizhu.ui.register.history_pane import HistoryPane
from paizhu.ui.register.record_work import RecordWork
from paizhu.ui.register.step_bar import Way
from paizhu.ui.register.timeline_pane import TimelinePane
from paizhu.ui.register.ways_on import WaysOn
from paizhu.ui.register.words import meta_line, new_words, state_mark
from paizhu.ui.turns import InPieces, Pieces, at_once

_NARROW = 640
_LOW = 340


class DetailPane(QWidget):
    """The widgets of one record and what they show; what is done with it is `DetailActs`' part."""

    step_asked = Signal(object)
    save_asked = Signal()
    undo_asked = Signal()
    tab_shown = Signal(int)
    field_asked = Signal(str)
    head_shown = Signal()
    """Another record stands here, or the same one as it is stored now."""

    def __init__(self, context: Context, register: Register, make: FormEditors, overview: Overview | None) -> None:
        super().__init__()
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(f"{register.label}详情")
        self.register = register
        self.work = RecordWork(context.office, register)
        self.header = DetailHeader()
        self._overview = overview
        for words in self._tab_words():
            self.header.tabs.addTab(words)
        self.header.tabs.setTabVisible(OVERVIEW, self._overview is not None)
        self.header.tabs.currentChanged.connect(self._show_tab)
        self._course = CourseLine(register)
        self.strip = Strip(closable=True)
        self.strip.hide()
        self.ask = AskStrip()
        self._plan = plan_of(register.key)
        self.form = form_of(context, register, make, self.field_asked.emit)
        self.form.focus_asked.connect(self.bring_into_view)
        self.form.ref_opened.connect(context.events.asked_for)
        self.stack = DetailStack(self._overview, self.form)
        self.form.covered.connect(self.stack.stands.shut)
        self._coming = InPieces(self, self.stack.widget(OVERVIEW))
        if self._overview:
            self._overview.field_asked.connect(self.field_asked)
        self.ways_on = WaysOn(self.work, self.form, self.stack, self.header.tabs, self._overview)
        self.ways_on.step_asked.connect(self.step_asked)
        self.ways_on.save_asked.connect(self.save_asked)
        self.ways_on.offer_asked.connect(self._take_offer)
        self.ways_on.refused.connect(self._refuse)
        if self._overview:
            self._overview.bar_changed.connect(lambda: self.show_bar(self.ways_on.all))
        self.bar = self.ways_on.bar
        self.bar.undo.clicked.connect(self.undo_asked)
        self._lay_out()
        self._shown = 0
        self.header.tabs.setCurrentIndex(self.first_tab)

    # --- showing ---------------------------------------------------------------------------------------------

    @property
    def overview(self) -> Overview | None:
        """The hand-written first pane, showing all of the record; None where the form says everything."""
        self._coming.finish()
        return self._overview

    @property
    def has_overview(self) -> bool:
        """Tell whether a record has a hand-written first pane."""
        return self._overview is not None

    def keep_typed_in_overview(self) -> None:
        """Keep what is typed in the overview; it stands there from its first piece on."""
        if self._overview:
            self._overview.keep_draft()

    @property
    def timeline(self) -> TimelinePane:
        """The days of the record."""
        return self.stack.timeline

    @property
    def files(self) -> AttachmentsPane:
        """The files at the record."""
        return self.stack.files

    @property
    def history(self) -> HistoryPane:
        """What was done to the record."""
        return self.stack.history

    def _tab_words(self) -> tuple[str, ...]:
        # Of a matter it is told who looked at it, not only who changed it.
        journal = "查看留痕" if self._of_matter else "修改记录"
        return (self._overview.label if self._overview else "", "记录", "时间线", "附件", journal)

    @property
    def _of_matter(self) -> bool:
        return self._overview is not None and self._overview.shows_course

    @property
    def has_record(self) -> bool:
        """Tell whether a record stands here, saved or new."""
        return self.work.row is not None or self.work.is_new

    @property
    def first_tab(self) -> int:
        """The tab a record opens with: its overview, or its form where there is none."""
        return OVERVIEW if self._overview else FORM

    @property
    def has_primary(self) -> bool:
        """Tell whether the red button is shown here; the tool bar then has none."""
        return self.has_record and not self.bar.primary.isHidden()

    def show_nothing(self) -> None:
        """Show that no record is chosen."""
        self._coming.give_up()
        self.work.close()
        self._sides.setCurrentWidget(self.nothing)

    def leave_form(self, row: Row) -> bool:
        """Let the form give way to the overview before another record comes: what is out of sight is not filled.

        False when the form stays, or was not in front.
        """
        stays = row.id == self._shown or (self._plan is not None and self._plan.opens_at_once(self.register, row))
        leaves = self._overview is not None and not stays and self.header.tabs.currentIndex() == FORM
        if leaves:
            self._choose_tab(OVERVIEW)
            self.stack.setCurrentIndex(OVERVIEW)
        return leaves

    def _choose_tab(self, at: int) -> None:
        """Choose a tab that is shown later, once."""
        with QSignalBlocker(self.header.tabs):
            self.header.tabs.setCurrentIndex(at)

    def show_head(self) -> None:
        """Show title, number, state and course of the record as it is stored, and its tab in front."""
        at_once(self.showing_head())

    def showing_head(self) -> Pieces:
        """Show the same in pieces, unless another record comes between them."""
        self._sides.setCurrentWidget(self._inside)
        today, row = clock.today(), self.work.row
        tabs = self.header.tabs
        tabs.setVisible(row is not None)
        if row is None:
            self._shown = 0
            self._choose_tab(FORM)
            self._show_tab(FORM)
            self.header.show_record(new_words(self.register), "还没有保存，填写的内容随时存为草稿")
            self._course.hide()
            return
        self.header.show_record(
            open_title(self.register, row), meta_line(self.register, row, today), state_mark(self.register, row.state)
        )
        self._course.show_record(row, self.work, self.width())
        if self.form.is_open and tabs.currentIndex() == OVERVIEW:
            self._choose_tab(FORM)
        elif row.id != self._shown and not self.form.is_open and tabs.currentIndex() == FORM:
            self._choose_tab(self.first_tab)
        if row.id != self._shown:
            self.stack.to_top()
        self._shown = row.id
        files = self.work.files()
        self.form.show_files(files, can_add=not row.voided)
        count = len(files)
        tabs.setTabText(FILES, f"附件 {count}" if count else "附件")
        yield
        if self.work.row is not row:
            return
        self._show_tab(tabs.currentIndex())
        self.head_shown.emit()
        yield

    def show_bar(self, ways: list[Way]) -> None:
        """Show the steps that lead on."""
        self.ways_on.show(ways, narrow=self._is_narrow)

    def go_on_with_new(self) -> None:
        """Take the cursor from the next step to where one goes on with a record that was just registered."""
        entrance = self._overview.entrance if self._overview else None
        if entrance and self.bar.isAncestorOf(QApplication.focusWidget() or self):
            self._coming.finish()
            if entrance.isVisible():
                entrance.setFocus(Qt.FocusReason.OtherFocusReason)

    def bring_into_view(self, widget: QWidget) -> None:
        """Scroll the form so that a field with its note is seen."""
        self.header.tabs.setCurrentIndex(FORM)
        self.stack.scroll_form_to(widget)

    def take_pasted(self, words: str) -> bool:
        """Let the overview of the record shown take what was pasted over the list."""
        if self.work.row is None or self.overview is None or not self.overview.take_pasted(words):
            return False
        self.header.tabs.setCurrentIndex(OVERVIEW)
        return True

    def add_below_strip(self, widget: QWidget) -> None:
        """Give a strip of another part its place under the head."""
        self._column.insertWidget(self._column.indexOf(self.stack), widget)

    def showEvent(self, event: QShowEvent) -> None:
        """Show the overview anew when the look changed while another page was in front."""
        super().showEvent(event)
        if self._in_old_look:
            self._follow_look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the bar drop what there is no room for."""
        super().resizeEvent(event)
        self.ways_on.fit(narrow=self._is_narrow)
        self._course.fit(self.width())
        self._give_way()

    # --- the machine -----------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.nothing = NothingChosen()
        self._inside = QWidget()
        column = self._column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.header, self._course, self.strip, self.ask):
            column.addWidget(part)
        column.addWidget(self.stack, 1)
        column.addWidget(self.bar)
        self._sides = QStackedWidget()
        self._sides.addWidget(self.nothing)
        self._sides.addWidget(self._inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._sides)
        self._in_old_look = False
        theme.current().follow(self, self._follow_look)

    def _take_offer(self, key: str) -> None:
        if self.overview:
            self.overview.act(key)

    def _refuse(self, words: str, reason: str) -> None:
        self.strip.show_words(words, reason, Level.AMBER)
        self.strip.show()

    def _follow_look(self) -> None:
        # Overviews place their parts by the font in force when a record is shown; those out of sight can wait.
        self._in_old_look = not self.isVisible()
        self._give_way()
        row = self.work.row
        if row and self._overview and not self._in_old_look and self.header.tabs.currentIndex() == OVERVIEW:
            self._coming.begin(self._overview.in_turns(row))

    def _show_course(self) -> None:
        front = self.stack.currentIndex() == OVERVIEW
        own = front and self._overview is not None and self._overview.shows_course
        planned = self._plan is None or self._plan.course
        self._course.setVisible(self._course.has_stations and not own and planned and not self._is_low)

    @property
    def _is_narrow(self) -> bool:
        return self.width() < theme.current().px(_NARROW)

    @property
    def _is_low(self) -> bool:
        return self.height() < theme.current().px(_LOW)

    def _give_way(self) -> None:
        """Let what only tells give way in a low window at a large font, or it would squeeze tabs and form."""
        self.header.set_low(self._is_low)
        self.ways_on.waiting.set_low(self._is_low)
        if self.work.row is not None:
            self._show_course()

    def _show_tab(self, at: int) -> None:
        held = self._has_focus
        self._fill_tab(at)
        if held and not self._has_focus:
            # What the focus was on has gone from sight; the next in line would be the tabs of the whole window.
            self.header.tabs.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _has_focus(self) -> bool:
        focus = self.window().focusWidget()
        return focus is not None and focus.isVisible() and self.isAncestorOf(focus)

    def _fill_tab(self, at: int) -> None:
        self.stack.setCurrentIndex(max(at, 0))
        row = self.work.row
        if row is None:
            return
        self._show_course()
        self._coming.give_up()
        if at == OVERVIEW and self._overview:
            self._coming.begin(self._overview.in_turns(row))
        elif at == TIMELINE:
            self.timeline.show_record(self.register, row, self.work.rows, clock.today())
        elif at == FILES:
            self.files.show_files(self.register, self.work.files(), can_add=not row.voided)
        elif at == HISTORY:
            looks = self.work.looks() if self._of_matter else None
            self.history.show_changes(self.register, self.work.changes(), looks)
        self.show_bar(self.ways_on.all)
        self.tab_shown.emit(at)
