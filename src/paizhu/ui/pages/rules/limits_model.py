"""The time-limit table as rows: name and start, length, reminder, source, and how sure the number is."""

from __future__ import annotations

from paizhu.services.own_rules.time_limits import Entry
from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.kit.lines_model import Cells
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.pages.rules.how_sure import SET_HERE, how_sure


def mark(entry: Entry) -> Mark:
    """Return how sure a number is: shape and word."""
    return how_sure(entry.limit.confidence, SET_HERE.words if entry.override else "惯例")


def _start(entry: Entry) -> str:
    if entry.limit.unit in ("quarter", "half_year", "year", "annual") or entry.limit.length <= 0:
        return f"从{entry.limit.event}算"
    return f"{entry.limit.event}{'当日' if entry.limit.first_day_counts else '次日'}起"


CELLS: tuple[Cells[Entry], ...] = (
    Cells(
        Column("name", "事项和依据", 320, stretches=True),
        lambda entry: entry.limit.name,
        second=lambda entry: entry.limit.source,
        tip=lambda entry: "\n".join(filter(None, (entry.limit.name, entry.limit.source, entry.limit.note))),
    ),
    Cells(Column("span", "期限", 140, least=96), lambda entry: entry.span, second=_start),
    Cells(
        Column("lead", "提前提醒", 110, rank=2),
        lambda entry: f"{entry.limit.lead} 个工作日" if entry.limit.lead else "不提前",
        tone=Tone.DONE,
    ),
    Cells(Column("state", "核对", 124, CellKind.STATUS, least=78), mark=mark),
    Cells(Column("code", "编号", 64, rank=3), lambda entry: entry.limit.code, tone=Tone.DONE),
)
