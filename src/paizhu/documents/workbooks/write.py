"""Registers written as a styled workbook that comes back in exactly, and empty forms to be filled by hand.

Rows are taken one by one from an iterator, so memory stays flat. The workbook is made beside its place and put there
when it is whole; with a password it is made in memory, so that nothing readable touches the disk.
"""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from paizhu.base import values
from paizhu.base.field import Field, FieldKind
from paizhu.base.month_only import MonthOnly
from paizhu.base.register import Register
from paizhu.base.rows import Row
from paizhu.documents.books.book import GUIDE_SHEET, LISTS_SHEET, letters
from paizhu.documents.in_place import put, refusal, refuse_taken, workroom
from paizhu.documents.tables.column_match import targets
from paizhu.documents.tables.label_words import ID_HEADER, PARENT_HEADER, VERSION_HEADER
from paizhu.documents.workbooks.style import (
    Formats,
    in_first_page,
    lines_of,
    row_height_of,
    set_page,
    sheet_name,
    width,
)
from paizhu.documents.workbooks.table import TotalsOut, write_table

_HEADER_ROW = 2
_FIRST_ROW = 3
_SPARE_ROWS = 200
_TEMPLATE_ROWS = 500
_LONGEST_CELL = 32_767
_LONGEST_LIST = 255
_EXACT_DIGITS = 15
_MOST_STANDING = 60
"""How many digits wide the columns that stay may be: more would leave a small screen nothing to scroll."""
_REPORT_EVERY = 250
CUT = "……（本格过长，全文见系统，导入时本格不变）"
"""End of a text that no spreadsheet cell can hold; a cell that ends so counts as untouched when it comes back."""

Masked = Callable[[Field, Row], str | None]


@dataclass(frozen=True)
class SheetOut:
    """One sheet to write: a register, which fields, and its rows as they come.

    ``masked`` gives the words to write instead of a value that must not leave the vault. For rows under a record,
    ``parent`` is the register above and ``above`` gives id and number of the record a row belongs to.
    """

    register: Register
    fields: tuple[Field, ...]
    rows: Iterable[Row]
    masked: Masked | None = None
    title: str = ""
    under_title: str = ""
    parent: Register | None = None
    above: Callable[[Row], tuple[int, str]] | None = None


@dataclass(frozen=True)
class Written:
    """What was written: the file and how many records each sheet holds."""

    path: Path
    counts: tuple[tuple[str, int], ...]


def write_book(
    path: Path,
    sheets: Sequence[SheetOut | TotalsOut],
    *,
    password: str | None = None,
    progress: Callable[[int], None] | None = None,
) -> Written:
    """Write the sheets; cancelled or refused, the place is as it was before.

    Whoever is told of the progress cancels by raising.
    """
    with _made(path, password) as workbook:
        formats = Formats(workbook)
        lists = _Lists()
        names: list[str] = []
        counts: list[tuple[str, int]] = []
        done = 0
        for out in sheets:
            if isinstance(out, TotalsOut):
                names.append(sheet_name(out.sheet, [*names, LISTS_SHEET, GUIDE_SHEET]))
                write_table(workbook.add_worksheet(names[-1]), out, formats)
                continue
            label = f"{out.parent.label}-{out.register.label}" if out.parent else out.register.label
            names.append(sheet_name(label, [*names, LISTS_SHEET, GUIDE_SHEET]))
            writer = _SheetWriter(workbook.add_worksheet(names[-1]), out, formats, lists)
            count = 0
            for row in out.rows:
                writer.write(row)
                count += 1
                if progress is not None and (done + count) % _REPORT_EVERY == 0:
                    progress(done + count)
            writer.finish(count + _SPARE_ROWS)
            done += count
            counts.append((names[-1], count))
        lists.write(workbook)
    if progress is not None:
        progress(done)
    return Written(path, tuple(counts))


def template(register: Register, path: Path) -> Written:
    """Write the empty form of a register, with drop-downs and a sheet that says how to fill it."""
    fields = tuple(field for field in targets(register) if not field.computed)
    out = SheetOut(
        register, fields, (), title=f"{register.label}登记表", under_title="填写方法见“填写说明”；红字列为必填"
    )
    with _made(path, None) as workbook:
        formats = Formats(workbook)
        lists = _Lists()
        name = sheet_name(register.label, (LISTS_SHEET, GUIDE_SHEET))
        writer = _SheetWriter(workbook.add_worksheet(name), out, formats, lists)
        writer.finish(_TEMPLATE_ROWS)
        _write_guide(workbook.add_worksheet(GUIDE_SHEET), register, fields, formats)
        lists.write(workbook)
    return Written(path, ((name, 0),))


