"""The time-limit table as rows: name and start, length, reminder, source, and how sure the number is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from paizhu.services.time_limits import Entry
from paizhu.ui.icons import Shape
from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.kit.guard import Guarded
from paizhu.ui.kit.roles import Mark, MarkRole, RowRole, SecondLineRole, Tone, ToneRole

_Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
COLUMNS = (
    Column("name", "事项和依据", 320, stretches=True),
    Column("span", "期限", 140),
    Column("lead", "提前提醒", 110, rank=2),
    Column("state", "核对", 124, CellKind.STATUS),
    Column("code", "编号", 64, rank=3),
)


def mark(entry: Entry) -> Mark:
    """Return how sure a number is: shape and word."""
    match entry.limit.confidence:
        case "verified":
            return Mark(Shape.TICK, "已核", Tone.DONE)
        case "memory":
            return Mark(Shape.TRIANGLE, "待核", Tone.AMBER)
    return Mark(Shape.DOT, "本单位设定" if entry.override else "惯例", Tone.DONE)


class LimitsModel(Guarded, QAbstractTableModel):
    """Every limit in the order of the table."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these in place of those there were."""
        self.beginResetModel()
        self.entries = list(entries)
        self.endResetModel()

    def entry(self, row: int) -> Entry | None:
        """Return the limit in a row."""
        return self.entries[row] if 0 <= row < len(self.entries) else None

    def row_of(self, code: str) -> int:
        """Return the row of a limit; -1 when it is not shown."""
        return next((row for row, entry in enumerate(self.entries) if entry.limit.code == code), -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        """Return how many there are."""
        return 0 if parent.isValid() else len(self.entries)

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
        entry = self.entries[index.row()]
        column = COLUMNS[index.column()]
        words = _words(entry, column.key)
        match role:
            case _ROLE.DisplayRole:
                return words
            case _ROLE.AccessibleTextRole:
                return f"{column.words}：{words}"
            case _ROLE.ToolTipRole if column.key == "name":
                return "\n".join(part for part in (entry.limit.name, entry.limit.source, entry.limit.note) if part)
        if role == RowRole:
            return entry
        if role == MarkRole and column.key == "state":
            return mark(entry)
        if role == SecondLineRole and column.key in ("name", "span"):
            return entry.limit.source if column.key == "name" else _start(entry)
        if role == ToneRole and column.key in ("lead", "code"):
            return Tone.DONE
        return None


def _start(entry: Entry) -> str:
    if entry.limit.unit in ("quarter", "half_year", "year", "annual") or entry.limit.length <= 0:
        return f"从{entry.limit.event}算"
    return f"{entry.limit.event}{'当日' if entry.limit.first_day_counts else '次日'}起"


def _words(entry: Entry, key: str) -> str:
    match key:
        case "name":
            return entry.limit.name
        case "span":
            return entry.span
        case "lead":
            return f"{entry.limit.lead} 个工作日" if entry.limit.lead else "不提前"
        case "state":
            return mark(entry).words
    return entry.limit.code
