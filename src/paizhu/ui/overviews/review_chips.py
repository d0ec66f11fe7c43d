"""What the officer asks the list of items for beside their stages: this week's, whose turn it is, open hints."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from paizhu.base.view import Condition, Test
from paizhu.registers.review import REVIEW
from paizhu.registers.review_flow import BEFORE_OPINION
from paizhu.rules.calendar import Calendar
from paizhu.services.deadlines.agenda import week_of

_SUNDAY = 6


def chips(calendar: Calendar, today: date) -> Sequence[tuple[str, str, tuple[Condition, ...]]]:
    """Return key, words and conditions of each, the nearest first."""
    words, monday = week_of(calendar, today)
    week = (
        Condition("planned_meeting_at", Test.SINCE, monday),
        Condition("planned_meeting_at", Test.UNTIL, monday + timedelta(days=_SUNDAY)),
    )
    is_open = Condition("state", Test.ONE_OF, _open())
    # What the unit does with an opinion counts from the day it was handed over.
    unheard = (Condition("feedback_date", Test.FILLED), Condition("adopted", Test.EMPTY), is_open)
    return (
        ("week", f"{words}上会", week),
        ("mine", "待我审查", (Condition("state", Test.ONE_OF, BEFORE_OPINION),)),
        ("unheard", "待反馈", unheard),
        ("hints", "有提示", (Condition("flags", Test.FILLED), is_open)),
    )


def _open() -> tuple[str, ...]:
    assert REVIEW.flow is not None
    return tuple(state.code for state in REVIEW.flow.states if not state.end)
