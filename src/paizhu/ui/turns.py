"""Work that would be felt in one turn of the event loop, spread over several: keys and clicks come in between."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def next_turn(owner: QObject, do: Callable[[], object]) -> None:
    """Do something in the next turn, unless its owner is gone by then."""
    # With 0 Qt would do it among the events of the present turn, before any key.
    QTimer.singleShot(1, owner, do)


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
