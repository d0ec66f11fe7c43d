"""Rows under a record are typed through: Tab begins the next row, and in an empty one the rows are done."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.ui.register.child_table import ChildTable
from paizhu.ui.register.editors import editor_for
from paizhu.ui.theme import Theme

HAND = registers.register("petition").child("opinion")


@pytest.fixture
def table(look: Theme, qtbot: QtBot) -> ChildTable:
    """A table open for typing, without rows."""
    made = ChildTable(HAND, partial(editor_for, in_cell=True))
    qtbot.addWidget(made)
    made.resize(900, 240)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.open()
    made.add_row()
    return made


def walk(table: ChildTable, words: str = "") -> None:
    """Go through the cells of a row by Tab, with words in the last one."""
    last = table.model.columnCount() - 1
    for at in range(last + 1):
        if at == last and words:
            QTest.keyClicks(QApplication.focusWidget() or table.view, words)
        QTest.keyClick(QApplication.focusWidget() or table.view, Qt.Key.Key_Tab)


def test_tab_after_the_last_cell_begins_another_row(table: ChildTable, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: table.view.state() == table.view.State.EditingState)
    walk(table, "y")
    assert table.model.rowCount() == 2
    assert [row[table.model.fields[-1].name] for row in table.model.typed()] == ["y"]
    assert table.view.currentIndex().row() == 1
    assert table.view.currentIndex().column() == 0


def test_tab_through_an_empty_row_ends_the_rows(table: ChildTable, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: table.view.state() == table.view.State.EditingState)
    walk(table)
    assert table.model.rowCount() == 0
    assert table.add_button.hasFocus()


def test_words_of_the_clipboard_go_into_a_cell_that_is_only_chosen(look: Theme, qtbot: QtBot) -> None:
    made = ChildTable(registers.register("integrity_talk").child("requirement"), partial(editor_for, in_cell=True))
    qtbot.addWidget(made)
    made.resize(900, 240)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.open()
    made.add_row()
    qtbot.waitUntil(lambda: made.view.state() == made.view.State.EditingState)
    at = made.model.index(0, 1)
    made.view.setCurrentIndex(at)
    QApplication.clipboard().setText("12.15")
    made.view.setFocus()
    QTest.keyClick(made.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    made.commit()
    assert [str(row.get(made.model.fields[at.column()].name)) for row in made.model.typed()] == ["12.15"]
    assert made.model.fields[at.column()].name == "due"
