"""A line over a record that went out of the list beside it: it was worked on a moment ago and stays in hand."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from paizhu.ui.kit.button import Look, Offer
from paizhu.ui.kit.strip import Strip
from paizhu.ui.register.detail_pane import DetailPane
from paizhu.ui.register.list_pane import ListPane

_NEXT, _EVERYWHERE = "next", "everywhere"
_MOST_IN_TITLE = 14


class LeftView(QObject):
    """Says what the list shows and leads on to its next record, or to the one in hand among all there are."""

    everywhere_asked = Signal(int)
    """The record should be shown in its whole register."""

    def __init__(self, listed: ListPane, pane: DetailPane, is_beside: Callable[[], bool]) -> None:
        super().__init__(pane)
        self._list, self._pane, self._is_beside = listed, pane, is_beside
        self.strip = Strip(closable=True)
        self.strip.hide()
        self.strip.acted.connect(self._acted)
        pane.add_below_strip(self.strip)
        listed.counted.connect(self._look)
        pane.head_shown.connect(self._look)

    def _look(self) -> None:
        record_id = self._list.left_id
        if not record_id or record_id != self._pane.work.record_id or not self._is_beside():
            self.strip.hide()
            return
        offers = [Offer(_NEXT, "看下一条", Look.LINK)] if self._list.model.total else []
        shown = "、".join(self._list.filter_words)
        short = 0 < len(shown) <= _MOST_IN_TITLE
        words, detail = (f"已不在“{shown}”里", "") if short else ("已不在列表里", f"列表只列：{shown}" if shown else "")
        self.strip.show_words(words, detail, offers=[*offers, Offer(_EVERYWHERE, "在全部里看", Look.LINK)])
        self.strip.show()

    def _acted(self, key: str) -> None:
        if key == _NEXT:
            self._list.go_on()
        elif record_id := self._pane.work.record_id:
            self.everywhere_asked.emit(record_id)
