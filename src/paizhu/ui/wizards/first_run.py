"""The first run: seven steps in a rail, each can be left and resumed once the vault is made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from paizhu.base.errors import PaizhuError
from paizhu.services.session import Session
from paizhu.ui import messages, theme
from paizhu.ui.kit.button import Button, Look, Offer, ReasonLabel, Size
from paizhu.ui.kit.card import line
from paizhu.ui.kit.loading import LoadingPane
from paizhu.ui.kit.one_page import OnePage
from paizhu.ui.kit.scrolled import scrolling, to_top
from paizhu.ui.kit.trouble import Trouble
from paizhu.ui.size_keys import take_size_keys
from paizhu.ui.strips import Strips
from paizhu.ui.tasks import Progress, Task, Tasks
from paizhu.ui.wizards.first_run_data import AFTER_VAULT, STEPS, Gathered, place_of
from paizhu.ui.wizards.first_run_help import RESTORING, StepHelp
from paizhu.ui.wizards.first_run_later import BackupStep, CalendarStep, ImportStep
from paizhu.ui.wizards.first_run_rail import StepRail
from paizhu.ui.wizards.first_run_recovery import RecoveryStep
from paizhu.ui.wizards.first_run_restore import RestoreStep
from paizhu.ui.wizards.first_run_step import StepPage
from paizhu.ui.wizards.first_run_steps import GroupStep, PasswordStep, WelcomeStep

if TYPE_CHECKING:
    from paizhu.services.office import Office

T = TypeVar("T")
_LOST, _COVERED = "lost", "covered"
COVERED = "现在没有打开的数据，没有可锁的内容"

_WIDEST = 860
_SIDE, _LEAST_SIDE = 72, 16


class FirstRun(QWidget):
    """`finished` says that the vault is open and whether old ledgers are to be imported now."""

    finished = Signal(bool)
    vault_chosen = Signal()
    """An existing vault was picked; it has yet to be unlocked."""
    given_up = Signal()
    lock_asked = Signal()
    vault_made = Signal()

    def __init__(
        self, session: Session, tasks: Tasks, ready: Callable[[], None] = lambda: None, step: str = ""
    ) -> None:
        super().__init__()
        self._session = session
        self._tasks = tasks
        self._ready = ready
        self._gathered = Gathered()
        if session.office:
            self._gathered.code = session.unkept.of(session.office.vault)
        self.welcome = WelcomeStep()
        self.group = GroupStep(self._gathered)
        self.password = PasswordStep(self._gathered)
        self.recovery = RecoveryStep(session, tasks, self._gathered)
        self.backup = BackupStep(session)
        self.calendar = CalendarStep(session)
        self.ledgers = ImportStep()
        self.restoring = RestoreStep(session, tasks)
        self._pages: list[StepPage] = [
            self.welcome, self.group, self.password, self.recovery, self.backup, self.calendar, self.ledgers,
        ]  # fmt: skip
        self._at = 0
        self._making = self._locks_after = False
        self.back = Button("上一步", size=Size.TALL)
        self.later = Button("以后再设置其余步骤", size=Size.TALL)
        self.next = Button("下一步", Look.PRIMARY, size=Size.TALL)
        self.lock = Button("锁定", shortcut="Ctrl+L", icon="lock")
        self.help = StepHelp(self)
        self.rail = StepRail(self.help.button, self.lock)
        self.strips = Strips()
        self.loading = LoadingPane(meanwhile="", can_stop=False)
        self._lay_out()
        take_size_keys(self)
        self._connect()
        if session.lost and not session.office:
            self._tell_lost(session.lost)
        self.go_to(place_of(step))

    # --- going about -----------------------------------------------------------------------------------------

    @property
    def current(self) -> StepPage:
        """The step in front."""
        page = self._stack.currentWidget()
        return page if isinstance(page, StepPage) else self.welcome

    def go_to(self, at: int) -> None:
        """Show a step by its place; steps that need the vault are remembered in it."""
        self._at = at
        self.strips.take(_COVERED)
        page = self._pages[at]
        page.enter()
        self._stack.bring(page)
        key, label = STEPS[at]
        self.help.show_step(label)
        if key in AFTER_VAULT and self._session.office:
            self._session.remember_step(key)
        self.rail.show_step(self._at)
        self._show_buttons()
        # However far the step before was scrolled, what this one is about comes first.
        to_top(page)
        page.setFocus()

    def go_on(self) -> None:
        """Take the step in front; after the password the vault is made."""
        if self._making or self.current.waits_for():
            self._show_buttons()
            return
        if self.current is self.password and self._session.office is None:
            self._make_vault()
        elif self._at == len(self._pages) - 1:
            self._finish(wants_import=False)
        else:
            self.go_to(self._at + 1)

    def complete(self) -> None:
        """Press the red button of the step in front, as Ctrl+Enter does on every page."""
        if self.current is self.restoring:
            self.restoring.go.click()
        elif self.current is not self.welcome:
            self.go_on()

    def go_back(self) -> None:
        """Go one step back; what was made stays made."""
        if self.current is self.restoring:
            self.go_to(0)
        elif self._at > (place_of(AFTER_VAULT[0]) if self._session.office else 0):
            self.go_to(self._at - 1)

    def put_off(self) -> None:
        """Begin to work and do the rest later; the desk reminds of it."""
        if self._session.office:
            if self.current is self.recovery and not self.recovery.waits_for():
                self._session.remember_step(STEPS[self._at + 1][0])
            self.finished.emit(False)
        else:
            self.given_up.emit()

    def mend(self, vault: Path) -> None:
        """Lead to the page that makes a damaged vault whole again from a backup."""
        self.choose_way("restore")
        self.restoring.mend(vault)

    def choose_way(self, key: str) -> None:
        """Begin in one of the four ways of the welcome page."""
        match key:
            case "new":
                self.go_to(1)
            case "open":
                self._open_existing()
            case "restore":
                self._stack.bring(self.restoring)
                self.help.show_step(RESTORING)
                self._show_buttons()
                self.restoring.setFocus()
            case "sample":
                self._open_sample()

    def show_trouble(self, trouble: Trouble) -> None:
        """Show a refusal or fault above the step; what was filled in stays."""
        self.strips.show_trouble(trouble)

    def take_lock_key(self) -> None:
        """Bind Ctrl+L here: there is no desk that has it among its commands."""
        key = QShortcut(QKeySequence("Ctrl+L"), self, self.lock_asked.emit)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.setAutoRepeat(False)

    def put_away(self) -> bool:
        """Leave nothing secret on the screen; True when there is an open vault that can be locked now.

        Before it is made nothing is lost but typed passwords; while it is being made, it is locked right after.
        """
        for typed in (self.password.form, self.recovery.password, self.restoring.password):
            typed.clear()
        self.recovery.sheet.forget()
        if self._making:
            self._locks_after = True
        elif self._session.office is None:
            told = "填过的口令已清空，其他内容还在；回来后重新填写口令，接着做。"
            self.strips.put(_COVERED, COVERED, told, closable=True)
            self.current.setFocus()
        return not self._making and self._session.office is not None

    # --- the machine -----------------------------------------------------------------------------------------

    def _tell_lost(self, folder: Path) -> None:
        """Say that the vault used last is not where it was, before anybody takes this for a first day."""
        self.welcome.expect_existing()
        words = Trouble(
            "没有找到上次使用的数据",
            f"它原来在 {folder}，现在那里没有：盘没有插上，或者文件夹被移动、改了名。",
            "程序没有动过它，也没有新建别的数据。",
            "插好盘后点“再找一次”；移动或改名了的，点“打开已有的”选到新位置；真的丢了，点“从备份恢复”。",
        )
        self.strips.put_trouble(_LOST, words, [Offer(_LOST, "再找一次")])
        self.strips.acted.connect(self._look_again)

    def _look_again(self, key: str) -> None:
        if key == _LOST and self._session.known:
            self.vault_chosen.emit()

    def _make_vault(self) -> None:
        folder, names = self._gathered.folder, dict(self._gathered.names)
        names["lock_minutes"] = str(self._gathered.lock_minutes)
        password = self.password.form.password()
        if folder is None:
            return

        def work(_progress: Progress) -> tuple[Office, str]:
            self._ready()
            return self._session.create(folder, names, password)

        self.next.refuse("正在建加密的数据文件夹")
        self._run(work, lambda made: self._made(made[1]), "正在建加密的数据文件夹")

    def _made(self, code: str) -> None:
        self._gathered.code = "" if self._locks_after else code
        self.password.form.clear()
        self.vault_made.emit()
        self.go_to(self._at + 1)

    def _open_existing(self) -> None:
        folder = messages.ask_folder(self, "打开已有的数据文件夹")
        if folder is None:
            return
        try:
            self._session.choose(folder)
        except PaizhuError as error:
            self.show_trouble(messages.trouble_of(error))
        else:
            self.vault_chosen.emit()

    def _open_sample(self) -> None:
        def work(_progress: Progress) -> Office:
            self._ready()
            from paizhu.services import sample
            from paizhu.services.sample_vault import SampleVault

            return SampleVault(self._session).open(sample.build)

        self._run(work, lambda _: self.finished.emit(False), "正在编示例数据")

    def _run(self, work: Callable[[Progress], T], done: Callable[[T], object], label: str) -> None:
        self._making = True

        def finished(made: T) -> None:
            self._making = False
            done(made)
            if self._locks_after:
                self.lock_asked.emit()

        def failed(error: Exception) -> None:
            self._making = self._locks_after = False
            self._show_buttons()
            if isinstance(error, PaizhuError):
                self.show_trouble(messages.trouble_of(error))
            else:
                self.show_trouble(Trouble("程序出了差错", "这一步没有做成。", "您填的内容还在。", "请再试一次。"))

        self._watch(self._tasks.run(work, finished, failed), label)

    def _watch(self, task: Task, label: str) -> None:
        self.loading.start(label)
        task.finished.connect(self.loading.finish)

    def _finish(self, *, wants_import: bool) -> None:
        if self._session.office:
            self._session.remember_step("")
        self._gathered.code = ""
        self.recovery.sheet.forget()
        self.finished.emit(wants_import)

    def _show_buttons(self) -> None:
        page = self.current
        last = self._at == len(self._pages) - 1
        first = page is self.welcome or page is self.restoring
        words = "开始使用" if last else f"下一步：{STEPS[self._at + 1][1]}"
        self.next.setText(words)
        self.next.setAccessibleName(words)
        self.next.setVisible(not first)
        made = self._session.office is not None
        self.back.setVisible(page is self.restoring or self._at > (place_of(AFTER_VAULT[0]) if made else 0))
        self.lock.setVisible(made)
        self.later.setVisible(made or self._session.known)
        later = "以后再设置其余步骤" if made else "回到解锁页"
        self.later.setText(later)
        self.later.setAccessibleName(later)
        # The code is seen once: leaving before it is kept would lose it.
        self.later.setEnabled(not (made and self.recovery.waits_for()))
        reason = page.waits_for()
        if reason and not first:
            self.next.refuse(reason)
        elif not self._making:
            self.next.allow()

    def _connect(self) -> None:
        self.welcome.chosen.connect(self.choose_way)
        self.password.entered.connect(self.go_on)
        self.ledgers.go.clicked.connect(lambda: self._finish(wants_import=True))
        self.restoring.restored.connect(self.vault_chosen)
        for page in self._pages:
            page.changed.connect(self._show_buttons)
        self.lock.clicked.connect(self.lock_asked)
        self.back.clicked.connect(self.go_back)
        self.next.clicked.connect(self.go_on)
        self.later.clicked.connect(self.put_off)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            key = QShortcut(QKeySequence(keys), self, self.complete)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.setAutoRepeat(False)

    def _lay_out(self) -> None:
        self._stack = OnePage((*self._pages, self.restoring))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(line(upright=True))
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.strips)
        right.addWidget(self._make_body(), 1)
        right.addWidget(self.loading)
        right.addWidget(self._make_bar())
        row.addLayout(right, 1)
        theme.current().follow(self, self._measure)
        self._measure()

    def _measure(self) -> None:
        look = theme.current()
        for part in (self._stack, self.help):
            part.setMaximumWidth(look.px(_WIDEST))
        self._bar.setMinimumHeight(look.heights.tall_button + 26)
        # What a larger font needs is taken from the empty sides.
        side = max(2 * _SIDE - look.px(_SIDE), _LEAST_SIDE)
        self._inside.setContentsMargins(side, side - 8, min(side, 40), 24)
        self._buttons.setContentsMargins(side, 12, side, 12)

    def _make_body(self) -> QScrollArea:
        ground = QWidget()
        ground.setProperty("ground", "surface")
        row = self._inside = QHBoxLayout(ground)
        row.addLayout(self.help.below(self._stack), 1)
        row.addStretch(0)
        return scrolling(ground)

    def _make_bar(self) -> QFrame:
        self._bar = bar = QFrame()
        bar.setProperty("frame", "action-bar")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.later)
        row.addWidget(self.next)
        column = self._buttons = QVBoxLayout(bar)
        column.setSpacing(6)
        # On a line of its own: beside the buttons it would be cut at the larger fonts.
        column.addWidget(ReasonLabel(self.next), 0, Qt.AlignmentFlag.AlignRight)
        column.addLayout(row)
        return bar
