"""The one window: locked page, first run or open desk; it locks, unlocks and closes, and keeps nothing of records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from paizhu.base import clock, paths
from paizhu.services.session import Session
from paizhu.ui.desks import Desks
from paizhu.ui.dropped import files_of
from paizhu.ui.first_light import PROGRAM, FirstLight
from paizhu.ui.held import stand_instead
from paizhu.ui.tab_walk import TabWindow
from paizhu.ui.turns import next_turn

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent

    from paizhu.base.errors import PaizhuError
    from paizhu.storage.backup_place import Backup
    from paizhu.ui.desk import Desk
    from paizhu.ui.kit.trouble import Trouble
    from paizhu.ui.leaving import Leaving
    from paizhu.ui.pages.lock import LockPage
    from paizhu.ui.pages.lock_ground import Kept
    from paizhu.ui.tabs import Tab
    from paizhu.ui.tasks import Tasks
    from paizhu.ui.watch import Watch
    from paizhu.ui.wizards.first_run import FirstRun

_SIZE = QSize(1280, 800)


class MainWindow(TabWindow):
    """Root of everything seen; with ``light`` a password line stands at once, and the rest has turns of its own."""

    lock_page: LockPage
    leaving: Leaving
    tasks: Tasks

    unlocked = Signal()
    locked = Signal()
    closing = Signal()
    vault_chosen = Signal()
    """Another vault is worked with now; the start notices later starts on it."""

    def __init__(
        self,
        session: Session,
        ready: Callable[[], None] = lambda: None,
        tabs: Sequence[Tab] | None = None,
        *,
        light: bool = False,
    ) -> None:
        super().__init__()
        self.session = session
        self._ready = ready
        self._stack = QStackedWidget()
        self._desks = Desks(self, self._stack, session, self._join_desk, tabs)
        self.first_run: FirstRun | None = None
        self._watch: Watch | None = None
        self._resumes = False
        self.filled = False
        self._light: FirstLight | None = None
        self.setWindowTitle(PROGRAM)
        self.resize(_SIZE)
        self.setAcceptDrops(True)
        self._starting = light
        if light and session.known:
            scheme, points = session.machine.setting("theme"), session.machine.setting("font_size")
            self._light = FirstLight(session.name, str(scheme), float(points))
            self.setCentralWidget(self._light)
            self._light.field.setFocus()
        if not light:
            self.fill()

    @property
    def desk(self) -> Desk | None:
        """The open desk; none while the vault is locked."""
        return self._desks.now

    def fill(self) -> None:
        """Make what the window needs to work."""
        self.make_lock_page()
        self.come_up()

    def make_lock_page(self) -> None:
        """Make the locked page, out of sight."""
        from paizhu.ui.last_words import LastWords
        from paizhu.ui.last_work import LastWork
        from paizhu.ui.leaving import Leaving
        from paizhu.ui.pages.lock import LockPage
        from paizhu.ui.tasks import Tasks

        self._last_words, self._last_work = LastWords(self.session), LastWork(self)
        self.tasks = Tasks(self)
        self.lock_page = LockPage(self.session, self.tasks, self._ready, self._last_work.finish)
        self.lock_page.opened.connect(self._open_in_turns)
        self.lock_page.quit_asked.connect(self.close)
        self.lock_page.other_asked.connect(self.start_first_run)
        self.lock_page.mend_asked.connect(lambda: self.start_first_run(mends=True))
        self.leaving = Leaving(self.session, self.tasks, self.lock_page, self._last_work, self._desks, self._cover)
        self.leaving.put_back.connect(self._show_put_back)
        self.leaving.not_put_back.connect(self._show_not_put_back)
        self.leaving.sample_gone.connect(self.start_first_run)
        self.leaving.ready_to_close.connect(self.close)

    def come_up(self) -> None:
        """Let the locked page, or the first run, stand; what was typed meanwhile goes there."""
        from PySide6.QtGui import QIcon

        light, self._light = self._light, None
        if light:
            self._stack.addWidget(self.takeCentralWidget())
        self.setCentralWidget(self._stack)
        self._stack.addWidget(self.lock_page)
        self.setWindowIcon(QIcon(str(paths.resources() / "icons" / "app.png")))
        self.filled = True
        if self._starting:
            self.begin()
        if light:
            self.lock_page.password.field.setText(light.field.text())
            wanted = light.wanted
            light.field.clear()
            self._drop(light)
            if wanted:
                self.lock_page.try_password()

    # --- the three faces -------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Show the locked page of the vault used last, or the first run when there is none."""
        if self.session.known:
            self.lock_page.show_locked()
            self._stack.setCurrentWidget(self.lock_page)
            # It waits in the background until what it takes to tell the tries is loaded.
            self.lock_page.look_at_tries()
            self._watch_idle()
        else:
            self.start_first_run()

    def start_first_run(self, step: str = "", *, mends: bool = False) -> None:
        """Show the first run: its welcome page, a step that was put off, or the way back for a damaged vault."""
        from paizhu.ui.wizards.first_run import FirstRun

        self._last_work.finish()
        self._drop_first_run()
        self._resumes = False
        wizard = FirstRun(self.session, self.tasks, self._ready, step)
        wizard.lock_asked.connect(self.lock)
        wizard.vault_made.connect(self._watch_idle)
        if self.desk is None:
            # At the desk the key is one of its commands.
            wizard.take_lock_key()
        wizard.finished.connect(self._finish_first_run)
        wizard.vault_chosen.connect(self._use_chosen)
        wizard.given_up.connect(self._leave_first_run)
        self.first_run = wizard
        self._stack.addWidget(wizard)
        self._stack.setCurrentWidget(wizard)
        if mends and self.session.folder:
            wizard.mend(self.session.folder)
        wizard.current.setFocus()
        self._watch_idle()

    def open_desk(self) -> None:
        """Show the open vault at once, everything as it was when it was locked."""
        self._desks.make()
        self._enter_desk()

    def _open_in_turns(self, then: Callable[[], object] = lambda: None) -> None:
        """Make the desk now and show it in a turn of its own; whatever comes ``then`` finds it, or the next lock."""
        self._desks.make()

        def enter() -> None:
            self._enter_desk()
            then()

        next_turn(self, enter)

    def _join_desk(self, desk: Desk) -> None:
        desk.lock_asked.connect(self.lock)
        desk.reopen_asked.connect(self.restore)
        desk.sample_removal_asked.connect(self.remove_sample)
        desk.first_run_asked.connect(lambda: self.start_first_run(self.session.next_step()))
        desk.context.events.settings_changed.connect(self._take_setting)

    def _enter_desk(self) -> None:
        if not self._desks.enter():
            return
        self._drop_first_run()
        self._watch_idle()
        self.vault_chosen.emit()
        self.unlocked.emit()
        if self._resumes and (step := self.session.next_step()):
            self.start_first_run(step)

    def lock(self, reason: str = "") -> None:
        """Lock now: drafts first, then nothing readable stays, and the keys are forgotten."""
        self._enter_desk()  # Asked for in the moment before its turn came.
        if self.first_run and not self.first_run.put_away():
            return
        if self.desk is None and self.first_run is None:
            self.lock_page.put_away()
            return
        kept = self._last_words.keep(self.desk)
        self._desks.remember_place()
        self._resumes = self.first_run is not None
        desk = self._cover(f"{clock.now():%H:%M} {reason or '按 Ctrl+L 锁定'}", kept)
        self._last_work.after(desk.context.tasks if desk else None, partial(self._shut, desk))
        self.lock_page.look_at_tries()
        self.lock_page.password.setFocus()

    def _shut(self, desk: Desk | None) -> None:
        self.session.lock()
        if desk:
            self._desks.throw_away(desk, in_turns=True)
        self.locked.emit()

    def restore(self, backup: Backup) -> None:
        """Go back to a backup: the desk closes, the vault is restored, the desk opens again."""
        self._desks.remember_place()
        if self.desk:
            self.desk.pages.save_drafts()
        self.leaving.restore(backup)

    def remove_sample(self) -> None:
        """Put the invented vault aside and begin properly."""
        self._desks.forget_place()
        self.leaving.remove_sample()

    def show_trouble(self, trouble: Trouble, by: QWidget | None = None) -> None:
        """Show a refusal or fault where the officer looks now."""
        face = self.first_run or (self.lock_page if self.filled else None)
        if self.desk:
            self.desk.show_trouble(trouble, by)
        elif face:
            face.show_trouble(trouble)

    # --- Qt --------------------------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close only after drafts are kept and the day's backup is made; the window says what it waits for."""
        if not self.filled or self.leaving.closed or (self.session.office is None and not self.leaving.under_way):
            self._end()
            event.accept()
            return
        event.ignore()
        if not self.leaving.under_way and (trouble := self._last_words.objection(self.desk)):
            self.show_trouble(trouble)
            return
        self.leaving.close()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that are dragged onto the window; what cannot be done with them is said once they are dropped."""
        if self.desk and files_of(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Fill the blank form that was dropped, or open the import with the workbooks."""
        if self.desk and (paths := files_of(event.mimeData())):
            self.desk.errands.take_dropped(paths)

    # --- the machine -----------------------------------------------------------------------------------------

    def _cover(self, words: str, kept: Kept | None = None) -> Desk | None:
        """Let the locked page stand, and return the desk that stood before; what is at work in it goes on."""
        self.lock_page.show_locked(words, kept)
        # Painted before anything is waited for: what stood on the screen is gone at once.
        stand_instead(self._stack, self.lock_page)
        if self._watch:
            self._watch.traces.hide()
        self._drop_first_run()
        return self._desks.take()

    def _end(self) -> None:
        if self._watch:
            self._watch.stop()
        self._desks.drop()
        if self.filled:
            self._last_work.finish()
            self.tasks.close()
        self.session.lock()
        self.closing.emit()

    def _show_put_back(self, words: str) -> None:
        self._open_in_turns(lambda: self.desk.say(words) if self.desk else None)

    def _show_not_put_back(self, error: PaizhuError | None) -> None:
        def tell() -> None:
            if error and self.desk:
                self.desk.another.offer(error)
            elif error:
                self.lock_page.say(str(error))

        if self.session.office:
            self._open_in_turns(tell)
        else:
            tell()

    def _finish_first_run(self, wants_import: bool) -> None:
        self._open_in_turns(lambda: self.desk.errands.open_import() if wants_import and self.desk else None)

    def _use_chosen(self) -> None:
        self._drop_first_run()
        self._desks.forget_place()
        self.begin()

    def _leave_first_run(self) -> None:
        """Go back to where the first run was started from."""
        self._drop_first_run()
        if self.desk:
            self._stack.setCurrentWidget(self.desk)
        elif self.session.known:
            self.begin()
        else:
            self.close()

    def _take_setting(self, name: str) -> None:
        if name == "lock_minutes" and self.session.office:
            self._watch_idle()

    def _watch_idle(self) -> None:
        from paizhu.ui.watch import Watch

        if self._watch is None:
            self._watch = Watch(self)
            self._watch.idled.connect(self._lock_idle)
            self._watch.left.connect(self.lock)
        office = self.session.office
        self._watch.begin(int(office.desk.setting("lock_minutes")) if office else 0)

    def _lock_idle(self) -> None:
        if self._watch:
            self.lock(f"无操作 {self._watch.minutes} 分钟")

    def _drop_first_run(self) -> None:
        wizard, self.first_run = self.first_run, None
        if wizard:
            self._drop(wizard)

    def _drop(self, widget: QWidget) -> None:
        self._stack.removeWidget(widget)
        widget.hide()
        widget.deleteLater()
