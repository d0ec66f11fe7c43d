"""The list of backups for a table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from paizhu.storage.backup_place import Backup
from paizhu.ui.icons import Shape
from paizhu.ui.kit.guard import Guarded
from paizhu.ui.kit.roles import Mark, MarkRole, Tone

_KEYS = ("made", "reason", "state", "counts", "place", "size")
_HEADS = ("时间", "为什么做", "核验", "里面有", "位置", "大小")
_MEGABYTE = 1 << 20
_Index = QModelIndex | QPersistentModelIndex


class BackupModel(Guarded, QAbstractTableModel):
    """Newest first; the state is a shape with its word."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[tuple[Backup, dict[str, int]]] = []
        self._own = Path()

    def show_backups(self, found: Sequence[tuple[Backup, dict[str, int]]], own: Path) -> None:
        """Show these, with how many records of each register they hold."""
        self.beginResetModel()
        self._rows, self._own = list(found), own
        self.endResetModel()

    def backup(self, row: int) -> Backup | None:
        """Return the backup in a row."""
        return self._rows[row][0] if 0 <= row < len(self._rows) else None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        """Return how many there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:
        """Return the columns of the list."""
        return 0 if parent.isValid() else len(_KEYS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words over a column."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _HEADS[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words or the mark of a cell."""
        backup, counts = self._rows[index.row()]
        key = _KEYS[index.column()]
        if role == MarkRole and key == "state":
            return _mark(backup)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(key, backup, counts)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{_HEADS[index.column()]}：{self._words(key, backup, counts)}"
        return None

    def _words(self, key: str, backup: Backup, counts: dict[str, int]) -> str:
        match key:
            case "made":
                return f"{backup.made:%Y-%m-%d %H:%M}"
            case "reason":
                return backup.reason.words
            case "state":
                return _mark(backup).words
            case "counts":
                listed = "，".join(f"{label} {count}" for label, count in counts.items())
                files = f"，附件 {backup.attachments} 个" if backup.attachments else ""
                return (listed or "还没有记录") + files if backup.proven else "没有清点过"
            case "place":
                return "本机" if backup.folder.parent == self._own else "第二个位置"
            case _:
                return f"{max(backup.database_bytes / _MEGABYTE, 0.1):.1f} MB"


def _mark(backup: Backup) -> Mark:
    if backup.proven is None:
        return Mark(Shape.TRIANGLE, "没有核验", Tone.AMBER)
    if backup.lacking:
        return Mark(Shape.TRIANGLE, f"缺附件 {backup.lacking} 个", Tone.AMBER)
    return Mark(Shape.TICK, "已核验", Tone.DONE)
