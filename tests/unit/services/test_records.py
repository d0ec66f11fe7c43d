"""Saving, stepping, voiding: what a person does with single records, on a real vault."""

from pathlib import Path
from typing import Any

import pytest

from paizhu import registers
from paizhu.base.errors import InvalidRecordError, NotAllowedError, StaleRecordError, StepRefusedError
from paizhu.base.rows import Ref
from paizhu.services.office import Office
from tests.typed import THEN, WHOLE

TALK = registers.register("integrity_talk")
PERSON = registers.register("person")
TYPED: dict[str, Any] = {"subject": "孙立新", "planned_date": "2026.3.5", "kind": "日常", "talker": "陈守正"}
HELD: dict[str, Any] = {
    "start_at": "3.5 9:30",
    "place": "本组谈话室",
    "record": "按提纲谈了三个问题",
    "recorder": "蒋薇",
    "companion_unit": "示例派出机关",
}


def saved(office: Office, **more: Any) -> int:
    return office.records.save(TALK, {**TYPED, **more}).records[0][1]


def test_a_record_is_saved_with_the_least_that_identifies_it(office: Office) -> None:
    row = office.records.get(
        TALK, office.records.save(TALK, {"subject": "孙立新", "planned_date": "0305"}).records[0][1]
    )
    assert (row.no, row.state, row.values["year"], row.values["stat_month"]) == (
        "谈〔2026〕001",
        "planned",
        2026,
        "2026-03",
    )
    assert row.missing > 0
    assert "kind" in TALK.wanted_now(row.values)


def test_every_problem_is_told_at_its_field_and_nothing_is_stored(office: Office) -> None:
    with pytest.raises(InvalidRecordError) as told:
        office.records.save(TALK, {"planned_date": "2026.2.30", "kind": "没有这种"})
    assert {problem.field for problem in told.value.problems} == {"subject", "planned_date", "kind"}
    assert office.records.count(office.records.default_view(TALK)) == 0
    assert office.history.entries() == []


def test_state_secrets_are_refused(office: Office) -> None:
    with pytest.raises(InvalidRecordError, match="涉密设备"):
        office.records.save(TALK, {**TYPED, "secrecy_notice": "机密"})


def test_a_record_changed_meanwhile_is_not_overwritten(office: Office) -> None:
    record_id = saved(office)
    office.records.save(TALK, {"place": "三楼"}, record_id, 1)
    with pytest.raises(StaleRecordError):
        office.records.save(TALK, {"place": "四楼"}, record_id, 1)
    assert office.records.get(TALK, record_id).values["place"] == "三楼"


def test_a_forbidden_jump_is_refused_with_the_rule(office: Office) -> None:
    record_id = saved(office)
    with pytest.raises(StepRefusedError, match="现在是“已计划”"):
        office.records.advance(TALK, record_id, "archived")
    assert office.records.get(TALK, record_id).state == "planned"


def test_a_step_demands_its_fields_and_its_second_person(office: Office) -> None:
    record_id = saved(office)
    with pytest.raises(StepRefusedError) as told:
        office.records.advance(TALK, record_id, "held", {"start_at": "3.5 9:30"})
    assert {problem.field for problem in told.value.problems} == {
        *("reason", "place", "record", "companion"),
        *THEN,
    }
    office.records.advance(TALK, record_id, "held", {**HELD, **THEN, "reason": "年度例行"})
    assert office.records.get(TALK, record_id).state == "held"


def test_child_rows_are_saved_changed_and_taken_out_with_their_record(office: Office) -> None:
    change = office.records.save(
        TALK, TYPED, rows={"requirement": [{"words": "报送说明", "due": "+15工作日"}, {"words": "整改"}]}
    )
    record_id = change.records[0][1]
    first, second = office.records.rows(TALK, record_id)["requirement"]
    assert str(first.values["due"]) == "2026-04-07"
    office.records.save(TALK, {}, record_id, rows={"requirement": [{"id": first.id, "words": "书面报送说明"}]})
    standing = office.records.rows(TALK, record_id)["requirement"]
    assert [(row.id, row.values["words"]) for row in standing] == [(first.id, "书面报送说明")]
    assert second.id != first.id
    undone = office.history.undo(office.history.entries()[0].id)
    assert not undone.kept
    assert [row.values["words"] for row in office.records.rows(TALK, record_id)["requirement"]] == ["报送说明", "整改"]


def test_numbers_are_never_issued_twice(office: Office) -> None:
    first = saved(office)
    office.records.void(TALK, [first], "重复登记")
    second = office.records.get(TALK, saved(office))
    assert second.no == "谈〔2026〕002"
    office.history.undo(office.history.entries()[0].id)
    assert office.records.get(TALK, saved(office)).no == "谈〔2026〕003"


