"""Making the search index anew from the records; it is derived and may be thrown away at any time."""

from collections.abc import Callable
from typing import Any

from paizhu.storage import queries
from paizhu.storage.search_index import SearchIndex
from paizhu.storage.tables import TABLES

_TELL_EVERY = 500


def rebuild(connection: Any, index: SearchIndex, progress: Callable[[str, int, int], None]) -> int:
    """Put every live record into the index, within the caller's transaction; return how many it holds then."""
    index.clear()
    for key, found in TABLES.items():
        if found.parent:
            continue
        ids = [row[0] for row in connection.execute(f'SELECT id FROM "{found.name}" WHERE voided = 0')]
        for place, record_id in enumerate(ids):
            row = queries.one(connection, found, record_id)
            rows = {
                child.key: [
                    each.values for each in queries.children(connection, TABLES[f"{key}.{child.key}"], record_id)
                ]
                for child in found.register.rows
            }
            index.put(key, record_id, index.document(key, row.values, rows, row.extra))
            index.name(key, row.values)
            if place % _TELL_EVERY == 0:
                progress("正在重建索引", place, len(ids))
    index.flush()
    return index.count()
