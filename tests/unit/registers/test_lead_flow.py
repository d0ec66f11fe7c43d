"""The course of a lead: every way to an end, every guard, every jump that is refused."""

from datetime import date

import pytest

from paizhu.base.flow import Facts, objections
from paizhu.base.rows import Ref, Value, Values
from paizhu.registers.lead import LEAD
from paizhu.registers.lead_flow import LEAD_FLOW, arrive
from tests.unit.registers.case_values import (
    DAY,
    LEADER,
    OFFICER,
    SECOND,
    SUBJECT,
    Course,
    Rows,
    allowed,
    refused,
    walk,
)
from tests.unit.registers.lead_stages import (
    APPROVED,
    CHECKED,
    CHECKING,
    COURSES,
    LETTER,
    REGISTERED,
    VIEWS,
    everything,
)


@pytest.mark.parametrize("course", COURSES.values(), ids=COURSES.keys())
def test_a_lead_goes_its_course(course: Course) -> None:
    walk(LEAD, course, VIEWS)


def test_the_courses_above_take_every_step() -> None:
    taken = set()
    for course in COURSES.values():
        here = LEAD_FLOW.start
        for after, _ in course:
            taken.add((here, after))
            here = after
    assert {(step.before, step.after) for step in LEAD_FLOW.steps} == taken


def test_the_next_states_are_those_of_the_table() -> None:
    assert allowed(LEAD_FLOW) == {
        "registered": {"proposed", "transferred"},
        "transferred": set(),
        "proposed": {"panel", "registered"},
        "panel": {"approved", "registered"},
        # The table has no way on for the approved mode 移交; handing over is that way.
        "approved": {"talk_inquiry", "checking", "held", "closed_no_action", "transferred"},
        "talk_inquiry": {"inquiry_report"},
        "inquiry_report": {"closed_credited", "first_form", "talk_inquiry", "checking", "false_accusation"},
        "closed_credited": {"archived", "clarify", "reopened"},
        "first_form": {"archived"},
        "held": {"checking", "talk_inquiry", "closed_no_action"},
        "closed_no_action": {"clarify", "archived", "reopened"},
        "checking": {"check_report"},
        "check_report": {"filing", "first_form", "closed_no_action", "held", "moved_to_party_body"},
        "moved_to_party_body": {"archived"},
        "filing": {"filed", "check_report"},
        "filed": set(),
        # The table ends here, but who was accused falsely is the first to be cleared, and every lead is filed.
        "false_accusation": {"archived", "clarify"},
        "clarify": {"archived"},
        "reopened": {"proposed"},
        "archived": set(),
    }


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("registered", "talk_inquiry"),
        ("registered", "checking"),
        ("registered", "archived"),
        ("proposed", "approved"),
        ("talk_inquiry", "archived"),
        ("checking", "filed"),
        ("first_form", "reopened"),
        ("archived", "reopened"),
        ("transferred", "registered"),
    ],
)
def test_a_jump_is_no_step(before: str, after: str) -> None:
    assert LEAD_FLOW.step(before, after) is None


@pytest.mark.parametrize("name", ["approver", "approved_at"])
@pytest.mark.parametrize("before", ["approved", "held", "inquiry_report"])
def test_nobody_is_asked_without_approval(before: str, name: str) -> None:
    values = {**everything(), "mode": "talk_inquiry", "report_opinion": "again"}
    assert refused(LEAD, before, "talk_inquiry", values) == []
    (words,) = refused(LEAD, before, "talk_inquiry", {**values, name: None})
    assert "报经批准" in words


@pytest.mark.parametrize("before", ["approved", "held"])
@pytest.mark.parametrize("name", ["inquiry_no", "inquiry_sent_at", "inquiry_cc"])
def test_a_letter_is_complete_unless_there_is_a_talk(name: str, before: str) -> None:
    values: Values = {**everything(), "mode": "talk_inquiry", "report_opinion": "again", name: None}
    assert len(refused(LEAD, before, "talk_inquiry", values)) == 1
    talked = {**values, "talk_ref": Ref("谈〔2026〕001", "integrity_talk", 3)}
    planned: dict[str, Value] = {"id": 3, "plan_kept_in": "示例保密柜", "safety_plan": "示例预案"}
    assert refused(LEAD, before, "talk_inquiry", talked, {"integrity_talk": [planned]}) == []


@pytest.mark.parametrize("name", ["inquiry_replied_at", "inquiry_signer"])
def test_no_report_before_an_answer_or_a_talk(name: str) -> None:
    values: Values = {**everything(), "report_opinion": "credited", name: None}
    assert len(refused(LEAD, "talk_inquiry", "inquiry_report", values)) == 1
    assert refused(LEAD, "talk_inquiry", "inquiry_report", {**values, "talk_held_at": DAY}) == []


