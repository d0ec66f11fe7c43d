"""Which deadlines moved after a change of days or limits: before, after, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from paizhu import registers
from paizhu.base import clock
from paizhu.base.dates import short_day
from paizhu.services.moving import Moved, Recount
from paizhu.ui import theme
from paizhu.ui.kit.button import Button, Look
from paizhu.ui.kit.card import Card
from paizhu.ui.kit.columns import Column
from paizhu.ui.kit.guard import Guarded
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.table_view import RegisterTable, RowHeight

_Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
COLUMNS = (
    Column("what", "事项", 200, stretches=True),
    Column("before", "原期限", 104),
    Column("after", "现期限", 104),
    Column("register", "台账", 90, rank=1),
)
_WAITING = "改动以后，跟着变的期限会列在这里。"


class MovedModel(Guarded, QAbstractTableModel):
    """One line for each deadline that moved."""

    def __init__(self, moved: Sequence[Moved] = ()) -> None:
        super().__init__()
        self.moved = list(moved)

    def show_moved(self, moved: Sequence[Moved]) -> None:
        """Show these in place of those there were."""
        self.beginResetModel()
        self.moved = list(moved)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        """Return how many moved."""
        return 0 if parent.isValid() else len(self.moved)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:
        """Return the columns of the list."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """Return the words over a column."""
        if orientation is Qt.Orientation.Horizontal and role == _ROLE.DisplayRole:
            return COLUMNS[section].words
        return None

    def data(self, index: _Index, role: int = _ROLE.DisplayRole) -> Any:
        """Return the words of a cell."""
        column = COLUMNS[index.column()]
        words = _words(self.moved[index.row()], column.key)
        if role == _ROLE.DisplayRole:
            return words
        if role == _ROLE.AccessibleTextRole:
            return f"{column.words}：{words}"
        return None


class MovedList(Card):
    """Says what the last change did; `opened` asks for a record, `back_asked` for the change to be undone."""

    opened = Signal(str, int)
    back_asked = Signal()

    def __init__(self) -> None:
        super().__init__("期限变动", plain_head=True)
        self.done: Recount | None = None
        self.model = MovedModel()
        self.words = Label(_WAITING, ink="ink2", wraps=True)
        self.table = RegisterTable("跟着变动的期限", row=RowHeight.DENSE)
        self.table.show_model(self.model, COLUMNS)
        self.table.opened.connect(self._open)
        self.back = Button("退回这次改动", Look.FLAT, icon="undo")
        self.back.clicked.connect(self.back_asked)
        self.back.hide()
        self.set_corner(self.back)
        self.body.setContentsMargins(0, 8, 0, 0)
        self.words.setContentsMargins(16, 0, 16, 4)
        self.body.addWidget(self.words)
        self.body.addWidget(self.table, 1)
        self.body.addStretch(0)
        self.table.hide()
        self.table.setMinimumHeight(theme.current().px(150))

    def show_done(self, done: Recount, *, undoable: bool = True) -> None:
        """List what a change moved."""
        self.done = done if undoable else None
        self.back.setVisible(undoable)
        self.model.show_moved(done.moved)
        self.table.setVisible(bool(done.moved))
        self.words.setText(done.sentence)
        self.set_note(f"{len(done.moved)} 项" if done.moved else "")

    def _open(self, row: int) -> None:
        moved = self.model.moved[row]
        self.opened.emit(moved.register, moved.id)


def _words(moved: Moved, key: str) -> str:
    match key:
        case "what":
            return f"{moved.what}：{moved.title}" if moved.title and moved.title not in moved.what else moved.what
        case "before":
            return _day(moved.before)
        case "after":
            return _day(moved.after)
    return registers.register(moved.register).label


def _day(day: date) -> str:
    return short_day(day, clock.today())
