"""Totals stored in filled forms: right for readers that compute nothing, and as another program computes them."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from python_calamine import CalamineWorkbook

from paizhu.base.paths import resources
from paizhu.documents.forms.fill import CellValue, FillPlan, ListFill, fill
from paizhu.documents.forms.formula_parse import UnreadFormulaError, parsed
from paizhu.documents.forms.read import read_form
from tests.unit.documents.blank_forms import EACH, FORMS, WORDS, by_libreoffice, values_of, whole

AMOUNTS: tuple[CellValue, ...] = (1, 2, 3, Decimal("4.5"), 5, 6)
CALC = "xlsx:Calc MS Excel 2007 XML"
SHIPPED = sorted((resources() / "forms").glob("*.xlsx"))
_RESULT = re.compile(rb"(</(?:\w+:)?f>|<(?:\w+:)?f\b[^>]*/>)<(?:\w+:)?v>[^<]*</(?:\w+:)?v>")

FORMULAS = {
    "B1": "SUM(A1:A6)",
    "B2": "SUM(A1:A3,A5,10)",
    "B3": "A1+A2-A3*A4/A5",
    "B4": "-A1^2",
    "B5": "A1*50%",
    "B6": "ROUND(A3/A2,2)",
    "B7": "ROUND(2.345,2)+ROUND(-2.5,0)",
    "B8": 'IF(A1>A2,"多","少")&A1&"件"',
    "B9": 'IF(A9="",0,1)',
    "B10": 'SUMIF(C1:C6,"甲局",A1:A6)',
    "B11": 'SUMIF(A1:A6,">=3")',
    "B12": 'COUNTIF(C1:C6,"*局")',
    "B13": 'COUNTIF(A1:A6,"<>3")',
    "B14": 'COUNT(A1:C6)&"/"&COUNTA(A1:C6)&"/"&COUNTBLANK(A1:C10)',
    "B15": "AVERAGE(A1:A6)",
    "B16": 'IFERROR(A1/A9,"—")',
    "B17": "A1/A9",
    "B18": 'SUMPRODUCT((C1:C6="甲局")*(A1:A6))',
    "B19": "SUMPRODUCT(A1:A6,A1:A6)",
    "B20": 'SUMIFS(A1:A6,C1:C6,"甲局",A1:A6,">1")',
    "B21": 'COUNTIFS(C1:C6,"乙局",A1:A6,"<6")',
    "B22": "另表!A1*2+SUM('另 表'!A1:A3)",
    "B23": "SUBTOTAL(9,A1:A6)+SUBTOTAL(2,A1:A6)",
    "B24": 'MAX(A1:A6)-MIN(A1:A6)&"|"&MOD(A6,4)&"|"&INT(-1.5)',
    "B25": "AND(A1=1,A2=2)",
    "B26": "OR(A1=2,NOT(A2=2))",
    "B27": 'VLOOKUP("丙局",C1:D6,2,FALSE)',
    "B28": 'INDEX(A1:A6,MATCH("乙局",C1:C6,0))',
    "B29": "B1+B10+B30",
    "B30": "B11*2",
    "B31": "RANK(A3,A1:A6)",
    "B32": "总数*2",
    "B33": "SUM(A:A)",
    "B34": "0.1+0.2-0.3",
    "B35": 'LEN(C1)&LEFT(C1,1)&RIGHT(C1,1)&MID("驻某局组",2,2)',
    "B36": 'A1&""="1"',
    "B37": "IF(A1,IF(A9,1,2),3)",
    "B38": "ROUNDUP(A3/A2,0)+ROUNDDOWN(7/3,1)+ABS(-2)",
    "B39": "1=1.0",
    "B40": 'COUNTIF(D1:D6,"")+COUNTIF(C1:C6,"?局")',
    "B41": "SUM(IF(1=1,A1,A2),A3)",
    "B42": "ROW()+COLUMN()+ROWS(A1:A6)",
    "B43": "9",
}
UNREAD = {"E1": 'SUM(INDIRECT("A1:A3"))', "E2": "E1+1", "E3": "NOW()", "E4": "E5", "E5": "E4", "E6": "FOO(A1)"}


@pytest.fixture(scope="module")
def formulas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A form whose cells feed one formula of every kind, filled."""
    folder = tmp_path_factory.mktemp("formulas")
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "表"
    for row, unit in enumerate(("甲局", "乙局", "甲局", "丙局", "乙局", "丁处"), 1):
        sheet.cell(row, 3, unit)
        sheet.cell(row, 4, f"第{row}名" if row % 2 else None)
    for place, formula in {**FORMULAS, **UNREAD}.items():
        sheet[place] = f"={formula}"
    one, other = made.create_sheet("另表"), made.create_sheet("另 表")
    one["A1"] = 21
    for row in range(1, 4):
        other.cell(row, 1, f"=表!A{row}+1")
    made.defined_names["总数"] = DefinedName("总数", attr_text="表!$B$1")
    made.save(folder / "空表.xlsx")
    cells: dict[str, CellValue] = {f"A{row}": value for row, value in enumerate(AMOUNTS, 1)}
    fill(folder / "空表.xlsx", FillPlan({"表": cells}), folder / "填好.xlsx")
    return folder / "填好.xlsx"


def without_results(path: Path, out: Path) -> Path:
    """Copy a workbook without any stored result, so that another program has to compute it."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name.startswith("xl/worksheets/"):
                content = _RESULT.sub(rb"\1", content)
            target.writestr(name, content)
    return out


def results(path: Path) -> Iterator[tuple[str, str, object]]:
    """Yield sheet, place and stored result of every formula, as a reader sees it that computes nothing."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        plain = openpyxl.load_workbook(io.BytesIO(path.read_bytes()), data_only=True)
        written = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    for sheet in written.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield sheet.title, cell.coordinate, plain[sheet.title][cell.coordinate].value


