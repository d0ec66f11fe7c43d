"""Which records of a register its list shows: those behind a chip, under conditions, and what is sought over it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from paizhu.base.register import Register
from paizhu.base.view import Condition, Test
from paizhu.services.facets import ALL, Facet
from paizhu.services.views import SavedView
from paizhu.ui.context import Context
from paizhu.ui.register.filters import narrowed_by
from paizhu.ui.register.list_facets import RECYCLED, ListFacets
from paizhu.ui.register.list_pane import ListPane
from paizhu.ui.register.relisting import Relisting


class Narrowing(QObject):
    """Narrows one list and keeps its order; what was chosen can be kept as a saved view and comes back from it."""

    chips_changed = Signal()
    """There are other chips, they count anew, or another one is chosen."""
    arranged = Signal()
    """The officer asked for other records, or for another order."""

    def __init__(self, context: Context, register: Register, relisting: Relisting) -> None:
        super().__init__(relisting)
        self._context, self._register, self._relisting = context, register, relisting
        self.facet_key = ALL
        self.conditions: tuple[Condition, ...] = ()
        self._missing = self._awaits_chip = False
        listed = relisting.list_now
        self._facets = ListFacets(context, register, listed)
        self._facets.found.connect(self.chips_changed)
        self._facets.counted.connect(self.chips_changed)
        self._facets.counted.connect(self.look)
        self._facets.found.connect(self._follow_chip)
        listed.filtered.connect(self._narrow)
        listed.sorted_by.connect(self._sort)
        listed.cleared.connect(self.clear)
        listed.line.changed.connect(lambda: self._show(self._order()))
        listed.undo_bar.more_asked.connect(lambda: self.choose(RECYCLED))

    # --- chips -----------------------------------------------------------------------------------------------

    @property
    def facets(self) -> tuple[Facet, ...]:
        """The chips there are now."""
        return self._facets.all

    def refresh(self) -> dict[str, int]:
        """Make the chips anew and return their counts."""
        return self._facets.refresh(self.facet_key)

    def count(self) -> None:
        """Count anew what stands behind the chips, off the window's thread."""
        if not self._context.office.vault.closed:
            self._facets.count()

    def look(self) -> None:
        """Find the records with a clock run out, off the window's thread, and give them their chip."""
        self._facets.look()

    # --- what is shown ---------------------------------------------------------------------------------------

    def choose(self, key: str) -> None:
        """Show the records behind a chip, or the recycle list."""
        if key == RECYCLED or self._facets.named(key):
            self.facet_key = key
            self._show_other()

    def only(self, ids: tuple[int, ...]) -> None:
        """Narrow the list to these records, whatever chip was chosen."""
        self.facet_key = ALL
        self._narrow((Condition("id", Test.ONE_OF, ids),), missing=False)

    def clear(self) -> None:
        """Show every live record again."""
        if self.facet_key != ALL or self.conditions or self._missing or self._list.line.words():
            self._list.line.clear()
            self.facet_key, self.conditions, self._missing = ALL, (), False
            self._list.filters.hide()
            self._show_other()
        self._list.table.setFocus()

    def clear_conditions(self) -> None:
        """Ask for no conditions any more; the chip stays."""
        self._narrow((), missing=False)
        self._list.table.setFocus()

    def show_all_with(self, *, voided: bool) -> None:
        """Show all there are of the live records, or of the voided ones: one that must be seen may be any of them."""
        self.facet_key, self.conditions, self._missing = RECYCLED if voided else ALL, (), False
        self._list.line.clear()
        self._show(self._order())
        self.chips_changed.emit()

    def open_conditions(self) -> None:
        """Show the conditions above the list."""
        self._list.filters.open(self.conditions, self._missing, self._context.office.desk.reading)

    def show_in_usual_order(self) -> None:
        """Show the same records as they are ordered where nobody asked for another order."""
        self._show(None)

    def show_saved(self, saved: SavedView) -> None:
        """Show the list as a view was saved, its columns included."""
        self.refresh()
        self.facet_key = saved.facet if self._facets.may_be(saved.facet) else ALL
        self._awaits_chip = self.facet_key != RECYCLED and self._facets.named(self.facet_key) is None
        self.conditions, self._missing = saved.conditions, saved.missing
        if saved.layout:
            self._list.restore_layout(saved.layout)
        sorted_view = self._list.sorted_view(saved.sorting[0], descending=saved.sorting[1])
        self._show(sorted_view.order[0] if sorted_view else None)
        self.chips_changed.emit()

    def as_saved(self, name: str, layout: dict[str, Any]) -> SavedView:
        """Return what is shown as a view to be saved, laid out as told."""
        return SavedView(name, self.facet_key, self.conditions, self._missing, layout)

    # --- the machine -----------------------------------------------------------------------------------------

    @property
    def _list(self) -> ListPane:
        return self._relisting.list

    def _narrow(self, conditions: Sequence[Condition], missing: bool) -> None:
        self.conditions, self._missing = tuple(conditions), missing
        self._show_other()

    def _show_other(self) -> None:
        self._show(self._order())
        self.chips_changed.emit()
        self.arranged.emit()

    def _sort(self, key: str, descending: bool) -> None:
        if view := self._list.sorted_view(key, descending=descending):
            self._show(view.order[0])
            self.arranged.emit()

    def _order(self) -> tuple[str, bool] | None:
        return self._list.view.order[0] if self._list.view.order else None

    def _follow_chip(self) -> None:
        """Show what stands behind the chip now, where that is other records than before; the one in hand stays."""
        self.refresh()
        if not self._facets.may_be(self.facet_key):
            self.facet_key = ALL
            self.chips_changed.emit()
        awaited, self._awaits_chip = self._awaits_chip, False
        self._show(self._order(), again=not awaited)
        if awaited and self._list.isVisible():
            self._list.go_first()

    def _show(self, order: tuple[str, bool] | None, *, again: bool = False) -> None:
        if self._context.office.vault.closed:
            # A lock came between the last key in the line over the list and this moment.
            return
        sought = self._list.sought()
        view = self._facets.view(self.facet_key).where(*self.conditions)
        if sought is not None:
            view = view.where(Condition("id", Test.ONE_OF, sought))
        usual = () if self._list.as_tree else view.order
        view = replace(view, missing=view.missing or self._missing, order=(order,) if order else usual)
        chip = self._facets.words(self.facet_key)
        line = self._list.line.words() if sought is not None else ""
        self._list.narrowed.tell(narrowed_by(self._register, "", self.conditions, "", missing=self._missing))
        if not again or view != self._list.view:
            words = narrowed_by(self._register, chip, self.conditions, line, missing=self._missing)
            self._list.show_view(view, words, again=again)
