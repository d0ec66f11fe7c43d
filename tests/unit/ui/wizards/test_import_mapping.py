"""The columns of a wide sheet: they come piece by piece, and are all there for whoever needs them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from paizhu.registers import register
from paizhu.services.importing.columns import NONE, SURE, ColumnLook
from paizhu.ui import turns
from paizhu.ui.wizards.import_mapping import MappingPane

TALK = register("integrity_talk")
MANY = 120
"""More than can be made in one turn on any machine."""
LAST = "C117"


@pytest.fixture
def pane(qtbot: QtBot) -> MappingPane:
    made = MappingPane()
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show()
    qtbot.waitExposed(made)
    return made


def looks(asking: str = LAST) -> list[ColumnLook]:
    letters = [f"C{at}" for at in range(MANY)]
    return [
        ColumnLook(each, f"样本{each}", "" if each == asking else "place", "", NONE if each == asking else SURE, ())
        for each in letters
    ]


def test_many_columns_come_in_several_turns_and_the_first_to_look_at_gets_the_focus(
    qtbot: QtBot, pane: MappingPane
) -> None:
    pane.show_columns(TALK, looks())
    assert 0 < len(pane._rows) < MANY
    # What is said of them, and the room they take, does not wait for them.
    assert len(pane.columns()) == MANY
    assert pane._note.words().startswith(f"{MANY} 列，自动对应 {MANY - 1} 列，请看 1 列")
    height = pane.needed_height()
    pane.focus_first()
    qtbot.waitUntil(lambda: not turns.waiting())
    assert len(pane._rows) == MANY
    assert pane.needed_height() == height
    assert sum(row.height() for row in pane._rows) < height
    assert pane.combo(LAST) is pane.focusWidget()


def test_a_key_finds_all_columns(pane: MappingPane) -> None:
    pane.show_columns(TALK, looks())
    pane.focus_first()
    assert len(pane._rows) < MANY
    window = pane.windowHandle()
    assert window is not None
    QTest.keyClick(window, Qt.Key.Key_Shift)
    assert len(pane._rows) == MANY
    assert pane.focusWidget() is pane.combo(LAST)


def test_whoever_asks_for_a_column_gets_it_at_once(pane: MappingPane) -> None:
    pane.show_columns(TALK, looks())
    assert pane.combo(LAST).letter == LAST
    with pytest.raises(KeyError):
        pane.combo("ZZ")


def test_other_columns_take_the_place_of_those_that_were_still_to_come(qtbot: QtBot, pane: MappingPane) -> None:
    pane.show_columns(TALK, looks())
    pane.show_columns(TALK, looks("C0")[:3])
    pane.focus_first()
    qtbot.waitUntil(lambda: not turns.waiting())
    assert [row.look.letter for row in pane._rows] == ["C0", "C1", "C2"]
    assert pane.focusWidget() is pane.combo("C0")


def test_a_column_the_program_counts_itself_says_so_and_asks_nothing(qtbot: QtBot, pane: MappingPane) -> None:
    counted = ColumnLook("AP", "统计归属月", "", "", SURE, ("2026-03",), fixed=True, counted=True)
    pane.show_columns(TALK, [*looks("")[:2], counted])
    qtbot.waitUntil(lambda: not turns.waiting())
    assert "请看" not in pane._note.words()
    combo = pane.combo("AP")
    assert combo.currentText() == "自动算出，不读入"
    assert not combo.isEnabled()
    assert combo.toolTip() == "这一列由程序自动算出，不从表里读入"
