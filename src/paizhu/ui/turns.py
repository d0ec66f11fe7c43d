"""Work that would be felt in one turn of the event loop, spread over several: keys and clicks come in between."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from shiboken6 import isValid


class _Turns(QObject):
    """Gives everything that waits for a turn one of its own.

    Timers of their own would all be due in the same turn, one after another and nothing in between.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: deque[tuple[QObject, Callable[[], object]]] = deque()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        # With 0 Qt would do it among the events of the present turn, before any key.
        self._timer.setInterval(1)
        self._timer.timeout.connect(self._come)

    def add(self, owner: QObject, do: Callable[[], object]) -> None:
        """Let something have its turn after all that wait already."""
        self._waiting.append((owner, do))
        if not self._timer.isActive():
            self._timer.start()

    @property
    def waiting(self) -> bool:
        """Tell whether something that is still there has yet to have its turn."""
        return any(isValid(owner) for owner, _do in self._waiting)

    def _come(self) -> None:
        # What is gone takes no turn.
        while self._waiting and not isValid(self._waiting[0][0]):
            self._waiting.popleft()
        if not self._waiting:
            return
        _owner, do = self._waiting.popleft()
        if self._waiting:
            # Before it is done: it may ask the officer something, and the others are not to wait for the answer.
            self._timer.start()
        do()


_turns: list[_Turns] = []


def next_turn(owner: QObject, do: Callable[[], object]) -> None:
    """Do something in a turn of its own, the next that is free, unless its owner is gone by then."""
    program = QCoreApplication.instance()
    if not _turns or not isValid(_turns[0]):
        assert program is not None
        _turns[:] = [_Turns(program)]
    _turns[0].add(owner, do)


def waiting() -> bool:
    """Tell whether something waits for a turn of its own."""
    return bool(_turns) and isValid(_turns[0]) and _turns[0].waiting


class PutOff(QObject):
    """The second half of something, done in the next turn, or at once for whoever needs the whole of it before.

    A key may come between the two turns: what it does finds the thing whole when it calls `finish` first.
    """

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner)
        self._rest: Callable[[], object] | None = None

    def put_off(self, rest: Callable[[], object]) -> None:
        """Leave the rest to the next turn; what was left before and not done yet is given up."""
        waits, self._rest = self._rest is not None, rest
        if not waits:
            next_turn(self, self.finish)

    def finish(self) -> None:
        """Do the rest now, if there is one left."""
        rest, self._rest = self._rest, None
        if rest:
            rest()

    def give_up(self) -> None:
        """Forget the rest: something else is done instead."""
        self._rest = None
