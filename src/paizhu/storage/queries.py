"""Reading records: one, its child rows, a window of a list, counts; frozen rows come out."""

import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from paizhu.base.errors import NotFoundError
from paizhu.base.field import FieldKind
from paizhu.base.rows import Glimpse, Ref, Row
from paizhu.base.stored import BETWEEN, POINTER, ref_words
from paizhu.base.view import Condition, Test, View, Which
from paizhu.storage.lazy_rows import selection
from paizhu.storage.ordering import is_stepwise, order_by, stepwise
from paizhu.storage.tables import Table, quoted, table

_SCANNING_KIB = 4 * 1024


def one(connection: Any, found: Table, record_id: int) -> Row:
    """Return one record, voided or not; NotFoundError when there is none."""
    row = connection.execute(f"{found.select} WHERE id = ?", (record_id,)).fetchone()
    if row is None:
        raise NotFoundError(f"没有找到这条{found.register.label}记录", "数据没有改动", "刷新列表后再试")
    return found.row(row)


def these(connection: Any, found: Table, ids: Sequence[int]) -> list[Row]:
    """Return some records, voided or not, in no order."""
    rows = connection.execute(f"{found.select} WHERE id IN ({', '.join('?' * len(ids))})", tuple(ids)).fetchall()
    return [found.row(row) for row in rows]


def children(connection: Any, found: Table, parent_id: int) -> list[Row]:
    """Return the live rows under a record, in their order."""
    rows = connection.execute(
        f"{found.select} WHERE parent_id = ? AND voided = 0 ORDER BY position, id", (parent_id,)
    ).fetchall()
    return [found.row(row) for row in rows]


def children_of_all(connection: Any, found: Table) -> list[Row]:
    """Return every live row of a kind, by the record it stands under and in the order there."""
    rows = connection.execute(f"{found.select} WHERE voided = 0 ORDER BY parent_id, position, id").fetchall()
    return [found.row(row) for row in rows]


def count(connection: Any, view: View, most: int | None = None) -> int:
    """Return how many records a view holds; none is looked at after ``most`` were found."""
    if view.which is Which.LIVE and not view.conditions and not view.missing:
        # All but the voided: a count without conditions looks only at the heads of the pages of an index.
        name = _name(view)
        statement = f"SELECT (SELECT count(*) FROM {name}) - (SELECT count(*) FROM {name} WHERE voided = 1)"
        return int(connection.execute(statement).fetchone()[0])
    where, parameters = _where(view)
    matching = f"{_name(view)}{where}" if most is None else f"(SELECT 1 FROM {_name(view)}{where} LIMIT {most})"
    return int(connection.execute(f"SELECT count(*) FROM {matching}", parameters).fetchone()[0])


def window(connection: Any, view: View, offset: int, limit: int, total: int | None = None) -> list[Row]:
    """Return the records of a list from one position on.

    When the total is known and the window lies in the second half, the order is walked from its end:
    jumping to the end then costs what the beginning costs.
    """
    found = table(view.register)
    return [found.row(row) for row in _window(connection, view, found.select, offset, limit, total)]


def glimpse(
    connection: Any,
    view: View,
    offset: int,
    limit: int,
    total: int | None = None,
    names: Sequence[str] | None = None,
) -> Glimpse:
    """Return the same records as they are stored, with the named fields only (None: all)."""
    selected = selection(table(view.register), None if names is None else tuple(names))
    found = _window(connection, view, selected.statement, offset, limit, total)
    return Glimpse(selected.place_of, found, selected.row)


def glimpse_of(connection: Any, view: View, ids: Sequence[int], names: Sequence[str] | None = None) -> Glimpse:
    """Return the records with these ids, in their order, as they are stored."""
    selected = selection(table(view.register), None if names is None else tuple(names))
    marks = ", ".join("?" * len(ids))
    by_id = {row[0]: row for row in connection.execute(f"{selected.statement} WHERE id IN ({marks})", tuple(ids))}
    return Glimpse(selected.place_of, [by_id[each] for each in ids if each in by_id], selected.row)


