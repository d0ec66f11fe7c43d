"""How many fields of each record are 待补, for many records of one register at once, column by column."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from paizhu.base.asked import Asked
from paizhu.base.register import Register


def counts(register: Register, columns: Mapping[str, Sequence[Any]], many: int) -> list[int]:
    """Return the count of each of so many records, as ``len(register.wanted_now(...))`` gives it.

    Which fields count depends on the record's state. Columns are as the register keeps them, so that nothing is None;
    one that is not given is empty in all records.
    """
    states = columns.get("state", [None] * many)
    found: dict[Any, list[int]] = {}
    for state in set(states):
        wanted = register.wanted_in(state)
        there = [[value is None for value in columns[name]] for name in wanted if name in columns]
        nowhere = len(wanted) - len(there)
        found[state] = [nowhere + sum(row) for row in zip(*there, strict=True)] or [nowhere] * many
        for name, asked in groupby(register.asked_in(state), lambda each: each.name):
            lacks = _lacking(columns, many, name, tuple(asked))
            found[state] = [count + lack for count, lack in zip(found[state], lacks, strict=True)]
    return [found[state][place] for place, state in enumerate(states)]


def concerned(register: Register) -> tuple[str, ...]:
    """Return the fields that counts of a register are told from."""
    names: dict[str, None] = {"state": None} if register.flow else {}
    for state in [each.code for each in register.flow.states] if register.flow else [None]:
        names.update(dict.fromkeys(register.wanted_in(state)))
        for asked in register.asked_in(state):
            names.update(dict.fromkeys((asked.name, *asked.when.of)))
    return tuple(names)


def _lacking(columns: Mapping[str, Sequence[Any]], many: int, name: str, asked: tuple[Asked, ...]) -> list[bool]:
    """Return for each record whether it lacks a field that only some must have; told once for all alike."""
    names = tuple(dict.fromkeys(other for each in asked for other in (name, *each.when.of)))
    nothing = [None] * many
    known: dict[tuple[Any, ...], bool] = {}
    found = []
    for kept in zip(*(columns.get(other, nothing) for other in names), strict=True):
        lacks = known.get(kept)
        if lacks is None:
            values = dict(zip(names, kept, strict=True))
            lacks = known[kept] = any(each.lacks(values) for each in asked)
        found.append(lacks)
    return found
