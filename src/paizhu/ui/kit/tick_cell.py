"""A tick in a cell, drawn as check boxes are: no font needs to know the sign."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from paizhu.ui import theme
from paizhu.ui.icons import line_pixmap
from paizhu.ui.kit.delegates import Index, RowDelegate

_SIDE = 16


class TickDelegate(RowDelegate):
    """The box at the left of the cell; the words of the model are for who has the table read out or copied."""

    def paint_inside(self, painter: QPainter, inside: QRectF, index: Index) -> None:
        """Paint the box, filled and ticked where the row is chosen."""
        look = theme.current()
        side = look.px(_SIDE)
        box = QRectF(inside.left(), inside.center().y() - side / 2, side, side)
        ticked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("slate" if ticked else "field"), 1))
        painter.setBrush(look.colour("slate" if ticked else "surface"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        if ticked:
            tick = line_pixmap("tick", look.colour("on_slate"), round(side * painter.device().devicePixelRatioF()))
            painter.drawPixmap(box, tick, QRectF(tick.rect()))
