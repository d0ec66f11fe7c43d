"""Signs that a cell says what the cell above it says: 〃, 同上 and their like, as they stand in paper ledgers."""

from collections.abc import Iterator
from typing import Final

from paizhu.documents.books.book import Cell
from paizhu.documents.tables.frame import DataRow, Table

_MARKS = ("〃", "〞", "″", "＂", '"', "”", "“", "''", "‘’", "同上", "同前", "（同上）", "(同上)")
SIGNS: Final = frozenset({*_MARKS, "同 上", "同  上", "同　上", "〃〃", "〃　〃", "〃 〃"})
"""As they stand in a cell; words that only begin with one (同上次) are words."""


def meant(table: Table, rows: Iterator[DataRow]) -> Iterator[DataRow]:
    """Yield the rows of a table in order with the words that its signs stand for; the table counts such cells.

    A sign under an empty cell, or in the first row, means nothing that could be known: it stays as it is written.
    """
    above: list[Cell] = []
    for row in rows:
        # Asked of every row of a long ledger: one look at the set, and nothing more where no sign stands.
        made = row if SIGNS.isdisjoint(row.cells) else _told(table, row, above)
        above = made.cells
        yield made


def _told(table: Table, row: DataRow, above: list[Cell]) -> DataRow:
    cells = list(row.cells)
    for place, cell in enumerate(cells):
        if isinstance(cell, str) and cell in SIGNS and place < len(above) and _says(above[place]):
            cells[place] = above[place]
            table.dittos += 1
    return row._replace(cells=cells)


def _says(cell: Cell) -> bool:
    return cell is not None and cell != "" and not (isinstance(cell, str) and cell in SIGNS)
