"""What differs between two packages, part by part and cell by cell: the proof that only values changed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from paizhu.documents.books.book import Cell, letters
from paizhu.documents.books.opening import DEFAULT_LIMITS
from paizhu.documents.forms.package import FormPackage
from paizhu.documents.forms.sheet import SheetXml

_FULL_CALC = re.compile(rb'\s+fullCalcOnLoad="1"')
_EMPTY_CALC = re.compile(rb"<(?:\w+:)?calcPr\s*/>")
_SPANS = re.compile(r'\s+spans="[^"]*"')


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell whose value differs."""

    sheet: str
    place: str
    before: Cell
    after: Cell


@dataclass(frozen=True)
class Comparison:
    """What differs; ``reshaped`` are sheets in which something besides values differs: looks, formulas, merged areas.

    ``changed`` names every part whose bytes differ, apart from the workbook's mark to compute on opening.
    """

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    reshaped: tuple[str, ...]
    cells: tuple[CellChange, ...]
    same_order: bool

    def places(self, sheet: str) -> tuple[str, ...]:
        """Return the places of one sheet whose values differ."""
        return tuple(change.place for change in self.cells if change.sheet == sheet)


def compare(before: Path, after: Path, *, password: str | None = None, after_password: str | None = None) -> Comparison:
    """Compare a form with its filled copy, by content: how the parts are packed makes no difference."""
    with (
        FormPackage(before, password, DEFAULT_LIMITS) as old,
        FormPackage(after, after_password, DEFAULT_LIMITS) as new,
    ):
        common = [part for part in old.order if new.has(part)]
        changed = [part for part in common if _content(old, part) != _content(new, part)]
        cells: list[CellChange] = []
        reshaped: list[str] = []
        for sheet in old.sheets:
            if sheet.part not in changed or not any(each.name == sheet.name for each in new.sheets):
                continue
            cells += _cells(sheet.name, old, new)
            if _frame(old.sheet_xml(sheet)) != _frame(new.sheet_xml(new.sheet(sheet.name))):
                reshaped.append(sheet.name)
        return Comparison(
            tuple(part for part in new.order if not old.has(part)),
            tuple(part for part in old.order if not new.has(part)),
            tuple(changed),
            tuple(reshaped),
            tuple(cells),
            old.order == new.order,
        )


def _content(package: FormPackage, part: str) -> bytes:
    content = package.raw(part)
    if part == package.workbook_part:
        content = _EMPTY_CALC.sub(b"", _FULL_CALC.sub(b"", content))
    return content


def _cells(name: str, old: FormPackage, new: FormPackage) -> list[CellChange]:
    before, after = _values(old, name), _values(new, name)
    return [
        CellChange(name, f"{letters(column)}{row}", before.get((row, column)), after.get((row, column)))
        for row, column in sorted(before.keys() | after.keys())
        if before.get((row, column)) != after.get((row, column))
    ]


def _values(package: FormPackage, name: str) -> Mapping[tuple[int, int], Cell]:
    xml = package.sheet_xml(package.sheet(name))
    computed = {(row, cell.column) for row in xml.formula_rows() for cell, _about, _formula in xml.computed(row)}
    return {
        (row.number, column): value
        for row in package.values(name).rows()
        for column, value in enumerate(row.cells)
        # What a formula gives is not a value of the form.
        if value is not None and (row.number, column) not in computed
    }


def _frame(xml: SheetXml) -> tuple[object, ...]:
    """Return everything of a sheet but the values: what surrounds the cells, and each cell's look and formula."""
    columns = xml.column_styles
    looks: dict[tuple[int, int], tuple[int, str]] = {}
    rows: dict[int, str] = {}
    for number, row in xml.rows.items():
        about = _SPANS.sub("", row.attributes).strip()
        if about:
            rows[number] = about
        for column, cell in xml.cells(number).items():
            usual = row.style if row.style is not None else columns.get(column, 0)
            style = cell.style or 0
            formula = xml.formula(cell) or ("shared" if xml.has_formula(cell) else "")
            if style != usual or formula:
                looks[(number, column)] = (style, formula)
    return xml.head, rows, looks, xml.tail
