"""Which record points to which, kept beside the records: derived, for links, dossiers and renamed persons."""

from collections.abc import Iterator
from typing import Any

from paizhu.base.rows import Ref, Row, Value
from paizhu.storage import queries
from paizhu.storage.tables import TABLES, Table, quoted
from paizhu.storage.writer import Writer


class Pointers:
    """Writes pointers within a transaction, in batches; the caller flushes before it reads."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._pending: list[tuple[Any, ...]] = []

    def add(self, kind: str, record_id: int, name: str, value: Value) -> None:
        """Take note of what a new record points to in a field."""
        for ref in value if isinstance(value, tuple) else (value,):
            if isinstance(ref, Ref) and ref.linked:
                self._pending.append((kind, record_id, name, ref.register, ref.id))

    def replace(self, kind: str, record_id: int, name: str, value: Value) -> None:
        """Take note of what a record points to in a field from now on."""
        self._writer.execute(
            "DELETE FROM reference WHERE kind = ? AND record_id = ? AND field = ?", (kind, record_id, name)
        )
        self.add(kind, record_id, name, value)

    def flush(self) -> None:
        """Write what was taken so far."""
        if self._pending:
            self._writer.store("INSERT OR IGNORE INTO reference", self._pending)
            self._pending = []

    def rename(self, found: Table, row: Row) -> Iterator[tuple[str, int]]:
        """Carry a new name to the words that point to it, and yield the records changed (derived, not journalled)."""
        fresh = Ref(str(row.values["name"]), found.kind, row.id)
        for kind, record_id, name in queries.pointing_to(self._writer, found.kind, row.id):
            there = TABLES[kind]
            value = queries.one(self._writer, there, record_id).values[name]
            kept: Any = fresh
            if isinstance(value, tuple):
                kept = tuple(
                    fresh if isinstance(ref, Ref) and (ref.register, ref.id) == (found.kind, row.id) else ref
                    for ref in value
                )
            self._writer.execute(
                f"UPDATE {quoted(there.name)} SET {quoted(name)} = ? WHERE id = ?",
                (there.encode(name, kept), record_id),
            )
            yield (there.parent.key, self._above(there, record_id)) if there.parent else (kind, record_id)

    def _above(self, there: Table, row_id: int) -> int:
        found = self._writer.execute(f"SELECT parent_id FROM {quoted(there.name)} WHERE id = ?", (row_id,))
        return int(found.fetchone()[0])
