"""Throwing away a desk of thousands of widgets bit by bit, and with it what only points at itself.

Garbage is looked for on the window's thread alone. Left to itself, Python looks for it on whichever thread happens to
make an object, and a widget that is deleted by a thread at work takes the whole program with it.
"""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget
from shiboken6 import isValid

from paizhu.base import bulk
from paizhu.ui.turns import next_turn

_SWEEP_AFTER_MS = 5_000
_LOOK_EVERY_MS = 500
_MANY_YOUNG, _OFTEN = 2_000, 10
"""Objects made since the last look that are worth another, and after so many looks the older ones are looked at too."""
_FELT = 40_000
"""A look through so many objects would be felt. They are rows that some work reads: those go by themselves with it."""

_AT_ONCE = 150
"""Widgets that are deleted in one turn; of the forms some have a thousand."""


class Clearing(QObject):
    """Looks for young garbage while the program runs; the whole heap waits for a pause, where ``sweep`` is called.

    Nothing is looked for before all is loaded (``ready``), nor in a run over many rows, which go by themselves.
    """

    def __init__(self, ready: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._ready = ready
        self._timer = QTimer(self)
        # A turn is asked for only where there is something to do in it: who waits for the window to rest counts turns.
        self._timer.timeout.connect(lambda: next_turn(self, self.look) if self._is_worth_it() else None)
        self._timer.start(_LOOK_EVERY_MS)

    def look(self) -> None:
        """Look for garbage among what is young, if there is much of it."""
        if self._is_worth_it():
            young, looks, _older = gc.get_count()
            older = young + len(gc.get_objects(1)) > _FELT // 2
            gc.collect(1 if older or looks >= _OFTEN else 0)

    def _is_worth_it(self) -> bool:
        return self._ready() and _MANY_YOUNG < gc.get_count()[0] < _FELT and not bulk.is_running()


def throw_away(owner: QObject, going: Sequence[QObject], unused: Callable[[], bool]) -> None:
    """Delete these in turn, a few widgets to a turn of the event loop: a password can be typed meanwhile.

    What only points at itself would keep words of records; it goes a moment later, if the window is ``unused`` still.
    """
    left, room = deque(going), _AT_ONCE
    while left and (room > 0 or not isinstance(left[0], QWidget)):
        one = left.popleft()
        if not isValid(one):
            continue
        if isinstance(one, QWidget):
            within = len(one.findChildren(QWidget))
            if within > _AT_ONCE and (parts := _parts(one)):
                left.extendleft((one, *parts))
                continue
            room -= within + 1
        one.deleteLater()
    if left:
        next_turn(owner, partial(throw_away, owner, left, unused))
    else:
        QTimer.singleShot(_SWEEP_AFTER_MS, owner, partial(sweep_while, owner, unused))


def _parts(one: QWidget) -> Sequence[QWidget]:
    """Return what can go before a widget: what is scrolled in it, and the parts of that. Others need their insides."""
    if isinstance(one, QScrollArea):
        return [one.widget()] if one.widget() else []
    from PySide6.QtCore import Qt  # it takes a tenth of the start

    # The place of what is scrolled lies between.
    around = one.parent().parent() if one.parent() else None
    if not isinstance(around, QScrollArea) or around.widget() is not one:
        return []
    return one.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)


def sweep_while(owner: QObject, unused: Callable[[], bool]) -> None:
    """Look through everything if the window is ``unused``; while some work holds many rows, a moment later."""
    if not unused():
        return
    if bulk.is_beside() or gc.get_count()[0] >= _FELT:
        QTimer.singleShot(_SWEEP_AFTER_MS, owner, partial(sweep_while, owner, unused))
    else:
        sweep()


def sweep() -> None:
    """Look for what nothing needs any more through all that was made since the start; what the start loads stays."""
    gc.collect()
