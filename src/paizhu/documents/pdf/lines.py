"""Cutting Chinese text into lines: what may begin and end one (GB/T 15834-2011, Unicode UAX #14).

A text is a row of units between which a line may end. One pattern finds them, so that a list of many thousand
cells costs nothing; the tests hold it against a full implementation of UAX #14, which takes 80 µs a character.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

# Nothing may begin a line that closes, separates or joins: 。and ”, but also 破折号, 省略号 and signs of measure.
_CLOSE = r"，。、；：？！…‥）〕］｝》〉」』】〗〙〛”’％‰℃°′″·•・～—–々ー〻〞﹂﹄%,.;:!?)\]}>~¢－"
# Nothing may end a line that opens; a sign of money or number stays with its figure, a box with its words.
_OPEN = r"（〔［｛《〈「『【〖〘〚“‘〝﹁﹃(\[{<￥¥＄$£€№＃#□＋±+"
# These stay with what stands on both sides: 分隔号, short 连接号, straight quotes, no-break space.
_BOTH = r"\-/／\"'\u00a0\\"
_LETTER = r"0-9A-Za-zÀ-ÖØ-öø-ʯͰ-ϿЀ-ӿ０-９Ａ-Ｚａ-ｚ_"
_WORD = rf"-?[{_LETTER}]+(?:[.,:/\-'’@&+=?%~·]+[{_LETTER}]+)*"
# A choice of a form is not parted from its box, nor cut.
_CHOICE = r"[☐☑][^\s☐☑]+"
_CORE = rf"(?:{_CHOICE}|{_WORD}|[^\s])[\u0300-\u036f]*"
_GAP = r"[ \u3000]*"
# Spaces that somebody typed inside brackets or before a comma change nothing.
_OPENED = rf"(?:[{_OPEN}]{_GAP})*"
_CLOSED = rf"(?:{_GAP}[{_CLOSE}])*"
_UNIT = re.compile(rf"(?:{_OPENED}{_CORE}|[ \u3000]+)(?:{_CLOSED}[{_BOTH}]+{_OPENED}(?:{_CORE})?)*{_CLOSED}{_GAP}")
_PIECE = re.compile(rf"[!-~{_LETTER}]+|.", re.DOTALL)
_RUN = re.compile(rf"(?P<whole>[!-~{_LETTER}]+)|[^!-~{_LETTER}]+")
_SPACES = " \u3000"
# A line with one long word in it is rather left short than pulled apart: the widest gap, in ems.
_WIDEST_GAP = 0.5


@dataclass(frozen=True, slots=True)
class Line:
    """One line as set: its words, its width in points, and whether its paragraph ends here."""

    text: str
    width: float
    last: bool


def units(text: str) -> list[str]:
    """Return the parts between which a line may end; spaces stay at the end of a part and may hang."""
    return _UNIT.findall(text)


def runs(text: str) -> list[tuple[bool, str]]:
    """Return the text in runs of words, which stay whole, and of characters, which may be opened (True)."""
    return [(found["whole"] is None, found[0]) for found in _RUN.finditer(text)]


def wrap(text: str, em: Mapping[str, float], size: float, width: float, indent: float = 0.0) -> list[Line]:
    """Return the lines of a text, paragraphs parted by line breaks; `indent` shortens the first line of each."""
    found: list[Line] = []
    for paragraph in text.split("\n"):
        found.extend(_paragraph(paragraph.rstrip(_SPACES), em, size, width, indent))
    return found


def gap(line: Line, width: float, size: float, widest: float = _WIDEST_GAP) -> float:
    """Return what a justified line is opened by between its pieces, in points; nothing for a last line.

    A line that would have to be opened by more than `widest`, in characters, stays as it is.
    """
    if line.last or line.width >= width:
        return 0.0
    places = len(_PIECE.findall(line.text)) - 1
    wanted = (width - line.width) / places if places > 0 else 0.0
    return wanted if wanted <= widest * size else 0.0


def _paragraph(text: str, em: Mapping[str, float], size: float, width: float, indent: float) -> list[Line]:
    whole = sum(map(em.__getitem__, text)) * size
    if whole <= width - indent:
        return [Line(text, whole, True)]
    room = (width - indent) / size
    full = width / size
    lines: list[Line] = []
    words: list[str] = []
    used = 0.0
    for unit in _fitting(units(text), em, full, room):
        own = sum(map(em.__getitem__, unit.rstrip(_SPACES)))
        if words and used + own > room + 1e-6:
            lines.append(_line(words, em, size))
            words, used, room = [], 0.0, full
        words.append(unit)
        used += sum(map(em.__getitem__, unit))
    last = _line(words, em, size)
    lines.append(Line(last.text, last.width, True))
    return lines


def _line(words: list[str], em: Mapping[str, float], size: float) -> Line:
    text = "".join(words).rstrip(_SPACES)
    return Line(text, sum(map(em.__getitem__, text)) * size, False)


def _fitting(found: list[str], em: Mapping[str, float], full: float, first: float) -> list[str]:
    """Cut units that are longer than a line, for nothing may stick out of its cell."""
    narrow = min(full, first) if len(found) == 1 else full
    if all(sum(map(em.__getitem__, unit)) <= narrow for unit in found):
        return found
    made: list[str] = []
    for unit in found:
        part, used = "", 0.0
        for char in unit:
            if part and used + em[char] > narrow and char not in _SPACES:
                made.append(part)
                part, used = "", 0.0
            part += char
            used += em[char]
        made.append(part)
    return made


def balanced(text: str, em: Mapping[str, float], size: float, width: float) -> list[Line]:
    """Return the lines of a title: as few as may be, and none much shorter than the others."""
    lines = wrap(text, em, size, width)
    if len(lines) < 2 or "\n" in text:
        return lines
    # Never narrower than the longest part, or a date would be cut.
    longest = max(sum(map(em.__getitem__, unit.rstrip(_SPACES))) for unit in units(text)) * size
    low, high = min(max(width / len(lines) * 0.8, longest), width), width
    while high - low > size / 4:
        middle = (low + high) / 2
        if len(wrap(text, em, size, middle)) > len(lines):
            low = middle
        else:
            high = middle
    return wrap(text, em, size, high)
