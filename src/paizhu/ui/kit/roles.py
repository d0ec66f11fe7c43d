"""What a table model may tell the delegates beyond its words: plain data under roles of our own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Qt

from paizhu.ui.icons import Shape

_FIRST = int(Qt.ItemDataRole.UserRole)

SortRole = _FIRST + 1
"""The value behind the words, to sort by."""
RowRole = _FIRST + 2
"""The row itself, as the model's owner knows it."""
MarkRole = _FIRST + 3
"""A `Mark`: shape, words and tone of a state or a deadline."""
ToneRole = _FIRST + 4
"""A `Tone` for plain words; nothing means ordinary ink."""
BoldRole = _FIRST + 5
"""Whether plain words are bold."""
ProgressRole = _FIRST + 6
"""A `Progress`: how many of how many."""
SecondLineRole = _FIRST + 7
"""Words of a second, smaller line."""
GroupRole = _FIRST + 8
"""A `Group` on every cell of a row that heads a group."""
ButtonRole = _FIRST + 9
"""Words of the one button in the cell."""
LinkRole = _FIRST + 10
"""Whether the words are a link: underlined, in slate."""
IconRole = _FIRST + 11
"""Name of a line icon before the words."""
BoxRole = _FIRST + 12
"""A `Tone` for a box round the words: a cell to put right."""
NoteRole = _FIRST + 13
"""Quieter words after the words, in the same line."""


FoldRole = _FIRST + 14
"""A `Fold` on the cells of a tree: how deep the line stands, and whether it can be folded."""


class Tone(Enum):
    """How loud something is; the value is the token of its ink."""

    PLAIN = "ink"
    DONE = "ink2"
    QUIET = "ink3"
    AMBER = "amber"
    ACCENT = "accent"


@dataclass(frozen=True)
class Mark:
    """A state or deadline as it is shown everywhere: a shape and words, shorter ones where room is scarce."""

    shape: Shape
    words: str
    tone: Tone = Tone.PLAIN
    short: str = ""


@dataclass(frozen=True)
class Progress:
    """How many are done of how many are due."""

    done: int
    total: int

    @property
    def share(self) -> float:
        """The part done, 0 to 1; nothing due counts as nothing done."""
        return min(self.done / self.total, 1.0) if self.total else 0.0


@dataclass(frozen=True)
class Group:
    """The head of a group of rows: bold words and quiet ones after them."""

    words: str
    note: str = ""


@dataclass(frozen=True)
class Fold:
    """Where a line of a tree stands; only a branch can be unfolded."""

    level: int
    unfolded: bool = False
    is_branch: bool = False
