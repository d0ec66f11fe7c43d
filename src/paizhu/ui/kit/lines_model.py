"""A short list under fixed columns: each column says what it tells of a line, and one model serves every such list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from paizhu.ui.kit.columns import Column
from paizhu.ui.kit.guard import Guarded
from paizhu.ui.kit.roles import BoldRole, ButtonRole, Mark, MarkRole, RowRole, SecondLineRole, Tone, ToneRole

Line = TypeVar("Line")
Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
_ROOT = QModelIndex()


def _nothing(_line: Any) -> None:
    """Tell nothing of a line."""


@dataclass(frozen=True)
class Cells(Generic[Line]):
    """What one column tells of a line; where it has a mark, the words of the mark are its words."""

    column: Column
    words: Callable[[Line], str] | None = None
    mark: Callable[[Line], Mark | None] = _nothing
    second: Callable[[Line], str | None] = _nothing
    tip: Callable[[Line], str | None] = _nothing
    tone: Callable[[Line], Tone | None] | Tone = _nothing
    bold: Callable[[Line], bool | None] = _nothing
    button: Callable[[Line], str | None] = _nothing

    def shown(self, line: Line) -> str:
        """Return the words of the cell."""
        if self.words is not None:
            return self.words(line)
        mark = self.mark(line)
        return mark.words if mark else ""

    def read_out(self, line: Line) -> str:
        """Return the cell as it is read out: the head of the column before the words, where it has one."""
        return f"{self.column.words}：{self.shown(line)}" if self.column.words else self.shown(line)

    def told(self, line: Line, role: int) -> Any:
        """Return what the cell holds beyond its words."""
        if role == ToneRole:
            return self.tone if isinstance(self.tone, Tone) else self.tone(line)
        tells: dict[int, Callable[[Line], Any]] = {
            MarkRole: self.mark,
            SecondLineRole: self.second,
            _ROLE.ToolTipRole: self.tip,
            BoldRole: self.bold,
            ButtonRole: self.button,
        }
        tell = tells.get(role)
        return tell(line) if tell else None


class LinesModel(Guarded, QAbstractTableModel, Generic[Line]):
    """Lines to look at and choose from, whole in memory; `sentence` reads a line out instead of its single cells."""

    def __init__(
        self,
        cells: Sequence[Cells[Line]],
        lines: Sequence[Line] = (),
        *,
        sentence: Callable[[Line], str] | None = None,
    ) -> None:
        super().__init__()
        self.cells = tuple(cells)
        self.columns = tuple(each.column for each in cells)
        self.lines: list[Line] = list(lines)
        self._sentence = sentence

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these in place of those there were."""
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def line(self, row: int) -> Line | None:
        """Return what stands in a row; None where there is no such row."""
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def row_where(self, fits: Callable[[Line], bool]) -> int:
        """Return the first row that fits; -1 when none does."""
        return next((row for row, line in enumerate(self.lines) if fits(line)), -1)

    def tell_changed(self, first: int, last: int) -> None:
        """Let the table paint some rows again: what they tell has changed."""
        if self.lines:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the number of columns, hidden ones too."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """Return the words over a column."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        return self.columns[section].head(role)

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """Return what a cell tells under a role: its words, how it is read out, the line itself, or a mark."""
        line = self.line(index.row())
        if line is None or not index.isValid():
            return None
        cells = self.cells[index.column()]
        match role:
            case _ROLE.DisplayRole:
                return cells.shown(line)
            case _ROLE.AccessibleTextRole:
                return self._sentence(line) if self._sentence else cells.read_out(line)
            case _ if role == RowRole:
                return line
        return cells.told(line, role)