def is_indexed(connection: Any, view: View) -> bool:
    """Tell whether an index keeps the order of a view, so that its first records are found without sorting all."""
    if is_stepwise(view):
        return True
    where, parameters = _where(view)
    statement = f"EXPLAIN QUERY PLAN SELECT id FROM {_name(view)}{where}{order_by(view, reverse=False)} LIMIT 1"
    return not any(
        "USE TEMP B-TREE FOR ORDER BY" in str(step[-1]) for step in connection.execute(statement, parameters)
    )


def _window(
    connection: Any, view: View, selected: str, offset: int, limit: int, total: int | None
) -> list[tuple[Any, ...]]:
    reverse = total is not None and offset > total // 2
    if reverse:
        assert total is not None
        limit = min(limit, total - offset)
        offset = max(0, total - offset - limit)
    rows = stepwise(connection, view, selected, offset, limit, reverse=reverse)
    if rows is None:
        rows = _sorted(connection, view, selected, offset, limit, reverse=reverse)
    return rows[::-1] if reverse else rows


def _sorted(
    connection: Any, view: View, selected: str, offset: int, limit: int, *, reverse: bool
) -> list[tuple[Any, ...]]:
    (where, parameters), order = _where(view), order_by(view, reverse=reverse)
    if not offset:
        return list(connection.execute(f"{selected}{where}{order} LIMIT ?", (*parameters, limit)).fetchall())
    # Positions are found on the index alone; whole rows are read for the window only.
    ids = f"SELECT id FROM {_name(view)}{where}{order} LIMIT ? OFFSET ?"
    statement = f"{selected} WHERE id IN ({ids}){order}"
    return list(connection.execute(statement, (*parameters, limit, offset)).fetchall())


@contextmanager
def scanning(connection: Any) -> Iterator[Any]:
    """Keep few pages in memory while very many rows are read once, so that it stays flat however many they are."""
    before = connection.execute("PRAGMA cache_size").fetchone()[0]
    connection.execute(f"PRAGMA cache_size = -{_SCANNING_KIB}")
    try:
        yield connection
    finally:
        connection.execute(f"PRAGMA cache_size = {before}")


def some(connection: Any, view: View, names: Sequence[str], block: int = 500) -> Iterator[Row]:
    """Yield all records of a view in its order with the named fields only, and of those what is filled in."""
    found = table(view.register)
    where, parameters = _where(view)
    readers = [(name, found.readers[name]) for name in names]
    selected = ", ".join(map(quoted, ("id", "version", *names)))
    cursor = connection.execute(
        f"SELECT {selected} FROM {_name(view)}{where}{order_by(view, reverse=False)}", parameters
    )
    while rows := cursor.fetchmany(block):
        for record_id, version, *cells in rows:
            values = {
                name: raw if convert is None else convert(raw)
                for (name, convert), raw in zip(readers, cells, strict=True)
                if raw is not None
            }
            yield Row(found.kind, record_id, version, values)


def every_id(connection: Any, view: View) -> Iterator[int]:
    """Yield the ids of a view in its order, without a list of them."""
    where, parameters = _where(view)
    for (record_id,) in connection.execute(
        f"SELECT id FROM {_name(view)}{where}{order_by(view, reverse=False)}", parameters
    ):
        yield record_id


def every(connection: Any, view: View, block: int = 500) -> Iterator[Row]:
    """Yield all records of a view in its order, block by block, so that memory stays flat."""
    found = table(view.register)
    where, parameters = _where(view)
    cursor = connection.execute(f"{found.select}{where}{order_by(view, reverse=False)}", parameters)
    while rows := cursor.fetchmany(block):
        for row in rows:
            yield found.row(row)


def first_ids(connection: Any, view: View, most: int) -> list[int]:
    """Return the ids of the first records of a view."""
    return [row[0] for row in _window(connection, view, f"SELECT id FROM {_name(view)}", 0, most, None)]


def ids(connection: Any, view: View) -> list[int]:
    """Return the ids of a view in its order."""
    return list(every_id(connection, view))


def ids_at(connection: Any, view: View, places: Sequence[range]) -> list[int]:
    """Return the ids of the records that stand in some places of a view; none above or below them is read."""
    first, end = min(each.start for each in places), max(each.stop for each in places)
    where, parameters = _where(view)
    found = connection.execute(
        f"SELECT id FROM {_name(view)}{where}{order_by(view, reverse=False)} LIMIT ? OFFSET ?",
        (*parameters, end - first, first),
    ).fetchall()
    return [record_id for each in places for (record_id,) in found[each.start - first : each.stop - first]]


