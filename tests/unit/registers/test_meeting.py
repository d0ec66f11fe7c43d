"""Meetings: counts that fit, minutes after the day, and where old ones arrive."""

from datetime import date, datetime

import pytest

from paizhu.base.register import Aids
from paizhu.base.rows import Ref, Value
from paizhu.registers.meeting import MEETING, Meeting, arrive, check, derive

TODAY = date(2026, 3, 6)
HELD = datetime(2026, 3, 4, 9, 0)


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({}, "planned"),
        ({"held_at": date(2026, 3, 20)}, "planned"),
        ({"held_at": HELD}, "held"),
        ({"held_at": HELD, "minutes_received": TODAY}, "filed"),
        ({"held_at": date(2025, 12, 30)}, "filed"),
    ],
)
def test_old_meetings_arrive_where_they_stand(values: dict[str, Value], state: str) -> None:
    assert arrive(values, TODAY) == state


def test_more_cannot_come_than_belong() -> None:
    assert check(Meeting(name="示例会议", expected=9, present=10)) == ["实到人数多于应到人数"]
    assert check(Meeting(name="示例会议", expected=9, present=9)) == []
    assert check(Meeting(name="示例会议", present=-1)) == ["实到人数不能小于 0"]


def test_the_clock_for_minutes_runs_from_the_meeting() -> None:
    clocks = {limit.rule: limit for limit in MEETING.limits}
    assert clocks["C02"].start == "held_at"
    assert clocks["C02"].until == ("minutes_received",)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, 7),
        ({"expected": 6}, None),
        ({"kind": "office"}, None),
        ({"held_at": HELD}, None),
        ({"unit_id": None}, None),
    ],
)
def test_a_meeting_to_come_knows_how_many_belong_to_the_team(given: dict[str, Value], expected: int | None) -> None:
    known: dict[str, Value] = {
        "kind": "party_group",
        "held_at": datetime(2026, 3, 6, 9, 0),
        "unit_id": Ref("某市示例局", "unit", 1),
    }
    aids = Aids(TODAY, team_of=lambda unit: 7 if unit.id == 1 else None)
    assert derive({**known, **given}, aids).get("expected") == expected
