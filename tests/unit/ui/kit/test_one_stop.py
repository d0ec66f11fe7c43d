"""Where Tab stops among several of which one is chosen, and what Enter presses there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPushButton, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from paizhu.ui.desk_head import DeskHead
from paizhu.ui.kit.chips import Chip, ChipBar, ChipButton
from paizhu.ui.kit.one_stop import let_tab_stop
from paizhu.ui.kit.segments import Segments
from paizhu.ui.tab_walk import tab_stops_of
from tests.unit.ui.kit.folded import is_collapsed

CHIPS = [Chip("all", "全部", 45), Chip("week", "本周上会", 4), Chip("mine", "待我审查", 4)]
SPANS = [("5", "5 分钟"), ("15", "15 分钟"), ("30", "30 分钟")]


Shown = Callable[[QWidget, int], None]


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    """Return how a widget is shown in a window whose focus is elsewhere."""
    window = QWidget()
    qtbot.addWidget(window)
    elsewhere = QLineEdit(window)
    elsewhere.move(0, 60)
    window.resize(2000, 120)

    def show(widget: QWidget, width: int) -> None:
        widget.setParent(window)
        widget.resize(width, 40)
        window.show()
        window.activateWindow()
        elsewhere.setFocus()
        qtbot.waitUntil(elsewhere.hasFocus)

    return show


def words_of_stops(widget: QWidget) -> list[str]:
    return [str(getattr(each, "text", str)()) for each in tab_stops_of(widget)]


def test_tab_stops_at_the_chosen_segment_alone(shown: Shown) -> None:
    segments = Segments("离开多久自动锁定", SPANS)
    segments.set_current("15")
    shown(segments, 500)
    assert words_of_stops(segments) == ["15 分钟"]
    segments.set_current("30")
    assert words_of_stops(segments) == ["30 分钟"]


def test_whoever_asks_segments_for_the_focus_comes_to_what_is_chosen(shown: Shown) -> None:
    segments = Segments("离开多久自动锁定", SPANS)
    segments.set_current("15")
    shown(segments, 500)
    segments.setFocus()
    focus = QApplication.focusWidget()
    assert isinstance(focus, QPushButton)
    assert focus.text() == "15 分钟"


def test_collapsed_segments_take_the_focus_in_their_drop_down(shown: Shown) -> None:
    segments = Segments("离开多久自动锁定", SPANS)
    shown(segments, 90)
    assert is_collapsed(segments)
    segments.setFocus()
    assert QApplication.focusWidget() is segments._combo


def test_tab_stops_at_the_chosen_chip_and_stays_where_the_arrows_went(shown: Shown) -> None:
    bar = ChipBar(CHIPS, more=False)
    shown(bar, 900)
    bar.set_current("week")
    assert words_of_stops(bar) == ["本周上会"]
    chips = bar.findChildren(ChipButton)
    chips[2].setFocus()
    # Counts come at any time: the chip that has the focus must not lose its place in the walk.
    bar.show_counts({"all": 46})
    assert words_of_stops(bar) == ["待我审查"]


def test_a_chosen_chip_that_stands_in_the_menu_leaves_a_way_to_the_others(shown: Shown) -> None:
    bar = ChipBar(CHIPS)
    shown(bar, 900)
    bar.set_current("mine")
    bar.resize(bar.least_width(2), 40)
    assert "mine" in bar.hidden_keys()
    assert words_of_stops(bar)[0] == "全部"


def test_what_was_not_shown_yet_is_a_stop_all_the_same(qtbot: QtBot) -> None:
    pane = QWidget()
    qtbot.addWidget(pane)
    radios: list[QRadioButton] = [QRadioButton(words, pane) for words in ("无意见", "有意见建议")]
    radios[1].setChecked(True)
    assert let_tab_stop(radios) is radios[1]
    assert not radios[0].focusPolicy() & Qt.FocusPolicy.TabFocus


def test_enter_chooses_a_chip(shown: Shown, qtbot: QtBot) -> None:
    bar = ChipBar(CHIPS)
    shown(bar, 900)
    chip = bar.findChildren(ChipButton)[1]
    chip.setFocus()
    with qtbot.waitSignal(bar.chosen) as heard:
        QTest.keyClick(chip, Qt.Key.Key_Return)
    assert heard.args == ["week"]


def test_enter_held_down_presses_once(shown: Shown) -> None:
    bar = ChipBar(CHIPS)
    shown(bar, 900)
    chip = bar.findChildren(ChipButton)[1]
    heard: list[str] = []
    bar.chosen.connect(heard.append)
    none = Qt.KeyboardModifier.NoModifier
    for again in (False, True, True):
        QApplication.sendEvent(chip, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, none, "\r", autorep=again))
    assert heard == ["week"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
@pytest.mark.parametrize(
    ("button", "signal"),
    [
        (lambda head: head.lock, lambda head: head.lock_asked),
        (lambda head: head.settings, lambda head: head.settings_asked),
        (lambda head: head.help, lambda head: head.help_asked),
    ],
)
def test_the_corner_is_pressed_by_enter_as_by_space(
    shown: Shown, qtbot: QtBot, button: Callable[[DeskHead], QWidget], signal: Callable[[DeskHead], object], key: Qt.Key
) -> None:
    head = DeskHead([])
    shown(head, 1366)
    button(head).setFocus()
    with qtbot.waitSignal(signal(head)):
        QTest.keyClick(button(head), key)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_enter_opens_a_menu_as_space_does(shown: Shown, qtbot: QtBot, key: Qt.Key) -> None:
    head = DeskHead([])
    head.fill_menu([QAction("设置", head)])
    shown(head, 200)
    assert head.menu.isVisible()
    menu = head.menu.menu()
    assert isinstance(menu, QMenu)
    seen: list[bool] = []

    def look() -> None:
        seen.append(menu.isVisible())
        menu.close()

    # The menu has a loop of its own until it is closed.
    QTimer.singleShot(50, menu, look)
    head.menu.setFocus()
    QTest.keyClick(head.menu, key)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [True]
