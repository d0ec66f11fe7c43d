"""A list of what is due, as the page of the day and the month of deadlines show it."""

from __future__ import annotations

from collections.abc import Sequence

from paizhu.services.deadlines import agenda
from paizhu.services.deadlines.task import Task
from paizhu.ui.context import Context
from paizhu.ui.kit.chips import Chip
from paizhu.ui.kit.table_view import RegisterTable, RowHeight
from paizhu.ui.pages.day.today_model import TodayModel

ALL = "all"
Line = tuple[str, int, str]
"""What a line is known by when the list is made anew: register, record, and what is due."""


class TaskTable(RegisterTable):
    """Enter, a double click and the button of a line ask for its record, at the step the line is about."""

    def __init__(self, name: str, context: Context) -> None:
        super().__init__(name, row=RowHeight.TWO_LINES)
        self._context = context
        self.horizontalHeader().hide()
        self.setSelectionMode(RegisterTable.SelectionMode.SingleSelection)
        self.opened.connect(self.open_line)
        self.button_pressed.connect(self.open_line)

    def show_tasks(self, made: TodayModel, line: Line | None, near: int = 0) -> None:
        """List other tasks, standing at a line; where it is gone, at the task nearest to a row."""
        before = self.model()
        made.setParent(self)
        self.show_model(made, made.columns)
        self.span_groups()
        if before:
            before.deleteLater()
        row = made.place_of(line) if line else -1
        self.go_to(row if row >= 0 else made.near(near))

    def task(self, row: int) -> Task | None:
        """Return the task in a row; None for the head of a group."""
        model = self.model()
        return model.task(row) if isinstance(model, TodayModel) else None

    def current(self) -> Task | None:
        """Return the task in hand."""
        return self.task(self.currentIndex().row())

    def line(self) -> Line | None:
        """Return the line in hand."""
        task = self.current()
        return (task.register, task.id, task.what) if task else None

    def stand_at(self, line: Line) -> None:
        """Stand at a line, if it is listed."""
        model = self.model()
        if isinstance(model, TodayModel):
            self.go_to(model.place_of(line))

    def open_line(self, row: int) -> bool:
        """Ask for the record of a line; False where there is none."""
        task = self.task(row)
        if task is None:
            return False
        self._context.events.begin_asked.emit(task.register, task.id, task.action, task.row)
        return True


def kind_chips(tasks: Sequence[Task]) -> list[Chip]:
    """Return the chips by kind of work, with how many of the tasks each stands for."""
    counts = dict.fromkeys((each.key for each in agenda.KINDS), 0)
    for task in tasks:
        counts[agenda.kind_of(task.register)] += 1
    return [Chip(ALL, "全部", len(tasks)), *(Chip(each.key, each.label, counts[each.key]) for each in agenda.KINDS)]


def of_kind(tasks: Sequence[Task], kind: str) -> list[Task]:
    """Return the tasks of one kind of work, or all of them."""
    if kind in ("", ALL):
        return list(tasks)
    return [task for task in tasks if agenda.kind_of(task.register) == kind]


def kind_words(kind: str) -> str:
    """Return the words of a kind of work; nothing for all of them."""
    return next((each.label for each in agenda.KINDS if each.key == kind), "")
