"""The line over a list in which a name, its initials or a unit is typed; it tells when typing paused."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from paizhu.ui.desk_timer import DeskTimer
from paizhu.ui.kit.search_box import SearchBox

TYPED_MS = 150
"""How long nobody types before the list is narrowed."""


class SoughtLine(QWidget):
    """Esc empties it and then leaves, Enter and ↓ lead into the list; away where a list has nothing to be sought by."""

    changed = Signal()
    left = Signal()

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        self.box = SearchBox(placeholder)
        self.box.setClearButtonEnabled(True)
        self.box.installEventFilter(self)
        self._soon = DeskTimer(self, TYPED_MS, single=True)
        self._soon.timeout.connect(self.changed)
        self.box.textChanged.connect(lambda _: self._soon.start())
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 10, 6)
        column.addWidget(self.box)
        if not placeholder:
            self.hide()

    def words(self) -> str:
        """Return what is sought."""
        return self.box.text().strip()

    def clear(self) -> None:
        """Seek nothing any more; the caller shows the list anew."""
        self.box.clear()
        self._soon.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that lead out of the line."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            empty = event.key() == Qt.Key.Key_Escape and not self.box.text()
            if empty or event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if self._soon.isActive():
                    # Words typed a moment ago count before the list is entered.
                    self._soon.stop()
                    self.changed.emit()
                self.left.emit()
                return True
        return super().eventFilter(watched, event)
