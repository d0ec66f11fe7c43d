"""Sealed words shown for a minute, and covered by themselves."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from paizhu.ui.desk_timer import DeskTimer
from paizhu.ui.kit.button import Button, Size
from paizhu.ui.kit.label import Label

SHOWN_SECONDS = 60


class RevealBox(QFrame):
    """Words about an informant for a minute, with the seconds that are left; then they are gone."""

    covered = Signal()
    """The time is over, or the officer did not want to wait for it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("frame", "strip-amber")
        self._left = 0
        self._words = Label("", bold=True)
        self.hide_button = Button("现在遮盖", size=Size.SMALL)
        self.hide_button.clicked.connect(self.cover)
        head = QHBoxLayout()
        head.addWidget(self._words)
        head.addStretch(1)
        head.addWidget(self.hide_button)
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 6, 16, 8)
        column.addLayout(head)
        column.addLayout(self._grid)
        self._timer = DeskTimer(self, 1000)
        self._timer.timeout.connect(self._tick)
        self.hide()

    def show_words(self, lines: Sequence[tuple[str, str]], seconds: int = SHOWN_SECONDS) -> None:
        """Show lines of label and words for so many seconds."""
        self.cover()
        for at, (label, words) in enumerate(lines):
            self._grid.addWidget(Label(label, ink="ink3"), at, 0)
            self._grid.addWidget(Label(words or "没有填写", wraps=True), at, 1)
        self._left = seconds + 1
        self._tick()
        self._timer.start()
        self.show()

    def cover(self) -> None:
        """Take the words away at once."""
        self._timer.stop()
        while item := self._grid.takeAt(0):
            if isinstance(widget := item.widget(), Label):
                widget.setText("")
                widget.deleteLater()
        self.hide()
        self.covered.emit()

    def _tick(self) -> None:
        self._left -= 1
        self._words.setText(f"已记入留痕，{self._left} 秒后遮盖")
        if self._left <= 0:
            self.cover()
