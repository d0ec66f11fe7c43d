"""Back to the record that another was made of, once the making of it was taken back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from paizhu import registers
from paizhu.base.rows import Change, Row
from paizhu.ui.context import Context
from paizhu.ui.when_seen import WhenSeen

Key = tuple[str, int]


class GoingBack(QObject):
    """Remembers what was made of what while the page stands.

    A hand-over leads to the record it made. Taken back, here or from another page, that one lies in the recycle list:
    whoever still has it before him is shown where he came from, and comes to it once more when that is done again. One
    that somebody voided himself stays in front, with the reason he gave.
    """

    def __init__(
        self, context: Context, page: QWidget, front: Callable[[], Row | None], show: Callable[[str, int], object]
    ) -> None:
        super().__init__(page)
        self._context, self._front, self._show = context, front, show
        self._made_of: dict[Key, Key] = {}
        self._missed: list[Change] = []
        # What is taken back from another page is looked at when this one comes to the front.
        self._seen = WhenSeen(page, self._look, gently=lambda: None)
        context.events.made_of.connect(self._note)
        context.events.changed.connect(self._heard)

    def _note(self, made: Key, source: Key) -> None:
        self._made_of[made] = source

    def _heard(self, change: Change) -> None:
        if self._made_of and change.entry:
            self._missed.append(change)
            self._seen.ask()

    def _look(self) -> None:
        missed, self._missed = self._missed, []
        for change in missed if not self._context.office.vault.closed else ():
            row = self._front()
            if row is None or (row.register, row.id) not in change.records:
                continue
            goes_to = self._goes_to((row.register, row.id), change)
            if goes_to and self._context.office.history.entry(change.entry).undoes is not None:
                self._show(*goes_to)

    def _goes_to(self, here: Key, change: Change) -> Key | None:
        if self._is_voided(here):
            return self._made_of.get(here)
        made = [new for new, source in self._made_of.items() if source == here and new in change.records]
        return next((each for each in reversed(made) if not self._is_voided(each)), None)

    def _is_voided(self, key: Key) -> bool:
        return self._context.office.records.get(registers.register(key[0]), key[1]).voided
