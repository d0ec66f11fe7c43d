"""Work that would be felt in one turn of the event loop, spread over several: keys and clicks come in between."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Generator

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QFrame, QWidget
from shiboken6 import isValid

Pieces = Generator[None, None, None]
"""Work that names the places where it may pause: after every piece a key may come between."""
_ENOUGH_SECONDS = 0.012
"""What is made in one turn is laid out and painted in it as well, which takes longer than making it."""

_PRESSED = frozenset(
    {
        # What a key does as a shortcut it does before it is heard of as a key.
        QEvent.Type.ShortcutOverride,
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class _Turns(QObject):
    """Gives everything that waits for a turn one of its own.

    Timers of their own would all be due in the same turn, one after another and nothing in between.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: deque[tuple[QObject, Callable[[], object]]] = deque()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        # With 0 Qt would do it among the events of the present turn, before any key.
        self._timer.setInterval(1)
        self._timer.timeout.connect(self._come)

    def add(self, owner: QObject, do: Callable[[], object]) -> None:
        """Let something have its turn after all that wait already."""
        self._waiting.append((owner, do))
        if not self._timer.isActive():
            self._timer.start()

    @property
    def waiting(self) -> bool:
        """Tell whether something that is still there has yet to have its turn."""
        return any(isValid(owner) for owner, _do in self._waiting)

    def _come(self) -> None:
        # What is gone takes no turn.
        while self._waiting and not isValid(self._waiting[0][0]):
            self._waiting.popleft()
        if not self._waiting:
            return
        _owner, do = self._waiting.popleft()
        if self._waiting:
            # Before it is done: it may ask the officer something, and the others are not to wait for the answer.
            self._timer.start()
        do()


_turns: list[_Turns] = []


def next_turn(owner: QObject, do: Callable[[], object]) -> None:
    """Do something in a turn of its own, the next that is free, unless its owner is gone by then."""
    program = QCoreApplication.instance()
    if not _turns or not isValid(_turns[0]):
        assert program is not None
        _turns[:] = [_Turns(program)]
    _turns[0].add(owner, do)


def at_once(pieces: Pieces) -> None:
    """Do all the pieces now, without a pause."""
    for _piece in pieces:
        pass


def waiting() -> bool:
    """Tell whether something waits for a turn of its own."""
    return bool(_turns) and isValid(_turns[0]) and _turns[0].waiting


class PutOff(QObject):
    """The second half of something, done in the next turn, or at once for whoever needs the whole of it before.

    A key may come between the two turns: what it does finds the thing whole when it calls `finish` first.
    """

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner)
        self._rest: Callable[[], object] | None = None

    def put_off(self, rest: Callable[[], object]) -> None:
        """Leave the rest to the next turn; what was left before and not done yet is given up."""
        waited, self._rest = self.waits, rest
        if not waited:
            next_turn(self, self.finish)

    @property
    def waits(self) -> bool:
        """Tell whether something is left to be done."""
        return self._rest is not None

    def finish(self) -> None:
        """Do the rest now, if there is one left."""
        rest, self._rest = self._rest, None
        if rest:
            rest()

    def give_up(self) -> None:
        """Forget the rest: something else is done instead."""
        self._rest = None


class _Made(QObject):
    """What is made of pieces: the last that were asked for, until they end, fail or are given up."""

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner)
        self._pieces: Pieces | None = None

    def __bool__(self) -> bool:
        """Tell whether pieces are still to come."""
        return self._pieces is not None

    def _make(self, pieces: Pieces, there: Callable[[], bool]) -> None:
        """Make at least one, and as many as it takes until somebody is ``there``."""
        try:
            # A piece may lead to others that are made instead of these.
            while self._pieces is pieces:
                next(pieces)
                if there():
                    return
        except BaseException as end:
            if self._pieces is pieces:
                self._pieces = None
            if not isinstance(end, StopIteration):
                raise


def _enough() -> Callable[[], bool]:
    """Return what tells when a turn has lasted long enough, from now on."""
    end = time.perf_counter() + _ENOUGH_SECONDS
    return lambda: time.perf_counter() >= end


