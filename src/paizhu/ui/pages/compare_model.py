"""What a comparison with a backup found, as a list: register, record, what differs, and whether it left a trace."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from paizhu.services.comparing import Difference, label_of
from paizhu.ui.icons import Shape
from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.kit.guard import Guarded
from paizhu.ui.kit.roles import Mark, MarkRole, Tone

_Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
_NAMED = 3
COLUMNS = (
    Column("register", "台账", 100),
    Column("no", "编号", 130),
    Column("title", "记录", 200, stretches=True),
    Column("what", "情况", 100),
    Column("fields", "不同的项目", 220, rank=1),
    Column("state", "留痕", 120, CellKind.STATUS),
)


class CompareModel(Guarded, QAbstractTableModel):
    """One line for each row that differs."""

    def __init__(self) -> None:
        super().__init__()
        self._found: list[Difference] = []

    def show_found(self, found: Sequence[Difference]) -> None:
        """Show these in place of those there were."""
        self.beginResetModel()
        self._found = list(found)
        self.endResetModel()

    def difference(self, row: int) -> Difference | None:
        """Return what stands in a line."""
        return self._found[row] if 0 <= row < len(self._found) else None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        """Return how many are listed."""
        return 0 if parent.isValid() else len(self._found)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:
        """Return the columns of the list."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """Return the words over a column."""
        if orientation is Qt.Orientation.Horizontal and role == _ROLE.DisplayRole:
            return COLUMNS[section].words
        return None

    def data(self, index: _Index, role: int = _ROLE.DisplayRole) -> Any:
        """Return the words or the mark of a cell."""
        each, column = self._found[index.row()], COLUMNS[index.column()]
        if role == MarkRole and column.key == "state":
            return mark_of(each)
        words = _words(each, column.key)
        if role in (_ROLE.DisplayRole, _ROLE.ToolTipRole):
            return words
        return f"{column.words}：{words}" if role == _ROLE.AccessibleTextRole else None


def mark_of(each: Difference) -> Mark:
    """Return shape and words for whether the journal knows of a difference."""
    if each.journalled:
        return Mark(Shape.TICK, "有留痕", Tone.DONE)
    return Mark(Shape.DIAMOND, "没有留痕", Tone.ACCENT)


def _words(each: Difference, key: str) -> str:
    match key:
        case "register":
            return label_of(each.register)
        case "no":
            return each.no or (f"{each.record_id} 号" if each.record_id else "")
        case "title":
            return f"{each.title}（{each.part}）" if each.part else each.title
        case "what":
            return each.what.words
        case "fields":
            labels = [one.label for one in each.fields]
            more = f" 等 {len(labels)} 项" if len(labels) > _NAMED else ""
            return "、".join(labels[:_NAMED]) + more
    return mark_of(each).words
