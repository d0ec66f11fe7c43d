"""Many rows by column: a ledger repeats its persons, units, days and choices, so each is worked out only once."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

M = TypeVar("M")
_RARE = 2
"""A column in which a value stands in fewer rows than this, on the average, gains nothing by being looked through."""


def each(column: Sequence[Any], make: Callable[[Any], M]) -> list[M | None]:
    """Return what is made of each value, nothing of an empty one; one object that stands in many rows is made once."""
    if len(set(map(id, column))) * _RARE > len(column):
        return [None if value is None else make(value) for value in column]
    distinct = {id(value): value for value in column}
    made = {at: None if value is None else make(value) for at, value in distinct.items()}
    return [made[id(value)] for value in column]


def records(columns: Mapping[str, Sequence[Any]], count: int) -> list[dict[str, Any]]:
    """Return so many rows of some columns, each without what is empty in it."""
    if not columns:
        return [{} for _ in range(count)]
    names = tuple(columns)
    return [
        {name: value for name, value in zip(names, row, strict=True) if value is not None}
        for row in zip(*columns.values(), strict=True)
    ]


def gathered(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """Return the columns of rows, in the order in which their names are met."""
    names = dict.fromkeys(name for row in rows for name in row)
    return {name: [row.get(name) for row in rows] for name in names}
