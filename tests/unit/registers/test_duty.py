"""The course of a responsibility item: what each step asks for, and where old rows arrive."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from paizhu.base import clock
from paizhu.base.flow import Facts, objections
from paizhu.base.rows import Ref, Value
from paizhu.registers.duty import DUTY, DutyItem, arrive, check, derive
from tests.make import AIDS
from tests.unit.registers.case_values import OURS

TODAY = date(2026, 3, 6)
REGISTERED: dict[str, Value] = {
    "subject_type": "department",
    "duty_kind": "dual",
    "list_kind": "yearly",
    "category": "cadres",
    "frequency": "once",
    **OURS,
}


def against(before: str, after: str, values: dict[str, Value], **rows: list[dict[str, Value]]) -> list[str]:
    assert DUTY.flow is not None
    step = DUTY.flow.step(before, after)
    assert step is not None
    return [each.field or each.message for each in objections(step, Facts(values, rows), DUTY.label_of)]


def test_issuing_asks_for_paper_day_signature_and_someone_who_answers() -> None:
    found = against("drafted", "issued", {"content": "示例"})
    assert found == [*REGISTERED, "due_date", "issue_doc", "issued_at", "signed_for", "owner"]


def test_a_department_is_enough_to_answer() -> None:
    values: dict[str, Value] = {
        "due_date": TODAY,
        "issue_doc": "示例〔2026〕1号",
        "issued_at": TODAY,
        "signed_for": "示例甲",
        "duty_dept": Ref("示例处"),
        **REGISTERED,
    }
    assert against("drafted", "issued", values) == []
    assert "owner" not in DUTY.wanted_now({**values, "state": "issued"})
    assert "owner" in DUTY.wanted_now({**values, "duty_dept": None, "state": "issued"})


def test_a_report_without_papers_is_refused() -> None:
    assert against("doing", "reported", {}) == ["佐证材料缺 1 份，请附上，或写明不附佐证的理由"]
    assert against("doing", "reported", {"no_evidence": "口头传达，无材料"}) == []
    assert against("doing", "reported", {"evidence": 1}) == []


def test_each_period_owes_a_paper_or_its_reason() -> None:
    periods: list[dict[str, Value]] = [{"period": "一季度"}, {"period": "二季度"}]
    assert against("doing", "reported", {"evidence": 1}, period=periods) == [
        "佐证材料缺 1 份，请附上，或写明不附佐证的理由"
    ]
    periods[1]["no_evidence"] = "口头传达"
    assert against("doing", "reported", {"evidence": 1}, period=periods) == []


def test_an_item_is_not_late_before_its_day_has_passed() -> None:
    with clock.clock_at(datetime(2026, 3, 6, 9)):
        assert against("doing", "overdue", {"due_date": TODAY}) == ["还没有过完成时限"]
        assert against("doing", "overdue", {"due_date": date(2026, 3, 5)}) == []


def test_an_item_found_not_carried_out_is_not_closed() -> None:
    values: dict[str, Value] = {"done_at": TODAY, "check_result": "not_done"}
    assert against("checked", "done", values) == ["督查结论是“未落实”，请退回继续落实"]
    assert against("checked", "done", {**values, "check_result": "mostly"}) == []


def test_urging_asks_for_its_row() -> None:
    assert against("overdue", "urged", {}, urging=[]) == ["urging"]
    bare = against("overdue", "urged", {}, urging=[{"urged_at": TODAY, "way": "remind"}])
    assert bare == ["urging"]
    whole: dict[str, Value] = {"urged_at": TODAY, "way": "remind", "whom": Ref("示例甲")}
    assert against("overdue", "urged", {}, urging=[whole]) == []


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({}, "issued"),
        ({"due_date": date(2026, 3, 6)}, "issued"),
        ({"due_date": date(2026, 3, 5)}, "overdue"),
        ({"due_date": date(2026, 6, 30), "progress": "已研究一次"}, "doing"),
        ({"due_date": date(2025, 6, 30), "progress": "已完成"}, "done"),
        ({"due_date": date(2025, 6, 30), "progress": "已完成，形成纪要。"}, "done"),
        ({"due_date": date(2025, 6, 30), "progress": "未完成"}, "overdue"),
        ({"due_date": date(2025, 6, 30), "progress": "已完成部分任务", "completed": False}, "overdue"),
        ({"due_date": date(2025, 6, 30), "completed": True}, "done"),
        ({"due_date": date(2025, 6, 30), "done_at": date(2025, 6, 1)}, "done"),
        ({"due_date": date(2025, 6, 30), "check_result": "done"}, "done"),
        ({"due_date": date(2025, 6, 30), "check_result": "not_done"}, "checked"),
        ({"score": Decimal("1.5")}, "assessed"),
    ],
)
def test_old_rows_arrive_where_they_say_they_stand(values: dict[str, Value], state: str) -> None:
    assert arrive(values, TODAY) == state


def test_a_day_of_closing_means_completed() -> None:
    assert derive({"done_at": TODAY}, AIDS) == {"completed": True, "overdue_days": None}
    assert derive({"done_at": TODAY, "completed": False}, AIDS) == {"overdue_days": None}
    assert derive({}, AIDS) == {"overdue_days": None}


@pytest.mark.parametrize(("due", "late"), [(date(2026, 3, 6), 0), (date(2026, 3, 9), 0), (date(2026, 2, 27), 7)])
def test_how_late_an_item_was_is_counted_in_natural_days_once_it_is_done(due: date, late: int) -> None:
    assert derive({"done_at": TODAY, "due_date": due}, AIDS)["overdue_days"] == late
    assert derive({"due_date": due}, AIDS)["overdue_days"] is None


def test_a_score_below_zero_is_refused() -> None:
    assert check(DutyItem(issued_at=TODAY, due_date=TODAY, score=Decimal(-1))) == ["考核得分不能小于 0"]


def test_the_clock_of_an_item_stops_with_its_report() -> None:
    assert DUTY.limits[0].start == "due_date"
    assert "overdue" in DUTY.limits[0].states
    assert "reported" not in DUTY.limits[0].states
