"""The rows of a list on their way to the clipboard: of many, a few in each turn, and it is said when they are there."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, islice

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from paizhu.ui.kit.columns import CellKind
from paizhu.ui.kit.table_copy import Copied
from paizhu.ui.register.table_model import WINDOW, RegisterModel
from paizhu.ui.turns import Pieces, Spread, at_once

_MOST = 20_000
"""More than that no office program takes from the clipboard without halting; whoever needs all of them exports them."""
_UNFELT = WINDOW
"""So many rows are there before the key is let go."""


class RowCopy(QObject):
    """Copies rows of one list; asked again, it begins anew, and a list that shows other records meanwhile stops it."""

    told = Signal(str)
    """How it stands, for the officer; nothing is said of a few rows, which are there at once."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._work = Spread(self)
        self._of: RegisterModel | None = None

    def copy(self, model: RegisterModel, lines: Sequence[range], columns: Sequence[int], *, with_head: bool) -> None:
        """Put lines on the clipboard as they are shown, full dates, with the heads of these columns or without."""
        rows = list(islice(chain.from_iterable(lines), _MOST + 1))
        taken = [row for row in rows if model.records_among(row, row)]
        more = len(rows) > _MOST
        pieces = self._copying(model, taken[:_MOST], columns, with_head=with_head, more=more)
        if len(taken) <= _UNFELT:
            self._work.give_up()
            at_once(pieces)
            return
        if self._of is not model:
            self._of = model
            model.modelReset.connect(self._stop)
        self.told.emit(f"正在复制 {min(len(taken), _MOST):,} 行，复制好了会在这里说")
        self._work.begin(pieces)

    def _copying(
        self, model: RegisterModel, rows: Sequence[int], columns: Sequence[int], *, with_head: bool, more: bool
    ) -> Pieces:
        copied = Copied([model.columns[at].kind is CellKind.COUNT for at in columns])
        if with_head and rows:
            copied.add([_head(model, at) for at in columns])
        for row in rows:
            if model.is_locked:
                # The desk is being left: nothing of it may come to the clipboard any more.
                return
            copied.add([model.full_words(row, at) for at in columns])
            yield
        if not rows:
            return
        QGuiApplication.clipboard().setMimeData(copied.mime())
        if more:
            self.told.emit(f"已复制前 {len(rows):,} 行，其余的没有复制。要全部的，请用“导出”")
        elif len(rows) > _UNFELT:
            self.told.emit(f"已复制 {len(rows):,} 行，可以粘贴了")

    def _stop(self) -> None:
        if self._work:
            self._work.give_up()
            self.told.emit("列表里的内容变了，没有复制。请再复制一次")


def _head(model: RegisterModel, at: int) -> str:
    """Return what a column is called outside the window: there a head cut short would be another field's."""
    column = model.columns[at]
    return model.register.field(column.key).label if model.register.has(column.key) else column.words
