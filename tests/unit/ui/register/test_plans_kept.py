"""A step that waits for a plan: the words that stand for it are opened and marked, the file goes in by one press."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.services.office import Office
from paizhu.ui.register.page import RegisterPage
from paizhu.ui.register.step_bar import lacking_words
from tests.typed import SUBJECT_THEN, WHOLE

from .conftest import MakePage
from .used import field, note, type_into

TALK, LEAD = registers.register("integrity_talk"), registers.register("lead")
PLAN = {"integrity_talk": "plan_kept_in", "lead": "check_plan_kept_in"}


@pytest.fixture
def planned(office: Office) -> int:
    """A talk about a lead that lacks nothing for approval but its plan."""
    given = {"outline": "示例提纲", "safety_plan": "示例预案", "lead_ref": "线〔2026〕0001"}
    told = {**WHOLE["integrity_talk"], "subject": "示例甲", "planned_date": "2026-03-20", **given}
    return office.records.save(TALK, told).records[0][1]


@pytest.fixture
def approved(office: Office) -> int:
    """A lead whose check lacks nothing but its plan."""
    told = {
        **WHOLE["lead"], **SUBJECT_THEN, "summary": "示例", "received_at": "2026-03-02", "subject": "示例甲",
        "check_request_at": "2026-03-05", "check_approver": "示例领导", "check_approved_at": "2026-03-05",
        "check_team": "示例乙、示例丙", "check_team_note": "均为示例派出机关干部", "check_from": "2026-03-06",
        "check_due": "2026-05-05",
    }  # fmt: skip
    made = office.records.save(LEAD, told).records[0][1]
    with office.vault.act("save", "准备") as act:
        act.change(LEAD, made, None, {"state": "approved", "mode": "check"})
    return made


def press(page: RegisterPage, qtbot: QtBot) -> None:
    """Press the key of the red step, as the officer does."""
    qtbot.keyClick(page.side.detail.bar.primary, Qt.Key.Key_Space)


def test_a_refused_talk_opens_the_place_beside_the_slot_and_the_words_let_it_through(
    make_page: MakePage, office: Office, planned: int, qtbot: QtBot
) -> None:
    page = make_page()
    page.open_record(TALK.key, planned)
    assert page.side.detail.bar.primary.text().startswith("提交审批")
    press(page, qtbot)
    kept, slot = field(page, "plan_kept_in"), field(page, "plan").slot
    assert kept.editing
    assert kept.editor is not None
    assert kept.editor.isAncestorOf(page.focusWidget() or page)
    assert "写明存在哪里" in note(page, "plan_kept_in")
    assert slot is not None
    assert slot.isVisible()
    assert office.records.get(TALK, planned).state == "planned"
    type_into(page, "plan_kept_in", "示例保密柜")
    page.side.acts.keep_draft()
    press(page, qtbot)
    row = office.records.get(TALK, planned)
    assert (row.state, row.values["plan_kept_in"]) == ("submitted", "示例保密柜")


@pytest.mark.parametrize("key", ["integrity_talk", "lead"])
def test_the_plan_is_attached_from_the_line_that_says_it_is_lacking(
    make_page: MakePage,
    office: Office,
    planned: int,
    approved: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    key: str,
) -> None:
    register, record = (TALK, planned) if key == "integrity_talk" else (LEAD, approved)
    after, label = ("submitted", "谈话方案") if register is TALK else ("checking", "初核方案")
    page = make_page(register)
    page.open_record(register.key, record)
    detail = page.side.detail
    (way,) = [each for each in detail.ways_on.all if each.step.after == after]
    assert lacking_words(register, way) == f"{way.step.label}须先补：{label}（或存放处）。"
    assert detail.ways_on.waiting.add.text() == f"添加{label}"
    plan = tmp_path / "方案.pdf"
    plan.write_bytes(b"%PDF-1.4 invented")
    monkeypatch.setattr("paizhu.ui.messages.ask_open_many", lambda *_: [plan])
    detail.ways_on.waiting.add.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(detail.ways_on.waiting.add, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: office.records.get(register, record).values[PLAN[key].removesuffix("_kept_in")] == 1)
    qtbot.waitUntil(detail.ways_on.waiting.add.isHidden)
    press(page, qtbot)
    assert office.records.get(register, record).state == after


def test_a_paper_of_a_step_that_such_a_record_does_not_take_is_not_offered(
    make_page: MakePage, office: Office, approved: int
) -> None:
    with office.vault.act("save", "准备") as act:
        act.change(LEAD, approved, None, {"mode": "talk_inquiry"})
    page = make_page(LEAD)
    page.open_record(LEAD.key, approved)
    detail = page.side.detail
    assert detail.ways_on.all[0].step.after == "talk_inquiry"
    assert any("check_plan_kept_in" in {each.field for each in way.against} for way in detail.ways_on.all)
    assert detail.ways_on.waiting.add.isHidden()
