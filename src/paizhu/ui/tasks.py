"""Work off the UI thread: how far it is, how it is stopped, and results that arrive on the UI thread only."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QThreadPool, Signal
from shiboken6 import isValid

from paizhu.base.bulk import beside_others
from paizhu.base.errors import CancelledError, PaizhuError

T = TypeVar("T")

_REPORT_EVERY = 0.05
_LEAST = 2
"""What the officer asked for can go on at once: however small the machine, one piece keeps no other waiting."""


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
    """One piece of work on its way; it never leaves the UI thread and ends with `finished`, whatever came of it."""

    advanced = Signal(object, object, str)
    """Done, total (numbers that may be bytes, too large for Qt's int) and what is done now."""
    finished = Signal()

    def __init__(
        self,
        done: Callable[[Any], object],
        failed: Callable[[Exception], object],
        label: str,
        progress: Progress,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.label = label
        self.behind = False
        self.acts = ""
        self.running = True
        self._done: Callable[[Any], object] | None = done
        self._failed: Callable[[Exception], object] | None = failed
        self._progress = progress

    def cancel(self) -> None:
        """Ask the work to stop at its next report."""
        self._progress.cancelled = True

    def disown(self) -> None:
        """Ask it to stop, and let nobody hear what came of it."""
        self._done = self._failed = None
        self.cancel()

    def finish(self, result: Any, error: Exception | None) -> None:
        """Hand over what came of the work."""
        self.running = False
        done, failed = self._done, self._failed
        self._done = self._failed = None
        self.finished.emit()
        self.deleteLater()
        if error is not None and not isinstance(error, PaizhuError):
            # Whoever started the work only puts its page in order; a fault is written down and told in one place.
            sys.excepthook(type(error), error, error.__traceback__)
        if error is None:
            if done:
                done(result)
        elif failed:
            failed(error)


class _Post(QObject):
    """Carries words from the workers to the UI thread.

    It outlives every worker: a task could be deleted while its worker is still inside an emission.
    """

    told = Signal(int, object, object, str)
    ended = Signal(int, object, object)


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
        self._pool, self._aside, self._behind = QThreadPool(self), QThreadPool(self), QThreadPool(self)
        self._pool.setMaxThreadCount(max(_LEAST, self._pool.maxThreadCount()))
        # Each of these takes one turn after another: many of them at once would hold up what is waited for.
        self._aside.setMaxThreadCount(1)
        self._behind.setMaxThreadCount(1)
        self._post = _Post(self)
        self._post.told.connect(self._tell_progress)
        self._post.ended.connect(self._end)
        self._tasks: dict[int, Task] = {}
        self._count = 0

    @property
    def busy(self) -> bool:
        """Tell whether some work is on its way that others wait for."""
        return any(not task.behind for task in self._tasks.values())

    @property
    def at_act(self) -> str:
        """The words of an act that is on its way, and newer than any that stands; empty when there is none."""
        return next((task.acts for task in self._tasks.values() if task.acts), "")

    def run(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object] | None = None,
        label: str = "",
        *,
        aside: bool = False,
        behind: bool = False,
        acts: str = "",
    ) -> Task:
        """Start work on another thread; `done` or `failed` is called on this one.

        Without `failed` a refusal is shown by the window. A label makes the window show how far the work is. What
        nobody asked for (a count on a tab, a chip, a hint) is done ``aside``, one after another: the page in front does
        not queue up behind it. Work ``behind`` everything else does not even count as being busy. ``acts`` names an act
        that stands in the journal afterwards.
        """
        if not isValid(self):
            # A part of a desk that was left before the part had found its place there: it leads to nothing any more.
            return Task(done, failed or self.tell, label, Progress(lambda _done, _total, _words: None))
        self._count += 1
        number, post = self._count, self._post
        progress = Progress(lambda done, total, words: post.told.emit(number, done, total, words))
        task = Task(done, failed or self.tell, label, progress, self)
        task.behind, task.acts = behind, acts
        self._tasks[number] = task
        pool = self._behind if behind else self._aside if aside else self._pool
        pool.start(lambda: _do(work, progress, number, post))
        if label:
            self.started.emit(task)
        return task

    def cancel_all(self) -> None:
        """Ask all work to stop, and let nobody hear what came of it."""
        for task in self._tasks.values():
            task.disown()

    def stop(self, patience_ms: int = 0) -> bool:
        """Ask all work to stop and let none begin; tells whether no thread is left, after so long at most."""
        self.cancel_all()
        for pool in self._pools():
            pool.clear()
        until = time.monotonic() + patience_ms / 1000
        return all(pool.waitForDone(max(0, round((until - time.monotonic()) * 1000))) for pool in self._pools())

    def close(self) -> None:
        """Stop everything and wait until no thread is left."""
        if not self.stop():
            for pool in self._pools():
                pool.waitForDone()
        for task in self._tasks.values():
            task.deleteLater()
        self._tasks.clear()

    def _pools(self) -> tuple[QThreadPool, QThreadPool, QThreadPool]:
        return self._pool, self._aside, self._behind

    def _tell_progress(self, number: int, done: int, total: int, words: str) -> None:
        if task := self._tasks.get(number):
            task.advanced.emit(done, total, words)

    def _end(self, number: int, result: Any, error: Exception | None) -> None:
        task = self._tasks.pop(number, None)
        if task is None:
            return
        try:
            task.finish(result, error)
        finally:
            # What came of the work may have been the end of the desk, and of these workers with it.
            if not task.behind and isValid(self) and not self.busy:
                self.idle.emit()

    def tell(self, error: Exception) -> None:
        """Have the window show a refusal; a fault was told already, where faults are."""
        if isinstance(error, PaizhuError):
            self.refused.emit(error)


def _do(work: Callable[[Progress], Any], progress: Progress, number: int, post: _Post) -> None:
    """Do the work on the thread of a pool; every end of it must reach the officer."""
    try:
        # The window waits for the interpreter after every read of its own while this has it.
        with beside_others():
            result = work(progress)
    except Exception as error:
        post.ended.emit(number, None, error)
    else:
        post.ended.emit(number, result, None)


def was_cancelled(error: Exception) -> bool:
    """Tell whether work ended because the officer stopped it."""
    return isinstance(error, CancelledError)
