"""A refused step puts into the form what the vault knows, for the officer to look at."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base.rows import Ref
from paizhu.services.office import Office
from paizhu.ui.register.edit_ref import RefEditor
from paizhu.ui.register.expectations import LOOK_AFTER_MS
from paizhu.ui.register.page import RegisterPage

from .conftest import MakePage
from .used import field, note, type_into

REVIEW, MEETING, CASE, MEASURE, PETITION, OUTSIDE = (
    registers.register(key) for key in ("review_item", "meeting", "case", "measure", "petition", "outside_work")
)


@pytest.fixture
def drafted(office: Office) -> int:
    """The second item of a meeting, its opinion drafted; the first one was signed."""
    made = office.records.save(MEETING, {"name": "示例局党组会", "group_attendee": "示例甲"}).records[0]
    link = {"meeting": {"label": "示例局党组会", "register": MEETING.key, "id": made[1]}}
    office.records.save(REVIEW, {"title": "议题一", "reviewer": "示例乙", "signer": "示例甲", **link})
    typed = {"title": "议题二", "opinion": "无意见", "opinion_text": "无", **link}
    second = office.records.save(REVIEW, typed).records[0][1]
    with office.vault.act("save", "旧台账补录") as act:
        act.change(REVIEW, second, None, {"state": "opinion_draft"})
    return second


def step(page: RegisterPage, after: str) -> None:
    detail = page.side.detail
    page.side.acts.take_step(next(way.step for way in detail.ways_on.all if way.step.after == after))


def words_in(page: RegisterPage, name: str) -> str:
    editor = field(page, name).editor
    assert isinstance(editor, RefEditor)
    assert isinstance(editor.target, QLineEdit)
    return editor.target.text()


def test_who_signs_is_taken_from_the_item_before_and_the_day_is_today(
    make_page: MakePage, office: Office, drafted: int
) -> None:
    page = make_page(REVIEW)
    page.open_record(REVIEW.key, drafted)
    step(page, "opinion_signed")
    assert (words_in(page, "reviewer"), words_in(page, "signer")) == ("示例乙", "示例甲")
    assert "按同一会议的" in note(page, "reviewer")
    assert "按今天填入" in note(page, "opinion_date")
    assert "已按台账填上，请核对" in page.side.detail.strip.accessibleName()
    # Nothing is stored by a proposal, and it is a draft like what is typed.
    assert office.records.get(REVIEW, drafted).values["reviewer"] is None
    page.save_draft()
    page.open_record(REVIEW.key, drafted)
    assert words_in(page, "reviewer") == "示例乙"
    type_into(page, "opinion_date", "2026-03-16")
    step(page, "opinion_signed")
    row = office.records.get(REVIEW, drafted)
    assert (row.state, row.values["signer"]) == ("opinion_signed", Ref("示例甲"))


def test_a_proposal_that_was_emptied_is_not_put_in_again(
    make_page: MakePage, office: Office, drafted: int, qtbot: QtBot
) -> None:
    page = make_page(REVIEW)
    page.open_record(REVIEW.key, drafted)
    step(page, "opinion_signed")
    type_into(page, "reviewer", "")
    # Longer than the form waits before it proposes.
    qtbot.wait(LOOK_AFTER_MS + 200)
    assert words_in(page, "reviewer") == ""
    assert note(page, "reviewer") == ""


def test_the_end_of_an_appeal_comes_once_its_day_is_typed(make_page: MakePage, office: Office, qtbot: QtBot) -> None:
    case = office.records.save(CASE, {"name": "示例某案", "subject": "示例某", "filed_at": "2025-09-01"}).records[0][1]
    link = {"label": "示例", "register": CASE.key, "id": case}
    office.records.save(
        MEASURE, {"subject": "示例某", "kind": "党内警告", "decided_at": "2025-12-01", "case_ref": link}
    )
    with office.vault.act("save", "旧台账补录") as act:
        act.change(CASE, case, None, {"state": "executing"})
    page = make_page(CASE)
    page.open_record(CASE.key, case)
    step(page, "appeal")
    assert "还没有填写" in note(page, "appeal_due")
    page.activateWindow()
    type_into(page, "appeal_at", "2026-01-05")
    editor = field(page, "appeal_due").editor
    assert editor is not None
    line = editor.findChild(QLineEdit)
    assert line is not None
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    qtbot.waitUntil(lambda: bool(field(page, "appeal_due").raw()), timeout=3000)
    assert field(page, "appeal_due").raw() == "2026-04-05"
    assert "推算" in note(page, "appeal_due")
    # It came under the cursor: what is typed takes its place.
    QTest.keyClicks(line, "2026-04-03")
    assert field(page, "appeal_due").raw() == "2026-04-03"


def test_a_letter_of_which_nobody_said_whose_it_is_is_asked_that_alone(make_page: MakePage, office: Office) -> None:
    made = office.records.save(PETITION, {"received_at": "2026-03-02"}).records[0][1]
    page = make_page(PETITION)
    page.open_record(PETITION.key, made)
    step(page, "screening")
    marked = [name for name in page.side.detail.form.fields if "还没有填写" in note(page, name)]
    assert marked == ["own_level"]


def test_what_is_taken_for_an_empty_field_is_said_in_it(make_page: MakePage, office: Office) -> None:
    page = make_page(OUTSIDE)
    page.new_record()
    said = {name: field(page, name).editor.target.placeholderText() for name in ("what", "done_on")}  # type: ignore[union-attr]  # both are open
    assert said == {"what": "必填", "done_on": "不填就是 2026-03-16，如 3.5"}
    type_into(page, "what", "示例评标")
    page.run("record.save")
    row = page.side.detail.work.row
    assert row is not None
    assert str(row.values["done_on"]) == "2026-03-16"
