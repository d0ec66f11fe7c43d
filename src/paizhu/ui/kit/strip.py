"""A line across the top of a pane that says how things stand there, with what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from paizhu.ui import theme
from paizhu.ui.icons import Shape, icon
from paizhu.ui.kit.button import Offer, Size, offer_button
from paizhu.ui.kit.label import Label, restyle
from paizhu.ui.kit.pills import MarkLabel
from paizhu.ui.kit.roles import Mark, Tone


class Level(Enum):
    """How serious a strip is; the value names its frame in the style sheet."""

    PLAIN = "plain"
    AMBER = "amber"
    ERROR = "error"


_MARKS = {Level.AMBER: (Shape.TRIANGLE, Tone.AMBER), Level.ERROR: (Shape.DIAMOND, Tone.ACCENT)}


class Strip(QFrame):
    """A strip with bold words, plain ones after them, and offers; Esc closes one that may be closed."""

    acted = Signal(str)
    closed = Signal()

    def __init__(
        self,
        words: str = "",
        detail: str = "",
        level: Level = Level.PLAIN,
        offers: Sequence[Offer] = (),
        *,
        icon: str = "",
        closable: bool = False,
    ) -> None:
        super().__init__()
        self._closable = closable
        self._icon_name = icon
        self._made = False
        self._offers: list[QWidget] = []
        theme.current().follow(self, self._show_icon)
        if words:
            self.show_words(words, detail, level, offers)

    def _make(self) -> None:
        # Most strips never have anything to say: what they say it with is made when they first do.
        if self._made:
            return
        self._made = True
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 5, 16, 5)
        self._row.setSpacing(10)
        self._icon = QLabel()
        self._words = Label(bold=True)
        self._mark = MarkLabel(Mark(Shape.DOT, ""), bold=True)
        self._detail = Label(ink="ink2", wraps=True)
        for part in (self._icon, self._words, self._mark):
            self._row.addWidget(part)
        self._row.addWidget(self._detail, 1)

    def show_words(
        self,
        words: str,
        detail: str = "",
        level: Level = Level.PLAIN,
        offers: Sequence[Offer] = (),
        *,
        icon: str | None = None,
    ) -> None:
        """Show other words, level and offers in the same place; the icon stays unless another is named."""
        self._make()
        self._icon_name = self._icon_name if icon is None else icon
        self.setProperty("frame", f"strip-{level.value}")
        restyle(self)
        self.setAccessibleName(f"{words} {detail}".strip())
        shape, tone = _MARKS.get(level, (Shape.DOT, Tone.PLAIN))
        self._mark.set_mark(Mark(shape, words, tone))
        self._mark.setVisible(level is not Level.PLAIN)
        self._words.setText(words)
        self._words.setVisible(level is Level.PLAIN)
        self._icon.setVisible(level is Level.PLAIN and bool(self._icon_name))
        self._show_icon()
        self._detail.setText(detail)
        self._detail.set_ink("ink2" if level is Level.PLAIN else "ink")
        self._show_offers(offers)

    def add_corner(self, widget: QWidget) -> None:
        """Put a widget of somebody else at the right end."""
        self._row.addWidget(widget)

    def focus_offer(self) -> None:
        """Put the cursor on the first offer, for a strip that asks before something is done."""
        if self._offers:
            self._offers[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc close a strip that may be closed."""
        if event.key() == Qt.Key.Key_Escape and self._closable:
            self.hide()
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def _show_offers(self, offers: Sequence[Offer]) -> None:
        for old in self._offers:
            self._row.removeWidget(old)
            old.deleteLater()
        self._offers = []
        for offer in offers:
            button = offer_button(offer, Size.SMALL)
            button.clicked.connect(lambda _=False, key=offer.key: self.acted.emit(key))
            self._row.addWidget(button)
            self._offers.append(button)

    def _show_icon(self) -> None:
        if self._icon_name and self._made:
            side = theme.current().px(16)
            self._icon.setPixmap(icon(self._icon_name).pixmap(QSize(side, side), self.devicePixelRatioF()))
