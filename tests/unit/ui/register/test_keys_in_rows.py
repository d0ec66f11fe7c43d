"""Rows under a record by keys alone: what is only read is one stop, rows are left both ways, cells come into sight."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.services.office import Office
from paizhu.ui.register.child_table import ChildTable
from paizhu.ui.register.detail_stack import FORM
from paizhu.ui.register.page import RegisterPage

from .conftest import MakePage

REVIEW = registers.register("review_item")
POINTS = [{"code": f"示{at:02}", "words": f"示例要点 {at}", "answer": "符合"} for at in range(1, 13)]
SUGGESTIONS = [
    {"number": "1", "words": "示例建议甲", "adopted": "采纳"},
    {"number": "2", "words": "示例建议乙"},
]


@pytest.fixture
def page(office: Office, make_page: MakePage, qtbot: QtBot) -> RegisterPage:
    """An item whose opinion was sent, with more points than the window holds, and a suggestion nobody answered."""
    typed = {"title": "示例采购", "category": "大额资金使用", "opinion": "提醒后上会", "adopted": "采纳"}
    item = office.records.save(REVIEW, typed, rows={"check": POINTS, "suggestion": SUGGESTIONS}).records[0][1]
    with office.vault.act("save", "反馈") as act:
        act.change(REVIEW, item, None, {"state": "feedback_sent"})
    made = make_page(REVIEW, height=520)
    made.open_record(REVIEW.key, item)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.side.detail.header.tabs.setCurrentIndex(FORM)
    made.side.detail.form.open_fields(())
    return made


def rows_of(page: RegisterPage, key: str) -> ChildTable:
    table = page.side.detail.form.tables[key]
    assert isinstance(table, ChildTable)
    QApplication.processEvents()
    return table


def on_cell(table: ChildTable, row: int, column: int) -> None:
    table.view.setFocus()
    table.view.setCurrentIndex(table.model.index(row, column))
    assert table.view.hasFocus()


def press(table: ChildTable, key: Qt.Key, times: int = 1) -> None:
    for _ in range(times):
        QTest.keyClick(table.view, key)


def seen(table: ChildTable) -> bool:
    """Tell whether the cell in hand is seen from edge to edge of its height."""
    cell = table.view.visualRect(table.view.currentIndex())
    return table.view.viewport().visibleRegion().boundingRect().contains(cell.center())


def test_a_step_refused_for_its_rows_puts_the_keys_where_something_lacks(page: RegisterPage, qtbot: QtBot) -> None:
    page.run("record.primary")
    table = rows_of_marked(page, "suggestion")
    qtbot.waitUntil(table.view.hasFocus)
    at = table.view.currentIndex()
    assert (at.row(), table.model.fields[at.column()].name) == (1, "adopted")
    qtbot.waitUntil(lambda: seen(table))


def rows_of_marked(page: RegisterPage, key: str) -> ChildTable:
    table = page.side.detail.form.body.tables[key]
    assert isinstance(table, ChildTable)
    assert table.has_problem
    return table


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Backtab])
def test_rows_that_are_only_read_are_one_stop(page: RegisterPage, key: Qt.Key) -> None:
    table = rows_of(page, "check")
    table.shut()
    on_cell(table, 3, 1)
    press(table, key)
    assert not table.view.hasFocus()


def test_what_stands_before_the_rows_is_reached_from_their_first_cell(page: RegisterPage) -> None:
    table = rows_of(page, "check")
    table.open()
    on_cell(table, 0, 1)
    press(table, Qt.Key.Key_Backtab)
    assert table.view.hasFocus()
    assert table.view.currentIndex().column() == 0
    press(table, Qt.Key.Key_Backtab)
    assert not table.view.hasFocus()


def test_the_cell_gone_to_is_seen(page: RegisterPage, qtbot: QtBot) -> None:
    table = rows_of(page, "check")
    page.side.detail.stack.form_scroll.verticalScrollBar().setValue(0)
    on_cell(table, 0, 0)
    press(table, Qt.Key.Key_Down, 7)
    QApplication.processEvents()
    assert table.view.currentIndex().row() == 7
    assert seen(table)


def test_the_cell_tab_goes_on_to_from_an_open_one_is_seen(page: RegisterPage, qtbot: QtBot) -> None:
    table = rows_of(page, "check")
    table.open()
    last = table.model.columnCount() - 1
    on_cell(table, 6, last)
    table.type_here()
    qtbot.waitUntil(lambda: table.view.state() == table.view.State.EditingState)
    page.side.detail.stack.form_scroll.verticalScrollBar().setValue(0)
    QTest.keyClick(QApplication.focusWidget() or table.view, Qt.Key.Key_Tab)
    assert table.view.currentIndex().row() == 7
    qtbot.waitUntil(lambda: seen(table))
