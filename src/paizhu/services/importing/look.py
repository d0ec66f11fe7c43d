"""The first rows of a sheet as they stand, for the officer to check where the header was found."""

from dataclasses import dataclass
from itertools import islice, takewhile

from paizhu.documents.books.book import Sheet, letters, looks_of
from paizhu.documents.tables.frame import Given

LOOKED_AT = 16


@dataclass(frozen=True, slots=True)
class SheetLook:
    """Rows as (number, words from column A on); ``spans`` of merged cells as (row, column, rows, columns)."""

    name: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    spans: tuple[tuple[int, int, int, int], ...] = ()

    @property
    def width(self) -> int:
        """The number of columns with content."""
        return max((len(words) for _number, words in self.rows), default=0)


def look_at(sheet: Sheet) -> SheetLook:
    """Return the first rows of a sheet; rows are numbered as in the sheet, columns from 0."""
    rows = tuple((row.number, tuple(map(looks_of, row.cells))) for row in islice(sheet.rows(), LOOKED_AT))
    last = rows[-1][0] if rows else 0
    spans = tuple(
        (merge.top, merge.left, min(merge.bottom, last) - merge.top + 1, merge.right - merge.left + 1)
        for merge in sheet.layout.merges
        if merge.top <= last
    )
    return SheetLook(sheet.name, rows, spans)


def frame_from(header_rows: tuple[int, ...], first: int = 0, last: int = 0) -> Given:
    """Return the frame the officer pointed at: records from the row under the header on, to the end, unless said."""
    above = header_rows[-1] if header_rows else 0
    return Given(header_rows, max(first, above + 1), last or None)


def frame_without_header(look: SheetLook) -> Given:
    """Return the frame of a table without any heading: titles of one cell or two over it are passed over."""
    filled = [(number, sum(bool(words) for words in cells)) for number, cells in look.rows]
    widest = max((count for _number, count in filled), default=0)
    return Given((), next((number for number, count in filled if count * 2 >= widest and count > 1), 1))


def letter(column: int) -> str:
    """Return the letters over a column numbered from 0."""
    return letters(column)


def words_above(sheet: Sheet, given: Given) -> tuple[str, ...]:
    """Return the words over a header set by hand, where the year of the dates may stand."""
    first = min(given.header_rows, default=given.first_row)
    rows = takewhile(lambda row: row.number < first, sheet.rows())
    return tuple(" ".join(str(cell) for cell in row.cells if cell is not None) for row in islice(rows, LOOKED_AT))
