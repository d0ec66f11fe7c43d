"""Forms filled from a real vault: right values in the right cells, each with its list; nothing else changes."""

from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook

from paizhu import registers
from paizhu.base.errors import NotAllowedError
from paizhu.services.forms.filling import Filling
from paizhu.services.forms.wishes import CellWish, ListWish
from paizhu.services.office import Office
from paizhu.services.out.classes import Release
from tests.unit.documents.blank_forms import LINE, lead_list
from tests.unit.documents.forms.compared import compare

FORMS = Path(__file__).resolve().parents[3] / "data" / "forms"
LEAD, TALK, REVIEW, UNIT, PERSON, MEASURE = (
    registers.register(key) for key in ("lead", "integrity_talk", "review_item", "unit", "person", "measure")
)
READY = {path.stem: path for path in Filling.ready_forms()}
LEADS = READY["问题线索处置情况统计表"]


@pytest.fixture
def filled(office: Office) -> Office:
    """A vault with leads, talks and items of February 2026, and some of other months."""
    for day, rank, mode in (
        ("2026-01-12", "县处级", "谈话函询"),
        ("2026-02-02", "县处级", "谈话函询"),
        ("2026-02-03", "乡科级", "初步核实"),
        ("2026-02-04", "乡科级", ""),
    ):
        more = {"mode": mode, "approved_at": f"{day[:8]}20"} if mode else {}
        office.records.save(
            LEAD,
            {"subject": f"示例{day}", "received_at": day, "summary": "反映收受礼品", "subject_rank": rank, **more},
        )
    for day, kind in (("2026-02-05", "提醒谈话"), ("2026-02-06", "约谈"), ("2026-01-05", "提醒谈话")):
        office.records.save(
            TALK,
            {"subject": f"干部{day}", "kind": kind, "planned_date": day, "start_at": f"{day} 09:00", "state": "held"},
        )
    for number in range(12):
        office.records.save(
            REVIEW,
            {
                "title": f"关于示例项目{number}的议题",
                "category": "大额资金使用",
                "amount": "486000",
                "unit_id": "示例一局",
                "planned_meeting_at": f"2026-02-{number + 1:02d} 09:00",
            },
        )
    return office


def cells(path: Path, sheet: str, *places: str) -> list[object]:
    book = openpyxl.load_workbook(path)
    return [book[sheet][place].value for place in places]


def test_figures_stand_where_their_labels_meet(filled: Office, tmp_path: Path) -> None:
    done = filled.filling.fill(LEADS, tmp_path / "线索.xlsx", "2026-02")
    assert cells(done.path, "线索处置", "B6", "C6", "B7", "C7", "D6", "E7", "D7", "J6") == [1, 2, 2, 2, 1, 1, 0, 0]
    assert cells(done.path, "线索处置", "I6") == ["=SUM(D6:H6)"]


def test_title_unit_person_and_day_are_filled(filled: Office, tmp_path: Path) -> None:
    done = filled.filling.fill(LEADS, tmp_path / "线索.xlsx", "2026-02")
    told = cells(done.path, "线索处置", "A1", "A2", "A12", "H12")
    assert told[0] == "2026年2月问题线索处置情况统计表"
    assert told[1] == "填报单位：驻某市示例局纪检监察组"
    assert told[2] == "填表人：陈守正"
    assert str(told[3]).replace(" ", "") == "报出日期：2026年3月16日"


def test_the_title_of_a_monthly_form_tells_a_whole_year(filled: Office, tmp_path: Path) -> None:
    done = filled.filling.fill(LEADS, tmp_path / "线索.xlsx", "2026")
    assert cells(done.path, "线索处置", "A1") == ["2026年1—12月问题线索处置情况统计表"]


def test_only_values_change(filled: Office, tmp_path: Path) -> None:
    done = filled.filling.fill(LEADS, tmp_path / "线索.xlsx", "2026-02")
    found = compare(LEADS, done.path)
    assert (found.added, found.removed, found.reshaped) == ((), (), ())


def test_behind_each_cell_stand_as_many_records(filled: Office, tmp_path: Path) -> None:
    done = filled.filling.fill(LEADS, tmp_path / "线索.xlsx", "2026-02")
    assert done.worked.cells
    for behind in done.worked.cells.values():
        assert behind.value == len(behind.records)
    assert {register for each in done.worked.cells.values() for register, _id in each.records} == {"lead"}


def test_a_list_longer_than_the_form_gets_rows(filled: Office, tmp_path: Path) -> None:
    done = filled.filling.fill(READY["三重一大会前审查台账"], tmp_path / "审查.xlsx", "2026-02")
    assert (done.rows, dict(done.inserted)) == (12, {"会前审查": 2})
    assert cells(done.path, "会前审查", "A15", "C4", "D4", "F4") == [12, "关于示例项目0的议题", "大额资金使用", 48.6]
    assert cells(done.path, "会前审查", "A16", "F16") == ["合计", "=SUM(F4:F15)"]


