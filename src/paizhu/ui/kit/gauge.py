"""How much of what is due has been done: label, figures, share, a bar, and who or what is missing."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from paizhu.ui import theme
from paizhu.ui.kit.pressable import Pressable
from paizhu.ui.kit.roles import Progress
from paizhu.ui.theme import Text

_PADDING = 2


def paint_bar(painter: QPainter, rect: QRectF, share: float) -> None:
    """Paint a bar filled to a share, its ends rounded."""
    look = theme.current()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("line"))
    radius = rect.height() / 2
    painter.drawRoundedRect(rect, radius, radius)
    if share > 0:
        painter.save()
        painter.setClipRect(QRectF(rect.left(), rect.top(), rect.width() * share, rect.height()))
        painter.setBrush(look.colour("c3"))
        painter.drawRoundedRect(rect, radius, radius)
        painter.restore()


class Gauge(Pressable):
    """One coverage line; pressing it asks for what is behind it."""

    def __init__(self, label: str, progress: Progress, missing: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label, self._progress, self._missing = label, progress, missing
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.current().follow(self, self.updateGeometry)
        self.show_progress(label, progress, missing)

    def show_progress(self, label: str, progress: Progress, missing: str = "") -> None:
        """Show other figures; `missing` is the line below, cut with dots and whole in the tooltip."""
        self._label, self._progress, self._missing = label, progress, missing
        words = f"{label}，{progress.done} / {progress.total}，{self._share()}"
        self.setAccessibleName(f"{words}，{missing}" if missing else words)
        self.setToolTip(missing)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size for the present font."""
        look = theme.current()
        below = QFontMetrics(look.font(Text.SECONDARY)).height() + 2 if self._missing else 0
        return QSize(look.px(220), self._line() + look.px(16) + below + 2 * _PADDING)

    def minimumSizeHint(self) -> QSize:
        """Return how small it may get before its words are cut."""
        return QSize(theme.current().px(140), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the present colours and font."""
        look = theme.current()
        with QPainter(self) as painter:
            inside = QRectF(self.rect()).adjusted(_PADDING, _PADDING, -_PADDING, -_PADDING)
            top = QRectF(inside.left(), inside.top(), inside.width(), self._line())
            self._paint_figures(painter, top)
            bar = QRectF(inside.left(), top.bottom() + look.px(3), inside.width(), look.px(8))
            paint_bar(painter, bar, self._progress.share)
            if self._missing:
                font = look.font(Text.SECONDARY)
                below = QRectF(
                    inside.left(), bar.bottom() + look.px(3), inside.width(), QFontMetrics(font).height() + 2
                )
                painter.setFont(font)
                painter.setPen(look.colour("ink2"))
                words = QFontMetrics(font).elidedText(self._missing, Qt.TextElideMode.ElideRight, int(inside.width()))
                painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, words)
            if self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(look.colour("slate"), 2))
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)

    def _paint_figures(self, painter: QPainter, place: QRectF) -> None:
        look = theme.current()
        plain, bold = QFontMetrics(look.font()), QFontMetrics(look.font(bold=True))
        right = place.right()
        middle = Qt.AlignmentFlag.AlignVCenter
        share_width = plain.horizontalAdvance("100%") + look.px(12)
        painter.setFont(look.font())
        painter.setPen(look.colour("ink2"))
        painter.drawText(place, middle | Qt.AlignmentFlag.AlignRight, self._share())
        total = f" / {self._progress.total}"
        total_width = plain.horizontalAdvance(total)
        painter.drawText(
            QRectF(right - share_width - total_width, place.top(), total_width + 1, place.height()), middle, total
        )
        done = str(self._progress.done)
        done_width = bold.horizontalAdvance(done)
        left = right - share_width - total_width - done_width
        painter.setPen(look.colour("ink"))
        painter.setFont(look.font(bold=True))
        painter.drawText(QRectF(left, place.top(), done_width + 1, place.height()), middle, done)
        painter.setFont(look.font())
        words = plain.elidedText(self._label, Qt.TextElideMode.ElideRight, int(left - place.left() - look.px(8)))
        painter.drawText(place, middle, words)

    def _line(self) -> int:
        return QFontMetrics(theme.current().font(bold=True)).height()

    def _share(self) -> str:
        # Rounded down: 99.6 % is not all of it.
        return f"{int(self._progress.share * 100)}%"
