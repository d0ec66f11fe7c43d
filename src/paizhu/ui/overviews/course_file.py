"""卷宗材料: what every station should have on paper by now; what is missing is made here, the whole file printed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from paizhu.services.matters.course_papers import Paper
from paizhu.ui import theme
from paizhu.ui.icons import Shape
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.pills import MarkLabel
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.register.flow_layout import FlowLayout
from paizhu.ui.theme import Text

WHOLE = "整卷打印"
MAKE_TIP = "由记录里的内容生成，打印签字以后扫描，添加为附件"


class Papers(QWidget):
    """One line for every station: how many papers are there, and by name those that are missing."""

    paper_asked = Signal(str, int, str)
    """Register, record and code of a paper that is to be made."""
    file_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label("卷宗材料", Text.SECTION))
        head.addWidget(Label("按附件名称核对", Text.SECONDARY, "ink3"))
        head.addStretch(1)
        self.whole = Button(WHOLE, Look.LINK, size=Size.SMALL)
        self.whole.setToolTip("封面、目录、各阶段文书、附件、留痕，装成一个 PDF")
        self.whole.clicked.connect(self.file_asked)
        head.addWidget(self.whole)
        self._column.addLayout(head)
        self._rows = QWidget()
        self._column.addWidget(self._rows)

    def show_papers(self, papers: Sequence[Paper]) -> None:
        """Show what should be there by now."""
        old, self._rows = self._rows, QWidget()
        grid = QGridLayout(self._rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(2, 1)
        top = Qt.AlignmentFlag.AlignTop
        for at, (stage, group) in enumerate(groupby(papers, key=lambda paper: paper.stage)):
            found = list(group)
            missing = [paper for paper in found if not paper.is_there]
            there = [_where(paper) for paper in found if paper.is_there]
            mark = Mark(Shape.SQUARE, f"缺 {len(missing)} 份", Tone.AMBER)
            if not missing:
                mark = Mark(Shape.TICK, f"{len(there)} 份齐全", Tone.DONE)
            state = MarkLabel(mark, bold=False)
            state.setAccessibleName(f"{stage}，{mark.words}：{'、'.join([each.name for each in missing] or there)}")
            names: QWidget = self._missing(missing) if missing else Label("、".join(there), ink="ink2", wraps=True)
            names.setToolTip(f"已有：{'、'.join(there)}" if there and missing else "")
            for place, widget in enumerate((Label(stage, ink="ink3"), state)):
                if any(paper.form for paper in missing):
                    # As high as the links beside them, or their words would stand above those.
                    widget.setMinimumHeight(theme.current().heights.small_button)
                grid.addWidget(widget, at, place, top)
            grid.addWidget(names, at, 2)
        self._column.replaceWidget(old, self._rows)
        old.hide()
        old.deleteLater()

    def _missing(self, papers: Sequence[Paper]) -> QWidget:
        """Return the names of missing papers; those the program can make are links to them."""
        box = QWidget()
        flow = FlowLayout(box)
        flow.setContentsMargins(0, 0, 0, 0)
        for paper in papers:
            if not paper.form:
                label = Label(paper.name, ink="amber")
                if any(each.form for each in papers):
                    label.setMinimumHeight(theme.current().heights.small_button)
                flow.addWidget(label)
                continue
            link = Button(paper.name, Look.LINK, size=Size.SMALL)
            link.setAccessibleName(f"生成{paper.name}")
            link.setToolTip(MAKE_TIP)
            link.clicked.connect(lambda _=False, paper=paper: self.paper_asked.emit(*paper.part, paper.form))
            flow.addWidget(link)
        return box


def _where(paper: Paper) -> str:
    return f"{paper.name}（{paper.kept_in}）" if paper.kept_in else paper.name
