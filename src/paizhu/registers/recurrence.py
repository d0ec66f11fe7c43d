"""Registers whose records come back by themselves, and what the next one takes over from the one before."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from paizhu.base.register import Register
from paizhu.base.rows import Values
from paizhu.registers.duty import DUTY, LASTING, begins_as

SERIES, BASE, DAY_OF_MONTH, REPEATS, OFF_DAY = "series", "base_due", "repeat_day", "repeats", "off_day"
"""Fields every such register has: first of the series, day before it was moved off a day off, its number in the
month, whether a next one comes, and which way it moves."""
MONTH_END = 31
"""A number no month is longer than: the last day of each."""


@dataclass(frozen=True, eq=False)
class Recurrence:
    """How the records of one register recur.

    ``months`` gives how far apart they lie, by the code of the ``frequency``. ``taken`` are the fields that define
    the series; a change of one of them may be meant for one occurrence or for all later ones. ``begin`` is the state
    a next occurrence stands in.
    """

    register: Register
    frequency: str
    due: str
    months: Mapping[str, int]
    taken: tuple[str, ...]
    begin: Callable[[Values], str]

    @property
    def definition(self) -> tuple[str, ...]:
        """Fields that may be changed for one occurrence or for all later ones."""
        return (*self.taken, self.due)


RECURRENCES: Mapping[str, Recurrence] = {
    DUTY.key: Recurrence(
        DUTY,
        "frequency",
        "due_date",
        {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12},
        (*LASTING, REPEATS, OFF_DAY),
        begins_as,
    )
}
