"""What a plan of an import says: how rows come out, what is known of a table, and how its rows divide."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from paizhu.base.numbers import chinese_number
from paizhu.base.rows import Values
from paizhu.documents.tables.column_match import Matching
from paizhu.documents.tables.frame import Given
from paizhu.services.importing.read import CellProblem

_YEAR = re.compile(r"((?:19|20)\d{2}|[一二][〇零○O0九][〇零○一二三四五六七八九]{2})(?=\s*年)")
NEW, CHANGED, SAME, DOUBTFUL, REFUSED = "new", "changed", "same", "doubtful", "refused"
OUTCOMES = (NEW, CHANGED, SAME, DOUBTFUL, REFUSED)


@dataclass(frozen=True, slots=True)
class TableFacts:
    """What is known of a table before its rows are planned.

    ``known`` are the registers whose words the header was looked for with, all of them when empty; ``given`` is the
    frame set by hand; ``remembered`` says that the columns are matched as in an earlier import; ``keep_filled`` that
    an empty cell leaves alone what the record holds; ``typed_now`` that the cells are no ledger but were typed, or
    copied from elsewhere, just now.
    """

    sheet: str
    header_rows: tuple[int, ...]
    above: tuple[str, ...] = ()
    fingerprint: str = ""
    matching: Matching | None = field(default=None, repr=False)
    given: Given | None = None
    known: tuple[str, ...] = ()
    remembered: bool = False
    certain: bool = True
    keep_filled: bool = False
    typed_now: bool = False

    @property
    def reference(self) -> date | None:
        """The day from which a date without year is understood, by the year over the table; None asks neighbours."""
        for words in (*self.above, self.sheet):
            if found := _YEAR.search(words):
                said = found[1].replace("O", "〇")
                year = int(said) if said.isdecimal() else chinese_number(said.replace("0", "〇"))
                return date(year, 12, 31) if year else None
        return None


@dataclass(frozen=True, slots=True)
class Said:
    """What the officer says of a table otherwise than it was planned; what is left out stays.

    ``mapping`` names the field of columns by their letters, an empty one keeps the words beside the record; without
    any the columns are matched as recognised. ``given`` is a frame set by hand, ``keep_filled`` what empty cells mean.
    """

    register: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)
    given: Given | None = None
    keep_filled: bool | None = None


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row of the plan as windows and commands show it; ``before`` holds old values of a changed record.

    ``candidates`` are the records a doubtful row may be meant for, another row of the sheet as its number below zero;
    ``own`` is the one our own export named.
    """

    row: int
    outcome: str
    id: int | None
    values: Values
    before: Values
    problems: tuple[CellProblem, ...]
    extra: Mapping[str, str]
    raw: Sequence[Any]
    candidates: tuple[int, ...] = ()


def warning(code: str, message: str, severity: str = "warning") -> CellProblem:
    """Return what is to be said of a row as a whole; an error is said the same way."""
    return CellProblem("", "", "", code, message, severity)


@dataclass(frozen=True, slots=True)
class Tally:
    """How the rows of a table divide; the parts add up to the total. ``left`` were left out by the officer."""

    ready: int
    look: int
    same: int
    doubtful: int
    refused: int
    skipped: int
    left: int = 0

    @property
    def total(self) -> int:
        """All rows with content under the header."""
        return self.ready + self.look + self.same + self.doubtful + self.refused + self.skipped + self.left

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.ready + other.ready,
            self.look + other.look,
            self.same + other.same,
            self.doubtful + other.doubtful,
            self.refused + other.refused,
            self.skipped + other.skipped,
            self.left + other.left,
        )


NO_ROWS = Tally(0, 0, 0, 0, 0, 0)
