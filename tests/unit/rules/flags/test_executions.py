"""Rules about punishments carried out: each with a planted case and one that only comes near."""

from datetime import date
from typing import Any

import pytest

from paizhu.base.rows import Ref
from paizhu.rules.flags.books import Running
from tests.unit.rules.flags.made_facts import TODAY, Books, in_books, roster, row

WHO = Ref("示例甲", "person", 1)
BEFORE: dict[str, Any] = {"post": "副科长", "rank_level": "section", "held_from": date(2020, 1, 1)}


@pytest.mark.parametrize(("rule", "due", "flagged"), [
    ("T09", date(2026, 3, 13), True), ("T10", date(2026, 3, 13), True), ("T11", date(2026, 3, 13), True),
    ("T09", TODAY, False), ("C14", date(2026, 1, 1), False),
])  # fmt: skip
def test_an_execution_past_its_limit_is_flagged(rule: str, due: date, flagged: bool) -> None:
    assert bool(in_books("RF-E1", Books(TODAY, [Running("measure", 1, rule, "宣布处分决定", due)]))) is flagged


def test_a_typed_day_for_the_change_of_pay_counts_and_other_typed_days_do_not() -> None:
    late = date(2026, 3, 1)
    assert in_books("RF-E1", Books(TODAY, [Running("measure", 1, "", "办理职务工资变更", late)]))
    assert not in_books("RF-E1", Books(TODAY, [Running("measure", 1, "", "回访受处分人", late)]))


@pytest.mark.parametrize(
    ("after", "flagged"),
    [
        ({"rank_level": "division", "held_from": date(2025, 6, 1)}, True),
        ({"rank_level": "section", "is_team": True, "held_from": date(2025, 6, 1)}, True),
        ({"rank_level": "section", "held_from": date(2025, 6, 1)}, False),
        ({"rank_level": "division", "held_from": date(2026, 3, 1)}, False),
        ({"rank_level": "general", "held_from": date(2025, 6, 1)}, False),
    ],
    ids=["higher rank", "into the team", "same height", "after the period", "lower"],
)
def test_a_rise_inside_a_period_is_flagged(after: dict[str, Any], flagged: bool) -> None:
    measure = row("measure", 5, subject=WHO, kind="party_warning", decided_at=date(2025, 2, 1))
    people = roster({"name": "示例甲"}, posts={1: [{"post": "新职务", **after}, BEFORE]})
    assert bool(in_books("RF-E2", Books(TODAY, measures=[measure], people=people))) is flagged
