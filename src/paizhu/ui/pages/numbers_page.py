"""编号清单: which numbers no record carries, and why; a number is never issued twice."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from paizhu import registers
from paizhu.services.number_gaps import Gap, NumberGaps, Series
from paizhu.ui import theme
from paizhu.ui.context import Context
from paizhu.ui.kit.card import Card
from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.kit.empty import EmptyState
from paizhu.ui.kit.lines_model import Cells, LinesModel
from paizhu.ui.kit.table_view import RegisterTable, RowHeight
from paizhu.ui.pages.frame import CardSplit, PageFrame
from paizhu.ui.rereading import Rereading

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


def _missing(series: Series) -> str:
    count = sum(gap.count for gap in series.gaps)
    return f"{count:,}" if count else "—"


_EVERY = 320

SERIES: tuple[Cells[Series], ...] = (
    Cells(
        Column("register", "台账", width=104, least=90, stretches=True),
        lambda each: registers.register(each.register).label,
    ),
    Cells(Column("year", "年份", width=84), lambda each: f"{each.year} 年" if each.year else "不分年"),
    Cells(Column("issued", "发出", width=72, rank=1, kind=CellKind.COUNT), lambda each: f"{each.issued:,}"),
    Cells(Column("standing", "在册", width=72, rank=2, kind=CellKind.COUNT), lambda each: f"{each.standing:,}"),
    Cells(Column("gaps", "空号", width=72, kind=CellKind.COUNT), _missing),
)


class NumbersPage(PageFrame):
    """Lists the gaps, and beside them what each register has issued; Enter opens the voided record with a number."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("编号清单", "编号只增不减，作废、撤销以后也不再发给别的记录", scrolls=False, parent=parent)
        self._context = context
        self._reading = Rereading(context.tasks, NumberGaps(context.office.desk).every, self._show)
        self._wish = -1
        self.model = LinesModel(CELLS)
        self.model.setParent(self)
        self.table = RegisterTable("没有记录的编号")
        self.table.show_model(self.model, self.model.columns)
        self.table.opened.connect(self._open)
        self.series = LinesModel(SERIES)
        self.series.setParent(self)
        self.counts = RegisterTable("各台账发到几号", row=RowHeight.DENSE)
        self.counts.show_model(self.series, self.series.columns)
        self.told = EmptyState("各台账的编号连续，没有缺号", "作废、撤销或导入时跳过的编号会列在这里，每个写明原因。")
        # Said only when it is known.
        self.told.hide()
        gaps = Card("没有记录的编号", "双击或按 Enter 打开作废的记录", plain_head=True)
        gaps.fill()
        gaps.body.addWidget(self.told, 1)
        gaps.body.addWidget(self.table, 1)
        every = Card("各台账发到几号", plain_head=True)
        every.fill()
        every.body.addWidget(self.counts, 1)
        self._split = CardSplit(Qt.Orientation.Horizontal)
        for at, card in enumerate((gaps, every)):
            self._split.addWidget(card)
            self._split.setStretchFactor(at, 3 - at)
        self.body.addWidget(self._split, 1)
        self._every = every
        theme.current().follow(self, self._measure)
        self._measure()
        self.setFocusProxy(self.table)
        self.refresh()

    def refresh(self) -> None:
        """Read the numbers again, away from the window: every record is looked at; what is shown stays until then."""
        self._reading.ask()

    def _show(self, series: Sequence[Series]) -> None:
        row = self.table.currentIndex().row() if self._wish < 0 else self._wish
        self._wish = -1
        gaps = [gap for each in series for gap in each.gaps]
        self.model.show_lines(gaps)
        self.series.show_lines(series)
        if not gaps and self.table.hasFocus():
            # Hidden, it would hand the keys to whatever comes next in the window.
            self.counts.setFocus()
        self.told.setVisible(not gaps)
        self.table.setVisible(bool(gaps))
        self.setFocusProxy(self.table if gaps else self.counts)
        if row >= 0:
            self.table.go_to(min(row, len(gaps) - 1))

    def _measure(self) -> None:
        self._every.setMinimumWidth(theme.current().px(_EVERY))

    def place(self) -> object:
        """Return where the officer is, to come back to."""
        return self._wish if self._wish >= 0 else self.table.currentIndex().row()

    def return_to(self, place: object) -> None:
        """Read again and stand where he was."""
        if isinstance(place, int):
            self._wish = place
        self.refresh()

    def _open(self, row: int) -> None:
        gap = self.model.line(row)
        if gap and gap.record:
            self._context.events.asked_for.emit(gap.register, gap.record)
