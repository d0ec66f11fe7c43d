"""What a step does beside moving on: earlier rounds are kept word for word, measures follow an appeal."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from paizhu import registers
from paizhu.base import values
from paizhu.base.errors import InvalidRecordError, NotAllowedError, StepRefusedError
from paizhu.base.flow import Step
from paizhu.base.register import Register
from paizhu.base.rows import Row, Value
from paizhu.registers.earlier import kind_of
from paizhu.services.matters.handing_on import HandingOn
from paizhu.services.office import Office
from paizhu.services.stepping import Stepping
from tests.make import make_values
from tests.typed import HANDLED, WHOLE

PETITION, LEAD, CASE, MEASURE = (registers.register(key) for key in ("petition", "lead", "case", "measure"))
REVIEW = registers.register("review_item")
STEPS = [
    pytest.param(each, step, id=f"{each.key}.{step.before}-{step.after}")
    for each in registers.REGISTERS
    if each.flow
    for step in each.flow.steps
]
LEAD_BASICS: Mapping[str, Any] = {
    **WHOLE["lead"], "received_at": "2026-03-02", "subject": "示例某", "summary": "一、示例问题",
}  # fmt: skip
PROPOSED = {"proposed_mode": "谈话函询", "proposed_reason": "适于函询", "proposed_at": "2026-03-04"}
PANEL = {"panel_at": "2026-03-05", "panel_conclusion": "一致同意"}
VIEWS = {"panel_view": [{"who": "示例官甲", "view": "同意"}, {"who": "示例官乙", "view": "同意"}]}
APPROVED = {"approver": "示例领导", "approved_at": "2026-03-06", "mode": "谈话函询"}
LETTER = {"inquiry_no": "示函〔2026〕1号", "inquiry_sent_at": "2026-03-07", "inquiry_cc": "示例党组"}
ANSWER = {"inquiry_got_at": "2026-03-09", "inquiry_replied_at": "2026-03-12", "inquiry_signer": "示例书记",
          "report_at": "2026-03-13"}  # fmt: skip


def saved(office: Office, register: Register, typed: Mapping[str, Any], rows: Mapping[str, Any] | None = None) -> int:
    return office.records.save(register, dict(typed), rows=rows).records[0][1]


def go(office: Office, register: Register, record_id: int, *course: tuple[str, Mapping[str, Any]]) -> Row:
    for after, typed in course:
        rows = VIEWS if after == "panel" else None
        office.records.advance(register, record_id, after, dict(typed), rows=rows)
    return office.records.get(register, record_id)


def stand(office: Office, register: Register, record_id: int, state: str, **more: Value) -> None:
    with office.vault.act("save", "准备") as act:
        act.change(register, record_id, None, {"state": state, **more})


def earlier(office: Office, register: Register, record_id: int) -> list[str]:
    kind = kind_of(register)
    assert kind is not None
    return [str(row.values["held"]) for row in office.records.rows(register, record_id)[kind.key]]


@pytest.mark.parametrize(("register", "step"), STEPS)
def test_no_step_loses_a_typed_word(office: Office, register: Register, step: Step) -> None:
    held = make_values(register)
    with office.vault.act("save", "准备") as act:
        record_id = act.create(register, {**held, "state": step.before}, {
            child.key: [make_values(child)] for child in register.rows
        })  # fmt: skip
    row = office.records.get(register, record_id)
    after, kept = Stepping(office.desk).renewed(register, step, row, row.values, {})
    told = "\n".join(kept.words)
    for field in register.fields:
        before = row.values.get(field.name)
        if after.get(field.name) != before and not (step.sets and field.name in step.sets(row.values)):
            assert values.show(field, before) in told, field.name
    for key in kept.kinds:
        child = register.child(key)
        for below in office.records.rows(register, record_id)[key]:
            for field in child.fields:
                assert values.show(field, below.values.get(field.name)).split("\n")[0] in told, field.name
    # Earlier opinions on an item are read out of the journal, with the version they were given on.
    if step.renews and register is not REVIEW:
        assert kind_of(register) is not None


def test_asking_again_puts_the_first_letter_by_and_starts_its_clock_anew(office: Office) -> None:
    lead = saved(office, LEAD, LEAD_BASICS)
    row = go(office, LEAD, lead, ("proposed", PROPOSED), ("panel", PANEL), ("approved", APPROVED),
             ("talk_inquiry", LETTER), ("inquiry_report", {**ANSWER, "report_opinion": "再次谈话函询"}),
             ("talk_inquiry", {}))  # fmt: skip
    assert [row.values[name] for name in ("inquiry_no", "inquiry_replied_at", "report_at", "report_opinion")] == [
        None, None, None, None,
    ]  # fmt: skip
    (told,) = earlier(office, LEAD, lead)
    for words in ("示函〔2026〕1号", "2026-03-12", "示例书记", "再次谈话函询"):
        assert words in told
    with pytest.raises(StepRefusedError) as refused:
        go(office, LEAD, lead, ("inquiry_report", {"report_at": "2026-03-16", "report_opinion": "采信了结"}))
    assert "发函文号" in str(refused.value)
    office.records.save(LEAD, {**LETTER, "inquiry_no": "示函〔2026〕2号", "inquiry_got_at": "2026-03-16"}, lead)
    (answer,) = [task for task in office.today.of_record(LEAD, office.records.get(LEAD, lead)) if task.rule == "T02"]
    assert answer.due.isoformat() == "2026-04-07"
    office.history.undo(office.history.entries()[1].id)
    assert office.records.get(LEAD, lead).values["inquiry_no"] == "示函〔2026〕2号"


def test_a_step_taken_back_brings_the_earlier_round_back_into_its_fields(office: Office) -> None:
    lead = saved(office, LEAD, LEAD_BASICS)
    go(office, LEAD, lead, ("proposed", PROPOSED), ("panel", PANEL))
    go(office, LEAD, lead, ("registered", {}))
    assert office.records.rows(LEAD, lead)["panel_view"] == []
    (told,) = earlier(office, LEAD, lead)
    assert "适于函询" in told
    assert "示例官乙，同意" in told
    # The month for an opinion runs again: the lead was received long before.
    assert "T01" in [task.rule for task in office.today.of_record(LEAD, office.records.get(LEAD, lead))]
    office.history.undo(office.history.entries()[0].id)
    row = office.records.get(LEAD, lead)
    assert (row.state, row.values["proposed_reason"]) == ("panel", "适于函询")
    assert len(office.records.rows(LEAD, lead)["panel_view"]) == 2
    assert earlier(office, LEAD, lead) == []


def test_a_lead_taken_up_again_is_disposed_of_within_a_month_of_that_day(office: Office) -> None:
    lead = saved(office, LEAD, LEAD_BASICS)
    go(office, LEAD, lead, ("proposed", PROPOSED), ("panel", PANEL), ("approved", {**APPROVED, "mode": "予以了结"}),
       ("closed_no_action", {"close_reason": "失实", "closed_at": "2026-03-08"}))  # fmt: skip
    row = go(office, LEAD, lead, ("reopened", {"reopen_reason": "来了新的凭证", "reopen_approver": "示例领导",
                                              "reopened_at": "2026-03-16"}))  # fmt: skip
    assert (row.values["closed_at"], row.values["close_reason"], row.values["mode"]) == (None, None, None)
    assert "失实" in earlier(office, LEAD, lead)[0]
    (task,) = office.today.of_record(LEAD, row)
    assert (task.rule, task.due.isoformat()) == ("T01", "2026-04-16")


def test_a_case_returned_for_more_evidence_counts_it_and_waits_for_its_second_trial(office: Office) -> None:
    case = saved(office, CASE, {"name": "示例某案", "subject": "示例某", "filed_at": "2026-01-05",
                                "team": "示例官甲、示例官乙", "team_note": "示例派出机关", "report_at": "2026-02-02",
                                "trial_accepted_at": "2026-02-10"})  # fmt: skip
    stand(office, CASE, case, "trial")
    row = go(office, CASE, case, ("returned", {"returned_reason": "补充转账凭证"}), ("investigating", {}))
    assert row.values["returned"] == 1
    assert row.values["trial_accepted_at"] is None
    assert "T08" not in [task.rule for task in office.today.of_record(CASE, row)]
    assert "补充转账凭证" in earlier(office, CASE, case)[0]


def appealed(office: Office, result: str) -> tuple[int, int]:
    case = saved(office, CASE, {"name": "示例某案", "subject": "示例某", "filed_at": "2025-09-01",
                                "decided_at": "2025-12-01", "outcome": "给予处分", "decision_no": "示党〔2025〕9号",
                                "period_to": "2027-05-31", "executed_at": "2025-12-20"})  # fmt: skip
    stand(office, CASE, case, "executed")
    measure = saved(office, MEASURE, {"subject": "示例某", "kind": "党内严重警告", "decided_at": "2025-12-01",
                                      "case_ref": {"register": "case", "id": case, "label": "示例"}})  # fmt: skip
    go(office, CASE, case, ("appeal", {"appeal_applicant": "示例某", "appeal_at": "2026-01-05",
                                       "appeal_body": "示例派出机关", "appeal_due": "2026-04-05",
                                       "appeal_team": "示例官戊",
                                       "appeal_team_note": "示例派出机关审理室"}))  # fmt: skip
    office.records.advance(CASE, case, result, {
        "appeal_result": {"upheld": "维持", "changed": "变更", "revoked": "撤销"}[result],
        "appeal_decided_at": "2026-03-10", "appeal_told_at": "2026-03-11", "appeal_announced_at": "2026-03-12",
    })  # fmt: skip
    return case, measure


@pytest.mark.parametrize(("result", "end"), [("upheld", "2027-05-31"), ("changed", "2027-05-31"), ("revoked", "None")])
def test_the_result_of_an_appeal_stands_at_the_measure_too(office: Office, result: str, end: str) -> None:
    _case, measure = appealed(office, result)
    row = office.records.get(MEASURE, measure)
    assert (row.values["changed"], str(row.values["period_to"])) == (result, end)
    office.history.undo(office.history.entries()[0].id)
    back = office.records.get(MEASURE, measure).values
    assert (back["changed"], str(back["period_to"])) == (None, "2027-05-31")


def test_what_was_revoked_has_no_clock_left(office: Office) -> None:
    _case, measure = appealed(office, "revoked")
    assert [task.what for task in office.today.of_record(MEASURE, office.records.get(MEASURE, measure))] == []


def test_a_changed_decision_takes_the_place_of_the_old_one(office: Office) -> None:
    case, measure = appealed(office, "changed")
    handing = HandingOn(office.desk)
    (offer,) = handing.offers(CASE, office.records.get(CASE, case))
    assert offer.key == "replace"
    with pytest.raises(InvalidRecordError):
        handing.replaced_measures(case, "党内警告", " ", "2026-03-10")
    made = handing.replaced_measures(case, "党内警告", "示党〔2026〕3号", "2026-03-10").records[0]
    fresh = office.records.get(MEASURE, made[1]).values
    assert (fresh["kind"], fresh["doc_no"], str(fresh["period_to"])) == (
        "party_warning",
        "示党〔2026〕3号",
        "2027-03-09",
    )
    assert office.records.get(MEASURE, measure).values["changed"] == "replaced"
    assert handing.offers(CASE, office.records.get(CASE, case)) == []
    with pytest.raises(StepRefusedError, match="变更后的处分已经登记"):
        handing.replaced_measures(case, "党内警告", "示党〔2026〕3号", "2026-03-10")
    carried = {**WHOLE["measure"], "exec_report_at": "2026-03-14", "announce_scope": "示例支部"}
    carried |= dict.fromkeys(("delivered_at", "announced_at", "filed_in_dossier"), "2026-03-12")
    office.records.save(MEASURE, carried, made[1])
    go(office, CASE, case, ("executing", {}), ("executed", {"executed_at": "2026-03-15"}))
    (period,) = handing.offers(CASE, office.records.get(CASE, case))
    assert (period.key, period.steps) == ("into_period", True)
    handing.into_period(case)
    assert str(office.records.get(CASE, case).values["period_to"]) == "2027-03-09"


def test_a_new_decision_typed_by_hand_ends_the_old_one_too(office: Office) -> None:
    case, measure = appealed(office, "changed")
    saved(office, MEASURE, {"subject": "示例某", "kind": "党内警告", "decided_at": "2026-03-10",
                            "case_ref": {"register": "case", "id": case, "label": "示例"}})  # fmt: skip
    assert HandingOn(office.desk).offers(CASE, office.records.get(CASE, case)) == []
    go(office, CASE, case, ("executing", {}))
    old = office.records.get(MEASURE, measure).values
    assert (old["changed"], old["period_to"]) == ("replaced", None)


def test_a_second_appeal_needs_papers_of_its_own(office: Office) -> None:
    case, _measure = appealed(office, "upheld")
    go(office, CASE, case, ("in_period", {}))
    with pytest.raises(StepRefusedError) as refused:
        go(office, CASE, case, ("appeal", {}))
    assert "上一次申诉" in str(refused.value)
    row = go(office, CASE, case, ("appeal", {"appeal_at": "2026-03-14", "appeal_due": "2026-05-14"}))
    assert (row.values["appeal_result"], row.values["appeal_decided_at"]) == (None, None)
    told = earlier(office, CASE, case)[0]
    assert "维持" in told
    assert "2026-01-05" in told


def test_an_accuser_gets_a_file_of_its_own(office: Office) -> None:
    lead = saved(office, LEAD, LEAD_BASICS)
    go(office, LEAD, lead, ("proposed", PROPOSED), ("panel", PANEL), ("approved", APPROVED), ("talk_inquiry", LETTER),
       ("inquiry_report", {**ANSWER, "report_opinion": "查处诬告"}))  # fmt: skip
    handing = HandingOn(office.desk)
    assert handing.offers(LEAD, office.records.get(LEAD, lead))[0].key == "accuser"
    with pytest.raises(InvalidRecordError):
        handing.accuser_lead(lead, " ", "涉嫌诬告陷害")
    _register, fresh = handing.accuser_lead(lead, "示例诬告人", "涉嫌诬告陷害").records[0]
    row = office.records.get(LEAD, fresh)
    assert row.values["petition_refs"] is None
    assert "示例某" not in json.dumps(
        {name: values.show(LEAD.field(name), value) for name, value in row.values.items() if LEAD.has(name)},
        ensure_ascii=False,
    )
    with pytest.raises(StepRefusedError):
        go(office, LEAD, lead, ("false_accusation", {}))
    assert go(office, LEAD, lead, ("false_accusation", {"closed_at": "2026-03-14"})).state == "false_accusation"
    begun = {"clarify_assessment": "全部失实", "clarify_approver": "示例领导", "clarify_approved_at": "2026-03-14",
             "clarify_wish": "本人要求澄清"}  # fmt: skip
    assert go(office, LEAD, lead, ("clarify", begun)).state == "clarify"


def test_urging_twice_keeps_both_days(office: Office) -> None:
    letter = saved(office, PETITION, {"received_at": "2026-03-02", "summary": "一、示例", "own_level": "本级"})
    stand(office, PETITION, letter, "waiting_feedback")
    go(office, PETITION, letter, ("assigned", {"urged_at": "2026-03-10"}), ("waiting_feedback", {}))
    with pytest.raises(StepRefusedError):
        go(office, PETITION, letter, ("assigned", {}))
    go(office, PETITION, letter, ("assigned", {"urged_at": "2026-03-14"}), ("waiting_feedback", {}))
    assert ["2026-03-1" in words for words in earlier(office, PETITION, letter)] == [True, True]


def test_new_evidence_opens_a_second_answer_with_its_own_clock(office: Office) -> None:
    letter = saved(office, PETITION, {
        **WHOLE["petition"], "received_at": "2026-01-05", "summary": "一、示例", "own_level": "本级", "named": "实名",
        "notice_at": "2026-01-08", "closed_at": "2026-02-02", "result": "不属实", "feedback_at": "2026-02-04",
        "feedback_mode": "面谈", "feedback_reaction": "不服", "new_evidence": "是", "lead_ref": "线〔2026〕0001",
    })  # fmt: skip
    stand(office, PETITION, letter, "feedback")
    row = go(office, PETITION, letter, ("as_lead", {}))
    assert (row.values["closed_at"], row.values["feedback_at"], row.values["result"]) == (None, None, None)
    office.records.advance(PETITION, letter, "closed", {
        "closed_at": "2026-03-10", "result": "部分属实", "issue_types": "廉洁纪律", "eight_rules": "否",
        "mass_side": "否", "notice_mode": "面谈", "notice_by": "示例官甲", **HANDLED,
    })  # fmt: skip
    assert "T18" in [task.rule for task in office.today.of_record(PETITION, office.records.get(PETITION, letter))]
    assert "不服" in earlier(office, PETITION, letter)[0]


def test_a_forbidden_jump_names_the_way_and_its_rule(office: Office) -> None:
    lead = saved(office, LEAD, LEAD_BASICS)
    with pytest.raises(StepRefusedError) as refused:
        office.records.advance(LEAD, lead, "checking", {})
    words = str(refused.value)
    assert "须先经“处置方式已批准”" in words
    assert "监督执纪工作规则第三十三条" in words
    assert "现在可以：提出处置意见（proposed）、移交（transferred）" in words


UPPER = {"received_at": "2026-03-02", "own_level": "上级"}


def test_nothing_hangs_below_an_item_of_the_upper_level(office: Office, tmp_path: Path) -> None:
    with pytest.raises(InvalidRecordError) as refused:
        saved(office, PETITION, UPPER, {"informant": [{"mark": "反映人一"}]})
    assert "第十五条" in str(refused.value)
    letter = saved(office, PETITION, UPPER)
    scan = tmp_path / "来信.txt"
    scan.write_text("示例", encoding="utf-8")
    with pytest.raises(NotAllowedError):
        office.records.attach(PETITION, letter, scan)
    with pytest.raises(InvalidRecordError):
        office.records.save(PETITION, {}, letter, rows={"opinion": [{"who": "示例官甲", "words": "拟移送"}]})
    own = saved(office, PETITION, {"received_at": "2026-03-02", "own_level": "本级", "summary": "一、示例"})
    office.records.attach(PETITION, own, scan)
    with pytest.raises(InvalidRecordError) as again:
        office.records.save(PETITION, {"own_level": "上级", "summary": None}, own)
    assert "附件" in str(again.value)


def test_an_end_of_a_period_set_by_hand_needs_reason_and_document(office: Office) -> None:
    typed = {"subject": "示例某", "kind": "党内警告", "decided_at": "2026-01-10"}
    measure = saved(office, MEASURE, typed)
    for more in ({}, {"period_reason": "经批准"}, {"doc_no": "示党〔2026〕2号"}):
        with pytest.raises(InvalidRecordError) as refused:
            office.records.save(MEASURE, {"period_to_set": "2027-06-30", **more}, measure)
        assert "影响期确定理由" in str(refused.value)
    office.records.save(
        MEASURE, {"period_to_set": "2027-06-30", "period_reason": "经批准", "doc_no": "示党〔2026〕2号"}, measure
    )
    assert str(office.records.get(MEASURE, measure).values["period_to"]) == "2027-06-30"
    # What an old ledger says needs no reason of ours, and a later edit of something else does not ask for one.
    with office.vault.act("import", "补录") as act:
        act.change(MEASURE, measure, None, {"period_reason": None})
    office.records.save(MEASURE, {"remarks": "示例"}, measure)


def test_an_old_ledger_of_cases_is_told_as_such_in_the_log(office: Office, tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["案件编号", "案件名称", "被审查调查人", "立案日期", "处理结果", "结案日期", "案件状态"])
    sheet.append(["示立〔2019〕3号", "示例旧案", "示例某", "2019-05-06", "给予处分", "2019-11-02", "归档"])
    book.save(tmp_path / "旧案.xlsx")
    applied = office.importing.apply(office.importing.plan(tmp_path / "旧案.xlsx"))
    (case,) = applied.ids.values()
    row = office.records.get(CASE, case)
    assert (row.no, str(row.values["filed_at"]), row.state) == ("示立〔2019〕3号", "2019-05-06", "archived")
    assert office.history.of_record("case", case)[-1].entry.label == "补录（导入）《旧案.xlsx》1 行"


def test_words_that_could_not_be_read_are_not_told_as_missing(office: Office) -> None:
    made = saved(office, LEAD, LEAD_BASICS)
    assert LEAD.flow is not None
    step = LEAD.flow.step("registered", "proposed")
    assert step is not None
    told = office.records.objections(LEAD, made, step, {**PROPOSED, "proposed_at": "下下周"})
    assert [(problem.field, problem.code) for problem in told] == [("proposed_at", "invalid_date")]
    assert "“下下周”不是日期" in told[0].message


def test_a_stage_that_is_none_is_told_with_the_steps_that_are_possible(office: Office) -> None:
    lead = saved(office, LEAD, LEAD_BASICS)
    with pytest.raises(StepRefusedError) as refused:
        office.records.advance(LEAD, lead, "nonsense")
    assert str(refused.value) == (
        "现在是“已登记”，“问题线索”没有“nonsense”这个阶段。记录没有改动。"
        "现在可以：提出处置意见（proposed）、移交（transferred）。"
    )
    with pytest.raises(StepRefusedError, match="现在就是“已登记”，不用再办这一步"):
        office.records.advance(LEAD, lead, "registered")
    stand(office, LEAD, lead, "archived")
    with pytest.raises(StepRefusedError, match="这一条已经办到头，没有下一步"):
        office.records.advance(LEAD, lead, "nonsense")


def test_a_refusal_says_what_to_fill_in_what_to_settle_or_where_else_to_go(office: Office) -> None:
    lead = saved(office, LEAD, {"received_at": "2026-03-02", "subject": "示例某"})
    with pytest.raises(StepRefusedError) as lacking:
        office.records.advance(LEAD, lead, "transferred")
    assert str(lacking.value) == (
        "还不能移交：“移交单位”“移交日期”“移交清单”“移交回执”还没有填写。记录没有改动。补上后再办这一步。"
    )
    letter = saved(office, PETITION, {**WHOLE["petition"], "received_at": "2026-03-02", "own_level": "本级"})
    stand(office, PETITION, letter, "closed", closed_at=date(2026, 3, 3))
    with pytest.raises(StepRefusedError) as elsewhere:
        office.records.advance(PETITION, letter, "feedback")
    words = str(elsewhere.value)
    assert words.startswith("还不能向举报人反馈：匿名件")
    assert "还没有填写" not in words
    assert words.endswith("现在可以：归档。")


CHECK: dict[str, Any] = {
    "check_request_at": "2026-03-06", "check_approver": "示例领导", "check_approved_at": "2026-03-06",
    "check_team": "示例官甲、示例官乙", "check_team_note": "派出机关", "check_from": "2026-03-07",
    "check_due": "2026-05-07",
}  # fmt: skip
CHECKED = {"check_report_at": "2026-03-12", "check_opinion": "暂存待查", "check_signed": "是", "check_answered": "是"}
HELD = {"held_reason": "等待示例材料", "held_review": "2026-06-01"}


def test_a_second_check_asks_for_a_plan_of_its_own(office: Office, tmp_path: Path) -> None:
    lead = saved(office, LEAD, {**LEAD_BASICS, "check_plan_kept_in": "示例保密柜"})
    plan = tmp_path / "第一次方案.txt"
    plan.write_text("示例方案", encoding="utf-8")
    office.records.attach(LEAD, lead, plan, "check_plan")
    stand(office, LEAD, lead, "approved", mode="check")
    go(office, LEAD, lead, ("checking", CHECK), ("check_report", CHECKED))
    row = go(office, LEAD, lead, ("held", HELD))
    assert (row.values["check_plan"], row.values["check_plan_kept_in"]) == (None, None)
    # Nothing of the first is lost: the file stays at the record, and what was written stands in the earlier round.
    assert [(file["name"], file["slot"]) for file in office.records.attachments(LEAD, lead)] == [("第一次方案.txt", "")]
    assert "初核方案存放处：示例保密柜" in earlier(office, LEAD, lead)[-1]
    again = {**CHECK, "check_request_at": "2026-03-13", "check_approved_at": "2026-03-13", "check_from": "2026-03-14"}
    with pytest.raises(StepRefusedError, match="初步核实须先有初核方案"):
        go(office, LEAD, lead, ("checking", again))
    office.records.attach(LEAD, lead, plan.rename(tmp_path / "第二次方案.txt"), "check_plan")
    assert go(office, LEAD, lead, ("checking", again)).values["check_plan"] == 1
    for _act in range(3):
        entry = office.history.last_undoable()
        assert entry is not None
        office.history.undo(entry.id)
    assert office.records.get(LEAD, lead).values["check_plan"] == 1
    assert [(file["name"], file["slot"]) for file in office.records.attachments(LEAD, lead)] == [
        ("第一次方案.txt", "check_plan")
    ]


@pytest.mark.parametrize("kept", [False, True])
def test_a_lead_held_by_an_older_version_does_not_begin_on_the_plan_it_was_held_with(
    office: Office, tmp_path: Path, kept: bool
) -> None:
    """Before 暂存待查 put the plan by, it stayed in its field, and the second check began on it."""
    lead = saved(office, LEAD, LEAD_BASICS)
    plan = tmp_path / "第一次方案.txt"
    plan.write_text("示例方案", encoding="utf-8")
    if kept:
        office.records.save(LEAD, {"check_plan_kept_in": "示例保密柜"}, lead)
    else:
        office.records.attach(LEAD, lead, plan, "check_plan")
    stand(office, LEAD, lead, "approved", mode="check")
    go(office, LEAD, lead, ("checking", CHECK), ("check_report", CHECKED))
    stand(office, LEAD, lead, "held", held_reason="等待示例材料", held_review=date(2026, 6, 1))
    again = {**CHECK, "check_request_at": "2026-03-13", "check_approved_at": "2026-03-13", "check_from": "2026-03-14"}
    with pytest.raises(StepRefusedError, match="初核方案还是暂存待查以前的"):
        go(office, LEAD, lead, ("checking", again))
    if kept:
        again["check_plan_kept_in"] = "示例保密柜第二格"
    else:
        (first,) = office.records.attachments(LEAD, lead)
        office.records.detach(LEAD, lead, int(first["id"]), "check_plan")
        office.records.attach(LEAD, lead, plan.rename(tmp_path / "第二次方案.txt"), "check_plan")
    assert go(office, LEAD, lead, ("checking", again)).state == "checking"


def test_a_lead_taken_up_again_begins_its_check_with_nothing_of_the_first(office: Office) -> None:
    lead = saved(office, LEAD, {**LEAD_BASICS, "check_plan_kept_in": "示例保密柜"})
    stand(office, LEAD, lead, "approved", mode="check")
    go(office, LEAD, lead, ("checking", CHECK), ("check_report", {**CHECKED, "check_opinion": "予以了结"}))
    reopened = {"reopen_reason": "示例新证据", "reopen_approver": "示例领导", "reopened_at": "2026-03-16"}
    closed = {"close_reason": "失实", "closed_at": "2026-03-13"}
    row = go(office, LEAD, lead, ("closed_no_action", closed), ("reopened", reopened))
    begun = ("check_plan_kept_in", "check_team_note", *CHECK)
    assert {name: row.values[name] for name in begun if row.values[name] not in (None, (), "")} == {}
    told = earlier(office, LEAD, lead)[-1]
    assert all(words in told for words in ("示例保密柜", "初核开始日期：2026-03-07", "示例官甲"))