def test_voiding_needs_a_reason_and_can_be_taken_back(office: Office) -> None:
    record_id = saved(office)
    with pytest.raises(InvalidRecordError):
        office.records.void(TALK, [record_id], " ")
    office.records.void(TALK, [record_id], "重复登记")
    row = office.records.get(TALK, record_id)
    assert (row.voided, row.values["void_reason"]) == (True, "重复登记")
    with pytest.raises(NotAllowedError):
        office.records.save(TALK, {"place": "三楼"}, record_id)
    office.records.unvoid(TALK, [record_id])
    assert not office.records.get(TALK, record_id).voided


def test_words_link_to_the_only_person_of_that_name(office: Office) -> None:
    person_id = office.records.save(PERSON, {"name": "孙立新"}).records[0][1]
    row = office.records.get(TALK, saved(office, subject="孙  立新"))
    assert row.values["subject"] == Ref("孙立新", "person", person_id)
    assert row.values["talker"] == Ref("陈守正")


def test_two_persons_of_one_name_are_not_guessed(office: Office) -> None:
    office.records.save(PERSON, {"name": "李敏"})
    office.records.save(PERSON, {"name": "李敏"})
    assert office.records.get(TALK, saved(office, subject="李敏")).values["subject"] == Ref("李敏")


def test_a_renamed_person_is_renamed_wherever_pointed_to(office: Office) -> None:
    person_id = office.records.save(PERSON, {"name": "孙立心"}).records[0][1]
    record_id = saved(office, subject="孙立心")
    office.records.save(PERSON, {"name": "孙立新"}, person_id)
    assert office.records.get(TALK, record_id).values["subject"] == Ref("孙立新", "person", person_id)
    with office.vault.searching() as index:
        assert [hit.id for hit in index.find("立新", 10, ["integrity_talk"])] == [record_id]


def test_a_late_change_of_a_signed_item_sends_it_back_to_review(office: Office) -> None:
    review = registers.register("review_item")
    record_id = office.records.save(review, {"title": "办公楼维修采购", "amount": "48.6万"}).records[0][1]
    with office.vault.act("step", "准备") as act:
        act.change(review, record_id, None, {"state": "opinion_signed"})
    office.records.save(review, {"amount": "52万"}, record_id)
    row = office.records.get(review, record_id)
    assert (row.state, row.values["changed_after_review"]) == ("under_review", True)
    assert "金额" in str(row.values["change_note"])


def test_every_step_of_a_lead_notes_the_hand(office: Office) -> None:
    lead = registers.register("lead")
    record_id = office.records.save(
        lead, {"subject": "马某样", "received_at": "3.2", "summary": "反映收受礼品"}
    ).records[0][1]
    step = lead.flow.steps_from("registered")[0] if lead.flow else None
    assert step is not None
    typed = {
        **WHOLE["lead"],
        "source": "信访",
        "proposed_mode": "初步核实",
        "proposed_at": "3.10",
        "proposed_reason": "可查",
    }
    office.records.advance(lead, record_id, step.after, {**typed, "cadre_authority": "own", "handler": "蒋薇"})
    (hand,) = office.records.rows(lead, record_id)["hand"]
    assert (hand.values["who"], hand.values["step"]) == (Ref("陈守正"), step.label)


def test_a_file_in_a_place_of_a_field_counts_for_the_field(office: Office, tmp_path: Path) -> None:
    duty = registers.register("duty_item")
    made = office.records.save(duty, {"subject": "示例局", "content": "示例"}).records[0][1]
    paper = tmp_path / "示例.txt"
    paper.write_text("示例", encoding="utf-8")
    office.records.attach(duty, made, paper, "evidence:一季度")
    office.records.attach(duty, made, paper, "evidence")
    assert office.records.get(duty, made).values["evidence"] == 2
    files = office.records.attachments(duty, made)
    office.records.detach(duty, made, files[0]["id"], files[0]["slot"])
    assert office.records.get(duty, made).values["evidence"] == 1


def test_a_problem_of_a_row_names_row_and_column(office: Office) -> None:
    person = registers.register("person")
    rows = {"post_history": [{"post": "科长"}, {"post": "处长", "held_from": "2023.13"}]}
    with pytest.raises(InvalidRecordError) as refused:
        office.records.save(person, {"name": "示例甲"}, rows=rows)
    (problem,) = refused.value.problems
    assert problem.field == "post_history"
    assert problem.message.startswith("任职经历第 2 行“起”：没有“2023.13”")
