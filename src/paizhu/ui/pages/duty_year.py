"""建立年度清单: last year's items with what changes, looked through and made into the new year's list in one act."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent

from paizhu.base.errors import PaizhuError
from paizhu.base.rows import Change
from paizhu.services.duties.year import DutyYear, Planned
from paizhu.ui import messages
from paizhu.ui.context import Context
from paizhu.ui.icons import Shape
from paizhu.ui.kit.button import Button, Look
from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.kit.empty import EmptyState
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.lines_model import Cells, LinesModel
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.kit.segments import Segments
from paizhu.ui.kit.table_view import RegisterTable
from paizhu.ui.pages.frame import PageFrame
from paizhu.ui.write_many import write_many

_TAKEN, _LEFT = Mark(Shape.TICK, "转入", Tone.PLAIN), Mark(Shape.DASH, "不转", Tone.QUIET)


class PlanModel(LinesModel[Planned]):
    """The items of the old year, each taken over or left."""

    def __init__(self, items: Sequence[Planned]) -> None:
        cells: tuple[Cells[Planned], ...] = (
            Cells(Column("take", "转入", 110, CellKind.STATUS), mark=self._standing),
            Cells(Column("content", "责任事项", 320, stretches=True), lambda item: item.content),
            Cells(Column("owner", "责任人", 120, rank=2), lambda item: item.owner),
            Cells(Column("due", "新的期限", 120), lambda item: item.new_due.isoformat()),
            Cells(Column("changes", "变化和提醒", 380, rank=1), lambda item: "；".join(item.changes)),
        )
        super().__init__(cells, items)
        self.taken = {item.source for item in items if item.proposed}

    def toggle(self, row: int) -> None:
        """Take an item over, or leave it."""
        self.taken ^= {self.lines[row].source}
        self.tell_changed(row, row)

    def _standing(self, item: Planned) -> Mark:
        return _TAKEN if item.source in self.taken else _LEFT


class PlanTable(RegisterTable):
    """Space, Enter and a click on 转入 take an item over or leave it."""

    toggled = Signal(int)

    def __init__(self) -> None:
        super().__init__("上年的责任事项")
        self.opened.connect(self.toggled)
        self.clicked.connect(lambda index: self.toggled.emit(index.row()) if index.column() == 0 else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Space do what Enter does."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.toggled.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


class DutyYearPage(PageFrame):
    """Two years above, the items below, one red button; `left` follows when the list was made."""

    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__("建立年度清单", "先看变化，再一次建立；建立以后可以整批撤销", scrolls=False)
        self._context = context
        self._work = DutyYear(context.office.desk)
        self._years: tuple[int, int] | None = None
        self._asked = 0
        """Of two plans that are compared at once only the one asked for last is shown."""
        self.years = Segments("年度")
        self.years.chosen.connect(self._choose)
        self.table = PlanTable()
        self.table.setProperty("frame", "box")
        self.table.toggled.connect(self._toggle)
        self.model = PlanModel(())
        self.build = Button("", Look.PRIMARY)
        self.build.clicked.connect(self.make)
        self._told = Label("", ink="ink2", wraps=True)
        self._empty = EmptyState("还没有可以沿用的清单", "上一年没有写明期限的责任事项。可以导入，也可以逐条新增。")
        self.head.addWidget(self.build)
        for part in (self.years, self._told, self.table, self._empty):
            self.body.addWidget(part)

    def showEvent(self, event: QShowEvent) -> None:
        """Read anew: something may have been written since the page was left."""
        super().showEvent(event)
        if not self._context.office.vault.closed:
            self.read()

    def read(self) -> None:
        """Find the years there are and show the first; what each item becomes is compared beside the window."""
        pairs = self._work.years()
        self.years.show_choices([(f"{old}-{new}", f"{old} 年 → {new} 年") for old, new in pairs])
        self._empty.setVisible(not pairs)
        for part in (self.years, self._told, self.table, self.build):
            part.setVisible(bool(pairs))
        self.years.setVisible(len(pairs) > 1)
        if pairs:
            self.years.set_current(f"{pairs[0][0]}-{pairs[0][1]}")
            self._choose(self.years.current())

    def make(self) -> None:
        """Make the list of the new year."""
        if self._years is None or not self.model.taken:
            return
        old, new = self._years
        chosen = [item.source for item in self.model.lines if item.source in self.model.taken]
        self.build.setEnabled(False)

        def done(change: Change) -> None:
            self._context.events.changed.emit(change)
            self.left.emit()
            self._context.events.said.emit(f"已建立 {new} 年责任清单 {len(chosen)} 项，都在“拟定”", change.entry)

        def failed(error: Exception) -> None:
            self._tell()
            if isinstance(error, PaizhuError):
                messages.tell(self, error)

        write_many(
            self._context,
            lambda progress: self._work.build(old, new, chosen, progress),
            done,
            failed,
            count=len(chosen),
            words=f"建立 {new} 年责任清单 {len(chosen)} 项",
        )

    def _choose(self, key: str) -> None:
        old, new = (int(part) for part in key.split("-"))
        self._years = (old, new)
        self._asked += 1
        # What stood here may not hold any more, or is that of another year.
        self._show_plan(())
        self.build.setEnabled(False)
        self._told.setText(f"正在比对 {old} 年的责任事项……")
        asked = self._asked

        def compared(items: Sequence[Planned]) -> None:
            if asked == self._asked:
                self._show_plan(items)
                self._tell()

        self._context.tasks.run(lambda _progress: self._work.plan(old, new), compared)

    def _show_plan(self, items: Sequence[Planned]) -> None:
        old, self.model = self.model, PlanModel(items)
        self.model.setParent(self.table)
        self.table.show_model(self.model, self.model.columns)
        old.deleteLater()
        self.table.go_to(0)

    def _toggle(self, row: int) -> None:
        self.model.toggle(row)
        self._tell()

    def _tell(self) -> None:
        count, total = len(self.model.taken), len(self.model.lines)
        watched = sum(len(item.changes) > 1 for item in self.model.lines)
        year = self._years[1] if self._years else 0
        self.build.setText(f"建立 {year} 年 {count} 项")
        self.build.setAccessibleName(self.build.text())
        self.build.setEnabled(count > 0)
        more = f"；{watched} 项有要看的提醒" if watched else ""
        self._told.setText(f"上年共 {total} 项，转入 {count} 项{more}。进展、佐证、督促留在上年。空格或点“转入”取舍。")
