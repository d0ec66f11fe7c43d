"""``.xls`` (BIFF, also WPS ``.et``) opened as a book by calamine; such a sheet has at most 65,536 rows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from functools import cached_property, partial
from typing import IO

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from paizhu.documents.books.book import BROKEN, Cell, ErrorCell, Layout, Limits, Merge, Sheet, SheetRow
from paizhu.documents.books.sheet_xml import seen
from paizhu.documents.books.xls_formats import Looks, read_looks
from paizhu.documents.refusals import DamagedWorkbookError, TooLargeWorkbookError


@contextmanager
def _in_words(name: str) -> Iterator[None]:
    try:
        yield
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        # Damage deep in the binary format comes as errors of many kinds; a panic of the library is no Exception.
        raise DamagedWorkbookError(name) from error


class XlsSheet(Sheet):
    """One sheet of an ``.xls``."""

    def __init__(
        self,
        workbook: CalamineWorkbook,
        name: str,
        file: str,
        limits: Limits,
        looks: Callable[[], Looks],
        *,
        hidden: bool,
    ) -> None:
        super().__init__(name, hidden=hidden)
        self._workbook = workbook
        self._file = file
        self._limits = limits
        self._looks = looks

    @cached_property
    def _loaded(self) -> CalamineSheet:
        with _in_words(self._file):
            return self._workbook.get_sheet_by_name(self.name)

    def rows(self) -> Iterator[SheetRow]:
        """Yield rows that have any content, in order."""
        sheet = self._loaded
        start = sheet.start
        if start is None:
            return
        if sheet.height > self._limits.rows:
            raise TooLargeWorkbookError(
                f"《{self._file}》的行数超过 {self._limits.rows:,} 行", "请分成几个文件，或在设置里放宽上限"
            )
        places = self._looks().places
        # Rows come from the first used one on, each from column A.
        for number, raw in enumerate(sheet.iter_rows(), start[0] + 1):
            cells = [_cell(value) for value in raw]
            for column, cell in enumerate(cells, start[1]):
                if type(cell) is float and (most := places.get((number - 1, column))) is not None:
                    cells[column - start[1]] = seen(cell, most)
            while cells and cells[-1] is None:
                cells.pop()
            if cells:
                yield SheetRow(number, [None] * start[1] + cells)

    @cached_property
    def layout(self) -> Layout:
        """Return merged areas and what is hidden."""
        ranges = self._loaded.merged_cell_ranges or []
        merges = tuple(Merge(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in ranges)
        looks = self._looks()
        hidden = frozenset(looks.hidden_rows), frozenset(looks.hidden_columns)
        return Layout(merges, *hidden, frozenset(looks.commented))


def _cell(value: float | str | bool | time | date | datetime | timedelta) -> Cell:
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return ErrorCell(value) if value in BROKEN else value or None
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e24 else value  # longer is no code
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    return value.replace(microsecond=0) if isinstance(value, datetime) else value


def xls_sheets(stream: IO[bytes], name: str, limits: Limits) -> tuple[Sheet, ...]:
    """Return the sheets of the workbook in their order."""
    with _in_words(name):
        workbook = CalamineWorkbook.from_filelike(stream)
    found: list[Looks] = []

    def looks(at: int) -> Looks:
        # Read when a sheet is first read, once for all sheets.
        if not found:
            found.extend(read_looks(stream, limits.columns) or [Looks()])
        return found[at] if at < len(found) else Looks()

    sheets = tuple(
        XlsSheet(workbook, each.name, name, limits, partial(looks, at), hidden=each.visible != SheetVisibleEnum.Visible)
        for at, each in enumerate(workbook.sheets_metadata)
        if each.typ == SheetTypeEnum.WorkSheet
    )
    if not sheets:
        raise DamagedWorkbookError(name, "里面没有工作表")
    return sheets