def alike(one: object, other: object) -> bool:
    if isinstance(one, (int, float)) and isinstance(other, (int, float)) and not isinstance(one, bool):
        return abs(one - other) <= 1e-9 * max(abs(one), abs(other), 1)
    return (one or "") == (other or "") or (one, other) in ((None, 0), (0, None))


def test_every_kind_of_formula_comes_to_what_another_program_computes(formulas: Path, tmp_path: Path) -> None:
    bare = without_results(formulas, tmp_path / "填好.xlsx")
    computed = by_libreoffice(tmp_path, [bare], CALC) / "填好.xlsx"
    theirs = {(sheet, place): value for sheet, place, value in results(computed)}
    ours = {(sheet, place): value for sheet, place, value in results(formulas)}
    assert {place for (sheet, place) in ours if sheet == "表"} == {*FORMULAS, *UNREAD}
    different = {
        place: (ours[place], theirs[place])
        for place in ours
        if place[1] not in UNREAD and not alike(ours[place], theirs[place])
    }
    assert different == {}
    assert all(ours["表", place] is not None for place in FORMULAS)


def test_what_is_not_computed_here_keeps_no_result_and_asks_for_one(formulas: Path) -> None:
    stored = {place: value for sheet, place, value in results(formulas) if sheet == "表"}
    assert {place: stored[place] for place in UNREAD} == dict.fromkeys(UNREAD)
    with zipfile.ZipFile(formulas) as archive:
        assert b'fullCalcOnLoad="1"' in archive.read("xl/workbook.xml")


@pytest.mark.parametrize("name", EACH)
def test_the_forms_of_the_tests_show_right_totals_without_computing(name: str, tmp_path: Path) -> None:
    asked = whole(name, more=7)
    out = tmp_path / name
    fill(FORMS / name, asked.plan, out)
    _same_as_computed(out, tmp_path)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_shipped_forms_show_right_totals_without_computing(path: Path, tmp_path: Path) -> None:
    form = read_form(path)
    cells: dict[str, dict[str, CellValue]] = {}
    for sheet in form.sheets:
        for figures in sheet.figures:
            for number, cell in enumerate(figures.wanted, 1):
                cells.setdefault(sheet.name, {})[cell.place] = number
    titles = {sheet.name: {each.place: each.filled(WORDS) for each in sheet.places} for sheet in form.sheets}
    out = tmp_path / "填好.xlsx"
    fill(path, FillPlan(cells, (), titles), out)
    _same_as_computed(out, tmp_path)


def _same_as_computed(out: Path, folder: Path) -> None:
    (folder / "bare").mkdir()
    bare = without_results(out, folder / "bare" / out.name)
    stored = list(results(out))
    if not stored:
        return
    computed = (by_libreoffice(folder, [bare], CALC) / out.name).with_suffix(".xlsx")
    theirs = {(sheet, place): value for sheet, place, value in results(computed)}
    missing = [(sheet, place) for sheet, place, value in stored if value is None and theirs.get((sheet, place))]
    assert missing == []
    wrong = [
        (sheet, place, value, theirs[sheet, place])
        for sheet, place, value in stored
        if (sheet, place) in theirs and not alike(value, theirs[sheet, place])
    ]
    assert wrong == []


def test_three_readers_see_the_same_total_when_rows_are_added(tmp_path: Path) -> None:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "清单"
    sheet.append(["序号", "事项", "金额", "占比"])
    for row in (2, 3):
        sheet.cell(row, 4, f'=IF(C{row}="","",ROUND(C{row}/$C$4,3))')
    sheet.append([None])
    sheet["A4"], sheet["C4"] = "合计", "=SUM(C2:C3)"
    made.save(tmp_path / "空表.xlsx")
    amounts = [Decimal("12.35"), Decimal("0.1"), Decimal("0.2"), Decimal(30), Decimal("57.35")]
    rows: list[list[CellValue]] = [[f"事项{at}", amount] for at, amount in enumerate(amounts)]
    plan = FillPlan(lists=(ListFill("清单", 2, 3, {"事项": "B", "金额": "C"}, rows, "A"),))
    out = tmp_path / "填好.xlsx"
    fill(tmp_path / "空表.xlsx", plan, out)
    plain = openpyxl.load_workbook(out, data_only=True)["清单"]
    assert [plain.cell(row, 4).value for row in range(2, 7)] == [0.124, 0.001, 0.002, 0.3, 0.574]
    assert plain["C7"].value == 100
    assert CalamineWorkbook.from_path(str(out)).get_sheet_by_index(0).to_python()[6][2] == 100
    assert values_of(out, "清单")[7, 2] == 100


def test_a_total_of_one_form_read_again_counts_what_was_filled_last(tmp_path: Path) -> None:
    first, second = tmp_path / "一.xlsx", tmp_path / "二.xlsx"
    plan = whole("lead_figures.xlsx").plan
    fill(FORMS / "lead_figures.xlsx", plan, first)
    doubled = {sheet: dict.fromkeys(cells, 2) for sheet, cells in plan.cells.items()}
    fill(first, FillPlan(doubled), second)
    _same_as_computed(second, tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "SUM(A1:A2",
        "[1]表!A1",
        "表1[[#Totals],[金额]]",
        "一月:三月!A1",
        "=",
        "1+*2",
        "A1 A2",
        f"{300 * chr(40)}1{300 * chr(41)}",
    ],
)
def test_what_cannot_be_taken_apart_is_refused(text: str) -> None:
    with pytest.raises(UnreadFormulaError):
        parsed(text)
