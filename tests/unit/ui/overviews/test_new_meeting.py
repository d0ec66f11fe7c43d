"""A meeting that was just registered is gone on with at its agenda, not at the step that comes after the meeting."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paizhu.ui.main_window import MainWindow
from paizhu.ui.overviews.review_meeting import MeetingOverview
from paizhu.ui.register.page import RegisterPage
from paizhu.ui.tabs import TABS, Tab
from tests.unit.ui.windows import act, desk_of, page_at, settle


@pytest.fixture
def tabs() -> tuple[Tab, ...]:
    """The tabs as they are."""
    return TABS


def test_the_cursor_stands_on_the_way_to_the_agenda(window: MainWindow, qtbot: QtBot) -> None:
    page = page_at(window, "reviews", RegisterPage)
    settle(qtbot, window)
    desk_of(window).open_new("meeting", {"name": "示例局党组会", "kind": "党组会", "held_at": "2026-03-19 09:30"})
    settle(qtbot, window)
    detail = page.side.detail
    assert detail.form.isAncestorOf(QApplication.focusWidget() or page)
    act(window, "record.save")
    settle(qtbot, window)
    overview = detail.overview
    assert isinstance(overview, MeetingOverview)
    assert overview.paste_button.hasFocus()
    QTest.keyClick(overview.paste_button, Qt.Key.Key_Space)
    assert overview.paste.text.hasFocus()