def test_the_period_asked_for_is_the_last_month(filled: Office) -> None:
    assert filled.filling.look(LEADS).period == "2026-02"
    assert filled.filling.look(READY["责任清单落实情况表"]).period == "2026"
    assert filled.filling.look(FORMS / "side_by_side.xlsx").period == "2025-Q4"


def test_leads_are_listed_only_with_a_reason(filled: Office, tmp_path: Path) -> None:
    blank = lead_list(tmp_path / "空表.xlsx")
    done = filled.filling.fill(blank, tmp_path / "一.xlsx", "2026-02")
    assert done.rows == 0
    assert any("须写明事由" in words for words in done.worked.withheld)
    again = filled.filling.fill(blank, tmp_path / "二.xlsx", "2026-02", release=Release("按通知报送"))
    assert again.rows == 3
    entry = filled.history.entries()[0]
    assert (entry.kind, entry.about["reason"]) == ("export", "按通知报送")


def test_every_filled_form_is_journalled(filled: Office, tmp_path: Path) -> None:
    filled.filling.fill(LEADS, tmp_path / "线索.xlsx", "2026-02")
    entry = filled.history.entries()[0]
    assert (entry.kind, entry.about["form"], entry.about["period"]) == ("export", LEADS.stem, "2026-02")


def test_what_was_pointed_at_is_remembered_for_the_next_month(filled: Office, tmp_path: Path) -> None:
    form = FORMS / "protected.xlsx"
    look = filled.filling.look(form)
    assert (look.known, look.wishes.cells["月报", "B3"].code) == (False, "I-503A")
    wishes = look.wishes.with_cell(("月报", "B3"), CellWish("I-202", (("mode", "check"),), "current", 1.0))
    worked = filled.filling.work(look, "2026-02", wishes)
    done = filled.filling.write(look, worked, tmp_path / "二月.xlsx")
    assert cells(done.path, "月报", "B3", "B5") == [1, 0]
    book = openpyxl.load_workbook(form)
    book["月报"]["A1"] = "2026年04月监督检查情况月报"
    book.save(tmp_path / "四月空表.xlsx")
    again = filled.filling.look(tmp_path / "四月空表.xlsx")
    assert (again.known, again.changed) == (True, "")
    assert again.wishes.cells["月报", "B3"].by == (("mode", "check"),)


def test_of_a_new_edition_only_the_change_is_asked(filled: Office, tmp_path: Path) -> None:
    look = filled.filling.look(FORMS / "mixed.xlsx")
    wishes = look.wishes.with_cell(("月报", "B4"), CellWish("I-202", (), "current", 1.0))
    filled.filling.remember(look, wishes)
    book = openpyxl.load_workbook(FORMS / "mixed.xlsx")
    sheet = book["月报"]
    sheet["E3"], sheet["F3"] = "上期", "备注"
    for row in range(3, 7):
        sheet[f"F{row}"].border = LINE
    book.save(tmp_path / "新版.xlsx")
    again = filled.filling.look(tmp_path / "新版.xlsx")
    assert again.known
    assert again.changed.startswith("表样已变：新增 1 列")
    asked = {place for (_sheet, place), wish in again.wishes.cells.items() if wish.asked}
    assert asked == {"E4", "E5", "E6"}
    assert again.wishes.cells["月报", "B4"].code == "I-202"
    assert again.wishes.cells["月报", "E4"].span == "previous"


def test_what_was_sent_is_frozen_and_later_differences_are_listed(filled: Office, tmp_path: Path) -> None:
    done = filled.filling.fill(LEADS, tmp_path / "线索.xlsx", "2026-02")
    assert filled.filling.differences(done.sent) == []
    filled.records.save(
        LEAD, {"subject": "补录", "received_at": "2026-02-27", "summary": "反映收受礼品", "subject_rank": "县处级"}
    )
    told = filled.filling.differences(filled.filling.sent()[0])
    assert any("B6" in words and "报送时为 1，现为 2" in words for words in told)
    assert filled.filling.sent()[0] == done.sent


def test_a_total_that_is_not_the_sum_of_its_parts_is_told(filled: Office) -> None:
    filled.records.save(LEAD, {"subject": "无职级", "received_at": "2026-02-09", "summary": "反映收受礼品"})
    look = filled.filling.look(LEADS)
    assert filled.filling.work(look, "2026-02").checks == ("新受理问题线索：有 1 件未注明职级，没有列入分项",)
    wishes = look.wishes.with_cell(("线索处置", "B10"), CellWish("I-201A", (), "current", 1.0))
    checks = filled.filling.work(look, "2026-02", wishes).checks
    assert any("分项之和 3" in words and "总数 4" in words for words in checks)


