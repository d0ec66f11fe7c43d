"""The head of a table: quiet words on the second surface, an arrow beside the column it is sorted by."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from paizhu.ui import theme
from paizhu.ui.icons import line_pixmap
from paizhu.ui.theme import Text


class RowHeader(QHeaderView):
    """A head that may be moved, widened and clicked; it sorts nothing itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setStretchLastSection(False)
        self.setFixedHeight(theme.current().heights.header)
        self._sorted_by = -1
        self._descending = False
        self.measuring = False
        """The font changed just now: a section that grows then was not drawn wider by anybody."""
        theme.current().follow(self, self._measure)
        self._measure()

    def show_sorted(self, section: int, *, descending: bool) -> None:
        """Show the arrow beside a section; -1 shows none."""
        self._sorted_by = section
        self._descending = descending
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """Return the theme's height; Qt would measure every head anew for a width nobody asks about."""
        return QSize(self.length(), theme.current().heights.header)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint one head."""
        look = theme.current()
        painter.save()
        painter.fillRect(rect, look.colour("surface2"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look.colour("line"))
        if self.visualIndex(section) < self._last_visible():
            painter.fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), look.colour("line1"))
        model = self.model()
        words = str(model.headerData(section, Qt.Orientation.Horizontal) or "") if model else ""
        alignment = model.headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        font = look.font(Text.SECONDARY)
        metrics = QFontMetrics(font)
        arrow = look.px(16) if section == self._sorted_by else 0
        inside = QRectF(rect).adjusted(look.px(10), 0, -look.px(8) - arrow, -1)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(inside.width()) + 1)
        painter.setFont(font)
        painter.setPen(look.colour("ink2"))
        right = alignment is not None and bool(int(alignment) & int(Qt.AlignmentFlag.AlignRight))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(inside, side | Qt.AlignmentFlag.AlignVCenter, shown)
        if arrow:
            size = look.px(14)
            dense = round(size * self.devicePixelRatioF())
            drawing = line_pixmap("sort-down" if self._descending else "sort-up", look.colour("ink2"), dense)
            left = inside.right() + 2 if right else inside.left() + metrics.horizontalAdvance(shown) + 3
            place = QRectF(left, rect.center().y() - size / 2, size, size)
            painter.drawPixmap(place, drawing, QRectF(drawing.rect()))
        painter.restore()

    def _last_visible(self) -> int:
        shown = [self.visualIndex(at) for at in range(self.count()) if not self.isSectionHidden(at)]
        return max(shown, default=-1)

    def _measure(self) -> None:
        self.setFixedHeight(theme.current().heights.header)
        self.measuring = True
        self.setMinimumSectionSize(theme.current().px(40))
        self.measuring = False
        self.updateGeometry()
