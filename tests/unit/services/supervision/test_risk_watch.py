"""A risk point tells which findings name it, whatever was done to them, and undoing takes it back."""

from typing import Any

from paizhu import registers
from paizhu.base.rows import Ref
from paizhu.services.office import Office

FINDING, RISK = registers.register("finding"), registers.register("risk_point")


def risk(office: Office, name: str) -> Ref:
    record_id = office.records.save(RISK, {"name": name, "unit_id": "示例中心"}).records[0][1]
    return Ref(name, RISK.key, record_id)


def found(office: Office, problem: str, at: Ref | None, **more: Any) -> int:
    return office.records.save(FINDING, {"problem": problem, "risk_ref": at, **more}).records[0][1]


def told(office: Office, at: Ref) -> list[tuple[int | None, str]]:
    assert at.id is not None
    refs = office.records.get(RISK, at.id).values["finding_refs"]
    return [(ref.id, ref.label) for ref in refs if isinstance(ref, Ref)] if isinstance(refs, tuple) else []


def test_findings_that_name_a_risk_point_stand_there_with_number_and_words(office: Office) -> None:
    here, there = risk(office, "租赁资格审核"), risk(office, "房源调配")
    first = found(office, "租赁补贴复核超期 12 户，没有书面说明，也没有逐户登记原因", here)
    second = found(office, "房源调换没有审批", there)
    found(office, "与风险点无关的问题", None)
    number = office.records.get(FINDING, first).no
    assert told(office, here) == [(first, f"{number} 租赁补贴复核超期 12 户，没有书面说明，也没…")]
    assert [each for each, _words in told(office, there)] == [second]


def test_naming_another_risk_point_voiding_and_undoing_are_followed(office: Office) -> None:
    here, there = risk(office, "租赁资格审核"), risk(office, "房源调配")
    finding = found(office, "房源调换没有审批", here)
    office.records.save(FINDING, {"risk_ref": there}, finding)
    assert (told(office, here), [each for each, _ in told(office, there)]) == ([], [finding])
    office.history.undo(office.history.entries()[0].id)
    assert ([each for each, _ in told(office, here)], told(office, there)) == ([finding], [])
    office.records.void(FINDING, [finding], "重复登记")
    assert told(office, here) == []
    office.records.unvoid(FINDING, [finding])
    assert [each for each, _ in told(office, here)] == [finding]


def test_what_is_found_cannot_be_typed_at_the_risk_point(office: Office) -> None:
    here = risk(office, "租赁资格审核")
    office.records.save(RISK, {"finding_refs": ["别的问题"]}, here.id)
    assert told(office, here) == []
