"""What every hand-written first pane of a record has in common.

An overview gathers what the officer needs to decide: it reads through the services and asks the page to go to
a field or take a step. Everything it shows can also be reached in the form.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from paizhu.base.rows import Row
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Button, Offer
from paizhu.ui.turns import Pieces, at_once


class Overview(QWidget):
    """One such pane. ``label`` is the word of its tab."""

    label = "概览"
    shows_course = False
    """Whether the pane has stations of its own, so that those of the record alone are not shown above it."""

    field_asked = Signal(str)
    """Code name of a field or kind of child rows that should be edited in the form."""
    step_asked = Signal(str)
    """Code of the state that a step should lead to."""
    add_asked = Signal(object, str)
    """Paths of files and the place they belong to."""
    open_file_asked = Signal(object)
    """A file of the record that should be opened."""

    bar_changed = Signal()
    """What it offers, or whether it holds the red button, is another matter now."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.entrance: QWidget | None = None
        """Where one goes on with a record that was just registered; without it the next step of its course is meant."""

    @property
    def mends(self) -> frozenset[str]:
        """Fields and kinds of rows that are filled in here now: a step that waits for them leads nowhere else."""
        return frozenset()

    def show_record(self, row: Row) -> None:
        """Show a record as stored, all of it now."""
        at_once(self.showing(row))

    def showing(self, row: Row) -> Pieces:
        """Show a record as stored, in pieces from the top; begun again whenever it changed.

        What the offers follow from and what is typed into belongs to the first piece.
        """
        raise TypeError(f"{type(self).__name__} shows nothing for {row.register}")

    def in_turns(self, row: Row) -> Pieces:
        """Show a record as stored, with turns between the pieces; a lock that comes between them ends it."""
        for _piece in self.showing(row):
            yield
            if self.context.office.vault.closed:
                return

    def offers(self) -> Sequence[Offer]:
        """Return what the bar below offers while this pane is in front: the red button first; the steps follow."""
        return ()

    def take_in(self, primary: Button) -> bool:
        """Give the red button a place in the pane, which then needs no bar below; False leaves it in the bar."""
        return False

    def onward(self, row: Row) -> Sequence[Offer]:
        """Return what it offers beside the form as well, because it takes the step of the course along."""
        return ()

    def act(self, key: str) -> None:
        """Do what one of the offers says."""

    def take_pasted(self, words: str) -> bool:
        """Take what was pasted over the list beside this pane when it is meant for it; False leaves it to the list."""
        return False

    def keep_draft(self) -> None:
        """Keep what is typed here: another record, another page or a lock comes."""
