"""The table of 覆盖表: its cells are walked with the arrows, and its columns share what room there is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView

from paizhu.services.talks.matrix import LABEL
from paizhu.ui import theme
from paizhu.ui.kit.ring import ring_cell
from paizhu.ui.pages.shared_table import SharedTable
from paizhu.ui.pages.talk_matrix_model import AFTER, BEFORE, MatrixModel

# Widths as drawn: of name, post and last talk; then of a period, usual and drawn together, of a month, of a month that
# shows its day alone, of the sum, and of a name that stands closer.
_HEADS = (84, 230, 104)
_POST, _LAST = 1, 2
_PERIOD, _TIGHT_PERIOD, _MONTH, _DAY, _SUM, _TIGHT_NAME = 104, 88, 62, 47, 84, 76


@dataclass(frozen=True)
class Widths:
    """Widths of the columns in pixels; where it is 0 the column is left out."""

    heads: tuple[int, ...]
    period: int
    total: int
    is_tight: bool
    """A month shows its day alone."""


def shared_out(width: int, periods: int, post: int, *, months: bool, px: Callable[[float], int]) -> Widths:
    """Give the post the ``post`` pixels its words need and the periods the rest; ``px`` turns drawn into seen pixels.

    Where room is short, what says least goes first: the post gives way, the last talk (it stands in its period too)
    goes, the periods draw together, the post goes. Twelve months in large letters show the day alone, and do without
    their sum where there is no room even then.
    """
    room, heads, period = width - px(_SUM), [px(head) for head in _HEADS], px(_MONTH if months else _PERIOD)

    def spare() -> int:
        return room - sum(heads) - period * periods

    if spare() < 0:
        heads[_POST] -= min(-spare(), heads[_POST] // 2)
    else:
        heads[_POST] += min(max(post - heads[_POST], 0), spare())
    if spare() < 0:
        heads[_LAST] = 0
    if spare() < 0 and not months:
        period = px(_TIGHT_PERIOD)
    if spare() < 0:
        heads[_POST] = 0
    is_tight = months and spare() < 0
    if is_tight:
        period = px(_DAY)
    without_sum = is_tight and spare() < 0
    if without_sum:
        room, heads[0] = room + px(_SUM), px(_TIGHT_NAME)
    each = max(period, (room - sum(heads)) // periods)
    return Widths(tuple(heads), each, 0 if without_sum else px(_SUM) - 2, is_tight)


class MatrixTable(SharedTable):
    """Cells are walked with the arrows; Enter and double click open, P plans."""

    def __init__(self, on_open: Callable[[], None], on_plan: Callable[[], None]) -> None:
        super().__init__(LABEL)
        self._open, self._plan = on_open, on_plan
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.doubleClicked.connect(lambda _index: self._open())

    def share_room(self, model: MatrixModel, *, months: bool) -> None:
        """Give every column its width; the model hears whether months have room for the day alone."""
        look = theme.current()
        self.verticalHeader().setDefaultSectionSize(look.heights.row)
        last = model.columnCount() - AFTER
        periods = range(BEFORE, last)
        if not periods:
            return
        posts = (row.post for row in model.matrix.rows) if model.matrix else ()
        metrics = QFontMetrics(look.font())
        longest = max(map(metrics.horizontalAdvance, posts), default=0) + look.px(24)
        widths = shared_out(self.viewport().width(), len(periods), longest, months=months, px=look.px)
        model.is_tight = widths.is_tight
        for at, width in (*enumerate(widths.heads), (last, widths.total)):
            self.setColumnHidden(at, not width)
            self.setColumnWidth(at, width)
        for at in periods:
            self.setColumnWidth(at, widths.period)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cells, then the ring of focus round the current one."""
        super().paintEvent(event)
        ring_cell(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter open and P plan."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif event.key() == Qt.Key.Key_P and not event.modifiers():
            self._plan()
        else:
            super().keyPressEvent(event)
