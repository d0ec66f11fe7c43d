"""An order that no index keeps is worked out once for a long list; a write moves only what it changed."""

from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest

from paizhu import registers
from paizhu.base.rows import Ref
from paizhu.base.view import DUE, Condition, Test, View
from paizhu.services import list_orders
from paizhu.services.list_orders import LONG
from paizhu.services.office import Office
from paizhu.storage import placing, queries

TALK = registers.register("integrity_talk")
PERSON = registers.register("person")
VIEW = View(TALK.key)
COUNT = LONG + 50
NAMES = ("示例丁", "示例甲", "示例丙", "示例乙")
BY_NAME = VIEW.ordered("subject")
HELD = Condition("state", Test.ONE_OF, ("held",))
IN_ROOM = Condition("place", Test.CONTAINS, "谈话室")


@pytest.fixture
def office(office: Office) -> Office:
    with office.vault.act("import", "示例") as act:
        for number in range(COUNT):
            day = date(2020 + number % 6, 1 + number % 12, 1)
            state = "held" if number % 3 else "planned"
            place = "示例谈话室" if number % 5 else None
            who = Ref(NAMES[number % 4])
            act.create(TALK, {"subject": who, "planned_date": day, "state": state, "place": place})
    return office


@pytest.fixture
def sorted_views(monkeypatch: pytest.MonkeyPatch) -> list[View]:
    """The views of which all ids were asked for."""
    seen: list[View] = []
    every = queries.every_id

    def noted(connection: Any, view: View) -> Any:
        seen.append(view)
        return every(connection, view)

    monkeypatch.setattr(queries, "every_id", noted)
    return seen


@pytest.fixture
def looked_through(monkeypatch: pytest.MonkeyPatch) -> list[View]:
    """The views for which every record was looked at."""
    seen: list[View] = []

    def noting(name: str) -> None:
        does = getattr(queries, name)

        def noted(connection: Any, view: View, *rest: Any) -> Any:
            seen.append(view)
            return does(connection, view, *rest)

        monkeypatch.setattr(queries, name, noted)

    for name in ("every_id", "members", "window", "glimpse", "position"):
        noting(name)
    return seen


