"""What old ledgers brought in long past stands in one line and stays in sight; younger duties stand by themselves."""

from datetime import date, datetime
from typing import Any

import pytest

from paizhu import registers
from paizhu.base import clock
from paizhu.base.rows import Ref, Values
from paizhu.services.deadlines.backlog import is_old
from paizhu.services.office import Office

D = date
LEAD = registers.register("lead")
OLD: Values = {"received_at": D(2024, 5, 6), "subject": Ref("曹志刚"), "state": "registered"}
SOURCE: dict[str, Any] = {"file": "旧台账.xlsx", "sheet": "线索", "row": 3}


def arrived(office: Office, values: Values, source: dict[str, Any] | None = SOURCE) -> int:
    with office.vault.act("import", "示例") as act:
        return act.create("lead", values, source=source)


def test_long_past_clocks_of_a_ledger_stand_in_one_line_that_opens_the_oldest(office: Office) -> None:
    first = arrived(office, OLD)
    arrived(office, {**OLD, "received_at": D(2024, 8, 6)})
    (line,) = office.today.due()
    assert (line.id, line.count, line.state) == (first, 2, "overdue")
    assert line.what == "历史补录的问题线索有 2 项超期，逐件清理"
    assert len(office.today.every()) == 2


def test_the_line_gets_shorter_with_every_one_completed_and_leaves_with_the_last(office: Office) -> None:
    first = arrived(office, OLD)
    second = arrived(office, {**OLD, "received_at": D(2024, 8, 6)})
    for record_id, left in ((first, [second]), (second, [])):
        with office.vault.act("save", "示例") as act:
            act.change("lead", record_id, None, {"mode": "hold", "state": "archived"})
        assert [line.id for line in office.today.due()] == left


def test_the_record_itself_still_shows_its_clock(office: Office) -> None:
    record_id = arrived(office, OLD)
    (task,) = office.today.of_record(LEAD, office.records.get(LEAD, record_id))
    assert (task.state, task.rule) == ("overdue", "T01")


def test_the_same_record_typed_by_hand_is_never_set_aside(office: Office) -> None:
    arrived(office, OLD, None)
    (line,) = office.today.due()
    assert (line.count, line.rule) == (1, "T01")


def test_a_duty_that_ran_out_shortly_before_the_import_stands_by_itself(office: Office) -> None:
    arrived(office, {**OLD, "received_at": D(2026, 1, 6)})
    (line,) = office.today.due()
    assert (line.rule, line.state) == ("T01", "overdue")


@pytest.mark.parametrize(("held", "old"), [(D(2026, 2, 20), True), (D(2025, 12, 2), False)])
def test_a_row_below_is_set_aside_when_its_record_went_on_after_the_day(office: Office, held: D, old: bool) -> None:
    talk: Values = {"subject": Ref("曹志刚"), "planned_date": D(2025, 12, 2), "start_at": held, "state": "held"}
    with office.vault.act("import", "示例") as act:
        act.create(
            "integrity_talk", talk, source=SOURCE, rows={"requirement": [{"words": "交说明", "due": D(2026, 1, 6)}]}
        )
    (line,) = [task for task in office.today.every() if task.row]
    assert (line.state, line.old) == ("overdue", old)


def test_a_clock_that_runs_out_after_the_import_stands_by_itself_however_old_it_gets(office: Office) -> None:
    arrived(office, {**OLD, "received_at": D(2026, 3, 9)})
    with clock.clock_at(datetime(2028, 3, 16, 9, 0)):
        line = next(task for task in office.today.due() if task.rule)
    assert (line.rule, line.due, line.count) == ("T01", D(2026, 4, 9), 1)


@pytest.mark.parametrize(
    ("values", "old"),
    [
        ({"state": "registered"}, False),
        # Something happened after the day: the matter went on.
        ({"state": "registered", "check_from": D(2026, 2, 20)}, True),
        # A day that was only planned, one after the import, and one before the due day prove nothing.
        ({"state": "registered", "check_due": D(2026, 2, 20)}, False),
        ({"state": "registered", "check_from": D(2026, 4, 20)}, False),
        ({"state": "registered", "check_from": D(2026, 1, 20)}, False),
        ({"state": "closed_no_action"}, True),
    ],
)
def test_signs_that_a_matter_went_on(office: Office, values: dict[str, Any], old: bool) -> None:
    record_id = arrived(office, {**OLD, "received_at": D(2026, 1, 6), **values})
    row = office.records.get(LEAD, record_id)
    assert is_old(LEAD, row, D(2026, 2, 6), D(2026, 3, 16)) is old
