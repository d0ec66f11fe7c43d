"""What the officer asks the list of items for beside their stages: this week's, and those with open hints."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from paizhu.base.view import Condition, Test
from paizhu.registers.review import REVIEW

_SUNDAY = 6


def chips(today: date) -> Sequence[tuple[str, str, tuple[Condition, ...]]]:
    """Return key, words and conditions of each, the nearest first."""
    monday = today - timedelta(days=today.weekday())
    week = (
        Condition("planned_meeting_at", Test.SINCE, monday),
        Condition("planned_meeting_at", Test.UNTIL, monday + timedelta(days=_SUNDAY)),
    )
    return (
        ("week", "本周上会", week),
        ("hints", "有提示", (Condition("flags", Test.FILLED), Condition("state", Test.ONE_OF, _open()))),
    )


def _open() -> tuple[str, ...]:
    assert REVIEW.flow is not None
    return tuple(state.code for state in REVIEW.flow.states if not state.end)
