"""The time-limit table: shipped, set over with reason and paper, checked, put back; clocks follow at once."""

from datetime import date
from typing import Any

import pytest

from paizhu import registers
from paizhu.services.deadlines.task import Task
from paizhu.services.office import Office
from paizhu.services.own_rules.time_limits import LimitRefusedError

LEAD = registers.register("lead")


def lead(office: Office, received: str = "2026-03-02") -> int:
    return office.records.save(LEAD, {"received_at": received, "subject": "曹志刚"}).records[0][1]


def clock(office: Office, record_id: int) -> Task:
    (found,) = [task for task in office.today.every() if task.id == record_id and task.rule == "T01"]
    return found


def test_the_whole_table_is_listed_with_words(office: Office) -> None:
    entries = {entry.limit.code: entry for entry in office.time_limits.entries()}
    assert len(entries) == len(office.desk.shipped_limits) >= 40
    assert (entries["T02"].span, entries["T02"].confidence) == ("15 个工作日", "待核")
    assert (entries["C01"].span, entries["T21"].span, entries["C12"].span, entries["T05"].span) == (
        "上会前 2 个工作日",
        "本季度末",
        "次年 04-30",
        "当日",
    )
    assert not any(entry.original for entry in entries.values())


def test_an_override_moves_the_clocks_and_names_paper_and_original(office: Office) -> None:
    record_id = lead(office)
    assert clock(office, record_id).due == date(2026, 4, 2)
    values = {"length": 20, "unit": "nat"}
    done = office.time_limits.set("T01", values, "上级要求从快", "示办〔2026〕3号")
    task = clock(office, record_id)
    assert (task.due, task.confidence) == (date(2026, 3, 22), "custom")
    assert "依据示办〔2026〕3号（原为 1 个月，《监督执纪工作规则》第二十一条）" in task.explanation
    assert [(each.before, each.after) for each in done.moved] == [(date(2026, 4, 2), date(2026, 3, 22))]
    assert office.history.entry(done.entry).label.startswith(
        "期限表：问题线索提出处置意见，长度改为 20 日（示办〔2026〕3号，上级要求从快）；期限变动 1 项"
    )
    entry = office.time_limits.entry("T01")
    assert (entry.span, entry.original, entry.confidence) == ("20 日", "长度原为 1 个月", "本单位设定")
    assert entry.override is not None
    assert (entry.override.reason, entry.override.on) == ("上级要求从快", "2026-03-16")


def test_the_built_in_value_is_one_call_away(office: Office) -> None:
    record_id = lead(office)
    office.time_limits.set("T01", {"length": 2}, "示例", "示办〔2026〕3号")
    office.time_limits.put_back("T01")
    assert clock(office, record_id).due == date(2026, 4, 2)
    assert office.desk.limits["T01"] == office.desk.shipped_limits["T01"]
    assert office.vault.kept_names("limit") == []


def test_setting_the_shipped_value_again_forgets_the_override(office: Office) -> None:
    office.time_limits.set("T01", {"length": 2}, "示例", "示办〔2026〕3号")
    office.time_limits.set("T01", {"length": 1, "unit": "mon"})
    assert office.time_limits.entry("T01").override is None


def test_a_change_can_be_taken_back(office: Office) -> None:
    done = office.time_limits.set("T01", {"length": 2}, "示例", "示办〔2026〕3号")
    office.time_limits.take_back(done)
    assert office.desk.limits["T01"] == office.desk.shipped_limits["T01"]


@pytest.mark.parametrize(("reason", "document"), [("", "示办〔2026〕3号"), ("示例", " "), ("", "")])
def test_a_duty_is_changed_with_reason_and_paper_only(office: Office, reason: str, document: str) -> None:
    with pytest.raises(LimitRefusedError) as refused:
        office.time_limits.set("T01", {"length": 2}, reason, document)
    assert "还要写明" in str(refused.value)
    assert office.vault.kept_names("limit") == []


def test_an_earlier_warning_is_the_officers_own_business_and_leaves_the_source_alone(office: Office) -> None:
    record_id = lead(office)
    assert clock(office, record_id).state == "later"
    office.time_limits.set("T01", {"lead": 15})
    task = clock(office, record_id)
    assert (task.state, task.due, task.confidence) == ("soon", date(2026, 4, 2), "memory")
    assert office.time_limits.entry("T01").original == "提前提醒原为 7 个工作日"


def test_a_number_from_memory_is_checked_against_its_paper(office: Office) -> None:
    with pytest.raises(LimitRefusedError):
        office.time_limits.confirm("T01", " ")
    record_id = lead(office)
    assert "（待核）" in clock(office, record_id).explanation
    done = office.time_limits.confirm("T01", "规则第二十一条原文")
    assert "（待核）" not in clock(office, record_id).explanation
    assert done.moved == ()
    entry = office.time_limits.entry("T01")
    assert (entry.confidence, entry.original) == ("已核", "")
    with pytest.raises(LimitRefusedError):
        office.time_limits.confirm("T10", "示例")


@pytest.mark.parametrize(
    ("code", "values"),
    [
        ("T01", {"length": 0}),
        ("T01", {"length": -3}),
        ("T01", {"length": 5000}),
        ("T01", {"unit": "weeks"}),
        ("T01", {"end_on_non_working": "never"}),
        ("T01", {"lead": -1}),
        ("C01", {"length": 2}),
    ],
)
def test_a_limit_that_cannot_be_is_refused(office: Office, code: str, values: dict[str, Any]) -> None:
    with pytest.raises(LimitRefusedError) as refused:
        office.time_limits.set(code, values, "示例", "示办〔2026〕3号")
    assert "期限表没有改动" in str(refused.value)
    assert office.desk.limits == office.desk.shipped_limits


def test_the_end_of_a_period_has_no_length_to_set(office: Office) -> None:
    office.time_limits.set("T21", {"length": 9, "unit": "wd", "lead": 8})
    assert office.desk.limits["T21"].unit == "quarter"
    assert office.desk.limits["T21"].lead == 8


def test_a_preview_says_how_a_clock_would_run_and_keeps_nothing(office: Office) -> None:
    assert "4 月 7 日到期" in office.time_limits.preview("T02", {"length": 15})
    assert "3 月 23 日到期" in office.time_limits.preview("T02", {"length": 5})
    assert office.time_limits.sentence("T02").startswith("自 3 月 16 日收函次日起 15 个工作日")


def test_an_unknown_code_is_refused(office: Office) -> None:
    with pytest.raises(LimitRefusedError):
        office.time_limits.entry("T99")
