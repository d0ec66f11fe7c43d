"""How a page of registers comes: its frame first, then the part for one register piece by piece, others when idle."""

from __future__ import annotations

from functools import partial
from inspect import GEN_RUNNING, getgeneratorstate

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

from paizhu.base.register import Register
from paizhu.services.readable import OpenedFiles
from paizhu.ui.context import Context
from paizhu.ui.desk_timer import DeskTimer
from paizhu.ui.register.place import Place
from paizhu.ui.register.side import RegisterSide
from paizhu.ui.register.sides import Sides, in_pieces
from paizhu.ui.turns import Pieces, PutOff, at_once, next_turn

_AHEAD_MS = 400


class ComingPage(QWidget):
    """A page that stands when its first side does; whoever asks for that before gets the whole page at once."""

    def __init__(self, context: Context, registers: tuple[Register, ...]) -> None:
        super().__init__()
        self._context = context
        self.registers = registers
        self._opened = OpenedFiles(context.office.vault.header.vault_id)
        self._parts = Sides(partial(in_pieces, context, self, self._opened), self._join)
        self._sides = self._parts.made
        self._front: RegisterSide | None = None
        self._first = registers[0]
        self._comes_to: Place | None = None
        self._has_come = self._is_let_come = False
        self._coming = self._come()
        self.rest = PutOff(self)
        """What is still to be done of going to a place."""
        self._ahead = DeskTimer(self, _AHEAD_MS)
        self._ahead.timeout.connect(partial(next_turn, self, self._make_next))

    @property
    def side(self) -> RegisterSide:
        """The side in front; a page that has not come yet comes now."""
        if self._front is None:
            self.come_now()
        assert self._front is not None
        return self._front

    @property
    def has_come(self) -> bool:
        """Tell whether a side is in front."""
        return self._front is not None

    @property
    def arrives(self) -> bool:
        """Tell whether the page has yet to come: somebody has to let it, or to need it."""
        return not self._has_come

    def arriving(self, register_key: str = "") -> Pieces:
        """Make what is missing of the page and of its side for a register, with a pause after every piece.

        Whoever lets a page come that was not seen yet shows it when all is there.
        """
        self._is_let_come = True
        wanted = next((each for each in self.registers if each.key == register_key), None)
        if wanted and not self._has_come:
            # Of a page that is made for one record, no other side is made first.
            self._first = wanted
        return self._arrive_with(wanted)

    def _arrive_with(self, wanted: Register | None) -> Pieces:
        yield from self._coming
        if wanted:
            yield from self._parts.making(wanted)

    def come_now(self, register_key: str = "") -> None:
        """Make at once what is still missing, for whoever needs the page before it has come."""
        if getgeneratorstate(self._coming) != GEN_RUNNING:
            at_once(self.arriving(register_key))

    def come_to(self, place: object) -> bool:
        """Come at a place, before anything of the page is made; False when it stands already."""
        if isinstance(place, Place) and not self._has_come:
            self._comes_to = place
        return self._comes_to is place

    def return_to(self, place: Place) -> None:
        """Go back to a place."""
        raise NotImplementedError

    def _come(self) -> Pieces:
        try:
            # Making the frame and laying it out is enough for one turn.
            yield
            place = self._comes_to
            first = next((each for each in self.registers if place and each.key == place.register), self._first)
            yield from self._parts.making(first)
            self._front = self._sides[first.key]
            self._begin()
            self._has_come = True
            if place:
                yield
                # A list that has no room yet could not be scrolled to where it stood.
                QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
                self.return_to(place)
                yield
                self.rest.finish()
        except Exception:
            # What could not be read is told; the page comes when it is wanted again.
            self._coming = self._come()
            if not self._has_come:
                self._front = None
            raise

    def _begin(self) -> None:
        """Show the first side, which is there now."""
        raise NotImplementedError

    def _join(self, side: RegisterSide) -> None:
        """Give a side its place on the page."""
        raise NotImplementedError

    def _side(self, key: str) -> RegisterSide:
        return self._parts.side(next(each for each in self.registers if each.key == key))

    def _make_next(self) -> None:
        """Make a piece of another side while nothing happens, so that its first record opens as fast as others."""
        here = self._has_come and self.isVisible() and not self._context.office.vault.closed
        if not here or not self._parts.make_some(self.registers):
            self._ahead.stop()
