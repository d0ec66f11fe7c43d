"""The first column of a tree: set in by its depth, with the arrow of a branch; and which delegate paints which kind."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QTableView

from paizhu.ui import theme
from paizhu.ui.icons import line_pixmap
from paizhu.ui.kit.columns import CellKind
from paizhu.ui.kit.delegates import (
    ButtonDelegate,
    CountDelegate,
    DeadlineDelegate,
    Index,
    ProgressDelegate,
    RowDelegate,
    StatusDelegate,
)
from paizhu.ui.kit.roles import Fold, FoldRole, IconRole

_STEP, _ARROW = 20, 14


def arrow_end(level: int) -> int:
    """Return how far from the left edge of its cell the arrow of a branch reaches."""
    look = theme.current()
    return look.px(10) + level * look.px(_STEP) + look.px(_ARROW) + look.px(4)


class TreeDelegate(RowDelegate):
    """Words of a line of a tree behind the arrow of its branch."""

    def paint_inside(self, painter: QPainter, inside: QRectF, index: Index) -> None:
        """Paint arrow and words."""
        fold = self.ask(index, FoldRole)
        if not isinstance(fold, Fold):
            super().paint_inside(painter, inside, index)
            return
        look = theme.current()
        left = fold.level * look.px(_STEP)
        side = look.px(_ARROW)
        if fold.is_branch:
            name = "chevron-down" if fold.unfolded else "chevron-right"
            arrow = line_pixmap(name, look.colour("ink2"), round(side * painter.device().devicePixelRatioF()))
            place = QRectF(inside.left() + left, inside.center().y() - side / 2, side, side)
            painter.drawPixmap(place, arrow, QRectF(arrow.rect()))
        # Records have no arrow: a drawing takes its place, words begin where those of a branch on their level would.
        drawn = not fold.is_branch and self.ask(index, IconRole)
        super().paint_inside(painter, inside.adjusted(left + (0 if drawn else side + look.px(6)), 0, 0, 0), index)

    def needed_width(self, index: Index) -> int:
        """Return how wide arrow and words are."""
        fold = self.ask(index, FoldRole)
        level = fold.level if isinstance(fold, Fold) else 0
        drawn = theme.current().px(4) if self.ask(index, IconRole) else 0
        return super().needed_width(index) + arrow_end(level) + drawn


class NoteDelegate(CountDelegate):
    """The quiet words at the right end of a tree without heads; they may reach over what a short name leaves free."""

    def paint_inside(self, painter: QPainter, inside: QRectF, index: Index) -> None:
        """Paint the note with the room of both cells."""
        super().paint_inside(painter, inside.adjusted(-self.spare(index), 0, 0, 0), index)

    def spare(self, index: Index) -> int:
        """Return what the words of the tree leave free beside a note, in pixels."""
        view = self.parent()
        if not isinstance(view, QTableView):
            return 0
        header = view.horizontalHeader()
        before = header.logicalIndex(header.visualIndex(index.column()) - 1)
        beside = index.sibling(index.row(), before)
        tree = view.itemDelegateForColumn(before)
        if not isinstance(tree, TreeDelegate) or not beside.isValid():
            return 0
        return max(view.columnWidth(before) - tree.needed_width(beside), 0)


DELEGATES: dict[CellKind, type[RowDelegate]] = {
    CellKind.WORDS: RowDelegate,
    CellKind.STATUS: StatusDelegate,
    CellKind.DEADLINE: DeadlineDelegate,
    CellKind.PROGRESS: ProgressDelegate,
    CellKind.COUNT: CountDelegate,
    CellKind.BUTTON: ButtonDelegate,
    CellKind.TREE: TreeDelegate,
    CellKind.NOTE: NoteDelegate,
}
