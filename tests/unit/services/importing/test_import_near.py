"""Entries that may be one matter entered twice: shown with the other beside them, never merged silently."""

import random
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from paizhu import registers
from paizhu.base.rows import Ref, Value
from paizhu.base.view import View
from paizhu.registers.likeness import LIKENESS
from paizhu.rules.alike import same_matter, same_organisation
from paizhu.services.importing import near as import_near
from paizhu.services.importing.ledgers import Plan
from paizhu.services.importing.near import NEAR, NearRows
from paizhu.services.importing.plan import SheetPlan
from paizhu.services.office import Office

TALKS = ["姓名", "谈话类型", "计划日期", "谈话内容"]
ITEMS = ["议题名称", "拟上会日期", "金额(万元)"]
LETTERS = ["收件日期", "被反映人", "举报方式", "主要问题摘要", "是否重复件"]


def book(path: Path, head: Sequence[object], *rows: Sequence[object]) -> Path:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(list(head))
    for row in rows:
        sheet.append(list(row))
    made.save(path)
    return path


def brought(office: Office, path: Path, key: str) -> Plan:
    plan = office.importing.plan(path, key)
    office.importing.apply(plan)
    return plan


def outcomes(plan: Plan) -> list[str]:
    return [row.outcome for sheet in plan.sheets for row in sheet.rows()]


def codes(sheet: SheetPlan, row: int) -> list[str]:
    return [problem.code for problem in sheet.row(row).problems]


def test_every_stated_combination_names_fields_of_its_register() -> None:
    for key, likes in LIKENESS.items():
        register = registers.register(key)
        for like in likes:
            names = (*like.same, *like.agree, *filter(None, (like.day, like.like, like.unless)))
            assert [name for name in names if not register.has(name)] == []
            assert like.same or like.day or like.named, f"{key} would compare every row with every other"
            assert bool(like.like) == bool(like.least or like.named)


def test_a_talk_a_day_off_is_shown_beside_the_one_that_stands(office: Office, tmp_path: Path) -> None:
    brought(office, book(tmp_path / "一.xlsx", TALKS, ["丁海波", "提醒谈话", "2025-07-15", "提醒"]), "integrity_talk")
    (standing,) = office.records.ids(View("integrity_talk"))
    path = book(
        tmp_path / "二.xlsx",
        TALKS,
        ["丁海波", "提醒谈话", "2025.7.16", "提醒"],
        ["丁海波", "任前谈话", "2025.7.14", "任前"],
        ["丁海波", "提醒谈话", "2025.7.19", "提醒"],
        ["田玉芳", "提醒谈话", "2025.7.16", "提醒"],
        ["丁海波", "提醒谈话", "2025.7.17", "就信访反映的作风问题当面核实"],
    )
    plan = office.importing.plan(path, "integrity_talk")
    (sheet,) = plan.sheets
    assert outcomes(plan) == ["doubtful", "new", "new", "new", "new"]
    assert codes(sheet, 2)[0] == NEAR
    assert sheet.row(2).candidates == (standing,)
    told = {each.name: (each.here, each.there, each.differs) for each in sheet.beside(2, standing)}
    assert told["planned_date"] == ("2025-07-16", "2025-07-15", True)
    assert told["subject"] == ("丁海波", "丁海波", False)
    assert next(iter(told)) == "planned_date"
    office.importing.apply(plan)
    assert office.records.count(View("integrity_talk")) == 5


def test_the_officer_decides_new_this_one_or_skipped(office: Office, tmp_path: Path) -> None:
    brought(office, book(tmp_path / "一.xlsx", TALKS, ["丁海波", "提醒谈话", "2025-07-15", "提醒"]), "integrity_talk")
    (standing,) = office.records.ids(View("integrity_talk"))
    path = book(tmp_path / "二.xlsx", TALKS, ["丁海波", "提醒谈话", "2025.7.16", "提醒"])
    plan = office.importing.plan(path, "integrity_talk")
    (sheet,) = plan.sheets
    assert sheet.take(2).outcome == "new"
    assert sheet.reconsider(2).outcome == "doubtful"
    changed = sheet.take(2, standing)
    assert (changed.outcome, changed.id, changed.before) == ("changed", standing, {"planned_date": date(2025, 7, 15)})
    assert sheet.reconsider(2).outcome == "doubtful"
    assert sheet.skip(2).problems == ()
    tally = sheet.tally()
    assert (tally.left, tally.doubtful, tally.total) == (1, 0, 1)
    office.importing.apply(plan, all_or_nothing=True)
    assert office.records.count(View("integrity_talk")) == 1


