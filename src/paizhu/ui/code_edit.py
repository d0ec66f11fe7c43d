"""The field for the printed recovery code: as it stands on the sheet, on two lines, checked before one goes on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from paizhu.ui.kit.field_note import FieldNote


class CodeEdit(QLineEdit):
    """`complete` follows Enter behind a whole code; `note`, to be put below, names the group that was copied wrongly.

    Enter in the middle of it is the end of the sheet's first line: the second one goes on in the same field.
    """

    complete = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("fit", "tall")
        self.setAccessibleName("恢复密钥")
        self.setPlaceholderText("8 组，每组 5 位；空格和横线可以不写")
        self.note = FieldNote(self)
        self.textEdited.connect(lambda _text: self.note.clear())
        self.returnPressed.connect(self._enter)
        self.editingFinished.connect(self._leave)

    def holds(self) -> bool:
        """Tell whether what stands here can be a code; what is wrong with it is said below."""
        from paizhu.storage.keys import MistypedCodeError, read_recovery_code

        try:
            read_recovery_code(self.text())
        except MistypedCodeError as error:
            self.note.show_error(f"{error.happened}。{error.todo}")
            return False
        self.note.clear()
        return True

    def _enter(self) -> None:
        from paizhu.storage.keys import CODE_SIGNS

        signs = sum(sign.isalnum() for sign in self.text())
        if 0 < signs <= CODE_SIGNS // 2:
            self.insert(" ")
            self.note.show_hint(f"已填 {signs} 位，共 {CODE_SIGNS} 位，接着填下一行。")
        elif self.holds():
            self.complete.emit()

    def _leave(self) -> None:
        # Enter ends the editing too, and keeps the cursor here.
        if self.text().strip() and not self.hasFocus():
            self.holds()
