"""What of an overview has the keys, such as the line of a dossier a record was opened from, to give it them again."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget


@dataclass(frozen=True)
class Held:
    """A control by what it is called: it may be made anew meanwhile. ``row`` is the line stood on in a table."""

    name: str
    row: int = -1


def held_in(overview: QWidget | None) -> Held | None:
    """Return what has the keys in an overview; None while they are elsewhere."""
    focus = QApplication.focusWidget()
    if overview is None or focus is None or not overview.isAncestorOf(focus) or not focus.accessibleName():
        return None
    row = focus.currentIndex().row() if isinstance(focus, QAbstractItemView) else -1
    return Held(focus.accessibleName(), row)


def hold_again(overview: QWidget | None, held: Held) -> None:
    """Give the keys to the same control again, if it is still there to be seen."""
    parts = overview.findChildren(QWidget) if overview is not None else []
    found = next((each for each in parts if each.accessibleName() == held.name and each.isVisible()), None)
    if found is None:
        return
    found.setFocus(Qt.FocusReason.OtherFocusReason)
    model = found.model() if isinstance(found, QAbstractItemView) else None
    if isinstance(found, QAbstractItemView) and model is not None and 0 <= held.row < model.rowCount():
        index = model.index(held.row, max(found.currentIndex().column(), 0))
        found.setCurrentIndex(index)
        found.scrollTo(index)
