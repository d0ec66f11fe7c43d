"""Tab through the whole window, page by page: nothing is left out, nothing traps it, and it goes as the eye reads."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLayout, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from paizhu.ui.plain_pages import PAGES
from paizhu.ui.tab_walk import TabWindow, in_reading_order, tab_stops_of
from paizhu.ui.tabs import TABS
from paizhu.ui.theme import Scheme
from paizhu.ui.tour_screens import Look, Walk

SIZE = QSize(1366, 768)
PAGES_SEEN = [*(tab.key for tab in TABS), *PAGES]


def named(widget: QWidget) -> str:
    words = widget.accessibleName() or str(getattr(widget, "text", str)())
    return words or type(widget).__name__


def activate(window: QWidget, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


_WALKS = 4
"""What no key reaches is not reached on any walk."""


def walked(key: Qt.Key = Qt.Key.Key_Tab) -> list[QWidget]:
    """Return what Tab stops at from the focus on, until it comes round."""
    first = QApplication.focusWidget()
    assert first is not None
    found = [first]
    for _ in range(400):
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key)
        now = QApplication.focusWidget()
        assert now is not focus, f"stuck at {named(focus)}"
        assert now is not None
        if now is first:
            return found
        assert now not in found, f"round and round from {named(now)}"
        found.append(now)
    raise AssertionError("never came round")


@pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)
def test_every_control_of_every_page_is_reached_by_tab_alone(walk: Walk, qtbot: QtBot) -> None:
    walk._wear(Look("", Scheme.LIGHT, 10.5, SIZE))
    desk, window = walk._desk(), walk._window
    # A reminder that comes up half way round would not have been passed.
    desk.reminders.stop()
    for key in PAGES_SEEN:
        desk.show_tab(key)
        for _time in range(_WALKS):
            walk._settle()
            activate(window, qtbot)
            desk.enter_page()
            reached = walked()
            walk._settle()
            there = list(tab_stops_of(window))
            # What was counted or worked out meanwhile may stand where something else was passed.
            if set(there) <= set(reached):
                break
        assert [named(each) for each in there if each not in reached] == [], key
        assert [named(each) for each in reached if not each.visibleRegion().isEmpty()], key
        page = desk.pages.currentWidget()
        assert page is not None
        # Head above the page, page above the status bar, whatever was made first.
        inside = [at for at, each in enumerate(there) if page.isAncestorOf(each)]
        assert inside == list(range(inside[0], inside[-1] + 1)), key
        assert there.index(desk.head.search) < inside[0], key


@pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)
def test_the_way_back_is_the_way_there(walk: Walk, qtbot: QtBot) -> None:
    desk, window = walk._desk(), walk._window
    for key in ("talks", "talk_matrix"):
        desk.show_tab(key)
        walk._settle()
        activate(window, qtbot)
        desk.enter_page()
        there, back = walked(), walked(Qt.Key.Key_Backtab)
        assert [named(each) for each in back[1:]] == [named(each) for each in reversed(there[1:])]


def box(parent: QWidget, left: int, top: int, width: int, height: int) -> QWidget:
    made = QWidget(parent)
    made.setGeometry(left, top, width, height)
    return made


@pytest.mark.usefixtures("qapp")
def test_columns_are_read_one_after_the_other_and_rows_across() -> None:
    around = QWidget()
    head = box(around, 0, 0, 400, 30)
    left = box(around, 0, 40, 190, 300)
    rows = [box(around, 200 + x, 40 + y, 90, 20) for y in (0, 40) for x in (0, 100)]
    foot = box(around, 0, 350, 400, 30)
    given = [foot, *reversed(rows), left, head]
    assert in_reading_order(given) == [head, left, *rows, foot]


def test_what_comes_later_stands_where_it_is_seen(qtbot: QtBot) -> None:
    window = TabWindow()
    qtbot.addWidget(window)
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
    stops = [QWidget() for _ in range(3)]
    for at in (0, 2, 1):
        stops[at].setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        stops[at].setFixedSize(60, 20)
        column.insertWidget(min(at, column.count()), stops[at])
    # A pane that hands its focus to its last control must not let Tab jump over the others.
    inside.setFocusProxy(stops[2])
    window.setCentralWidget(inside)
    window.show()
    assert [each.mapTo(window, QPoint(0, 0)).y() for each in stops] == sorted(each.y() for each in stops)
    assert list(tab_stops_of(window)) == stops


@pytest.mark.parametrize("goes", ["hide", "setDisabled"])
def test_the_keys_stay_beside_a_button_that_goes_with_what_it_did(goes: str, qtbot: QtBot) -> None:
    window, page = TabWindow(), QWidget()
    qtbot.addWidget(window)
    window.setCentralWidget(page)
    column = QVBoxLayout(page)
    tabs, bar, below = QPushButton("页签"), QWidget(), QPushButton("状态栏")
    for part in (tabs, bar, below):
        column.addWidget(part)
    inside = QVBoxLayout(bar)
    primary, other = QPushButton("归档"), QPushButton("转后续跟踪")
    inside.addWidget(primary)
    inside.addWidget(other)
    other.clicked.connect(lambda: other.hide() if goes == "hide" else other.setDisabled(True))
    window.show()
    qtbot.waitExposed(window)
    activate(window, qtbot)
    other.setFocus()
    QTest.keyClick(other, Qt.Key.Key_Space)
    assert QApplication.focusWidget() is primary
