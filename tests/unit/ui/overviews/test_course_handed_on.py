"""A matter handed on in the window and taken back: which record stands in front, and what comes next there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base.rows import Ref
from paizhu.base.view import View
from paizhu.services.office import Office
from paizhu.ui import turns
from paizhu.ui.context import Context
from paizhu.ui.kit.label import Label
from paizhu.ui.overviews.course import CourseOverview
from paizhu.ui.register.page import RegisterPage

pytestmark = pytest.mark.usefixtures("look")
PETITION, LEAD, CASE, MEASURE = (registers.register(key) for key in ("petition", "lead", "case", "measure"))


def lead_in(office: Office, state: str, **more: object) -> int:
    typed = {"subject": "示例甲", "received_at": "2026-01-05", "summary": "收礼", **more}
    made = office.records.save(LEAD, typed).records[0][1]
    with office.vault.act("save", "补录") as act:
        act.change(LEAD, made, None, {"state": state})
    return made


def seen(context: Context, qtbot: QtBot, record_id: int, key: str = LEAD.key) -> RegisterPage:
    page = RegisterPage(context, (PETITION, LEAD, CASE, MEASURE))
    qtbot.addWidget(page)
    page.resize(1366, 680)
    page.show()
    qtbot.waitExposed(page)
    page.open_record(key, record_id)
    context.events.asked_for.connect(page.open_record)
    qtbot.waitUntil(lambda: not turns.waiting())
    return page


def overview_of(page: RegisterPage) -> CourseOverview:
    found = page.side.detail.overview
    assert isinstance(found, CourseOverview)
    return found


def in_front(page: RegisterPage) -> tuple[str, int]:
    return page.side.register.key, page.side.detail.work.record_id or 0


def test_taking_a_case_back_shows_the_lead_it_was_made_of(office: Office, context: Context, qtbot: QtBot) -> None:
    lead = lead_in(
        office, "filing", filing_request_at="2026-03-09", filing_basis="查明收礼", filing_approver="示例领导"
    )
    page = seen(context, qtbot, lead)
    page.side.detail.ways_on.press_primary()
    QTest.keyClick(overview_of(page).ask.findChildren(QLineEdit)[0], Qt.Key.Key_Return)
    assert in_front(page) == ("case", office.records.ids(View("case"))[0])
    page.side.acts.undo_last()
    qtbot.waitUntil(lambda: not turns.waiting())
    assert in_front(page) == ("lead", lead)
    assert page.side.detail.bar.primary.text() == "由本件登记立案… Ctrl+Enter"
    page.side.acts.redo_last()
    qtbot.waitUntil(lambda: not turns.waiting())
    assert in_front(page) == ("case", office.records.ids(View("case"))[0])


def test_what_one_voids_himself_stays_in_front(office: Office, context: Context, qtbot: QtBot) -> None:
    lead = lead_in(
        office, "filing", filing_request_at="2026-03-09", filing_basis="查明收礼", filing_approver="示例领导"
    )
    page = seen(context, qtbot, lead)
    page.side.detail.ways_on.press_primary()
    QTest.keyClick(overview_of(page).ask.findChildren(QLineEdit)[0], Qt.Key.Key_Return)
    case = office.records.ids(View("case"))[0]
    context.events.changed.emit(office.records.void(page.side.register, [case], "登记错了"))
    assert in_front(page) == ("case", case)


def test_the_lead_about_an_accuser_comes_first_and_the_step_of_the_old_one_next(
    office: Office, context: Context, qtbot: QtBot
) -> None:
    """The new file waits with a clock of its own; the old one would be forgotten, so it stays in front."""
    lead = lead_in(office, "inquiry_report", report_at="2026-03-09", report_opinion="查处诬告")
    page = seen(context, qtbot, lead)
    detail = page.side.detail
    assert detail.bar.primary.text() == "另立诬告线索… Ctrl+Enter"
    detail.ways_on.press_primary()
    ask = overview_of(page).ask
    assert any("都不带过去" in each.text() for each in ask.findChildren(Label))
    ask.findChildren(QLineEdit)[0].setText("示例丁")
    QTest.keyClick(ask.findChildren(QLineEdit)[1], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not turns.waiting())
    assert in_front(page) == ("lead", lead)
    assert detail.bar.primary.text() == "查处诬告陷害 Ctrl+Enter"
    assert detail.bar.primary.isEnabled()


def test_the_keys_stay_with_a_record_whose_last_step_was_taken(office: Office, context: Context, qtbot: QtBot) -> None:
    """The button that had the focus is gone; the next in line would be the tabs of the whole window."""
    first = office.records.save(PETITION, {"received_at": "2026-01-05", "summary": "一"}).records[0][1]
    link = Ref(office.records.get(PETITION, first).no, PETITION.key, first)
    typed = {"received_at": "2026-02-05", "summary": "二", "is_repeat": "是", "first_ref": link, "own_level": "本级"}
    letter = office.records.save(PETITION, typed).records[0][1]
    with office.vault.act("save", "补录") as act:
        act.change(PETITION, letter, None, {"state": "screening"})
    page = seen(context, qtbot, letter, PETITION.key)
    detail = page.side.detail
    page.activateWindow()
    detail.bar.primary.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is detail.bar.primary, timeout=5000)
    QTest.keyClick(detail.bar.primary, Qt.Key.Key_Space)
    assert office.records.get(PETITION, letter).state == "kept"
    assert detail.header.tabs.hasFocus()
