"""The step of the recovery code: shown once, and issued anew when it was never printed."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from paizhu.base.errors import PaizhuError, WrongPasswordError
from paizhu.services.safety import recovery_code
from paizhu.services.session import Session
from paizhu.ui.kit.button import Button, Size
from paizhu.ui.kit.field_note import FieldNote
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.password_edit import PasswordEdit
from paizhu.ui.recovery_sheet import RecoverySheet
from paizhu.ui.tasks import Tasks
from paizhu.ui.wizards.first_run_data import Gathered
from paizhu.ui.wizards.first_run_step import StepPage

_GONE = "恢复密钥收好以后不再显示。上次已经打印或存下的，直接到下一步；没有的，填口令换发一份新的，以前那一份同时作废。"


class RecoveryStep(StepPage):
    """The recovery code, shown once; going on needs it printed, saved or copied correctly."""

    def __init__(self, session: Session, tasks: Tasks, gathered: Gathered) -> None:
        super().__init__("收好恢复密钥", "忘记口令时，只有它能打开数据。现在打印或存下一份。")
        self._session = session
        self._tasks = tasks
        self._gathered = gathered
        self.sheet = RecoverySheet(tasks)
        self.sheet.kept.connect(self._note_kept)
        self.sheet.kept.connect(self.changed)
        self.sheet.copied.connect(self.changed)
        self.password = PasswordEdit("口令")
        self.renew = Button("换发恢复密钥", icon="refresh", size=Size.TALL)
        self.note = FieldNote(self.password.field)
        self.refused = Label("", ink="accent", wraps=True)
        self._gone = self._make_gone()
        self.body.addWidget(self.sheet)
        self.body.addWidget(self._gone)
        self.renew.clicked.connect(self.issue)
        self.password.entered.connect(self.issue)

    def enter(self) -> None:
        """Show the code while it is known, else the way to a new one."""
        known = bool(self._gathered.code)
        self.sheet.setVisible(known)
        self._gone.setVisible(not known)
        self.setFocusProxy(self.sheet.print if known else self.password)
        if known and not self.sheet.is_kept:
            self.sheet.set_group(self._gathered.names.get("group", "") or self._group())
            self.sheet.show_code(self._gathered.code)

    def waits_for(self) -> str:
        """Return that the code must be kept first, and that a copy tried must not be a wrong one."""
        if self._gathered.code and not self.sheet.is_kept:
            return "请先打印或存下恢复密钥"
        return (
            "照抄的一遍和恢复密钥还不一样：抄完、改对，或清空" if self._gathered.code and self.sheet.differs() else ""
        )

    def issue(self) -> None:
        """Issue a new code with the password and show it."""
        password = self.password.text()
        if not password:
            self.note.show_error("请先填口令")
            self.password.setFocus()
            return
        if not self.renew.isEnabled():
            return
        self.note.clear()
        self._refuse_words("")
        self.renew.refuse("正在换发")
        self._tasks.run(lambda _progress: self._session.renew_recovery(password), self._issued, self._refuse)

    def _note_kept(self) -> None:
        if self._session.office:
            recovery_code.note_kept(self._session.office)
            self._session.unkept.forget(self._session.office.vault)

    def _issued(self, code: str) -> None:
        self.renew.allow()
        self.password.clear()
        self._refuse_words("")
        self._gathered.code = code
        self.sheet.show_code(code)
        self.enter()
        self.changed.emit()

    def _refuse(self, error: Exception) -> None:
        self.renew.allow()
        if isinstance(error, WrongPasswordError):
            self.note.show_error(str(error))
            self.password.field.selectAll()
            self.password.setFocus()
            return
        self._refuse_words(str(error) if isinstance(error, PaizhuError) else "程序出了差错，没有换发。请再试一次。")
        self.password.setFocus()

    def _refuse_words(self, words: str) -> None:
        self.refused.setText(words)
        self.refused.setVisible(bool(words))

    def _group(self) -> str:
        office = self._session.office
        return str(office.desk.setting("group")) if office else ""

    def _make_gone(self) -> QWidget:
        pane = QWidget()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.password, 1)
        row.addWidget(self.renew)
        row.addStretch(1)
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(Label(_GONE, wraps=True))
        column.addLayout(row)
        column.addWidget(self.note)
        column.addWidget(self.refused)
        self.refused.hide()
        return pane
