"""One list over all matters of the tab, whatever register they stand in now: filter, table, undo bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from paizhu.services.matters.listing import Line, Matters
from paizhu.ui.context import Context
from paizhu.ui.desk_timer import SETTLE_MS, DeskTimer
from paizhu.ui.kit.button import Look, Offer
from paizhu.ui.kit.chips import Chip
from paizhu.ui.kit.empty import EmptyState, NoMatch
from paizhu.ui.kit.table_view import RegisterTable
from paizhu.ui.kit.undo_bar import UndoBar
from paizhu.ui.register.across_model import ALL, AcrossModel
from paizhu.ui.rereading import Rereading


class _Words(QLineEdit):
    """The line of words; Esc empties it, and gives the list back once it is empty."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Esc, go to the list with Enter or the arrow down."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class AcrossPane(QWidget):
    """Shows the matters; `picked` follows the row the list stands on, `opened` Enter and double click."""

    picked = Signal(str, int)
    opened = Signal(str, int)
    counted = Signal()
    gone = Signal(str, int)
    """What the list stood on is no matter any more; it stands on what took its place, if there is anything."""
    chosen = Signal()
    """Another number of matters is selected, or another one."""
    acted = Signal(str)
    """What an empty place asks for: new, import."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._loaded = False
        self._reading = Rereading(context.tasks, Matters(context.office.desk).every, self._read_done)
        self._wanted: tuple[str, int] | None = None
        self.model = AcrossModel()
        self.model.setParent(self)
        self.table = RegisterTable("全部案件列表")
        self.table.show_model(self.model, self.model.columns)
        self.table.sort_asked.connect(self._sort)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit())
        self.words = _Words()
        self.words.setAccessibleName("筛选全部案件")
        self.words.setPlaceholderText("输入姓名、事由、编号或阶段，Esc 收起")
        self.words.hide()
        self.undo_bar = UndoBar()
        offers = [Offer("new", "登记信访", Look.PRIMARY, "plus"), Offer("import", "导入 Excel", icon="import")]
        self.empty = EmptyState("还没有信访、线索和案件", "可以从旧的台账导入，也可以先登记一件信访。", offers)
        self.empty.acted.connect(self.acted)
        self._no_match = NoMatch()
        self._no_match.cleared.connect(self.clear)
        self._stack = QStackedWidget()
        for page in (self.table, self.empty, self._no_match):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.words)
        column.addWidget(self._stack, 1)
        column.addWidget(self.undo_bar)
        self._settle = DeskTimer(self, SETTLE_MS, single=True)
        self._settle.timeout.connect(self._tell_picked)
        self._keeping = False
        self.table.picked.connect(lambda _row: None if self._keeping else self._settle.start())
        self.table.opened.connect(self._open)
        # A click on the line one stands on leads back to it from another record of the matter.
        self.table.clicked.connect(lambda _index: self._settle.start())
        self.words.textChanged.connect(lambda _text: self._narrow(self.model.facet))
        self.words.left.connect(self._leave_words)

    # --- reading ---------------------------------------------------------------------------------------------

    def read(self) -> None:
        """Gather the matters off the window's thread; what changes meanwhile is read once more."""
        self._reading.ask()

    @property
    def loaded(self) -> bool:
        """Tell whether the matters were read at least once."""
        return self._loaded

    def read_first(self) -> None:
        """Read, unless they were read before or are being read just now."""
        if not self._loaded and not self._reading.busy:
            self.read()

    def chips(self) -> list[Chip]:
        """Return the chips of the list; nothing is counted before the matters were read."""
        chips = self.model.chips()
        return chips if self._loaded else [replace(chip, count=None) for chip in chips]

    def choose(self, facet: str) -> None:
        """Show the matters behind a chip."""
        self._narrow(facet)

    def clear(self) -> None:
        """Show every matter again."""
        self.words.clear()
        self._narrow(ALL)
        self.table.setFocus()

    def open_words(self) -> None:
        """Show the line of words above the list."""
        self.words.show()
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # --- where the list stands -------------------------------------------------------------------------------

    def current(self) -> Line | None:
        """Return the matter the list stands on."""
        at = self.table.currentIndex().row()
        return self.model.line(at)

    def go_to(self, register: str, record_id: int) -> bool:
        """Stand on the matter of a record without opening anything; filters that hide it are taken away."""
        self._wanted = (register, record_id)
        at = self.model.place_of(register, record_id)
        if at < 0 and (self.model.facet != ALL or self.model.words):
            self.words.clear()
            self._narrow(ALL)
            at = self.model.place_of(register, record_id)
        self._stand_on(at)
        return at >= 0

    def follow(self, register: str, record_id: int) -> None:
        """Stand on a matter that was just written; one that is not listed yet is found when it is read."""
        self._wanted = (register, record_id)
        if (at := self.model.place_of(register, record_id)) >= 0:
            self._stand_on(at)

    def go_first(self) -> None:
        """Stand on the first matter and show it."""
        if self.model.lines:
            self.table.go_to(0)
            self._tell_picked()

    def counts_words(self) -> str:
        """Return how many matters are open and selected, for the status bar."""
        if not self._loaded:
            return "正在读取全部案件"
        running = sum(line.standing == "open" for line in self.model.every)
        return f"在办 {running:,} 件 · 已选 {len(self.table.selected_rows()):,} 件"

    # --- the machine -----------------------------------------------------------------------------------------

    def _read_done(self, lines: Sequence[Line]) -> None:
        if self._context.office.vault.closed:
            return
        self._loaded = True
        here = self.current()
        standing = self._wanted or (here.key if here else None)
        scroll, row = self.table.verticalScrollBar().value(), self.table.currentIndex().row()
        matter = self.model.matter_of(standing) if standing else None
        self._keeping = True
        self.model.show_matters(lines, self._context.office.desk.today)
        self._keeping = False
        is_gone = matter is not None and standing is not None and self.model.matter_of(standing) is None
        if matter and is_gone:
            self._stand_on(self._in_place_of(matter, row))
            self._wanted = line.key if (line := self.current()) else None
        elif standing:
            self._stand_on(self.model.place_of(*standing))
        if here is None or here.key == standing:
            self.table.verticalScrollBar().setValue(scroll)
        self._show_stack()
        if standing and is_gone:
            self.gone.emit(*standing)
        self.counted.emit()

    def _in_place_of(self, matter: Line, row: int) -> int:
        """Return the line of what is left of a matter, or the one that took its place in the list."""
        left = (self.model.place_of(*each) for each in reversed(matter.records))
        return next((at for at in left if at >= 0), min(max(row, 0), len(self.model.lines) - 1))

    def _stand_on(self, at: int) -> None:
        self._keeping = True
        self.table.go_to(at)
        self._keeping = False
        self._settle.stop()

    def _sort(self, key: str, descending: bool) -> None:
        standing = self.current()
        self._keeping = True
        self.model.sort_by(key, descending=descending)
        self._keeping = False
        if standing:
            self._stand_on(self.model.place_of(*standing.key))
        self.table.show_sorted(key, descending=descending)

    def _narrow(self, facet: str) -> None:
        standing = self.current()
        self._keeping = True
        self.model.narrow(facet, self.words.text())
        self._keeping = False
        if standing:
            self._stand_on(self.model.place_of(*standing.key))
        self._show_stack()
        self.counted.emit()

    @property
    def is_empty(self) -> bool:
        """Tell whether the way in stands in place of the rows: there is no matter at all yet."""
        return self._stack.currentWidget() is self.empty

    def _show_stack(self) -> None:
        if self.model.lines or not self._loaded:
            self._stack.setCurrentWidget(self.table)
        elif not self.model.every:
            self._stack.setCurrentWidget(self.empty)
        else:
            chip = next((chip.words for chip in self.chips() if chip.key == self.model.facet), "全部")
            told = [chip, f"“{self.words.text()}”"] if self.words.text() else [chip]
            self._no_match.show_filters(told, f"{len(self.model.every)} 件")
            self._stack.setCurrentWidget(self._no_match)

    def _leave_words(self) -> None:
        if not self.words.text():
            self.words.hide()
        self.table.setFocus()

    def _tell_picked(self) -> None:
        line = self.current()
        if line:
            self._wanted = line.key
            self.picked.emit(*line.key)
        self.counted.emit()

    def _open(self, _row: int) -> None:
        line = self.current()
        if line:
            self._settle.stop()
            self._wanted = line.key
            self.opened.emit(*line.key)
