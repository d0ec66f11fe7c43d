"""Cells of a planned row as they are kept, and back as they were read, with what is seen of a rounded number."""

from typing import Any

from paizhu.documents.books.book import Rounded, words_of
from paizhu.storage.scratch import Kept

PLAIN = frozenset({str, float, int, bool, type(None)})


def cells_of(kept: Kept) -> list[Any]:
    """Return the cells of a planned row as they were read, numbers with what is seen of them."""
    cells = list(kept.body["raw"])
    for at, shown in kept.body["shown"].items():
        cells[at] = Rounded.of(cells[at], shown) if isinstance(cells[at], float) else cells[at]
    return cells


def raw_of(cell: Any) -> Any:
    """Return what is kept of a cell: a number, words, or what stands in it as words."""
    if isinstance(cell, Rounded):
        return float(cell)
    if cell is None or isinstance(cell, str | int | float | bool):
        return cell
    return words_of(cell)
