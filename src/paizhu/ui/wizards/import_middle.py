"""What stands between choosing files and the batch: header, columns, questions and rows, and the column beside them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter

from paizhu import registers
from paizhu.ui import theme
from paizhu.ui.wizards.import_header import HeaderPane
from paizhu.ui.wizards.import_mapping import MappingPane
from paizhu.ui.wizards.import_next import ImportStep
from paizhu.ui.wizards.import_preview import PreviewPane
from paizhu.ui.wizards.import_questions import QuestionPane
from paizhu.ui.wizards.import_side import WIDTH, SidePane

_FEW, _ENOUGH = 2, 4
"""Rows that are always in view: where two tables share the height, and where one has it."""
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
        self._narrow = self._asked = False
        self._settled = True

    def show_step(self, step: ImportStep) -> None:
        """Show the panes of a step."""
        self.header.setVisible(step == ImportStep.HEADER)
        self.mapping.setVisible(step == ImportStep.MAPPING)

    def arrange(self, step: ImportStep, height: int, room: int, *, narrow: bool) -> None:
        """Give the columns what they need, the rows the rest; a low window shows the rows in their own step only.

        ``room`` is what a page of this height leaves between its bars. Each pane keeps so many rows in view as make it
        worth looking at: where that is more than there is room for, the page scrolls.
        """
        look = theme.current()
        self.setOrientation(Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal)
        least = _LOW if step != ImportStep.HEADER else _LOWEST_SIDE
        side = min(look.px(least), height // 4) if narrow else look.px(WIDTH)
        self.side.setMinimumHeight(side if narrow else 1)
        low = room - (side if narrow else 0) < look.px(_LOWEST)
        self.preview.setVisible(step == ImportStep.CHECK or (step == ImportStep.MAPPING and not low))
        self.header.keep_rows(_ENOUGH)
        self.mapping.keep_rows(_FEW if self.preview.isVisibleTo(self) else _ENOUGH)
        self.preview.keep_rows(_ENOUGH if step == ImportStep.CHECK else _FEW)
        asked = step == ImportStep.CHECK and self.questions.asks()
        self.questions.setVisible(asked)
        self._narrow, self._asked, self._settled = narrow, asked, False
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out a height that was not known when the panes were arranged."""
        super().resizeEvent(event)
        if not self._settled:
            self._settled = True
            self._share()

    def _share(self) -> None:
        side = self.side.minimumHeight() if self._narrow else theme.current().px(WIDTH)
        room = self.height() if self._narrow else self.width()
        self.setSizes([max(room - side, 1), side])
        rest = self.height() - (side if self._narrow else 0)
        columns = min(self.mapping.needed_height(), rest * 6 // 10)
        room = min(self.questions.maximumHeight(), rest // 3) if self._asked else 0
        self._main.setSizes([rest, columns, room, max(rest - columns - room, 1)])
