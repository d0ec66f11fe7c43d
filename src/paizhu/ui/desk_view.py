"""What is shown while the vault is open: tabs, pages, strips, undo bar and status.

What works on it joins in ``desk``, and knows this view; the view knows none of it.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from paizhu.base.errors import PaizhuError, VaultDamagedError
from paizhu.base.rows import Change
from paizhu.services.safety.backups import STALE
from paizhu.services.session import Session
from paizhu.storage.backup_place import Backup
from paizhu.ui import (
    another_backup,
    backup_strips,
    chain_strip,
    left_drafts,
    messages,
    older_strip,
    opening_strips,
)
from paizhu.ui.another_backup import AnotherBackup
from paizhu.ui.chain_strip import ChainStrip
from paizhu.ui.context import Context
from paizhu.ui.desk_head import DeskHead
from paizhu.ui.kit.card import line
from paizhu.ui.kit.foot_bar import leave_bars
from paizhu.ui.kit.loading import LoadingPane
from paizhu.ui.kit.trouble import Trouble
from paizhu.ui.last_act import LastAct
from paizhu.ui.left_drafts import LeftDrafts
from paizhu.ui.navigation import Navigation, Stop
from paizhu.ui.opening_strips import SAMPLE
from paizhu.ui.page_offers import ask
from paizhu.ui.page_stack import PageStack
from paizhu.ui.panes import enter, panes_of, step_through
from paizhu.ui.status_bar import StatusBar
from paizhu.ui.strips import Strips
from paizhu.ui.tabs import TABS, Tab, tab_of
from paizhu.ui.turns import Pieces
from paizhu.ui.unwritten import UNWRITTEN
from paizhu.ui.upkeep import Upkeep
from paizhu.ui.waiting import Waiting
from paizhu.ui.written_bar import WrittenBar


@dataclass
class Standing:
    """Where everything stood when the desk was locked, so that it can be opened as it was."""

    stop: Stop = field(default_factory=lambda: Stop(TABS[0].key))
    places: dict[str, object] = field(default_factory=dict)
    navigation: Navigation = field(default_factory=Navigation)


class DeskView(QWidget):
    """What is shown while the vault is open."""

    lock_asked = Signal()
    sample_removal_asked = Signal()
    first_run_asked = Signal()
    reopen_asked = Signal(object)
    """A backup was chosen to go back to; the window closes the desk, restores and opens anew."""

    def __init__(self, context: Context, session: Session, tabs: Sequence[Tab] = TABS) -> None:
        super().__init__()
        self.context = context
        self.session = session
        self.tabs = tuple(tabs)
        self._navigation = Navigation()
        self.head = DeskHead(self.tabs)
        self.pages = PageStack(context)
        self.strips = Strips()
        self.loading = LoadingPane()
        self._waiting = Waiting(context.tasks, self.loading)
        self.last_act = LastAct(context, self.pages)
        self.written = WrittenBar(context)
        self.chain = ChainStrip(self.strips, context.office)
        self.another = AnotherBackup(context, self.strips)
        self.drafts = LeftDrafts(self.strips, context.office, self.open_record, lambda key: self.open_new(key, {}))
        self.status = StatusBar(STALE.days)
        self.upkeep = Upkeep(context, self, [tab.badge for tab in self.tabs if tab.badge])
        self._search: QWidget | None = None
        self._lay_out()
        for tab in self.tabs:
            self.pages.know(tab.key, tab.make)
        self._connect()

    def begin(self, standing: Standing | None) -> None:
        """Show the first page, or where everything stood at the last lock, and what opening found."""
        if standing:
            self._navigation = standing.navigation
            self.pages.restore_places(standing.places)
        self.go_to(standing.stop if standing else Stop(self.tabs[0].key))
        if standing is None:
            # After a lock the form stands there again by itself.
            self.drafts.show()
        self._show_found()

    # --- going about -----------------------------------------------------------------------------------------

    def show_tab(self, key: str) -> None:
        """Show a tab or another page by its key, remembering the way back."""
        if key == self.pages.current_key:
            return
        if self.pages.current_key:
            self._navigation.leave(self.pages.here())
        self.pages.show_page(key)
        if not any(key == tab.key for tab in self.tabs):
            self.enter_page()

    def enter_tab(self, key: str) -> None:
        """Show a tab by its key of the keyboard, the focus on its list; a click on the tab leaves it on the tabs."""
        self.show_tab(key)
        self.enter_page()

    def enter_page(self) -> None:
        """Put the focus into the page in front, unless it is there."""
        enter(self.pages.currentWidget())

    def go_to(self, stop: Stop) -> None:
        """Show a page at a place without a trace on the way back."""
        self.pages.go_to(stop)

    def back(self) -> None:
        """Return to where the officer came from, the same place included; from a record first to its list."""
        if self.pages.in_detail:
            self.pages.run("back")
        elif stop := self._navigation.back(self.pages.here()):
            self.pages.go_to(stop)

    def forward(self) -> None:
        """Go again where one came back from."""
        if stop := self._navigation.forward(self.pages.here()):
            self.pages.go_to(stop)

    def open_record(self, register_key: str, record_id: int, then: Callable[[QWidget], None] | None = None) -> None:
        """Show a record in its tab; Alt+← returns. What is to be done there ``then`` is told the page."""
        if tab_of(register_key, self.tabs) is None:
            self.say("这类记录没有自己的台账页。")
            return

        def show(page: QWidget) -> Pieces:
            opening = ask(page, "opening", register_key, record_id)
            if isinstance(opening, Generator):
                yield from opening
            if then:
                then(page)

        self._at_page_of(register_key, show)

    def compare(self, backup: object = None) -> None:
        """Compare the records with a backup, the newest proven one unless it is named."""
        from paizhu.ui.pages.compare import ComparePage

        self.show_tab("compare")
        page = self.pages.page("compare")
        if isinstance(page, ComparePage):
            page.compare(backup if isinstance(backup, Backup) else None)

    def _restore_another(self) -> None:
        from paizhu.ui.pages.backup import BackupPage

        self.show_tab("backup")
        page = self.pages.page("backup")
        if isinstance(page, BackupPage) and self.another.found:
            page.propose(self.another.found)

    def open_new(self, register_key: str, values: dict[str, object]) -> None:
        """Open an empty form in its tab, what is known already typed in; Alt+← returns."""
        self._at_page_of(register_key, lambda page: ask(page, "new_record", register_key, values))

    def _at_page_of(self, register_key: str, do: Callable[[QWidget], object]) -> None:
        if tab := tab_of(register_key, self.tabs):
            self._navigation.leave(self.pages.here())
            self.pages.show_then(tab.key, register_key, do)

    def standing(self) -> Standing:
        """Return where everything stands, before the desk is thrown away."""
        return Standing(self.pages.here(), self.pages.places(), self._navigation)

    def focus_pane(self, step: int) -> None:
        """Move the focus to the next pane (or, with -1, the one before): tabs, page parts, status."""
        if not self.pages.run("next_pane" if step > 0 else "previous_pane"):
            step_through(panes_of(self.head.tabs, self.pages.currentWidget(), self.status), step)

    # --- saying ----------------------------------------------------------------------------------------------

    def say(self, words: str, entry: int = 0) -> None:
        """Say in the undo bar what was done; with an entry of the journal it can be taken back."""
        self.last_act.say(words, entry)

    def show_trouble(self, trouble: Trouble, by: QWidget | None = None) -> None:
        """Show a refusal or fault across the top until it is closed.

        What a widget of the page in front tells concerns what stands there: it leaves with the page, and when an act
        succeeds after all.
        """
        self.last_act.leave_off()
        page = self.pages.currentWidget()
        is_of_page = by is not None and page is not None and (page is by or page.isAncestorOf(by))
        self.strips.show_trouble(trouble, self.pages.current_key if is_of_page else "")

    # --- the machine -----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let an Esc that nothing in the page wanted close what is told at the foot."""
        if not (event.key() == Qt.Key.Key_Escape and leave_bars(self)):
            super().keyPressEvent(event)

    def open_search(self) -> None:
        """Put the cursor into the search line."""
        self.head.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.head.search.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Make the list of results when the search line is first entered."""
        if event.type() is QEvent.Type.FocusIn and self._search is None:
            from paizhu.ui.pages.search import SearchPopup

            self._search = popup = SearchPopup(self.context, self.head.search)
            popup.left.connect(self.enter_page)
        return super().eventFilter(watched, event)

    def _connect(self) -> None:
        events, tasks = self.context.events, self.context.tasks
        self.head.tab_chosen.connect(self.show_tab)
        self.head.lock_asked.connect(self.lock_asked)
        self.head.settings_asked.connect(lambda: self.show_tab("settings"))
        self.head.help_asked.connect(lambda: self.show_tab("help"))
        self.head.search.installEventFilter(self)
        self.pages.shown.connect(self.head.choose)
        self.pages.shown.connect(self.strips.leave_page)
        self.pages.status.connect(self.status.show_page)
        self.status.backup_asked.connect(lambda: self.show_tab("backup"))
        self.status.lock_asked.connect(self.lock_asked)
        self.status.chain_asked.connect(lambda: self.show_tab("journal"))
        self.strips.acted.connect(self._act_on_strip)
        self.strips.arranged.connect(self._mark_sample)
        self.upkeep.said.connect(self.say)
        self.upkeep.newest_known.connect(self.status.show_backup)
        self.upkeep.newest_known.connect(lambda newest: backup_strips.show_newest(self.strips, newest))
        self.upkeep.second_known.connect(lambda days: backup_strips.show_second(self.strips, days))
        self.upkeep.unsound_known.connect(lambda found: backup_strips.show_unsound(self.strips, found))
        self.upkeep.backup_refused.connect(lambda error: backup_strips.show_refused(self.strips, error))
        self.upkeep.chain_known.connect(self._show_chain)
        self.upkeep.overdue_known.connect(self._show_overdue)
        self.context.office.vault.journalled = events.journalled.emit
        events.journalled.connect(self.status.count_entry)
        events.asked_for.connect(self.open_record)
        events.new_asked.connect(self.open_new)
        # Methods, not lambdas: events and tasks outlive the desk, and must not speak to what is deleted.
        self.written.left.connect(self.enter_page)
        events.changed.connect(self.drafts.look_again)
        events.changed.connect(self._settle_trouble)
        events.draft_kept.connect(self._settle_unwritten)
        events.settings_changed.connect(self._take_setting)
        tasks.refused.connect(self._show_refused)

    def _show_refused(self, error: PaizhuError) -> None:
        if isinstance(error, VaultDamagedError):
            backup_strips.show_damaged(self.strips, error)
        else:
            self.show_trouble(messages.trouble_of(error))

    def _settle_trouble(self, change: Change) -> None:
        if not change.behind:
            self.strips.leave_page()

    def _settle_unwritten(self) -> None:
        if not self.context.office.vault.drafts.unwritten:
            self.strips.take_trouble(UNWRITTEN)

    def _take_setting(self, name: str) -> None:
        # Taken back, one is not told from another.
        if name in ("lock_minutes", "setting"):
            self.status.show_lock(int(self.context.office.desk.setting("lock_minutes")))
        if name in ("second_backup", "setting"):
            self.upkeep.look_at_backups()

    def _show_found(self) -> None:
        """Show what opening found, and let the chain be verified in the background."""
        self.status.show_lock(int(self.context.office.desk.setting("lock_minutes")))
        self.status.show_chain(None)
        opening_strips.show(self.strips, self.context.office, self.session)
        older_strip.show(self.strips, self.context.office)
        self.upkeep.start()

    def _mark_sample(self) -> None:
        """Say at the bottom that all is invented while the strip that says it stands behind another one."""
        self.status.sample.setVisible(SAMPLE in self.strips.names() and not self.strips.in_view(SAMPLE))

    def _show_overdue(self, register: str, count: int) -> None:
        for tab in self.tabs:
            if tab.badge == register:
                self.head.set_badge(tab.key, count)

    def _show_chain(self, count: int, wrong: list[int]) -> None:
        self.status.show_chain(count, len(wrong))
        self.chain.show(count, wrong)

    def _act_on_strip(self, key: str) -> None:
        match key:
            case opening_strips.REMOVE_SAMPLE:
                self.sample_removal_asked.emit()
            case opening_strips.FIRST_RUN:
                self.first_run_asked.emit()
            case "today":
                self.enter_tab(self.tabs[0].key)
            case another_backup.USE:
                self.strips.take(another_backup.NAME)
                self._restore_another()
            case backup_strips.NOW:
                self.strips.take(backup_strips.UNSOUND)
                self.upkeep.back_up()
            case backup_strips.ELSEWHERE:
                self.upkeep.back_up_elsewhere(self)
            case backup_strips.PAGE:
                self.show_tab("backup")
            case left_drafts.RESUME:
                self.drafts.resume()
            case chain_strip.COMPARE:
                self.compare()
            case older_strip.ACCEPT:
                older_strip.accept(self.strips, self.context, self.session.machine.folder)
            case chain_strip.FOLD:
                self.chain.fold()
            case chain_strip.REPORT:
                self.upkeep.save_report(self)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(line())
        column.addWidget(self.strips)
        column.addWidget(self.pages, 1)
        for part in (self.loading, self.last_act.bar, self.written, self.status):
            column.addWidget(part)
        self.setProperty("ground", "win")
