"""The forms that are sent again and again, as a table: cycle, last sent, next period and its day, how it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from paizhu.rules import periods
from paizhu.services.form_schedule import CYCLES, Plan
from paizhu.ui.icons import Shape
from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.kit.guard import Guarded
from paizhu.ui.kit.roles import Mark, MarkRole, Tone

COLUMNS = (
    Column("name", "表样", 230, stretches=True),
    Column("cycle", "周期", 70),
    Column("last", "上次报出", 170, rank=1),
    Column("period", "下一期", 110),
    Column("due", "报出限期", 100),
    Column("state", "状态", 150, CellKind.STATUS),
)
_Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole


class PlanModel(Guarded, QAbstractTableModel):
    """The most urgent first; the state is a shape with its words."""

    def __init__(self) -> None:
        super().__init__()
        self._plans: list[Plan] = []

    def show_plans(self, plans: Sequence[Plan]) -> None:
        """Show these."""
        self.beginResetModel()
        self._plans = list(plans)
        self.endResetModel()

    def plan(self, row: int) -> Plan | None:
        """Return the form in a row."""
        return self._plans[row] if 0 <= row < len(self._plans) else None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        """Return how many there are."""
        return 0 if parent.isValid() else len(self._plans)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:
        """Return the columns of the list."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """Return the words over a column."""
        if orientation is Qt.Orientation.Horizontal and role == _ROLE.DisplayRole:
            return COLUMNS[section].words
        return None

    def data(self, index: _Index, role: int = _ROLE.DisplayRole) -> Any:
        """Return the words or the mark of a cell."""
        plan, column = self._plans[index.row()], COLUMNS[index.column()]
        if role == MarkRole and column.key == "state":
            return standing(plan)
        words = _words(plan, column.key)
        match role:
            case _ROLE.DisplayRole | _ROLE.ToolTipRole:
                return words
            case _ROLE.AccessibleTextRole:
                return f"{column.words}：{words}"
        return None


def standing(plan: Plan) -> Mark:
    """Return how a form stands, as shape and words."""
    match plan.state:
        case "overdue":
            return Mark(Shape.DIAMOND, plan.standing.short, Tone.ACCENT)
        case "today" | "soon":
            return Mark(Shape.TRIANGLE, plan.standing.short, Tone.AMBER)
        case "sent":
            return Mark(Shape.TICK, "上期已报送", Tone.DONE)
        case _:
            return Mark(Shape.CIRCLE, "待填报" if plan.over else "未到期")


def _words(plan: Plan, key: str) -> str:
    match key:
        case "name":
            return plan.name
        case "cycle":
            return CYCLES[plan.cycle]
        case "last":
            if plan.last is None:
                return "还没有报出"
            return f"{periods.label(plan.last.period)}，{plan.last.at[5:10]} 报出"
        case "period":
            return periods.label(plan.period)
        case "due":
            return plan.due.isoformat()
        case _:
            return standing(plan).words
