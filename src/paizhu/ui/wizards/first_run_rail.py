"""The rail at the left of the first run: its steps, where one is among them, and help and lock at its foot."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from paizhu.ui import theme
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.scrolled import scrolling
from paizhu.ui.kit.stepper import Step, Stepper, When
from paizhu.ui.theme import Text
from paizhu.ui.wizards.first_run_data import STEPS

_WIDTH = 268
_AROUND = 60
"""How far above and below the step in front is seen: about the half of its neighbours."""


class StepRail(QFrame):
    """Shows the way through the first run; nothing in it is chosen."""

    def __init__(self, *foot: QWidget) -> None:
        super().__init__()
        self.setProperty("ground", "surface2")
        self._at = 0
        self._steps = Stepper(orientation=Qt.Orientation.Vertical)
        self._steps.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        title = QVBoxLayout()
        title.setContentsMargins(22, 28, 16, 16)
        title.setSpacing(2)
        title.addWidget(Label("首次使用", Text.PANE))
        title.addWidget(Label("约 5 分钟，可随时中断，下次接着做", Text.SECONDARY, "ink2", wraps=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 16)
        column.setSpacing(0)
        column.addLayout(title)
        # At a large font in a low window not all of them have room at once.
        self._room = scrolling(self._steps)
        column.addWidget(self._room, 1)
        below = QVBoxLayout()
        below.setContentsMargins(22, 0, 16, 0)
        below.setSpacing(8)
        for part in foot:
            # Side by side their keys would be cut off.
            below.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(below)
        theme.current().follow(self, self._measure)
        self._measure()

    def show_step(self, at: int) -> None:
        """Mark a step by its place as the one in front; those before it are done."""
        whens = (When.PAST if each < at else When.CURRENT if each == at else When.LATER for each in range(len(STEPS)))
        self._steps.show_steps([Step(words, "", when) for (_, words), when in zip(STEPS, whens, strict=True)])
        self._at = at
        self._show_at()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the step in front in view."""
        super().resizeEvent(event)
        self._show_at()

    def _show_at(self) -> None:
        middle = (2 * self._at + 1) * self._steps.sizeHint().height() // (2 * len(STEPS))
        self._room.ensureVisible(0, middle, 0, theme.current().px(_AROUND))

    def _measure(self) -> None:
        # Half as wide again at twice the font: its words have room, and the step beside it keeps its own.
        self.setFixedWidth((_WIDTH + theme.current().px(_WIDTH)) // 2)
