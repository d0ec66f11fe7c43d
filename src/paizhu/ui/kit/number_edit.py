"""A number within bounds: typed to its end before it is judged, and refused whole where it is out of them."""

from __future__ import annotations

from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QSpinBox, QWidget

from paizhu.ui.kit.field_note import FieldNote


class NumberEdit(QSpinBox):
    """Counts as one change when it is left, however many digits it has; `note` stands where its page puts it.

    A plain one drops the digit that is too much: 31 where 28 is the most would be kept as 3.
    """

    def __init__(self, least: int, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(least, most)
        self.setKeyboardTracking(False)
        self.note = FieldNote(self)
        self._typed = ""
        self.lineEdit().textEdited.connect(self._take)
        self.valueChanged.connect(lambda _value: self.note.clear())
        self.editingFinished.connect(self._judge)

    def validate(self, text: str, at: int) -> object:
        """Let any whole number be typed on; it is judged when the field is left."""
        judged = super().validate(text, at)
        return (QValidator.State.Intermediate, text, at) if text.isdecimal() and not self._is_within(text) else judged

    def _is_within(self, text: str) -> bool:
        return text.isdecimal() and self.minimum() <= int(text) <= self.maximum()

    def _take(self, text: str) -> None:
        self._typed = text
        self.note.clear()

    def _judge(self) -> None:
        typed, self._typed = self._typed, ""
        if typed and not self._is_within(typed):
            kept = f"请填 {self.minimum()} 到 {self.maximum()} 之间的整数"
            self.note.show_error(f"没有改成 {typed}，仍是 {self.value()}。{kept}。")
