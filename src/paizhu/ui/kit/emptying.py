"""Taking what stands in a layout away, to show something else in its place."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout


def empty(layout: QLayout) -> None:
    """Take everything out of a layout, layouts within it too.

    Widgets go once Qt is back in its loop; hidden until then, or they would stand there without a place.
    """
    while (item := layout.takeAt(0)) is not None:
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
        elif inner := item.layout():
            empty(inner)
