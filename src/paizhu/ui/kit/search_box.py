"""The line for searching everything, with its key printed in it."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QRectF, QSize, Qt
from PySide6.QtGui import QDragEnterEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from paizhu.ui import theme
from paizhu.ui.icons import line_pixmap
from paizhu.ui.theme import Text

_OWN_ROOM = 12
"""Pixels a line edit keeps before its words by itself: border, padding and Qt's own margin."""


class SearchBox(QLineEdit):
    """A line edit with a glass before the words and its key after them while it is empty; Esc empties it."""

    def __init__(self, placeholder: str, key: str = "", *, icon: str = "search", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self._icon = icon
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setToolTip(f"{placeholder}（{key}）" if key else placeholder)
        self.textChanged.connect(self._make_room)
        theme.current().follow(self, self._make_room)
        self._make_room()

    def sizeHint(self) -> QSize:
        """Return the size for the present font."""
        size = super().sizeHint()
        words = self.fontMetrics().horizontalAdvance(self.placeholderText())
        return QSize(words + theme.current().px(60) + self._key_width(), size.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the key out where it would cost the words their room; the tooltip tells it too."""
        super().resizeEvent(event)
        self._make_room()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Empty it with the first Esc; the second is for whoever the line stands in."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Let files pass: their path is not sought, the window takes the files; words are dropped in as they are."""
        if event.mimeData().hasUrls():
            event.ignore()
        else:
            super().dragEnterEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the present colours and font."""
        super().paintEvent(event)
        look = theme.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            side = look.px(16)
            glass = line_pixmap(self._icon, look.colour("ink2"), round(side * self.devicePixelRatioF()))
            painter.drawPixmap(QRectF(look.px(9), (self.height() - side) / 2, side, side), glass, QRectF(glass.rect()))
            if self._shows_key():
                self._paint_key(painter)

    def _paint_key(self, painter: QPainter) -> None:
        look = theme.current()
        width, height = self._key_width(), look.px(20)
        place = QRectF(self.width() - width - look.px(8), (self.height() - height) / 2, width, height)
        painter.setPen(QPen(look.colour("line"), 1))
        painter.setBrush(look.colour("surface2"))
        painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.setPen(look.colour("ink3"))
        painter.setFont(look.font(Text.SECONDARY))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._key)

    def _key_width(self) -> int:
        look = theme.current()
        words = QFontMetrics(look.font(Text.SECONDARY)).horizontalAdvance(self._key)
        return words + look.px(10) if self._key else 0

    def _shows_key(self) -> bool:
        """Tell whether the key stands in the line: nothing is typed, and the words have room beside it."""
        return bool(self._key) and not self.text() and self.width() >= self.sizeHint().width() - theme.current().px(24)

    def _make_room(self) -> None:
        look = theme.current()
        # What stands before the words grows with the font; of the room before them the frame gives a part already.
        before = look.px(9) + look.px(16) + look.px(7) - _OWN_ROOM
        margins = QMargins(before, 0, self._key_width() if self._shows_key() else 0, 0)
        if margins != self.textMargins():
            self.setTextMargins(margins)
