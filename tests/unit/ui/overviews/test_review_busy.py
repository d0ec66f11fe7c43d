"""Typing at an item while the program counts its hints anew: no key, no word and no focus is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base.rows import Change
from paizhu.services.office import Office
from paizhu.services.reviews.reviewing import Reviewing
from paizhu.ui import theme
from paizhu.ui.context import Context
from paizhu.ui.events import Events
from paizhu.ui.overviews.review import ANSWER_AFTER_MS, ReviewOverview
from paizhu.ui.register.detail_stack import OVERVIEW
from paizhu.ui.register.page import RegisterPage
from paizhu.ui.tasks import Tasks
from paizhu.ui.theme import Scheme

REVIEW = registers.register("review_item")
Key = Qt.Key


@pytest.fixture
def context(office: Office, qapp: QApplication) -> Iterator[Context]:
    made = Context(office, Events(), Tasks(), theme.install(qapp, Scheme.LIGHT))
    yield made
    made.tasks.close()


@pytest.fixture
def item(office: Office) -> int:
    typed: dict[str, Any] = {"planned_meeting_at": "2026-03-18", "unit_id": "某市示例局", "supplier": "某示例公司"}
    office.records.save(REVIEW, {"title": "另一项采购", "category": "大额资金使用", "amount": "10万元", **typed})
    made = office.records.save(
        REVIEW, {"title": "系统运维采购", "category": "大额资金使用", "amount": "48.6万元", **typed}
    )
    return made.records[0][1]


@pytest.fixture
def page(context: Context, item: int, qtbot: QtBot) -> RegisterPage:
    """The page of review items, one of them open at its overview, its lists ready."""
    made = RegisterPage(context, (REVIEW,))
    qtbot.addWidget(made)
    made.resize(1500, 820)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.open_record(REVIEW.key, item)
    qtbot.waitUntil(lambda: not context.tasks.busy)
    qtbot.waitUntil(lambda: bool(overview_of(made).points.lines))
    return made


def overview_of(page: RegisterPage) -> ReviewOverview:
    overview = page.side.detail.overview
    assert isinstance(overview, ReviewOverview)
    return overview


@pytest.fixture
def recount(context: Context, office: Office, item: int) -> Callable[[], None]:
    """What the program tells when it has counted the hints of the item anew by itself."""

    def tell() -> None:
        changed = office.flags.recompute()
        whole = Change(frozenset({REVIEW.key}), ((REVIEW.key, item),), changed.entry)
        context.events.changed.emit(replace(whole, behind=True))

    return tell


def type_slowly(qtbot: QtBot, words: str, between: Callable[[], None]) -> None:
    """Type letter by letter into what has the focus, something happening after each."""
    for letter in words:
        target = QApplication.focusWidget()
        assert target is not None, "nothing takes the keys any more"
        qtbot.keyClicks(target, letter)
        between()


def test_words_typed_into_the_form_stand_there_after_a_recount(
    page: RegisterPage, recount: Callable[[], None], qtbot: QtBot
) -> None:
    page.run("edit")
    field = page.side.detail.form.fields["title"]
    focus = QApplication.focusWidget()
    assert focus is not None
    assert field.cell.isAncestorOf(focus)
    # Before the first letter too: the form stands open with nothing typed into it yet.
    recount()
    assert QApplication.focusWidget() is focus
    assert field.editing
    type_slowly(qtbot, "abc", recount)
    assert "abc" in str(field.raw())
    assert QApplication.focusWidget() is focus
    assert page.side.detail.strip.isHidden(), "nobody else changed anything"
    page.run("save")
    assert "abc" in str(page.side.detail.work.row.values["title"] if page.side.detail.work.row else "")


def test_a_note_being_typed_outlives_a_recount_and_the_answer_that_is_stored_meanwhile(
    page: RegisterPage, recount: Callable[[], None], office: Office, item: int, qtbot: QtBot
) -> None:
    overview = overview_of(page)
    overview.point_table.setFocus()
    qtbot.keyClick(overview.point_table, Key.Key_Space)
    qtbot.keyClicks(overview.point_table, "a")
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    recount()
    qtbot.wait(ANSWER_AFTER_MS + 100)
    qtbot.waitUntil(lambda: office.records.rows(REVIEW, item)["check"][0].values["answer"] == "yes")
    assert QApplication.focusWidget() is editor
    assert editor.text() == "a"
    type_slowly(qtbot, "bc", recount)
    qtbot.keyClick(editor, Key.Key_Return)
    qtbot.waitUntil(lambda: overview.points.lines[0].note == "abc")
    overview.flush()
    assert office.records.rows(REVIEW, item)["check"][0].values["note"] == "abc"


def test_the_opinion_being_written_outlives_a_recount(
    page: RegisterPage, recount: Callable[[], None], qtbot: QtBot
) -> None:
    text = overview_of(page).opinion.text
    text.setFocus()
    type_slowly(qtbot, "abc", recount)
    assert text.toPlainText() == "abc"
    assert QApplication.focusWidget() is text


def test_a_reason_that_is_asked_for_stays_with_what_was_typed(
    page: RegisterPage, recount: Callable[[], None], context: Context, qtbot: QtBot
) -> None:
    ask = page.side.detail.ask
    ask.ask("收回意见书", "", "收回", [("理由", None)])
    type_slowly(qtbot, "abc", recount)
    line = ask.lines()[0]
    assert isinstance(line, QLineEdit)
    assert (ask.isVisible(), line.text(), QApplication.focusWidget()) == (True, "abc", line)


def test_what_was_counted_is_shown_when_the_officer_has_ended(
    page: RegisterPage, context: Context, office: Office, item: int, recount: Callable[[], None], qtbot: QtBot
) -> None:
    shown: list[int] = []
    text = overview_of(page).opinion.text
    text.setFocus()
    page.side.detail.head_shown.connect(lambda: shown.append(1))
    recount()
    assert shown == []
    page.side.list.table.setFocus()
    qtbot.waitUntil(lambda: bool(shown), timeout=3000)


def test_ctrl_enter_is_answered_in_the_middle_of_recounts(
    page: RegisterPage, recount: Callable[[], None], context: Context, qtbot: QtBot
) -> None:
    detail = page.side.detail
    recount()
    assert detail.has_primary
    page.run("record.primary")
    # What the step lacks stands open and marked, and a recount leaves it so.
    assert (detail.form.is_open, detail.strip.isVisible()) == (True, True)
    told = detail.strip.accessibleName()
    recount()
    assert (detail.form.is_open, detail.strip.isVisible(), detail.strip.accessibleName()) == (True, True, told)
    detail.strip.hide()
    detail.bar.primary.refuse("先填上会日期")
    page.run("record.primary")
    assert "先填上会日期" in detail.strip.accessibleName()
    page.side.acts.close()
    with qtbot.waitSignal(context.events.said) as said:
        page.run("record.primary")
    assert said.args == ["这条记录现在没有可做的红色操作。", 0]


def test_the_focus_stays_in_the_record_when_what_it_last_stood_on_has_gone(
    page: RegisterPage, office: Office, item: int, qtbot: QtBot
) -> None:
    """From the form back to a link that went meanwhile, it fell out of the record: to the bar, or the window's tabs."""
    with office.vault.act("save", "审查") as act:
        act.change(REVIEW, item, None, {"state": "under_review"})
    page.open_record(REVIEW.key, item)
    detail = page.side.detail
    link = overview_of(page).points_rest
    qtbot.waitUntil(link.isVisible)
    link.setFocus()
    page.run("edit")
    focus = QApplication.focusWidget()
    assert focus is not None
    assert detail.form.isAncestorOf(focus)
    Reviewing(office.desk).answer_rest(item)
    link.hide()
    detail.header.tabs.setCurrentIndex(OVERVIEW)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert detail.isAncestorOf(focus)
