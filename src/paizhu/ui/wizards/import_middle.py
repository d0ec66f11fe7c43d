"""What stands between choosing files and the batch: header, columns, questions and rows, and the column beside them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter

from paizhu import registers
from paizhu.ui import theme
from paizhu.ui.wizards.import_header import HeaderPane
from paizhu.ui.wizards.import_mapping import MappingPane
from paizhu.ui.wizards.import_next import ImportStep
from paizhu.ui.wizards.import_preview import PreviewPane
from paizhu.ui.wizards.import_questions import QuestionPane
from paizhu.ui.wizards.import_side import WIDTH, SidePane

_LOW = 220
_LOWEST = 330
_LOWEST_SIDE = 64


class ImportMiddle(QSplitter):
    """The panes of the steps that look at one table, one above the other, and the side column."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.header, self.mapping, self.preview = HeaderPane(), MappingPane(), PreviewPane()
        self.questions = QuestionPane()
        self.side = SidePane(registers.REGISTERS)
        self._main = QSplitter(Qt.Orientation.Vertical)
        for pane in (self.header, self.mapping, self.questions, self.preview):
            self._main.addWidget(pane)
            pane.setProperty("ground", "surface")
        self._main.setChildrenCollapsible(False)
        self._main.setStretchFactor(1, 5)
        self._main.setStretchFactor(3, 4)
        self._main.setHandleWidth(5)
        self.setHandleWidth(5)
        self.addWidget(self._main)
        self.addWidget(self.side)
        self.setStretchFactor(0, 1)
        self.setChildrenCollapsible(False)
        self.side.setMinimumHeight(1)

    def show_step(self, step: ImportStep) -> None:
        """Show the panes of a step."""
        self.header.setVisible(step == ImportStep.HEADER)
        self.mapping.setVisible(step == ImportStep.MAPPING)

    def arrange(self, step: ImportStep, height: int, *, narrow: bool) -> None:
        """Give the columns what they need, the rows the rest; a low window shows the rows in their own step only."""
        look = theme.current()
        self.setOrientation(Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal)
        least = _LOW if step != ImportStep.HEADER else _LOWEST_SIDE
        side = min(look.px(least), height // 4) if narrow else look.px(WIDTH)
        room = self.height() if narrow else self.width()
        self.setSizes([max(room - side, 1), side])
        rest = self.height() - (side if narrow else 0)
        low = rest < look.px(_LOWEST)
        self.preview.setVisible(step == ImportStep.CHECK or (step == ImportStep.MAPPING and not low))
        columns = min(self.mapping.needed_height(), rest * 6 // 10)
        asked = step == ImportStep.CHECK and self.questions.asks()
        self.questions.setVisible(asked)
        room = min(self.questions.maximumHeight(), rest // 3) if asked else 0
        self._main.setSizes([rest, columns, room, max(rest - columns - room, 1)])
