"""The lines of the day in their groups: deadline, task and why, register, one verb."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from paizhu import registers
from paizhu.services.deadlines import agenda
from paizhu.services.deadlines.task import Task
from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.kit.guard import Guarded
from paizhu.ui.kit.roles import (
    BoldRole,
    ButtonRole,
    Group,
    GroupRole,
    MarkRole,
    RowRole,
    SecondLineRole,
    Tone,
    ToneRole,
)
from paizhu.ui.register.words import deadline_mark, explanation

Index = QModelIndex | QPersistentModelIndex
GROUPS = (("overdue", "已超期"), ("today", "今天"), ("soon", "{days} 个工作日内"), ("later", "以后"))
COLUMNS = (
    Column("due", "期限", 214, CellKind.DEADLINE, least=164),
    Column("task", "要办的事", 420, stretches=True),
    Column("register", "台账", 100, rank=1),
    Column("verb", "", 136, CellKind.BUTTON),
)
_ROLE = Qt.ItemDataRole
_ROOT = QModelIndex()


class TodayModel(Guarded, QAbstractTableModel):
    """Tasks under the heads of their groups; a head is a row of its own that opens nothing."""

    columns: tuple[Column, ...] = COLUMNS

    def __init__(self, tasks: Sequence[Task], soon_days: int) -> None:
        super().__init__()
        self.lines: list[Task | Group] = []
        self.heads: list[int] = []
        groups: dict[str, list[Task]] = {state: [] for state, _words in GROUPS}
        for task in tasks:
            groups[task.standing.state].append(task)
        for state, words in GROUPS:
            if own := groups[state]:
                # A rule may warn earlier than the officer's own days: the head must not say less than its lines.
                warned = state == "soon" and any(task.standing.working_days_left > soon_days for task in own)
                head = words.format(days=soon_days) + ("，或已到提醒日" if warned else "")
                self.heads.append(len(self.lines))
                self.lines += [Group(head, f"{len(own)} 件"), *own]

    def task(self, row: int) -> Task | None:
        """Return the task in a line; None for the head of a group."""
        line = self.lines[row] if 0 <= row < len(self.lines) else None
        return line if isinstance(line, Task) else None

    def place_of(self, key: tuple[str, int, str]) -> int:
        """Return the line of a task by register, record and what it is; -1 when it is not there any more."""
        register, number, what = key
        for row, line in enumerate(self.lines):
            # The number first: there may be tens of thousands of lines, and hardly two of one record.
            if isinstance(line, Task) and line.id == number and (line.register, line.what) == (register, what):
                return row
        return -1

    def near(self, row: int) -> int:
        """Return the task nearest to a line, to stand there when the one in hand is done; -1 without tasks."""
        row = min(max(row, 0), len(self.lines) - 1)
        for far in range(len(self.lines)):
            for at in (row - far, row + far):
                if self.task(at):
                    return at
        return -1

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return tasks and heads."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """Return the words over a column."""
        if orientation is Qt.Orientation.Horizontal and role == _ROLE.DisplayRole:
            return self.columns[section].words
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let only tasks be selected, and the arrow keys pass over the heads."""
        if isinstance(self.lines[index.row()], Group):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """Return words and marks of a cell."""
        line = self.lines[index.row()]
        if isinstance(line, Group):
            return self._group_data(line, index.column(), role)
        return self._task_data(line, self.columns[index.column()].key, role)

    def _task_data(self, line: Task, key: str, role: int) -> Any:
        match role:
            case _ROLE.DisplayRole:
                return _words(line, key)
            case _ROLE.AccessibleTextRole:
                return f"{line.standing.words}，{task_words(line)}，{why(line)}"
            case _ROLE.ToolTipRole:
                return explanation(line) if key in ("due", "task") else None
            case _ if role == MarkRole and key == "due":
                return deadline_mark(line)
            case _ if role == SecondLineRole and key == "task":
                return self.second_line(line)
            case _ if role == BoldRole:
                return key == "task" and line.state == "overdue"
            case _ if role == ToneRole and key == "register":
                return Tone.DONE
            case _ if role == ButtonRole and key == "verb":
                return agenda.verb(line)
        return line if role == RowRole else None

    def second_line(self, task: Task) -> str:
        """Return the quiet words under a task."""
        return why(task)

    def _group_data(self, group: Group, column: int, role: int) -> Any:
        if role == GroupRole:
            return group if column == 0 else Group("")
        if role in (_ROLE.AccessibleTextRole, _ROLE.DisplayRole) and column == 0:
            return f"{group.words}，{group.note}"
        return None


class DayModel(TodayModel):
    """The tasks of one day for a narrow list: the day is said above it, how it stands before the reason."""

    columns: tuple[Column, ...] = (
        # Beside the month in large letters the words need the room of the button; Enter does the same.
        Column("task", "要办的事", 150, stretches=True),
        Column("verb", "", 136, CellKind.BUTTON, rank=1),
    )

    def second_line(self, task: Task) -> str:
        """Return how the task stands, and why."""
        return f"{task.standing.short} · {why(task)}"


def task_words(task: Task) -> str:
    """Return what is to be done at which record."""
    return f"{task.what}：{task.title}" if task.title and task.title not in task.what else task.what


def why(task: Task) -> str:
    """Return in one line why it is due."""
    number = f"{task.no}，" if task.no and task.no not in task.title else ""
    return f"{number}{task.explanation}"


def _words(task: Task, key: str) -> str:
    match key:
        case "due":
            return task.standing.words
        case "task":
            return task_words(task)
        case "register":
            return registers.register(task.register).label
    return agenda.verb(task)
