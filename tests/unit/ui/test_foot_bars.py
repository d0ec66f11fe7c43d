"""What is told at the foot of the window: Esc closes it where nothing nearer wants it; of a page it goes with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.services.facets import MISSING
from paizhu.ui.main_window import MainWindow
from paizhu.ui.pages.day.today import TodayPage
from paizhu.ui.register.page import RegisterPage
from paizhu.ui.tabs import TABS, Tab
from tests.unit.ui.windows import act, desk_of, office_of, page_at, settle

TALK = registers.register("integrity_talk")
ESC = Qt.Key.Key_Escape


@pytest.fixture
def tabs() -> tuple[Tab, ...]:
    """The tabs as they are."""
    return TABS


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> RegisterPage:
    for at in (1, 2):
        office_of(window).records.save(TALK, {"subject": f"示例{at}", "planned_date": f"2026-03-0{at}"})
    made = page_at(window, "talks", RegisterPage)
    settle(qtbot, window)
    return made


def voided(page: RegisterPage, qtbot: QtBot) -> None:
    pane = page.side.list_now
    pane.table.setFocus()
    pane.go_first()
    QTest.keyClick(pane.table, Qt.Key.Key_Delete)
    line = pane.ask.lines()[0]
    assert isinstance(line, QLineEdit)
    line.setText("重复登记")
    line.returnPressed.emit()
    qtbot.waitUntil(pane.undo_bar.isVisible)


def test_esc_in_a_list_closes_the_bar_first_and_then_takes_the_filter_away(page: RegisterPage, qtbot: QtBot) -> None:
    pane = page.side.list_now
    page.side.narrowing.choose(MISSING)
    voided(page, qtbot)
    QTest.keyClick(pane.table, ESC)
    assert pane.undo_bar.isHidden()
    assert page.side.narrowing.facet_key == MISSING
    QTest.keyClick(pane.table, ESC)
    assert page.side.narrowing.facet_key != MISSING


def test_esc_anywhere_else_on_the_page_closes_it_too(page: RegisterPage, qtbot: QtBot) -> None:
    voided(page, qtbot)
    button = page.side.list_now.undo_bar._undo
    button.setFocus()
    QTest.keyClick(button, ESC)
    assert page.side.list_now.undo_bar.isHidden()
    assert page.side.list_now.model.total == 1, "nothing was taken back"


def test_what_is_nearer_takes_esc_before_the_bar(page: RegisterPage, qtbot: QtBot) -> None:
    voided(page, qtbot)
    pane = page.side.list_now
    pane.go_first()
    QTest.keyClick(pane.table, Qt.Key.Key_Delete)
    QTest.keyClick(pane.ask.lines()[0], ESC)
    assert pane.ask.isHidden()
    assert pane.undo_bar.isVisible()


def test_esc_closes_what_the_desk_tells_too(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    today = page_at(window, "today", TodayPage)
    settle(qtbot, window)
    desk = desk_of(window)
    today.table.setFocus()
    desk.say("已备份。")
    QTest.keyClick(today.table, ESC)
    assert desk.last_act.bar.isHidden()
    desk.context.events.written.emit("已导出。", tmp_path)
    QTest.keyClick(today.table, ESC)
    assert desk.written.isHidden()


def test_that_a_page_has_no_use_for_a_key_is_not_told_on_the_next_page(window: MainWindow, qtbot: QtBot) -> None:
    desk = desk_of(window)
    desk.show_tab("settings")
    settle(qtbot, window)
    act(window, "print.open")
    assert "用不上" in desk.last_act.bar.accessibleName()
    assert desk.last_act.bar.isVisible()
    desk.show_tab("today")
    assert desk.last_act.bar.isHidden()
    desk.say("已备份。")
    desk.show_tab("settings")
    assert desk.last_act.bar.isVisible(), "what was done is told on"
