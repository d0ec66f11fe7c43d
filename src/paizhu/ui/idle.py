"""Noticing that nobody sits at the desk any more, or that somebody wants to leave it at once."""

from __future__ import annotations

import time
from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow

from paizhu.base import bulk

_LOOK_EVERY_MS = 5_000
_PAUSE_SECONDS = 30
_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletMove,
        QEvent.Type.InputMethod,
    }
)


class IdleWatch(QObject):
    """Says `idled` once when no key, pointer or touch came for the set minutes, sleep of the machine included."""

    idled = Signal()
    paused = Signal()
    """Nobody touched anything for half a minute, and no work is waited for: what would be felt can be done.

    Said once until somebody does. Whoever watches an import may press Esc at any moment.
    """
    left = Signal()
    """Ctrl+L was pressed where the window's own key does not reach: over an open list, menu, calendar or dialog."""

    def __init__(self, minutes: int, parent: QObject | None = None, now: Callable[[], float] = time.time) -> None:
        super().__init__(parent)
        self._now = now
        self._minutes = minutes
        self._last = now()
        self._pausing = self._hears = False
        self._watched: list[QWindow] = []
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    @property
    def is_pausing(self) -> bool:
        """Tell whether nobody touched anything since a pause was told."""
        return self._pausing

    def start(self) -> None:
        """Begin to watch; the count starts anew."""
        # Native windows and not the application: Python must not see every paint event of every widget.
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            if not self._hears:
                app.focusWindowChanged.connect(self.watch)
                self._hears = True
            self.watch(app.focusWindow())
        self._last = self._now()
        self._timer.start()

    def stop(self) -> None:
        """Watch no longer."""
        self._timer.stop()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication) and self._hears:
            app.focusWindowChanged.disconnect(self.watch)
            self._hears = False
        for window in self._watched:
            # A popup's window is gone by now, and Qt has taken the filter off it.
            if shiboken6.isValid(window):
                window.removeEventFilter(self)
        self._watched = []

    def watch(self, window: QWindow | None) -> None:
        """Count what happens in this window too."""
        if window is not None and window not in self._watched:
            window.installEventFilter(self)
            self._watched = [known for known in self._watched if shiboken6.isValid(known)]
            self._watched.append(window)

    def set_minutes(self, minutes: int) -> None:
        """Wait so many minutes from now on."""
        self._minutes = minutes

    def look(self) -> None:
        """See whether it is time; the timer does it every few seconds."""
        still = self._now() - self._last
        if still >= self._minutes * 60:
            self._timer.stop()
            self.idled.emit()
        elif still >= _PAUSE_SECONDS and not self._pausing and not bulk.is_beside():
            self._pausing = True
            self.paused.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take note of a sign of life and let it pass."""
        if event.type() in _SIGNS_OF_LIFE:
            self._last = self._now()
            self._pausing = False
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and _is_lock_key(event):
            self.left.emit()
            return True
        return False


def _is_lock_key(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_L and event.modifiers() == Qt.KeyboardModifier.ControlModifier
