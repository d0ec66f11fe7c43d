"""What a plan keeps of its rows: one that has a tale of its own by itself, plain new ones by column.

By column, what stands in every row is named once and what repeats is worked out once, all the way from the workbook
into the register.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any, NamedTuple, Self

from paizhu.base.columns import gathered


class Kept(NamedTuple):
    """One planned row as kept: its number in the sheet, what will happen, and the body as plain data.

    The body is shared by whoever reads the row: it is copied before anything in it is changed.
    """

    row: int
    outcome: str
    record_id: int | None
    version: int | None
    identity: str | None
    problems: int
    body: dict[str, Any]


class Run(NamedTuple):
    """Rows planned together that become new records with nothing below them; every column is as long as ``rows``.

    ``values`` are by field, as the columns of the register keep them; ``cells`` are the columns of the sheet, and
    ``shown`` says, by place in the run and column, what is seen of a rounded number.
    """

    outcome: str
    rows: Sequence[int]
    identities: Sequence[str | None]
    values: dict[str, list[Any]]
    cells: Sequence[Sequence[Any]]
    shown: Mapping[int, Mapping[int, str]]
    extra: Sequence[Mapping[str, str]]
    problems: Sequence[Sequence[Mapping[str, Any]]]
    names: Sequence[Sequence[tuple[str, str]]]

    @classmethod
    def of(cls, rows: Sequence[Kept]) -> Self:
        """Return rows that were kept by themselves, all of one outcome and with nothing below them, by column."""
        bodies = [kept.body for kept in rows]
        return cls(
            rows[0].outcome,
            [kept.row for kept in rows],
            [kept.identity for kept in rows],
            gathered([body["values"] for body in bodies]),
            list(zip_longest(*(body["raw"] for body in bodies))),
            {place: body["shown"] for place, body in enumerate(bodies) if body["shown"]},
            [body["extra"] for body in bodies],
            [body["problems"] for body in bodies],
            [body["names"] for body in bodies],
        )

    def body(self, place: int) -> dict[str, Any]:
        """Return what is kept of one row, as of a row that is kept by itself."""
        raw = [column[place] for column in self.cells]
        while raw and raw[-1] is None:
            raw.pop()
        return {
            "values": {name: column[place] for name, column in self.values.items() if column[place] is not None},
            "emptied": [],
            "before": {},
            "rows": {},
            "extra": self.extra[place],
            "problems": self.problems[place],
            "raw": raw,
            "candidates": [],
            "own": None,
            "names": self.names[place],
            "shown": self.shown.get(place, {}),
        }

    def part(self, places: Sequence[int]) -> "Run":
        """Return some rows of the run."""
        if len(places) == len(self.rows):
            return self

        def of(column: Sequence[Any]) -> list[Any]:
            return [column[place] for place in places]

        return Run(
            self.outcome,
            of(self.rows),
            of(self.identities),
            {name: of(column) for name, column in self.values.items()},
            [of(column) for column in self.cells],
            {at: self.shown[place] for at, place in enumerate(places) if place in self.shown},
            of(self.extra),
            of(self.problems),
            of(self.names),
        )

    def each(self) -> Iterator[Kept]:
        """Yield the rows one by one."""
        for place, row in enumerate(self.rows):
            yield Kept(
                row, self.outcome, None, None, self.identities[place], len(self.problems[place]), self.body(place)
            )
