"""定期事项: what is offered and what runs already, how often and when next; taken or opened with one key."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from paizhu.base.dates import short_day
from paizhu.base.errors import PaizhuError
from paizhu.registers.duty import DUTY
from paizhu.services.desk import Desk
from paizhu.services.duties.offers import Standing
from paizhu.ui import messages
from paizhu.ui.context import Context
from paizhu.ui.icons import Shape
from paizhu.ui.kit.card import Card
from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.kit.lines_model import Cells, LinesModel
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.kit.table_view import RegisterTable, RowHeight
from paizhu.ui.pages.frame import PageFrame
from paizhu.ui.pages.rules.how_sure import how_sure
from paizhu.ui.when_seen import WhenSeen


def _mark(line: Standing) -> Mark:
    if line.taken:
        return Mark(Shape.TICK, "进行中", Tone.DONE)
    if line.confidence == "memory":
        return how_sure(line.confidence, "")
    return Mark(Shape.CIRCLE, "未采用", Tone.PLAIN)


def _frequency(line: Standing) -> str:
    choice = DUTY.field("frequency").choice(line.frequency)
    return choice.label if choice else ""


def _verb(line: Standing) -> str:
    return "打开" if line.taken else "采用"


def _cells(desk: Desk) -> tuple[Cells[Standing], ...]:
    return (
        Cells(
            Column("content", "事项和依据", 420, stretches=True),
            lambda line: line.content,
            second=lambda line: line.basis,
            tip=lambda line: f"{line.content}\n{line.basis}",
        ),
        Cells(Column("frequency", "频次", 80), _frequency),
        Cells(Column("due", "下一次", 136), lambda line: short_day(line.due, desk.today) if line.due else ""),
        Cells(Column("state", "情况", 116, CellKind.STATUS), mark=_mark),
        Cells(Column("verb", "", 110, CellKind.BUTTON), _verb, button=_verb),
    )


def _sentence(line: Standing) -> str:
    return f"{line.content}，{_frequency(line)}，{_mark(line).words}"


class RecurringPage(PageFrame):
    """Nothing here is forced: an offer is taken with Enter, a running series opens its occurrence."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("定期事项", "办结或到期后自己生成下一期，落在工作日上", scrolls=False, parent=parent)
        self._context = context
        self.model = LinesModel(_cells(context.office.desk), sentence=_sentence)
        self.table = RegisterTable("定期事项", row=RowHeight.TWO_LINES)
        self.table.show_model(self.model, self.model.columns)
        self.table.setSelectionMode(RegisterTable.SelectionMode.SingleSelection)
        self.table.opened.connect(self.act)
        self.table.button_pressed.connect(self.act)
        card = Card("可以采用的和正在进行的", "采用后进入责任清单，时限和责任人可以再改；“待核”的凭记忆写入")
        card.fill()
        card.body.addWidget(self.table, 1)
        self.body.addWidget(card, 1)
        self.setFocusProxy(self.table)
        context.events.changed.connect(WhenSeen(self, self.read).ask)
        self.read()

    def read(self) -> None:
        """Read offers and series again, staying on the same line."""
        at = max(self.table.currentIndex().row(), 0)
        lines = self._context.office.duty_offers.standings()
        self.model.show_lines(lines)
        taken = sum(line.taken for line in lines)
        self.set_note(f"共 {len(lines)} 项，正在进行 {taken} 项；办结或到期后自己生成下一期，落在工作日上")
        self.table.go_to(min(at, len(lines) - 1))

    def act(self, row: int) -> None:
        """Take the offer in a row, or open the occurrence of a series that runs."""
        line = self.model.line(row)
        if line is None:
            return
        if line.taken:
            self._context.events.asked_for.emit(DUTY.key, line.record)
            return
        if line.offer is None:
            return
        try:
            change = self._context.office.duty_offers.take(line.offer.code)
        except PaizhuError as error:
            messages.tell(self, error)
            return
        self._context.events.changed.emit(change)
        self._context.events.said.emit(f"已采用：{line.content}", change.entry)

    def place(self) -> object:
        """Return the line in hand."""
        return self.table.currentIndex().row()

    def return_to(self, place: object) -> None:
        """Stand on a line again."""
        if isinstance(place, int):
            self.table.go_to(place)

    def run(self, action: str) -> bool:
        """Answer a key of the window; True when it was taken."""
        if action.rpartition(".")[2] in ("complete", "primary", "open"):
            self.act(self.table.currentIndex().row())
            return True
        return False
