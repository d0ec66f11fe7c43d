"""Rules about candidates: each with a planted case and one that only comes near."""

from datetime import date
from typing import Any

import pytest

from paizhu.base.rows import Ref, Row, Values
from paizhu.rules.flags.facts import Item, People
from paizhu.rules.flags.matching import Relation
from tests.unit.rules.flags.made_facts import Answer, around, found, made, roster, row

WHO = Ref("人选甲", "person", 1)
UNIT = Ref("示例局", "unit", 7)


def _item(
    day: date = date(2026, 3, 10), sub_category: str = "appoint", opinion: Ref | None = None, **more: Any
) -> Item:
    candidate = {"person": WHO, "from_post": "副处长", "to_post": "处长", "opinion_ref": opinion}
    return made(
        1, day, category="appointment", sub_category=sub_category, candidates=(candidate,), unit_id=UNIT, **more
    )


def _warning(**more: Any) -> Row:
    return row("measure", 5, kind="party_warning", decided_at=date(2025, 3, 11), subject=WHO, **more)


def test_a_candidate_on_the_last_day_of_a_period_is_flagged_and_not_the_day_after() -> None:
    (finding,) = found("RF-K1", _item(), around(measures=[_warning()]))
    assert finding.evidence == (("person", 1), ("measure", 5))
    assert "党内警告" in finding.words
    assert not found("RF-K1", _item(date(2026, 3, 11)), around(measures=[_warning()]))


def test_a_revoked_measure_and_a_removal_are_no_promotion_inside_a_period() -> None:
    assert not found("RF-K1", _item(), around(measures=[_warning(changed="revoked")]))
    assert not found("RF-K1", _item(sub_category="remove"), around(measures=[_warning()]))


def test_a_namesake_outside_the_roster_is_said_to_be_one() -> None:
    unlinked = row("measure", 5, kind="party_warning", decided_at=date(2025, 3, 11), subject=Ref("人选甲"))
    (finding,) = found("RF-K1", _item(), around(measures=[unlinked]))
    assert "请核对是否同一人" in finding.words


def test_an_open_lead_is_confidential_and_its_words_tell_nothing_of_it() -> None:
    (finding,) = found("RF-K2", _item(), around(still_open=[row("lead", 3)]))
    assert finding.confidential
    assert "建议暂缓" in finding.words
    assert not any(word in finding.words for word in ("线索", "案", "信访", "立案"))
    assert finding.figures == ()
    assert not found("RF-K2", _item(), around())
    assert not found("RF-K2", _item(sub_category="punish"), around(still_open=[row("lead", 3)]))


def test_a_candidate_without_a_reply_about_integrity_is_flagged_before_the_decision() -> None:
    assert found("RF-K3", _item())
    assert not found("RF-K3", _item(opinion=Ref("廉意〔2026〕1号")))
    assert not found("RF-K3", _item(decided="agreed"))


@pytest.mark.parametrize(
    ("answer", "flagged"),
    [
        (Answer(5, "示函1号", {"reply": "clear"}, date(2025, 12, 10)), False),
        (Answer(5, "示函1号", {"reply": "clear"}, date(2025, 12, 9)), True),
        (Answer(5, "示函1号", {"reply": "hold"}, date(2026, 3, 1)), True),
        (Answer(5, "示函1号", {"reply": "facts"}, date(2026, 3, 1)), True),
        (Answer(5, "示函1号", {"reply": "clear"}, date(2026, 3, 11)), True),
    ],
    ids=["ninety days old", "a day older", "advice to wait", "facts told", "answered only after the meeting"],
)
def test_an_old_reply_or_one_with_reservations_is_flagged(answer: Answer, flagged: bool) -> None:
    assert bool(found("RF-K3", _item(), around(answers=[answer]))) is flagged


def test_the_reply_the_item_names_is_the_one_looked_at() -> None:
    old = Answer(5, "示函1号", {"reply": "hold"}, date(2026, 2, 1))
    new = Answer(6, "示函2号", {"reply": "clear"}, date(2026, 3, 1))
    assert not found("RF-K3", _item(), around(answers=[old, new]))
    named = _item(opinion=Ref("示函1号", "integrity_opinion", 5))
    (finding,) = found("RF-K3", named, around(answers=[old, new]))
    assert finding.evidence[-1] == ("integrity_opinion", 5)


@pytest.mark.parametrize(
    ("kind", "team", "flagged"), [("spouse", True, True), ("interest", True, False), ("spouse", False, False)]
)
def test_a_relative_in_the_team_is_flagged(kind: str, team: bool, flagged: bool) -> None:
    relation = Relation(Ref("班子乙", "person", 2), WHO, kind)
    people = roster({"name": "人选甲"}, {"name": "班子乙", "team_now": team, "unit_now": UNIT}, relations=[relation])
    assert bool(found("RF-K4", _item(), around(people=people))) is flagged


def test_a_relative_in_the_team_of_another_unit_is_left_in_peace_unless_in_charge() -> None:
    relation = Relation(WHO, Ref("班子乙", "person", 2), "lineal")
    elsewhere = {"name": "班子乙", "team_now": True, "unit_now": Ref("另一局", "unit", 8)}
    people = roster({"name": "人选甲"}, elsewhere, relations=[relation])
    assert not found("RF-K4", _item(), around(people=people))
    assert found("RF-K4", _item(leader_in_charge=Ref("班子乙", "person", 2)), around(people=people))


def _since(month: str) -> People:
    return roster({"name": "人选甲", "post_now": "副处长", "post_since": month})


@pytest.mark.parametrize(("month", "flagged"), [("2024-04", True), ("2024-03", False)])
def test_less_than_two_years_in_post_is_flagged(month: str, flagged: bool) -> None:
    assert bool(found("RF-K5", _item(), around(people=_since(month)))) is flagged


def test_the_history_of_posts_goes_before_the_roster_and_a_transfer_is_no_rise() -> None:
    posts: dict[int, list[Values]] = {1: [{"post": "副处长", "held_from": date(2020, 1, 1)}]}
    known = roster({"name": "人选甲", "post_now": "副处长", "post_since": "2025-12"}, posts=posts)
    assert not found("RF-K5", _item(), around(people=known))
    assert not found("RF-K5", _item(sub_category="transfer"), around(people=_since("2025-12")))
