"""Many new records at once leave behind what each would leave behind by itself."""

from typing import Any

import pytest

from paizhu.base import text
from paizhu.base.register import Register
from paizhu.registers import REGISTERS
from paizhu.storage import deltas, scratch
from paizhu.storage.arrivals import Arrival, Arrivals
from paizhu.storage.chain import ChangesDigest
from paizhu.storage.search_index import SearchIndex
from paizhu.storage.tables import table
from tests.make import least, make_values
from tests.registers.full_records import full

EACH = [pytest.param(each, id=each.key) for each in REGISTERS]


def some(register: Register) -> list[Arrival]:
    """Return records with every field, with the least, and such that repeat one another."""
    found = table(register)
    kept = [
        scratch.packed(found, made) for made in (full(register), least(register), full(register, 1), full(register))
    ]
    return [
        Arrival(number, {**values, "no": f"示例{number}"}, {"旧列": "原文"} if number == 2 else {}, {"row": number})
        for number, values in enumerate(kept, start=1)
    ]


@pytest.mark.parametrize("register", EACH)
def test_each_is_spelt_counted_and_found_as_it_would_be_alone(register: Register) -> None:
    found, given = table(register), some(register)
    made = Arrivals.of(found, given)
    names, rows = made.rows()
    stored = [dict(zip(names, row, strict=True)) for row in rows]
    documents = list(made.documents())
    index = SearchIndex(None)
    for at, each in enumerate(given):
        told = [*each.stored.items(), ("extra", deltas.facts(each.extra)), ("provenance", deltas.facts(each.source))]
        assert made.deltas()[at] == deltas.created(
            [(name, raw) for name, raw in ordered(names, told) if raw is not None]
        )
        expected: dict[str, Any] = {**dict.fromkeys(names), **each.stored, "id": each.id, "version": 1, "voided": 0}
        expected |= {"extra": deltas.facts(each.extra), "provenance": deltas.facts(each.source)}
        assert stored[at] == expected | {"missing": len(register.wanted_now(each.stored))}
        values = scratch.unpacked(found, {name: raw for name, raw in each.stored.items() if name in found.readers})
        alone = index.document(register.key, {**values, "no": each.stored["no"]}, {}, each.extra)
        assert [words.split() for words in documents[at]] == [text.spaced(words).split() for words in alone]


@pytest.mark.parametrize("register", [each for each in REGISTERS if each.flow], ids=lambda each: each.key)
def test_what_only_some_records_must_have_is_counted_in_every_state(register: Register) -> None:
    found = table(register)
    given: list[Arrival] = []
    assert register.flow
    for state in register.flow.states:
        conditions = {name for asked in register.asked_in(state.code) for name in asked.when.of}
        for number in range(4):
            told = make_values(register, only=conditions, number=number) if number else {}
            kept = scratch.packed(found, {**least(register), **told, "state": state.code})
            given.append(Arrival(len(given) + 1, kept, {}, {}))
    names, rows = Arrivals.of(found, given).rows()
    counted = [dict(zip(names, row, strict=True))["missing"] for row in rows]
    assert counted == [len(register.wanted_now(each.stored)) for each in given]


def ordered(names: tuple[str, ...], told: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    known = dict(told)
    last = ("extra", "provenance")
    return [(name, known.get(name)) for name in (*(each for each in names[4:] if each not in last), *last)]


def test_changes_told_together_are_those_told_one_by_one() -> None:
    one, all_of_them = ChangesDigest(), ChangesDigest()
    changes = [(number, f'{{"a":[null,{number}]}}') for number in range(7)]
    for number, words in changes:
        one.add("lead", number, "create", words)
    all_of_them.add_all("lead", "create", changes)
    assert (one.hexdigest(), one.count) == (all_of_them.hexdigest(), all_of_them.count)
