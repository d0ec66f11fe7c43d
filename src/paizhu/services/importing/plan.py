"""The plan of an import: what every row of every table would do, to be looked at, mended and then applied.

Planning writes nothing into the vault; rows lie in an encrypted scratch file, so a ledger may be of any length.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import islice
from typing import Any

from paizhu.base.bulk import many_rows
from paizhu.base.errors import InvalidRecordError
from paizhu.base.reading import quoted
from paizhu.base.register import Register
from paizhu.base.rows import Problem, Ref, Row, Value, Values
from paizhu.base.values import Reading
from paizhu.documents.books.book import Rounded
from paizhu.documents.tables.column_match import RECORD_VERSION
from paizhu.services import deriving
from paizhu.services.desk import Desk
from paizhu.services.importing.cells import PLAIN, cells_of, raw_of
from paizhu.services.importing.facts import (
    CHANGED,
    DOUBTFUL,
    NEW,
    REFUSED,
    SAME,
    PlannedRow,
    TableFacts,
    warning,
)
from paizhu.services.importing.identity import alike, identity_of, number_identity
from paizhu.services.importing.near import NEAR, Beside, NearRows, beside
from paizhu.services.importing.planned import PlannedRows
from paizhu.services.importing.read import CellProblem, Column, RowRead
from paizhu.services.importing.rows import RowReader
from paizhu.services.importing.settled import SettledRows, is_held, let
from paizhu.services.importing.versions import CONFLICT, merged, side_by_side
from paizhu.services.linking import Roster
from paizhu.storage import scratch
from paizhu.storage.scratch import Kept
from paizhu.storage.tables import table

_BATCH = 400
_BESIDE = 3

_ASKED = frozenset({"required", "check"})
"""Problems of a row as a whole, which what the record holds already may answer."""
Report = Callable[[int], None]
RawRow = tuple[int, list[Any], int | None]
"""Number in the sheet, cells from column A on, and the record's id where our own export wrote it."""


