"""A bar at the foot that tells what was done: it leaves by itself, and at Esc where nothing nearer takes the key."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QFrame, QWidget


class FootBar(QFrame):
    """Hidden until there is something to tell."""

    def settle(self) -> None:
        """Leave."""
        raise NotImplementedError

    def holds_cursor(self) -> bool:
        """Tell whether one of its buttons is the next to be pressed."""
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)


def leave_bars(window: QWidget) -> bool:
    """Let what a window tells at its foot leave; False when nothing stands there. None of it keeps the cursor."""
    bars = [bar for bar in window.findChildren(FootBar) if bar.isVisible()]
    for bar in bars:
        bar.settle()
    return bool(bars)
