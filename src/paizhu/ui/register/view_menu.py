"""视图与列: saved views, the columns to be shown, and the way to the recycle list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QMenu

from paizhu.base.errors import InvalidRecordError, PaizhuError
from paizhu.base.rows import Change
from paizhu.services.facets import ALL
from paizhu.services.views import SavedView, Views
from paizhu.ui import messages
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Button, Look
from paizhu.ui.register.list_facets import RECYCLED
from paizhu.ui.register.side import RegisterSide


class ViewMenu(QObject):
    """The button at the right end of the tool bar and what is behind it; knows which view each register shows."""

    page_asked = Signal(str)

    def __init__(self, context: Context, side: Callable[[], RegisterSide]) -> None:
        super().__init__()
        self._context, self._views, self._side = context, Views(context.office.desk), side
        self._names: dict[str, str] = {}
        self._last: dict[str, SavedView] = {}
        self.button = Button("视图与列", Look.FLAT, icon="columns")
        self.button.setProperty("menu", True)
        menu = QMenu(self.button)
        menu.aboutToShow.connect(self.fill)
        self.button.setMenu(menu)

    def select(self, name: str) -> bool:
        """Show a saved view, or the records behind a chip; False when neither is called so."""
        side = self._side()
        saved = self._views.get(side.register, name)
        if saved is not None:
            self._names[side.register.key] = name
            # What was sought over the list before belongs to no view.
            side.list.line.clear()
            side.show_saved(saved)
            side.arranged.emit()
            return True
        if name == RECYCLED or any(facet.key == name for facet in side.narrowing.facets):
            side.narrowing.choose(name)
            return True
        return False

    def ask_name(self) -> None:
        """Ask for a name under which the list is kept as it stands."""
        self._side().list_acts.ask_words(
            "把现在的样子存为视图", "记下筛选、排序、列和列宽。", "存为视图", [("名称", None)], self._save
        )

    def keep_last(self, side: RegisterSide) -> None:
        """Remember the list as it stands, for the next time, when something was done to it."""
        standing = side.as_saved()
        if self._last.get(side.register.key) != standing:
            self._last[side.register.key] = standing
            # How a list is laid out is worth no refusal, and none may keep the desk from being locked.
            with suppress(PaizhuError):
                self._views.keep_last(side.register, standing)

    def note(self, side: RegisterSide) -> None:
        """Take how a list stands for how it was left: nothing was done to it yet."""
        self._last[side.register.key] = side.as_saved()

    def last(self, side: RegisterSide) -> SavedView:
        """Return the list as it was left."""
        return self._views.last(side.register)

    def fill(self) -> None:
        """Put everything into the menu anew."""
        side, menu = self._side(), self.button.menu()
        names, current = self._views.names(side.register), self._names.get(side.register.key, "")
        menu.clear()
        for name in names:
            action = menu.addAction(name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(name == current)
            action.triggered.connect(lambda _=False, name=name: self.select(name))
        menu.addAction("把现在的样子存为视图…").triggered.connect(lambda _=False: self.ask_name())
        if current in names:
            shown = current.replace("&", "&&")
            for words, do in (
                (f"按现在的样子更新视图“{shown}”", self._update),
                (f"给视图“{shown}”改名…", self._ask_other_name),
                (f"删除视图“{shown}”", self._forget),
            ):
                menu.addAction(words).triggered.connect(lambda _=False, do=do: do(current))
        menu.addSeparator()
        if side.list.outline:
            tree = menu.addAction("按层级显示")
            tree.setCheckable(True)
            tree.setChecked(side.list.as_tree)
            tree.triggered.connect(side.set_tree)
            for key, words in side.list.outline.pages:
                menu.addAction(words).triggered.connect(lambda _=False, key=key: side.page_asked.emit(key))
        columns: QMenu = menu.addMenu("列和排序")
        side.list.table.fill_columns_menu(columns)
        menu.addSeparator()
        menu.addAction("编号清单").triggered.connect(lambda _=False: self.page_asked.emit("numbers"))
        recycled = menu.addAction("查看回收区")
        recycled.setCheckable(True)
        recycled.setChecked(side.narrowing.facet_key == RECYCLED)
        recycled.triggered.connect(lambda shown: side.narrowing.choose(RECYCLED if shown else ALL))

    def _save(self, answers: Sequence[Any]) -> None:
        side, name = self._side(), str(answers[0]).strip()
        taken = name in self._views.names(side.register)
        if change := self._try(lambda: self._views.save(side.register, side.as_saved(name))):
            self._names[side.register.key] = name
            side.list.ask.done()
            side.list.table.setFocus()
            self._tell(change, f"已更新视图“{name}”" if taken else f"已存为视图“{name}”")

    def _update(self, name: str) -> None:
        side = self._side()
        self._tell(self._views.save(side.register, side.as_saved(name)), f"已更新视图“{name}”")

    def _ask_other_name(self, name: str) -> None:
        line = QLineEdit(name)
        line.selectAll()
        rename = partial(self._rename, name)
        self._side().list_acts.ask_words(f"给视图“{name}”改名", "", "改名", [("新名称", line)], rename)

    def _rename(self, name: str, answers: Sequence[Any]) -> None:
        side, other = self._side(), str(answers[0]).strip()
        if change := self._try(lambda: self._views.rename(side.register, name, other)):
            self._names[side.register.key] = other
            side.list.ask.done()
            side.list.table.setFocus()
            self._tell(change, f"视图“{name}”已改名为“{other}”")

    def _try(self, write: Callable[[], Change]) -> Change | None:
        """Write, or say beside the line what stands against it."""
        try:
            return write()
        except InvalidRecordError as error:
            self._side().list.ask.say(messages.joined([each.message for each in error.problems]))
        return None

    def _forget(self, name: str) -> None:
        side = self._side()
        change = self._views.forget(side.register, name)
        self._names.pop(side.register.key, None)
        self._tell(change, f"已删除视图“{name}”")

    def _tell(self, change: Change, words: str) -> None:
        self._context.events.changed.emit(change)
        self._context.events.said.emit(words, change.entry)