class _Lists:
    """Choices too long for a drop-down of their own stand on a hidden sheet, one column each."""

    def __init__(self) -> None:
        self._columns: list[tuple[str, ...]] = []

    def source(self, words: tuple[str, ...]) -> list[str] | str:
        """Return what a drop-down is to show."""
        if len(",".join(words)) <= _LONGEST_LIST and not any("," in word for word in words):
            return list(words)
        if words not in self._columns:
            self._columns.append(words)
        at = letters(self._columns.index(words))
        return f"='{LISTS_SHEET}'!${at}$1:${at}${len(words)}"

    def write(self, workbook: Any) -> None:
        """Write the hidden sheet when any list needs it."""
        if not self._columns:
            return
        sheet = workbook.add_worksheet(LISTS_SHEET)
        sheet.hide()
        for row in range(max(len(column) for column in self._columns)):
            for index, column in enumerate(self._columns):
                if row < len(column):
                    sheet.write_string(row, index, column[row])


class _SheetWriter:
    """Writes one sheet from top to bottom."""

    def __init__(self, sheet: Any, out: SheetOut, formats: Formats, lists: _Lists) -> None:
        self._sheet = sheet
        self._out = out
        self._formats = formats
        self._lists = lists
        self._row = _FIRST_ROW
        self._first = 4 if out.parent else 2
        self._kinds = [(field, formats.of(field), self._first + index) for index, field in enumerate(out.fields)]
        self._widths = {column: width(field) for field, _style, column in self._kinds}
        # What is the same for every row is found out here, once a column.
        self._columns = [
            (field.name, field, None if field.kind in values.TYPED_IN_CELLS else values.shower(field), style, column)
            for field, style, column in self._kinds
        ]
        self._head()

    def _head(self) -> None:
        out, sheet, formats = self._out, self._sheet, self._formats
        key = f"{out.parent.key}.{out.register.key}" if out.parent else out.register.key
        last = self._first + max(len(out.fields), 2) - 1
        own = [f"{ID_HEADER}({key})", f"{VERSION_HEADER}({key})"]
        if out.parent:
            own += [f"上级记录号({key})", PARENT_HEADER]
        hidden = 3 if out.parent else 2
        sheet.set_column(0, hidden - 1, 10, formats.integer, {"hidden": True})
        if out.parent:
            sheet.set_column(hidden, hidden, 18, formats.text)
        for field, style, column in self._kinds:
            sheet.set_column(column, column, width(field), style)
        widths = [*([18.0] if out.parent else []), *(float(width(field)) for field in out.fields)]
        # The title stands over what is seen first, on the screen and on paper: not over hidden columns, nor in the
        # middle of a sheet ten screens wide.
        over = min(last, hidden + max(in_first_page(widths), 2) - 1)
        sheet.set_row(0, 28)
        sheet.merge_range(0, hidden, 0, over, out.title or f"{out.register.label}台账", formats.title)
        sheet.merge_range(1, hidden, 1, over, out.under_title, formats.under_title)
        sheet.set_row(_HEADER_ROW, 30)
        for column, words in enumerate(own):
            sheet.write_string(_HEADER_ROW, column, words, formats.header)
        for field, _style, column in self._kinds:
            sheet.write_string(_HEADER_ROW, column, field.label, formats.needed if field.required else formats.header)
        sheet.freeze_panes(_FIRST_ROW, self._first + self._standing())
        set_page(sheet, _HEADER_ROW, widths, 1, hidden)

    def _standing(self) -> int:
        """Return how many columns stay when one scrolls aside: those up to what a row is about, where they are few."""
        fields = self._out.fields
        first = self._out.register.title[:1]
        about = next((at for at, field in enumerate(fields) if field.name in first), 0)
        wide = sum(width(field) for field in fields[: about + 1])
        return about + 1 if fields and wide <= _MOST_STANDING else min(len(fields), 1)

    def write(self, row: Row) -> None:
        """Write one record."""
        sheet, at, masked = self._sheet, self._row, self._out.masked
        sheet.write_number(at, 0, row.id)
        sheet.write_number(at, 1, row.version)
        if self._out.above is not None:
            parent, number = self._out.above(row)
            sheet.write_number(at, 2, parent)
            sheet.write_string(at, 3, number, self._formats.text)
        known, lines = row.values, 1
        for name, field, words_of, style, column in self._columns:
            value = known.get(name)
            if value is None:
                continue
            if masked is not None and (instead := masked(field, row)) is not None:
                sheet.put_text(at, column, instead, self._formats.text)
            elif words_of is None:
                self._cell(at, column, value, style)
            elif value != "" and (words := words_of(value)):
                self._text(at, column, words, style)
                if len(words) * 2 >= self._widths[column] or "\n" in words:
                    lines = max(lines, lines_of(words, self._widths[column]))
        if lines > 1:
            sheet.set_row(at, row_height_of(lines))
        self._row += 1

    def _text(self, row: int, column: int, text: str, style: Any) -> None:
        if len(text) > _LONGEST_CELL:
            text = text[: _LONGEST_CELL - len(CUT)] + CUT
        self._sheet.put_text(row, column, text, style)

    def _cell(self, row: int, column: int, value: Any, style: Any) -> None:
        sheet = self._sheet
        if isinstance(value, str | MonthOnly):
            # A date in a cell would claim a day that nobody knows.
            self._text(row, column, str(value), style)
        elif isinstance(value, datetime):
            sheet.write_datetime(row, column, value, self._formats.moment)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, self._formats.day)
        elif isinstance(value, int | Decimal):
            # A spreadsheet keeps fifteen digits; what has more stays text.
            if len(str(value).replace(".", "").lstrip("-0")) > _EXACT_DIGITS:
                sheet.write_string(row, column, str(value), self._formats.text)
            else:
                sheet.write_number(row, column, value, style)

    def finish(self, rows: int) -> None:
        """Put the drop-downs over the rows written and some spare ones."""
        for field, _style, column in self._kinds:
            words = _choices(field)
            if words and not field.computed:
                self._sheet.data_validation(
                    _FIRST_ROW,
                    column,
                    _FIRST_ROW + rows - 1,
                    column,
                    {
                        "validate": "list",
                        "source": self._lists.source(words),
                        # Other words are let through: they are asked about when the workbook comes in.
                        "error_type": "warning",
                        "error_title": "不在选项里",
                        "error_message": "导入时会请您核对这一格",
                    },
                )


