"""An item without a category, and one that is reviewed a second time, by key and mouse over a real vault."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.ui.context import Context
from paizhu.ui.overviews.review import ReviewOverview
from paizhu.ui.register.detail_stack import FORM, OVERVIEW
from paizhu.ui.register.page import RegisterPage

REVIEW = registers.register("review_item")
MEETING = registers.register("meeting")


def opened(context: Context, qtbot: QtBot, **typed: Any) -> tuple[RegisterPage, ReviewOverview, int]:
    item = context.office.records.save(REVIEW, typed).records[0][1]
    page = RegisterPage(context, (REVIEW, MEETING))
    qtbot.addWidget(page)
    page.resize(1500, 820)
    page.show()
    qtbot.waitExposed(page)
    page.open_record(REVIEW.key, item)
    overview = page.side.detail.overview
    assert isinstance(overview, ReviewOverview)
    return page, overview, item


def test_an_item_without_a_category_gets_the_one_of_its_title_by_one_key(context: Context, qtbot: QtBot) -> None:
    page, overview, item = opened(context, qtbot, title="某科科长拟任人选")
    pane = page.side.detail
    assert overview._point_counts.words() == "先选事项类别，清单随之列出"
    assert pane.bar.primary.text().startswith("事项类别记为“重要干部任免”")
    pane.ways_on.press_primary()
    qtbot.waitUntil(lambda: bool(overview.points.lines))
    assert context.office.records.get(REVIEW, item).values["category"] == "appointment"
    assert overview.offers() == ()


def test_a_title_that_tells_nothing_leads_to_the_choice(context: Context, qtbot: QtBot) -> None:
    page, _overview, item = opened(context, qtbot, title="其他")
    assert page.side.detail.bar.primary.text().startswith("选事项类别")
    page.side.detail.ways_on.press_primary()
    assert context.office.records.get(REVIEW, item).values["category"] is None


def test_a_second_review_has_no_choice_and_the_earlier_opinion_beside_it(context: Context, qtbot: QtBot) -> None:
    page, overview, item = opened(context, qtbot, title="示例采购", category="大额资金使用", amount="30万元")
    office = context.office
    assert overview.opinion.earlier.isHidden()
    with office.vault.act("step", "准备") as act:
        given = {"state": "opinion_signed", "opinion": "postpone", "opinion_text": "先补充比价材料"}
        act.change(REVIEW, item, None, given)
    context.events.changed.emit(office.records.save(REVIEW, {"amount": "32万元"}, item))
    assert not any(radio.isChecked() for radio in overview.opinion._radios.values())
    assert overview.opinion.words == ""
    assert overview.opinion.earlier.words.words() == "上次意见：暂缓上会"
    QTest.mouseClick(overview.opinion.earlier.take, Qt.MouseButton.LeftButton)
    assert overview.opinion.words == "先补充比价材料"
    page.hide()


def test_a_step_that_lacked_a_field_goes_back_to_where_it_was_asked(context: Context, qtbot: QtBot) -> None:
    meeting = context.office.records.save(MEETING, {"name": "示例党组会", "held_at": "2026-03-18 09:30"}).records[0][1]
    ref = {"label": "示例党组会", "register": "meeting", "id": meeting}
    typed = {"title": "示例采购", "category": "大额资金使用", "meeting": ref, "planned_meeting_at": "2026-03-18"}
    page, overview, item = opened(context, qtbot, **typed)
    pane = page.side.detail
    qtbot.waitUntil(lambda: bool(overview.points.lines))
    pane.ways_on.press_primary()
    assert pane.header.tabs.currentIndex() == FORM
    pane.form.fields["submitted_at"].show_raw("2026-03-16 9:00")
    pane.ways_on.press_primary()
    assert context.office.records.get(REVIEW, item).state == "material_check"
    assert pane.header.tabs.currentIndex() == OVERVIEW