class SheetPlan(PlannedRows):
    """The plan of one table of one sheet for one register."""

    def __init__(
        self,
        desk: Desk,
        register: Register,
        columns: Sequence[Column],
        facts: TableFacts,
        parent: Register | None = None,
    ) -> None:
        super().__init__(desk.vault, register, table(parent, register.key) if parent else table(register))
        self._desk = desk
        self.parent = parent
        self.columns = tuple(columns)
        self.facts = facts
        self.hidden_rows: tuple[int, ...] = ()
        self.hidden_columns: tuple[str, ...] = ()
        self.notes: tuple[str, ...] = ()
        self.first_row = 0
        self.last_row = 0
        self._roster = Roster(desk.vault)
        self._named = [column.field.name for column in columns if column.field is not None and not column.child]
        self._reader = RowReader(
            register,
            columns,
            Reading(facts.reference, add_working_days=desk.calendar.add_working_days),
            self._roster,
            desk.vault.seal,
            deriving.aids(desk),
            desk.setting("cutoff_day"),
        )
        self.mended: dict[tuple[int, int], str] = {}
        self.answers: dict[tuple[str, str], Any] = {}
        self.reasons: dict[int, str] = {}
        """Why rows that change settled records go in, by their number."""
        self._settled = SettledRows(desk, self._table)
        self.near = NearRows(register, self._words_of)
        self._scratch.know(self._standing())

    # --- making ----------------------------------------------------------------------------------------------

    @many_rows()
    def fill(self, rows: Iterable[RawRow], report: Report) -> None:
        """Plan the rows of the table in order; ``report`` is told the row reached and may stop the work."""
        source = iter(rows)
        while batch := list(islice(source, _BATCH)):
            self._scratch.put(self._plan(batch))
            if not self.first_row:
                self.first_row = batch[0][0]
            self.last_row = batch[-1][0]
            report(self.last_row)

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
        for row in scratch.every_row(self._desk.vault, self.register.key):
            if number := number_identity(row.values):
                yield number, row.id
            if identity := identity_of(self.register, row.values):
                yield identity, row.id
            self.near.know(row.id, row.values)

    def _plan(self, batch: Sequence[RawRow]) -> list[Kept]:
        rows = self._reader.read_all([(number, cells) for number, cells, _own in batch])
        read = [
            (self._completed(row, cells, own), cells, own)
            for row, (_number, cells, own) in zip(rows, batch, strict=True)
        ]
        keys = [
            (number_identity(row.values), identity_of(self.register, row.values)) if not row.refused else (None, None)
            for row, _cells, _own in read
        ]
        wanted = [key for pair in keys for key in pair if key]
        standing = self._scratch.standing(wanted)
        earlier = self._scratch.earlier(wanted)
        kept = []
        for (row, cells, own), (number, identity) in zip(read, keys, strict=True):
            targets = [own] if own else standing.get(number or "") or standing.get(identity or "") or []
            twin = earlier.get(identity or "") if identity else None
            decided = self._decided(row, cells, targets, identity, twin, own)
            kept.append(self._settled.held(decided, self.reasons.get(row.number, "")))
            if identity:
                earlier.setdefault(identity, row.number)
        return kept

    def _completed(self, row: RowRead, cells: Sequence[Any], own: int | None) -> RowRead:
        """Return the row; where it names a record that stands, what the sheet does not say is as it is there."""
        if not row.refused or any(each.severity == "error" and each.code not in _ASKED for each in row.problems):
            return row
        named = own or next(iter(self._scratch.standing([number_identity(row.values) or ""]).values()), [None])[0]
        standing = self._read(named) if named else None
        return row if standing is None else self._reader.read(row.number, cells, standing.values)

    def _decided(
        self,
        row: RowRead,
        cells: Sequence[Any],
        targets: Sequence[int],
        identity: str | None,
        twin: int | None,
        own: int | None = None,
        settled: bool = False,
    ) -> Kept:
        outcome, record_id, version = NEW, None, None
        before: dict[str, Value] = {}
        new = row.values
        if row.refused:
            outcome = REFUSED
        elif len(targets) > 1:
            outcome = DOUBTFUL
            row.problems.append(warning("duplicate", f"台账里有 {len(targets)} 条都对得上，先不导入，请选一条或新增"))
            row.problems += self._candidates(row, targets)
        elif targets:
            standing = self._read(targets[0])
            repeated = twin is not None and twin != row.number and own is None
            if standing is None:
                outcome = REFUSED
                row.problems.append(warning("gone", "这一行对应的记录已经不在台账里", "error"))
            else:
                record_id, version = standing.id, standing.version
                new = self._differences(row, standing)
                before = {name: standing.values.get(name) for name in new}
                both: tuple[str, ...] = ()
                if new and (at := self._exported_at(cells, standing, own)) is not None:
                    new, both = merged(self._desk.vault, self._table, standing, at, new)
                    before = {name: before[name] for name in new}
                outcome = CHANGED if new or self._new_extra(row, standing) else SAME
                if both and not settled:
                    outcome, record_id, version = DOUBTFUL, None, None
                    beside = side_by_side(self.register, self.columns, both, before, new)
                    row.problems[:0] = [warning("conflict", CONFLICT), *beside]
                elif outcome == SAME:
                    # Nothing comes of the row, so nothing in it has to be looked at or asked.
                    row.problems.clear()
                    row.names.clear()
                elif repeated and outcome == CHANGED:
                    # The record would take the words of whichever row comes last, and differ again at the next import.
                    outcome, record_id, version, before = DOUBTFUL, None, None, {}
                    row.problems.append(warning("duplicate", f"与本表第 {twin} 行是同一项，先跳过"))
        elif twin is not None and twin != row.number:
            outcome, targets = DOUBTFUL, [-twin]
            row.problems.append(warning("duplicate", f"与本表第 {twin} 行是同一项，先跳过"))
        elif self.register.flow and not new.get("state"):
            arrive = self.register.flow.arrive
            new = {**new, "state": arrive(new, self._desk.today) if arrive else self.register.flow.start}
        if like := self.near.judge(row.number, new if outcome == NEW else None, ask=not settled and own is None):
            outcome, targets = DOUBTFUL, [like]
            row.problems[:0] = self._like_another(row, like)
        simple = PLAIN.issuperset(map(type, cells))
        body = {
            "values": scratch.packed(self._table, new),
            "emptied": [name for name in new if new[name] is None] if outcome == CHANGED else [],
            "before": scratch.packed(self._table, before) if before else {},
            "rows": {
                key: [scratch.packed(table(self.register, key), each) for each in rows]
                for key, rows in row.rows.items()
            },
            "extra": row.extra,
            "problems": [asdict(problem) for problem in row.problems],
            "raw": cells if simple else [cell if type(cell) in PLAIN else raw_of(cell) for cell in cells],
            "candidates": list(targets) if outcome == DOUBTFUL else [],
            "own": own,
            "names": row.names,
            "shown": {} if simple else {at: cell.shown for at, cell in enumerate(cells) if type(cell) is Rounded},
        }
        return Kept(row.number, outcome, record_id, version, identity, len(row.problems), body)

    def _candidates(self, row: RowRead, targets: Sequence[int]) -> Iterator[CellProblem]:
        """Yield what a doubtful row says otherwise than each record it may be meant for."""
        for record_id in targets[:_BESIDE]:
            if (standing := self._read(record_id)) is None:
                continue
            new = self._differences(row, standing)
            # What stands otherwise tells the two apart better than what is only missing.
            names = sorted(new, key=lambda name: standing.values.get(name) in (None, "", ()))[:_BESIDE]
            told = side_by_side(self.register, self.columns, names, standing.values, new)
            words = "；".join(each.message for each in told) or "与本行相同"
            yield warning("candidate", f"{self.record_words(record_id)}：{words}")

    def _like_another(self, row: RowRead, like: int) -> list[CellProblem]:
        """Return what is to be said of a row that may be another entry of a record, or (below zero) of a row."""
        other = self.record_words(like) if like > 0 else f"本表第 {-like} 行"
        told = self._candidates(row, [like]) if like > 0 else ()
        return [warning(NEAR, f"疑似与{quoted(other, 40)}重复，先跳过，请选怎么处理"), *told]

    def _exported_at(self, cells: Sequence[Any], standing: Row, own: int | None) -> int | None:
        """Return the version at which our own export wrote this row, when the record was changed here since."""
        match = self.facts.matching.fields.get(RECORD_VERSION) if self.facts.matching and own else None
        if match is None or match.column.index >= len(cells):
            return None
        told = cells[match.column.index]
        return int(told) if isinstance(told, int | float) and 0 < told < standing.version else None

    def _read(self, record_id: int) -> Row | None:
        with self._desk.vault.read() as connection:
            row = connection.execute(f"{self._table.select} WHERE id = ? AND voided = 0", (record_id,)).fetchone()
        return self._table.row(row) if row else None

    def _words_of(self, who: int, name: str) -> str:
        """Return the words of a field of a record, or of a planned row as its number below zero."""
        if who > 0:
            standing = self._read(who)
            return str(standing.values.get(name) or "") if standing else ""
        kept = self._scratch.row(-who)
        return str(scratch.unpacked(self._table, kept.body["values"]).get(name) or "") if kept else ""

    def _differences(self, row: RowRead, standing: Row) -> dict[str, Value]:
        """Return the columns of the sheet that say something else than the record; other fields are left alone."""
        found = {}
        for name in self._named:
            new, old = row.values.get(name), standing.values.get(name)
            counted = self.register.field(name).computed and name not in ("no", "state")
            if name in row.untouched or counted or (name == "state" and new is None):
                continue
            if not alike(new, old):
                found[name] = new
        return found

    def _new_extra(self, row: RowRead, standing: Row) -> bool:
        return any(standing.extra.get(header) != words for header, words in row.extra.items())

    # --- looking and mending ---------------------------------------------------------------------------------

    def record_words(self, record_id: int) -> str:
        """Return the words that name a record a row may be meant for."""
        standing = self._read(record_id)
        return f"{standing.no} {self.register.title_of(standing)}".strip() if standing else ""

    def mend(self, number: int, column: int, words: str) -> PlannedRow:
        """Plan a row again with other words in one cell (column from 0); the source file is never touched."""
        kept = self._kept(number)
        cells = cells_of(kept)
        cells += [""] * (column + 1 - len(cells))
        cells[column] = words
        self.mended[(number, column)] = words
        self._scratch.put(self._plan([(number, cells, kept.body["own"])]))
        return self._shown(self._kept(number))

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
            self._scratch.put(self._plan([(each.row, cells_of(each), each.body["own"]) for each in kept]))

    def reconsider(self, number: int) -> PlannedRow:
        """Decide a row anew as it stands, taking back what was chosen for a doubtful one."""
        kept = self._kept(number)
        self._scratch.put(self._plan([(number, cells_of(kept), kept.body["own"])]))
        return self._shown(self._kept(number))

    def take(self, number: int, record_id: int | None = None) -> PlannedRow:
        """Decide a doubtful row: as a new record, or as this one."""
        kept = self._kept(number)
        cells = cells_of(kept)
        read = self._completed(self._reader.read(number, cells), cells, kept.body["own"])
        own = kept.body["own"] if record_id else None
        decided = self._decided(read, cells, [record_id] if record_id else [], None, None, own, settled=True)
        self._scratch.put([self._settled.held(decided, self.reasons.get(number, ""))])
        return self._shown(self._kept(number))

    def waiting(self) -> list[int]:
        """Return the rows that would change settled records and wait for a reason."""
        return [kept.row for kept in self._scratch.rows((REFUSED,)) if is_held(kept)]

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
