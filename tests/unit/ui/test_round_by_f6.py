"""F6 leads round what stands above the page as well: an offer to take a draft up again is reached by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.services.drafts import Drafts
from paizhu.ui.left_drafts import STRIP
from paizhu.ui.main_window import MainWindow
from paizhu.ui.register.page import RegisterPage
from paizhu.ui.tabs import TABS, Tab
from tests.unit.ui.windows import act, desk_of, office_of, page_at, settle

TALK, REVIEW = registers.register("integrity_talk"), registers.register("review_item")


@pytest.fixture
def tabs() -> tuple[Tab, ...]:
    """The tabs as they are."""
    return TABS


def with_draft_told(window: MainWindow) -> None:
    Drafts(office_of(window).desk).keep(TALK, None, {"record": "写到一半"})
    desk_of(window).drafts.show()


def in_strip(window: MainWindow) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and desk_of(window).strips.isAncestorOf(focus)


def steps_to_strip(window: MainWindow, action: str) -> int:
    for steps in range(1, 9):
        act(window, action)
        if in_strip(window):
            return steps
    return 0


@pytest.mark.parametrize("action", ["pane.next", "pane.previous"])
def test_the_offer_of_a_draft_is_reached_from_a_list_and_from_today(
    window: MainWindow, qtbot: QtBot, action: str
) -> None:
    with_draft_told(window)
    office_of(window).records.save(TALK, {"subject": "示例甲", "planned_date": "2026-03-02"})
    assert steps_to_strip(window, action), "from the page of today"
    page = page_at(window, "talks", RegisterPage)
    settle(qtbot, window)
    page.side.list_now.table.setFocus()
    assert steps_to_strip(window, action), "from a list"
    act(window, "pane.next")
    assert page.toolbar.new_button.hasFocus()
    page._view_menu.button.setFocus()
    act(window, "pane.next")
    assert page.side.list_now.table.hasFocus(), "every button of the bar belongs to the bar"
    act(window, "pane.previous")
    assert page.toolbar.new_button.hasFocus()
    act(window, "pane.previous")
    assert in_strip(window)


def test_in_the_bar_below_a_record_the_red_button_comes_first(window: MainWindow, qtbot: QtBot) -> None:
    office_of(window).records.save(REVIEW, {"title": "示例议题", "category": "大额资金使用"})
    page = page_at(window, "reviews", RegisterPage)
    settle(qtbot, window)
    bar = page.side.detail.bar
    # A list that was just come to shows its first record a moment later.
    qtbot.waitUntil(bar.primary.isVisible)
    settle(qtbot, window)
    assert bar.undo.isVisible()
    page.side.list_now.table.setFocus()
    for _step in range(2):
        act(window, "pane.next")
    assert bar.primary.hasFocus()


def test_the_draft_is_taken_up_by_keys_alone(window: MainWindow, qtbot: QtBot) -> None:
    with_draft_told(window)
    steps_to_strip(window, "pane.next")
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName().startswith("接着填")
    QTest.keyClick(focus, Qt.Key.Key_Space)
    settle(qtbot, window)
    assert desk_of(window).pages.current_key == "talks"
    page = desk_of(window).pages.currentWidget()
    assert isinstance(page, RegisterPage)
    assert page.side.detail.work.is_new
    held = QApplication.focusWidget()
    assert held is not None
    assert page.isAncestorOf(held)


def test_esc_puts_a_strip_away_that_may_be_closed(window: MainWindow) -> None:
    with_draft_told(window)
    steps_to_strip(window, "pane.next")
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Escape)
    assert STRIP not in desk_of(window).strips.names()
