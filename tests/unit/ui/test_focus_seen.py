"""What gets the focus otherwise than by Tab comes into view as well, and a window that is looked at again stays."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from paizhu.ui.kit.scrolled import scrolling
from paizhu.ui.tab_walk import TabWindow

pytestmark = pytest.mark.usefixtures("look")
LINES = 40


class Long:
    """A window with more lines than it has room for."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = TabWindow()
        qtbot.addWidget(self.window)
        inside = QWidget()
        column = QVBoxLayout(inside)
        self.lines = [QLineEdit(inside) for _at in range(LINES)]
        for line in self.lines:
            column.addWidget(line)
        self.area: QScrollArea = scrolling(inside)
        self.window.setCentralWidget(self.area)
        self.window.resize(400, 300)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.lines[0].setFocus()
        QApplication.processEvents()

    def sees(self, line: QLineEdit) -> bool:
        return line.visibleRegion().boundingRect().height() == line.height()


@pytest.fixture
def long(qtbot: QtBot) -> Long:
    return Long(qtbot)


def test_a_line_that_gets_the_focus_below_the_edge_is_scrolled_to(long: Long, qtbot: QtBot) -> None:
    assert not long.sees(long.lines[-1])
    long.lines[-1].setFocus()
    qtbot.waitUntil(lambda: long.sees(long.lines[-1]))
    long.lines[0].setFocus()
    qtbot.waitUntil(lambda: long.sees(long.lines[0]))


def test_a_line_in_view_moves_nothing(long: Long) -> None:
    long.area.verticalScrollBar().setValue(5)
    long.lines[2].setFocus()
    QApplication.processEvents()
    assert long.area.verticalScrollBar().value() == 5


def test_a_focus_that_went_on_meanwhile_is_not_scrolled_after(long: Long) -> None:
    long.lines[-1].setFocus()
    long.lines[1].setFocus()
    QApplication.processEvents()
    assert long.area.verticalScrollBar().value() == 0


def test_a_window_looked_at_again_stays_scrolled_as_it_is(long: Long, qtbot: QtBot) -> None:
    other = QLineEdit()
    qtbot.addWidget(other)
    bar = long.area.verticalScrollBar()
    bar.setValue(bar.maximum())
    other.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    long.window.activateWindow()
    qtbot.waitUntil(long.lines[0].hasFocus)
    QApplication.processEvents()
    assert bar.value() == bar.maximum()
