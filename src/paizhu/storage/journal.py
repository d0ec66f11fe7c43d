"""The act: the one way to write. One transaction, one journal entry, one link of the chain, one undo."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from paizhu.base import clock
from paizhu.base.errors import NotFoundError, StaleRecordError
from paizhu.base.field import FieldKind
from paizhu.base.register import Register
from paizhu.base.rows import Change, Row, Sealed, Values
from paizhu.storage import corrections, deltas, queries, reindex
from paizhu.storage.arrivals import Arrival, Arrivals
from paizhu.storage.corrections import Corrections
from paizhu.storage.counters import Counters
from paizhu.storage.deed import Deed
from paizhu.storage.entry import BATCH, Entry
from paizhu.storage.pending import Pending
from paizhu.storage.scratch_rows import Run
from paizhu.storage.search_index import SearchIndex
from paizhu.storage.tables import ATTACHMENT, ATTACHMENT_COLUMNS, TABLES, Table, quoted, table
from paizhu.storage.writer import Writer

KEPT = "kept."
"""Before the kind of things kept by name, where the journal holds their change."""
_TOGETHER = 500
"""Records whose words for the search are read together."""


class Act:
    """Writes inside one transaction; made by the vault, finished by leaving its ``with`` block."""

    def __init__(
        self, writer: Writer, index: SearchIndex, deed: Deed, seal: Callable[[str, str], str], watch: Corrections
    ) -> None:
        self._writer = writer
        self.corrections = watch
        self._index = index
        self._seal = seal
        self.deed = deed
        self._entry = Entry(writer, deed)
        self._pending = Pending(writer, index, self._entry)
        self._counters = Counters(writer)
        self._stale_documents: dict[tuple[str, int], None] = {}
        self.registers: set[str] = set()
        self.records: list[tuple[str, int]] = []

    @property
    def entry(self) -> int:
        """The number of the journal entry this act becomes."""
        return self._entry.id

    # --- writing records -------------------------------------------------------------------------------------

    def create(
        self,
        register: Register | str,
        values: Values,
        rows: Mapping[str, Sequence[Values]] | None = None,
        extra: Mapping[str, str] | None = None,
        source: Mapping[str, Any] | None = None,
    ) -> int:
        """Store a new record with its child rows and return its id; values were checked before."""
        found = table(register)
        return self._created(found, self._stored(found, values), values, rows or {}, extra or {}, source)

    def create_kept(
        self,
        register: Register | str,
        kept: Mapping[str, Any],
        rows: Mapping[str, Sequence[Values]],
        extra: Mapping[str, str],
        source: Mapping[str, Any],
    ) -> int:
        """Store a new record whose values are as columns keep them already, as the rows of a plan are."""
        found = table(register)
        if any(rows.values()):
            values = {
                name: raw if convert is None else convert(raw)
                for name, convert in found.indexed
                if (raw := kept.get(name)) is not None
            }
            values["no"] = kept.get("no")
            return self._created(found, kept, values, rows, extra, source)
        record_id = self._counters.next_id(found.name)
        self._pending.arrive(found, Arrival(record_id, kept, extra, source))
        self._touch(found.kind, record_id)
        return record_id

    def create_run(self, register: Register | str, run: Run, source: Sequence[Mapping[str, Any]]) -> Sequence[int]:
        """Store the rows of a plan that are kept by column as new records; returns their ids."""
        found = table(register)
        ids = self._counters.next_ids(found.name, len(run.rows))
        self._pending.arrive_together(found, Arrivals(found, ids, run.values, run.extra, source))
        for record_id in ids:
            self._touch(found.kind, record_id)
        return ids

    def _created(
        self,
        found: Table,
        stored: Mapping[str, Any],
        values: Values,
        rows: Mapping[str, Sequence[Values]],
        extra: Mapping[str, str],
        source: Mapping[str, Any] | None,
    ) -> int:
        head = {
            "version": 1,
            "voided": 0,
            "missing": len(found.register.wanted_now(stored)),
            "extra": deltas.facts(extra),
            "provenance": deltas.facts(source),
        }
        record_id = self._insert(found, stored, values, head)
        self.corrections.made(found.kind, record_id)
        children = {key: list(given) for key, given in rows.items() if given}
        for key, given in children.items():
            for position, child in enumerate(given):
                self._insert_row(table(found.kind, key), child, record_id, position)
        self._index.put(found.kind, record_id, self._index.document(found.kind, values, children, extra))
        self._index.name(found.kind, values)
        self._touch(found.kind, record_id)
        return record_id

    def change(self, register: Register | str, record_id: int, version: int | None, new: Values) -> bool:
        """Store new values of some fields; False when nothing differs. A version older than stored is refused."""
        return self._change(table(register), record_id, version, new)

    def add_extra(self, register: Register | str, record_id: int, extra: Mapping[str, str]) -> None:
        """Keep columns of a ledger that have no field with a record that stands already."""
        found = table(register)
        self._pending.flush()
        known = queries.one(self._writer, found, record_id).extra
        self._write(found, record_id, {"extra": deltas.facts({**known, **extra})})

    def add_row(self, register: Register | str, record_id: int, child: str, values: Values) -> int:
        """Add one row under a record, after those that stand there; returns the row's own id."""
        self._pending.flush()
        found = table(register, child)
        self._ask_row(table(register), record_id, found)
        place = len(queries.children(self._writer, found, record_id))
        row_id = self._insert_row(found, values, record_id, place)
        self._touch(table(register).kind, record_id)
        return row_id

    def set_rows(self, register: Register | str, record_id: int, child: str, given: Sequence[Values]) -> None:
        """Make the child rows of one kind those given: with an ``id`` changed, without created, the rest voided."""
        found = table(register, child)
        self._pending.flush()
        standing = {row.id: row for row in queries.children(self._writer, found, record_id)}
        for position, values in enumerate(given):
            row_id = values.get("id")
            if isinstance(row_id, int) and row_id in standing:
                standing.pop(row_id)
                self._change(found, row_id, None, {**values, "position": position})
            else:
                self._ask_row(table(register), record_id, found)
                self._insert_row(found, values, record_id, position)
        for row_id in standing:
            self._change(found, row_id, None, {"voided": True})
        self._stale_documents[(table(register).kind, record_id)] = None
        self._touch(table(register).kind, record_id)

    def void(self, register: Register | str, record_id: int, reason: str) -> None:
        """Take a record out of every list and count, with the reason; nothing is deleted."""
        now = clock.now().isoformat(timespec="minutes")
        new: Values = {"voided": True, "void_reason": reason, "void_by": self.deed.actor, "void_at": now}
        self._change(table(register), record_id, None, new)

    def unvoid(self, register: Register | str, record_id: int) -> None:
        """Bring a voided record back."""
        new: Values = {"voided": False, "void_reason": None, "void_by": None, "void_at": None}
        self._change(table(register), record_id, None, new)

    def attach(self, values: Mapping[str, Any]) -> int:
        """Note a file that hangs at a record; its contents were stored before."""
        self._ask(table(values["register"]), values["record_id"], ("附件",))
        row_id = self._counters.next_id(ATTACHMENT)
        known = {"id": row_id, "version": 1, "voided": 0, **values}
        row = tuple(known[name] for name in ATTACHMENT_COLUMNS)
        self._writer.execute(f"INSERT INTO attachment VALUES ({', '.join('?' * len(row))})", row)
        self._note(ATTACHMENT, row_id, "create", {name: [None, known[name]] for name in ATTACHMENT_COLUMNS[3:]})
        self._touch(values["register"], values["record_id"])
        return row_id

    def detach(self, attachment_id: int, voided: bool = True) -> None:
        """Take an attachment off its record, or put it back; the contents stay."""
        before, register, record_id = self._writer.execute(
            "SELECT voided, register, record_id FROM attachment WHERE id = ?", (attachment_id,)
        ).fetchone()
        if bool(before) != voided:
            self._ask(table(register), record_id)
            self._writer.execute("UPDATE attachment SET voided = ? WHERE id = ?", (int(voided), attachment_id))
            self._note(ATTACHMENT, attachment_id, "change", {"voided": [before, int(voided)]})
        self._touch(register, record_id)

    def keep(self, kind: str, name: str, body: str | None, record: tuple[str, int] | None = None) -> None:
        """Keep a small thing by name as part of the act (None forgets it), so that it is journalled and undone with it.

        ``record`` is the register and id it concerns, for the pages that show it.
        """
        found = self._writer.execute("SELECT body FROM kept WHERE kind = ? AND name = ?", (kind, name)).fetchone()
        before = found[0] if found else None
        if body != before:
            self._put_kept(kind, name, body)
            self._note(f"{KEPT}{kind}", record[1] if record else 0, "change", {name: [before, body]})
            self.registers.add(f"{KEPT}{kind}")
        if record:
            self._touch(*record)

    def _put_kept(self, kind: str, name: str, body: str | None) -> None:
        if body is None:
            self._writer.execute("DELETE FROM kept WHERE kind = ? AND name = ?", (kind, name))
            return
        at = clock.now().isoformat(timespec="seconds")
        self._writer.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", (kind, name, body, at))

    def restore(self, kind: str, record_id: int, stored: Mapping[str, Any]) -> None:
        """Set columns to stored values as the journal holds them; used by undoing."""
        if kind.startswith(KEPT):
            for name, body in stored.items():
                self.keep(kind.removeprefix(KEPT), name, body)
            return
        if kind == ATTACHMENT:
            self.detach(record_id, bool(stored.get("voided")))
            return
        self._write(TABLES[kind], record_id, dict(stored))

    def note(self, kind: str, record_id: int, action: str, facts: Mapping[str, Any] | None = None) -> None:
        """Journal something done with a record that changes nothing: opened, exported, printed."""
        self._note(kind, record_id, action, dict(facts or {}))

    # --- numbers ---------------------------------------------------------------------------------------------

    def next_number(self, register: str, year: int) -> int:
        """Issue the next running number of a register and year; never given out again, whatever happens."""
        return self._counters.next_number(register, year)

    def claim_number(self, register: str, year: int, number: int) -> None:
        """Take note of a number an old ledger carries, so that it is not issued again."""
        self._counters.claim(register, year, number)

    # --- the machine -----------------------------------------------------------------------------------------

    def read(self, register: Register | str, record_id: int, child: str = "") -> Row:
        """Return a record as this transaction sees it; NotFoundError when there is none."""
        self._pending.flush()
        return queries.one(self._writer, table(register, child), record_id)

    def execute(self, statement: str, parameters: Sequence[Any] = ()) -> Any:
        """Run one statement of storage's own upkeep within the transaction, after all that was written so far."""
        self._pending.flush()
        return self._writer.execute(statement, parameters)

    def _stored(self, found: Table, values: Values) -> dict[str, Any]:
        """Return what the columns keep of the values that are there, in the order of the columns."""
        stored: dict[str, Any] = {}
        for name, kind, convert in found.writers:
            value = values.get(name)
            if value is None or (not value and value in ("", ())):
                continue
            if kind is FieldKind.SEALED:
                stored[name] = self._raw(found, name, kind, value)
            else:
                stored[name] = value if convert is None else convert(value)
        return stored

    def _insert_row(self, found: Table, values: Values, parent_id: int, position: int) -> int:
        head = {"version": 1, "voided": 0, "parent_id": parent_id, "position": position}
        return self._insert(found, self._stored(found, values), values, head)

    def _insert(self, found: Table, stored: Mapping[str, Any], values: Values, head: Mapping[str, Any]) -> int:
        record_id = self._counters.next_id(found.name)
        told = [(name, head[name]) for name in ("parent_id", "position") if name in head]
        told += stored.items()
        told += [(name, head[name]) for name in ("extra", "provenance") if head.get(name)]
        for field_ in found.register.references:
            value = values.get(field_.name)
            if value:
                self._pending.pointers.add(found.kind, record_id, field_.name, value)
        self._pending.insert(found, {"id": record_id, **head, **stored})
        self._pending.tell(found.kind, record_id, "create", deltas.created(told))
        return record_id

    def _raw(self, found: Table, name: str, kind: FieldKind, value: Any) -> Any:
        if kind is FieldKind.SEALED and not isinstance(value, Sealed):
            # Nothing is kept as nothing: a sealed cell left empty must not open as a word.
            return None if value in (None, "") else self._seal(str(value), name)
        return found.encode(name, value)

    def _change(self, found: Table, record_id: int, version: int | None, new: Values) -> bool:
        self._pending.flush()
        row = queries.one(self._writer, found, record_id)
        if version is not None and version != row.version:
            raise StaleRecordError(
                "这条记录在您打开后又被改过", "您填的内容还在，没有覆盖别处的修改", "看过新的内容后再保存"
            )
        names = [name for name in new if name in found.columns and name not in ("id", "version")]
        raw = {n: self._raw(found, n, found.fields[n].kind, new[n]) if n in found.fields else new[n] for n in names}
        return self._write(found, record_id, raw)

    def _write(self, found: Table, record_id: int, stored: dict[str, Any]) -> bool:
        self._pending.flush()
        if not stored:
            return False
        names = list(stored)
        selected = ", ".join(map(quoted, names))
        before = self._writer.execute(
            f"SELECT {selected} FROM {quoted(found.name)} WHERE id = ?", (record_id,)
        ).fetchone()
        if before is None:
            raise NotFoundError("没有找到这条记录", "数据没有改动", "刷新列表后再试")
        stored = {name: int(value) if isinstance(value, bool) else value for name, value in stored.items()}
        delta = {name: [old, stored[name]] for name, old in zip(names, before, strict=True) if old != stored[name]}
        if not delta:
            return False
        if corrections.alters(found, delta):
            self._ask(found, record_id, () if found.parent else corrections.filled(found, delta))
        marks = ", ".join(f"{quoted(name)} = ?" for name in delta)
        self._writer.execute(
            f"UPDATE {quoted(found.name)} SET {marks}, version = version + 1 WHERE id = ?",
            (*(after for _before, after in delta.values()), record_id),
        )
        self._note(found.kind, record_id, "change", delta)
        self._after_write(found, record_id, delta)
        return True

    def _after_write(self, found: Table, record_id: int, delta: Mapping[str, Any]) -> None:
        row = queries.one(self._writer, found, record_id)
        for name, field_ in found.fields.items():
            if name in delta and field_.is_reference:
                self._pending.pointers.replace(found.kind, record_id, name, row.values[name])
        if found.parent:
            parent_id = int(str(row.values["parent_id"]))
            self._stale_documents[(found.parent.key, parent_id)] = None
            self._touch(found.parent.key, parent_id)
            return
        missing = len(found.register.wanted_now(row.values))
        if missing != row.missing:
            self._writer.execute(f"UPDATE {quoted(found.name)} SET missing = ? WHERE id = ?", (missing, record_id))
        self._stale_documents[(found.kind, record_id)] = None
        self._index.name(found.kind, row.values)
        self._touch(found.kind, record_id)
        if "name" in delta and "name" in found.register.title:
            self._stale_documents.update(dict.fromkeys(self._pending.pointers.rename(found, row)))

    def _ask(self, found: Table, record_id: int, filled: Sequence[str] = ()) -> None:
        if noted := self.corrections.to_note(found, record_id, filled):
            self._note(noted.kind, noted.record_id, noted.action, noted.facts)

    def _ask_row(self, found: Table, record_id: int, child: Table) -> None:
        begins = self.corrections.begins_list(found, record_id, child)
        self._ask(found, record_id, (child.register.label,) if begins else ())

    def _note(self, kind: str, record_id: int, action: str, delta: Mapping[str, Any]) -> None:
        self._pending.tell(kind, record_id, action, deltas.changed(delta))

    def _touch(self, register: str, record_id: int) -> None:
        self.registers.add(register)
        if len(self.records) < BATCH:
            self.records.append((register, record_id))

    def finish(self) -> bool:
        """Write the journal entry with its link of the chain; False when there was nothing to journal."""
        self._pending.flush()
        stale: dict[str, list[int]] = {}
        for register, record_id in self._stale_documents:
            stale.setdefault(register, []).append(record_id)
        for register, ids in stale.items():
            for at in range(0, len(ids), _TOGETHER):
                rows = queries.these(self._writer, table(register), ids[at : at + _TOGETHER])
                reindex.put(self._writer, self._index, table(register), rows)
        self._index.flush()
        self._counters.keep()
        return self._entry.close()

    def result(self) -> Change:
        """Return what was touched, for the pages that show it."""
        return Change(frozenset(self.registers), tuple(self.records), self.entry)
