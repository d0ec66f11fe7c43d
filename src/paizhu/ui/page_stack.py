"""The pages of the open desk: made when first shown, asked only for what they offer."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from functools import partial

from PySide6.QtCore import QSize, Signal, SignalInstance
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from shiboken6 import isValid

from paizhu.base.errors import PaizhuError
from paizhu.ui import panes, theme
from paizhu.ui.context import Context
from paizhu.ui.held import paint_whole
from paizhu.ui.navigation import Stop
from paizhu.ui.page_offers import ask
from paizhu.ui.tabs import PageFactory
from paizhu.ui.turns import InPieces, Pieces, at_once, next_turn


class PageStack(QStackedWidget):
    """Pages by key; `shown` tells which one is in front, `status` passes on what that page counts."""

    shown = Signal(str)
    status = Signal(str)
    made_page = Signal(QWidget)
    """A page was made; its wishes can be heard from now on."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._factories: dict[str, PageFactory] = {}
        self._pages: dict[str, QWidget] = {}
        self._words: dict[str, str] = {}
        self._places: dict[str, object] = {}
        self._arriving = InPieces(self)
        self._is_halfway = False
        """Whether a record is being shown on the page in front: its head may be there and the rest that of another."""
        self.current_key = ""

    def showEvent(self, event: QShowEvent) -> None:
        """Hear of keys in the window that the desk came into with its first page."""
        super().showEvent(event)
        self._arriving.guard()

    def minimumSizeHint(self) -> QSize:
        """Return what any page can be shown in; a page that needs more must not make the window outgrow the screen."""
        look = theme.current()
        return QSize(look.px(320), look.px(160))

    def know(self, key: str, make: PageFactory) -> None:
        """Learn how a page is made."""
        self._factories[key] = make

    def known(self) -> tuple[str, ...]:
        """Return the keys of all pages there can be, made or not."""
        return tuple(self._factories)

    def drop(self, key: str) -> None:
        """Throw a page away, so that it is made anew the next time."""
        page = self._pages.pop(key, None)
        if page is not None:
            self.removeWidget(page)
            page.deleteLater()

    def page(self, key: str) -> QWidget:
        """Return a page, made if it was not shown yet and put back to its place from before a lock."""
        if key not in self._pages:
            page = self._factories[key](self._context)
            self._pages[key] = page
            begins = page.focusWidget() or panes.first_list(page)
            self.addWidget(page)
            if begins:
                # Qt forgets where a page wants the focus when the page finds its place in the window.
                begins.setFocus()
            self.made_page.emit(page)
            status = getattr(page, "status", None)
            if isinstance(status, SignalInstance):
                status.connect(lambda words, key=key: self._note_words(key, words))
            if (place := self._places.pop(key, None)) is not None and not ask(page, "come_to", place):
                # Making a page and showing a record on it would be felt in one turn of the event loop.
                next_turn(page, partial(self._return, page, place))
        return self._pages[key]

    def show_page(self, key: str) -> QWidget:
        """Bring a page to the front; what is still to be made of it comes in turns, and is seen whole."""
        page, pieces = self._bring(key)
        if getattr(page, "arrives", False):
            self._arrive(self._made_whole(page, pieces))
        return page

    def _bring(self, key: str, register: str = "") -> tuple[QWidget, object]:
        """Bring a page to the front and return with it what makes the rest of it and of its part for a register."""
        fresh = key not in self._pages
        page = self.page(key)
        # Before it is shown: a page that nobody lets come then makes itself whole at once.
        pieces = ask(page, "arriving", register)
        self.current_key = key
        if fresh or getattr(page, "arrives", False):
            paint_whole(self, self.still_arrives)
        self.setCurrentWidget(page)
        self.status.emit(self._words.get(key, ""))
        self.shown.emit(key)
        return page, pieces

    def _made_whole(self, page: QWidget, pieces: object) -> Pieces:
        """Make what is missing of a page, or on it, if it comes in pieces, as long as the vault is open."""
        while isinstance(pieces, Generator) and self._is_open(page) and next(pieces, self) is not self:
            yield

    def show_then(self, key: str, register: str, do: Callable[[QWidget], object]) -> None:
        """Bring a page to the front and do something on it that needs its part for a register.

        It is done at once where the page and the part are in front already, and before the next key or click elsewhere.
        """
        self._arrive(self._arrival(key, register, do))

    def _arrival(self, key: str, register: str, do: Callable[[QWidget], object]) -> Pieces:
        # Showing a page, making the part of it that shows a register, showing that and showing a record there: each for
        # itself is not felt, but all four would be in one turn of the event loop.
        was_here = self.current_key == key and key in self._pages
        page, pieces = self._bring(key, register)
        if not was_here:
            # The record that stood there before would be seen for a moment.
            paint_whole(self, self.still_arrives)
            yield
        yield from self._made_whole(page, pieces)
        is_moved = self._is_open(page) and bool(ask(page, "bring_forward", register))
        if is_moved:
            paint_whole(self, self.still_arrives)
            yield
        if not self._is_open(page):
            return
        doing = self._made_whole(page, do(page))
        if was_here and not is_moved:
            at_once(doing)
            return
        try:
            self._is_halfway = True
            yield from doing
        finally:
            self._is_halfway = False

    def _arrive(self, pieces: Pieces) -> None:
        """Let a page come instead of one that is still on its way; what was begun on that one is done."""
        if self._is_halfway:
            self._arriving.finish()
        self._arriving.begin(pieces)

    def still_arrives(self) -> bool:
        """Tell whether something of the page in front is still to come, which is then painted whole."""
        return isValid(self) and bool(self._arriving)

    def _is_open(self, page: QWidget) -> bool:
        return isValid(page) and not self._context.office.vault.closed

    def here(self) -> Stop:
        """Return where the officer stands now."""
        return Stop(self.current_key, ask(self.currentWidget(), "place"))

    def go_to(self, stop: Stop) -> None:
        """Show a page at the place it told before."""
        if stop.page not in self._pages and stop.place is not None:
            self._places[stop.page] = stop.place
            self.show_page(stop.page)
        else:
            self._return(self.show_page(stop.page), stop.place)

    def _return(self, page: QWidget, place: object) -> None:
        if place is not None and not self._context.office.vault.closed and ask(page, "place") != place:
            ask(page, "return_to", place)

    def take_apart(self) -> list[QWidget]:
        """Give the pages away in pieces, to be thrown away one by one; the stack goes after them with the one in front.

        A page of several registers has thousands of widgets: it tells its pieces.
        """
        self._arriving.give_up()
        pieces: list[QWidget] = []
        for page in self._pages.values():
            told = ask(page, "pieces")
            pieces += told if isinstance(told, list) else []
            if page is not self.currentWidget():
                pieces.append(page)
        self._pages.clear()
        return pieces

    def run(self, *actions: str) -> bool:
        """Let the page in front do the first of these commands that it knows; False when it knows none."""
        return any(ask(self.currentWidget(), "run", action) for action in actions)

    @property
    def shows_said(self) -> bool:
        """Tell whether the page in front says by itself what was done."""
        return bool(getattr(self.currentWidget(), "shows_said", False))

    @property
    def in_detail(self) -> bool:
        """Tell whether a record stands in place of its list, which one leaves before one leaves the page."""
        return bool(getattr(ask(self.currentWidget(), "place"), "in_detail", False))

    def save_drafts(self) -> bool:
        """Let every page keep what stands typed; True when one of them had something.

        What a page refuses keeps neither the others from it nor the desk from being locked.
        """
        busy = False
        for page in self._pages.values():
            busy = bool(ask(page, "is_busy")) or busy
            with suppress(PaizhuError):
                ask(page, "save_draft")
        return busy

    def loses(self) -> bool:
        """Tell whether something stands on a page that goes with the desk, and may be kept nowhere."""
        return any(ask(page, "loses") for page in self._pages.values())

    def is_busy(self) -> bool:
        """Tell whether a page has something typed that is not saved."""
        return any(ask(page, "is_busy") for page in self._pages.values())

    def places(self) -> dict[str, object]:
        """Return the place of every page that was shown, to be restored after a lock."""
        return {key: ask(page, "place") for key, page in self._pages.items()}

    def restore_places(self, places: dict[str, object]) -> None:
        """Remember places for pages that are made later."""
        self._places = {key: place for key, place in places.items() if place is not None}

    def made(self) -> Iterator[QWidget]:
        """Go through the pages that exist."""
        yield from self._pages.values()

    def _note_words(self, key: str, words: str) -> None:
        self._words[key] = words
        if key == self.current_key:
            self.status.emit(words)
