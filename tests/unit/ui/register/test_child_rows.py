"""Rows under a record are typed through: Tab begins the next row, and in an empty one the rows are done."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base.register import Register
from paizhu.services.office import Office
from paizhu.ui.context import Context
from paizhu.ui.register.child_table import ChildTable
from paizhu.ui.register.edit_ref import RefEditor
from paizhu.ui.register.editors import editor_for
from paizhu.ui.register.making import EditorKit
from paizhu.ui.theme import Theme
from tests.unit.ui.windows import write

HAND = registers.register("petition").child("opinion")


@pytest.fixture
def table(look: Theme, qtbot: QtBot) -> ChildTable:
    """A table open for typing, without rows."""
    return opened(HAND, qtbot)


def opened(kind: Register, qtbot: QtBot) -> ChildTable:
    """Return a table of rows of a kind, its first row just added."""
    made = ChildTable(kind, partial(editor_for, in_cell=True))
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
    made = opened(registers.register("integrity_talk").child("requirement"), qtbot)
    qtbot.waitUntil(lambda: made.view.state() == made.view.State.EditingState)
    at = made.model.index(0, 1)
    made.view.setCurrentIndex(at)
    QApplication.clipboard().setText("12.15")
    made.view.setFocus()
    QTest.keyClick(made.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    made.commit()
    assert [str(row.get(made.model.fields[at.column()].name)) for row in made.model.typed()] == ["12.15"]
    assert made.model.fields[at.column()].name == "due"


def chosen(at: int, qtbot: QtBot) -> ChildTable:
    """Return a table in which a cell of the first row is chosen and not opened."""
    made = opened(registers.register("integrity_talk").child("requirement"), qtbot)
    qtbot.waitUntil(lambda: made.view.state() == made.view.State.EditingState)
    QTest.keyClick(QApplication.focusWidget() or made.view, Qt.Key.Key_Escape)
    made.view.setFocus()
    made.view.setCurrentIndex(made.model.index(0, at))
    qtbot.waitUntil(made.view.hasFocus)
    return made


@pytest.mark.parametrize("at", range(4))
def test_what_an_input_method_writes_goes_into_a_cell_that_is_only_chosen(look: Theme, qtbot: QtBot, at: int) -> None:
    made = chosen(at, qtbot)
    write("b", "ban", done="办")
    write("l", "li", done="理")
    made.commit()
    assert [row.get(made.model.fields[at].name) for row in made.model.typed()] == ["办理"]


def test_a_word_that_is_given_up_leaves_the_cell_open_for_the_next_key(look: Theme, qtbot: QtBot) -> None:
    made = chosen(1, qtbot)
    write("b", "ban")
    QTest.keyClicks(QApplication.focusWidget() or made.view, "12.5")
    made.commit()
    assert [str(row.get(made.model.fields[1].name)) for row in made.model.typed()] == ["12.5"]


STUDY = registers.register("lead").child("panel_view")


@pytest.fixture
def study(look: Theme, office: Office, context: Context, qtbot: QtBot) -> ChildTable:
    """The opinions of a collective study, with the editors a form gives its rows and one written row."""
    made = ChildTable(STUDY, EditorKit(context, QWidget()).row_editor)
    qtbot.addWidget(made)
    made.resize(900, 240)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.show_typed([{"who": "示例甲", "post": "组长", "view": "同意初核"}])
    return made


def open_cell(table: ChildTable, name: str, words: str) -> QWidget:
    """Stand on a cell of the first row and type."""
    at = [field.name for field in table.model.fields].index(name)
    table.view.setCurrentIndex(table.model.index(0, at))
    table.view.setFocus()
    QTest.keyClicks(table.view, words)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus is not table.view
    return focus


def test_typing_over_a_long_text_takes_its_place_and_enter_goes_on(study: ChildTable) -> None:
    focus = open_cell(study, "view", "x")
    QTest.keyClicks(focus, "yz")
    QTest.keyClick(focus, Qt.Key.Key_Return)
    assert study.model.typed()[0]["view"] == "xyz"
    assert study.model.rowCount() == 2, "Enter in the last cell begins another row, it does not break a line"


def test_alt_enter_breaks_a_line_and_the_row_grows_while_it_is_typed(study: ChildTable, qtbot: QtBot) -> None:
    focus = open_cell(study, "view", "a")
    before = study.view.rowHeight(0)
    for words in "bc":
        QTest.keyClick(focus, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
        QTest.keyClicks(focus, words)
    qtbot.waitUntil(lambda: study.view.rowHeight(0) > before)
    assert focus.height() <= study.view.rowHeight(0)
    QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert study.model.typed()[0]["view"] == "a\nb\nc"
    qtbot.waitUntil(lambda: study.view.rowHeight(0) == study.view.rowHeight(1))


def test_esc_puts_back_what_stood_in_a_cell_also_after_a_draft_was_kept(study: ChildTable) -> None:
    for name, words in (("view", "同意初核"), ("who", "示例甲")):
        focus = open_cell(study, name, "x")
        study.commit()
        assert study.model.typed()[0][name] == "x"
        QTest.keyClick(focus, Qt.Key.Key_Escape)
        assert study.model.typed()[0][name] == words
        assert study.view.hasFocus()


def test_a_name_outside_the_roster_is_told_beneath_no_cell(study: ChildTable) -> None:
    focus = open_cell(study, "who", "x")
    editor = focus.parentWidget()
    assert isinstance(editor, RefEditor)
    editor.left.emit()
    assert not editor.link_button.isVisible()
    assert editor.sizeHint().height() <= study.view.rowHeight(0)


def test_a_draft_that_keeps_what_is_typed_moves_no_cursor_and_selects_nothing(study: ChildTable) -> None:
    for name in ("view", "who"):
        focus = open_cell(study, name, "a")
        QTest.keyClicks(focus, "b")
        study.commit()
        QTest.keyClicks(focus, "c")
        study.commit()
        assert study.model.typed()[0][name] == "abc"
        QTest.keyClick(focus, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        study.commit()
        assert study.model.typed()[0][name] != "abc", "what was typed can be undone in the cell"
        QTest.keyClick(focus, Qt.Key.Key_Tab)
