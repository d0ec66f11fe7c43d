"""Figures that contradict each other are told in words; those that agree are not."""

from decimal import Decimal

import pytest

from paizhu.rules import consistency
from paizhu.rules.counting import Entry, Figure, Nature
from paizhu.rules.periods import period

SPAN = period("2023-Q1")


Classes = list[tuple[str, ...]]


def persons(name: str, classes: Classes) -> Figure:
    lines = tuple(Entry(("measure", n), 1, {"class": keys}) for n, keys in enumerate(classes))
    return Figure("I", name, "人", SPAN, lines, None, ("class",))


def test_a_city_s_quarter_adds_up_when_those_with_both_are_taken_off() -> None:
    assert consistency.parts_and_total("处分", 334, {"党纪处分": 315, "政务处分": 40}, overlap=21) == []
    assert consistency.parts_and_total("处分", 334, {"党纪处分": 315, "政务处分": 40}) == [
        "处分：分项之和 355（党纪处分 315＋政务处分 40）与总数 334 不一致"
    ]
    assert (
        consistency.parts_and_total("处分按职级", 334, {"县处级": 5, "乡科级": 46, "一般干部": 12, "其他": 271}) == []
    )


def test_the_same_quarter_by_persons() -> None:
    both: Classes = [("party", "admin")] * 21
    party: Classes = [("party",)] * 294
    admin: Classes = [("admin",)] * 19
    total = persons("处分", [*both, *party, *admin])
    found = consistency.punishments(total, persons("党纪处分", both + party), persons("政务处分", both + admin))
    assert total.value == 334
    assert found == []
    wrong = consistency.punishments(total, persons("党纪处分", party), persons("政务处分", both + admin))
    assert len(wrong) == 1


def test_a_punishment_of_neither_side_is_told() -> None:
    total = persons("处分", [("party",), ("",)])
    found = consistency.punishments(total, persons("党纪处分", [("party",)]), persons("政务处分", []))
    assert found == ["处分：有 1 人的处分未注明党纪或政务，没有列入分项"]


@pytest.mark.parametrize(
    ("nature", "current", "before", "cumulative", "agrees"),
    [
        ("flow", 3, 10, 13, True),
        ("flow", 3, 10, 12, False),
        ("flow", 3, 10, 14, False),
        ("persons", 3, 10, 13, True),
        ("persons", 3, 10, 10, True),
        ("persons", 3, 10, 9, False),
        ("persons", 3, 10, 14, False),
        ("level", 3, 10, 3, True),
        ("share", 3, 10, 50, True),
    ],
)
def test_the_year_so_far_is_what_was_sent_and_this_month(
    nature: Nature, current: int, before: int, cumulative: int, agrees: bool
) -> None:
    assert (consistency.running_numbers("立案", current, before, cumulative, nature=nature) == []) is agrees


def test_a_wrong_year_so_far_is_told_with_the_sum() -> None:
    assert consistency.running_numbers("立案", 3, 10, 12) == ["立案：累计 12，上期累计 10、本期 3，相加应为 13"]
    assert consistency.running_numbers("处分", 3, 10, 9, nature="persons") == [
        "处分：累计 9，上期累计 10、本期 3，应在 10 至 13 之间"
    ]


def test_one_figure_in_two_forms_is_the_same() -> None:
    assert consistency.same_everywhere("立案", {"表一": 3, "表二": 3, "表三": None}) == []
    assert consistency.same_everywhere("立案", {"表一": 3, "表二": 4}) == ["立案在各表中不一致：表一 3、表二 4"]


def test_a_list_shorter_than_its_figure_cannot_be() -> None:
    found = persons("处分", [("party",), ("admin",)])
    assert consistency.list_and_figure(found) == []


def test_shares_make_a_hundred_but_for_their_rounding() -> None:
    told = [Decimal(each) for each in ("50", "40.4", "4.8", "4.8")]
    thirds = [Decimal("33.3")] * 3
    assert consistency.shares("四种形态", told) == []
    assert consistency.shares("四种形态", thirds) == []
    assert consistency.shares("四种形态", [*told, Decimal("3")]) == ["四种形态：各项占比相加为 103%"]
    assert consistency.shares("四种形态", [None, None]) == []


def test_contradictions_are_told_once() -> None:
    assert consistency.every([["甲", "乙"], ["乙"], []]) == ["甲", "乙"]


def test_many_parts_that_are_nought_are_not_named() -> None:
    parts = {f"第{number}处": 0 for number in range(8)}
    assert consistency.parts_and_total("立案", 1, parts) == ["立案：分项之和 0（各项都是 0）与总数 1 不一致"]
    told = consistency.parts_and_total("立案", 3, {**parts, "第3处": 2})
    assert told == ["立案：分项之和 2（第3处 2，其余为 0）与总数 3 不一致"]
