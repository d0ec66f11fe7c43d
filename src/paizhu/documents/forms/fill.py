"""Filling somebody's blank form: values go in, rows are added where a list is longer, nothing else changes.

Places in a plan are those of the blank form; where rows are added, what stands below moves, and ``Filled.place``
says where a place has gone. Cells that compute keep their formulas.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from itertools import pairwise
from pathlib import Path

from paizhu.base.progress import Progress, silent
from paizhu.base.rows import Value
from paizhu.documents.books.book import LAST_ROW, Merge, column_number, letters
from paizhu.documents.books.cell_formats import Meant
from paizhu.documents.forms.package import FormPackage, FormRefusedError, SheetPart
from paizhu.documents.forms.recalc import asks_recalculation, forget_results
from paizhu.documents.forms.refs import Insertion, Shift
from paizhu.documents.forms.results import result_words, store_results
from paizhu.documents.forms.sheet import CellXml, SheetXml
from paizhu.documents.forms.shift import follow_formulas, make_room, moved_chain, moved_parts
from paizhu.documents.forms.text import LONGEST, inline, stored

CellValue = Value | time | float
_PLACE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_MERGE = re.compile(r"""<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*["']([A-Z]+)(\d+):([A-Z]+)(\d+)["']""")
_INDEX = re.compile(r"<(?:\w+:)?v>\s*(\d+)\s*</")
_REPORT_EVERY = 200


@dataclass(frozen=True)
class ListFill:
    """Records for one list: values in the order of ``columns`` (field to letters), from ``first_row`` on.

    ``last_row`` is the form's last empty row; more records than that add rows. ``ordinal`` are the letters of the
    column that counts them. Empty rows that are left over keep their look and lose what stood in these columns.
    """

    sheet: str
    first_row: int
    last_row: int
    columns: Mapping[str, str]
    rows: Iterable[Sequence[CellValue]]
    ordinal: str = ""


@dataclass(frozen=True)
class FillPlan:
    """What goes where: cells and titles by sheet and place (``B7``), lists by their rows; None empties a cell."""

    cells: Mapping[str, Mapping[str, CellValue]] = field(default_factory=dict)
    lists: Sequence[ListFill] = ()
    titles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Filled:
    """What was written; ``kept`` are places that compute and were left alone, ``cut`` texts longer than a cell."""

    path: Path
    cells: int
    rows: int
    inserted: Mapping[str, int]
    kept: tuple[tuple[str, str], ...]
    cut: tuple[tuple[str, str], ...]
    shifts: Mapping[str, Shift]

    def place(self, sheet: str, place: str) -> str:
        """Return where a place of the blank form stands in the filled one."""
        found = _PLACE.fullmatch(place)
        shift = self.shifts.get(sheet.casefold())
        return f"{found[1]}{shift.row(int(found[2]))}" if found and shift else place


def fill(
    form: Path,
    plan: FillPlan,
    out: Path,
    progress: Progress = silent,
    *,
    password: str | None = None,
    out_password: str | None = None,
) -> Filled:
    """Write the filled form to ``out``; cancelled or refused, ``out`` is as it was before and the form untouched.

    Whoever is told of the progress cancels by raising.
    """
    with FormPackage(form, password) as package:
        work = _Filling(package, plan, progress)
        changed = work.run()
        work.step("正在保存")
        package.write(out, changed, out_password)
    return Filled(
        out,
        work.cells,
        work.records,
        {sheet.name: sum(each.count for each in shift.insertions) for sheet, shift in work.moved()},
        tuple(work.kept),
        tuple(work.cut),
        work.shifts,
    )


def totals(form: Path, plan: FillPlan, *, password: str | None = None) -> dict[tuple[str, str], str]:
    """Return what the formulas of a form come to once it is filled, by sheet and place of the blank form, in words.

    Nothing is written. A formula that is not computed here is left out.
    """
    found: dict[tuple[str, str], str] = {}
    with FormPackage(form, password) as package:
        work = _Filling(package, plan, silent)
        work.run()
        for sheet in package.sheets:
            blank, filled = package.sheet_xml(sheet), work.opened.get(sheet.name)
            shift = work.shifts.get(sheet.name.casefold(), Shift())
            for number in blank.formula_rows():
                for cell, _about, _formula in blank.computed(number):
                    there = (filled or blank).cells(shift.row(number) if filled else number).get(cell.column)
                    if there is not None and (words := result_words(there)):
                        found[(sheet.name, f"{letters(cell.column)}{number}")] = words
    return found


class _Filling:
    """One form while it is filled."""

    def __init__(self, package: FormPackage, plan: FillPlan, progress: Progress) -> None:
        self._package = package
        self._progress = progress
        self._lists = [(each, [list(row) for row in each.rows]) for each in plan.lists]
        self._singles: dict[str, dict[str, CellValue]] = {}
        for group in (plan.cells, plan.titles):
            for sheet, cells in group.items():
                self._singles.setdefault(sheet, {}).update(cells)
        self.total = sum(len(rows) for _list, rows in self._lists) + sum(len(each) for each in self._singles.values())
        self.done = self.cells = self.records = 0
        self.opened: dict[str, SheetXml] = {}
        self.kept: list[tuple[str, str]] = []
        self.cut: list[tuple[str, str]] = []
        self._sheets = {name: self._part(name) for name in self._planned()}
        self.shifts = {name.casefold(): shift for name in self._sheets if (shift := self._shift(name))}

    def _planned(self) -> list[str]:
        return list(dict.fromkeys([*self._singles, *(each.sheet for each, _rows in self._lists)]))

    def _part(self, name: str) -> SheetPart:
        try:
            return self._package.sheet(name)
        except KeyError:
            raise FormRefusedError(
                f"《{self._package.name}》里没有“{name}”这张工作表", "请核对是不是同一份表，或重新指认要填的位置"
            ) from None

    def moved(self) -> list[tuple[SheetPart, Shift]]:
        """Return the sheets that get new rows."""
        return [
            (sheet, self.shifts[name.casefold()])
            for name, sheet in self._sheets.items()
            if name.casefold() in self.shifts
        ]

    def _shift(self, name: str) -> Shift:
        wanted: dict[tuple[int, int], int] = {}
        for each, rows in self._lists:
            if each.sheet == name:
                area = (each.first_row, max(each.last_row, each.first_row))
                more = len(rows) - (area[1] - area[0] + 1)
                wanted[area] = max(wanted.get(area, 0), more)
        areas = sorted(wanted)
        for (_first, last), (following, _last) in pairwise(areas):
            if following <= last:
                raise FormRefusedError(f"“{name}”里两处清单的行重叠了，没有填写", "请重新指认各清单的起止行")
        if areas and areas[-1][1] + sum(more for more in wanted.values() if more > 0) > LAST_ROW:
            raise FormRefusedError(f"要填的行数超过一张工作表能放的 {LAST_ROW:,} 行", "请缩小范围后再填")
        return Shift(Insertion(first, last, more) for (first, last), more in wanted.items() if more > 0)

    def step(self, what: str) -> None:
        """Report how far the work is; whoever is told may stop it here."""
        self._progress(what, self.done, self.total)

    def run(self) -> dict[str, bytes]:
        """Return the parts of the package that change."""
        package = self._package
        opened = self.opened
        merged: dict[str, tuple[Merge, ...]] = {}
        for name, sheet in self._sheets.items():
            self.step(f"正在读“{name}”")
            opened[name] = package.sheet_xml(sheet)
            merged[name] = _merged(opened[name].tail)
        for sheet, shift in self.moved():
            self.step(f"正在给“{sheet.name}”加行")
            # Formulas that point to other lengthened sheets follow before this sheet's own rows move.
            others = {key: each for key, each in self.shifts.items() if key != sheet.name.casefold()}
            follow_formulas(opened[sheet.name], sheet.name, others)
            make_room(opened[sheet.name], sheet.name, shift)
        changed = moved_parts(package, self.shifts) if self.shifts else {}
        for name, xml in opened.items():
            self._fill_lists(name, xml)
            self._fill_cells(name, xml, merged[name])
        self._follow_elsewhere(opened)
        self._chain(opened, changed)
        computes = forget_results(package, opened, set(self._sheets))
        if computes:
            self.step("正在计算合计")
            store_results(package, opened, changed)
        changed.update({package.sheet(name).part: xml.to_bytes() for name, xml in opened.items()})
        if computes:
            part = package.workbook_part
            changed[part] = asks_recalculation(changed.get(part, package.read(part)))
        return {part: content for part, content in changed.items() if content != package.read(part)}

    def _follow_elsewhere(self, opened: dict[str, SheetXml]) -> None:
        for name, xml in opened.items():
            if name.casefold() not in self.shifts and self.shifts:
                follow_formulas(xml, name, self.shifts)
        for sheet in self._package.sheets if self.shifts else ():
            if sheet.name in opened or not any(mark in self._package.read(sheet.part) for mark in (b"<f", b":f")):
                continue
            xml = self._package.sheet_xml(sheet)
            if follow_formulas(xml, sheet.name, self.shifts):
                opened[sheet.name] = xml

    def _chain(self, opened: Mapping[str, SheetXml], changed: dict[str, bytes]) -> None:
        package = self._package
        part = next(iter(package.related(package.workbook_part, "/calcChain")), "")
        if not part or not self.shifts:
            return
        cells = {
            sheet.number: {
                f"{letters(cell.column)}{row}"
                for row in opened[sheet.name].formula_rows()
                for cell, _about, _formula in opened[sheet.name].computed(row)
            }
            for sheet, _shift in self.moved()
        }
        changed[part] = moved_chain(package.read(part), package.sheets, cells)

    def _fill_lists(self, name: str, xml: SheetXml) -> None:
        shift = self.shifts.get(name.casefold(), Shift())
        for each, rows in self._lists:
            if each.sheet != name:
                continue
            columns = [column_number(place) for place in each.columns.values()]
            ordinal = column_number(each.ordinal) if each.ordinal else None
            first = shift.row(each.first_row)
            for index, row in enumerate(rows):
                if index % _REPORT_EVERY == 0:
                    self.step(f"正在填“{name}”")
                for column, value in zip(columns, row, strict=True):
                    self._put(name, xml, first + index, column, value, keep_blank=True)
                if ordinal is not None:
                    self._put(name, xml, first + index, ordinal, index + 1, keep_blank=True)
                self.done += 1
            self.records += len(rows)
            for number in range(first + len(rows), shift.row(each.last_row) + 1):
                for column in columns:
                    cell = xml.cells(number).get(column)
                    if cell is not None and cell.inner and not xml.has_formula(cell):
                        xml.cell(number, column).emptied()

    def _fill_cells(self, name: str, xml: SheetXml, merges: tuple[Merge, ...]) -> None:
        shift = self.shifts.get(name.casefold(), Shift())
        for place, value in self._singles.get(name, {}).items():
            found = _PLACE.fullmatch(place)
            if found is None or int(found[2]) > LAST_ROW:
                raise FormRefusedError(f"“{name}”里没有 {place} 这个格子", "请重新指认要填的位置")
            row, column = _seen_in(merges, int(found[2]), column_number(found[1]))
            self._put(name, xml, shift.row(row), column, value)
            self.done += 1
        self.step(f"“{name}”填好了")

    def _put(
        self, name: str, xml: SheetXml, row: int, column: int, value: CellValue, *, keep_blank: bool = False
    ) -> None:
        existing = xml.cells(row).get(column)
        if keep_blank and value in (None, "") and (existing is None or existing.inner is None):
            return
        cell = xml.cell(row, column)
        if cell.inner and xml.has_formula(cell):
            self.kept.append((name, f"{letters(column)}{row}"))
            return
        meant = self._package.styles.meant.get(cell.style or 0, Meant.NUMBER)
        kind, words = stored(value, meant, from_1904=self._package.from_1904)
        runs = self._runs(cell) if kind == "t" and cell.inner else ""
        if isinstance(value, str) and len(value) > LONGEST:
            self.cut.append((name, f"{letters(column)}{row}"))
        cell.emptied()
        self.cells += 1
        p = xml.prefix
        match kind:
            case "n":
                cell.inner = f"<{p}v>{words}</{p}v>"
            case "b":
                cell.attributes += ' t="b"'
                cell.inner = f"<{p}v>{words}</{p}v>"
            case "t":
                cell.attributes += ' t="inlineStr"'
                cell.inner = inline(words, p, runs)

    def _runs(self, cell: CellXml) -> str:
        if cell.kind == "inlineStr":
            return cell.inner or ""
        index = _INDEX.search(cell.inner or "") if cell.kind == "s" else None
        return self._package.shared_text(index[1]) if index else ""


def _merged(tail: str) -> tuple[Merge, ...]:
    return tuple(
        Merge(int(top), column_number(left), int(bottom), column_number(right))
        for left, top, right, bottom in _MERGE.findall(tail)
    )


def _seen_in(merges: tuple[Merge, ...], row: int, column: int) -> tuple[int, int]:
    for area in merges:
        if area.top <= row <= area.bottom and area.left <= column <= area.right:
            return area.top, area.left
    return row, column
