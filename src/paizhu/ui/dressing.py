"""Giving every widget a new look: those in sight at once, those behind others only when they come to the front.

Measured: a style sheet set anew makes Qt dress a widget once for each that stands around it, nearly a millisecond; with
the sheet taken off in between, once to undress and once to dress, a tenth of that. A desk with every page seen has five
thousand widgets, so even this is half a second. Here Qt only changes the sheet, while everything is said to be at rest
and passed over; what is in sight is then dressed once, parents first, and the rest when it is shown.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import count
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from shiboken6 import isValid

from paizhu.ui.turns import next_turn

# `QApplication.setStyle`, which a style sheet that comes or goes ends in, undresses and dresses what is polished, and
# tells what has no style set by hand. A widget at rest is neither, so it costs nothing and keeps what it wears.
_POLISHED = Qt.WidgetAttribute.WA_WState_Polished
_RESTS = Qt.WidgetAttribute.WA_SetStyle
# Looked up once: each look-up of a flag is a call, and there would be one for every widget.
_DIRECTLY = Qt.FindChildOption.FindDirectChildrenOnly
_STYLE_CHANGE = QEvent.Type.StyleChange


class _Follower(NamedTuple):
    rank: int
    """Who began to follow first is told first."""
    told: list[str]


class Wardrobe(QObject):
    """Changes the clothes of the whole program; who has to measure anew is told when it wears them."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._followers: weakref.WeakKeyDictionary[QWidget, _Follower] = weakref.WeakKeyDictionary()
        self._followed = count()
        self._going: weakref.WeakSet[QWidget] = weakref.WeakSet()
        # As long as any widget has a sheet of its own, Qt remembers what every widget wore under the sheet. Without it
        # a widget at rest would forget its own font.
        self._anchor = QWidget()
        self._anchor.setStyleSheet("QWidget { }")
        self._anchor.ensurePolished()

    def follow(self, widget: QWidget, told: Callable[[], object]) -> None:
        """Call a method of a widget at every change: at once in sight, else when the widget is shown again."""
        # By its name: the method itself would keep its widget alive.
        if widget not in self._followers:
            self._followers[widget] = _Follower(next(self._followed), [])
        self._followers[widget].told.append(told.__name__)

    def give_up(self, widget: QWidget) -> None:
        """Pass over a hidden widget, and what stands in it, from now on: it is being thrown away in pieces.

        Told of a new look it would measure pieces that are gone already.
        """
        self._going.add(widget)

    def prepare(self) -> list[QWidget]:
        """Let the next change pass over every page and pane that lies behind another one; returns what is in sight.

        The change itself does it too; done one turn of the event loop before, neither of the two is felt.
        """
        for widget in self._going:
            if isValid(widget) and not widget.testAttribute(_RESTS):
                _rest_whole(widget)
        in_sight: list[QWidget] = []
        for window in self._app.topLevelWidgets():
            # Laid to rest while the walk goes on, which then passes over them.
            for widget in _awake(window):
                in_sight.append(widget)
                if isinstance(widget, QStackedWidget):
                    self._lay_behind(widget)
        # Rules worked out for thousands of widgets: Qt takes its time to throw them away.
        self._app.style().unpolish(self._app)
        return in_sight

    def change(self, font: QFont, colours: QPalette, sheet: str, *, apart: bool = False) -> None:
        """Dress what is in sight and tell it; the rest follows page by page.

        With ``apart`` it is told in a turn of its own, for whoever lets nothing be painted before.
        """
        in_sight = self.prepare()
        # What was never shown is dressed by Qt when it is.
        worn = [widget for widget in in_sight if widget.testAttribute(_POLISHED)]
        for widget in worn:
            _rest(widget)
        self._app.setStyleSheet("")
        self._app.setFont(font)
        self._app.setPalette(colours)
        self._app.setStyleSheet(sheet)
        self._dress(worn)
        if apart:
            next_turn(self, partial(self._tell, in_sight))
        else:
            self._tell(in_sight)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Dress a page or pane when it comes to the front."""
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget):
            watched.removeEventFilter(self)
            in_sight = list(self._at_rest(watched))
            self._dress(in_sight)
            self._tell(in_sight)
        return False

    def _lay_behind(self, stack: QStackedWidget) -> None:
        for at in range(stack.count()):
            pane = stack.widget(at)
            if pane.isHidden() and not pane.testAttribute(_RESTS):
                _rest_whole(pane)
                pane.installEventFilter(self)

    def _at_rest(self, pane: QWidget) -> Iterator[QWidget]:
        """Go through what comes to the front with a pane, parents first: not what lies behind others in it."""
        behind: set[QWidget] = set()
        for widget in (pane, *pane.findChildren(QWidget)):
            parent = widget.parentWidget()
            if parent in behind:
                behind.add(widget)
            elif isinstance(parent, QStackedWidget) and widget is not pane and widget.isHidden():
                behind.add(widget)
                widget.installEventFilter(self)
            elif widget.testAttribute(_RESTS):
                yield widget

    def _tell(self, widgets: Iterable[QWidget]) -> None:
        # Looked for among the few that were dressed: a desk with every page seen has thousands that follow.
        found = {widget: follower for widget in widgets if (follower := self._followers.get(widget)) is not None}
        for widget, follower in sorted(found.items(), key=lambda each: each[1].rank):
            # One that is told may throw others away.
            for name in follower.told if isValid(widget) else ():
                getattr(widget, name)()

    @staticmethod
    def _dress(widgets: Iterable[QWidget]) -> None:
        """Dress widgets that rested, parents before what stands in them."""
        changed = QEvent(_STYLE_CHANGE)
        for widget in widgets:
            if isValid(widget):
                widget.setAttribute(_RESTS, False)
                widget.setAttribute(_POLISHED, True)
                widget.style().polish(widget)
                QCoreApplication.sendEvent(widget, changed)


def _rest(widget: QWidget) -> None:
    widget.setAttribute(_POLISHED, False)
    widget.setAttribute(_RESTS, True)


def _rest_whole(pane: QWidget) -> None:
    for widget in (pane, *pane.findChildren(QWidget)):
        _rest(widget)


def _awake(window: QWidget) -> Iterator[QWidget]:
    """Go through a window and what stands in it, parents first, leaving out what rests."""
    coming = [window]
    while coming:
        widget = coming.pop()
        if widget.testAttribute(_RESTS):
            continue
        yield widget
        # Not `children`: to tell what else there is in a line, PySide makes every class it has, for a tenth of a
        # second.
        coming += reversed(widget.findChildren(QWidget, options=_DIRECTLY))
