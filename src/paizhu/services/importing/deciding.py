"""What is to become of one row of a ledger: new, a change, the same, doubtful or refused, and what is said of it."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from paizhu.base.asked import empty
from paizhu.base.field import Sens
from paizhu.base.reading import quoted
from paizhu.base.register import Register
from paizhu.base.rows import Row, Value, Values
from paizhu.base.values import MASK, show
from paizhu.documents.books.book import Rounded
from paizhu.documents.tables.column_match import RECORD_ID, RECORD_VERSION
from paizhu.services.desk import Desk
from paizhu.services.importing.cells import PLAIN, raw_of
from paizhu.services.importing.facts import CHANGED, DOUBTFUL, NEW, REFUSED, SAME, TableFacts, warning
from paizhu.services.importing.identity import alike
from paizhu.services.importing.near import NEAR, NearRows
from paizhu.services.importing.planned import PlannedRows
from paizhu.services.importing.read import CellProblem, Column, RowRead
from paizhu.services.importing.versions import CONFLICT, merged, side_by_side
from paizhu.storage import scratch
from paizhu.storage.scratch import Kept
from paizhu.storage.tables import Table, table

_BESIDE = 3
EMPTIED = "emptied"
"""Code of the notice that a cell which is empty in the ledger would empty what the record holds."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a row: new values, of which record and version they are, and what stands there ``before``.

    ``candidates`` are the records a doubtful row may be meant for, another row as its number below zero.
    """

    outcome: str
    new: Values
    record_id: int | None = None
    version: int | None = None
    before: Values = field(default_factory=dict)
    candidates: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Meant:
    """Which records a row may mean, and how that is known.

    ``identity`` is what it says of itself that tells it from others, ``twin`` the earlier row of the table that says
    the same, ``own`` the record whose number our own export wrote beside the row. ``settled`` tells that the officer
    decided it, ``carries`` that the targets are plans which the row carries out, ``rivals`` are the other rows that
    carry out the same one just as well.
    """

    targets: Sequence[int]
    identity: str | None = None
    twin: int | None = None
    own: int | None = None
    settled: bool = False
    carries: bool = False
    rivals: Sequence[int] = ()


class DecidedRows(PlannedRows):
    """The planned rows of one table with what decides them one by one."""

    def __init__(
        self, desk: Desk, register: Register, found: Table, columns: Sequence[Column], facts: TableFacts
    ) -> None:
        super().__init__(desk.vault, register, found)
        self._desk = desk
        self.columns = tuple(columns)
        self.facts = facts
        self._named = [column.field.name for column in columns if column.field is not None and not column.child]
        self.near = NearRows(register, self._words_of)

    def record_words(self, record_id: int) -> str:
        """Return the words that name a record a row may be meant for."""
        standing = self._read(record_id)
        return f"{standing.no} {self.register.title_of(standing)}".strip() if standing else ""

    def _decided(self, row: RowRead, cells: Sequence[Any], meant: Meant) -> Kept:
        verdict = self._verdict(row, cells, meant)
        fresh = verdict.new if verdict.outcome == NEW else None
        if like := self.near.judge(row.number, fresh, ask=not meant.settled and meant.own is None):
            verdict = self._doubted(row, verdict.new, like)
        return self._kept_as(row, cells, verdict, meant.identity, meant.own)

    def _verdict(self, row: RowRead, cells: Sequence[Any], meant: Meant) -> Verdict:
        targets = meant.targets
        if row.refused:
            return Verdict(REFUSED, row.values)
        if len(targets) > 1:
            # What has to be answered is said before what may be looked at.
            words = f"台账里有 {len(targets)} 条都对得上，先不导入，请选一条或新增"
            row.problems[:0] = [warning("duplicate", words), *self._candidates(row, targets)]
            return Verdict(DOUBTFUL, row.values, candidates=targets)
        if meant.rivals:
            rows = "、".join(str(each) for each in sorted((row.number, *meant.rivals)))
            which = quoted(self.record_words(targets[0]), 40)
            words = f"本表第 {rows} 行都可能是台账里已安排的{which}，先不导入，请选填进那一条或新增"
            row.problems[:0] = [warning("duplicate", words), *self._candidates(row, targets)]
            return Verdict(DOUBTFUL, row.values, candidates=targets)
        if targets:
            standing = self._read(targets[0])
            if standing is None:
                row.problems.append(warning("gone", "这一行对应的记录已经不在台账里", "error"))
                return Verdict(REFUSED, row.values)
            return self._against(row, cells, standing, meant)
        if meant.twin is not None:
            row.problems.insert(0, _same_as(meant.twin))
            return Verdict(DOUBTFUL, row.values, candidates=[-meant.twin])
        return Verdict(NEW, self._arrived(row.values))

    def _against(self, row: RowRead, cells: Sequence[Any], standing: Row, meant: Meant) -> Verdict:
        """Return what becomes of a row that means a record which stands."""
        # What the officer says is this record may be another paper about it: where that is empty, it says nothing.
        # Neither does a row written by hand into a form of ours: the form has every column, and few are filled in.
        keep = self.facts.keep_filled or meant.carries or (meant.own is None and (meant.settled or self._is_ours))
        new = self._differences(row, standing, keep=keep)
        before = {name: standing.values.get(name) for name in new}
        both: tuple[str, ...] = ()
        if new and (at := self._exported_at(cells, standing, meant.own)) is not None:
            new, both = merged(self._desk.vault, self._table, standing, at, new)
            before = {name: before[name] for name in new}
        if both and not meant.settled:
            beside = side_by_side(self.register, self.columns, both, before, new)
            row.problems[:0] = [warning("conflict", CONFLICT), *beside]
            return Verdict(DOUBTFUL, new, before=before, candidates=[standing.id])
        if not new and not self._new_extra(row, standing):
            # Nothing comes of the row, so nothing in it has to be looked at or asked.
            row.problems.clear()
            row.names.clear()
            return Verdict(SAME, new, standing.id, standing.version)
        if meant.twin is not None and meant.own is None:
            # The record would take the words of whichever row comes last, and differ again at the next import.
            row.problems.insert(0, _same_as(meant.twin))
            return Verdict(DOUBTFUL, new, candidates=[standing.id])
        if meant.carries:
            planned = f"填进台账里已安排的{quoted(self.record_words(standing.id), 40)}，不另建一条；阶段不变"
            row.problems.append(warning("planned", planned))
        row.problems += self._emptied(new, before)
        return Verdict(CHANGED, new, standing.id, standing.version, before)

    @property
    def _is_ours(self) -> bool:
        """Tell whether this program wrote the sheet: its own rows bring the numbers of their records."""
        return bool(self.facts.matching and RECORD_ID in self.facts.matching.fields)

    def _emptied(self, new: Values, before: Values) -> Iterator[CellProblem]:
        """Yield what a row would empty because its cell is empty: nothing that is known goes without a word."""
        for column in self.columns:
            field = column.field
            if field is None or column.child or field.name not in new or not empty(new[field.name]):
                continue
            if empty(old := before.get(field.name)):
                continue
            held = MASK if field.sens is Sens.P4 else quoted(show(field, old))
            words = f"“{field.label}”在表里空着，会清空台账里的{held}"
            yield CellProblem(column.letter, field.name, "", EMPTIED, words, "warning")

    def _arrived(self, values: Values) -> Values:
        """Return the values of a new record with the state it comes in."""
        return values if self.register.flow is None or values.get("state") else {**values, "state": self._state(values)}

    def _state(self, values: Values) -> str:
        flow = self.register.flow
        assert flow is not None
        return flow.arrive(values, self._desk.today) if flow.arrive else flow.start

    def _doubted(self, row: RowRead, new: Values, like: int) -> Verdict:
        """Return what becomes of a new row that may be another entry of a record, or (below zero) of a row."""
        other = self.record_words(like) if like > 0 else f"本表第 {-like} 行"
        told = self._candidates(row, [like]) if like > 0 else ()
        row.problems[:0] = [warning(NEAR, f"疑似与{quoted(other, 40)}重复，先跳过，请选怎么处理"), *told]
        return Verdict(DOUBTFUL, new, candidates=[like])

    def _kept_as(
        self, row: RowRead, cells: Sequence[Any], verdict: Verdict, identity: str | None, own: int | None = None
    ) -> Kept:
        new = verdict.new
        body = {
            "values": scratch.packed(self._table, new),
            "emptied": [name for name in new if new[name] is None] if verdict.outcome == CHANGED else [],
            "before": scratch.packed(self._table, verdict.before),
            "rows": {
                key: [scratch.packed(table(self.register, key), each) for each in rows]
                for key, rows in row.rows.items()
            },
            "extra": row.extra,
            "problems": [asdict(problem) for problem in row.problems],
            "raw": [cell if type(cell) in PLAIN else raw_of(cell) for cell in cells],
            "candidates": list(verdict.candidates),
            "own": own,
            "names": row.names,
            "shown": {at: cell.shown for at, cell in enumerate(cells) if type(cell) is Rounded},
        }
        return Kept(row.number, verdict.outcome, verdict.record_id, verdict.version, identity, len(row.problems), body)

    def _candidates(self, row: RowRead, targets: Sequence[int]) -> Iterator[CellProblem]:
        """Yield what a doubtful row says otherwise than each record it may be meant for."""
        for record_id in targets[:_BESIDE]:
            if (standing := self._read(record_id)) is None:
                continue
            new = self._differences(row, standing, keep=True)
            # What stands otherwise tells the two apart better than what is only missing.
            names = sorted(new, key=lambda name: empty(standing.values.get(name)))[:_BESIDE]
            told = side_by_side(self.register, self.columns, names, standing.values, new)
            words = "；".join(each.message for each in told) or "与本行相同"
            yield warning("candidate", f"{self.record_words(record_id)}：{words}")

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

    def _differences(self, row: RowRead, standing: Row, *, keep: bool) -> dict[str, Value]:
        """Return the columns of the sheet that say something else than the record; other fields are left alone.

        With ``keep`` an empty cell says nothing; without, it says that there is nothing.
        """
        found = {}
        for name in self._named:
            new, old = row.values.get(name), standing.values.get(name)
            counted = self.register.field(name).computed and name not in ("no", "state")
            # A number once issued stays: in the ledger it came from the cell is as empty the next time.
            if name in row.untouched or counted or (name in ("no", "state") and empty(new)):
                continue
            if not alike(new, old) and not (keep and empty(new)):
                found[name] = new
        return found

    def _new_extra(self, row: RowRead, standing: Row) -> bool:
        return any(standing.extra.get(header) != words for header, words in row.extra.items())


def _same_as(twin: int) -> CellProblem:
    return warning("duplicate", f"与本表第 {twin} 行是同一项，先跳过")
