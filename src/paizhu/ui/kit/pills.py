"""A state or deadline painted: shape and words together, with or without a pill round them."""

from __future__ import annotations

from dataclasses import replace
from math import floor

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from paizhu.ui import theme
from paizhu.ui.icons import Shape, paint_shape
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.theme import Text, Theme

# Where the words begin after the shape.
_WORDS = 17
_LOUD = (Tone.AMBER, Tone.ACCENT)
_PILL_FILLS = {Tone.AMBER: ("amber_soft", "amber_line"), Tone.ACCENT: ("accent_soft", "accent_line")}


def mark_width(mark: Mark, *, text: Text = Text.BODY, bold: bool | None = None) -> int:
    """Return the width of shape and words without a pill."""
    look = theme.current()
    font = look.font(text, bold=_is_bold(mark, bold))
    return look.px(_WORDS) + QFontMetrics(font).horizontalAdvance(mark.words)


def paint_mark(
    painter: QPainter, rect: QRectF, mark: Mark, *, text: Text = Text.BODY, bold: bool | None = None
) -> None:
    """Paint shape and words at the left of a rectangle; where they do not fit, the shorter words, then dots."""
    font = theme.current().font(text, bold=_is_bold(mark, bold))
    _paint_on(_baseline(rect, QFontMetrics(font)), painter, rect, mark, text, bold)


def pill_size(mark: Mark) -> QSize:
    """Return the size of a pill with these words."""
    look = theme.current()
    metrics = QFontMetrics(look.font(Text.SECONDARY, bold=mark.tone is Tone.ACCENT))
    return QSize(metrics.horizontalAdvance(mark.words) + look.px(34), pill_height(look))


def pill_height(look: Theme) -> int:
    """Return the height of every pill now."""
    return max(look.px(24), QFontMetrics(look.font(Text.SECONDARY)).height() + 2)


def paint_pill(painter: QPainter, rect: QRectF, mark: Mark) -> None:
    """Paint a pill at the left of a rectangle, no wider than it, its words on one line with words beside it."""
    look = theme.current()
    size = pill_size(mark)
    if mark.short and size.width() > rect.width():
        # The pill is as wide as the words that stand in it, not as those that had no room.
        mark = replace(mark, words=mark.short, short="")
        size = pill_size(mark)
    pill = QRectF(rect.left(), 0, min(size.width(), rect.width()), size.height())
    loud = mark.tone is Tone.ACCENT
    baseline, middle = _baseline(rect, QFontMetrics(look.font())), look.middle(Text.SECONDARY, bold=loud)
    wanted = round(baseline - middle - size.height() / 2)
    pill.moveTop(min(max(wanted, rect.top()), max(rect.bottom() - size.height(), rect.top())))
    if pill.top() != wanted:
        # With no room to move it is centred in itself.
        baseline = round(pill.center().y() + middle)
    fill, line = _PILL_FILLS.get(mark.tone, ("surface", "line"))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(look.colour(fill))
    painter.setPen(QPen(look.colour(line), 1))
    outline = pill.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(outline, outline.height() / 2, outline.height() / 2)
    inside = pill.adjusted(look.px(8), 0, -look.px(6), 0)
    _paint_on(baseline, painter, inside, mark, Text.SECONDARY, loud)


def _is_bold(mark: Mark, bold: bool | None) -> bool:
    return mark.tone in _LOUD if bold is None else bold


def _shape_ink(mark: Mark) -> QColor:
    """Return the colour of the shape: a waiting circle is quieter than its words."""
    quiet = mark.shape is Shape.CIRCLE and mark.tone is Tone.PLAIN
    return theme.current().colour("ink2" if quiet else mark.tone.value)


def _baseline(rect: QRectF, metrics: QFontMetrics) -> int:
    """Return where words stand that are centred in a rectangle as Qt centres them."""
    return floor(rect.center().y() + (metrics.ascent() - metrics.descent()) / 2)


def _paint_on(baseline: int, painter: QPainter, rect: QRectF, mark: Mark, text: Text, bold: bool | None) -> None:
    look = theme.current()
    is_bold = _is_bold(mark, bold)
    font, side = look.font(text, bold=is_bold), look.px(12)
    top = round(baseline - look.middle(text, bold=is_bold) - side / 2)
    paint_shape(painter, QRectF(rect.left(), top, side, side), mark.shape, _shape_ink(mark))
    painter.setFont(font)
    painter.setPen(look.colour(mark.tone.value))
    metrics, words, room = QFontMetrics(font), mark.words, int(rect.width()) - look.px(_WORDS) + 1
    if mark.short and metrics.horizontalAdvance(words) > room:
        words = mark.short
    words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
    painter.drawText(QPointF(rect.left() + look.px(_WORDS), baseline), words)


class _MarkWidget(QWidget):
    """A mark as a widget: what it shows is also its accessible name."""

    def __init__(self, mark: Mark, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = mark
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.current().follow(self, self.updateGeometry)
        self.set_mark(mark)

    @property
    def mark(self) -> Mark:
        """What is shown."""
        return self._mark

    def set_mark(self, mark: Mark) -> None:
        """Show another state."""
        self._mark = mark
        self.setAccessibleName(mark.words)
        self.setToolTip(mark.words if mark.short else "")
        self.updateGeometry()
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Return how small it may get before its words are cut."""
        size = self.sizeHint()
        return QSize(min(theme.current().px(40), size.width()), size.height())


class StatusPill(_MarkWidget):
    """A state in a pill, never cut."""

    def minimumSizeHint(self) -> QSize:
        """Return the whole pill."""
        return self.sizeHint()

    def sizeHint(self) -> QSize:
        """Return the size for the present font."""
        return pill_size(self._mark)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the present colours and font."""
        with QPainter(self) as painter:
            paint_pill(painter, QRectF(self.rect()), self._mark)


class MarkLabel(_MarkWidget):
    """A deadline or finding in a form or card: shape and words, bold when it is loud."""

    def __init__(
        self, mark: Mark, text: Text = Text.BODY, *, bold: bool | None = None, parent: QWidget | None = None
    ) -> None:
        self._text = text
        self._bold = bold
        super().__init__(mark, parent)

    def sizeHint(self) -> QSize:
        """Return the size for the present font."""
        metrics = QFontMetrics(theme.current().font(self._text))
        return QSize(mark_width(self._mark, text=self._text, bold=self._bold) + 1, metrics.height() + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the present colours and font."""
        with QPainter(self) as painter:
            paint_mark(painter, QRectF(self.rect()), self._mark, text=self._text, bold=self._bold)
