"""A very long list keeps standing while its new order is worked out; the other heads are worked out ahead."""

from __future__ import annotations

import threading
from datetime import date
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from paizhu.base.view import Condition, Test, View
from paizhu.services import list_orders
from paizhu.services.office import Office
from paizhu.storage import queries
from paizhu.ui.context import Context
from paizhu.ui.register import list_standing, long_order, table_model
from paizhu.ui.register.page import RegisterPage
from paizhu.ui.register.place import Place
from paizhu.ui.tasks import Task
from paizhu.ui.turns import at_once
from tests.unit.ui.register.conftest import TALK, MakePage

BY_NAME = (("subject", False),)


@pytest.fixture
def talks(talks: list[int], monkeypatch: pytest.MonkeyPatch) -> list[int]:
    for module in (list_orders, list_standing, long_order):
        monkeypatch.setattr(module, "FELT", 2)
    monkeypatch.setattr(list_orders, "LONG", 2)
    # On a busy computer a test takes longer than the second after which other orders are worked out.
    monkeypatch.setattr(long_order, "_IDLE_MS", 60_000)
    return talks


def seen(page: RegisterPage) -> list[int]:
    model = page.side.list.model
    return [row.id for at in range(model.total) if (row := model.row(at))]


def test_the_list_stands_until_its_order_is_there(
    make_page: MakePage, talks: list[int], office: Office, qtbot: QtBot
) -> None:
    page = make_page()
    page.side.list.go_to(talks[1])
    page.side.list.table.sort_asked.emit("subject", False)
    assert seen(page) == talks[::-1]
    assert page.side.list.view.order == BY_NAME
    wanted = office.records.ids(page.side.list.view)
    qtbot.waitUntil(lambda: seen(page) == wanted)
    assert page.side.list.current_id() == talks[1]
    assert page.side.list.model.view.order == BY_NAME


def test_whoever_goes_to_a_record_has_the_order_at_once(make_page: MakePage, talks: list[int], office: Office) -> None:
    page = make_page()
    page.side.list.table.sort_asked.emit("subject", True)
    assert page.side.list.go_to(talks[2])
    assert seen(page) == office.records.ids(page.side.list.view)
    assert page.side.list.current_id() == talks[2]


def test_what_was_asked_for_last_is_shown(make_page: MakePage, talks: list[int], office: Office, qtbot: QtBot) -> None:
    page = make_page()
    page.side.list.table.sort_asked.emit("subject", True)
    page.side.list.table.sort_asked.emit("planned_date", False)
    assert seen(page) == talks
    qtbot.waitUntil(lambda: not page.side.list._context.tasks.busy)
    qtbot.wait(20)
    assert seen(page) == talks


def test_a_save_meanwhile_loses_neither_the_order_nor_itself(
    make_page: MakePage, talks: list[int], office: Office, context: Context, qtbot: QtBot
) -> None:
    page = make_page()
    page.side.list.table.sort_asked.emit("subject", False)
    version = office.records.get(TALK, talks[0]).version
    context.events.changed.emit(office.records.save(TALK, {"subject": "安示例"}, talks[0], version))
    qtbot.waitUntil(lambda: page.side.list.model.view.order == BY_NAME)
    assert seen(page)[0] == talks[0]
    version = office.records.get(TALK, talks[3]).version
    # Once the order is known, a write is shown in it at once.
    context.events.changed.emit(office.records.save(TALK, {"subject": "阿示例"}, talks[3], version))
    assert seen(page)[:2] == [talks[3], talks[0]]


def test_the_heads_in_sight_are_worked_out_ahead(
    make_page: MakePage, talks: list[int], office: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long_order, "_IDLE_MS", 1)
    page = make_page()
    shown = [column.key for column in page.side.list.model.columns if column.shown and TALK.has(column.key)]
    asked = [page.side.list.view.ordered(key, down) for key in shown for down in (False, True)]
    qtbot.waitUntil(lambda: all(map(office.records.is_at_hand, asked)))
    page.side.list.table.sort_asked.emit("subject", False)
    assert seen(page) == office.records.ids(page.side.list.view)
    # A column nobody sees is not.
    assert not office.records.is_at_hand(page.side.list.view.ordered("place"))


def test_a_lock_meanwhile_shows_nothing(make_page: MakePage, talks: list[int], office: Office, qtbot: QtBot) -> None:
    page = make_page()
    page.side.list.table.sort_asked.emit("subject", False)
    office.vault.close()
    qtbot.waitUntil(lambda: not page.side.list._context.tasks.busy)
    qtbot.wait(20)
    assert page.side.list.model.view.order != BY_NAME


@pytest.fixture
def left(make_page: MakePage, talks: list[int], office: Office, qtbot: QtBot) -> Place:
    """Where the officer stood when the vault was locked: on a record in an order that nobody knows any more."""
    page = make_page()
    page.side.list.table.sort_asked.emit("subject", False)
    at_once(page.side.opening(talks[2]))
    place = page.place()
    page.save_draft()
    page.hide()
    office.desk.orders = list_orders.Orders(office.vault)
    return place


def come_back(make_page: MakePage, office: Office, left: Place) -> RegisterPage:
    """Return to a place from another order; the order there is not known yet."""
    page = make_page()
    page.side.list.table.sort_asked.emit("planned_date", False)
    office.desk.orders = list_orders.Orders(office.vault)
    page.return_to(left)
    assert page.side.list.model.view.order != BY_NAME
    return page