def shown(office: Office, view: View, offset: int, total: int | None = COUNT) -> list[int]:
    return [record[0] for record in office.records.glimpse(view, offset, 40, total).records]


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("name", ["subject", "place", "planned_date", "state", "kind"])
def test_every_window_stands_in_the_order_of_the_view(office: Office, name: str, descending: bool) -> None:
    view = VIEW.ordered(name, descending)
    whole = office.records.ids(view)
    for offset in (0, 40, COUNT // 2, COUNT - 10):
        assert shown(office, view, offset) == whole[offset : offset + 40]
        assert shown(office, view, offset, None) == whole[offset : offset + 40]
        assert office.records.position(view, whole[offset]) == offset
    assert office.records.position(view, COUNT + 1) is None


def test_windows_of_one_order_are_sorted_once(office: Office, sorted_views: list[View]) -> None:
    for offset in range(0, COUNT, 400):
        shown(office, BY_NAME, offset)
    assert sorted_views == [BY_NAME]


def test_what_an_index_keeps_is_not_kept_twice(office: Office, sorted_views: list[View]) -> None:
    for view in (VIEW.ordered("planned_date", True), VIEW.ordered("state")):
        shown(office, view, 400)
    # A short list is sorted again for each window.
    few = BY_NAME.where(Condition("planned_date", Test.SINCE, date(2025, 12, 1)))
    shown(office, few, 0, office.records.count(few))
    assert sorted_views == []


def test_a_write_moves_only_what_it_changed(office: Office, sorted_views: list[View]) -> None:
    names = ("subject", "place", "kind", "reason")
    views = [VIEW.ordered(name, down) for name in names for down in (False, True)]
    for view in views:
        office.records.work_out_order(view)
    random = Random(20260301)
    some = office.records.ids(VIEW)
    for turn in range(12):
        _write_something(office, random, some[turn * 7], turn)
        sorted_views.clear()
        stands = {view: office.desk.orders.of(view, COUNT) for view in views}
        assert sorted_views == []
        for view, ids in stands.items():
            assert list(ids or ()) == office.records.ids(view)
            assert office.desk.orders.at_hand(view)
    assert office.records.position(views[0], some[0]) is None


def _write_something(office: Office, random: Random, record_id: int, turn: int) -> None:
    records, row = office.records, office.records.get(TALK, record_id)
    match turn % 4:
        case 0:
            change = records.void(TALK, [record_id], "重复登记")
            if turn % 8:
                office.history.undo(change.entry)
        case 1:
            typed = {"subject": random.choice(NAMES), "place": f"示例{random.randrange(9)}号室", "kind": "提醒"}
            records.save(TALK, typed, record_id, row.version)
        case 2:
            records.save(TALK, {"subject": random.choice(NAMES), "planned_date": "2026-03-04", "place": "示例室"})
        case _:
            change = records.save(TALK, {"reason": "年度", "subject": NAMES[1]}, record_id, row.version)
            office.history.undo(change.entry)


def test_a_new_name_or_very_many_changes_sort_anew(office: Office, sorted_views: list[View]) -> None:
    person = office.records.save(PERSON, {"name": "示例甲", "post_now": "示例处处长"}).records[0][1]
    record_id = office.records.ids(VIEW)[3]
    version = office.records.get(TALK, record_id).version
    office.records.save(TALK, {"subject": Ref("示例甲", PERSON.key, person)}, record_id, version)
    office.records.work_out_order(BY_NAME)
    office.records.save(PERSON, {"name": "示例安"}, person, office.records.get(PERSON, person).version)
    assert office.records.ids(BY_NAME).index(record_id) == 0
    office.records.work_out_order(BY_NAME)
    assert shown(office, BY_NAME, 0)[0] == record_id
    sorted_views.clear()
    office.records.void(TALK, office.records.ids(VIEW)[: placing.MOST + 1], "重复登记")
    left = COUNT - placing.MOST - 1
    assert shown(office, BY_NAME, 0, left) == office.records.ids(BY_NAME)[:40]
    shown(office, BY_NAME, 40, left)
    assert BY_NAME in sorted_views


def test_a_narrower_view_takes_its_own_from_the_whole(office: Office, sorted_views: list[View]) -> None:
    office.records.work_out_order(BY_NAME)
    sorted_views.clear()
    later = BY_NAME.where(Condition("planned_date", Test.SINCE, date(2021, 1, 1)))
    for total in (None, office.records.count(later)):
        assert shown(office, later, 80, total) == office.records.ids(later)[80:120]
    assert later not in sorted_views[:-2]


def test_an_order_that_would_be_felt_is_not_at_hand_until_it_is_worked_out(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert office.records.is_at_hand(BY_NAME)
    monkeypatch.setattr(list_orders, "FELT", 200)
    few = BY_NAME.where(Condition("planned_date", Test.SINCE, date(2025, 12, 1)))
    assert not office.records.is_at_hand(BY_NAME)
    assert all(office.records.is_at_hand(view) for view in (few, VIEW.ordered("planned_date", True)))
    assert office.records.is_at_hand(VIEW.ordered("state"))
    office.records.work_out_order(few)
    assert office.records.is_at_hand(BY_NAME)


@pytest.mark.parametrize("order", [(("state", False),), (("state", True),), (("planned_date", True),), BY_NAME.order])
@pytest.mark.parametrize("conditions", [(HELD,), (IN_ROOM,), (HELD, IN_ROOM)])
def test_a_narrower_view_that_was_worked_out_stays_so(
    office: Office,
    looked_through: list[View],
    order: tuple[tuple[str, bool], ...],
    conditions: tuple[Condition, ...],
) -> None:
    view = View(TALK.key, conditions, order)
    office.records.work_out_order(view)
    random, some = Random(20261130), office.records.ids(View(TALK.key))
    for turn in range(5):
        whole = office.records.ids(view)
        looked_through.clear()
        assert office.records.is_worked_out(view)
        assert office.records.is_at_hand(view)
        assert office.records.count(view) == len(whole)
        assert office.records.known_count(view) == len(whole)
        assert shown(office, view, 700, len(whole)) == whole[700:740]
        assert office.records.position(view, whole[-1]) == len(whole) - 1
        assert looked_through == []
        _write_something(office, random, some[turn * 7], turn)


def test_what_is_missing_is_worked_out_in_the_order_of_the_register(
    office: Office, looked_through: list[View], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_orders, "FELT", 200)
    view = replace(office.records.default_view(TALK), missing=True)
    with office.vault.read() as connection:
        assert queries.is_indexed(connection, replace(view, missing=False))
        assert not queries.is_indexed(connection, view)
    assert not office.records.is_at_hand(view)
    office.records.work_out_order(view)
    assert office.records.is_at_hand(view)
    whole = office.records.ids(view)
    looked_through.clear()
    assert shown(office, view, 0, len(whole)) == whole[:40]
    assert looked_through == []


def test_the_first_records_an_index_leads_to_come_without_working_out(
    office: Office, looked_through: list[View], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_orders, "FELT", 400)
    newest = office.records.default_view(TALK)
    assert office.records.is_at_hand(newest.where(HELD))
    assert office.records.is_at_hand(newest.where(IN_ROOM))
    # Nothing leads to these: every record would be looked at before the first is found, or known to be none.
    assert not office.records.is_at_hand(newest.where(Condition("place", Test.CONTAINS, "餐厅")))
    assert not office.records.is_at_hand(View(TALK.key, (Condition("place", Test.CONTAINS, "餐厅"),)))
    assert looked_through == []


def test_trying_hinders_nobody_afterwards(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_orders, "FELT", 200)
    nowhere = office.records.default_view(TALK).where(Condition("place", Test.CONTAINS, "餐厅"))
    for _ in range(3):
        assert not office.records.is_at_hand(nowhere)
        assert office.records.ids(nowhere) == []


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("conditions", [(), (IN_ROOM,)])
def test_the_nearest_deadlines_stand_before_all_others(
    office: Office, looked_through: list[View], conditions: tuple[Condition, ...], descending: bool
) -> None:
    some = office.records.ids(View(TALK.key))
    plain = View(TALK.key, conditions, ((DUE, descending),))
    office.records.work_out_order(plain)
    # The deadlines run on, and another record is the nearest: the order need not be worked out anew for that.
    for ranked in (tuple(some[100:150]), (some[2000], *some[100:120]), ()):
        view = replace(plain, ranked=ranked)
        whole = office.records.ids(view)
        looked_through.clear()
        assert office.records.is_at_hand(view)
        assert shown(office, view, 0, len(whole)) == whole[:40]
        assert shown(office, view, 900, len(whole)) == whole[900:940]
        assert looked_through == []


@pytest.mark.parametrize("conditions", [(), (HELD,)])
def test_what_an_index_kept_is_cut_out_of_what_is_worked_out_since(
    office: Office, looked_through: list[View], conditions: tuple[Condition, ...]
) -> None:
    view = office.records.default_view(TALK).where(*conditions)
    whole = office.records.ids(view)
    for offset in (0, 40, 80):
        assert shown(office, view, offset, COUNT) == whole[offset : offset + 40]
    office.records.work_out_order(view)
    looked_through.clear()
    assert shown(office, view, 900, COUNT) == whole[900:940]
    assert office.records.position(view, whole[700]) == 700
    assert looked_through == []
