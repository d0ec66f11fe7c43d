"""Extensions: granted with their approval, followed by the clock, the original date kept."""

from datetime import date
from typing import Any

import pytest

from paizhu import registers
from paizhu.base.errors import InvalidRecordError, NotAllowedError, StaleRecordError
from paizhu.base.rows import Ref, Values
from paizhu.services.deadlines.extensions import Approval, RunningClock
from paizhu.services.deadlines.task import Task
from paizhu.services.office import Office

D = date
LEAD, CASE, DUTY, MEASURE = (registers.register(key) for key in ("lead", "case", "duty_item", "measure"))
APPROVAL = Approval("韩某", "示纪批〔2026〕9号", D(2026, 3, 13))


def made(office: Office, key: str, values: Values, **rows: list[Values]) -> int:
    with office.vault.act("save", "示例") as act:
        return act.create(key, values, rows=rows)


def check(office: Office, **rows: list[Values]) -> int:
    values: Values = {
        "received_at": D(2026, 1, 5),
        "subject": Ref("曹志刚"),
        "proposed_at": D(2026, 1, 6),
        "mode": "check",
        "state": "checking",
        "check_from": D(2026, 1, 20),
    }
    return made(office, "lead", values, **rows)


def task_of(office: Office, record_id: int, what: str) -> Task:
    (found,) = [task for task in office.today.every() if task.id == record_id and task.what == what]
    return found


def test_a_granted_extension_moves_the_clock_and_keeps_the_original_date(office: Office) -> None:
    record_id = check(office)
    assert task_of(office, record_id, "完成初步核实").due == D(2026, 3, 20)
    office.extensions.grant(
        RunningClock(LEAD, record_id, "T06", D(2026, 3, 20)), "需要调取外省材料", D(2026, 4, 20), APPROVAL
    )
    task = task_of(office, record_id, "完成初步核实")
    assert (task.due, task.original, task.rule) == (D(2026, 4, 20), D(2026, 3, 20), "T06")
    assert task.explanation.startswith(
        "原期限 2026-03-20，经韩某 2026-03-13 批准延至 2026-04-20（需要调取外省材料，示纪批〔2026〕9号）；原期限：自 "
    )
    (row,) = office.records.rows(LEAD, record_id)["lead_extension"]
    assert (row.values["matter"], row.values["old_due"], row.values["new_due"]) == (
        "完成初步核实", D(2026, 3, 20), D(2026, 4, 20),
    )  # fmt: skip
    shown = office.today.of_record(LEAD, office.records.get(LEAD, record_id))
    assert D(2026, 4, 20) in {each.due for each in shown}


def test_a_second_extension_follows_the_first(office: Office) -> None:
    record_id = check(office)
    office.extensions.grant(RunningClock(LEAD, record_id, "T06", D(2026, 3, 20)), "一", D(2026, 4, 20), APPROVAL)
    with pytest.raises(StaleRecordError):
        office.extensions.grant(RunningClock(LEAD, record_id, "T06", D(2026, 3, 20)), "二", D(2026, 5, 20), APPROVAL)
    office.extensions.grant(
        RunningClock(LEAD, record_id, "完成初步核实", D(2026, 4, 20)), "二", D(2026, 5, 20), APPROVAL
    )
    task = task_of(office, record_id, "完成初步核实")
    assert (task.due, task.original) == (D(2026, 5, 20), D(2026, 3, 20))


def test_an_extension_is_taken_back_like_every_act(office: Office) -> None:
    record_id = check(office)
    change = office.extensions.grant(
        RunningClock(LEAD, record_id, "T06", D(2026, 3, 20)), "一", D(2026, 4, 20), APPROVAL
    )
    assert office.history.entry(change.entry).label.startswith("延期 问题线索")
    office.history.undo(change.entry)
    assert task_of(office, record_id, "完成初步核实").due == D(2026, 3, 20)


@pytest.mark.parametrize(
    ("reason", "approval", "words"),
    [
        (" ", APPROVAL, "延期理由"),
        ("示例", Approval("", "示纪批〔2026〕9号"), "批准人"),
        ("示例", Approval("韩某", ""), "批准文号"),
    ],
)
def test_reason_approver_and_paper_are_wanted(office: Office, reason: str, approval: Approval, words: str) -> None:
    record_id = check(office)
    with pytest.raises(InvalidRecordError) as refused:
        office.extensions.grant(RunningClock(LEAD, record_id, "T06", D(2026, 3, 20)), reason, D(2026, 4, 20), approval)
    assert words in str(refused.value)
    assert office.records.rows(LEAD, record_id)["lead_extension"] == []


def test_an_extension_does_not_shorten(office: Office) -> None:
    record_id = check(office)
    with pytest.raises(InvalidRecordError):
        office.extensions.grant(RunningClock(LEAD, record_id, "T06", D(2026, 3, 20)), "示例", D(2026, 3, 20), APPROVAL)


