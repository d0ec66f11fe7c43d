"""Files dragged over a line of text: their path is not typed into it; what stands round the line may take the files.

Form, search line and passwords see to it themselves. This is for every other line and text of the window.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtGui import QDragMoveEvent, QWindow
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from shiboken6 import isValid

_TYPED_INTO = (QLineEdit, QPlainTextEdit, QTextEdit)


class FileDrags(QObject):
    """Lets dragged files pass over the lines and texts of one window; words may be dropped there as before."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._handle: QWindow | None = None
        self._passed: list[QWidget] = []

    def watch(self, handle: QWindow | None) -> None:
        """Watch what is dragged over the window on the screen; a drag comes here before Qt looks for who takes it."""
        if handle is not None and handle is not self._handle:
            self._handle = handle
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the line under the pointer out of the way while files are over it."""
        # The event of an entering drag is one that moves, too.
        if isinstance(event, QDragMoveEvent) and event.type() in (QEvent.Type.DragEnter, QEvent.Type.DragMove):
            if event.mimeData().hasUrls():
                self._pass_over(event.position().toPoint())
        elif event.type() in (QEvent.Type.DragLeave, QEvent.Type.Drop) and self._passed:
            # Only when the drop was taken: until then Qt asks the line once more.
            QTimer.singleShot(0, self, partial(_take_again, self._passed))
            self._passed = []
        return super().eventFilter(watched, event)

    def _pass_over(self, place: QPoint) -> None:
        widget = self._window.childAt(place)
        while widget is not None and not isinstance(widget, _TYPED_INTO):
            widget = widget.parentWidget()
        if widget is not None and widget.acceptDrops():
            widget.setAcceptDrops(False)
            self._passed.append(widget)


def _take_again(passed: list[QWidget]) -> None:
    for widget in passed:
        if isValid(widget):
            widget.setAcceptDrops(True)
