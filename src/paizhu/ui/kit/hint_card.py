"""A finding of the program, never a verdict: how serious, what, the figures, and what to do with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from paizhu.ui.icons import Shape, icon
from paizhu.ui.kit.button import Look, Offer, Size, offer_button
from paizhu.ui.kit.label import ElidedLabel, Label
from paizhu.ui.kit.pills import MarkLabel
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.kit.tool_button import ToolButton
from paizhu.ui.theme import Text

COMPARED = "由本组台账比对得出，不是结论"

_FRAMES = {Tone.AMBER: "hint-amber", Tone.ACCENT: "hint-accent"}
_SHAPES = {Tone.AMBER: Shape.TRIANGLE, Tone.ACCENT: Shape.DIAMOND, Tone.DONE: Shape.TICK}


@dataclass(frozen=True)
class Hint:
    """One finding: level word and finding in one line, the figures below."""

    level: str
    finding: str
    figures: str = ""
    tone: Tone = Tone.AMBER
    offers: Sequence[Offer] = field(default_factory=tuple)


class HintCard(QFrame):
    """A card for a finding; a folded one is one line that opens by its arrow, or by a click anywhere on that line."""

    acted = Signal(str)
    unfolded = Signal(bool)

    def __init__(self, hint: Hint, *, folded: bool = False, foldable: bool = False) -> None:
        super().__init__()
        self.setProperty("frame", _FRAMES.get(hint.tone, "hint-slate"))
        self.setAccessibleName("，".join(words for words in (hint.level, hint.finding, hint.figures) if words))
        self._folded = folded
        self._arrow = ToolButton(self)
        self._arrow.setProperty("icon-only", True)
        self._arrow.clicked.connect(lambda: self.set_folded(not self._folded))
        self._arrow.setVisible(foldable or folded)
        self._finding = ElidedLabel(hint.finding)
        self._wrapped = Label(hint.finding, bold=True, wraps=True)
        mark = Mark(_SHAPES.get(hint.tone, Shape.DOT), hint.level, hint.tone)
        head = QHBoxLayout()
        head.setSpacing(8)
        level = MarkLabel(mark, bold=True)
        # How weighty it is stands there in full; of a long finding the end is left out.
        level.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        head.addWidget(level)
        head.addWidget(self._finding)
        head.addWidget(self._wrapped, 1)
        self._folded_gap = QWidget()
        head.addWidget(self._folded_gap, 1)
        head.addWidget(self._arrow)
        self._body = QWidget()
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(2)
        if hint.figures:
            body.addWidget(Label(hint.figures, Text.SECONDARY, "ink2", wraps=True))
        if hint.offers:
            body.addLayout(self._links(hint.offers))
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 5, 8, 5)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self._body)
        self._has_body = bool(hint.figures or hint.offers)
        self._show_folded()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open a folded card where it was clicked, or fold one by its first line; a link keeps its own clicks."""
        on_head = self._folded or event.position().y() <= self._arrow.geometry().bottom()
        if self._arrow.isVisibleTo(self) and event.button() is Qt.MouseButton.LeftButton and on_head:
            self.set_folded(not self._folded)
        super().mouseReleaseEvent(event)

    def set_folded(self, folded: bool) -> None:
        """Fold to one line, or open."""
        if folded != self._folded:
            self._folded = folded
            self._show_folded()
            self.unfolded.emit(not folded)

    def _show_folded(self) -> None:
        folded = self._folded
        self._body.setVisible(not folded and self._has_body)
        self._finding.setVisible(folded)
        self._folded_gap.setVisible(folded)
        self._wrapped.setVisible(not folded)
        self._arrow.setIcon(icon("chevron-down" if folded else "chevron-up"))
        words = "展开" if folded else "收起"
        self._arrow.setToolTip(words)
        self._arrow.setAccessibleName(words)

    def _links(self, offers: Sequence[Offer]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for offer in offers:
            button = offer_button(Offer(offer.key, offer.words, Look.LINK), Size.SMALL)
            button.clicked.connect(lambda _=False, key=offer.key: self.acted.emit(key))
            row.addWidget(button)
        row.addStretch(1)
        return row
