"""``.ods`` opened as a book, read as a stream; empty rows and cells repeated a million times cost nothing."""

import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from functools import cached_property
from xml.parsers import expat

from paizhu.documents.books.archive import CheckedPart, part_bytes
from paizhu.documents.books.book import BROKEN, Cell, CellPlace, ErrorCell, Layout, Limits, Merge, Sheet, SheetRow
from paizhu.documents.books.sheet_xml import number_of, seen
from paizhu.documents.refusals import DamagedWorkbookError, TooLargeWorkbookError, WorkbookRefusedError

_CHUNK = 1 << 17
_PLAIN = re.compile(r"[-¥￥]*[\d,]+(?:\.(\d+))?(%?)")
_HIDDEN = ("collapse", "filter")


class _Parser:
    """Collects the rows of one table while the XML goes by."""

    def __init__(self, name: str, table: int, limits: Limits) -> None:
        self._name = name
        self._wanted = table
        self._limits = limits
        self._table = -1
        self._depth = 0
        self._row = 0
        self._row_repeat = 1
        self._column = 0
        self._cells: list[Cell] = []
        self._attributes: dict[str, str] = {}
        self._words: list[str] = []
        self._paragraphs = 0
        self._in_words = self._in_note = False
        self._columns_seen = 0
        self.rows: list[SheetRow] = []
        self.merges: list[Merge] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.commented: set[CellPlace] = set()
        self.given = 0
        self.done = False

    @property
    def _inside(self) -> bool:
        return self._table == self._wanted and self._depth == 1

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""
        match tag:
            case "table:table":
                self._depth += 1
                self._table += 1 if self._depth == 1 else 0
            case "table:table-column" if self._inside:
                self._take_column(attributes)
            case "table:table-row" if self._inside:
                self._cells, self._column = [], 0
                self._row += 1
                self._row_repeat = _count(attributes.get("table:number-rows-repeated"))
                if attributes.get("table:visibility") in _HIDDEN and self._row_repeat < self._limits.rows:
                    self.hidden_rows.update(range(self._row, self._row + self._row_repeat))
            case "table:table-cell" | "table:covered-table-cell" if self._inside:
                self._attributes, self._words, self._paragraphs = attributes, [], 0
            case "office:annotation":
                self._in_note = True
                if self._inside:
                    self.commented.add(CellPlace(self._row, self._column))
            case "text:p" | "text:h" if self._inside and not self._in_note:
                self._words.append("\n" if self._paragraphs else "")
                self._paragraphs += 1
                self._in_words = True
            case "text:s" if self._in_words:
                self._words.append(" " * min(_count(attributes.get("text:c")), 100))
            case "text:tab" if self._in_words:
                self._words.append("\t")
            case "text:line-break" if self._in_words:
                self._words.append("\n")

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        match tag:
            case "table:table":
                self.done = self.done or self._inside
                self._depth -= 1
            case "text:p" | "text:h":
                self._in_words = False
            case "office:annotation":
                self._in_note = False
            case "table:table-cell" | "table:covered-table-cell" if self._inside:
                self._end_cell()
            case "table:table-row" if self._inside:
                self._end_row()

    def text(self, words: str) -> None:
        """Take characters."""
        if self._in_words:
            self._words.append(words)

    def _take_column(self, attributes: dict[str, str]) -> None:
        repeat = _count(attributes.get("table:number-columns-repeated"))
        if attributes.get("table:visibility") in _HIDDEN:
            last = min(self._columns_seen + repeat, self._limits.columns)
            self.hidden_columns.update(range(self._columns_seen, last))
        self._columns_seen += repeat

    def _end_cell(self) -> None:
        attributes = self._attributes
        repeat = _count(attributes.get("table:number-columns-repeated"))
        wide = _count(attributes.get("table:number-columns-spanned"))
        high = _count(attributes.get("table:number-rows-spanned"))
        if wide * high > 1:
            self.merges.append(
                Merge(self._row, self._column, self._row + high - 1, min(self._column + wide, self._limits.columns) - 1)
            )
        value = _value(attributes, "".join(self._words))
        if value is not None:
            if self._column + repeat > self._limits.columns:
                raise TooLargeWorkbookError(
                    f"《{self._name}》的内容超过 {self._limits.columns:,} 列", "请删去右边多余的内容再导入"
                )
            self._cells.extend([None] * (self._column - len(self._cells)))
            self._cells.extend([value] * repeat)
        self._column += repeat

    def _end_row(self) -> None:
        if self._cells:
            self.given += self._row_repeat
            if self.given > self._limits.rows:
                raise TooLargeWorkbookError(
                    f"《{self._name}》的行数超过 {self._limits.rows:,} 行", "请分成几个文件，或在设置里放宽上限"
                )
            self.rows.extend(SheetRow(self._row + extra, list(self._cells)) for extra in range(self._row_repeat))
        self._row += self._row_repeat - 1