@pytest.mark.parametrize("team", [(OFFICER,), (OFFICER, OFFICER), (OFFICER, Ref("示例官甲"))])
@pytest.mark.parametrize(
    ("before", "mode"), [("approved", "check"), ("held", "hold"), ("inquiry_report", "talk_inquiry")]
)
def test_one_person_alone_does_not_check(before: str, mode: str, team: tuple[Ref, ...]) -> None:
    values = {**everything(), "mode": mode, "report_opinion": "check", "check_team": team}
    (words,) = refused(LEAD, before, "checking", values)
    assert "两人以上" in words


def test_a_team_is_two_persons_even_when_they_share_a_name() -> None:
    values = {**everything(), "mode": "check", "check_team": (OFFICER, Ref("示例官甲", "person", 77))}
    assert refused(LEAD, "approved", "checking", values) == []


@pytest.mark.parametrize("before", ["approved", "held", "inquiry_report"])
def test_a_top_leaders_lead_is_reported_upward_before_a_check(before: str) -> None:
    values = {**everything(), "mode": "check", "report_opinion": "check", "is_top": True}
    assert len(refused(LEAD, before, "checking", values)) == 1
    assert refused(LEAD, before, "checking", {**values, "reported_up_at": DAY}) == []


@pytest.mark.parametrize("who", ["who", "view"])
def test_every_member_of_the_panel_speaks(who: str) -> None:
    silent: Rows = {"panel_view": [{"who": OFFICER, "view": "同意"}, {"who": SECOND, "view": "同意", who: None}]}
    assert len(refused(LEAD, "proposed", "panel", everything(), silent)) == 1
    assert refused(LEAD, "proposed", "panel", everything(), {"panel_view": []}) == ["panel_view"]


@pytest.mark.parametrize("authority", ["superior", "commission"])
def test_the_officer_does_not_approve_on_cadres_managed_above(authority: str) -> None:
    values = {**everything(), "mode": "check", "cadre_authority": authority}
    assert refused(LEAD, "panel", "approved", values, user=OFFICER) == []
    assert len(refused(LEAD, "panel", "approved", {**values, "approver": OFFICER}, user=OFFICER)) == 1


def test_the_officer_approves_where_the_authority_is_his() -> None:
    values = {**everything(), "mode": "check", "cadre_authority": "own", "approver": OFFICER}
    assert refused(LEAD, "panel", "approved", values, user=OFFICER) == []


def test_who_manages_the_cadre_is_written_before_the_officer_approves_himself() -> None:
    """A lead from an old ledger comes in behind the step that asks for it."""
    values = {**everything(), "mode": "check", "cadre_authority": None, "is_top": None}
    for before, after, name in (("panel", "approved", "approver"), ("approved", "checking", "check_approver")):
        assert refused(LEAD, before, after, values, user=OFFICER) == []
        assert refused(LEAD, before, after, {**values, name: OFFICER}, user=OFFICER) == ["cadre_authority"]


@pytest.mark.parametrize("name", ["check_signed", "check_answered"])
@pytest.mark.parametrize("value", [None, False])
def test_a_check_report_is_signed_and_answers_every_point(name: str, value: bool | None) -> None:
    assert len(refused(LEAD, "checking", "check_report", {**everything(), "check_opinion": "close", name: value})) == 1


@pytest.mark.parametrize(
    ("after", "mode"),
    [("talk_inquiry", "talk_inquiry"), ("checking", "check"), ("held", "hold"), ("closed_no_action", "close"),
     ("transferred", "transfer")],
)  # fmt: skip
def test_only_the_approved_mode_is_carried_out(after: str, mode: str) -> None:
    other = "hold" if mode != "hold" else "check"
    assert refused(LEAD, "approved", after, {**everything(), "mode": mode}) == []
    assert len(refused(LEAD, "approved", after, {**everything(), "mode": other})) == 1


@pytest.mark.parametrize(
    ("before", "after", "name", "opinion"),
    [
        ("inquiry_report", "closed_credited", "report_opinion", "credited"),
        ("inquiry_report", "first_form", "report_opinion", "first_form"),
        ("inquiry_report", "talk_inquiry", "report_opinion", "again"),
        ("inquiry_report", "checking", "report_opinion", "check"),
        ("inquiry_report", "false_accusation", "report_opinion", "false_accusation"),
        ("check_report", "filing", "check_opinion", "file"),
        ("check_report", "first_form", "check_opinion", "remind"),
        ("check_report", "closed_no_action", "check_opinion", "close"),
        ("check_report", "held", "check_opinion", "hold"),
        ("check_report", "moved_to_party_body", "check_opinion", "party_body"),
    ],
)
def test_a_report_leads_where_it_concludes(before: str, after: str, name: str, opinion: str) -> None:
    more: dict[str, Value] = {
        "accuser_lead_ref": Ref("线〔2026〕0009"),
        "filing_request_at": DAY,
        "filing_basis": "示例依据",
        "filing_approver": LEADER,
        "moved_letter_no": "示函2号",
        "moved_to": "示例机关党委",
        "moved_at": DAY,
        "moved_due": DAY,
    }
    assert refused(LEAD, before, after, {**everything(), **more, name: opinion}) == []
    assert len(refused(LEAD, before, after, {**everything(), **more, name: None})) == 1


