"""What old ledgers brought in long past: kept in sight in one line for each register, and never called done.

Nothing is hidden by this: the line counts as overdue, opens the oldest of these records, and gets shorter with every
one that is completed; on its own page each record still shows its clocks.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from paizhu import registers
from paizhu.base.dates import add_months
from paizhu.base.flow import Shape
from paizhu.base.register import Register
from paizhu.base.rows import Row
from paizhu.services.deadlines.task import Task
from paizhu.services.matters import inactive

WHAT = "历史补录"
_MONTHS = 12


def seen(task: Task, register: Register, row: Row, came: str | None) -> Task:
    """Return the task, marked as old when it belongs into the line of the backlog; ``came`` is when it was imported."""
    if task.state != "overdue" or not row.source or came is None:
        return task
    return replace(task, old=True) if is_old(register, row, task.due, date.fromisoformat(came[:10])) else task


def is_old(register: Register, row: Row, due: date, came: date) -> bool:
    """Tell whether a clock had run out before its record came in, and the matter shows signs of having gone on.

    Signs are a settled state, something that happened after the due day, or twelve months gone by. A clock that ran
    out shortly before the import without any of these is a duty like every other.
    """
    if due >= came:
        return False
    if due < add_months(came, -_MONTHS):
        return True
    if register.flow and register.flow.state(row.state or register.flow.start).shape is Shape.DONE:
        return True
    return any(due < day <= came for day in _events(register, row))


def _events(register: Register, row: Row) -> Iterator[date]:
    """Yield the days on which something happened; days that were only planned or computed prove nothing."""
    planned = {limit.start for limit in register.limits if not limit.rule}
    for field in register.fields:
        if field.is_day and not field.computed and field.name not in planned:
            value = row.values.get(field.name)
            if isinstance(value, date):
                yield date.fromisoformat(str(value)[:10])


def gathered(tasks: Iterable[Task]) -> list[Task]:
    """Return the tasks with those of the backlog gathered into one line for each register, under its oldest one."""
    shown: list[Task] = []
    old: dict[tuple[str, bool], list[Task]] = {}
    for task in tasks:
        if task.old:
            old.setdefault((task.register, task.what == inactive.WHAT), []).append(task)
        else:
            shown.append(task)
    for (key, silent), own in old.items():
        first = min(own, key=lambda task: (task.due, task.id))
        label = registers.register(key).label
        if silent:
            what = f"{WHAT}的{label}有 {len(own)} 件补录后没有再登记"
            why = f"补录后一直没有新内容；打开的是其中最早的一件，{first.explanation}"
        else:
            what = f"{WHAT}的{label}有 {len(own)} 项超期，逐件清理"
            why = (
                f"旧台账补录时已过期限，其后已有办理、已办结或已过 {_MONTHS} 个月；打开的是其中最早的一件"
                f"“{first.what}”，补上日期或办结就会减少"
            )
        action = first.action if silent else ""
        shown.append(
            replace(
                first, what=what, action=action, rule=None, source="", confidence="", explanation=why, count=len(own)
            )
        )
    return shown
