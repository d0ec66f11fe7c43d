"""Every chain of clocks starts and stops from the record's own fields; closing one needs no typing of its own."""

from datetime import date, datetime
from typing import Any, NamedTuple

import pytest

from paizhu import registers
from paizhu.base.rows import Ref, Values
from paizhu.services.deadlines.task import Task
from paizhu.services.office import Office

D = date
PERSON = Ref("曹志刚")
LEAD: Values = {"received_at": D(2026, 3, 2), "subject": PERSON}
CHECKED: Values = {**LEAD, "proposed_at": D(2026, 3, 2), "mode": "check", "state": "checking"}
ASKED: Values = {**LEAD, "proposed_at": D(2026, 3, 2), "mode": "talk_inquiry", "state": "talk_inquiry"}
CASE: Values = {"name": "示例案"}
PARTY: Values = {"subject": PERSON, "decided_at": D(2026, 3, 2), "kind": "party_warning"}
NAMED: Values = {"received_at": D(2026, 3, 5), "named": "real", "own_level": "own"}


class Chain(NamedTuple):
    """What starts a clock, when it runs out, and the one field that stops it."""

    rule: str
    register: str
    values: Values
    due: date
    stop: str
    value: Any = D(2026, 3, 16)
    then: str = ""


CHAINS = (
    Chain("T01", "lead", LEAD, D(2026, 4, 2), "proposed_at", then="C11"),
    Chain("C11", "lead", {**LEAD, "proposed_at": D(2026, 3, 5)}, D(2026, 4, 5), "panel_at"),
    Chain("T02", "lead", {**ASKED, "inquiry_got_at": D(2026, 3, 5)}, D(2026, 3, 26), "inquiry_replied_at", then="T03"),
    Chain("T03", "lead", {**ASKED, "inquiry_replied_at": D(2026, 3, 10)}, D(2026, 4, 10), "report_at"),
    Chain("T03", "lead", {**ASKED, "talk_held_at": D(2026, 3, 10)}, D(2026, 4, 10), "report_at"),
    Chain("T04", "lead", {**ASKED, "report_at": D(2026, 3, 10), "report_opinion": "credited"}, D(2026, 12, 31),
          "explained_at_meeting"),
    Chain("T06", "lead", {**CHECKED, "check_from": D(2026, 3, 2)}, D(2026, 5, 2), "check_report_at"),
    Chain("C05", "lead", {**LEAD, "state": "clarify", "clarify_approved_at": D(2026, 3, 5)}, D(2026, 3, 12),
          "clarify_at"),
    Chain("C12", "lead", {**LEAD, "state": "closed_credited", "mode": "close", "closed_at": D(2026, 3, 5)},
          D(2027, 4, 30), "volume_no", "2026-01"),
    Chain("T07", "case", {**CASE, "filed_at": D(2026, 3, 2)}, D(2027, 3, 2), "decided_at"),
    Chain("T08", "case", {**CASE, "state": "trial", "trial_accepted_at": D(2026, 3, 2)}, D(2026, 4, 2),
          "trial_report_at"),
    Chain("T09", "measure", {**PARTY, "filed_in_dossier": D(2026, 3, 10)}, D(2026, 4, 2), "announced_at"),
    Chain("T09", "measure", {**PARTY, "announced_at": D(2026, 3, 10)}, D(2026, 4, 2), "filed_in_dossier"),
    Chain("T10", "measure", PARTY, D(2026, 9, 2), "exec_report_at"),
    Chain("T11", "measure", {**PARTY, "kind": "admin_demotion"}, D(2026, 4, 2), "pay_done"),
    Chain("C14", "measure", PARTY, D(2026, 9, 2), "revisited_at"),
    Chain("T17", "petition", NAMED, D(2026, 3, 26), "notice_at"),
    Chain("T18", "petition", {**NAMED, "state": "closed", "closed_at": D(2026, 3, 5)}, D(2026, 3, 26), "feedback_at"),
    Chain("T19", "petition", {**NAMED, "own_level": "upper"}, D(2026, 3, 12), "transfer_at"),
    Chain("T20", "petition", {**NAMED, "named": "anonymous", "origin": "superior"}, D(2026, 3, 12), "accepted_at"),
    Chain("T20", "petition", {"received_at": D(2026, 3, 2), "state": "down", "transfer_at": D(2026, 3, 5)},
          D(2026, 3, 12), "transfer_accepted_at"),
    Chain("C01", "review_item", {"title": "示例议题", "state": "submitted",
                                 "planned_meeting_at": datetime(2026, 3, 26, 9, 30)}, D(2026, 3, 24), "submitted_at"),
    Chain("C02", "meeting", {"name": "示例党组会", "state": "held", "held_at": datetime(2026, 3, 5, 9, 30)},
          D(2026, 3, 12), "minutes_received"),
)  # fmt: skip


def made(office: Office, key: str, values: Values) -> int:
    register = registers.register(key)
    whole = dict(values)
    if register.flow:
        whole.setdefault("state", register.flow.start)
    with office.vault.act("save", "示例") as act:
        return act.create(register, whole)


def running(office: Office, key: str, record_id: int) -> dict[str | None, Task]:
    return {task.rule: task for task in office.today.every() if (task.register, task.id) == (key, record_id)}


