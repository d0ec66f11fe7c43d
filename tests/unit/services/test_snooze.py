"""Putting tasks off over a real vault: quiet until the day, back by itself, never past what the law's clock allows."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from paizhu import registers
from paizhu.base import clock
from paizhu.base.errors import InvalidRecordError
from paizhu.services.office import Office
from paizhu.services.today import Task

TALK, LEAD = registers.register("integrity_talk"), registers.register("lead")


@pytest.fixture
def talk(office: Office) -> Task:
    """A talk planned for some days ago: overdue, by the record's own day."""
    office.records.save(TALK, {"subject": "孙示例", "planned_date": "2026-03-12"})
    return office.today.due()[0]


@pytest.fixture
def statutory(office: Office) -> Task:
    """A lead whose clock of the time-limit table has run out."""
    office.records.save(LEAD, {"received_at": "2026-01-05", "subject": "孙示例"})
    return next(task for task in office.today.due() if task.rule and task.state == "overdue")


def test_a_task_is_quiet_until_its_day_and_then_back(office: Office, talk: Task) -> None:
    office.snooze.put_off(talk, date(2026, 3, 20), "等本人出差回来")
    shown, quiet = office.snooze.parted(office.today.due())
    assert shown == []
    assert [(each.until, each.reason) for each in quiet] == [(date(2026, 3, 20), "等本人出差回来")]
    with clock.clock_at(datetime(2026, 3, 20, 8, 0)):
        assert len(office.snooze.parted(office.today.due())[0]) == 1


def test_the_clock_itself_goes_on(office: Office, talk: Task) -> None:
    office.snooze.put_off(talk, date(2026, 3, 20), "等本人出差回来")
    assert office.today.due() == [talk]


def test_another_due_day_brings_it_back(office: Office, talk: Task) -> None:
    office.snooze.put_off(talk, date(2026, 3, 20), "等本人出差回来")
    office.records.save(TALK, {"planned_date": "2026-03-13"}, talk.id)
    assert len(office.snooze.parted(office.today.due())[0]) == 1


def test_it_is_journalled_and_leaves_undo_alone(office: Office, talk: Task) -> None:
    before = office.history.last_undoable()
    office.snooze.put_off(talk, date(2026, 3, 20), "等本人出差回来")
    assert before is not None
    newest = office.history.entry(before.id + 1)
    assert newest.kind == "snooze"
    assert newest.label.startswith("推迟 廉政谈话")
    assert office.history.last_undoable() == before


def test_taking_back_shows_it_again(office: Office, talk: Task) -> None:
    office.snooze.put_off(talk, date(2026, 3, 20), "等本人出差回来")
    office.snooze.take_back(talk)
    assert office.snooze.parted(office.today.due()) == ([talk], [])


@pytest.mark.parametrize(
    ("until", "reason", "said"),
    [
        (date(2026, 3, 20), "  ", "请写明推迟的理由"),
        (date(2026, 3, 16), "等材料", "应在今天之后"),
    ],
)
def test_without_reason_or_into_the_past_it_is_refused(
    office: Office, talk: Task, until: date, reason: str, said: str
) -> None:
    with pytest.raises(InvalidRecordError, match=said):
        office.snooze.put_off(talk, until, reason)
    assert office.snooze.parted([talk]) == ([talk], [])


def test_an_overdue_clock_of_the_law_rests_one_working_day_at_most(office: Office, statutory: Task) -> None:
    assert office.snooze.latest(statutory) == date(2026, 3, 17)
    assert office.snooze.words(statutory).startswith("法定期限已超期，最多推迟到下一个工作日 2026-03-17")
    with pytest.raises(InvalidRecordError, match="下一个工作日"):
        office.snooze.put_off(statutory, date(2026, 3, 18), "等批示")
    office.snooze.put_off(statutory, date(2026, 3, 17), "等批示")
    assert statutory not in office.snooze.parted(office.today.due())[0]


def test_before_a_weekend_the_next_working_day_is_monday(office: Office, statutory: Task) -> None:
    with clock.clock_at(datetime(2026, 3, 20, 9, 0)):
        assert office.snooze.latest(statutory) == date(2026, 3, 23)


def test_a_clock_of_the_law_that_runs_is_back_on_its_due_day(office: Office) -> None:
    office.records.save(LEAD, {"received_at": "2026-03-13", "subject": "孙示例"})
    task = max((each for each in office.today.due() if each.rule), key=lambda each: each.due)
    assert office.snooze.latest(task) == task.due
