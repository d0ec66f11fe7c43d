"""Rules about the procedure of a meeting: each with a planted case and one that only comes near."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from paizhu.base.rows import Ref
from paizhu.rules.flags.procedure import numbered
from tests.unit.rules.flags.made_facts import DAY, TODAY, Books, around, found, gathering, in_books, made

JIA, YI = Ref("示例甲"), Ref("示例乙")


@pytest.mark.parametrize(("left", "flagged"), [(0, True), (1, True), (2, False), (None, False)])
def test_papers_with_less_than_two_working_days_left_are_flagged(left: int | None, flagged: bool) -> None:
    assert bool(found("RF-P1", made(lead_workdays=left))) is flagged


def test_a_decision_without_any_review_before_it_is_flagged() -> None:
    assert found("RF-P2", made(decided="agreed", submitted_at=date(2026, 3, 11)))
    assert found("RF-P2", made(decided="agreed"))
    assert not found("RF-P2", made(decided="agreed", submitted_at=DAY))
    assert not found("RF-P2", made(decided="agreed", opinion="ok"))
    assert not found("RF-P2", made(decided="deferred"))


def test_a_changed_decision_is_flagged_and_a_change_before_it_is_not() -> None:
    (finding,) = found("RF-P3", made(decided="agreed", changed_after_review=True, change_note="金额增加"))
    assert finding.figures == ("金额增加",)
    assert not found("RF-P3", made(changed_after_review=True))
    reviewed_too = replace(around(), again=True)
    assert not found("RF-P3", made(decided="agreed", changed_after_review=True), reviewed_too)
    assert not found("RF-P3", made(decided="agreed", changed_after_review=False))


def test_a_sum_that_is_not_the_reviewed_one_is_told_with_both_sums() -> None:
    differs = replace(around(), reviewed={"amount": Decimal(486_000)}, other_people=True)
    (finding,) = found("RF-P3", made(decided="agreed", amount=520_000), differs)
    assert finding.figures == ("金额：审查时 48.60 万元，现在 52.00 万元", "人选有变化")
    assert not found("RF-P3", made(amount=520_000), differs)


def test_a_supplier_found_after_the_meeting_is_no_change_of_what_was_reviewed() -> None:
    """The register itself asks for it when the purchase was carried out."""
    found_later = replace(around(), reviewed={"supplier": None})
    assert not found("RF-P3", made(decided="agreed", supplier="乙示例公司"), found_later)
    exchanged = replace(around(), reviewed={"supplier": Ref("甲示例公司")})
    assert found("RF-P3", made(decided="agreed", supplier="乙示例公司"), exchanged)


@pytest.mark.parametrize(
    ("recused", "attendees", "votes", "flagged"),
    [
        (False, (), 0, True),
        (None, (JIA, YI), 0, True),
        (None, (YI,), 0, False),
        (True, (JIA, YI), 8, False),
        (True, (JIA, YI), 9, True),
    ],
    ids=["said so", "listed as present", "absent", "went out", "yet voted"],
)
def test_somebody_to_stay_away_who_did_not_is_flagged(
    recused: bool | None, attendees: tuple[Ref, ...], votes: int, flagged: bool
) -> None:
    item = made(recusal_list=(JIA,), recused=recused, vote_for=votes)
    beside = around(meeting={"attendees": attendees, "present": 9})
    assert bool(found("RF-P4", item, beside)) is flagged


def test_nobody_to_stay_away_is_no_flag() -> None:
    assert not found("RF-P4", made(recused=False), around(meeting={"attendees": (JIA,)}))


@pytest.mark.parametrize(
    ("category", "present", "flagged"),
    [("fund", 4, True), ("fund", 5, False), ("appointment", 5, True), ("appointment", 6, False)],
)
def test_half_of_nine_is_five_and_for_cadres_two_thirds_are_six(category: str, present: int, flagged: bool) -> None:
    beside = around(meeting={"expected": 9, "present": present})
    assert bool(found("RF-P5", made(category=category), beside)) is flagged


def test_the_size_of_the_party_group_stands_in_for_a_missing_count() -> None:
    assert found("RF-P5", made(sub_category="punish"), around(meeting={"present": 5}, members=9))
    assert not found("RF-P5", made(sub_category="punish"), around(meeting={"present": 5}))


def test_a_chair_who_did_not_speak_last_is_flagged_and_an_old_ledger_is_not_asked() -> None:
    assert found("RF-P6", made(last_speak_ok=False))
    assert found("RF-P6", made(decided="agreed"))
    assert not found("RF-P6", made(decided="agreed", last_speak_ok=True))
    assert not found("RF-P6", made(decided="agreed", conclusion="已执行"))
    assert not found("RF-P6", made())


def test_minutes_that_leave_the_opinion_out_are_flagged() -> None:
    left_out, kept = {"checks": {"opinion_recorded": "no"}}, {"checks": {"opinion_recorded": "yes"}}
    assert found("RF-P7", made(opinion="ok"), around(meeting=left_out))
    assert not found("RF-P7", made(opinion="ok"), around(meeting=kept))
    assert not found("RF-P7", made(), around(meeting=left_out))


def test_a_decision_against_the_opinion_and_a_suggestion_put_aside_are_flagged() -> None:
    assert found("RF-P8", made(opinion="object", decided="agreed"))
    assert not found("RF-P8", made(opinion="object", decided="refused"))
    aside: dict[str, Any] = {"number": 1, "words": "补充材料", "adopted": "refused"}
    assert found("RF-P8", made(suggestions=(aside,)))
    assert not found("RF-P8", made(suggestions=({**aside, "reason": "已有替代"},)))
    assert not found("RF-P8", made(suggestions=({**aside, "adopted": "partly"},)))


@pytest.mark.parametrize(
    ("held", "received", "flagged"),
    [
        (date(2026, 3, 6), None, True),
        (date(2026, 3, 9), None, False),
        (date(2026, 3, 6), date(2026, 3, 12), False),
        (date(2023, 3, 6), None, False),
    ],
    ids=["six working days", "five", "came", "of an old ledger"],
)
def test_minutes_that_do_not_come_are_flagged(held: date, received: date | None, flagged: bool) -> None:
    beside = around(meeting={"day": held, "minutes_received": received})
    assert bool(found("RF-P9", made(), beside)) is flagged


def test_the_third_temporary_motion_of_a_quarter_is_one_too_many() -> None:
    ones = [made(number, date(2026, number, 10), refused=("CK-08",)) for number in (1, 2)]
    same_day = made(3, date(2026, 3, 10), submitted_at=date(2026, 3, 10))
    next_quarter = made(4, date(2026, 4, 10), refused=("CK-08",))
    assert not found("RF-P10", ones[0], around(*ones, next_quarter))
    (finding,) = found("RF-P10", ones[0], around(*ones, same_day))
    assert finding.evidence == (("review_item", 2), ("review_item", 3))


def test_a_matter_of_the_minutes_that_nobody_sent_is_named() -> None:
    summary = "会议研究了以下事项：\n1. 审议办公楼屋面改造工程\n2、研究某处土地转让\n（三）通报情况"
    assert numbered(summary) == ["审议办公楼屋面改造工程", "研究某处土地转让", "通报情况"]
    known = {90: ("关于办公楼屋面改造工程的请示", "通报情况")}
    (finding,) = in_books("RF-P2", Books(TODAY, meetings=[gathering(summary=summary)], titles=known))
    assert finding.figures == ("研究某处土地转让",)
    assert finding.evidence == (("meeting", 90),)
    assert not in_books("RF-P2", Books(TODAY, meetings=[gathering(summary="例会，无三重一大事项")]))
