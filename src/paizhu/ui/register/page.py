"""The page of one tab: tool bar, chips and views over the list and form of one register, or of several in turn."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from paizhu.base.errors import PaizhuError
from paizhu.base.register import Register
from paizhu.base.rows import Change
from paizhu.ui import messages
from paizhu.ui.context import Context
from paizhu.ui.desk_timer import DeskTimer
from paizhu.ui.kit.chips import Chip
from paizhu.ui.panes import step_through_parts
from paizhu.ui.register.beginning import begin
from paizhu.ui.register.coming_page import ComingPage
from paizhu.ui.register.giving_way import GivingWay
from paizhu.ui.register.going_back import GoingBack
from paizhu.ui.register.list_acts import VOIDED_WORDS
from paizhu.ui.register.list_facets import RECYCLED
from paizhu.ui.register.one_red import show_one_red
from paizhu.ui.register.opening_for_typing import open_for_typing
from paizhu.ui.register.page_bar import PageBar
from paizhu.ui.register.place import Place, place_of, stand_at_line, stand_at_record
from paizhu.ui.register.side import RegisterSide
from paizhu.ui.register.view_menu import ViewMenu
from paizhu.ui.turns import Pieces, at_once
from paizhu.ui.undoing import offered

_KEEP_AFTER_MS = 800


class RegisterPage(ComingPage):
    """Lists and forms of the registers of one tab; imports, exports and prints are asked for by signals."""

    import_asked = Signal(object)
    """The register whose import page should open."""
    cells_pasted = Signal(object, list)
    """A register, and rows of cells to be looked at like an import."""
    export_asked = Signal(object, object, object)
    """A register, its view as shown, and the ids selected (empty or one: the whole view is meant)."""
    print_asked = Signal(object, object, object)
    """A register, its view, and the ids selected (exactly one: that record's paper)."""
    page_asked = Signal(str)
    """Key of another page of the window that the strip above a list leads to."""
    status = Signal(str)
    shows_said = True
    """What was done is said below the list, so the window need not say it too."""

    def __init__(self, context: Context, registers: tuple[Register, ...]) -> None:
        super().__init__(context, registers)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._view_menu = ViewMenu(context, lambda: self.side)
        self._view_menu.page_asked.connect(self.page_asked)
        self._stack = QStackedWidget()
        self.toolbar = PageBar(self._segments(), self._view_menu.button)
        self.toolbar.acted.connect(self.run)
        self.toolbar.switcher.chosen.connect(self._switch)
        self.toolbar.chips.chosen.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.toolbar)
        column.addWidget(self._body(self._stack), 1)
        self._keep = DeskTimer(self, _KEEP_AFTER_MS, single=True)
        self._keep.timeout.connect(self._keep_views)
        context.events.changed.connect(self._changed)
        context.events.said.connect(self._said)
        self._going_back = GoingBack(
            context, self, lambda: self.side.detail.work.row if self.has_come else None, self.open_record
        )
        self._said_entry = 0
        for keys, action in (("Ctrl+F", "filter"), ("F2", "edit"), ("Ctrl+D", "duplicate")):
            self._bind(keys, action)
        self._giving_way = GivingWay(self, self.toolbar, self._shows_record_alone)

    # --- what the window asks of every page ------------------------------------------------------------------

    def open_record(self, register_key: str, record_id: int) -> None:
        """Show a record of one of the page's registers, whatever the list shows now; 0 opens an empty form."""
        at_once(self.opening(register_key, record_id))

    def opening(self, register_key: str, record_id: int) -> Pieces:
        """Show a record in pieces; 0 opens an empty form."""
        if not record_id:
            return self.new_record(register_key)
        self._show_side(register_key)
        try:
            yield from self.side.opening(record_id)
        except PaizhuError as error:
            messages.tell(self, error)

    def bring_forward(self, register_key: str) -> bool:
        """Show the part of the page for a register, as it stood; False when it is in front already."""
        behind = register_key != self.side.register.key and register_key in self._sides
        if behind:
            self._show_side(register_key)
        return behind

    def list_records(self, register_key: str, ids: tuple[int, ...] | None = None) -> None:
        """Narrow the list of a register to some records, until the filter is cleared; or show all it holds."""
        self._switch(register_key)
        self.side.show_list()
        narrowing = self.side.narrowing
        narrowing.clear() if ids is None else narrowing.only(ids)

    def begin(self, action: str, row_id: int = 0) -> None:
        """Stand ready for a step or field of the record in front, or for a row under it."""
        begin(self.side.detail, action, row_id)

    def place(self) -> Place:
        """Return where the officer is, to come back to; what was written meanwhile is not read for that."""
        self._stand_where_sent()
        return place_of(self.side)

    def return_to(self, place: Place) -> None:
        """Go back to a place, first to the list, then to the record; one that is gone since leaves the list alone."""
        self._show_side(place.register)
        self.side.show_saved(place.view)
        self.side.list.when_shown(partial(self._return_to_line, self.side, place))

    def _return_to_line(self, side: RegisterSide, place: Place) -> None:
        if side is self.side:
            found = stand_at_line(side, place)
            self.rest.put_off(partial(self._return_to_record, place, found=found))

    def _arrive(self) -> None:
        """Do now what is still to be done of going to a place: something is done there."""
        self.come_now()
        self.side.catch_up()
        self._stand_where_sent()

    def _stand_where_sent(self) -> None:
        self.side.list.show_now()
        self.rest.finish()

    def _return_to_record(self, place: Place, *, found: bool) -> None:
        if not self._context.office.vault.closed:
            stand_at_record(self.side, place, found=found)
            self.side.reason.resume()

    def new_record(self, register_key: str = "", values: dict[str, object] | None = None) -> None:
        """Open an empty form of a register, of the one shown when none is named, with values that are known."""
        if register_key:
            if any(each.key == register_key for each in self.registers):
                self._side(register_key).make_way()
            self._show_side(register_key)
        self.side.start_new(values)

    def save_draft(self) -> None:
        """Keep everything typed, cover what was revealed, delete readable copies: the desk is about to be locked."""
        for side in self._sides.values():
            side.acts.keep_draft()
            side.reason.keep()
            side.files.box.cover()
            side.detail.ask.leave()
        self._opened.clear()
        self._keep_views()

    def pieces(self) -> list[QWidget]:
        """Return the heavy parts of the page, innermost first, for whoever throws it away bit by bit."""
        return [part for side in self._sides.values() for part in (*side.detail.stack.parts(), side.detail, side)]

    def is_busy(self) -> bool:
        """Tell whether something is typed that is a draft only."""
        return any(side.detail.has_record and side.detail.form.is_changed() for side in self._sides.values())

    def select_view(self, name: str) -> bool:
        """Show a saved view, or the records behind a chip; False when neither is called so."""
        return self._view_menu.select(name)

    def run(self, action_id: str) -> bool:
        """Do what a key or menu of the window asks for; False for what a register page does not know."""
        self._arrive()
        side, list_acts = self.side, self.side.list_acts
        known: dict[str, Callable[[], object]] = {
            "new": self.new_record,
            "save": side.acts.save,
            "primary": self._press_primary,
            "filter": side.open_filters,
            "open": lambda: side.open(side.list.current_id()),
            "back": side.show_list,
            "void": list_acts.ask_void,
            "unvoid": list_acts.unvoid,
            "copy": side.list.table.copy_selection,
            "paste": list_acts.paste,
            "duplicate": lambda: side.duplicate(side.list.left_id or side.list.current_id()),
            "mass": list_acts.ask_mass_change,
            "undo": side.acts.undo_last,
            "redo": side.acts.redo_last,
            "edit": lambda: open_for_typing(side),
            "import": lambda: self.import_asked.emit(side.register),
            "export": self._export,
            "print": self._print,
            "next_pane": lambda: self._walk(1),
            "previous_pane": lambda: self._walk(-1),
            "save_view": self._view_menu.ask_name,
        }
        if (wanted := known.get(action_id.rpartition(".")[2])) is not None:
            wanted()
        return wanted is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc go from the record back to the list, Alt+← too where it stands in its place; Ctrl+V bring cells.

        Where the filters hide every record, Esc clears them from wherever on the page.
        """
        detail, replaces = self.side.detail, self.side.detail_replaces
        back = event.key() == Qt.Key.Key_Left and event.modifiers() & Qt.KeyboardModifier.AltModifier and replaces
        inside = replaces or detail.isAncestorOf(self.focusWidget() or self)
        hidden = not self.side.list_now.model.total and not self.side.list_now.is_empty
        if event.key() == Qt.Key.Key_Escape and hidden and not detail.has_record:
            self.side.narrowing.clear()
        elif detail.isVisible() and (back or (inside and event.key() == Qt.Key.Key_Escape)):
            self.side.show_list()
        elif event.matches(QKeySequence.StandardKey.Paste) and not inside:
            # A list without a row has no table to stand in.
            self.run("paste")
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Show the first record, and tell how many there are; a page nobody lets come in turns is whole at once."""
        super().showEvent(event)
        if not self._is_let_come:
            self.come_now()
        QTimer.singleShot(0, self, self._first_look)

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what is typed when another tab is shown."""
        super().hideEvent(event)
        if not self._context.office.vault.closed:
            for side in self._sides.values():
                side.acts.keep_draft()

    def event(self, event: QEvent) -> bool:
        """Delete readable copies when the page goes."""
        if event.type() is QEvent.Type.DeferredDelete:
            self._opened.clear()
        return super().event(event)

    # --- the machine -----------------------------------------------------------------------------------------

    def _segments(self) -> list[tuple[str, str]]:
        return [(each.key, each.label) for each in self.registers]

    def _body(self, sides: QStackedWidget) -> QWidget:
        """Return what stands below the tool bar."""
        return sides

    def _switch(self, key: str) -> None:
        self._show_side(key)

    def _bind(self, keys: str, action: str) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(lambda: self.run(action))

    def _join(self, side: RegisterSide) -> None:
        side.show_saved(self._view_menu.last(side))
        self._view_menu.note(side)
        side.narrowing.chips_changed.connect(self._show_chips)
        side.counted.connect(self._tell_counts)
        side.primary_changed.connect(self._show_primary)
        side.acted.connect(self.run)
        side.page_asked.connect(self.page_asked)
        side.arranged.connect(self._keep.start)
        if side.list.head:
            side.list.head.page_asked.connect(self.page_asked)
        side.pasted.connect(lambda rows: self.cells_pasted.emit(side.register, rows))
        side.list_now.undo_bar.undo_asked.connect(self._take_back)
        self._stack.addWidget(side)

    def _begin(self) -> None:
        self._show_side(self.side.register.key)

    def _show_side(self, key: str) -> None:
        if all(each.key != key for each in self.registers):
            return
        if not self.has_come:
            self.come_now(key)
        self.rest.give_up()
        self._front = self._side(key)
        self._stack.setCurrentWidget(self.side)
        self.side.catch_up()
        self.toolbar.show_register(self.side.register)
        self._show_chips()
        self._show_primary()
        self._tell_counts()
        if self.isVisible():
            self._first_look()

    def _first_look(self) -> None:
        if self._context.office.vault.closed or not self.has_come:
            return
        self._ahead.start()
        self.side.first_look()
        self.side.narrowing.look()
        self._tell_counts()

    def _show_chips(self) -> None:
        if not self.has_come:
            return
        narrowing, counts = self.side.narrowing, self.side.narrowing.refresh()
        chips = [Chip(facet.key, facet.words, counts.get(facet.key), facet.alarming) for facet in narrowing.facets]
        if narrowing.facet_key == RECYCLED:
            chips.insert(0, Chip(RECYCLED, "回收区", self.side.list.model.total))
        self.toolbar.chips.show_chips(chips, narrowing.facet_key)

    def _show_primary(self) -> None:
        """Let 新增 be red only while nothing else is."""
        if not self.has_come:
            return
        show_one_red(self.toolbar.new_button, self.side.detail, self.side.list_now)
        self._giving_way.look()

    def _shows_record_alone(self) -> bool:
        return self.has_come and self.side.detail_replaces and self.side.detail.isVisibleTo(self)

    def _tell_counts(self) -> None:
        if not self.has_come:
            return
        self.status.emit(self.side.list_now.counts_words())
        self._show_primary()

    def _changed(self, change: Change) -> None:
        for side in self._sides.values():
            side.note_change(change)

    def _said(self, words: str, entry: int) -> None:
        if not self.isVisible():
            # What was done here before is not offered beside what was done since on another page.
            for side in self._sides.values():
                side.list_now.undo_bar.settle()
            return
        more = "查看回收区" if VOIDED_WORDS in words else ""
        bar = self.side.list_now.undo_bar
        self.side.relisting.then(partial(bar.show_done, words, offered(self._context, entry), more))
        self._said_entry = entry

    def _take_back(self) -> None:
        if self._said_entry:
            self.side.acts.undo(self._said_entry)

    def _choose(self, key: str) -> None:
        self.side.narrowing.choose(key)

    def _press_primary(self) -> None:
        detail, said = self.side.detail, self._context.events.said
        detail.ways_on.press_primary() if detail.has_primary else said.emit("这条记录现在没有可做的红色操作。", 0)

    def _export(self) -> None:
        go_out = partial(self.export_asked.emit, self.side.register, self.side.list.view)
        self.side.list_acts.with_chosen(go_out)

    def _print(self) -> None:
        go_out = partial(self.print_asked.emit, self.side.register, self.side.list.view)
        self.side.list_acts.with_chosen(go_out)

    def _walk(self, by: int) -> None:
        side = self.side
        step_through_parts(
            [(self.toolbar, self.toolbar.new_button), (self._list_table(), self._list_table()),
             (side.detail.stack, side.detail.stack.currentWidget()), (side.detail.bar, side.detail.bar.primary)],
            by, side.detail.header.tabs,
        )  # fmt: skip

    def _list_table(self) -> QWidget:
        return self.side.list.table

    def _keep_views(self) -> None:
        self._keep.stop()
        if not self._context.office.vault.closed:
            for side in self._sides.values():
                self._view_menu.keep_last(side)
