"""A vault beside one of its backups, row by row: what is missing on either side, and which columns differ.

What is kept by name (settings, rules of the office, views) and the counters of numbers are compared as records are.

The backup itself is never touched: its database is copied to a scratch folder inside the vault, encrypted as it is,
brought to the present schema there, and read from there.
"""

import json
import secrets
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paizhu.base.progress import Progress
from paizhu.base.stored import BETWEEN, POINTER
from paizhu.storage import atomic, attachments, chain_check, cipher, migrate
from paizhu.storage.journal import KEPT
from paizhu.storage.scratch import FOLDER
from paizhu.storage.tables import ATTACHMENT, ATTACHMENT_COLUMNS, TABLES, quoted

ENTRY, CHANGE, COUNTER = "journal_entry", "journal_change", "number_counter"
_ENDING = ".compare"
_AT_ONCE = 500
_CACHE_KIB = 4096
"""Nearly every page is read only once: kept at hand, they would take memory that grows with the vault."""
_BREAK = "\x1f"
# What is counted anew at every write, and the place of a row among others, say nothing about the record.
_DERIVED = frozenset({"version", "missing", "position"})
_ENTRY_COLUMNS = ("id", "at", "kind", "label", "actor", "about", "undoes", "changes", "previous", "hash")
_CHANGE_COLUMNS = ("id", "entry_id", "kind", "record_id", "action", "delta")
Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RowDifference:
    """One row that stands otherwise: its kind, id and what its columns keep; None where the row is not there.

    What is kept by name has no id: its kind begins with ``kept.``, and ``name`` tells it apart. So has a counter.
    """

    kind: str
    id: int
    before: Raw | None
    after: Raw | None
    name: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that differ; every one that keeps something, where the row is only on one side."""
        before, after = self.before or {}, self.after or {}
        return tuple(name for name in before or after if not same(before.get(name), after.get(name)))


@dataclass(frozen=True, slots=True)
class Sides:
    """Two connections that can only read: the vault as it is, and the copy of the backup; with the backup's journal."""

    here: Any
    there: Any
    last_entry: int
    """Number of the newest act the backup knows; what is newer was done since."""
    broken_there: tuple[int, ...]
    """Entries of the backup's own journal that do not fit its chain."""


@contextmanager
def opened(vault: Path, key: bytes, backup: Path, progress: Progress) -> Iterator[Sides]:
    """Lend the vault and a copy of a backup for reading; nothing of the copy is left afterwards."""
    for left in (vault / FOLDER).glob(f"*{_ENDING}"):
        shutil.rmtree(left, ignore_errors=True)
    place = vault / FOLDER / f"{secrets.token_hex(8)}{_ENDING}"
    try:
        place.mkdir(parents=True)
        copy = place / cipher.DATABASE
        _copy(backup / cipher.DATABASE, copy, progress)
        migrate.bring_up_to_date(copy, key)
        here = cipher.connect(vault / cipher.DATABASE, key, readonly=True)
        try:
            there = cipher.connect(copy, key, readonly=True)
            try:
                for side in (here, there):
                    side.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
                # Pinned: what is written meanwhile belongs to neither side.
                here.execute("BEGIN")
                last = there.execute("SELECT coalesce(max(id), 0) FROM journal_entry").fetchone()[0]
                yield Sides(here, there, int(last), tuple(chain_check.wrong(there)))
            finally:
                there.close()
        finally:
            here.close()
    except OSError as error:
        raise atomic.refusal(error, "没有比对成", "台账和备份都没有动") from error
    finally:
        shutil.rmtree(place, ignore_errors=True)


def differences(sides: Sides, progress: Progress) -> Iterator[RowDifference]:
    """Yield every row that differs: records and what stands under them, files, then the journal both should share."""
    plans = [(kind, found.name, found.columns, "") for kind, found in TABLES.items()]
    plans.append((ATTACHMENT, ATTACHMENT, ATTACHMENT_COLUMNS, ""))
    plans.append((ENTRY, ENTRY, _ENTRY_COLUMNS, f"WHERE id <= {sides.last_entry}"))
    plans.append((CHANGE, CHANGE, _CHANGE_COLUMNS, f"WHERE entry_id <= {sides.last_entry}"))
    total = sum(
        connection.execute(f"SELECT count(*) FROM {quoted(name)} {where}").fetchone()[0]
        for _kind, name, _columns, where in plans
        for connection in (sides.here, sides.there)
    )
    done = told = 0
    for kind, name, columns, where in plans:
        kept = [each for each in columns if each not in _DERIVED]
        statement = f"SELECT {', '.join(map(quoted, kept))} FROM {quoted(name)} {where} ORDER BY id"
        for old, new in _side_by_side(_rows(sides.there, statement), _rows(sides.here, statement)):
            done += (old is not None) + (new is not None)
            if done - told >= _AT_ONCE:
                told = done
                progress("正在逐条比对", done, total)
            if old == new:
                continue
            row = new or old
            assert row is not None
            found = RowDifference(kind, int(row[0]), _named(kept, old), _named(kept, new))
            if old is None or new is None or found.columns:
                yield found
    progress("正在逐条比对", total, total)


