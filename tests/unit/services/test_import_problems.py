"""Problems out of 巡察, 审计 and one's own checks, each kept in its own way: one import, one register, one undo."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from paizhu import registers
from paizhu.base.rows import Ref, Row
from paizhu.base.view import View
from paizhu.services.office import Office

FINDING, ACTIVITY, UNIT = map(registers.register, ("finding", "supervision_activity", "unit"))


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """Three sheets as three offices keep them: merged title, two-row head, grouped cells, totals, footers."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "巡察整改"
    sheet.append(["市委第三巡察组反馈意见整改台账（示例）"])
    sheet.merge_cells("A1:I1")
    heads = [
        "序号",
        "问题来源",
        "巡察反馈问题",
        "整改责任单位",
        "责任人",
        "整改措施",
        "整改时限",
        "完成情况",
        "销号时间",
    ]
    sheet.append([name if name != "巡察反馈问题" else "存在问题" for name in heads])
    sheet.append(
        [
            1,
            "市委第三巡察组反馈",
            "招标投诉台账\n更新不及时",
            "示例一处",
            "甲某",
            "每月更新",
            "2026年4月30日",
            "整改中",
            None,
        ]
    )
    sheet.append([2, None, "会议记录不规范", "示例一处", "乙某", "修订模板", "立行立改", "已完成", "2026.3.2"])
    sheet.merge_cells("B3:B4")
    sheet.append(["合计", None, "2 个"])
    sheet.append(["填表人：丙某", None, None, None, None, "审核人：丁某"])
    audit = book.create_sheet("审计移交")
    audit.append(["来源类别", "审计发现问题", "责任部门", "整改期限", "整改情况", "是否完成"])
    audit["B1"] = "问题描述"
    audit.append(["审计", "差旅费 3 笔缺审批单", "示例二处", "2026/4/15", "正在补办", "整改中"])
    own = book.create_sheet("检查发现")
    own.append(["检查名称", "发现问题", "被检查单位", "检查时间", "整改要求"])
    own.append(["示例公示专项检查", "公示期不足", "示例一处", "3月10日", "统一模板"])
    own.append(["示例公示专项检查", "没有受理电话", "示例一处", "3月10日", "统一模板"])
    path = tmp_path / "问题整改台账.xlsx"
    book.save(path)
    return path


def brought_in(office: Office, ledger: Path) -> tuple[list[Row], int]:
    for name in ("示例一处", "示例二处"):
        office.records.save(UNIT, {"name": name})
    office.records.save(ACTIVITY, {"title": "示例公示专项检查", "start_date": "2026-03-10"})
    plan = office.importing.plan(ledger)
    assert [sheet.register.key for sheet in plan.sheets] == ["finding"] * 3
    done: Any = office.importing.apply(plan)
    plan.drop()
    rows = office.records.window(View("finding").ordered("no"), 0, 20)
    return rows, office.history.entries()[0].id if done else 0


def test_three_ledgers_of_problems_come_into_one_register(office: Office, ledger: Path) -> None:
    rows, entry = brought_in(office, ledger)
    told = {str(row.values["problem"]).replace("\n", ""): row for row in rows}
    assert set(told) == {
        "招标投诉台账更新不及时",
        "会议记录不规范",
        "差旅费 3 笔缺审批单",
        "公示期不足",
        "没有受理电话",
    }
    kinds = {name: row.values.get("source_kind") for name, row in told.items()}
    assert kinds == {
        "招标投诉台账更新不及时": "inspection", "会议记录不规范": "inspection", "差旅费 3 笔缺审批单": "audit",
        "公示期不足": "check", "没有受理电话": "check",
    }  # fmt: skip
    first = told["招标投诉台账更新不及时"]
    assert (str(first.values["due"]), first.state) == ("2026-04-30", "rectifying")
    assert told["会议记录不规范"].state == "closed"
    assert str(told["差旅费 3 笔缺审批单"].values["due"]) == "2026-04-15"
    source = told["公示期不足"].values["source_ref"]
    assert isinstance(source, Ref)
    assert (source.register, source.id) == ("supervision_activity", 1)
    assert office.records.get(ACTIVITY, 1).values["findings"] == 2
    office.history.undo(entry)
    assert office.records.count(View("finding")) == 0
    assert office.records.get(ACTIVITY, 1).values["findings"] in (0, None)


def test_the_same_ledger_again_changes_nothing(office: Office, ledger: Path) -> None:
    brought_in(office, ledger)
    plan = office.importing.plan(ledger)
    assert [sheet.counts()["new"] for sheet in plan.sheets] == [0, 0, 0]
    plan.drop()


def test_old_ledgers_of_checks_and_letters_come_in_by_their_heads(office: Office, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "监督检查"
    sheet.append(
        ["序号", "检查时间", "检查名称", "监督重点", "检查对象", "检查组成员", "检查情况", "反馈方式", "反馈时间"]
    )
    sheet.append(
        [1, "2025.3.6", "节日作风检查", "中央八项规定精神", "示例一处", "甲某、乙某", "抽查 3 家", "书面", "2025.3.9"]
    )
    letters = book.create_sheet("建议书")
    letters.append(["文号", "文书种类", "主送单位", "事由", "起因", "送达时间", "回复期限", "回复时间", "采纳情况"])
    letters.append(
        [
            "示纪建〔2025〕2号",
            "纪律检查建议书",
            "示例一处",
            "关于公示的建议",
            "专项检查",
            "2025.4.2",
            "2025.5.2",
            "2025.4.30",
            "全部",
        ]
    )
    path = tmp_path / "旧台账.xlsx"
    book.save(path)
    office.records.save(UNIT, {"name": "示例一处"})
    plan = office.importing.plan(path)
    assert [sheet.register.key for sheet in plan.sheets] == ["supervision_activity", "proposal"]
    office.importing.apply(plan)
    plan.drop()
    check = office.records.get(ACTIVITY, 1)
    assert (check.state, check.values["theme"], check.values["feedback"]) == ("fed_back", "eight_rules", "sheet")
    letter = office.records.get(registers.register("proposal"), 1)
    assert (letter.values["kind"], letter.values["doc_no"], letter.state) == (
        "discipline",
        "示纪建〔2025〕2号",
        "replied",
    )
    assert letter.values["adopted"] == "adopted"


def test_what_is_exported_comes_back_the_same_though_leads_stay_inside(office: Office, tmp_path: Path) -> None:
    office.records.save(ACTIVITY, {"title": "示例检查", "start_date": "2026-03-10", "lead_refs": "线〔2026〕0001"})
    office.exporting.export(tmp_path / "台账.xlsx", [ACTIVITY.key])
    plan = office.importing.plan(tmp_path / "台账.xlsx")
    (sheet,) = [each for each in plan.sheets if each.register is ACTIVITY]
    assert (sheet.counts()["same"], sheet.counts()["changed"]) == (1, 0)
    plan.drop()


def test_the_counts_of_an_old_ledger_of_checks_are_kept_as_words(office: Office, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["检查时间", "检查名称", "监督重点", "检查对象", "检查情况", "发现问题数", "采纳数"])
    sheet.append(["2025.3.6", "节日作风检查", "作风", "示例一处", "抽查 3 家", 6, 3])
    path = tmp_path / "监督检查台账.xlsx"
    book.save(path)
    plan = office.importing.plan(path)
    office.importing.apply(plan)
    plan.drop()
    row = office.records.get(ACTIVITY, 1)
    assert (row.values["findings"], dict(row.extra)) == (None, {"发现问题数": "6", "采纳数": "3"})