def test_a_limit_that_cannot_be_extended_says_so_with_its_source(office: Office) -> None:
    record_id = made(
        office, "measure", {"subject": Ref("曹志刚"), "decided_at": D(2026, 3, 2), "kind": "party_warning"}
    )
    with pytest.raises(NotAllowedError) as refused:
        office.extensions.grant(
            RunningClock(MEASURE, record_id, "T10", D(2026, 9, 2)), "示例", D(2026, 10, 2), APPROVAL
        )
    assert "不能延长（《中国共产党纪律处分条例》第四十五条）" in str(refused.value)
    lead = made(office, "lead", {"received_at": D(2026, 3, 2), "subject": Ref("曹志刚"), "state": "registered"})
    with pytest.raises(NotAllowedError) as refused:
        office.extensions.grant(RunningClock(LEAD, lead, "T01", D(2026, 4, 2)), "示例", D(2026, 5, 2), APPROVAL)
    assert "没有写明可以延期" in str(refused.value)


def test_a_clock_that_does_not_run_cannot_be_extended(office: Office) -> None:
    record_id = check(office)
    with pytest.raises(NotAllowedError) as refused:
        office.extensions.grant(RunningClock(LEAD, record_id, "T02", D(2026, 3, 20)), "示例", D(2026, 4, 20), APPROVAL)
    assert "这条记录现在：完成初步核实" in str(refused.value)


def test_a_trial_is_extended_in_the_rows_of_its_case(office: Office) -> None:
    record_id = made(office, "case", {"name": "示例案", "state": "trial", "filed_at": D(2025, 12, 1),
                                      "trial_accepted_at": D(2026, 3, 2)})  # fmt: skip
    office.extensions.grant(RunningClock(CASE, record_id, "T08", D(2026, 4, 2)), "案情复杂", D(2026, 5, 2), APPROVAL)
    assert task_of(office, record_id, "完成审理").due == D(2026, 5, 2)
    other = task_of(office, record_id, "审查调查并作出处理")
    assert (other.due, other.original) == (D(2026, 12, 1), None)


def test_a_duty_is_extended_from_its_typed_day(office: Office) -> None:
    record_id = made(office, "duty_item", {"subject": Ref("示例局党组"), "content": "示例事项", "state": "doing",
                                           "due_date": D(2026, 3, 10)})  # fmt: skip
    office.extensions.grant(
        RunningClock(DUTY, record_id, "完成责任事项", D(2026, 3, 10)), "示例", D(2026, 3, 31), APPROVAL
    )
    task = task_of(office, record_id, "完成责任事项")
    assert (task.due, task.original, task.state) == (D(2026, 3, 31), D(2026, 3, 10), "later")
    assert office.records.get(DUTY, record_id).values["due_date"] == D(2026, 3, 10)


def test_without_rows_the_day_is_written_into_the_field_that_stands_for_it(office: Office) -> None:
    record_id = made(office, "measure", {"subject": Ref("曹志刚"), "decided_at": D(2026, 3, 2),
                                         "kind": "admin_demotion"})  # fmt: skip
    office.extensions.grant(RunningClock(MEASURE, record_id, "T11", D(2026, 4, 2)), "示例", D(2026, 6, 2), APPROVAL)
    task = task_of(office, record_id, "办理职务工资变更")
    assert (task.due, task.rule) == (D(2026, 6, 2), None)


@pytest.mark.parametrize(
    ("row", "due"),
    [
        # Typed by hand in the form, in the officer's own words.
        ({"matter": "初步核实期限", "new_due": D(2026, 4, 20), "approver": Ref("韩某")}, D(2026, 4, 20)),
        ({"matter": "初核延期", "old_due": D(2026, 3, 20), "new_due": D(2026, 4, 20), "approver": Ref("韩某")},
         D(2026, 4, 20)),
        # Nobody approved it, it is about something else, or it shortens.
        ({"matter": "初步核实期限", "new_due": D(2026, 4, 20)}, D(2026, 3, 20)),
        ({"matter": "函询回复", "new_due": D(2026, 4, 20), "approver": Ref("韩某")}, D(2026, 3, 20)),
        ({"matter": "初步核实", "new_due": D(2026, 3, 1), "approver": Ref("韩某")}, D(2026, 3, 20)),
    ],
)  # fmt: skip
def test_a_row_typed_by_hand_counts_when_it_is_approved_and_means_this_clock(
    office: Office, row: dict[str, Any], due: date
) -> None:
    record_id = check(office, lead_extension=[row])
    assert task_of(office, record_id, "完成初步核实").due == due


def test_a_voided_row_counts_no_more(office: Office) -> None:
    record_id = check(office)
    office.extensions.grant(RunningClock(LEAD, record_id, "T06", D(2026, 3, 20)), "一", D(2026, 4, 20), APPROVAL)
    office.records.save(LEAD, {}, record_id, rows={"lead_extension": []})
    assert task_of(office, record_id, "完成初步核实").due == D(2026, 3, 20)
