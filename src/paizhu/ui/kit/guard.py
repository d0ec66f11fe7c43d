"""Faults in what Qt asks of a model or a delegate while it paints: told once, and never handed back to Qt.

Measured with the pinned PySide6: an exception that leaves `data` or `paint` in the middle of painting hangs the program
or ends it. With this mixin the cell stays empty, the fault is told like any other, and the officer can save and go on.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer

_DATA = "data"
_WORDS = int(Qt.ItemDataRole.DisplayRole)
_ASKED: dict[str, Callable[[], Any]] = {
    _DATA: lambda: None,
    "headerData": lambda: None,
    "flags": lambda: Qt.ItemFlag.NoItemFlags,
    "rowCount": int,
    "columnCount": int,
    "paint": lambda: None,
    "sizeHint": QSize,
}
"""What Qt asks while it paints, and the answer when there is none."""

_told: set[tuple[type[BaseException], str, int]] = set()


class Guarded:
    """Stands before the Qt class among the bases of a model or delegate; guards what the class itself defines."""

    def __init_subclass__(cls, **more: Any) -> None:
        super().__init_subclass__(**more)
        for name in _ASKED.keys() & vars(cls).keys():
            asked = vars(cls)[name]
            setattr(cls, name, _guarded_data(asked) if name == _DATA else _guarded(asked, _ASKED[name]))


def _guarded(asked: Callable[..., Any], otherwise: Callable[[], Any]) -> Callable[..., Any]:
    @functools.wraps(asked)
    def answer(*given: Any) -> Any:
        try:
            return asked(*given)
        except Exception as error:
            _tell(error)
            return otherwise()

    return answer


def _guarded_data(asked: Callable[[Any, Any, int], Any]) -> Callable[..., Any]:
    """Guard what is asked many times for each cell that is painted, without handing on a list of arguments each time.

    Every ``data`` shows words where no role is named.
    """

    @functools.wraps(asked)
    def answer(model: Any, index: Any, role: int = _WORDS) -> Any:
        try:
            return asked(model, index, role)
        except Exception as error:
            _tell(error)
            return None

    return answer


def _tell(error: Exception) -> None:
    """Hand a fault to whoever tells of faults; later, since no dialog may open in a paint, and once for each place."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = (type(error), trace.tb_frame.f_code.co_filename if trace else "", trace.tb_lineno if trace else 0)
    if place not in _told:
        _told.add(place)
        QTimer.singleShot(0, lambda: sys.excepthook(type(error), error, error.__traceback__))
