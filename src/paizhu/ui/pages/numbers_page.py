"""编号清单: which numbers no record carries, and why; a number is never issued twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from paizhu import registers
from paizhu.services.number_gaps import Gap, NumberGaps, Series
from paizhu.ui.context import Context
from paizhu.ui.kit.card import Card
from paizhu.ui.kit.columns import Column
from paizhu.ui.kit.guard import Guarded
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.table_view import RegisterTable
from paizhu.ui.pages.frame import PageFrame
from paizhu.ui.theme import Text

COLUMNS = (
    Column("register", "台账", width=110),
    Column("words", "编号", width=240),
    Column("count", "个数", width=70, rank=2),
    Column("reason", "没有记录的原因", width=300, stretches=True),
    Column("day", "日期", width=110, rank=1),
)
_ROLE = Qt.ItemDataRole
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class GapsModel(Guarded, QAbstractTableModel):
    """The gaps of all series, one a line."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[Gap] = []

    def show_gaps(self, gaps: Sequence[Gap]) -> None:
        """Show these gaps."""
        self.beginResetModel()
        self.gaps = list(gaps)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of gaps."""
        return 0 if parent.isValid() else len(self.gaps)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """Return the words over a column."""
        if orientation is Qt.Orientation.Horizontal and role == _ROLE.DisplayRole and 0 <= section < len(COLUMNS):
            return COLUMNS[section].words
        return None

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """Return the words of a cell."""
        if not index.isValid() or not 0 <= index.row() < len(self.gaps):
            return None
        gap, key = self.gaps[index.row()], COLUMNS[index.column()].key
        words = {
            "register": registers.register(gap.register).label,
            "words": gap.words,
            "count": str(gap.count),
            "reason": gap.reason,
            "day": gap.day or "—",
        }[key]
        if role == _ROLE.DisplayRole:
            return words
        if role == _ROLE.AccessibleTextRole:
            return f"{COLUMNS[index.column()].words}：{words}"
        return words if role == _ROLE.ToolTipRole and key == "reason" else None


class NumbersPage(PageFrame):
    """Lists the gaps; Enter opens the voided record that keeps a number."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("编号清单", "编号只增不减，作废、撤销以后也不再发给别的记录", scrolls=False, parent=parent)
        self._context = context
        self.model = GapsModel()
        self.model.setParent(self)
        self.table = RegisterTable("没有记录的编号")
        self.table.show_model(self.model, COLUMNS)
        self.table.opened.connect(self._open)
        self.counts = Label("", Text.SECONDARY, "ink2", wraps=True)
        self.told = Label("", ink="ink2", wraps=True)
        card = Card("没有记录的编号", "双击或按 Enter 打开作废的记录", plain_head=True)
        card.fill()
        for part in (self.counts, self.told):
            part.setContentsMargins(12, 0, 12, 6)
            card.body.addWidget(part)
        card.body.addWidget(self.table, 1)
        self.body.addWidget(card, 1)
        self.setFocusProxy(self.table)
        self.refresh()

    def refresh(self) -> None:
        """Read the numbers again."""
        series = NumberGaps(self._context.office.desk).every()
        gaps = [gap for each in series for gap in each.gaps]
        self.model.show_gaps(gaps)
        self.counts.setText("；".join(_told(each) for each in series))
        self.told.setText("" if gaps else "各台账的编号连续，没有缺号。")
        self.told.setVisible(not gaps)
        self.table.setVisible(bool(gaps))

    def place(self) -> object:
        """Return where the officer is, to come back to."""
        return self.table.currentIndex().row()

    def return_to(self, place: object) -> None:
        """Read again and stand where he was."""
        self.refresh()
        if isinstance(place, int):
            self.table.go_to(place)

    def _open(self, row: int) -> None:
        gap = self.model.gaps[row] if 0 <= row < len(self.model.gaps) else None
        if gap and gap.record:
            self._context.events.asked_for.emit(gap.register, gap.record)


def _told(series: Series) -> str:
    label = registers.register(series.register).label
    year = f" {series.year} 年" if series.year else ""
    return f"{label}{year}发出 {series.issued} 个，在册 {series.standing} 个"
