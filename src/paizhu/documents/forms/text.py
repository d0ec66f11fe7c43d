"""Values as the XML of cells: typed numbers, serial dates, words as inline strings that keep a cell's rich text."""

import re
from datetime import date, datetime, time
from decimal import Decimal
from difflib import SequenceMatcher

from paizhu.base import dates
from paizhu.base.rows import Value
from paizhu.documents.books.cell_formats import Meant
from paizhu.documents.books.xml_text import plain

LONGEST = 32_767
CUT = "……（本格过长，全文见系统）"
_EXACT_DIGITS = 15
_UNDERSCORED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_RUN = re.compile(r"<(?:\w+:)?r>(.*?)</(?:\w+:)?r>", re.DOTALL)
_RUN_STYLE = re.compile(r"<(?:\w+:)?rPr\b.*?</(?:\w+:)?rPr>|<(?:\w+:)?rPr/>", re.DOTALL)
_RUN_WORDS = re.compile(r"<(?:\w+:)?t(?=[\s>])[^>]*?(?<!/)>([^<]*)</(?:\w+:)?t\s*>")
_READING = re.compile(r"<(?:\w+:)?rPh\b.*?</(?:\w+:)?rPh>", re.DOTALL)
_DAY_ZERO = date(1899, 12, 30).toordinal()
_DAY_ZERO_1904 = date(1904, 1, 1).toordinal()
_FIRST_SURE = date(1900, 3, 1)
"""Excel counts a 29 February 1900; before this day its serials and the calendar differ."""
_SECONDS = 86_400


def escaped(text: str) -> str:
    """Return words as they stand in XML; what XML cannot hold is left out, Excel's own escapes stay words."""
    text = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _UNDERSCORED.sub("_x005F_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def serial(value: date | datetime | time, *, from_1904: bool = False) -> str | None:
    """Return a day, moment or time of day as the number a spreadsheet keeps; None for days it cannot count."""
    if isinstance(value, time):
        return f"{_seconds(value) / _SECONDS:.10g}"
    day = value.date() if isinstance(value, datetime) else value
    if day < _FIRST_SURE:
        return None
    number = day.toordinal() - (_DAY_ZERO_1904 if from_1904 else _DAY_ZERO)
    if isinstance(value, datetime) and (seconds := _seconds(value.time())):
        return f"{number + seconds / _SECONDS:.10f}".rstrip("0")
    return str(number)


def _seconds(value: time) -> float:
    return value.hour * 3600 + value.minute * 60 + value.second


def stored(value: Value | time | float, meant: Meant, *, from_1904: bool = False) -> tuple[str, str]:
    """Return the type (``n``, ``b`` or words ``t``) of a cell and what is stored in it; ``("", "")`` for no value.

    Days are numbers only where the cell's format shows them as days; digits beyond Excel's fifteen stay words.
    """
    match value:
        case None | "":
            return "", ""
        case bool():
            return "b", "1" if value else "0"
        case int() | Decimal():
            digits = f"{value:f}" if isinstance(value, Decimal) else str(value)
            if isinstance(value, Decimal) and not value.is_finite():
                return "t", str(value)
            return ("t" if len(digits.replace(".", "").strip("-0")) > _EXACT_DIGITS else "n"), digits
        case float():
            return "n", repr(value)
        case datetime() | date() | time():
            number = serial(value, from_1904=from_1904) if meant is not Meant.NUMBER else None
            return ("n", number) if number is not None else ("t", _moment_words(value))
        case str():
            return "t", value if len(value) <= LONGEST else value[: LONGEST - len(CUT)] + CUT
        case _:
            return "t", _words(value)


def _moment_words(value: date | datetime | time) -> str:
    return f"{value:%H:%M}" if isinstance(value, time) else dates.show_moment(value)


def _words(value: object) -> str:
    parts = value if isinstance(value, tuple) else (value,)
    return "、".join(str(getattr(each, "label", each)) for each in parts)


def words_of(xml: str) -> str:
    """Return the words inside a text, of all its runs together; readings printed over them are no part of it."""
    return plain("".join(_RUN_WORDS.findall(_READING.sub("", xml))))


def inline(text: str, prefix: str, runs: str = "") -> str:
    """Return words as the inside of a cell; ``runs`` is the rich text that stood there, whose fonts are kept."""
    p = prefix
    kept = _rewritten(runs, text, p) if runs else ""
    return f"<{p}is>{kept or _words_xml(text, p)}</{p}is>"


def _words_xml(text: str, p: str) -> str:
    return f'<{p}t xml:space="preserve">{escaped(text)}</{p}t>'


def _rewritten(runs: str, text: str, p: str) -> str:
    pieces = [(_style_of(run), plain("".join(_RUN_WORDS.findall(run)))) for run in _RUN.findall(runs)]
    if len(pieces) < 2 and not any(style for style, _words in pieces):
        return ""
    before = "".join(words for _style, words in pieces)
    owners = [index for index, (_style, words) in enumerate(pieces) for _letter in words]
    new = [""] * len(pieces)
    for what, start, end, first, last in SequenceMatcher(None, before, text, autojunk=False).get_opcodes():
        if what == "equal":
            for index, letter in zip(owners[start:end], text[first:last], strict=True):
                new[index] += letter
        elif first < last:
            # New letters take the font of the blanks they stand in, or of the letter before them.
            new[owners[start] if start < end else owners[max(start - 1, 0)] if owners else 0] += text[first:last]
    return "".join(
        f"<{p}r>{style}{_words_xml(words, p)}</{p}r>" for (style, _old), words in zip(pieces, new, strict=True) if words
    )


def _style_of(run: str) -> str:
    found = _RUN_STYLE.search(run)
    return found[0] if found else ""
