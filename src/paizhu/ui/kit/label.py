"""Text of one size and one ink; the style sheet gives both, so it follows theme and font size by itself."""

from __future__ import annotations

import re

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from paizhu.ui.kit.eliding import WHOLE, beginning, cut
from paizhu.ui.theme import Text

# A number stays in one line with what it counts: 48.60 万元, 第 21 次.
_LOOSE = re.compile(r"(?<=[\d%]) (?=[\u4e00-\u9fff])|(?<=第) (?=\d)")
_TIE = "\u00a0"
# Nor is the word before it torn apart: 议题 1.
_TORN = re.compile(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff]\u00a0\d)")
_JOIN = "\u2060"


class Label(QLabel):
    """A label in one of the six sizes; plain text, so that record contents are never read as markup."""

    def __init__(
        self,
        words: str = "",
        text: Text = Text.BODY,
        ink: str = "ink",
        *,
        bold: bool = False,
        wraps: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._said = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", text.value)
        self.setProperty("ink", ink)
        self.setProperty("bold", bold)
        if wraps:
            self.setWordWrap(True)
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        self.setText(words)

    def text(self) -> str:
        """Return the words as they were given."""
        return self._said

    def setText(self, words: str) -> None:
        """Show words; where they go on in the next line, numbers are not parted from what they count.

        Of many pages only how they begin: a label breaks all its words into lines whenever anything beside it moves.
        """
        self._said = words
        if self.wordWrap():
            if len(words) > WHOLE:
                words = f"{beginning(words)}（共 {len(words)} 字，这里是开头）"
            words = _TORN.sub(_JOIN, _LOOSE.sub(_TIE, words))
        super().setText(words)

    def set_ink(self, ink: str) -> None:
        """Change the token of the ink."""
        if self.property("ink") != ink:
            self.setProperty("ink", ink)
            restyle(self)


class ElidedLabel(Label):
    """One line that gives way: what does not fit is cut with dots and stands in the tooltip."""

    def __init__(
        self,
        words: str = "",
        text: Text = Text.BODY,
        ink: str = "ink",
        *,
        keeps_end: bool = False,
        bold: bool = False,
    ) -> None:
        super().__init__("", text, ink, bold=bold)
        self._keeps_end = keeps_end
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._words = ""
        self.set_words(words)

    def words(self) -> str:
        """Return the whole line."""
        return self._words

    def shown(self) -> str:
        """Return the line as it is painted."""
        return self._words

    def set_words(self, words: str) -> None:
        """Show another line."""
        self._words = words
        self.setAccessibleName(words)
        self._elide()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the room of the whole line."""
        width = self.fontMetrics().horizontalAdvance(self.shown()) + 2
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return a few characters' room."""
        size = self.sizeHint()
        return QSize(min(self.fontMetrics().horizontalAdvance("国国国"), size.width()), size.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit what is inside to the new width."""
        self._elide()

    def _elide(self) -> None:
        whole = self.shown()
        metrics, room = self.fontMetrics(), max(self.width(), 1)
        keeps_end = self._keeps_end
        shown = metrics.elidedText(whole, Qt.TextElideMode.ElideLeft, room) if keeps_end else cut(metrics, whole, room)
        self.setText(shown)
        self.setToolTip(self._words if shown != whole else "")


def restyle(widget: QWidget) -> None:
    """Let the style sheet look again at a widget whose properties changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
