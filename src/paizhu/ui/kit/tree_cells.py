"""The first column of a tree: set in by its depth, with the arrow of a branch; and which delegate paints which kind."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

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
from paizhu.ui.kit.roles import Fold, FoldRole

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
        # Records have no arrow; their words begin where those of a branch on their level would.
        super().paint_inside(painter, inside.adjusted(left + side + look.px(6), 0, 0, 0), index)

    def needed_width(self, index: Index) -> int:
        """Return how wide arrow and words are."""
        fold = self.ask(index, FoldRole)
        level = fold.level if isinstance(fold, Fold) else 0
        return super().needed_width(index) + arrow_end(level)


DELEGATES: dict[CellKind, type[RowDelegate]] = {
    CellKind.WORDS: RowDelegate,
    CellKind.STATUS: StatusDelegate,
    CellKind.DEADLINE: DeadlineDelegate,
    CellKind.PROGRESS: ProgressDelegate,
    CellKind.COUNT: CountDelegate,
    CellKind.BUTTON: ButtonDelegate,
    CellKind.TREE: TreeDelegate,
}
