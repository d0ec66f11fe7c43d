"""``.xlsx`` and ``.xlsm`` opened as a book; macros are never looked at."""

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import TypeVar
from xml.etree import ElementTree as ET

from paizhu.documents.books.archive import CheckedPart, part_bytes
from paizhu.documents.books.book import CHECKED_BY, CellPlace, Layout, Limits, Sheet, SheetRow, column_number
from paizhu.documents.books.cell_formats import Meant, meant_styles, shown_places
from paizhu.documents.books.shared_texts import SharedTexts
from paizhu.documents.books.sheet_layout import layout_of
from paizhu.documents.books.sheet_xml import SheetReader
from paizhu.documents.refusals import DamagedWorkbookError, WorkbookRefusedError

T = TypeVar("T")
_AT = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


class _Workbook:
    """What the sheets of one file share: archive, texts, number formats."""

    def __init__(self, archive: zipfile.ZipFile, name: str, limits: Limits) -> None:
        self.archive = archive
        self.name = name
        self.limits = limits
        self.from_1904 = False
        self.strings_part = ""
        self.styles_part = ""

    @cached_property
    def strings(self) -> SharedTexts:
        """Return the texts, read when a sheet is first read."""
        part = CheckedPart(self.archive, self.strings_part, self.name) if self.strings_part else None
        return SharedTexts(part, self.name)

    @cached_property
    def styles(self) -> dict[int, Meant]:
        """Return which styles mean dates."""
        return self._of_styles(meant_styles)

    @cached_property
    def places(self) -> dict[int, int]:
        """Return how many decimals styles of numbers show at most."""
        return self._of_styles(shown_places)

    def _of_styles(self, read: Callable[[bytes], dict[int, T]]) -> dict[int, T]:
        xml = part_bytes(self.archive, self.styles_part, self.name, most=64 * 2**20) if self.styles_part else b""
        try:
            return read(xml) if xml else {}
        except ET.ParseError as error:
            raise DamagedWorkbookError(self.name, "样式部分") from error


class XlsxSheet(Sheet):
    """One sheet of an ``.xlsx``."""

    def __init__(self, workbook: _Workbook, name: str, part: str, *, hidden: bool) -> None:
        super().__init__(name, hidden=hidden)
        self._workbook = workbook
        self._part = part

    def rows(self) -> Iterator[SheetRow]:
        """Yield rows that have any content, in order."""
        book = self._workbook
        reader = SheetReader(
            book.name, book.strings, book.styles, book.limits, from_1904=book.from_1904, places=book.places
        )
        yield from reader.rows(CheckedPart(book.archive, self._part, book.name))

    @cached_property
    def layout(self) -> Layout:
        """Return merged areas and what is hidden."""
        book = self._workbook
        found = layout_of(CheckedPart(book.archive, self._part, book.name), book.limits.columns)
        commented, unread = _commented(book.archive, self._part, book.name)
        return replace(found, commented=commented, unread_comments=unread)


def xlsx_sheets(archive: zipfile.ZipFile, name: str, limits: Limits) -> tuple[Sheet, ...]:
    """Return the sheets of the archive in their order; charts and macro sheets are left out."""
    book = _Workbook(archive, name, limits)
    try:
        main = _main_part(archive, name)
        root = ET.fromstring(part_bytes(archive, main, name))
        targets = _targets(archive, main, name)
    except ET.ParseError as error:
        raise DamagedWorkbookError(name, "目录部分") from error
    for kind, part in targets.values():
        if kind == "sharedStrings":
            book.strings_part = part
        elif kind == "styles":
            book.styles_part = part
    sheets: list[Sheet] = []
    for element in root.iter():
        local = element.tag.rpartition("}")[2]
        if local == "workbookPr":
            book.from_1904 = element.get("date1904") in ("1", "true")
        if local != "sheet":
            continue
        link = next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == "id"), "")
        kind, part = targets.get(link, ("", ""))
        if kind == "worksheet":
            hidden = element.get("state") in ("hidden", "veryHidden")
            sheets.append(XlsxSheet(book, element.get("name") or "", part, hidden=hidden))
    if not sheets:
        raise DamagedWorkbookError(name, "里面没有工作表")
    return tuple(sheets)


def _main_part(archive: zipfile.ZipFile, name: str) -> str:
    xml = part_bytes(archive, "_rels/.rels", name)
    for element in ET.fromstring(xml) if xml else ():
        if (element.get("Type") or "").endswith("/officeDocument"):
            return (element.get("Target") or "").lstrip("/")
    return "xl/workbook.xml"


def _targets(archive: zipfile.ZipFile, main: str, name: str) -> dict[str, tuple[str, str]]:
    folder, file = posixpath.split(main)
    xml = part_bytes(archive, posixpath.join(folder, "_rels", f"{file}.rels"), name)
    found: dict[str, tuple[str, str]] = {}
    for element in ET.fromstring(xml) if xml else ():
        target = element.get("Target") or ""
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[element.get("Id") or ""] = ((element.get("Type") or "").rpartition("/")[2], part)
    return found


def _commented(archive: zipfile.ZipFile, sheet: str, name: str) -> tuple[frozenset[CellPlace], bool]:
    """Return the cells of a sheet with a comment that is not one of our own marks, and whether some cannot be told.

    Comments out of order stop nothing: the rows of the ledger can be read all the same.
    """
    found: set[CellPlace] = set()
    try:
        parts = [part for kind, part in _targets(archive, sheet, name).values() if kind == "comments"]
    except (ET.ParseError, WorkbookRefusedError):
        return frozenset(), True
    unread = False
    for part in parts:
        try:
            places = list(_by_others(ET.fromstring(part_bytes(archive, part, name))))
        except (ET.ParseError, WorkbookRefusedError):
            unread = True
            continue
        found.update(place for place in places if place is not None)
        unread = unread or None in places
    return frozenset(found), unread


def _by_others(comments: ET.Element) -> Iterator[CellPlace | None]:
    """Yield where each comment stands; None where its place is no cell."""
    authors: list[str] = []
    for element in comments.iter():
        local = element.tag.rpartition("}")[2]
        if local == "author":
            authors.append(element.text or "")
        elif local == "comment":
            by = element.get("authorId") or ""
            if by.isdecimal() and authors[int(by) : int(by) + 1] == [CHECKED_BY]:
                continue
            at = _AT.fullmatch(element.get("ref") or "")
            yield CellPlace(int(at[2]), column_number(at[1])) if at else None
