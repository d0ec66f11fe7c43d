"""Counts of a dossier, cell by cell in one frame; a pressed one shows only its records, pressed again all of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy

from paizhu.ui import theme
from paizhu.ui.kit.tool_button import EnterButton
from paizhu.ui.theme import Text

_LEAST = 84
_EDGES = 18


class CountTile(EnterButton):
    """A large figure over its words."""

    def __init__(self, key: str, words: str, count: int) -> None:
        super().__init__()
        self.key = key
        self._count = count
        self.begins_line, self.below_other = True, False
        """Where it stands in the frame: the lines between cells are its own."""
        self.setText(words)
        self.setAccessibleName(f"{words}，{count} 条")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.current().follow(self, self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Return the size for the present font."""
        look = theme.current()
        height = QFontMetrics(look.font(Text.TITLE)).height() + QFontMetrics(look.font(Text.SECONDARY)).height()
        return QSize(look.px(_LEAST), height + look.px(14))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the present colours and font."""
        look = theme.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            place = QRectF(self.rect())
            painter.fillRect(
                place, look.colour("sel" if self.isChecked() else "hover" if self.underMouse() else "surface")
            )
            painter.setPen(QPen(look.colour("line"), 1))
            if not self.begins_line:
                painter.drawLine(QPointF(0.5, 0), QPointF(0.5, place.height()))
            if self.below_other:
                painter.drawLine(QPointF(0, 0.5), QPointF(place.width(), 0.5))
            if self.hasFocus():
                painter.setPen(QPen(look.colour("slate"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), 4, 4)
            inside = self.rect().adjusted(look.px(12), look.px(6), -look.px(6), -look.px(6))
            painter.setPen(look.colour("ink" if self._count else "ink3"))
            painter.setFont(look.font(Text.TITLE, bold=True))
            painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, str(self._count))
            painter.setPen(look.colour("ink2"))
            painter.setFont(look.font(Text.SECONDARY))
            painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, self.text())


class CountTiles(QFrame):
    """The cells in as many columns as there is room for; `chosen` gives a key, empty for all records."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("按台账筛选")
        self.tiles: list[CountTile] = []
        self._grid = QGridLayout(self)
        self.setProperty("frame", "box")
        self._grid.setContentsMargins(1, 1, 1, 1)
        self._grid.setSpacing(0)
        self._columns = 0
        theme.current().follow(self, self._fit)

    def show_counts(self, counts: Sequence[tuple[str, str, int]], current: str = "") -> None:
        """Replace the tiles; nothing is signalled."""
        for old in self.tiles:
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.tiles = []
        for key, words, count in counts:
            tile = CountTile(key, words, count)
            tile.setChecked(key == current)
            tile.clicked.connect(lambda _=False, tile=tile: self._choose(tile))
            self.tiles.append(tile)
        self._columns = 0
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Let the tiles stand below each other where there is little room."""
        return QSize(theme.current().px(_LEAST), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the tiles as many columns as there is room for now."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        look = theme.current()
        metrics = QFontMetrics(look.font(Text.SECONDARY))
        longest = max((metrics.horizontalAdvance(tile.text()) for tile in self.tiles), default=0)
        least = max(look.px(_LEAST), longest + look.px(_EDGES) + 2)
        room = max(2, (self.width() - 2) // least)
        # As few rows as there must be, each about as full as the others.
        rows = -(-len(self.tiles) // room) or 1
        columns = -(-len(self.tiles) // rows)
        if columns == self._columns:
            return
        self._columns = columns
        for at, tile in enumerate(self.tiles):
            self._grid.addWidget(tile, at // columns, at % columns)
            tile.begins_line, tile.below_other = at % columns == 0, at >= columns

    def _choose(self, tile: CountTile) -> None:
        for other in self.tiles:
            if other is not tile:
                other.setChecked(False)
        self.chosen.emit(tile.key if tile.isChecked() else "")
