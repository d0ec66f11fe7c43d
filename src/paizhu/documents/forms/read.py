"""Somebody's blank form, read: sheets as grids, with the lists, figures and gaps that are proposed for filling."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from paizhu.documents.forms.areas import Area, FigureArea, ListArea
from paizhu.documents.forms.find import Finder
from paizhu.documents.forms.grid import Grid, read_grid
from paizhu.documents.forms.package import FormPackage
from paizhu.documents.forms.places import Place, find_places
from paizhu.documents.forms.shape import Shape, SheetShape, shape_of
from paizhu.documents.tables.label_words import is_own_header

_FILLED, _RECORDS = 3, 2
"""So many cells with words make a row a record, so many such rows a ledger."""
_DAY = re.compile(r"(?:19|20)\d\d(?:[.\-/年]\d{1,2}|[01]\d[0-3]\d$)|\d{1,2}月\d{1,2}日")


@dataclass(frozen=True)
class FormSheet:
    """One sheet of a form; hidden ones are shown on demand and nothing is proposed in them."""

    grid: Grid
    areas: tuple[Area, ...] = ()
    places: tuple[Place, ...] = ()

    @property
    def name(self) -> str:
        """Return the name on its tab."""
        return self.grid.name

    @property
    def lists(self) -> tuple[ListArea, ...]:
        """Every list on this sheet, from the top down."""
        return tuple(area for area in self.areas if isinstance(area, ListArea))

    @property
    def figures(self) -> tuple[FigureArea, ...]:
        """Return the areas of figures."""
        return tuple(area for area in self.areas if isinstance(area, FigureArea))


@dataclass(frozen=True)
class Form:
    """A form as read; ``path`` is the file it came from, which is never changed."""

    path: Path
    sheets: tuple[FormSheet, ...]
    has_macros: bool

    @cached_property
    def shape(self) -> Shape:
        """Return the layout of its labels, to be kept with what the officer pointed at."""
        return Shape(tuple(_shape(sheet) for sheet in self.sheets if not sheet.grid.hidden))

    @property
    def fingerprint(self) -> str:
        """Return the mark by which the same form is known next month, whatever year and month stand in it."""
        return self.shape.fingerprint

    @property
    def blank(self) -> bool:
        """Tell whether its tables wait to be filled: a ledger has rows with a day in them, one after the other.

        A single record tells it too where nothing waits: no empty row between lines, no figure. What this program
        wrote to be filled by hand and brought in again is no form, however empty it still is.
        """
        if any(is_own_header(cell.words) for sheet in self.sheets for cell in sheet.grid.cells.values()):
            return False
        found = any(sheet.areas for sheet in self.sheets)
        records = sum(_records(sheet.grid) for sheet in self.sheets if not sheet.grid.hidden)
        waits = any(sheet.figures or any(each.ruled for each in sheet.lists) for sheet in self.sheets)
        return found and records < _RECORDS and (waits or not any(_is_written(sheet) for sheet in self.sheets))

    def sheet(self, name: str) -> FormSheet:
        """Return the sheet with this name; KeyError for an unknown one."""
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        raise KeyError(name)


def read_form(
    path: Path,
    password: str | None = None,
) -> Form:
    """Read a form; anything but a sound ``.xlsx`` or ``.xlsm`` is refused in words."""
    with FormPackage(path, password) as package:
        sheets: list[FormSheet] = []
        for part in package.sheets:
            sheets.append(_sheet(read_grid(package, part)))
        return Form(path, tuple(sheets), package.has_macros)


def _records(grid: Grid) -> int:
    """Count the rows that look like records: several cells filled, a day among them."""
    rows = Counter[int]()
    dated: set[int] = set()
    for (row, _column), cell in grid.cells.items():
        if cell.formula or not cell.words.strip():
            continue
        rows[row] += 1
        if isinstance(cell.value, date) or _DAY.match(cell.words.strip()):
            dated.add(row)
    return sum(rows[row] >= _FILLED for row in dated)


def _is_written(sheet: FormSheet) -> bool:
    """Tell whether a row of words stands right under a heading, where it was read as a heading itself."""
    headings = {row for each in sheet.lists for row in each.header_rows}
    return any(not each.ruled and each.first_row in headings for each in sheet.lists)


def _sheet(grid: Grid) -> FormSheet:
    if grid.hidden:
        return FormSheet(grid)
    finder = Finder(grid)
    areas = finder.areas()
    loose = {(cell.row, cell.column) for area in areas if isinstance(area, FigureArea) for cell in area.wanted}
    below = max((row for row, _column in finder.taken), default=grid.last_row)
    return FormSheet(grid, areas, find_places(grid, finder.taken | loose, below))


def _shape(sheet: FormSheet) -> SheetShape:
    columns: list[tuple[tuple[str, ...], int]] = []
    rows: list[tuple[tuple[str, ...], int]] = []
    for area in sheet.areas:
        if isinstance(area, ListArea):
            columns += [(column.path, column.index) for column in area.columns]
        else:
            columns += [(path, column) for path, column in dict.fromkeys((c.column_path, c.column) for c in area.cells)]
            rows += [(path, row) for path, row in dict.fromkeys((c.row_path, c.row) for c in area.cells)]
    return shape_of(sheet.name, columns, rows, [place.kinds for place in sheet.places])
