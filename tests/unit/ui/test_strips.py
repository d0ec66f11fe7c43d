"""Strips above the pages: one stands there, the others are a button away, and none takes the page's room for long."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from paizhu.ui import theme
from paizhu.ui.kit.button import Button, Offer
from paizhu.ui.kit.strip import Level
from paizhu.ui.kit.trouble import Trouble
from paizhu.ui.strips import Strips


@pytest.fixture
def strips(qapp: QApplication, qtbot: QtBot) -> Iterator[Strips]:
    """The strips of a window of 1366 pixels, over a page."""
    theme.install(qapp)
    window = QWidget()
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    made = Strips()
    column.addWidget(made)
    column.addWidget(QWidget(), 1)
    qtbot.addWidget(window)
    window.resize(1366, 696)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield made
    window.close()


def in_sight(strips: Strips) -> list[str]:
    return [name for name in strips.names() if strips._strips[name].isVisible()]


def test_of_several_strips_one_stands_there_and_counts_the_others(strips: Strips, qtbot: QtBot) -> None:
    strips.put("sample", "示例数据", "人名都是编的。", Level.AMBER)
    assert not strips.more.isVisible()
    strips.put("backup-old", "已 5 天没有备份", "", Level.AMBER, closable=True)
    strips.put("reminder", "今天 3 件到期", closable=True)
    assert in_sight(strips) == ["reminder"]
    assert strips.more.text() == "另有 2 条"
    assert "已 5 天没有备份" in strips.more.toolTip()
    qtbot.waitUntil(lambda: strips.height() == strips._strips["reminder"].height())
    assert strips.height() < theme.current().px(48)
    assert strips.words("sample") == "示例数据 人名都是编的。"


def test_the_others_are_one_press_away_by_mouse_and_by_key(strips: Strips, qtbot: QtBot) -> None:
    for name in ("one", "two", "three"):
        strips.put(name, name, closable=True)
    QTest.mouseClick(strips.more, Qt.MouseButton.LeftButton)
    assert in_sight(strips) == ["one", "two", "three"]
    assert strips.more.text() == "收起"
    assert strips.more.hasFocus()
    QTest.keyClick(strips.more, Qt.Key.Key_Space)
    assert in_sight(strips) == ["three"]
    assert strips.more.focusPolicy() & Qt.FocusPolicy.TabFocus
    strips.take("three")
    assert (in_sight(strips), strips.more.text()) == (["two"], "另有 1 条")
    strips.take("one")
    assert (in_sight(strips), strips.more.isVisible()) == (["two"], False)
    strips.take("two")
    assert in_sight(strips) == []


def test_what_went_wrong_stands_before_what_is_only_said(strips: Strips) -> None:
    strips.show_trouble(Trouble("没有写进备份盘", "E 盘空间不足。", "今天的数据都在本机。", "换一个盘再备份。"))
    strips.put("reminder", "今天 3 件到期", closable=True)
    assert in_sight(strips) == ["trouble"]
    assert strips.more.isVisible()
    next(b for b in strips.findChildren(Button) if b.accessibleName() == "知道了" and b.isVisible()).click()
    assert (in_sight(strips), strips.names()) == (["reminder"], ["reminder"])


def test_a_strip_with_the_cursor_in_it_stays_whatever_comes(strips: Strips, qtbot: QtBot) -> None:
    strips.put("backup-old", "已 5 天没有备份", offers=[Offer("now", "现在备份")])
    button = next(b for b in strips.findChildren(Button) if b.accessibleName() == "现在备份")
    button.setFocus()
    strips.put("reminder", "今天 3 件到期", closable=True)
    assert in_sight(strips) == ["backup-old"]
    assert button.hasFocus()
    with qtbot.waitSignal(strips.acted) as acted:
        QTest.keyClick(button, Qt.Key.Key_Space)
    assert acted.args == ["now"]
