"""Putting stored records into the search index anew; it is derived and may be thrown away at any time."""

from collections.abc import Sequence
from typing import Any

from paizhu.base.progress import Progress
from paizhu.base.rows import Row
from paizhu.storage import queries
from paizhu.storage.search_index import SearchIndex, document_of
from paizhu.storage.tables import TABLES, Table

_TELL_EVERY = 500


def rebuild(connection: Any, index: SearchIndex, progress: Progress) -> int:
    """Put every live record into the index, within the caller's transaction; return how many it holds then."""
    index.clear()
    for found in TABLES.values():
        if found.parent:
            continue
        total = int(connection.execute(f'SELECT count(*) FROM "{found.name}"').fetchone()[0])
        after, done = 0, 0
        while done < total:
            progress("正在重建索引", done, total)
            after, some = put_some(connection, index, found, after, _TELL_EVERY)
            done += some
    index.flush()
    return index.count()


def put_some(connection: Any, index: SearchIndex, found: Table, after: int, most: int) -> tuple[int, int]:
    """Put records after one into the index in place of what it holds of them; return the last and how many there were.

    Voided ones are taken out; what was put is written with the index's own ``flush``.
    """
    rows = [
        found.row(row)
        for row in connection.execute(f"{found.select} WHERE id > ? ORDER BY id LIMIT ?", (after, most)).fetchall()
    ]
    put(connection, index, found, rows)
    return (rows[-1].id if rows else after), len(rows)


def put(connection: Any, index: SearchIndex, found: Table, rows: Sequence[Row]) -> None:
    """Put some records into the index in place of what it holds of them, written with the index's own ``flush``."""
    ids = [row.id for row in rows]
    below = {
        child.key: queries.children_of(connection, TABLES[f"{found.kind}.{child.key}"], ids)
        for child in found.register.rows
        if ids
    }
    documents = {}
    for row in rows:
        children = {key: [each.values for each in by_parent.get(row.id, ())] for key, by_parent in below.items()}
        documents[row.id] = document_of(index, row, children)
        if not row.voided:
            index.name(found.kind, row.values)
    index.replace(found.kind, documents)
