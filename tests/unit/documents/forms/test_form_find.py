"""Lists, figures and gaps of blank forms are found where they stand."""

from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from paizhu.documents.forms.areas import FigureCell
from paizhu.documents.forms.places import Place, is_place
from paizhu.documents.forms.read import FormSheet, read_form
from tests.unit.documents.blank_forms import FORMS

BOX = Border(*(Side(style="thin"),) * 4)
REVIEW = ["序号", "会议日期", "议题名称", "事项类别", "金额", "审查意见", "采纳情况", "意见条数", "备注"]


def sheet_of(name: str, sheet: int = 0) -> FormSheet:
    return read_form(FORMS / name).sheets[sheet]


LISTS = [
    ("review_ledger.xlsx", 0, (3,), 4, 13, REVIEW, 0, 14),
    ("lo_review_ledger.xlsx", 0, (3,), 4, 13, REVIEW, 0, 14),
    ("linked_sheets.xlsx", 1, (2, 3), 4, 8, ["序号", "问题", "责任单位", "金额", "整改状态"], 0, 9),
    ("one_row.xlsx", 0, (2,), 3, 3, ["序号", "收到日期", "反映对象", "件次", "处理方式"], 0, 4),
    ("shared_formulas.xlsx", 0, (2,), 3, 7, ["序号", "事项", "单价", "数量", "金额"], 0, 8),
    ("table_object.xlsx", 0, (3,), 4, 8, ["日期", "主题", "场次", "人次", "备注"], None, 9),
    ("extended_validation.xlsx", 0, (2,), 3, 6, ["文号", "主送单位", "种类", "送达日期"], None, 0),
    ("mixed.xlsx", 0, (9,), 10, 13, ["序号", "姓名", "职务", "谈话类型", "谈话时间"], 0, 0),
]


@pytest.mark.parametrize(("name", "sheet", "head", "first", "last", "columns", "ordinal", "total"), LISTS)
def test_a_list_is_found_with_its_columns_and_empty_rows(
    name: str, sheet: int, head: tuple[int, ...], first: int, last: int, columns: list[str], ordinal: int, total: int
) -> None:
    (area,) = sheet_of(name, sheet).lists
    assert (area.header_rows, area.first_row, area.last_row, area.total_row) == (head, first, last, total)
    assert [column.header for column in area.columns] == columns
    assert area.ordinal == ordinal


def test_two_level_heads_of_thirty_one_columns_are_joined() -> None:
    (area,) = sheet_of("punishments.xlsx").lists
    headers = [column.header for column in area.columns]
    assert len(headers) == 31
    assert headers[2] == "政务处分 / 警告"
    assert headers[9] == "党纪处分 / 警告"
    assert headers[30] == "违法 / 小计"
    assert area.formulas == {8, 14, 22, 27, 30}
    assert (area.first_row, area.last_row, area.total_row) == (4, 9, 10)


def figures(sheet: FormSheet) -> dict[str, FigureCell]:
    return {cell.place: cell for area in sheet.figures for cell in area.cells}


@pytest.mark.parametrize("name", ["lead_figures.xlsx", "lo_lead_figures.xlsx"])
def test_three_level_heads_hidden_codes_and_grouped_rows_make_paths(name: str) -> None:
    found = figures(sheet_of(name))
    cell = found["E8"]
    assert cell.row_path == ("领导干部", "乡科级")
    assert cell.column_path == ("处置方式", "核查类", "谈话函询")
    assert (cell.row_code, cell.column_code) == ("02", "I-202")
    assert found["I10"].column_path == ("处置方式", "其他", "移交")
    assert found["I10"].row_path == ("其他人员", "其他")
    assert found["J7"].formula == "SUM(E7:I7)"
    wanted = [cell for area in sheet_of(name).figures for cell in area.wanted]
    assert {cell.place for cell in wanted} == {f"{column}{row}" for column in "DEFGHIK" for row in range(7, 11)}