def kept_differences(sides: Sides, passing: Collection[str]) -> Iterator[RowDifference]:
    """Yield what is kept by name otherwise than in the backup, but for these kinds, and counters that differ."""
    marks = ", ".join("?" * len(passing))
    plans = (
        (
            KEPT,
            f"SELECT kind || '{_BREAK}' || name, body FROM kept WHERE kind NOT IN ({marks}) ORDER BY 1",
            tuple(passing),
        ),
        (COUNTER, f"SELECT register || '{_BREAK}' || year, last FROM number_counter ORDER BY 1", ()),
    )
    for kind, statement, wanted in plans:
        older, newer = (iter(side.execute(statement, wanted).fetchall()) for side in (sides.there, sides.here))
        for old, new in _side_by_side(older, newer):
            if old == new:
                continue
            group, _break, name = str((new or old or ("",))[0]).partition(_BREAK)
            columns = ("body",) if kind == KEPT else ("last",)
            before, after = (_named(columns, side[1:] if side else None) for side in (old, new))
            yield RowDifference(f"{KEPT}{group}" if kind == KEPT else f"{COUNTER}.{group}", 0, before, after, name)


def expected_body(sides: Sides, row: RowDifference, broken: Collection[int]) -> str | None:
    """Return what must be kept under a name by the backup and every act since; None where nothing must be."""
    body = row.before["body"] if row.before else None
    for entry, delta in sides.here.execute(
        "SELECT entry_id, delta FROM journal_change WHERE kind = ? AND entry_id > ? ORDER BY entry_id, id",
        (row.kind, sides.last_entry),
    ):
        facts = json.loads(delta)
        if entry not in broken and row.name in facts:
            body = facts[row.name][1]
    return None if body is None else str(body)


def expected(sides: Sides, row: RowDifference, broken: Sequence[int]) -> Raw | None:
    """Return what the columns of a row must keep by the backup and every act since; None where it must not be there.

    Entries that do not fit the chain prove nothing and are left out.
    """
    made = dict(row.before) if row.before is not None else None
    for action, entry, delta in sides.here.execute(
        "SELECT action, entry_id, delta FROM journal_change "
        "WHERE kind = ? AND record_id = ? AND entry_id > ? ORDER BY entry_id, id",
        (row.kind, row.id, sides.last_entry),
    ):
        if entry in broken or action not in ("create", "change"):
            continue
        if action == "create":
            made = {"id": row.id, "voided": 0}
        if made is not None:
            made.update({name: after for name, (_before, after) in json.loads(delta).items()})
    return made


def same(one: Any, other: Any) -> bool:
    """Tell whether two columns say the same: a renamed person changes the words of a reference, not what it is."""
    if one == other:
        return True
    if not isinstance(one, str) or not isinstance(other, str) or POINTER not in one or POINTER not in other:
        return False
    return _pointers(one) == _pointers(other)


def _pointers(words: str) -> list[str]:
    return [each.partition(POINTER)[2] or each for each in words.split(BETWEEN)]


def _rows(connection: Any, statement: str) -> Iterator[tuple[Any, ...]]:
    cursor = connection.execute(statement)
    while found := cursor.fetchmany(_AT_ONCE):
        yield from found


def _side_by_side(
    older: Iterator[tuple[Any, ...]], newer: Iterator[tuple[Any, ...]]
) -> Iterator[tuple[tuple[Any, ...] | None, tuple[Any, ...] | None]]:
    """Pair the rows of two tables by their id, both in its order."""
    old, new = next(older, None), next(newer, None)
    while old is not None or new is not None:
        if new is None or (old is not None and old[0] < new[0]):
            yield old, None
            old = next(older, None)
        elif old is None or new[0] < old[0]:
            yield None, new
            new = next(newer, None)
        else:
            yield old, new
            old, new = next(older, None), next(newer, None)


def _named(columns: Sequence[str], row: Sequence[Any] | None) -> Raw | None:
    return None if row is None else dict(zip(columns, row, strict=True))


def _copy(source: Path, dest: Path, progress: Progress) -> None:
    total, done = source.stat().st_size, 0
    with source.open("rb") as reading, dest.open("wb") as writing:
        while piece := reading.read(attachments.PIECE):
            writing.write(piece)
            done += len(piece)
            progress("正在打开备份", done, total)
