"""The locked page: a password and nothing else; no content, no names, no counts, no reminders."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from paizhu.base.errors import PaizhuError, VaultDamagedError, WrongPasswordError
from paizhu.services import sample_vault
from paizhu.services.sample_vault import SampleVault
from paizhu.services.session import Session
from paizhu.ui import theme
from paizhu.ui.icons import icon
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.card import line
from paizhu.ui.kit.field_note import FieldNote
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.password_edit import PasswordEdit
from paizhu.ui.moments import spoken
from paizhu.ui.pages.lock_ground import Kept, LockGround
from paizhu.ui.size_keys import take_size_keys
from paizhu.ui.tasks import Progress, Tasks
from paizhu.ui.theme import Text

if TYPE_CHECKING:
    from paizhu.services.office import Office
    from paizhu.ui.kit.trouble import Trouble
    from paizhu.ui.pages.recovery import RecoveryPane

_LOOK_AGAIN_MS = 5_000
_OPEN_IT = "用那时的口令解锁；忘了口令的，点“忘记口令，用恢复密钥”另设。"
_SAMPLE_HINT = f"示例数据的初始口令：{sample_vault.PASSWORD}"


class LockPage(QWidget):
    """Asks for the password and opens the vault; `opened` says that the session has an office again."""

    opened = Signal()
    quit_asked = Signal()
    other_asked = Signal()
    """The officer wants another vault, or the way through the first run."""
    mend_asked = Signal()
    """The vault is damaged, and a backup is to be put in its place."""

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        ready: Callable[[], None] = lambda: None,
        before: Callable[[], None] = lambda: None,
        parent: QWidget | None = None,
    ) -> None:
        """``ready`` waits for what opening takes, away from the window; ``before`` ends what the lock put off."""
        super().__init__(parent)
        self._session = session
        self._tasks = tasks
        self._ready = ready
        self._before = before
        self._trying = False
        self._reason = Label("", Text.SECONDARY, "ink2")
        self.password = PasswordEdit("口令")
        self.note = FieldNote(self.password.field)
        self.trouble = Label("", ink="accent", wraps=True)
        self.trouble.hide()
        self.unlock = Button("解锁", Look.PRIMARY, shortcut="Enter", size=Size.TALL)
        self.tries = Label("", Text.SECONDARY, "ink2", wraps=True)
        self.forgot = Button("忘记口令，用恢复密钥", Look.LINK)
        self.mend = Button("从备份恢复…", icon="history")
        self.mend.hide()
        self.quit = Button("退出程序", Look.LINK)
        self.other = Button("打开别的数据", Look.LINK)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._front())
        self._recovery: RecoveryPane | None = None
        self.ground = LockGround(self._stack)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.ground)
        theme.current().follow(self, self._draw)
        self._draw()
        take_size_keys(self)
        self.password.entered.connect(self.try_password)
        self.unlock.clicked.connect(self.try_password)
        self.forgot.clicked.connect(self.show_recovery)
        self.quit.clicked.connect(self.quit_asked)
        self.other.clicked.connect(self.other_asked)
        self.mend.clicked.connect(self.mend_asked)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_AGAIN_MS)
        self._timer.timeout.connect(self.look_at_tries)

    # --- showing ---------------------------------------------------------------------------------------------

    def show_locked(self, reason: str = "", kept: Kept | None = None) -> None:
        """Stand ready: why it is locked, and what became of what was being written when it was."""
        self.ground.show_vault(self._session.name, spoken(self._session.last_unlock))
        self.ground.show_kept(kept or Kept.UNKNOWN)
        self._reason.setText(reason)
        self.password.clear()
        self.note.clear()
        self.say("")
        self._drop_recovery()
        self.tries.setText("连错 5 次须等 10 分钟")
        if SampleVault(self._session).chosen:
            self.note.show_hint(_SAMPLE_HINT)
        elif told := self._session.done_while_closed:
            self.note.show_hint(f"{told}{_OPEN_IT}")
        self._stack.setCurrentIndex(0)
        self.password.setFocus()

    def put_away(self) -> None:
        """Forget what was typed: whoever went away over it must not leave a password or a recovery code behind."""
        if self._trying or (self._recovery and not self._recovery.go.isEnabled()):
            return
        self.password.clear()
        self._give_up()

    def wait_for(self, words: str) -> None:
        """Hold back every way to a vault, saying why; an empty sentence lets them go."""
        for link in (self.forgot, self.other):
            link.setEnabled(not words)
        if words:
            self.unlock.refuse(words)
            self.tries.setText(words)
        else:
            self.unlock.allow()

    def look_at_tries(self) -> None:
        """Ask how many tries are left and when the last backup was made; storage may have to be loaded for it."""

        def look(_progress: Progress) -> tuple[str, int, str]:
            self._ready()
            words, wait = self._session.tries()
            return words, wait, spoken(self._session.last_backup())

        self._tasks.run(look, self._show_tries, self._show_unreadable)

    def _show_tries(self, seen: tuple[str, int, str]) -> None:
        words, wait, backup = seen
        self.ground.show_backup(backup)
        if self._trying:
            return
        self.tries.setText(words)
        self.unlock.setEnabled(not wait)
        # While one must wait, the words count down by themselves.
        self._timer.start() if wait else self._timer.stop()

    def _show_unreadable(self, error: Exception) -> None:
        if not self._trying:
            # How many tries are left stands in the vault that cannot be read.
            self.tries.setText("")
        if isinstance(error, PaizhuError):
            self._tell(error)

    def show_trouble(self, trouble: Trouble) -> None:
        """Show a refusal or fault that came up while nothing else is open."""
        parts = (trouble.headline, trouble.happened, trouble.kept, trouble.next)
        self.say("".join(part.rstrip("。") + "。" for part in parts if part))

    def _tell(self, error: PaizhuError) -> None:
        self.say(str(error))
        self.mend.setVisible(isinstance(error, VaultDamagedError))

    def say(self, words: str) -> None:
        """Show a whole refusal; an empty one takes it away."""
        self.mend.hide()
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))

    # --- the password ----------------------------------------------------------------------------------------

    def try_password(self) -> None:
        """Try what is typed; the answer comes as soon as the key is derived."""
        if self._trying or not self.unlock.isEnabled():
            return
        if not self.password.text():
            self.note.show_error("请输入口令")
            return
        self._before()
        password = self.password.text()

        def work(progress: Progress) -> Office:
            self._ready()
            return self._session.unlock(password, progress)

        self.note.clear()
        self.say("")
        self._set_trying(True)
        self._tasks.run(work, lambda _: self._open(), self._refuse).advanced.connect(self._show_progress)

    def _show_progress(self, done: int, total: int, words: str) -> None:
        # After another version of the program it takes longer than a blink: it is said what is going on.
        if self._trying and words:
            self.tries.setText(f"{words} {done * 100 // total} %" if total else words)

    def _open(self) -> None:
        self._set_trying(False)
        self._timer.stop()
        self.password.clear()
        self.opened.emit()

    def _refuse(self, error: Exception) -> None:
        self._set_trying(False)
        if isinstance(error, WrongPasswordError):
            invented = f"。{_SAMPLE_HINT}" if SampleVault(self._session).chosen else ""
            self.note.show_error(f"{error.happened}{invented}")
            self.password.field.selectAll()
        elif isinstance(error, PaizhuError):
            self._tell(error)
        else:
            self.say("程序出了差错，没有打开。数据没有动，请再试一次。")
        self.password.setFocus()
        self.look_at_tries()

    def _set_trying(self, trying: bool) -> None:
        self._trying = trying
        self.unlock.setEnabled(not trying)
        self.password.field.setReadOnly(trying)
        self.tries.setText("正在解锁" if trying else self.tries.text())

    # --- the recovery code -----------------------------------------------------------------------------------

    def show_recovery(self) -> None:
        """Show the way back with the printed code."""
        from paizhu.ui.pages.recovery import RecoveryPane

        self._before()
        pane = RecoveryPane(self._session, self._tasks, self._ready)
        pane.opened.connect(self._open)
        pane.given_up.connect(self._give_up)
        self._recovery = pane
        self._stack.addWidget(pane)
        self._stack.setCurrentWidget(pane)
        pane.setFocus()

    def _give_up(self) -> None:
        self._stack.setCurrentIndex(0)
        self._drop_recovery()
        self.password.setFocus()

    def _drop_recovery(self) -> None:
        if self._recovery:
            self._stack.removeWidget(self._recovery)
            self._recovery.deleteLater()
            self._recovery = None

    # --- laying out ------------------------------------------------------------------------------------------

    def _draw(self) -> None:
        # A drawing taken out of its icon keeps the colours it was taken in.
        side, dense = theme.current().px(16), self.devicePixelRatioF()
        self._lock.setPixmap(icon("lock", "ink").pixmap(QSize(side, side), dense))

    def _front(self) -> QFrame:
        card = QFrame()
        card.setProperty("frame", "card")
        self._lock = QLabel()
        title = QHBoxLayout()
        title.setSpacing(8)
        title.addWidget(self._lock)
        title.addWidget(Label("已锁定", Text.PANE))
        title.addStretch(1)
        title.addWidget(self._reason)
        name = Label("口令")
        name.setBuddy(self.password.field)
        action = QHBoxLayout()
        action.setSpacing(12)
        action.addWidget(self.unlock)
        action.addWidget(self.tries, 1)
        links = QHBoxLayout()
        for link in (self.forgot, self.other):
            links.addWidget(link)
        links.addStretch(1)
        links.addWidget(self.quit)
        column = QVBoxLayout(card)
        column.setContentsMargins(30, 28, 30, 20)
        column.setSpacing(6)
        column.addLayout(title)
        column.addSpacing(12)
        column.addWidget(name)
        column.addWidget(self.password)
        column.addWidget(self.note)
        column.addWidget(self.trouble)
        column.addWidget(self.mend, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(12)
        column.addLayout(action)
        column.addSpacing(10)
        column.addWidget(line())
        column.addSpacing(4)
        column.addLayout(links)
        return card
