"""What the domain marks S and no step demands is seen to in another way, each proved in a real vault."""

from dataclasses import dataclass
from datetime import date

import pytest

from paizhu import registers
from paizhu.base.errors import InvalidRecordError
from paizhu.base.rows import Ref, Value, Values
from paizhu.services.deadlines.extensions import RunningClock
from paizhu.services.deadlines.task import Task
from paizhu.services.office import Office
from tests.guards.every import GROUNDS
from tests.guards.in_vault import Stage
from tests.guards.otherwise import BY_CLOCK, BY_DERIVING, BY_EXTENSION
from tests.registers.domain_marks import MARKED_S, MEASURE_S

D = date
LEAD, MEASURE = registers.register("lead"), registers.register("measure")
_LEAD = next(each for each in GROUNDS if each.register is LEAD)
GRANTED = {"reason": "需要调取外省材料", "new_due": "2027-06-20", "approver": "示例领导", "document": "示批〔2026〕9号"}


@dataclass(frozen=True)
class Clock:
    """A running clock that can be extended: the record it runs at, what it is about, and the day it ends."""

    values: Values
    matter: str
    due: date


MEASURED: Values = {"subject": Ref("示例甲"), "decided_at": D(2026, 12, 1)}
CLOCKS = {
    "lead.check_extended_to": Clock(
        {"received_at": D(2026, 11, 2), "subject": Ref("示例甲"), "proposed_at": D(2026, 11, 3), "mode": "check",
         "state": "checking", "check_from": D(2026, 11, 20), "check_due": D(2027, 1, 20)},
        "完成初步核实", D(2027, 1, 20),
    ),
    "measure.probation_extended_to": Clock(
        {**MEASURED, "kind": "party_probation", "probation_to": D(2027, 5, 31), "announced_at": D(2026, 12, 2)},
        "留党察看期满，恢复权利", D(2027, 5, 31),
    ),
    "measure.pay_due": Clock({**MEASURED, "kind": "admin_demotion"}, "办理职务工资变更", D(2027, 1, 1)),
}  # fmt: skip


def made(office: Office, key: str, values: Values) -> int:
    with office.vault.act("save", "示例") as act:
        return act.create(key, values)


def running(office: Office, record: int, matter: str, on: date | None = None) -> list[Task]:
    return [task for task in office.today.every(on) if task.id == record and task.what == matter]


def test_every_field_told_here_is_marked_in_the_domain() -> None:
    marked = {f"lead.{name}" for name in MARKED_S["lead"].split()} | {f"measure.{name}" for name in MEASURE_S.split()}
    assert {*BY_EXTENSION, *BY_CLOCK, *BY_DERIVING} <= marked
    assert set(CLOCKS) == set(BY_EXTENSION)


@pytest.mark.parametrize("field", BY_EXTENSION)
def test_no_extension_is_granted_without_its_day_and_the_day_is_written_where_it_belongs(
    office: Office, field: str
) -> None:
    key, _, name = field.partition(".")
    register, clock = registers.register(key), CLOCKS[field]
    record = made(office, key, clock.values)
    (task,) = running(office, record, clock.matter)
    assert task.due == clock.due
    at = RunningClock(register, record, clock.matter, clock.due)
    with pytest.raises(InvalidRecordError) as refused:
        office.extensions.grant_typed(at, {**GRANTED, "new_due": ""})
    assert [(each.field, each.message) for each in refused.value.problems] == [("new_due", "请填写“延至”的日期")]
    before = office.records.get(register, record).values
    assert before[name] is None

    change = office.extensions.grant_typed(at, GRANTED)
    after = office.records.get(register, record).values
    apart = {name, "version", "updated_at", "updated_by"}
    assert after[name] == D(2027, 6, 20)
    assert {each: value for each, value in after.items() if before.get(each) != value}.keys() <= apart
    assert [task.due for task in running(office, record, clock.matter)] == [D(2027, 6, 20)]

    office.history.undo(change.entry)
    assert office.records.get(register, record).values[name] is None
    assert [task.due for task in running(office, record, clock.matter)] == [clock.due]


