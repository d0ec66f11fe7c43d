"""A text of many pages as it is read: how it begins, and the whole of it only where the officer wants to see it.

Words of a label are broken into lines whole, several times over, whenever anything beside it changes its place; a
transcript of a hundred thousand characters held the window for half a second each time.
"""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from paizhu.ui import theme
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.eliding import beginning
from paizhu.ui.kit.label import Label

_LINES = 12


class LongText(QWidget):
    """The beginning of a text, a button, and the text: it scrolls by itself and lays out the lines that are seen."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._words = ""
        self.head = Label("", wraps=True)
        self.turn = Button("展开全文", Look.LINK, size=Size.SMALL)
        self.turn.setProperty("start", True)
        self.turn.clicked.connect(lambda: self._fold(folded=self.is_open))
        self.text: QPlainTextEdit | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.head)
        column.addWidget(self.turn, alignment=Qt.AlignmentFlag.AlignLeft)

    @property
    def is_open(self) -> bool:
        """Tell whether the whole text is shown."""
        return self.text is not None and not self.text.isHidden()

    def show_words(self, words: str) -> None:
        """Show a text: folded, unless it is the one that stands here already."""
        if words == self._words:
            return
        self._words = words
        self.head.setText(beginning(words))
        if self.text:
            # What was read last is not kept in memory behind another record.
            self.text.clear()
        self._fold(folded=True)

    def _fold(self, *, folded: bool) -> None:
        had_focus = self.text is not None and self.text.hasFocus()
        if not folded:
            text = self._need_text()
            if text.document().isEmpty():
                text.setPlainText(self._words)
        if self.text:
            self.text.setVisible(not folded)
        self.head.setVisible(folded)
        words = f"展开全文（共 {len(self._words)} 字）" if folded else "收起"
        self.turn.setText(words)
        self.turn.setAccessibleName(f"{self._name}：{words}")
        if had_focus:
            self.turn.setFocus(Qt.FocusReason.OtherFocusReason)

    def _need_text(self) -> QPlainTextEdit:
        if self.text is None:
            self.text = QPlainTextEdit()
            self.text.setReadOnly(True)
            self.text.setUndoRedoEnabled(False)
            self.text.setTabChangesFocus(True)
            # By keys too, so that it is scrolled and copied from without a mouse.
            self.text.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            self.text.setAccessibleName(self._name)
            column = self.layout()
            assert isinstance(column, QVBoxLayout)
            column.insertWidget(1, self.text)
            QWidget.setTabOrder(self.turn, self.text)
            theme.current().follow(self, self._measure)
            self._measure()
        return self.text

    def _measure(self) -> None:
        if self.text:
            self.text.setFixedHeight(ceil(QFontMetricsF(theme.current().font()).lineSpacing()) * _LINES + 14)
