"""Controls whose focus nobody sees: their picture is the same with it and without."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

Kind = tuple[object, ...]
_TYPED_INTO = (QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox)
_FRAME = 6
_AROUND = 3


def unseen(window: QWidget, elsewhere: QWidget, known: set[Kind], settle: Callable[[], None]) -> list[str]:
    """Return the controls of kinds not known yet that look the same with the focus as without it.

    What is made anew while one settles takes controls away that were found before.
    """
    found = []
    for each in window.findChildren(QWidget):
        if not isValid(each):
            continue
        kind = _kind(each)
        if kind in known or not _takes_focus(each):
            continue
        if isinstance(each, QAbstractItemView):
            model = each.model()
            if model is None or not model.rowCount():
                continue
            if not each.currentIndex().isValid():
                each.setCurrentIndex(model.index(0, 0))
        each.setFocus(Qt.FocusReason.TabFocusReason)
        settle()
        if not isValid(each) or not each.hasFocus():
            continue
        known.add(kind)
        with_it = window.grab().toImage()
        elsewhere.setFocus(Qt.FocusReason.OtherFocusReason)
        settle()
        if isValid(each) and not each.hasFocus() and _same(with_it, window.grab().toImage(), window, each):
            found.append(f"{type(each).__name__} “{each.accessibleName()}”")
    return found


def _takes_focus(widget: QWidget) -> bool:
    by_tab = bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
    shown = widget.isVisible() and widget.isEnabled() and not widget.visibleRegion().isEmpty()
    return by_tab and shown and widget.focusProxy() is None


def _kind(widget: QWidget) -> Kind:
    named = widget.accessibleName() if isinstance(widget, QAbstractItemView) else ""
    looks = ("look", "fit", "segment", "bare", "level", "frame")
    return (type(widget).__name__, named, *(widget.property(name) for name in looks))


def _same(one: QImage, other: QImage, window: QWidget, widget: QWidget) -> bool:
    place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()).adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND)
    place = place.intersected(window.rect())
    one, other = one.copy(place), other.copy(place)
    if not isinstance(widget, _TYPED_INTO):
        return one == other
    # The blinking line inside is no ring: only the frame counts.
    wide, high = one.width(), one.height()
    edges = (QRect(0, 0, wide, _FRAME), QRect(0, high - _FRAME, wide, _FRAME), QRect(0, 0, _FRAME, high))
    return all(one.copy(edge) == other.copy(edge) for edge in edges)