def _choices(field: Field) -> tuple[str, ...]:
    if field.kind is FieldKind.YES_NO:
        return ("是", "否")
    if field.kind is not FieldKind.CHOICE:
        return ()
    return tuple(choice.label for choice in field.choices if not choice.retired)


_DAY_OR_MONTH = "日期，如 2026-03-05；只知道月份的写 2026-03"
_HOW = {
    FieldKind.DAY: "日期，如 2026-03-05",
    FieldKind.MOMENT: "日期和时间，如 2026-03-05 09:30，只知日期的写日期",
    FieldKind.MONTH: "年月，如 2026-03",
    FieldKind.INTEGER: "整数",
    FieldKind.NUMBER: "数字",
    FieldKind.MONEY: "金额，单位元；也可写 48.6万",
    FieldKind.YES_NO: "是 或 否",
    FieldKind.CHOICE: "从下拉选项里选一个",
    FieldKind.CHOICES: "可写几个，用顿号隔开",
    FieldKind.REF: "一个名称",
    FieldKind.REFS: "可写几个，用顿号隔开",
    FieldKind.TEXT: "文字，可多行",
    FieldKind.LINE: "文字",
}


def _write_guide(sheet: Any, register: Register, fields: Sequence[Field], formats: Formats) -> None:
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 10)
    sheet.set_column(2, 2, 44)
    sheet.set_column(3, 3, 70)
    sheet.write_string(0, 0, f"《{register.label}登记表》怎样填", formats.title)
    for column, words in enumerate(("栏目", "必填", "怎样填", "可选的词和提示")):
        sheet.write_string(_HEADER_ROW, column, words, formats.header)
    for row, field in enumerate(fields, _FIRST_ROW):
        hints = "、".join(choice.label for choice in field.choices if not choice.retired)
        told = "；".join(part for part in (hints, field.help) if part)
        how = _DAY_OR_MONTH if field.dated.month_will_do else _HOW.get(field.kind, "")
        must = "必填" if field.required else "应填" if field.wanted_of_all else "视情况" if field.wanted else ""
        for column, words in enumerate((field.label, must, how, told)):
            sheet.write_string(row, column, words, formats.text)
    set_page(sheet, _HEADER_ROW)


@contextmanager
def _made(path: Path, password: str | None) -> Iterator[Any]:
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError, FileSizeError

    from paizhu.documents.workbooks.sheet import QuickSheet

    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    refuse_taken(path)
    with workroom(path) as beside:
        target = beside / "book.xlsx"
        memory = io.BytesIO()
        if password:
            workbook = Workbook(memory, {**plain, "in_memory": True})
        else:
            tidy = {"constant_memory": True, "tmpdir": str(beside), "use_zip64": True}
            workbook = Workbook(str(target), {**plain, **tidy})
        workbook.worksheet_class = QuickSheet
        try:
            yield workbook
            workbook.close()
        except (FileCreateError, FileSizeError) as error:
            _abandon(workbook)
            raise refusal(path, error) from error
        except BaseException:
            _abandon(workbook)
            raise
        if password:
            _encrypt(memory, target, password)
        put(target, path)


def _encrypt(content: io.BytesIO, target: Path, password: str) -> None:
    from msoffcrypto.format.ooxml import OOXMLFile

    content.seek(0)
    with target.open("wb") as sealed:
        OOXMLFile(content).encrypt(password, sealed)


def _abandon(workbook: Any) -> None:
    # The row files of unfinished sheets stay open otherwise, and Windows deletes no open file.
    workbook.fileclosed = 1
    for sheet in workbook.worksheets():
        rows = getattr(sheet, "row_data_fh", None)
        if rows is not None:
            rows.close()
