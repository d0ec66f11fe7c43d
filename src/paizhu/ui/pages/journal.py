"""Recent acts: what was done, what it changed, and taking any of them back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QSplitter, QWidget

from paizhu.base.rows import Change
from paizhu.services.history import Entry, FieldChange, Undone
from paizhu.ui.context import Context
from paizhu.ui.icons import Shape
from paizhu.ui.kit.button import Button, ReasonLabel
from paizhu.ui.kit.card import Card
from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.kit.guard import Guarded
from paizhu.ui.kit.roles import Mark, MarkRole, Tone
from paizhu.ui.kit.table_view import RegisterTable
from paizhu.ui.pages.frame import PageFrame
from paizhu.ui.tasks import Progress

_Index = QModelIndex | QPersistentModelIndex
_PAGE = 200
_SHOWN_CHANGES = 300
_READING = ("export", "print", "reveal", "open", "security")
COLUMNS = (
    Column("at", "时间", 150),
    Column("label", "做了什么", 260, stretches=True),
    Column("changes", "改动", 80),
    Column("state", "现状", 110, CellKind.STATUS),
    Column("actor", "使用人", 90, rank=1),
)


class JournalModel(Guarded, QAbstractTableModel):
    """Acts, newest first; more are read when the end is reached."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[Entry] = []

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these in place of those there were."""
        self.beginResetModel()
        self._entries = list(entries)
        self.endResetModel()

    def add_entries(self, entries: Sequence[Entry]) -> None:
        """Add older ones at the end."""
        if entries:
            first = len(self._entries)
            self.beginInsertRows(QModelIndex(), first, first + len(entries) - 1)
            self._entries += entries
            self.endInsertRows()

    def entry(self, row: int) -> Entry | None:
        """Return the act in a row."""
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        """Return how many are shown."""
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:
        """Return the columns of the list."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words over a column."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section].words
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words or the mark of a cell."""
        entry = self._entries[index.row()]
        column = COLUMNS[index.column()]
        words = {
            "at": entry.at[:16].replace("T", " "),
            "label": entry.label or entry.kind,
            "changes": f"{entry.changes} 处" if entry.changes else "",
            "state": _mark(entry).words,
            "actor": entry.actor,
        }[column.key]
        if role == MarkRole and column.key == "state":
            return _mark(entry)
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.words}：{words}"
        return None


class JournalPage(PageFrame):
    """A list of acts and, below, what the chosen one changed."""

    status = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("最近操作", "每一步都留痕，随时可以撤销；撤销本身也留痕", scrolls=False, parent=parent)
        self._context = context
        self._history = context.office.history
        self.model = JournalModel()
        self.table = RegisterTable("最近操作")
        self.table.show_model(self.model, COLUMNS)
        self.table.picked.connect(self._show_chosen)
        self.table.verticalScrollBar().valueChanged.connect(self._read_more)
        self.undo = Button("撤销此项", icon="undo")
        self.undo.clicked.connect(self.undo_chosen)
        self.changes = QPlainTextEdit()
        self.changes.setReadOnly(True)
        self.changes.setAccessibleName("这次操作改了什么")
        above, below = Card("做过的事", plain_head=True), Card("改了什么", plain_head=True)
        for card, widget in ((above, self.table), (below, self.changes)):
            card.fill()
            card.body.addWidget(widget)
        below.set_corner(ReasonLabel(self.undo))
        below.set_corner(self.undo)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(above)
        split.addWidget(below)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        self.body.addWidget(split, 1)
        context.events.changed.connect(self._follow)
        self.refresh()

    def refresh(self) -> None:
        """Read the newest acts again, staying on the chosen one."""
        chosen = self.chosen()
        self.model.show_entries(self._history.entries(_PAGE))
        rows = [row for row in range(self.model.rowCount()) if _same(self.model.entry(row), chosen)]
        row = rows[0] if rows else 0
        self.table.go_to(row)
        self._show_chosen(row)
        self.status.emit(f"最近 {self.model.rowCount()} 次操作")

    def chosen(self) -> Entry | None:
        """Return the act in the current row."""
        return self.model.entry(self.table.currentIndex().row())

    def undo_chosen(self) -> None:
        """Take the chosen act back; records edited since are left and told of."""
        entry = self.chosen()
        if entry is None or self._why_not(entry):
            return

        def work(progress: Progress) -> Undone:
            return self._history.undo(entry.id, progress=lambda done: progress.report(done, 0, "正在撤销"))

        def done(undone: Undone) -> None:
            self._context.events.changed.emit(undone.change)
            kept = f"其中 {len(undone.kept)} 条后来又改过，保持现状。" if undone.kept else ""
            self._context.events.said.emit(f"已撤销：{entry.label}。{kept}", undone.change.entry)

        self._context.tasks.run(work, done, label="正在撤销")

    def place(self) -> object:
        """Return the number of the chosen act."""
        entry = self.chosen()
        return entry.id if entry else None

    def return_to(self, place: object) -> None:
        """Go back to an act."""
        for row in range(self.model.rowCount()):
            entry = self.model.entry(row)
            if entry and entry.id == place:
                self.table.go_to(row)

    def _show_chosen(self, row: int) -> None:
        entry = self.model.entry(row)
        if entry is None:
            self.changes.setPlainText("")
            self.undo.refuse("还没有操作")
            return
        found = self._history.changes(entry.id, _SHOWN_CHANGES)
        lines = [_line(change) for change in found] or _recounted(entry)
        if len(found) == _SHOWN_CHANGES:
            lines.append("……其余改动在各记录的“修改记录”里看")
        self.changes.setPlainText("\n".join(lines) or "这次操作没有改动数据。")
        reason = self._why_not(entry)
        self.undo.refuse(reason) if reason else self.undo.allow()

    @staticmethod
    def _why_not(entry: Entry) -> str:
        if entry.undone_by:
            return "已经撤销过"
        if "moved" in entry.about:
            return "在“工作日历”或“期限表”里退回"
        if not entry.changes or entry.kind in _READING:
            return "没有改动数据，不用撤销"
        return ""

    def _follow(self, _change: Change) -> None:
        self.refresh()

    def _read_more(self, value: int) -> None:
        last = self.model.entry(self.model.rowCount() - 1)
        if value >= self.table.verticalScrollBar().maximum() and last and last.id > 1:
            self.model.add_entries(self._history.entries(_PAGE, before=last.id))


def _same(one: Entry | None, other: Entry | None) -> bool:
    return one is not None and other is not None and one.id == other.id


def _mark(entry: Entry) -> Mark:
    if entry.undone_by:
        return Mark(Shape.DASH, "已撤销", Tone.QUIET)
    if entry.undoes:
        return Mark(Shape.TICK, "撤销操作", Tone.DONE)
    return Mark(Shape.TICK, "有效" if entry.changes else "只留痕", Tone.DONE)


def _recounted(entry: Entry) -> list[str]:
    """Return which deadlines a change of days or limits moved."""
    if "moved" not in entry.about:
        return []
    moved = [f"{what}：{before} → {after}" for _register, _id, what, before, after in entry.about["moved"]]
    return [entry.label, *(moved or ["在办的期限没有变动。"])]


def _line(change: FieldChange) -> str:
    if not change.field:
        return f"{change.label}　{change.after}"
    return f"{change.label}：{change.before or '（空）'} → {change.after or '（空）'}"
