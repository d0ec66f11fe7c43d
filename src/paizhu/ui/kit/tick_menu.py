"""A menu with several things to tick: it stays open while one goes through them, until Esc or a click elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu

_TICKING = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Ticks(QObject):
    """Ticks by Space, Enter and click; Qt's own menu knows no Space in our style, and closes at the first tick."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a key or a click that is meant for a tick."""
        if isinstance(watched, QMenu) and (action := self._meant(watched, event)):
            if event.type() is not QEvent.Type.MouseButtonPress:
                action.trigger()
            return True
        return super().eventFilter(watched, event)

    @staticmethod
    def _meant(menu: QMenu, event: QEvent) -> QAction | None:
        action = None
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() in _TICKING:
            action = menu.activeAction()
        elif isinstance(event, QMouseEvent) and event.type() in (
            QEvent.Type.MouseButtonPress,
            QEvent.Type.MouseButtonRelease,
            QEvent.Type.MouseButtonDblClick,
        ):
            action = menu.actionAt(event.position().toPoint())
        return action if action is not None and action.isCheckable() and action.isEnabled() else None


def stay_open(menu: QMenu) -> None:
    """Let a menu stay open while something in it is ticked."""
    menu.installEventFilter(_Ticks(menu))
