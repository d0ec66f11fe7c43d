"""A workbook as read: sheets of numbered rows with raw cell values, nothing interpreted yet."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Protocol, Self

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
GUIDE_SHEET = "填写说明"
LISTS_SHEET = "选项"
ASIDE = frozenset({GUIDE_SHEET, LISTS_SHEET})
"""Sheets of our own workbooks that hold no records."""


@dataclass(frozen=True, slots=True)
class ErrorCell:
    """A cell without a usable value: ``#REF!`` and its like, or a formula whose result was never stored."""

    words: str


NO_RESULT = ErrorCell("公式没有存下结果")

BROKEN = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!"})
"""What a spreadsheet writes where it has no value; the same words stand as text where another program saved them."""


class Rounded(float):
    """A number of which the sheet shows less than it holds; ``shown`` are the words that are seen."""

    shown = ""

    @classmethod
    def of(cls, value: float, shown: str) -> "Rounded":
        """Return a number together with how it is seen."""
        made = cls(value)
        made.shown = shown
        return made


Cell = str | int | float | bool | date | datetime | time | ErrorCell | None


def words_of(cell: object) -> str:
    """Return what is read in a cell: a whole number without its point, of one without a value what stands there."""
    if isinstance(cell, ErrorCell):
        return cell.words
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def looks_of(cell: object) -> str:
    """Return a cell as the officer knows it from the sheet: a day without the midnight it is kept with."""
    return words_of(cell).removesuffix(" 00:00:00")


class CellPlace(NamedTuple):
    """One cell: the row as Excel numbers it, the column from 0."""

    row: int
    column: int


CHECKED_BY = "导入核对"
"""Who signs the comments by which this program marks cells to be put right; nobody else's say anything of that."""


class SheetRow(NamedTuple):
    """One row with content: its number as Excel shows it, cells from column A on, trailing empty ones left out."""

    number: int
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged area; rows are numbered from 1 as in Excel, columns from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Layout:
    """What a sheet looks like where that bears on its meaning; columns are numbered from 0.

    ``commented`` are the cells somebody wrote a comment (批注) at; with ``unread_comments`` there may be others, in a
    part of the file that could not be read.
    """

    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    commented: frozenset[CellPlace] = frozenset()
    unread_comments: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file may hold before it is refused; the officer can raise it in the settings."""

    file_bytes: int = 200 * 2**20
    unpacked_bytes: int = 1024 * 2**20
    rows: int = 300_000
    columns: int = 1_000


class Sheet(ABC):
    """One sheet; rows can be read any number of times, each time from the file."""

    def __init__(self, name: str, *, hidden: bool = False) -> None:
        self.name = name
        self.hidden = hidden

    @abstractmethod
    def rows(self) -> Iterator[SheetRow]:
        """Yield rows that have any content, in order."""

    @property
    @abstractmethod
    def layout(self) -> Layout:
        """Return merged areas and what is hidden."""


class Closeable(Protocol):
    """Whatever holds the file open."""

    def close(self) -> None:
        """Let go of the file."""


@dataclass(frozen=True)
class Book:
    """An open workbook; ``sha256`` and ``path`` are what the log of imports keeps."""

    path: Path
    sha256: str
    sheets: tuple[Sheet, ...]
    held: tuple[Closeable, ...] = field(default=(), repr=False)

    def sheet(self, name: str) -> Sheet:
        """Return the sheet with this name; KeyError for an unknown one."""
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        raise KeyError(name)

    def close(self) -> None:
        """Let go of the file."""
        for each in self.held:
            each.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def letters(column: int) -> str:
    """Return the letters Excel shows over a column numbered from 0: 0 is A, 26 is AA."""
    words = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        words = chr(65 + rest) + words
    return words


def column_number(words: str) -> int:
    """Return the number, from 0, of a column given by its letters."""
    number = 0
    for letter in words.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1
