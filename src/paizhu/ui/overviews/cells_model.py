"""A short table made of cells: problems of a check, rows of a letter; each line leads to a record, or to none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from paizhu.base.rows import Ref
from paizhu.ui import theme
from paizhu.ui.kit.columns import Column
from paizhu.ui.kit.guard import Guarded
from paizhu.ui.kit.table_view import RegisterTable
from paizhu.ui.register.outline import Cell
from paizhu.ui.register.outline_lines import cell_words, told

Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
_ROOT = QModelIndex()
_MOST_LINES = 12
_FRAME = 4


@dataclass(frozen=True, slots=True)
class CellLine:
    """One line: what stands in its columns, and the record that Enter opens."""

    cells: Mapping[str, Cell]
    record: Ref | None = None


class CellsModel(Guarded, QAbstractTableModel):
    """Lines as they are given; the table is as high as they are."""

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.lines: tuple[CellLine, ...] = ()

    def show_lines(self, lines: Sequence[CellLine]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """Return the words over a column."""
        if orientation is Qt.Orientation.Horizontal and role == _ROLE.DisplayRole:
            return self.columns[section].words
        return None

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """Return words, marks and tooltip of a cell; the whole line is read out with the first one."""
        if not index.isValid():
            return None
        line, column = self.lines[index.row()], self.columns[index.column()]
        if role == _ROLE.AccessibleTextRole and index.column() == 0:
            pairs = ((each.words, line.cells.get(each.key)) for each in self.columns)
            return "，".join(f"{words}：{cell_words(cell)}" for words, cell in pairs if cell and cell_words(cell))
        cell = line.cells.get(column.key)
        return told(cell, column.words, role) if cell else None


class CellsTable(RegisterTable):
    """Such a table in a frame, high enough for its lines."""

    def __init__(self, name: str, model: CellsModel) -> None:
        super().__init__(name)
        self.setProperty("frame", "box")
        self.show_model(model, model.columns)
        self._lines = model
        model.modelReset.connect(self.measure)
        theme.current().changed.connect(self.measure)

    def measure(self) -> None:
        """Take the height of the lines there are; more than a dozen are scrolled."""
        heights = theme.current().heights
        rows = min(len(self._lines.lines), _MOST_LINES)
        self.setFixedHeight(heights.header + rows * heights.row + _FRAME)
        self.setVisible(bool(rows))
