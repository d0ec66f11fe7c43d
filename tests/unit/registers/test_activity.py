"""监督检查: each rule of the course with the case it stops and the one it lets through."""

import itertools
from datetime import date
from typing import Any

import pytest

from paizhu.base.flow import Facts, objections
from paizhu.base.rows import Ref
from paizhu.registers.activity import ACTIVITY, derive
from paizhu.registers.activity_flow import FLOW
from tests.make import AIDS

FULL: dict[str, Any] = {
    "title": "示例专项检查",
    "kind": "special",
    "plan": 1,
    "approver": Ref("组长"),
    "approved_at": date(2026, 3, 2),
    "start_date": date(2026, 3, 5),
    "end_date": date(2026, 3, 6),
    "units": (Ref("示例处"),),
    "members": (Ref("检查甲"), Ref("检查乙")),
    "member_unit": "某市示例纪委监委",
    "methods": ("papers",),
    "content": "抽查 12 份",
    "feedback": "sheet",
    "feedback_at": date(2026, 3, 12),
    "closed_at": date(2026, 4, 2),
}


def against(before: str, after: str, **changed: Any) -> list[str]:
    step = FLOW.step(before, after)
    assert step is not None
    facts = Facts({**FULL, **changed}, {}, related=lambda one, other: "亲属" in one.label + other.label)
    return [problem.message for problem in objections(step, facts, ACTIVITY.label_of)]


def test_an_activity_goes_its_whole_way_when_nothing_is_missing() -> None:
    for before, after in itertools.pairwise(("planned", "approved", "going", "written", "fed_back", "closed")):
        assert against(before, after) == [], (before, after)


@pytest.mark.parametrize(
    ("before", "after", "changed", "words"),
    [
        ("planned", "approved", {"plan": None}, "方案"),
        ("planned", "going", {"kind": "special"}, "须先有方案"),
        ("planned", "going", {"kind": "survey"}, "须先有方案"),
        ("approved", "going", {"members": (Ref("检查甲"),)}, "两人以上"),
        ("approved", "going", {"members": (Ref("检查甲"), Ref("检查 甲"))}, "两人以上"),
        ("approved", "going", {"member_unit": None}, "第二人单位"),
        ("planned", "going", {"kind": "routine", "member_unit": None}, "第二人单位"),
        ("approved", "going", {"talked": (Ref("检查乙"),)}, "应当回避"),
        ("approved", "going", {"talked": (Ref("亲属丙"),)}, "应当回避"),
        ("going", "written", {"methods": ()}, "监督方式"),
        ("going", "written", {"content": ""}, "监督情况"),
        ("written", "closed", {"findings": 1}, "先反馈"),
        ("written", "closed", {"suggestions": 2}, "先反馈"),
        ("fed_back", "closed", {"open_findings": 2}, "还有 2 个问题没有销号"),
    ],
)
def test_a_step_is_refused_with_its_reason(before: str, after: str, changed: dict[str, Any], words: str) -> None:
    assert any(words in each for each in against(before, after, **changed))


@pytest.mark.parametrize("kind", ["sit_in", "life_meeting", "ecology", "consultation"])
def test_whoever_only_attends_may_be_alone_and_checks_in_no_way(kind: str) -> None:
    assert against("planned", "going", kind=kind, members=(Ref("检查甲"),)) == []
    assert against("going", "written", kind=kind, members=(Ref("检查甲"),), methods=()) == []


def test_a_routine_check_needs_no_plan_and_what_found_nothing_no_feedback() -> None:
    assert against("planned", "going", kind="routine", plan=None) == []
    assert against("written", "closed", findings=0) == []


def test_leads_are_counted_and_the_first_unit_checked_is_the_unit_concerned() -> None:
    made = derive(
        {"units": (Ref("甲处"), Ref("乙处")), "lead_refs": (Ref("线〔2026〕0001"), Ref("线〔2026〕0002"))}, AIDS
    )
    assert made == {"leads": 2, "unit_id": Ref("甲处")}
    assert "unit_id" not in derive({"unit_id": Ref("丙处"), "units": (Ref("甲处"),)}, AIDS)


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({"start_date": date(2026, 9, 1)}, "planned"),
        ({"start_date": date(2026, 9, 1), "approved_at": date(2026, 3, 1)}, "approved"),
        ({"start_date": date(2026, 2, 1)}, "written"),
        ({"start_date": date(2025, 11, 1)}, "closed"),
        ({"start_date": date(2026, 2, 1), "feedback_at": date(2026, 2, 9)}, "fed_back"),
        ({"closed_at": date(2026, 3, 1)}, "closed"),
        ({"cancel_reason": "与巡察重复"}, "cancelled"),
        ({}, "planned"),
    ],
)
def test_an_old_activity_arrives_where_it_got_to(values: dict[str, Any], state: str) -> None:
    assert FLOW.arrive is not None
    assert FLOW.arrive(values, date(2026, 3, 20)) == state