def _count(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 8 and int(text) else 1


def _value(attributes: dict[str, str], words: str) -> Cell:
    stored = attributes.get("office:value", "")
    match attributes.get("office:value-type") or attributes.get("calcext:value-type"):
        case "float" | "currency" | "percentage":
            value = number_of(stored)
            told = _PLAIN.fullmatch(words.strip())
            return seen(value, len(told[1] or "") + 2 * len(told[2])) if told else value
        case "date":
            return _moment(attributes.get("office:date-value", "")) or words or None
        case "time":
            return _time(attributes.get("office:time-value", "")) or words or None
        case "boolean":
            return attributes.get("office:boolean-value") == "true"
        case "error":
            return ErrorCell(words or "#VALUE!")
    if attributes.get("calcext:value-type") == "error" or words.startswith(tuple(BROKEN)):
        return ErrorCell(words)
    return words or None


def _moment(text: str) -> date | datetime | None:
    try:
        return datetime.fromisoformat(text).replace(microsecond=0) if "T" in text else date.fromisoformat(text)
    except ValueError:
        return None


def _time(text: str) -> time | None:
    try:
        return datetime.strptime(text.partition(".")[0].rstrip("S"), "PT%HH%MM%S").time()  # noqa: DTZ007  # no zone in a cell
    except ValueError:
        return None


class OdsSheet(Sheet):
    """One table of an ``.ods``."""

    def __init__(
        self, archive: zipfile.ZipFile, name: str, file: str, index: int, limits: Limits, *, hidden: bool
    ) -> None:
        super().__init__(name, hidden=hidden)
        self._archive = archive
        self._file = file
        self._index = index
        self._limits = limits

    def rows(self) -> Iterator[SheetRow]:
        """Yield rows that have any content, in order."""
        for parser in self._passes():
            yield from parser.rows
            parser.rows.clear()

    @cached_property
    def layout(self) -> Layout:
        """Return merged areas and what is hidden."""
        last: _Parser | None = None
        for parser in self._passes():
            parser.rows.clear()
            last = parser
        if last is None:
            return Layout()
        hidden = frozenset(last.hidden_rows), frozenset(last.hidden_columns)
        return Layout(tuple(last.merges), *hidden, frozenset(last.commented))

    def _passes(self) -> Iterator[_Parser]:
        taken = _Parser(self._file, self._index, self._limits)
        for _chunk in _parse(self._archive, self._file, taken.start, taken.end, taken.text):
            yield taken
            if taken.done:
                return


def ods_sheets(archive: zipfile.ZipFile, file: str, limits: Limits) -> tuple[Sheet, ...]:
    """Return the tables of the document; one with a password is refused, no library opens it."""
    if b"encryption-data" in part_bytes(archive, "META-INF/manifest.xml", file):
        raise WorkbookRefusedError(
            f"《{file}》设有打开密码，这种格式带密码的读不了", "请去掉密码，或另存为 xlsx 再导入"
        )
    found = _Names()
    for _chunk in _parse(archive, file, found.start, found.end):
        pass
    if not found.names:
        raise DamagedWorkbookError(file, "里面没有工作表")
    return tuple(
        OdsSheet(archive, name, file, index, limits, hidden=style in found.hidden_styles)
        for index, (name, style) in enumerate(found.names)
    )


class _Names:
    """Collects the names of tables and the styles that hide them."""

    def __init__(self) -> None:
        self.names: list[tuple[str, str]] = []
        self.hidden_styles: set[str] = set()
        self._style = ""
        self._depth = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""
        match tag:
            case "style:style":
                self._style = attributes.get("style:name", "")
            case "style:table-properties" if attributes.get("table:display") == "false":
                self.hidden_styles.add(self._style)
            case "table:table":
                if self._depth == 0:
                    self.names.append((attributes.get("table:name", ""), attributes.get("table:style-name", "")))
                self._depth += 1

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        self._depth -= tag == "table:table"


def _parse(
    archive: zipfile.ZipFile,
    file: str,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], None] | None = None,
) -> Iterator[None]:
    xml = expat.ParserCreate()
    xml.StartElementHandler = start
    xml.EndElementHandler = end
    xml.CharacterDataHandler = text
    xml.buffer_text = True
    stream = CheckedPart(archive, "content.xml", file)
    try:
        while chunk := stream.read(_CHUNK):
            if b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk:
                raise DamagedWorkbookError(file, "文件的写法不合规范")
            xml.Parse(chunk, False)
            yield
        xml.Parse(b"", True)
    except expat.ExpatError as error:
        raise DamagedWorkbookError(file) from error
