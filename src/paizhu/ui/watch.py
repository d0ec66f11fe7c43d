"""What watches over the window: nobody at the desk, Ctrl+L over an open list, files dragged, what is left beside it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from paizhu.base.settings import setting
from paizhu.ui.clearing import sweep_while
from paizhu.ui.file_drags import FileDrags
from paizhu.ui.idle import IdleWatch
from paizhu.ui.traces import Traces
from paizhu.ui.turns import next_turn


class Watch(QObject):
    """Idle time, dragged files and traces of one window, in the first run as well as at the desk."""

    idled = Signal()
    left = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.traces = Traces(window)
        self._drags = FileDrags(window)
        self.minutes = int(setting("lock_minutes").default)
        self.idle = IdleWatch(self.minutes, self)
        self.idle.idled.connect(self._tell)
        # Not within the key itself: the list or dialog it was pressed in goes with the desk.
        self.idle.left.connect(lambda: next_turn(self, self.left.emit))
        self.idle.paused.connect(lambda: sweep_while(self, lambda: self.idle.is_pausing))

    def begin(self, minutes: int) -> None:
        """Count anew, and wait so many minutes; 0 as long as no vault says how many."""
        self.minutes = minutes or self.minutes
        self.idle.set_minutes(self.minutes)
        self.idle.stop()
        self.idle.start()
        self.idle.watch(self._window.windowHandle())
        self._drags.watch(self._window.windowHandle())

    def _tell(self) -> None:
        self.idled.emit()
        # On the locked page, too, somebody may begin to type and go away.
        self.begin(0)

    def stop(self) -> None:
        """Watch no longer."""
        self.idle.stop()
