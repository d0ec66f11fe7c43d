"""Workbooks on paper: readable however many columns, rows as high as their words, nothing cut beside a title."""

import re
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from paizhu.base.field import FieldKind
from paizhu.base.register import Register
from paizhu.base.rows import Row
from paizhu.documents.tables.column_match import targets
from paizhu.documents.workbooks.style import in_first_page, lines_of, row_height_of
from paizhu.documents.workbooks.table import TotalsOut
from paizhu.documents.workbooks.write import SheetOut, template, write_book
from paizhu.registers import REGISTERS
from paizhu.registers.review import REVIEW
from paizhu.registers.talk import TALK
from tests.make import make_values
from tests.programs import program


def sheet_of(path: Path) -> Any:
    return openpyxl.load_workbook(path).worksheets[0]


def pages(path: Path, folder: Path) -> list[str]:
    """Return the words of each page as another program prints the workbook."""
    home = folder / "home"
    subprocess.run(
        [program("soffice"), "--headless", f"-env:UserInstallation={home.as_uri()}", "--convert-to", "pdf",
         "--outdir", folder, path],
        check=True, capture_output=True,
    )  # fmt: skip
    made = folder / f"{path.stem}.pdf"
    told = subprocess.run([program("pdftotext"), "-layout", made, "-"], check=True, capture_output=True, text=True)
    return told.stdout.split("\f")[:-1]


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.key)
def test_no_print_shrinks_below_what_can_be_read(register: Register, tmp_path: Path) -> None:
    fields = tuple(targets(register))
    write_book(tmp_path / "表.xlsx", [SheetOut(register, fields, ())])
    sheet = sheet_of(tmp_path / "表.xlsx")
    wide = sum(each.width for each in sheet.column_dimensions.values() if not each.hidden)
    assert sheet.page_setup.orientation == "landscape"
    across = sheet.page_setup.fitToWidth or 1
    assert wide / across <= 140 / 0.6 + 60  # the repeated column and the last break included
    assert sheet.print_title_rows == "$3:$3"
    if across > 1:
        assert sheet.print_title_cols == "$A:$C"
        assert sheet.page_setup.pageOrder == "overThenDown"


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.key)
def test_every_column_holds_its_heading_in_two_lines_and_its_days_in_one(register: Register, tmp_path: Path) -> None:
    fields = tuple(targets(register))
    write_book(tmp_path / "表.xlsx", [SheetOut(register, fields, ())])
    sheet = sheet_of(tmp_path / "表.xlsx")
    # Neighbours of one width are kept as one.
    spans = [each for each in sheet.column_dimensions.values() if not each.hidden]
    at = {column: each.width for each in spans for column in range(each.min, each.max + 1)}
    wide = {cell.value: at[cell.column] for cell in sheet[3] if cell.column in at}
    shown = {FieldKind.DAY: "2026-12-28", FieldKind.MOMENT: "2026-12-28 08:30", FieldKind.MONEY: "123456789.00"}
    for field in fields:
        assert lines_of(field.label, wide[field.label]) <= 2
        assert lines_of(shown.get(field.kind, ""), wide[field.label]) == 1


def test_the_title_stands_on_the_first_page_across(tmp_path: Path) -> None:
    template(REVIEW, tmp_path / "空表.xlsx")
    sheet = sheet_of(tmp_path / "空表.xlsx")
    title = next(each for each in sheet.merged_cells.ranges if each.min_row == 1)
    assert title.max_col < sheet.max_column / 2
    assert in_first_page([20.0] * 7) == 7
    assert in_first_page([200.0, 300.0]) == 2


def test_a_row_is_as_high_as_its_words(tmp_path: Path) -> None:
    talks = [
        Row("integrity_talk", 1, 1, {"planned_date": date(2026, 3, 5), "record": "谈" * 200}),
        Row("integrity_talk", 2, 1, {"planned_date": date(2026, 3, 5), "record": "一行"}),
        Row("integrity_talk", 3, 1, {"planned_date": date(2026, 3, 5), "record": "\n".join(["行"] * 60)}),
    ]
    write_book(tmp_path / "表.xlsx", [SheetOut(TALK, tuple(targets(TALK)), talks)])
    heights = {row: each.height for row, each in sheet_of(tmp_path / "表.xlsx").row_dimensions.items()}
    assert heights[4] == pytest.approx(row_height_of(lines_of("谈" * 200, 40)), abs=1)
    assert lines_of("谈" * 200, 40) == 10
    assert heights.get(5) is None
    assert heights[6] == pytest.approx(409, abs=1)


def test_a_table_of_figures_shows_its_notes_whole_and_its_hours_as_numbers(tmp_path: Path) -> None:
    out = TotalsOut(
        "示例", "示例合计", "驻某市示例局纪检监察组    2026-11-29 18:22 导出；本表只有数字，逐条内容不导出",
        ("项目", "用时", "说明"), (("甲", Decimal("34.5"), "说明" * 30), ("乙", 7, "")),
    )  # fmt: skip
    write_book(tmp_path / "表.xlsx", [out])
    sheet = sheet_of(tmp_path / "表.xlsx")
    assert sheet.row_dimensions[2].height > 20
    assert sheet["B4"].value == 34.5
    assert sheet.row_dimensions[4].height > 40
    words = "".join(pages(tmp_path / "表.xlsx", tmp_path))
    assert "逐条内容不" in words
    assert "导出" in words


def test_another_program_prints_a_wide_register_over_readable_pages(tmp_path: Path) -> None:
    rows = [Row("review_item", number, 1, make_values(REVIEW, number=number)) for number in range(1, 4)]
    write_book(tmp_path / "审查.xlsx", [SheetOut(REVIEW, tuple(targets(REVIEW)), rows)])
    printed = pages(tmp_path / "审查.xlsx", tmp_path)
    assert len(printed) > 3
    assert all(page.strip() for page in printed)
    assert not any("###" in page for page in printed)
    first = re.sub(r"\s", "", printed[0])
    assert "会前审查台账" in first
