"""覆盖表: people by period; Enter opens the talks behind a cell, P plans one in it, both lists go out as they stand."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from paizhu.base.errors import PaizhuError
from paizhu.base.rows import Change
from paizhu.services.talks.book import Talked
from paizhu.services.talks.matrix import LABEL, Matrix, Span, TalkMatrix
from paizhu.ui import messages, theme
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Button, Offer, Size
from paizhu.ui.kit.empty import EmptyState
from paizhu.ui.kit.label import ElidedLabel, Label
from paizhu.ui.kit.segments import Segments
from paizhu.ui.pages.frame import PageFrame
from paizhu.ui.pages.talk_matrix_model import BEFORE, MatrixModel
from paizhu.ui.pages.talk_matrix_table import MatrixTable
from paizhu.ui.rereading import Rereading
from paizhu.ui.theme import Text
from paizhu.ui.when_seen import WhenSeen

_TEAM, _ALL = "team", "all"
_REGISTERS = frozenset({"integrity_talk", "person"})


class TalkMatrixPage(PageFrame):
    """Which people, which time, the table, and what can be done with a cell."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("谈话覆盖", scrolls=False, parent=parent)
        self._context = context
        self._service = TalkMatrix(context.office.desk)
        self.year = context.office.desk.today.year
        self._asked = (Span.QUARTERS, self.year, True)
        self._wish: tuple[int, int] | None = None
        self._to_table = False
        self._reading = Rereading(context.tasks, self._gather, self._show)
        self.who = Segments("哪些人", [(_TEAM, "班子成员"), (_ALL, "全部在职")])
        self.who.set_current(_TEAM)
        self.span = Segments(
            "时间", [(Span.QUARTERS.value, "按季"), (Span.MONTHS.value, "按月"), (Span.YEARS.value, "历年")]
        )
        self.span.set_current(Span.QUARTERS.value)
        self.before = Button("上一年", icon="chevron-left", size=Size.SMALL)
        self.after = Button("下一年", icon="chevron-right", size=Size.SMALL)
        self._year = Label("", bold=True)
        self.plan_button = Button("安排一次谈话", icon="plus", shortcut="P")
        self.export_button = Button("导出 Excel", icon="export", shortcut="Ctrl+E")
        self.print_button = Button("打印", icon="print", shortcut="Ctrl+P")
        self.model = MatrixModel()
        self.table = MatrixTable(self.open_cell, self.plan_cell)
        self.table.setProperty("frame", "box")
        self.table.setModel(self.model)
        self.empty = EmptyState(
            "还没有可以列的人",
            "名册里还没有在职的班子成员。在监督对象里登记，或者看全部在职。",
            [Offer(_ALL, "看全部在职")],
        )
        self._lay_out()
        self._connect()
        self._seen = WhenSeen(self, self.read)
        context.events.changed.connect(self._changed)
        theme.current().follow(self, self._measure)
        self.setFocusProxy(self.table)
        self.read()

    def _lay_out(self) -> None:
        for button in (self.plan_button, self.export_button, self.print_button):
            self.head.addWidget(button)
        bar = QHBoxLayout()
        bar.setSpacing(10)
        for widget in (self.who, self.span, self.before, self._year, self.after):
            bar.addWidget(widget)
        bar.addStretch(1)
        bar.addWidget(
            ElidedLabel("没有谈过的排在前面；回车打开一格里的谈话，P 在这一格安排一次", Text.SECONDARY, "ink2")
        )
        self.body.addLayout(bar)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.empty, 1)
        # Said only when it is known.
        self.empty.hide()

    def _connect(self) -> None:
        self.who.chosen.connect(lambda _key: self.read())
        self.span.chosen.connect(lambda _key: self.read())
        self.before.clicked.connect(lambda: self.turn(-1))
        self.after.clicked.connect(lambda: self.turn(1))
        self.plan_button.clicked.connect(self.plan_cell)
        self.export_button.clicked.connect(self.export_now)
        self.print_button.clicked.connect(self.print_now)
        self.empty.acted.connect(self._see_all)
        self.table.widened.connect(self._measure)

    # --- what the window asks --------------------------------------------------------------------------------

    def run(self, action: str) -> bool:
        """Answer a key of the window; True when it was taken."""
        known = {"export": self.export_now, "print": self.print_now, "new": self.plan_cell}
        wanted = known.get(action.rpartition(".")[2])
        if wanted:
            wanted()
        return wanted is not None

    def place(self) -> object:
        """Return what is shown and the cell in hand."""
        at = self.table.currentIndex()
        return self.who.current(), self.span.current(), self.year, at.row(), at.column()

    def return_to(self, place: object) -> None:
        """Show what was shown, at the same cell."""
        if isinstance(place, tuple):
            who, span, self.year, row, column = place
            self.who.set_current(who)
            self.span.set_current(span)
            self._wish = (row, column)
            self.read()

    # --- acting ----------------------------------------------------------------------------------------------

    def turn(self, by: int) -> None:
        """Show another year."""
        self.year += by
        self.read()

    def read(self) -> None:
        """Count again, away from the window; what is shown stays until then, and the cell in hand after it."""
        if not self._context.office.vault.closed:
            self._asked = Span(self.span.current()), self.year, self.who.current() == _TEAM
            self._reading.ask()

    def _gather(self) -> Matrix:
        span, year, team = self._asked
        return self._service.matrix(span, year, team=team)

    def _show(self, matrix: Matrix) -> None:
        at = self.table.currentIndex()
        (row, column), self._wish = self._wish or (at.row(), at.column()), None
        _span, year, team = self._asked
        self.model.show_matrix(matrix)
        self._year.setText(f"{year} 年")
        self.set_note(f"{matrix.title}：{matrix.words}；处置线索的谈话不在其内")
        if not matrix.rows and self.table.hasFocus():
            # Hidden, it would hand the keys to whatever comes next in the window.
            self.who.setFocus(Qt.FocusReason.OtherFocusReason)
        self.table.setVisible(bool(matrix.rows))
        self.empty.setVisible(not matrix.rows)
        self.empty.show_offers(*([_ALL] if team else []))
        self._measure()
        row = min(max(row, 0), max(len(matrix.rows) - 1, 0))
        self.table.setCurrentIndex(self.model.index(row, max(column, BEFORE)))
        if self._to_table:
            self._to_table = False
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _see_all(self) -> None:
        self.who.set_current(_ALL)
        self._to_table = True
        self.read()

    def open_cell(self) -> None:
        """Open the talk behind the cell in hand, or offer those there are; an empty cell says how to plan one."""
        talks = self.model.talks_at(self.table.currentIndex())
        if not talks:
            self._context.events.said.emit("这一格没有谈话，按 P 安排一次。", 0)
        elif len(talks) == 1:
            self._open(talks[0].id)
        else:
            menu = self.cell_menu(talks)
            menu.popup(self.table.viewport().mapToGlobal(self.table.visualRect(self.table.currentIndex()).bottomLeft()))

    def cell_menu(self, talks: tuple[Talked, ...]) -> QMenu:
        """Return the talks of a cell to choose from."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for talk in talks:
            words = f"{talk.day.isoformat()} {'已谈' if talk.held else '已排'}"
            menu.addAction(words).triggered.connect(partial(self._open, talk.id))
        return menu

    def plan_cell(self) -> None:
        """Plan one talk with the person of the cell, inside its period."""
        index = self.table.currentIndex()
        row = self.model.row_at(index.row())
        column = self.model.column_at(index.column())
        if row is None or column is None:
            self._context.events.said.emit("先选一格：哪个人、哪一段时间。", 0)
            return
        try:
            change = self._service.plan(row, column)
        except PaizhuError as error:
            messages.tell(self, error)
            return
        self._context.events.changed.emit(change)
        self._context.events.said.emit(f"已安排 {row.name} 在{column.words}的谈话，日期可以在记录里改。", change.entry)

    def export_now(self) -> None:
        """Write the table as a workbook."""
        matrix = self.model.matrix
        name = f"{matrix.title if matrix else LABEL}.xlsx"
        path = messages.ask_save(self, "导出到", name, messages.NEW_WORKBOOK)
        if path is None or matrix is None:
            return
        self._run(
            lambda: self._service.export(matrix, path),
            lambda _made: self._context.events.written.emit(f"已写出《{path.name}》，共 {len(matrix.rows)} 人。", path),
        )

    def print_now(self) -> None:
        """Show the table as it would be printed; it is printed or saved from there."""
        matrix = self.model.matrix
        if matrix is not None:
            self._run(lambda: self._service.draft(matrix), self._context.events.draft_asked.emit)

    # --- the machine -----------------------------------------------------------------------------------------

    def _run(self, work: Callable[[], Any], done: Callable[[Any], object]) -> None:
        self._context.tasks.run(lambda _progress: work(), done, label=f"正在生成{LABEL}")

    def _open(self, record_id: int, _checked: bool = False) -> None:
        self._context.events.asked_for.emit("integrity_talk", record_id)

    def _changed(self, change: Change) -> None:
        if _REGISTERS & change.registers:
            self._seen.ask()

    def _measure(self) -> None:
        self.table.share_room(self.model, months=self.span.current() == Span.MONTHS.value)
