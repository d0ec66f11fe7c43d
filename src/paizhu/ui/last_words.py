"""What stands typed when the desk is left: kept first, and told of when the disk does not take it."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from paizhu.base.errors import PaizhuError
from paizhu.services.session import Session
from paizhu.ui.kit.trouble import Trouble
from paizhu.ui.pages.lock_ground import Kept
from paizhu.ui.unwritten import INFORMANT, UNWRITTEN

if TYPE_CHECKING:
    from paizhu.ui.desk_view import DeskView


class LastWords:
    """Keeps what stands typed when the desk is left, whatever comes of it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._warned = False

    def keep(self, desk: DeskView | None) -> Kept:
        """Let the desk keep what stands typed, and tell what came of it."""
        busy = bool(desk and desk.pages.save_drafts())
        if self._session.has_unwritten:
            return Kept.IN_MEMORY
        if desk and desk.pages.loses():
            return Kept.INFORMANT_LEFT_OUT
        self._warned = False
        with suppress(PaizhuError):
            if self._session.office and self._session.office.vault.drafts.every():
                return Kept.STORED
        return Kept.STORED if busy else Kept.NOTHING

    def objection(self, desk: DeskView | None) -> Trouble | None:
        """Keep it, and return once what stands against closing; whoever closes all the same gives it up."""
        objections = {Kept.IN_MEMORY: UNWRITTEN, Kept.INFORMANT_LEFT_OUT: INFORMANT}
        trouble = objections.get(self.keep(desk))
        if trouble is None or self._warned:
            return None
        self._warned = True
        return trouble