def test_labels_side_by_side_each_have_their_figures() -> None:
    found = figures(sheet_of("side_by_side.xlsx"))
    assert {place: cell.row_path for place, cell in found.items()} == {
        "B3": ("列席会议",),
        "D3": ("廉政谈话",),
        "B4": ("提出意见",),
        "D4": ("警示教育",),
        "B5": ("制发建议",),
        "D5": ("回访",),
    }


def test_headings_across_the_table_lead_the_rows_under_them() -> None:
    found = figures(sheet_of("duty_status.xlsx"))
    assert found["D5"].row_path[:2] == ("一、主体责任", "专题研究党风廉政建设工作")
    assert found["E10"].row_path[0] == "二、监督责任"
    assert found["E10"].column_path == ("完成时间",)


def test_only_open_cells_of_a_protected_sheet_are_proposed() -> None:
    sheet = sheet_of("protected.xlsx")
    assert sheet.grid.protected
    wanted = {cell.place for area in sheet.figures for cell in area.wanted}
    assert wanted == {f"{column}{row}" for column in "BC" for row in (3, 4, 5)}


def test_figures_and_list_on_one_sheet_are_kept_apart() -> None:
    sheet = sheet_of("mixed.xlsx")
    assert [(area.first_row, area.last_row) for area in sheet.figures] == [(4, 6)]
    assert [(area.first_row, area.last_row) for area in sheet.lists] == [(10, 13)]


def test_nothing_is_proposed_on_hidden_sheets() -> None:
    form = read_form(FORMS / "four_forms.xlsx")
    hidden = form.sheet("填报说明")
    assert hidden.grid.hidden
    assert not hidden.areas
    assert not hidden.places


def test_the_grid_shows_what_is_seen() -> None:
    sheet = sheet_of("lead_figures.xlsx")
    assert sheet.grid.at(4, 1).words == "类别"
    assert sheet.grid.anchor(5, 1) == (3, 0)
    assert 6 in sheet.grid.hidden_rows
    assert sheet.grid.widths[0] == pytest.approx(11, abs=1)
    assert (sheet.grid.last_row, sheet.grid.last_column) == (12, 10)


def test_every_shipped_gap_is_found() -> None:
    kinds: dict[str, dict[str, tuple[str, ...]]] = {
        "lead_figures.xlsx": {"A1": ("period.year", "period.month"), "A2": ("unit",)},
        "four_forms.xlsx": {"C6": ("unit",), "C10": ("phone",), "C11": ("date.year", "date.month", "date.day")},
        "talks_summary.xlsx": {"B2": ("unit",), "A14": ("leader",), "C14": ("person",)},
        "mixed.xlsx": {"A14": ("person", "phone", "date.year", "date.month", "date.day")},
        "side_by_side.xlsx": {"A1": ("period.year", "period.quarter")},
        "punishments.xlsx": {"B12": ("unit", "person", "date.year", "date.month", "date.day")},
    }
    for name, expected in kinds.items():
        found = {place.place: place.kinds for place in sheet_of(name).places}
        assert expected.items() <= found.items(), name


WORDS = {
    "period.year": "2027",
    "period.month": "4",
    "period.from_month": "1",
    "period.first_month": "4",
    "period.quarter": "二",
    "unit": "驻示例组",
}
WORDS |= {"person": "示例甲", "reviewer": "示例乙", "date.year": "2027", "date.month": "5", "date.day": "6"}
TEXTS = [
    ("2026年　月廉政谈话情况汇总表", "2027年4月廉政谈话情况汇总表"),
    ("　　年　月问题线索处置情况统计表", "2027年4月问题线索处置情况统计表"),
    ("年　月", "2027年4月"),
    ("某市2026年1-3月统计表", "某市2027年1-4月统计表"),
    ("2026年1月至3月情况", "2027年1月至4月情况"),
    ("统计期间：      年   月至   月        单位：件", "统计期间：  2027年4月至4月        单位：件"),
    ("20   年度责任清单", "2027年度责任清单"),
    ("2026年第一季度", "2027年第二季度"),
    ("（2026年3月）", "（2027年4月）"),
    ("统计期间：2026年3月", "统计期间：2027年4月"),
    ("填报单位（盖章）：________", "填报单位（盖章）：驻示例组"),
    (
        "填表人：        审核人：        报出日期：    年  月  日",
        "填表人：示例甲  审核人：示例乙  报出日期：2027年5月6日",
    ),
    ("填报单位：旧名      2026年3月5日", "填报单位：驻示例组  2027年5月6日"),
    ("单位：件、人", "单位：件、人"),
    ("本年累计", "本年累计"),
    ("审核意见", "审核意见"),
    ("每年3次", "每年3次"),
]


