"""What is pressed or typed in stays in its place while strips above it and notes around it come and go."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtGui import QMouseEvent, QWindow
from PySide6.QtWidgets import QScrollArea, QWidget
from shiboken6 import isValid

from paizhu.ui import theme

# Not where contents are moved to: that is scrolling.
_LAID_OUT = frozenset({QEvent.Type.LayoutRequest, QEvent.Type.Resize})
_MOST_ROOM = 96


class StandingStill(QObject):
    """Scrolls an area by as much as what was last pressed or typed in has moved.

    Leaving a field takes its note away, and with the last note goes the strip above the form: between the press of a
    mouse button and its release all below would be drawn up, and the click would hit something else or nothing.

    Where nothing is left to scroll, what went leaves its room above the contents, until they are scrolled or show
    something else.
    """

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area)
        self._area = area
        self._bar = area.verticalScrollBar()
        self._most = self._bar.maximum()
        self._held: list[tuple[QWidget, int]] = []
        """What was pressed, and what it stands in, from the inside out; each with its height in the window."""
        self._room = 0
        self._may_keep = True
        self._scrolls = False
        self._guarded: QWindow | None = None
        self._bar.valueChanged.connect(self._scrolled)
        area.installEventFilter(self)
        area.widget().installEventFilter(self)

    @property
    def room(self) -> int:
        """How much room is kept above the contents, in pixels."""
        return self._room

    def let_go(self) -> None:
        """Hold nothing in its place any more: something else is shown."""
        self._held = []
        self._keep_room(0)

    def shut(self) -> None:
        """Hold in its place what is pressed while the contents are shown for reading again, and keep no room for it."""
        self._may_keep = False
        self._keep_room(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note what is pressed before anything follows from it, and put it back after whatever was laid out anew."""
        kind = event.type()
        if watched is self._guarded:
            if kind is QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
                self._hold(self._under(event.globalPosition().toPoint()))
            elif kind is QEvent.Type.KeyPress:
                self._hold(self._area.window().focusWidget())
        elif kind in _LAID_OUT:
            self._put_back()
        elif kind is QEvent.Type.Show and watched is self._area:
            self._guard()
        return False

    def _guard(self) -> None:
        # The window and not the application: Python must not see every event of every widget.
        window = self._area.window().windowHandle()
        if window is self._guarded:
            return
        if self._guarded is not None and isValid(self._guarded):
            self._guarded.removeEventFilter(self)
        self._guarded = window
        if window is not None:
            window.installEventFilter(self)

    def _under(self, place: QPoint) -> QWidget | None:
        port = self._area.viewport()
        if not port.isVisible() or not port.rect().contains(port.mapFromGlobal(place)):
            return None
        inside = self._area.widget()
        return inside.childAt(inside.mapFromGlobal(place))

    def _hold(self, pressed: QWidget | None) -> None:
        self._held, self._may_keep = [], True
        inside, port = self._area.widget(), self._area.viewport()
        if pressed is None or not port.isVisible() or not inside.isAncestorOf(pressed):
            return
        top = _height(port)
        each: QWidget | None = pressed
        while each is not None and each is not inside:
            # What begins above the pane may end or begin otherwise while nothing that is seen moves.
            if each is pressed or _height(each) >= top:
                self._held.append((each, _height(each)))
            each = each.parentWidget()

    def _put_back(self) -> None:
        if self._scrolls or not self._area.isVisible():
            return
        found = next(((each, at) for each, at in self._held if isValid(each) and each.isVisible()), None)
        if found is None:
            return
        each, at = found
        above = self._room - self._bar.value() - (_height(each) - at)
        if above == self._room - self._bar.value():
            return
        self._scrolls = True
        try:
            most = theme.current().px(_MOST_ROOM) if self._may_keep else 0
            self._keep_room(min(max(above, 0), most))
            self._bar.setValue(max(-above, 0))
        finally:
            self._scrolls = False
        self._most = self._bar.maximum()

    def _scrolled(self, value: int) -> None:
        if self._scrolls:
            return
        clamped = value == self._bar.maximum() < self._most
        self._most = self._bar.maximum()
        # Contents that grew shorter scroll by themselves, and what moved by that is still to be put back.
        if not clamped:
            self._keep_room(0)
            self._held = [(each, _height(each)) for each, _at in self._held if isValid(each) and each.isVisible()]

    def _keep_room(self, room: int) -> None:
        if room != self._room:
            self._room = room
            scrolls, self._scrolls = self._scrolls, True
            self._area.setViewportMargins(0, room, 0, 0)
            self._scrolls = scrolls


def _height(widget: QWidget) -> int:
    return widget.mapTo(widget.window(), QPoint(0, 0)).y()
