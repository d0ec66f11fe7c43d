"""The import with large type on a low screen: what it is about stays in view, and nothing is drawn over anything."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractItemView, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from paizhu.ui import turns
from paizhu.ui.kit.held_in_view import HeldInView
from paizhu.ui.kit.scrolled import scrolling
from paizhu.ui.theme import Theme
from paizhu.ui.wizards.import_page import ImportPage
from paizhu.ui.wizards.import_panes import CHECK, DONE, HEADER, MAPPING

from .conftest import Opened

LEDGERS = Path(__file__).parents[3] / "data" / "ledgers"
LARGE, LARGEST = 15.75, 21.0
# 1366×768 less the frame of the window, its tabs and its status bar.
PAGES = {LARGE: (1366, 580), LARGEST: (1366, 540)}
WANTED = 4


def seen(widget: QWidget) -> QRect:
    return widget.visibleRegion().boundingRect()


def rows_seen(view: QAbstractItemView) -> int:
    """Return how many rows are seen from top to bottom."""
    model, port = view.model(), seen(view.viewport())
    places = [view.visualRect(model.index(row, 0)) for row in range(model.rowCount())]
    return sum(port.top() <= place.top() and place.bottom() <= port.bottom() + 1 for place in places if place.height())


@pytest.fixture(params=PAGES)
def page(request: pytest.FixtureRequest, look: Theme, opened: Opened, qtbot: QtBot) -> ImportPage:
    """The page with a ledger of six rows, opened on the small screen."""
    look.set_points(request.param)
    made = opened()
    made.resize(*PAGES[request.param])
    made.flow.add_files([LEDGERS / "talks_plain.xlsx"])
    settle(made, qtbot)
    return made


def settle(page: ImportPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page.flow.busy and not page._context.tasks.busy and not turns.waiting())


def come(page: ImportPage, step: int, qtbot: QtBot) -> None:
    while page.step < step:
        page.go_on()
        settle(page, qtbot)
    while page.step > step:
        page.go_back()
    settle(page, qtbot)


def test_enough_columns_are_seen_when_they_are_matched(page: ImportPage, qtbot: QtBot) -> None:
    come(page, MAPPING, qtbot)

    def whole() -> int:
        combos = [page.mapping.combo(letter) for letter in "ABCDEF"]
        return sum(seen(combo).height() == combo.height() for combo in combos)

    qtbot.waitUntil(lambda: whole() >= WANTED)


def test_enough_rows_are_seen_when_they_are_looked_through(page: ImportPage, qtbot: QtBot) -> None:
    come(page, CHECK, qtbot)
    qtbot.waitUntil(page.questions.asks)
    page.preview.choose("all")
    qtbot.waitUntil(lambda: rows_seen(page.preview.rows) >= WANTED)
    assert page.questions.isVisibleTo(page)


def test_the_names_asked_about_are_a_scroll_away(page: ImportPage, qtbot: QtBot) -> None:
    come(page, CHECK, qtbot)
    qtbot.waitUntil(page.questions.asks)
    page._scrolled.verticalScrollBar().setValue(0)
    combo = page.questions._combos[0]

    def is_scrolled_to() -> bool:
        # The page may still be laid out when it is scrolled for the first time.
        page._scrolled.ensureWidgetVisible(combo)
        return seen(combo).height() == combo.height()

    qtbot.waitUntil(is_scrolled_to)


def test_the_header_is_pointed_at_where_rows_are_seen(page: ImportPage, qtbot: QtBot) -> None:
    come(page, HEADER, qtbot)
    qtbot.waitUntil(lambda: rows_seen(page.header.table) >= WANTED - 1)
    parts = [page.header.table, page.header.headless, page.header.first, page.header._words]

    def drawn_over() -> bool:
        places = [QRect(each.mapTo(page.header, QPoint(0, 0)), each.size()) for each in parts]
        return any(one.intersects(other) for at, one in enumerate(places) for other in places[at + 1 :])

    qtbot.waitUntil(lambda: not drawn_over())


def test_what_became_of_the_batch_is_read_whole(page: ImportPage, qtbot: QtBot) -> None:
    come(page, CHECK, qtbot)
    come(page, DONE, qtbot)
    told = [label for label in page.done.findChildren(QLabel) if label.isVisible() and label.text()]
    assert told
    qtbot.waitUntil(lambda: all(label.height() >= label.heightForWidth(label.width()) for label in told))


def test_layouts_remembered_are_not_squeezed(page: ImportPage, qtbot: QtBot) -> None:
    come(page, DONE, qtbot)
    page.show_log()
    settle(page, qtbot)
    names = page.log.remembered.names
    assert names
    qtbot.waitUntil(lambda: all(name.height() >= name.sizeHint().height() for name in names))


def test_with_usual_type_nothing_scrolls(look: Theme, opened: Opened, qtbot: QtBot) -> None:
    look.set_points(10.5)
    page = opened(LEDGERS / "talks_plain.xlsx")
    page.resize(1366, 600)
    for step in (HEADER, MAPPING, CHECK):
        come(page, step, qtbot)
        qtbot.wait(0)
        assert page._scrolled.verticalScrollBar().maximum() == 0


@pytest.fixture
def part(qtbot: QtBot) -> tuple[QScrollArea, QWidget, QWidget]:
    """A scrolling pane, what stands above the part held in it, and the part."""
    inside = QWidget()
    above, held = QWidget(inside), QWidget(inside)
    inside.setFixedSize(200, 900)
    above.setGeometry(0, 0, 200, 100)
    held.setGeometry(0, 300, 200, 150)
    area = scrolling(inside)
    qtbot.addWidget(area)
    area.resize(220, 200)
    area.show()
    return area, above, held


def test_a_part_held_is_followed_until_somebody_scrolls(
    part: tuple[QScrollArea, QWidget, QWidget], qtbot: QtBot
) -> None:
    area, _above, held = part
    bar, keeper = area.verticalScrollBar(), HeldInView(area)
    keeper.hold(held)
    qtbot.waitUntil(lambda: seen(held).height() == 150)
    held.move(0, 600)
    qtbot.waitUntil(lambda: seen(held).height() == 150)
    bar.setValue(0)
    held.move(0, 500)
    qtbot.wait(20)
    assert bar.value() == 0


def test_a_part_higher_than_what_is_seen_is_shown_from_its_top(
    part: tuple[QScrollArea, QWidget, QWidget], qtbot: QtBot
) -> None:
    area, _above, held = part
    held.resize(200, 400)
    HeldInView(area).hold(held)
    qtbot.waitUntil(lambda: area.verticalScrollBar().value() == 300)
