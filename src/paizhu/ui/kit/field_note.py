"""The line under a field: the right form of what was typed, or a caution that does not stop saving."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from paizhu.ui.icons import Shape
from paizhu.ui.kit.label import restyle
from paizhu.ui.kit.pills import MarkLabel
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.theme import Text


class FieldNote(MarkLabel):
    """A note that belongs to a field: it marks the field's border and describes it to a screen reader."""

    def __init__(self, field: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(Mark(Shape.DASH, ""), Text.SECONDARY, bold=False, parent=parent)
        self._field = field
        self.hide()

    def show_error(self, words: str) -> None:
        """Say what the field must look like; its border turns 2 px accent."""
        self._show(Mark(Shape.CROSS, words, Tone.ACCENT), "error")

    def show_caution(self, words: str) -> None:
        """Remark on the field without stopping anything."""
        self._show(Mark(Shape.TRIANGLE, words, Tone.AMBER), "")

    def show_hint(self, words: str) -> None:
        """Say quietly how it stands, for instance that something is still missing."""
        self._show(Mark(Shape.CIRCLE, words), "")

    def clear(self) -> None:
        """Take the note and the border away."""
        self._show(Mark(Shape.DASH, ""), "")

    def _show(self, mark: Mark, level: str) -> None:
        self.set_mark(mark)
        self.setVisible(bool(mark.words))
        self._field.setAccessibleDescription(mark.words)
        if self._field.property("level") != level:
            self._field.setProperty("level", level)
            restyle(self._field)
