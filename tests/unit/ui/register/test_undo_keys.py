"""Keys in and around a form: Ctrl+Z reaches the acts from an untouched field, Ctrl+D makes another like this one."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QDate, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.services.office import Office
from paizhu.ui.register.edit_day import DayEditor
from paizhu.ui.register.editors import editor_for
from paizhu.ui.theme import Theme

from .conftest import MakePage
from .used import field

TALK, MEASURE = registers.register("integrity_talk"), registers.register("measure")
_CTRL = Qt.KeyboardModifier.ControlModifier


def keeps(widget: QWidget, key: Qt.Key) -> bool:
    """Tell whether a widget keeps a key of the window for itself."""
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, _CTRL)
    event.ignore()
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


@pytest.mark.parametrize("name", ["place", "record", "planned_date", "subject"])
def test_only_a_field_that_was_typed_into_keeps_the_undo_key(look: Theme, qtbot: QtBot, name: str) -> None:
    editor = editor_for(TALK.field(name))
    qtbot.addWidget(editor)
    editor.show()
    target = editor.target
    assert not keeps(target, Qt.Key.Key_Z)
    QTest.keyClicks(target, "3.5")
    assert keeps(target, Qt.Key.Key_Z)
    QTest.keyClick(target, Qt.Key.Key_Z, _CTRL)
    # One press too many does not reach for an act: what was typed could still come back.
    assert keeps(target, Qt.Key.Key_Z)
    editor.show_raw("别的")
    assert not keeps(target, Qt.Key.Key_Z)
    assert keeps(target, Qt.Key.Key_C) or name == "record"


@pytest.mark.parametrize("by_calendar", [False, True])
def test_a_day_that_was_understood_can_still_be_taken_back(look: Theme, qtbot: QtBot, by_calendar: bool) -> None:
    editor = editor_for(TALK.field("planned_date"))
    assert isinstance(editor, DayEditor)
    qtbot.addWidget(editor)
    editor.show()
    editor.show_value(date(2026, 3, 2))
    QTest.keyClicks(editor.line, "3.5")
    heard = []
    editor.edited.connect(lambda: heard.append(editor.raw()))
    editor.show_read("2026-03-05")
    assert not heard, "how it was understood is nothing that was typed"
    if by_calendar:
        editor._choose(QDate(2026, 3, 6), QMenu(editor))
        QTest.keyClick(editor.line, Qt.Key.Key_Z, _CTRL)
    assert keeps(editor.line, Qt.Key.Key_Z)
    QTest.keyClick(editor.line, Qt.Key.Key_Z, _CTRL)
    assert editor.raw() != "2026-03-05"
    for _ in "3.5":
        QTest.keyClick(editor.line, Qt.Key.Key_Z, _CTRL)
    assert editor.raw() == "2026-03-02"
    assert heard[-1] == "2026-03-02"


@pytest.mark.parametrize("name", ["place", "record"])
def test_what_was_saved_is_not_taken_back_in_its_field(look: Theme, qtbot: QtBot, name: str) -> None:
    editor = editor_for(TALK.field(name))
    qtbot.addWidget(editor)
    editor.show()
    QTest.keyClicks(editor.target, "3.5")
    editor.show_value("3.5")
    assert not keeps(editor.target, Qt.Key.Key_Z)


def test_after_saving_what_has_no_next_step_the_cursor_waits_on_the_tabs(
    make_page: MakePage, office: Office, qtbot: QtBot
) -> None:
    page = make_page(MEASURE)
    with qtbot.waitActive(page):
        page.activateWindow()
    page.new_record()
    for name, words in (("subject", "示例甲"), ("decided_at", "2026-03-05")):
        field(page, name).show_raw(words)
    field(page, "decided_at").focus()
    page.run("record.save")
    assert page.side.detail.work.row is not None
    assert QApplication.focusWidget() is page.side.detail.header.tabs


def test_another_like_the_chosen_one_is_a_key_away(make_page: MakePage, talks: list[int], qtbot: QtBot) -> None:
    page = make_page(TALK)
    with qtbot.waitActive(page):
        page.activateWindow()
    page.open_record(TALK.key, talks[0])
    page.side.list.table.setFocus()
    QTest.keyClick(page.side.list.table, Qt.Key.Key_D, _CTRL)
    assert page.side.detail.work.is_new
    editor = field(page, "subject").editor
    assert editor is not None
    assert editor.raw()["label"] == "孙立新"
    assert field(page, "planned_date").raw() == "2026-03-01"
