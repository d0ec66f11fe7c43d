"""主业与职责外: the half-year table, the work behind each figure, and its ways out, which are always asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from paizhu.services.two_hats.half_year import HalfYear, HalfYears, Line, Work, total, words_of
from paizhu.services.two_hats.sheets import TITLE, HalfYearSheets
from paizhu.ui import messages
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Button, Offer, Size
from paizhu.ui.kit.card import Card
from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.kit.empty import EmptyState
from paizhu.ui.kit.label import ElidedLabel, Label
from paizhu.ui.kit.lines_model import Cells, LinesModel
from paizhu.ui.kit.table_view import RegisterTable
from paizhu.ui.pages.frame import PageFrame
from paizhu.ui.rereading import Rereading
from paizhu.ui.theme import Text
from paizhu.ui.when_seen import WhenSeen


def _hours(line: Line) -> str:
    return f"{line.hours.normalize():f}"


def _spent(work: Work) -> str:
    if work.hours is None:
        return "没有写"
    return f"{work.hours.normalize():f}{'（估）' if work.estimated else ''}"


def _is_sum(line: Line) -> bool:
    return line.is_sum


def _name(line: Line) -> str:
    """Return what a line counts; a sum says of which side, whose column has no room in large letters."""
    return f"{line.side}{line.name}" if line.is_sum else line.name


LINES: tuple[Cells[Line], ...] = (
    Cells(Column("side", "类别", 84, rank=1), lambda line: line.side, bold=_is_sum),
    Cells(Column("name", "项目", 190, stretches=True), _name, bold=_is_sum),
    Cells(Column("count", "件数", 70, CellKind.COUNT), lambda line: str(line.count), bold=_is_sum),
    Cells(Column("hours", "用时（小时）", 110, CellKind.COUNT), _hours, bold=_is_sum),
)
WORKS: tuple[Cells[Work], ...] = (
    Cells(Column("day", "日期", 104), lambda work: work.day.isoformat()),
    Cells(Column("words", "事项", 240, stretches=True), lambda work: work.words),
    Cells(Column("who", "交办人", 90, rank=2), lambda work: work.ordered_by or "—"),
    Cells(Column("hours", "用时", 96, rank=1), _spent),
)


class TwoHatsPage(PageFrame):
    """The figures at the left, the work behind the one in hand at the right."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("主业与职责外", scrolls=False, parent=parent)
        self._context = context
        self._years = HalfYears(context.office.desk)
        self._sheets = HalfYearSheets(context.office.desk)
        self._half = self._years.present()
        self._reading = Rereading(context.tasks, lambda: self._years.of(*self._half), self._show)
        self.log = Button("登记", icon="plus", shortcut="Ctrl+N")
        self.log.clicked.connect(lambda: context.events.asked_for.emit("outside_work", 0))
        self.export_button = Button("导出表格", icon="export", shortcut="Ctrl+E")
        self.export_button.clicked.connect(self.export_now)
        self.print_button = Button("打印", icon="print", shortcut="Ctrl+P")
        self.print_button.clicked.connect(self.print_now)
        self.before = Button("上一个半年", icon="chevron-left", size=Size.SMALL)
        self.after = Button("下一个半年", icon="chevron-right", size=Size.SMALL)
        self.before.clicked.connect(lambda: self.turn(-1))
        self.after.clicked.connect(lambda: self.turn(1))
        self._when = Label("", bold=True)
        self.line_model, self.work_model = LinesModel(LINES), LinesModel(WORKS)
        self.line_table, self.work_table = RegisterTable("对照表"), RegisterTable("明细")
        self.line_table.show_model(self.line_model, self.line_model.columns)
        self.work_table.show_model(self.work_model, self.work_model.columns)
        for each in (self.line_table, self.work_table):
            each.setSelectionMode(RegisterTable.SelectionMode.SingleSelection)
        self.line_table.picked.connect(self._show_works)
        self.line_table.opened.connect(lambda _row: self.work_table.setFocus())
        self.work_table.opened.connect(self._open)
        self._works, self._halves = Card("明细", "回车打开原记录", plain_head=True), QWidget()
        self.empty = EmptyState(
            "这半年还没有记录",
            "各台账办的事和登记的职责外事项会按件数和用时列在这里。",
            [Offer("log", "登记职责外事项")],
        )
        self.empty.acted.connect(lambda _key: self.log.click())
        self._lay_out()
        context.events.changed.connect(WhenSeen(self, self.read).ask)
        self.setFocusProxy(self.line_table)
        self.read()

    def _lay_out(self) -> None:
        for button in (self.log, self.export_button, self.print_button):
            self.head.addWidget(button)
        bar = QHBoxLayout()
        bar.setSpacing(10)
        for widget in (self.before, self._when, self.after):
            bar.addWidget(widget)
        bar.addStretch(1)
        bar.addWidget(ElidedLabel("默认不报送；附在导出里须在导出页逐次勾选", Text.SECONDARY, "ink2"))
        figures = Card("件数和用时", plain_head=True)
        for card, inside in ((figures, self.line_table), (self._works, self.work_table)):
            card.fill()
            card.body.addWidget(inside, 1)
        halves = QHBoxLayout(self._halves)
        halves.setContentsMargins(0, 0, 0, 0)
        halves.setSpacing(12)
        halves.addWidget(figures, 4)
        halves.addWidget(self._works, 5)
        self.body.addLayout(bar)
        self.body.addWidget(self._halves, 1)
        self.body.addWidget(self.empty, 1)
        # Said only when it is known.
        self.empty.hide()

    def run(self, action: str) -> bool:
        """Answer a key of the window; True when it was taken."""
        known: dict[str, Callable[[], object]] = {
            "export": self.export_now, "print": self.print_now, "new": self.log.click,
        }  # fmt: skip
        wanted = known.get(action.rpartition(".")[2])
        if wanted:
            wanted()
        return wanted is not None

    def turn(self, by: int) -> None:
        """Show another half year."""
        at = self._half[0] * 2 + self._half[1] - 1 + by
        self._half = (at // 2, at % 2 + 1)
        self.read()

    def read(self) -> None:
        """Count again, away from the window; what is shown stays until then."""
        if not self._context.office.vault.closed:
            self._reading.ask()

    def export_now(self) -> None:
        """Write the table as a workbook of its own."""
        half = self._half
        path = messages.ask_save(self, "导出到", f"{TITLE} {words_of(*half)}.xlsx", messages.NEW_WORKBOOK)
        if path is not None:
            self._run(
                lambda: self._sheets.export(self._years.of(*half), path),
                lambda _made: self._context.events.written.emit(f"已写出《{path.name}》。", path),
            )

    def print_now(self) -> None:
        """Show the table as it would be printed; it is printed or saved from there."""
        half = self._half
        self._run(lambda: self._sheets.draft(self._years.of(*half)), self._context.events.draft_asked.emit)

    # --- the machine -----------------------------------------------------------------------------------------

    def _show(self, table: HalfYear) -> None:
        at = max(self.line_table.currentIndex().row(), 0)
        lines = [line for side in (table.main, table.outside) if side for line in (*side, total(side))]
        self.line_model.show_lines(lines)
        self._halves.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        self._when.setText(table.words)
        estimated = sum(line.estimated for line in table.main)
        note = f"，主业用时有 {estimated} 件按定额估算" if estimated else ""
        self.set_note(f"职责外占用时 {table.share}{note}")
        row = min(at, max(len(lines) - 1, 0))
        self.line_table.go_to(row)
        self._show_works(row)

    def _show_works(self, row: int) -> None:
        line = self.line_model.line(row)
        self.work_model.show_lines(line.works if line else ())
        self._works.set_note(f"{line.side} {line.name}，{line.count} 件；回车打开原记录" if line else "这半年没有记录")

    def _open(self, row: int) -> None:
        work = self.work_model.line(row)
        if work:
            self._context.events.asked_for.emit(work.register, work.id)

    def _run(self, work: Callable[[], Any], done: Callable[[Any], object]) -> None:
        self._context.tasks.run(lambda _progress: work(), done, label=f"正在生成{TITLE}")
