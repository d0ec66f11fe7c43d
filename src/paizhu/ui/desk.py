"""The open desk, complete: the view with its errands, reminders, pages and commands.

Thrown away at every lock and made anew afterwards. Only this file knows all of them; they know the view alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from paizhu.services.office import Office
from paizhu.services.session import Session
from paizhu.ui.actions import Action, Actions
from paizhu.ui.clearing import throw_away
from paizhu.ui.context import Context
from paizhu.ui.desk_commands import MENU, commands_of
from paizhu.ui.desk_pages import other_pages
from paizhu.ui.desk_timer import stop_within
from paizhu.ui.desk_view import DeskView, Standing
from paizhu.ui.errands import Errands
from paizhu.ui.events import Events
from paizhu.ui.reminders import reminders_of
from paizhu.ui.tabs import TABS, Tab
from paizhu.ui.tasks import Tasks
from paizhu.ui.theme import current
from paizhu.ui.turns import next_turn


class Desk(DeskView):
    """The view of the open vault with everything that works on it."""

    def __init__(self, context: Context, session: Session, tabs: Sequence[Tab] = TABS) -> None:
        super().__init__(context, session, tabs)
        self.errands = Errands(self)
        self.reminders = reminders_of(self)
        self._pieces: list[QWidget] = []
        for key, make in other_pages(self, self.commands).items():
            self.pages.know(key, make)

    def begin(self, standing: Standing | None) -> None:
        """Show the first page, or where everything stood at the last lock; from now on it reminds."""
        super().begin(standing)
        self.reminders.start()

    def commands(self) -> list[Action]:
        """Return every command of the desk, bound to this view by the window."""
        return commands_of(self, self.errands)

    def bound_to(self, window: QWidget) -> Actions:
        """Bind its commands to their keys in a window, and put those of the menu there."""
        actions = Actions(window, self.commands())
        self.head.fill_menu([actions.bound(key) for key in MENU])
        return actions

    def leave(self) -> None:
        """Be seen no more and begin nothing; what is at work is another matter."""
        self.reminders.stop()
        stop_within(self)
        self._pieces = self.pages.take_apart()
        self.hide()
        self.context.theme.give_up(self)

    def throw_away(self, window: QObject, unused: Callable[[], bool], *, in_turns: bool) -> None:
        """Be thrown away with nothing at work any more; in pieces where the window waits for a password.

        ``unused`` tells later whether the window is locked still.
        """
        self.context.tasks.close()
        pieces = self._pieces if in_turns else []
        throw = partial(throw_away, window, [*pieces, self, self.context.events, self.context.tasks], unused)
        next_turn(window, throw) if in_turns else throw()


def desk_of(window: QObject, session: Session, office: Office, tabs: Sequence[Tab]) -> Desk:
    """Make the desk of an open vault for a window; it shows nothing before it has begun."""
    return Desk(Context(office, Events(window), Tasks(window), current()), session, tabs)
