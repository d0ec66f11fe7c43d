"""Which number formats of a workbook mean a date, and turning its serial numbers into days and times."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from enum import Enum
from xml.etree import ElementTree as ET


class Meant(Enum):
    """What a stored number means by its format."""

    NUMBER = 0
    DATE = 1
    TIME = 2


# 27-36 and 50-58 are dates in Chinese Excel and WPS (27 is yyyy"年"m"月", 57 the same); outside tables leave them out.
_DATES = frozenset({14, 15, 16, 17, 22, *range(27, 32), 36, 50, 51, 52, 53, 54, 57, 58})
_TIMES = frozenset({18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56})
_NOT_CODES = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|E[+-]|General|G/通用格式', re.IGNORECASE)
_HAS_DAY = re.compile(r"[ydeg]", re.IGNORECASE)
_HAS_TIME = re.compile(r"[hs]", re.IGNORECASE)
_MONTH_ONLY = re.compile(r"m", re.IGNORECASE)

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  # a spreadsheet knows no time zones
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
_LEAP_BUG = 60
"""Excel counts a 29 February 1900 that never was; serials up to it are one day off."""
_LAST_SERIAL = 2_958_466


def meaning(number: int, code: str | None = None) -> Meant:
    """Return what a number format means; ``code`` is given for the formats a workbook defines itself."""
    if code is None:
        return Meant.DATE if number in _DATES else Meant.TIME if number in _TIMES else Meant.NUMBER
    first = code.split(";")[0]
    plain = _NOT_CODES.sub("", first)
    if _HAS_DAY.search(plain):
        return Meant.DATE
    if _HAS_TIME.search(plain):
        return Meant.TIME
    return Meant.DATE if _MONTH_ONLY.search(plain) else Meant.NUMBER


def meant_styles(xml: bytes) -> dict[int, Meant]:
    """Return the style numbers of a styles part that mean dates or times; all others are plain."""
    found = ((index, meaning(number, code)) for index, number, code in _styles(xml))
    return {index: meant for index, meant in found if meant is not Meant.NUMBER}


def _styles(xml: bytes) -> Iterator[tuple[int, int, str | None]]:
    root = ET.fromstring(xml)
    own: dict[int, str] = {}
    for element in root.iter():
        if _local(element.tag) == "numFmt":
            own[_int(element.get("numFmtId"))] = element.get("formatCode") or ""
    for element in root.iter():
        if _local(element.tag) == "cellXfs":
            for index, style in enumerate(child for child in element if _local(child.tag) == "xf"):
                number = _int(style.get("numFmtId"))
                yield index, number, own.get(number)
            return


_PLACES = {1: 0, 2: 2, 3: 0, 4: 2, 9: 2, 10: 4, 37: 0, 38: 0, 39: 2, 40: 2}
"""How many decimals the built-in formats of numbers show; a percent sign shifts them by two."""
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_FIGURE = re.compile(r"[#0?,]*[#0?](?:\.([#0?]*))?(,*)")


def places(number: int, code: str | None = None) -> int | None:
    """Return how many decimals a number format shows; None where it shows all, or scales what it shows."""
    if code is None:
        return _PLACES.get(number)
    plain = _LITERAL.sub("", code.split(";")[0])
    found = _FIGURE.search(plain)
    if (
        found is None
        or found[2]
        or "E" in plain
        or "!" in plain
        or "/" in plain
        or meaning(number, code) is not Meant.NUMBER
    ):
        return None
    return len(found[1] or "") + 2 * plain.count("%")


def shown_places(xml: bytes) -> dict[int, int]:
    """Return the style numbers of a styles part that show no more than so many decimals."""
    return {index: most for index, number, code in _styles(xml) if (most := places(number, code)) is not None}


def moment_of(serial: float, meant: Meant, *, from_1904: bool = False) -> date | datetime | time | float:
    """Return the day, moment or time of day behind a serial; a number out of the calendar stays a number."""
    if not 0 < serial < _LAST_SERIAL:
        return serial
    moment = _moment(serial, from_1904=from_1904)
    if serial < 1:
        return moment.time()
    return moment.date() if meant is Meant.DATE and serial == int(serial) else moment


def _moment(serial: float, *, from_1904: bool) -> datetime:
    moment = (_EPOCH_1904 if from_1904 else _EPOCH) + timedelta(days=serial)
    if serial <= _LEAP_BUG and not from_1904:
        moment += timedelta(days=1)
    # Serials are binary fractions of a day: 9:30 comes as 9:29:59.999997.
    rounded = moment + timedelta(microseconds=500_000)
    return rounded.replace(microsecond=0)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _int(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0
