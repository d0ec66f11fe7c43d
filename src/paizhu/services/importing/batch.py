"""A whole file on its way in: what its plan says sheet by sheet, and what applying it came to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from paizhu.base.rows import Change
from paizhu.services.importing import plan_json as import_json
from paizhu.services.importing.facts import OUTCOMES
from paizhu.services.importing.plan import SheetPlan
from paizhu.services.importing.questions import Key


@dataclass
class Plan:
    """What an import would do, sheet by sheet; to be dropped when it was applied or given up.

    Where it came from (a file, or cells that were pasted) is kept so that a table can be planned again.
    """

    file: str
    sha256: str
    sheets: list[SheetPlan]
    unknown: list[str] = field(default_factory=list)
    proposed: dict[str, str] = field(default_factory=dict)
    """By unknown sheet with content, the register its cells speak for when it has no header; empty for none."""
    headers: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """By unknown sheet, the rows of a header that is plainly one and tells of no register."""
    path: Path | None = None
    password: str | None = field(default=None, repr=False)
    cells: Sequence[Sequence[str]] = field(default=(), repr=False)
    columns: Sequence[str] = ()
    """The order of the list the cells were pasted into."""
    keep_filled: bool = False

    @property
    def source(self) -> str:
        """The whole path of the file; for pasted cells what they are called."""
        return self.file if self.path is None else str(self.path)

    def counts(self) -> dict[str, int]:
        """Return the counts of all sheets together."""
        each = [sheet.counts() for sheet in self.sheets]
        return {outcome: sum(counts[outcome] for counts in each) for outcome in OUTCOMES}

    def waiting(self) -> int:
        """Return how many rows would change settled records and wait for a reason."""
        return sum(len(sheet.waiting()) for sheet in self.sheets)

    def correct(self, reason: str) -> None:
        """Let every such row go in, for one reason."""
        for sheet in self.sheets:
            sheet.correct(sheet.waiting(), reason)

    def as_json(self) -> dict[str, Any]:
        """Return the plan as plain data; ``unread`` names sheets no register was recognised in."""
        plain: dict[str, Any] = {"file": self.file, "sheets": [import_json.sheet(sheet) for sheet in self.sheets]}
        if self.unknown:
            plain["unread"] = list(self.unknown)
        return plain

    def drop(self) -> None:
        """Forget the plan; nothing of it was written into the vault."""
        for sheet in self.sheets:
            sheet.drop()


@dataclass(frozen=True, slots=True)
class Applied:
    """What an import did: its batch (the journal entry that undoes it), counts, and the record of each row."""

    batch: int
    counts: dict[str, int]
    ids: dict[tuple[str, int], int]
    change: Change
    made: Mapping[Key, int] = field(default_factory=dict)
    """Records made for names the roster did not know."""
