"""责任清单 as a tree: the three responsibilities, each item with its periods done, its next day and missing papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import ClassVar

from paizhu.base.dates import short_day
from paizhu.base.rows import Row
from paizhu.base.view import DUE, Condition, Test, View
from paizhu.registers.duty import DUTY
from paizhu.rules import duty_progress, limits
from paizhu.services.duties.tree import OPEN_FIRST, Duties
from paizhu.services.office import Office
from paizhu.services.outline import Branch
from paizhu.ui.icons import Shape
from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.kit.roles import Mark, Progress, Tone
from paizhu.ui.register.columns import columns_of
from paizhu.ui.register.outline import Cell, Chip, Outline
from paizhu.ui.register.words import standing_mark, state_mark

PROGRESS, EVIDENCE = "~progress", "~evidence"
PENDING_WORDS = "待报进展"


class DutyOutline(Outline):
    """Counts come from the services; what is amber here blocks a report of completion."""

    order = OPEN_FIRST
    sorts: ClassVar[Mapping[str, str]] = {DUE: "due_date", PROGRESS: "done_at", EVIDENCE: "evidence"}
    unit = "项"
    pages = (("duty-year", "按上年清单建立新一年的清单…"),)

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self._duties = Duties(office.desk)
        self.columns = _columns()

    def branches(self, view: View) -> list[Branch]:
        """Return the three roots and the members of the team."""
        return self._duties.branches(view)

    def branch_words(self, branch: Branch) -> str:
        """Name a root with its number of items, a member with his portfolio."""
        return f"{branch.words}（{branch.total} 项）" if branch.level == 0 else f"{branch.words} {branch.note}".strip()

    def branch_cell(self, branch: Branch, key: str) -> Cell | None:
        """Show how many items of a branch are done."""
        return Cell(progress=Progress(branch.done, branch.total)) if key == PROGRESS else None

    def done_words(self, branches: Sequence[Branch]) -> str:
        """Add up what the bars of the roots say."""
        return f"完成 {sum(branch.done for branch in branches if not branch.level):,} 项"

    def chips(self) -> Sequence[Chip]:
        """Return the items that a report is wanted for, and those that lack papers."""
        pending, lacking = self._duties.wanting()
        wanted = (("pending", PENDING_WORDS, pending), ("lacking", "缺佐证", lacking))
        return tuple((key, words, (Condition("id", Test.ONE_OF, ids),)) for key, words, ids in wanted)

    def facts(self, rows: Sequence[Row], today: date) -> Mapping[int, Mapping[str, Cell]]:
        """Return progress, state, day and papers of items."""
        desk = self.office.desk
        ahead = int(desk.setting("soon_days"))
        found = self._duties.standings(rows, today)
        return {
            row.id: {
                PROGRESS: Cell(progress=Progress(found[row.id].done, found[row.id].total)),
                "state": _state(row, found[row.id]),
                DUE: self._due(row, found[row.id], today, ahead),
                EVIDENCE: evidence_cell(found[row.id]),
            }
            for row in rows
        }

    def _due(self, row: Row, standing: duty_progress.Progress, today: date, ahead: int) -> Cell:
        if standing.ended:
            done = row.values.get("done_at")
            return Cell(f"{short_day(done, today).split()[0]} 完成" if isinstance(done, date) else "—", tone=Tone.QUIET)
        if standing.due is None:
            return Cell("长期" if row.values.get("frequency") == "ad_hoc" else "—", tone=Tone.QUIET)
        counted = limits.standing(standing.due, today, self.office.desk.calendar, ahead)
        name = f"{standing.current.name}：" if standing.current and standing.total > 1 else ""
        return Cell(mark=standing_mark(counted), tip=f"{name}{standing.due.isoformat()}，{counted.short}")


def _state(row: Row, standing: duty_progress.Progress) -> Cell:
    mark = state_mark(DUTY, row.state)
    late = mark is not None and mark.tone in (Tone.ACCENT, Tone.AMBER)
    if standing.pending and not late:
        return Cell(mark=Mark(Shape.TRIANGLE, PENDING_WORDS, Tone.AMBER))
    return Cell(mark=mark)


def evidence_cell(standing: duty_progress.Progress) -> Cell:
    """Return the papers of an item against those that are wanted by now."""
    wanted, lacking = len(standing.owed), len(standing.lacking)
    names = "、".join(period.name for period in standing.lacking)
    if lacking and not standing.ended:
        tip = f"还缺：{names}" if standing.total > 1 else "还没有佐证材料"
        return Cell(mark=Mark(Shape.SQUARE, f"缺 {lacking} 份", Tone.AMBER), tip=tip)
    if not wanted and not standing.files:
        return Cell("—", tone=Tone.QUIET)
    if lacking:
        return Cell(f"缺 {lacking} 份", tone=Tone.QUIET, tip="办结时没有留佐证材料")
    return Cell(f"{standing.files} / {max(wanted, standing.files)}", tip="已有 / 应有", icon="clip")


def _columns() -> tuple[Column, ...]:
    listed = {column.key: column for column in columns_of(DUTY, deadlines=True)}
    shown = [
        replace(
            listed.pop("content"), words="责任事项", kind=CellKind.TREE, width=236, least=200, rank=0, stretches=True
        ),
        replace(listed.pop("owner"), width=100, rank=4),
        Column(PROGRESS, "进度", 112, CellKind.PROGRESS, rank=2, least=84),
        replace(listed.pop("state"), width=118),
        replace(listed.pop(DUE), width=224, least=128),
        Column(EVIDENCE, "佐证", 84, CellKind.DEADLINE, rank=3),
    ]
    return (*shown, *(replace(column, shown=False, stretches=False) for column in listed.values()))
