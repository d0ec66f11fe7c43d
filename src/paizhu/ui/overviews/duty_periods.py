"""The periods of an item side by side: name, how it stands, and its day; one of them is worked at."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from paizhu.base.dates import short_day
from paizhu.rules.duty_progress import Period, Progress
from paizhu.ui import theme
from paizhu.ui.icons import Shape
from paizhu.ui.kit.pills import paint_mark
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.theme import Text

_MOST_IN_LINE = 4
_EDGE = 10


def mark_of(period: Period, standing: Progress, today: date) -> Mark:
    """Return how a period stands: done, wanted now, late, or not begun."""
    if period.done:
        return Mark(Shape.TICK, "已完成", Tone.DONE)
    binding = period.due if period.row else None
    if binding and binding < today:
        return Mark(Shape.DIAMOND, "超期未报", Tone.ACCENT)
    if period is standing.current and standing.pending:
        return Mark(Shape.TRIANGLE, "待报", Tone.AMBER)
    if period.completion == "partly":
        return Mark(Shape.HALF, "部分完成")
    return Mark(Shape.CIRCLE, "未开始")


class PeriodStrip(QWidget):
    """All periods at once; arrows and clicks choose, `chosen` gives the number from 0."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._cells: list[tuple[str, Mark, str]] = []
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.current().follow(self, self.updateGeometry)

    def show_periods(self, standing: Progress, at: int, today: date) -> None:
        """Show the periods of an item, the chosen one lit."""
        self._cells = []
        for period in standing.periods:
            day = period.reported_at if period.done and period.reported_at else period.due
            words = short_day(day, today).split()[0] if day else ""
            limit = words if period.done or not words else f"限 {words}"
            self._cells.append((period.name, mark_of(period, standing, today), limit))
        self.choose(at)
        self.updateGeometry()

    def choose(self, at: int) -> None:
        """Light another period, without a signal."""
        self._at = min(max(at, 0), max(len(self._cells) - 1, 0))
        self.setAccessibleName(self.reading())
        self.update()

    def reading(self) -> str:
        """Return how the chosen period is read out."""
        if not self._cells:
            return "没有分期"
        name, mark, day = self._cells[self._at]
        return f"第 {self._at + 1} 期，共 {len(self._cells)} 期：{name}，{mark.words}{f'，{day}' if day else ''}"

    def sizeHint(self) -> QSize:
        """Return the size for the present font."""
        lines = -(-len(self._cells) // self._columns()) if self._cells else 0
        return QSize(theme.current().px(320), lines * self._height() + 2)

    def minimumSizeHint(self) -> QSize:
        """Return the same height, however narrow."""
        return QSize(theme.current().px(200), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the present colours and font."""
        look = theme.current()
        with QPainter(self) as painter:
            for at, (name, mark, day) in enumerate(self._cells):
                place = self._place(at)
                painter.fillRect(place, look.colour("sel" if at == self._at else "surface"))
                painter.setPen(QPen(look.colour("line"), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(place)
                self._paint_cell(painter, place, name, mark, day)
            if self.hasFocus() and self._cells:
                painter.setPen(QPen(look.colour("slate"), 2))
                painter.drawRect(self._place(self._at).adjusted(1, 1, -1, -1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the arrows choose."""
        moves = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self._columns(),
            Qt.Key.Key_Down: self._columns(),
        }
        step = moves.get(Qt.Key(event.key()), 0)
        if step and not event.modifiers() and 0 <= self._at + step < len(self._cells):
            self._take(self._at + step)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what is under the pointer."""
        for at in range(len(self._cells)):
            if self._place(at).contains(event.position()):
                self._take(at)

    def _take(self, at: int) -> None:
        if at != self._at:
            self.choose(at)
            self.chosen.emit(at)

    def _columns(self) -> int:
        wanted = _MOST_IN_LINE if len(self._cells) > 2 else max(len(self._cells), 1)
        metrics = QFontMetrics(theme.current().font(bold=True))
        least = metrics.horizontalAdvance("超期未报") + theme.current().px(2 * _EDGE + 20)
        return max(min(wanted, self.width() // max(least, 1)), 1)

    def _height(self) -> int:
        look = theme.current()
        small = QFontMetrics(look.font(Text.SECONDARY)).height()
        return 2 * small + QFontMetrics(look.font(bold=True)).height() + look.px(16)

    def _place(self, at: int) -> QRectF:
        columns = self._columns()
        width = (self.width() - 1) / min(columns, max(len(self._cells), 1))
        line, place = divmod(at, columns)
        return QRectF(place * width + 0.5, line * self._height() + 0.5, width, self._height())

    def _paint_cell(self, painter: QPainter, place: QRectF, name: str, mark: Mark, day: str) -> None:
        look = theme.current()
        edge = look.px(_EDGE)
        inside = place.adjusted(edge, look.px(6), -4, 0)
        small = QFontMetrics(look.font(Text.SECONDARY))
        painter.setFont(look.font(Text.SECONDARY))
        painter.setPen(look.colour("ink"))
        painter.drawText(QRectF(inside.left(), inside.top(), inside.width(), small.height()), name)
        middle = QFontMetrics(look.font(bold=True)).height()
        top = inside.top() + small.height() + look.px(1)
        paint_mark(painter, QRectF(inside.left(), top, inside.width(), middle), mark)
        painter.setFont(look.font(Text.SECONDARY))
        painter.setPen(look.colour("ink2"))
        below = top + middle + look.px(1)
        painter.drawText(QRectF(inside.left(), below, inside.width(), small.height()), day)

    def resizeEvent(self, event: object) -> None:
        """Fewer in a line where there is less room."""
        self.updateGeometry()
