"""The ring of focus in tables: round the row in hand where rows are walked, round the cell where cells are."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QTableView

from paizhu.ui import theme


def ring_row(view: QTableView) -> None:
    """Paint the ring round the current row while the table has the focus; called at the end of its painting."""
    index = view.currentIndex()
    if index.isValid():
        width = min(view.horizontalHeader().length(), view.viewport().width())
        _paint(view, QRect(0, view.rowViewportPosition(index.row()), width, view.rowHeight(index.row()) - 1))


def ring_cell(view: QTableView) -> None:
    """Paint the ring round the current cell while the table has the focus; called at the end of its painting."""
    index = view.currentIndex()
    if index.isValid():
        _paint(view, view.visualRect(index).adjusted(0, 0, 0, -1))


def _paint(view: QTableView, place: QRect) -> None:
    if view.hasFocus():
        with QPainter(view.viewport()) as painter:
            painter.setPen(QPen(theme.current().colour("slate"), 2))
            painter.drawRect(place.adjusted(1, 1, -1, -1))
