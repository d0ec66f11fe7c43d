"""What goes to the terminal: one JSON document or readable Chinese on standard output, messages on standard error."""

import io
import json
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

_WIDEST = 36
_WIDE = "WF"


def prepare() -> None:
    """Write UTF-8 whatever the terminal's language; scripts read it back as such."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def say(words: str = "") -> None:
    """Write a line of the answer."""
    _line(sys.stdout, words)


def tell(words: str) -> None:
    """Write a message that is not part of the answer."""
    _line(sys.stderr, words)


def document(data: Any) -> None:
    """Write the one JSON document of the answer."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def documents(members: Iterable[Any]) -> None:
    """Write a JSON list member by member, so that a long one needs no memory."""
    before = "["
    for member in members:
        sys.stdout.write(f"{before}\n {json.dumps(member, ensure_ascii=False)}")
        before = ","
    sys.stdout.write("[]\n" if before == "[" else "\n]\n")


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write rows under headers, Chinese counted as two places; returns how many rows there were."""
    kept = [[_cut(" ".join(cell.split())) for cell in row] for row in rows]
    columns = list(zip(headers, *kept, strict=True))
    widths = [max(_width(cell) for cell in column) for column in columns]
    for line in (headers, ["-" * width for width in widths], *kept):
        say("  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)).rstrip())
    return len(kept)


def _line(stream: TextIO, words: str) -> None:
    stream.write(words + "\n")


def _width(words: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in _WIDE else 1 for letter in words)


def _cut(words: str) -> str:
    width = 0
    for place, letter in enumerate(words):
        width += _width(letter)
        if width > _WIDEST:
            return f"{words[:place]}…"
    return words
