"""The columns of a review page: beside each other while there is room, one below the other where there is none."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.services.office import Office
from paizhu.services.reviews.reviewing import Reviewing
from paizhu.ui.context import Context
from paizhu.ui.kit.scrolled import scrolling
from paizhu.ui.overviews.review import ReviewOverview
from paizhu.ui.theme import Theme

REVIEW = registers.register("review_item")


pytestmark = pytest.mark.usefixtures("look")


@pytest.fixture
def item(office: Office) -> int:
    typed = {
        "title": "系统运维采购",
        "category": "大额资金使用",
        "amount": "48.60万元",
        "submitted_at": "2026-03-16 09:00",
    }
    return office.records.save(REVIEW, {**typed, "planned_meeting_at": "2026-03-17"}).records[0][1]


@pytest.mark.parametrize(("width", "beside"), [(1000, True), (760, True), (600, False), (420, False)])
def test_the_side_column_stays_beside_while_there_is_room_and_nothing_scrolls_sideways(
    context: Context, item: int, qtbot: QtBot, width: int, beside: bool
) -> None:
    Reviewing(context.office.desk).prepare(item)
    overview = ReviewOverview(context)
    qtbot.addWidget(overview)
    overview.show_record(context.office.records.get(REVIEW, item))
    overview.resize(width, 400)
    overview.show()
    qtbot.waitExposed(overview)
    assert overview.columns.beside is beside
    assert overview.minimumSizeHint().width() <= width
    qtbot.waitUntil(lambda: overview.point_table.horizontalScrollBar().maximum() == 0)
    assert (overview.heightForWidth(width) <= 400) is beside
    if beside:
        overview.resize(width, 400)
        box = overview.opinion.text
        assert box.mapTo(overview, box.rect().bottomLeft()).y() <= overview.height()


def test_large_letters_put_the_side_column_below(context: Context, item: int, qtbot: QtBot, look: Theme) -> None:
    overview = ReviewOverview(context)
    qtbot.addWidget(overview)
    overview.resize(1000, 600)
    overview.show_record(context.office.records.get(REVIEW, item))
    overview.show()
    look.set_points(16)
    overview.columns.fit()
    assert not overview.columns.beside


def test_a_settled_opinion_leaves_its_room_to_the_hints(context: Context, item: int, qtbot: QtBot) -> None:
    Reviewing(context.office.desk).prepare(item)
    overview = ReviewOverview(context)
    pane = scrolling(overview)
    qtbot.addWidget(pane)
    overview.show_record(context.office.records.get(REVIEW, item))
    pane.resize(940, 360)
    pane.show()
    qtbot.waitExposed(pane)
    hints, side = overview.columns._hint_scroll, overview.columns._side
    qtbot.waitUntil(lambda: hints.height() < overview.hints.height_now(side.width()), timeout=8000)
    written = hints.height()
    with context.office.vault.act("step", "示例") as act:
        act.change(REVIEW, item, None, {"state": "opinion_signed", "opinion": "ok"})
    overview.show_record(context.office.records.get(REVIEW, item))
    qtbot.waitUntil(lambda: hints.height() > written + 40, timeout=8000)
    # Neither lies over the other, also where the hints take more than half.
    qtbot.waitUntil(lambda: overview.opinion.y() == hints.geometry().bottom() + 1, timeout=8000)
    assert overview.opinion.geometry().bottom() < side.height()
    pane.resize(1100, 900)
    qtbot.waitUntil(lambda: overview.opinion.geometry().bottom() + 1 == side.height() > 600, timeout=8000)
    assert overview.opinion.y() == hints.geometry().bottom() + 1


def test_the_hints_have_their_height_as_soon_as_they_are_shown(context: Context, item: int, qtbot: QtBot) -> None:
    overview = ReviewOverview(context)
    qtbot.addWidget(overview)
    overview.resize(1000, 700)
    overview.show()
    qtbot.waitExposed(overview)
    overview.show_record(context.office.records.get(REVIEW, item))
    assert overview.hints._cards
    qtbot.waitUntil(lambda: overview.hints.visibleRegion().boundingRect().height() > 150)


def test_a_card_folded_by_the_officer_stays_folded(context: Context, item: int, qtbot: QtBot) -> None:
    overview = ReviewOverview(context)
    qtbot.addWidget(overview)
    overview.resize(1000, 1400)
    overview.show_record(context.office.records.get(REVIEW, item))
    overview.show()
    qtbot.waitExposed(overview)
    overview.hints._cards[0].set_folded(True)
    QApplication.processEvents()
    overview.columns.fit()
    assert overview.hints._cards[0].property("folded")
