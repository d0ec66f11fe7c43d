"""The list of one register: table, conditions above it, undo bar below it, and what stands there without rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from paizhu.base import clock
from paizhu.base.register import Register
from paizhu.base.rows import Row
from paizhu.base.view import DUE, Condition, Test, View, Which
from paizhu.ui.context import Context
from paizhu.ui.desk_timer import SETTLE_MS, DeskTimer
from paizhu.ui.kit.undo_bar import UndoBar
from paizhu.ui.overviews import head_of
from paizhu.ui.register.asking import AskStrip
from paizhu.ui.register.chosen import MOST_SEEN, Chosen, chosen_among
from paizhu.ui.register.editor import EditorMaker
from paizhu.ui.register.filter_panel import FilterPanel
from paizhu.ui.register.list_model import model_of
from paizhu.ui.register.list_stack import ListStack
from paizhu.ui.register.list_standing import Standing
from paizhu.ui.register.list_table import ListTable
from paizhu.ui.register.long_order import LongOrder
from paizhu.ui.register.narrow_line import NarrowLine
from paizhu.ui.register.outline_model import OutlineModel
from paizhu.ui.register.outlines import outline_of
from paizhu.ui.register.row_menu import row_menu
from paizhu.ui.register.sought_line import SoughtLine
from paizhu.ui.register.table_model import RegisterModel

_CROWDED = "“{}”现在放不下，拉宽列表或少选几列就会出现"


class ListPane(QWidget):
    """Shows a view and tells what is picked, opened and asked for; it writes nothing itself."""

    picked = Signal(int)
    """Id of the record the list stands on, a moment after moving stopped; 0 for none."""
    opened = Signal(int)
    counted = Signal()
    """Total or selection changed."""
    filtered = Signal(list, bool)
    sorted_by = Signal(str, bool)
    cleared = Signal()
    acted = Signal(str)
    """What the menu, a key or an empty place asks for: new, import, void, unvoid, copy, paste, duplicate, mass."""

    def __init__(self, context: Context, register: Register, make: EditorMaker) -> None:
        super().__init__()
        self._context = context
        self.register = register
        self._keeping = False
        self._recycled = False
        self.left_id = 0
        """The record in hand that something written took out of the view; the line stood on took its place."""
        self._chosen: Chosen | None = None
        self._chosen_beside = 0
        self.filter_words: list[str] = []
        self.outline = outline_of(register, context.office)
        self.as_tree = self.outline is not None
        self._layouts: dict[bool, dict[str, Any]] = {}
        self.table = ListTable(f"{register.label}列表")
        self._order = LongOrder(context.office.records, context.tasks, self)
        self._order.given_up.connect(self._sort_as_before)
        self.model = self._new_model()
        self.filters = FilterPanel(register, make)
        self.filters.applied.connect(self.filtered)
        self.filters.closed.connect(self.table.setFocus)
        self.line = SoughtLine(self.outline.placeholder if self.outline else "")
        self.line.left.connect(self._enter)
        self.narrowed = NarrowLine(self.filters)
        self.ask = AskStrip()
        self.ask.left.connect(self.table.setFocus)
        self.undo_bar = UndoBar()
        self._stack = ListStack(register, self.table)
        self._stack.acted.connect(self.acted)
        self._stack.cleared.connect(self.cleared)
        self.empty = self._stack.empty
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.head = head_of(register.key, context)
        for top in (self.head, self.line, self.filters, self.narrowed):
            if top:
                column.addWidget(top)
        column.addWidget(self._stack, 1)
        for bottom in (self.ask, self.undo_bar):
            column.addWidget(bottom)
        self._settle = DeskTimer(self, SETTLE_MS, single=True)
        self._settle.timeout.connect(lambda: self.picked.emit(self.current_id()))
        self.table.picked.connect(self._moved)
        self.table.opened.connect(self._open)
        self.table.folded.connect(self.table.arranged)
        self.table.sort_asked.connect(self.sorted_by)
        self.table.void_asked.connect(lambda: self.acted.emit("void"))
        self.table.paste_asked.connect(lambda: self.acted.emit("paste"))
        self.table.left.connect(self.cleared)
        self.table.crowded.connect(lambda words: context.events.said.emit(_CROWDED.format(words), 0))
        for asks in (self.ask, self.filters):
            asks.installEventFilter(self)

    # --- showing ---------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the head give way to the list where the window is low."""
        super().resizeEvent(event)
        self._give_way()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the head give way as well to what asks for something beside the list."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Resize):
            self._give_way()
        return super().eventFilter(watched, event)

    def _give_way(self) -> None:
        if self.head:
            asking = sum(each.sizeHint().height() for each in (self.ask, self.filters) if each.isVisible())
            self.head.give_way(self.height() - asking)

    @property
    def view(self) -> View:
        """The view that is shown, or that will be as soon as its order is worked out."""
        return self._order.wanted or self.model.view

    @property
    def is_recycled(self) -> bool:
        """Tell whether the recycle list is shown."""
        return self._recycled

    def show_view(self, view: View, filter_words: Sequence[str] = (), *, again: bool = False) -> None:
        """Show other records; the place is kept when the record picked before is among them.

        With ``again`` the officer asked for nothing else: the same list holds other records by now.
        """
        self.filter_words = list(filter_words)
        if isinstance(self.model, OutlineModel):
            # While the officer narrows the list, every record that is left is one he looks for.
            self.model.cut = not self.filter_words
        if (view.which is Which.VOIDED) is not self._recycled:
            self._recycled = view.which is Which.VOIDED
            if self.current_id():
                self._settle.start()
            if not self.as_tree:
                layout = self.table.layout_data()
                self.model = self._new_model()
                self.table.restore_layout(layout)
            else:
                self.model = self._new_model()
                self.table.restore_layout({})
        view = self._ranked(view)
        key, descending = view.order[0] if view.order else ("", False)
        self.table.show_sorted(self.model.column_of(key), descending=descending)
        show = partial(self._read, lambda: self.model.show_view(view, clock.today()), reordered=not again)
        self._order.show(self.model, view, show)

    def set_tree(self, on: bool) -> None:
        """Change between tree and plain list; each keeps its own columns. The view is shown anew by the caller."""
        on = on and self.outline is not None
        if on is not self.as_tree:
            self._layouts[self.as_tree] = self.table.layout_data()
            self.as_tree = on
            self.model = self._new_model()
            self.table.restore_layout(self._layouts.get(on, {}))

    def layout_data(self) -> dict[str, Any]:
        """Return how the list is arranged, as plain data: columns, and what is folded of a tree."""
        folds = self.model.fold_state() if isinstance(self.model, OutlineModel) else {}
        return {**self.table.layout_data(), "tree": self.as_tree, "folds": folds}

    def restore_layout(self, data: Mapping[str, Any]) -> None:
        """Arrange the list as it was kept."""
        self.set_tree(bool(data.get("tree", self.outline is not None)))
        if data.get("order"):
            self.table.restore_layout(data)
        folds = data.get("folds")
        if isinstance(self.model, OutlineModel) and isinstance(folds, Mapping):
            self.model.restore_folds(folds)

    def sought(self) -> tuple[int, ...] | None:
        """Return the records meant by the words in the line over the list; None while nothing stands there."""
        words = self.line.words()
        return self.outline.matching(words) if self.outline and words else None

    def counts_words(self) -> str:
        """Return how many records there are, how many of them are done, and how many are selected."""
        unit = self.outline.unit if self.outline else "条"
        done = ""
        if isinstance(self.model, OutlineModel):
            done = self.outline.done_words(self.model.branches) if self.outline else ""
        chosen = f"已选 {self.table.chosen_count():,} {unit}"
        # The first lines of a long list stand before it is counted to its end.
        total = f"共 {self.model.total:,} {unit}{'' if self.model.is_counted else '以上'}"
        return " · ".join(part for part in (total, done, chosen) if part)

    def read_again(self) -> None:
        """Read the records anew after a write, keeping place and selection."""
        ranked = self._ranked(self.view)
        again = partial(self.model.read_again, clock.today(), ranked)
        self._order.show(self.model, ranked, partial(self._read, again))

    def sorted_view(self, key: str, *, descending: bool) -> View | None:
        """Return the view in another order, or None where a column has none."""
        if key == DUE and not self.as_tree and any(column.key == DUE for column in self.model.columns):
            return replace(self.view, order=((DUE, descending),))
        return self.model.sorted_by(key, descending=descending)

    def _ranked(self, view: View) -> View:
        """Return the view with the deadlines as they run now, where it stands in their order."""
        by_due = bool(view.order) and view.order[0][0] == DUE
        return replace(view, ranked=self._context.office.today.ranking(self.register)) if by_due else view

    # --- where the list stands -------------------------------------------------------------------------------

    def current_row(self) -> Row | None:
        """Return the record the list stands on."""
        return self.model.row(self.table.currentIndex().row())

    def current_id(self) -> int:
        """Return its id, 0 for none."""
        row = self.current_row()
        return row.id if row else 0

    def chosen_count(self) -> int:
        """Return how many records are meant by what is done with the selected ones."""
        return self.table.chosen_count() or int(self.left_id > 0)

    def chosen(self) -> Chosen:
        """Return the selected records, the same object for as long as nothing else is selected or shown."""
        if self._chosen is None or self._chosen_beside != self.left_id:
            lines, self._chosen_beside = self.table.chosen_lines(), self.left_id
            self._chosen = chosen_among(self._context.office.records, self.model, lines, self.left_id)
        return self._chosen

    def selected_ids(self) -> list[int]:
        """Return the ids of the selected records, for whoever selected few."""
        return list(self.chosen().ids())

    def when_shown(self, do: Callable[[], object]) -> None:
        """Do something when the view asked for is shown, at once where its order need not be worked out first."""
        self._order.then(do)

    def show_now(self) -> None:
        """Show the view asked for without waiting any longer for its order."""
        self._order.finish()

    def go_to(self, record_id: int) -> bool:
        """Stand on a record at once; False when it is not in the view."""
        self.show_now()
        self.model.show_record(record_id)
        place = self.model.place_of(record_id)
        if place < 0:
            return False
        self._keeping = True
        self.table.go_to(place)
        self._keeping = False
        self._settle.stop()
        # Read now: after the next write another record may stand in this line.
        self.model.row(place)
        self.left_id = 0
        self.counted.emit()
        return True

    def keep_to(self, record_id: int) -> bool:
        """Stand on a record, or beside the list when it is in the view no more; False when it was voided since."""
        if self.go_to(record_id):
            return True
        if self._is_live(record_id):
            self.left_id = record_id
            self.table.choose_rows([], -1)
            self._settle.stop()
            self.counted.emit()
        return self.left_id == record_id

    def go_on(self) -> None:
        """Stand on what took the place of the record that left the view."""
        at, lines = max(self.table.currentIndex().row(), 0), self.model.lines
        # In a tree a branch may stand there, or the end of one.
        record = next((each for each in (*range(at, lines), *range(at)) if self.model.row(each)), -1)
        if record >= 0:
            self.left_id = 0
            self.table.go_to(record)
            self._settle.stop()
            self.picked.emit(self.current_id())

    def go_first(self) -> None:
        """Stand on the first record."""
        self.table.go_to(self.model.first_record())

    def scroll_place(self) -> int:
        """Return how far the list is scrolled."""
        return self.table.verticalScrollBar().value()

    def scroll_to(self, place: int) -> None:
        """Scroll as far as before."""
        self.table.verticalScrollBar().setValue(place)

    def select_none(self) -> None:
        """Stand on no record."""
        self._keeping, self.left_id = True, 0
        self.table.clearSelection()
        self.table.setCurrentIndex(self.model.index(-1, -1))
        self._keeping = False
        self._settle.stop()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the selected rows."""
        self.menu().popup(event.globalPos())

    def menu(self) -> QMenu:
        """Return the menu of the selected rows."""
        return row_menu(self, self.acted.emit, recycled=self._recycled, chosen=self.chosen_count() > 0)

    # --- the machine -----------------------------------------------------------------------------------------

    def _sort_as_before(self, given_up: View) -> None:
        order = self.model.view.order
        if order == given_up.order:
            order = self._context.office.records.default_view(self.register).order
        for key, descending in order[:1]:
            self.sorted_by.emit(key, descending)

    def _new_model(self) -> RegisterModel:
        tree = self.outline if self.as_tree else None
        model = model_of(self._context.office, self.register, tree, recycled=self._recycled)
        model.setParent(self)
        model.counted.connect(self.counted)
        model.count_beside = self._order.count
        self.table.show_model(model, model.columns)
        headed = not isinstance(model, OutlineModel) or model.outline.headed
        self.table.horizontalHeader().setVisible(headed)
        model.modelReset.connect(self._choose_anew)
        self.table.selectionModel().selectionChanged.connect(self._choose_anew)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self.counted.emit())
        return model

    def _choose_anew(self) -> None:
        self._chosen = None

    def _read(self, read: Callable[[], None], *, reordered: bool = False) -> None:
        chosen = self.selected_ids() if self.table.chosen_count() <= MOST_SEEN else []
        before = Standing(self.left_id or self.current_id(), self.table.currentIndex().row(), tuple(chosen))
        scroll = self.scroll_place()
        self._keeping = True
        read()
        after = before.carried_over(self.model, self._is_in_view, self._is_live, reordered=reordered)
        self.left_id = after.left_id
        self.table.choose_rows(after.chosen, after.line)
        self.scroll_to(scroll)
        self._keeping = False
        recycled, count = self.view.which is Which.VOIDED, self._context.office.records.count
        narrowed = [*(["回收区"] if recycled else []), *self.filter_words]
        self._stack.show_fitting(self.model.total, narrowed, lambda: count(View(self.register.key)), live=not recycled)
        self.counted.emit()
        if self.current_id() != before.record_id and not after.holds:
            self._settle.start()

    def _is_in_view(self, record_id: int) -> bool:
        itself = Condition("id", Test.IS, record_id)
        return record_id > 0 and self._context.office.records.count(self.view.where(itself)) > 0

    def _is_live(self, record_id: int) -> bool:
        """Tell whether a record is one that can be worked on, and not one of the recycle list."""
        get = self._context.office.records.get
        return record_id > 0 and not self._recycled and not get(self.register, record_id).voided

    @property
    def is_empty(self) -> bool:
        """Tell whether the way in stands in place of the rows: there is no record at all yet."""
        return self._stack.is_empty

    def _enter(self) -> None:
        if self.model.total:
            self.go_first()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, row: int) -> None:
        if self.model.row(row) is None:
            self.table.fold(row)
        else:
            record_id = self.current_id()
            self.go_to(record_id)
            self.opened.emit(record_id)

    def _moved(self, _row: int) -> None:
        if self._keeping:
            return
        self.left_id = 0
        if not (self.model.total and self.current_row() is None):
            # While an arrow key is held down, only the last record is read.
            self._settle.start()
