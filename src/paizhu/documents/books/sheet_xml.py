"""Reading the sheets of an ``.xlsx`` as a stream: memory stays flat however many rows there are.

Rows are cut out of the XML by a pattern that fits what Excel, WPS, LibreOffice and the usual libraries write.
A row that the pattern does not account for to its last letter is read by slower ones that fit any cell, so
speed never costs a value. The stored size of a sheet is not believed; only cells with content count.
"""

import re
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from math import isfinite

from paizhu.documents.books.book import (
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
from paizhu.documents.books.cell_formats import Meant, moment_of
from paizhu.documents.books.row_shape import WIDEST, usual_row
from paizhu.documents.books.shared_texts import SharedTexts
from paizhu.documents.books.xml_text import ATTRIBUTE, CHUNK, LONGEST, Stream, is_spelt, plain, runs
from paizhu.documents.refusals import DamagedWorkbookError, TooLargeWorkbookError

_EXACT = 1e15
"""A spreadsheet keeps fifteen digits; longer numbers are codes that have lost some."""
_LONGEST_CODE = 1e24
_MOST_DIGITS = 400

_ANY_CELL = re.compile(r"<c(?=[\s/>])([^>]*?)(?:/>|>(.*?)</c\s*>)", re.DOTALL)
_ROW_TAG = re.compile(r"<row(?=[\s/>])([^>]*)>")
_ROW_NUMBER = re.compile(r'\br="([0-9]{1,9})"')
_ROW_END = "</row>"
_EMPTY_ROW = re.compile(r"<row(?=[\s/>])[^>]*/>")
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})$")
_VALUE = re.compile(r"<v(?=[\s>])[^>]*>([^<]*)</v\s*>")
_FORMULA = re.compile(r"<f[\s/>]")
_PREFIX = re.compile(rb"<(\w+):worksheet\b")
_ROOT = re.compile(rb"<(?:\w+:)?worksheet\b")
_DATA_END = re.compile(rb"</(?:\w+:)?sheetData\s*>|<(?:\w+:)?sheetData\s*/>")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)


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


