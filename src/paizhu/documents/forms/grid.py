"""A sheet of a form as it is seen: a grid of cells with their words, merged areas, widths and what is locked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property

from paizhu.base import dates
from paizhu.documents.books.book import Cell, ErrorCell, Merge
from paizhu.documents.forms.package import FormPackage, SheetPart
from paizhu.documents.forms.sheet import ATTRIBUTES, SheetXml, known

_DOTS = re.compile(r"[….·\s—–\-/\\_　]*")
_WIDEST = 1_000
_MOST_MERGED = 1_000_000
_LOCKED_SHEET = re.compile(rf"<(?:\w+:)?sheetProtection(?=[\s/>]){ATTRIBUTES}/?>")


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell as it stands; ``formula`` without the equals sign; ``locked`` counts only on a protected sheet."""

    value: Cell = None
    formula: str = ""
    locked: bool = True
    boxed: bool = False

    @property
    def words(self) -> str:
        """Return what is read in the cell."""
        return shown(self.value)

    @property
    def empty(self) -> bool:
        """Tell whether a value may be typed here: nothing stands in it and nothing is computed."""
        return not self.formula and (self.value is None or (isinstance(self.value, str) and not self.value.strip()))


NO_CELL = GridCell()


def shown(value: Cell) -> str:
    """Return the words of a cell's value."""
    match value:
        case None:
            return ""
        case ErrorCell():
            return value.words if value.words.startswith("#") else ""
        case bool():
            return "是" if value else "否"
        case float():
            return f"{value:.10g}"
        case datetime() | date():
            return dates.show_moment(value)
        case time():
            return f"{value:%H:%M}"
        case _:
            return str(value)


@dataclass(frozen=True)
class Grid:
    """The cells of one sheet by (row from 1, column from 0); a merged area is asked by any of its places."""

    name: str
    hidden: bool
    protected: bool
    cells: Mapping[tuple[int, int], GridCell]
    merges: tuple[Merge, ...]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    widths: Mapping[int, float]
    last_row: int
    last_column: int
    _areas: Mapping[tuple[int, int], Merge] = field(default_factory=dict, repr=False, compare=False)

    def area(self, row: int, column: int) -> Merge | None:
        """Return the merged area over a place."""
        return self._areas.get((row, column))

    def anchor(self, row: int, column: int) -> tuple[int, int]:
        """Return the place whose value is seen here: the first cell of a merged area, else the place itself."""
        area = self._areas.get((row, column))
        return (area.top, area.left) if area else (row, column)

    def at(self, row: int, column: int) -> GridCell:
        """Return the cell seen at a place."""
        return self.cells.get(self.anchor(row, column), NO_CELL)

    def label(self, row: int, column: int) -> str:
        """Return the words at a place when they are a label: text, not computed, and more than dots and dashes."""
        cell = self.at(row, column)
        if cell.formula or not isinstance(cell.value, str) or _DOTS.fullmatch(cell.value):
            return ""
        return " ".join(cell.value.split())

    def fillable(self, row: int, column: int) -> bool:
        """Tell whether a value belongs here: empty or a number as typed, and open where the sheet is protected."""
        cell = self.at(row, column)
        open_cell = cell.empty or (not cell.formula and isinstance(cell.value, int | float))
        return open_cell and not (self.protected and self.guarded and cell.locked)

    @cached_property
    def guarded(self) -> bool:
        """Tell whether the protection means something: some cells were left open for filling."""
        return any(not cell.locked for cell in self.cells.values())


def read_grid(package: FormPackage, sheet: SheetPart) -> Grid:
    """Return a sheet of the form as it is seen; values come from the same reading as for ledgers."""
    values = package.values(sheet.name)
    stored = {(row.number, column): cell for row in values.rows() for column, cell in enumerate(row.cells)}
    xml = package.sheet_xml(sheet)
    styles = package.styles
    cells: dict[tuple[int, int], GridCell] = {}
    for number, row in xml.rows.items():
        for column, cell in xml.cells(number).items():
            if column >= _WIDEST:
                continue
            style = cell.style if cell.style is not None else row.style or 0
            cells[(number, column)] = GridCell(
                stored.get((number, column)),
                (xml.formula(cell) or "…") if xml.has_formula(cell) else "",
                style not in styles.unlocked,
                style in styles.boxed,
            )
    layout = values.layout
    protection = _LOCKED_SHEET.search(xml.tail)
    areas = _areas(layout.merges)
    seen = [place for place, cell in cells.items() if cell.boxed or not cell.empty]
    lowest = max((row for row, _column in cells), default=0)
    seen += [(min(merge.bottom, lowest), min(merge.right, _WIDEST)) for merge in layout.merges if merge.top <= lowest]
    return Grid(
        sheet.name,
        sheet.hidden,
        protection is not None and known(protection[1]).get("sheet") in ("1", "true"),
        cells,
        layout.merges,
        layout.hidden_rows,
        layout.hidden_columns,
        _widths(xml),
        max((row for row, _column in seen), default=0),
        max((column for _row, column in seen), default=0),
        areas,
    )


def _areas(merges: tuple[Merge, ...]) -> dict[tuple[int, int], Merge]:
    found: dict[tuple[int, int], Merge] = {}
    for merge in merges:
        for row in range(merge.top, min(merge.bottom, merge.top + _WIDEST) + 1):
            for column in range(merge.left, min(merge.right, _WIDEST) + 1):
                found[(row, column)] = merge
        if len(found) > _MOST_MERGED:
            break
    return found


def _widths(xml: SheetXml) -> dict[int, float]:
    found: dict[int, float] = {}
    for attributes in re.findall(rf"<{xml.prefix}col\s{ATTRIBUTES}/?>", xml.head):
        about = known(attributes)
        first, last = about.get("min", ""), about.get("max", "")
        if first.isdigit() and last.isdigit():
            width = float(about.get("width") or 9)
            found.update(dict.fromkeys(range(int(first) - 1, min(int(last), _WIDEST)), width))
    return found
