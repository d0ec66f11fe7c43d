"""A refusal shown in place: what happened, what was kept, what to do, and the technical text when asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from paizhu.ui.icons import Shape
from paizhu.ui.kit.button import Button, Look, Offer, offer_button
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.pills import MarkLabel
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.theme import Text


@dataclass(frozen=True)
class Trouble:
    """The three parts of every refusal under a headline; parts left empty are not shown."""

    headline: str
    happened: str
    kept: str = ""
    next: str = ""
    details: str = ""


class ErrorPane(QWidget):
    """The pane for a refusal: one to three offers, the technical text behind 看详情 with 复制."""

    acted = Signal(str)

    def __init__(
        self,
        trouble: Trouble,
        offers: Sequence[Offer] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        parts = [("发生了什么", trouble.happened), ("已保住什么", trouble.kept), ("接下来做", trouble.next)]
        said = [(name, words) for name, words in parts if words]
        self.setAccessibleName("。".join(filter(None, [trouble.headline, *(w.rstrip("。") for _, w in said)])) + "。")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        if trouble.headline:
            mark = Mark(Shape.CROSS, trouble.headline, Tone.ACCENT)
            column.addWidget(MarkLabel(mark, Text.SECTION, bold=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for at, (name, words) in enumerate(said):
            grid.addWidget(Label(name, bold=True), at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Label(words, wraps=True), at, 1)
        column.addLayout(grid)
        self._row = self._actions(offers, trouble.details)
        column.addLayout(self._row)
        self._details = QPlainTextEdit(trouble.details)
        self._details.setReadOnly(True)
        self._details.setAccessibleName("技术详情")
        self._details.hide()
        self._copy = Button("复制")
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(trouble.details))
        self._copy.hide()
        column.addWidget(self._details)
        bottom = QHBoxLayout()
        bottom.addWidget(self._copy)
        bottom.addStretch(1)
        column.addLayout(bottom)

    def details_shown(self) -> bool:
        """Whether the technical text is open."""
        return not self._details.isHidden()

    def add_corner(self, widget: QWidget) -> None:
        """Put a widget of somebody else at the right end of the offers."""
        self._row.addWidget(widget)

    def _actions(self, offers: Sequence[Offer], details: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for offer in offers:
            button = offer_button(offer)
            button.clicked.connect(lambda _=False, key=offer.key: self.acted.emit(key))
            row.addWidget(button)
        if details:
            self.details_button = Button("看详情", Look.FLAT)
            self.details_button.clicked.connect(self._toggle)
            row.addWidget(self.details_button)
        row.addStretch(1)
        return row

    def _toggle(self) -> None:
        shown = not self.details_shown()
        self._details.setVisible(shown)
        self._copy.setVisible(shown)
        self.details_button.setText("收起详情" if shown else "看详情")
