"""The list of matters as the table shows it: title, stage, nearest deadline; chips and words narrow it down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from paizhu.base.dates import short_day
from paizhu.base.text import folded
from paizhu.services.matters import CLOSED, HELD, OPEN, Line
from paizhu.ui.icons import Shape
from paizhu.ui.kit.chips import Chip
from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.kit.guard import Guarded
from paizhu.ui.kit.roles import Mark, MarkRole, RowRole, Tone, ToneRole
from paizhu.ui.register.words import deadline_mark, explanation

COLUMNS = (
    Column("title", "案件（线索）", width=180, stretches=True),
    Column("stage", "阶段", width=92, kind=CellKind.STATUS),
    Column("due", "最近时限", width=150, kind=CellKind.DEADLINE, least=144),
    Column("no", "编号", width=130, rank=1, shown=False),
)
ALL, TODAY, OVERDUE = "all", "today", "overdue"
_SHAPES = {HELD: (Shape.BARS, Tone.PLAIN), CLOSED: (Shape.TICK, Tone.DONE), OPEN: (Shape.HALF, Tone.PLAIN)}
_ROLE = Qt.ItemDataRole
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class AcrossModel(Guarded, QAbstractTableModel):
    """Holds all matters and shows those a chip and words leave."""

    def __init__(self) -> None:
        super().__init__()
        self.every: list[Line] = []
        self.lines: list[Line] = []
        self.facet, self.words, self.today = ALL, "", date.min

    def show_lines(self, lines: Sequence[Line], today: date) -> None:
        """Show these matters."""
        self.beginResetModel()
        self.every, self.today = list(lines), today
        self.lines = [line for line in self.every if self._fits(line)]
        self.endResetModel()

    def narrow(self, facet: str, words: str) -> None:
        """Show what a chip stands for, and of it what holds these words."""
        self.facet, self.words = facet, folded(words)
        self.show_lines(self.every, self.today)

    def chips(self) -> list[Chip]:
        """Return the chips with their counts; 已超期 stays away while nothing is."""
        counts = {key: sum(_of(key, line) for line in self.every) for key in (OPEN, OVERDUE, TODAY, HELD, CLOSED)}
        made = [Chip(ALL, "全部", len(self.every)), Chip(OPEN, "在办", counts[OPEN])]
        if counts[OVERDUE] or self.facet == OVERDUE:
            made.append(Chip(OVERDUE, "已超期", counts[OVERDUE], overdue=True))
        made += [Chip(TODAY, "今天到期", counts[TODAY]), Chip(HELD, "暂存待查", counts[HELD])]
        return [*made, Chip(CLOSED, "已办结", counts[CLOSED])]

    def place_of(self, register: str, record_id: int) -> int:
        """Return the line of a record, -1 when it is not shown; the line that opens it goes first."""
        key = (register, record_id)
        opening = next((at for at, line in enumerate(self.lines) if line.key == key), -1)
        return opening if opening >= 0 else next((at for at, line in enumerate(self.lines) if key in line.records), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of matters shown."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """Return the words over a column."""
        if orientation is Qt.Orientation.Horizontal and role == _ROLE.DisplayRole and 0 <= section < len(COLUMNS):
            return COLUMNS[section].words
        return None

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """Return words, marks and tooltips of a cell."""
        if not index.isValid() or not 0 <= index.row() < len(self.lines):
            return None
        line, key = self.lines[index.row()], COLUMNS[index.column()].key
        match role:
            case _ROLE.DisplayRole:
                return self._words(line, key)
            case _ROLE.AccessibleTextRole:
                return f"{COLUMNS[index.column()].words}：{self._words(line, key)}"
            case _ROLE.ToolTipRole:
                return self._tooltip(line, key)
            case _ if role == MarkRole:
                return self._mark(line, key)
            case _ if role == ToneRole:
                return Tone.DONE if key == "due" and not _presses(line) else None
            case _ if role == RowRole:
                return line
        return None

    def _fits(self, line: Line) -> bool:
        if self.facet != ALL and not _of(self.facet, line):
            return False
        return not self.words or self.words in folded(f"{line.title}{line.no}{line.stage}{line.state_words}")

    def _words(self, line: Line, key: str) -> str:
        if key == "due":
            if line.task and _presses(line):
                return deadline_mark(line.task).words
            day = short_day(line.ended_on, self.today).split()[0] if line.ended_on else ""
            return " ".join(word for word in (day, line.ended) if word) if line.standing != OPEN else "—"
        return {"title": line.title, "stage": line.stage, "no": line.no}[key]

    def _mark(self, line: Line, key: str) -> Mark | None:
        if key == "stage":
            shape, tone = _SHAPES[line.standing]
            return Mark(shape, line.stage, tone)
        if key == "due" and line.task and _presses(line):
            return deadline_mark(line.task)
        return None

    def _tooltip(self, line: Line, key: str) -> str | None:
        if key == "due" and line.task:
            return explanation(line.task)
        if key == "stage":
            return line.state_words
        return f"{line.no}\n{line.title}" if key == "title" and line.no else None


def _presses(line: Line) -> bool:
    """Tell whether the deadline is what counts: what was laid aside is quiet until its review comes near."""
    if line.task is None or line.standing == CLOSED:
        return False
    return line.standing == OPEN or line.task.state != "later"


def _of(facet: str, line: Line) -> bool:
    if facet == TODAY:
        return line.due_today
    return line.overdue if facet == OVERDUE else line.standing == facet
