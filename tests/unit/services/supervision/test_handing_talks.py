"""Persons of a check become talks, once each; a letter or finding is about the unit it names."""

from typing import Any

import pytest

from paizhu import registers
from paizhu.base.errors import NotAllowedError
from paizhu.base.rows import Ref
from paizhu.services.office import Office
from paizhu.services.supervision.handing_talks import HandingTalks

ACTIVITY, TALK = registers.register("supervision_activity"), registers.register("integrity_talk")


def checked(office: Office, **more: Any) -> int:
    typed = {"title": "示例约谈", "kind": "约谈", "start_date": "2026-03-02", "end_date": "2026-03-02"}
    people = {"talked": "示例甲、示例乙", "members": "陈守正、蒋薇", "place": "二楼谈话室"}
    return office.records.save(ACTIVITY, {**typed, **people, **more}).records[0][1]


def test_each_person_gets_a_talk_linked_to_the_check_and_undo_takes_both_back(office: Office) -> None:
    activity = checked(office)
    handing = HandingTalks(office.desk)
    change = handing.talks_from_activity(activity)
    row = office.records.get(ACTIVITY, activity)
    refs = row.values["talk_refs"]
    assert isinstance(refs, tuple)
    talks = [office.records.get(TALK, int(ref.id or 0)).values for ref in refs if isinstance(ref, Ref)]
    assert [str(talk["subject"]) for talk in talks] == [str(Ref("示例甲")), str(Ref("示例乙"))]
    assert {(talk["kind"], talk["reason"], talk["place"], str(talk["planned_date"])) for talk in talks} == {
        ("summons", "inspection", "二楼谈话室", "2026-03-02")
    }
    assert {talk["start_at"] for talk in talks} == {None}
    assert handing.untold(row) == []
    with pytest.raises(NotAllowedError, match="都已经有谈话记录"):
        handing.talks_from_activity(activity)
    office.history.undo(change.entry)
    assert len(handing.untold(office.records.get(ACTIVITY, activity))) == 2


def test_only_those_without_a_talk_get_one(office: Office) -> None:
    talk = office.records.save(TALK, {"subject": "示例甲", "planned_date": "2026-03-02", "kind": "约谈"}).records[0][1]
    ref = {"label": "谈", "register": "integrity_talk", "id": talk}
    activity = checked(office, talk_refs=[ref])
    assert [who.label for who in HandingTalks(office.desk).untold(office.records.get(ACTIVITY, activity))] == ["示例乙"]


@pytest.mark.parametrize(
    ("register", "typed"),
    [
        ("proposal", {"kind": "工作提醒函", "title": "示例函", "addressee": "另一处"}),
        ("finding", {"problem": "示例问题", "duty_unit": "另一处"}),
    ],
)
def test_what_names_a_unit_is_about_that_one_and_not_the_host(
    office: Office, register: str, typed: dict[str, Any]
) -> None:
    office.desk.set_setting("unit", "某市示例局")
    for name in ("某市示例局", "另一处"):
        office.records.save(registers.register("unit"), {"name": name})
    made = office.records.save(registers.register(register), typed).records[0][1]
    unit = office.records.get(registers.register(register), made).values["unit_id"]
    assert isinstance(unit, Ref)
    assert unit.label == "另一处"
    talk = office.records.save(TALK, {"subject": "示例甲", "planned_date": "2026-03-02"}).records[0][1]
    host = office.records.get(TALK, talk).values["unit_id"]
    assert isinstance(host, Ref)
    assert host.label == "某市示例局"
