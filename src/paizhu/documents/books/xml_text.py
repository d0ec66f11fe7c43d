"""Text and attributes as they stand in the XML of a spreadsheet, and the stream they come from."""

import re
from typing import Protocol

CHUNK = 1 << 18
LONGEST = 16 << 20
"""Bytes without the end of a row or a text, after which a part is taken for damaged."""
ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ESCAPED = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(amp|lt|gt|quot|apos));")
_UNDERSCORED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_PHONETIC = re.compile(r"<rPh\b.*?</rPh\s*>", re.DOTALL)
_WORDS = re.compile(r"<t(?=[\s>])[^>]*?(?<!/)>([^<]*)</t\s*>")


class Stream(Protocol):
    """Bytes in order, from a part of the archive."""

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes, empty at the end."""


def plain(text: str) -> str:
    """Return the characters behind XML references and behind Excel's own ``_x000D_``."""
    if "&" in text:
        text = _ESCAPED.sub(_referenced, text)
    if "_x" in text:
        text = _UNDERSCORED.sub(lambda found: chr(int(found[1], 16)), text)
    return text.replace("\r\n", "\n") if "\r" in text else text


def is_spelt(text: str) -> bool:
    """Tell whether :func:`plain` could change anything in a text."""
    return "&" in text or "_x" in text or "\r" in text


def runs(xml: str) -> str:
    """Return the words of a text in several formats, still as XML writes them; how they are pronounced is left out."""
    return "".join(_WORDS.findall(_PHONETIC.sub("", xml)))


def _referenced(found: re.Match[str]) -> str:
    if found[3]:
        return _NAMED[found[3]]
    code = int(found[1], 16) if found[1] else int(found[2])
    return chr(code) if code < 0x110000 else ""
