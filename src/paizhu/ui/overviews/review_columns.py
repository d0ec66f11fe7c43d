"""The two columns of a review page: beside each other they scroll apart, where there is no room one follows below."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from paizhu.ui import theme
from paizhu.ui.kit.card import line
from paizhu.ui.overviews.review_hints import HintsPane

_SIDE, _SIDE_MOST, _MAIN_LEAST = 344, 460, 400
_LEAST = 320
_OPINION_LEAST = 200
_SHARE = 36
_UNBOUND = 16777215
"""What Qt calls no greatest height."""


class ReviewColumns(QWidget):
    """Main part at the left; hints above the opinion at the right, which is always in view."""

    def __init__(self, main: QWidget, hints: HintsPane, opinion: QWidget) -> None:
        super().__init__()
        self._main, self._hints, self._opinion = main, hints, opinion
        self._is_beside: bool | None = None
        self._main_scroll, self._hint_scroll = _scroll(), _scroll()
        self._side = ground(QWidget(), "surface2")
        for part, token in ((main, "surface"), (hints, "surface2"), (opinion, "surface2")):
            ground(part, token)
        self._side_column = QVBoxLayout(self._side)
        self._side_column.setContentsMargins(0, 0, 0, 0)
        self._side_column.setSpacing(0)
        self._bar = line(upright=True)
        self._columns = QHBoxLayout()
        self._columns.setSpacing(0)
        self._stack = QVBoxLayout()
        self._stack.setSpacing(0)
        whole = self._whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self._columns, 1)
        whole.addLayout(self._stack)
        self._side_column.addWidget(self._hint_scroll)
        self._columns.addWidget(self._main_scroll, 1)
        self._columns.addWidget(self._bar)
        self._columns.addWidget(self._side)
        for part in (hints, opinion):
            part.installEventFilter(self)

    @property
    def beside(self) -> bool:
        """Whether both columns are in view now."""
        return bool(self._is_beside)

    def minimumSizeHint(self) -> QSize:
        """Let the pane be as small as one column; beside each other nothing asks for height."""
        look = theme.current()
        height = look.px(_OPINION_LEAST) if self._is_beside else super().minimumSizeHint().height()
        return QSize(look.px(_LEAST), height)

    def hasHeightForWidth(self) -> bool:
        """Say that narrow means high, as for any wrapped words."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Ask for no height beside each other: there every column scrolls by itself."""
        return self.minimumSizeHint().height() if self._is_beside else super().heightForWidth(width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the side column beside or below the main one."""
        super().resizeEvent(event)
        self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Share out again once new or opened cards have their heights, or the opinion needs another one."""
        if watched in (self._hints, self._opinion) and event.type() is QEvent.Type.LayoutRequest:
            QTimer.singleShot(0, self, self.fit)
        return super().eventFilter(watched, event)

    def fit(self) -> None:
        """Share out the room again; hints fold when they and the opinion do not both fit."""
        look = theme.current()
        beside = self.width() >= look.px(_SIDE + _MAIN_LEAST)
        if beside != self._is_beside:
            self._is_beside = beside
            self._arrange(beside)
            self.updateGeometry()
        if beside:
            side = max(look.px(_SIDE), min(self.width() * _SHARE // 100, look.px(_SIDE_MOST)))
            self._side.setFixedWidth(side)
            # Choices that wrap to a second row need more than the hint of one row says.
            inside = self._opinion.layout()
            wrapped = inside.totalMinimumHeightForWidth(side) if inside and inside.hasHeightForWidth() else 0
            wanted = self._opinion.minimumHeight(), self._opinion.minimumSizeHint().height(), wrapped
            room = self.height() - max(wanted)
            self._hints.fold(self._hints.full_height(side) > room)
            taken = max(min(self._hints.height_now(side), room), look.px(60))
            self._hint_scroll.setFixedHeight(taken)
            # A layout takes what wrapped words would like to have for what they need: of two parts that both want more
            # than half, the lower would be laid over the upper one.
            self._opinion.setMaximumHeight(max(self.height() - taken, *wanted))

    def _arrange(self, beside: bool) -> None:
        for part in (self._main_scroll, self._side, self._bar):
            part.setVisible(beside)
        # What height is left over goes to the parts, or it would stand empty above them.
        self._whole.setStretch(0, int(beside))
        self._whole.setStretch(1, int(not beside))
        if beside:
            self._main_scroll.setWidget(self._main)
            self._hint_scroll.setWidget(self._hints)
            self._side_column.addWidget(self._opinion, 1)
        else:
            self._main_scroll.takeWidget()
            self._hint_scroll.takeWidget()
            self._hints.fold(False)
            self._opinion.setMaximumHeight(_UNBOUND)
            self._stack.addWidget(self._main)
            self._stack.addWidget(self._hints)
            self._stack.addWidget(self._opinion)
        for widget in (self._main, self._hints, self._opinion):
            widget.show()


def ground(widget: QWidget, token: str) -> QWidget:
    """Give a widget one of the grounds of the style sheet."""
    widget.setProperty("ground", token)
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return widget


def _scroll() -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
