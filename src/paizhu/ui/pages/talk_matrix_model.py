"""What stands in the cells of 覆盖表: name, post and last talk, then a column for each period, then the sum."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from paizhu.services.talks.book import Talked
from paizhu.services.talks.matrix import PLAIN, TIGHT, Column, Matrix, MatrixRow, cell_words
from paizhu.ui.kit.guard import Guarded
from paizhu.ui.kit.roles import BoldRole, Tone, ToneRole

Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
_ROOT = QModelIndex()
_HEADS = ("姓名", "单位职务", "最近一次")
BEFORE, AFTER = len(_HEADS), 1
"""How many columns stand before the periods, and after them."""


class MatrixModel(Guarded, QAbstractTableModel):
    """One row a person, one column a period; until a table is shown there is neither."""

    def __init__(self) -> None:
        super().__init__()
        self.matrix: Matrix | None = None
        self.is_tight = False
        """Months in large letters have room for the day alone."""

    def show_matrix(self, matrix: Matrix) -> None:
        """Show another table."""
        self.beginResetModel()
        self.matrix = matrix
        self.endResetModel()

    def column_at(self, at: int) -> Column | None:
        """Return the period of a column; None for the others."""
        columns = self.matrix.columns if self.matrix else ()
        return columns[at - BEFORE] if 0 <= at - BEFORE < len(columns) else None

    def row_at(self, at: int) -> MatrixRow | None:
        """Return the person of a row."""
        rows = self.matrix.rows if self.matrix else ()
        return rows[at] if 0 <= at < len(rows) else None

    def talks_at(self, index: Index) -> tuple[Talked, ...]:
        """Return the talks behind a cell; those of the whole row beside the periods."""
        row = self.row_at(index.row())
        if row is None:
            return ()
        if self.column_at(index.column()) is None:
            return tuple(talk for cell in row.cells for talk in cell)
        return row.cells[index.column() - BEFORE]

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many persons there are."""
        return 0 if parent.isValid() or not self.matrix else len(self.matrix.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the periods and what stands beside them."""
        return 0 if parent.isValid() or not self.matrix else len(self.matrix.columns) + BEFORE + AFTER

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """Return the words over a column."""
        if orientation is not Qt.Orientation.Horizontal or role != _ROLE.DisplayRole:
            return None
        if section < BEFORE:
            return _HEADS[section]
        column = self.column_at(section)
        return column.words.replace(" ", "" if self.is_tight else " ") if column else "合计"

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """Return words, and how loud they are."""
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None:
            return None
        words = self._words(row, index.column())
        match role:
            case _ROLE.DisplayRole:
                return words
            case _ROLE.ToolTipRole if self.is_tight and self.column_at(index.column()):
                return cell_words(row.cells[index.column() - BEFORE]).removesuffix("—")
            case _ROLE.AccessibleTextRole:
                words = cell_words(self.talks_at(index)) if self.column_at(index.column()) else words
                head = self.headerData(index.column(), Qt.Orientation.Horizontal)
                return f"{row.name}，{head}，{'没有谈话' if words == '—' else words}"
            case _ if role == ToneRole:
                quiet = words == "—" or (self.column_at(index.column()) and words.startswith(("已排", "排")))
                return Tone.QUIET if quiet else None
            case _ if role == BoldRole:
                return index.column() == 0 and not row.held
        return None

    def _words(self, row: MatrixRow, at: int) -> str:
        if at < BEFORE:
            return (row.name, row.post, row.last.isoformat() if row.last else "—")[at]
        if self.column_at(at):
            return cell_words(row.cells[at - BEFORE], TIGHT if self.is_tight else PLAIN)
        return f"{row.held} 次" if row.held else "没有谈过"
