"""A pane that keeps the height its contents need: it scrolls where the window or a large font leaves too little."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRect, Qt, QTimer
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
    # Qt would paint the ground of the window behind it: the style sheet forbids that only to what is polished here, and
    # not to what was laid out, and so polished, before it had this place.
    inside.setAutoFillBackground(False)
    return area


def show_part(widget: QWidget, part: QRect) -> None:
    """Scroll the pane round a widget just so far that a part of the widget is seen, such as the line being written."""
    area = _pane_round(widget)
    if area is not None:
        place = QRect(widget.mapTo(area.widget(), part.topLeft()), part.size())
        middle = place.center()
        area.ensureVisible(middle.x(), middle.y(), 0, place.height())


def to_top(widget: QWidget) -> None:
    """Scroll the pane round a widget up: something else stands in it from now on, to be read from its beginning."""
    area = _pane_round(widget)
    if area is not None:
        area.verticalScrollBar().setValue(0)


def bring_into_view(widget: QWidget) -> None:
    """Scroll the pane round a widget so that all of it is seen, once its words have the height they need."""
    area = _pane_round(widget)
    if area is not None:
        QTimer.singleShot(0, widget, partial(area.ensureWidgetVisible, widget))


def _pane_round(widget: QWidget) -> QScrollArea | None:
    around = widget.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    return around
