"""The password asked for once more in an open desk; what is against it stands beneath it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from paizhu.base.errors import PaizhuError
from paizhu.ui.kit.field_note import FieldNote
from paizhu.ui.kit.password_edit import PasswordEdit


class SecondPassword(QWidget):
    """A line for the password of the open vault; while one try is looked at, no second one is taken."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.password = PasswordEdit("再输入一次解锁口令")
        self.password.field.setPlaceholderText("再输入一次解锁口令")
        self.note = FieldNote(self.password.field)
        self._trying = False
        self.setFocusProxy(self.password)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.password)
        column.addWidget(self.note)

    def taken(self) -> str:
        """Return what was typed, to be tried; empty when nothing was, or when it is being tried already."""
        if self._trying:
            return ""
        words = self.password.text()
        if not words:
            self.note.show_error("请再输入一次解锁口令")
            self.password.setFocus()
            return ""
        self.note.clear()
        self._trying = True
        self.password.field.setReadOnly(True)
        return words

    def refuse(self, error: Exception) -> None:
        """Say what came of the try, and how many are left."""
        self._free()
        self.note.show_error(str(error) if isinstance(error, PaizhuError) else "程序出了差错，没有核对成。请再试一次。")
        self.password.field.selectAll()
        self.password.setFocus()

    def forget(self) -> None:
        """Let it go: it was right, or is no longer asked for."""
        self._free()
        self.note.clear()
        self.password.clear()

    def _free(self) -> None:
        self._trying = False
        self.password.field.setReadOnly(False)
