"""The clocks of a matter as cards: running ones in full, passed ones with how long they took, waiting ones quietly."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from paizhu.services.matters.course_clocks import Clock
from paizhu.ui import theme
from paizhu.ui.icons import Shape
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.label import ElidedLabel, Label
from paizhu.ui.kit.pills import MarkLabel
from paizhu.ui.kit.pressable import Pressable
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.theme import Text

MOST = 4
EXTEND = "延长时限…"
_CARD, _MOST_ABREAST = 196, 4
_MARKS = {
    "overdue": (Shape.DIAMOND, Tone.ACCENT),
    "today": (Shape.TRIANGLE, Tone.AMBER),
    "soon": (Shape.TRIANGLE, Tone.AMBER),
    "later": (Shape.CIRCLE, Tone.PLAIN),
    "done": (Shape.TICK, Tone.DONE),
    "late": (Shape.TICK, Tone.AMBER),
    "waiting": (Shape.DASH, Tone.DONE),
}


def shown(clocks: Sequence[Clock]) -> tuple[list[Clock], int]:
    """Return the clocks that get a card, and how many passed ones get none: the latest passed fill what room is left.

    Not begun and running ones all stand there.
    """
    open_ones = [each for each in clocks if each.state != "done"]
    done = [each for each in clocks if each.state == "done"]
    room = max(MOST - len(open_ones), 0)
    kept = done[len(done) - room :] if room else []
    return [each for each in clocks if each in kept or each in open_ones], len(done) - len(kept)


class ClockCard(Pressable):
    """One clock; pressing it asks for what stops or starts it, F1 says how it was counted."""

    extend_asked = Signal()

    def __init__(self, clock: Clock, *, current: bool = False) -> None:
        super().__init__()
        self.clock, self._current = clock, current
        self.setProperty("frame", "card")
        what = f"{clock.what}（{clock.whose}）" if clock.whose else clock.what
        self.setAccessibleName("，".join(words for words in (what, clock.words, clock.detail) if words))
        self.setAccessibleDescription(clock.explanation)
        self.setToolTip("\n".join(words for words in (f"{what}：{clock.words}", clock.explanation) if words))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        shape, tone = _MARKS[clock.state]
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 6, 8)
        column.setSpacing(2)
        name = ElidedLabel(clock.what, Text.SECONDARY, "ink2")
        name.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        column.addWidget(name)
        column.addWidget(MarkLabel(Mark(shape, clock.words, tone), bold=True))
        # The name of the clock stays whole: the number of a letter beside it would be cut.
        detail = " · ".join(words for words in (clock.whose, clock.detail) if words)
        column.addWidget(Label(detail, Text.SECONDARY, "ink2", wraps=True))
        column.addStretch(1)
        if clock.extends:
            # Approval and paper are asked for; the day before stays in the statistics.
            extend = Button(EXTEND, Look.LINK, size=Size.SMALL)
            extend.setAccessibleName(f"延长时限：{what}")
            extend.setToolTip(clock.extends)
            extend.clicked.connect(self.extend_asked)
            column.addWidget(extend, 0, Qt.AlignmentFlag.AlignLeft)

    def event(self, event: QEvent) -> bool:
        """Keep F1 for the card itself: on a deadline it tells the rule, not the help of the page."""
        asked = event.type() is QEvent.Type.ShortcutOverride
        if asked and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F1:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let F1 explain it."""
        if event.key() == Qt.Key.Key_F1:
            QToolTip.showText(self.mapToGlobal(QPoint(0, self.height())), self.toolTip(), self)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame of the clock that runs out first, and the focus ring."""
        QFrame.paintEvent(self, event)
        if self._current or self.hasFocus():
            with QPainter(self) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                width = 2 if self.hasFocus() else 1
                painter.setPen(QPen(theme.current().colour("slate"), width))
                edge = width / 2
                painter.drawRoundedRect(self.rect().toRectF().adjusted(edge, edge, -edge, -edge), 6, 6)


class ClockGrid(QWidget):
    """Cards side by side, as many as the width bears; `pressed` gives the clock."""

    pressed = Signal(object)
    extend_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.cards: list[ClockCard] = []
        self._abreast = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)

    def show_clocks(self, clocks: Sequence[Clock]) -> None:
        """Show these clocks; the running one that is due first is framed."""
        for card in self.cards:
            card.hide()
            card.deleteLater()
        running = [each for each in clocks if each.running and each.due]
        first = min(running, key=lambda each: str(each.due), default=None)
        self.cards = [ClockCard(each, current=each is first) for each in clocks]
        for card in self.cards:
            card.pressed.connect(lambda clock=card.clock: self.pressed.emit(clock))
            card.extend_asked.connect(lambda clock=card.clock: self.extend_asked.emit(clock))
        self._place(anew=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set as many abreast as there is room for."""
        super().resizeEvent(event)
        self._place()

    def _place(self, *, anew: bool = False) -> None:
        abreast = max(1, min(_MOST_ABREAST, self.width() // theme.current().px(_CARD), len(self.cards) or 1))
        if abreast == self._abreast and not anew:
            return
        for at in range(max(self._abreast, abreast)):
            self._grid.setColumnStretch(at, 1 if at < abreast else 0)
        self._abreast = abreast
        for at, card in enumerate(self.cards):
            self._grid.addWidget(card, at // abreast, at % abreast)
