"""A ledger of talks that were held: they are the talks that were planned, on whatever day they really took place."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from paizhu import registers
from paizhu.base.view import View
from paizhu.registers.likeness import CARRYING_OUT
from paizhu.services.importing.plan import SheetPlan
from paizhu.services.office import Office

TALK = registers.register("integrity_talk")
HELD = ["谈话时间", "姓名", "谈话类型", "主谈人", "谈话内容"]
DAY = "2026-03-10"


def planned(office: Office, day: str = "2026-03-25", kind: str = "日常", **more: str) -> int:
    typed = {"subject": "示例人员甲", "planned_date": day, "kind": kind, "talker": "示例领导", **more}
    return office.records.save(TALK, typed).records[0][1]


def ledger(office: Office, folder: Path, *rows: Sequence[str], head: Sequence[str] = HELD) -> SheetPlan:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in (head, *rows):
        sheet.append(list(row))
    made.save(folder / "谈话.xlsx")
    (plan,) = office.importing.plan(folder / "谈话.xlsx", TALK.key).sheets
    return plan


def outcomes(plan: SheetPlan) -> list[tuple[str, int | None]]:
    return [(row.outcome, row.id) for row in plan.rows()]


def test_every_declaration_names_fields_of_its_register() -> None:
    for key, how in CARRYING_OUT.items():
        register = registers.register(key)
        assert [name for name in (how.same, how.day, how.done, *how.agree) if not register.has(name)] == []


def test_a_talk_held_before_or_after_its_planned_day_is_the_planned_one(office: Office, tmp_path: Path) -> None:
    plan = planned(office)
    row = [DAY, "示例人员甲", "日常", "", "谈了工作"]
    (told,) = ledger(office, tmp_path, row).rows()
    assert (told.outcome, told.id) == ("changed", plan)
    note = next(each for each in told.problems if each.code == "planned")
    assert "填进台账里已安排的“" in note.message
    assert "不另建一条；阶段不变" in note.message
    office.importing.apply(office.importing.plan(tmp_path / "谈话.xlsx", TALK.key))
    (only,) = office.records.ids(View(TALK.key))
    values = office.records.get(TALK, only).values
    # Where the ledger is silent the plan speaks: who was to talk, and for when it was planned.
    assert (str(values["start_at"])[:10], values["record"]) == (DAY, "谈了工作")
    assert (values["planned_date"], str(getattr(values["talker"], "label", ""))) == (date(2026, 3, 25), "示例领导")
    assert outcomes(ledger(office, tmp_path, row)) == [("same", plan)]
    late = planned(office, "2026-02-16", kind="提醒谈话")
    assert outcomes(ledger(office, tmp_path, [DAY, "示例人员甲", "提醒谈话", "", "提醒"])) == [("changed", late)]


def test_where_two_plans_fit_the_officer_says_which(office: Office, tmp_path: Path) -> None:
    first, second = planned(office), planned(office, "2026-04-03")
    sheet = ledger(office, tmp_path, [DAY, "示例人员甲", "日常", "", "谈了工作"])
    (told,) = sheet.rows()
    assert (told.outcome, set(told.candidates)) == ("doubtful", {first, second})
    assert sheet.take(2, second).id == second
    assert sheet.take(2).outcome == "new"
    assert sheet.reconsider(2).outcome == "doubtful"


def test_where_two_rows_fit_one_plan_the_officer_says_which_carries_it_out(office: Office, tmp_path: Path) -> None:
    """The first row took it, whichever of the two talks had been planned."""
    plan = planned(office)
    rows = [[DAY, "示例人员甲", "日常", "", "谈了工作"], ["2026-03-02", "示例人员甲", "日常", "", "另一次，谈了作风"]]
    sheet = ledger(office, tmp_path, *rows)
    assert outcomes(sheet) == [("doubtful", None), ("doubtful", None)]
    for row in sheet.rows():
        assert row.candidates == (plan,)
        assert "本表第 2、3 行都可能是台账里已安排的“" in row.problems[0].message
    assert sheet.take(3, plan).id == plan
    assert sheet.take(2).outcome == "new"
    assert outcomes(sheet) == [("new", None), ("changed", plan)]
    assert [sheet.reconsider(number).outcome for number in (2, 3)] == ["doubtful", "doubtful"]


def test_what_the_officer_has_to_answer_is_said_before_what_he_may_look_at(office: Office, tmp_path: Path) -> None:
    """Beside it stands that the name is in no roster; a list of rows shows the first only."""
    office.records.save(registers.register("person"), {"name": "示例人员乙"})
    planned(office)
    rows = [[DAY, "示例人员甲", "日常", "", "谈了工作"], ["2026-03-02", "示例人员甲", "日常", "", "另一次，谈了作风"]]
    for row in ledger(office, tmp_path, *rows).rows():
        assert [each.code for each in row.problems] == ["duplicate", "candidate", "unknown_name"]


def test_a_row_that_is_left_alone_with_a_plan_carries_it_out(office: Office, tmp_path: Path) -> None:
    plan = planned(office)
    rows = [[DAY, "示例人员甲", "日常", "", "谈了工作"], ["2026-03-02", "示例人员甲", "日常", "", "另一次，谈了作风"]]
    sheet = ledger(office, tmp_path, *rows)
    assert sheet.mend(2, 2, "提醒谈话").outcome == "new"
    assert outcomes(sheet) == [("new", None), ("changed", plan)]
    # Looked at again, a row keeps the plan it has, and shares it with one that comes to fit it.
    assert sheet.mend(3, 4, "谈了两件事").id == plan
    assert sheet.mend(2, 2, "日常").outcome == "doubtful"
    assert outcomes(sheet) == [("doubtful", None), ("doubtful", None)]


def test_two_rows_with_a_plan_each_carry_them_out(office: Office, tmp_path: Path) -> None:
    first, second = planned(office), planned(office, "2026-01-30")
    rows = [[DAY, "示例人员甲", "日常", "", "谈了工作"], ["2026-02-25", "示例人员甲", "日常", "", "另一次，谈了作风"]]
    assert outcomes(ledger(office, tmp_path, *rows)) == [("changed", first), ("changed", second)]


def test_what_is_no_such_plan_stays_apart(office: Office, tmp_path: Path) -> None:
    row = [DAY, "示例人员甲", "日常", "", "谈了工作"]
    planned(office, kind="提醒谈话")
    planned(office, "2026-05-25")
    planned(office, "2026-03-26", subject="示例人员乙")
    called_off = planned(office, "2026-03-27")
    with office.vault.act("save", "示例") as act:
        act.change(TALK, called_off, None, {"state": "cancelled"})
    assert outcomes(ledger(office, tmp_path, row)) == [("new", None)]
    # A ledger that tells the planned day means that one.
    planned(office)
    told = ledger(office, tmp_path, [*row, "2026-03-12"], head=[*HELD, "计划日期"])
    assert outcomes(told) == [("new", None)]
