"""How list and record share the width: the officer's share, or the ordinary one after a double click on the handle."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from paizhu.ui import theme

DETAIL_LEAST, HANDLE = 480, 5
_LEAST_SHARE, _MOST_SHARE = 0.2, 0.8


class Split(QSplitter):
    """List at the left, record at the right; ``usual`` is the list's ordinary share, ``least`` its fewest pixels."""

    arranged = Signal()
    """The officer moved the handle."""

    def __init__(self, left: QWidget, right: QWidget, usual: Callable[[], float], least: Callable[[], int]) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._usual, self._least = usual, least
        self.share = usual()
        self.setHandleWidth(HANDLE)
        self.setChildrenCollapsible(False)
        self.addWidget(left)
        self.addWidget(right)
        self.handle(1).installEventFilter(self)
        self.splitterMoved.connect(lambda *_: self.arranged.emit())

    def restore(self, share: object) -> None:
        """Take a share that was kept; anything else leaves the present one."""
        if isinstance(share, int | float):
            self.share = min(max(float(share), _LEAST_SHARE), _MOST_SHARE)

    def to_usual(self) -> None:
        """Take the ordinary share; `share_out` shows it."""
        self.share = self._usual()

    def has_room(self, width: int) -> bool:
        """Tell whether both can stand side by side in so many pixels."""
        return width >= self._least() + theme.current().px(DETAIL_LEAST) + HANDLE

    def share_out(self, whole: int) -> None:
        """Give list and record their parts of a width, neither less than it needs."""
        width = whole - HANDLE
        left = min(max(round(width * self.share), self._least()), width - theme.current().px(DETAIL_LEAST))
        self.setSizes([max(left, 1), max(width - left, 1)])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let a double click on the handle give both their ordinary share, and keep the share it was moved to."""
        if event.type() is QEvent.Type.MouseButtonDblClick:
            self.to_usual()
            self.share_out(self.width())
            self.arranged.emit()
            return True
        if event.type() is QEvent.Type.MouseButtonRelease and self.width():
            self.share = self.widget(0).width() / self.width()
        return super().eventFilter(watched, event)
