"""Merged areas and hidden rows and columns of a sheet, read in one pass over its XML without reading any cell."""

import re

from paizhu.documents.books.book import Layout, Merge, column_number
from paizhu.documents.books.xml_text import ATTRIBUTE, CHUNK, Stream

_MERGE = re.compile(
    rb"""<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*["']([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})["']"""
)
_COLUMN = re.compile(rb"<(?:\w+:)?col\s([^>]*)>")
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\s[^>]*?\br="([0-9]{1,7})"[^>]*?\bhidden="(?:1|true)"')
_COUNT = re.compile(r"[0-9]{1,7}")
_MOST_MERGES = 100_000


def layout_of(part: Stream, columns: int) -> Layout:
    """Return merged areas and hidden rows and columns, passing once over the XML without reading any cell."""
    merges: list[Merge] = []
    hidden_rows: set[int] = set()
    hidden_columns: set[int] = set()
    rest = b""
    in_front = True
    while chunk := part.read(CHUNK):
        text = rest + chunk
        if in_front:
            for found in _COLUMN.findall(text):
                hidden_columns.update(_hidden_columns(found, columns))
            in_front = b"sheetData" not in text
        if b"hidden=" in text:
            hidden_rows.update(int(number) for number in _HIDDEN_ROW.findall(text))
        if b"mergeCell " in text:
            for left, top, right, bottom in _MERGE.findall(text):
                merges.append(Merge(int(top), _limited(left, columns), int(bottom), _limited(right, columns)))
        if len(merges) > _MOST_MERGES:
            break
        cut = text.rfind(b"<")
        rest = text[cut:] if cut >= 0 and len(text) - cut < CHUNK else b""
    return Layout(tuple(dict.fromkeys(merges)), frozenset(hidden_rows), frozenset(hidden_columns))


def _limited(words: bytes, columns: int) -> int:
    return min(column_number(words.decode()), columns)


def _hidden_columns(attributes: bytes, columns: int) -> range:
    known = {key: one or other for key, one, other in ATTRIBUTE.findall(attributes.decode("utf-8", "replace"))}
    first, last = known.get("min", ""), known.get("max", "")
    if known.get("hidden") not in ("1", "true") or not (_COUNT.fullmatch(first) and _COUNT.fullmatch(last)):
        return range(0)
    return range(int(first) - 1, min(int(last), columns))
