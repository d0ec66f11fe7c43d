"""Where old agenda items arrive, what cannot be, and which opinions go up to the commission."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from paizhu.base.rows import Value
from paizhu.registers.review import REVIEW, ReviewItem, check, must_report
from paizhu.registers.review_flow import arrive
from paizhu.registers.review_follow import SIGNED_STATES, WATCHED

TODAY = date(2026, 3, 6)
MEETING = datetime(2026, 3, 4, 9, 0)
NEXT = date(2026, 3, 12)


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({}, "submitted"),
        ({"planned_meeting_at": NEXT}, "submitted"),
        ({"planned_meeting_at": NEXT, "opinion": "ok"}, "opinion_draft"),
        ({"planned_meeting_at": NEXT, "opinion": "ok", "opinion_date": TODAY}, "opinion_signed"),
        ({"planned_meeting_at": NEXT, "opinion": "ok", "feedback_date": TODAY}, "feedback_sent"),
        ({"planned_meeting_at": NEXT, "opinion": "ok", "adopted": "adopted"}, "unit_reply"),
        ({"planned_meeting_at": MEETING, "opinion": "ok", "adopted": "adopted"}, "done"),
        ({"planned_meeting_at": MEETING, "opinion": "ok", "feedback_date": MEETING.date()}, "feedback_sent"),
        ({"planned_meeting_at": MEETING, "decided": "agreed"}, "done"),
        ({"planned_meeting_at": MEETING, "decided": "agreed", "follow_date": NEXT}, "tracking"),
        ({"planned_meeting_at": MEETING, "decided": "agreed", "follow_date": TODAY, "follow_result": "done"}, "done"),
        ({"planned_meeting_at": date(2025, 12, 30)}, "done"),
        ({"planned_meeting_at": MEETING, "drop_reason": "示例"}, "dropped"),
    ],
)
def test_old_rows_arrive_where_they_say_they_stand(values: dict[str, Value], state: str) -> None:
    assert arrive(values, TODAY) == state


def test_stations_are_those_of_the_review() -> None:
    assert REVIEW.flow is not None
    assert REVIEW.flow.stages() == ("材料接收", "形式审查", "实质审查", "出具意见", "列席监督", "采纳反馈")


@pytest.mark.parametrize("state", SIGNED_STATES)
def test_a_signed_opinion_can_go_back_to_review(state: str) -> None:
    assert REVIEW.flow is not None
    assert REVIEW.flow.step(state, "under_review") is not None


def test_what_forces_a_new_review_are_fields() -> None:
    assert all(REVIEW.has(name) for name in WATCHED)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"opinion": "object"}, True),
        ({"opinion": "postpone", "adopted": "refused"}, True),
        ({"opinion": "postpone", "adopted": "adopted"}, False),
        ({"opinion": "postpone"}, False),
        ({"opinion": "ok"}, False),
        ({}, False),
    ],
)
def test_only_opinions_against_the_meeting_go_up(values: dict[str, Value], expected: bool) -> None:
    assert must_report(values) is expected


def test_sums_and_votes_below_zero_are_refused() -> None:
    item = ReviewItem(title="示例议题", amount=Decimal(-1), vote_for=8, vote_against=-1, vote_abstain=0)
    assert check(item) == ["金额不能小于 0", "反对票数不能小于 0"]
