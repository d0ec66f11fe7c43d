"""Putting tasks off over a real vault: quiet until the day, back by itself, never past what the law's clock allows."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from paizhu import registers
from paizhu.base import clock
from paizhu.base.errors import InvalidRecordError
from paizhu.base.rows import Ref, Value
from paizhu.services.deadlines.task import Task
from paizhu.services.office import Office

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


def test_it_is_an_act_like_any_other_and_undo_takes_it_back(office: Office, talk: Task) -> None:
    change = office.snooze.put_off(talk, date(2026, 3, 20), "等本人出差回来")
    newest = office.history.last_undoable()
    assert newest is not None
    assert (newest.id, newest.kind, newest.changes) == (change.entry, "snooze", 1)
    assert newest.label.startswith("推迟 廉政谈话")
    undone = office.history.undo(newest.id)
    assert office.snooze.parted(office.today.due()) == ([talk], [])
    assert not undone.kept
    again = office.history.last_redoable()
    assert again is not None
    office.history.undo(again.id)
    assert [each.until for each in office.snooze.parted(office.today.due())[1]] == [date(2026, 3, 20)]
    assert office.history.verify() == []


def test_undoing_an_older_put_off_leaves_the_newer_one(office: Office, talk: Task) -> None:
    first = office.snooze.put_off(talk, date(2026, 3, 18), "等本人出差回来")
    office.snooze.put_off(talk, date(2026, 3, 20), "等材料")
    undone = office.history.undo(first.entry)
    assert len(undone.kept) == 1
    assert [each.until for each in office.snooze.parted(office.today.due())[1]] == [date(2026, 3, 20)]


def test_the_line_of_a_backlog_is_put_off_as_a_whole_until_something_is_added(office: Office) -> None:
    values: dict[str, Value] = {"received_at": date(2024, 1, 5), "subject": Ref("孙示例"), "state": "registered"}
    with office.vault.act("import", "示例") as act:
        ids = [act.create(LEAD, {**values, "no": f"旧{each}"}, source={"file": "旧.xlsx", "row": 3}) for each in "甲乙"]
    (line,) = office.today.due()
    assert line.count == 2
    office.snooze.put_off(line, date(2026, 4, 7), "月底集中清理")
    assert office.snooze.parted(office.today.due())[0] == []
    office.records.void(LEAD, [ids[0]], "重复登记")
    (rest,) = office.today.due()
    assert (rest.count, office.snooze.parted([rest])[0]) == (1, []), "a shorter line stays quiet"
    with office.vault.act("import", "示例") as act:
        for each in "丙丁":
            act.create(LEAD, {**values, "no": f"旧{each}"}, source={"file": "旧.xlsx", "row": 4})
    assert len(office.snooze.parted(office.today.due())[0]) == 1, "a longer one is another matter"


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
