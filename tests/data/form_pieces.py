"""Titles, boxes and pictures that the blank forms of the tests are made of."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

MADE = datetime.fromisoformat("2026-01-05")  # a fixed day keeps the files the same
THIN = Side(style="thin")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)


def picture() -> io.BytesIO:
    """A small red square that stands for a seal."""
    side = 48
    lines = b"".join(b"\x00" + b"\xc0\x10\x10" * side for _line in range(side))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return io.BytesIO(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")
    )


def new(name: str) -> tuple[Workbook, Worksheet]:
    """Return an openpyxl workbook with one sheet."""
    workbook = Workbook()
    workbook.properties.created = workbook.properties.modified = MADE
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = name
    return workbook, sheet


def title(sheet: Worksheet, words: str, last: str, row: int = 1) -> None:
    """Write a merged title."""
    sheet[f"A{row}"] = words
    sheet[f"A{row}"].font = Font(bold=True, size=18)
    sheet[f"A{row}"].alignment = CENTRE
    sheet.merge_cells(f"A{row}:{last}{row}")


def boxes(sheet: Worksheet, area: str, style: str = "General") -> None:
    """Draw borders around every cell of an area."""
    for row in sheet[area]:
        for cell in row:
            cell.border = BOX
            cell.alignment = CENTRE
            cell.number_format = style


def xlsx(path: Path) -> Any:
    """Return an XlsxWriter workbook with a fixed day."""
    workbook = xlsxwriter.Workbook(str(path))
    workbook.set_properties({"created": MADE})
    return workbook


def edited(path: Path, part: str, change: Callable[[str], str]) -> None:
    """Change one part of a workbook as no library would."""
    with zipfile.ZipFile(path) as archive:
        parts = [(info, archive.read(info)) for info in archive.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for info, content in parts:
            after = change(content.decode()) if info.filename == part else content
            assert info.filename != part or after != content.decode()
            archive.writestr(zipfile.ZipInfo(info.filename, info.date_time), after, zipfile.ZIP_DEFLATED)
