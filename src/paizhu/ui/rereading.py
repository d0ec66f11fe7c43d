"""Reading again whenever something changed, without two readings at once and without losing the last change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from paizhu.ui.tasks import Tasks

T = TypeVar("T")


class Rereading(Generic[T]):
    """Reads off the window's thread; what is asked for meanwhile is read once more, and only the newest is shown.

    A reading that fails is told by the window, and the next one is asked for as before.
    """

    def __init__(
        self,
        tasks: Tasks,
        read: Callable[[], T],
        show: Callable[[T], object],
    ) -> None:
        self._tasks = tasks
        self._read = read
        self._show = show
        self.busy = False
        """Whether a reading is on its way."""
        self._again = False

    def ask(self) -> None:
        """Read now, or once more when the reading that is on its way has ended."""
        if self.busy:
            self._again = True
            return
        self.busy = True
        self._tasks.run(lambda _progress: self._read(), self._done, self._not_done)

    def _done(self, found: T) -> None:
        self.busy = False
        if not self._asked_again():
            self._show(found)

    def _not_done(self, error: Exception) -> None:
        self.busy = False
        if not self._asked_again():
            self._tasks.tell(error)

    def _asked_again(self) -> bool:
        again, self._again = self._again, False
        if again:
            self.ask()
        return again
