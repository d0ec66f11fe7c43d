"""Which lines a tree has, and what a cell of its own says: pieces of the model of a tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt

from paizhu.services.outline import PATH, Branch
from paizhu.ui.kit.roles import IconRole, MarkRole, ProgressRole, ToneRole
from paizhu.ui.register.outline import Cell

_ROLE = Qt.ItemDataRole


@dataclass(frozen=True, slots=True)
class Span:
    """Lines of one kind: the head of a branch (``records`` 0), its records from the ``first`` on, the line for its rest
    (``rest``), or what stands below one record (``below``, of the record ``of``)."""

    start: int
    branch: Branch
    records: int = 0
    rest: int = 0
    first: int = 0
    below: Sequence[Mapping[str, Cell]] = ()
    of: int = 0

    @property
    def lines(self) -> int:
        """How many lines these are."""
        return len(self.below) or self.records or 1


def cell_words(cell: Cell) -> str:
    """Return what a cell says in words alone."""
    if cell.mark:
        return cell.mark.words
    return f"{cell.progress.done} / {cell.progress.total}" if cell.progress else cell.words


def told(cell: Cell, head: str, role: int) -> Any:
    """Return what a cell tells in a role; ``head`` is the column's, for whoever reads aloud."""
    match role:
        case _ROLE.DisplayRole:
            return cell_words(cell)
        case _ROLE.AccessibleTextRole:
            return f"{head}：{cell_words(cell)}" if head else cell_words(cell)
        case _ROLE.ToolTipRole:
            return cell.tip or None
        case _ if role == MarkRole:
            return cell.mark
        case _ if role == ProgressRole:
            return cell.progress
        case _ if role == ToneRole:
            return cell.tone
        case _ if role == IconRole:
            return cell.icon or None
    return None


def folded_but_first(branches: Sequence[Branch]) -> set[str]:
    """Return what is folded at first: all but the way to the first records, so that somebody is to be seen at once."""
    folded = {branch.key for branch in branches if branch.level or branch.own}
    first = next((branch.key for branch in branches if branch.own), "")
    parts = first.split(PATH)
    return folded - {PATH.join(parts[: depth + 1]) for depth in range(len(parts))}
