"""The rows of a plan as they are kept: counted, listed and shown, without deciding anything about them."""

from collections.abc import Iterator, Sequence

from paizhu.base.register import Register
from paizhu.base.rows import Value
from paizhu.services.importing.facts import CHANGED, DOUBTFUL, NEW, OUTCOMES, REFUSED, SAME, PlannedRow, Tally
from paizhu.services.importing.read import CellProblem
from paizhu.storage import scratch
from paizhu.storage.scratch import Kept, Run, Scratch
from paizhu.storage.tables import Table, table
from paizhu.storage.vault import Vault


class PlannedRows:
    """The rows planned of one table for one register, in a scratch file of their own."""

    def __init__(self, vault: Vault, register: Register, found: Table) -> None:
        self.register = register
        self.skipped: list[tuple[int, str]] = []
        self._table = found
        self._scratch = Scratch(vault)

    def counts(self) -> dict[str, int]:
        """Return how many rows there are of every outcome."""
        found = self._scratch.counts()
        return {outcome: found.get(outcome, 0) for outcome in OUTCOMES}

    def with_problems(self) -> int:
        """Return how many rows have something to look at."""
        return self._scratch.with_problems()

    def tally(self) -> Tally:
        """Return how the rows divide; rows to be looked at are stored all the same."""
        found = self._scratch.tally()
        good = [found.get((outcome, False), 0) for outcome in (NEW, CHANGED)]
        look = [found.get((outcome, True), 0) for outcome in (NEW, CHANGED)]
        same, refused = (found.get((outcome, False), 0) + found.get((outcome, True), 0) for outcome in (SAME, REFUSED))
        # A doubtful row has something to be looked at until the officer leaves it out.
        doubtful, left = found.get((DOUBTFUL, True), 0), found.get((DOUBTFUL, False), 0)
        return Tally(sum(good), sum(look), same, doubtful, refused, len(self.skipped), left)

    def numbers(self, outcomes: Sequence[str] = (), problems_only: bool = False) -> list[int]:
        """Return the row numbers of some outcomes in the order of the sheet, for a list that reads what is seen."""
        return self._scratch.numbers(outcomes, problems_only)

    def numbers_with(self, code: str, outcome: str) -> list[int]:
        """Return the row numbers of an outcome with a problem of this kind; no row itself is read."""
        return self._scratch.numbers_with(code, outcome)

    def row(self, number: int) -> PlannedRow:
        """Return one row of the plan by its number in the sheet; KeyError when there is none."""
        return self._shown(self._kept(number))

    def rows(
        self, outcomes: Sequence[str] = (), offset: int = 0, limit: int = -1, problems_only: bool = False
    ) -> Iterator[PlannedRow]:
        """Yield rows of the plan in the order of the sheet."""
        for kept in self._scratch.rows(outcomes, offset, limit, problems_only):
            yield self._shown(kept)

    def kept(self, outcomes: Sequence[str]) -> Iterator[Kept]:
        """Yield rows as kept, for applying."""
        return self._scratch.rows(outcomes)

    def together(self, outcomes: Sequence[str]) -> Iterator[Kept | Run]:
        """Yield rows as kept, those that are kept by column as runs."""
        return self._scratch.together(outcomes)

    def drop(self) -> None:
        """Forget the plan."""
        self._scratch.drop()

    def _kept(self, number: int) -> Kept:
        kept = self._scratch.row(number)
        if kept is None:
            raise KeyError(number)
        return kept

    def _shown(self, kept: Kept) -> PlannedRow:
        made: dict[str, Value] = dict(scratch.unpacked(self._table, kept.body["values"]))
        made.update(dict.fromkeys(kept.body["emptied"]))
        for key, rows in kept.body["rows"].items():
            child = table(self.register, key)
            for name, value in scratch.unpacked(child, rows[0]).items():
                made[f"{key}.{name}"] = value
        return PlannedRow(
            kept.row,
            kept.outcome,
            kept.record_id,
            made,
            scratch.unpacked(self._table, kept.body["before"]),
            tuple(CellProblem(**problem) for problem in kept.body["problems"]),
            kept.body["extra"],
            kept.body["raw"],
            tuple(kept.body["candidates"]),
        )
