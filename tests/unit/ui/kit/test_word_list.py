"""Lists of words: room for the pointer, long lines whole, the line in hand seen by keyboard."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from paizhu.ui.kit.word_list import WordList
from paizhu.ui.theme import Theme

LONG = "某市示例住房和城乡建设领域历史遗留问题专项整治工作领导小组办公室下设综合协调与督查督办联合工作专班"


def made(qtbot: QtBot, *, wraps: bool = False) -> WordList:
    view = WordList("依据", wraps=wraps)
    qtbot.addWidget(view)
    view.addItems(["办公室", LONG])
    view.resize(260, 200)
    view.show()
    qtbot.waitExposed(view)
    return view


def test_a_line_is_high_enough_to_be_hit(qtbot: QtBot, look: Theme) -> None:
    view = made(qtbot)
    assert [view.sizeHintForRow(row) for row in (0, 1)] == [look.heights.dense_row] * 2
    look.set_points(21)
    assert view.sizeHintForRow(0) == look.heights.dense_row


def test_a_long_line_goes_on_below_where_it_may(qtbot: QtBot, look: Theme) -> None:
    view = made(qtbot, wraps=True)
    lines = QFontMetrics(look.font()).horizontalAdvance(LONG) / view.viewport().width()
    assert view.sizeHintForRow(1) > lines * QFontMetrics(look.font()).height()
    assert view.sizeHintForRow(0) == look.heights.dense_row


def test_the_line_in_hand_has_a_ring_while_the_list_has_the_focus(qtbot: QtBot, look: Theme) -> None:
    view, other = made(qtbot), QLineEdit()
    qtbot.addWidget(other)
    other.show()
    view.setCurrentRow(0)

    def edge() -> str:
        QApplication.processEvents()
        place = view.visualItemRect(view.item(0))
        return view.viewport().grab().toImage().pixelColor(place.right() - 3, place.top() + 1).name().upper()

    other.activateWindow()
    other.setFocus()
    qtbot.waitUntil(lambda: not view.hasFocus())
    assert edge() == look.tokens.sel
    view.activateWindow()
    view.setFocus()
    assert edge() == look.tokens.slate
