"""Back to the record that another was made of, once the making of it was taken back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from paizhu import registers
from paizhu.base.rows import Change, Row
from paizhu.ui.context import Context

Key = tuple[str, int]


class GoingBack(QObject):
    """Remembers what was made of what while the page stands.

    A hand-over leads to the record it made. Taken back, that one lies in the recycle list: whoever still has it before
    him is shown where he came from, and comes to it once more when that is done again. One that somebody voided himself
    stays in front, with the reason he gave.
    """

    def __init__(
        self, context: Context, page: QWidget, front: Callable[[], Row | None], show: Callable[[str, int], object]
    ) -> None:
        super().__init__(page)
        self._context, self._page, self._front, self._show = context, page, front, show
        self._made_of: dict[Key, Key] = {}
        context.events.made_of.connect(self._note)
        context.events.changed.connect(self._look)

    def _note(self, made: Key, source: Key) -> None:
        self._made_of[made] = source

    def _look(self, change: Change) -> None:
        row = self._front() if self._made_of and self._page.isVisible() else None
        if row is None or not change.entry or (row.register, row.id) not in change.records:
            return
        goes_to = self._goes_to((row.register, row.id), change, voided=row.voided)
        if goes_to and self._context.office.history.entry(change.entry).undoes is not None:
            self._show(*goes_to)

    def _goes_to(self, here: Key, change: Change, *, voided: bool) -> Key | None:
        if voided:
            return self._made_of.get(here)
        made = [new for new, source in self._made_of.items() if source == here and new in change.records]
        return next((each for each in reversed(made) if not self._is_voided(each)), None)

    def _is_voided(self, key: Key) -> bool:
        return self._context.office.records.get(registers.register(key[0]), key[1]).voided
