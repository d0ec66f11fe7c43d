"""A procedural defect of a reviewed item becomes a finding: one act, linked both ways, nothing typed twice."""

from typing import Any

import pytest

from paizhu import registers
from paizhu.base.errors import InvalidRecordError, NotAllowedError
from paizhu.base.rows import Ref
from paizhu.services.office import Office
from paizhu.services.reviews.handing_findings import HandingFindings

REVIEW, FINDING = registers.register("review_item"), registers.register("finding")


def decided(office: Office, **more: Any) -> int:
    unit = office.records.save(registers.register("unit"), {"name": "示例处"}).records[0][1]
    typed = {
        "title": "示例采购",
        "submit_dept": Ref("示例处", "unit", unit),
        "leader_in_charge": "示例分管",
        "planned_meeting_at": "2026-03-10 9:00",
    }
    item = office.records.save(REVIEW, typed).records[0][1]
    with office.vault.act("save", "已决议") as act:
        act.change(REVIEW, item, None, {"state": "resolved", "decided": "agreed", "last_speak_ok": False, **more})
    return item


def test_a_defect_becomes_a_finding_and_the_item_goes_on(office: Office) -> None:
    item = decided(office)
    handing = HandingFindings(office.desk)
    words = handing.defects(office.flags.of(item))
    assert "末位表态" in words
    change = handing.finding_from_review(item, words)
    register, finding_id = change.records[0]
    finding, review = office.records.get(FINDING, finding_id), office.records.get(REVIEW, item)
    assert register == "finding"
    assert finding.values["source_ref"] == Ref(review.no, "review_item", item)
    assert (finding.values["source_kind"], finding.values["category"]) == ("review", "procedure")
    assert getattr(finding.values["duty_unit"], "label", "") == "示例处"
    assert getattr(finding.values["duty_leader"], "label", "") == "示例分管"
    assert (finding.state, finding.no) == ("found", "问〔2026〕0001")
    assert review.state == "procedure_issue"
    assert handing.finding_of(review) == Ref(finding.no, "finding", finding_id)
    office.history.undo(change.entry)
    assert office.records.get(FINDING, finding_id).voided
    assert office.records.get(REVIEW, item).state == "resolved"
    assert office.history.verify() == []


def test_an_item_further_on_keeps_its_state(office: Office) -> None:
    item = decided(office, state="tracking")
    HandingFindings(office.desk).finding_from_review(item, "会议记录没有记载派驻组意见")
    assert office.records.get(REVIEW, item).state == "tracking"


def test_a_second_finding_an_empty_one_and_one_before_the_meeting_are_refused(office: Office) -> None:
    handing, item = HandingFindings(office.desk), decided(office)
    with pytest.raises(InvalidRecordError, match="程序问题"):
        handing.finding_from_review(item, "  ")
    handing.finding_from_review(item, "未末位表态")
    with pytest.raises(NotAllowedError, match="已经登记"):
        handing.finding_from_review(item, "再记一次")
    early = office.records.save(REVIEW, {"title": "会前议题"}).records[0][1]
    with pytest.raises(NotAllowedError, match="上会以后"):
        handing.finding_from_review(early, "会前")