def test_a_row_like_an_earlier_row_of_the_same_ledger_waits(office: Office, tmp_path: Path) -> None:
    rows = [["关于购置办公设备的请示", "2026-03-05", 12], ["购置办公设备", "2026-03-05", 12]]
    rows += [["第一标段施工招标", "2026-03-05", 30], ["第二标段施工招标", "2026-03-05", 30]]
    rows += [["城东片区管网改造项目", "2026-03-05", 30], ["城西片区管网改造项目", "2026-03-05", 30]]
    path = book(tmp_path / "议题.xlsx", ITEMS, *rows)
    plan = office.importing.plan(path, "review_item")
    (sheet,) = plan.sheets
    assert outcomes(plan) == ["new", "doubtful", "new", "new", "new", "new"]
    assert sheet.row(3).candidates == (-2,)
    assert [each.name for each in sheet.beside(3, -2) if each.differs] == ["title"]
    # Another sum tells the two apart; mended so, nothing waits.
    assert sheet.mend(3, 2, "15").outcome == "new"
    assert sheet.mend(3, 2, "12").outcome == "doubtful"


@pytest.mark.parametrize(
    ("key", "head", "standing", "rows"),
    [
        (
            "supervision_activity",
            ["检查名称", "开始日期", "类型"],
            ["大额资金使用专项检查", "2026-03-05", "专项检查"],
            [["大额资金使用的专项检查", "2026-03-06", "专项检查"], ["大额资金使用专项检查", "2026-05-05", "专项检查"]],
        ),
        (
            "proposal",
            ["标题", "主送单位", "签发日期", "文号"],
            ["关于规范公务接待的建议", "示例处", "2026-03-05", ""],
            [
                ["关于规范公务接待的监察建议", "示例处", "2026-03-06", "示纪监〔2026〕3号"],
                ["关于规范公务接待的监察建议", "示例二处", "2026-03-06", ""],
            ],
        ),
    ],
)
def test_a_check_and_a_letter_entered_twice_are_shown_too(
    office: Office, tmp_path: Path, key: str, head: list[str], standing: list[str], rows: list[list[str]]
) -> None:
    brought(office, book(tmp_path / "一.xlsx", head, standing), key)
    plan = office.importing.plan(book(tmp_path / "二.xlsx", head, *rows), key)
    assert outcomes(plan) == ["doubtful", "new"]


def test_a_row_mended_meanwhile_is_like_nothing_it_said_before(office: Office, tmp_path: Path) -> None:
    rows = [["丁海波", "提醒谈话", "2025.7.15", ""], ["田玉芳", "提醒谈话", "2025.7.16", ""]]
    plan = office.importing.plan(book(tmp_path / "一.xlsx", TALKS, *rows), "integrity_talk")
    (sheet,) = plan.sheets
    assert sheet.mend(2, 0, "吴建平").outcome == "new"
    assert sheet.mend(3, 0, "丁海波").outcome == "new"
    assert sheet.mend(3, 0, "吴建平").outcome == "doubtful"


def test_a_letter_that_is_known_to_repeat_another_is_not_asked_about(office: Office, tmp_path: Path) -> None:
    told = "反映其在项目招标中收受供应商礼品礼金并打招呼"
    rows = [
        ["2026-03-02", "某甲", "来信", told, ""],
        ["2026-03-04", "某甲", "来信", told + "等问题", ""],
        ["2026-03-04", "某甲", "来访", told + "的问题", ""],
        ["2026-03-05", "某甲", "来信", told + "，望查处", "是"],
        ["2026-01-20", "某甲", "来信", told + "一事", ""],
        ["2026-03-04", "某乙", "来信", told, ""],
    ]
    plan = office.importing.plan(book(tmp_path / "信.xlsx", LETTERS, *rows), "petition")
    assert outcomes(plan) == ["new", "doubtful", "new", "new", "new", "new"]


def test_a_person_named_again_without_a_unit_waits(office: Office, tmp_path: Path) -> None:
    brought(office, book(tmp_path / "一.xlsx", ["姓名", "现任单位"], ["某甲", "某示例局"]), "person")
    path = book(
        tmp_path / "二.xlsx", ["姓名", "现任职务", "现任单位"], ["某甲", "处长", ""], ["某甲", "", "另一示例局"]
    )
    plan = office.importing.plan(path, "person")
    assert outcomes(plan) == ["doubtful", "new"]


def test_a_person_of_another_unit_born_in_the_same_month_waits(office: Office, tmp_path: Path) -> None:
    head = ["姓名", "现任单位", "出生年月", "性别"]
    rows = [
        ["某甲", "局机关", "1975.11", "男"],
        ["某甲", "办公室", "1975年11月", "男"],
        ["某甲", "财务科", "1979.1", "男"],
        ["某甲", "储备科", "1975.11", "女"],
    ]
    plan = office.importing.plan(book(tmp_path / "名册.xlsx", head, *rows), "person")
    assert outcomes(plan) == ["new", "doubtful", "new", "new"]


def unasked(_who: int, _name: str) -> str:
    raise AssertionError("few entries have their words at hand")


def test_the_words_of_an_entry_long_past_are_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_near, "_REMEMBERED", 2)
    told = {-row: f"第{row}号设备采购项目" for row in range(2, 12)}
    asked: list[tuple[int, str]] = []

    def words_of(who: int, name: str) -> str:
        asked.append((who, name))
        return told[who]

    near = NearRows(registers.register("review_item"), words_of)
    for row in range(2, 12):
        said: dict[str, Value] = {"title": told[-row], "planned_meeting_at": date(2026, 3, row), "amount": row}
        assert near.judge(row, said, ask=True) is None
    again: dict[str, Value] = {"title": told[-3], "planned_meeting_at": date(2026, 3, 3), "amount": 3}
    assert near.judge(12, again, ask=True) == -3
    assert (-3, "title") in asked


