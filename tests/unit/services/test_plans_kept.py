"""The plan of a talk about a lead, and of a check: among the files, or told where it is kept; asked for beforehand.

What is shown as 待补 and counted follows the same condition.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from paizhu import registers
from paizhu.base.errors import StepRefusedError
from paizhu.base.register import Register
from paizhu.base.rows import Problem, Ref, Values
from paizhu.services import expecting
from paizhu.services.office import Office
from tests.typed import SUBJECT_THEN, WHOLE

TALK, LEAD = registers.register("integrity_talk"), registers.register("lead")
DAY = date(2026, 3, 5)
CHECK = {
    "check_request_at": "2026-03-05", "check_approver": "示例领导", "check_approved_at": "2026-03-05",
    "check_team": "示例乙、示例丙", "check_team_note": "均为示例派出机关干部", "check_from": "2026-03-06",
    "check_due": "2026-05-05",
}  # fmt: skip


def talk_about_a_lead(office: Office, **typed: object) -> int:
    """Return a planned talk that lacks nothing for approval but its plan."""
    given = {"outline": "示例提纲", "safety_plan": "示例预案", "lead_ref": "线〔2026〕0001", **typed}
    told = {**WHOLE["integrity_talk"], "subject": "示例甲", "planned_date": "2026-03-20", **given}
    return office.records.save(TALK, told).records[0][1]


def approved_lead(office: Office, state: str = "approved") -> int:
    """Return a lead whose preliminary check was approved."""
    told = {**WHOLE["lead"], **SUBJECT_THEN, "summary": "示例", "received_at": "2026-03-02", "subject": "示例甲"}
    made = office.records.save(LEAD, told).records[0][1]
    held: Values = {"state": state, "mode": "check"}
    with office.vault.act("save", "准备") as act:
        act.change(LEAD, made, None, held)
    return made


def refused(office: Office, register: Register, record: int, after: str, typed: Mapping[str, object]) -> list[Problem]:
    before = office.records.get(register, record)
    with pytest.raises(StepRefusedError) as found:
        office.records.advance(register, record, after, typed)
    assert office.records.get(register, record) == before
    return list(found.value.problems)


def paper(folder: Path, name: str = "方案.pdf") -> Path:
    (folder / name).write_bytes(b"%PDF-1.4 invented")
    return folder / name


def lacking(office: Office, register: Register, record: int) -> tuple[bool, int]:
    """Tell whether the plan is shown as 待补, and how many fields are counted as such in the list."""
    row = office.records.get(register, record)
    name = "plan_kept_in" if register is TALK else "check_plan_kept_in"
    with office.vault.read() as connection:
        (counted,) = connection.execute(f'SELECT missing FROM "{register.key}" WHERE id = ?', (record,)).fetchone()
    assert counted == len(register.wanted_now(row.values))
    return name in register.wanted_now(row.values), counted


def test_a_talk_about_a_lead_is_submitted_with_its_plan_or_with_the_place_it_is_kept(office: Office) -> None:
    talk = talk_about_a_lead(office)
    (problem,) = refused(office, TALK, talk, "submitted", {})
    assert (problem.field, problem.code) == ("plan_kept_in", "missing")
    assert "请附在“谈话方案”里，不附的在“谈话方案存放处”写明存在哪里" in problem.message
    office.records.advance(TALK, talk, "submitted", {"plan_kept_in": "示例保密柜"})
    assert office.records.get(TALK, talk).state == "submitted"


def test_only_a_paper_in_its_place_answers_for_the_plan(office: Office, tmp_path: Path) -> None:
    talk = talk_about_a_lead(office)
    office.records.attach(TALK, talk, paper(tmp_path))
    assert [each.field for each in refused(office, TALK, talk, "submitted", {})] == ["plan_kept_in"]
    office.records.attach(TALK, talk, paper(tmp_path), "plan")
    office.records.advance(TALK, talk, "submitted")
    assert office.records.get(TALK, talk).state == "submitted"


def test_no_other_talk_is_asked_for_a_plan(office: Office) -> None:
    routine = talk_about_a_lead(office, lead_ref="", safety_plan="")
    office.records.advance(TALK, routine, "submitted")
    assert not lacking(office, TALK, routine)[0]


def test_a_plan_counts_as_lacking_until_it_is_there_and_again_once_it_is_taken_away(
    office: Office, tmp_path: Path
) -> None:
    talk = talk_about_a_lead(office)
    with office.vault.act("save", "旧台账") as act:
        act.change(TALK, talk, None, {"state": "submitted"})
    shown, count = lacking(office, TALK, talk)
    assert shown
    office.records.attach(TALK, talk, paper(tmp_path), "plan")
    assert lacking(office, TALK, talk) == (False, count - 1)
    (held,) = office.records.attachments(TALK, talk)
    office.records.detach(TALK, talk, held["id"], "plan")
    assert lacking(office, TALK, talk) == (True, count)
    office.records.save(TALK, {"plan_kept_in": "示例保密柜"}, talk)
    assert lacking(office, TALK, talk) == (False, count - 1)


@pytest.mark.parametrize("before", ["approved", "held"])
def test_a_check_begins_with_its_plan_or_with_the_place_it_is_kept(office: Office, tmp_path: Path, before: str) -> None:
    lead = approved_lead(office, before)
    (problem,) = refused(office, LEAD, lead, "checking", CHECK)
    assert (problem.field, problem.code) == ("check_plan_kept_in", "missing")
    assert "请附在“初核方案”里，不附的在“初核方案存放处”写明存在哪里" in problem.message
    office.records.attach(LEAD, lead, paper(tmp_path), "check_plan")
    office.records.advance(LEAD, lead, "checking", CHECK)
    other = approved_lead(office, before)
    office.records.advance(LEAD, other, "checking", {**CHECK, "check_plan_kept_in": "示例保密柜"})
    assert {office.records.get(LEAD, each).state for each in (lead, other)} == {"checking"}


def test_a_check_of_an_old_ledger_goes_on_without_a_plan_and_shows_that_it_lacks_one(office: Office) -> None:
    lead = approved_lead(office, "checking")
    shown, count = lacking(office, LEAD, lead)
    assert shown
    report = {
        "check_report_at": "2026-03-12",
        "check_opinion": "予以了结",
        "check_signed": "是",
        "check_answered": "是",
    }
    office.records.advance(LEAD, lead, "check_report", report)
    office.records.advance(LEAD, lead, "closed_no_action", {"close_reason": "失实", "closed_at": "2026-03-13"})
    office.records.advance(LEAD, lead, "archived", {"form": "不计", "volume_no": "示卷1", "retention": "永久"})
    assert office.records.get(LEAD, lead).state == "archived"
    assert count > lacking(office, LEAD, lead)[1]


def test_what_was_worked_out_before_there_was_such_a_field_is_counted_anew(office: Office) -> None:
    lead = approved_lead(office, "checking")
    with office.vault.act("save", "旧程序") as act:
        act.execute('UPDATE "lead" SET missing = 0 WHERE id = ?', (lead,))
        act.execute("UPDATE kept SET body = '旧程序' WHERE kind = 'derived' AND name = 'missing.lead'", ())
    office.vault.catch_up()
    assert lacking(office, LEAD, lead)[0]


@pytest.fixture
def inquired(office: Office) -> int:
    """Return a lead of which a talk was approved as the way to dispose of it."""
    lead = approved_lead(office)
    with office.vault.act("save", "准备") as act:
        act.change(LEAD, lead, None, {"mode": "talk_inquiry", "approver": Ref("示例领导"), "approved_at": DAY})
    return lead


def linked(office: Office, talk: int) -> dict[str, object]:
    return {"label": office.records.get(TALK, talk).no, "register": TALK.key, "id": talk}


def about(office: Office, lead: int) -> dict[str, object]:
    return {"label": office.records.get(LEAD, lead).no, "register": LEAD.key, "id": lead}


def test_a_lead_is_disposed_of_by_a_talk_whose_plans_stand_in_the_talk(office: Office, inquired: int) -> None:
    talk = talk_about_a_lead(office, lead_ref=about(office, inquired), safety_plan="")
    (problem,) = refused(office, LEAD, inquired, "talk_inquiry", {"talk_ref": linked(office, talk)})
    number = office.records.get(TALK, talk).no
    assert (problem.field, problem.message) == (
        "talk_ref",
        f"{number}还没有谈话方案（或存放处）、安全预案，请先在那条谈话里补上",
    )
    office.records.save(TALK, {"plan_kept_in": "示例保密柜", "safety_plan": "示例预案"}, talk)
    office.records.advance(LEAD, inquired, "talk_inquiry", {"talk_ref": linked(office, talk)})
    assert office.records.get(LEAD, inquired).state == "talk_inquiry"


def test_a_talk_that_is_not_of_the_lead_is_no_way_round_its_plans(office: Office, inquired: int) -> None:
    routine = talk_about_a_lead(office, lead_ref="", kind="例行廉政谈话")
    for given in (linked(office, routine), "谈〔2025〕099"):
        (problem,) = refused(office, LEAD, inquired, "talk_inquiry", {"talk_ref": given})
        assert (problem.field, "涉及线索" in problem.message) == ("talk_ref", True)


def test_a_letter_asks_for_no_plan_of_a_talk(office: Office, inquired: int) -> None:
    letter = {"inquiry_no": "示函〔2026〕1号", "inquiry_sent_at": "2026-03-06", "inquiry_cc": "示例党组"}
    office.records.advance(LEAD, inquired, "talk_inquiry", letter)
    assert office.records.get(LEAD, inquired).state == "talk_inquiry"


def test_the_one_talk_about_a_lead_is_proposed_for_it(office: Office, inquired: int) -> None:
    row = office.records.get(LEAD, inquired)
    assert "talk_ref" not in expecting.expected(office.desk, LEAD, row, {}, ["talk_ref"])
    talk = talk_about_a_lead(office, lead_ref=about(office, inquired))
    found = expecting.expected(office.desk, LEAD, row, {}, ["talk_ref"])
    assert found["talk_ref"].raw == linked(office, talk)
    talk_about_a_lead(office, lead_ref=about(office, inquired))
    assert "talk_ref" not in expecting.expected(office.desk, LEAD, row, {}, ["talk_ref"])
