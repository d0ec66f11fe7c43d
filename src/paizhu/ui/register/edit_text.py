"""Editors of words: a line, a sealed line, a text of several lines; numbers and money are lines too."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from paizhu.base.field import Field, FieldKind
from paizhu.base.rows import Sealed, Value
from paizhu.ui import theme
from paizhu.ui.kit.scrolled import show_part
from paizhu.ui.register.editor import Editor

_FEWEST_LINES, _MOST_LINES = 2, 12
_EXAMPLES = {
    FieldKind.MONEY: "如 48.6万",
    FieldKind.MONTH: "如 2026-03",
    FieldKind.DAY: "如 3.5",
    FieldKind.MOMENT: "如 3.5 15:00",
}


class LineEditor(Editor):
    """One line: words, a month, a count, a number or a sum."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.line = QLineEdit()
        self.line.setPlaceholderText(self._example())
        self._writes = False
        self.line.textEdited.connect(self._line_edited)
        self.line.returnPressed.connect(self.go_on)
        self.column.addWidget(self.line)
        self.take(self.line)

    def raw(self) -> Any:
        """Return the line."""
        return self.line.text()

    def show_value(self, value: Value) -> None:
        """Show a value of the record; what was typed before is no longer taken back from here."""
        super().show_value(value)
        if self.line.isUndoAvailable() or self.line.isRedoAvailable():
            self.line.setText(self.line.text())

    def show_raw(self, raw: Any) -> None:
        """Show a line, from its beginning."""
        words = "" if raw is None else str(raw)
        if self.line.text() != words:
            self.line.setText(words)
            self.line.setCursorPosition(0)

    def show_read(self, words: str) -> None:
        """Show typed words as they were understood; Ctrl+Z still goes back to what was typed."""
        self.write_over(words)

    def write_over(self, words: str) -> None:
        """Put words in the place of those that stand there as typing would, so that they can be taken back."""
        self._writes = True
        self.line.selectAll()
        self.line.insert(words)
        self.line.setCursorPosition(0)
        self._writes = False

    def show_placeholder(self, words: str) -> None:
        """Say what is wanted, after an example of how it may be typed."""
        self.line.setPlaceholderText("，".join(part for part in (words, self._example()) if part))

    def _line_edited(self) -> None:
        if not self._writes:
            self.edited.emit()

    def _example(self) -> str:
        kind = FieldKind.MONTH if self.field.dated.month_will_do else self.field.kind
        return _EXAMPLES.get(kind, "")


class SealedEditor(LineEditor):
    """Words about an informant: readable while they are typed, masked as soon as the field is left."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self._kept: Sealed | None = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Mask the words while the field has no focus; a password field would shut out the Chinese keyboard."""
        if event.type() is QEvent.Type.FocusIn:
            self.line.setEchoMode(QLineEdit.EchoMode.Normal)
        elif event.type() is QEvent.Type.FocusOut:
            self.line.setEchoMode(QLineEdit.EchoMode.Password)
        return super().eventFilter(watched, event)

    def raw(self) -> Any:
        """Return the new words, or the sealed ones while nothing new was typed."""
        return self.line.text() or self._kept or ""

    def show_value(self, value: Value) -> None:
        """Show only that something is sealed here."""
        self.show_raw(value)

    def show_raw(self, raw: Any) -> None:
        """Show that something is sealed here, or words typed just now."""
        self._kept = raw if isinstance(raw, Sealed) else None
        self.line.setPlaceholderText("已密封，重新填写会替换" if self._kept else "")
        self.line.setText("" if self._kept or raw is None else str(raw))


class _Text(QPlainTextEdit):
    """A text that tells when it was broken into lines anew: one that is only shown gets its width after its words."""

    def __init__(self, broken: Callable[[], object]) -> None:
        super().__init__()
        self._broken = broken

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell of another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._broken()


class TextEditor(Editor):
    """Several lines; Tab leaves the field, and the field grows with what is in it."""

    def __init__(self, field: Field, *, fewest_lines: int = _FEWEST_LINES) -> None:
        super().__init__(field)
        self._fewest_lines = fewest_lines
        self.text = _Text(self._fit)
        self.text.setTabChangesFocus(True)
        self._shown = ""
        self.text.textChanged.connect(self._changed)
        self.text.cursorPositionChanged.connect(self._follow_cursor)
        theme.current().follow(self, self._fit)
        self.column.addWidget(self.text)
        self.take(self.text)
        self._fit()

    def raw(self) -> Any:
        """Return the text."""
        return self.text.toPlainText()

    def show_value(self, value: Value) -> None:
        """Show a value of the record; what was typed before is no longer taken back from here."""
        super().show_value(value)
        self.text.document().clearUndoRedoStacks()

    def show_raw(self, raw: Any) -> None:
        """Show a text without counting it as typed."""
        self._shown = "" if raw is None else str(raw)
        if self.text.toPlainText() != self._shown:
            self.text.setPlainText(self._shown)

    def show_placeholder(self, words: str) -> None:
        """Say what is wanted."""
        self.text.setPlaceholderText(words)

    def _changed(self) -> None:
        self._fit()
        if self.text.toPlainText() != self._shown:
            self._shown = self.text.toPlainText()
            self.edited.emit()

    def _fit(self) -> None:
        lines = int(self.text.document().size().height())
        bar = Qt.ScrollBarPolicy.ScrollBarAsNeeded if lines > _MOST_LINES else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.text.setVerticalScrollBarPolicy(bar)
        height = ceil(QFontMetricsF(theme.current().font()).lineSpacing())
        self.text.setFixedHeight(min(max(lines, self._fewest_lines), _MOST_LINES) * height + 22)

    def _follow_cursor(self) -> None:
        """Keep the line being written in sight: the field grows below the edge of the pane it stands in."""
        if self.text.hasFocus():
            QTimer.singleShot(0, self.text, self._show_cursor)

    def _show_cursor(self) -> None:
        show_part(self.text.viewport(), self.text.cursorRect())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Ctrl+Enter to the page: it completes, it does not break a line."""
        event.ignore()
