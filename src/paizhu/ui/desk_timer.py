"""Timers of the open desk: what they lead to needs the open vault, so none goes on once it is being locked."""

from __future__ import annotations

import weakref

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

SETTLE_MS = 40
"""How long a line of a list is in hand before its record is shown: a key that is held passes over many."""
_made: weakref.WeakSet[DeskTimer] = weakref.WeakSet()


class DeskTimer(QTimer):
    """A timer of anything that stands in the desk.

    They are remembered here: to find them among the widgets of a desk of which every page was made takes longer than
    all the rest of locking it.
    """

    def __init__(self, owner: QObject, milliseconds: int = 0, *, single: bool = False) -> None:
        super().__init__(owner)
        self.setInterval(milliseconds)
        self.setSingleShot(single)
        _made.add(self)


def stop_within(desk: QWidget) -> None:
    """Stop every timer of a desk that is left."""
    for timer in list(_made):
        if isValid(timer) and timer.isActive() and _stands_in(timer, desk):
            timer.stop()


def _stands_in(timer: QTimer, desk: QWidget) -> bool:
    around: QObject | None = timer.parent()
    while around is not None and around is not desk:
        around = around.parent()
    return around is desk
