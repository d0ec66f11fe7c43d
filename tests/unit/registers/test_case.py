"""The course of a case: from filing to archive, with the separations the rules ask for."""

from datetime import date

import pytest

from paizhu.base.rows import Ref, Value
from paizhu.registers.case import CASE, derive
from paizhu.registers.case_flow import CASE_FLOW, arrive
from tests.make import AIDS
from tests.unit.registers.case_stages import CARRIED_OUT, COURSES, MEASURES, everything
from tests.unit.registers.case_values import (
    DAY,
    FIFTH,
    OFFICER,
    SECOND,
    SUBJECT,
    THIRD,
    Course,
    Rows,
    allowed,
    refused,
    walk,
)


@pytest.mark.parametrize("course", COURSES.values(), ids=COURSES.keys())
def test_a_case_goes_its_course(course: Course) -> None:
    walk(CASE, course, MEASURES)


def test_the_courses_above_take_every_step() -> None:
    taken = set()
    for course in COURSES.values():
        here = CASE_FLOW.start
        for after, _ in course:
            taken.add((here, after))
            here = after
    assert {(step.before, step.after) for step in CASE_FLOW.steps} == taken


def test_the_next_states_are_those_of_the_table() -> None:
    assert allowed(CASE_FLOW) == {
        "filed": {"investigating"},
        "investigating": {"facts_shown", "withdrawn"},
        "facts_shown": {"investigation_report"},
        "investigation_report": {"sent_trial", "withdrawn"},
        "sent_trial": {"trial", "investigating"},
        "trial": {"trial_report", "returned"},
        "returned": {"investigating"},
        "trial_report": {"deciding"},
        "deciding": {"decided", "exempt", "withdrawn", "to_judicial"},
        "decided": {"executing", "to_judicial"},
        "exempt": {"archived", "first_form"},
        "withdrawn": {"clarify", "archived"},
        "to_judicial": {"executing"},
        # The table lets an appeal come from the period only; 复审 must be asked for within a month of the decision.
        "executing": {"executed", "appeal"},
        # 政务开除 has no period, so such a case goes to the archive at once.
        "executed": {"in_period", "appeal", "archived"},
        "in_period": {"period_over", "appeal"},
        "period_over": {"archived", "appeal"},
        "appeal": {"upheld", "changed", "revoked"},
        "upheld": {"in_period", "executing"},
        "changed": {"executing"},
        "revoked": {"clarify"},
        "clarify": {"archived"},
        "first_form": {"archived"},
        "archived": set(),
    }


@pytest.mark.parametrize(
    ("before", "after"),
    [("filed", "decided"), ("investigating", "sent_trial"), ("trial", "decided"), ("decided", "archived"),
     ("executing", "archived"), ("archived", "appeal")],
)  # fmt: skip
def test_a_jump_is_no_step(before: str, after: str) -> None:
    assert CASE_FLOW.step(before, after) is None


@pytest.mark.parametrize("before", ["filed", "returned"])
@pytest.mark.parametrize("team", [(OFFICER,), (OFFICER, Ref("示例官甲"))])
def test_one_person_alone_does_not_investigate(before: str, team: tuple[Ref, ...]) -> None:
    (words,) = refused(CASE, before, "investigating", {**everything(), "team": team})
    assert "两人以上" in words


def test_one_person_alone_does_not_try() -> None:
    (words,) = refused(CASE, "sent_trial", "trial", {**everything(), "trial_team": (THIRD,)})
    assert "两人以上" in words


@pytest.mark.parametrize(("before", "after"), [("sent_trial", "trial"), ("trial", "trial_report")])
@pytest.mark.parametrize("same", [SECOND, Ref("示例官乙")])
def test_who_investigated_does_not_try(before: str, after: str, same: Ref) -> None:
    note = "示例机关审理室"
    (words,) = refused(CASE, before, after, {**everything(), "trial_team": (THIRD, same), "trial_team_note": note})
    assert same.label in words
    assert "审理" in words


