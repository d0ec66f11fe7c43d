"""The lists of the review as rows: words with what they rest on, category, and whether this office changed them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from paizhu.registers.review import REVIEW
from paizhu.services.review_lists import Line
from paizhu.ui.icons import Shape
from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.kit.guard import Guarded
from paizhu.ui.kit.roles import Mark, MarkRole, RowRole, SecondLineRole, Tone, ToneRole

_Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
EVERY = "每类事项"
COLUMNS = (
    Column("words", "内容和依据", 320, stretches=True),
    Column("category", "适用事项", 120),
    Column("state", "现状", 124, CellKind.STATUS),
    Column("code", "编号", 84, rank=3),
)


def category_words(line: Line) -> str:
    """Return for which kind of matter a line is used."""
    labels = {choice.code: choice.label for choice in REVIEW.field("category").choices}
    named = line.categories or ((line.category,) if line.category else ())
    return "、".join(labels[code] for code in named) or EVERY


def mark(line: Line) -> Mark:
    """Return how a line stands: put aside, the office's own, changed, or as shipped and how sure that is."""
    if not line.active:
        return Mark(Shape.DASH, "停用", Tone.DONE)
    if line.own:
        return Mark(Shape.DOT, "本单位增加", Tone.DONE)
    if line.changed:
        return Mark(Shape.DOT, "本单位改过", Tone.DONE)
    if line.confidence == "verified":
        return Mark(Shape.TICK, "已核", Tone.DONE)
    return Mark(Shape.TRIANGLE, "待核", Tone.AMBER)


class ReviewListsModel(Guarded, QAbstractTableModel):
    """One of the three lists, in its order."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these in place of those there were."""
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def line(self, row: int) -> Line | None:
        """Return the line in a row."""
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def row_of(self, code: str) -> int:
        """Return the row of a line; -1 when it is not shown."""
        return next((row for row, line in enumerate(self.lines) if line.code == code), -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        """Return how many there are."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:
        """Return the columns of the list."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """Return the words over a column."""
        if orientation is Qt.Orientation.Horizontal and role == _ROLE.DisplayRole:
            return COLUMNS[section].words
        return None

    def data(self, index: _Index, role: int = _ROLE.DisplayRole) -> Any:
        """Return words, second line or mark of a cell."""
        line = self.lines[index.row()]
        column = COLUMNS[index.column()]
        words = {
            "words": line.words,
            "category": category_words(line),
            "state": mark(line).words,
            # What a paper is known by is its name, and phrases are in nobody's mouth by number.
            "code": line.code if ":" not in line.code else "",
        }[column.key]
        match role:
            case _ROLE.DisplayRole:
                return words
            case _ROLE.AccessibleTextRole:
                return f"{column.words}：{words}"
            case _ROLE.ToolTipRole if column.key == "words":
                return "\n".join(part for part in (line.words, line.basis, line.reason) if part)
        if role == RowRole:
            return line
        if role == MarkRole and column.key == "state":
            return mark(line)
        if role == SecondLineRole and column.key == "words":
            return line.basis or (f"原为：{line.shipped_words}" if line.changed else "")
        if role == ToneRole and (column.key == "code" or not line.active):
            return Tone.DONE
        return None
