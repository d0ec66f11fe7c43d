"""Painting of rows: ground, row line, selection bar, and what stands in a cell; no style sheet rules reach here."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from paizhu.ui import theme
from paizhu.ui.icons import line_pixmap
from paizhu.ui.kit.eliding import cut
from paizhu.ui.kit.gauge import paint_bar
from paizhu.ui.kit.guard import Guarded
from paizhu.ui.kit.pills import mark_width, paint_mark, paint_pill, pill_size
from paizhu.ui.kit.roles import (
    BoldRole,
    BoxRole,
    ButtonRole,
    Fold,
    FoldRole,
    Group,
    GroupRole,
    IconRole,
    LinkRole,
    Mark,
    MarkRole,
    NoteRole,
    Progress,
    ProgressRole,
    SecondLineRole,
    Tone,
    ToneRole,
)
from paizhu.ui.theme import Text

Index = QModelIndex | QPersistentModelIndex

BAR_WIDTH = 3
_FRAME_NEAR = 4
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_NUMBER = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class RowDelegate(Guarded, QStyledItemDelegate):
    """Plain words in a row: icon, words, a quiet note; two lines, a link or a box where the model says so."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hovered_row = -1
        self.told: Collection[int] | None = None
        """The roles the model has anything to say about; None lets every role be asked for."""

    def ask(self, index: Index, role: int) -> Any:
        """Return what the model says; what it never speaks of costs no way into it."""
        return index.data(role) if self.told is None or role in self.told else None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the ground of a cell and what is in it."""
        painter.save()
        try:
            group = self.ask(index, GroupRole)
            fold = self.ask(index, FoldRole)
            is_root = isinstance(fold, Fold) and fold.is_branch and not fold.level
            self.paint_ground(painter, option, index, is_group=is_root or isinstance(group, Group))
            inside = QRectF(_rect(option)).adjusted(theme.current().px(10), 0, -theme.current().px(8), -1)
            if isinstance(group, Group) and index.column() == 0 and group.words:
                _paint_group(painter, inside, group)
            else:
                self.paint_inside(painter, inside, index)
        finally:
            painter.restore()

    def paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, *, is_group: bool) -> None:
        """Paint ground, row line and, at the row's left end, the bar of a selected row."""
        look = theme.current()
        rect = _rect(option)
        selected = bool(_state(option) & QStyle.StateFlag.State_Selected)
        hovered = index.row() == self.hovered_row or bool(_state(option) & QStyle.StateFlag.State_MouseOver)
        ground = "sel" if selected else "surface2" if is_group else "hover" if hovered else ""
        if ground:
            painter.fillRect(rect, look.colour(ground))
        if not _ends_at_frame(_widget(option), rect):
            painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look.colour("line1"))
        if selected and _is_leftmost(_widget(option), index):
            painter.fillRect(QRect(rect.left(), rect.top(), BAR_WIDTH, rect.height()), look.colour("slate"))

    def paint_inside(self, painter: QPainter, inside: QRectF, index: Index) -> None:
        """Paint the words of a cell."""
        look = theme.current()
        second = self.ask(index, SecondLineRole)
        if name := self.ask(index, IconRole):
            side = look.px(16)
            drawing = line_pixmap(name, look.colour("ink2"), round(side * painter.device().devicePixelRatioF()))
            painter.drawPixmap(
                QRectF(inside.left(), inside.center().y() - side / 2, side, side), drawing, QRectF(drawing.rect())
            )
            inside = inside.adjusted(side + look.px(6), 0, 0, 0)
        if second:
            self._paint_two_lines(painter, inside, index, str(second))
        else:
            self.paint_words(painter, inside, index)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of the row; widths are the view's matter."""
        heights = theme.current().heights
        return QSize(0, heights.two_line_row if self.ask(index, SecondLineRole) else heights.row)

    def needed_width(self, index: Index) -> int:
        """Return how wide a cell would have to be to show everything."""
        metrics = QFontMetrics(self._words_font(index))
        return metrics.horizontalAdvance(_words(index)) + theme.current().px(18)

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """Show the model's tooltip, else the full text of a cell that is cut."""
        words = index.data(Qt.ItemDataRole.ToolTipRole)
        if not words and index.isValid() and self.needed_width(index) > _rect(option).width():
            words = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        QToolTip.showText(event.globalPos(), str(words or ""), view)
        return bool(words)

    def paint_words(
        self, painter: QPainter, inside: QRectF, index: Index, alignment: Qt.AlignmentFlag = _MIDDLE
    ) -> None:
        """Paint words, cut where they do not fit, and the quiet note behind them."""
        look = theme.current()
        font = self._words_font(index)
        link = bool(self.ask(index, LinkRole))
        if link:
            font = QFont(font)
            font.setUnderline(True)
        metrics = QFontMetrics(font)
        words = cut(metrics, _words(index), int(inside.width()) + 1)
        box = self.ask(index, BoxRole)
        if isinstance(box, Tone):
            _paint_box(painter, inside, metrics.horizontalAdvance(words), box)
        painter.setFont(font)
        painter.setPen(self._ink(index))
        painter.drawText(inside, alignment, words)
        if note := self.ask(index, NoteRole):
            painter.setFont(look.font(Text.SECONDARY))
            painter.setPen(look.colour("ink2"))
            rest = inside.adjusted(metrics.horizontalAdvance(words) + look.px(8), 0, 0, 0)
            small = QFontMetrics(look.font(Text.SECONDARY))
            painter.drawText(rest, _MIDDLE, cut(small, str(note), max(int(rest.width()), 0)))

    def _paint_two_lines(self, painter: QPainter, inside: QRectF, index: Index, second: str) -> None:
        look = theme.current()
        font, small = self._words_font(index), look.font(Text.SECONDARY)
        metrics, small_metrics = QFontMetrics(font), QFontMetrics(small)
        top = inside.center().y() - (metrics.height() + small_metrics.height()) / 2
        room = int(inside.width()) + 1
        painter.setFont(font)
        painter.setPen(self._ink(index))
        first = QRectF(inside.left(), top, inside.width() + 1, metrics.height())
        painter.drawText(first, _MIDDLE, cut(metrics, _words(index), room))
        painter.setFont(small)
        painter.setPen(look.colour("ink2"))
        below = QRectF(inside.left(), first.bottom(), inside.width() + 1, small_metrics.height())
        painter.drawText(below, _MIDDLE, cut(small_metrics, second, room))

    def _words_font(self, index: Index) -> QFont:
        return theme.current().font(bold=bool(self.ask(index, BoldRole)))

    def _ink(self, index: Index) -> QColor:
        tone = self.ask(index, ToneRole)
        if self.ask(index, LinkRole):
            return theme.current().colour("slate")
        return theme.current().colour(tone.value if isinstance(tone, Tone) else "ink")


