"""What every hand-written head over the list of a register has in common."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from paizhu.base.view import Condition
from paizhu.ui.context import Context


class ListHead(QWidget):
    """A hand-written strip above the list of a register; it reads through the services and opens what is pressed."""

    widens_list = True
    """Whether the list under it takes more of the width than usual."""

    page_asked = Signal(str)
    """Key of another page of the window."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context

    def chips(self) -> Sequence[tuple[str, str, tuple[Condition, ...]]]:
        """Return chips of its own over the list: key, words, conditions; asked off the window's thread."""
        return ()

    def give_way(self, height: int) -> None:
        """Take less room where head and list together have only this height; most heads are one line anyhow."""
