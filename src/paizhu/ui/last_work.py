"""What was at work when the desk was left: told to stop, and waited for without holding the window up."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from paizhu.ui.tasks import Tasks

_LOOK_EVERY_MS = 10
_UNFELT_MS = 20
"""Nearly all work ends sooner than anybody notices."""


class LastWork(QObject):
    """Does something once workers have ended: reading a large workbook hears of it only when it is read."""

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner)
        self._tasks: Tasks | None = None
        self._then: Callable[[], object] = lambda: None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)

    @property
    def waits(self) -> bool:
        """Tell whether something is still at work."""
        return self._tasks is not None

    def after(self, tasks: Tasks | None, then: Callable[[], object]) -> None:
        """Stop these workers, and do something at once if none is left, else as soon as the last one has ended."""
        self._tasks, self._then = tasks, then
        if tasks is None or tasks.stop(_UNFELT_MS):
            self._end()
        else:
            self._timer.start()

    def finish(self) -> None:
        """Wait for it now: whoever goes on needs it done."""
        if self._tasks is not None:
            self._tasks.close()
            self._look()

    def _look(self) -> None:
        if self._tasks is not None and self._tasks.stop():
            self._end()

    def _end(self) -> None:
        self._timer.stop()
        self._tasks = None
        self._then()
