"""What goes where in a form: a figure for a cell, a register for a list; what a proposal says and the officer mends."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

SPANS = {
    "current": "本期",
    "cumulative": "本年累计",
    "last_year": "上年同期",
    "previous": "上期",
    "grown": "比上年同期增减%",
    "adjusted": "调整（前几期报出后的变化）",
    **{f"m{month}": f"{month}月" for month in range(1, 13)},
}
SURE, LEAST = 0.8, 0.5
Place = tuple[str, str]
"""Sheet and place of a cell (``B7``)."""


@dataclass(frozen=True, slots=True)
class CellWish:
    """The figure a cell takes: code, parts of breakdowns, span; an empty code leaves it empty.

    ``asked`` marks what is new in this edition of a known form.
    """

    code: str = ""
    by: tuple[tuple[str, str], ...] = ()
    span: str = "current"
    confidence: float = 0.0
    asked: bool = False


@dataclass(frozen=True, slots=True)
class ListWish:
    """The register a list takes and the field in each column (by letters); without a register it stays empty.

    ``over`` names the breakdown whose parts are the rows (``unit``); then ``figures`` are the columns.
    """

    register: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    confidence: float = 0.0
    whole: bool = False
    over: str = ""
    figures: Mapping[str, CellWish] = field(default_factory=dict)
    asked: bool = False


@dataclass(frozen=True)
class Wishes:
    """What goes where in one form: figures by place, lists by sheet and first row."""

    cells: Mapping[Place, CellWish] = field(default_factory=dict)
    lists: Mapping[tuple[str, int], ListWish] = field(default_factory=dict)

    def with_cell(self, place: Place, wish: CellWish) -> "Wishes":
        """Return the same with another figure in one cell."""
        return replace(self, cells={**self.cells, place: wish})

    def with_list(self, key: tuple[str, int], wish: ListWish) -> "Wishes":
        """Return the same with another list."""
        return replace(self, lists={**self.lists, key: wish})
