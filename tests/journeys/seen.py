"""What of a window cannot be read or named: words cut off, controls without an accessible name."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QTextEdit,
    QToolButton,
    QWidget,
)

from paizhu.ui.kit.button import ReasonLabel
from paizhu.ui.kit.label import ElidedLabel

_CONTROLS = (
    QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox, QAbstractItemView, QPlainTextEdit, QTextEdit,
)  # fmt: skip
_SLACK = 2
"""Pixels by which a font may be wider than it says."""


def nameless(window: QWidget) -> list[str]:
    """Return every visible control that says neither words nor a name."""
    return [
        f"{type(each).__name__} in {_where(each)}"
        for kind in _CONTROLS
        for each in window.findChildren(kind)
        if each.isVisible() and not isinstance(each, QHeaderView) and not _named(each) and not _inner(each)
    ]


def cut(window: QWidget) -> list[str]:
    """Return every visible word that has no room: narrower, lower than it needs, or reaching out of what holds it.

    What gives way on purpose, with dots and the whole in its tooltip, is not cut.
    """
    found = [*_labels(window), *_buttons(window), *_fields(window), *_bars(window), *_wide(window)]
    return [f"{words!r} {why}: {_where(each)}" for each, words, why in found if each.isVisible()]


def _labels(window: QWidget) -> Iterator[tuple[QWidget, str, str]]:
    for label in window.findChildren(QLabel):
        words = _plain(label)
        if not label.isVisible() or not words.strip():
            continue
        if isinstance(label, ReasonLabel) and label.text() != label.words():
            yield label, label.words(), "is cut, and tells why a button beside it is disabled"
        if isinstance(label, ElidedLabel):
            continue
        room = label.contentsRect()
        if label.wordWrap():
            if label.heightForWidth(label.width()) > label.height() + _SLACK:
                yield label, words, f"needs {label.heightForWidth(label.width())} of {label.height()} px in height"
        else:
            wanted = label.fontMetrics().size(0, words)
            if wanted.width() > room.width() + _SLACK:
                yield label, words, f"needs {wanted.width()} of {room.width()} px"
            elif wanted.height() > label.height() + _SLACK:
                yield label, words, f"needs {wanted.height()} of {label.height()} px in height"
        if out := _outside(label):
            yield label, words, out


def _buttons(window: QWidget) -> Iterator[tuple[QWidget, str, str]]:
    for button in window.findChildren(QAbstractButton):
        if not button.isVisible() or not button.text().strip():
            continue
        words = button.text()
        if isinstance(button, QToolButton) and button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly:
            continue
        wanted = button.fontMetrics().horizontalAdvance(words.replace("&&", "&"))
        if wanted > button.width() + _SLACK:
            yield button, words, f"needs {wanted} of {button.width()} px"
        elif button.fontMetrics().height() > button.height() + _SLACK:
            yield button, words, f"is {button.height()} px high"
        if out := _outside(button):
            yield button, words, out


def _fields(window: QWidget) -> Iterator[tuple[QWidget, str, str]]:
    for field in (*window.findChildren(QLineEdit), *window.findChildren(QComboBox)):
        if field.isVisible() and field.height() < field.fontMetrics().height() - _SLACK:
            yield field, field.accessibleName(), f"is {field.height()} px high"


def _bars(window: QWidget) -> Iterator[tuple[QWidget, str, str]]:
    """Yield the rows of tabs that something squeezes or covers: their words are painted and not widgets."""
    for bar in window.findChildren(QTabBar):
        wanted = bar.minimumSizeHint().height()
        if bar.isVisible() and bar.count() and bar.height() < wanted - _SLACK:
            yield bar, bar.tabText(bar.currentIndex()), f"needs {wanted} of {bar.height()} px in height"
        elif bar.isVisible() and (out := _outside(bar)):
            yield bar, bar.tabText(bar.currentIndex()), out


def _wide(window: QWidget) -> Iterator[tuple[QWidget, str, str]]:
    """Yield what is wider than the pane it scrolls in, where nothing scrolls sideways: its right end is lost."""
    for area in window.findChildren(QScrollArea):
        inside = area.widget()
        if inside is None or not area.isVisible() or area.visibleRegion().isEmpty():
            continue
        over = inside.width() - area.viewport().width()
        if over > 0 and area.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
            yield area, inside.accessibleName(), f"is {over} px wider than its pane"


def _outside(widget: QWidget) -> str:
    """Tell how far a widget reaches out of what holds it, up to the next part that scrolls."""
    above = widget.parentWidget()
    while above is not None and not above.isWindow():
        if isinstance(above.parentWidget(), QAbstractScrollArea):
            return ""
        place = QRect(widget.mapTo(above, QPoint(0, 0)), widget.size())
        over = max(-place.left(), place.right() - above.width(), -place.top(), place.bottom() - above.height())
        if over > _SLACK:
            return f"reaches {over} px out of {type(above).__name__}"
        above = above.parentWidget()
    return ""


def _plain(label: QLabel) -> str:
    if label.textFormat() is Qt.TextFormat.RichText or "<" in label.text():
        document = QTextDocument()
        document.setHtml(label.text())
        return document.toPlainText()
    return label.text()


def _named(widget: QWidget) -> bool:
    words = widget.text() if isinstance(widget, QAbstractButton) else ""
    return bool(widget.accessibleName() or words)


def _inner(widget: QWidget) -> bool:
    """Tell whether a control is a part of another that has the name."""
    if widget.objectName().startswith("qt_"):
        return True
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QComboBox | QAbstractSpinBox | QAbstractItemView | QGroupBox) and not isinstance(
            widget, QAbstractItemView
        ):
            return True
        if isinstance(above, QComboBox):
            return True
        above = above.parentWidget()
    return False


def _where(widget: QWidget) -> str:
    names: list[str] = []
    above: QWidget | None = widget
    while above is not None and len(names) < 5:
        names.append(type(above).__name__)
        above = above.parentWidget()
    return " < ".join(names)
