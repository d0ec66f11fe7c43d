"""What a table view must know of its columns, and how their layout is kept as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from PySide6.QtCore import Qt

MINIMUM = 40


class CellKind(Enum):
    """Which delegate paints a column."""

    WORDS = "words"
    STATUS = "status"
    DEADLINE = "deadline"
    PROGRESS = "progress"
    COUNT = "count"
    BUTTON = "button"
    TREE = "tree"
    NOTE = "note"


@dataclass(frozen=True)
class Column:
    """One column in the model's order: width in pixels as drawn at the smallest font.

    Columns of rank 0 (title, state, deadline) always stay; where room is scarce the highest rank goes first,
    then a column may shrink to `least`, as a deadline does that can drop its date.
    """

    key: str
    words: str
    width: int = 120
    kind: CellKind = CellKind.WORDS
    rank: int = 0
    least: int = 0
    stretches: bool = False
    shown: bool = True

    def head(self, role: int) -> Any:
        """Return what stands over the column under a role: its words, over numbers at their end."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self.words
        if role == Qt.ItemDataRole.TextAlignmentRole and self.kind is CellKind.COUNT:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None


@dataclass(frozen=True)
class Layout:
    """How the officer arranged a table; keys that are no longer columns are left out when it is used."""

    order: tuple[str, ...] = ()
    widths: Mapping[str, int] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()
    sort_key: str = ""
    descending: bool = False

    def as_data(self) -> dict[str, Any]:
        """Return the layout as data that JSON can keep."""
        return {
            "order": list(self.order),
            "widths": dict(self.widths),
            "hidden": list(self.hidden),
            "sort": [self.sort_key, self.descending],
        }


def read_layout(data: Mapping[str, Any]) -> Layout:
    """Return the layout that was kept; whatever is damaged in it falls back to the ordinary."""
    order, hidden, widths = data.get("order"), data.get("hidden"), data.get("widths")
    sort = data.get("sort")
    sort_key, descending = sort if isinstance(sort, list | tuple) and len(sort) == len(("key", "way")) else ("", False)
    return Layout(
        order=tuple(str(key) for key in order) if isinstance(order, list | tuple) else (),
        widths=_widths(widths) if isinstance(widths, Mapping) else {},
        hidden=tuple(str(key) for key in hidden) if isinstance(hidden, list | tuple) else (),
        sort_key=str(sort_key),
        descending=bool(descending),
    )


def _widths(data: Mapping[str, Any]) -> dict[str, int]:
    return {str(key): max(width, MINIMUM) for key, width in data.items() if isinstance(width, int)}


def shares(columns: Sequence[Column], widths: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Return widths for the room there is: some columns shrink, the one that stretches takes what is left.

    The one that stretches is the title, by which a row is known: it gives way last.
    """
    result = list(widths)
    spare = room - sum(widths)
    for at in sorted(range(len(least)), key=lambda at: columns[at].stretches):
        if spare < 0 and least[at]:
            # What cannot stand in full drops to its short words at once; anything between would only be empty.
            short = max(result[at] - least[at], 0)
            given = min(short, -spare) if columns[at].stretches else short
            result[at] -= given
            spare += given
    for at, column in enumerate(columns):
        if column.stretches:
            result[at] = max(result[at] + spare, MINIMUM)
            break
    else:
        # Where the one that stretches had to go, rows still end at the edge of the pane.
        if result and spare > 0:
            result[-1] += spare
    return result


def fitting(columns: Sequence[Column], widths: Sequence[int], room: int) -> list[bool]:
    """Return which columns have room; the one that stretches counts with its ordinary width."""
    shown = [column.shown for column in columns]
    used = sum(width for width, is_shown in zip(widths, shown, strict=True) if is_shown)
    for rank, at in sorted(((column.rank, at) for at, column in enumerate(columns)), reverse=True):
        if used <= room or not rank:
            break
        if shown[at]:
            shown[at] = False
            used -= widths[at]
    return shown
