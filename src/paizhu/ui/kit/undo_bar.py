"""The bar that says what was just done and offers to take it back."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from paizhu.ui import theme
from paizhu.ui.desk_timer import DeskTimer
from paizhu.ui.icons import icon
from paizhu.ui.kit.button import Button, Look
from paizhu.ui.kit.foot_bar import FootBar
from paizhu.ui.kit.label import ElidedLabel
from paizhu.ui.theme import Text

STAYS_MS = 20_000
UNDO_WORDS, REDO_WORDS, NOTED_WORDS = "撤销", "重做", "知道了"
UNDO_HERE_WORDS = "撤销这一步"
"""For what the program did of itself: the keys mean what the officer did, so none is named."""
_KEYS = {UNDO_WORDS: " Ctrl+Z", REDO_WORDS: " Ctrl+Y"}


class UndoBar(FootBar):
    """Hidden until something was done; leaves at the next change or after 20 seconds, never over rows."""

    undo_asked = Signal()
    more_asked = Signal()
    left = Signal()

    def __init__(self, stays_ms: int = STAYS_MS, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("frame", "undo")
        self._icon = QLabel()
        self._words = ElidedLabel("", Text.BODY, "on_slate")
        self._undo = Button(UNDO_WORDS, Look.LINK_ON_SLATE, shortcut="Ctrl+Z")
        self._more = Button("", Look.LINK_ON_SLATE)
        self._undo.clicked.connect(self._take_back)
        self._more.clicked.connect(self.more_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 5, 14, 5)
        row.setSpacing(10)
        row.addWidget(self._icon)
        row.addWidget(self._words)
        row.addWidget(self._undo)
        row.addStretch(1)
        row.addWidget(self._more)
        self._timer = DeskTimer(self, stays_ms, single=True)
        self._timer.timeout.connect(self.settle)
        theme.current().follow(self, self._show_icon)
        self._show_icon()
        self.hide()

    def show_done(self, words: str, undo_words: str = UNDO_WORDS, more: str = "") -> None:
        """Say what was done; `more` is a second link, for instance to the 回收区."""
        self._words.set_words(words)
        self._undo.setText(undo_words + _KEYS.get(undo_words, ""))
        self._undo.setAccessibleName(undo_words)
        self._more.setText(more)
        self._more.setAccessibleName(more)
        self._more.setVisible(bool(more))
        self.setAccessibleName(f"{words}{undo_words}")
        self.show()
        self._timer.start()

    def settle(self) -> None:
        """Leave: something else was done, or the time is over."""
        self._timer.stop()
        if not self.isHidden():
            self.hide()
            self.left.emit()

    def _take_back(self) -> None:
        self.settle()
        self.undo_asked.emit()

    def _show_icon(self) -> None:
        side = theme.current().px(16)
        self._icon.setPixmap(icon("done", "on_slate").pixmap(QSize(side, side), self.devicePixelRatioF()))
