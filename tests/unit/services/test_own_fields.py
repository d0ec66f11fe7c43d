"""A record made in this office has its unit, its hand and its marking, unless something else was typed."""

from typing import Any

import pytest

from paizhu import registers
from paizhu.base.rows import Ref
from paizhu.services.office import Office

PERSON, TALK, LEAD, UNIT = (registers.register(key) for key in ("person", "integrity_talk", "lead", "unit"))


@pytest.fixture(autouse=True)
def here(office: Office) -> None:
    office.desk.set_setting("unit", "某市示例局")
    office.desk.set_setting("officer", "陈守正")


def saved(office: Office, key: str = "integrity_talk", **typed: Any) -> dict[str, Any]:
    register = registers.register(key)
    given = typed if key != "integrity_talk" else {"subject": "冯雅琴", "planned_date": "2026-03-20", **typed}
    return dict(office.records.get(register, office.records.save(register, given).records[0][1]).values)


def test_a_talk_is_of_this_office_and_of_no_secrecy(office: Office) -> None:
    made = saved(office)
    assert (made["unit_id"], made["handler"]) == (Ref("某市示例局"), Ref("陈守正"))
    assert made["secrecy_notice"] == "none"


def test_the_unit_is_linked_where_the_roster_has_it(office: Office) -> None:
    unit = office.records.save(UNIT, {"name": "某市示例局"}).records[0][1]
    assert saved(office)["unit_id"] == Ref("某市示例局", "unit", unit)


def test_a_lead_is_a_work_secret_from_the_first_day(office: Office) -> None:
    made = saved(office, "lead", subject="马某样", received_at="2026-03-02", summary="反映示例问题")
    assert made["secrecy_notice"] == "work"


def test_what_is_typed_stands_and_what_is_emptied_later_stays_empty(office: Office) -> None:
    made = saved(office, handler="蒋薇", unit_id="示例二处", secrecy_notice="工作秘密")
    assert (made["handler"].label, made["unit_id"].label, made["secrecy_notice"]) == ("蒋薇", "示例二处", "work")
    record = office.records.save(TALK, {"subject": "冯雅琴", "planned_date": "2026-03-27"}).records[0][1]
    office.records.save(TALK, {"handler": ""}, record)
    assert office.records.get(TALK, record).values["handler"] is None


def test_a_person_of_the_roster_is_nobodys_case(office: Office) -> None:
    made = saved(office, "person", name="冯雅琴")
    assert (made["handler"], made["unit_id"]) == (None, None)


def test_a_vault_that_knows_no_names_fills_none(office: Office) -> None:
    office.desk.set_setting("unit", "")
    office.desk.set_setting("officer", "")
    made = saved(office)
    assert (made["handler"], made["unit_id"], made["secrecy_notice"]) == (None, None, "none")
