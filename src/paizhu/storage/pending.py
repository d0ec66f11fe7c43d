"""What an act has written but not stored yet: rows, changes for the journal, pointers, words for the search.

It is stored in runs of a thousand, each row of the journal in the order in which the digest of the act counts it.
"""

from collections.abc import Mapping
from itertools import chain as chained
from typing import Any

from paizhu.storage.arrivals import Arrival, Arrivals
from paizhu.storage.entry import BATCH, Entry
from paizhu.storage.pointers import Pointers
from paizhu.storage.search_index import SearchIndex
from paizhu.storage.tables import TABLES, Table
from paizhu.storage.writer import Writer


class Pending:
    """Gathers within one act; whoever reads from the database flushes before."""

    def __init__(self, writer: Writer, index: SearchIndex, entry: Entry) -> None:
        self._writer = writer
        self._index = index
        self._entry = entry
        self.pointers = Pointers(writer)
        self._inserts: dict[str, list[Mapping[str, Any]]] = {}
        self._arriving: list[Arrival] = []
        self._arriving_at: Table | None = None

    def insert(self, found: Table, row: Mapping[str, Any]) -> None:
        """Take a new row of a table."""
        waiting = self._inserts.setdefault(found.kind, [])
        waiting.append(row)
        if len(waiting) >= BATCH:
            self.flush()

    def tell(self, kind: str, record_id: int, action: str, words: str) -> None:
        """Take a change for the journal."""
        if self._entry.tell(kind, record_id, action, words):
            self.flush()

    def arrive(self, found: Table, arrival: Arrival) -> None:
        """Take a new record that has no rows below it, with all that it leaves behind."""
        if self._arriving_at is not found:
            self.flush()
            self._arriving_at = found
        self._arriving.append(arrival)
        if len(self._arriving) >= BATCH:
            self.flush()

    def arrive_together(self, found: Table, arrivals: Arrivals) -> None:
        """Take new records that come by column, after all that was taken before."""
        self.flush()
        self._store_arrivals(found, arrivals)

    def flush(self) -> None:
        """Store what was taken so far."""
        if self._arriving and self._arriving_at is not None:
            self._store_arrivals(self._arriving_at, Arrivals.of(self._arriving_at, self._arriving))
            self._arriving.clear()
        for kind, rows in self._inserts.items():
            if rows:
                # Columns that are empty in every row are not named: most are, and binding nothing costs more.
                names = tuple(dict.fromkeys(chained.from_iterable(rows)))
                self._writer.store(TABLES[kind].inserting(names), [tuple(map(row.get, names)) for row in rows])
                rows.clear()
        self.pointers.flush()
        self._entry.flush()

    def _store_arrivals(self, found: Table, arrivals: Arrivals) -> None:
        self._entry.tell_all(found.kind, "create", list(zip(arrivals.ids, arrivals.deltas(), strict=True)))
        names, rows = arrivals.rows()
        self._writer.store(found.inserting(names), rows)
        for record_id, name, value in arrivals.pointers():
            self.pointers.add(found.kind, record_id, name, value)
        for record_id, (title, body) in zip(arrivals.ids, arrivals.documents(), strict=True):
            self._index.put_spaced(found.kind, record_id, title, body)
        self._index.names(arrivals.names())
