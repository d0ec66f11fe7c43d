"""Recognising a header of one to three rows by its words and by what stands under them."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise

from paizhu.documents.books.book import Cell, Layout, Merge, SheetRow
from paizhu.documents.tables.frame import Column
from paizhu.documents.tables.label_words import Vocabulary, is_unit

TALLEST = 3
LOOK_UNDER = 6
_LONGEST_HEADING = 60
_FEWEST = 2
SURE = 2.0
"""Score from which a block of rows is taken for a header without asking: two known names, or many likely ones."""
POSSIBLE = 0.6
_CUT_THROUGH = 0.5
_WIDEST_GROUP = 40
_UNIT_ROW = 0.8
_PARTS_ROW = 0.8


@dataclass(frozen=True, slots=True)
class Head:
    """A header as recognised, with its score."""

    rows: tuple[int, ...]
    columns: tuple[Column, ...]
    score: float
    known: int


class Merges:
    """Which merged area a cell belongs to, asked by cell."""

    def __init__(self, layout: Layout) -> None:
        self._by_top: dict[int, list[Merge]] = {}
        for merge in layout.merges:
            self._by_top.setdefault(merge.top, []).append(merge)

    @property
    def tops(self) -> Set[int]:
        """Return the rows in which an area begins."""
        return self._by_top.keys()

    def starting(self, row: int) -> list[Merge]:
        """Return areas whose first row this is."""
        return self._by_top.get(row, [])

    def over(self, row: int, column: int, highest: int) -> Merge | None:
        """Return the area over a cell, looking no higher than the given row."""
        for top in range(row, highest - 1, -1):
            for merge in self._by_top.get(top, ()):
                if merge.bottom >= row and merge.left <= column <= merge.right:
                    return merge
        return None


def wording(cell: Cell) -> str:
    """Return the words of a heading cell: line breaks and double spaces inside it mean nothing."""
    return " ".join(str(cell).split()) if cell is not None else ""


def best_head(rows: Sequence[SheetRow], vocabulary: Vocabulary, merges: Merges, least: float) -> Head | None:
    """Return the likeliest header that begins in the first of these rows, judged also by the rows under it."""
    found: list[Head] = []
    for height in range(1, min(TALLEST, len(rows)) + 1):
        block = rows[:height]
        if block[-1].number - block[0].number != height - 1 or not _can_be_heading(block[-1]):
            break
        head = _head(block, rows[height : height + LOOK_UNDER], vocabulary, merges)
        if head is not None:
            found.append(head)
    best = max(found, key=lambda head: head.score, default=None)
    return best if best is not None and best.score >= least else None


def _can_be_heading(row: SheetRow) -> bool:
    values = [cell for cell in row.cells if cell is not None]
    if any(
        isinstance(cell, (date, time)) or not isinstance(cell, (str, int)) or isinstance(cell, bool) for cell in values
    ):
        return False
    texts = [cell for cell in values if isinstance(cell, str)]
    # A year or a month may stand as a number among headings, but most headings are words.
    return len(texts) * 2 > len(values) and all(len(text) <= _LONGEST_HEADING for text in texts)


def _head(block: Sequence[SheetRow], under: Sequence[SheetRow], vocabulary: Vocabulary, merges: Merges) -> Head | None:
    if any(_is_title(row, merges) for row in block if not _goes_on(row, block[0].number, merges)):
        return None
    columns = columns_of(block, merges)
    if len(columns) < _FEWEST:
        return None
    last = {column.index for column in columns if column.path}
    score, known = 0.0, 0
    for column in columns:
        quality = vocabulary.quality(column.path)
        known += quality >= POSSIBLE
        if any(("：" in part[:-1] or ":" in part[:-1]) and not is_unit(part) for part in column.path):
            quality -= 0.6
        score += quality or 0.1
    score += sum(_evidence(column.index, under) for column in columns)
    score -= _CUT_THROUGH * _cuts(block, merges)
    # Every further row must earn its place by naming more columns, or the unit in which they count.
    score -= 0.35 * (len(block) - 1)
    score += _UNIT_ROW * sum(_only_units(row) for row in block[1:])
    score += _PARTS_ROW * sum(_only_parts(row, above, merges) for above, row in pairwise(block))
    score -= 0.15 * len({index for row in under[:3] for index, cell in enumerate(row.cells) if cell is not None} - last)
    if known < _FEWEST and not (known and len(columns) > _FEWEST):
        score = min(score, SURE - 0.01)
    return Head(tuple(row.number for row in block), columns, score, known)


def _cuts(block: Sequence[SheetRow], merges: Merges) -> int:
    # A header ends where its merged cells end, and begins where they begin.
    top, bottom = block[0].number, block[-1].number
    below = sum(merge.bottom > bottom for row in block for merge in merges.starting(row.number))
    width = max(len(row.cells) for row in block)
    areas = (merges.over(top, index, max(top - TALLEST, 1)) for index in range(width))
    return below + len({area for area in areas if area is not None and area.top < top})


def _goes_on(row: SheetRow, top: int, merges: Merges) -> bool:
    """Tell whether a row goes on with a header: cells above reach down into it, or it only names units of money."""
    if row.number == top:
        return False
    reaching = (merges.over(row.number, index, top) for index in range(_WIDEST_GROUP))
    return _only_units(row) or any(area is not None and area.top < row.number for area in reaching)


def _only_units(row: SheetRow) -> bool:
    cells = [cell for cell in row.cells if cell is not None]
    return bool(cells) and all(isinstance(cell, str) and is_unit(cell) for cell in cells)


def _only_parts(row: SheetRow, above: SheetRow, merges: Merges) -> bool:
    """Tell whether a row only names parts of headings that reach over several columns: 表决情况 over 同意票 and 反对票.

    No record fills just those columns and nothing beside them.
    """
    filled = [index for index, cell in enumerate(row.cells) if cell is not None]
    if len(filled) < _FEWEST or any(not isinstance(row.cells[index], str) for index in filled):
        return False
    groups = [merges.over(above.number, index, above.number) for index in filled]
    if all(group is not None and group.right > group.left and group.bottom == above.number for group in groups):
        return True
    # In a text table the heading of a group stands over its first part, and nothing over the others.
    heads = [index < len(above.cells) and above.cells[index] is not None for index in filled]
    run = all(named or index - 1 in filled for index, named in zip(filled, heads, strict=True))
    return not any(groups) and run and not all(heads)


def _is_title(row: SheetRow, merges: Merges) -> bool:
    filled = [index for index, cell in enumerate(row.cells) if cell is not None]
    if len(filled) != 1:
        return False
    across = merges.over(row.number, filled[0], row.number)
    return across is None or across.right - across.left >= 1


def _evidence(column: int, under: Sequence[SheetRow]) -> float:
    cells = [row.cells[column] for row in under if column < len(row.cells) and row.cells[column] is not None]
    if not cells:
        return 0.0
    return 0.25 if any(not isinstance(cell, str) for cell in cells) else 0.05


def columns_of(block: Sequence[SheetRow], merges: Merges) -> tuple[Column, ...]:
    """Return the columns under a header, each with its headings from top to bottom, merged ones spread out."""
    top = block[0].number
    width = max(len(row.cells) for row in block)
    # A heading merged to the end of the sheet heads no more columns than a table has.
    widest = width + _WIDEST_GROUP
    for row in block:
        width = max([width, *(min(merge.right + 1, widest) for merge in merges.starting(row.number))])
    merged = any(merges.starting(row.number) for row in block)
    columns: list[Column] = []
    for index in range(width):
        path: list[str] = []
        for row in block:
            words = _spread(row, index, top, block, merges)
            if not words and not merged and row is not block[-1]:
                words = _from_left(row, index, block)
            if words and (not path or path[-1] != words):
                path.append(words)
        if path:
            columns.append(Column(index, tuple(path)))
    return tuple(columns)


def _spread(row: SheetRow, index: int, top: int, block: Sequence[SheetRow], merges: Merges) -> str:
    own = row.cells[index] if index < len(row.cells) else None
    if own is not None:
        return wording(own)
    area = merges.over(row.number, index, top)
    if area is None:
        return ""
    source = next((each for each in block if each.number == area.top), None)
    if source is None or area.left >= len(source.cells):
        return ""
    return wording(source.cells[area.left])


def _from_left(row: SheetRow, index: int, block: Sequence[SheetRow]) -> str:
    # Without merged cells (a text table, or cells only centred) a heading reaches right over filled cells below it.
    following = block[[each.number for each in block].index(row.number) + 1]
    for left in range(index, -1, -1):
        below = following.cells[left] if left < len(following.cells) else None
        if below is None:
            return ""
        cell = row.cells[left] if left < len(row.cells) else None
        if cell is not None:
            return wording(cell)
    return ""
