"""A part of a scrolling pane that stays in sight while what stands around it still gets its height."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget
from shiboken6 import isValid

_MOVED = frozenset({QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show})


class HeldInView(QObject):
    """Scrolls an area to a part of it, and again whenever the part gets another place, until somebody scrolls."""

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area)
        self._area, self._bar = area, area.verticalScrollBar()
        self._part: QWidget | None = None
        self._scrolls = False
        self._bar.rangeChanged.connect(lambda *_range: self._scroll())
        self._bar.valueChanged.connect(self._scrolled)
        area.viewport().installEventFilter(self)

    def hold(self, part: QWidget) -> None:
        """Scroll to a part: to its top where it is higher than what is seen at a time."""
        if self._part is not None and isValid(self._part):
            self._part.removeEventFilter(self)
        self._part = part
        part.installEventFilter(self)
        QTimer.singleShot(0, self, self._scroll)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the part."""
        if event.type() in _MOVED and self._part is not None:
            # Its neighbours get their places with it.
            QTimer.singleShot(0, self, self._scroll)
        return super().eventFilter(watched, event)

    def _scrolled(self, _value: int) -> None:
        if not self._scrolls:
            self._part = None

    def _scroll(self) -> None:
        part, inside = self._part, self._area.widget()
        if part is None or not isValid(part) or not part.isVisible() or not inside.isAncestorOf(part):
            return
        top, seen = part.mapTo(inside, QPoint(0, 0)).y(), self._area.viewport().height()
        least = top + part.height() - seen
        self._scrolls = True
        self._bar.setValue(top if least > top else max(min(self._bar.value(), top), least))
        self._scrolls = False
