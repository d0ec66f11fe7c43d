"""Rows of a ledger as understood, by column: all those whose cells can be taken as they stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any, Self

from paizhu.base.rows import Value
from paizhu.services.importing.read import CellProblem, RowRead


@dataclass(slots=True)
class Block:
    """Some rows one below the other; those that had to be read cell by cell stand in ``apart``, by their place.

    ``fed`` are the fields the sheet has columns for; ``columns`` are the complete values by field, ``rows`` the same
    record by record and without what is empty. What these hold at a place that stands apart means nothing.
    """

    numbers: Sequence[int]
    cells: Sequence[Sequence[Any]]
    extra: list[dict[str, str]]
    names: list[Sequence[tuple[str, str]]]
    problems: list[Sequence[CellProblem]]
    fed: Sequence[str] = ()
    columns: Mapping[str, Sequence[Value]] = field(default_factory=dict)
    rows: Sequence[dict[str, Value]] = ()
    apart: dict[int, RowRead] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Sequence[tuple[int, Sequence[Any]]]) -> Self:
        """Return rows of which nothing is understood yet."""
        numbers, cells = zip(*rows, strict=True)
        count = len(numbers)
        return cls(numbers, list(zip_longest(*cells)), [{} for _ in range(count)], [()] * count, [()] * count)

    def column(self, index: int) -> Sequence[Any]:
        """Return a column of the sheet; one beyond the cells of every row is empty."""
        return self.cells[index] if index < len(self.cells) else self.nothing

    @property
    def nothing(self) -> Sequence[None]:
        """An empty column."""
        return (None,) * len(self.numbers)

    def row(self, place: int) -> RowRead:
        """Return one row by itself."""
        if place in self.apart:
            return self.apart[place]
        return RowRead(
            self.numbers[place],
            {**dict.fromkeys(self.fed), **self.rows[place]},
            extra=dict(self.extra[place]),
            problems=list(self.problems[place]),
            names=list(self.names[place]),
        )
