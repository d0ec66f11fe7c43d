"""What is found in a blank form: lists of records and areas of figures, as plain data."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from paizhu.documents.books.book import Cell, letters
from paizhu.documents.tables.frame import Column


@dataclass(frozen=True, slots=True)
class ListArea:
    """A list: its columns with their headings, and the empty rows under them.

    ``formulas`` are columns that compute themselves, ``ordinal`` the column that only counts, ``codes`` what a
    (hidden) row of codes says of the columns, ``total_row`` the row of sums below, 0 for none. Without ``ruled``
    empty rows the list is open below.
    """

    header_rows: tuple[int, ...]
    first_row: int
    last_row: int
    columns: tuple[Column, ...]
    ordinal: int | None = None
    formulas: frozenset[int] = frozenset()
    codes: Mapping[int, str] = field(default_factory=dict)
    total_row: int = 0
    ruled: bool = True


@dataclass(frozen=True, slots=True)
class FigureCell:
    """One figure wanted: its place, the labels of its row and column from the outside in, their codes if any."""

    row: int
    column: int
    row_path: tuple[str, ...]
    column_path: tuple[str, ...]
    row_code: str = ""
    column_code: str = ""
    formula: str = ""
    given: Cell = None

    @property
    def place(self) -> str:
        """Return the place in Excel's way."""
        return f"{letters(self.column)}{self.row}"


@dataclass(frozen=True, slots=True)
class FigureArea:
    """Figures by row and column; computed cells are there too, so that totals can be compared."""

    header_rows: tuple[int, ...]
    first_row: int
    last_row: int
    cells: tuple[FigureCell, ...]

    @property
    def wanted(self) -> tuple[FigureCell, ...]:
        """Return the cells to be filled, without those that compute themselves."""
        return tuple(cell for cell in self.cells if not cell.formula)


Area = ListArea | FigureArea
