"""Work off the UI thread: how far it is, how it is stopped, and results that arrive on the UI thread only."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QThreadPool, Signal, Slot

from paizhu import logs
from paizhu.base.errors import CancelledError, PaizhuError

T = TypeVar("T")

_REPORT_EVERY = 0.05


class Progress:
    """Given to the work: it says how far it is, and hears by an exception that it should stop.

    Storage and documents call it with what is done, done and total.
    """

    def __init__(self, told: Callable[[int, int, str], None]) -> None:
        self._told = told
        self._last = 0.0
        self._words = ""
        self.cancelled = False

    def report(self, done: int, total: int, words: str = "") -> None:
        """Say how far it is; CancelledError when the officer asked to stop."""
        self.check()
        now = time.monotonic()
        # Telling of every row would cost more than the row.
        if now - self._last >= _REPORT_EVERY or done >= total or words != self._words:
            self._last, self._words = now, words
            self._told(done, total, words)

    def check(self) -> None:
        """Stop here with CancelledError when the officer asked to."""
        if self.cancelled:
            raise CancelledError

    def __call__(self, words: str, done: int, total: int) -> None:
        """Say the same in the order in which storage and documents speak."""
        self.report(done, total, words)


class Task(QObject):
    """One piece of work on its way; lives on the UI thread and ends with `finished`, whatever came of it."""

    advanced = Signal(int, int, str)
    """Done, total and what is done now."""
    finished = Signal()

    _told = Signal(int, int, str)
    _ended = Signal(object, object)

    def __init__(
        self,
        done: Callable[[Any], object],
        failed: Callable[[Exception], object],
        label: str,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.label = label
        self.running = True
        self._done: Callable[[Any], object] | None = done
        self._failed: Callable[[Exception], object] | None = failed
        self.progress = Progress(self._told.emit)
        self._told.connect(self._advance)
        self._ended.connect(self._finish)

    def cancel(self) -> None:
        """Ask the work to stop at its next report."""
        self.progress.cancelled = True

    def disown(self) -> None:
        """Ask it to stop, and let nobody hear what came of it."""
        self._done = self._failed = None
        self.cancel()

    def work(self, work: Callable[[Progress], Any]) -> None:
        """Do the work; called on the thread of a pool."""
        try:
            result = work(self.progress)
        except Exception as error:  # every end of the work must reach the officer
            self._ended.emit(None, error)
        else:
            self._ended.emit(result, None)

    @Slot(int, int, str)
    def _advance(self, done: int, total: int, words: str) -> None:
        if self.running:
            self.advanced.emit(done, total, words)

    @Slot(object, object)
    def _finish(self, result: Any, error: Exception | None) -> None:
        self.running = False
        done, failed = self._done, self._failed
        self._done = self._failed = None
        self.finished.emit()
        self.deleteLater()
        if error is not None and not isinstance(error, PaizhuError):
            logs.fault(type(error), error, error.__traceback__)
        if error is None:
            if done:
                done(result)
        elif failed:
            failed(error)


class Tasks(QObject):
    """The workers of one window or one open desk."""

    started = Signal(object)
    """A `Task` with a label began; the window shows how far it is."""
    idle = Signal()
    """The last piece of work ended."""
    refused = Signal(object)
    """A `PaizhuError` that nobody who started the work wanted to hear of."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._tasks: list[Task] = []

    @property
    def busy(self) -> bool:
        """Tell whether some work is on its way."""
        return bool(self._tasks)

    def run(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object] | None = None,
        label: str = "",
    ) -> Task:
        """Start work on another thread; `done` or `failed` is called on this one.

        Without `failed` a refusal is shown by the window. A label makes the window show how far the work is.
        """
        task = Task(done, failed or self._tell, label, self)
        self._tasks.append(task)
        task.finished.connect(lambda: self._forget(task))
        self._pool.start(lambda: task.work(work))
        if label:
            self.started.emit(task)
        return task

    def cancel_all(self) -> None:
        """Ask all work to stop, and let nobody hear what came of it."""
        for task in list(self._tasks):
            task.disown()

    def close(self) -> None:
        """Stop everything and wait until no thread is left."""
        self.cancel_all()
        self._pool.clear()
        self._pool.waitForDone()
        self._tasks.clear()

    def _forget(self, task: Task) -> None:
        if task in self._tasks:
            self._tasks.remove(task)
        if not self._tasks:
            self.idle.emit()

    def _tell(self, error: Exception) -> None:
        if isinstance(error, PaizhuError):
            self.refused.emit(error)
        else:
            sys.excepthook(type(error), error, error.__traceback__)


def was_cancelled(error: Exception) -> bool:
    """Tell whether work ended because the officer stopped it."""
    return isinstance(error, CancelledError)
