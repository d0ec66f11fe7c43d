"""What is pressed in a scrolling pane stays under the pointer while strips above it and notes in it come and go."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from paizhu.ui.kit.scrolled import scrolling
from paizhu.ui.kit.standing_still import StandingStill
from paizhu.ui.kit.strip import Strip

_LINES = 20


class Pane(QWidget):
    """A strip above a form of lines, each with a button; leaving the first line takes its note and the strip away."""

    def __init__(self) -> None:
        super().__init__()
        self.strip = Strip("还不能办结", "下面标出的 1 项须先填。")
        self.note = QLabel("还没有填写")
        self.lines = [QLineEdit() for _ in range(_LINES)]
        self.buttons = [QPushButton(f"第 {at} 项") for at in range(_LINES)]
        inside = QWidget()
        column = QVBoxLayout(inside)
        for at, (line, button) in enumerate(zip(self.lines, self.buttons, strict=True)):
            column.addWidget(line)
            if at == 0:
                column.addWidget(self.note)
            column.addWidget(button)
            button.setCheckable(True)
        self.area: QScrollArea = scrolling(inside)
        self.stands = StandingStill(self.area)
        whole = QVBoxLayout(self)
        whole.addWidget(self.strip)
        whole.addWidget(self.area)
        self.lines[0].editingFinished.connect(self.mended)

    def mended(self) -> None:
        self.note.hide()
        self.strip.hide()

    @property
    def scrolled(self) -> int:
        return self.area.verticalScrollBar().value()

    def height_of(self, widget: QWidget) -> int:
        return widget.mapTo(self, QPoint(0, 0)).y()

    def press(self, widget: QWidget) -> QPoint:
        """Press the mouse on a widget as the window gets it, and return where."""
        place = widget.mapTo(self, widget.rect().center())
        QTest.mousePress(self.windowHandle(), Qt.MouseButton.LeftButton, pos=place)
        return place


@pytest.fixture
def pane(qtbot: QtBot) -> Pane:
    pane = Pane()
    qtbot.addWidget(pane)
    pane.resize(500, 420)
    pane.show()
    qtbot.waitExposed(pane)
    pane.activateWindow()
    pane.lines[0].setFocus()
    qtbot.waitUntil(pane.lines[0].hasFocus)
    # A line that was not typed in says nothing when it is left.
    QTest.keyClicks(pane.lines[0], "a")
    qtbot.waitUntil(lambda: pane.area.verticalScrollBar().maximum() > 0)
    return pane


def moved(pane: Pane, qtbot: QtBot) -> None:
    """Wait until the strip's room was given away."""
    qtbot.waitUntil(lambda: pane.strip.isHidden() and pane.area.y() < pane.strip.sizeHint().height())


@pytest.mark.parametrize("scrolled", [0, 20, 200], ids=["at the top", "a little", "far"])
def test_a_click_hits_what_was_pressed_although_note_and_strip_go_in_between(
    pane: Pane, qtbot: QtBot, scrolled: int
) -> None:
    pane.area.verticalScrollBar().setValue(scrolled)
    button = next(each for each in pane.buttons[1:] if pane.height_of(each) > pane.height_of(pane.area) + 60)
    at = pane.height_of(button)
    place = pane.press(button)
    # A button takes the cursor when it is pressed, and so the line is left.
    moved(pane, qtbot)
    assert pane.note.isHidden()
    assert pane.height_of(button) == at
    QTest.mouseRelease(pane.windowHandle(), Qt.MouseButton.LeftButton, pos=place)
    assert button.isChecked()


def test_a_strip_that_comes_and_goes_moves_nothing_that_is_typed_in(pane: Pane, qtbot: QtBot) -> None:
    pane.mended()
    moved(pane, qtbot)
    pane.stands.let_go()
    line = pane.lines[2]
    line.setFocus()
    at = pane.height_of(line)
    QTest.keyClick(pane.windowHandle(), Qt.Key.Key_A)
    pane.strip.show()
    qtbot.waitUntil(lambda: pane.scrolled > 0)
    assert pane.height_of(line) == at
    pane.strip.hide()
    qtbot.waitUntil(lambda: pane.scrolled == 0)
    assert pane.height_of(line) == at
    assert pane.stands.room == 0


def test_the_room_kept_above_goes_once_one_scrolls_or_something_else_is_shown(pane: Pane, qtbot: QtBot) -> None:
    ways: list[Callable[[], object]] = [lambda: pane.area.verticalScrollBar().setValue(150), pane.stands.let_go]
    for leave in ways:
        pane.area.verticalScrollBar().setValue(0)
        pane.strip.show()
        pane.note.show()
        qtbot.waitUntil(lambda: pane.area.y() > pane.strip.sizeHint().height())
        pane.lines[0].setFocus()
        QTest.keyClicks(pane.lines[0], "b")
        place = pane.press(pane.buttons[2])
        QTest.mouseRelease(pane.windowHandle(), Qt.MouseButton.LeftButton, pos=place)
        moved(pane, qtbot)
        assert pane.stands.room > 0
        leave()
        assert pane.stands.room == 0
        assert pane.area.viewportMargins().top() == 0


def test_no_room_is_kept_for_contents_that_are_shut(pane: Pane, qtbot: QtBot) -> None:
    line = pane.lines[6]
    pane.area.verticalScrollBar().setValue(150)
    line.setFocus()
    QTest.keyClick(pane.windowHandle(), Qt.Key.Key_A)
    at = pane.height_of(line)
    pane.stands.shut()
    for each in pane.buttons[:2]:
        each.hide()
    qtbot.waitUntil(lambda: pane.scrolled < 150)
    assert pane.height_of(line) == at
    for line_or_button in (*pane.buttons[:6], *pane.lines[:5]):
        line_or_button.hide()
    qtbot.waitUntil(lambda: pane.scrolled == 0)
    assert pane.stands.room == 0


def test_what_is_pressed_outside_holds_nothing(pane: Pane, qtbot: QtBot) -> None:
    at = pane.height_of(pane.buttons[3])
    pane.press(pane.strip)
    pane.mended()
    moved(pane, qtbot)
    assert pane.stands.room == 0
    assert pane.height_of(pane.buttons[3]) < at


def test_one_scrolls_on_from_where_one_pressed(pane: Pane, qtbot: QtBot) -> None:
    pane.press(pane.buttons[1])
    moved(pane, qtbot)
    pane.area.verticalScrollBar().setValue(260)
    pane.strip.show()
    qtbot.waitUntil(lambda: pane.scrolled != 260)
    before = pane.scrolled
    pane.strip.hide()
    qtbot.waitUntil(lambda: pane.scrolled == 260)
    assert before - 260 == pane.strip.sizeHint().height() + pane.layout().spacing()  # type: ignore[union-attr]  # it has one
