"""Reading the rows whose clocks may run: one statement for each kind of row; values are taken out when asked for.

They come block by block: with an old ledger of many open records all their columns at once would fill the memory.
"""

from collections.abc import Generator, Iterator, Sequence
from functools import lru_cache
from typing import Any

from paizhu.base.register import LimitFrom
from paizhu.base.rows import Row
from paizhu.storage.lazy_rows import Selection, selection
from paizhu.storage.tables import ATTACHMENT, TABLES, Table, quoted

_BLOCK = 500


def running(connection: Any, found: Table, limits: Sequence[LimitFrom]) -> Generator[list[Row], None, None]:
    """Yield the live rows at which at least one of these clocks may run: begun, not stopped, in an open state.

    Records come in no order, rows under them in the order in which they were written.
    """
    if not limits:
        return
    statement, parameters, selected = _reading(found, tuple(limits))
    cursor = connection.execute(statement, parameters)
    try:
        while rows := cursor.fetchmany(_BLOCK):
            yield [selected.row(row) for row in rows]
    finally:
        # Left in the middle, it would hold the look at the vault that it began with.
        cursor.close()


@lru_cache(maxsize=256)
def _reading(found: Table, limits: Sequence[LimitFrom]) -> tuple[str, Sequence[str], Selection]:
    """Return the statement for the rows of some clocks with its parameters, and how they are read."""
    words, given = zip(*(_may_run(found, limit) for limit in limits), strict=True)
    parameters = [each for part in given for each in part]
    alive, order = "t.voided = 0", ""
    if found.parent:
        # Clocks of one record that end on the same day stand in this order; wide records would only be sorted in vain.
        order = " ORDER BY t.id"
        # Asked of the few rows that are left by everything else.
        above = quoted(TABLES[found.parent.key].name)
        alive += f" AND EXISTS (SELECT 1 FROM {above} p WHERE p.id = t.parent_id AND p.voided = 0)"
    elif found.register.flow:
        # Said once more for all of them together: the index of states is used, and what is finished is not read.
        states = sorted({state for limit in limits for state in _states(found, limit)})
        alive += f" AND t.state IN ({_marks(states)})"
        parameters = [*states, *parameters]
    selected = selection(found)
    statement = (
        f"SELECT {selected.columns('t.')} FROM {quoted(found.name)} t WHERE {alive} AND ({' OR '.join(words)}){order}"
    )
    return statement, parameters, selected


def by_id(connection: Any, found: Table, ids: Sequence[int]) -> dict[int, Row]:
    """Return records by id, read in a few statements: what names them and when something happened, no long texts."""
    made, selected = {}, _naming(found)
    for block in _blocks(ids):
        for row in connection.execute(f"{selected.statement} WHERE id IN ({_marks(block)})", block):
            made[row[0]] = selected.row(row)
    return made


@lru_cache(maxsize=256)
def _naming(found: Table) -> Selection:
    register = found.register
    days = (field.name for field in register.days)
    names = dict.fromkeys((*register.title, "no", "state", *days, "provenance"))
    return selection(found, tuple(name for name in names if name in found.place_of))


def open_ids(connection: Any, found: Table, states: Sequence[str]) -> list[int]:
    """Return the live records that stand in one of these states."""
    statement = f"SELECT id FROM {quoted(found.name)} WHERE voided = 0 AND state IN ({_marks(states)})"
    return [row[0] for row in connection.execute(statement, list(states))]


def created(connection: Any, kind: str, ids: Sequence[int]) -> dict[int, str]:
    """Return the moment at which each record came into the vault, as the journal has it."""
    made: dict[int, str] = {}
    for block in _blocks(ids):
        made |= connection.execute(
            "SELECT c.record_id, min(e.at) FROM journal_change c JOIN journal_entry e ON e.id = c.entry_id "
            f"WHERE c.kind = ? AND c.action = 'create' AND c.record_id IN ({_marks(block)}) GROUP BY c.record_id",
            (kind, *block),
        ).fetchall()
    return made


def last_entries(connection: Any, found: Table, ids: Sequence[int]) -> dict[int, tuple[str, bool]]:
    """Return when something was last entered at each record, its rows or files, and whether that was its creation.

    Opening, printing and exporting enter nothing.
    """
    newest: dict[int, int] = {}
    first: dict[int, int] = {}
    for block in _blocks(ids):
        marks = _marks(block)
        for record_id, last, began in connection.execute(
            "SELECT record_id, max(entry_id), min(entry_id) FROM journal_change "
            f"WHERE kind = ? AND record_id IN ({marks}) AND action IN ('create', 'change') GROUP BY record_id",
            (found.kind, *block),
        ):
            newest[record_id], first[record_id] = last, began
        for child in found.register.rows:
            below = TABLES[f"{found.kind}.{child.key}"]
            _later(newest, connection.execute(
                f"SELECT t.parent_id, max(c.entry_id) FROM {quoted(below.name)} t JOIN journal_change c "
                f"ON c.kind = ? AND c.record_id = t.id WHERE t.parent_id IN ({marks}) GROUP BY t.parent_id",
                (below.kind, *block),
            ))  # fmt: skip
        _later(newest, connection.execute(
            "SELECT t.record_id, max(c.entry_id) FROM attachment t JOIN journal_change c "
            f"ON c.kind = ? AND c.record_id = t.id WHERE t.register = ? AND t.record_id IN ({marks}) GROUP BY 1",
            (ATTACHMENT, found.kind, *block),
        ))  # fmt: skip
    at: dict[int, str] = {}
    for block in _blocks(sorted(set(newest.values()))):
        at |= dict(connection.execute(f"SELECT id, at FROM journal_entry WHERE id IN ({_marks(block)})", block))
    return {each: (at[entry], entry == first.get(each)) for each, entry in newest.items() if entry in at}


def _later(newest: dict[int, int], found: Any) -> None:
    for record_id, entry in found:
        newest[record_id] = max(newest.get(record_id, 0), entry)


def _states(found: Table, limit: LimitFrom) -> tuple[str, ...]:
    flow = found.register.flow
    return limit.states or tuple(state.code for state in flow.states if not state.end) if flow else ()


def _may_run(found: Table, limit: LimitFrom) -> tuple[str, tuple[str, ...]]:
    parts = [f"t.{quoted(limit.start)} IS NOT NULL", *(f"t.{quoted(name)} IS NULL" for name in limit.until)]
    states = _states(found, limit)
    if states:
        parts.append(f"t.state IN ({_marks(states)})")
    return f"({' AND '.join(parts)})", states


def _blocks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for at in range(0, len(ids), _BLOCK):
        yield ids[at : at + _BLOCK]


def _marks(given: Sequence[Any]) -> str:
    return ", ".join("?" * len(given))