def test_a_row_of_an_extension_is_not_kept_without_its_day_and_its_day_stands_in_the_lead(office: Office) -> None:
    record = made(office, "lead", CLOCKS["lead.check_extended_to"].values)
    row: dict[str, Value] = {"matter": "初步核实期限", "approver": "示例领导", "approved_at": "2026-12-30"}
    with pytest.raises(InvalidRecordError) as refused:
        office.records.save(LEAD, {}, record, rows={"lead_extension": [row]})
    assert "延至" in str(refused.value)

    def rows(*given: dict[str, Value]) -> Value:
        office.records.save(LEAD, {}, record, rows={"lead_extension": list(given)})
        return office.records.get(LEAD, record).values["check_extended_to"]

    first, second = {**row, "new_due": "2027-02-20"}, {**row, "new_due": "2027-03-20"}
    assert rows(first) == D(2027, 2, 20)
    assert rows(first, second) == D(2027, 3, 20)
    assert rows(first) == D(2027, 2, 20)
    # Of something else, or approved by nobody: it extends no check.
    assert rows({**first, "matter": "函询回复"}) is None
    assert rows({"matter": "初步核实期限", "new_due": "2027-02-20"}) is None


def test_the_day_of_a_ledger_without_rows_stays_and_rows_that_stand_do_not_write_it_again(office: Office) -> None:
    record = made(office, "lead", {**CLOCKS["lead.check_extended_to"].values, "check_extended_to": D(2027, 2, 1)})
    office.records.save(LEAD, {"remarks": "示例"}, record)
    assert office.records.get(LEAD, record).values["check_extended_to"] == D(2027, 2, 1)
    row: dict[str, Value] = {"matter": "初步核实", "new_due": "2027-02-20", "approver": "示例领导"}
    office.records.save(LEAD, {}, record, rows={"lead_extension": [row]})
    # What begins anew with a second check is not put back by the rows of the first.
    office.records.save(LEAD, {"check_extended_to": ""}, record)
    office.records.save(LEAD, {"remarks": "示例二"}, record)
    assert office.records.get(LEAD, record).values["check_extended_to"] is None


def test_the_day_of_an_extension_is_not_typed_without_the_row_that_approves_it(office: Office) -> None:
    record = made(office, "lead", CLOCKS["lead.check_extended_to"].values)
    row: dict[str, Value] = {"matter": "初步核实", "new_due": "2027-02-20", "approver": "示例领导"}
    told = "“初核延至”由批准的延期写上，这里不能另填：请在“线索延期”里登记延期事项、延至和批准人，保存后自动写上"

    def refused(typed: dict[str, str], *rows: dict[str, Value]) -> list[tuple[str, str]]:
        with pytest.raises(InvalidRecordError) as found:
            office.records.save(LEAD, typed, record, rows={"lead_extension": list(rows)} if rows else None)
        return [(each.field, each.message) for each in found.value.problems]

    def stands() -> Value:
        return office.records.get(LEAD, record).values["check_extended_to"]

    assert refused({"check_extended_to": "2027-03-01"}) == [("check_extended_to", told)]
    # Another day than the row of the same save tells, or a row that nobody approved.
    assert refused({"check_extended_to": "2027-03-01"}, row) == [("check_extended_to", told)]
    assert refused({"check_extended_to": "2027-02-20"}, {**row, "approver": ""}) == [("check_extended_to", told)]
    with pytest.raises(InvalidRecordError, match="线索延期"):
        office.records.save(LEAD, {"subject": "示例乙", "received_at": "2026-11-02", "check_extended_to": "2027-03-01"})
    assert stands() is None
    office.records.save(LEAD, {"check_extended_to": "2027-02-20"}, record, rows={"lead_extension": [row]})
    assert stands() == D(2027, 2, 20)
    assert refused({"check_extended_to": "2027-02-21"}) == [("check_extended_to", told)]
    office.records.save(LEAD, {"check_extended_to": "2027-02-20", "remarks": "示例"}, record)
    # Measures keep no rows of extensions: there the day itself is where one is written.
    kept = made(office, "measure", CLOCKS["measure.pay_due"].values)
    office.records.save(MEASURE, {"pay_due": "2027-02-01"}, kept)
    assert office.records.get(MEASURE, kept).values["pay_due"] == D(2027, 2, 1)


