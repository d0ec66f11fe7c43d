"""编号清单: which numbers no record carries, and why; a number is never issued twice."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from paizhu import registers
from paizhu.services.number_gaps import Gap, NumberGaps, Series
from paizhu.ui.context import Context
from paizhu.ui.kit.card import Card
from paizhu.ui.kit.columns import Column
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.lines_model import Cells, LinesModel
from paizhu.ui.kit.scrolled import scrolling
from paizhu.ui.kit.table_view import RegisterTable
from paizhu.ui.pages.frame import PageFrame
from paizhu.ui.theme import Text

CELLS: tuple[Cells[Gap], ...] = (
    Cells(Column("register", "台账", width=110), lambda gap: registers.register(gap.register).label),
    Cells(Column("words", "编号", width=240), lambda gap: gap.words),
    Cells(Column("count", "个数", width=70, rank=2), lambda gap: str(gap.count)),
    Cells(
        Column("reason", "没有记录的原因", width=300, stretches=True),
        lambda gap: gap.reason,
        tip=lambda gap: gap.reason,
    ),
    Cells(Column("day", "日期", width=110, rank=1), lambda gap: gap.day or "—"),
)


class NumbersPage(PageFrame):
    """Lists the gaps; Enter opens the voided record that keeps a number."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("编号清单", "编号只增不减，作废、撤销以后也不再发给别的记录", scrolls=False, parent=parent)
        self._context = context
        self.model = LinesModel(CELLS)
        self.model.setParent(self)
        self.table = RegisterTable("没有记录的编号")
        self.table.show_model(self.model, self.model.columns)
        self.table.opened.connect(self._open)
        self.counts = Label("", Text.SECONDARY, "ink2", wraps=True)
        self.told = Label("", ink="ink2", wraps=True)
        card = Card("没有记录的编号", "双击或按 Enter 打开作废的记录", plain_head=True)
        card.fill()
        for part in (self.counts, self.told):
            part.setContentsMargins(12, 0, 12, 6)
        # Twenty series are many lines at a large font: they scroll, and leave the list its room.
        self._counts = scrolling(self.counts)
        card.body.addWidget(self._counts, 1)
        card.body.addWidget(self.told)
        card.body.addWidget(self.table, 3)
        self.body.addWidget(card, 1)
        self.setFocusProxy(self.table)
        self.refresh()

    def refresh(self) -> None:
        """Read the numbers again."""
        series = NumberGaps(self._context.office.desk).every()
        gaps = [gap for each in series for gap in each.gaps]
        self.model.show_lines(gaps)
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
        gap = self.model.line(row)
        if gap and gap.record:
            self._context.events.asked_for.emit(gap.register, gap.record)


def _told(series: Series) -> str:
    label = registers.register(series.register).label
    year = f" {series.year} 年" if series.year else ""
    return f"{label}{year}发出 {series.issued} 个，在册 {series.standing} 个"
