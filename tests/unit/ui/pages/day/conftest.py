"""The page of the day over a real vault."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from paizhu.ui.context import Context
from paizhu.ui.pages.day.today import TodayPage

Opened = Callable[[], TodayPage]


@pytest.fixture
def opened(context: Context, qtbot: QtBot) -> Opened:
    """Return how the page is made, shown and read."""

    def opening() -> TodayPage:
        page = TodayPage(context)
        qtbot.addWidget(page)
        page.resize(1366, 640)
        page.show()
        rest(page, qtbot)
        return page

    return opening


def rest(page: TodayPage, qtbot: QtBot) -> None:
    """Wait until the page shows what is due."""
    qtbot.waitUntil(lambda: page._ready and not page._reading.busy)
