"""The officer's own workbook with what is wrong in it marked: red cells with a note, and a last column that says why.

Everything else of the file stays as it is. Files that are no ``.xlsx`` are written as one with the same cells first.
"""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from paizhu.documents.books.book import Book, Cell, ErrorCell, Limits, Sheet
from paizhu.documents.books.opening import DEFAULT_LIMITS, open_book
from paizhu.documents.forms.package import FormPackage, SheetPart
from paizhu.documents.forms.sheet import SheetXml
from paizhu.documents.forms.text import inline
from paizhu.documents.in_place import workroom
from paizhu.documents.refusals import NotWrittenError, TooLargeWorkbookError
from paizhu.documents.tables.label_words import REPORT_HEADER
from paizhu.documents.workbooks.error_marks import Fills, Notes, Place, content_types

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_PACKAGES = frozenset({".xlsx", ".xlsm"})
_REPORT_WIDTH = 48
_MOST_NOTES = 5_000
"""More notes than this make a workbook slow to open; the column at the end says all of them."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing to look at: its row, its column from 0 (None for the row as a whole), the words, how grave."""

    row: int
    column: int | None
    words: str
    grave: bool = True


@dataclass(frozen=True, slots=True)
class SheetErrors:
    """What is wrong in one sheet; ``mended`` are words the officer already put into cells, by row and column."""

    name: str
    header_rows: tuple[int, ...]
    wrong: Sequence[Wrong]
    mended: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cover:
    """What of one table of a sheet must not leave: these columns (from 0) below this row, shown as ``mask``."""

    sheet: str
    below: int
    columns: frozenset[int]
    mask: str


def suffix_for(source: Path) -> str:
    """Return the ending the marked workbook takes: its own where a workbook can keep it, else ``.xlsx``."""
    return source.suffix.lower() if source.suffix.lower() in _PACKAGES else ".xlsx"


def write_errors(
    source: Path,
    out: Path,
    sheets: Sequence[SheetErrors],
    password: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    covers: Sequence[Cover] = (),
) -> Path:
    """Write the marked workbook; the source is only read, and a file that had a password keeps it.

    Where something is covered, nothing but the other cells of the sheets named is written anew: in the officer's own
    file the words would stand on in its list of strings, its notes, its other sheets.
    """
    if out.exists() and out.resolve() == source.resolve():
        raise NotWrittenError(out.name, "这正是原来的台账", "请另取一个文件名")
    with workroom(out) as folder:
        with open_book(source, password, limits) as book:
            is_package = any(hasattr(held, "namelist") and "xl/workbook.xml" in held.namelist() for held in book.held)
            is_package = is_package and not covers
            named = {each.name for each in sheets} if covers else {sheet.name for sheet in book.sheets}
            base = source if is_package else _rewritten(book, folder / "cells.xlsx", named, covers)
        try:
            with FormPackage(base, password if is_package else None, limits) as package:
                package.write(out, _marked(package, [_uncovered(each, covers) for each in sheets]), password)
        except TooLargeWorkbookError as error:
            raise NotWrittenError(
                out.name, "原表太大，不能在原样上标注", "请在“核对问题”里直接改，或把原表分成几份再导入"
            ) from error
    return out


def _uncovered(errors: SheetErrors, covers: Sequence[Cover]) -> SheetErrors:
    """Return what is wrong without what was mended in a covered column."""
    mended = {at: words for at, words in errors.mended.items() if not _mask(errors.name, *at, covers)}
    return replace(errors, mended=mended)


def _mask(sheet: str, row: int, column: int, covers: Sequence[Cover]) -> str:
    """Return what stands in place of a cell; empty for one that is not covered."""
    above = [each for each in covers if each.sheet == sheet and each.below < row]
    nearest = max(above, key=lambda each: each.below, default=None)
    return nearest.mask if nearest and column in nearest.columns else ""


def _marked(package: FormPackage, sheets: Sequence[SheetErrors]) -> dict[str, bytes]:
    changed: dict[str, bytes] = {}
    styles = next(iter(package.related(package.workbook_part, "/styles")), "")
    fills = Fills(package.read(styles) if styles else b"")
    added: list[tuple[str, str]] = []
    groups: dict[str, list[SheetErrors]] = {}
    for each in sheets:
        groups.setdefault(each.name, []).append(each)
    for number, (name, errors) in enumerate(groups.items(), 1):
        part = package.sheet(name)
        xml = package.sheet_xml(part)
        places = _mark_sheet(package, part, xml, errors, fills)
        if places:
            notes = Notes(package, part.part, number)
            changed.update(notes.parts(places))
            xml.tail = notes.linked(xml.tail, xml.prefix)
            added += notes.added
        changed[part.part] = xml.to_bytes()
    if styles:
        changed[styles] = fills.written()
    if any(part.endswith(".vml") for part in changed):
        changed["[Content_Types].xml"] = content_types(package.read("[Content_Types].xml"), added)
    return changed


