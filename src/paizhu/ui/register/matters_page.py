"""案件档案: one list over all matters first, opening the record each stands at; then the registers one by one."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from paizhu.base.errors import PaizhuError
from paizhu.base.register import Register
from paizhu.base.rows import Change
from paizhu.ui import messages, theme
from paizhu.ui.context import Context
from paizhu.ui.register.across_model import ALL
from paizhu.ui.register.across_pane import AcrossPane
from paizhu.ui.register.list_acts import VOIDED_WORDS
from paizhu.ui.register.list_facets import RECYCLED
from paizhu.ui.register.one_red import show_one_red
from paizhu.ui.register.page import RegisterPage
from paizhu.ui.register.place import Place, put_cursor
from paizhu.ui.register.side import RegisterSide
from paizhu.ui.register.split import Split
from paizhu.ui.turns import Pieces, at_once, next_turn
from paizhu.ui.undoing import offered
from paizhu.ui.when_seen import WhenSeen

ACROSS = "matters"
_WORDS, _NEW = "全部案件", "登记信访"
_LIST_LEAST, _SHARE = 404, 0.31
# What is done with the rows of one register is done in the list of that register.
_OWN_LIST = ("void", "unvoid", "paste", "duplicate", "mass", "save_view")


@dataclass(frozen=True)
class MattersPlace(Place):
    """Where the officer was, and whether in the list over all matters."""

    across: bool = False
    voided: bool = False
    """The record in hand lay in the recycle list already."""
    facet: str = ALL
    words: str = field(default="")


class MattersPage(RegisterPage):
    """The registers of a matter with the list over all of them as the first view."""

    def __init__(self, context: Context, registers: tuple[Register, ...]) -> None:
        self._across = self._narrow = False
        super().__init__(context, registers)
        self._matter_kinds = frozenset(each.key for each in registers)
        self._across_seen = WhenSeen(self, self.across.read)
        self.across.picked.connect(self._picked)
        self.across.opened.connect(self._opened_line)
        self.across.gone.connect(self._show_in_its_place)
        self.across.counted.connect(self._across_counted)
        self.across.chosen.connect(self._tell_counts)
        self.across.acted.connect(self.run)
        self.across.undo_bar.undo_asked.connect(self._take_back)
        self.across.undo_bar.more_asked.connect(self._show_recycled)
        theme.current().follow(self, self._fit)

    # --- what the window asks of every page ------------------------------------------------------------------

    def opening(self, register_key: str, record_id: int) -> Pieces:
        """Show a record beside the list it is found in; an empty form for 0."""
        yield from super().opening(register_key, record_id)
        if self._across:
            self.across.go_to(register_key, record_id)
            self._show_only(detail=True)

    def new_record(self, register_key: str = "", values: dict[str, object] | None = None) -> None:
        """Open an empty form; from the list over all matters that of a letter."""
        super().new_record(register_key or (self.registers[0].key if self._across else ""), values)
        if self._across:
            self._show_only(detail=True)

    def place(self) -> Place:
        """Return where the officer is, to come back to."""
        old = super().place()
        scroll = self.across.table.verticalScrollBar().value() if self._across else old.scroll
        in_detail = (self._narrow and not self._sides_box.isHidden()) if self._across else old.in_detail
        here = self.across.model.facet, self.across.words.text()
        row = self.side.detail.work.row
        return MattersPlace(old.register, old.view, old.record_id, scroll, old.tab, in_detail, old.is_new,
                            old.cursor, old.held, self._across, row is not None and row.voided, *here)  # fmt: skip

    def return_to(self, place: Place) -> None:
        """Go back to a place, in the list over all matters too."""
        if not isinstance(place, MattersPlace) or not place.across:
            self._leave_across()
            super().return_to(place)
            return
        self._switch(ACROSS)
        self.across.words.setText(place.words)
        self.across.choose(place.facet)
        self.rest.put_off(partial(self._return_across, place))

    def _return_across(self, place: MattersPlace) -> None:
        if self._context.office.vault.closed:
            return
        if place.is_new and self._side(place.register).detail.work.has_new_draft():
            super().new_record(place.register)
        elif place.record_id and self._is_voided(place.register, place.record_id) <= place.voided:
            self._show_record(place.register, place.record_id)
            self.side.detail.header.tabs.setCurrentIndex(place.tab)
            self.across.go_to(place.register, place.record_id)
        self.across.table.verticalScrollBar().setValue(place.scroll)
        self._show_only(detail=place.in_detail)
        put_cursor(self.side, place)

    def select_view(self, name: str) -> bool:
        """Show a saved view or chip of the register in front, in its own list."""
        if self._across and any(chip.words == name for chip in self.across.chips()):
            self._choose(next(chip.key for chip in self.across.chips() if chip.words == name))
            return True
        self._leave_across()
        return super().select_view(name)

    def run(self, action_id: str) -> bool:
        """Do what a key or menu asks for; what concerns rows of one register is done in its own list."""
        name = action_id.rpartition(".")[2]
        if self._across and name == "filter":
            self._show_only(detail=False)
            self.across.open_words()
            return True
        if self._across and name == "copy" and self.across.table.hasFocus():
            self.across.table.copy_selection(with_head=True)
            return True
        if self._across and name == "open":
            line = self.across.current()
            if line:
                self._opened_line(*line.key)
            return True
        if self._across and name in _OWN_LIST:
            self._leave_across(self.side.detail.work.record_id or 0)
        return super().run(action_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width between list and record."""
        super().resizeEvent(event)
        self._fit()

    # --- the machine -----------------------------------------------------------------------------------------

    def _segments(self) -> list[tuple[str, str]]:
        return [(ACROSS, _WORDS), *super()._segments()]

    def _body(self, sides: QStackedWidget) -> QWidget:
        self.across = AcrossPane(self._context)
        self._sides_box = sides
        self._splitter = Split(self.across, sides, lambda: _SHARE, lambda: theme.current().px(_LIST_LEAST))
        self.across.hide()
        return self._splitter

    def _switch(self, key: str) -> None:
        if key != ACROSS:
            self._leave_across()
            super()._switch(key)
            return
        self._show_across()
        self.across.read()
        if self.isVisible():
            self.across.table.setFocus()

    def _begin(self) -> None:
        place = self._comes_to
        if isinstance(place, MattersPlace) and not place.across:
            super()._begin()
            return
        self._show_across()
        self.across.read_first()
        focus = QApplication.focusWidget()
        if focus and self.isAncestorOf(focus):
            # The frame of the page was entered before there was a list.
            self.across.table.setFocus()

    def _show_across(self) -> None:
        side = self.side
        self._across = True
        self._fit()
        self._show_side(side.register.key)
        self.across.show()
        self._show_only(detail=False)
        if side.detail.work.record_id:
            self.across.go_to(side.register.key, side.detail.work.record_id)

    def _leave_across(self, record_id: int = 0) -> None:
        self.come_now()
        if not self._across:
            return
        self._across = False
        self.across.hide()
        self._sides_box.show()
        for side in self._sides.values():
            side.show_alone(False)
        self._show_side(self.side.register.key)
        if record_id:
            at_once(self.side.opening(record_id))

    def _show_side(self, key: str) -> None:
        if self._across:
            # Before it is shown: a list in view would take the focus.
            self._side(key).show_alone(True, self._narrow)
        super()._show_side(key)
        self._view_menu.button.setVisible(not self._across)
        if not self._across:
            return
        self.toolbar.switcher.set_current(ACROSS)
        self.toolbar.new_button.setText(_NEW)
        self.toolbar.new_button.setAccessibleName(_NEW)

    def _join(self, side: RegisterSide) -> None:
        super()._join(side)
        side.list_asked.connect(self._back_to_list)
        side.acts.went.connect(partial(self._follow, side.register.key))

    def _follow(self, register: str, record_id: int) -> None:
        """Let the list stand on what was saved or moved on beside it."""
        if self._across and record_id:
            self.across.follow(register, record_id)

    def _picked(self, register: str, record_id: int) -> None:
        # A lock may come between the last key and this moment; in a narrow window only Enter opens.
        if self._across and not self._context.office.vault.closed and not self._narrow:
            self._show_record(register, record_id)

    def _is_voided(self, register: str, record_id: int) -> bool:
        return self._context.office.records.get(self._side(register).register, record_id).voided

    def _show_in_its_place(self, register: str, record_id: int) -> None:
        """Show what the list shows in place of a record that was taken back or voided while it stood beside it."""
        side = self.side
        if not self._across or (side.register.key, side.detail.work.record_id) != (register, record_id):
            return
        if line := self.across.current():
            self._show_record(*line.key)
        else:
            side.acts.close()
            self._show_only(detail=False)

    def _opened_line(self, register: str, record_id: int) -> None:
        self._show_record(register, record_id)
        self._show_only(detail=True)
        self.side.detail.header.tabs.setFocus()

    def _show_record(self, register: str, record_id: int) -> None:
        if self.side.register.key != register:
            self._show_side(register)
        try:
            if self.side.detail.work.record_id != record_id or self.side.detail.work.is_new:
                self.side.acts.show_record(record_id)
        except PaizhuError as error:
            messages.tell(self, error)
        self._show_primary()

    def _show_primary(self) -> None:
        if self._across:
            show_one_red(self.toolbar.new_button, self.side.detail, self.across)
            self._giving_way.look()
        else:
            super()._show_primary()

    def _back_to_list(self) -> None:
        if self._across:
            self._show_only(detail=False)
            self.across.table.setFocus()

    def _show_only(self, *, detail: bool) -> None:
        """Give the one place there is to the record or to the list; where there is room for both, nothing changes."""
        if self._across and self._narrow:
            self.across.setVisible(not detail)
            self._sides_box.setVisible(detail)
        self._show_primary()

    def _fit(self) -> None:
        if not self._across:
            return
        look = theme.current()
        narrow = not self._splitter.has_room(self.width())
        if narrow != self._narrow:
            self._narrow = narrow
            self.side.show_alone(True, narrow)
            in_detail = narrow and self._sides_box.isAncestorOf(self.focusWidget() or self)
            self.across.setVisible(not in_detail)
            self._sides_box.setVisible(not narrow or in_detail)
        self.across.setMinimumWidth(0 if narrow else min(look.px(_LIST_LEAST), self.width() // 3))
        self._splitter.share_out(max(self._splitter.width(), self.width()))

    def _first_look(self) -> None:
        super()._first_look()
        if self._across and not self._context.office.vault.closed:
            self.across.read_first()

    def _across_counted(self) -> None:
        if not self._across:
            return
        self._show_chips()
        self._tell_counts()
        if self._awaits_first():
            # The matters are read while the page is made; showing them and the first of them would be felt together.
            next_turn(self, lambda: self.across.go_first() if self._awaits_first() else None)
        self._show_primary()

    def _awaits_first(self) -> bool:
        """Tell whether the pane beside the list is empty still, has room for a matter, and none is on its way there."""
        open_here = self._across and self.isVisible() and not self._context.office.vault.closed
        return open_here and not (self._narrow or self.rest.waits or self.side.detail.has_record)

    def _show_chips(self) -> None:
        if self._across:
            self.toolbar.chips.show_chips(self.across.chips(), self.across.model.facet)
        else:
            super()._show_chips()

    def _choose(self, key: str) -> None:
        if self._across:
            self.across.choose(key)
        else:
            super()._choose(key)

    def _tell_counts(self) -> None:
        if self._across:
            self.status.emit(self.across.counts_words())
        else:
            super()._tell_counts()

    def _changed(self, change: Change) -> None:
        super()._changed(change)
        if self._across and self._matter_kinds & change.registers:
            self._across_seen.ask()

    def _said(self, words: str, entry: int) -> None:
        super()._said(words, entry)
        if not self.isVisible():
            self.across.undo_bar.settle()
        elif self._across:
            more = "查看回收区" if VOIDED_WORDS in words else ""
            self.across.undo_bar.show_done(words, offered(self._context, entry), more)

    def _show_recycled(self) -> None:
        self._leave_across()
        self.side.narrowing.choose(RECYCLED)

    def _print(self) -> None:
        record_id = self.side.detail.work.record_id
        if self._across and record_id:
            self.print_asked.emit(self.side.register, self.side.list.view, [record_id])
        else:
            super()._print()

    def _list_table(self) -> QWidget:
        return self.across.table if self._across else super()._list_table()
