"""What an ``.xls`` shows beside what it holds: decimals of numbers, hidden parts, comments; read from the records.

The values themselves are read elsewhere. Whatever is out of order here is passed over, since it only tells how the
values look.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from paizhu.documents.books.book import CellPlace
from paizhu.documents.books.cell_formats import places

_STREAMS = ("Workbook", "Book")
_BOF, _EOF, _SHEET, _FORMAT, _XF = 0x0809, 0x000A, 0x0085, 0x041E, 0x00E0
_NUMBER, _RK, _MULRK, _FORMULA, _ROW, _COLUMNS = 0x0203, 0x027E, 0x00BD, 0x0006, 0x0208, 0x007D
_NOTE = 0x001C
_BIFF8 = 0x0600
_BUILT_IN = 164
"""Formats from this number on are written out in the file; those before are known by number."""
_IS_HIDDEN_ROW, _IS_HIDDEN_COLUMN = 0x20, 0x01
_WHOLE = 0x03
"""The marks of a packed number: 1 for hundredths, 2 for a whole number."""


@dataclass
class Looks:
    """What one sheet shows: decimals by (row from 0, column), what is hidden and cells with a comment (rows from 1)."""

    places: dict[tuple[int, int], int] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    commented: set[CellPlace] = field(default_factory=set)


def read_looks(stream: IO[bytes], columns: int) -> list[Looks]:
    """Return the looks of every sheet of the workbook in the order of its list of sheets; empty when unreadable."""
    data = _stream(stream)
    try:
        return _read(data, columns) if data else []
    except (struct.error, IndexError, UnicodeDecodeError):
        return []


def _stream(stream: IO[bytes]) -> bytes:
    import olefile

    stream.seek(0)
    try:
        with olefile.OleFileIO(stream) as file:
            name = next((each for each in _STREAMS if file.exists(each)), "")
            return bytes(file.openstream(name).read()) if name else b""
    except (OSError, ValueError, IndexError):
        return b""
    finally:
        stream.seek(0)


def _records(data: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Yield kind, place and length of every record from a place on."""
    end = len(data) - 4
    unpack = struct.Struct("<HH").unpack_from
    while at <= end:
        kind, length = unpack(data, at)
        yield kind, at + 4, length
        at += 4 + length


def _read(data: bytes, columns: int) -> list[Looks]:
    codes: dict[int, str] = {}
    styles: list[int] = []
    starts: list[int] = []
    biff8 = True
    for kind, at, length in _records(data, 0):
        if kind == _BOF:
            biff8 = struct.unpack_from("<H", data, at)[0] == _BIFF8
        elif kind == _SHEET:
            starts.append(struct.unpack_from("<I", data, at)[0])
        elif kind == _FORMAT:
            number, code = _format(data[at : at + length], biff8=biff8)
            codes[number] = code
        elif kind == _XF:
            styles.append(struct.unpack_from("<H", data, at + 2)[0])
        elif kind == _EOF:
            break
    shown = [places(number, codes.get(number) if number >= _BUILT_IN else None) for number in styles]
    return [_sheet(data, start, shown, columns) for start in starts]


def _format(body: bytes, *, biff8: bool) -> tuple[int, str]:
    number = struct.unpack_from("<H", body)[0]
    if not biff8:
        return number, body[3 : 3 + body[2]].decode("gb18030", "replace")
    length, flags = struct.unpack_from("<HB", body, 2)
    wide = flags & 1
    return number, body[5 : 5 + length * (2 if wide else 1)].decode("utf-16-le" if wide else "latin-1", "replace")


def _sheet(data: bytes, start: int, shown: list[int | None], columns: int) -> Looks:
    looks = Looks()
    found = looks.places
    cell = struct.Struct("<HHH").unpack_from
    depth = 0
    for kind, at, length in _records(data, start):
        if kind in (_NUMBER, _FORMULA, _RK):
            # A whole number looks the same with no decimals as with two.
            if kind == _RK and data[at + 6] & _WHOLE == 2:  # the third mark alone: whole, not hundredths
                continue
            row, column, style = cell(data, at)
            if style < len(shown) and (most := shown[style]) is not None:
                found[(row, column)] = most
        elif kind == _MULRK:
            row, first = struct.unpack_from("<HH", data, at)
            for place in range((length - 6) // 6):
                style = struct.unpack_from("<H", data, at + 4 + place * 6)[0]
                if style < len(shown) and (most := shown[style]) is not None:
                    found[(row, first + place)] = most
        elif kind == _ROW:
            row, flags = struct.unpack_from("<H10xH", data, at)
            if flags & _IS_HIDDEN_ROW:
                looks.hidden_rows.add(row + 1)
        elif kind == _NOTE:
            row, column = struct.unpack_from("<HH", data, at)
            looks.commented.add(CellPlace(row + 1, column))
        elif kind == _COLUMNS:
            first, last, _width, _style, flags = struct.unpack_from("<5H", data, at)
            if flags & _IS_HIDDEN_COLUMN:
                looks.hidden_columns.update(range(first, min(last + 1, columns)))
        elif kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                break
    return looks
