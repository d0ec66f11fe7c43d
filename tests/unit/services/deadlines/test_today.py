"""What falls due, from real records of a real vault."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

import pytest

from paizhu import registers
from paizhu.base import clock
from paizhu.base.register import LimitFrom
from paizhu.base.rows import Row
from paizhu.registers.course import KEYS
from paizhu.services import sample
from paizhu.services.matters.listing import Matters
from paizhu.services.office import Office
from paizhu.storage import clocks
from paizhu.storage.tables import Table
from tests.typed import WHOLE

TALK = registers.register("integrity_talk")


def planned(office: Office, day: str, **more: str) -> int:
    return office.records.save(TALK, {"subject": "孙立新", "planned_date": day, **more}).records[0][1]


@pytest.mark.parametrize(
    ("day", "state", "words"),
    [
        ("2026-03-12", "overdue", "超期 2 个工作日"),
        ("2026-03-16", "today", "03-16 周一 · 今天到期"),
        ("2026-03-19", "soon", "03-19 周四 · 剩 3 个工作日"),
        ("2026-05-08", "later", "05-08 周五 · 剩 35 个工作日"),
    ],
)
def test_a_planned_talk_is_overdue_today_soon_or_later(office: Office, day: str, state: str, words: str) -> None:
    record_id = planned(office, day)
    (task,) = office.today.due()
    assert (task.register, task.id, task.state, task.standing.words) == ("integrity_talk", record_id, state, words)


def test_due_today_is_not_overdue_one_minute_before_midnight_but_is_one_minute_after(office: Office) -> None:
    planned(office, "2026-03-16")
    with clock.clock_at(datetime(2026, 3, 16, 23, 59)):
        assert office.today.due()[0].state == "today"
    with clock.clock_at(datetime(2026, 3, 17, 0, 1)):
        assert office.today.due()[0].state == "overdue"


def test_a_held_talk_and_a_voided_one_are_no_longer_due(office: Office) -> None:
    held = planned(office, "2026-03-12", **WHOLE["integrity_talk"])
    # What was written of it so far registers nothing: it is asked after until the step is taken.
    typed = {"start_at": "2026-03-12 9:30", "place": "示例谈话室", "talker": "示例甲", "recorder": "示例乙"}
    office.records.save(TALK, {**typed, "companion_unit": "示例派出机关", "record": "示例"}, held)
    assert [(task.id, task.action) for task in office.today.due()] == [(held, "held")]
    office.records.advance(TALK, held, "held")
    gone = planned(office, "2026-03-12")
    office.records.void(TALK, [gone], "重复登记")
    assert office.today.due() == []


def test_the_clocks_of_many_records_are_those_of_each_by_itself(office: Office) -> None:
    ids = [planned(office, day) for day in ("2026-03-12", "2026-03-19", "2026-05-08")]
    office.records.save(TALK, {}, ids[1], rows={"requirement": [{"words": "一周内报送", "due": "2026-03-13"}]})
    rows = [office.records.get(TALK, each) for each in ids]
    found = office.today.of_records(TALK, rows)
    assert found == {row.id: office.today.of_record(TALK, row) for row in rows}
    assert [len(found[each]) for each in ids] == [1, 2, 1]
    assert office.today.of_records(TALK, []) == {}


def test_of_some_registers_nothing_else_is_read(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    sample.build(office)
    every, due = office.today.every(), office.today.due()
    read: list[str] = []
    running = clocks.running

    def noted(connection: Any, found: Table, limits: Sequence[LimitFrom]) -> Iterator[list[Row]]:
        read.append(found.kind)
        return running(connection, found, limits)

    monkeypatch.setattr(clocks, "running", noted)
    for register in registers.REGISTERS:
        assert office.today.every(of=(register,)) == [task for task in every if task.register == register.key]
        assert office.today.due(of=(register,)) == [task for task in due if task.register == register.key]
        assert {kind.split(".")[0] for kind in read} <= {register.key}
        read.clear()
    # The list over all matters looks at no talk, however many of them wait.
    Matters(office.desk).every()
    assert {kind.split(".")[0] for kind in read} == set(KEYS)


def test_an_old_ledger_of_overdue_talks_is_read_in_blocks(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    days = [f"2026-03-{day:02}" for day in range(2, 13)]
    for day in days:
        planned(office, day)
    whole = office.today.due()
    monkeypatch.setattr(clocks, "_BLOCK", 3)
    assert office.today.due() == whole
    assert [task.due.isoformat() for task in whole] == days


def test_records_that_began_on_one_day_share_one_reckoning(office: Office) -> None:
    lead = registers.register("lead")
    for name in ("示例甲", "示例乙"):
        office.records.save(lead, {"received_at": "2026-03-02", "subject": name})
    first, second = office.today.due()
    assert first.id != second.id
    assert (first.title, second.title) == ("示例甲", "示例乙")
    assert first.explanation is second.explanation


def test_a_requirement_of_a_talk_comes_back_with_its_words(office: Office) -> None:
    change = office.records.save(
        TALK,
        {"subject": "孙立新", "planned_date": "2026-03-02", "start_at": "2026-03-02 9:30"},
        rows={
            "requirement": [
                {"words": "报送情况说明", "due": "2026-03-20"},
                {"words": "已办", "due": "3.3", "done_at": "3.3"},
            ]
        },
    )
    (task,) = (each for each in office.today.due() if each.row)
    assert (task.id, task.due, "报送情况说明" in task.what) == (change.records[0][1], date(2026, 3, 20), True)


def test_overdue_stands_first_and_the_rest_by_day(office: Office) -> None:
    for day in ("2026-03-20", "2026-03-12", "2026-03-16"):
        planned(office, day)
    assert [task.state for task in office.today.due()] == ["overdue", "today", "soon"]


def test_a_letter_of_inquiry_is_asked_after_until_it_is_known_when_he_got_it(office: Office) -> None:
    """The fifteen days of the answer begin on that day: before, nothing else would be due."""
    lead = registers.register("lead")
    typed = {"subject": "示例甲", "received_at": "2026-03-02", "proposed_at": "2026-03-03", "mode": "谈话函询",
             "approved_at": "2026-03-04", "inquiry_no": "示函1号", "inquiry_sent_at": "2026-03-09"}  # fmt: skip
    made = office.records.save(lead, typed).records[0][1]
    with office.vault.act("save", "示例") as act:
        act.change(lead, made, None, {"state": "talk_inquiry"})
    (task,) = office.today.due()
    assert (task.what, task.due, task.action) == ("登记函询收函日期", date(2026, 3, 12), "inquiry_got_at")
    office.records.save(lead, {"inquiry_got_at": "2026-03-10"}, made)
    assert [task.what for task in office.today.due()] == ["收取函询书面回复"]


@pytest.mark.parametrize(("level", "due"), [("下级", ["接收单位受理"]), ("本级", [])])
def test_whether_a_receiver_took_a_letter_on_is_asked_while_one_waits_for_his_answer(
    office: Office, level: str, due: list[str]
) -> None:
    petition = registers.register("petition")
    typed = {"received_at": "2026-03-02", "summary": "示例", "own_level": level, "transfer_at": "2026-03-10"}
    made = office.records.save(petition, typed).records[0][1]
    with office.vault.act("save", "示例") as act:
        act.change(petition, made, None, {"state": "waiting_feedback"})
    assert [task.what for task in office.today.due()] == due
    office.records.save(petition, {"transfer_accepted_at": "2026-03-13"}, made)
    assert office.today.due() == []
