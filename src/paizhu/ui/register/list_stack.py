"""The rows of a list, or what stands in their place: the way in while there is no record, or what hides them all."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from paizhu.base.register import Register
from paizhu.ui.kit.button import Look, Offer
from paizhu.ui.kit.empty import EmptyState, NoMatch
from paizhu.ui.register.list_table import ListTable
from paizhu.ui.register.words import new_words


class ListStack(QStackedWidget):
    """Shows one of three: the table, the empty register, or filters that nothing passes."""

    acted = Signal(str)
    cleared = Signal()

    def __init__(self, register: Register, table: ListTable) -> None:
        super().__init__()
        self._register, self._table = register, table
        self.empty = EmptyState(
            f"还没有{register.label}记录",
            "可以从旧的登记表导入，也可以先登记一条。",
            [
                Offer("new", new_words(register), Look.PRIMARY, "plus"),
                Offer("import", "导入 Excel", icon="import"),
            ],
        )
        self.empty.acted.connect(self.acted)
        self.no_match = NoMatch()
        self.no_match.cleared.connect(self.cleared)
        for part in (table, self.empty, self.no_match):
            self.addWidget(part)

    @property
    def is_empty(self) -> bool:
        """Tell whether the way in stands in place of the rows."""
        return self.currentWidget() is self.empty

    def show_fitting(self, shown: int, narrowed: Sequence[str], every: Callable[[], int], *, live: bool) -> None:
        """Show the rows where there are any; else what narrows the list, and how many live records there are."""
        if shown:
            self.setCurrentWidget(self._table)
            return
        without = every()
        if without == 0 and live:
            self.setCurrentWidget(self.empty)
            return
        self.no_match.show_filters(list(narrowed) or ["全部"], f"{without} 条{self._register.label}")
        self.setCurrentWidget(self.no_match)