class CountDelegate(RowDelegate):
    """Numbers at the right edge."""

    def paint_inside(self, painter: QPainter, inside: QRectF, index: Index) -> None:
        """Paint the number, or a mark where that matters more."""
        mark = self.ask(index, MarkRole)
        if isinstance(mark, Mark):
            paint_mark(painter, inside.adjusted(max(inside.width() - mark_width(mark) - 1, 0), 0, 0, 0), mark)
        else:
            self.paint_words(painter, inside, index, _NUMBER)


class StatusDelegate(RowDelegate):
    """A state in a pill; words alone where there is no `Mark`."""

    def paint_inside(self, painter: QPainter, inside: QRectF, index: Index) -> None:
        """Paint the pill."""
        mark = self.ask(index, MarkRole)
        if isinstance(mark, Mark):
            paint_pill(painter, inside, mark)
        else:
            super().paint_inside(painter, inside, index)

    def needed_width(self, index: Index) -> int:
        """Return how wide the whole pill is."""
        mark = self.ask(index, MarkRole)
        edges = theme.current().px(18)
        return pill_size(mark).width() + edges if isinstance(mark, Mark) else super().needed_width(index)


class DeadlineDelegate(RowDelegate):
    """Shape and words of a deadline, bold when it is near or past; narrow cells drop the date, never the words."""

    def paint_inside(self, painter: QPainter, inside: QRectF, index: Index) -> None:
        """Paint shape and words."""
        mark = self.ask(index, MarkRole)
        if isinstance(mark, Mark):
            paint_mark(painter, inside, mark)
        else:
            super().paint_inside(painter, inside, index)

    def needed_width(self, index: Index) -> int:
        """Return how wide the longer words are."""
        mark = self.ask(index, MarkRole)
        edges = theme.current().px(18)
        return mark_width(mark) + edges if isinstance(mark, Mark) else super().needed_width(index)


