"""廉政意见回复: each rule of the course with the case it stops and the one it lets through."""

import itertools
from datetime import date
from typing import Any

import pytest

from paizhu.base.flow import Facts, objections
from paizhu.base.register import Aids
from paizhu.base.rows import Ref, Values
from paizhu.registers.opinion import OPINION, IntegrityOpinion, check, derive
from paizhu.registers.opinion_flow import FLOW
from paizhu.registers.opinion_rows import EVERY_SOURCE

WHO = Ref("人选甲", "person", 1)
DAY = date(2026, 3, 13)
FULL: dict[str, Any] = {
    "draft": Ref("拟稿人"),
    "draft_at": DAY,
    "sign": Ref("组长"),
    "sign_at": DAY,
    "second_sign": Ref("双签人"),
    "second_sign_unit": "示例机关纪委",
    "second_sign_at": DAY,
    "reply_no": "示函1号",
    "reply_at": DAY,
    "after_change": "新登记线索",
    "supplement_no": "示函2号",
    "supplement_at": DAY,
}
PERSON: Values = {"person": WHO, "reply": "clear"}


def rows(
    person: Values = PERSON, sources: tuple[str, ...] = EVERY_SOURCE, **joint: Any
) -> dict[str, tuple[Values, ...]]:
    signed = {"room": "本组", "signer": Ref("蒋某"), "signed_at": DAY, **joint}
    return {
        "opinion_person": (person,),
        "lookup": tuple({"who": WHO, "source": source} for source in sources),
        "joint_check": (signed,),
    }


def against(before: str, after: str, below: dict[str, tuple[Values, ...]] | None = None, **changed: Any) -> list[str]:
    step = FLOW.step(before, after)
    assert step is not None
    user = changed.pop("user", None)
    facts = Facts({**FULL, **changed}, below or rows(), lambda one, _other: one.label == "亲属", user)
    return [problem.message for problem in objections(step, facts, OPINION.label_of)]


def test_a_request_goes_its_whole_way_when_nothing_is_missing() -> None:
    way = ("received", "looked_up", "checked", "drafted", "signed", "sent", "changed", "supplemented")
    for before, after in itertools.pairwise(way):
        assert against(before, after) == [], (before, after)


@pytest.mark.parametrize(
    ("before", "after", "below", "words"),
    [
        ("received", "looked_up", rows(sources=EVERY_SOURCE[:4]), "人选甲（以往廉政意见）"),
        ("looked_up", "checked", rows(signer=None), "还没有签字：本组"),
        ("checked", "drafted", rows({"person": WHO}), "还没有选定回复意见"),
        ("checked", "drafted", rows({"person": WHO, "reply": "hold"}), "请选定理由"),
        ("checked", "drafted", rows({"person": WHO, "reply": "unfit"}), "请选定理由"),
        ("checked", "drafted", rows({"person": WHO, "reply": "facts"}), "请写明情况"),
        ("checked", "drafted", rows(sources=("petition",)), "不能写“暂未发现”"),
        ("drafted", "signed", rows({"person": WHO}), "还没有选定回复意见"),
    ],
)
def test_a_step_is_refused_with_its_reason(
    before: str, after: str, below: dict[str, tuple[Values, ...]], words: str
) -> None:
    assert any(words in each for each in against(before, after, below))


@pytest.mark.parametrize(("before", "after"), [("drafted", "signed"), ("signed", "sent"), ("changed", "supplemented")])
def test_two_different_persons_sign(before: str, after: str) -> None:
    assert any("两人签字" in each for each in against(before, after, second_sign=Ref("组 长")))


def test_a_second_signature_from_elsewhere_tells_from_where() -> None:
    (words,) = against("drafted", "signed", second_sign_unit=None, user=FULL["sign"])
    assert words == "名册里查不到双签人的单位：本组只有一人、从别处借人的，请在“双签人单位”里写明其单位"


@pytest.mark.parametrize("name", ["draft", "sign", "second_sign"])
def test_neither_a_listed_person_nor_a_relative_has_a_hand_in_it(name: str) -> None:
    assert any("应当回避" in each for each in against("drafted", "signed", None, **{name: WHO}))
    assert any("应当回避" in each for each in against("drafted", "signed", None, **{name: Ref("亲属")}))


def test_the_officer_who_makes_the_step_is_asked_too() -> None:
    assert any("应当回避" in each for each in against("checked", "drafted", user=WHO))


def test_a_search_about_a_namesake_in_the_roster_is_none_about_this_person() -> None:
    other = Ref("人选甲", "person", 2)
    lookups: tuple[Values, ...] = tuple({"who": other, "source": source} for source in EVERY_SOURCE)
    assert against("received", "looked_up", {**rows(), "lookup": lookups})


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({}, "received"),
        ({"draft_at": DAY}, "drafted"),
        ({"sign_at": DAY}, "signed"),
        ({"reply_at": DAY}, "archived"),
        ({"reply_at": DAY, "supplement_at": DAY}, "supplemented"),
        ({"filed_at": DAY}, "archived"),
    ],
)
def test_an_old_ledger_places_a_request_by_the_furthest_it_tells(values: dict[str, Any], state: str) -> None:
    assert FLOW.arrive is not None
    assert FLOW.arrive(values, DAY) == state


def test_an_opinion_is_valid_for_a_day_at_least() -> None:
    assert check(IntegrityOpinion(from_unit=Ref("人事处"), received_at=DAY, valid_days=0)) == ["意见有效天数至少为 1"]


def test_working_days_are_counted_from_the_day_after_the_receipt() -> None:
    aids = Aids(DAY, working_days_between=lambda start, end: (end - start).days)
    assert derive({"received_at": DAY, "reply_at": date(2026, 3, 16)}, aids) == {"workdays": 3}
    assert derive({"received_at": DAY}, aids) == {}
