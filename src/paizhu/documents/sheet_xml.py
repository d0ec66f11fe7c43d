"""Reading the sheets of an ``.xlsx`` as a stream: memory stays flat however many rows there are.

Rows are cut out of the XML by a pattern that fits what Excel, WPS, LibreOffice and the usual libraries write.
A row in which the pattern does not account for every cell is read again by a slower one that fits any cell, so
speed never costs a value. The stored size of a sheet is not believed; only cells with content count.
"""

import re
from array import array
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import lru_cache
from math import isfinite
from typing import Protocol

from paizhu.documents.book import (
    LAST_COLUMN,
    LAST_ROW,
    NO_RESULT,
    Cell,
    ErrorCell,
    Limits,
    Rounded,
    SheetRow,
    column_number,
    letters,
)
from paizhu.documents.cell_formats import Meant, moment_of
from paizhu.documents.refusals import DamagedWorkbookError, TooLargeWorkbookError

CHUNK = 1 << 18
_LONGEST_ROW = 16 << 20
_EXACT = 1e15
"""A spreadsheet keeps fifteen digits; longer numbers are codes that have lost some."""
_LONGEST_CODE = 1e24
_MOST_DIGITS = 400

_CELL = re.compile(
    r'<c r="([A-Z]+)[0-9]+"([^>/]*)'
    r'(?:/>|>(?:(?:<v>|<is><t(?: xml:space="preserve")?>)([^<]*)(?:</v>|</t></is>))?</c>)'
)
_ANY_CELL = re.compile(r"<c(?=[\s/>])([^>]*?)(?:/>|>(.*?)</c\s*>)", re.DOTALL)
_ROW_TAG = re.compile(r"<row(?=[\s/>])([^>]*)>")
_USUAL_ROW_TAG = re.compile(r'<row r="([0-9]{1,9})"[^>]*>')
_EMPTY_ROW = re.compile(r"<row(?=[\s/>])[^>]*/>")
ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})$")
_VALUE = re.compile(r"<v(?=[\s>])[^>]*>([^<]*)</v\s*>")
_FORMULA = re.compile(r"<f[\s/>]")
_PHONETIC = re.compile(r"<rPh\b.*?</rPh\s*>", re.DOTALL)
_WORDS = re.compile(r"<t(?=[\s>])[^>]*?(?<!/)>([^<]*)</t\s*>")
_PREFIX = re.compile(rb"<(\w+):worksheet\b")
_ROOT = re.compile(rb"<(?:\w+:)?worksheet\b")
_DATA_END = re.compile(rb"</(?:\w+:)?sheetData\s*>|<(?:\w+:)?sheetData\s*/>")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_ESCAPED = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(amp|lt|gt|quot|apos));")
_UNDERSCORED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}

_STRING = re.compile(rb"<si(?=[\s/>])(?:/>|[^>]*>(?:<t(?: [^>]*)?>([^<]*)</t>|(.*?))</si>)", re.DOTALL)


def plain(text: str) -> str:
    """Return the characters behind XML references and behind Excel's own ``_x000D_``."""
    if "&" in text:
        text = _ESCAPED.sub(_referenced, text)
    if "_x" in text:
        text = _UNDERSCORED.sub(lambda found: chr(int(found[1], 16)), text)
    return text.replace("\r\n", "\n") if "\r" in text else text


def _referenced(found: re.Match[str]) -> str:
    if found[3]:
        return _NAMED[found[3]]
    code = int(found[1], 16) if found[1] else int(found[2])
    return chr(code) if code < 0x110000 else ""


