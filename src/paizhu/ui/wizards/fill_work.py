"""The form at work: the sheet as a grid at the left; beside it the choice, the records behind a cell, the checks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QSplitter, QVBoxLayout, QWidget

from paizhu.base import clock
from paizhu.rules import periods
from paizhu.ui import theme
from paizhu.ui.kit.field_note import FieldNote
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.password_edit import PasswordEdit
from paizhu.ui.kit.pills import MarkLabel
from paizhu.ui.kit.segments import Segments
from paizhu.ui.theme import Text
from paizhu.ui.wizards.fill_grid import LEGEND, FormView
from paizhu.ui.wizards.fill_side import ChecksPane, FigureChoice, ListChoice, RecordList

_SIDE = 330


@dataclass(frozen=True)
class FillPlace:
    """What is needed to stand here again after a lock; what was pointed at is kept in the vault."""

    path: Path
    period: str


class PeriodEdit(QLineEdit):
    """The span a form is filled for, shown as one says it and read in any usual writing."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("统计期")
        self.setToolTip("可写 10月、三季度、上半年，或者带年份：2026年10月、2026年三季度、2026年")
        self.setFixedWidth(theme.current().px(150))

    def word(self) -> str:
        """Return the word of the span; PeriodWordError when it is not understood."""
        return periods.read(self.text(), clock.today().year)

    def show_word(self, word: str) -> None:
        """Show a span in words."""
        self.setText(periods.label(word))


class WorkPane(QSplitter):
    """The parts of the page while a form is open; what they do is decided by the page."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.addWidget(self._form())
        self.addWidget(self._side())
        self.setStretchFactor(0, 1)
        self.setCollapsible(1, False)
        self.setSizes([theme.current().px(900), theme.current().px(_SIDE)])
        self.view.choose_asked.connect(self._go_to_choice)

    def _go_to_choice(self) -> None:
        for each in (self.choice, self.list_choice):
            if not each.isHidden():
                each.setFocus()

    def _form(self) -> QWidget:
        self.period = PeriodEdit()
        self.period_note = FieldNote(self.period)
        self.sheets = Segments("工作表")
        self.view = FormView()
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Label("统计期", Text.SECONDARY, "ink2"))
        head.addWidget(self.period)
        head.addWidget(self.sheets)
        head.addStretch(1)
        marks = QHBoxLayout()
        marks.setSpacing(14)
        for mark in LEGEND:
            marks.addWidget(MarkLabel(mark))
        marks.addStretch(1)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.period_note)
        column.addWidget(self.view, 1)
        column.addLayout(marks)
        return left

    def _side(self) -> QWidget:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(14, 8, 14, 8)
        column.setSpacing(8)
        self.where = Label("", Text.SECTION, wraps=True)
        self.choice, self.list_choice = FigureChoice(), ListChoice()
        self.behind = Label("依据", Text.SECTION)
        self.records = RecordList()
        self.checks = ChecksPane()
        self.password = PasswordEdit("填好的表的打开密码")
        self.password.field.setPlaceholderText("不写就不加密")
        for widget in (self.where, self.choice, self.list_choice, self.behind, self.records, self.checks):
            column.addWidget(widget)
        column.addWidget(Label("填好的表的打开密码", Text.SECONDARY, "ink2"))
        column.addWidget(self.password)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        area.setMinimumWidth(theme.current().px(250))
        return area
