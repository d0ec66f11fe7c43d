"""What stands against the steps of a review although every field is filled."""

from collections.abc import Iterable

import pytest

from paizhu.base.asked import Asked
from paizhu.base.flow import Facts
from paizhu.base.rows import Problem, Ref, Value, Values
from paizhu.registers import review_guards as guard


def facts(values: dict[str, Value] | None = None, **rows: list[Values]) -> Facts:
    return Facts(values or {}, rows)


def asked(field: str, words: str) -> Problem:
    """Return a refusal that leads to the field which answers it."""
    return Problem(field, words, "guard")


def test_papers_not_received_send_the_item_back() -> None:
    names = ("议题单", "依据", "说明材料", "预算批复")
    rows: list[Values] = [{"name": name, "received": False} for name in names]
    against = guard.papers_complete(facts(material=rows))
    assert against is not None
    assert against.field == "material"
    assert "议题单、依据、说明材料 等 4 项" in against.message


def test_a_missing_paper_with_a_word_about_it_does_not_hinder() -> None:
    rows: list[Values] = [{"name": "议题单", "received": True}, {"name": "依据", "received": False, "note": "不涉及"}]
    assert guard.papers_complete(facts(material=rows)) is None


def names(guards: Iterable[Asked], values: dict[str, Value]) -> list[str]:
    """Return the fields that such guards ask for."""
    return [each.name for each in guards if each(facts(values))]


@pytest.mark.parametrize(
    ("values", "asked_for"),
    [
        ({"category": "fund"}, ["amount", "fund_source", "budget_item"]),
        ({"category": "project"}, ["amount", "procurement_mode"]),
        ({"category": "decision"}, ["legal_review", "risk_assess", "expert", "public"]),
        ({"category": "appointment"}, []),
        (
            {"category": "fund", "procurement_mode": "single_source"},
            ["amount", "fund_source", "budget_item", "supplier"],
        ),
    ],
)
def test_each_category_asks_for_its_own_fields(values: dict[str, Value], asked_for: list[str]) -> None:
    assert names(guard.MATTER_COMPLETE, values) == asked_for


@pytest.mark.parametrize(
    ("values", "asks"),
    [
        ({"procurement_mode": "open_tender", "follow_result": "done"}, True),
        ({"procurement_mode": "open_tender", "follow_result": "not_done"}, False),
        ({"follow_result": "done"}, False),
    ],
)
def test_a_purchase_that_was_carried_out_has_a_supplier(values: dict[str, Value], asks: bool) -> None:
    assert (names([guard.SUPPLIER_FOUND], values) == ["supplier"]) is asks


def test_an_appointment_is_heard_with_the_opinion_on_each_candidate() -> None:
    rows: list[Values] = [{"person": Ref("示例甲"), "opinion_ref": Ref("不需要")}, {"person": Ref("示例乙")}]
    against = guard.opinions_heard(facts({"category": "appointment"}, candidate=rows))
    assert against is not None
    assert "请写明回复编号：示例乙" in against.message
    assert guard.opinions_heard(facts({"category": "appointment"}, candidate=rows[:1])) is None
    assert guard.opinions_heard(facts({"category": "fund"}, candidate=rows)) is None


def test_appointments_are_reviewed_person_by_person() -> None:
    appointment: dict[str, Value] = {"category": "appointment"}
    assert guard.candidates_named(facts(appointment)) == asked("candidate", "重要干部任免须逐人登记拟任免人选")
    posts: Values = {"from_post": "副科长", "to_post": "科长"}
    rows: list[Values] = [{**posts, "person": Ref("示例甲")}, {**posts, "person": Ref("示例乙"), "to_post": None}]
    assert guard.candidates_named(facts(appointment, candidate=rows)) == asked("candidate", "还没有写拟任职务：示例乙")
    assert guard.candidates_named(facts(appointment, candidate=rows[:1])) is None
    assert guard.candidates_named(facts({"category": "fund"})) is None


def test_not_needed_wants_a_reason() -> None:
    values: dict[str, Value] = {"expert": "not_needed"}
    assert guard.NOT_NEEDED_EXPLAINED(facts(values)) is not None
    assert guard.NOT_NEEDED_EXPLAINED(facts({**values, "preparation_note": "不涉及专业技术"})) is None


def test_every_point_is_answered_before_an_opinion() -> None:
    rows: list[Values] = [{"words": "已列入年度预算", "answer": "yes"}, {"words": "无拆分", "answer": None}]
    assert guard.checks_answered(facts(check=rows)) == asked("check", "审查要点还没有核对：无拆分")
    assert guard.checks_answered(facts(check=rows[:1])) is None


