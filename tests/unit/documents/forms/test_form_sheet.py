"""Sheets written in unusual but allowed ways are filled as well, and untouched rows stay letter by letter."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from paizhu.documents.forms.fill import CellValue, FillPlan, ListFill, fill
from paizhu.documents.forms.read import read_form
from paizhu.documents.forms.sheet import SheetXml
from paizhu.documents.refusals import TooLargeWorkbookError
from tests.data.form_pieces import edited
from tests.unit.documents.blank_forms import FORMS, loaded, values_of
from tests.unit.documents.forms.compared import compare

SHEET = "xl/worksheets/sheet1.xml"
ROWS = [[f"示例{number}", "科长"] for number in range(6)]
PLAN = FillPlan({"月报": {"B4": 3}}, [ListFill("月报", 10, 13, {"name": "B", "post": "C"}, ROWS, "A")])


def prefixed(text: str) -> str:
    text = re.sub(r"<(/?)([A-Za-z])", r"<\1x:\2", text)
    return text.replace("xmlns=", "xmlns:x=")


def without_places(text: str) -> str:
    """Leave out every place that follows from the order, as the standard allows."""
    inside, end = text.index("<sheetData>"), text.index("</sheetData>")
    body = text[inside:end]
    full = re.sub(r'<row r="\d+"', "<row", body)
    return text[:inside] + full + text[end:]


def pretty(text: str) -> str:
    return text.replace("<row", "\n  <row").replace("<c ", "\n    <c ").replace("</sheetData>", "\n</sheetData>")


def marked(text: str) -> str:
    return "\ufeff" + text


def commented(text: str) -> str:
    return text.replace("<row", "<!-- <row> --><row", 1)


@pytest.mark.parametrize("writing", [prefixed, pretty, marked, commented])
def test_any_writing_of_the_xml_is_filled_alike(tmp_path: Path, writing: Callable[[str], str]) -> None:
    form, out, plain = tmp_path / "form.xlsx", tmp_path / "out.xlsx", tmp_path / "plain.xlsx"
    form.write_bytes((FORMS / "mixed.xlsx").read_bytes())
    edited(form, SHEET, writing)
    fill(form, PLAN, out)
    fill(FORMS / "mixed.xlsx", PLAN, plain)
    assert values_of(out, "月报") == values_of(plain, "月报")
    assert [str(each) for each in loaded(out)["月报"].merged_cells.ranges] == [
        str(each) for each in loaded(plain)["月报"].merged_cells.ranges
    ]
    assert read_form(form).fingerprint == read_form(FORMS / "mixed.xlsx").fingerprint


def test_rows_without_numbers_count_from_the_one_before(tmp_path: Path) -> None:
    form, out = tmp_path / "form.xlsx", tmp_path / "out.xlsx"
    form.write_bytes((FORMS / "side_by_side.xlsx").read_bytes())
    edited(form, SHEET, without_places)
    fill(form, FillPlan({"情况表": {"D4": 8}}), out)
    assert loaded(out)["情况表"]["D4"].value == 8
    assert compare(form, out).places("情况表") == ("D4",)


def test_untouched_rows_stay_letter_by_letter(tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    fill(FORMS / "lead_figures.xlsx", FillPlan({"线索处置": {"E7": 4}}), out)
    with zipfile.ZipFile(FORMS / "lead_figures.xlsx") as before, zipfile.ZipFile(out) as after:
        old, new = before.read(SHEET).decode(), after.read(SHEET).decode()
    unchanged = [row for row in re.findall(r"<row.*?</row>", old) if "<f>" not in row]
    assert len(unchanged) >= 6
    assert all(row in new for row in unchanged)
    assert old.partition("<sheetData>")[0] == new.partition("<sheetData>")[0]
    assert old.partition("</sheetData>")[2] == new.partition("</sheetData>")[2]


def test_a_sheet_with_far_too_many_cells_is_no_form() -> None:
    xml = b'<worksheet><sheetData><row r="1">' + b'<c r="A1"/>' * 600_001 + b"</row></sheetData></worksheet>"
    with pytest.raises(TooLargeWorkbookError, match="不像空白表"):
        SheetXml(xml, "表.xlsx")


def test_two_lists_on_one_sheet_both_grow(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "月报"
    sheet["A1"], sheet["A6"], sheet["B6"] = "甲", "合计", "=SUM(B2:B5)"
    sheet["A7"], sheet["A10"], sheet["B10"] = "乙", "合计", "=SUM(B8:B9)+B6"
    sheet.merge_cells("C8:D8")
    workbook.save(tmp_path / "form.xlsx")
    first = ListFill("月报", 2, 5, {"n": "B"}, [[number] for number in range(7)])
    second = ListFill("月报", 8, 9, {"n": "B"}, [[number] for number in range(5)])
    filled = fill(tmp_path / "form.xlsx", FillPlan({"月报": {"C10": "核"}}, [first, second]), tmp_path / "out.xlsx")
    sheet = loaded(tmp_path / "out.xlsx")["月报"]
    assert filled.inserted == {"月报": 6}
    assert (sheet["B9"].value, sheet["B16"].value) == ("=SUM(B2:B8)", "=SUM(B11:B15)+B9")
    assert [sheet.cell(row, 2).value for row in range(11, 16)] == [0, 1, 2, 3, 4]
    assert filled.place("月报", "C10") == "C16"
    assert sheet["C16"].value == "核"
    # The merged cells of the row the new ones are made after are repeated in each.
    assert {str(each) for each in sheet.merged_cells.ranges} == {f"C{row}:D{row}" for row in range(11, 15)}


def test_the_order_of_computing_names_exactly_the_cells_that_compute(tmp_path: Path) -> None:
    form, out = tmp_path / "form.xlsx", tmp_path / "out.xlsx"
    form.write_bytes((FORMS / "shared_formulas.xlsx").read_bytes())
    link = (
        '<Relationship Id="rIdChain" Target="calcChain.xml" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"/></Relationships>'
    )
    edited(form, "xl/_rels/workbook.xml.rels", lambda text: text.replace("</Relationships>", link))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    places = "".join(f'<c r="E{row}" i="1"/>' if row == 3 else f'<c r="E{row}"/>' for row in range(3, 9))
    with zipfile.ZipFile(form, "a") as archive:
        archive.writestr("xl/calcChain.xml", f'<calcChain xmlns="{main}">{places}</calcChain>')
    rows: list[list[CellValue]] = [[f"事项{number}", 1, 2] for number in range(8)]
    fill(form, FillPlan(lists=[ListFill("经费", 3, 7, {"a": "B", "b": "C", "c": "D"}, rows)]), out)
    with zipfile.ZipFile(out) as archive:
        chain = re.findall(r'<c r="(\w+)" i="(\d+)"/>', archive.read("xl/calcChain.xml").decode())
    assert sorted(chain) == sorted((f"E{row}", "1") for row in range(3, 12))


def test_formulas_that_repeat_the_row_above_go_on_after_added_rows(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "结存"
    for row in range(3, 7):
        sheet[f"A{row}"], sheet[f"D{row}"] = f"=A{row - 1}+1", f"=D{row - 1}+B{row}-C{row}"
    sheet["A2"], sheet["D2"], sheet["D8"] = 0, 100, "=D6"
    workbook.save(tmp_path / "form.xlsx")
    rows = [[number, 1] for number in range(7)]
    plan = FillPlan(lists=[ListFill("结存", 3, 6, {"in": "B", "out": "C"}, rows)])
    fill(tmp_path / "form.xlsx", plan, tmp_path / "out.xlsx")
    sheet = loaded(tmp_path / "out.xlsx")["结存"]
    assert [sheet[f"D{row}"].value for row in range(3, 10)] == [f"=D{row - 1}+B{row}-C{row}" for row in range(3, 10)]
    assert [sheet[f"A{row}"].value for row in range(3, 10)] == [f"=A{row - 1}+1" for row in range(3, 10)]
    assert sheet["D11"].value == "=D9"