def test_a_day_that_a_ledger_brought_asks_for_its_approval_until_a_row_tells_it(office: Office) -> None:
    stage = Stage(office)
    step = next(each for each in _LEAD.flow.steps_from("checking") if each.after == "check_report")
    record = stage.put(_LEAD, step)
    with office.vault.act("save", "示例") as act:
        act.change(LEAD, record, None, {"check_extended_to": D(2027, 2, 1), "check_report_at": None})
    (task,) = running(office, record, "完成初步核实（已延期）")
    assert task.explanation.endswith("初核延至：2027-02-01，没有登记批准的延期，请在“线索延期”里补登")
    told = "初核延至 2027-02-01，没有登记批准：请在“线索延期”里补登延期事项、延至、批准人和批准日期"
    assert ("lead_extension", told) in [
        (each.field, each.message) for each in office.records.objections(LEAD, record, step)
    ]
    row: dict[str, Value] = {"matter": "初步核实", "new_due": "2027-02-01", "approver": "示例领导"}
    office.records.save(LEAD, {}, record, rows={"lead_extension": [row]})
    assert office.records.get(LEAD, record).values["check_extended_to"] == D(2027, 2, 1)
    assert not [each for each in office.records.objections(LEAD, record, step) if each.field == "lead_extension"]
    (task,) = running(office, record, "完成初步核实")
    assert "示例领导" in task.explanation


@pytest.mark.parametrize("opinion", ["credited", "first_form"])
def test_the_yearly_meeting_stands_on_today_until_its_day_is_there_in_the_archive_too(
    office: Office, opinion: str
) -> None:
    stage, ended = Stage(office), "closed_credited" if opinion == "credited" else "first_form"
    record = 0
    for before, after in (("inquiry_report", ended), (ended, "archived")):
        step = next(each for each in _LEAD.flow.steps_from(before) if each.after == after)
        if record:
            stage.stand(_LEAD, step, record)
        else:
            record = stage.put(_LEAD, step)
        with office.vault.act("save", "示例") as act:
            act.change(LEAD, record, None, {"explained_at_meeting": None, "report_opinion": opinion})
        stage.advance(_LEAD, step, record)
        (task,) = running(office, record, "在民主生活会上说明")
        assert (task.rule, task.action) == ("T04", "explained_at_meeting")
    assert stage.state_of(_LEAD, record) == "archived"
    late = running(office, record, "在民主生活会上说明", D(2029, 3, 1))
    assert [task.state for task in late] == ["overdue"]
    assert "explained_at_meeting" in LEAD.wanted_now(office.records.get(LEAD, record).values)

    office.records.save(LEAD, {"explained_at_meeting": "2026-12-30"}, record)
    assert running(office, record, "在民主生活会上说明", D(2029, 3, 1)) == []
    assert "explained_at_meeting" not in LEAD.wanted_now(office.records.get(LEAD, record).values)


def test_a_probation_begins_with_its_decision_and_cannot_be_left_without_its_day(office: Office) -> None:
    assert MEASURE.field("decided_at").required
    told = {"subject": "示例甲", "kind": "留党察看", "decided_at": "2026-12-01", "probation_to": "2027-12-01"}
    record = office.records.save(MEASURE, told).records[0][1]
    assert office.records.get(MEASURE, record).values["probation_from"] == D(2026, 12, 1)
    office.records.save(MEASURE, {"probation_from": ""}, record)
    assert office.records.get(MEASURE, record).values["probation_from"] == D(2026, 12, 1)
    office.records.save(MEASURE, {"probation_from": "2026-12-05"}, record)
    assert office.records.get(MEASURE, record).values["probation_from"] == D(2026, 12, 5)
