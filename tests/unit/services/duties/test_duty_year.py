"""A new year's list from the last one: what is proposed, what changes, one act, the old year untouched."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest

from paizhu import registers
from paizhu.base import clock
from paizhu.base.view import View
from paizhu.services.duties.year import DutyYear
from paizhu.services.office import Office

DUTY, PERSON = registers.register("duty_item"), registers.register("person")


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    """Stand on a day late in the year."""
    with clock.clock_at(datetime(2026, 11, 17, 9)):
        yield


@pytest.fixture
def items(office: Office) -> list[int]:
    """Three items of 2026: one with periods, one whose owner has left, one given out once."""
    office.records.save(PERSON, {"name": "示例甲", "status": "调离"})
    periods = {"period": [{"period": "一季度", "due": "2026-03-31", "completion": "已完成", "material": "一季度台账"}]}
    common = {"subject": "示例局", "duty_kind": "主体责任"}
    given: tuple[tuple[dict[str, str], dict[str, list[dict[str, str]]]], ...] = (
        ({"content": "事项一", "due_date": "2026-02-28", "frequency": "每季", "progress": "做过"}, periods),
        ({"content": "事项二", "due_date": "2026-12-20", "owner": "示例甲"}, {}),
        ({"content": "事项三", "due_date": "2026-06-30", "list_kind": "临时交办"}, {}),
    )
    return [office.records.save(DUTY, {**common, **typed}, rows=rows).records[0][1] for typed, rows in given]


def test_the_plan_names_what_changes_and_writes_nothing(office: Office, items: list[int]) -> None:
    before = office.vault.last_entry()
    work = DutyYear(office.desk)
    assert work.years() == [(2026, 2027)]
    found = {item.content: item for item in work.plan(2026, 2027)}
    assert found["事项一"].changes[0] == "期限 2026-02-28 → 2027-02-28"
    assert "责任人示例甲已不在职，建立后请另定" in found["事项二"].changes
    assert [item.content for item in found.values() if item.proposed] == ["事项一", "事项二"]
    assert office.vault.last_entry() == before


def test_one_act_makes_the_list_and_one_undo_takes_it_back(office: Office, items: list[int]) -> None:
    work = DutyYear(office.desk)
    old = [office.records.get(DUTY, each) for each in items]
    entry = office.vault.last_entry()[0]
    change = work.build(2026, 2027, items[:2])
    assert office.vault.last_entry()[0] == entry + 1
    made = [office.records.get(DUTY, record_id) for _key, record_id in change.records]
    assert [(row.values["content"], row.values["due_date"], row.state) for row in made] == [
        ("事项一", date(2027, 2, 28), "drafted"),
        ("事项二", date(2027, 12, 20), "drafted"),
    ]
    assert made[0].values["progress"] is None
    (period,) = office.records.rows(DUTY, made[0].id)["period"]
    assert (period.values["due"], period.values["completion"], period.values["material"]) == (
        date(2027, 3, 31),
        None,
        "一季度台账",
    )
    assert [office.records.get(DUTY, each) for each in items] == old
    office.history.undo(entry + 1)
    assert office.records.count(View(DUTY.key)) == len(items)


def test_what_the_new_year_has_already_is_not_proposed_again(office: Office, items: list[int]) -> None:
    work = DutyYear(office.desk)
    work.build(2026, 2027, items[:1])
    again = {item.content: item for item in work.plan(2026, 2027)}
    assert not again["事项一"].proposed
    assert "新一年已有相同的事项" in again["事项一"].changes


def test_without_a_list_of_the_year_before_there_is_nothing_to_make(office: Office) -> None:
    assert DutyYear(office.desk).years() == []
