"""Signs that a cell says what the cell above it says: 〃, 同上 and their like, as they stand in paper ledgers."""

from collections.abc import Iterator, Sequence
from typing import Final

from paizhu.documents.books.book import Cell
from paizhu.documents.tables.frame import DataRow, Table

_MARKS = ("〃", "〞", "″", "＂", '"', "”", "“", "''", "‘’", "同上", "同前", "（同上）", "(同上)")
SIGNS: Final = frozenset({*_MARKS, "同 上", "同  上", "同　上", "〃〃", "〃　〃", "〃 〃"})
"""As they stand in a cell; words that only begin with one (同上次) are words."""


def meant(table: Table, rows: Iterator[DataRow]) -> Iterator[DataRow]:
    """Yield the rows of a table in order with the words that its signs stand for; the table counts such cells."""
    above: Sequence[Cell] = ()
    for row in rows:
        cells, count = told(row.cells, above)
        table.dittos += count
        above = cells
        yield row._replace(cells=cells) if count else row


def told(cells: list[Cell], above: Sequence[Cell]) -> tuple[list[Cell], int]:
    """Return the cells of a row with what its signs stand for, by the row above it, and how many there were.

    A sign under an empty cell, or in the first row, means nothing that could be known: it stays as it is written.
    """
    # Asked of every row of a long ledger: one look at the set, and nothing more where no sign stands.
    if SIGNS.isdisjoint(cells):
        return cells, 0
    made, count = list(cells), 0
    for place, (cell, over) in enumerate(zip(cells, above, strict=False)):
        if isinstance(cell, str) and cell in SIGNS and _says(over):
            made[place] = over
            count += 1
    return made, count


def _says(cell: Cell) -> bool:
    return cell is not None and cell != "" and not (isinstance(cell, str) and cell in SIGNS)
