"""Rows of an import plan, kept in an encrypted file of their own until they are applied or dropped.

The vault itself is not touched by planning, not a byte; memory stays flat however long the ledger is.
"""

import marshal
import secrets
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, repeat
from pathlib import Path
from typing import Any, TypeVar

from paizhu.base.columns import each
from paizhu.base.rows import Value
from paizhu.base.view import View
from paizhu.storage import atomic, cipher, queries
from paizhu.storage.scratch_rows import Kept, Run
from paizhu.storage.tables import TABLES, Table
from paizhu.storage.vault import Vault

T = TypeVar("T")

FOLDER = "work"
_BLOCKS_AT_HAND = 2
_CACHE_KIB = 4096
"""Bodies are written once and read once: only what identifies rows is looked up again and again."""
_FEW = 40
"""So many rows are worth being stored by column; fewer are stored with those around them."""
_Body = tuple[int | None, int | None, dict[str, Any]]
_Listed = tuple[int, str, str | None, int, int]
_SELECT = "SELECT row, outcome, identity, problems, block FROM planned"
# Bodies are in Python's own form, several times as fast as JSON: no other program or version ever reads them. Those of
# rows planned together lie in one block, where a word that stands in many of them is written once.
_SCHEMA = """
CREATE TABLE planned (
  row INTEGER PRIMARY KEY, outcome TEXT NOT NULL, identity TEXT, problems INTEGER NOT NULL, block INTEGER NOT NULL
);
CREATE TABLE block (number INTEGER PRIMARY KEY, bodies BLOB NOT NULL);
CREATE INDEX planned_identity ON planned (identity);
CREATE INDEX planned_outcome ON planned (outcome, problems, row);
CREATE TABLE standing (
  identity TEXT NOT NULL, record_id INTEGER NOT NULL, PRIMARY KEY (identity, record_id)
) WITHOUT ROWID;
"""


class _Block:
    """Rows that were put together: some by themselves, the others as a run."""

    def __init__(self, packed_up: bytes) -> None:
        alone, run = marshal.loads(packed_up)
        self._alone: dict[int, _Body] = alone
        self._run = Run(*run) if run else None
        self._places = {row: place for place, row in enumerate(self._run.rows)} if self._run else {}

    def kept(self, row: int, outcome: str, identity: str | None, problems: int, _block: int) -> Kept:
        """Return one row."""
        place = self._places.get(row)
        if place is not None and self._run is not None:
            return Kept(row, outcome, None, None, identity, problems, self._run.body(place))
        record_id, version, body = self._alone[row]
        return Kept(row, outcome, record_id, version, identity, problems, body)

    def together(self, listed: Iterable[_Listed]) -> Iterator[Kept | Run]:
        """Yield rows of the block in order, by column where enough of them can follow one another so."""
        for by_column, some in groupby(listed, key=self._goes_by_column):
            rows = list(some)
            if not by_column or self._run is None or len(rows) < _FEW:
                yield from (self.kept(*found) for found in rows)
            elif all(found[0] in self._places for found in rows):
                yield self._run.part([self._places[found[0]] for found in rows])
            else:
                yield Run.of([self.kept(*found) for found in rows])

    def _goes_by_column(self, listed: _Listed) -> bool:
        row, outcome = listed[:2]
        if row in self._places:
            return True
        return self._run is not None and outcome == self._run.outcome and not self._alone[row][2]["rows"]


