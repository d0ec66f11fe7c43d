"""Tabs underlined in slate; a tab may carry the overdue badge."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QTabBar, QWidget

from paizhu.ui import theme
from paizhu.ui.icons import Shape, paint_shape
from paizhu.ui.theme import Text

_UNDERLINE = 3
_ROOMY, _TIGHT, _SMALL = 30, 12, 24
"""Room beside the words of a tab: usually, where the window has little, and in a detail pane."""


class TabBar(QTabBar):
    """The eight tabs of the main window, or with `small` those of a detail pane."""

    def __init__(self, *, small: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._small = small
        self._badges: dict[int, int] = {}
        self._room = _SMALL if small else _ROOMY
        self.setDocumentMode(True)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setMovable(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if small:
            self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._hovered = -1
        theme.current().follow(self, self._relay)

    def set_badge(self, index: int, count: int) -> None:
        """Show how many are overdue under a tab; 0 takes the badge away."""
        self._badges[index] = count
        words = self.tabText(index)
        self.setAccessibleTabName(index, f"{words}，超期 {count} 件" if count else words)
        self.setTabToolTip(index, f"超期 {count} 件" if count else "")
        self._relay()

    def badge(self, index: int) -> int:
        """Return the number on a tab's badge; 0 for none."""
        return self._badges.get(index, 0)

    def fit_into(self, width: int) -> None:
        """Stand closer together where the tabs would not all be seen in this width."""
        wide = sum(self._words_width(index) + theme.current().px(_ROOMY) for index in range(self.count()))
        room = _ROOMY if wide <= width else _TIGHT
        if room != self._room:
            self._room = room
            self._relay()

    def tabSizeHint(self, index: int) -> QSize:
        """Return the size of a tab with bold words, so that choosing one moves nothing."""
        look = theme.current()
        height = look.px(36) if self._small else look.heights.tab_bar
        return QSize(self._words_width(index) + look.px(self._room), height)

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Return the same size: words of tabs are never cut."""
        return self.tabSizeHint(index)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the present colours and font."""
        look = theme.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for index in range(self.count()):
                self._paint_tab(painter, index)
            if self.hasFocus() and self.currentIndex() >= 0:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(look.colour("slate"), 2))
                painter.drawRoundedRect(QRectF(self.tabRect(self.currentIndex())).adjusted(3, 4, -3, -6), 4, 4)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up what is under the pointer."""
        super().mouseMoveEvent(event)
        hovered = self.tabAt(event.position().toPoint())
        if hovered != self._hovered:
            self._hovered = hovered
            self.update()

    def leaveEvent(self, event: object) -> None:
        """Forget what the pointer was over."""
        self._hovered = -1
        self.update()

    def _paint_tab(self, painter: QPainter, index: int) -> None:
        look = theme.current()
        place = self.tabRect(index)
        chosen = index == self.currentIndex()
        if chosen:
            self._paint_chosen(painter, place)
        elif index == self._hovered:
            painter.fillRect(place.adjusted(0, 1, 0, -1), look.colour("hover"))
        badge = self._badge_width(index)
        words = place.adjusted(0, 0, -badge, 0)
        painter.setFont(self._font(bold=chosen))
        painter.setPen(look.colour("ink" if chosen else "ink2"))
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextHideMnemonic, self.tabText(index))
        if badge:
            width = QFontMetrics(self._font(bold=chosen)).horizontalAdvance(self.tabText(index))
            self._paint_badge(
                painter, QRectF(words.center().x() + width / 2 + look.px(6), place.top(), badge, place.height()), index
            )

    def _paint_chosen(self, painter: QPainter, place: QRect) -> None:
        look = theme.current()
        if not self._small:
            painter.fillRect(place, look.colour("surface"))
            painter.setPen(QPen(look.colour("line"), 1))
            painter.drawLine(place.left(), place.top(), place.left(), place.bottom())
            painter.drawLine(place.right(), place.top(), place.right(), place.bottom())
        painter.fillRect(
            QRect(place.left(), place.bottom() - _UNDERLINE + 1, place.width(), _UNDERLINE), look.colour("slate")
        )

    def _paint_badge(self, painter: QPainter, place: QRectF, index: int) -> None:
        look = theme.current()
        side = look.px(12)
        accent = look.colour("accent")
        paint_shape(painter, QRectF(place.left(), place.center().y() - side / 2, side, side), Shape.DIAMOND, accent)
        painter.setFont(look.font(Text.SECONDARY, bold=True))
        painter.setPen(accent)
        count = place.adjusted(side + 2, 0, 0, 0)
        painter.drawText(count, Qt.AlignmentFlag.AlignVCenter, str(self.badge(index)))

    def _words_width(self, index: int) -> int:
        words = QFontMetrics(self._font(bold=True)).horizontalAdvance(self.tabText(index))
        return words + self._badge_width(index)

    def _badge_width(self, index: int) -> int:
        if not self.badge(index):
            return 0
        look = theme.current()
        count = QFontMetrics(look.font(Text.SECONDARY, bold=True)).horizontalAdvance(str(self.badge(index)))
        return look.px(20) + count

    def _font(self, *, bold: bool) -> QFont:
        return theme.current().font(Text.BODY if self._small else Text.TAB, bold=bold)

    def _relay(self) -> None:
        # QTabBar measures its tabs again only when it is told that a font changed.
        self.setFont(theme.current().font(Text.BODY if self._small else Text.TAB))
        self.setTabText(0, self.tabText(0))
        self.updateGeometry()
        self.update()
