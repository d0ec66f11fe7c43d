"""A form and an overview come piece by piece; nothing that is done meanwhile finds half of them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.services.office import Office
from paizhu.ui import turns
from paizhu.ui.overviews.course import CourseOverview
from paizhu.ui.register.detail_stack import OVERVIEW
from paizhu.ui.register.page import RegisterPage

from .conftest import MakePage

LEAD = registers.register("lead")
pytestmark = pytest.mark.usefixtures("a_turn_each")


def lead_of(office: Office, name: str) -> int:
    """Return a lead about somebody."""
    typed = {"subject": name, "received_at": "2026-03-02", "summary": f"反映{name}的内容"}
    return office.records.save(LEAD, typed).records[0][1]


@pytest.fixture
def page(make_page: MakePage, office: Office, qtbot: QtBot) -> RegisterPage:
    """Two leads, the first of them in front and at rest."""
    one = lead_of(office, "示例甲")
    lead_of(office, "示例乙")
    made = make_page(LEAD)
    made.open_record(LEAD.key, one)
    qtbot.waitUntil(lambda: not turns.waiting())
    return made


def test_the_section_typed_into_comes_first_and_the_others_by_themselves(page: RegisterPage, qtbot: QtBot) -> None:
    form = page.side.detail.form
    page.run("edit")
    first = form.body.sections[0]
    assert first.editing
    assert first.isVisible()
    assert len(form.body.sections) < len(LEAD.sections)
    focus = QApplication.focusWidget()
    qtbot.waitUntil(lambda: not form.opening)
    assert [section.title for section in form.body.sections] == [section.label for section in LEAD.sections]
    assert list(form.body.tables) == [child.key for child in LEAD.rows]
    assert all(section.isVisible() for section in form.body.sections)
    assert QApplication.focusWidget() is focus


def test_a_key_finds_every_part_of_the_form(page: RegisterPage) -> None:
    form = page.side.detail.form
    page.run("edit")
    assert form.opening
    QTest.keyClick(page.window().windowHandle(), Qt.Key.Key_Tab)
    assert not form.opening
    assert len(form.body.sections) == len(LEAD.sections)


def test_a_field_far_below_is_there_as_soon_as_it_is_asked_for(page: RegisterPage) -> None:
    form = page.side.detail.form
    page.begin("check_opinion")
    section = form.body.section_of("check_opinion")
    assert section is not None
    assert section.editing
    assert form.opening


def test_what_is_typed_before_the_last_part_came_is_saved(page: RegisterPage, office: Office) -> None:
    form = page.side.detail.form
    page.run("edit")
    form.body.fields["summary"].show_raw("改过的内容")
    assert form.opening
    assert form.typed() == {"summary": "改过的内容"}
    page.run("save")
    record_id = page.side.detail.work.record_id
    assert record_id is not None
    assert office.records.get(LEAD, record_id).values["summary"] == "改过的内容"


def test_another_record_keeps_nothing_that_was_typed_over_the_first(page: RegisterPage, office: Office) -> None:
    form = page.side.detail.form
    page.run("edit")
    form.body.fields["summary"].show_raw("改了一半")
    page.open_record(LEAD.key, lead_of(office, "示例丙"))
    assert not form.is_open
    assert form.typed() == {}
    assert form.fields["summary"].words() == "反映示例丙的内容"


def test_an_overview_is_seen_when_it_is_whole(page: RegisterPage, office: Office, qtbot: QtBot) -> None:
    detail = page.side.detail
    held = detail.stack.widget(OVERVIEW)
    page.open_record(LEAD.key, lead_of(office, "示例丙"))
    assert not held.updatesEnabled()
    qtbot.waitUntil(held.updatesEnabled)
    overview = detail.overview
    assert isinstance(overview, CourseOverview)
    assert any("示例丙" in words for _label, words in overview.facts.words())


def test_whoever_asks_for_the_overview_finds_it_whole(page: RegisterPage, office: Office) -> None:
    detail = page.side.detail
    page.open_record(LEAD.key, lead_of(office, "示例丙"))
    overview = detail.overview
    assert isinstance(overview, CourseOverview)
    assert detail.stack.widget(OVERVIEW).updatesEnabled()
    assert any("示例丙" in words for _label, words in overview.facts.words())


def test_a_lock_between_two_pieces_ends_them(page: RegisterPage, office: Office, qtbot: QtBot) -> None:
    page.open_record(LEAD.key, lead_of(office, "示例丙"))
    office.vault.close()
    qtbot.waitUntil(lambda: not turns.waiting())
    assert page.side.detail.stack.widget(OVERVIEW).updatesEnabled()
