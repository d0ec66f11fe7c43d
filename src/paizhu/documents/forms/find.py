"""Finding what a blank form wants: lists (a header over empty rows) and figures (labels across × labels down).

What is found is a proposal; the officer corrects it by pointing at cells, and the correction is remembered by the
form's fingerprint.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from paizhu.documents.books.book import Cell, Layout, SheetRow
from paizhu.documents.forms.areas import Area, FigureArea, FigureCell, ListArea
from paizhu.documents.forms.grid import Grid
from paizhu.documents.forms.places import is_place
from paizhu.documents.tables.frame import Column
from paizhu.documents.tables.header_find import Merges, columns_of
from paizhu.documents.tables.label_words import is_ordinal

_NUMBERED = re.compile(r"[(（]?[\d一二三四五六七八九十]+[)）、.．]?")
_LEAST_COVERED = 0.7
_LONGEST_LABEL = 60
_TALLEST = 6
_CODE = re.compile(
    r"[A-Za-z]{0,6}[-_.]?\d{1,4}(?:[-_.]\d{1,3})*|[A-Za-z][\w.\-]{0,30}|[甲乙丙丁戊己庚辛]|\d{1,3}\s*=\s*[\d+\-]+"
)
_PLACED = re.compile(r"I[-—_.]?\d{3}[A-Z]?\d?")
"""A figure's own code standing in the very cell that it belongs into."""
_TOTAL = re.compile(r"(?:本[页月季年]|总)?(?:合\s*计|小\s*计|总\s*计|共\s*计|累\s*计)")
_NOTE = re.compile(r"\s*[(（]?(?:注|备注|说明|填表说明|填写说明|附注)\s*[\d一]?\s*[:：]")
_ANNOUNCES = re.compile(r"[：:](?!.*[)）])")
_CODE_COLUMN = re.compile(r"代\s*码|行\s*次|栏\s*次|编\s*码|计量单位|指标代码")


@dataclass(frozen=True, slots=True)
class _Head:
    rows: tuple[int, ...]
    columns: tuple[Column, ...]
    codes: Mapping[int, str]
    first: int
    last: int

    @property
    def bottom(self) -> int:
        return self.rows[-1]

    def path(self, column: int) -> tuple[str, ...]:
        return next((each.path for each in self.columns if each.index == column), ())


