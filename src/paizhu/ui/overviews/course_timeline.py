"""The days of a matter on a line, the newest on top; all of them, or the nodes of the course only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from paizhu.services.matters.course_days import Moment
from paizhu.ui import theme
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.label import Label
from paizhu.ui.theme import Text

ONLY_NODES, ALL = "只看关键节点", "看全部日期"


class _Node(QWidget):
    """A ring on the line; filled for the newest day that has come, dashed ahead of today."""

    def __init__(self, moment: Moment, *, filled: bool, first: bool, last: bool) -> None:
        super().__init__()
        self._ahead, self._filled, self._first, self._last = moment.ahead, filled, first, last
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Return the room of a ring."""
        return QSize(theme.current().px(14), theme.current().px(14))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint line and ring."""
        look = theme.current()
        radius = look.px(9) / 2
        centre = QPointF(self.width() / 2, look.px(14))
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(look.colour("line"), 1))
            top = centre.y() if self._first else 0
            bottom = centre.y() if self._last else self.height()
            painter.drawLine(QPointF(centre.x(), top), QPointF(centre.x(), bottom))
            ink = look.colour("ink3" if self._ahead else "slate")
            painter.setPen(QPen(ink, 1.6, Qt.PenStyle.DotLine if self._ahead else Qt.PenStyle.SolidLine))
            painter.setBrush(ink if self._filled else look.colour("surface"))
            painter.drawEllipse(centre, radius, radius)


class Timeline(QWidget):
    """Rows of day, station and words under a head with the switch between all days and nodes."""

    def __init__(self) -> None:
        super().__init__()
        self._moments: tuple[Moment, ...] = ()
        self.only_nodes = True
        head = QHBoxLayout()
        head.addWidget(Label("时间线", Text.SECTION))
        head.addStretch(1)
        self.switch = Button(ALL, Look.LINK, size=Size.SMALL)
        self.switch.clicked.connect(self._turn)
        head.addWidget(self.switch)
        self._rows = QWidget()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addLayout(head)
        self._column.addWidget(self._rows)
        self._column.addStretch(1)

    def show_moments(self, moments: Sequence[Moment], year: int) -> None:
        """Show these days; whether all or the nodes only stays as chosen."""
        self._moments, self._year = tuple(moments), year
        self.switch.setVisible(any(not each.key for each in moments))
        self._fill()

    def shown(self) -> list[Moment]:
        """Return the days that stand there now, from top to bottom."""
        return [each for each in self._moments if each.key or not self.only_nodes]

    def _turn(self) -> None:
        self.only_nodes = not self.only_nodes
        self._fill()

    def _fill(self) -> None:
        words = ALL if self.only_nodes else ONLY_NODES
        self.switch.setText(words)
        self.switch.setAccessibleName(words)
        self._rows.hide()
        self._rows.deleteLater()
        self._rows = QWidget()
        column = QVBoxLayout(self._rows)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        found = self.shown()
        newest = next((each for each in found if not each.ahead), None)
        for at, moment in enumerate(found):
            is_newest = moment is newest
            node = _Node(moment, filled=is_newest, first=at == 0, last=at == len(found) - 1)
            column.addWidget(self._row(moment, node, bold=is_newest))
        if not found:
            column.addWidget(Label("还没有写日期。", ink="ink2"))
        self._column.insertWidget(1, self._rows)

    def _row(self, moment: Moment, node: QWidget, *, bold: bool) -> QWidget:
        row = QWidget()
        side = QHBoxLayout(row)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(8)
        day = f"{moment.day:%m-%d}" if moment.day.year == self._year else f"{moment.day:%Y-%m-%d}"
        top = Qt.AlignmentFlag.AlignTop
        parts = (
            Label(day, ink="ink2"),
            Label(moment.stage, Text.SECONDARY, "ink3"),
            Label(moment.words, ink="ink2" if moment.ahead else "ink", bold=bold, wraps=True),
        )
        side.addWidget(node)
        for at, part in enumerate(parts):
            part.setContentsMargins(0, 4, 0, 4)
            side.addWidget(part, 1 if at == 2 else 0, top)
        said = f"{moment.day.isoformat()}，{moment.stage}，{moment.words}"
        row.setAccessibleName(f"{said}，尚未到" if moment.ahead else said)
        return row
