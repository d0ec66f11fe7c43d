"""What a cell of a form takes from the cells around it: parts of the row above, the figure of its neighbour."""

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import groupby

from paizhu.documents.forms.areas import FigureArea
from paizhu.documents.forms.read import FormSheet
from paizhu.services.forms.wishes import CellWish, Place, Wishes
from paizhu.services.forms.words import Words, clean

LIKELY = 0.6
"""How sure a figure is that the labels of the cell do not name: worth a look."""
_OF_WHICH = re.compile(r"\s*其中")


def parts_of_above(
    sheet: str, area: FigureArea, cells: Mapping[Place, CellWish], words: Words
) -> dict[Place, CellWish]:
    """Return the figures of rows under 其中 whose label is a part of the row above: 廉政谈话, 其中：提醒谈话."""
    found: dict[Place, CellWish] = {}
    heads: dict[int, CellWish] = {}
    below = False
    for _row, group in groupby(sorted(area.wanted, key=lambda cell: (cell.row, cell.column)), lambda cell: cell.row):
        row = [cell for cell in group if (sheet, cell.place) in cells]
        label = next((cell.row_path[-1] for cell in row if cell.row_path), "")
        begins = _OF_WHICH.match(label) is not None
        below = below or begins
        parts = {cell.place: _part(heads.get(cell.column), label, words) for cell in row} if below else {}
        if any(parts.values()):
            for cell in row:
                part = parts[cell.place]
                if part is not None and not cells[sheet, cell.place].code:
                    found[sheet, cell.place] = part
        elif not begins:
            heads = {cell.column: cells[sheet, cell.place] for cell in row}
            below = False
    return found


def _part(head: CellWish | None, label: str, words: Words) -> CellWish | None:
    if head is None or not head.code:
        return None
    named = clean(label)[0]
    for name, keys in words.parts(words.catalogue[head.code]).items():
        if named in keys and name not in dict(head.by):
            return replace(head, by=(*head.by, (name, keys[named])), confidence=LIKELY)
    return None


def along_row(sheet: FormSheet, place: str, wish: CellWish, wishes: Wishes, words: Words) -> Wishes:
    """Return the wishes with a figure the officer chose for a cell, and for its row where the columns are its spans.

    A cell of the row follows that is empty, or that took the same figure as the chosen cell did before.
    """
    before = wishes.cells.get((sheet.name, place), CellWish())
    found = wishes.with_cell((sheet.name, place), wish)
    if not wish.code or (before.code, before.by) == (wish.code, wish.by):
        return found
    area = next((each for each in sheet.figures if any(cell.place == place for cell in each.wanted)), None)
    row = next(cell.row for cell in area.wanted if cell.place == place) if area is not None else 0
    for cell in area.wanted if area is not None else ():
        own = wishes.cells.get((sheet.name, cell.place))
        span = words.span_of(clean(cell.column_path[-1])[0])[0] if cell.column_path else ""
        if cell.row != row or cell.place == place or own is None or not span:
            continue
        if not own.code or (own.code, own.by) == (before.code, before.by):
            found = found.with_cell((sheet.name, cell.place), replace(wish, span=span, confidence=LIKELY))
    return found
