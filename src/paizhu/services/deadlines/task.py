"""One thing to do, as lists, cards, papers and workbooks are given it."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from paizhu import registers
from paizhu.base.field import Sens
from paizhu.base.register import Register
from paizhu.base.rows import Row
from paizhu.rules import limits


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: at which record, by when, why, and what to press."""

    register: str
    id: int
    no: str
    title: str
    what: str
    due: date
    standing: limits.Standing
    action: str
    rule: str | None = None
    explanation: str = ""
    source: str = ""
    confidence: str = ""
    row: int = 0
    """The row under the record that carries the clock, where it is not the record itself."""
    original: date | None = None
    """The day before an extension was granted; statistics count by it."""
    old: bool = False
    """Brought in from an old ledger and past before that day: see `backlog`."""
    count: int = 1
    """How many clocks stand behind this line."""

    @property
    def state(self) -> str:
        """overdue, today, soon or later."""
        return self.standing.state

    @property
    def overdue(self) -> bool:
        """Tell whether its day has passed."""
        return self.state == "overdue"

    @property
    def due_today(self) -> bool:
        """Tell whether today is its last day."""
        return self.state == "today"


def open_title(register: Register, row: Row) -> str:
    """Return the words that name a record where anyone may see them; class P4 never stands there."""
    return row.no if _secret_title(register) else register.title_of(row)


def words_outside(task: Task) -> str:
    """Return what is to do as paper and workbook may say it: a clock of class P4 tells of the register alone.

    That somebody is owed an answer says that he gave his name.
    """
    register = registers.register(task.register)
    if task.what in _of_p4(register):
        return f"办理{register.label}"
    return task.what


@cache
def _of_p4(register: Register) -> frozenset[str]:
    """Return the words of the clocks that a field of class P4 starts or stops."""
    return frozenset(
        limit.what
        for limit in register.limits
        if any(register.field(name).sens is Sens.P4 for name in (limit.start, *limit.until))
    )


@cache
def _secret_title(register: Register) -> bool:
    return any(register.field(name).sens is Sens.P4 for name in register.title)
