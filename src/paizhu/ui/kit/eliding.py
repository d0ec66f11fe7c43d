"""Words cut to the room there is: at their end, but a number of a letter in its middle, for its end tells it apart."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

_NUMBER = re.compile(r"[〕\]）)]\s*(第\s*)?\d+\s*号?\s*$")
"""What ends in a running number behind its year, as 示住函〔2026〕18号."""


def cut(metrics: QFontMetrics, words: str, room: int) -> str:
    """Return the words with dots where they do not fit into so many pixels."""
    middle = bool(_NUMBER.search(words))
    mode = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
    return metrics.elidedText(words, mode, room)
