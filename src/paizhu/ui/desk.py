"""The open desk, complete: the view with its errands, reminders, pages and commands.

Thrown away at every lock and made anew afterwards. Only this file knows all of them; they know the view alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from paizhu.services.session import Session
from paizhu.ui.actions import Action
from paizhu.ui.context import Context
from paizhu.ui.desk_commands import commands_of
from paizhu.ui.desk_pages import other_pages
from paizhu.ui.desk_view import DeskView, Standing
from paizhu.ui.errands import Errands
from paizhu.ui.reminders import reminders_of
from paizhu.ui.tabs import TABS, Tab


class Desk(DeskView):
    """The view of the open vault with everything that works on it."""

    def __init__(
        self, context: Context, session: Session, standing: Standing | None = None, tabs: Sequence[Tab] = TABS
    ) -> None:
        super().__init__(context, session, tabs)
        self.errands = Errands(self)
        self.reminders = reminders_of(self)
        for key, make in other_pages(self, self.commands).items():
            self.pages.know(key, make)
        self.begin(standing)
        self.reminders.start()

    def commands(self) -> list[Action]:
        """Return every command of the desk, bound to this view by the window."""
        return commands_of(self, self.errands)

    def leave(self) -> None:
        """Be seen no more, with nothing at work: it is thrown away now."""
        self.reminders.stop()
        self.context.tasks.close()
        self.hide()
        self.context.theme.give_up(self)
