"""Habits of people who keep a ledger by hand for years: signs for 同上, codes other programs spoilt, half dates."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

from paizhu import registers
from paizhu.base import clock, values
from paizhu.base.register import Register
from paizhu.registers import register
from paizhu.services.importing.plan import SheetPlan
from paizhu.services.office import Office

TALKS = ["谈话时间", "谈话对象", "对象单位", "谈话类型", "主谈人", "谈话内容"]
Rows = list[list[Any]]
ROSTER = ["姓名", "身份证号", "联系电话", "入党时间", "学历"]


def book(path: Path, rows: Rows, *merged: str) -> Path:
    made = Workbook()
    for row in rows:
        made.active.append(list(row))  # type: ignore[union-attr]  # a new workbook has a sheet
    for each in merged:
        made.active.merge_cells(each)  # type: ignore[union-attr]  # a new workbook has a sheet
    made.save(path)
    return path


def sheet(office: Office, path: Path) -> SheetPlan:
    (made,) = office.importing.plan(path).sheets
    return made


def test_signs_for_the_same_as_above_are_read_as_what_stands_above(office: Office, tmp_path: Path) -> None:
    rows: Rows = [
        TALKS,
        ["2025.3.5", "柳青", "规划处", "提醒谈话", "周正言", "提醒"],
        ["2025.3.6", "武大山", "〃", "同上", '"', "同上次一样"],
        ["小计", None, None, None, None, None],
        ["2025.3.7", "施小满", "〃", "〃", "〃", None],
    ]
    made = sheet(office, book(tmp_path / "谈话.xlsx", rows))
    for number in (3, 5):
        told = made.row(number).values
        assert (told["subject_unit"], told["kind"]) == ("规划处", "reminder")
        assert values.show(register("integrity_talk").field("talker"), told["talker"]) == "周正言"
    assert made.row(3).values["record"] == "同上次一样"
    assert "写着“〃”“同上”的 6 格，按上面一行的内容读入。" in made.notes


def test_a_sign_without_anything_above_it_stays_as_it_is_written(office: Office, tmp_path: Path) -> None:
    rows: Rows = [
        TALKS,
        ["2025.3.5", "柳青", "〃", "提醒谈话", None, None],
        ["2025.3.6", "武大山", "〃", "提醒谈话", "〃", None],
    ]
    made = sheet(office, book(tmp_path / "谈话.xlsx", rows))
    assert [row.values["subject_unit"] for row in made.rows()] == ["〃", "〃"]
    assert not any("同上" in note for note in made.notes)


def test_what_this_program_wrote_means_what_it_says(office: Office, tmp_path: Path) -> None:
    rows: Rows = [TALKS, *(["2025.3.5", name, "同上" if name == "武大山" else "规划处"] for name in ("柳青", "武大山"))]
    office.importing.apply(office.importing.plan(book(tmp_path / "谈话.xlsx", rows)))
    office.records.save(register("integrity_talk"), {"subject_unit": "同上"}, 2, 1)
    office.exporting.export(tmp_path / "出.xlsx", ["integrity_talk"])
    plan = office.importing.plan(tmp_path / "出.xlsx")
    assert {row.outcome for each in plan.sheets for row in each.rows()} == {"same"}


def test_a_second_heading_row_under_a_group_needs_no_other_merged_cells(office: Office, tmp_path: Path) -> None:
    rows: Rows = [
        ["议题名称", "类别", "拟上会时间", "表决情况", None, "备注"],
        [None, None, None, "同意票", "反对票", None],
        ["示例维修", "大额资金", "2025.9.8", 7, 1, "无"],
    ]
    merged = sheet(office, book(tmp_path / "一.xlsx", rows, "D1:E1"))
    plain = sheet(office, book(tmp_path / "二.xlsx", rows))
    for made in (merged, plain):
        assert made.facts.header_rows == (1, 2)
        assert (made.row(3).values["vote_for"], made.row(3).values["vote_against"]) == (7, 1)
        assert made.tally().refused == 0


def test_of_two_columns_under_one_heading_the_filled_one_is_meant(office: Office, tmp_path: Path) -> None:
    rows: Rows = [
        ["谈话时间", "谈话对象", "谈话事由", None, "谈话内容"],
        ["2025.3.5", "柳青", "没有这种事由", None, "提醒"],
        ["2025.3.6", "武大山", "也没有", None, "提醒"],
    ]
    made = sheet(office, book(tmp_path / "谈话.xlsx", rows, "C1:D1"))
    assert {column.letter: column.path for column in made.columns}["C"] == "reason"


def test_a_cell_that_is_missing_is_never_told_as_the_word_none(office: Office, tmp_path: Path) -> None:
    rows: Rows = [["议题名称", "类别", "拟上会时间", "备注"], [None, "大额资金", "2025.9.8", "漏写了议题"]]
    (problem,) = sheet(office, book(tmp_path / "议题.xlsx", rows)).row(2).problems
    assert (problem.code, problem.value) == ("required", "")


CODES = [
    ("'110101199003071234", "id_no", "110101199003071234"),
    ("13900000011.0", "phone", "13900000011"),
    ("1.3900000012E10", "phone", "13900000012"),
    ("1.3900000012e+10", "phone", "13900000012"),
    ("0531-8888000", "phone", "0531-8888000"),
]


@pytest.mark.parametrize(("words", "name", "meant"), CODES, ids=[each[0] for each in CODES])
def test_a_code_that_another_program_spoilt_is_read_as_it_was_meant(
    office: Office, tmp_path: Path, words: str, name: str, meant: str
) -> None:
    at = {"id_no": 1, "phone": 2}[name]
    row: list[Any] = ["柳青", "", "", "2001.7", "大专"]
    row[at] = words
    path = tmp_path / "名册.csv"
    path.write_text("\n".join(",".join(map(str, each)) for each in (ROSTER, row)), encoding="gb18030")
    told = sheet(office, path).row(2)
    assert told.values[name] == meant
    assert told.problems == ()


def test_a_code_whose_digits_are_lost_is_told_and_not_taken(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "名册.csv"
    path.write_text(f"{','.join(ROSTER)}\n柳青,1.10101E+17,1.39E+10,2001.7,大专\n", encoding="utf-8")
    told = sheet(office, path).row(2)
    assert [(each.column, each.code) for each in told.problems] == [("B", "lost_digits"), ("C", "lost_digits")]
    assert told.values.get("id_no") is None
    assert told.extra["身份证号"] == "1.10101E+17"


def test_a_year_alone_says_that_the_month_is_missing(office: Office, tmp_path: Path) -> None:
    rows: Rows = [ROSTER, ["柳青", None, None, "1995年", "大专"]]
    (problem,) = sheet(office, book(tmp_path / "名册.xlsx", rows)).row(2).problems
    assert (problem.code, problem.message) == ("no_month", "“1995年”只写到年份，请补上月份，例如 2026-03")


def test_of_a_span_of_days_its_first_day_is_proposed(office: Office, tmp_path: Path) -> None:
    rows: Rows = [TALKS, ["2025-9-3 至 9-5", "柳青", "规划处", "日常", "周正言", "谈话"]]
    made = sheet(office, book(tmp_path / "谈话.xlsx", rows))
    (problem,) = made.row(2).problems
    assert (problem.code, problem.proposal) == ("is_range", "2025-09-03")
    assert made.mend(2, 0, problem.proposal).values["start_at"] == date(2025, 9, 3)


def test_the_words_of_a_limit_that_is_no_day_are_kept_whole(office: Office, tmp_path: Path) -> None:
    rows: Rows = [["责任主体", "责任内容", "完成时限"], ["示例局", "按月督促", "每月25日前"]]
    told = sheet(office, book(tmp_path / "清单.xlsx", rows)).row(2)
    assert told.problems[0].value == "每月25日前"
    assert told.extra == {"完成时限": "每月25日前"}


NEAR = [
    ("提醒谈活", "提醒谈话"),
    ("有条件同意上会", ""),
    ("党校研究生", ""),
    ("财政资金", ""),
    ("基本属实", ""),
    ("部份属实", "部分属实"),
]


@pytest.mark.parametrize(("words", "label"), NEAR, ids=[each[0] for each in NEAR])
def test_only_a_slip_is_proposed_and_never_what_the_words_deny(words: str, label: str) -> None:
    places = {
        "提醒谈活": ("integrity_talk", "kind"),
        "有条件同意上会": ("review_item", "opinion"),
        "党校研究生": ("person", "education"),
        "财政资金": ("review_item", "fund_source"),
    }
    key, name = places.get(words, ("petition", "result"))
    near = values.proposals(register(key).field(name), words)
    assert (near[0].label if near else "") == label


def test_the_title_of_a_second_table_is_told_as_one(office: Office, tmp_path: Path) -> None:
    head = ["序号", "责任主体", "责任内容", "完成时限"]
    rows: Rows = [
        head,
        [1, "示例局", "研究部署", "2026.6.30"],
        ["监督责任"],
        head,
        [1, "示例组", "节前检查", "2026.1.20"],
    ]
    made = sheet(office, book(tmp_path / "清单.xlsx", rows))
    assert made.skipped == [(3, "另一张表的标题"), (4, "重复的表头")]


YEARS: Rows = [
    TALKS,
    ["2023.5.3", "柳青", "规划处", "日常", "周正言", "一"],
    ["5月18日", "武大山", "规划处", "日常", "周正言", "二"],
    ["2024.6.20", "施小满", "财务处", "日常", "周正言", "三"],
    ["7月1日", "钱多福", "财务处", "日常", "周正言", "四"],
]


def test_a_date_without_a_year_keeps_its_year_whatever_is_done_to_its_row(office: Office, tmp_path: Path) -> None:
    made = sheet(office, book(tmp_path / "谈话.xlsx", YEARS))
    days = {3: date(2023, 5, 18), 5: date(2024, 7, 1)}
    assert {number: made.row(number).values["start_at"] for number in days} == days
    assert made.mend(3, 5, "另外的内容").values["start_at"] == days[3]
    assert made.reconsider(3).values["start_at"] == days[3]
    made.answer("person", "武大山", None, [3, 5])
    assert {number: made.row(number).values["start_at"] for number in days} == days
    assert made.mend(2, 0, "2019.5.3").values["start_at"] == date(2019, 5, 3)
    assert made.row(5).values["start_at"] == days[5]
    assert made.mend(5, 0, "8月1日").values["start_at"] == date(2024, 8, 1)


def test_the_year_above_reaches_over_many_rows(office: Office, tmp_path: Path) -> None:
    rows: Rows = [TALKS, *([f"{2000 + at // 100}.3.5", f"甲{at}", None, "日常", None, None] for at in range(2500))]
    rows[2100][0] = "4月6日"
    made = sheet(office, book(tmp_path / "谈话.xlsx", rows))
    assert made.row(2101).values["start_at"] == date(2020, 4, 6)
    assert made.mend(1501, 0, "4月7日").values["start_at"] == date(2014, 4, 7)


def test_the_explanations_of_an_empty_form_are_no_ledger_and_its_rows_stand_for_no_record(
    office: Office, tmp_path: Path
) -> None:
    path = office.exporting.template("integrity_talk", tmp_path / "空表.xlsx")
    form = load_workbook(path)
    heads = {str(cell.value).strip("*"): at for at, cell in enumerate(form["廉政谈话"][3], 1)}
    for words, value in (("谈话对象", "柳青"), ("计划日期", "2025.3.5")):
        form["廉政谈话"].cell(4, heads[words], value)
    form.save(path)
    plan = office.importing.plan(path)
    assert (plan.unknown, plan.counts()["new"], plan.sheets[0].notes) == ([], 1, ())
    office.importing.apply(plan)
    office.exporting.export(tmp_path / "出.xlsx", ["integrity_talk"])
    (again,) = office.importing.plan(tmp_path / "出.xlsx").sheets
    assert again.notes == (
        "这是本程序导出的表：从表里删去的行不会删除台账里的记录。",
        "“入档、统计归属月”由程序自动算出，不从表里读入。",
    )


def test_what_is_left_open_in_a_form_filled_by_hand_empties_no_record(office: Office, tmp_path: Path) -> None:
    """The form has every column: of a person that stands, two cells filled in would have emptied all the others."""
    known = {"name": "柳青", "unit_now": "规划处", "gender": "女", "birth": "1980-03", "phone": "13900000001"}
    person = office.records.save(register("person"), known).records[0][1]
    path = office.exporting.template("person", tmp_path / "空表.xlsx")
    form = load_workbook(path)
    heads = {str(cell.value).strip("*"): at for at, cell in enumerate(form["人员"][3], 1)}
    for words, value in (("姓名", "柳青"), ("现任单位", "规划处"), ("现任职务", "处长")):
        form["人员"].cell(4, heads[words], value)
    form.save(path)
    (made,) = office.importing.plan(path).sheets
    row = made.row(4)
    assert (row.outcome, row.id, dict(row.values)) == ("changed", person, {"post_now": "处长"})
    # A row this program wrote says of the record what stands in it: there an empty cell is one that was emptied.
    office.exporting.export(tmp_path / "出.xlsx", ["person"])
    out = load_workbook(tmp_path / "出.xlsx")
    heads = {str(cell.value): at for at, cell in enumerate(out["人员"][3], 1)}
    out["人员"].cell(4, heads["性别"]).value = None
    out.save(tmp_path / "出.xlsx")
    (made,) = office.importing.plan(tmp_path / "出.xlsx").sheets
    assert dict(made.row(4).values) == {"gender": None}


def test_signs_are_read_in_a_pasted_block_too(office: Office) -> None:
    cells = [["2025.3.5", "柳青", "规划处"], ["2025.3.6", "武大山", "〃"], ["2025.3.7", "", "同上"]]
    (made,) = office.importing.plan_cells("integrity_talk", cells, ["start_at", "subject", "subject_unit"]).sheets
    assert [made.row(number).values.get("subject_unit") for number in (1, 2)] == ["规划处", "规划处"]
    assert made.row(3).outcome == "refused"


def test_the_title_over_a_table_tells_which_of_two_like_registers_it_is(office: Office, tmp_path: Path) -> None:
    head = ["编号", "来源", "被反映人", "反映问题", "收件日期", "办理情况"]
    rows: Rows = [["一、廉政谈话"], ["日期", "对象", "职务", "内容"], ["2025.1.8", "柳青", "处长", "收心"]]
    rows += [["二、问题线索"], head, ["线1", "信访", "钱多福", "吃请", "2025.6.1", "了结"]]
    plan = office.importing.plan(book(tmp_path / "台账.xlsx", rows))
    assert [each.register.key for each in plan.sheets] == ["integrity_talk", "lead"]


def test_a_column_of_kinds_is_known_by_what_stands_in_it(office: Office, tmp_path: Path) -> None:
    rows: Rows = [["类别", "责任主体", "责任内容", "完成时限"]]
    rows += [[kind, "示例局", f"任务{at}", f"2026.{at}.1"] for at, kind in enumerate(("主体责任", "监督责任"), 3)]
    made = sheet(office, book(tmp_path / "清单.xlsx", rows))
    assert made.row(2).values["duty_kind"] is not None
    assert made.tally().look == 0
    talks: Rows = [["日期", "对象", "谈话方式"], ["2025.1.8", "柳青", "提醒谈话"], ["2025.2.8", "武大山", "约谈"]]
    kinds = [row.values["kind"] for row in sheet(office, book(tmp_path / "谈话.xlsx", talks)).rows()]
    assert kinds == ["reminder", "summons"]


@pytest.mark.parametrize("kind", registers.REGISTERS, ids=lambda each: each.key)
def test_the_empty_form_of_any_register_is_a_ledger_of_one_table(
    office: Office, kind: Register, tmp_path: Path
) -> None:
    path = office.exporting.template(kind.key, tmp_path / "空表.xlsx")
    assert not office.filling.is_blank_form(path), "dropped on the window it is imported"
    form = load_workbook(path)
    table = form[form.sheetnames[0]]
    heads = {str(cell.value).strip("*"): at for at, cell in enumerate(table[3], 1)}
    label = next((field.label for field in kind.fields if field.required), kind.fields[1].label)
    table.cell(4, heads[label], "示例")
    form.save(path)
    plan = office.importing.plan(path)
    assert [(sheet.register.key, len(sheet.numbers())) for sheet in plan.sheets] == [(kind.key, 1)]
    assert not office.filling.is_blank_form(path)


def test_a_month_and_a_day_typed_into_a_cell_for_days_are_told_and_no_day_of_1900(
    office: Office, tmp_path: Path
) -> None:
    path = office.exporting.template("integrity_talk", tmp_path / "空表.xlsx")
    made = load_workbook(path)
    ledger = made["廉政谈话"]
    heads = {cell.value: get_column_letter(at) for at, cell in enumerate(ledger[3], 1)}
    day, who = heads["计划日期"], heads["谈话对象"]
    # As a spreadsheet keeps what is typed there: a day, 12.8 as a number, 12.10 as one without its last zero.
    days: tuple[date | float, ...] = (date(2025, 12, 3), 12.8, 12.1, 12)
    for row, typed in enumerate(days, 4):
        ledger[f"{day}{row}"], ledger[f"{who}{row}"] = typed, f"示例{row}"
        ledger[f"{day}{row}"].number_format = "yyyy-mm-dd"
    made.save(path)
    found = sheet(office, path)
    assert found.row(4).values["planned_date"] == date(2025, 12, 3)
    assert found.row(5).values["planned_date"] == date(2025, 12, 8)
    assert [each.message for each in found.row(5).problems if each.code == "year"] == [
        "日期格里写的月日被存成了 1900 年，按 2025-12-08 理解，请核对"
    ]
    for row, words in ((6, "分不清是 1 还是 10"), (7, "不是日期")):
        assert any(words in each.message for each in found.row(row).problems)
        assert found.row(row).outcome == "refused"


def test_words_for_a_state_that_are_none_of_ours_are_kept_and_asked_about(office: Office, tmp_path: Path) -> None:
    lead = register("lead")
    heads = ["线索编号", "被反映人", "问题摘要", "受理日期", "来源", "办理状态"]
    row = ["线〔2025〕002", "示例人员甲", "示例问题", "2025-03-05", "信访", "初核实中"]
    ledger = book(tmp_path / "线索.xlsx", [heads, row])
    plan = office.importing.plan(ledger)
    (planned,) = plan.sheets[0].rows()
    asked = next(each for each in planned.problems if each.field == "state")
    assert (planned.outcome, planned.values["state"]) == ("new", "registered")
    assert (asked.code, asked.severity, asked.value) == ("unknown_choice", "warning", "初核实中")
    assert (asked.proposal, asked.message.endswith("；是不是“初步核实中”？")) == ("初步核实中", True)
    assert "先按其余各栏推定，原文留在记录的“原表其他内容”里" in asked.message
    made = next(iter(office.importing.apply(plan).ids.values()))
    kept = office.records.get(lead, made)
    assert (kept.values["state"], dict(kept.extra)) == ("registered", {"办理状态": "初核实中"})
    again = office.importing.plan(ledger).counts()
    assert (again["same"], again["refused"]) == (1, 0)
    # Written as it was meant, the ledger moves the record on; misspelt again, it does not take it back.
    office.importing.apply(office.importing.plan(book(tmp_path / "改正.xlsx", [heads, [*row[:-1], "初步核实中"]])))
    assert office.records.get(lead, made).values["state"] == "checking"
    assert office.importing.plan(ledger).counts()["same"] == 1


def test_a_pasted_plan_without_a_year_is_the_next_one_and_a_ledger_keeps_its_own(
    office: Office, tmp_path: Path
) -> None:
    cells: Rows = [["计划日期", "谈话对象", "谈话类型"], ["1.30", "示例甲", "日常"], ["12.8", "示例乙", "日常"]]
    with clock.clock_at(datetime(2026, 11, 30, 9, 0)):
        (pasted,) = office.importing.plan_cells("integrity_talk", cells).sheets
        assert [row.values["planned_date"] for row in pasted.rows()] == [date(2027, 1, 30), date(2026, 12, 8)]
        (told, *_) = next(iter(pasted.rows())).problems
        assert told.message == "没有写年份，按 2027 年理解，请核对"
        # A year that is written above tells those below it, as in a ledger.
        (pasted,) = office.importing.plan_cells(
            "integrity_talk", [cells[0], ["2025.12.8", "示例丙", "日常"], *cells[1:]]
        ).sheets
        assert [row.values["planned_date"].year for row in pasted.rows()] == [2025, 2025, 2025]  # type: ignore[union-attr]  # days
        book(tmp_path / "谈话.xlsx", cells)
        (ledger,) = office.importing.plan(tmp_path / "谈话.xlsx", "integrity_talk").sheets
        assert [row.values["planned_date"] for row in ledger.rows()] == [date(2026, 1, 30), date(2026, 12, 8)]
