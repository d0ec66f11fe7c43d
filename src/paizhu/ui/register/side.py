"""List and detail of one register side by side; where there is no room for both, one takes the other's place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from paizhu.base.register import Register
from paizhu.base.rows import Change
from paizhu.base.view import Condition, Test
from paizhu.services.facets import ALL, Facet
from paizhu.services.readable import OpenedFiles
from paizhu.services.views import SavedView
from paizhu.ui import theme
from paizhu.ui.context import Context
from paizhu.ui.register.detail_acts import DetailActs
from paizhu.ui.register.detail_files import DetailFiles
from paizhu.ui.register.detail_pane import DetailPane
from paizhu.ui.register.filters import narrowed_by
from paizhu.ui.register.left_view import LeftView
from paizhu.ui.register.list_acts import ListActs
from paizhu.ui.register.list_facets import RECYCLED, ListFacets
from paizhu.ui.register.list_pane import ListPane
from paizhu.ui.register.making import EditorKit
from paizhu.ui.register.narrow_line import CHANGE
from paizhu.ui.register.relisting import Relisting
from paizhu.ui.register.room import Room
from paizhu.ui.register.settled import Settled
from paizhu.ui.register.split import DETAIL_LEAST, Split
from paizhu.ui.turns import Pieces, at_once
from paizhu.ui.when_seen import WhenSeen

_LEAST = 320


class RegisterSide(QWidget):
    """Everything of one register on a page; the page's tool bar is told by signals."""

    chips_changed = Signal()
    counted = Signal()
    primary_changed = Signal()
    acted = Signal(str)
    pasted = Signal(list)
    arranged = Signal()
    page_asked = Signal(str)
    """Key of a page beside the tabs."""
    list_asked = Signal()
    """The officer goes back to the list while that is not this side's own."""

    def __init__(
        self, context: Context, register: Register, opened: OpenedFiles, parts: tuple[EditorKit, ListPane, DetailPane]
    ) -> None:
        super().__init__()
        self._context = context
        self.register = register
        self.facet_key = ALL
        self.conditions: tuple[Condition, ...] = ()
        self.missing = False
        self._narrow = self._alone = self._awaits_chip = False
        self._missed: Change | None = None
        self._count = WhenSeen(self, self._count_again, apart=True)
        kit, self.list_now, self.detail = parts
        # What was written in this turn the list holds in the next.
        self.relisting = Relisting(self, self.list_now, lambda: context.office.vault.closed)
        self._seen = WhenSeen(self, self._take_missed, gently=self.relisting.finish)
        self._facets = ListFacets(context, register, self.list_now)
        self._facets.found.connect(self.chips_changed)
        self._facets.counted.connect(self.chips_changed)
        self._facets.counted.connect(self.look_for_overdue)
        self._facets.found.connect(self._follow_chip)
        self.acts = DetailActs(context, self.detail)
        self.settled = Settled(context, self.detail)
        self.files = DetailFiles(context, self.detail, opened)
        self.left_view = LeftView(self.list_now, self.detail, lambda: not self._alone)
        self.left_view.everywhere_asked.connect(lambda record_id: at_once(self.opening(record_id)))
        self.list_acts = ListActs(context, self.list_now, kit.cell_editor, self.detail.take_pasted)
        self._room = Room(self.list_now, self.detail)
        self.splitter = Split(self.list_now, self.detail, self._room.usual_share, self._room.list_least)
        self.splitter.arranged.connect(self.arranged)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.splitter)
        self.list_now.picked.connect(self._picked)
        self.list_now.opened.connect(self.open)
        self.list_now.counted.connect(self.counted)
        self.list_now.filtered.connect(self._filtered)
        self.list_now.narrowed.acted.connect(self._change_conditions)
        self.list_now.sorted_by.connect(self._sort)
        self.list_now.cleared.connect(self.clear_filters)
        self.list_now.line.changed.connect(lambda: self._show_view(self._order()))
        self.list_now.acted.connect(self._list_acted)
        self.list_now.undo_bar.more_asked.connect(lambda: self.choose(RECYCLED))
        self.list_now.table.arranged.connect(self.arranged)
        self.list_acts.pasted.connect(self.pasted)
        self.list_acts.duplicated.connect(self.duplicate)
        self.acts.went.connect(self._went)
        self.acts.primary_changed.connect(self.primary_changed)
        self.detail.header.back.clicked.connect(self.show_list)
        theme.current().follow(self, self._fit)

    @property
    def list(self) -> ListPane:
        """The list, holding all that was written."""
        self.relisting.finish()
        return self.list_now

    # --- views -----------------------------------------------------------------------------------------------

    def show_saved(self, saved: SavedView) -> None:
        """Show the list as a view was saved."""
        self.refresh_facets()
        self.facet_key = saved.facet if self._facets.may_be(saved.facet) else ALL
        self._awaits_chip = self.facet_key != RECYCLED and self._facets.named(self.facet_key) is None
        self.conditions, self.missing = saved.conditions, saved.missing
        if saved.layout:
            self.list.restore_layout(saved.layout)
            self.splitter.restore(saved.layout.get("share"))
        sorted_view = self.list.sorted_view(saved.sorting[0], descending=saved.sorting[1])
        self._show_view(sorted_view.order[0] if sorted_view else None)
        self._fit()
        self.chips_changed.emit()

    def as_saved(self, name: str = "") -> SavedView:
        """Return how the list stands now."""
        layout = {**self.list.layout_data(), "share": round(self.splitter.share, 3)}
        return SavedView(name, self.facet_key, self.conditions, self.missing, layout)

    def choose(self, key: str) -> None:
        """Show the records behind a chip, or the recycle list."""
        if key == RECYCLED or self._facets.named(key):
            self.facet_key = key
            self._narrow_list()

    def clear_filters(self) -> None:
        """Show every live record again."""
        if self.facet_key != ALL or self.conditions or self.missing or self.list.line.words():
            self.list.line.clear()
            self.facet_key, self.conditions, self.missing = ALL, (), False
            self.list.filters.hide()
            self._narrow_list()
        self.list.table.setFocus()

    def set_tree(self, on: bool) -> None:
        """Change between tree and plain list, standing on the same record."""
        record_id = self.list.current_id()
        self.list.set_tree(on)
        self.splitter.to_usual()
        self._show_view(None)
        self._fit()
        if record_id:
            self.list.go_to(record_id)
        self.arranged.emit()

    @property
    def facets(self) -> tuple[Facet, ...]:
        """The chips there are now."""
        return self._facets.all

    def refresh_facets(self) -> dict[str, int]:
        """Make the chips anew and return their counts."""
        return self._facets.refresh(self.facet_key)

    def look_for_overdue(self) -> None:
        """Find the records with a clock run out, off the window's thread, and give them their chip."""
        self._facets.look()

    def open_filters(self) -> None:
        """Show the conditions above the list."""
        reading = self._context.office.desk.reading
        self.show_list()
        self.list.filters.open(self.conditions, self.missing, reading)

    # --- records ---------------------------------------------------------------------------------------------

    def open(self, record_id: int) -> None:
        """Show a record and go to its pane."""
        if record_id:
            at_once(self._going_to(record_id))

    def opening(self, record_id: int) -> Pieces:
        """Show a record wherever it stands, in pieces."""
        self.list.filters.hide()
        if not self.list.go_to(record_id):
            row = self._context.office.records.get(self.register, record_id)
            self.facet_key, self.conditions, self.missing = RECYCLED if row.voided else ALL, (), False
            self.list.line.clear()
            self._show_view(self._order())
            self.chips_changed.emit()
            self.list.go_to(record_id)
        # No pause here: as long as no record is shown, one look at the page would go to the first of the list.
        yield from self._going_to(record_id)

    def _going_to(self, record_id: int) -> Pieces:
        yield from self.acts.showing_again(record_id)
        self._show_detail()
        self.detail.header.tabs.setFocus()
        self.primary_changed.emit()

    def start_new(self, values: dict[str, Any] | None = None) -> None:
        """Open an empty form."""
        self.list.select_none()
        self.acts.start_new(values or {})
        self._show_detail()
        self.primary_changed.emit()

    def duplicate(self, record_id: int) -> None:
        """Open a form with what this record has in common with the next one."""
        if record_id:
            self.acts.show_record(record_id)
            self.start_new(self.detail.work.copy_of())

    def show_list(self) -> None:
        """Go back to the list; in a narrow window it takes the detail's place."""
        self.acts.keep_draft()
        if self._alone:
            self.list_asked.emit()
            return
        if self._narrow:
            self.detail.hide()
            self.list.show()
        self.list.table.setFocus()
        self.primary_changed.emit()

    def make_way(self) -> None:
        """Hold no record any more that was written while this side lay behind: it is not read again for a new one."""
        if self._seen.waits and self.detail.work.row is not None:
            self.acts.close()

    def first_look(self) -> None:
        """Show the first record when there is room for it beside the list."""
        if not self._alone and not self._narrow and not self.detail.has_record and self.list.model.total:
            self.list.go_first()
        if self.list.isVisible() and ((focus := QApplication.focusWidget()) is None or not self.isAncestorOf(focus)):
            self.list.table.setFocus()

    def note_change(self, change: Change) -> None:
        """Read again what a write touched, at once or when this side comes to the front."""
        self._missed = self._missed.joined(change) if self._missed else change
        self._seen.ask()

    def catch_up(self) -> None:
        """Read now what was written while this side lay behind others."""
        self._seen.catch_up()
        self.relisting.finish()

    def show_alone(self, alone: bool, narrow: bool = False) -> None:
        """Show the record without the list, which stands elsewhere; ``narrow`` tells that only one has room."""
        was, self._alone = self._alone, alone
        if alone:
            self._narrow = narrow
            self.list_now.hide()
            self.detail.setMinimumWidth(0)
            self.detail.show()
        elif was:
            self._narrow = False
            self.list_now.show()
            self._fit()
        self.detail.header.back.setVisible(self._narrow)

    @property
    def detail_replaces(self) -> bool:
        """Tell whether the window is so narrow that only one of both is shown."""
        return self._narrow

    def minimumSizeHint(self) -> QSize:
        """Let the page be narrower than both sides need: then one takes the other's place."""
        return QSize(theme.current().px(_LEAST), super().minimumSizeHint().height())

    def showEvent(self, event: QShowEvent) -> None:
        """Come to the front with the list as it is by now: there is no picture of it to keep until then."""
        super().showEvent(event)
        self.relisting.finish()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width."""
        super().resizeEvent(event)
        self._fit()

    # --- the machine -----------------------------------------------------------------------------------------

    def _take_missed(self) -> None:
        change, self._missed = self._missed, None
        if change is None or self._context.office.vault.closed:
            return
        self.acts.note_change(change)
        if self.register.key in change.registers:
            self.relisting.ask()
            self._count.ask()

    def _count_again(self) -> None:
        if not self._context.office.vault.closed:
            self._facets.count()

    def _follow_chip(self) -> None:
        """Show what stands behind the chip now, where that is other records than before; the one in hand stays."""
        self.refresh_facets()
        if not self._facets.may_be(self.facet_key):
            self.facet_key = ALL
            self.chips_changed.emit()
        awaited, self._awaits_chip = self._awaits_chip, False
        self._show_view(self._order(), again=not awaited)
        if awaited and self.list.isVisible():
            self.list.go_first()

    def _show_view(self, order: tuple[str, bool] | None, *, again: bool = False) -> None:
        if self._context.office.vault.closed:
            # A lock came between the last key in the line over the list and this moment.
            return
        sought = self.list.sought()
        view = self._facets.view(self.facet_key).where(*self.conditions)
        if sought is not None:
            view = view.where(Condition("id", Test.ONE_OF, sought))
        usual = () if self.list.as_tree else view.order
        view = replace(view, missing=view.missing or self.missing, order=(order,) if order else usual)
        chip = self._facets.words(self.facet_key)
        line = self.list.line.words() if sought is not None else ""
        self.list.narrowed.tell(narrowed_by(self.register, "", self.conditions, "", missing=self.missing))
        if not again or view != self.list.view:
            words = narrowed_by(self.register, chip, self.conditions, line, missing=self.missing)
            self.list.show_view(view, words, again=again)

    def _order(self) -> tuple[str, bool] | None:
        return self.list.view.order[0] if self.list.view.order else None

    def _sort(self, key: str, descending: bool) -> None:
        if view := self.list.sorted_view(key, descending=descending):
            self._show_view(view.order[0])
            self.arranged.emit()

    def _narrow_list(self) -> None:
        self._show_view(self._order())
        self.chips_changed.emit()
        self.arranged.emit()

    def list_only(self, ids: tuple[int, ...]) -> None:
        """Narrow the list to these records, whatever chip was chosen."""
        self.facet_key = ALL
        self._filtered((Condition("id", Test.ONE_OF, ids),), missing=False)

    def _change_conditions(self, key: str) -> None:
        if key == CHANGE:
            self.open_filters()
        else:
            self._filtered((), missing=False)
            self.list.table.setFocus()

    def _filtered(self, conditions: Sequence[Condition], missing: bool) -> None:
        self.conditions, self.missing = tuple(conditions), missing
        self._narrow_list()

    def _picked(self, record_id: int) -> None:
        # A lock may come between the last key and this moment.
        if self._alone or self._context.office.vault.closed or (self._narrow and not self.detail.isVisible()):
            return
        if record_id:
            at_once(self.acts.showing_again(record_id))
        elif not self.detail.work.is_new:
            self.acts.close()
        self.primary_changed.emit()

    def _went(self, record_id: int) -> None:
        if record_id:
            self.relisting.stand_on(record_id)
        else:
            self.show_list()
            self.first_look()

    def _list_acted(self, key: str) -> None:
        if key == "open":
            self.open(self.list.current_id())
        elif key in ("new", "import"):
            self.acted.emit(key)

    def _show_detail(self) -> None:
        if self._narrow and not self._alone:
            self.list_now.hide()
        self.detail.show()

    def _fit(self) -> None:
        if self._alone:
            return
        narrow = not self.splitter.has_room(self.width())
        self.list_now.setMinimumWidth(0 if narrow else min(self._room.list_least(), self.width() // 3))
        self.detail.setMinimumWidth(0 if narrow else theme.current().px(DETAIL_LEAST))
        if narrow != self._narrow:
            self._narrow = narrow
            self.detail.header.back.setVisible(narrow)
            in_detail = narrow and self.detail.isAncestorOf(self.focusWidget() or self)
            self.list_now.setVisible(not in_detail)
            self.detail.setVisible(not narrow or in_detail)
            self.primary_changed.emit()
        self.splitter.share_out(self.width())
