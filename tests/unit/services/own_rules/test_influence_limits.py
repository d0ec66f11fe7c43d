"""Influence periods of this office: what the law leaves open is set with reason and document, and measures follow."""

from datetime import date, datetime
from typing import Any

import pytest

from paizhu import registers
from paizhu.base import clock
from paizhu.base.errors import PaizhuError
from paizhu.services.office import Office
from paizhu.services.own_rules.influence_limits import InfluenceLimits

MEASURE = registers.register("measure")


def measure(office: Office, **typed: Any) -> int:
    given = {"subject": "曹志刚", "decided_by": "示例局党组", "doc_no": "示例〔2026〕1号", **typed}
    return office.records.save(MEASURE, given).records[0][1]


def end(office: Office, record: int) -> object:
    return office.records.get(MEASURE, record).values["period_to"]


@pytest.fixture
def limits(office: Office) -> InfluenceLimits:
    return InfluenceLimits(office.desk)


def test_a_length_that_is_a_setting_moves_the_measures_that_stand(office: Office, limits: InfluenceLimits) -> None:
    record = measure(office, kind="admonish", decided_at="2026-01-10")
    assert end(office, record) == date(2026, 7, 9)
    change = limits.set_months("admonish", 12, "市里规定一年", "示纪发〔2026〕5号")
    assert end(office, record) == date(2027, 1, 9)
    assert change.records == (("measure", record),)
    assert end(office, measure(office, kind="admonish", decided_at="2026-02-10")) == date(2027, 2, 9)
    limits.put_back("admonish")
    assert end(office, record) == date(2026, 7, 9)


def test_the_end_of_a_month_without_the_day_is_read_as_chosen(office: Office, limits: InfluenceLimits) -> None:
    with clock.clock_at(datetime(2028, 2, 29, 10)):
        record = measure(office, kind="admin_demerit", decided_at="2028-02-29")
    assert end(office, record) == date(2029, 2, 28)
    limits.choose("month_end", "day_before")
    assert end(office, record) == date(2029, 2, 27)
    limits.choose("month_end", "last_day")
    assert end(office, record) == date(2029, 2, 28)


def test_what_the_law_fixes_and_what_has_no_document_is_refused(office: Office, limits: InfluenceLimits) -> None:
    with pytest.raises(PaizhuError, match="不是本单位可以设定的"):
        limits.set_months("party_warning", 6, "从轻", "示例〔2026〕1号")
    with pytest.raises(PaizhuError, match="理由和文号"):
        limits.set_months("admonish", 12, "市里规定一年", "")
    with pytest.raises(PaizhuError, match="没有这种算法"):
        limits.choose("month_end", "whatever")
    assert not any(line.changed for line in limits.lines())


def test_a_typed_end_stays_whatever_the_table_says(office: Office, limits: InfluenceLimits) -> None:
    record = measure(
        office,
        kind="admonish",
        decided_at="2026-01-10",
        period_to_set="2026-05-05",
        period_reason="原决定写明",
        doc_no="示党〔2026〕2号",
    )
    limits.set_months("admonish", 12, "市里规定一年", "示纪发〔2026〕5号")
    assert end(office, record) == date(2026, 5, 5)


def test_the_move_is_an_act_and_the_setting_is_on_record(office: Office, limits: InfluenceLimits) -> None:
    record = measure(office, kind="admonish", decided_at="2026-01-10")
    limits.set_months("admonish", 12, "市里规定一年", "示纪发〔2026〕5号")
    newest = office.history.last_undoable()
    assert newest is not None
    assert newest.label == "影响期表：诫勉的影响期改为 12 个月（示纪发〔2026〕5号，市里规定一年）；期满日变动 1 条"
    assert office.history.verify() == []
    again = Office(office.vault)
    assert again.desk.influence.table.kinds["admonish"].months == 12
    assert end(again, record) == date(2027, 1, 9)
