"""The question for the password of a file that is locked; what is typed is used once and kept nowhere."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from paizhu.ui.kit.button import Button, Look
from paizhu.ui.kit.field_note import FieldNote
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.password_edit import PasswordEdit
from paizhu.ui.kit.scrolled import bring_into_view
from paizhu.ui.theme import Text


class LockedFile(QWidget):
    """Hidden until a file asks for its password; `given` brings what was typed."""

    given = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._asked = Label("", bold=True, wraps=True)
        self.password = PasswordEdit(name)
        self._note = FieldNote(self.password.field)
        self.open = Button("用这个密码打开", Look.SECONDARY)
        self.open.clicked.connect(self._give)
        self.password.entered.connect(self._give)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(6)
        for widget in (self._asked, self.password, self._note):
            column.addWidget(widget)
        column.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(Label("密码只用来打开这个文件，不会保存。", Text.SECONDARY, "ink2", wraps=True))
        self.hide()

    def ask(self, name: str, wrong: str = "") -> None:
        """Ask for the password of a file; `wrong` says why the last one did not do."""
        self._asked.setText(f"《{name}》设有打开密码，请输入：")
        self.password.clear()
        if wrong:
            self._note.show_error(wrong)
        else:
            self._note.clear()
        self.show()
        self.password.setFocus()
        # Below a long list of files half of it would be out of sight, and with it why the last one did not do.
        bring_into_view(self)

    def forget(self) -> None:
        """Take the question away and forget what was typed."""
        self.password.clear()
        self.hide()

    def _give(self) -> None:
        if words := self.password.text():
            # Tried now; whoever it does not open asks again.
            self.forget()
            self.given.emit(words)
        else:
            self._note.show_error("请输入这个文件的打开密码")
            self.password.setFocus()
