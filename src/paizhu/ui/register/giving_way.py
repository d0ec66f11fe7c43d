"""In a low window at a large font the tools of a page give their place to the record that is worked on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject

from paizhu.ui import theme

if TYPE_CHECKING:
    from paizhu.ui.register.page import RegisterPage

_LOW = 480


class GivingWay(QObject):
    """Hides the tool bar of a page while the record stands in the list's place and there is no height for both.

    Its keys work all the same, and 返回列表 brings it back.
    """

    def __init__(self, page: RegisterPage) -> None:
        super().__init__(page)
        self._page = page
        page.installEventFilter(self)

    def look(self) -> None:
        """Look whether the record needs the room, after list and record changed places."""
        side = self._page.side
        in_front = side.detail_replaces and side.detail.isVisibleTo(self._page)
        self._page.toolbar.setVisible(not (in_front and self._page.height() < theme.current().px(_LOW)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look again when the window got another height."""
        if event.type() is QEvent.Type.Resize:
            self.look()
        return super().eventFilter(watched, event)
