"""The steps of something in order: what is done, where it stands, what comes and until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from paizhu.ui import theme
from paizhu.ui.icons import line_pixmap
from paizhu.ui.theme import Text

_DISC = 22
_PADDING = 16


class When(Enum):
    """Where a step stands; the value is how it is read out."""

    PAST = "已完成"
    CURRENT = "进行中"
    LATER = "未开始"


@dataclass(frozen=True)
class Step:
    """One step: its name, and a date, limit or remark under it."""

    words: str
    note: str
    when: When


class Stepper(QWidget):
    """Steps side by side, or under each other; `step_asked` gives the number of one that was pressed."""

    step_asked = Signal(int)

    def __init__(
        self,
        steps: Sequence[Step] = (),
        orientation: Qt.Orientation = Qt.Orientation.Horizontal,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._upright = orientation is Qt.Orientation.Vertical
        self._steps: tuple[Step, ...] = ()
        self._at = 0
        self._is_single = False
        """The days gave way, so no second line is kept for them."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        fixed, free = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        self.setSizePolicy(free, fixed)
        theme.current().follow(self, self.updateGeometry)
        self.show_steps(steps)

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Show these steps; the first current one, else the last past one, is read out."""
        self._steps = tuple(steps)
        self._is_single = False
        self._at = current_step(steps)
        self.setAccessibleName(reading(steps))
        self.setToolTip("")
        self.updateGeometry()
        self.update()

    def show_fitted(self, steps: Sequence[Step], width: int) -> None:
        """Show these steps in this width: days give way first, then the names of all but the present and the next."""
        self.show_steps(steps)
        if self.sizeHint().width() > width:
            self._show_single([replace(step, note="") for step in steps])
        if self.sizeHint().width() > width:
            near = (current_step(steps), current_step(steps) + 1)
            named = [step.words if at in near else "" for at, step in enumerate(steps)]
            self._show_single([replace(step, note="", words=words) for step, words in zip(steps, named, strict=True)])

    def _show_single(self, steps: Sequence[Step]) -> None:
        self.show_steps(steps)
        self._is_single = True
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the size for the present font."""
        look = theme.current()
        if self._upright:
            return QSize(look.px(240), look.px(46) * len(self._steps))
        height = look.px(56) - (QFontMetrics(look.font(Text.SECONDARY)).height() if self._is_single else 0)
        return QSize(int(sum(self._step_width(step) for step in self._steps)) + _PADDING, height)

    def minimumSizeHint(self) -> QSize:
        """Return how small it may get before its words are cut."""
        return QSize(theme.current().px(120 if self._upright else 240), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the present colours and font."""
        look = theme.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for at, step in enumerate(self._steps):
                place = self._place(at)
                if self._upright:
                    self._paint_ground(painter, place, step)
                self._paint_disc(painter, place, at, step)
                self._paint_words(painter, place, at, step)
                if self.hasFocus() and at == self._at:
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.setPen(QPen(look.colour("slate"), 2))
                    painter.drawRoundedRect(place.adjusted(1, 3, -1, -3), 4, 4)
            if not self._upright:
                self._paint_lines(painter)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take a click for what is under the pointer."""
        for at in range(len(self._steps)):
            if self._place(at).contains(event.position()):
                self.step_asked.emit(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the arrow keys walk the steps and Enter press one."""
        moves = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if key in moves and self._steps:
            self._at = max(0, min(self._at + moves[key], len(self._steps) - 1))
            self.setAccessibleName(reading(self._steps, self._at))
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._steps:
            self.step_asked.emit(self._at)
        else:
            super().keyPressEvent(event)

    def _place(self, at: int) -> QRectF:
        count = max(len(self._steps), 1)
        if self._upright:
            height = theme.current().px(46)
            return QRectF(0, at * height, self.width(), height)
        needed = [self._step_width(step) for step in self._steps]
        spare = (self.width() - _PADDING - sum(needed)) / count
        if spare < 0:
            # Where room is scarce, the current step keeps its words and the others give way in proportion.
            stays = current_step(self._steps)
            rest = sum(needed) - needed[stays]
            left = max(self.width() - _PADDING - needed[stays], 0)
            needed = [width if step == stays else width * left / max(rest, 1) for step, width in enumerate(needed)]
        widths = [width + max(spare, 0) for width in needed]
        return QRectF(_PADDING - 4 + sum(widths[:at]), 0, widths[at], self.height())

    def _disc_centre(self, place: QRectF) -> QPointF:
        look = theme.current()
        if self._upright:
            return QPointF(place.left() + look.px(34), place.center().y())
        return QPointF(place.left() + 4 + look.px(_DISC) / 2, self._first_line(place).center().y() + 1)

    def _first_line(self, place: QRectF) -> QRectF:
        look = theme.current()
        first = QFontMetrics(look.font()).height()
        second = 0 if self._is_single else QFontMetrics(look.font(Text.SECONDARY)).height()
        top = (place.height() - first - second) / 2 + 1
        return QRectF(place.left(), top, place.width(), first)

    def _paint_ground(self, painter: QPainter, place: QRectF, step: Step) -> None:
        if step.when is When.CURRENT:
            look = theme.current()
            painter.fillRect(place, look.colour("surface"))
            painter.fillRect(QRectF(place.left(), place.top(), 3, place.height()), look.colour("slate"))

    def _paint_disc(self, painter: QPainter, place: QRectF, at: int, step: Step) -> None:
        look = theme.current()
        centre, radius = self._disc_centre(place), look.px(_DISC) / 2 - 0.5
        current = step.when is When.CURRENT
        painter.setPen(QPen(look.colour("slate" if current else "field"), 1))
        painter.setBrush(look.colour("slate" if current else "surface"))
        painter.drawEllipse(centre, radius, radius)
        if step.when is When.PAST:
            side = look.px(14)
            dense = round(side * self.devicePixelRatioF())
            target = QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side)
            tick = line_pixmap("tick", look.colour("ink2"), dense)
            painter.drawPixmap(target, tick, QRectF(tick.rect()))
            return
        painter.setPen(look.colour("on_slate" if current else "ink2"))
        painter.setFont(look.font(Text.SECONDARY, bold=current))
        box = QRectF(centre.x() - radius, centre.y() - radius, radius * 2, radius * 2)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(at + 1))

    def _paint_words(self, painter: QPainter, place: QRectF, at: int, step: Step) -> None:
        look = theme.current()
        font = look.font(bold=step.when is When.CURRENT)
        metrics = QFontMetrics(font)
        left = self._disc_centre(place).x() + look.px(_DISC) / 2 + look.px(8)
        room = place.right() - left - 4
        line = place if self._upright else self._first_line(place)
        words = metrics.elidedText(step.words, Qt.TextElideMode.ElideRight, int(room))
        painter.setFont(font)
        painter.setPen(look.colour("ink2" if step.when is When.LATER else "ink"))
        painter.drawText(QRectF(left, line.top(), room + 4, line.height()), Qt.AlignmentFlag.AlignVCenter, words)
        if self._upright:
            return
        small = QFontMetrics(look.font(Text.SECONDARY))
        painter.setFont(look.font(Text.SECONDARY))
        painter.setPen(look.colour("ink3" if step.when is When.LATER else "ink2"))
        note = small.elidedText(step.note, Qt.TextElideMode.ElideRight, int(room))
        below = QRectF(left, line.bottom(), room + 4, small.height())
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, note)

    def _paint_lines(self, painter: QPainter) -> None:
        """Join the steps by lines; where one of them has no room, none is drawn: a single one would tell them apart."""
        look = theme.current()
        lines: list[tuple[QPointF, QPointF]] = []
        for at, step in enumerate(self._steps[:-1]):
            place = self._place(at)
            words = QFontMetrics(look.font(bold=step.when is When.CURRENT)).horizontalAdvance(step.words)
            starts = self._disc_centre(place).x() + look.px(_DISC) / 2 + look.px(8) + words + look.px(8)
            if place.right() - starts <= look.px(12):
                return
            middle = self._disc_centre(place).y()
            lines.append((QPointF(starts, middle), QPointF(place.right() - look.px(8), middle)))
        painter.setPen(QPen(look.colour("field"), 1.5))
        for start, end in lines:
            painter.drawLine(start, end)

    def _step_width(self, step: Step) -> float:
        look = theme.current()
        words = QFontMetrics(look.font(bold=True)).horizontalAdvance(step.words)
        note = QFontMetrics(look.font(Text.SECONDARY)).horizontalAdvance(step.note)
        return max(words, note) + look.px(_DISC + 8) + 10


def current_step(steps: Sequence[Step]) -> int:
    """Return the number, from 0, of the step where things stand."""
    places = [at for at, step in enumerate(steps) if step.when is When.CURRENT]
    past = [at for at, step in enumerate(steps) if step.when is When.PAST]
    return (places or past[-1:] or [0])[0]


def reading(steps: Sequence[Step], at: int | None = None) -> str:
    """Return how the steps are read out: the number, the name and how it stands."""
    if not steps:
        return ""
    at = current_step(steps) if at is None else at
    return f"第 {at + 1} 步，共 {len(steps)} 步：{steps[at].words}，{steps[at].when.value}"