@pytest.mark.parametrize(("before", "after"), TEXTS)
def test_gaps_in_words_are_filled(tmp_path: Path, before: str, after: str) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet["B2"] = before
    workbook.save(tmp_path / "form.xlsx")
    places = read_form(tmp_path / "form.xlsx").sheets[0].places
    assert (places[0].filled(WORDS) if places else before) == after


def test_a_gap_without_words_stays() -> None:
    form = read_form(FORMS / "mixed.xlsx")
    place = next(each for each in form.sheets[0].places if each.place == "A14")
    assert isinstance(place, Place)
    assert place.filled({}) == place.text


def test_labels_of_rows_and_columns_are_no_gaps() -> None:
    assert is_place("填报单位：")
    assert is_place("审核人")
    assert not is_place("审核意见")
    assert not is_place("单位：件")


def test_headings_that_name_a_signer_are_still_headings(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.append(["序号", "事项", "负责人", "联系电话", "备注（必填：是）"])
    for row in sheet["A1:E4"]:
        for cell in row:
            cell.border = BOX
    workbook.save(tmp_path / "form.xlsx")
    (area,) = read_form(tmp_path / "form.xlsx").sheets[0].lists
    assert [column.header for column in area.columns][2:4] == ["负责人", "联系电话"]
    assert (area.first_row, area.last_row) == (2, 4)


def test_headers_without_borders_and_without_rows_are_lists_open_below(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.append(["2026年谈话名单", None, None])
    sheet.merge_cells("A1:C1")
    sheet.append(["姓名", "职务", "时间"])
    workbook.save(tmp_path / "form.xlsx")
    (area,) = read_form(tmp_path / "form.xlsx").sheets[0].lists
    assert (area.first_row, area.last_row, area.ruled) == (3, 3, False)


def test_a_years_heading_and_a_centred_head_without_merging_are_read(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.append(["类别", "党纪处分", None, "政务处分", None])
    sheet.append([None, "警告", "严重警告", "警告", "记过"])
    sheet.append(["示例一局"])
    sheet.append(["示例二局"])
    for row in sheet["A1:E4"]:
        for cell in row:
            cell.border = BOX
    workbook.save(tmp_path / "form.xlsx")
    found = figures(read_form(tmp_path / "form.xlsx").sheets[0])
    assert found["C3"].column_path == ("党纪处分", "严重警告")
    assert found["D4"].column_path == ("政务处分", "警告")
    assert found["D4"].row_path == ("示例二局",)


def test_cards_give_each_label_its_empty_neighbour(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.append(["姓名", None, "性别", None, "出生年月", None])
    sheet.append(["现任职务", None, None, None, "任职时间", None])
    sheet.merge_cells("B2:D2")
    for row in sheet["A1:F2"]:
        for cell in row:
            cell.border = BOX
    workbook.save(tmp_path / "form.xlsx")
    found = figures(read_form(tmp_path / "form.xlsx").sheets[0])
    assert {place: cell.row_path for place, cell in found.items()} == {
        "B1": ("姓名",),
        "D1": ("性别",),
        "F1": ("出生年月",),
        "B2": ("现任职务",),
        "F2": ("任职时间",),
    }
