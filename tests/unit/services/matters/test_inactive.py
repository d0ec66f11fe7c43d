"""停滞提醒 over a real vault: what counts as an entry, what is meant to be quiet, and a whole ledger in one line."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from paizhu import registers
from paizhu.base import clock
from paizhu.base.rows import Ref, Value
from paizhu.services.deadlines.task import Task
from paizhu.services.matters import inactive
from paizhu.services.office import Office

LEAD, TALK = registers.register("lead"), registers.register("integrity_talk")
LATER = datetime(2026, 4, 15, 9, 0)
"""Thirty days after the clock of the tests."""


@pytest.fixture
def lead(office: Office) -> int:
    """A lead registered on 16 March 2026."""
    return office.records.save(LEAD, {"received_at": "2026-03-16", "subject": "孙示例"}).records[0][1]


def silent(office: Office, on: datetime = LATER) -> list[Task]:
    """Return the lines about silence on a day."""
    with clock.clock_at(on):
        return [task for task in office.today.due() if inactive.WHAT in task.what or "补录后没有" in task.what]


def test_thirty_days_without_an_entry_stand_in_today_with_the_date_of_the_last(office: Office, lead: int) -> None:
    assert silent(office, datetime(2026, 4, 14, 9, 0)) == []
    (task,) = silent(office)
    assert (task.register, task.id, task.state) == ("lead", lead, "soon")
    assert task.standing.words == "30 天没有登记"
    assert "最近一次登记是 03-16 周一" in task.explanation
    assert "满 30 天" in task.explanation
    assert task.action


@pytest.mark.parametrize("way", ["field", "row", "file"])
def test_whatever_is_entered_begins_the_count_anew(office: Office, lead: int, way: str, tmp_path: Path) -> None:
    with clock.clock_at(datetime(2026, 4, 1, 9, 0)):
        if way == "field":
            office.records.save(LEAD, {"remarks": "已调阅材料"}, lead)
        elif way == "row":
            row = {"who": "陈守正", "when": "2026-04-01 9:00", "step": "交接"}
            office.records.save(LEAD, {}, lead, rows={"hand": [row]})
        else:
            paper = tmp_path / "材料.txt"
            paper.write_text("示例", encoding="utf-8")
            office.records.attach(LEAD, lead, paper)
    assert silent(office) == []
    (task,) = silent(office, datetime(2026, 5, 1, 9, 0))
    assert "最近一次登记是 04-01 周三" in task.explanation


def test_looking_at_it_enters_nothing(office: Office, lead: int) -> None:
    with clock.clock_at(datetime(2026, 4, 1, 9, 0)), office.vault.act("reveal", "查看", always=True) as act:
        act.note("lead", lead, "reveal", {"reason": "示例"})
    assert len(silent(office)) == 1


def test_the_days_are_a_setting_and_none_asks_for_nothing(office: Office, lead: int) -> None:
    office.desk.set_setting("quiet_days", 10)
    (task,) = silent(office, datetime(2026, 3, 26, 9, 0))
    assert (task.id, task.due) == (lead, date(2026, 3, 26))
    office.desk.set_setting("quiet_days", 0)
    assert silent(office) == []


def test_what_is_finished_voided_or_laid_aside_may_be_quiet(office: Office, lead: int) -> None:
    with office.vault.act("save", "示例") as act:
        act.change(LEAD, lead, None, {"state": "held"})
    assert silent(office) == []
    office.records.void(LEAD, [lead], "重复登记")
    assert silent(office) == []
    office.records.save(TALK, {"subject": "孙示例", "planned_date": "2026-03-20"})
    assert silent(office) == []


def test_a_ledger_brought_in_at_once_is_one_line(office: Office) -> None:
    source = {"file": "线索.xlsx", "sheet": "1", "row": 3}
    values: dict[str, Value] = {"received_at": date(2026, 3, 13), "subject": Ref("孙示例"), "state": "registered"}
    with office.vault.act("import", "示例") as act:
        ids = [act.create(LEAD, {**values, "no": f"旧{each}"}, source=source) for each in range(3)]
    (line,) = silent(office)
    assert (line.count, line.what) == (3, "历史补录的问题线索有 3 件补录后没有再登记")
    with clock.clock_at(datetime(2026, 3, 20, 9, 0)):
        office.records.save(LEAD, {"remarks": "已核对"}, ids[0])
    assert sorted(task.count for task in silent(office, datetime(2026, 5, 20, 9, 0))) == [1, 2]
