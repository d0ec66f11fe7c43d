"""The desks of the window, one after the other: made when the vault opens, gone when it locks, named in the title."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from paizhu.services.session import Session
from paizhu.ui.first_light import PROGRAM
from paizhu.ui.held import paint_whole

if TYPE_CHECKING:
    from paizhu.ui.actions import Actions
    from paizhu.ui.desk import Desk
    from paizhu.ui.desk_view import Standing
    from paizhu.ui.tabs import Tab


class Desks:
    """At most one desk at a time; the next one stands where the one before it stood."""

    def __init__(
        self,
        window: QWidget,
        stack: QStackedWidget,
        session: Session,
        join: Callable[[Desk], None],
        tabs: Sequence[Tab] | None = None,
    ) -> None:
        """``join`` lets the window hear what a new desk asks of it."""
        self._window, self._stack, self._session = window, stack, session
        self._join, self._tabs = join, tabs
        self.now: Desk | None = None
        """The desk that has begun; none while the vault is locked."""
        self.actions: Actions | None = None
        """Its commands, bound to their keys in the window."""
        self._coming: Desk | None = None
        self._standing: Standing | None = None

    def make(self) -> None:
        """Make a desk for the open vault, out of sight; `enter` shows it."""
        from paizhu.ui.desk import desk_of
        from paizhu.ui.tabs import TABS

        if self._session.office is None:
            return
        self.drop()
        self._coming = desk_of(self._window, self._session, self._session.office, self._tabs or TABS)
        self._coming.context.events.settings_changed.connect(self._take_setting)
        self._join(self._coming)

    def enter(self) -> bool:
        """Show the desk that was made; False when there is none: it was entered before, or closed again."""
        desk, self._coming = self._coming, None
        if desk is None:
            return False
        self.now = desk
        desk.begin(self._standing)
        self._standing = None
        self.actions = desk.bound_to(self._window)
        paint_whole(self._stack, desk.pages.still_arrives)
        self._stack.addWidget(desk)
        self._stack.setCurrentWidget(desk)
        desk.enter_page()
        self._show_title()
        return True

    def remember_place(self) -> None:
        """Remember where the desk stands, for the next one."""
        self._standing = self.now.standing() if self.now else None

    def forget_place(self) -> None:
        """Let the next desk begin at its first page: it shows another vault."""
        self._standing = None

    def take(self) -> Desk | None:
        """Take the desk out of the window and return it; what is at work in it goes on."""
        self._window.setWindowTitle(PROGRAM)
        desk, self.now, self._coming = self.now or self._coming, None, None
        actions, self.actions = self.actions, None
        if actions:
            actions.leave()
        if desk:
            self._stack.removeWidget(desk)
            desk.leave()
        return desk

    def throw_away(self, desk: Desk, *, in_turns: bool) -> None:
        """Throw away a desk that was taken; ``in_turns`` while the window waits for a password."""
        desk.throw_away(self._window, self._is_locked, in_turns=in_turns)

    def drop(self) -> None:
        """Take the desk, if there is one, and throw it away at once."""
        if desk := self.take():
            self.throw_away(desk, in_turns=False)

    def _is_locked(self) -> bool:
        # While a backup is put back no desk stands either, but the officer waits for it.
        return self.now is None and self._session.office is None

    def _take_setting(self, name: str) -> None:
        if name == "group":
            self._show_title()

    def _show_title(self) -> None:
        desk = self._session.office.desk if self._session.office else None
        more = ("示例数据" if int(desk.setting("sample")) else "", str(desk.setting("group"))) if desk else ()
        self._window.setWindowTitle("　".join(filter(None, (PROGRAM, *more))))
