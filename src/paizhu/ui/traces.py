"""What the open desk leaves beside itself, and must not leave when it is locked: windows, and what was copied."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget


class Traces(QObject):
    """Watches what is copied from the window it belongs to, and takes it back with everything else at the lock."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._copied_here = False
        QGuiApplication.clipboard().dataChanged.connect(self._note_copy)

    def hide(self) -> None:
        """Close what the desk opened beside the window, and clear what it put on the clipboard."""
        for widget in QApplication.topLevelWidgets():
            if widget is not self._window and widget.isVisible():
                widget.close()
        clipboard = QGuiApplication.clipboard()
        if self._copied_here or clipboard.ownsClipboard():
            clipboard.clear()
        # Under X11 words need only be marked to be pasted elsewhere, with the middle button.
        if clipboard.supportsSelection() and clipboard.ownsSelection():
            clipboard.clear(QClipboard.Mode.Selection)
        self._copied_here = False

    def _note_copy(self) -> None:
        # Not every system tells who owns the clipboard; what is copied while we have the focus is ours.
        self._copied_here = QGuiApplication.focusWindow() is not None
