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


def test_the_first_records_of_a_condition_tell_how_many_there_are_when_they_are_all(
    office: Office, asked: list[View]
) -> None:
    for _ in range(4):
        save(office)
    records, counts = office.records, office.desk.counts
    assert (records.known_count(PLANNED), len(records.first(PLANNED, 4).records)) == (None, 4)
    # As many as were asked for: there may be more.
    assert counts.known(PLANNED) is None
    assert len(records.first(PLANNED.ordered("subject"), 5).records) == 4
    assert (records.known_count(PLANNED), records.count(PLANNED), asked) == (4, 4, [])
    # Without a condition the number is known at once, however many there are.
    assert counts.known(View(TALK.key)) == 4


def test_what_is_written_while_records_are_read_is_counted_again(office: Office) -> None:
    save(office)
    counts = Counts(office.vault)
    note = counts.noting(PLANNED)
    save(office)
    note(1)
    assert (counts.known(PLANNED), counts.of(PLANNED)) == (None, 2)