class Stream(Protocol):
    """Bytes in order, from a part of the archive."""

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes, empty at the end."""


_REMEMBERED = 30_000
"""Few enough that a long ledger takes hardly more memory than a short one."""
_Read = Callable[[str], Cell]


class _Remembered(dict[str, Cell]):
    """Values by their stored text: looking one up again costs no call of Python."""

    def __init__(self, read: _Read) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, stored: str) -> Cell:
        if len(self) >= _REMEMBERED:
            self.clear()
        value = self[stored] = self._read(stored)
        return value


class _Readers(dict[str, _Read]):
    """How a cell is read, by the attributes that stand in its tag."""

    def __init__(self, make: Callable[[str], _Read]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, attributes: str) -> _Read:
        read = self[attributes] = self._make(attributes)
        return read


@lru_cache(maxsize=256)
def side_by_side(count: int) -> tuple[str, ...]:
    """Return the letters of so many columns from A on; most rows of a ledger have just these."""
    return tuple(map(letters, range(count)))


class SharedStrings:
    """The texts of a workbook, kept as one run of bytes: a million of them cost little more than their letters."""

    def __init__(self, part: Stream | None, name: str) -> None:
        self._name = name
        self._letters = bytearray()
        self._ends = array("Q", (0,))
        if part is not None:
            self._read(part)
        self.known = _Remembered(self.text)

    def _read(self, part: Stream) -> None:
        rest = b""
        prefix = b""
        while chunk := part.read(CHUNK):
            if not self._letters and not rest and (found := re.search(rb"<(\w+):sst\b", chunk)):
                prefix = found[1] + b":"
            rest += chunk
            text, cut = rest, 0
            if prefix:
                end = rest.rfind(b"</" + prefix + b"si>") + len(prefix) + 5
                text = rest[:end].replace(b"<" + prefix, b"<").replace(b"</" + prefix, b"</")
                cut = end
            for found_string in _STRING.finditer(text):
                self._letters += found_string[1] if found_string[1] is not None else _rich(found_string[2])
                self._ends.append(len(self._letters))
                if not prefix:
                    cut = found_string.end()
            rest = rest[cut:]
            if len(rest) > _LONGEST_ROW:
                raise DamagedWorkbookError(self._name, "文字部分不完整")

    def text(self, index: str) -> str:
        """Return the text with this number, given as the digits of the cell."""
        try:
            number = int(index)
            start, end = self._ends[number], self._ends[number + 1]
        except (ValueError, IndexError):
            raise DamagedWorkbookError(self._name, "单元格指向不存在的文字") from None
        return plain(self._letters[start:end].decode("utf-8", "replace"))


def _rich(xml: bytes | None) -> bytes:
    if not xml:
        return b""
    text = _PHONETIC.sub("", xml.decode("utf-8", "replace"))
    return "".join(_WORDS.findall(text)).encode()


class SheetReader:
    """Turns the XML of one sheet into numbered rows."""

    def __init__(
        self,
        name: str,
        strings: SharedStrings,
        styles: dict[int, Meant],
        limits: Limits,
        *,
        from_1904: bool = False,
        places: dict[int, int] | None = None,
    ) -> None:
        self._name = name
        self._strings = strings
        self._styles = styles
        self._limits = limits
        self._from_1904 = from_1904
        self._places = places or {}
        self._columns: dict[str, int] = {}
        self._readers = _Readers(self._kind)
        self._days = _Remembered(lambda stored: self._moment(stored, Meant.DATE))
        self._times = _Remembered(lambda stored: self._moment(stored, Meant.TIME))

    def rows(self, part: Stream) -> Iterator[SheetRow]:
        """Yield rows that have content; refuse a sheet with more rows or columns than the limits allow."""
        number = with_content = 0
        for row in _pieces(part, self._name):
            tag = _USUAL_ROW_TAG.search(row) or _ROW_TAG.search(row)
            if tag is None:
                continue
            number = self._number(tag[1], number)
            cells = self._cells(row, tag.end())
            if not cells:
                continue
            with_content += 1
            if with_content > self._limits.rows:
                raise TooLargeWorkbookError(
                    f"《{self._name}》的行数超过 {self._limits.rows:,} 行", "请分成几个文件，或在设置里放宽上限"
                )
            yield SheetRow(number, cells)

    def _number(self, told: str, before: int) -> int:
        if told.isdecimal():
            number = int(told)
        else:
            found = re.search(r'\br="([0-9]{1,9})"', told)
            number = int(found[1]) if found else before + 1
        if not before < number <= LAST_ROW:
            raise DamagedWorkbookError(self._name, f"第 {number} 行的位置不对")
        return number

    def _cells(self, row: str, start: int) -> list[Cell]:
        found = _CELL.findall(row, start)
        if len(found) != row.count("<c", start):
            return self._any_cells(row, start)
        if not found:
            return []
        where, attributes, stored = zip(*found, strict=True)
        cells: list[Cell]
        if where == side_by_side(len(where)) and len(where) <= self._limits.columns:
            cells = [
                read(text) if text else None
                for read, text in zip(map(self._readers.__getitem__, attributes), stored, strict=True)
            ]
            while cells and cells[-1] is None:
                cells.pop()
            return cells
        cells = []
        after = 0
        for column_of, kind, text in found:
            if not text:
                continue
            column = self._columns[column_of] if column_of in self._columns else self._column(column_of)
            if column < after:
                return self._any_cells(row, start)
            cells.extend([None] * (column - after))
            after = column + 1
            cells.append(self._readers[kind](text))
        return cells

    def _any_cells(self, row: str, start: int) -> list[Cell]:
        cells: list[Cell] = []
        column = -1
        for attributes, inner in _ANY_CELL.findall(row, start):
            known = {key: one or other for key, one, other in ATTRIBUTE.findall(attributes)}
            reference = _REFERENCE.match(known.get("r", ""))
            column = self._column(reference[1]) if reference else column + 1
            value = self._inner(known, inner)
            if value is None:
                continue
            cells.extend([None] * (column + 1 - len(cells)))
            cells[column] = value
        return cells

    def _inner(self, attributes: dict[str, str], inner: str) -> Cell:
        kind = attributes.get("t", "n")
        if kind == "inlineStr":
            return plain("".join(_WORDS.findall(_PHONETIC.sub("", inner)))) or None
        stored = _VALUE.search(inner)
        if stored is None or not stored[1]:
            return NO_RESULT if _FORMULA.search(inner) and kind != "str" else None
        if kind == "s":
            return self._strings.text(stored[1].strip())
        return self._reading(kind, attributes.get("s", "0"))(stored[1])

    def _column(self, where: str) -> int:
        column = column_number(where)
        if column >= LAST_COLUMN:
            raise DamagedWorkbookError(self._name, f"{where} 列不存在")
        if column >= self._limits.columns:
            raise TooLargeWorkbookError(
                f"《{self._name}》在 {letters(column)} 列还有内容，超过 {self._limits.columns:,} 列",
                "请删去右边多余的内容再导入",
            )
        self._columns[where] = column
        return column

    def _kind(self, attributes: str) -> _Read:
        known = {key: one or other for key, one, other in ATTRIBUTE.findall(attributes)}
        kind = known.get("t", "n")
        return self._strings.known.__getitem__ if kind == "s" else self._reading(kind, known.get("s", "0"))

    def _reading(self, kind: str, style: str) -> _Read:
        match kind:
            case "n":
                place = int(style) if style.isdecimal() and len(style) <= _MOST_DIGITS else 0
                meant = self._styles.get(place, Meant.NUMBER)
                by_meaning = {Meant.DATE: self._days.__getitem__, Meant.TIME: self._times.__getitem__}
                most = self._places.get(place) if meant is Meant.NUMBER else None
                return by_meaning.get(
                    meant, number_of if most is None else lambda stored: seen(number_of(stored), most)
                )
            case "b":
                return lambda stored: stored.strip() not in ("0", "false")
            case "e":
                return lambda stored: ErrorCell(plain(stored))
            case "d":
                return lambda stored: stored.removesuffix("T00:00:00")
            case _:
                return plain

    def _moment(self, stored: str, meant: Meant) -> Cell:
        number = number_of(stored)
        if not isinstance(number, (int, float)):
            return number
        return moment_of(number, meant, from_1904=self._from_1904)


def number_of(stored: str) -> Cell:
    """Return a stored number; whole ones as ``int``, so that lost digits of a long code can be seen."""
    if len(stored) > _MOST_DIGITS:
        # No program writes a number so long; it is kept as it stands and never counted with.
        return plain(stored)
    if stored.isdecimal():
        return int(stored)
    try:
        number = float(stored)
    except ValueError:
        return plain(stored)
    if not isfinite(number):
        return ErrorCell(stored)
    # What is written in tenths stays a decimal number even when it is whole, as in 5.0.
    return number if "." in stored and abs(number) < _EXACT else _whole(stored, number)


def seen(value: Cell, most: int) -> Cell:
    """Return a number as it is, noting what is seen of it where only so many decimals are shown."""
    if type(value) is not float or abs(value) >= _EXACT:
        return value
    exact = Decimal(format(value, ".15g"))
    shown = round(exact, most)
    return value if shown == exact else Rounded.of(value, f"{shown:f}")


def _whole(stored: str, number: float) -> Cell:
    # 1.10101199003071E+17 is 110101199003071000: the zeros at its end are what was lost.
    exact = Decimal(stored.strip())
    return int(exact) if exact == exact.to_integral_value() and abs(number) < _LONGEST_CODE else number


def _pieces(part: Stream, name: str) -> Iterator[str]:
    # Cuts the stream at the ends of rows. Everything before the first row stays on the first piece; that is harmless.
    rest = b""
    prefix = b""
    checked = whole = False
    closing = b"</row>"
    while chunk := part.read(CHUNK):
        if not checked:
            checked = True
            head = rest + chunk
            if not _ROOT.search(head):
                raise DamagedWorkbookError(name, "工作表内容读不懂")
            if b"<!DOCTYPE" in head or b'encoding="UTF-16' in head:
                raise DamagedWorkbookError(name, "工作表的写法不合规范")
            if found := _PREFIX.search(head):
                prefix = found[1] + b":"
                closing = b"</" + prefix + b"row>"
        rest += chunk
        whole = whole or (b"sheetData" in rest and _DATA_END.search(rest) is not None)
        end = rest.rfind(closing)
        if end < 0:
            if len(rest) > _LONGEST_ROW:
                if b"<row" in rest or b"<sheetData>" in rest:
                    raise DamagedWorkbookError(name, "有一行长得不正常")
                rest = rest[-CHUNK:]
            continue
        yield from _rows_of(rest[:end], prefix)
        rest = rest[end + len(closing) :]
    if not whole:
        raise DamagedWorkbookError(name, "工作表在中途断了")


def _rows_of(xml: bytes, prefix: bytes) -> Iterator[str]:
    if prefix:
        xml = xml.replace(b"<" + prefix, b"<").replace(b"</" + prefix, b"</")
    text = xml.decode("utf-8", "replace")
    if "<!" in text:
        text = _COMMENT.sub("", text)
        text = _CDATA.sub(lambda found: found[1].replace("&", "&amp;").replace("<", "&lt;"), text)
    for piece in text.split("</row>"):
        # A row without cells closes itself and has no end of its own: drop it from the front of the next.
        yield piece if piece.count("<row") == 1 else _EMPTY_ROW.sub("", piece)
