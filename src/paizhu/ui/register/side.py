"""List and detail of one register side by side; where there is no room for both, one takes the other's place."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from paizhu.base.register import Register
from paizhu.base.rows import Change
from paizhu.services.readable import OpenedFiles
from paizhu.services.views import SavedView
from paizhu.ui import theme
from paizhu.ui.context import Context
from paizhu.ui.register.asked_reason import AskedReason
from paizhu.ui.register.detail_acts import DetailActs
from paizhu.ui.register.detail_files import DetailFiles
from paizhu.ui.register.detail_pane import DetailPane
from paizhu.ui.register.left_view import LeftView
from paizhu.ui.register.list_acts import ListActs
from paizhu.ui.register.list_pane import ListPane
from paizhu.ui.register.making import EditorKit
from paizhu.ui.register.narrow_line import CHANGE
from paizhu.ui.register.narrowing import Narrowing
from paizhu.ui.register.relisting import Relisting
from paizhu.ui.register.room import Room
from paizhu.ui.register.settled import Settled
from paizhu.ui.register.split import DETAIL_LEAST, Split
from paizhu.ui.turns import Pieces, at_once
from paizhu.ui.when_seen import WhenSeen

_LEAST = 320


class RegisterSide(QWidget):
    """Everything of one register on a page; the page's tool bar is told by signals."""

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
        self._narrow = self._alone = False
        self._missed: Change | None = None
        self._before_new = 0
        """The record stood on before a new one was begun; the way back when that is left."""
        kit, self.list_now, self.detail = parts
        # What was written in this turn the list holds in the next.
        self.relisting = Relisting(self, self.list_now, lambda: context.office.vault.closed)
        self.narrowing = Narrowing(context, register, self.relisting)
        self.narrowing.arranged.connect(self.arranged)
        self._count = WhenSeen(self, self.narrowing.count, apart=True)
        self._seen = WhenSeen(self, self._take_missed, gently=self.relisting.finish)
        self.acts = DetailActs(context, self.detail)
        self.settled = Settled(context, self.detail)
        self.files = DetailFiles(context, self.detail, opened)
        self.left_view = LeftView(self.list_now, self.detail, lambda: not self._alone)
        self.left_view.everywhere_asked.connect(lambda record_id: at_once(self.opening(record_id)))
        self.list_acts = ListActs(context, self.list_now, kit.cell_editor, self.detail.take_pasted)
        self.reason = AskedReason(context, self.list_now, self.list_acts)
        self._room = Room(self.list_now, self.detail)
        self.splitter = Split(self.list_now, self.detail, self._room.usual_share, self._room.list_least)
        self.splitter.arranged.connect(self.arranged)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.splitter)
        self.list_now.picked.connect(self._picked)
        self.list_now.opened.connect(self.open)
        self.list_now.counted.connect(self.counted)
        self.list_now.narrowed.acted.connect(self._change_conditions)
        self.list_now.acted.connect(self._list_acted)
        self.list_now.table.arranged.connect(self.arranged)
        self.list_acts.pasted.connect(self.pasted)
        self.list_acts.duplicated.connect(self.duplicate)
        self.acts.went.connect(self._went)
        for changed in (self.acts.primary_changed, self.detail.tab_shown):
            changed.connect(lambda *_: self.primary_changed.emit())
        self.detail.header.back.clicked.connect(self.show_list)
        theme.current().follow(self, self._fit)

    @property
    def list(self) -> ListPane:
        """The list, holding all that was written."""
        return self.relisting.list

    # --- views -----------------------------------------------------------------------------------------------

    def show_saved(self, saved: SavedView) -> None:
        """Show the list as a view was saved."""
        self.narrowing.show_saved(saved)
        self.splitter.restore(saved.layout.get("share"))
        self._fit()

    def as_saved(self, name: str = "") -> SavedView:
        """Return how the list stands now."""
        return self.narrowing.as_saved(name, {**self.list.layout_data(), "share": round(self.splitter.share, 3)})

    def set_tree(self, on: bool) -> None:
        """Change between tree and plain list, standing on the same record."""
        record_id = self.list.current_id()
        self.list.set_tree(on)
        self.splitter.to_usual()
        self.narrowing.show_in_usual_order()
        self._fit()
        if record_id:
            self.list.go_to(record_id)
        self.arranged.emit()

    def open_filters(self) -> None:
        """Show the conditions above the list."""
        self.show_list()
        self.narrowing.open_conditions()

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
            self.narrowing.show_all_with(voided=row.voided)
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
        # Another new one begun over the first comes from where that one came from.
        self._before_new = self.list.left_id or self.list.current_id() or self._before_new
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

    def _change_conditions(self, key: str) -> None:
        if key == CHANGE:
            self.open_filters()
        else:
            self.narrowing.clear_conditions()

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
            if self.detail.has_record or not self._go_back_from_new():
                self.first_look()

    def _go_back_from_new(self) -> bool:
        """Stand again on the record a new one was begun from; False when it is not in the view any more."""
        before, self._before_new = self._before_new, 0
        if found := bool(before) and self.list.go_to(before):
            self._picked(before)
        return found

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
