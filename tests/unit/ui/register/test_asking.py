"""A strip that asks: Enter does it, Esc leaves it, and the focus goes back to where it was asked from."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QListWidget, QPushButton, QVBoxLayout, QWidget
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


def test_a_long_question_in_a_narrow_list_is_seen_whole(look: Theme, qtbot: QtBot) -> None:
    pane, rows, strip = QWidget(), QListWidget(), AskStrip()
    column = QVBoxLayout(pane)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(rows, 1)
    column.addWidget(strip)
    qtbot.addWidget(pane)
    pane.resize(300, 700)
    pane.show()
    qtbot.waitExposed(pane)
    named = (
        "责任清单 3 条、会前审查 7 条、廉政谈话 2 条、职责外事项 2 条、廉政档案 1 条、发现问题 3 条、廉政风险点 2 条"
    )
    note = f"编号不再发给别的记录；随时可以恢复，也可以撤销。还有记录写着它：{named}，那里的名字照旧留着。"
    strip.ask("把这条记录移入回收区", note, "移入回收区", [("原因", None)])
    qtbot.waitUntil(lambda: strip._note.height() >= strip._note.heightForWidth(strip._note.width()))
    assert strip._do.geometry().bottom() <= strip.rect().bottom()
