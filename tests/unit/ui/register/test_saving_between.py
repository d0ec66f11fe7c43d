"""Saving in between: who writes on in a form that stays open finds the cursor where it stood."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.services.office import Office
from paizhu.ui import turns
from paizhu.ui.register.child_table import ChildTable
from paizhu.ui.register.page import RegisterPage

from .conftest import MakePage
from .used import field, line_of, type_into

TALK = registers.register("integrity_talk")
PERSON = registers.register("person")


def active(page: RegisterPage, qtbot: QtBot) -> None:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)


def test_after_saving_a_planned_talk_the_words_go_on_where_they_stood(
    make_page: MakePage, office: Office, talks: list[int], qtbot: QtBot
) -> None:
    page = make_page()
    active(page, qtbot)
    page.open_record(TALK.key, talks[0])
    field(page, "record").focus()
    text = line_of(page, "record")
    QTest.keyClicks(text, "ab")
    QTest.keyClick(text, Qt.Key.Key_Left)
    assert page.run("record.save")
    qtbot.waitUntil(lambda: not turns.waiting())
    assert QApplication.focusWidget() is line_of(page, "record")
    QTest.keyClicks(line_of(page, "record"), "x")
    assert page.run("record.save")
    assert office.records.get(TALK, talks[0]).values["record"] == "axb"


def test_saving_what_nobody_changed_leaves_the_cursor_too(make_page: MakePage, talks: list[int], qtbot: QtBot) -> None:
    page = make_page()
    active(page, qtbot)
    page.open_record(TALK.key, talks[0])
    field(page, "record").focus()
    assert page.run("record.save")
    assert QApplication.focusWidget() is line_of(page, "record")


def test_after_saving_the_rows_under_a_talk_the_cell_in_hand_is_there_still(
    make_page: MakePage, office: Office, talks: list[int], qtbot: QtBot
) -> None:
    page = make_page()
    active(page, qtbot)
    page.open_record(TALK.key, talks[0])
    page.side.detail.form.open_fields(["requirement"])
    table = page.side.detail.form.tables["requirement"]
    assert isinstance(table, ChildTable)
    table.add_row()
    QApplication.processEvents()
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, "zg")
    assert page.run("record.save")
    qtbot.waitUntil(lambda: not turns.waiting())
    now = QApplication.focusWidget()
    assert now is not None
    assert page.side.detail.form.tables["requirement"].isAncestorOf(now)


def test_a_form_that_closes_when_saved_still_leads_to_what_comes_next(
    make_page: MakePage, office: Office, talks: list[int], qtbot: QtBot
) -> None:
    page = make_page(PERSON)
    active(page, qtbot)
    someone = office.search.find("单小明", 1, ("person",))[0].id
    page.open_record(PERSON.key, someone)
    type_into(page, "post_now", "示例处副处长")
    field(page, "post_now").focus()
    assert page.run("record.save")
    assert not page.side.detail.form.is_open
    focus = QApplication.focusWidget()
    assert focus is not None
    assert not page.side.detail.form.isAncestorOf(focus)
