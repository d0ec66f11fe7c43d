"""What guards learn from the vault: who the officer is, and whether the roster tells where a second person is from."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from paizhu import registers
from paizhu.base.errors import StepRefusedError
from paizhu.base.flow import Step
from paizhu.base.view import View
from paizhu.services.office import Office
from tests.typed import SUBJECT_THEN, WHOLE

PERSON, TALK, LEAD, CASE, MEASURE = (
    registers.register(key) for key in ("person", "integrity_talk", "lead", "case", "measure")
)
CHECK: dict[str, Any] = {
    "check_request_at": "2026-03-05", "check_approver": "示例领导", "check_approved_at": "2026-03-05",
    "check_plan_kept_in": "示例保密柜", "check_from": "2026-03-06", "check_due": "2026-05-05",
}  # fmt: skip


@pytest.fixture
def lead(office: Office) -> int:
    """Return a lead whose preliminary check was approved."""
    office.desk.set_setting("officer", "陈守正")
    made = office.records.save(LEAD, {**SUBJECT_THEN, "received_at": "2026-03-02", "subject": "示例甲"}).records[0][1]
    with office.vault.act("save", "准备") as act:
        act.change(LEAD, made, None, {"state": "approved", "mode": "check"})
    return made


def begin(office: Office, lead: int, **more: Any) -> None:
    office.records.advance(LEAD, lead, "checking", {**CHECK, **more})


def person(office: Office, name: str, **more: str) -> None:
    office.records.save(PERSON, {"name": name, **more})


def test_a_lent_member_without_a_unit_is_refused_where_it_can_be_mended(office: Office, lead: int) -> None:
    with pytest.raises(StepRefusedError) as refused:
        begin(office, lead, check_team="陈守正、示例借")
    (problem,) = refused.value.problems
    assert problem.field == "check_team_note"
    assert "示例借" in problem.message
    assert "陈守正" not in problem.message
    assert office.records.get(LEAD, lead).state == "approved"
    begin(office, lead, check_team="陈守正、示例借", check_team_note="示例借为示例派出机关干部")
    assert office.records.get(LEAD, lead).state == "checking"


def test_who_stands_in_the_roster_with_his_unit_needs_no_note_even_when_only_typed(office: Office, lead: int) -> None:
    person(office, "示例同", unit_now="示例派出机关")
    begin(office, lead, check_team=["陈守正", "示例同"])
    assert office.records.get(LEAD, lead).state == "checking"


def test_who_stands_in_the_roster_without_a_unit_is_asked_for_it(office: Office, lead: int) -> None:
    person(office, "示例同")
    with pytest.raises(StepRefusedError, match="还不能") as refused:
        begin(office, lead, check_team=["陈守正", "示例同"])
    assert [problem.field for problem in refused.value.problems] == ["check_team_note"]


def test_what_stands_against_a_step_is_told_before_it_is_taken_as_when_it_is_taken(office: Office, lead: int) -> None:
    person(office, "示例同", unit_now="示例派出机关")
    flow = LEAD.flow
    assert flow is not None
    step = flow.step("approved", "checking")
    assert step is not None
    asked = office.records.objections(LEAD, lead, step, {**CHECK, "check_team": "陈守正、示例借"})
    assert [problem.field for problem in asked] == ["check_team_note"]
    assert office.records.objections(LEAD, lead, step, {**CHECK, "check_team": "陈守正、示例同"}) == []


@pytest.mark.parametrize(("before", "kind"), [("planned", "提醒谈话"), ("approved", "诫勉谈话")])
def test_a_second_talker_from_nowhere_is_refused_at_every_step_that_holds_a_talk(
    office: Office, before: str, kind: str
) -> None:
    office.desk.set_setting("officer", "陈守正")
    made = office.records.save(
        TALK, {**WHOLE["integrity_talk"], "subject": "示例甲", "planned_date": "2026-03-10", "kind": kind}
    ).records[0][1]
    with office.vault.act("save", "准备") as act:
        act.change(TALK, made, None, {"state": before})
    held = {
        "start_at": "2026-03-10 9:00",
        "place": "谈话室",
        "talker": "陈守正",
        "record": "已谈",
        "recorder": "示例借",
    }
    assert _asked(office, made, before, held) == ["companion_unit"]
    assert _asked(office, made, before, {**held, "companion_unit": "示例机关纪委"}) == []


def _asked(office: Office, talk: int, before: str, typed: dict[str, Any]) -> list[str]:
    step = TALK.flow.step(before, "held") if TALK.flow else None
    assert isinstance(step, Step)
    return [problem.field for problem in office.records.objections(TALK, talk, step, typed)]


def test_an_execution_ends_when_every_item_of_every_punishment_is_on_record(office: Office) -> None:
    case = office.records.save(CASE, {"name": "示例案", "subject": "示例甲", "filed_at": "2026-01-05"}).records[0][1]
    with office.vault.act("save", "准备") as act:
        act.change(CASE, case, None, {"state": "executing"})
    ref = {"label": "案", "register": "case", "id": case}
    decided = {**WHOLE["measure"], "subject": "示例甲", "decided_at": "2026-03-02", "case_ref": ref}
    party, admin, gone = (
        office.records.save(MEASURE, {**decided, "kind": kind}).records[0][1]
        for kind in ("撤销党内职务", "政务记过", "党内警告")
    )
    office.records.save(MEASURE, {"changed": "撤销"}, gone)
    with pytest.raises(StepRefusedError) as refused:
        office.records.advance(CASE, case, "executed", {"executed_at": "2026-03-15"})
    words = str(refused.value)
    numbers = [office.records.get(MEASURE, each).no for each in (party, admin, gone)]
    assert f"{numbers[0]}还没有登记送达、宣布、职务工资变更、装入个人档案、执行情况报告" in words
    assert f"{numbers[1]}还没有登记送达、宣布、装入个人档案：" in words
    assert numbers[2] not in words
    done = {"delivered_at": "2026-03-10", "announced_at": "2026-03-10", "announce_scope": "示例支部",
            "filed_in_dossier": "2026-03-10"}  # fmt: skip
    office.records.save(MEASURE, {**done, "pay_done": "2026-03-12", "exec_report_at": "2026-03-14"}, party)
    office.records.save(MEASURE, done, admin)
    office.records.advance(CASE, case, "executed", {"executed_at": "2026-03-15"})
    assert office.records.get(CASE, case).state == "executed"


def test_what_an_old_ledger_left_out_is_asked_for_before_a_record_is_kept_for_good(
    office: Office, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("谈话", 0)
    sheet.append(["姓名", "谈话时间", "谈话内容", "回访日期"])
    sheet.append(["示例甲", "2026-03-02", "按提纲谈了三个问题", "2026-03-12"])
    book.save(tmp_path / "台账.xlsx")
    office.importing.apply(office.importing.plan(tmp_path / "台账.xlsx"))
    (talk,) = office.records.window(View(TALK.key), 0, 9)
    assert talk.state == "follow_up"
    office.records.advance(TALK, talk.id, "revisit", {"revisit_date": "2026-03-12", "revisit_result": "已改"})
    left = {name for name in lacking(office, talk.id, {}) if name != "signed_page"}
    assert {"kind", "reason", "unit_id", "handler", "secrecy_notice"} <= left <= set(TALK.wanted_now(talk.values))
    whole = {
        "kind": "提醒谈话",
        "reason": "年度例行",
        "unit_id": "某市示例局",
        "handler": "陈守正",
        "secrecy_notice": "非密",
    }
    assert set(lacking(office, talk.id, whole)) == left - whole.keys() | {"signed_page"}


def lacking(office: Office, talk: int, typed: dict[str, str]) -> list[str]:
    with pytest.raises(StepRefusedError) as refused:
        office.records.advance(TALK, talk, "archived", typed)
    return [problem.field for problem in refused.value.problems]


def test_what_is_called_off_need_not_be_completed_first(office: Office) -> None:
    talk = office.records.save(TALK, {"subject": "示例甲", "planned_date": "2026-03-20"}).records[0][1]
    office.records.advance(TALK, talk, "cancelled", {"cancel_reason": "人员调离"})
    assert office.records.get(TALK, talk).state == "cancelled"
