"""Recent acts: what was done, what it changed, and taking any of them back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from paizhu.services.history import Entry, FieldChange
from paizhu.storage.deed import READING
from paizhu.ui.context import Context
from paizhu.ui.icons import Shape
from paizhu.ui.kit.button import Button, ReasonLabel
from paizhu.ui.kit.card import Card
from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.kit.lines_model import Cells, LinesModel
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.kit.table_view import RegisterTable
from paizhu.ui.pages.frame import CardSplit, PageFrame
from paizhu.ui.undoing import take_back
from paizhu.ui.when_seen import WhenSeen

_PAGE = 200
_SHOWN_CHANGES = 300


def _mark(entry: Entry) -> Mark:
    if entry.undone_by:
        return Mark(Shape.DASH, "已撤销", Tone.QUIET)
    if entry.undoes:
        return Mark(Shape.TICK, "重做操作" if entry.brings_back else "撤销操作", Tone.DONE)
    return Mark(Shape.TICK, "有效" if _wrote(entry) else "只留痕", Tone.DONE)


def _wrote(entry: Entry) -> int:
    """Return how many places of the records an act changed; a print or a look keeps only that it took place."""
    return 0 if entry.kind in READING else entry.changes


CELLS: tuple[Cells[Entry], ...] = (
    Cells(Column("at", "时间", 150), lambda entry: entry.at[:16].replace("T", " ")),
    Cells(Column("label", "做了什么", 260, stretches=True), lambda entry: entry.label or entry.kind),
    Cells(Column("changes", "改动", 80), lambda entry: f"{_wrote(entry)} 处" if _wrote(entry) else ""),
    Cells(Column("state", "现状", 110, CellKind.STATUS), mark=_mark),
    Cells(Column("actor", "使用人", 90, rank=1), lambda entry: entry.actor),
)


class JournalModel(LinesModel[Entry]):
    """Acts, newest first; more are read when the end is reached."""

    def add_entries(self, entries: Sequence[Entry]) -> None:
        """Add older ones at the end."""
        if entries:
            first = len(self.lines)
            self.beginInsertRows(QModelIndex(), first, first + len(entries) - 1)
            self.lines += entries
            self.endInsertRows()


class JournalPage(PageFrame):
    """A list of acts and, below, what the chosen one changed."""

    status = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("最近操作", "每一步都留痕，随时可以撤销；撤销本身也留痕", scrolls=False, parent=parent)
        self._context = context
        self._history = context.office.history
        self.model = JournalModel(CELLS)
        self.table = RegisterTable("最近操作")
        self.table.show_model(self.model, self.model.columns)
        self.table.picked.connect(self._show_chosen)
        self.table.verticalScrollBar().valueChanged.connect(self._read_more)
        self.undo = Button("撤销此项", icon="undo")
        self.undo.clicked.connect(self.undo_chosen)
        self.changes = QPlainTextEdit()
        self.changes.setReadOnly(True)
        self.changes.setProperty("read", True)
        self.changes.setAccessibleName("这次操作改了什么")
        above, below = Card("做过的事", plain_head=True), Card("改了什么", plain_head=True)
        for card, widget in ((above, self.table), (below, self.changes)):
            card.fill()
            card.body.addWidget(widget)
        below.set_corner(ReasonLabel(self.undo))
        below.set_corner(self.undo)
        split = CardSplit(Qt.Orientation.Vertical)
        split.addWidget(above)
        split.addWidget(below)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        self.body.addWidget(split, 1)
        context.events.changed.connect(WhenSeen(self, self.refresh).ask)
        self.refresh()

    def refresh(self) -> None:
        """Read the newest acts again, staying on the chosen one."""
        chosen = self.chosen()
        self.model.show_lines(self._history.entries(_PAGE))
        row = max(self._row_of(chosen.id), 0) if chosen else 0
        self.table.go_to(row)
        self._show_chosen(row)
        self.status.emit(f"最近 {self.model.rowCount()} 次操作")

    def chosen(self) -> Entry | None:
        """Return the act in the current row."""
        return self.model.line(self.table.currentIndex().row())

    def undo_chosen(self) -> None:
        """Take the chosen act back; records edited since are left and told of."""
        entry = self.chosen()
        if entry is None or self._why_not(entry):
            return
        take_back(self._context, entry.id)

    def place(self) -> object:
        """Return the number of the chosen act."""
        entry = self.chosen()
        return entry.id if entry else None

    def return_to(self, place: object) -> None:
        """Go back to an act."""
        self.table.go_to(self._row_of(place))

    def _row_of(self, number: object) -> int:
        return self.model.row_where(lambda entry: entry.id == number)

    def _show_chosen(self, row: int) -> None:
        entry = self.model.line(row)
        if entry is None:
            self.changes.setPlainText("")
            self.undo.refuse("还没有操作")
            return
        found = self._history.changes(entry.id, _SHOWN_CHANGES)
        lines = _recounted(entry) or [_line(change) for change in found]
        if len(found) == _SHOWN_CHANGES:
            lines.append("……其余改动在各记录的“修改记录”里看")
        self.changes.setPlainText("\n".join(lines) or "这次操作没有改动数据。")
        reason = self._why_not(entry)
        self.undo.refuse(reason) if reason else self.undo.allow()

    @staticmethod
    def _why_not(entry: Entry) -> str:
        if entry.undone_by:
            return "已经撤销过"
        # Written before days and limits were changed by acts that go back like any other.
        if "moved" in entry.about and not entry.changes:
            return "在“工作日历”或“期限表”里退回"
        if not _wrote(entry):
            return "没有改动数据，不用撤销"
        return ""

    def _read_more(self, value: int) -> None:
        last = self.model.line(self.model.rowCount() - 1)
        if value >= self.table.verticalScrollBar().maximum() and last and last.id > 1:
            self.model.add_entries(self._history.entries(_PAGE, before=last.id))


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