class Spread(_Made):
    """Long work of which nothing is seen before it ends: a little in each turn, and no key waits for the rest."""

    def begin(self, pieces: Pieces) -> None:
        """Do the first of it now; what was left of other work is given up."""
        self._pieces = pieces
        self._go_on(pieces)

    def give_up(self) -> None:
        """Do nothing more of it."""
        self._pieces = None

    def _go_on(self, pieces: Pieces) -> None:
        self._make(pieces, _enough())
        if self._pieces is pieces:
            next_turn(self, lambda: self._go_on(pieces))


class InPieces(_Made):
    """A widget shown piece by piece from the top: what is seen first at once, the rest in turns that are not felt.

    The first key or click in its window finds the whole, and so does whoever calls `finish` before it asks for what
    stands at the end. What is ``held`` back keeps its picture until then: parts that come one after another would be
    seen to jump where they share the room.
    """

    def __init__(self, owner: QWidget, held: QWidget | None = None) -> None:
        super().__init__(owner)
        self._owner = owner
        self._held = held
        self._cover: QWidget | None = None
        self._came_now = self._holds = False
        if held is not None:
            held.installEventFilter(self)
        self._showing: Pieces | None = None
        self._asked = False
        self._guarded: QWindow | None = None

    def begin(self, pieces: Pieces) -> None:
        """Show the first piece now and the others in turns to come; what was left of others is given up."""
        self._pieces = pieces
        # Before anything of it changes: what is to be painted anew by then would be painted without its parts.
        self.guard()
        self._show(pieces, _enough())

    def put_off(self, pieces: Pieces) -> None:
        """Show all of it in turns to come, unless somebody needs it before; what was left of others is given up."""
        self._pieces = pieces
        self.guard()
        self._ask_for_turn()

    def finish(self) -> None:
        """Show now what is left; a piece that is being shown does not wait for itself."""
        self.go_to(lambda: False)

    def go_to(self, there: Callable[[], bool]) -> None:
        """Show now as many pieces as it takes until somebody has what he needs."""
        pieces = self._pieces
        if pieces is not None and pieces is not self._showing and not there():
            self._show(pieces, there)

    def give_up(self) -> None:
        """Forget the rest: something else is shown instead."""
        self._pieces = None
        self.guard()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let nothing be pressed or typed while a part of the widget is missing, or says what it said before."""
        if watched is self._held:
            if event.type() is QEvent.Type.Show:
                self._came_now = True
                next_turn(self, self._was_painted)
        elif event.type() in _PRESSED:
            self.finish()
        return False

    def _show(self, pieces: Pieces, there: Callable[[], bool]) -> None:
        around, self._showing = self._showing, pieces
        try:
            self._make(pieces, there)
        finally:
            self._showing = around
            self.guard()
        if self._pieces is not None:
            self._ask_for_turn()

    def _ask_for_turn(self) -> None:
        if not self._asked:
            self._asked = True
            next_turn(self, self._go_on)

    def _go_on(self) -> None:
        self._asked = False
        if self._pieces is not None:
            self._show(self._pieces, _enough())

    def guard(self) -> None:
        """Hear of keys and clicks while pieces are still to come, and paint what is held back once none is.

        Of the window and not of the application: Python must not see every paint event of every widget.
        """
        window = self._owner.window().windowHandle() if self._pieces is not None else None
        if window is not self._guarded:
            if self._guarded is not None and isValid(self._guarded):
                self._guarded.removeEventFilter(self)
            if window is not None:
                window.installEventFilter(self)
            self._guarded = window
        if self._held is None or not isValid(self._held):
            return
        if self._pieces is not None:
            self._hold(self._held)
        elif self._holds:
            self._holds = False
            # Words that are broken into lines find their height in several rounds, of which none is to be seen.
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
            self._held.setUpdatesEnabled(True)
            if self._cover is not None:
                self._cover.hide()

    def _hold(self, held: QWidget) -> None:
        """Keep the picture; what comes into sight only now has none, and what stood in its place is not shown on."""
        if self._came_now and not self._holds:
            if self._cover is None:
                self._cover = QFrame(held.parentWidget())
                self._cover.setProperty("ground", "surface")
            self._cover.setGeometry(held.geometry())
            self._cover.raise_()
            self._cover.show()
        self._holds = True
        held.setUpdatesEnabled(False)

    def _was_painted(self) -> None:
        if self._held is not None and isValid(self._held) and not self._held.window().updatesEnabled():
            # The whole window keeps its picture, in which this has no place yet.
            next_turn(self, self._was_painted)
        else:
            self._came_now = False
