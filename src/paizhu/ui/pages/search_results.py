"""Everything one register holds of the words sought: the page behind “该台账还有 n 条”."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from paizhu import registers
from paizhu.base.text import folded
from paizhu.services.search import Group
from paizhu.ui.context import Context
from paizhu.ui.kit.empty import EmptyState
from paizhu.ui.kit.segments import Segments
from paizhu.ui.pages.found_list import FoundDelegate, FoundModel
from paizhu.ui.pages.frame import PageFrame
from paizhu.ui.when_seen import WhenSeen

MOST = 1000


@dataclass(frozen=True)
class Place:
    """What the page shows, to come back to."""

    words: str
    register: str
    row: int = 0


class ResultsList(QListView):
    """Enter and a click open."""

    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("搜索结果")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(False)
        self.clicked.connect(lambda index: self.opened.emit(index.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter open what the list stands on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


class SearchResultsPage(PageFrame):
    """The registers that hold the words stand above, each with its number; one of them is listed."""

    def __init__(self, context: Context) -> None:
        super().__init__("搜索结果", scrolls=False)
        self._context = context
        self._words, self._register = "", ""
        self.kinds = Segments("台账")
        self.kinds.chosen.connect(lambda key: self.show_results(self._words, key))
        self.list = ResultsList()
        self.list.opened.connect(self._open)
        self._delegate = FoundDelegate(self.list)
        self.list.setItemDelegate(self._delegate)
        self._empty = EmptyState("没有找到", "可以换一个词，或只写其中两三个字；姓名可以用拼音首字母。")
        self._empty.hide()
        self.body.addWidget(self.kinds)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self._empty, 1)
        context.events.changed.connect(WhenSeen(self, self._again).ask)

    def show_results(self, words: str, register: str, row: int = 0) -> None:
        """Look for the words away from the window, and list what one register holds of them."""
        self._words, self._register = words, register
        search = self._context.office.search

        def work(_progress: object) -> tuple[list[Group], Group]:
            return search.by_register(words, 0), search.in_register(words, register, MOST)

        def done(found: tuple[list[Group], Group]) -> None:
            if (words, register) == (self._words, self._register) and not self._context.office.vault.closed:
                self._show(*found, row)

        self._context.tasks.run(work, done)

    def place(self) -> Place:
        """Return what is shown."""
        return Place(self._words, self._register, max(self.list.currentIndex().row(), 0))

    def return_to(self, place: Place) -> None:
        """Show again what was shown."""
        if place.words:
            self.show_results(place.words, place.register, place.row)

    def _again(self) -> None:
        if self._words and not self._context.office.vault.closed:
            self.show_results(self._words, self._register, self.place().row)

    def _show(self, groups: list[Group], group: Group, row: int) -> None:
        shown = len(group.found)
        first = f"，列出前 {shown:,} 条" if group.rest > 0 else ""
        label = registers.register(group.register).label
        self.set_note(f"“{self._words}”　{label} {group.total:,} 条{first}")
        kinds = [(each.register, f"{registers.register(each.register).label} {each.total:,}") for each in groups]
        self.kinds.show_choices(kinds, group.register)
        model = FoundModel([Group(group.register, shown, group.found)])
        model.setParent(self.list)
        old = self.list.model()
        self._delegate.sought = [folded(word) for word in self._words.split()]
        self.list.setModel(model)
        if old:
            old.deleteLater()
        self.list.setVisible(shown > 0)
        self._empty.setVisible(shown == 0)
        self.list.setCurrentIndex(model.index(min(max(row, 1), shown)) if shown else QModelIndex())
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, row: int) -> None:
        model = self.list.model()
        found = model.found(row) if isinstance(model, FoundModel) else None
        if found:
            self._context.events.asked_for.emit(found.register, found.id)
