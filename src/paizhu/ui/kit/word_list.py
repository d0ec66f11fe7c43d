"""A short list of lines to choose from, painted as rows of tables are: room at the left, a bar, a ring of focus."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QListWidget, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from paizhu.ui import theme
from paizhu.ui.kit.eliding import cut
from paizhu.ui.kit.guard import Guarded

Index = QModelIndex | QPersistentModelIndex
_BAR = 3
_ROOM, _ABOVE = 10, 4


class WordList(QListWidget):
    """Lines of words by name; with `wraps` a long one goes on below, else it ends in dots and the tooltip has it."""

    def __init__(self, name: str, *, wraps: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrap(wraps)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setItemDelegate(WordDelegate(self))
        theme.current().follow(self, self.doItemsLayout)

    def height_of(self, lines: int) -> int:
        """Return the height in which so many lines stand, the frame counted."""
        return lines * theme.current().heights.dense_row + 6


class WordDelegate(Guarded, QStyledItemDelegate):
    """Ground, bar and words of one line in the present colours and font."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a line, of a long one that of all it needs."""
        look = theme.current()
        height = look.heights.dense_row
        if self._view.wordWrap():
            room = QRect(0, 0, self._view.viewport().width() - 2 * look.px(_ROOM), 10_000)
            needed = QFontMetrics(look.font()).boundingRect(room, _wrapped(), str(index.data() or ""))
            height = max(height, needed.height() + 2 * look.px(_ABOVE))
        return QSize(0, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a line."""
        look = theme.current()
        place: QRect = option.rect  # type: ignore[attr-defined]  # the published types leave QStyleOption's own out
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]  # as above
        selected = bool(state & QStyle.StateFlag.State_Selected)
        ground = "sel" if selected else "hover" if state & QStyle.StateFlag.State_MouseOver else ""
        painter.save()
        if ground:
            painter.fillRect(place, look.colour(ground))
        if selected:
            painter.fillRect(QRect(place.left(), place.top(), _BAR, place.height()), look.colour("slate"))
        if self._view.hasFocus() and index == self._view.currentIndex():
            painter.setPen(QPen(look.colour("slate"), 2))
            painter.drawRect(place.adjusted(1, 1, -1, -1))
        inside = QRectF(place).adjusted(look.px(_ROOM), 0, -look.px(_ROOM), 0)
        words, font = str(index.data() or ""), look.font()
        painter.setFont(font)
        painter.setPen(look.colour("ink"))
        if self._view.wordWrap():
            painter.drawText(inside, _wrapped() | int(Qt.AlignmentFlag.AlignVCenter), words)
        else:
            shown = cut(QFontMetrics(font), words, int(inside.width()))
            painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()


def _wrapped() -> int:
    return int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)