def among(connection: Any, view: View, ids: Collection[int]) -> list[int]:
    """Return which of some records are in a view, in no order."""
    where, parameters = _where(view)
    chosen = f"id IN ({', '.join('?' * len(ids))})"
    statement = (
        f"SELECT id FROM {_name(view)}{where} AND {chosen}" if where else f"SELECT id FROM {_name(view)} WHERE {chosen}"
    )
    return [row[0] for row in connection.execute(statement, (*parameters, *ids))]


def members(connection: Any, view: View) -> set[int]:
    """Return the ids of a view, in no order: what narrows an order that is known already."""
    where, parameters = _where(view)
    return {row[0] for row in connection.execute(f"SELECT id FROM {_name(view)}{where}", parameters)}


def position(connection: Any, view: View, record_id: int) -> int | None:
    """Return the place of a record in a view, or None when it is not in it."""
    where, parameters = _where(view)
    found = connection.execute(
        f"SELECT place FROM (SELECT id, row_number() OVER ({order_by(view, reverse=False).strip()}) - 1 AS place "
        f"FROM {_name(view)}{where}) WHERE id = ?",
        (*parameters, record_id),
    ).fetchone()
    return int(found[0]) if found else None


def tally(connection: Any, view: View, name: str) -> dict[Any, int]:
    """Return how many records of a view carry each stored value of a column."""
    where, parameters = _where(view)
    rows = connection.execute(
        f"SELECT {quoted(name)}, count(*) FROM {_name(view)}{where} GROUP BY 1", parameters
    ).fetchall()
    return dict(rows)


def groups(connection: Any, view: View, names: Sequence[str], finished: Sequence[str]) -> list[tuple[Any, ...]]:
    """Return the values that occur together in some columns, then how many records have them and how many of those
    stand in one of the finished states. A reference counts by its words, whatever record stands behind them.
    """
    where, parameters = _where(view)
    keys = ", ".join(_grouping(view, name) for name in names)
    ended = f"sum(state IN ({', '.join('?' * len(finished))}))" if finished else "0"
    places = ", ".join(str(place) for place in range(1, len(names) + 1))
    rows = connection.execute(
        f"SELECT {keys}, count(*), {ended} FROM {_name(view)}{where} GROUP BY {places}", (*finished, *parameters)
    ).fetchall()
    return [tuple(row) for row in rows]


def children_of(connection: Any, found: Table, parents: Sequence[int]) -> dict[int, list[Row]]:
    """Return the live rows under some records in their order, by record."""
    rows = connection.execute(
        f"{found.select} WHERE voided = 0 AND parent_id IN ({', '.join('?' * len(parents))}) "
        "ORDER BY parent_id, position, id",
        tuple(parents),
    ).fetchall()
    under: dict[int, list[Row]] = {}
    for row in map(found.row, rows):
        under.setdefault(int(str(row.values["parent_id"])), []).append(row)
    return under


def files_at(connection: Any, register: str, record_id: int, names: Sequence[str]) -> list[tuple[Any, ...]]:
    """Return the named columns of each file that hangs at a record, in the order in which they came."""
    rows = connection.execute(
        f"SELECT {', '.join(names)} FROM attachment WHERE register = ? AND record_id = ? AND voided = 0 ORDER BY id",
        (register, record_id),
    ).fetchall()
    return [tuple(row) for row in rows]


def file_counts(connection: Any, register: str, records: Sequence[int], field: str) -> dict[int, dict[str, int]]:
    """Return how many files stand in each place of a field for files, by record and place."""
    rows = connection.execute(
        "SELECT record_id, slot, count(*) FROM attachment WHERE register = ? AND voided = 0 "
        f"AND record_id IN ({', '.join('?' * len(records))}) AND (slot = ? OR substr(slot, 1, ?) = ?) GROUP BY 1, 2",
        (register, *records, field, len(field) + 1, f"{field}:"),
    ).fetchall()
    counts: dict[int, dict[str, int]] = {}
    for record_id, slot, count in rows:
        counts.setdefault(record_id, {})[slot] = count
    return counts


