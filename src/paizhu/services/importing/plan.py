"""The plan of an import: what every row of every table would do, to be looked at, mended and then applied.

Planning writes nothing into the vault; rows lie in an encrypted scratch file, so a ledger may be of any length.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from paizhu.base.bulk import many_rows
from paizhu.base.columns import gathered
from paizhu.base.errors import InvalidRecordError
from paizhu.base.register import Register
from paizhu.base.rows import Problem, Ref, Values
from paizhu.base.values import Reading
from paizhu.services.desk import Desk
from paizhu.services.importing.block import Block
from paizhu.services.importing.carried import Plans
from paizhu.services.importing.cells import cells_of
from paizhu.services.importing.completing import Completing
from paizhu.services.importing.deciding import EMPTIED, DecidedRows, Meant
from paizhu.services.importing.facts import CHANGED, REFUSED, PlannedRow, TableFacts
from paizhu.services.importing.identity import identities_of, identity_of, number_identity
from paizhu.services.importing.near import Beside, beside
from paizhu.services.importing.read import Column, RowRead
from paizhu.services.importing.rows import RowReader
from paizhu.services.importing.runs import run_of
from paizhu.services.importing.settled import CODE as SETTLED
from paizhu.services.importing.settled import SettledRows, is_held, let
from paizhu.services.linking import Roster
from paizhu.storage import scratch
from paizhu.storage.scratch import Kept, Run
from paizhu.storage.tables import table

_BATCH = 250
"""Rows planned and kept together. Who looks at one of them opens all, and the doubtful rows of a list may each lie in
another batch: the window does nothing else meanwhile. Larger ones are planned no faster."""

_ASKED = frozenset({"required", "check"})
"""Problems of a row as a whole, which what the record holds already may answer."""
Report = Callable[[int], None]
RawRow = tuple[int, list[Any], int | None]
"""Number in the sheet, cells from column A on, and the record's id where our own export wrote it."""


