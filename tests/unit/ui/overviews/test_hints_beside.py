"""Over a large ledger the hints of a review item are compared beside the window: they come a moment later."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.services.flags import computing
from paizhu.services.office import Office
from paizhu.services.reviews.hints import ReviewHint, ReviewHints
from paizhu.ui.context import Context
from paizhu.ui.overviews.review import ReviewOverview

REVIEW = registers.register("review_item")

pytestmark = pytest.mark.usefixtures("look")


@pytest.fixture
def compared_on(monkeypatch: pytest.MonkeyPatch) -> list[threading.Thread]:
    """Let every ledger count as a large one; returns the threads on which hints were compared."""
    monkeypatch.setattr(computing, "_AT_ONCE", 0)
    found: list[threading.Thread] = []
    of = computing.Flags.of

    def listen(self: computing.Flags, review_id: int) -> Any:
        found.append(threading.current_thread())
        return of(self, review_id)

    monkeypatch.setattr(computing.Flags, "of", listen)
    return found


def save(office: Office, title: str) -> int:
    given = {"title": title, "category": "大额资金使用", "supplier": "某示例公司", "amount": "48.60万元"}
    meeting = {"planned_meeting_at": "2026-03-18", "submitted_at": "2026-03-16 09:00", "unit_id": "某市示例局"}
    return office.records.save(REVIEW, {**given, **meeting}).records[0][1]


def shown(overview: ReviewOverview, office: Office, record_id: int) -> None:
    overview.show_record(office.records.get(REVIEW, record_id))


def open_hint(overview: ReviewOverview) -> ReviewHint:
    return next(hint for hint in overview.hints._hints if hint.pair and not hint.settled)


def test_the_window_compares_nothing_itself(
    office: Office, context: Context, qtbot: QtBot, compared_on: list[threading.Thread]
) -> None:
    one, other = save(office, "示例采购一"), save(office, "示例采购二")
    overview = ReviewOverview(context)
    qtbot.addWidget(overview)
    shown(overview, office, one)
    assert overview.hints._title.text() == "正在比对…"
    shown(overview, office, other)
    qtbot.waitUntil(lambda: not context.tasks.busy and bool(overview.hints._hints))
    assert overview.hints._hints == ReviewHints(office.desk).of(office.records.get(REVIEW, other)), "those of the last"
    assert threading.main_thread() not in compared_on[:-1]


def test_what_is_wanting_after_the_meeting_comes_with_the_hints(
    office: Office, context: Context, qtbot: QtBot, compared_on: list[threading.Thread]
) -> None:
    item = save(office, "示例采购一")
    with office.vault.act("save", "已决议") as act:
        act.change(REVIEW, item, None, {"state": "resolved", "decided": "agreed", "last_speak_ok": False})
    overview = ReviewOverview(context)
    qtbot.addWidget(overview)
    shown(overview, office, item)
    strip = overview.defects.strip
    assert strip.accessibleName().startswith("会后核对")
    qtbot.waitUntil(lambda: "末位表态" in strip.accessibleName())
    assert len(compared_on) == 1, "one comparing tells both"
    assert threading.main_thread() not in compared_on


def test_who_asks_for_the_finding_before_the_hints_came_finds_its_words(
    office: Office, context: Context, qtbot: QtBot, compared_on: list[threading.Thread]
) -> None:
    item = save(office, "示例采购一")
    with office.vault.act("save", "已决议") as act:
        act.change(REVIEW, item, None, {"state": "resolved", "decided": "agreed", "last_speak_ok": False})
    overview = ReviewOverview(context)
    qtbot.addWidget(overview)
    shown(overview, office, item)
    overview.defects.strip.acted.emit("make")
    (words,) = overview.defects.ask.lines()
    assert isinstance(words, QLineEdit)
    assert "末位表态" in words.text()
    qtbot.waitUntil(lambda: not context.tasks.busy)
    assert isinstance(words, QLineEdit)
    assert "末位表态" in words.text()


def test_a_hint_is_settled_beside_the_window_and_shown_so(
    office: Office, context: Context, qtbot: QtBot, compared_on: list[threading.Thread]
) -> None:
    item = save(office, "示例采购一")
    save(office, "示例采购二")
    overview = ReviewOverview(context)
    qtbot.addWidget(overview)
    said: list[str] = []
    context.events.said.connect(lambda words, _entry: said.append(words))
    shown(overview, office, item)
    qtbot.waitUntil(lambda: not context.tasks.busy and bool(overview.hints._hints))
    hint = open_hint(overview)
    overview.hints.settled.emit(hint, "示例：已看合同")
    qtbot.waitUntil(lambda: not context.tasks.busy and any(each.settled for each in overview.hints._hints))
    assert said == [f"已核实：{hint.finding}"]
    overview.hints.brought_back.emit(hint)
    qtbot.waitUntil(lambda: not context.tasks.busy and open_hint(overview).pair == hint.pair)
    assert threading.main_thread() not in compared_on


def test_a_hint_that_is_gone_by_then_is_told(
    office: Office, context: Context, qtbot: QtBot, compared_on: list[threading.Thread]
) -> None:
    item = save(office, "示例采购一")
    overview = ReviewOverview(context)
    qtbot.addWidget(overview)
    shown(overview, office, item)
    qtbot.waitUntil(lambda: not context.tasks.busy and bool(overview.hints._hints))
    gone = next(hint for hint in overview.hints._hints if hint.pair)
    office.records.void(REVIEW, [item], "示例重复")
    overview.hints.settled.emit(gone, "示例")
    qtbot.waitUntil(lambda: not overview.strip.isHidden())
    assert "这条提示已经不在了" in overview.strip.accessibleName()
