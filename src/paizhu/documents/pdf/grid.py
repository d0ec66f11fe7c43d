"""Ruled tables on pages: cells wrapped, heads repeated, a row never cut unless it is taller than a page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from paizhu.documents.pdf.blocks import Align, Cell, Grid, GridRow
from paizhu.documents.pdf.fonts import FontBook
from paizhu.documents.pdf.lines import Line, balanced, gap, wrap
from paizhu.documents.pdf.page import Page, Rule, Shade, Words

CONTINUED = "（续）"
_OUTER, _INNER = 1.0, 0.5
# Where the baseline of a line stands in its height: the ink of Chinese characters is then in the middle.
_BASELINE = 0.36
_LEAST_PART = 3
# In a narrow column a ragged edge reads better than characters drawn apart.
_WIDEST_GAP = 0.12


@dataclass(slots=True)
class _SetCell:
    cell: Cell
    x: float
    width: float
    size: float
    lines: list[Line]


@dataclass(slots=True)
class SetRow:
    """A row with its cells cut into lines."""

    cells: list[_SetCell]
    height: float
    keep_next: bool


class GridSetter:
    """Sets the rows of one table; the layout says where they go."""

    def __init__(self, grid: Grid, book: FontBook, left: float, width: float, missing: set[str]) -> None:
        self._grid = grid
        self._book = book
        self._missing = missing
        self.left = left
        self.width = width
        unit = width / sum(grid.widths)
        self._edges = [left]
        for each in grid.widths:
            self._edges.append(self._edges[-1] + each * unit)
        self.line = grid.line
        self.head = [self.set(row) for row in grid.head]
        self.head_height = sum(row.height for row in self.head)

    def set(self, row: GridRow) -> SetRow:
        """Cut the cells of a row into lines."""
        column = 0
        cells = []
        for cell in row.cells:
            x, to = self._edges[column], self._edges[column + cell.span]
            cells.append(self._set_cell(cell, x, to - x))
            column += cell.span
        if column != len(self._grid.widths):
            raise ValueError(f"a row of {column} columns in a table of {len(self._grid.widths)}")
        return SetRow(cells, max(row.height, *(self._height(each) for each in cells)), row.keep_next)

    def _set_cell(self, cell: Cell, x: float, width: float) -> _SetCell:
        size = cell.size or self._grid.size
        text = self._book.printable(cell.face, cell.text, self._missing)
        room = max(width - 2 * self._grid.pad, size * 1.05)
        em = self._book[cell.face].widths
        lines = (balanced if cell.align is Align.CENTER else wrap)(text, em, size, room)
        return _SetCell(cell, x, width, size, lines)

    def _line(self, each: _SetCell) -> float:
        return self._grid.line * each.size / self._grid.size

    def _height(self, each: _SetCell) -> float:
        lines = len(each.lines) + (1.5 if each.cell.sign else 0)
        return lines * self._line(each) + 2 * self._grid.pad

    def split(self, row: SetRow, height: float) -> tuple[SetRow, SetRow] | None:
        """Cut a row that is taller than a page; None when so little of it would fit that it had better begin anew."""
        rest: list[_SetCell] = []
        part: list[_SetCell] = []
        for each in row.cells:
            fits = int((height - 2 * self._grid.pad) / self._line(each))
            if fits < min(_LEAST_PART, len(each.lines)):
                return None
            if len(each.lines) <= fits:
                part.append(each)
                rest.append(self._continued(each))
                continue
            # One line alone is not left for the next page.
            cut = fits if len(each.lines) - fits > 1 else fits - 1
            part.append(replace_cell(each, replace(each.cell, sign="", top=True), each.lines[:cut]))
            rest.append(replace_cell(each, replace(each.cell, top=True), each.lines[cut:]))
        needed = max(self._height(each) for each in rest)
        return SetRow(part, height, False), SetRow(rest, needed, row.keep_next)

    def _continued(self, each: _SetCell) -> _SetCell:
        if each.cell.text.endswith(CONTINUED):
            return each
        if each.cell.align is not Align.CENTER or not each.cell.text:
            return replace_cell(each, replace(each.cell, text=""), [Line("", 0.0, True)])
        return self._set_cell(replace(each.cell, text=each.cell.text + CONTINUED), each.x, each.width)

    def draw(self, page: Page, rows: Sequence[SetRow], top: float) -> float:
        """Put rows on a page from `top` downwards and return where they end."""
        y = top
        # A line between columns runs on through all rows that have it: one stroke instead of hundreds.
        open_lines: dict[float, float] = {}
        for row in rows:
            edges = {each.x for each in row.cells[1:]}
            for x in [x for x in open_lines if x not in edges]:
                page.rules.append(Rule(x, open_lines.pop(x), x, y, _INNER))
            for x in edges:
                open_lines.setdefault(x, y)
            for each in row.cells:
                self._draw_cell(page, each, y, row.height)
            y -= row.height
            if row is not rows[-1]:
                page.rules.append(Rule(self.left, y, self.left + self.width, y, _INNER))
        page.rules += [Rule(x, start, x, y, _INNER) for x, start in open_lines.items()]
        right = self.left + self.width
        for line in ((self.left, top, right, top), (self.left, y, right, y), (self.left, y, self.left, top),
                     (right, y, right, top)):  # fmt: skip
            page.rules.append(Rule(*line, _OUTER))
        return y

    def _draw_cell(self, page: Page, each: _SetCell, top: float, height: float) -> None:
        cell, pad, pitch = each.cell, self._grid.pad, self._line(each)
        if cell.shade:
            page.shades.append(Shade(each.x, top - height, each.width, height))
        inner = height - (1.5 * pitch if cell.sign else 0)
        used = len(each.lines) * pitch
        at_top = cell.top or bool(cell.sign)
        y = top - pad if at_top else top - max(pad, (inner - used) / 2)
        room = each.width - 2 * pad
        for line in each.lines:
            baseline = y - pitch / 2 - each.size * _BASELINE
            open_by = gap(line, room, each.size, _WIDEST_GAP) if cell.align is Align.LEFT else 0.0
            x = each.x + pad + _shift(cell.align, room, line.width)
            if line.text:
                page.words.append(Words(x, baseline, line.text, cell.face, each.size, open_by))
            y -= pitch
        if cell.sign:
            text = self._book.printable(cell.face, cell.sign, self._missing)
            width = self._book[cell.face].width(text) * each.size
            page.words.append(
                Words(each.x + max(pad, each.width - pad - width), top - height + pad + 2, text, cell.face, each.size)
            )


def replace_cell(each: _SetCell, cell: Cell, lines: list[Line]) -> _SetCell:
    """Return the same place on the page with other words."""
    return _SetCell(cell, each.x, each.width, each.size, lines)


def _shift(align: Align, room: float, width: float) -> float:
    if align is Align.CENTER:
        return max(0.0, (room - width) / 2)
    return max(0.0, room - width) if align is Align.RIGHT else 0.0
