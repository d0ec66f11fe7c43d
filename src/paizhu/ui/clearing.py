"""Throwing away a desk of thousands of widgets bit by bit, and with it what only points at itself."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from paizhu.ui.turns import next_turn

_SWEEP_AFTER_MS = 5_000


def throw_away(owner: QObject, going: Sequence[QObject], unused: Callable[[], bool]) -> None:
    """Delete these in turn, one widget to a turn of the event loop: a password can be typed meanwhile.

    What only points at itself would keep words of records; it goes a moment later, if the window is ``unused`` still.
    """
    one, *rest = going
    one.deleteLater()
    if isinstance(one, QWidget) and rest and isinstance(rest[0], QWidget):
        next_turn(owner, lambda: throw_away(owner, rest, unused))
    elif rest:
        throw_away(owner, rest, unused)
    else:
        QTimer.singleShot(_SWEEP_AFTER_MS, owner, lambda: sweep() if unused() else None)


def sweep() -> None:
    """Look through the whole heap for what nothing needs any more; it takes up to a tenth of a second."""
    gc.collect()
