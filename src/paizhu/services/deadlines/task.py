"""One thing to do, as lists, cards, papers and workbooks are given it."""

from dataclasses import dataclass
from datetime import date
from functools import cache

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
    # The row under the record that carries the clock, where it is not the record itself.
    row: int = 0
    # The day before an extension was granted; statistics count by it.
    original: date | None = None
    # Brought in from an old ledger and past before that day: see `backlog`.
    old: bool = False
    # How many clocks stand behind this line.
    count: int = 1

    @property
    def state(self) -> str:
        """overdue, today, soon or later."""
        return self.standing.state


def open_title(register: Register, row: Row) -> str:
    """Return the words that name a record where anyone may see them; class P4 never stands there."""
    return row.no if _secret_title(register) else register.title_of(row)


@cache
def _secret_title(register: Register) -> bool:
    return any(register.field(name).sens is Sens.P4 for name in register.title)