def test_coming_back_waits_for_the_order_and_then_stands_on_the_record(
    left: Place, make_page: MakePage, talks: list[int], office: Office, qtbot: QtBot
) -> None:
    page = come_back(make_page, office, left)
    qtbot.waitUntil(lambda: page.side.list.model.view.order == BY_NAME)
    assert page.side.list.current_id() == talks[2]
    page.rest.finish()
    assert page.side.detail.work.record_id == talks[2]


def test_a_lock_before_it_came_back_forgets_nothing(
    left: Place, make_page: MakePage, talks: list[int], office: Office
) -> None:
    page = come_back(make_page, office, left)
    assert page.place() == left


def test_going_elsewhere_before_it_came_back_stays_there(
    left: Place, make_page: MakePage, talks: list[int], office: Office, qtbot: QtBot
) -> None:
    page = come_back(make_page, office, left)
    page.side.list.table.sort_asked.emit("planned_date", False)
    page.side.list.go_to(talks[4])
    qtbot.waitUntil(lambda: not page.side.list._context.tasks.busy)
    qtbot.wait(20)
    assert page.side.list.current_id() == talks[4]
    assert page.side.list.view.order == (("planned_date", False),)


def test_who_does_not_wait_has_the_order_of_before(
    make_page: MakePage, talks: list[int], context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = make_page()
    go_on = threading.Event()
    monkeypatch.setattr(context.office.desk.orders, "work_out", lambda _view: go_on.wait(10))
    started: list[Task] = []
    context.tasks.started.connect(started.append)
    page.side.list.table.sort_asked.emit("subject", False)
    started[0].cancel()
    go_on.set()
    qtbot.waitUntil(lambda: not context.tasks.busy)
    assert seen(page) == talks[::-1]
    assert page.side.list.view.order == (("planned_date", True),)
    assert page.side.list.table.layout_data()["sort"] == ["planned_date", True]


def test_orders_that_stand_already_are_brought_up_to_date_one_by_one(
    make_page: MakePage, talks: list[int], office: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = make_page()
    ahead = page.side.list.findChild(long_order.LongOrder)
    assert ahead is not None
    views = [View(TALK.key, order=((name, False),)) for name in ("subject", "planned_date", "place")]
    for view in views:
        office.records.work_out_order(view)
    looked: list[int] = []
    look = office.records.is_worked_out

    def noted(view: View) -> bool:
        looked[-1] += 1
        return look(view)

    monkeypatch.setattr(ahead._records, "is_worked_out", noted)
    work = ahead._work_ahead

    def turn() -> None:
        looked.append(0)
        work()

    monkeypatch.setattr(ahead, "_work_ahead", turn)
    ahead._ahead = list(views)
    ahead._idle.start(0)
    qtbot.waitUntil(lambda: sum(looked) == len(views))
    # Keys and clicks come in between.
    assert max(looked) == 1


@pytest.fixture
def reading_on(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of what looked at every record of a view on the window's thread."""
    seen: list[str] = []

    def noting(name: str) -> None:
        does = getattr(queries, name)

        def noted(connection: Any, view: View, *rest: Any) -> Any:
            most = rest[0] if name == "count" and rest else None
            if threading.current_thread() is threading.main_thread() and view.conditions and most is None:
                seen.append(name)
            return does(connection, view, *rest)

        monkeypatch.setattr(queries, name, noted)

    for name in ("every_id", "members", "count", "position"):
        noting(name)
    return seen


def test_a_narrower_view_is_picked_out_and_counted_beside_the_window(
    make_page: MakePage, talks: list[int], office: Office, qtbot: QtBot, reading_on: list[str]
) -> None:
    page = make_page()
    pane = page.side.list
    qtbot.waitUntil(lambda: not pane._context.tasks.busy)
    narrow = View(TALK.key, (Condition("planned_date", Test.SINCE, date(2000, 1, 1)),), BY_NAME)
    office.records.work_out_order(View(TALK.key, order=BY_NAME))
    reading_on.clear()
    pane.show_view(narrow, ["计划日期"])
    qtbot.waitUntil(lambda: pane.model.view == narrow)
    rows = seen(page)
    assert reading_on == []
    assert rows == office.records.ids(narrow)
    pane.show_view(View(TALK.key, order=BY_NAME))
    reading_on.clear()
    # Once it was worked out it stands at once, and a write changes nothing in that.
    version = office.records.get(TALK, talks[0]).version
    pane._context.events.changed.emit(office.records.save(TALK, {"subject": "安示例"}, talks[0], version))
    pane.show_view(narrow, ["计划日期"])
    assert pane.model.view == narrow
    assert seen(page)[0] == talks[0]
    assert reading_on == []


def test_the_rest_of_a_long_view_is_counted_beside_the_window(
    make_page: MakePage, talks: list[int], qtbot: QtBot, reading_on: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_model, "WINDOW", 2)
    page = make_page()
    pane = page.side.list
    narrow = pane.view.where(Condition("planned_date", Test.SINCE, date(2000, 1, 1)))
    reading_on.clear()
    with qtbot.waitSignal(pane.model.counted):
        pane.show_view(narrow, ["计划日期"])
        assert pane.model.total == 2
        assert pane.counts_words().startswith("共 2 条以上 · ")
    assert pane.model.total == len(talks)
    assert pane.counts_words().startswith(f"共 {len(talks)} 条 · ")
    assert "count" not in reading_on
