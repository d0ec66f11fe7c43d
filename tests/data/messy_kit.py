"""How the messy ledgers are made and how their right reading is written down beside them."""

import json
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

FOLDER = Path(__file__).parent / "messy"
Rows = Sequence[Sequence[Any]]
OFFICE = ("xlsx", "xls", "ods")


@dataclass(frozen=True)
class Table:
    """How one table is to be read: ``fields`` by column letters (empty: kept beside the record), values in that order.

    ``problems`` are ``column:code`` by row; ``refused`` rows have none of their values taken. A row of ``extra`` says
    what is kept beside the record.
    """

    sheet: str
    register: str
    header: tuple[int, ...]
    fields: Mapping[str, str]
    rows: Mapping[int, Sequence[Any]]
    skipped: tuple[int, ...] = ()
    problems: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    refused: tuple[int, ...] = ()
    extra: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Messy:
    """One messy ledger: how it is made, and everything that must come of it.

    ``through`` is the kind LibreOffice saves it as. ``correction`` is the one thing the officer has to say where
    nobody could know; ``roster`` are people (name, post) who stand in the vault before.
    """

    file: str
    make: Callable[[Path], None]
    tables: tuple[Table, ...]
    unread: tuple[str, ...] = ()
    through: str = ""
    password: str = ""
    correction: Mapping[str, Any] | None = None
    roster: tuple[tuple[str, str], ...] = ()

    @property
    def stem(self) -> str:
        """The name without its ending."""
        return self.file.partition(".")[0]

    def expected(self) -> dict[str, Any]:
        """Return the right reading as plain data."""
        return {
            "file": self.file,
            "saved_by": f"LibreOffice ({self.through})" if self.through else "",
            "password": self.password,
            "roster": [list(each) for each in self.roster],
            "correction": dict(self.correction) if self.correction else None,
            "unread": list(self.unread),
            "tables": [_plain(table) for table in self.tables],
        }


def _plain(table: Table) -> dict[str, Any]:
    plain = asdict(table)
    plain["rows"] = {
        str(number): dict(zip(table.fields.values(), values, strict=False)) for number, values in table.rows.items()
    }
    for name in ("rows", "problems", "extra"):
        plain[name] = {str(number): each for number, each in plain[name].items()}
    for each in plain["rows"].values():
        each.pop("", None)
    plain["first_row"], plain["last_row"] = (min(table.rows), max(table.rows)) if table.rows else (0, 0)
    return plain


def new(name: str) -> tuple[Workbook, Worksheet]:
    """Return a workbook with one sheet of this name."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = name
    return book, sheet


def put(sheet: Worksheet, top: int, rows: Rows, left: int = 1) -> int:
    """Write rows of cells, None for an empty one; returns the number of the row after them."""
    for number, row in enumerate(rows, top):
        for column, value in enumerate(row, left):
            if value is not None:
                sheet.cell(number, column, value)
    return top + len(rows)


def merge(sheet: Worksheet, *areas: str) -> None:
    """Merge areas."""
    for area in areas:
        sheet.merge_cells(area)


def xput(sheet: Any, top: int, rows: Rows, style: Any = None, left: int = 0) -> int:
    """Write rows with the other library; numbered as in Excel, from 1."""
    for number, row in enumerate(rows, top - 1):
        for column, value in enumerate(row, left):
            if value is None:
                sheet.write_blank(number, column, None, style)
            elif isinstance(value, str):
                sheet.write_string(number, column, value, style)
            else:
                sheet.write(number, column, value, style)
    return top + len(rows)


def repacked(path: Path, change: Callable[[str, bytes], bytes], more: Mapping[str, bytes] | None = None) -> None:
    """Change the parts of a package in place, and add some."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, change(name, content))
        for name, content in (more or {}).items():
            archive.writestr(name, content)


def converted(source: Path, kind: str, folder: Path) -> None:
    """Let LibreOffice save a workbook in another format, or in its own writing of the same one."""
    with tempfile.TemporaryDirectory() as profile:
        command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", kind]
        subprocess.run([*command, "--outdir", str(folder), str(source)], check=True, capture_output=True)


def write(book: Messy) -> None:
    """Make a ledger and write its right reading beside it."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / (f"{book.stem}.xlsx" if book.through else book.file)
        book.make(made)
        if book.through:
            converted(made, book.through, FOLDER)
        else:
            (FOLDER / book.file).write_bytes(made.read_bytes())
    words = json.dumps(book.expected(), ensure_ascii=False, indent=1)
    (FOLDER / f"{book.stem}.json").write_text(words + "\n", encoding="utf-8")
