"""The forms that are sent again and again, as a table: cycle, last sent, next period and its day, how it stands."""

from __future__ import annotations

from dataclasses import replace

from paizhu.rules import periods
from paizhu.services.forms.schedule import CYCLES, Plan
from paizhu.ui.icons import Shape
from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.kit.lines_model import Cells
from paizhu.ui.kit.roles import Mark, Tone


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


def _last(plan: Plan) -> str:
    if plan.last is None:
        return "还没有报出"
    return f"{periods.label(plan.last.period)}，{plan.last.at[5:10]} 报出"


_TOLD: tuple[Cells[Plan], ...] = (
    Cells(Column("name", "表样", 230, stretches=True), lambda plan: plan.name),
    Cells(Column("cycle", "周期", 70), lambda plan: CYCLES[plan.cycle]),
    Cells(Column("last", "上次报出", 200, rank=1), _last),
    Cells(Column("period", "下一期", 110), lambda plan: periods.label(plan.period)),
    Cells(Column("due", "报出限期", 100), lambda plan: plan.due.isoformat()),
    Cells(Column("state", "状态", 150, CellKind.STATUS), mark=standing),
)
CELLS = tuple(replace(each, tip=each.shown) for each in _TOLD)
"""The table is narrow beside the form: what is cut can be read whole."""