class SheetPlan(DecidedRows):
    """The plan of one table of one sheet for one register."""

    def __init__(
        self,
        desk: Desk,
        register: Register,
        columns: Sequence[Column],
        facts: TableFacts,
        parent: Register | None = None,
    ) -> None:
        super().__init__(desk, register, table(parent, register.key) if parent else table(register), columns, facts)
        self.parent = parent
        self.hidden_rows: tuple[int, ...] = ()
        self.hidden_columns: tuple[str, ...] = ()
        self.commented: tuple[str, ...] = ()
        self.unread_comments = False
        self.dittos = 0
        self.notes: tuple[str, ...] = ()
        self.first_row = 0
        self.last_row = 0
        self._roster = Roster(desk.vault)
        fed = {name for column in columns for name in column.names if not column.child}
        self._reader = RowReader(
            columns,
            Reading(facts.reference, add_working_days=desk.calendar.add_working_days, typed_now=facts.typed_now),
            desk.vault.seal,
            Completing(desk, register, self._roster, fed, below=parent is not None),
        )
        self.mended: dict[tuple[int, int], str] = {}
        self.answers: dict[tuple[str, str], Any] = {}
        self.reasons: dict[int, str] = {}
        """Why rows that change settled records go in, by their number."""
        # Where the ledger tells the planned day, that tells which plan is meant.
        self._plans = Plans(register)
        self._carries = self._plans.how is not None and self._plans.how.day not in self._named
        self._settled = SettledRows(desk, self._table)
        with many_rows():
            self._scratch.know(self._standing())

    # --- making ----------------------------------------------------------------------------------------------

    @many_rows()
    def fill(self, rows: Iterable[RawRow], report: Report) -> None:
        """Plan the rows of the table in order; ``report`` is told the row reached and may stop the work."""
        source = iter(rows)
        while batch := list(islice(source, _BATCH)):
            self._scratch.put(*self._plan(batch))
            if not self.first_row:
                self.first_row = batch[0][0]
            self.last_row = batch[-1][0]
            report(self.last_row)
        self._judge_again()

    def _put(self, number: int, cells: list[Any], own: int | None) -> PlannedRow:
        """Plan one row again, and with it those that its plan was taken from or left to."""
        self._scratch.put(*self._plan([(number, cells, own)]))
        self._judge_again()
        return self._shown(self._kept(number))

    def _judge_again(self) -> None:
        """Plan the rows again of which a later one told that the plan they took may be meant for it."""
        while numbers := sorted(self._plans.again):
            self._plans.again.clear()
            for at in range(0, len(numbers), _BATCH):
                kept = [self._kept(number) for number in numbers[at : at + _BATCH]]
                self._scratch.put(*self._plan([(each.row, cells_of(each), each.body["own"]) for each in kept]))

    @property
    def label(self) -> str:
        """The words for what the rows are: a register, or a kind of rows under one."""
        return f"{self.parent.label}：{self.register.label}" if self.parent else self.register.label

    @property
    def kind(self) -> str:
        """The code name of what the rows are."""
        return self._table.kind

    def _standing(self) -> Iterator[tuple[str, int]]:
        if self.parent is not None:
            return
        rows = iter(scratch.every_row(self._desk.vault, self.register.key))
        while some := list(islice(rows, _BATCH)):
            ids, columns = [row.id for row in some], gathered([row.values for row in some])
            keys = [(number_identity(row.values.get("no")), row.id) for row in some]
            keys += zip(identities_of(self.register, columns, len(ids)), ids, strict=True)
            yield from ((key, record_id) for key, record_id in keys if key)
            self.near.know(ids, columns)
            if self._carries:
                self._plans.know(ids, columns)

    def _plan(self, batch: Sequence[RawRow]) -> tuple[list[Kept], Run | None]:
        """Return rows as they are kept: by themselves those that have anything to be decided, the others as a run."""
        block = self._reader.read_all([(number, cells) for number, cells, _own in batch])
        block.apart = {at: self._completed(row, *batch[at][1:]) for at, row in block.apart.items()}
        numbers, identities = self._identities(block)
        wanted = [key for key in (*numbers, *identities) if key]
        standing, earlier = self._scratch.standing(wanted), self._scratch.earlier(wanted)
        said = self.near.said_by(block.columns, len(batch))
        kept: list[Kept] = []
        plain: list[int] = []
        for at, (row_number, cells, own) in enumerate(batch):
            number, identity = numbers[at] or "", identities[at] or ""
            targets = [own] if own else standing.get(number) or standing.get(identity) or []
            twin = earlier.setdefault(identity, row_number) if identity else row_number
            said_here = block.apart[at].values if at in block.apart else block.rows[at]
            plans = self._plans.meant(row_number, said_here) if self._carries and not (own or number or targets) else []
            if targets or plans or twin != row_number or at in block.apart or self.parent:
                earlier_row = twin if twin != row_number else None
                rivals = self._plans.rivals(row_number, plans[0]) if len(plans) == 1 else ()
                which = targets or plans
                meant = Meant(which, identity or None, earlier_row, own, carries=bool(plans), rivals=rivals)
                decided = self._decided(block.row(at), cells, meant)
                kept.append(self._settled.held(decided, self.reasons.get(row_number, "")))
            elif like := self.near.judge_said(row_number, said[at], ask=True):
                row = block.row(at)
                verdict = self._doubted(row, self._arrived(row.values), like)
                kept.append(self._kept_as(row, cells, verdict, identity or None))
            else:
                plain.append(at)
        return kept, self._run(block, identities, plain)

    def _identities(self, block: Block) -> tuple[list[str | None], list[str | None]]:
        """Return what tells the rows of a block from others: the running number, and what else identifies them."""
        identities = identities_of(self.register, block.columns, len(block.numbers))
        numbers = [number_identity(no) for no in block.columns.get("no", block.nothing)]
        for at, row in block.apart.items():
            numbers[at] = None if row.refused else number_identity(row.values.get("no"))
            identities[at] = None if row.refused else identity_of(self.register, row.values)
        return numbers, identities

    def _completed(self, row: RowRead, cells: Sequence[Any], own: int | None) -> RowRead:
        """Return the row; where it names a record that stands, what the sheet does not say is as it is there."""
        if not row.refused or any(each.severity == "error" and each.code not in _ASKED for each in row.problems):
            return row
        named = (
            own or next(iter(self._scratch.standing([number_identity(row.values.get("no")) or ""]).values()), [None])[0]
        )
        standing = self._read(named) if named else None
        return row if standing is None else self._reader.read(row.number, cells, standing.values)

    def _run(self, block: Block, identities: Sequence[str | None], places: Sequence[int]) -> Run | None:
        """Return the rows of a block that are new and have nothing to be decided, as they are kept."""
        if not places:
            return None
        flow, brought = self.register.flow, block.columns.get("state", block.nothing)
        states = [brought[at] or self._state(block.rows[at]) for at in places] if flow else ()
        return run_of(self._table, block, identities, states, places)

    # --- looking and mending ---------------------------------------------------------------------------------

    def mend(self, number: int, column: int, words: str) -> PlannedRow:
        """Plan a row again with other words in one cell (column from 0); the source file is never touched."""
        kept = self._kept(number)
        cells = cells_of(kept)
        cells += [""] * (column + 1 - len(cells))
        cells[column] = words
        self.mended[(number, column)] = words
        return self._put(number, cells, kept.body["own"])

    def names(self) -> Iterator[tuple[int, str, str]]:
        """Yield row, register and words of every name that stands for no record of the roster, or was asked about."""
        for kept in self._scratch.rows():
            for register, words in kept.body["names"]:
                yield kept.row, register, words

    def answer(self, register: str, words: str, ref: Ref | None, rows: Sequence[int]) -> None:
        """Take what these words mean and plan the rows they stand in again; None keeps them as written."""
        self._roster.answer(register, words, ref)
        for at in range(0, len(rows), _BATCH):
            kept = [self._kept(number) for number in rows[at : at + _BATCH]]
            self._scratch.put(*self._plan([(each.row, cells_of(each), each.body["own"]) for each in kept]))
        self._judge_again()

    def reconsider(self, number: int) -> PlannedRow:
        """Decide a row anew as it stands, taking back what was chosen for a doubtful one."""
        kept = self._kept(number)
        return self._put(number, cells_of(kept), kept.body["own"])

    def take(self, number: int, record_id: int | None = None) -> PlannedRow:
        """Decide a doubtful row: as a new record, or as this one."""
        kept = self._kept(number)
        cells = cells_of(kept)
        read = self._completed(self._reader.read(number, cells), cells, kept.body["own"])
        own = kept.body["own"] if record_id else None
        meant = Meant([record_id] if record_id else [], own=own, settled=True)
        decided = self._decided(read, cells, meant)
        self._scratch.put([self._settled.held(decided, self.reasons.get(number, ""))])
        return self._shown(self._kept(number))

    def emptied(self) -> int:
        """Return how many rows would empty something that a record holds, those that wait for a reason among them."""
        changed = self._scratch.rows((CHANGED, REFUSED), problems_only=True)
        return sum(any(problem["code"] == EMPTIED for problem in kept.body["problems"]) for kept in changed)

    def waiting(self) -> list[int]:
        """Return the rows that would change settled records and wait for a reason."""
        return [number for number in self._scratch.numbers_with(SETTLED, REFUSED) if is_held(self._kept(number))]

    def correct(self, numbers: Sequence[int], reason: str) -> None:
        """Let rows change settled records, for a reason that is journalled with each."""
        if not reason.strip():
            raise InvalidRecordError([Problem("reason", "请写明更正的原因", "required")])
        self.reasons.update(dict.fromkeys(numbers, reason.strip()))
        held = [kept for number in numbers if is_held(kept := self._kept(number))]
        self._scratch.put([let(kept, reason.strip()) for kept in held])

    def skip(self, number: int) -> PlannedRow:
        """Leave a doubtful row out, as the officer decided."""
        kept = self._kept(number)
        self._scratch.put([kept._replace(problems=0, body={**kept.body, "problems": [], "candidates": []})])
        return self._shown(self._kept(number))

    def beside(self, number: int, other: int) -> tuple[Beside, ...]:
        """Return what a doubtful row and a record (or, below zero, another row) say, field by field."""
        fed = list(dict.fromkeys(self._named))
        if other < 0:
            there: Values | None = self.row(-other).values
        else:
            there = standing.values if (standing := self._read(other)) else None
        return beside(self.register, fed, self.row(number).values, there) if there is not None else ()
