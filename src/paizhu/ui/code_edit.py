"""The field for the printed recovery code: as it stands on the sheet, on two lines, checked before one goes on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from paizhu.ui import theme
from paizhu.ui.kit.field_note import FieldNote

_LINES = 2
_AROUND = 16
"""Padding and border above and below, as the style sheet has them."""


class CodeEdit(QPlainTextEdit):
    """`complete` follows Enter behind a whole code; `note`, to be put below, names the group that was copied wrongly.

    All eight groups are seen at once, to be held against the sheet. Enter in the middle is the end of the sheet's first
    line: the second one goes on below.
    """

    complete = Signal()
    left = Signal()
    """The cursor went elsewhere; what is wrong with the code was said."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("恢复密钥")
        self.setAcceptDrops(False)
        self.setPlaceholderText("8 组，每组 5 位；空格和横线可以不写")
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhLatinOnly
        )
        self.note = FieldNote(self)
        self.textChanged.connect(self.note.clear)
        theme.current().follow(self, self._measure)
        self._measure()

    def text(self) -> str:
        """Return what was typed."""
        return self.toPlainText()

    def setText(self, words: str) -> None:
        """Put words in place of what was typed."""
        self.setPlainText(words)

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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter go on; Esc and Ctrl+Enter are the page's."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._enter()
        elif enter or event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say what is wrong when the field is left."""
        super().focusOutEvent(event)
        if self.text().strip() and event.reason() is not Qt.FocusReason.ActiveWindowFocusReason:
            self.holds()
        self.left.emit()

    def _enter(self) -> None:
        from paizhu.storage.keys import CODE_SIGNS

        signs = sum(sign.isalnum() for sign in self.text())
        if 0 < signs <= CODE_SIGNS // 2:
            self.insertPlainText("\n")
            self.note.show_hint(f"已填 {signs} 位，共 {CODE_SIGNS} 位，接着填下一行。")
        elif self.holds():
            self.complete.emit()

    def _measure(self) -> None:
        line = QFontMetrics(theme.current().font()).lineSpacing()
        margin = int(2 * self.document().documentMargin())
        self.setFixedHeight(_LINES * line + margin + _AROUND)
