"""Which deadlines moved after a change of days or limits: before, after, and the way back."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal

from paizhu import registers
from paizhu.base import clock
from paizhu.base.dates import short_day
from paizhu.services.own_rules.moving import Moved, Recount
from paizhu.ui import theme
from paizhu.ui.kit.button import Button, Look
from paizhu.ui.kit.card import Card
from paizhu.ui.kit.columns import Column
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.lines_model import Cells, LinesModel
from paizhu.ui.kit.table_view import RegisterTable, RowHeight

_WAITING = "改动以后，跟着变的期限会列在这里。"


def _what(moved: Moved) -> str:
    return f"{moved.what}：{moved.title}" if moved.title and moved.title not in moved.what else moved.what


def _day(day: date) -> str:
    return short_day(day, clock.today())


CELLS: tuple[Cells[Moved], ...] = (
    Cells(Column("what", "事项", 200, stretches=True), _what),
    Cells(Column("before", "原期限", 128), lambda moved: _day(moved.before)),
    Cells(Column("after", "现期限", 128), lambda moved: _day(moved.after)),
    Cells(Column("register", "台账", 90, rank=1), lambda moved: registers.register(moved.register).label),
)


class MovedList(Card):
    """Says what the last change did; `opened` asks for a record, `back_asked` for the change to be undone."""

    opened = Signal(str, int)
    back_asked = Signal()

    def __init__(self) -> None:
        super().__init__("期限变动", plain_head=True)
        self.done: Recount | None = None
        self.model = LinesModel(CELLS)
        self.words = Label(_WAITING, ink="ink2", wraps=True)
        self.table = RegisterTable("跟着变动的期限", row=RowHeight.DENSE)
        self.table.show_model(self.model, self.model.columns)
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
        self.model.show_lines(done.moved)
        self.table.setVisible(bool(done.moved))
        self.words.setText(done.sentence)
        self.set_note(f"{len(done.moved)} 项" if done.moved else "")

    def _open(self, row: int) -> None:
        moved = self.model.line(row)
        if moved:
            self.opened.emit(moved.register, moved.id)
