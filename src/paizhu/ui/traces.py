"""What the open desk leaves beside itself, and must not leave: windows, what was copied, folders looked into."""

from __future__ import annotations

import os

from PySide6.QtCore import QObject, QSettings
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QWidget

from paizhu.ui.kit.unkept import is_marked, marked


class Traces(QObject):
    """Watches what is copied from the window it belongs to, and takes it back with everything else at the lock."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._copied_here = False
        keep_no_folders()
        QGuiApplication.clipboard().dataChanged.connect(self._note_copy)

    def hide(self) -> None:
        """Close what the desk opened beside the window, and clear what it put on the clipboard."""
        # Of the windows alone: to look which widgets are windows, Qt goes through every widget of every page.
        for window in QGuiApplication.topLevelWindows():
            widget = QWidget.find(window.winId()) if window.isVisible() else None
            if widget is not None and widget is not self._window and widget.isVisible():
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
        clipboard = QGuiApplication.clipboard()
        # Fields copy by themselves; marking it anew is heard here once more.
        if clipboard.ownsClipboard() and (data := clipboard.mimeData()) and not is_marked(data):
            clipboard.setMimeData(marked(data))


def keep_no_folders() -> None:
    """Let the file dialogs of Qt write down nothing.

    They keep the folders visited in a readable file of the account, and such a folder is named after a case. Where the
    system has dialogs of its own these are used, and what they keep is the system's. To be called once the application
    stands: its look may come out of files at the usual place.
    """
    if os.name == "posix":
        # Below a file that is no folder nothing can be made: what is set lasts as long as the program.
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, os.devnull)
