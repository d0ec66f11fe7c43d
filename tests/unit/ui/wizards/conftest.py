"""The import page over a real vault."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from paizhu.ui import turns
from paizhu.ui.context import Context
from paizhu.ui.wizards.import_page import ImportPage

Opened = Callable[..., ImportPage]


@pytest.fixture
def opened(context: Context, qtbot: QtBot) -> Opened:
    """Return how the page is opened with files that are then read; without any it waits for some."""

    def opening(*paths: Path, register: str = "") -> ImportPage:
        page = ImportPage(context, [], register)
        qtbot.addWidget(page)
        page.resize(1366, 700)
        page.show()
        if paths:
            page.flow.add_files(list(paths))
        rest(page, qtbot)
        return page

    return opening


def rest(page: ImportPage, qtbot: QtBot) -> None:
    """Wait until nothing runs, and what was read aside is shown."""
    qtbot.waitUntil(lambda: not page.flow.busy and not page._context.tasks.busy and not turns.waiting())
