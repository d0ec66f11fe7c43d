"""The name of a file as a link that gives way: what does not fit is cut in the middle, so that the ending stays."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from paizhu.ui.kit.button import Button, Look, Size

_LEAST = "国国国国….docx"


class FileLink(Button):
    """Opens a file; the whole name stands in the tooltip when it is cut."""

    def __init__(self, name: str) -> None:
        super().__init__(name, Look.LINK, icon="file", size=Size.SMALL)
        self._name = name
        # A cut name leaves a few pixels over: they stand behind it, so that names begin below each other.
        self.setProperty("start", True)
        self.setAccessibleName(f"打开 {name}")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._frame = super().sizeHint().width() - self.fontMetrics().horizontalAdvance(name)

    def sizeHint(self) -> QSize:
        """Return the room of the whole name."""
        return QSize(self._frame + self.fontMetrics().horizontalAdvance(self._name) + 2, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return the room of a few characters and the ending."""
        whole, least = self.sizeHint(), self._frame + self.fontMetrics().horizontalAdvance(_LEAST)
        return QSize(min(whole.width(), least), whole.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the name to the new width."""
        super().resizeEvent(event)
        room = max(self.width() - self._frame, 1)
        shown = self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideMiddle, room)
        self.setText(shown.replace("&", "&&"))
        self.setToolTip("" if shown == self._name else self._name)
