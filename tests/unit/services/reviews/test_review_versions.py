"""Versions of an item out of the journal: what was reviewed, what is new since, and that it stands on the paper."""

import subprocess
from pathlib import Path

import pytest

from paizhu import registers
from paizhu.base.view import View
from paizhu.services.office import Office
from paizhu.services.reviews.versions import (
    Difference,
    EarlierOpinion,
    Version,
    differences,
    earlier_opinions,
    versions,
)

REVIEW = registers.register("review_item")


@pytest.fixture
def item(office: Office) -> int:
    typed = {"title": "办公楼维修采购", "amount": "48.6万", "supplier": "甲示例公司", "category": "fund"}
    return office.records.save(REVIEW, typed).records[0][1]


def sign(office: Office, item: int, day: str = "2026-03-12") -> None:
    with office.vault.act("step", "准备") as act:
        act.change(REVIEW, item, None, {"state": "opinion_signed", "opinion": "ok", "opinion_text": f"{day} 意见"})


def every(office: Office, item: int) -> list[Version]:
    return versions(office.vault, item)


def text_of(path: Path) -> str:
    read = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True)
    return "".join(read.stdout.decode().split())


def test_an_item_that_never_changed_has_one_version_and_no_difference(office: Office, item: int) -> None:
    office.records.save(REVIEW, {"reporter": "许国梁"}, item)
    (only,) = every(office, item)
    assert (only.words["amount"], only.signed) == ("486,000.00", False)
    assert differences(every(office, item)) == []


def test_every_version_is_kept_and_the_difference_is_from_the_signed_one(office: Office, item: int) -> None:
    office.records.save(REVIEW, {"amount": "49万"}, item)
    sign(office, item)
    office.records.save(REVIEW, {"amount": "52万", "supplier": "乙示例公司"}, item)
    found = every(office, item)
    assert [version.words["amount"] for version in found] == ["486,000.00", "490,000.00", "520,000.00"]
    assert [version.signed for version in found] == [False, True, False]
    assert differences(found) == [
        Difference("金额", "490,000.00", "520,000.00"),
        Difference("供应商", "甲示例公司", "乙示例公司"),
    ]
    assert office.records.get(REVIEW, item).state == "under_review"


def test_a_supplier_found_after_the_meeting_is_no_difference(office: Office) -> None:
    item = office.records.save(REVIEW, {"title": "办公楼维修采购", "amount": "48.6万", "category": "fund"}).records[0][
        1
    ]
    sign(office, item)
    with office.vault.act("step", "上会") as act:
        act.change(REVIEW, item, None, {"state": "tracking", "decided": "agreed"})
    office.records.save(REVIEW, {"supplier": "乙示例公司"}, item)
    assert differences(every(office, item), heard=True) == []
    assert differences(every(office, item)) == [Difference("供应商", "", "乙示例公司")]
    office.records.save(REVIEW, {"amount": "52万"}, item)
    assert [each.what for each in differences(every(office, item), heard=True)] == ["金额"]


def test_a_new_review_begins_without_a_conclusion_and_shows_the_earlier_one(office: Office, item: int) -> None:
    sign(office, item)
    signed = {"opinion_date": "2026-03-12", "signer": "陈守正", "flags_seen": "是", "feedback_to": "办公室"}
    office.records.save(REVIEW, signed, item)
    assert earlier_opinions(office.vault, item) == []
    office.records.save(REVIEW, {"amount": "52万"}, item)
    now = office.records.get(REVIEW, item).values
    names = ("opinion", "opinion_text", "opinion_date", "signer", "flags_seen", "feedback_to")
    assert [now.get(name) for name in names] == [None] * len(names)
    was = EarlierOpinion("同意上会", "2026-03-12 意见", "2026-03-12", "陈守正")
    assert earlier_opinions(office.vault, item) == [was]
    assert was.words == "同意上会（2026-03-12　陈守正审签）"
    assert [each.what for each in differences(every(office, item))] == ["金额"]


def test_what_is_typed_with_the_change_belongs_to_the_new_review(office: Office, item: int) -> None:
    sign(office, item)
    office.records.save(REVIEW, {"amount": "52万", "opinion": "postpone"}, item)
    now = office.records.get(REVIEW, item).values
    assert (now.get("opinion"), now.get("opinion_text")) == ("postpone", None)


def test_the_step_back_to_review_empties_the_conclusion_too(office: Office, item: int) -> None:
    sign(office, item)
    typed = {"changed_after_review": "是", "change_note": "实施范围扩大"}
    office.records.advance(REVIEW, item, "under_review", typed)
    assert office.records.get(REVIEW, item).values.get("opinion") is None
    (was,) = earlier_opinions(office.vault, item)
    assert was.opinion == "同意上会"


def test_candidates_that_come_and_go_are_versions_too(office: Office) -> None:
    rows = {"candidate": [{"person": "冯雅琴", "to_post": "处长"}, {"person": "曹志刚", "to_post": "副处长"}]}
    typed = {"title": "干部任免", "category": "appointment"}
    item = office.records.save(REVIEW, typed, rows=rows).records[0][1]
    assert len(every(office, item)) == 1
    sign(office, item)
    standing = office.records.rows(REVIEW, item)["candidate"]
    keep = {"id": standing[0].id, "person": "冯雅琴", "to_post": "处长"}
    office.records.save(REVIEW, {}, item, rows={"candidate": [keep]})
    assert differences(every(office, item)) == [
        Difference("拟任免人选", "冯雅琴（处长）；曹志刚（副处长）", "冯雅琴（处长）")
    ]


def test_the_new_opinion_prints_what_it_is_new_in(office: Office, item: int, tmp_path: Path) -> None:
    sign(office, item)
    office.records.save(REVIEW, {"amount": "52万"}, item)
    sign(office, item, "2026-03-20")
    assert [each.what for each in differences(every(office, item))] == ["金额"]
    words = text_of(office.printing.paper("review_opinion", REVIEW, item, tmp_path / "意见书.pdf").path)
    assert "与上次意见相比的变化" in words
    assert "原：486,000.00" in words
    assert "现：520,000.00" in words


def test_the_ledger_of_reviews_has_its_own_columns(office: Office, item: int, tmp_path: Path) -> None:
    rows = {"suggestion": [{"number": 1, "words": "补充询价材料", "adopted": "adopted"}]}
    office.records.save(REVIEW, {"opinion": "ok_with_note"}, item, rows=rows)
    draft = office.printing.draft_list(View("review_item"), ledger="review_ledger")
    path = tmp_path / "台账.pdf"
    office.printing.save(draft, path)
    words = text_of(path)
    assert "会前审查台账" in words
    assert "补充询价材料" in words
