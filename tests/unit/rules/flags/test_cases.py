"""Rules about who handles what: each with a planted case and one that only comes near."""

from datetime import date
from typing import Any

import pytest

from paizhu.base.rows import Ref
from paizhu.rules.flags.matching import Relation
from tests.unit.rules.flags.made_facts import TODAY, Books, in_books, roster, row

WHO, HAND, OTHER = Ref("当事人", "person", 1), Ref("承办人甲", "person", 2), Ref("承办人乙", "person", 3)
KIN = roster({}, {}, {}, relations=[Relation(HAND, WHO, "collateral", "三代以内旁系血亲")])


@pytest.mark.parametrize(
    ("register", "field", "value"),
    [("lead", "check_team", (OTHER, HAND)), ("case", "trial_team", (HAND,)), ("integrity_talk", "recorder", HAND)],
)
def test_a_relative_of_the_subject_among_the_hands_is_flagged(register: str, field: str, value: object) -> None:
    books = {"lead": "leads", "case": "cases", "integrity_talk": "talks"}[register]
    record = row(register, 4, subject=WHO, **{field: value})
    (finding,) = in_books("RF-C1", Books(TODAY, people=KIN, **{books: [record]}))  # type: ignore[arg-type]  # by name
    assert finding.evidence == ((register, 4), ("person", 2), ("person", 1))
    assert not in_books("RF-C1", Books(TODAY, **{books: [record]}))  # type: ignore[arg-type]  # by name


def test_somebody_who_handles_his_own_matter_is_flagged_while_it_goes_on() -> None:
    assert in_books("RF-C1", Books(TODAY, leads=[row("lead", subject=WHO, handler=Ref("当事人"))]))
    ended = row("lead", subject=WHO, handler=Ref("当事人"), state="archived")
    assert not in_books("RF-C1", Books(TODAY, leads=[ended]))


def test_one_person_alone_is_flagged_once_the_talk_was_held() -> None:
    held: dict[str, Any] = {"subject": WHO, "start_at": date(2026, 3, 1), "talker": HAND, "state": "held"}
    assert in_books("RF-C2", Books(TODAY, talks=[row("integrity_talk", **held)]))
    assert in_books("RF-C2", Books(TODAY, talks=[row("integrity_talk", **held, recorder=Ref("承办人甲"))]))
    assert not in_books("RF-C2", Books(TODAY, talks=[row("integrity_talk", **held, recorder=OTHER)]))
    assert not in_books("RF-C2", Books(TODAY, talks=[row("integrity_talk", **{**held, "state": "planned"})]))


def test_a_check_by_one_person_is_flagged_once_it_began() -> None:
    alone: dict[str, Any] = {"subject": WHO, "check_from": date(2026, 3, 1), "check_team": (HAND,)}
    assert in_books("RF-C2", Books(TODAY, leads=[row("lead", **alone)]))
    assert not in_books("RF-C2", Books(TODAY, leads=[row("lead", **{**alone, "check_team": (HAND, OTHER)})]))
    assert not in_books("RF-C2", Books(TODAY, leads=[row("lead", **{**alone, "check_from": None})]))


def test_who_investigated_neither_tries_nor_reviews() -> None:
    assert in_books("RF-C3", Books(TODAY, cases=[row("case", team=(HAND, OTHER), trial_team=(HAND,))]))
    assert in_books("RF-C3", Books(TODAY, cases=[row("case", trial_team=(OTHER,), appeal_team=(Ref("承办人乙"),))]))
    assert not in_books("RF-C3", Books(TODAY, cases=[row("case", team=(HAND,), trial_team=(OTHER,))]))


def test_an_appeal_against_a_measure_is_compared_with_its_case() -> None:
    case = row("case", 8, team=(HAND,))
    measure = row("measure", 9, case_ref=Ref("案1", "case", 8))
    books = Books(TODAY, cases=[case], measures=[measure], appeals={9: [{"team": (HAND, OTHER)}]})
    assert [each.evidence for each in in_books("RF-C3", books)] == [(("measure", 9), ("case", 8))]
    apart = Books(TODAY, cases=[case], measures=[measure], appeals={9: [{"team": (OTHER,)}]})
    assert not in_books("RF-C3", apart)


def test_who_accepts_a_rectification_is_two_and_not_who_answers_for_it() -> None:
    accepted: dict[str, Any] = {"accepted_at": date(2026, 3, 1), "acceptors": (HAND,), "duty_person": WHO}
    assert in_books("RF-C2", Books(TODAY, findings=[row("finding", **accepted)]))
    two = row("finding", 4, **{**accepted, "acceptors": (HAND, OTHER)})
    assert not in_books("RF-C2", Books(TODAY, findings=[two]))
    assert not in_books("RF-C2", Books(TODAY, findings=[row("finding", **{**accepted, "accepted_at": None})]))
    (finding,) = in_books("RF-C1", Books(TODAY, people=KIN, findings=[two]))
    assert finding.evidence == (("finding", 4), ("person", 2), ("person", 1))
    assert not in_books("RF-C1", Books(TODAY, findings=[two]))


def test_who_signs_an_opinion_is_no_relative_of_a_person_in_the_letter() -> None:
    opinion = row("integrity_opinion", 6, sign=HAND, second_sign=OTHER)
    books = Books(TODAY, people=KIN, opinions=[opinion], asked={6: [{"person": WHO}]})
    assert [each.evidence for each in in_books("RF-C1", books)] == [
        (("integrity_opinion", 6), ("person", 2), ("person", 1))
    ]
    assert not in_books("RF-C1", Books(TODAY, people=KIN, opinions=[opinion], asked={7: [{"person": WHO}]}))


def test_a_supervision_check_by_one_person_is_flagged_once_it_began() -> None:
    going: dict[str, Any] = {"kind": "special", "state": "going", "members": (HAND,)}
    assert in_books("RF-C2", Books(TODAY, activities=[row("supervision_activity", **going)]))
    for near in (
        {"members": (HAND, OTHER)}, {"state": "planned"}, {"state": "closed"}, {"kind": "consultation"},
    ):  # fmt: skip
        assert not in_books("RF-C2", Books(TODAY, activities=[row("supervision_activity", **{**going, **near})]))


def test_whoever_checks_may_not_be_close_to_whoever_was_summoned() -> None:
    check = row("supervision_activity", kind="summons", state="going", members=(HAND, OTHER), talked=(WHO,))
    assert in_books("RF-C1", Books(TODAY, people=KIN, activities=[check]))
    assert not in_books("RF-C1", Books(TODAY, activities=[check]))


def test_a_letter_signed_by_one_person_or_by_one_concerned_is_flagged() -> None:
    signed: dict[str, Any] = {"state": "signed", "signed_at": date(2026, 3, 1), "checker": HAND, "signer": HAND}
    letter = row("proposal", 7, **signed)
    assert in_books("RF-C2", Books(TODAY, letters=[letter]))
    two = row("proposal", 7, **{**signed, "signer": OTHER})
    assert not in_books("RF-C2", Books(TODAY, letters=[two]))
    assert in_books("RF-C1", Books(TODAY, people=KIN, letters=[two], problems={7: [{"duty_person": WHO}]}))
    assert not in_books("RF-C1", Books(TODAY, people=KIN, letters=[two], problems={8: [{"duty_person": WHO}]}))
