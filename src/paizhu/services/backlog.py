"""What old ledgers brought in long past: kept in sight in one line for each register, and never called done.

Nothing is hidden by this: the line counts as overdue, opens the oldest of these records, and gets shorter with every
one that is completed; on its own page each record still shows its clocks.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from paizhu import registers
from paizhu.base.dates import add_months
from paizhu.base.field import FieldKind
from paizhu.base.flow import Shape
from paizhu.base.register import Register
from paizhu.base.rows import Row

if TYPE_CHECKING:
    from paizhu.services.today import Task
    from paizhu.storage.vault import Vault

WHAT = "历史补录"
_MONTHS = 12
_DAYS = (FieldKind.DAY, FieldKind.MOMENT)


class Arrivals:
    """Knows from the journal on which day an imported record came in."""

    def __init__(self, vault: "Vault") -> None:
        self._vault = vault

    def seen(self, task: "Task", register: Register, row: Row) -> "Task":
        """Return the task, marked as old when it belongs into the line of the backlog."""
        if task.state != "overdue" or not row.source:
            return task
        came = self._came(register, row.id)
        return replace(task, old=True) if came and is_old(register, row, task.due, came) else task

    def _came(self, register: Register, record_id: int) -> date | None:
        with self._vault.read() as connection:
            found = connection.execute(
                "SELECT e.at FROM journal_change c JOIN journal_entry e ON e.id = c.entry_id "
                "WHERE c.kind = ? AND c.record_id = ? AND c.action = 'create' ORDER BY c.id LIMIT 1",
                (register.key, record_id),
            ).fetchone()
        return date.fromisoformat(found[0][:10]) if found else None


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
        if field.kind in _DAYS and not field.computed and field.name not in planned:
            value = row.values.get(field.name)
            if isinstance(value, date):
                yield date.fromisoformat(str(value)[:10])


def gathered(tasks: Iterable["Task"]) -> list["Task"]:
    """Return the tasks with those of the backlog gathered into one line for each register, under its oldest one."""
    shown: list[Task] = []
    old: dict[str, list[Task]] = {}
    for task in tasks:
        if task.old:
            old.setdefault(task.register, []).append(task)
        else:
            shown.append(task)
    for key, own in old.items():
        first = min(own, key=lambda task: (task.due, task.id))
        label = registers.register(key).label
        shown.append(
            replace(
                first,
                what=f"{WHAT}的{label}有 {len(own)} 项超期，逐件清理",
                action="",
                rule=None,
                source="",
                confidence="",
                explanation=f"旧台账补录时已过期限，其后已有办理、已办结或已过 {_MONTHS} 个月；打开的是其中最早的一件"
                f"“{first.what}”，补上日期或办结就会减少",
                count=len(own),
            )
        )
    return shown
