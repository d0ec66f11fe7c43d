"""Words cut to the room there is: at their end, but a number in its middle, for its end tells it apart."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

_NUMBER = re.compile(r"([〕\]）)]\s*(第\s*)?\d+\s*号?|[（(]第\s*\d+\s*次[）)])\s*$")
"""What ends in a running number, behind its year as 示住函〔2026〕18号 or alone as 局党组会（第 22 次）."""
_WHICH = re.compile(r"第\s*\d+\s*次[）)]?\s*$")
_PART = "\u3000"
"""Parts side by side, as a number and a day: what is left of one would say nothing."""


def cut(metrics: QFontMetrics, words: str, room: int) -> str:
    """Return the words with dots where they do not fit into so many pixels."""
    middle = bool(_NUMBER.search(words))
    if _PART in words and metrics.horizontalAdvance(words) > room:
        whole = words[: words.rindex(_PART)]
        return f"{whole}…" if metrics.horizontalAdvance(f"{whole}…") <= room else cut(metrics, whole, room)
    if middle and metrics.horizontalAdvance(words) > room and (which := _WHICH.search(words)):
        # Half of the number would be that of another meeting: 第 22 次 and 第 12 次 both end in 2 次.
        tail = "…" + which[0]
        begin = next((words[:at] for at in range(which.start(), 0, -1) if _fits(metrics, words[:at] + tail, room)), "")
        if begin:
            return begin + tail
    mode = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
    return metrics.elidedText(words, mode, room)


def _fits(metrics: QFontMetrics, words: str, room: int) -> bool:
    return metrics.horizontalAdvance(words) <= room
