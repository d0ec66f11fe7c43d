"""Invented people and the values each stage of petition, lead and case asks for, in order."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from paizhu.base.flow import Facts, Flow, objections
from paizhu.base.register import Register
from paizhu.base.rows import Ref, Value

OFFICER = Ref("示例官甲", "person", 1)
SECOND = Ref("示例官乙", "person", 2)
THIRD = Ref("示例官丙", "person", 3)
FOURTH = Ref("示例官丁", "person", 4)
FIFTH = Ref("示例官戊", "person", 5)
SUBJECT = Ref("示例某", "person", 9)
LEADER = Ref("示例领导", "person", 8)
DAY = date(2026, 3, 5)
OURS: dict[str, Value] = {"unit_id": Ref("示例局"), "handler": OFFICER, "secrecy_notice": "work"}
"""What every record of the office has."""

DESCRIBED: dict[str, Value] = {
    "subject_gender": "male",
    "subject_born": "1978-03",
    "subject_ethnic": "汉族",
    "subject_political": "member",
    "subject_unit": "示例局一处",
    "subject_post": "处长",
    "subject_rank": "division",
    "in_post_since": date(2021, 6, 1),
    "is_npc_cppcc": False,
}
"""Who the subject is, as he stood when the matter came up."""

BEGIN: dict[str, Value] = {
    "clarify_assessment": "适合澄清",
    "clarify_approver": LEADER,
    "clarify_approved_at": DAY,
    "clarify_wish": "wanted",
}
CLARIFIED: dict[str, Value] = {
    "clarify_modes": ("written",),
    "clarify_scope": "本单位",
    "clarify_at": DAY,
    "clarify_feedback": "无意见",
}
"""How a matter is cleared up, begun and done."""

Rows = Mapping[str, Sequence[Mapping[str, Value]]]
Course = list[tuple[str, dict[str, Value]]]
"""States in the order of the course, each with what is entered before its step."""


def refused(
    register: Register,
    before: str,
    after: str,
    values: Mapping[str, Value],
    rows: Rows | None = None,
    *,
    user: Ref | None = None,
    related: Callable[[Ref, Ref], bool] = lambda _one, _other: False,
) -> list[str]:
    """Return the codes or names of what stands against a step: field names, then guards in words."""
    assert register.flow is not None
    step = register.flow.step(before, after)
    assert step is not None, f"{before} -> {after} is no step"
    facts = Facts(values, rows or {}, related, user)
    found = objections(step, facts, register.label_of)
    return [problem.field if problem.code == "missing" else problem.message for problem in found]


def walk(register: Register, course: Sequence[tuple[str, Mapping[str, Value]]], rows: Rows | None = None) -> None:
    """Go a course state by state, entering the values of each stage before its step; fails where one is refused."""
    assert register.flow is not None
    values: dict[str, Value] = {}
    here = register.flow.start
    for after, entered in course:
        values.update(entered)
        assert refused(register, here, after, values, rows, user=OFFICER) == [], f"{here} -> {after}"
        here = after


def allowed(flow: Flow) -> dict[str, set[str]]:
    """Return the next states of every state."""
    return {state.code: {step.after for step in flow.steps_from(state.code)} for state in flow.states}
