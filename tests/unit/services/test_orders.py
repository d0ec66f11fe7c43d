"""An order that no index keeps is worked out once for a long list, and anew after every write."""

from datetime import date
from typing import Any

import pytest

from paizhu import registers
from paizhu.base.rows import Ref
from paizhu.base.view import Condition, Test, View
from paizhu.services.office import Office
from paizhu.services.orders import LONG
from paizhu.storage import queries

TALK = registers.register("integrity_talk")
VIEW = View(TALK.key)
COUNT = LONG + 50
NAMES = ("示例丁", "示例甲", "示例丙", "示例乙")
BY_NAME = VIEW.ordered("subject")


@pytest.fixture
def office(office: Office) -> Office:
    with office.vault.act("import", "示例") as act:
        for number in range(COUNT):
            day = date(2020 + number % 6, 1 + number % 12, 1)
            act.create(TALK, {"subject": Ref(NAMES[number % 4]), "planned_date": day, "state": "planned"})
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


def test_a_write_sorts_anew(office: Office) -> None:
    first = shown(office, BY_NAME, 0)[0]
    office.records.void(TALK, [first], "重复登记")
    assert first not in shown(office, BY_NAME, 0, COUNT - 1)
    assert office.records.position(BY_NAME, first) is None
