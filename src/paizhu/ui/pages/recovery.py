"""The way back with the printed recovery code: a new password, then the vault opens."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from paizhu.base.errors import PaizhuError, WrongPasswordError
from paizhu.services.safety.passwords import names_in
from paizhu.services.session import Session
from paizhu.ui.code_edit import CodeEdit
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.card import line
from paizhu.ui.kit.label import Label
from paizhu.ui.new_password import NewPassword
from paizhu.ui.tasks import Progress, Tasks
from paizhu.ui.theme import Text

if TYPE_CHECKING:
    from paizhu.services.office import Office


class RecoveryPane(QFrame):
    """Asks for the code and a new password; stands in place of the password card."""

    opened = Signal()
    given_up = Signal()

    def __init__(
        self, session: Session, tasks: Tasks, ready: Callable[[], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("frame", "card")
        self._session = session
        self._tasks = tasks
        self._ready = ready
        self.code = CodeEdit()
        self.form = NewPassword("新口令")
        # All that is known of the shut vault; its folder is called after the group.
        self.form.set_names(names_in(session.name))
        self.go = Button("设置新口令并解锁", Look.PRIMARY, size=Size.TALL)
        self.back = Button("返回", Look.LINK)
        self.words = Label("", ink="accent", wraps=True)
        self.words.hide()
        name = Label("恢复密钥")
        name.setBuddy(self.code)
        foot = QHBoxLayout()
        foot.addWidget(self.go)
        foot.addStretch(1)
        foot.addWidget(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(30, 24, 30, 20)
        column.setSpacing(6)
        column.addWidget(Label("用恢复密钥另设口令", Text.PANE))
        column.addWidget(Label("照恢复单输入。设好后旧口令不再有效，数据不变。", Text.SECONDARY, "ink2", wraps=True))
        column.addSpacing(8)
        column.addWidget(name)
        column.addWidget(self.code)
        column.addWidget(self.code.note)
        column.addSpacing(6)
        column.addWidget(self.form)
        column.addWidget(self.form.rules)
        column.addWidget(self.words)
        column.addSpacing(8)
        column.addWidget(line())
        column.addLayout(foot)
        self.setFocusProxy(self.code)
        self.code.complete.connect(self.form.setFocus)
        self.form.entered.connect(self.try_code)
        self.go.clicked.connect(self.try_code)
        self.back.clicked.connect(self.given_up)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            key = QShortcut(QKeySequence(keys), self, self.try_code)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.setAutoRepeat(False)

    def try_code(self) -> None:
        """Set the new password if the code is right; a wrong one changes nothing."""
        self._say("")
        if not self.go.isEnabled():
            return
        if not self.code.holds():
            self.code.setFocus()
            return
        if waits := self.form.waits_for():
            self._say(waits + "。")
            self.form.setFocus()
            return
        code, password = self.code.text(), self.form.password()

        def work(progress: Progress) -> Office:
            self._ready()
            return self._session.recover(code, password, progress)

        self.go.refuse("正在设置")
        self._tasks.run(work, lambda _: self._open(), self._refuse)

    def _open(self) -> None:
        self.go.allow()
        self.code.clear()
        self.form.clear()
        self.opened.emit()

    def _refuse(self, error: Exception) -> None:
        self.go.allow()
        self.code.setFocus()
        if isinstance(error, WrongPasswordError):
            self.code.note.show_error(str(error))
        else:
            self._say(str(error) if isinstance(error, PaizhuError) else "程序出了差错，口令没有改。请再试一次。")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc go back to the password."""
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def _say(self, words: str) -> None:
        self.words.setText(words)
        self.words.setVisible(bool(words))
