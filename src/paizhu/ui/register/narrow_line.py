"""A line over a list that says which conditions hold while the panel that shows them is folded away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject

from paizhu.ui.kit.button import Look, Offer
from paizhu.ui.kit.strip import Strip
from paizhu.ui.register.filter_panel import FilterPanel

CHANGE, CLEAR = "change", "clear"


class NarrowLine(Strip):
    """Nothing else would tell why a list is short: its chip counts without the conditions. Speaks by `acted`."""

    def __init__(self, panel: FilterPanel) -> None:
        super().__init__(icon="filter")
        self._panel = panel
        self._narrowed = False
        panel.installEventFilter(self)
        self.hide()

    def tell(self, conditions: Sequence[str]) -> None:
        """Name the conditions in force; none hides the line."""
        self._narrowed = bool(conditions)
        if conditions:
            offers = [Offer(CHANGE, "改条件 Ctrl+F", Look.LINK), Offer(CLEAR, "清除条件", Look.LINK)]
            self.show_words("按条件筛选", "；".join(conditions), offers=offers)
        self._look()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give way to the panel, and come back when it is folded away."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._look()
        return super().eventFilter(watched, event)

    def _look(self) -> None:
        self.setVisible(self._narrowed and self._panel.isHidden())
