"""After a write the records behind the chips are counted off the window's thread, and the chips told then."""

import threading
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from paizhu.base.view import View
from paizhu.services.office import Office
from paizhu.storage import queries
from paizhu.ui import turns
from paizhu.ui.context import Context

from .conftest import TALK, MakePage


def test_the_window_counts_nothing_itself_after_a_write(
    make_page: MakePage,
    talks: list[int],
    office: Office,
    context: Context,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = make_page()
    count, tally, here, aside = queries.count, queries.tally, list[str](), list[str]()

    def noted(what: str) -> None:
        (here if threading.current_thread() is threading.main_thread() else aside).append(what)

    def counting(connection: Any, view: View, most: int | None = None) -> int:
        if view.missing:
            noted("missing")
        return count(connection, view, most)

    def tallying(connection: Any, view: View, name: str) -> dict[Any, int]:
        noted("states")
        return tally(connection, view, name)

    monkeypatch.setattr(queries, "count", counting)
    monkeypatch.setattr(queries, "tally", tallying)
    change = office.records.save(TALK, {"subject": "示例甲", "planned_date": "2026-03-09"})
    context.events.changed.emit(change)
    qtbot.waitUntil(lambda: not context.tasks.busy and not turns.waiting() and bool(aside))
    chips = {button.chip.words: button.chip.count for button in page.toolbar.chips._buttons}
    assert (chips["全部"], chips["2026 年"], chips["已计划"]) == (6, 6, 6)
    assert sorted(set(aside)) == ["missing", "states"]
    assert here == []