def test_a_cumulative_figure_is_held_against_what_was_sent(filled: Office, tmp_path: Path) -> None:
    filled.filling.fill(LEADS, tmp_path / "一月.xlsx", "2026-01")
    look = filled.filling.look(LEADS)
    assert filled.filling.work(look, "2026-02").checks == ()
    filled.records.save(
        LEAD, {"subject": "迟到", "received_at": "2026-01-20", "summary": "反映收受礼品", "subject_rank": "县处级"}
    )
    checks = filled.filling.work(look, "2026-02").checks
    assert any("累计 3，上期累计 1、本期 1" in words for words in checks)


def test_one_figure_is_the_same_in_all_forms_of_the_period(filled: Office, tmp_path: Path) -> None:
    filled.filling.fill(FORMS / "mixed.xlsx", tmp_path / "月报.xlsx", "2026-02")
    filled.records.save(LEAD, {"subject": "补录", "received_at": "2026-02-27", "summary": "反映收受礼品"})
    look = filled.filling.look(LEADS)
    wishes = look.wishes.with_cell(("线索处置", "B10"), CellWish("I-201A", (), "current", 1.0))
    checks = filled.filling.work(look, "2026-02", wishes).checks
    assert any("在各表中不一致" in words and "《mixed》 3" in words for words in checks)


def test_each_unit_has_its_row_and_nobody_is_lost(filled: Office, tmp_path: Path) -> None:
    for name in ("示例一局", "示例二局"):
        filled.records.save(UNIT, {"name": name})
    for number, (unit, kind) in enumerate((("示例一局", "党内警告"), ("示例一局", "政务记过"), ("", "党内警告"))):
        filled.records.save(
            MEASURE, {"subject": f"某{number}", "kind": kind, "decided_at": "2026-02-10", "unit_id": unit or None}
        )
    done = filled.filling.fill(FORMS / "punishments.xlsx", tmp_path / "处分.xlsx", "2026-02")
    assert cells(done.path, "立案处分", "B4", "J4", "D4", "B5", "J5", "D5") == ["示例一局", 1, 1, "示例二局", 0, 0]
    assert any("党内警告" in words and "总数 2" in words for words in done.worked.checks)


def test_a_list_of_columns_that_all_stay_inside_is_not_filled_with_empty_rows(filled: Office, tmp_path: Path) -> None:
    look = filled.filling.look(FORMS / "table_object.xlsx")
    wishes = look.wishes.with_list(("教育登记", 4), ListWish("integrity_talk", {"A": "lead_ref", "B": "plan"}, 1.0))
    worked = filled.filling.work(look, "2026-02", wishes)
    assert "“教育登记”第 4 行起的清单没有填：各列都不在可以报送的内容里" in worked.withheld
    assert filled.filling.write(look, worked, tmp_path / "报.xlsx").rows == 0


def test_a_list_can_be_pointed_at(filled: Office, tmp_path: Path) -> None:
    look = filled.filling.look(FORMS / "table_object.xlsx")
    key = ("教育登记", 4)
    assert any("还没有指定台账" in words for words in filled.filling.work(look, "2026-02").withheld)
    wishes = look.wishes.with_list(key, ListWish("integrity_talk", {"A": "start_at", "B": "subject"}, 1.0))
    worked = filled.filling.work(look, "2026-02", wishes)
    done = filled.filling.write(look, worked, tmp_path / "教育.xlsx")
    assert done.rows == 2
    assert cells(done.path, "教育登记", "B4", "B5") == ["干部2026-02-05", "干部2026-02-06"]


def test_a_list_goes_by_the_day_it_shows(filled: Office, tmp_path: Path) -> None:
    look = filled.filling.look(FORMS / "table_object.xlsx")
    filled.records.save(TALK, {"subject": "还没有谈的", "planned_date": "2026-02-20"})
    held = {"subject": "二月才谈的", "planned_date": "2026-01-30", "start_at": "2026-02-21 10:00"}
    filled.records.save(TALK, held)
    wishes = look.wishes.with_list(("教育登记", 4), ListWish("integrity_talk", {"A": "start_at", "B": "subject"}, 1.0))
    done = filled.filling.write(look, filled.filling.work(look, "2026-02", wishes), tmp_path / "教育.xlsx")
    assert done.rows == 3
    named = cells(done.path, "教育登记", "B4", "B5", "B6")
    assert "二月才谈的" in named
    assert "还没有谈的" not in named
    day = cells(done.path, "教育登记", f"A{4 + named.index('二月才谈的')}")[0]
    assert (getattr(day, "hour", 0), "日期" in str(cells(done.path, "教育登记", "A3")[0])) == (0, True)


