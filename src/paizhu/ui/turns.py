"""Work that would be felt in one turn of the event loop, spread over several: keys and clicks come in between."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def next_turn(owner: QObject, do: Callable[[], object]) -> None:
    """Do something in the next turn, unless its owner is gone by then."""
    # With 0 Qt would do it among the events of the present turn, before any key.
    QTimer.singleShot(1, owner, do)