@pytest.mark.parametrize("chain", CHAINS, ids=lambda chain: f"{chain.rule}-{chain.register}-{chain.stop}")
def test_a_clock_starts_and_stops_from_the_records_own_fields(office: Office, chain: Chain) -> None:
    record_id = made(office, chain.register, chain.values)
    task = running(office, chain.register, record_id)[chain.rule]
    assert task.due == chain.due
    assert office.desk.limits[chain.rule].source in task.explanation
    shown = office.today.of_record(
        registers.register(chain.register), office.records.get(registers.register(chain.register), record_id)
    )
    assert (chain.rule, chain.due) in {(each.rule, each.due) for each in shown}
    field = registers.register(chain.register).field(chain.stop)
    value = chain.value if field.kind.value in ("day", "moment", "line") else True
    with office.vault.act("save", "示例") as act:
        act.change(chain.register, record_id, None, {chain.stop: value})
    after = running(office, chain.register, record_id)
    assert chain.rule not in after
    if chain.then:
        assert chain.then in after


APPEALS = (
    ("reexamination", {"got_at": D(2026, 3, 2)}, "T12", D(2026, 4, 2), "applied_at"),
    ("reexamination", {"applied_at": D(2026, 3, 2)}, "T13", D(2026, 4, 2), "decided_at"),
    ("second_review", {"got_at": D(2026, 3, 2)}, "T14", D(2026, 4, 2), "applied_at"),
    ("second_review", {"applied_at": D(2026, 3, 2)}, "T15", D(2026, 5, 2), "decided_at"),
    ("party_appeal", {"applied_at": D(2026, 3, 2)}, "T16", D(2026, 6, 2), "decided_at"),
)


@pytest.mark.parametrize(("kind", "values", "rule", "day", "stop"), APPEALS, ids=lambda each: str(each)[:14])
def test_an_appeal_runs_from_its_own_row(
    office: Office, kind: str, values: Values, rule: str, day: date, stop: str
) -> None:
    with office.vault.act("save", "示例") as act:
        record_id = act.create("measure", PARTY, rows={"appeal": [{"kind": kind, **values}]})
    task = running(office, "measure", record_id)[rule]
    assert task.due == day
    assert task.row
    measure = registers.register("measure")
    (row,) = office.records.rows(measure, record_id)["appeal"]
    with office.vault.act("save", "示例") as act:
        act.set_rows("measure", record_id, "appeal", [{**row.values, "id": row.id, stop: D(2026, 3, 16)}])
    assert rule not in running(office, "measure", record_id)


def test_nobody_is_owed_an_answer_for_an_anonymous_letter(office: Office) -> None:
    record_id = made(office, "petition", {**NAMED, "named": "anonymous"})
    assert "T17" not in running(office, "petition", record_id)


def test_a_typed_day_takes_the_place_of_the_rule_and_says_its_field_and_register(office: Office) -> None:
    record_id = made(office, "lead", {**CHECKED, "check_from": D(2026, 3, 2), "check_due": D(2026, 4, 20)})
    found = running(office, "lead", record_id)
    assert "T06" not in found
    assert found[None].explanation == "问题线索记录里写明的初核期限：2026-04-20"


def test_a_typed_day_of_a_row_names_the_row_too(office: Office) -> None:
    with office.vault.act("save", "示例") as act:
        act.create("measure", PARTY, rows={"revisit": [{"planned_at": D(2026, 3, 20)}]})
    (task,) = [task for task in office.today.every() if task.row]
    assert task.explanation.startswith("处分处理“")
    assert task.explanation.endswith("：2026-03-20")


def test_a_rule_warns_by_its_own_lead_before_the_officers_days_do(office: Office) -> None:
    record_id = made(office, "lead", {**CHECKED, "check_from": D(2026, 3, 2)})
    # T06 is due on Saturday, 2 May; its lead is ten working days before the last one on which it can be done.
    due_task = office.today.every(D(2026, 4, 15))
    assert [task.state for task in due_task if task.rule == "T06" and task.id == record_id] == ["later"]
    warned = [task for task in office.today.every(D(2026, 4, 16)) if task.rule == "T06"]
    assert [task.state for task in warned] == ["soon"]
    assert warned[0].standing.working_days_left > 5


REVIEW: Values = {"title": "示例议题", "planned_meeting_at": datetime(2026, 3, 5, 9, 30)}


@pytest.mark.parametrize(
    ("state", "what", "rule", "day", "action"),
    [
        ("feedback_sent", "列席会议", None, D(2026, 3, 5), "on_agenda"),
        ("unit_reply", "列席会议", None, D(2026, 3, 5), "on_agenda"),
        ("on_agenda", "登记决议", "C02", D(2026, 3, 12), "resolved"),
    ],
)
def test_a_meeting_that_was_attended_waits_for_its_decision(
    office: Office, state: str, what: str, rule: str | None, day: date, action: str
) -> None:
    """Domain 3.3: who attended is known on the agenda; what then lacks is told by the minutes, due like them."""
    record_id = made(office, "review_item", {**REVIEW, "state": state})
    (task,) = running(office, "review_item", record_id).values()
    assert (task.what, task.rule, task.due, task.action) == (what, rule, day, action)


def test_a_decision_typed_early_is_due_until_its_step_is_taken(office: Office) -> None:
    record_id = made(office, "review_item", {**REVIEW, "state": "on_agenda", "decided": "agreed"})
    assert [task.what for task in running(office, "review_item", record_id).values()] == ["登记决议"]
    with office.vault.act("step", "登记决议") as act:
        act.change("review_item", record_id, None, {"state": "resolved"})
    assert running(office, "review_item", record_id) == {}
