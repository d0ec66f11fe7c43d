"""Reading a messy ledger against calamine alone, and filling a long list form against openpyxl."""

import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import xlsxwriter

from paizhu import registers
from paizhu.documents.books import opening as workbook_read
from paizhu.documents.forms.fill import FillPlan, ListFill, fill
from paizhu.documents.tables import table_find
from paizhu.documents.tables.label_words import Vocabulary
from tests.benchmarks import grounds
from tests.benchmarks.figures import Figure, best

_COLUMNS = "BCDEFGHIJK"
_FIRST = 4
_BLANK = 20
_TIMES = 3


def read(folder: Path, rows: int) -> Iterator[Figure]:
    """Find the tables of a messy ledger and hand out its records, against calamine's bare rows of the same file."""
    import python_calamine

    path = messy_ledger(folder, rows)
    found: list[int] = []

    def ours() -> None:
        with workbook_read.open_book(path) as book:
            for sheet in book.sheets:
                for table in table_find.read_tables(sheet, Vocabulary(registers.REGISTERS)):
                    found.append(sum(1 for _row in table.rows()))

    def bare() -> None:
        python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()

    taken, floor = best(ours, _TIMES), best(bare, _TIMES)
    assert found == [rows] * _TIMES, found
    yield Figure(f"read a messy ledger of {rows:,} × 20", taken, floor, 1.5, note="frame and records found")


def messy_ledger(folder: Path, rows: int) -> Path:
    """Write a ledger as officers keep it: merged title, header of two rows, real dates, gaps, totals, a footer."""
    path = folder / f"messy-{rows}.xlsx"
    if path.exists():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    # Texts are shared, as every office program keeps them.
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("谈话台账")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    framed = book.add_format({"border": 1})
    sheet.write(0, 0, "某示例局2026年廉政谈话台账")
    sheet.write_row(1, 0, grounds.HEADERS)
    chance = random.Random(7)
    at = 2
    for number, cells in enumerate(grounds.ledger_rows(rows)):
        for column, value in enumerate(cells):
            if value == "" or chance.random() < 0.05:  # a few cells of every ledger stand empty
                sheet.write_blank(at, column, None, framed)
            elif column == len(cells) - 2:
                sheet.write_number(at, column, value, framed)
            elif column == 0 and number % 2:
                year, month, on = str(value).split(".")
                sheet.write_datetime(at, column, _day(int(year), int(month), int(on)), day)
            else:
                sheet.write(at, column, value, framed)
        at += 1
    sheet.write_row(at, 0, ["填表人：陈守正", None, "审核人：罗某"])
    book.close()
    return path


def _day(year: int, month: int, day: int) -> Any:
    from datetime import datetime

    return datetime(year, month, day)


def fill_list(folder: Path, rows: int) -> Iterator[Figure]:
    """Fill a list form with more records than it has empty rows, against openpyxl writing the same cells into it."""
    folder.mkdir(parents=True, exist_ok=True)
    form = _list_form(folder / "list-form.xlsx")
    cells = [row[: len(_COLUMNS)] for row in grounds.ledger_rows(rows)]
    columns = {f"field{place}": letter for place, letter in enumerate(_COLUMNS)}
    wanted = ListFill("台账", _FIRST, _FIRST + _BLANK - 1, columns, cells, ordinal="A")
    plan = FillPlan(lists=(wanted,))
    taken = best(lambda: fill(form, plan, folder / "filled.xlsx"), _TIMES)
    floor = best(lambda: _fill_bare(form, cells, folder / "bare.xlsx"), _TIMES)
    import openpyxl

    with closing(openpyxl.load_workbook(folder / "filled.xlsx", read_only=True)) as book:
        assert book["台账"].cell(_FIRST + rows - 1, 2).value == cells[-1][0]
    yield Figure(f"fill a list form with {rows:,} rows", taken, floor, 2, note="styles and footer moved along")


def _list_form(path: Path) -> Path:
    import openpyxl
    from openpyxl.styles import Border, Side

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "台账"
    thin = Side(style="thin")
    sheet["A1"] = "某示例单位谈话情况台账"
    sheet.merge_cells("A1:K1")
    for place, words in enumerate(("序号", *grounds.HEADERS[: len(_COLUMNS)]), start=1):
        sheet.cell(_FIRST - 1, place, words)
    for row in range(_FIRST, _FIRST + _BLANK):
        for place in range(1, len(_COLUMNS) + 2):
            sheet.cell(row, place).border = Border(thin, thin, thin, thin)
    sheet.cell(_FIRST + _BLANK, 1, "填表人：")
    book.save(path)
    return path


def _fill_bare(form: Path, cells: list[list[Any]], out: Path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(form)
    sheet = book.worksheets[0]
    for number, row in enumerate(cells, start=1):
        sheet.cell(_FIRST + number - 1, 1, number)
        for place, value in enumerate(row, start=2):
            sheet.cell(_FIRST + number - 1, place, value)
    book.save(out)