def _mark_sheet(
    package: FormPackage, part: SheetPart, xml: SheetXml, errors: Sequence[SheetErrors], fills: Fills
) -> list[Place]:
    report = _width(package.values(part.name))
    places: list[Place] = []
    for table in errors:
        said: dict[int, list[str]] = {}
        for (row, column), words in table.mended.items():
            _put(xml, row, column, words)
        noted: dict[tuple[int, int], Place] = {}
        for wrong in table.wrong:
            said.setdefault(wrong.row, []).append(wrong.words)
            if wrong.column is None:
                continue
            key = (wrong.row, wrong.column)
            before = noted.get(key)
            noted[key] = Place(
                wrong.row,
                wrong.column,
                f"{before.words}\n{wrong.words}" if before else wrong.words,
                wrong.grave or (before is not None and before.grave),
            )
        for place in noted.values():
            cell = xml.cell(place.row, place.column)
            cell.attributes = fills.on(cell.attributes, cell.style or 0, grave=place.grave)
        places += noted.values()
        if table.header_rows and said:
            _put(xml, table.header_rows[-1], report, REPORT_HEADER)
        for row, reasons in said.items():
            _put(xml, row, report, "；".join(each.rstrip("。") for each in reasons))
    xml.head = _widened(xml, report)
    return places[:_MOST_NOTES]


def _put(xml: SheetXml, row: int, column: int, words: str) -> None:
    cell = xml.cell(row, column)
    cell.emptied()
    cell.attributes += ' t="inlineStr"'
    cell.inner = inline(words, xml.prefix)


def _width(sheet: Sheet) -> int:
    """Return the first column to the right of everything in the sheet, counted from 0."""
    reach = max((len(row.cells) for row in sheet.rows()), default=0)
    return max([reach, *(merge.right + 1 for merge in sheet.layout.merges)])


def _widened(xml: SheetXml, column: int) -> str:
    p = xml.prefix
    # A stored size that leaves the new column out would hide it from programs that trust it.
    head = re.sub(rf"<{p}dimension\b[^>]*?(?:/>|></{p}dimension>)", "", xml.head)
    own = f'<{p}col min="{column + 1}" max="{column + 1}" width="{_REPORT_WIDTH}" customWidth="1"/>'
    ends = [int(found) for found in re.findall(rf'<{p}col\b[^>]*?\bmax\s*=\s*["\'](\d+)', head)]
    if ends and max(ends) > column:
        return head
    if f"</{p}cols>" in head:
        return head.replace(f"</{p}cols>", f"{own}</{p}cols>", 1)
    return head.replace(f"<{p}sheetData", f"<{p}cols>{own}</{p}cols><{p}sheetData", 1)


def _rewritten(book: Book, path: Path, named: Set[str], covers: Sequence[Cover]) -> Path:
    # Loaded for what is rare only: the import page is made sooner without it.
    from openpyxl import Workbook

    made = Workbook()
    made.remove(made.worksheets[0])
    for sheet in book.sheets:
        if sheet.name in named:
            _copy(sheet, made.create_sheet(sheet.name[:31]), covers)
    made.save(path)
    return path


def _copy(sheet: Sheet, target: "Worksheet", covers: Sequence[Cover]) -> None:
    for row in sheet.rows():
        for column, value in enumerate(row.cells, 1):
            if value not in (None, ""):
                _set(target, row.number, column, _mask(sheet.name, row.number, column - 1, covers) or value)
    layout = sheet.layout
    for merge in layout.merges:
        target.merge_cells(
            start_row=merge.top, start_column=merge.left + 1, end_row=merge.bottom, end_column=merge.right + 1
        )
    for row_number in layout.hidden_rows:
        target.row_dimensions[row_number].hidden = True
    if sheet.hidden:
        target.sheet_state = "hidden"


def _set(target: "Worksheet", row: int, column: int, value: Cell) -> None:
    cell = target.cell(row, column)
    if isinstance(value, ErrorCell):
        if value.words.startswith("#"):
            cell.value = value.words
            cell.data_type = "e"
        return
    cell.value = value
    if isinstance(value, str):
        # Words that begin with an equals sign stay words, also in a copy.
        cell.data_type = "s"
