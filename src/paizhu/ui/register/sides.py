"""The parts of a page for its registers: each made when it is wanted, whole at once or piece by piece."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable

from PySide6.QtWidgets import QWidget

from paizhu.base.register import Register
from paizhu.services.readable import OpenedFiles
from paizhu.ui.context import Context
from paizhu.ui.overviews import overview_of
from paizhu.ui.register.detail_pane import DetailPane
from paizhu.ui.register.list_pane import ListPane
from paizhu.ui.register.making import EditorKit
from paizhu.ui.register.side import RegisterSide
from paizhu.ui.turns import Pieces

_InPieces = Generator[None, None, RegisterSide]


class Sides:
    """Makes the sides of a page and lets the page ``join`` each of them to itself when it is finished."""

    def __init__(self, make: Callable[[Register], _InPieces], join: Callable[[RegisterSide], object]) -> None:
        self._make, self._join = make, join
        self.made: dict[str, RegisterSide] = {}
        self._coming: dict[str, _InPieces] = {}

    def side(self, register: Register) -> RegisterSide:
        """Return a side, made whole now if somebody needs it before its pieces have come."""
        while register.key not in self.made:
            self._go_on(register)
        return self.made[register.key]

    def making(self, register: Register) -> Pieces:
        """Make what is missing of a side, with a pause after every piece."""
        while register.key not in self.made:
            self._go_on(register)
            yield

    def make_some(self, registers: Iterable[Register]) -> bool:
        """Make one piece of the first side that is missing; False when none is."""
        missing = next((register for register in registers if register.key not in self.made), None)
        if missing:
            self._go_on(missing)
        return missing is not None

    def _go_on(self, register: Register) -> None:
        """Make the next piece; what cannot be read for it is told, and whoever asks again begins anew."""
        pieces = self._coming.pop(register.key, None) or self._make(register)
        try:
            next(pieces)
        except StopIteration as end:
            self._join(end.value)
            self.made[register.key] = end.value
        else:
            self._coming[register.key] = pieces


def in_pieces(context: Context, page: QWidget, opened: OpenedFiles, register: Register) -> _InPieces:
    """Make list, overview and form of a register one after another, and at last what joins them."""
    kit = EditorKit(context, page)
    listed = ListPane(context, register, kit.cell_editor)
    yield
    overview = overview_of(register.key, context)
    yield
    detail = DetailPane(context, register, kit.form, overview)
    yield
    return RegisterSide(context, register, opened, (kit, listed, detail))
