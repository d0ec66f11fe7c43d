"""Marks inside lines: they grow with the font, and no word runs under them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from paizhu.ui.kit.line_mark import LineMark
from paizhu.ui.theme import Theme


def test_a_mark_grows_with_the_font_and_keeps_its_room(qtbot: QtBot, look: Theme) -> None:
    line, pressed = QLineEdit(), []
    qtbot.addWidget(line)
    mark = LineMark(line, "calendar", "打开日历（Alt+↓）", lambda: pressed.append(True))
    line.resize(240, 64)
    line.show()
    qtbot.waitExposed(line)
    small = mark.width()
    look.set_points(21)
    qtbot.waitUntil(lambda: mark.width() >= 2 * small - 4)
    assert mark.iconSize().width() == look.px(16)
    assert line.textMargins().right() >= look.px(16)
    assert mark.geometry().right() < line.width()
    assert mark.focusPolicy() is Qt.FocusPolicy.NoFocus
    QTest.mouseClick(mark, Qt.MouseButton.LeftButton)
    assert pressed == [True]
