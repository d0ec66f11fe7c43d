"""发现问题与整改: each rule of the course with the case it stops and the one it lets through."""

import itertools
from datetime import date
from typing import Any

import pytest

from paizhu.base.flow import Facts, objections
from paizhu.base.rows import Ref, Values
from paizhu.registers.finding import FINDING, Finding, check, derive
from paizhu.registers.finding_flow import FLOW
from tests.make import AIDS

FULL: dict[str, Any] = {
    "problem": "示例问题",
    "source_ref": Ref("检查"),
    "requirement": "限期整改",
    "assigned_at": date(2026, 2, 2),
    "assign_doc": "示整〔2026〕1号",
    "due": date(2026, 3, 2),
    "duty_unit": Ref("示例处"),
    "duty_person": Ref("责任甲"),
    "measures": "措施",
    "report": "已改",
    "reported_at": date(2026, 2, 25),
    "evidence": 1,
    "accept_mode": "papers",
    "accepted_at": date(2026, 3, 1),
    "acceptors": (Ref("验收甲"), Ref("验收乙")),
    "acceptor_unit": "示例派出机关",
    "accept_result": "passed",
    "review_note": "逐项核对，已改到位",
    "closed_at": date(2026, 3, 2),
    "look_back": date(2026, 9, 1),
    "look_back_result": "kept",
    "papers_filed": True,
    "long_check": date(2027, 1, 1),
    "long_result": "没有反弹",
}
ROWS: dict[str, tuple[Values, ...]] = {
    "progress": ({"on": date(2026, 2, 10), "words": "进展"},),
    "finding_extension": (),
}


def against(before: str, after: str, rows: dict[str, tuple[Values, ...]] | None = None, **changed: Any) -> list[str]:
    """Return what stands against a step of a finding that is otherwise complete."""
    step = FLOW.step(before, after)
    assert step is not None
    facts = Facts(
        {**FULL, **changed}, {**ROWS, **(rows or {})}, related=lambda one, other: "亲属" in one.label + other.label
    )
    return [problem.message for problem in objections(step, facts, FINDING.label_of)]


def test_a_finding_goes_its_whole_way_when_nothing_is_missing() -> None:
    way = ("found", "assigned", "plan_ok", "rectifying", "reported", "accepting", "closed", "look_back", "done")
    for before, after in itertools.pairwise(way):
        assert against(before, after) == [], (before, after)


@pytest.mark.parametrize(
    ("before", "after", "changed", "words"),
    [
        ("found", "assigned", {"duty_unit": None, "duty_person": None}, "责任单位或责任人"),
        ("found", "assigned", {"due": None}, "整改期限"),
        ("rectifying", "reported", {"evidence": 0}, "佐证材料"),
        ("reported", "accepting", {"acceptors": (Ref("验收甲"), Ref("验收 甲"))}, "两人以上"),
        ("reported", "accepting", {"acceptor_unit": None}, "查不到验收乙的单位"),
        ("accepting", "closed", {"acceptor_unit": None}, "查不到验收乙的单位"),
        ("long_term", "accepting", {"acceptor_unit": None}, "查不到验收乙的单位"),
        ("reported", "accepting", {"acceptors": (Ref("责任甲"), Ref("验收乙"))}, "应当回避"),
        ("reported", "accepting", {"acceptors": (Ref("亲属丙"), Ref("验收乙"))}, "应当回避"),
        ("accepting", "closed", {"accept_result": "sent_back"}, "不能销号"),
        ("accepting", "closed", {"evidence": 0}, "佐证材料"),
        ("accepting", "closed", {"evidence": None}, "佐证材料"),
        ("accepting", "closed", {"review_note": None}, "复核结论"),
        ("accepting", "sent_back", {"send_back_reason": "没改到位", "redo_due": date(2026, 4, 1)}, "退回重改"),
        ("look_back", "done", {"look_back_result": "again"}, "反弹"),
        ("look_back", "done", {"papers_filed": False}, "归齐"),
        ("long_term", "long_term", {"long_result": None}, "检查结果"),
    ],
)
def test_a_step_is_refused_with_its_reason(before: str, after: str, changed: dict[str, Any], words: str) -> None:
    assert any(words in each for each in against(before, after, **changed))


def test_what_has_to_be_kept_up_needs_no_day() -> None:
    assert against("found", "assigned", due=None, term_kind="long_term") == []


@pytest.mark.parametrize(
    ("changed", "rows", "late"),
    [
        ({"due": date(2026, 3, 15)}, (), True),
        ({"due": date(2026, 3, 16)}, (), False),
        ({"due": None}, (), False),
        ({"due": date(2026, 3, 1)}, ({"new_due": date(2026, 3, 20), "approver": Ref("组长")},), False),
        ({"due": date(2026, 3, 1)}, ({"new_due": date(2026, 3, 20)},), True),
        ({"due": date(2026, 1, 1), "redo_due": date(2026, 4, 1)}, (), False),
    ],
    ids=["yesterday", "today", "no day", "extended", "asked but not granted", "another round"],
)
def test_late_is_what_its_day_has_passed(changed: dict[str, Any], rows: tuple[Values, ...], late: bool) -> None:
    assert (against("rectifying", "overdue", {"finding_extension": rows}, **changed) == []) is late


def test_an_extension_names_its_day_and_who_granted_it() -> None:
    asked: tuple[Values, ...] = ({"reason": "工期", "new_due": date(2026, 4, 1)},)
    assert against("overdue", "extended", {"finding_extension": asked}) == ["请在“整改延期”里写明延至哪一天、由谁批准"]
    granted: tuple[Values, ...] = ({**asked[0], "approver": Ref("组长")},)
    assert against("overdue", "extended", {"finding_extension": granted}) == []


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({}, "found"),
        ({"assigned_at": date(2026, 3, 1)}, "assigned"),
        ({"assigned_at": date(2026, 1, 1), "due": date(2026, 3, 5)}, "overdue"),
        ({"due": date(2026, 3, 6), "measures": "措施"}, "plan_ok"),
        ({"completion": "doing", "due": date(2026, 4, 1)}, "rectifying"),
        ({"reported_at": date(2026, 3, 1)}, "reported"),
        ({"completion": "done"}, "closed"),
        ({"closed_at": date(2026, 3, 1), "look_back_result": "kept"}, "done"),
        ({"look_back_result": "again"}, "sent_back"),
        ({"term_kind": "long_term"}, "long_term"),
    ],
)
def test_an_old_ledger_places_a_finding_by_the_furthest_it_tells(values: dict[str, Any], state: str) -> None:
    assert FLOW.arrive is not None
    assert FLOW.arrive(values, date(2026, 3, 6)) == state


def test_a_finding_does_not_repeat_itself() -> None:
    assert check(Finding(problem="示例", no="问1", repeat_of=Ref("问1"))) == ["曾销号的同一问题不能是本条自己"]


def test_the_unit_that_answers_stands_for_the_unit_concerned() -> None:
    assert derive({"duty_unit": Ref("示例处")}, AIDS) == {"unit_id": Ref("示例处")}
    assert derive({"duty_unit": Ref("示例处"), "unit_id": Ref("示例局")}, AIDS) == {}
