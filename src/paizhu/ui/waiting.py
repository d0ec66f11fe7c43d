"""What the officer sees of work that takes its time: what is done, how far it is, and the way to stop it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from paizhu.ui.kit.loading import LoadingPane
from paizhu.ui.tasks import Task, Tasks


class Waiting(QObject):
    """Shows the task that was started last; one that is overtaken goes on unseen."""

    def __init__(self, tasks: Tasks, pane: LoadingPane) -> None:
        super().__init__(pane)
        self._pane = pane
        self._task: Task | None = None
        tasks.started.connect(self._watch)
        pane.cancel_asked.connect(self._stop)

    def _stop(self) -> None:
        if self._task:
            self._task.cancel()

    def _watch(self, task: Task) -> None:
        self._task = task
        self._pane.start(task.label)
        total = 0

        def advance(done: int, of: int, words: str) -> None:
            nonlocal total
            if self._task is task:
                if of != total:
                    total = of
                    self._pane.start(task.label, of)
                self._pane.advance(done, words)

        def finish() -> None:
            if self._task is task:
                self._task = None
                self._pane.finish()

        task.advanced.connect(advance)
        task.finished.connect(finish)
