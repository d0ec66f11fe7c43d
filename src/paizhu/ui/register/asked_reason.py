"""The reason that is typed into the question below a list: kept over a lock, and put back with the question."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLineEdit

from paizhu.base.errors import PaizhuError
from paizhu.services.drafts import NEW, PaneDrafts
from paizhu.ui.context import Context
from paizhu.ui.register.list_acts import ListActs
from paizhu.ui.register.list_pane import ListPane

_MOST = 200
"""Of more records the question is asked anew: their numbers would be looked up one by one after the lock."""


class AskedReason(QObject):
    """Keeps why some records should go to the recycle list, encrypted, until that is answered or left."""

    def __init__(self, context: Context, pane: ListPane, acts: ListActs) -> None:
        super().__init__(pane)
        self._pane, self._acts = pane, acts
        self._kept = PaneDrafts(context.office.vault, f"void:{pane.register.key}")
        self._ids: list[int] = []
        self._asked = ""
        acts.void_asked.connect(self._take)
        pane.ask.installEventFilter(self)

    def keep(self) -> None:
        """Keep what stands typed: the desk is about to be locked. What the disk refuses stays in memory."""
        words = self._words()
        if words.strip() and 0 < len(self._ids) <= _MOST:
            with suppress(PaizhuError):
                self._kept.keep(NEW, json.dumps({"ids": self._ids, "words": words}, ensure_ascii=False))

    def resume(self) -> None:
        """Ask again about the same records, the words in place; where one is gone since, nothing is asked."""
        ids, _words = self._found()
        if ids and self._choose(ids):
            self._acts.ask_void()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Forget the words once the question is answered or left, not where its page goes from sight."""
        if event.type() is QEvent.Type.Hide and self._pane.ask.isHidden() and self._ids:
            self._ids = []
            if self._found()[0]:
                with suppress(PaizhuError):
                    self._kept.keep(NEW, None)
        return super().eventFilter(watched, event)

    def _take(self, ids: Sequence[int]) -> None:
        self._ids, self._asked = list(ids), self._pane.ask.accessibleName()
        kept, words = self._found()
        line = self._line()
        if line is not None and sorted(kept) == sorted(self._ids):
            line.setText(words)

    def _words(self) -> str:
        # Something else may be asked in the same strip meanwhile.
        line = self._line() if self._pane.ask.accessibleName() == self._asked else None
        return line.text() if line is not None and not self._pane.ask.isHidden() else ""

    def _line(self) -> QLineEdit | None:
        first = next(iter(self._pane.ask.lines()), None)
        return first if isinstance(first, QLineEdit) else None

    def _found(self) -> tuple[list[int], str]:
        try:
            facts = json.loads(kept[1]) if (kept := self._kept.find(NEW)) else {}
            return [int(each) for each in facts.get("ids", ())], str(facts.get("words", ""))
        except (ValueError, TypeError, AttributeError):
            return [], ""

    def _choose(self, ids: Sequence[int]) -> bool:
        """Select these records; False where the list shows one of them no more."""
        pane = self._pane
        if pane.is_recycled or not all(pane.go_to(each) for each in ids):
            return False
        if len(ids) > 1:
            places = [pane.model.place_of(each) for each in ids]
            pane.table.choose_rows(places, places[0])
        return True
