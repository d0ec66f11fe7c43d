"""Reading again what a page shows: at once while it is in sight, once when it comes to the front, never behind others.

An officer who has been everywhere has some thirty pages behind the one in front. If each of them read its vault again
after every save, the save would be felt, and nobody would see what was read.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from paizhu.ui.held import paint_whole
from paizhu.ui.turns import InPieces, Pieces, next_turn


def is_behind(widget: QWidget) -> bool:
    """Tell whether a widget of a window in sight lies behind others; in a window out of sight nothing lies behind."""
    return not widget.isVisible() and widget.window().isVisible()


class WhenSeen(QObject):
    """Does something for a widget when it is asked to, put off until the widget is in sight.

    With ``apart`` it is done in a turn of the event loop of its own, once for all that asked: what the officer waits
    for is on the screen before. With ``gently`` what was put off takes a turn of its own when the widget comes to the
    front, and ``gently`` what it leaves for later takes another: in one with the showing they would be felt. The screen
    keeps its picture until then, and the first key or click finds it done.
    """

    def __init__(
        self,
        widget: QWidget,
        do: Callable[[], object],
        *,
        apart: bool = False,
        gently: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(widget)
        self._widget = widget
        self._do = do
        self._apart = apart
        self._coming = False
        self._gently = gently
        self._catching_up = InPieces(widget)
        self.waits = False
        """Whether something was asked for while the widget lay behind others."""
        widget.installEventFilter(self)

    def ask(self, *_told: object) -> None:
        """Do it now, or when the widget comes to the front; what a signal tells is passed over."""
        if is_behind(self._widget):
            self.waits = True
        elif not self._apart:
            self._do()
        elif not self._coming:
            self._coming = True
            next_turn(self, self._come)

    def catch_up(self) -> None:
        """Do now what was put off: somebody asks what the widget shows."""
        if self.waits:
            self.waits = False
            self._do()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Catch up when the widget comes to the front."""
        if self.waits and event.type() is QEvent.Type.Show:
            if self._gently is None:
                self.waits = False
                self.ask()
            else:
                self._catching_up.put_off(self._in_sight())
                paint_whole(self._widget, self._catches_up)
        return False

    def _in_sight(self) -> Pieces:
        if not is_behind(self._widget):
            self.catch_up()
            yield
            if self._gently:
                self._gently()

    def _catches_up(self) -> bool:
        return isValid(self) and bool(self._catching_up)

    def _come(self) -> None:
        self._coming = False
        self.ask() if is_behind(self._widget) else self._do()
