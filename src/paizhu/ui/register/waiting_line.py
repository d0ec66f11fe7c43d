"""The line at the top of the bar of a record: what a step waits for, and the way to hang the file it waits for."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from paizhu.base.register import Register
from paizhu.ui.icons import Shape
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.label import ElidedLabel, Label
from paizhu.ui.kit.pills import MarkLabel
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.theme import Text


class WaitingLine(QWidget):
    """Hidden while nothing is lacking; `file_asked` names the place a file is wanted in."""

    file_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._place = ""
        self._mark = MarkLabel(Mark(Shape.SQUARE, "", Tone.AMBER))
        self._words = Label("", Text.SECONDARY, "amber", wraps=True)
        self._short = ElidedLabel("", Text.SECONDARY, "amber")
        self._short.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._low = False
        self.add = Button("", Look.LINK, icon="plus", size=Size.SMALL)
        self.add.clicked.connect(lambda: self.file_asked.emit(self._place))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 8, 0)
        row.setSpacing(2)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        row.addWidget(self._short, 1)
        row.addSpacing(8)
        row.addWidget(self.add)
        # Without words before it the link stands where they would begin.
        row.addStretch(0)
        self.hide()

    def text(self) -> str:
        """Return what is said now; empty when nothing is lacking."""
        return self._words.text()

    def set_low(self, low: bool) -> None:
        """Keep to one line in a low pane; hovering tells the rest."""
        if low is not self._low:
            self._low = low
            self._words.setVisible(bool(self.text()) and not low)
            self._short.setVisible(bool(self.text()) and low)

    def show_words(self, words: str, place: str, register: Register) -> None:
        """Say what is lacking; ``place`` is the field of the register that a file belongs to."""
        self._place = place
        self._words.setText(words)
        self._short.set_words(words)
        self._words.setVisible(bool(words) and not self._low)
        self._short.setVisible(bool(words) and self._low)
        self._mark.setVisible(bool(words))
        self.add.setVisible(bool(place))
        if place:
            label = register.label_of(place)
            self.add.setText(f"添加{label}")
            self.add.setAccessibleName(f"添加{label}")
        self.setVisible(bool(words or place))
