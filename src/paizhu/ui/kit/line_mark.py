"""A mark at the right of a line, such as the calendar of a day; Qt's own marks stay small at a large font."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton

from paizhu.ui import theme
from paizhu.ui.icons import icon

_SIDE, _EDGE = 16, 8


class LineMark(QToolButton):
    """For those who point; the key that does the same stands in its tooltip, so Tab does not stop here."""

    def __init__(self, line: QLineEdit, name: str, hint: str, press: Callable[[], object]) -> None:
        super().__init__(line)
        self._line = line
        self.setIcon(icon(name))
        self.setToolTip(hint)
        self.setAccessibleName(hint)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.clicked.connect(lambda _=False: press())
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, _EDGE, 0)
        row.addStretch(1)
        row.addWidget(self)
        theme.current().follow(self, self._measure)
        self._measure()

    def _measure(self) -> None:
        side = theme.current().px(_SIDE)
        self.setIconSize(QSize(side, side))
        self._line.setTextMargins(0, 0, side + _EDGE // 2, 0)
