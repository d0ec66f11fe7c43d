"""Text tables (``.csv``) opened as a book of one sheet; the encoding is found out, never guessed against evidence."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from paizhu.documents.books.book import BROKEN, Cell, ErrorCell, Layout, Limits, Sheet, SheetRow
from paizhu.documents.refusals import DamagedWorkbookError, NotAWorkbookError, TooLargeWorkbookError

_CHUNK = 1 << 20
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_LONGEST_FIELD = 1 << 20
# The trick by which other programs keep Excel from turning a code into a number.
_GUARDED = re.compile(r'^="(.*)"$', re.DOTALL)
_SAMPLE_LINES = 20


def text_encoding(stream: IO[bytes]) -> str | None:
    """Return the encoding of a text file, None when it is no text; the whole file counts, not its beginning."""
    stream.seek(0)
    head = stream.read(4)
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig" if _decodes(stream, "utf-8-sig") else None
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16" if _decodes(stream, "utf-16") else None
    stream.seek(0)
    while chunk := stream.read(_CHUNK):
        if _CONTROL.search(chunk):
            return None
    return next((each for each in ("utf-8", "gb18030") if _decodes(stream, each)), None)


def _decodes(stream: IO[bytes], encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    stream.seek(0)
    try:
        while chunk := stream.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


class CsvSheet(Sheet):
    """The one sheet of a text table; every cell is text."""

    def __init__(self, stream: IO[bytes], path: Path, encoding: str, limits: Limits) -> None:
        super().__init__(path.stem)
        self._stream = stream
        self._file = path.name
        self._encoding = encoding
        self._limits = limits
        self._separator = self._find_separator()

    def _find_separator(self) -> str:
        lines = [line for _, line in zip(range(_SAMPLE_LINES), self._text(), strict=False)]
        # The separator is the one that splits most lines; on equal terms the comma.
        return max(",\t;|", key=lambda mark: (sum(mark in line for line in lines), mark == ","))

    def _text(self) -> Iterator[str]:
        self._stream.seek(0)
        wrapper = io.TextIOWrapper(self._stream, encoding=self._encoding, newline="")
        try:
            # One by one: left half-way, ``yield from`` would close the wrapper, and with it the file.
            for line in wrapper:  # noqa: UP028
                yield line
        finally:
            # Whoever stopped in the middle may have closed the file already.
            if not wrapper.closed:
                wrapper.detach()

    def rows(self) -> Iterator[SheetRow]:
        """Yield rows that have any content; a row is a record, as Excel shows it, even when it runs over lines."""
        csv.field_size_limit(_LONGEST_FIELD)
        try:
            for number, record in enumerate(csv.reader(self._text(), delimiter=self._separator), 1):
                cells = [_cell(text) for text in record]
                while cells and cells[-1] is None:
                    cells.pop()
                if number > self._limits.rows or len(cells) > self._limits.columns:
                    raise TooLargeWorkbookError(f"《{self._file}》的行或列太多", "请分成几个文件，或在设置里放宽上限")
                if cells:
                    yield SheetRow(number, cells)
        except csv.Error as error:
            raise DamagedWorkbookError(self._file, "有一格的内容没有结束") from error

    @property
    def layout(self) -> Layout:
        """Return nothing: text has no layout."""
        return Layout()


def _cell(text: str) -> Cell:
    guarded = _GUARDED.match(text)
    words = guarded[1] if guarded else text.replace("\r\n", "\n")
    return ErrorCell(words) if words in BROKEN else words or None


def csv_sheets(stream: IO[bytes], path: Path, limits: Limits) -> tuple[Sheet, ...]:
    """Return the one sheet of a text table; a file that is no text is refused."""
    encoding = text_encoding(stream)
    if encoding is None:
        raise NotAWorkbookError(f"《{path.name}》不是电子表格", "请选择 xlsx、xls、ods 或 csv 文件")
    return (CsvSheet(stream, path, encoding, limits),)
