"""主业与职责外: the half-year table, the work behind each figure, and its ways out, which are always asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from paizhu.base.errors import PaizhuError
from paizhu.base.rows import Change
from paizhu.services.two_hats import TITLE, HalfYear, Line, TwoHats, Work, total
from paizhu.ui import messages
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Button, Size
from paizhu.ui.kit.card import Card
from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.kit.guard import Guarded
from paizhu.ui.kit.label import ElidedLabel, Label
from paizhu.ui.kit.roles import BoldRole
from paizhu.ui.kit.table_view import RegisterTable
from paizhu.ui.pages.frame import PageFrame
from paizhu.ui.theme import Text

Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
_ROOT = QModelIndex()
LINES = (
    Column("side", "类别", 84),
    Column("name", "项目", 190, stretches=True),
    Column("count", "件数", 70, CellKind.COUNT),
    Column("hours", "用时(小时)", 110, CellKind.COUNT),
)
WORKS = (
    Column("day", "日期", 104),
    Column("words", "事项", 240, stretches=True),
    Column("who", "交办人", 90, rank=2),
    Column("hours", "用时", 96, rank=1),
)


class _Rows(Guarded, QAbstractTableModel):
    """Rows of words under fixed heads; some are bold."""

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self._heads = tuple(column.words for column in columns)
        self._rows: list[tuple[str, ...]] = []
        self._bold: frozenset[int] = frozenset()

    def show_rows(self, rows: Sequence[tuple[str, ...]], bold: Sequence[int] = ()) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows, self._bold = list(rows), frozenset(bold)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the columns."""
        return 0 if parent.isValid() else len(self._heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """Return the words over a column."""
        if orientation is Qt.Orientation.Horizontal and role == _ROLE.DisplayRole:
            return self._heads[section]
        return None

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """Return the words of a cell."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        words = self._rows[index.row()][index.column()]
        match role:
            case _ROLE.DisplayRole:
                return words
            case _ROLE.AccessibleTextRole:
                return f"{self._heads[index.column()]}：{words}"
        return index.row() in self._bold if role == BoldRole else None


class TwoHatsPage(PageFrame):
    """The figures at the left, the work behind the one in hand at the right."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("主业与职责外", scrolls=False, parent=parent)
        self._context = context
        self._hats = TwoHats(context.office.desk)
        self.table: HalfYear = self._hats.half_year()
        self.lines: list[Line] = []
        self.works: list[Work] = []
        self.log = Button("登记职责外事项", icon="plus", shortcut="Ctrl+N")
        self.log.clicked.connect(lambda: context.events.asked_for.emit("outside_work", 0))
        self.export_button = Button("导出 Excel", icon="export", shortcut="Ctrl+E")
        self.export_button.clicked.connect(self.export_now)
        self.print_button = Button("打印", icon="print", shortcut="Ctrl+P")
        self.print_button.clicked.connect(self.print_now)
        for button in (self.log, self.export_button, self.print_button):
            self.head.addWidget(button)
        self.before = Button("上一个半年", icon="chevron-left", size=Size.SMALL)
        self.after = Button("下一个半年", icon="chevron-right", size=Size.SMALL)
        self.before.clicked.connect(lambda: self.turn(-1))
        self.after.clicked.connect(lambda: self.turn(1))
        self._when = Label("", bold=True)
        bar = QHBoxLayout()
        bar.setSpacing(10)
        for widget in (self.before, self._when, self.after):
            bar.addWidget(widget)
        bar.addStretch(1)
        bar.addWidget(ElidedLabel("默认不报送；附在导出里须在导出页逐次勾选", Text.SECONDARY, "ink2"))
        self.line_model, self.work_model = _Rows(LINES), _Rows(WORKS)
        self.line_table, self.work_table = RegisterTable("对照表"), RegisterTable("明细")
        self.line_table.show_model(self.line_model, LINES)
        self.work_table.show_model(self.work_model, WORKS)
        for each in (self.line_table, self.work_table):
            each.setSelectionMode(RegisterTable.SelectionMode.SingleSelection)
        self.line_table.picked.connect(self._show_works)
        self.line_table.opened.connect(lambda _row: self.work_table.setFocus())
        self.work_table.opened.connect(self._open)
        left, self._right = Card("件数和用时", plain_head=True), Card("明细", "回车打开原记录", plain_head=True)
        for card, inside in ((left, self.line_table), (self._right, self.work_table)):
            card.fill()
            card.body.addWidget(inside, 1)
        halves = QHBoxLayout()
        halves.setSpacing(12)
        halves.addWidget(left, 4)
        halves.addWidget(self._right, 5)
        self.body.addLayout(bar)
        self.body.addLayout(halves, 1)
        context.events.changed.connect(self._changed)
        self.setFocusProxy(self.line_table)
        self.read()

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
        at = self.table.year * 2 + self.table.half - 1 + by
        self.table = self._hats.half_year(at // 2, at % 2 + 1)
        self._show()

    def read(self) -> None:
        """Count again."""
        if not self._context.office.vault.closed:
            self.table = self._hats.half_year(self.table.year, self.table.half)
            self._show()

    def export_now(self) -> None:
        """Write the table as a workbook of its own."""
        table = self.table
        path = messages.ask_save(self, "导出到", f"{TITLE} {table.words}.xlsx", messages.NEW_WORKBOOK)
        if path is not None:
            self._run(
                lambda: self._hats.export(table, path),
                lambda _made: self._context.events.said.emit(f"已写出《{path.name}》。", 0),
            )

    def print_now(self) -> None:
        """Show the table as it would be printed; it is printed or saved from there."""
        table = self.table
        self._run(lambda: self._hats.draft(table), self._context.events.draft_asked.emit)

    # --- the machine -----------------------------------------------------------------------------------------

    def _show(self) -> None:
        at = max(self.line_table.currentIndex().row(), 0)
        table = self.table
        sums = [total(lines) for lines in (table.main, table.outside) if lines]
        self.lines = [*table.main, *sums[:1], *table.outside, *sums[1:]] if table.main else [*table.outside, *sums]
        bold = [place for place, line in enumerate(self.lines) if line in sums]
        self.line_model.show_rows(
            [(line.side, line.name, str(line.count), f"{line.hours.normalize():f}") for line in self.lines], bold
        )
        self._when.setText(table.words)
        estimated = sum(line.estimated for line in table.main)
        note = f"，主业用时有 {estimated} 件按定额估算" if estimated else ""
        self.set_note(f"职责外占用时 {table.share}{note}")
        self.line_table.go_to(min(at, max(len(self.lines) - 1, 0)))
        self._show_works(min(at, max(len(self.lines) - 1, 0)))

    def _show_works(self, row: int) -> None:
        line = self.lines[row] if 0 <= row < len(self.lines) else None
        self.works = list(line.works) if line else []
        self.work_model.show_rows(
            [
                (
                    work.day.isoformat(),
                    work.words,
                    work.ordered_by or "—",
                    "没有写"
                    if work.hours is None
                    else f"{work.hours.normalize():f}{'（估）' if work.estimated else ''}",
                )
                for work in self.works
            ]
        )
        self._right.set_note(f"{line.side} {line.name}，{line.count} 件；回车打开原记录" if line else "这半年没有记录")

    def _open(self, row: int) -> None:
        if 0 <= row < len(self.works):
            self._context.events.asked_for.emit(self.works[row].register, self.works[row].id)

    def _run(self, work: Callable[[], Any], done: Callable[[Any], object]) -> None:
        def failed(error: Exception) -> None:
            if isinstance(error, PaizhuError):
                messages.tell(self, error)

        self._context.tasks.run(lambda _progress: work(), done, failed, label=f"正在生成{TITLE}")

    def _changed(self, _change: Change) -> None:
        if self.isVisible():
            self.read()
