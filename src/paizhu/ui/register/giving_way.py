"""In a low window at a large font the tools of a page give their place to the record that is worked on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from paizhu.ui import theme

_LOW = 480


class GivingWay(QObject):
    """Hides the tool bar of a page while the record stands in the list's place and there is no height for both.

    Its keys work all the same, and 返回列表 brings it back.
    """

    def __init__(self, page: QWidget, toolbar: QWidget, shows_record: Callable[[], bool]) -> None:
        super().__init__(page)
        self._page, self._toolbar = page, toolbar
        self._shows_record = shows_record
        page.installEventFilter(self)

    def look(self) -> None:
        """Look whether the record needs the room, after list and record changed places."""
        low = self._page.height() < theme.current().px(_LOW)
        self._toolbar.setVisible(not (low and self._shows_record()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look again when the window got another height."""
        if event.type() is QEvent.Type.Resize:
            self.look()
        return super().eventFilter(watched, event)