class ProgressDelegate(RowDelegate):
    """A bar and `done / total`."""

    def paint_inside(self, painter: QPainter, inside: QRectF, index: Index) -> None:
        """Paint the bar, then the figures."""
        progress = self.ask(index, ProgressRole)
        if not isinstance(progress, Progress):
            super().paint_inside(painter, inside, index)
            return
        look = theme.current()
        figures = f"{progress.done} / {progress.total}"
        metrics = QFontMetrics(look.font())
        needed = max(metrics.horizontalAdvance("00 / 00"), metrics.horizontalAdvance(figures))
        bar_width = max(inside.width() - needed - look.px(6), 0)
        if bar_width > look.px(20):
            bar = QRectF(inside.left(), inside.center().y() - look.px(4), bar_width, look.px(8))
            paint_bar(painter, bar, progress.share)
            inside = inside.adjusted(bar_width + look.px(4), 0, 0, 0)
        painter.setPen(look.colour("ink"))
        painter.setFont(look.font())
        painter.drawText(inside, _MIDDLE, figures)


class ButtonDelegate(RowDelegate):
    """One small button at the right end of the row; pressing it gives the index, as Enter on the row does."""

    pressed = Signal(QModelIndex)

    def paint_inside(self, painter: QPainter, inside: QRectF, index: Index) -> None:
        """Paint the button as the style sheet would."""
        words = self.ask(index, ButtonRole)
        if not words:
            super().paint_inside(painter, inside, index)
            return
        look = theme.current()
        place = _button_place(inside, str(words))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("field"), 1))
        painter.setBrush(look.colour("surface"))
        painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(look.colour("ink"))
        painter.setFont(look.font(Text.SECONDARY))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(words))

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        """Press the button under the pointer."""
        words = self.ask(index, ButtonRole)
        if words and isinstance(event, QMouseEvent) and event.type() is QEvent.Type.MouseButtonRelease:
            inside = QRectF(_rect(option)).adjusted(theme.current().px(10), 0, -theme.current().px(8), -1)
            if _button_place(inside, str(words)).contains(event.position()):
                self.pressed.emit(index)
                return True
        return super().editorEvent(event, model, option, index)

    def needed_width(self, index: Index) -> int:
        """Return the room the button takes."""
        words = str(self.ask(index, ButtonRole) or "")
        return int(_button_place(QRectF(), words).width()) + theme.current().px(18)


# The published types leave out what a style option inherits from QStyleOption.
def _rect(option: QStyleOptionViewItem) -> QRect:
    return cast(QRect, cast(Any, option).rect)


def _state(option: QStyleOptionViewItem) -> QStyle.StateFlag:
    return cast(QStyle.StateFlag, cast(Any, option).state)


def _widget(option: QStyleOptionViewItem) -> QWidget | None:
    return cast("QWidget | None", cast(Any, option).widget)


def _button_place(inside: QRectF, words: str) -> QRectF:
    look = theme.current()
    width = QFontMetrics(look.font(Text.SECONDARY)).horizontalAdvance(words) + look.px(20)
    height = look.heights.small_button
    return QRectF(inside.right() - width, inside.center().y() - height / 2, width, height)


def _ends_at_frame(widget: QWidget | None, row: QRect) -> bool:
    """Tell whether a row ends where the frame round its table does, whose line is then the row's as well."""
    if not isinstance(widget, QTableView) or row.bottom() < widget.viewport().height() - _FRAME_NEAR:
        return False
    return bool(widget.property("frame") == "box")


def _is_leftmost(widget: QWidget | None, index: Index) -> bool:
    if isinstance(widget, QTableView):
        # A place of nothing: the first column may be hidden for want of room.
        return widget.horizontalHeader().sectionPosition(index.column()) == 0 or bool(index.data(GroupRole))
    return False


def _words(index: Index) -> str:
    """Return the words of a cell in one line: a second one would be painted across the row's edge."""
    return str(index.data(Qt.ItemDataRole.DisplayRole) or "").replace("\n", " ")


def _paint_group(painter: QPainter, inside: QRectF, group: Group) -> None:
    look = theme.current()
    bold = look.font(Text.SECONDARY, bold=True)
    painter.setFont(bold)
    painter.setPen(look.colour("ink"))
    painter.drawText(inside, _MIDDLE, group.words)
    painter.setFont(look.font(Text.SECONDARY))
    painter.setPen(look.colour("ink2"))
    width = QFontMetrics(bold).horizontalAdvance(group.words)
    painter.drawText(inside.adjusted(width + look.px(8), 0, 0, 0), _MIDDLE, group.note)


def _paint_box(painter: QPainter, inside: QRectF, width: int, tone: Tone) -> None:
    look = theme.current()
    fill, line = ("accent_soft", "accent") if tone is Tone.ACCENT else ("amber_soft", "amber")
    height = QFontMetrics(look.font()).height() + 4
    place = QRectF(inside.left() - 6, inside.center().y() - height / 2, width + 12, height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.colour(line), 1))
    painter.setBrush(look.colour(fill))
    painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
