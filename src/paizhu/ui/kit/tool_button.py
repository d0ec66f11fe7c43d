"""Enter presses a button as Space does: that is the key people try, and Qt leaves it to the buttons of dialogs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QToolButton

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def is_press(event: QKeyEvent) -> bool:
    """Tell whether a key is Enter alone and was not held down: holding it must not press twice."""
    plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return event.key() in _ENTER and plain and not event.isAutoRepeat()


class EnterButton(QAbstractButton):
    """The ground of buttons that paint themselves."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press it."""
        if is_press(event):
            self.click()
        else:
            super().keyPressEvent(event)


class ToolButton(QToolButton):
    """A flat button of drawing and word; one with a menu opens that."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press it."""
        if not is_press(event):
            super().keyPressEvent(event)
        elif self.menu() is not None:
            self.showMenu()
        else:
            self.click()
