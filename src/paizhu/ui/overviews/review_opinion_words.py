"""The words of an opinion while they are typed: an encrypted draft first, one act when the officer goes on.

So the journal holds what was written and not how.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from paizhu.base import clock
from paizhu.base.rows import Change
from paizhu.services.drafts import PaneDrafts
from paizhu.services.reviews.reviewing import Reviewing
from paizhu.services.reviews.words import OPINION_DRAFT
from paizhu.ui.context import Context
from paizhu.ui.desk_timer import DeskTimer
from paizhu.ui.overviews.review_opinion import OpinionBox

DRAFT_AFTER_MS = 1000


class OpinionWords(QObject):
    """Keeps what is typed at one item; ``write`` does an act, and returns nothing where it was refused."""

    def __init__(
        self,
        context: Context,
        box: OpinionBox,
        reviewing: Reviewing,
        write: Callable[[Callable[[], Change]], Change | None],
    ) -> None:
        super().__init__(box)
        self._box, self._reviewing, self._write = box, reviewing, write
        self._vault = context.office.vault
        self._drafts = PaneDrafts(self._vault, OPINION_DRAFT)
        self._item = 0
        self.changed = False
        """Whether words were typed that no act holds yet."""
        self._timer = DeskTimer(self, DRAFT_AFTER_MS, single=True)
        self._timer.timeout.connect(self._keep_draft)
        box.typed.connect(self._typed)

    def leave(self) -> None:
        """Stand at no item any more: what could not be stored lies in its draft, and belongs to no other."""
        self._item, self.changed = 0, False

    def stand_at(self, item: int, *, editable: bool) -> None:
        """Take note of the item shown, and put back what was typed there before the program ended or locked."""
        self._item = item
        standing = self._drafts.find(item) if editable else None
        if standing and standing[1] != self._box.words:
            self._box.text.setPlainText(standing[1])
            self._box.say(f"放回了 {standing[0].replace('T', ' ')[5:16]} 的草稿")

    def store(self) -> None:
        """Store what was typed, if anything was."""
        self._timer.stop()
        if self._item and self.changed and not self._vault.closed:
            self._store(None, self._box.words)

    def store_with(self, opinion: str) -> None:
        """Store the opinion chosen, in one act with what was typed."""
        self._timer.stop()
        self._store(opinion, self._box.words if self.changed else None)

    def _store(self, opinion: str | None, words: str | None) -> None:
        item, self.changed = self._item, False
        if self._write(lambda: self._reviewing.opinion(item, opinion, words)) is not None:
            self._drafts.keep(item, None)
            self._box.say(f"{clock.now():%H:%M} 已自动保存")
        else:
            self.changed = True
            self._drafts.keep(item, self._box.words)

    def _typed(self) -> None:
        self.changed = True
        self._timer.start()

    def _keep_draft(self) -> None:
        if self._item and self.changed and not self._vault.closed:
            self._drafts.keep(self._item, self._box.words)
            self._box.say(f"{clock.now():%H:%M} 已存草稿")
