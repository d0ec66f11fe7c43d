"""The frame of a page without a tab: the way back, a title, and a body that stops at a readable width."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from paizhu.ui import theme
from paizhu.ui.kit.button import Button
from paizhu.ui.kit.label import ElidedLabel, Label
from paizhu.ui.kit.scrolled import scrolling
from paizhu.ui.theme import Text

_WIDEST = 960
_CARD_GAP = 12


class PageFrame(QWidget):
    """`head` takes buttons at the right of the title, `body` what the page shows."""

    back_asked = Signal()

    def __init__(self, title: str, note: str = "", *, scrolls: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "win")
        self.back = Button("返回", icon="back", shortcut="Alt+←")
        self.back.clicked.connect(self.back_asked)
        self._note = ElidedLabel(note, Text.SECONDARY, "ink2")
        self.head = QHBoxLayout()
        self.head.setContentsMargins(16, 10, 16, 10)
        self.head.setSpacing(12)
        self.head.addWidget(self.back)
        self._title = Label(title, Text.TITLE)
        self.head.addWidget(self._title)
        self.head.addWidget(self._note, 0, Qt.AlignmentFlag.AlignBottom)
        self.head.addStretch(1)
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self.head)
        self._inner: QWidget | None = None
        if scrolls:
            column.addWidget(self._scrolling(), 1)
        else:
            self.body.setContentsMargins(16, 0, 16, 12)
            column.addLayout(self.body, 1)
        theme.current().follow(self, self._stand)
        self._stand()

    def set_note(self, note: str) -> None:
        """Change the quiet words after the title."""
        self._note.set_words(note)

    def _scrolling(self) -> QScrollArea:
        self._inner = QWidget()
        self._inner.setLayout(self.body)
        self.body.setContentsMargins(16, 0, 16, 16)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._inner, 0, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        return scrolling(holder)

    def _stand(self) -> None:
        look = theme.current()
        title, note = QFontMetrics(look.font(Text.TITLE, bold=True)), QFontMetrics(look.font(Text.SECONDARY))
        # Words of two sizes in one line stand on one baseline.
        row = max(self.back.sizeHint().height(), title.height())
        below = (row - title.height()) // 2 + title.descent() - note.descent()
        self._note.setContentsMargins(0, 0, 0, max(below, 0))
        if self._inner:
            self._inner.setMinimumWidth(min(look.px(_WIDEST), 1240))


class CardSplit(QSplitter):
    """Cards with the gap of cards between them, which can be dragged: their own frames are all the lines there are."""

    def __init__(self, orientation: Qt.Orientation = Qt.Orientation.Horizontal) -> None:
        super().__init__(orientation)
        self.setProperty("between", "cards")
        self.setHandleWidth(_CARD_GAP)
        self.setChildrenCollapsible(False)
