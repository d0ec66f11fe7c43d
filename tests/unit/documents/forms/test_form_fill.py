"""A filled form differs from the blank one by its values only; added rows take everything along."""

import re
import tempfile
import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from paizhu.base.errors import CancelledError
from paizhu.documents.books.book import column_number, letters
from paizhu.documents.forms.fill import CellValue, FillPlan, ListFill, fill
from paizhu.documents.forms.package import FormPackage, FormRefusedError
from paizhu.documents.forms.read import read_form
from tests.unit.documents.blank_forms import EACH, FORMS, loaded, values_of, whole
from tests.unit.documents.forms.compared import compare

LONGER = ["review_ledger", "lo_review_ledger", "talks_summary", "linked_sheets", "lo_linked_sheets", "one_row"]
LONGER += ["shared_formulas", "table_object", "extended_validation", "mixed", "punishments"]


@pytest.mark.parametrize("name", EACH)
def test_only_the_planned_values_differ(name: str, tmp_path: Path) -> None:
    out = tmp_path / name
    asked = whole(name)
    fill(FORMS / name, asked.plan, out)
    found = compare(FORMS / name, out)
    assert not found.added
    assert not found.removed
    assert not found.reshaped
    assert found.same_order
    with FormPackage(out) as package:
        sheets = {sheet.part for sheet in package.sheets}
    assert set(found.changed) <= sheets
    planned = {(sheet, place) for sheet, cells in asked.plan.cells.items() for place in cells}
    planned |= {(sheet, place) for sheet, cells in asked.plan.titles.items() for place in cells}
    for sheet, area, rows in asked.lists:
        columns = {column.index for column in area.columns}
        planned |= {(sheet, f"{letters(c)}{r}") for r in range(area.first_row, area.last_row + 1) for c in columns}
        assert len(rows) == area.last_row - area.first_row + 1
    assert {(change.sheet, change.place) for change in found.cells} <= planned
    figures = {(sheet, place): value for sheet, cells in asked.plan.cells.items() for place, value in cells.items()}
    changed = {(change.sheet, change.place): change.after for change in found.cells}
    assert figures.items() <= changed.items()


@pytest.mark.parametrize("name", [f"{each}.xlsx" for each in LONGER])
def test_added_rows_take_everything_below_along(name: str, tmp_path: Path) -> None:
    out = tmp_path / name
    asked = whole(name, more=7)
    filled = fill(FORMS / name, asked.plan, out)
    before, after = loaded(FORMS / name), loaded(out)
    for sheet, area, rows in asked.lists:
        old, new = before[sheet], after[sheet]
        assert isinstance(old, Worksheet)
        assert isinstance(new, Worksheet)
        assert filled.inserted[sheet] == 7
        pattern = area.last_row - 1 if area.last_row > area.first_row else area.last_row
        for row in range(1, old.max_row + 1):
            moved = row if row <= pattern else row + 7
            assert new.row_dimensions[moved].height == old.row_dimensions[row].height
            assert new.row_dimensions[moved].hidden == old.row_dimensions[row].hidden
            for column in range(1, old.max_column + 1):
                assert _look(new, moved, column) == _look(old, row, column), f"{row} {column}"
        for row in range(pattern + 1, pattern + 8):
            assert new.row_dimensions[row].height == old.row_dimensions[pattern].height
            for column in range(1, old.max_column + 1):
                assert _look(new, row, column) == _look(old, pattern, column)
        assert filled.place(sheet, f"C{old.max_row}") == f"C{old.max_row + 7}"
        seen = values_of(out, sheet)
        columns = [column_number(each) for each in asked.plan.lists[0].columns.values()]
        for number, row_values in enumerate(rows):
            # Where the form's cells are not formatted as days, a day is written as words.
            assert [str(seen.get((area.first_row + number, column))) for column in columns] == [
                str(float(each)) if isinstance(each, Decimal) else str(each) for each in row_values
            ]
    assert compare(FORMS / name, out).same_order


def _look(sheet: Worksheet, row: int, column: int) -> int:
    return sheet.cell(row, column).style_id


