"""What the tree of one register shows: its columns, its branches, and what its own cells say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from paizhu.base.rows import Row
from paizhu.base.view import Condition, View
from paizhu.services.office import Office
from paizhu.services.outline import Branch
from paizhu.ui.kit.columns import Column
from paizhu.ui.kit.roles import Mark, Progress, Tone

Chip = tuple[str, str, tuple[Condition, ...]]
"""Key and words of a further chip, and what holds for the records behind it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that says more than its field: words, a mark, a bar, a quieter ink, a tooltip."""

    words: str = ""
    mark: Mark | None = None
    progress: Progress | None = None
    tone: Tone | None = None
    tip: str = ""
    icon: str = ""


class Outline:
    """One register as a tree; reads through the services and writes nothing."""

    columns: tuple[Column, ...] = ()
    order: tuple[tuple[str, bool], ...] = ()
    """The order within a branch while the officer chose none."""
    few = 6
    """So many records of a longer branch stand there until the rest is unfolded."""
    bold_levels = 2
    """The words of branches on so many levels are bold."""
    headed = True
    """Whether the columns have heads."""
    share, least = 0.66, 404
    """How much of the page's width the tree takes beside a record, and the least it needs at the smallest font."""
    sorts: ClassVar[Mapping[str, str]] = {}
    """Fields that stand for columns of the tree's own when it is sorted by them."""
    unit = "条"
    pages: tuple[tuple[str, str], ...] = ()
    """Further pages of the register, by key, with the words that lead there."""
    placeholder = ""
    """What stands in the line over the tree while nothing is typed; empty where there is no such line."""
    opens = False
    """Whether a record can be unfolded too: its lines below tell what followed from it."""
    folded_at_first: frozenset[str] | None = frozenset()
    """Branches that are folded until somebody unfolds them; None folds all but the way to the first records."""

    def __init__(self, office: Office) -> None:
        self.office = office

    def branches(self, view: View) -> list[Branch]:
        """Return the branches of a view in reading order."""
        raise TypeError(f"{type(self).__name__} has no branches")

    def facts(self, rows: Sequence[Row], today: date) -> Mapping[int, Mapping[str, Cell]]:
        """Return the own cells of some records, by id and column key."""
        return {}

    def below(self, row: Row) -> Sequence[Mapping[str, Cell]]:
        """Return the lines below an unfolded record: for each the cells by column key."""
        return ()

    def branch_cell(self, branch: Branch, key: str) -> Cell | None:
        """Return what a branch shows in a column beyond its words."""
        return None

    def branch_words(self, branch: Branch) -> str:
        """Return the words of a branch in the first column."""
        return branch.words

    def matching(self, words: str) -> tuple[int, ...] | None:
        """Return the records meant by words typed over the tree; None where it has no such line."""
        return None

    def done_words(self, branches: Sequence[Branch]) -> str:
        """Return how many records are done, for the status bar; empty where nothing is ever done."""
        return ""

    def chips(self) -> Sequence[Chip]:
        """Return further chips of the register; asked off the window's thread."""
        return ()