def test_a_clarification_has_a_written_part() -> None:
    assert refused(LEAD, "clarify", "archived", everything()) == []
    assert len(refused(LEAD, "clarify", "archived", {**everything(), "clarify_modes": ("meeting",)})) == 1


@pytest.mark.parametrize("before", ["closed_no_action", "closed_credited", "false_accusation"])
def test_nobody_is_cleared_against_his_wish(before: str) -> None:
    assert len(refused(LEAD, before, "clarify", {**everything(), "clarify_wish": "refused"})) == 1


@pytest.mark.parametrize("name", ["handler", "co_handler", "approver", "check_approver", "filing_approver"])
def test_nobody_handles_his_own_lead(name: str) -> None:
    values = {**everything(), "mode": "check", "handler": SECOND, name: SUBJECT}
    (words,) = refused(LEAD, "approved", "checking", values)
    assert "回避" in words


def test_the_officer_does_not_handle_a_lead_about_himself_but_may_hand_it_over() -> None:
    values = {**everything(), "subject": OFFICER}
    (words,) = refused(LEAD, "registered", "proposed", values, user=OFFICER)
    assert "回避" in words
    assert refused(LEAD, "registered", "transferred", values, user=OFFICER) == []


def test_a_relative_is_not_in_the_team() -> None:
    values = {**everything(), "mode": "check"}
    found = refused(LEAD, "approved", "checking", values, related=lambda a, b: {a, b} == {SECOND, SUBJECT})
    assert [SECOND.label in words for words in found] == [True]


def test_a_closed_lead_is_filed_with_its_form() -> None:
    assert refused(LEAD, "first_form", "archived", {**everything(), "form": None}) == ["form"]


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({}, "registered"),
        ({"proposed_mode": "check"}, "proposed"),
        ({"panel_at": DAY, "proposed_at": DAY}, "panel"),
        ({"mode": "check", "approved_at": DAY}, "approved"),
        ({"mode": "talk_inquiry", "inquiry_sent_at": DAY}, "talk_inquiry"),
        ({"mode": "talk_inquiry", "report_at": DAY}, "inquiry_report"),
        ({"mode": "check", "check_from": DAY}, "checking"),
        ({"mode": "check", "check_report_at": DAY}, "check_report"),
        ({"mode": "hold"}, "held"),
        ({"mode": "hold", "closed_at": DAY}, "archived"),
        ({"mode": "close"}, "archived"),
        ({"mode": "transfer"}, "transferred"),
        ({"transfer_at": DAY}, "transferred"),
        ({"close_reason": "untrue"}, "archived"),
        ({"form": "f1"}, "archived"),
        ({"closed_at": DAY, "check_from": DAY}, "archived"),
        ({"case_ref": Ref("案〔2025〕001"), "closed_at": DAY}, "filed"),
        ({"moved_at": DAY}, "moved_to_party_body"),
    ],
)
def test_an_old_lead_stands_where_it_ended(values: dict[str, Value], state: str) -> None:
    assert arrive({**REGISTERED, **values}, date(2026, 3, 6)) == state


@pytest.mark.parametrize(
    ("before", "after", "over", "field"),
    [
        ("approved", "talk_inquiry", {"mode": "talk_inquiry"}, "talk_ref"),
        ("approved", "talk_inquiry", {"mode": "talk_inquiry", "inquiry_no": "示函1号"}, "inquiry_sent_at"),
        ("approved", "checking", {"mode": "check", **CHECKING, "check_team": (OFFICER,)}, "check_team"),
        ("approved", "checking", {"mode": "check", **CHECKING, "is_top": True}, "reported_up_at"),
        ("talk_inquiry", "inquiry_report", {**LETTER, "inquiry_replied_at": DAY}, "inquiry_signer"),
        ("checking", "check_report", {**CHECKED, "check_opinion": "file", "check_signed": False}, "check_signed"),
    ],
)
def test_a_refusal_points_at_the_field_that_answers_it(before: str, after: str, over: Values, field: str) -> None:
    step = LEAD_FLOW.step(before, after)
    assert step is not None
    found = objections(step, Facts({**REGISTERED, **APPROVED, **over}, placed=lambda _: True), LEAD.label_of)
    assert field in [problem.field for problem in found]
