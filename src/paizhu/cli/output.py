"""What goes to the terminal: one JSON document or readable Chinese on standard output, messages on standard error.

Whoever reads may stop reading (``paizhu import … --apply | head -1``). That is no reason to leave a thing half done:
from then on the words go nowhere, and the command goes on to its own end and its own exit status.
"""

import io
import json
import os
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

_WIDEST = 36
_WIDE = "WF"


def prepare() -> None:
    """Write UTF-8 whatever the terminal's language; scripts read it back as such."""
    # Closed by the caller from the first (``>&-``), they are not there at all.
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def finish() -> None:
    """Send off what is still kept back, so that nobody is told of a closed pipe after the end."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            _lead_nowhere(stream)


def say(words: str = "") -> None:
    """Write a line of the answer."""
    _line(sys.stdout, words)


def tell(words: str) -> None:
    """Write a message that is not part of the answer."""
    _line(sys.stderr, words)


def document(data: Any) -> None:
    """Write the one JSON document of the answer."""
    _line(sys.stdout, json.dumps(data, ensure_ascii=False, indent=1))


def documents(members: Iterable[Any]) -> None:
    """Write a JSON list member by member, so that a long one needs no memory; no more than somebody reads."""
    before = "["
    for member in members:
        if not _write(sys.stdout, f"{before}\n {json.dumps(member, ensure_ascii=False)}"):
            return
        before = ","
    _line(sys.stdout, "[]" if before == "[" else "\n]")


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write rows under headers, Chinese counted as two places; returns how many rows there were."""
    kept = [[_cut(" ".join(cell.split())) for cell in row] for row in rows]
    columns = list(zip(headers, *kept, strict=True))
    widths = [max(_width(cell) for cell in column) for column in columns]
    for line in (headers, ["-" * width for width in widths], *kept):
        say("  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)).rstrip())
    return len(kept)


def _line(stream: TextIO, words: str) -> None:
    _write(stream, words + "\n")


def _write(stream: TextIO, words: str) -> bool:
    """Write; False when nobody reads any more."""
    try:
        stream.write(words)
    except BrokenPipeError:
        _lead_nowhere(stream)
        return False
    return True


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123  # no path, and open to the very end


def _lead_nowhere(stream: TextIO) -> None:
    """Put nothing in the place of a pipe that nobody reads, for what is kept back as well as for what comes."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, stream.fileno())
    os.close(nothing)


def _width(words: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in _WIDE else 1 for letter in words)


def _cut(words: str) -> str:
    width = 0
    for place, letter in enumerate(words):
        width += _width(letter)
        if width > _WIDEST:
            return f"{words[:place]}…"
    return words