@pytest.fixture(scope="module")
def lengthened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forms whose lists were given seven rows more than they have."""
    folder = tmp_path_factory.mktemp("lengthened")
    for name in LONGER:
        fill(FORMS / f"{name}.xlsx", whole(f"{name}.xlsx", more=7).plan, folder / f"{name}.xlsx")
    return folder


def _sheet(folder: Path, name: str, sheet: str) -> Worksheet:
    found = loaded(folder / f"{name}.xlsx")[sheet]
    assert isinstance(found, Worksheet)
    return found


@pytest.mark.parametrize("name", ["review_ledger", "lo_review_ledger"])
def test_formulas_validations_and_print_setup_follow_a_longer_list(lengthened: Path, name: str) -> None:
    sheet = _sheet(lengthened, name, "会前审查")
    assert sheet["E21"].value == "=SUM(E4:E20)"
    assert sheet["H21"].value == "=SUM(H4:H20)"
    assert sheet["B25"].value == '=IF(E21=SUM(E$4:E$20),"相符","不符")'
    assert {str(each) for each in sheet.merged_cells.ranges} == {"A1:I1", "A21:D21"}
    assert {str(each.sqref) for each in sheet.data_validations.dataValidation} == {"D4:D20", "E4:E20"}
    conditional = {str(each.sqref): each.rules[0].formula for each in sheet.conditional_formatting}
    assert conditional == {"E4:E20": ["500"], "H4:H20": ["$H4>$E$21"]}
    assert sheet["G21"].comment is not None
    assert sheet["G14"].comment is None
    assert sheet["A24"].hyperlink is not None
    assert sheet["A24"].hyperlink.target == "https://example.invalid/"
    assert sheet.auto_filter.ref == "A3:I20"
    assert str(sheet.print_area).replace("$", "") == "'会前审查'!A1:I25"
    assert sheet.print_title_rows == "$1:$3"
    assert sheet.freeze_panes == loaded(FORMS / f"{name}.xlsx")["会前审查"].freeze_panes
    workbook = sheet.parent
    assert workbook is not None
    assert workbook.defined_names["审查金额"].value.replace("$", "") == "会前审查!E4:E20"
    bottom = sheet["C20"].border.bottom
    assert bottom is not None
    assert bottom.style == "medium"
    assert [sheet.cell(row, 1).value for row in range(4, 21)] == list(range(1, 18))
    with zipfile.ZipFile(lengthened / f"{name}.xlsx") as archive:
        notes = next(part for part in archive.namelist() if part.endswith(".vml"))
        assert archive.read(notes).count(b"Row>20</") == 2


def test_pictures_charts_sparklines_and_breaks_follow_a_longer_list(lengthened: Path) -> None:
    with zipfile.ZipFile(lengthened / "talks_summary.xlsx") as archive:
        chart = archive.read("xl/charts/chart1.xml").decode()
        drawing = archive.read("xl/drawings/drawing1.xml").decode()
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "谈话汇总!$F$4:$F$18" in chart
    assert "谈话汇总!$C$4:$C$18" in chart
    # The seal stood under row 12, the chart under row 15.
    assert "<xdr:from><xdr:col>5</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>19</xdr:row>" in drawing
    assert "<xdr:from><xdr:col>0</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>22</xdr:row>" in drawing
    assert '<brk id="21"' in sheet
    assert "<xm:sqref>F4:F18</xm:sqref>" in sheet
    assert 'sqref="D4:D18"' in sheet
    assert "<f>SUM(F4:F18)</f>" in sheet
    assert '<f>IF(E17=0,"",F17/E17)</f>' in sheet
    assert sheet.count("</f>") == 15 * 2 + 2


def test_other_sheets_and_names_follow_a_longer_list(lengthened: Path) -> None:
    for name in ("linked_sheets", "lo_linked_sheets"):
        sheet = _sheet(lengthened, name, "汇总")
        formulas = [str(sheet.cell(row, 2).value).replace("$明细.", "明细!").replace("$", "") for row in range(3, 8)]
        assert formulas == [
            "=COUNTA(明细!B4:B15)",
            "=SUM(明细!D4:D15)",
            '=COUNTIF(明细!E4:E15,"已整改")',
            "=明细!B15",
            "=明细!D16-整改金额",
        ]


def test_totals_over_a_single_empty_row_grow(lengthened: Path) -> None:
    sheet = _sheet(lengthened, "one_row", "信访")
    assert (sheet["D11"].value, sheet["E11"].value, sheet["C12"].value) == ("=SUM(D3:D10)", "=SUM(D3:D10)", "=D11+1")
    assert [str(each.sqref) for each in sheet.data_validations.dataValidation] == ["D3:D10"]
    assert sheet["A10"].value == "=ROW()-2"


def test_a_table_object_and_extended_validations_grow(lengthened: Path) -> None:
    sheet = _sheet(lengthened, "table_object", "教育登记")
    assert sheet.tables["教育"].ref == "A3:E16"
    with zipfile.ZipFile(lengthened / "extended_validation.xlsx") as archive:
        text = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<xm:sqref>C3:C13</xm:sqref>" in text
    assert "<xm:f>种类!$A$1:$A$3</xm:f>" in text


def test_shared_formulas_are_written_out_when_rows_come_between(lengthened: Path) -> None:
    sheet = _sheet(lengthened, "shared_formulas", "经费")
    assert [sheet.cell(row, 5).value for row in range(3, 15)] == [f"=C{row}*D{row}" for row in range(3, 15)]
    assert sheet["E15"].value == "=SUM(E3:E14)"


def test_formulas_stay_and_their_results_are_those_of_the_new_cells(tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    plan = FillPlan({"线索处置": {"E7": 5, "J7": 99, "J11": 99}})
    filled = fill(FORMS / "lead_figures.xlsx", plan, out)
    assert filled.kept == (("线索处置", "J7"), ("线索处置", "J11"))
    with zipfile.ZipFile(out) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        workbook = archive.read("xl/workbook.xml").decode()
    assert re.findall(r'r="J(?:7|11)"[^>]*><f>[^<]*</f><v>(\d+)</v>', sheet) == ["5", "5"]
    assert 'fullCalcOnLoad="1"' in workbook


def test_a_form_without_formulas_keeps_its_workbook_part(tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    fill(FORMS / "side_by_side.xlsx", FillPlan({"情况表": {"B3": 1}}), out)
    with zipfile.ZipFile(FORMS / "side_by_side.xlsx") as before, zipfile.ZipFile(out) as after:
        changed = [part for part in before.namelist() if before.read(part) != after.read(part)]
    assert changed == ["xl/worksheets/sheet1.xml"]


def test_dates_are_serials_only_where_the_format_shows_a_day(tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    day = date(2026, 3, 5)
    plan = FillPlan({"责任清单": {"E5": day, "F5": day, "D5": datetime(2026, 3, 5, 9, 30)}})
    fill(FORMS / "duty_status.xlsx", plan, out)
    seen = values_of(out, "责任清单")
    assert (seen[5, 4], seen[5, 5], seen[5, 3]) == (day, "2026-03-05", "2026-03-05 09:30")


def test_words_are_never_formulas_numbers_or_broken_xml(tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    words = ["=cmd|' /C calc'!A0", "-5", "007", "a<b>&c\"'", " 两端空格 ", "第一行\n第二行", "_x0041_", "𠮷野"]
    plan = FillPlan({"月报": {f"C{row}": each for row, each in enumerate(words, 20)}})
    fill(FORMS / "mixed.xlsx", plan, out)
    sheet = loaded(out)["月报"]
    assert [sheet[f"C{row}"].data_type for row in range(20, 28)] == ["s"] * 8
    seen = values_of(out, "月报")
    assert [seen[row, 2] for row in range(20, 28)] == words


def test_numbers_beyond_fifteen_digits_stay_words(tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    fill(FORMS / "mixed.xlsx", FillPlan({"月报": {"B4": 123456789012345678, "B5": Decimal("1.50")}}), out)
    seen = values_of(out, "月报")
    assert (seen[4, 1], seen[5, 1]) == ("123456789012345678", 1.5)


def test_a_rich_title_keeps_its_fonts(tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    fill(FORMS / "talks_summary.xlsx", FillPlan(titles={"谈话汇总": {"A1": "2026年3月廉政谈话情况汇总表"}}), out)
    title = loaded(out, rich=True)["谈话汇总"]["A1"].value
    assert str(title) == "2026年3月廉政谈话情况汇总表"
    assert isinstance(title, list)
    assert str(title[0]) == "2026年3月"
    assert title[0].font.color.rgb == "FFC00000"


def test_a_merged_area_is_filled_by_any_of_its_places(tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    fill(FORMS / "talks_summary.xlsx", FillPlan({"谈话汇总": {"D2": "驻示例组"}}), out)
    assert values_of(out, "谈话汇总")[2, 1] == "驻示例组"


def test_protection_stays_and_locked_sheets_are_filled(tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    fill(FORMS / "protected.xlsx", FillPlan({"月报": {"B3": 4}}), out)
    sheet = loaded(out)["月报"]
    assert isinstance(sheet, Worksheet)
    assert sheet.protection.sheet is True
    assert sheet.protection.password == loaded(FORMS / "protected.xlsx")["月报"].protection.password
    assert sheet["B3"].value == 4


def test_left_over_rows_lose_what_stood_in_them(tmp_path: Path) -> None:
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    columns = {"name": "B", "post": "C"}
    fill(
        FORMS / "mixed.xlsx",
        FillPlan(lists=[ListFill("月报", 10, 13, columns, [["甲", "科长"], ["乙", "处长"]])]),
        first,
    )
    fill(first, FillPlan(lists=[ListFill("月报", 10, 13, columns, [["丙", None]])]), second)
    seen = values_of(second, "月报")
    assert seen[10, 1] == "丙"
    assert not {(10, 2), (11, 1), (11, 2)} & seen.keys()


def test_cancelling_leaves_nothing_behind(tmp_path: Path) -> None:
    told: list[str] = []

    def stop_at_the_fourth(what: str, _done: int, _total: int) -> None:
        told.append(what)
        if len(told) == 4:
            raise CancelledError

    rows = [["甲", "乙"]] * 2000
    plan = FillPlan(lists=[ListFill("月报", 10, 13, {"name": "B", "post": "C"}, rows)])
    with pytest.raises(CancelledError):
        fill(FORMS / "mixed.xlsx", plan, tmp_path / "out.xlsx", stop_at_the_fourth)
    assert not list(tmp_path.iterdir())


def test_progress_counts_every_value_and_row(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    asked = whole("mixed.xlsx", more=500)
    fill(FORMS / "mixed.xlsx", asked.plan, tmp_path / "out.xlsx", lambda *now: told.append(now))
    assert told[-1][1] == told[-1][2] > 500
    assert all(before[1] <= after[1] for before, after in pairwise(told))


def test_wrong_places_are_refused_in_words(tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    for plan in (
        FillPlan({"没有的表": {"A1": 1}}),
        FillPlan({"月报": {"A0": 1}}),
        FillPlan(lists=[ListFill("月报", 10, 12, {"a": "B"}, []), ListFill("月报", 12, 13, {"a": "C"}, [])]),
    ):
        with pytest.raises(FormRefusedError, match="原文件没有改动"):
            fill(FORMS / "mixed.xlsx", plan, out)
    assert not out.exists()


VALUES: st.SearchStrategy[CellValue] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12),
    st.decimals(-(10**9), 10**9, places=2),
    st.dates(date(1901, 1, 1), date(2200, 1, 1)),
    st.times().map(lambda each: each.replace(second=0, microsecond=0)),
    st.text(st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufffe\uffff"), max_size=40),
)
PLACES = st.builds(lambda column, row: f"{letters(column)}{row}", st.integers(0, 30), st.integers(1, 60))


@settings(max_examples=60, deadline=None)
@given(name=st.sampled_from(EACH), cells=st.dictionaries(PLACES, VALUES, min_size=1, max_size=12))
def test_any_values_in_any_cells_change_nothing_else(name: str, cells: dict[str, CellValue]) -> None:
    form = read_form(FORMS / name)
    sheet = form.sheets[0]
    anchors: dict[str, CellValue] = {}
    for place, value in cells.items():
        row, column = sheet.grid.anchor(
            int(place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")), column_number(place.rstrip("0123456789"))
        )
        anchors[f"{letters(column)}{row}"] = value
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / name
        filled = fill(FORMS / name, FillPlan({sheet.name: anchors}), out)
        found = compare(FORMS / name, out)
    assert (found.added, found.removed, found.reshaped) == ((), (), ())
    kept = {place for _sheet, place in filled.kept}
    assert set(found.places(sheet.name)) <= anchors.keys() - kept
    after = {change.place: change.after for change in found.cells}
    for place, value in anchors.items():
        if place in after and place not in kept and isinstance(value, str | bool):
            assert after[place] == (value or None if isinstance(value, str) else value)


def test_a_time_of_day_is_a_time_only_where_the_format_shows_one(tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    fill(FORMS / "mixed.xlsx", FillPlan({"月报": {"B4": time(9, 30)}}), out)
    assert values_of(out, "月报")[4, 1] == "09:30"
