"""Counts are known until something is written, and never longer."""

from dataclasses import replace
from typing import Any

import pytest

from paizhu import registers
from paizhu.base.view import DUE, Condition, Test, View
from paizhu.services.counting import Counts
from paizhu.services.facets import Facets
from paizhu.services.office import Office
from paizhu.storage import queries

TALK = registers.register("integrity_talk")
PLANNED = View(TALK.key).where(Condition("state", Test.IS, "planned"))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[View]:
    """The views that the vault was really asked about."""
    seen: list[View] = []
    count = queries.count

    def noted(connection: Any, view: View, most: int | None = None) -> int:
        seen.append(view)
        return count(connection, view, most)

    monkeypatch.setattr(queries, "count", noted)
    return seen


def save(office: Office) -> int:
    return office.records.save(TALK, {"subject": "示例甲", "planned_date": "2026-03-02"}).records[0][1]


def test_a_count_is_asked_once_whatever_the_order(office: Office, asked: list[View]) -> None:
    save(office)
    counts = Counts(office.vault)
    by_deadline = replace(PLANNED, order=((DUE, False),), ranked=(1,))
    assert [counts.of(view) for view in (PLANNED, PLANNED.ordered("subject"), by_deadline)] == [1, 1, 1]
    assert len(asked) == 1


def test_whatever_is_written_is_counted_anew(office: Office) -> None:
    first = save(office)
    assert office.records.count(PLANNED) == 1
    save(office)
    assert office.records.count(PLANNED) == 2
    step = office.records.advance(TALK, first, "cancelled", {"cancel_reason": "调离"})
    assert office.records.count(PLANNED) == 1
    office.history.undo(step.entry)
    assert office.records.count(PLANNED) == 2
    office.records.void(TALK, [first], "重复登记")
    assert (office.records.count(PLANNED), office.records.count(View(TALK.key))) == (1, 1)


def test_a_list_beneath_its_chips_counts_nothing_again(office: Office, asked: list[View]) -> None:
    save(office)
    facets = Facets(office.desk)
    chips = facets.of(TALK)
    counts = facets.counts(TALK, chips)
    asked.clear()
    assert {chip.key: office.records.count(chip.view.ordered("subject")) for chip in chips} == counts
    assert asked == []


def test_the_states_are_gone_through_once_until_something_is_written(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    tally, gone = queries.tally, list[str]()

    def noted(connection: Any, view: View, name: str) -> dict[Any, int]:
        gone.append(name)
        return tally(connection, view, name)

    monkeypatch.setattr(queries, "tally", noted)
    save(office)
    facets = Facets(office.desk)
    chips = facets.of(TALK)
    assert facets.counts(TALK, chips) == facets.counts(TALK, chips)
    assert gone == ["state"]
    save(office)
    assert facets.counts(TALK, chips)["all"] == 2
    assert gone == ["state"] * 2


def test_a_condition_is_counted_only_so_far(office: Office, asked: list[View]) -> None:
    for _ in range(4):
        save(office)
    counts = Counts(office.vault)
    assert counts.up_to(PLANNED, 3) == (3, False)
    assert counts.up_to(PLANNED, 4) == (4, True)
    asked.clear()
    assert (counts.up_to(PLANNED, 3), counts.of(PLANNED)) == ((4, True), 4)
    assert asked == []
    # Without a condition the number is known at once, however many there are.
    assert counts.up_to(View(TALK.key), 1) == (4, True)
