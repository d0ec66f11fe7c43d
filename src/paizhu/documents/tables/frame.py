"""Where a table stands in its sheet: header, columns, rows, and what was passed over and why."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from paizhu.documents.books.book import Cell, CellPlace, letters

BETWEEN = " / "
SAMPLES = 60
"""How many records are looked at to see what a column holds."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place from 0, and its headings from top to bottom."""

    index: int
    path: tuple[str, ...] = ()

    @property
    def letters(self) -> str:
        """Return the letters Excel shows over the column."""
        return letters(self.index)

    @property
    def header(self) -> str:
        """Return the heading in words, ``被谈话人 / 姓名`` for one of two rows; empty for a column without."""
        return BETWEEN.join(self.path)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is no record, and why."""

    row: int
    reason: str


class DataRow(NamedTuple):
    """One record as it stands: cells from column A on; ``carried`` columns took the value of a merged cell above."""

    number: int
    cells: list[Cell]
    carried: frozenset[int] = frozenset()
    hidden: bool = False

    def cell(self, column: int) -> Cell:
        """Return the value in a column numbered from 0; None beyond the last one with content."""
        return self.cells[column] if column < len(self.cells) else None


@dataclass(frozen=True, slots=True)
class Given:
    """A frame the officer set by hand; without ``last_row`` it reaches as far as the sheet has content."""

    header_rows: tuple[int, ...]
    first_row: int
    last_row: int | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """A table as found; ``above`` are the words over it, where a year or a unit may stand."""

    header_rows: tuple[int, ...]
    first_row: int
    last_row: int
    columns: tuple[Column, ...]
    skipped: tuple[Skipped, ...] = ()
    above: tuple[str, ...] = ()
    certain: bool = True
    hidden_columns: frozenset[int] = field(default_factory=frozenset)
    hidden_rows: tuple[int, ...] = ()
    commented: frozenset[CellPlace] = frozenset()
    unread_comments: bool = False
    dittos: int = 0
    """Cells that only said 同上 or 〃 and were read as what stands above them."""


class Table:
    """One table while it is read: ``samples`` at once, ``rows`` once, ``frame`` complete when the rows are through."""

    def __init__(
        self, head_rows: tuple[int, ...], columns: tuple[Column, ...], above: tuple[str, ...], *, certain: bool
    ) -> None:
        self._head_rows = head_rows
        self.columns = columns
        self._above = above
        self._certain = certain
        self._skipped: list[Skipped] = []
        self._hidden: list[int] = []
        self._first = (head_rows[-1] + 1) if head_rows else 1
        self._last = self._first - 1
        self._source: Iterator[DataRow] = iter(())
        self.samples: list[DataRow] = []
        self.dittos = 0
        self.hidden_columns: frozenset[int] = frozenset()
        self.commented: frozenset[CellPlace] = frozenset()
        self.unread_comments = False

    def start(self, source: Iterator[DataRow]) -> None:
        """Take the records from here on, the first of them at once as samples."""
        self.samples = list(islice(source, SAMPLES))
        self._source = source
        named = {column.index for column in self.columns}
        width = max((len(row.cells) for row in self.samples), default=0)
        # A column without a heading still holds words of the officer: it is shown, and kept with the record.
        nameless = [
            Column(index)
            for index in range(width)
            if index not in named and any(row.cell(index) is not None for row in self.samples)
        ]
        self.columns = tuple(sorted((*self.columns, *nameless), key=lambda column: column.index))

    def rows(self) -> Iterator[DataRow]:
        """Yield the records in order; can be read once."""
        yield from self.samples
        yield from self._source

    def took(self, row: DataRow) -> DataRow:
        """Note a record as belonging to the table."""
        if self._last < self._first:
            self._first = row.number
        self._last = row.number
        if row.hidden:
            self._hidden.append(row.number)
        return row

    def skip(self, row: int, reason: str) -> None:
        """Note a row that is no record."""
        self._skipped.append(Skipped(row, reason))

    @property
    def frame(self) -> Frame:
        """Return the frame as far as the rows have been read."""
        return Frame(
            self._head_rows,
            self._first,
            max(self._last, self._first - 1),
            self.columns,
            tuple(self._skipped),
            self._above,
            self._certain,
            self.hidden_columns & {column.index for column in self.columns},
            tuple(self._hidden),
            self.commented,
            self.unread_comments,
            self.dittos,
        )
