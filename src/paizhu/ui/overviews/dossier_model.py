"""The records of a dossier as rows: day, register, words, how it ended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from paizhu import registers
from paizhu.services.dossier_words import Line
from paizhu.ui.icons import Shape
from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.kit.guard import Guarded
from paizhu.ui.kit.roles import Mark, MarkRole, RowRole, Tone, ToneRole
from paizhu.ui.register.words import state_mark

Index = QModelIndex | QPersistentModelIndex
COLUMNS = (
    Column("day", "日期", 104),
    Column("register", "来自台账", 84, rank=1),
    Column("words", "内容", 260, stretches=True),
    Column("state", "结果", 112, CellKind.STATUS, least=84),
)
_ROLE = Qt.ItemDataRole
_ROOT = QModelIndex()


class DossierModel(Guarded, QAbstractTableModel):
    """Lines as the service gives them, the newest first."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[Line, ...] = ()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """List other lines."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """Return the words over a column."""
        if orientation is Qt.Orientation.Horizontal and role == _ROLE.DisplayRole:
            return COLUMNS[section].words
        return None

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """Return words and marks of a cell."""
        line, key = self.lines[index.row()], COLUMNS[index.column()].key
        match role:
            case _ROLE.DisplayRole:
                return _words(line, key)
            case _ROLE.ToolTipRole:
                return f"{line.no} {line.words}".strip() if key == "words" else None
            case _ if role == MarkRole and key == "state":
                return _mark(line)
            case _ if role == ToneRole and key == "register":
                return Tone.DONE
        return line if role == RowRole else None


def _words(line: Line, key: str) -> str:
    match key:
        case "day":
            return line.day.isoformat() if line.day else ""
        case "register":
            return registers.register(line.register).label
        case "words":
            return line.words
    return line.state_words


def _mark(line: Line) -> Mark | None:
    if not line.state_words:
        return None
    found = state_mark(registers.register(line.register), line.state)
    if found:
        return found
    weighs = line.state == "in_period"
    return (
        Mark(Shape.TRIANGLE, line.state_words, Tone.AMBER) if weighs else Mark(Shape.TICK, line.state_words, Tone.DONE)
    )
