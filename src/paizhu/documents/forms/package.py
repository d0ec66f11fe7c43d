"""The package of somebody's form: its parts as they are, and writing it again with some of them replaced."""

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self
from xml.etree import ElementTree as ET

from paizhu.documents.books.archive import part_bytes, told_as_damage
from paizhu.documents.books.book import Book, Limits, Sheet
from paizhu.documents.books.cell_formats import Meant, meant_styles
from paizhu.documents.books.opening import DEFAULT_LIMITS, open_book
from paizhu.documents.forms.sheet import SheetXml
from paizhu.documents.in_place import saved
from paizhu.documents.refusals import (
    DamagedWorkbookError,
    NotWrittenError,
    PasswordNeededError,
    WorkbookRefusedError,
    WrongWorkbookPasswordError,
)

_LARGEST = 96 * 2**20
_SHARED = re.compile(rb"<(?:\w+:)?si(?=[\s/>])(?:[^>]*/>|[^>]*>(.*?)</(?:\w+:)?si>)", re.DOTALL)
_MACROS = "macroEnabled"


class FormRefusedError(WorkbookRefusedError):
    """A file cannot be filled as a form; the file itself is untouched."""


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet of the package: its name, its number inside the workbook, the part that holds it."""

    name: str
    number: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Styles:
    """What is needed of the styles: which mean dates, which may be typed into under protection, which have borders."""

    meant: Mapping[int, Meant]
    unlocked: frozenset[int]
    boxed: frozenset[int]


class FormPackage:
    """An ``.xlsx`` or ``.xlsm`` open for filling; encrypted ones are decrypted in memory only."""

    def __init__(self, path: Path, password: str | None = None, limits: Limits = DEFAULT_LIMITS) -> None:
        self.path = path
        self.name = path.name
        self._book = _opened(path, password, limits)
        self.archive = _archive(self._book, self.name)
        self.order = tuple(self.archive.namelist())
        self._names = frozenset(self.order)
        self._contents: dict[str, bytes] = {}
        if len(self._names) != len(self.order):
            self.close()
            raise DamagedWorkbookError(self.name, "同一部分出现两次")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._book.close()

    def has(self, part: str) -> bool:
        """Tell whether the package holds this part."""
        return part in self._names

    def read(self, part: str) -> bytes:
        """Return a part as it is, empty when there is none."""
        if part not in self._contents:
            self._contents[part] = part_bytes(self.archive, part, self.name, _LARGEST) if self.has(part) else b""
        return self._contents[part]

    def raw(self, part: str) -> bytes:
        """Return any part byte by byte, pictures and macros too."""
        with told_as_damage(self.name):
            return self.archive.read(part)

    def sheet_xml(self, sheet: SheetPart) -> SheetXml:
        """Return a sheet taken apart for changing."""
        return SheetXml(self.read(sheet.part), self.name)

    def values(self, name: str) -> Sheet:
        """Return a sheet for reading its values."""
        return self._book.sheet(name)

    @cached_property
    def workbook_part(self) -> str:
        """Return the part that lists the sheets."""
        for _id, (kind, part) in self.targets("").items():
            if kind.endswith("/officeDocument"):
                return part
        return "xl/workbook.xml"

    @cached_property
    def sheets(self) -> tuple[SheetPart, ...]:
        """Return the sheets with cells, in their order."""
        found: list[SheetPart] = []
        targets = self.targets(self.workbook_part)
        for element in self._xml(self.workbook_part).iter():
            if _local(element.tag) != "sheet":
                continue
            link = next((value for key, value in element.attrib.items() if _local(key) == "id"), "")
            kind, part = targets.get(link, ("", ""))
            if kind.endswith("/worksheet") and self.has(part):
                hidden = element.get("state") in ("hidden", "veryHidden")
                found.append(SheetPart(element.get("name") or "", element.get("sheetId") or "", part, hidden))
        return tuple(found)

    def sheet(self, name: str) -> SheetPart:
        """Return the sheet with this name; KeyError for an unknown one."""
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        raise KeyError(name)

    @cached_property
    def from_1904(self) -> bool:
        """Tell whether days are counted from 1904, as old Macintosh workbooks do."""
        return any(
            element.get("date1904") in ("1", "true")
            for element in self._xml(self.workbook_part).iter()
            if _local(element.tag) == "workbookPr"
        )

    def targets(self, part: str) -> dict[str, tuple[str, str]]:
        """Return type (an address) and part of everything a part points to inside the package, by its id there."""
        folder, file = posixpath.split(part)
        xml = self.read(posixpath.join(folder, "_rels", f"{file}.rels"))
        found: dict[str, tuple[str, str]] = {}
        for element in self._parsed(xml) if xml else ():
            target = element.get("Target") or ""
            if element.get("TargetMode") == "External":
                continue
            place = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[element.get("Id") or ""] = (element.get("Type") or "", place)
        return found

    def related(self, part: str, kind: str) -> tuple[str, ...]:
        """Return the parts of one kind (``/comments``, ``/table``, ``/drawing`` …) that belong to a part."""
        return tuple(
            target for found, target in self.targets(part).values() if found.endswith(kind) and self.has(target)
        )

    @cached_property
    def styles(self) -> Styles:
        """Return what the cell styles mean."""
        part = next(iter(self.related(self.workbook_part, "/styles")), "")
        xml = self.read(part) if part else b""
        if not xml:
            return Styles({}, frozenset(), frozenset())
        root = self._parsed(xml)
        borders = [any(side.get("style") not in (None, "none") for side in each) for each in _group(root, "borders")]
        unlocked: set[int] = set()
        boxed: set[int] = set()
        for index, style in enumerate(_group(root, "cellXfs")):
            if any(_local(each.tag) == "protection" and each.get("locked") in ("0", "false") for each in style):
                unlocked.add(index)
            border = style.get("borderId") or "0"
            if border.isdigit() and int(border) < len(borders) and borders[int(border)]:
                boxed.add(index)
        return Styles(meant_styles(xml), frozenset(unlocked), frozenset(boxed))

    def shared_text(self, index: str) -> str:
        """Return the XML inside a shared text, with its runs of different fonts."""
        texts = self._shared_texts
        return texts[int(index)] if index.isdigit() and int(index) < len(texts) else ""

    @cached_property
    def _shared_texts(self) -> tuple[str, ...]:
        part = next(iter(self.related(self.workbook_part, "/sharedStrings")), "")
        xml = self.read(part) if part else b""
        return tuple(found.decode("utf-8", "replace") for found in _SHARED.findall(xml))

    @cached_property
    def has_macros(self) -> bool:
        """Tell whether the workbook carries macros, which only ``.xlsm`` may."""
        for element in self._xml("[Content_Types].xml").iter():
            if (element.get("PartName") or "").lstrip("/") == self.workbook_part:
                return _MACROS in (element.get("ContentType") or "")
        return False

    def write(self, out: Path, changed: Mapping[str, bytes], password: str | None = None) -> None:
        """Write the package with some parts replaced or added; refused or broken off, the place is as it was before."""
        if out.exists() and out.resolve() == self.path.resolve():
            raise NotWrittenError(out.name, "这正是空白表本身", "请另取一个文件名，空白表下次还要用")
        macros = out.suffix.lower() in (".xlsm", ".xltm")
        if self.has_macros != macros:
            kind = "带宏，只能存为 .xlsm" if self.has_macros else "不带宏，只能存为 .xlsx"
            raise NotWrittenError(out.name, f"这份表{kind}", "请改扩展名后再存")
        with saved(out) as target:
            if password is None:
                with target.open("wb") as stream:
                    self._pack(stream, changed)
                return
            from msoffcrypto.format.ooxml import OOXMLFile

            memory = io.BytesIO()
            self._pack(memory, changed)
            memory.seek(0)
            with target.open("wb") as sealed:
                OOXMLFile(memory).encrypt(password, sealed)

    def _pack(self, stream: io.BufferedIOBase, changed: Mapping[str, bytes]) -> None:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
            for info in self.archive.infolist():
                copy = zipfile.ZipInfo(info.filename, info.date_time)
                stored = info.compress_type == zipfile.ZIP_STORED
                copy.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
                copy.external_attr, copy.internal_attr = info.external_attr, info.internal_attr
                copy.create_system, copy.comment = info.create_system, info.comment
                content = changed.get(info.filename)
                packed.writestr(copy, self.raw(info.filename) if content is None else content)
            for part in sorted(changed.keys() - self._names):
                packed.writestr(zipfile.ZipInfo(part), changed[part], zipfile.ZIP_DEFLATED)

    def _xml(self, part: str) -> ET.Element:
        return self._parsed(self.read(part))

    def _parsed(self, xml: bytes) -> ET.Element:
        try:
            return ET.fromstring(xml)
        except (ET.ParseError, LookupError, ValueError) as error:
            # An unknown encoding is no error of parsing to the library; to the officer they are one.
            raise DamagedWorkbookError(self.name, "目录部分") from error


def _opened(path: Path, password: str | None, limits: Limits) -> Book:
    try:
        return open_book(path, password, limits)
    except (PasswordNeededError, WrongWorkbookPasswordError):
        raise
    except WorkbookRefusedError as error:
        raise FormRefusedError(error.happened, error.todo.replace("导入", "套填")) from error
    except (LookupError, ValueError) as error:
        raise DamagedWorkbookError(path.name, "目录部分") from error


def _archive(book: Book, name: str) -> zipfile.ZipFile:
    for held in book.held:
        if isinstance(held, zipfile.ZipFile) and any(each.startswith("xl/") for each in held.namelist()):
            return held
    book.close()
    kind = Path(name).suffix.lstrip(".").lower() or "别的格式"
    raise FormRefusedError(f"《{name}》是 {kind} 文件，套填只认 xlsx 和 xlsm", "请用 Excel 或 WPS 另存为 .xlsx 再套填")


def _group(root: ET.Element, name: str) -> list[ET.Element]:
    return next((list(element) for element in root if _local(element.tag) == name), [])


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
