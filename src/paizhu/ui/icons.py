"""Line icons in the colours of the palette, and the shapes that stand for a state beside its word."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from functools import cache

from PySide6.QtCore import QByteArray, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QIcon,
    QIconEngine,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QPixmap,
    QPolygonF,
)

from paizhu.base import paths
from paizhu.ui import theme

_DRAWING_COLOUR = b"#000000"
_KEPT_PIXMAPS = 400


class Shape(Enum):
    """The shapes of section 3 of the interface specification; none stands without its word."""

    CIRCLE = auto()
    HALF = auto()
    SQUARE = auto()
    BARS = auto()
    TICK = auto()
    TRIANGLE = auto()
    DIAMOND = auto()
    DASH = auto()
    CROSS = auto()
    DOT = auto()


def icon(name: str, role: str = "ink2") -> QIcon:
    """Return a line icon that takes its colour from a token each time it is painted, so it follows the theme."""
    return QIcon(_LineIcon(name, role))


def line_pixmap(name: str, colour: QColor, size: int) -> QPixmap:
    """Return a line icon in one colour, `size` device pixels square, kept for the next time."""
    key = (name, colour.rgba(), size)
    if key not in _pixmaps:
        if len(_pixmaps) >= _KEPT_PIXMAPS:
            _pixmaps.clear()
        _pixmaps[key] = _draw(name, colour, size)
    return _pixmaps[key]


_pixmaps: dict[tuple[str, int, int], QPixmap] = {}


def _draw(name: str, colour: QColor, size: int) -> QPixmap:
    drawing = (paths.resources() / "icons" / f"{name}.svg").read_bytes()
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    _svg_renderer(drawing.replace(_DRAWING_COLOUR, colour.name().encode()), painter)
    painter.end()
    return pixmap


def _svg_renderer(drawing: bytes, painter: QPainter) -> None:
    # QtSvg is loaded with the first icon, not with the program: the unlock window must not wait for it.
    from PySide6.QtSvg import QSvgRenderer

    QSvgRenderer(QByteArray(drawing)).render(painter)


class _LineIcon(QIconEngine):
    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name = name
        self._role = role

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatioF()
        side = min(rect.width(), rect.height())
        target = QRect(0, 0, side, side)
        target.moveCenter(rect.center())
        painter.drawPixmap(target, self._coloured(round(side * ratio), mode))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        drawing = self._coloured(min(size.width(), size.height()), mode)
        if size.width() <= drawing.width():
            return drawing
        # A button asks for more width than height: the rest is the gap before its words.
        spaced = QPixmap(size.width(), drawing.height())
        spaced.fill(Qt.GlobalColor.transparent)
        with QPainter(spaced) as painter:
            # The words beside it stand lower in their line than its middle, and so does the drawing.
            painter.drawPixmap(0, round(theme.current().drop()), drawing)
        return spaced

    def clone(self) -> QIconEngine:
        return _LineIcon(self._name, self._role)

    def _coloured(self, size: int, mode: QIcon.Mode) -> QPixmap:
        role = "ink3" if mode is QIcon.Mode.Disabled else self._role
        return line_pixmap(self._name, theme.current().colour(role), max(size, 1))


def paint_shape(painter: QPainter, rect: QRect | QRectF, shape: Shape, colour: QColor) -> None:
    """Paint a shape in the largest square in the middle of a rectangle."""
    side = min(rect.width(), rect.height())
    centre = QRectF(rect).center()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(centre.x() - side / 2, centre.y() - side / 2)
    painter.scale(side / 16, side / 16)
    painter.fillPath(_path(shape), colour)
    painter.restore()


@cache
def _path(shape: Shape) -> QPainterPath:
    """Return the outline of a shape in a square of 16; cutting marks out of it is dear, so it is kept."""
    return _OUTLINES[shape]()


def _joined(*parts: QPainterPath) -> QPainterPath:
    whole = QPainterPath()
    for part in parts:
        whole = whole.united(part)
    return whole


def _stroke(path: QPainterPath, width: float) -> QPainterPath:
    stroker = QPainterPathStroker()
    stroker.setWidth(width)
    stroker.setCapStyle(Qt.PenCapStyle.RoundCap)
    stroker.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return stroker.createStroke(path).simplified()


def _ellipse(radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(8, 8), radius, radius)
    return path


def _half() -> QPainterPath:
    path = QPainterPath(QPointF(8, 2.6))
    path.arcTo(QRectF(2.6, 2.6, 10.8, 10.8), 90, -180)
    path.closeSubpath()
    return path


def _rounded() -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(QRectF(2.2, 2.2, 11.6, 11.6), 2, 2)
    return path


def _lines(*points: tuple[float, float]) -> QPainterPath:
    path = QPainterPath(QPointF(*points[0]))
    for point in points[1:]:
        path.lineTo(QPointF(*point))
    return path


def _polygon(*points: tuple[float, float]) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(*point) for point in points]))
    path.closeSubpath()
    return path


def _exclamation(top: float, bottom: float, dot: float) -> QPainterPath:
    return _stroke(_lines((8, top), (8, bottom)), 1.7).united(_stroke(_lines((8, dot), (8, dot + 0.05)), 1.8))


_OUTLINES: dict[Shape, Callable[[], QPainterPath]] = {
    Shape.CIRCLE: lambda: _stroke(_ellipse(5.6), 1.9),
    Shape.HALF: lambda: _joined(_stroke(_ellipse(5.8), 1.5), _half()),
    Shape.SQUARE: lambda: _joined(_stroke(_rounded(), 1.7), _stroke(_lines((5, 8), (11, 8)), 1.7)),
    Shape.BARS: lambda: _joined(_stroke(_lines((5.2, 3), (5.2, 13)), 2.2), _stroke(_lines((10.8, 3), (10.8, 13)), 2.2)),
    Shape.TICK: lambda: _ellipse(6.8).subtracted(_stroke(_lines((4.8, 8.2), (7.1, 10.5), (11.3, 5.9)), 1.7)),
    Shape.TRIANGLE: lambda: _polygon((8, 1.2), (15.2, 14.6), (0.8, 14.6)).subtracted(_exclamation(6, 10.2, 12.5)),
    Shape.DIAMOND: lambda: _polygon((8, 0.6), (15.4, 8), (8, 15.4), (0.6, 8)).subtracted(_exclamation(4.2, 8.6, 11.2)),
    Shape.DASH: lambda: _stroke(_lines((3.5, 8), (12.5, 8)), 2.0),
    Shape.CROSS: lambda: _joined(
        _stroke(_ellipse(6.2), 1.6),
        _stroke(_lines((5.6, 5.6), (10.4, 10.4)), 1.6),
        _stroke(_lines((10.4, 5.6), (5.6, 10.4)), 1.6),
    ),
    Shape.DOT: lambda: _ellipse(4),
}
