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
WHOLE = 2_000
"""So many characters of a text are shown as they stand; of a longer one only how it begins, until it is asked for."""
_HEAD, _HEAD_LINES = 600, 12
_END = re.compile(r"[。！？；\n]")


def cut(metrics: QFontMetrics, words: str, room: int) -> str:
    """Return the words with dots where they do not fit into so many pixels."""
    if len(words) > WHOLE:
        # No line has room for so many; each would be measured at every painting of a cell.
        words = words[:_HEAD] + words[-_HEAD:]
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


def beginning(words: str) -> str:
    """Return how a long text begins: to the end of a sentence where there is one, a dozen lines at most."""
    lines = words[:_HEAD].split("\n")
    head = "\n".join(lines[:_HEAD_LINES])
    if len(lines) <= _HEAD_LINES:
        ends = [found.end() for found in _END.finditer(head)]
        head = head[: ends[-1]] if ends and ends[-1] > _HEAD // 2 else head
    return f"{head.rstrip()}……"