def written(connection: Any, kind: str, record_id: int) -> dict[str, int]:
    """Return for each field of a record the newest act that wrote it, as the journal tells."""
    rows = connection.execute(
        "SELECT entry_id, delta FROM journal_change WHERE kind = ? AND record_id = ? "
        "AND action IN ('create', 'change') ORDER BY id",
        (kind, record_id),
    ).fetchall()
    return {name: entry for entry, delta in rows for name in json.loads(delta)}


def pointing_to(connection: Any, target: str, target_id: int) -> list[tuple[str, int, str]]:
    """Return kind, record and field of everything that points to a record."""
    rows = connection.execute(
        "SELECT kind, record_id, field FROM reference WHERE target = ? AND target_id = ? ORDER BY kind, record_id",
        (target, target_id),
    ).fetchall()
    return [(kind, record_id, name) for kind, record_id, name in rows]


def _grouping(view: View, name: str) -> str:
    field = table(view.register).fields.get(name)
    column = quoted(name)
    if field is None or field.kind is not FieldKind.REF:
        return column
    at = f"instr({column}, '{POINTER}')"
    return f"CASE WHEN {at} THEN substr({column}, 1, {at} - 1) ELSE {column} END"


def _name(view: View) -> str:
    return quoted(table(view.register).name)


def _where(view: View) -> tuple[str, list[Any]]:
    found = table(view.register)
    parts: list[str] = []
    parameters: list[Any] = []
    # The sign keeps the database from walking all live records where a name leads to a few.
    voided = (
        "+voided" if any(each.test is Test.IS and each.name in found.named_by for each in view.conditions) else "voided"
    )
    match view.which:
        case Which.LIVE:
            parts.append(f"{voided} = 0")
        case Which.VOIDED:
            parts.append(f"{voided} = 1")
        case Which.ALL:
            pass
    if view.missing:
        parts.append("missing > 0")
    for condition in view.conditions:
        words, given = _condition(found, condition)
        parts.append(words)
        parameters += given
    return (f" WHERE {' AND '.join(parts)}" if parts else ""), parameters


def _condition(found: Table, condition: Condition) -> tuple[str, list[Any]]:
    name = quoted(condition.name)
    if condition.name not in found.columns:
        raise KeyError(f"{found.kind}.{condition.name}")
    value = condition.value
    match condition.test:
        case Test.IS:
            return _is(found, condition.name, value)
        case Test.ONE_OF:
            given = [found.encode(condition.name, each) for each in value]
            return f"{name} IN ({', '.join('?' * len(given))})", given
        case Test.NOT:
            return f"{name} IS NOT ?", [found.encode(condition.name, value)]
        case Test.EMPTY:
            return f"{name} IS NULL", []
        case Test.FILLED:
            return f"{name} IS NOT NULL", []
        case Test.CONTAINS:
            return f"instr({name}, ?) > 0", [value]
        case Test.SINCE:
            return f"{name} >= ?", [str(value)[:10]]
        case Test.UNTIL:
            # A moment of that day sorts after the bare day, so the whole day is taken in.
            return f"{name} < ?", [f"{str(value)[:10]}~"]
        case Test.AT_LEAST | Test.AT_MOST:
            # Numbers are kept as text, which would be compared letter by letter.
            sign = ">=" if condition.test is Test.AT_LEAST else "<="
            return f"CAST({name} AS REAL) {sign} CAST(? AS REAL)", [found.encode(condition.name, value)]
        case Test.POINTS_TO:
            return (
                "id IN (SELECT record_id FROM reference WHERE kind = ? AND field = ? AND target = ? AND target_id = ?)",
                [found.kind, condition.name, value.register, value.id],
            )


def _is(found: Table, name: str, value: Any) -> tuple[str, list[Any]]:
    field = found.fields.get(name)
    if field and field.kind is FieldKind.REF and isinstance(value, Ref) and not value.linked:
        # Words without a record match the same words, whether or not a record stands behind them there. The bounds let
        # an index lead to the few between which both stand: no sign of writing comes before the space.
        column, label = quoted(name), value.label
        words = f"{column} >= ? AND {column} < ? AND ({column} = ? OR substr({column}, 1, ?) = ?)"
        return f"({words})", [label, f"{label} ", label, len(label) + 1, label + POINTER]
    return f"{quoted(name)} IS ?", [found.encode(name, value)]


def words_in(refs: str) -> Sequence[str]:
    """Return the words of a stored list of references."""
    return [ref_words(part) for part in refs.split(BETWEEN)]
