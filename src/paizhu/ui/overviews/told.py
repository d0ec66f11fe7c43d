"""What a record tells, line by line: a quiet label, words or a mark, and the way to the records it speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from paizhu.base.rows import Ref
from paizhu.ui import theme
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.eliding import WHOLE
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.long_text import LongText
from paizhu.ui.kit.pills import MarkLabel
from paizhu.ui.kit.roles import Mark
from paizhu.ui.register.flow_layout import FlowLayout

_TOP = Qt.AlignmentFlag.AlignTop
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight

_LONG = 14
_USUAL = "建议书文号"


@dataclass(frozen=True, slots=True)
class Told:
    """One line; without words, mark and records it is left out. ``records`` are opened by their words."""

    label: str
    words: str = ""
    mark: Mark | None = None
    tip: str = ""
    records: Sequence[Ref] = ()
    ink: str = "ink"


class ToldLines(QWidget):
    """Such lines in one column of labels; `opened` names a record to look at."""

    opened = Signal(str, int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._inside = QWidget()
        self._column.addWidget(self._inside)

    def show_lines(self, lines: Sequence[Told]) -> None:
        """Show these lines in place of those before."""
        old, self._inside = self._inside, QWidget()
        grid = QGridLayout(self._inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 1)
        # The groups of one pane have their labels in one column, whichever of them has the longest.
        look = theme.current()
        grid.setColumnMinimumWidth(0, QFontMetrics(look.font()).horizontalAdvance(_USUAL))
        at = 0
        for line in lines:
            if not (line.words or line.mark or line.records):
                continue
            beside = _MIDDLE if len(line.records) == 1 and len(line.words) <= _LONG else _TOP
            grid.addWidget(Label(line.label, ink="ink3"), at, 0, beside | _RIGHT)
            grid.addWidget(self._told(line), at, 1)
            at += 1
        self._column.replaceWidget(old, self._inside)
        old.hide()
        old.deleteLater()

    def _told(self, line: Told) -> QWidget:
        if len(line.words) > WHOLE and not line.records:
            text = LongText(line.label)
            text.show_words(line.words)
            return text
        if not line.mark and not line.records:
            words = Label(line.words, ink=line.ink, wraps=True)
            words.setToolTip(line.tip)
            return words
        made = QWidget()
        long = len(line.records) == 1 and len(line.words) > _LONG
        if long:
            # A sentence has the whole width; the record it speaks of stands below it, not far off at the right.
            return self._sentence(line, made)
        single = len(line.records) == 1
        flow: QLayout = QHBoxLayout(made) if single else FlowLayout(made, gap=10)
        flow.setContentsMargins(0, 0, 0, 0)
        if line.mark:
            mark = MarkLabel(line.mark)
            mark.setToolTip(line.tip)
            flow.addWidget(mark)
        if line.words:
            flow.addWidget(Label(line.words, ink=line.ink))
        for ref in line.records:
            flow.addWidget(self._link(line, ref))
        if isinstance(flow, QHBoxLayout):
            flow.addStretch(1)
        return made

    def _sentence(self, line: Told, made: QWidget) -> QWidget:
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if line.mark:
            column.addWidget(MarkLabel(line.mark))
        column.addWidget(Label(line.words, ink=line.ink, wraps=True))
        column.addWidget(self._link(line, line.records[0]), 0, Qt.AlignmentFlag.AlignLeft)
        return made

    def _link(self, line: Told, ref: Ref) -> Button:
        button = Button(ref.label or "打开", Look.LINK, size=Size.SMALL)
        button.setAccessibleName(f"打开{line.label} {ref.label}")
        button.setToolTip(line.tip)
        button.clicked.connect(lambda: self.opened.emit(ref.register, int(ref.id or 0)))
        return button