def test_a_thousand_and_more_cells_are_worked_out_at_once(filled: Office) -> None:
    look = filled.filling.look(LEADS)
    wish = look.wishes.cells["线索处置", "B6"]
    wishes = look.wishes
    for number in range(1_200):
        wishes = wishes.with_cell(("线索处置", f"Z{number + 1}"), wish)
    assert len(filled.filling.work(look, "2026-02", wishes).cells) >= 1_200


def test_the_form_is_never_changed(filled: Office, tmp_path: Path) -> None:
    before = LEADS.read_bytes()
    filled.filling.fill(LEADS, tmp_path / "线索.xlsx", "2026-02")
    assert LEADS.read_bytes() == before


EVERY = [*READY.values(), *sorted(FORMS.glob("*.xls[xm]"))]


@pytest.mark.parametrize("form", EVERY, ids=lambda path: path.name)
def test_any_form_is_filled_with_nothing_but_values_and_lists_behind_them(
    filled: Office, tmp_path: Path, form: Path
) -> None:
    done = filled.filling.fill(form, tmp_path / f"填好{form.suffix}", "2026-02")
    found = compare(form, done.path)
    assert (found.added, found.removed) == ((), ())
    if not any(done.inserted.values()):
        assert found.reshaped == ()
    for behind in done.worked.cells.values():
        figure = behind.figure
        assert figure is not None
        if behind.wish.span != "grown" and figure.over is None:
            assert sum(entry.weight for entry in figure.entries) == behind.value
            assert len(set(figure.records)) == len(behind.records)


def test_a_row_for_each_month_is_counted_as_far_as_the_period_goes(filled: Office, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "按月"
    for place, words in {"A1": "2026年线索受理情况", "A2": "月份", "B2": "新受理问题线索（件）"}.items():
        sheet[place] = words
    for month in range(1, 13):
        sheet[f"A{month + 2}"] = f"{month}月"
    for row in range(2, 15):
        for column in "AB":
            sheet[f"{column}{row}"].border = LINE
    book.save(tmp_path / "按月.xlsx")
    done = filled.filling.fill(tmp_path / "按月.xlsx", tmp_path / "填好.xlsx", "2026-02")
    assert cells(done.path, "按月", "B3", "B4", "B5") == [1, 3, None]
    look = filled.filling.look(tmp_path / "按月.xlsx")
    assert look.known
    assert filled.filling.work(look, "2026-03").cells["按月", "B4"].value == 3


def test_a_form_without_any_place_is_not_sent(office: Office, tmp_path: Path) -> None:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet["A1"], sheet["A3"] = "关于开展学习的通知", "请各单位认真组织。"
    made.save(tmp_path / "通知.xlsx")
    with pytest.raises(NotAllowedError, match="没有认出要填的位置"):
        office.filling.fill(tmp_path / "通知.xlsx", tmp_path / "填好.xlsx", "2026-02")
    assert not (tmp_path / "填好.xlsx").exists()
    assert office.filling.sent() == []


def test_totals_are_told_where_they_stand_in_the_blank_form(filled: Office) -> None:
    look = filled.filling.look(READY["三重一大会前审查台账"])
    worked = filled.filling.shown(look, "2026-02")
    # Twelve items in a form of ten rows: the total moves down, and is told of the place it has in the blank form.
    assert worked.totals["会前审查", "F14"] == "583.2"


def test_a_department_with_matters_of_its_own_has_a_line_so_that_the_sum_is_whole(
    office: Office, tmp_path: Path
) -> None:
    for name, kind in (("示例一局", "驻在单位"), ("示例办公室", "内设机构"), ("示例财务处", "内设机构")):
        office.records.save(UNIT, {"name": name, "kind": kind})
    finding = registers.register("finding")
    for number, unit in enumerate(("示例一局", "示例办公室")):
        office.records.save(
            finding,
            {"problem": f"示例问题{number}", "duty_unit": unit, "unit_id": unit, "assigned_at": "2026-02-03"},
        )
    whole = READY["派驻监督统计报表（全套）"]
    look = office.filling.look(whole)
    worked = office.filling.work(look, "2026-02")
    assert not any("应整改" in words for words in worked.checks)
    done = office.filling.write(look, worked, tmp_path / "填好.xlsx")
    sheet = openpyxl.load_workbook(done.path, data_only=True)["10问题整改"]
    told = {sheet.cell(row, 2).value: sheet.cell(row, 3).value for row in range(6, 20)}
    assert (told["示例一局"], told["示例办公室"], told["合计"]) == (1, 1, 2)
    assert "示例财务处" not in told