def test_two_persons_of_one_name_are_two() -> None:
    near = NearRows(registers.register("integrity_talk"), unasked)
    day = date(2026, 3, 5)
    near.know([7], {"subject": [Ref("某甲", "person", 1)], "planned_date": [day]})
    said = {"planned_date": day + timedelta(days=1)}
    assert near.judge(2, {**said, "subject": Ref("某甲", "person", 2)}, ask=True) is None
    assert near.judge(3, {**said, "subject": Ref("某甲", "person", 1)}, ask=True) == 7


def test_the_same_file_twice_changes_nothing_and_asks_nothing(office: Office, tmp_path: Path) -> None:
    rows = [["丁海波", "提醒谈话", "2025.7.15", ""], ["丁海波", "提醒谈话", "2025.7.17", ""]]
    path = book(tmp_path / "一.xlsx", TALKS, *rows)
    plan = office.importing.plan(path, "integrity_talk")
    assert outcomes(plan) == ["new", "doubtful"]
    plan.sheets[0].take(3)
    office.importing.apply(plan)
    assert outcomes(office.importing.plan(path, "integrity_talk")) == ["same", "same"]


def test_a_ledger_that_is_kept_so_is_not_held_up_row_by_row(office: Office, tmp_path: Path) -> None:
    rows = [["丁海波", "提醒谈话", date(2025, 1, 1) + timedelta(days=at), ""] for at in range(40)]
    plan = office.importing.plan(book(tmp_path / "一.xlsx", TALKS, *rows), "integrity_talk")
    counts = plan.counts()
    assert counts["doubtful"] <= 6
    assert counts["new"] >= 34
    assert any("彼此相近" in words for words in plan.sheets[0].notes)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("关于采购办公设备的请示", "采购办公设备", True),
        ("信息化平台建设项目立项", "信息化平台建没项目立项", True),
        ("2026年度审计服务采购", "2025年度审计服务采购", False),
        ("关于任命张某某为城建科科长的议题", "关于任命李某某某为城建科科长的议题", False),
        ("关于任命某甲一为示例示范单位城建综合科科长", "关于任命某乙二为示例示范单位城建综合科科长", False),
        ("一期工程变更", "二期工程变更", False),
        ("", "", False),
    ],
)
def test_titles_are_one_matter_unless_a_number_or_name_sets_them_apart(one: str, other: str, same: bool) -> None:
    assert same_matter(one, other, 88) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("示例局", "示例市示例局", True),
        ("市示例局", "示例省示例市示例局", True),
        ("示例建设", "示例建设有限责任公司", True),
        ("示例市示例建设有限公司", "示例建设（股份）有限公司", True),
        ("示例（华北）建设有限公司", "示例(华北)建设公司", True),
        ("甲市财政局", "乙市财政局", False),
        ("财政局", "甲市财政局", True),
        ("财务处", "示例中心财务处", False),
        ("示例集团", "示例有限公司", False),
        ("示例局", "示例局办公室", False),
        ("市场监督管理局", "示例市市场监督管理局", True),
        ("局", "示例市局", False),
        ("", "", False),
    ],
)
def test_an_organisation_is_one_with_or_without_place_legal_form_and_brackets(one: str, other: str, same: bool) -> None:
    assert same_organisation(one, other) is same
    assert same_organisation(other, one) is same


def test_a_unit_of_nearly_the_same_name_waits_to_be_told_whether_it_is_the_same(office: Office, tmp_path: Path) -> None:
    head = ["单位名称", "单位类型", "上级单位"]
    brought(office, book(tmp_path / "一.xlsx", head, ["示例市示例局", "驻在单位", None]), "unit")
    (standing,) = office.records.ids(View("unit"))
    path = book(
        tmp_path / "二.xlsx",
        head,
        ["示例局", "驻在单位", None],
        ["示例局办公室", "内设机构", "示例局"],
        ["另一市示例局", "归口监督单位", None],
    )
    plan = office.importing.plan(path, "unit")
    (sheet,) = plan.sheets
    assert outcomes(plan) == ["doubtful", "new", "new"]
    assert (codes(sheet, 2)[0], sheet.row(2).candidates) == (NEAR, (standing,))


def test_seeking_grows_with_the_ledger_and_not_with_its_square() -> None:
    def seconds(count: int) -> float:
        near = NearRows(registers.register("review_item"), unasked)
        chance = random.Random(3)
        began = time.process_time()
        for row in range(2, count + 2):
            title = "".join(chance.choices("关于购置维修改造服务项目设备工程经费", k=14))
            near.judge(row, {"title": title, "planned_meeting_at": date(2026, 3, 5), "amount": row % 7}, ask=True)
        return time.process_time() - began

    seconds(500)
    assert seconds(8_000) < seconds(2_000) * 4 * 2.5
