"""Which record points to which, kept beside the records: derived, for links, dossiers and renamed persons."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from paizhu.base.field import FieldKind
from paizhu.base.rows import Ref, Row, Value, refs_in
from paizhu.storage import queries
from paizhu.storage.tables import TABLES, Table, quoted
from paizhu.storage.writer import Writer

_TOGETHER = 500
"""Records named in one statement."""


class Pointers:
    """Writes pointers within a transaction, in batches; the caller flushes before it reads."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._pending: list[tuple[Any, ...]] = []

    def add(self, kind: str, record_id: int, name: str, value: Value) -> None:
        """Take note of what a new record points to in a field."""
        for ref in refs_in(value):
            if ref.linked:
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
        """Carry a new name to the words that point to it (derived, not journalled), and yield the records in whose
        documents of the search it stands.

        A unit stands in hundreds of records, few of which are found by its name; those of a kind are written as one.
        """
        fresh = Ref(str(row.values["name"]), found.kind, row.id)
        pointing: dict[tuple[str, str], list[int]] = defaultdict(list)
        for kind, record_id, name in queries.pointing_to(self._writer, found.kind, row.id):
            pointing[(kind, name)].append(record_id)
        for (kind, name), ids in pointing.items():
            there = TABLES[kind]
            for at in range(0, len(ids), _TOGETHER):
                some = ids[at : at + _TOGETHER]
                if there.fields[name].kind is FieldKind.REF:
                    self._put(there, name, fresh, some)
                else:
                    self._put_among(there, name, fresh, some)
                if name in there.found_by:
                    yield from self._documents(there, some)

    def _put(self, there: Table, name: str, fresh: Ref | tuple[Ref, ...], ids: Sequence[int]) -> None:
        self._writer.execute(
            f"UPDATE {quoted(there.name)} SET {quoted(name)} = ? WHERE id IN ({_marks(ids)})",
            (there.encode(name, fresh), *ids),
        )

    def _put_among(self, there: Table, name: str, fresh: Ref, ids: Sequence[int]) -> None:
        statement = f"SELECT id, {quoted(name)} FROM {quoted(there.name)} WHERE id IN ({_marks(ids)})"
        decode = there.readers[name]
        for record_id, stored in self._writer.execute(statement, ids).fetchall():
            refs: Any = decode(stored) if decode and stored is not None else ()
            kept = tuple(fresh if (ref.register, ref.id) == (fresh.register, fresh.id) else ref for ref in refs)
            self._put(there, name, kept, [record_id])

    def _documents(self, there: Table, ids: Sequence[int]) -> Iterator[tuple[str, int]]:
        if there.parent is None:
            yield from ((there.kind, record_id) for record_id in ids)
            return
        statement = f"SELECT DISTINCT parent_id FROM {quoted(there.name)} WHERE id IN ({_marks(ids)})"
        for (above,) in self._writer.execute(statement, ids).fetchall():
            yield there.parent.key, int(above)


def _marks(ids: Sequence[int]) -> str:
    return ", ".join("?" * len(ids))