class Scratch:
    """The plan of one sheet; opened under the vault's key for drafts, removed by :meth:`drop`."""

    def __init__(self, vault: Vault) -> None:
        folder = vault.folder / FOLDER
        try:
            folder.mkdir(exist_ok=True)
        except OSError as error:
            raise atomic.refusal(error, "这张表没有排好", "数据没有改动") from error
        self._path = folder / f"{secrets.token_hex(8)}.plan"
        # A list may look for a row while another thread drops the plan: never in the middle of each other.
        self._looking = threading.RLock()
        self._dropped = False
        self._blocks: dict[int, _Block] = {}
        self._last_block = 0
        self._told: dict[object, Any] = {}
        self._codes: dict[int, frozenset[str]] = {}
        """What is remarked on rows, by their number: to find the few of one kind, no block is opened."""
        self._writes = 0
        self._connection = cipher.connect(self._path, secrets.token_bytes(32))
        self._connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        # Nobody reads the file after a crash, so nothing is written twice to survive one.
        self._connection.execute("PRAGMA journal_mode = OFF")
        self._connection.execute("PRAGMA synchronous = OFF")
        self._connection.executescript(_SCHEMA)
        self._connection.execute("BEGIN")

    def drop(self) -> None:
        """Remove the plan from disk; whoever still asks for a row of it finds none."""
        with self._looking:
            self._dropped = True
            self._connection.close()
        for suffix in ("", "-wal", "-shm"):
            self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)

    def know(self, pairs: Iterable[tuple[str, int]]) -> None:
        """Take note of the identities of records that stand in the vault."""
        self._write("INSERT OR IGNORE INTO standing VALUES (?, ?)", pairs)

    def standing(self, identities: Sequence[str]) -> dict[str, list[int]]:
        """Return the records that have one of these identities."""
        found: dict[str, list[int]] = {}
        marks = ", ".join("?" * len(identities))
        for identity, record_id in self._connection.execute(
            f"SELECT identity, record_id FROM standing WHERE identity IN ({marks})", tuple(identities)
        ):
            found.setdefault(identity, []).append(record_id)
        return found

    def earlier(self, identities: Sequence[str]) -> dict[str, int]:
        """Return the first planned row of each of these identities."""
        marks = ", ".join("?" * len(identities))
        rows = self._connection.execute(
            f"SELECT identity, min(row) FROM planned WHERE identity IN ({marks}) GROUP BY identity", tuple(identities)
        )
        return dict(rows.fetchall())

    def put(self, rows: Iterable[Kept], run: Run | None = None) -> None:
        """Keep planned rows, some of them by themselves and some as a run; a row of the same number is replaced."""
        self._last_block = block = self._last_block + 1
        alone: dict[int, _Body] = {}
        listed: list[_Listed] = []
        for kept in rows:
            alone[kept.row] = (kept.record_id, kept.version, kept.body)
            listed.append((kept.row, kept.outcome, kept.identity, kept.problems, block))
            self._note(kept.row, kept.body.get("problems", ()))
        if run is not None:
            for row, problems_of in zip(run.rows, run.problems, strict=True):
                self._note(row, problems_of)
            problems = map(len, run.problems)
            listed += [(*told, block) for told in zip(run.rows, repeat(run.outcome), run.identities, problems)]
        bodies: Any = (alone, run and tuple(run))
        self._write("INSERT INTO block VALUES (?, ?)", [(block, marshal.dumps(bodies))])
        self._write("INSERT OR REPLACE INTO planned VALUES (?, ?, ?, ?, ?)", listed)
        with self._looking:
            self._writes += 1
            # A new one, for whoever looks into the old one at this moment.
            self._told = {}

    def _note(self, row: int, problems: Sequence[Mapping[str, Any]]) -> None:
        if problems:
            self._codes[row] = frozenset(problem["code"] for problem in problems)
        else:
            self._codes.pop(row, None)

    def _write(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        try:
            self._connection.executemany(statement, rows)
        except cipher.DatabaseError as error:
            raise cipher.refusal(error, "这张表没有排好", "数据没有改动") from error

    def counts(self) -> dict[str, int]:
        """Return how many rows there are of each outcome."""
        return dict(self._ask("SELECT outcome, count(*) FROM planned GROUP BY outcome", dict))

    def with_problems(self) -> int:
        """Return how many rows have something to look at."""
        return int(self._ask("SELECT count(*) FROM planned WHERE problems > 0", list)[0][0])

    def tally(self) -> dict[tuple[str, bool], int]:
        """Return how many rows there are of each outcome, those with problems apart."""
        found = self._ask("SELECT outcome, problems > 0, count(*) FROM planned GROUP BY 1, 2", list)
        return {(outcome, bool(problems)): count for outcome, problems, count in found}

    def numbers(self, outcomes: Sequence[str] = (), problems_only: bool = False) -> list[int]:
        """Return the numbers of planned rows in order; read from an index, without the rows themselves."""
        where, parameters = ["1 = 1"], list[Any]()
        if outcomes:
            where.append(f"outcome IN ({', '.join('?' * len(outcomes))})")
            parameters += outcomes
        if problems_only:
            where.append("problems > 0")
        statement = f"SELECT row FROM planned WHERE {' AND '.join(where)}"
        return self._ask(statement, lambda found: sorted(row[0] for row in found), *parameters)

    def numbers_with(self, code: str, outcome: str) -> list[int]:
        """Return the numbers of the rows of an outcome on which this is remarked, in order."""
        return [row for row in self.numbers((outcome,), problems_only=True) if code in self._codes.get(row, ())]

    def _ask(self, statement: str, made: Callable[[list[Any]], T], *parameters: object) -> T:
        """Return what was made of an answer; it is kept until a row is put, for the window asks at every step."""
        asked, writes = (statement, parameters), self._writes
        if asked in (told := self._told):
            kept: T = told[asked]
            return kept
        answer = made(self._connection.execute(statement, parameters).fetchall())
        with self._looking:
            # Not if another thread put rows meanwhile.
            if writes == self._writes:
                told[asked] = answer
        return answer

    def rows(
        self, outcomes: Sequence[str] = (), offset: int = 0, limit: int = -1, problems_only: bool = False
    ) -> Iterator[Kept]:
        """Yield planned rows in the order of the sheet, of some outcomes only when named; none once it is dropped."""
        for block, some in groupby(self._listed(outcomes, offset, limit, problems_only), key=_block_of):
            if (opened := self._block(block)) is None:
                return
            yield from (opened.kept(*found) for found in some)

    def together(self, outcomes: Sequence[str]) -> Iterator[Kept | Run]:
        """Yield rows of some outcomes in the order of the sheet, by column where they are kept so."""
        for block, some in groupby(self._listed(outcomes), key=_block_of):
            if (opened := self._block(block)) is None:
                return
            yield from opened.together(some)

    def _listed(
        self, outcomes: Sequence[str], offset: int = 0, limit: int = -1, problems_only: bool = False
    ) -> Iterator[_Listed]:
        where, parameters = ["1 = 1"], list[Any]()
        if outcomes:
            # The plus keeps the index out: read in the order of the sheet nothing has to be sorted, nothing held.
            where.append(f"+outcome IN ({', '.join('?' * len(outcomes))})")
            parameters += outcomes
        if problems_only:
            where.append("problems > 0")
        statement = f"{_SELECT} WHERE {' AND '.join(where)} ORDER BY row LIMIT ? OFFSET ?"
        cursor = None
        while True:
            with self._looking:
                if self._dropped:
                    return
                cursor = cursor or self._connection.execute(statement, (*parameters, limit, offset))
                found = cursor.fetchmany(500)
            if not found:
                return
            yield from found

    def row(self, number: int) -> Kept | None:
        """Return one planned row, or None; also None once the plan was dropped."""
        with self._looking:
            if self._dropped:
                return None
            found = self._connection.execute(f"{_SELECT} WHERE row = ?", (number,)).fetchone()
            block = None if found is None else self._block(_block_of(found))
            return None if block is None else block.kept(*found)

    def _block(self, number: int) -> _Block | None:
        # Whoever reads in the order of the sheet asks for the same block again and again.
        with self._looking:
            found = self._blocks.get(number)
            if found is None and not self._dropped:
                while len(self._blocks) >= _BLOCKS_AT_HAND:
                    del self._blocks[next(iter(self._blocks))]
                packed_up = self._connection.execute("SELECT bodies FROM block WHERE number = ?", (number,)).fetchone()
                found = self._blocks[number] = _Block(packed_up[0])
            return found


def _block_of(listed: _Listed) -> int:
    return listed[-1]


def sweep(folder: Path) -> None:
    """Remove plans a crash left behind; their keys are gone with the program, nobody can read them."""
    for left in (folder / FOLDER).glob("*.plan*"):
        left.unlink(missing_ok=True)


def packed(table: Table, values: Mapping[str, Value]) -> dict[str, Any]:
    """Return values as plain data, as the database keeps them."""
    writers = table.writer_of
    return {
        name: value if (convert := writers.get(name)) is None else convert(value)
        for name, value in values.items()
        if value is not None and (value or value not in ("", ()))
    }


def packed_columns(table: Table, columns: Mapping[str, Sequence[Value]]) -> dict[str, list[Any]]:
    """Return columns of values as plain data, those in which nothing stands left out; see :func:`packed`."""
    made = {}
    for name, column in columns.items():
        convert = table.writer_of.get(name)
        there = [None if value in ("", ()) else value for value in column] if "" in column or () in column else column
        kept = list(there) if convert is None else each(there, convert)
        if any(value is not None for value in kept):
            made[name] = kept
    return made


def unpacked(table: Table, kept: Mapping[str, Any]) -> dict[str, Value]:
    """Return the values behind :func:`packed`."""
    readers = table.readers
    return {name: raw if (convert := readers.get(name)) is None else convert(raw) for name, raw in kept.items()}


def every_row(vault: Vault, register: str) -> Iterator[Any]:
    """Yield every live record of a register, for finding what a ledger's rows already stand as."""
    with vault.read() as connection:
        yield from queries.every(connection, View(register))


__all__ = ["FOLDER", "TABLES", "Kept", "Run", "Scratch", "every_row", "packed", "packed_columns", "sweep", "unpacked"]