class Finder:
    """Looks through one sheet from top to bottom."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._merges = Merges(Layout(grid.merges, grid.hidden_rows, grid.hidden_columns))
        self._seen: dict[int, dict[tuple[int, int], str]] = {}
        self.taken: set[tuple[int, int]] = set()

    def areas(self) -> tuple[Area, ...]:
        """Return the areas found, from top to bottom; ``taken`` then holds the cells that belong to them."""
        found: list[Area] = []
        row = 1
        while row <= self._grid.last_row:
            head = self._head(row)
            if head is None:
                row += 1
                continue
            bottom = self._bottom(head)
            areas = self._body(head, bottom)
            if not areas:
                row += 1
                continue
            found += areas
            self._take(head, bottom)
            row = max(bottom, head.bottom) + 1
        loose = self._loose()
        return (*found, loose) if loose else tuple(found)

    def _take(self, head: _Head, bottom: int) -> None:
        top = head.rows[0]
        for row in range(top, bottom + 1):
            self.taken.update((row, column) for column in range(head.first, head.last + 1))

    def _spans(self, row: int) -> dict[tuple[int, int], str]:
        """Return the labels seen in a row by the place where each really stands."""
        if row in self._seen:
            return self._seen[row]
        found = self._seen[row] = {}
        for column in range(self._grid.last_column + 1):
            words = self._heading(row, column)
            if words:
                found.setdefault(self._grid.anchor(row, column), words)
        return found

    def _heading(self, row: int, column: int) -> str:
        words = self._grid.label(row, column)
        if words:
            return words
        value = self._grid.at(row, column).value
        # A year may stand as a number among headings.
        return str(value) if isinstance(value, int) and not isinstance(value, bool) and 1990 <= value <= 2100 else ""

    def _covered(self, row: int, first: int, last: int) -> float:
        seen = [column for column in range(first, last + 1) if column not in self._grid.hidden_columns]
        return sum(bool(self._heading(row, column)) for column in seen) / max(len(seen), 1)

    def _head(self, row: int) -> _Head | None:
        own = {place: words for place, words in self._spans(row).items() if place[0] == row}
        if len(own) < 2 or row in self._grid.hidden_rows:
            return None
        if any(len(words) > _LONGEST_LABEL or _ANNOUNCES.search(words) for words in own.values()):
            return None
        if sum(is_place(words) for words in own.values()) * 2 >= len(own):
            return None
        columns = [column for column in range(self._grid.last_column + 1) if self._heading(row, column)]
        first, last = columns[0], columns[-1]
        covered = self._covered(row, first, last)
        if covered < _LEAST_COVERED and not self._completed_below(row, first, last):
            return None
        rows = [row]
        codes: dict[int, str] = {}
        following = row + 1
        while following <= min(row + _TALLEST, self._grid.last_row):
            found = self._codes(following, first, last)
            if found:
                codes = codes or found
            elif not self._continues(rows, following, first, last):
                break
            rows.append(following)
            following += 1
        codes = codes or self._codes_above(row, first, last)
        named = [each for each in rows if each not in self._grid.hidden_rows and not self._codes(each, first, last)]
        block = [SheetRow(each, self._words(each, first, last)) for each in named]
        return _Head(tuple(rows), columns_of(block, self._merges), codes, first, last)

    def _words(self, row: int, first: int, last: int) -> list[Cell]:
        # Only what stands in the row itself: merged areas are spread by whoever reads the columns.
        return [
            (self._heading(row, column) or None)
            if first <= column <= last and self._grid.anchor(row, column) == (row, column)
            else None
            for column in range(last + 1)
        ]

    def _completed_below(self, row: int, first: int, last: int) -> bool:
        below = sum(place[0] == row + 1 for place in self._spans(row + 1))
        together = sum(
            bool(self._heading(row, column) or self._heading(row + 1, column)) for column in range(first, last + 1)
        )
        return below >= 2 and together >= 0.9 * (last - first + 1) and self._covered(row + 1, first, last) < 1

    def _continues(self, rows: list[int], following: int, first: int, last: int) -> bool:
        """Tell whether a row still belongs to the header: a heading reaches into it, or splits up in it."""
        top = rows[0]
        for column in range(first, last + 1):
            area = self._grid.area(following, column)
            if area and top <= area.top < following and self._heading(following, column):
                return True
        own = [place for place in self._spans(following) if place[0] == following and first <= place[1] <= last]
        wide = [
            area
            for column in range(first, last + 1)
            if (area := self._grid.area(rows[-1], column)) and area.right > area.left and area.bottom == rows[-1]
        ]
        split = [place for place in own if any(area.left <= place[1] <= area.right for area in wide)]
        unmerged = any(not self._heading(rows[-1], column) for column in range(first, last + 1))
        return len(split) >= 2 or (unmerged and len(own) >= 2 and self._completed_below(rows[-1], first, last))

    def _codes(self, row: int, first: int, last: int) -> dict[int, str]:
        found: dict[int, str] = {}
        for column in range(first, last + 1):
            cell = self._grid.at(row, column)
            if cell.formula:
                return {}
            if self._grid.anchor(row, column) == (row, column) and cell.words.strip():
                found[column] = cell.words.strip()
        mostly = len(found) >= max(2, (last - first + 1) // 2)
        return found if mostly and all(_CODE.fullmatch(words) for words in found.values()) else {}

    def _codes_above(self, row: int, first: int, last: int) -> dict[int, str]:
        """Return the codes in a hidden row right over a header; what is seen there is a title."""
        return self._codes(row - 1, first, last) if row - 1 in self._grid.hidden_rows else {}

    def _bottom(self, head: _Head) -> int:
        """Return the last row that belongs to the table under a header."""
        boxed = self._is_boxed(head.bottom, head)
        bottom = head.bottom
        for row in range(head.bottom + 1, self._grid.last_row + 1):
            spans = self._spans(row)
            words = next(iter(spans.values()), "")
            if _NOTE.match(words) or (is_place(words) and (_ANNOUNCES.search(words) or not self._is_boxed(row, head))):
                break
            if not spans and boxed and not self._is_boxed(row, head):
                break
            if spans and boxed and not self._is_boxed(row, head) and len(spans) == 1:
                break
            if len(spans) > 1 and self._head(row) is not None and not self._is_boxed(row - 1, head):
                break
            if not boxed and self._ends_open(row, head):
                break
            bottom = row
        return bottom

    def _ends_open(self, row: int, head: _Head) -> bool:
        # Without borders a table ends under its sums, or where the title of the next one stands.
        if self._is_title(row, head) and any(self._head(row + step) is not None for step in (1, 2)):
            return True
        return not self._spans(row) and row > head.bottom + 1 and self._kind(row - 1, head) == "total"

    def _is_boxed(self, row: int, head: _Head) -> bool:
        columns = range(head.first, head.last + 1)
        return sum(self._grid.at(row, column).boxed for column in columns) * 2 >= len(columns)

    def _is_title(self, row: int, head: _Head) -> bool:
        spans = self._spans(row)
        area = self._grid.area(row, next(iter(spans))[1]) if len(spans) == 1 else None
        return area is not None and (area.right - area.left + 1) * 2 > head.last - head.first

    def _body(self, head: _Head, bottom: int) -> list[Area]:
        kinds = {row: self._kind(row, head) for row in range(head.bottom + 1, bottom + 1)}
        labelled = [row for row, kind in kinds.items() if kind in ("labelled", "section")]
        areas: list[Area] = []
        run: list[int] = []
        for row in range(head.bottom + 1, bottom + 2):
            if kinds.get(row) == "blank":
                run.append(row)
                continue
            if run and (len(run) > 1 or not labelled):
                areas.append(self._list(head, run[0], run[-1], row if kinds.get(row) == "total" else 0))
            run = []
        rows = [row for row, kind in kinds.items() if kind in ("labelled", "total", "section")]
        if not labelled:
            # The sums under a list compute themselves; what else is empty in that row stays empty.
            rows = [row for row in rows if not any(self._grid.at(row, each.index).formula for each in head.columns)]
        figures = self._figures(head, rows)
        if figures and figures.wanted:
            areas.append(figures)
        if not areas and not kinds:
            areas.append(self._list(head, head.bottom + 1, head.bottom + 1, 0, ruled=False))
        return areas

    def _kind(self, row: int, head: _Head) -> str:
        labels = [
            words
            for column in range(head.first, head.last + 1)
            if (words := self._grid.label(row, column)) and not self._only_counts(head, column, words)
        ]
        if not labels:
            return "blank"
        if _TOTAL.match(labels[0].replace(" ", "")) and len(labels[0]) < _LONGEST_LABEL // 4:
            return "total"
        return "section" if self._is_title(row, head) else "labelled"

    def _only_counts(self, head: _Head, column: int, words: str) -> bool:
        return is_ordinal(self._last(head, column)) and _NUMBERED.fullmatch(words) is not None

    def _last(self, head: _Head, column: int) -> str:
        path = head.path(column)
        return path[-1] if path else ""

    def _list(self, head: _Head, first: int, last: int, total: int, *, ruled: bool = True) -> ListArea:
        formulas = frozenset(
            column for column in range(head.first, head.last + 1) if self._grid.at(first, column).formula
        )
        columns = tuple(column for column in head.columns if self._grid.anchor(first, column.index)[1] == column.index)
        ordinal = next((each.index for each in columns if is_ordinal(each.path[-1])), None)
        return ListArea(head.rows, first, last, columns, ordinal, formulas, head.codes, total, ruled)

    def _figures(self, head: _Head, rows: list[int]) -> FigureArea | None:
        cells: list[FigureCell] = []
        section: tuple[str, ...] = ()
        for row in rows:
            if self._kind(row, head) == "section":
                section = tuple(self._spans(row).values())
                continue
            for column in range(head.first, head.last + 1):
                cell = self._figure(head, row, column, section)
                if cell is not None:
                    cells.append(cell)
        return FigureArea(head.rows, rows[0], rows[-1], tuple(cells)) if cells else None

    def _figure(self, head: _Head, row: int, column: int, section: tuple[str, ...]) -> FigureCell | None:
        grid = self._grid
        seen = grid.at(row, column)
        if grid.anchor(row, column) != (row, column) or column in grid.hidden_columns or row in grid.hidden_rows:
            return None
        heading = self._last(head, column)
        placed = self._placed(head, row, column)
        wanted = grid.fillable(row, column) or seen.formula or placed
        if not wanted or is_ordinal(heading) or _CODE_COLUMN.search(heading):
            return None
        path, code = self._row_path(head, row, column)
        if not path:
            return None
        return FigureCell(
            row,
            column,
            section + path,
            head.path(column),
            code,
            placed or head.codes.get(column, ""),
            seen.formula,
            seen.value if not seen.formula else None,
        )

    def _row_path(self, head: _Head, row: int, column: int) -> tuple[tuple[str, ...], str]:
        """Return the labels nearest to the left, from the outside in, and a code that stands among them."""
        left = column - 1
        while left >= head.first and (not self._grid.label(row, left) or self._placed(head, row, left)):
            left -= 1
        path: list[str] = []
        code = ""
        while left >= head.first:
            words = self._grid.at(row, left).words.strip()
            heading = self._last(head, left)
            counts = is_ordinal(heading) and (not words or _NUMBERED.fullmatch(words))
            if _CODE_COLUMN.search(heading) or counts or (words and _CODE.fullmatch(words)):
                code = code or (words if not counts and "单位" not in heading else "")
            elif not self._grid.label(row, left):
                break
            elif not path or path[-1] != self._grid.label(row, left):
                path.append(self._grid.label(row, left))
            left -= 1
        return tuple(reversed(path)), code

    def _placed(self, head: _Head, row: int, column: int) -> str:
        """Return the code of a figure that stands in its own cell; a column of codes is not meant."""
        words = self._grid.at(row, column).words.strip()
        own = _PLACED.fullmatch(words) and not _CODE_COLUMN.search(self._last(head, column))
        open_cell = not (self._grid.protected and self._grid.guarded and self._grid.at(row, column).locked)
        return words if own and open_cell else ""

    def _loose(self) -> FigureArea | None:
        """Return labels with an empty boxed cell at their right outside of tables: covers and cards."""
        cells: list[FigureCell] = []
        grid = self._grid
        for (row, column), _cell in sorted(grid.cells.items()):
            words = grid.label(row, column)
            if _PLACED.fullmatch(words) and (row, column) not in self.taken:
                label = grid.label(row, column - 1) if column else ""
                cells.append(FigureCell(row, column, (label.rstrip("：:"),), (), column_code=words, given=words))
                continue
            if not words or (row, column) in self.taken or is_place(words) or len(words) > _LONGEST_LABEL:
                continue
            area = grid.area(row, column)
            right = (area.right if area else column) + 1
            target = grid.anchor(row, right)
            beside = grid.at(row, right)
            if target[1] == right and beside.empty and beside.boxed and grid.at(row, column).boxed:
                cells.append(FigureCell(row, right, (words.rstrip("：:"),), (), formula="", given=beside.value))
        return FigureArea((), cells[0].row, cells[-1].row, tuple(cells)) if cells else None
