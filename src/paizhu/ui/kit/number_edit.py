"""A number within bounds: typed to its end before it is judged, and refused whole where it is out of them."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence, QValidator
from PySide6.QtWidgets import QSpinBox, QWidget

from paizhu.ui.kit.field_note import FieldNote


class NumberEdit(QSpinBox):
    """Counts as one change when it is left, however many digits it has; `note` stands where its page puts it.

    A plain one drops the digit that is too much: 31 where 28 is the most would be kept as 3. With ``at_once`` every
    digit counts while it is typed, for a page that shows what comes of it; what is out of bounds counts for nothing.
    """

    def __init__(self, least: int, most: int, parent: QWidget | None = None, *, at_once: bool = False) -> None:
        super().__init__(parent)
        self.setRange(least, most)
        self.setKeyboardTracking(at_once)
        self.note = FieldNote(self)
        self._typed = ""
        self._stood: int | None = None
        """What it was before it was typed in; none while it is not."""
        self.lineEdit().textEdited.connect(self._take)
        self.valueChanged.connect(lambda _value: self.note.clear())
        self.editingFinished.connect(self._judge)

    def value(self) -> int:
        """Return the number that counts: of what is out of bounds the one before it was typed."""
        return super().value() if self._stood is None or self._is_within(self._typed) else self._stood

    def setValue(self, value: int) -> None:
        """Show another number; what was being typed, and what was said of it, counts no longer."""
        self._typed, self._stood = "", None
        self.note.clear()
        super().setValue(value)

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+Z and Ctrl+Y to the acts where nothing was typed since: they take back what this changed."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and not self._typed:
            undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
            if event.matches(undo) or event.matches(redo):
                event.ignore()
                return False
        return super().event(event)

    def validate(self, text: str, at: int) -> object:
        """Let any whole number be typed on; it is judged when the field is left."""
        judged = super().validate(text, at)
        typed = self._digits(text)
        return (QValidator.State.Intermediate, text, at) if typed.isdecimal() and not self._is_within(typed) else judged

    def stepBy(self, steps: int) -> None:
        """Go on from the number that counts."""
        self._judge()
        super().stepBy(steps)

    def _digits(self, text: str) -> str:
        return text.removeprefix(self.prefix()).removesuffix(self.suffix()).strip()

    def _is_within(self, text: str) -> bool:
        return text.isdecimal() and self.minimum() <= int(text) <= self.maximum()

    def _take(self, text: str) -> None:
        if self._stood is None:
            self._stood = super().value()
        self._typed = self._digits(text)
        self.note.clear()
        if self.keyboardTracking() and not self._is_within(self._typed):
            # Whoever shows what comes of the number shows it of the one that counts.
            self.valueChanged.emit(self._stood)
            if self._typed.isdecimal() and int(self._typed) > self.maximum():
                self._refuse(self._typed)

    def _judge(self) -> None:
        typed, self._typed = self._typed, ""
        stood, self._stood = self._stood, None
        if stood is None or self._is_within(typed):
            return
        self.setValue(stood)
        if typed.isdecimal():
            self._refuse(typed)

    def _refuse(self, typed: str) -> None:
        bounds = f"请填 {self.minimum()} 到 {self.maximum()} 之间的整数"
        self.note.show_error(f"没有改成 {typed}，仍是 {self.value()}。{bounds}。")
