"""A strip that asks: Enter does it, Esc leaves it, and the focus goes back to where it was asked from."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from paizhu.ui.register.asking import AskStrip
from paizhu.ui.theme import Theme


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_the_focus_goes_back_to_where_it_was_asked_from(look: Theme, qtbot: QtBot, key: Qt.Key) -> None:
    window = QWidget()
    first, asking, strip = QPushButton("首页"), QPushButton("登记问题…"), AskStrip()
    column = QVBoxLayout(window)
    for part in (first, asking, strip):
        column.addWidget(part)
    asking.clicked.connect(lambda: strip.ask("登记问题", "", "登记", [("问题", None)]))
    strip.given.connect(lambda _answers: strip.done())
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    asking.setFocus()
    QTest.keyClick(asking, Qt.Key.Key_Space)
    qtbot.waitUntil(strip.lines()[0].hasFocus)
    QTest.keyClick(strip.lines()[0], key)
    assert not strip.isVisible()
    assert QApplication.focusWidget() is asking


def test_enter_on_a_drop_down_does_what_is_asked(look: Theme, qtbot: QtBot) -> None:
    strip, kinds = AskStrip(), QComboBox()
    kinds.addItems(["工作提醒函", "监察建议"])
    qtbot.addWidget(strip)
    strip.ask("生成文书", "", "生成文书", [("文书种类", kinds)])
    qtbot.waitExposed(strip)
    strip.activateWindow()
    qtbot.waitUntil(kinds.hasFocus)
    with qtbot.waitSignal(strip.given):
        QTest.keyClick(kinds, Qt.Key.Key_Return)
