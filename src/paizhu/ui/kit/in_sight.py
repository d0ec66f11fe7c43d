"""A list that opens under a field stays on the screen: one wider than its field would run out at the right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

_PLACED = {QEvent.Type.Show, QEvent.Type.Move, QEvent.Type.Resize}


class InSight(QObject):
    """Moves a list to the left by what of it would lie beyond the screen, whenever it finds its place."""

    def __init__(self, popup: QWidget) -> None:
        super().__init__(popup)
        self._popup = popup
        popup.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look where the list has come to."""
        if watched is self._popup and event.type() in _PLACED:
            self._come_back()
        return super().eventFilter(watched, event)

    def _come_back(self) -> None:
        place, screen = self._popup.geometry(), self._popup.screen().availableGeometry()
        over = min(place.right() - screen.right(), place.left() - screen.left())
        if over > 0:
            self._popup.move(place.left() - over, place.top())