class SheetReader:
    """Turns the XML of one sheet into numbered rows."""

    def __init__(
        self,
        name: str,
        strings: SharedTexts,
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
        self._number = self._with_content = 0
        self._usual = usual_row(0)
        self._readers = _Readers(self._kind)
        self._bare_readers = _Readers(self._bare_kind)
        self._days = _Remembered(lambda stored: self._moment(stored, Meant.DATE))
        self._times = _Remembered(lambda stored: self._moment(stored, Meant.TIME))

    def rows(self, part: Stream) -> Iterator[SheetRow]:
        """Yield rows that have content; refuse a sheet with more rows or columns than the limits allow."""
        for text in _pieces(part, self._name):
            yield from self._rows_in(text)

    def _rows_in(self, text: str) -> Iterator[SheetRow]:
        at = 0
        # Most pieces of a ledger hold nothing that is spelt in a roundabout way: their words stand as they are.
        readers = self._readers if is_spelt(text) else self._bare_readers
        while True:
            found = self._usual.match(text, at)
            if found is not None:
                at = found.end()
                pieces = found.groups()
                number = int(pieces[0])
                cells: list[Cell] = [
                    readers[kind](stored) if stored else None
                    for kind, stored in zip(pieces[1::2], pieces[2::2], strict=True)
                ]
                while cells and cells[-1] is None:
                    cells.pop()
            else:
                end = text.find(_ROW_END, at)
                if end < 0:
                    return
                other = self._unusual(text[at:end])
                at = end + len(_ROW_END)
                if other is None:
                    continue
                number, cells = other
            if not self._number < number <= LAST_ROW:
                raise DamagedWorkbookError(self._name, f"第 {number} 行的位置不对")
            self._number = number
            if cells:
                self._with_content += 1
                if self._with_content > self._limits.rows:
                    raise self._too_long()
                yield SheetRow(number, cells)

    def _unusual(self, row: str) -> tuple[int, list[Cell]] | None:
        """Read a row in any writing; the columns of a wide one are expected of the following ones too."""
        if row.count("<row") != 1:
            # A row without cells closes itself and has no end of its own: it stands in front of the next.
            row = _EMPTY_ROW.sub("", row)
        tag = _ROW_TAG.search(row)
        if tag is None:
            return None
        cells = self._any_cells(row, tag.end())
        if self._usual.groups // 2 < len(cells) <= WIDEST:
            wider = usual_row(len(cells))
            # A pattern takes a few columns more, and none may pass that is to be refused.
            self._usual = wider if wider.groups // 2 <= self._limits.columns else self._usual
        told = _ROW_NUMBER.search(tag[1])
        return int(told[1]) if told else self._number + 1, cells

    def _too_long(self) -> TooLargeWorkbookError:
        return TooLargeWorkbookError(
            f"《{self._name}》的行数超过 {self._limits.rows:,} 行", "请分成几个文件，或在设置里放宽上限"
        )

    def _any_cells(self, row: str, start: int) -> list[Cell]:
        cells: list[Cell] = []
        column = -1
        for attributes, inner in _ANY_CELL.findall(row, start):
            known = {key: one or other for key, one, other in ATTRIBUTE.findall(attributes)}
            reference = _REFERENCE.match(known.get("r", ""))
            column = column_number(reference[1]) if reference else column + 1
            value = self._inner(known, inner)
            if value is None:
                continue
            self._must_be_near(column)
            cells.extend([None] * (column + 1 - len(cells)))
            cells[column] = value
        return cells

    def _inner(self, attributes: dict[str, str], inner: str) -> Cell:
        kind = attributes.get("t", "n")
        if kind == "inlineStr":
            return plain(runs(inner)) or None
        stored = _VALUE.search(inner)
        if stored is None or not stored[1]:
            return NO_RESULT if _FORMULA.search(inner) and kind != "str" else None
        if kind == "s":
            return self._strings.text(stored[1].strip())
        return self._reading(kind, attributes.get("s", "0"))(stored[1])

    def _must_be_near(self, column: int) -> None:
        if column >= LAST_COLUMN:
            raise DamagedWorkbookError(self._name, f"{letters(column)} 列不存在")
        if column >= self._limits.columns:
            raise TooLargeWorkbookError(
                f"《{self._name}》在 {letters(column)} 列还有内容，超过 {self._limits.columns:,} 列",
                "请删去右边多余的内容再导入",
            )

    def _kind(self, attributes: str) -> _Read:
        known = {key: one or other for key, one, other in ATTRIBUTE.findall(attributes)}
        kind = known.get("t", "n")
        return self._strings.known.__getitem__ if kind == "s" else self._reading(kind, known.get("s", "0"))

    def _bare_kind(self, attributes: str) -> _Read:
        read = self._readers[attributes]
        return str if read is plain else read

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


_MOST_PLACES = 12
"""A format that shows more decimals than this shows all there are."""


def seen(value: Cell, most: int) -> Cell:
    """Return a number as it is, noting what is seen of it where only so many decimals are shown."""
    if type(value) is not float or abs(value) >= _EXACT:
        return value
    exact = Decimal(format(value, ".15g"))
    shown = exact.quantize(Decimal(1).scaleb(-min(most, _MOST_PLACES)), ROUND_HALF_UP)
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
            if len(rest) > LONGEST:
                if b"<row" in rest or b"<sheetData>" in rest:
                    raise DamagedWorkbookError(name, "有一行长得不正常")
                rest = rest[-CHUNK:]
            continue
        end += len(closing)
        yield _readable(rest[:end], prefix)
        rest = rest[end:]
    if not whole:
        raise DamagedWorkbookError(name, "工作表在中途断了")


def _readable(xml: bytes, prefix: bytes) -> str:
    if prefix:
        xml = xml.replace(b"<" + prefix, b"<").replace(b"</" + prefix, b"</")
    text = xml.decode("utf-8", "replace")
    if "<!" in text:
        text = _COMMENT.sub("", text)
        text = _CDATA.sub(lambda found: found[1].replace("&", "&amp;").replace("<", "&lt;"), text)
    return text
