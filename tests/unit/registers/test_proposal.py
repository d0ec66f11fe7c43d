"""建议书: each rule of the course with the case it stops and the one it lets through."""

import itertools
from datetime import date, datetime
from typing import Any

import pytest

from paizhu.base import clock
from paizhu.base.flow import Facts, objections
from paizhu.base.rows import Ref, Values
from paizhu.registers.proposal import PROPOSAL, derive
from paizhu.registers.proposal_flow import FLOW
from tests.make import AIDS

FULL: dict[str, Any] = {
    "kind": "discipline",
    "title": "关于示例事项的纪律检查建议",
    "addressee": Ref("示例处"),
    "origin": "专项检查",
    "reply_due": date(2026, 4, 10),
    "handler": Ref("承办人"),
    "checker": Ref("审核人"),
    "signer": Ref("签发人"),
    "signed_at": date(2026, 3, 10),
    "seal": "group",
    "delivered_at": date(2026, 3, 11),
    "delivered_by": Ref("承办人"),
    "received_by": "签收人",
    "objection_at": date(2026, 3, 16),
    "objection_text": "事实有出入",
    "objection_result": "核对后维持",
    "replied_at": date(2026, 4, 9),
    "adopted": "adopted",
    "revisit_at": date(2026, 7, 9),
    "revisit_rating": "good",
    "reported_at": date(2026, 4, 20),
    "outcome": "派出机关督促后采纳",
}
ROWS: dict[str, tuple[Values, ...]] = {
    "problems": ({"problem": "公示期不足", "duty_person": Ref("责任甲")},),
    "suggestions": ({"words": "统一模板"},),
    "proposal_extension": (),
}


def against(before: str, after: str, rows: dict[str, tuple[Values, ...]] | None = None, **changed: Any) -> list[str]:
    step = FLOW.step(before, after)
    assert step is not None
    facts = Facts(
        {**FULL, **changed}, {**ROWS, **(rows or {})}, related=lambda one, other: "亲属" in one.label + other.label
    )
    return [problem.message for problem in objections(step, facts, PROPOSAL.label_of)]


@pytest.mark.parametrize(
    "way",
    [
        ("drafted", "checked", "signed", "delivered", "replied", "revisited", "closed"),
        ("delivered", "objected", "reviewed", "replied"),
        ("objected", "withdrawn"),
        ("checked", "drafted"),
    ],
)
def test_a_letter_goes_its_way_when_nothing_is_missing(way: tuple[str, ...]) -> None:
    for before, after in itertools.pairwise(way):
        assert against(before, after) == [], (before, after)


@pytest.mark.parametrize(
    ("before", "after", "changed", "words"),
    [
        ("drafted", "checked", {"origin": None}, "起因"),
        ("checked", "signed", {"signer": Ref("审 核人")}, "须由两人"),
        ("checked", "signed", {"signer": Ref("责任甲")}, "应当回避"),
        ("drafted", "checked", {"checker": Ref("亲属乙")}, "亲属或利害关系"),
        ("checked", "signed", {"reply_due": None}, "回复期限"),
        ("signed", "delivered", {"received_by": ""}, "签收人"),
        ("delivered", "objected", {"objection_text": None}, "异议内容"),
        ("objected", "reviewed", {"objection_result": None}, "异议处理"),
        ("delivered", "replied", {"adopted": None}, "采纳情况"),
        ("delivered", "replied", {"adopted": "refused"}, "请写明单位说的理由"),
        ("delivered", "replied", {"adopted": "partly"}, "请写明单位说的理由"),
        ("replied", "revisited", {"adopted": "refused", "refuse_reason": "没有依据"}, "先报告派出机关"),
        ("replied", "reported_up", {}, "已全部采纳"),
        ("replied", "closed", {}, "回访评价"),
        ("reported_up", "closed", {"outcome": None}, "处理结果"),
    ],
)
def test_a_step_is_refused_with_its_reason(before: str, after: str, changed: dict[str, Any], words: str) -> None:
    assert any(words in each for each in against(before, after, **changed))


def test_a_proposal_names_problems_and_suggestions_a_reminder_problems_alone() -> None:
    assert any("建议措施" in each for each in against("drafted", "checked", {"suggestions": ()}))
    assert any("存在问题" in each for each in against("drafted", "checked", {"problems": ()}))
    assert against("drafted", "checked", {"suggestions": ()}, kind="reminder") == []
    assert against("replied", "closed", kind="reminder") == []
    assert against("replied", "closed", kind="reminder", adopted="refused") != []


def test_an_answer_cannot_come_before_the_delivery() -> None:
    assert FLOW.step("signed", "replied") is None


def test_what_is_refused_goes_up_and_what_never_came_only_after_its_day() -> None:
    assert against("replied", "reported_up", adopted="refused", refuse_reason="没有依据") == []
    granted: dict[str, tuple[Values, ...]] = {
        "proposal_extension": ({"new_due": date(2026, 4, 20), "approver": Ref("组长")},)
    }
    with clock.clock_at(datetime(2026, 4, 15, 9)):
        assert against("delivered", "reported_up") == []
        assert any("2026-04-20" in each for each in against("delivered", "reported_up", granted))
        assert any("还没有过" in each for each in against("delivered", "reported_up", reply_due=None))
    with clock.clock_at(datetime(2026, 4, 10, 9)):
        assert any("2026-04-10" in each for each in against("delivered", "reported_up"))


def test_a_letter_of_an_old_ledger_gets_its_unit_and_title() -> None:
    given: Values = {"addressee": Ref("示例处"), "origin": "公示期不足\n第二行", "delivered_at": date(2026, 3, 11)}
    assert derive(given, AIDS) == {"unit_id": Ref("示例处"), "title": "公示期不足"}
    assert derive({"title": "示例", "unit_id": Ref("甲")}, AIDS) == {}


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({}, "drafted"),
        ({"doc_no": "示纪提〔2025〕1号"}, "signed"),
        ({"delivered_at": date(2025, 3, 1)}, "delivered"),
        ({"adopted": "adopted"}, "replied"),
        ({"revisit_at": date(2025, 6, 1)}, "closed"),
        ({"reported_at": date(2025, 6, 1), "adopted": "refused"}, "reported_up"),
    ],
)
def test_an_old_letter_arrives_where_it_got_to(values: dict[str, Any], state: str) -> None:
    assert FLOW.arrive is not None
    assert FLOW.arrive(values, date(2026, 3, 20)) == state
