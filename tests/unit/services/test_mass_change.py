"""One field of many records set at once: what may be, and what is opened record by record only."""

import pytest

from paizhu import registers
from paizhu.base.errors import InvalidRecordError, NotAllowedError
from paizhu.base.field import Sens
from paizhu.base.register import Register
from paizhu.base.view import View
from paizhu.services.mass_change import MassChange, may_be_set
from paizhu.services.office import Office

COVERED = [
    pytest.param(register, field.name, id=f"{register.key}.{field.name}")
    for register in registers.REGISTERS
    for field in register.fields
    if field.sens is Sens.P4
]


@pytest.mark.parametrize(("register", "name"), COVERED)
def test_class_p4_is_never_written_over_in_many_records(register: Register, name: str) -> None:
    assert not may_be_set(register.field(name))


def test_who_gave_his_name_is_not_set_for_many_letters(office: Office) -> None:
    petition = registers.register("petition")
    ids = [
        office.records.save(petition, {"received_at": "2026-03-02", "summary": f"示例{each}", "named": "实名"}).records[
            0
        ][1]
        for each in "甲乙"
    ]
    change = MassChange(office.desk)
    entries = office.vault.last_entry()
    with pytest.raises(NotAllowedError, match="“是否实名”不能成批修改"):
        change.change(petition, change.reach(petition, ids), {"named": "匿名"})
    assert office.vault.last_entry() == entries
    change.change(petition, change.reach(petition, ids), {"channel": "来信"})
    assert [office.records.get(petition, each).values["channel"] for each in ids] == ["letter", "letter"]


def test_the_day_of_an_extension_is_not_set_for_many_leads(office: Office) -> None:
    lead = registers.register("lead")
    for name in ("示例人员甲", "示例人员乙"):
        office.records.save(lead, {"subject": name, "received_at": "2026-03-02"})
    ids, change = office.records.ids(View(lead.key)), MassChange(office.desk)
    with pytest.raises(InvalidRecordError, match="请在“线索延期”里登记"):
        change.change(lead, change.reach(lead, ids), {"check_extended_to": "2026-06-01"})
    assert [office.records.get(lead, each).values["check_extended_to"] for each in ids] == [None, None]
    change.change(lead, change.reach(lead, ids), {"check_due": "2026-05-01"})
    assert all(office.records.get(lead, each).values["check_due"] for each in ids)
