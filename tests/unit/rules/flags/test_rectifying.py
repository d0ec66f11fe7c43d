"""Rules about rectification: each with a planted case and some that only come near."""

from datetime import date
from typing import Any

import pytest

from paizhu.base.rows import Ref, Row
from tests.unit.rules.flags.made_facts import TODAY, Books, in_books, row

UNIT = Ref("示例中心", "unit", 3)


def _finding(number: int, day: date = date(2026, 1, 10), **values: Any) -> Row:
    known = {"duty_unit": UNIT, "category": "finance", "found_at": day, "problem": f"示例问题{number}", **values}
    return row("finding", number, **known)


def test_the_third_problem_of_one_kind_at_one_unit_is_flagged() -> None:
    three = [_finding(number) for number in (1, 2, 3)]
    (finding,) = in_books("RF-R1", Books(TODAY, findings=three))
    assert finding.evidence == (("finding", 1), ("finding", 2), ("finding", 3))
    assert "资金财务" in finding.words


@pytest.mark.parametrize(
    "third",
    [
        {"day": date(2025, 3, 16)},
        {"category": "purchase"},
        {"duty_unit": Ref("另一中心", "unit", 4)},
        {"day": date(2026, 4, 1)},
    ],
    ids=["a year ago", "another kind", "another unit", "not yet"],
)
def test_what_only_comes_near_a_repetition_is_left_in_peace(third: dict[str, Any]) -> None:
    assert not in_books("RF-R1", Books(TODAY, findings=[_finding(1), _finding(2), _finding(3, **third)]))


def test_an_office_may_ask_for_more_repetitions() -> None:
    three = [_finding(number) for number in (1, 2, 3)]
    assert not in_books("RF-R1", Books(TODAY, findings=three), times="4")


CLOSED = _finding(1, date(2025, 5, 1), problem="差旅费报销缺少审批单", closed_at=date(2025, 8, 10))


@pytest.mark.parametrize(
    ("values", "flagged"),
    [
        ({"problem": "差旅费报销仍然缺少审批单"}, True),
        ({"problem": "完全不同", "repeat_of": Ref("问1", "finding", 1)}, True),
        ({"problem": "公务用车没有派车单"}, False),
        ({"problem": "差旅费报销缺少审批单", "day": date(2026, 2, 11)}, False),
        ({"problem": "差旅费报销缺少审批单", "day": date(2025, 8, 10)}, False),
        ({"problem": "差旅费报销缺少审批单", "duty_unit": Ref("另一中心", "unit", 4)}, False),
        ({"problem": "差旅费报销缺少审批单", "category": "style"}, False),
    ],
    ids=["alike", "named", "another matter", "after six months", "not after closing", "another unit", "another kind"],
)
def test_a_problem_found_again_soon_after_it_was_closed_is_flagged(values: dict[str, Any], flagged: bool) -> None:
    again = _finding(2, **{"day": date(2026, 2, 10), **values})
    found = in_books("RF-R2", Books(TODAY, findings=[CLOSED, again]))
    assert [each.evidence for each in found] == ([(("finding", 2), ("finding", 1))] if flagged else [])


@pytest.mark.parametrize(
    ("values", "flagged"),
    [
        ({}, True),
        ({"problem": "公务用车没有派车单"}, True),
        ({"day": date(2027, 8, 10)}, True),
        ({"day": date(2027, 8, 11)}, False),
        ({"day": date(2025, 8, 10)}, False),
        ({"duty_unit": Ref("另一中心", "unit", 4)}, False),
        ({"category": "style"}, False),
    ],
    ids=["two years", "another matter", "last day", "a day too late", "not after closing", "another unit", "kind"],
)
def test_the_same_kind_at_a_unit_after_it_was_struck_off_is_flagged(values: dict[str, Any], flagged: bool) -> None:
    again = _finding(2, **{"day": date(2027, 8, 1), "problem": "完全不同的事", **values})
    found = in_books("RF-R3", Books(date(2027, 12, 31), findings=[CLOSED, again]))
    assert [each.evidence for each in found] == ([(("finding", 2), ("finding", 1))] if flagged else [])


def test_an_office_may_look_back_less_far() -> None:
    again = _finding(2, date(2026, 8, 1))
    assert in_books("RF-R3", Books(date(2026, 12, 31), findings=[CLOSED, again]))
    assert not in_books("RF-R3", Books(date(2026, 12, 31), findings=[CLOSED, again]), months="6")
