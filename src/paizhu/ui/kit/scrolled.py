"""A pane that keeps the height its contents need: it scrolls where the window or a large font leaves too little."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QWidget


def scrolled(contents: QLayout) -> QScrollArea:
    """Return a scrolling pane round a layout."""
    inner = QWidget()
    contents.setContentsMargins(0, 0, 0, 0)
    inner.setLayout(contents)
    return scrolling(inner)


def scrolling(inside: QWidget) -> QScrollArea:
    """Return a scrolling pane round a widget; it never scrolls sideways and takes no focus of its own."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area


def bring_into_view(widget: QWidget) -> None:
    """Scroll the pane round a widget so that all of it is seen, once its words have the height they need."""
    around = widget.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    if isinstance(around, QScrollArea):
        area = around
        QTimer.singleShot(0, widget, lambda: area.ensureWidgetVisible(widget))
