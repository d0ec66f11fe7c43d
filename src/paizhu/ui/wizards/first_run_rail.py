"""The rail at the left of the first run: its steps, where one is among them, and help and lock at its foot."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from paizhu.ui import theme
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.stepper import Step, Stepper, When
from paizhu.ui.theme import Text
from paizhu.ui.wizards.first_run_data import STEPS

_WIDTH = 268


class StepRail(QFrame):
    """Shows the way through the first run; nothing in it is chosen."""

    def __init__(self, *foot: QWidget) -> None:
        super().__init__()
        self.setProperty("ground", "surface2")
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
        column.addWidget(self._steps)
        column.addStretch(1)
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

    def _measure(self) -> None:
        self.setFixedWidth(theme.current().px(_WIDTH))