@pytest.mark.parametrize("same", [OFFICER, THIRD])
@pytest.mark.parametrize(
    ("before", "after", "result"),
    [("in_period", "appeal", None), ("appeal", "upheld", "upheld"), ("appeal", "changed", "changed"),
     ("appeal", "revoked", "revoked")],
)  # fmt: skip
def test_who_investigated_or_tried_does_not_review(before: str, after: str, result: str | None, same: Ref) -> None:
    values = {**everything(), "appeal_result": result}
    assert refused(CASE, before, after, values) == []
    (words,) = refused(CASE, before, after, {**values, "appeal_team": (FIFTH, same)})
    assert same.label in words


@pytest.mark.parametrize("name", ["handler", "co_handler", "filing_approver"])
def test_nobody_handles_his_own_case(name: str) -> None:
    (words,) = refused(CASE, "filed", "investigating", {**everything(), name: SUBJECT})
    assert "回避" in words


def test_the_officer_does_not_handle_a_case_about_himself() -> None:
    values = {**everything(), "subject": Ref("示例官己", "person", 6)}
    assert refused(CASE, "filed", "investigating", values, user=OFFICER) == []
    assert len(refused(CASE, "filed", "investigating", values, user=Ref("示例官己", "person", 6))) == 1


@pytest.mark.parametrize("member", [SECOND, THIRD, FIFTH])
def test_a_relative_is_in_no_team(member: Ref) -> None:
    values = {**everything(), "appeal_result": "upheld"}
    found = refused(CASE, "appeal", "upheld", values, related=lambda a, b: {a, b} == {member, SUBJECT})
    assert [member.label in words for words in found] == [True]


@pytest.mark.parametrize("value", [None, False])
def test_the_whole_team_signs_its_report(value: bool | None) -> None:
    assert len(refused(CASE, "facts_shown", "investigation_report", {**everything(), "report_signed": value})) == 1


@pytest.mark.parametrize("name", ["approval_no", "taken_at"])
def test_a_measure_without_approval_is_refused(name: str) -> None:
    rows: Rows = {"measures_used": [{**MEASURES["measures_used"][0], name: None}]}
    assert refused(CASE, "investigating", "facts_shown", everything(), MEASURES) == []
    assert len(refused(CASE, "investigating", "facts_shown", everything(), rows)) == 1
    assert refused(CASE, "investigating", "facts_shown", everything(), {"measures_used": []}) == ["measures_used"]


@pytest.mark.parametrize("name", ["quorum_met", "majority_met"])
@pytest.mark.parametrize(("after", "outcome"), [("decided", "punish"), ("exempt", "exempt")])
def test_a_party_group_decides_with_quorum_and_majority(name: str, after: str, outcome: str) -> None:
    values = {**everything(), "outcome": outcome, name: False}
    assert len(refused(CASE, "deciding", after, values)) == 1
    assert refused(CASE, "deciding", after, {**values, "decide_body": "commission"}) == []


def test_nothing_is_decided_before_the_person_was_told_and_heard() -> None:
    values = {**everything(), "told_at": None, "statement_heard": None}
    assert refused(CASE, "trial_report", "deciding", values) == ["told_at", "statement_heard"]


@pytest.mark.parametrize(
    ("before", "after", "outcome"),
    [
        ("deciding", "decided", "punish"),
        ("deciding", "exempt", "exempt"),
        ("deciding", "exempt", "none"),
        ("deciding", "exempt", "other"),
        ("deciding", "withdrawn", "withdrawn"),
        ("investigating", "withdrawn", "withdrawn"),
        ("investigation_report", "withdrawn", "withdrawn"),
        ("deciding", "to_judicial", "judicial"),
    ],
)
def test_a_case_goes_where_its_outcome_says(before: str, after: str, outcome: str) -> None:
    other = "punish" if outcome != "punish" else "exempt"
    assert refused(CASE, before, after, {**everything(), "outcome": outcome}) == []
    assert len(refused(CASE, before, after, {**everything(), "outcome": other})) == 1


