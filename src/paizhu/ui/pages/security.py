"""Changing the password and issuing a new recovery code, in the open desk."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from paizhu.base.errors import PaizhuError, WrongPasswordError
from paizhu.services.safety import recovery_code
from paizhu.services.safety.backups import Renewal
from paizhu.services.safety.passwords import names_in
from paizhu.services.session import Session
from paizhu.ui.code_edit import CodeEdit
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Button
from paizhu.ui.kit.card import Card
from paizhu.ui.kit.field_note import FieldNote
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.password_edit import PasswordEdit
from paizhu.ui.kit.scrolled import bring_into_view
from paizhu.ui.new_password import NewPassword
from paizhu.ui.recovery_sheet import RecoverySheet
from paizhu.ui.theme import Text

_QUIET = "换口令不会重新加密数据，已有的备份也跟着用新口令。"


class SecurityCard(Card):
    """Three folded forms: change the password, issue a recovery code, try the sheet; each says what came of it."""

    def __init__(self, context: Context, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("口令与恢复密钥", plain_head=True, parent=parent)
        self._context = context
        self._session = session
        self.change = Button("更换口令…", icon="key")
        self.renew = Button("换发恢复密钥…", icon="refresh")
        self.test = Button("核对恢复单…", icon="shield")
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.change, self.renew, self.test):
            row.addWidget(button)
        row.addStretch(1)
        self.words = Label(_QUIET, Text.SECONDARY, "ink2", wraps=True)
        self.old = PasswordEdit("现在的口令")
        self.form = NewPassword("新口令")
        self.note = FieldNote(self.old.field)
        self.go = Button("")
        self.leave = Button("不改了", shortcut="Esc")
        self.leave.clicked.connect(self._leave)
        self.leave_test = Button("不核对了", shortcut="Esc")
        self.leave_test.clicked.connect(self._leave)
        self.sheet = RecoverySheet(context.tasks, context.office.desk.setting("group"))
        self.sheet.kept.connect(self._note_kept)
        self._pane = self._make_pane()
        self.code = CodeEdit()
        self.compare = Button("核对恢复密钥")
        self._code_pane = self._make_code_pane()
        self.body.addLayout(row)
        self.body.addWidget(self.words)
        self.body.addWidget(self._pane)
        self.body.addWidget(self._code_pane)
        self.body.addWidget(self.sheet)
        self._code_pane.hide()
        self._pane.hide()
        self.sheet.hide()
        self.change.clicked.connect(lambda: self._open(changing=True))
        self.renew.clicked.connect(lambda: self._open(changing=False))
        self.test.clicked.connect(self.open_test)
        self.code.complete.connect(self.try_code)
        self.compare.clicked.connect(self.try_code)
        self.go.clicked.connect(self.try_it)
        self.old.entered.connect(self._go_on)
        self.form.entered.connect(self.try_it)
        self._changing = True
        if code := session.unkept.of(context.office.vault):
            # The desk was locked before it was kept, at the first run or later; whatever was printed earlier is void.
            self._show_sheet(code, "这份恢复密钥还没有打印或保存。请打印一份锁进保密柜；以前印过的恢复单不再有效。")

    def hideEvent(self, event: QHideEvent) -> None:
        """Let the code go with the page once it was kept; until then it is the only one there is."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.old.clear()
            self.form.clear()
            self.code.clear()
            if self.sheet.is_kept:
                self.sheet.forget()
                self.sheet.hide()

    def try_it(self) -> None:
        """Change the password, or issue the code, with what was typed."""
        old, new = self.old.text(), self.form.password()
        if not self.go.isEnabled():
            return
        if not old:
            self.note.show_error("请输入现在的口令")
            self.old.setFocus()
            return
        self.note.clear()
        if self._changing and (waits := self.form.waits_for()):
            self._say(waits + "。", "accent")
            self.form.setFocus()
            return
        self._say(_QUIET, "ink2")
        self.go.refuse("正在核对口令")
        if self._changing:
            self._context.tasks.run(
                lambda _progress: self._session.change_password(old, new), self._changed, self._refuse
            )
        else:
            self._context.tasks.run(lambda _progress: self._session.renew_recovery(old), self._renewed, self._refuse)

    def _go_on(self) -> None:
        """Go to the next field after the present password, as Enter does everywhere, while it is still to be filled."""
        if self._changing and self.old.text() and not self.form.password():
            self.form.setFocus()
        else:
            self.try_it()

    def open_test(self) -> None:
        """Ask for the code as it stands on the sheet: a sheet that opens nothing is found out before it is needed."""
        self._close(self.test)
        self.sheet.hide()
        self._say("照保密柜里的恢复单填一遍，看它还能不能打开本库。什么都不会改动。", "ink2")
        self._unfold(self._code_pane)
        self.code.setFocus()

    def try_code(self) -> None:
        """See whether the code opens the vault."""
        if not self.code.holds():
            self.code.setFocus()
            return
        code, office = self.code.text(), self._context.office
        self._context.tasks.run(lambda _: recovery_code.try_sheet(office, code), self._code_opens, self._refuse)

    def _code_opens(self, _: None) -> None:
        self._close(self.test)
        self._say("恢复单核对无误：忘记口令时，可以用它另设口令。请放回保密柜。", "ink2")

    def _changed(self, renewal: Renewal) -> None:
        self._close(self.change)
        self._say(f"口令已更换，下次解锁用新口令。{renewal.words}", "ink2")

    def _renewed(self, code: str) -> None:
        self._close(self.renew)
        self._show_sheet(code, "恢复密钥已换发。以前印的恢复单不再有效，请收回销毁。")
        self.sheet.print.setFocus()

    def _show_sheet(self, code: str, words: str) -> None:
        self._say(words, "ink2")
        self.sheet.show_code(code)
        self._unfold(self.sheet)

    def _note_kept(self) -> None:
        recovery_code.note_kept(self._context.office)
        self._session.unkept.forget(self._context.office.vault)

    def _refuse(self, error: Exception) -> None:
        self.go.allow()
        if isinstance(error, WrongPasswordError) and not self._code_pane.isHidden():
            self.code.note.show_error(f"{error.happened}。{error.todo}")
            self.code.setFocus()
            return
        if isinstance(error, WrongPasswordError):
            # What it costs stands where it was typed, with what is left; nothing else was changed.
            self.note.show_error(str(error))
            self.old.field.selectAll()
            self.old.setFocus()
            return
        self._say(str(error) if isinstance(error, PaizhuError) else "程序出了差错，没有改动。", "accent")

    def _say(self, words: str, ink: str) -> None:
        self.words.setText(words)
        self.words.set_ink(ink)

    def _open(self, *, changing: bool) -> None:
        self._changing = changing
        setting = self._context.office.desk.setting
        self.form.set_names(names_in(*(str(setting(name)) for name in ("group", "unit", "officer"))))
        self.form.setVisible(changing)
        self.form.rules.setVisible(changing)
        words = "更换口令" if changing else "换发恢复密钥"
        self.go.setText(words)
        self.go.setAccessibleName(words)
        self.note.clear()
        self._code_pane.hide()
        self.sheet.setVisible(bool(self._session.unkept.of(self._context.office.vault)))
        self._unfold(self._pane)
        self.old.setFocus()

    def _unfold(self, pane: QWidget) -> None:
        """Show a part of the card; in a low window it would open below what is seen, as if nothing had happened."""
        pane.show()
        bring_into_view(pane)

    def _close(self, button: Button) -> None:
        # A field that is hidden hands the cursor on, into a setting that the next key would change.
        button.setFocus()
        self.go.allow()
        self.note.clear()
        self.old.clear()
        self.form.clear()
        self._pane.hide()
        self.code.clear()
        self.code.note.clear()
        self._code_pane.hide()

    def _make_code_pane(self) -> QFrame:
        pane = QFrame()
        name = Label("恢复密钥")
        name.setBuddy(self.code)
        foot = QHBoxLayout()
        foot.addWidget(self.compare)
        foot.addWidget(self.leave_test)
        foot.addStretch(1)
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(6)
        for widget in (name, self.code, self.code.note):
            column.addWidget(widget)
        column.addLayout(foot)
        return pane

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc fold the form that stands open."""
        if event.key() == Qt.Key.Key_Escape and (not self._pane.isHidden() or not self._code_pane.isHidden()):
            self._leave()
        else:
            super().keyPressEvent(event)

    def _leave(self) -> None:
        opened = self.test if not self._code_pane.isHidden() else self.change if self._changing else self.renew
        self._close(opened)
        self._say(_QUIET, "ink2")

    def _make_pane(self) -> QFrame:
        pane = QFrame()
        left = QVBoxLayout()
        left.setSpacing(6)
        name = Label("现在的口令")
        name.setBuddy(self.old.field)
        for widget in (name, self.old, self.note, self.form):
            left.addWidget(widget)
        foot = QHBoxLayout()
        foot.addWidget(self.go)
        foot.addWidget(self.leave)
        foot.addStretch(1)
        left.addLayout(foot)
        left.addStretch(1)
        right = QVBoxLayout()
        right.addWidget(self.form.rules)
        right.addStretch(1)
        row = QHBoxLayout(pane)
        row.setContentsMargins(0, 8, 0, 0)
        row.setSpacing(24)
        row.addLayout(left, 3)
        row.addLayout(right, 2)
        return pane
