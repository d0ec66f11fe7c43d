"""The line under a field: the right form of what was typed, or a caution that does not stop saving."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from paizhu.ui.icons import Shape
from paizhu.ui.kit.label import Label, restyle
from paizhu.ui.kit.pills import MarkLabel
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.theme import Text


class FieldNote(QWidget):
    """A note that belongs to a field: it marks the field's border and describes it to a screen reader."""

    def __init__(self, field: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = field
        self._shape = MarkLabel(Mark(Shape.DASH, ""), Text.SECONDARY)
        self._shape.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._words = Label("", Text.SECONDARY, wraps=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._shape, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.hide()

    def words(self) -> str:
        """Return what is said; empty when there is nothing to say."""
        return self._words.text()

    @property
    def is_error(self) -> bool:
        """Tell whether it says what must be mended."""
        return bool(self.words()) and self._field.property("level") == "error"

    def show_error(self, words: str) -> None:
        """Say what the field must look like; its border turns 2 px accent."""
        self._show(Shape.CROSS, words, Tone.ACCENT, "error")

    def show_caution(self, words: str) -> None:
        """Remark on the field without stopping anything."""
        self._show(Shape.TRIANGLE, words, Tone.AMBER, "caution")

    def show_hint(self, words: str) -> None:
        """Say quietly how it stands, for instance that something is still missing."""
        self._show(Shape.CIRCLE, words, Tone.PLAIN, "")

    def show_done(self, words: str) -> None:
        """Say that nothing is wanting."""
        self._show(Shape.TICK, words, Tone.DONE, "")

    def clear(self) -> None:
        """Take the note and the border away."""
        self._show(Shape.DASH, "", Tone.PLAIN, "")

    def _show(self, shape: Shape, words: str, tone: Tone, level: str) -> None:
        self._shape.set_mark(Mark(shape, "", tone))
        self._words.setText(words)
        self._words.set_ink(tone.value)
        self.setVisible(bool(words))
        self._field.setAccessibleDescription(words)
        if (self._field.property("level") or "") != level:
            self._field.setProperty("level", level)
            restyle(self._field)