@pytest.mark.parametrize("result", ["upheld", "changed", "revoked"])
def test_an_appeal_goes_where_its_result_says(result: str) -> None:
    other = "changed" if result != "changed" else "upheld"
    assert refused(CASE, "appeal", result, {**everything(), "appeal_result": result}) == []
    assert len(refused(CASE, "appeal", result, {**everything(), "appeal_result": other})) == 1


def test_closing_needs_an_outcome() -> None:
    values = {**everything(), "outcome": None, "closed_at": None}
    assert refused(CASE, "period_over", "archived", values) == ["outcome", "closed_at"]


def test_nobody_is_cleared_against_his_wish_and_not_without_writing() -> None:
    assert len(refused(CASE, "withdrawn", "clarify", {**everything(), "clarify_wish": "refused"})) == 1
    assert len(refused(CASE, "clarify", "archived", {**everything(), "clarify_modes": ("face",)})) == 1


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({}, "filed"),
        ({"team": (OFFICER, SECOND)}, "investigating"),
        ({"facts_shown_at": DAY}, "facts_shown"),
        ({"report_at": DAY}, "investigation_report"),
        ({"sent_trial_at": DAY}, "sent_trial"),
        ({"trial_accepted_at": DAY}, "trial"),
        ({"trial_report_at": DAY}, "trial_report"),
        ({"decided_at": DAY}, "decided"),
        ({"outcome": "punish"}, "decided"),
        ({"outcome": "judicial"}, "to_judicial"),
        ({"outcome": "exempt"}, "archived"),
        ({"outcome": "withdrawn"}, "archived"),
        ({"closed_at": DAY}, "archived"),
        ({"outcome": "punish", "closed_at": DAY}, "archived"),
        ({"outcome": "punish", "closed_at": DAY, "period_to": date(2027, 1, 1)}, "in_period"),
        ({"outcome": "punish", "period_to": date(2026, 3, 6)}, "in_period"),
        ({"outcome": "punish", "period_to": date(2026, 3, 5)}, "archived"),
    ],
)
def test_an_old_case_stands_where_it_ended(values: dict[str, Value], state: str) -> None:
    assert arrive(values, date(2026, 3, 6)) == state


def test_a_case_of_an_old_ledger_gets_a_name() -> None:
    assert derive({"subject": SUBJECT, "filed_at": DAY}, AIDS)["name"] == "示例某案（2026年3月5日立案）"
    assert derive({"subject": SUBJECT}, AIDS)["name"] == "示例某案"
    assert "name" not in derive({"subject": SUBJECT, "name": "关于示例某的案件"}, AIDS)


def test_a_case_closes_on_the_day_of_its_decision() -> None:
    assert derive({"outcome": "punish", "decided_at": DAY}, AIDS)["closed_at"] == DAY
    assert "closed_at" not in derive({"outcome": "punish", "decided_at": DAY, "closed_at": DAY}, AIDS)


def test_a_punishment_nobody_registered_is_not_carried_out() -> None:
    values: dict[str, Value] = {"outcome": "punish", "executed_at": DAY}
    (words,) = refused(CASE, "executing", "executed", values)
    assert "还没有登记处分" in words
    assert refused(CASE, "executing", "executed", values, {"measure": [CARRIED_OUT]}) == []
    assert refused(CASE, "executing", "executed", {**values, "outcome": "judicial"}) == []


@pytest.mark.parametrize("stands", ["changed", "replaced", "revoked"])
def test_a_changed_decision_is_carried_out_once_its_own_punishment_is_registered(stands: str) -> None:
    old: dict[str, Value] = {**CARRIED_OUT, "changed": stands}
    (words,) = refused(CASE, "changed", "executing", {}, {"measure": [old]})
    assert "还没有登记变更后的处分" in words
    assert refused(CASE, "changed", "executing", {}, {"measure": [old, CARRIED_OUT]}) == []
