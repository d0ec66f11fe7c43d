"""A table whose page shares the room out among its columns: nothing in it is typed, moved or sorted."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from paizhu.ui.kit.delegates import RowDelegate
from paizhu.ui.kit.row_header import RowHeader


class SharedTable(QTableView):
    """Speaks by `widened`: there is more or less room, to be shared out anew."""

    widened = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setHorizontalHeader(RowHeader(self))
        self.horizontalHeader().setStretchLastSection(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setItemDelegate(RowDelegate(self))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the room to be shared out, once everything on the page has its place."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            QTimer.singleShot(0, self, self.widened.emit)