def test_who_has_to_stay_away_stays_away() -> None:
    listed: dict[str, Value] = {"recusal_list": (Ref("示例甲"),), "recused": False}
    assert guard.recusal_settled(facts(listed)) is not None
    assert guard.recusal_settled(facts({**listed, "recused": True})) is None
    assert guard.recusal_settled(facts({"recused": False})) is None


@pytest.mark.parametrize("opinion", ["ok_with_note", "after_supplement", "after_procedure"])
def test_an_opinion_with_notes_has_numbered_rows(opinion: str) -> None:
    against = guard.suggestions_listed(facts({"opinion": opinion}))
    assert against == asked("suggestion", "这种意见须逐条写明意见建议，在意见内容里写“一、二、三”也行")
    assert guard.suggestions_listed(facts({"opinion": opinion, "opinion_text": "一、补充比价材料。"})) is None
    assert guard.suggestions_listed(facts({"opinion": opinion, "opinion_text": "补充比价材料。"})) == against
    assert guard.suggestions_listed(facts({"opinion": opinion}, suggestion=[{"words": "补充比价材料"}])) is None


@pytest.mark.parametrize("opinion", ["postpone", "object", "out_of_scope", "recused"])
def test_an_opinion_against_has_a_reason(opinion: str) -> None:
    assert guard.REASONS_GIVEN(facts({"opinion": opinion})) is not None
    assert guard.REASONS_GIVEN(facts({"opinion": opinion, "opinion_text": "示例理由"})) is None


def test_consent_needs_no_words() -> None:
    assert guard.REASONS_GIVEN(facts({"opinion": "ok"})) is None
    assert guard.suggestions_listed(facts({"opinion": "ok"})) is None


def test_a_reviewer_with_an_interest_is_replaced() -> None:
    listed: dict[str, Value] = {"reviewer": Ref("示例甲"), "signer": Ref("示例丙"), "recusal_list": (Ref("示例 甲"),)}
    assert guard.reviewer_is_free(facts(listed)) == asked("reviewer", "示例甲与本议题有利害关系，请换人审查")
    assert guard.reviewer_is_free(facts({"reviewer": Ref("示例甲"), "signer": Ref("示例丙")})) is None


def test_a_signer_related_to_a_candidate_is_replaced() -> None:
    head, candidate = Ref("示例丙", "person", 3), Ref("示例丁", "person", 4)
    shown = Facts(
        {"reviewer": Ref("示例甲"), "signer": head},
        {"candidate": [{"person": candidate}]},
        related=lambda one, other: {one, other} == {head, candidate},
    )
    assert guard.reviewer_is_free(shown) == asked("signer", "示例丙与本议题有利害关系，请换人审查")


def test_a_reply_answers_every_suggestion() -> None:
    rows: list[Values] = [{"adopted": "adopted"}, {"adopted": "refused", "reason": "示例理由"}]
    assert guard.suggestions_answered(facts(suggestion=rows)) is None
    open_one = guard.suggestions_answered(facts(suggestion=[*rows, {}]))
    assert open_one == asked("suggestion", "还有意见建议没有登记采纳情况")
    bare = guard.suggestions_answered(facts(suggestion=[{"adopted": "partly"}]))
    assert bare == asked("suggestion", "未采纳、部分采纳的意见建议须写明理由")


def test_an_unchanged_item_is_not_reviewed_again() -> None:
    assert guard.changed(facts({"changed_after_review": False})) is not None
    assert guard.changed(facts({"changed_after_review": True})) is None


@pytest.mark.parametrize("decided", ["agreed", "agreed_in_principle", "refused"])
def test_a_decision_has_its_votes(decided: str) -> None:
    assert names(guard.VOTES_COUNTED, {"decided": decided, "vote_for": 8}) == ["vote_against", "vote_abstain"]
    voted: dict[str, Value] = {"decided": decided, "vote_for": 8, "vote_against": 0, "vote_abstain": 0}
    assert names(guard.VOTES_COUNTED, voted) == []


@pytest.mark.parametrize("decided", ["deferred", "not_heard"])
def test_an_item_that_was_not_voted_on_has_no_votes(decided: str) -> None:
    assert names(guard.VOTES_COUNTED, {"decided": decided}) == []


def test_a_change_is_described() -> None:
    against = guard.CHANGE_DESCRIBED(facts({"changed_after_review": True}))
    assert against == Problem("change_note", "议题内容有变化，请写明变化内容", "missing")
    assert guard.CHANGE_DESCRIBED(facts({"changed_after_review": True, "change_note": "金额增加"})) is None


def test_a_doubt_without_a_note_stops_the_opinion() -> None:
    rows: list[Values] = [
        {"words": "无拆分", "answer": "no"},
        {"words": "依据准确", "answer": "no", "note": "文号有误"},
    ]
    assert guard.doubts_explained(facts(check=rows)) == asked("check", "存疑的要点请写明情况：无拆分")
    assert guard.doubts_explained(facts(check=rows[1:])) is None
