"""A list read anew after a write: in a turn of its own, since writing and showing the record fill the one before."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from paizhu.ui.register.list_pane import ListPane
from paizhu.ui.turns import InPieces, Pieces


class Relisting(QObject):
    """Reads one list again, once for all that was written by then; until then it stands as it did.

    A key or click in between finds it read, and so does whoever calls `finish` before he looks at the list.
    """

    def __init__(self, owner: QWidget, listed: ListPane, closed: Callable[[], bool]) -> None:
        super().__init__(owner)
        self.list_now = listed
        """The list as it stands, which may not hold yet what was written in this turn."""
        self._closed = closed
        self._stand_on = 0
        self._then: list[Callable[[], object]] = []
        self._coming = InPieces(owner)

    @property
    def list(self) -> ListPane:
        """The list, holding all that was written."""
        self.finish()
        return self.list_now

    def ask(self) -> None:
        """Let the list be read again in the next turn."""
        self._coming.put_off(self._reading())

    def stand_on(self, record_id: int) -> None:
        """Stand on a record that was written, as soon as the list holds it."""
        self._stand_on = record_id
        if not self._coming:
            self._stand()

    def then(self, do: Callable[[], object]) -> None:
        """Do something to the list in the turn in which it is read, at once if it need not be.

        What takes its room from the list would have it painted in this turn and once more in that.
        """
        if self._coming:
            self._then.append(do)
        else:
            do()

    def finish(self) -> None:
        """Read the list now, if it is to be read."""
        self._coming.finish()

    def _reading(self) -> Pieces:
        # A lock may come first.
        if not self._closed():
            self.list_now.read_again()
            self._stand()
            while self._then:
                self._then.pop(0)()
        yield

    def _stand(self) -> None:
        record_id, self._stand_on = self._stand_on, 0
        if record_id:
            self.list_now.go_to(record_id)
