"""The vault as it stood at the end of a day: what had been entered by then and not been voided, in its values of then.

The tables keep only the present; the journal keeps each value before and after every act. A past state is therefore
the present one with every later act taken back in thought. What counts is the day of entry, not the day of the event.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

from paizhu.base.errors import NotFoundError
from paizhu.base.rows import Row, ids_in
from paizhu.base.stored import POINTER
from paizhu.storage import queries
from paizhu.storage.tables import TABLES, Table, quoted
from paizhu.storage.vault import Vault

_LATER = (
    "SELECT delta FROM journal_change WHERE kind = ? AND record_id = ? AND entry_id > ? AND action = 'change' "
    "ORDER BY id DESC"
)
_BLOCK = 500


class AsOf:
    """Reads single records, the rows under them and what points to a record; without a day, as they stand now."""

    def __init__(self, vault: Vault, day: date | None = None) -> None:
        self._vault = vault
        self.day = day
        self._last = self._last_entry() if day else None

    def row(self, kind: str, record_id: int) -> Row | None:
        """Return a record or a row under one as it stood; None where it did not exist or was voided."""
        found = TABLES[kind]
        with self._vault.read() as connection:
            raw = connection.execute(f"{found.select} WHERE id = ?", (record_id,)).fetchone()
            if raw is None:
                return None
            if self._last is not None:
                raw = self._taken_back(connection, found, record_id, raw)
        row = found.row(raw) if raw else None
        return None if row is None or row.voided else row

    def rows(self, kind: str, parent_id: int) -> list[Row]:
        """Return the rows of a kind that stood under a record, in their order."""
        with self._vault.read() as connection:
            ids = connection.execute(
                f"SELECT id FROM {quoted(TABLES[kind].name)} WHERE parent_id = ?", (parent_id,)
            ).fetchall()
        found = [row for (row_id,) in ids if (row := self.row(kind, row_id))]
        return sorted(found, key=lambda row: (int(str(row.values["position"])), row.id))

    def entered(self, kind: str, record_id: int) -> date | None:
        """Return the day a record came into this vault; None where there is none."""
        with self._vault.read() as connection:
            found = connection.execute(
                "SELECT min(e.at) FROM journal_change c JOIN journal_entry e ON e.id = c.entry_id "
                "WHERE c.kind = ? AND c.record_id = ? AND c.action = 'create'",
                (kind, record_id),
            ).fetchone()[0]
        return date.fromisoformat(str(found)[:10]) if found else None

    def pointing_to(self, target: str, target_id: int) -> Iterator[tuple[Row, tuple[str, ...]]]:
        """Yield each record or row that pointed to a record, with the names of the fields that did."""
        for row in self._these(self._candidates(target, target_id)):
            names = [field.name for field in TABLES[row.register].register.references]
            pointing = tuple(name for name in names if target_id in ids_in(row.values.get(name), target))
            if pointing:
                yield row, pointing

    # --- the machine -----------------------------------------------------------------------------------------

    def _these(self, places: Iterable[tuple[str, int]]) -> Iterator[Row]:
        """Yield those of many records and rows that stood then, in this order; read some hundreds at a time."""
        for kind, same in groupby(places, key=itemgetter(0)):
            found, ids = TABLES[kind], iter([record_id for _kind, record_id in same])
            at = found.columns.index("id")
            while some := list(islice(ids, _BLOCK)):
                marks = ", ".join("?" * len(some))
                with self._vault.read() as connection:
                    stored = connection.execute(f"{found.select} WHERE id IN ({marks})", some).fetchall()
                    raws = {raw[at]: raw for raw in stored}
                    if self._last is not None:
                        raws = {each: self._taken_back(connection, found, each, raw) for each, raw in raws.items()}
                rows = (found.row(raw) for each in some if (raw := raws.get(each)))
                yield from (row for row in rows if not row.voided)

    def _last_entry(self) -> int:
        assert self.day is not None
        with self._vault.read() as connection:
            # Times are ISO text; whatever came on that day sorts before this sign.
            found = connection.execute(
                "SELECT coalesce(max(id), 0) FROM journal_entry WHERE at < ?", (f"{self.day.isoformat()}~",)
            ).fetchone()
        return int(found[0])

    def _taken_back(self, connection: Any, found: Table, record_id: int, raw: Any) -> tuple[Any, ...] | None:
        created = connection.execute(
            "SELECT min(entry_id) FROM journal_change WHERE kind = ? AND record_id = ? AND action = 'create'",
            (found.kind, record_id),
        ).fetchone()[0]
        if created is not None and created > self._last:
            return None
        values = dict(zip(found.columns, raw, strict=True))
        for (delta,) in connection.execute(_LATER, (found.kind, record_id, self._last)):
            values.update({name: before for name, (before, _) in json.loads(delta).items() if name in values})
        return tuple(values.values())

    def _candidates(self, target: str, target_id: int) -> list[tuple[str, int]]:
        with self._vault.read() as connection:
            now = queries.pointing_to(connection, target, target_id)
            found = dict.fromkeys((kind, record_id) for kind, record_id, _ in now)
            if self._last is not None:
                # A pointer that was taken away since stands only in the journal; the journal escapes the sign.
                pointer = json.dumps(f"{POINTER}{target}:{target_id}")[1:-1]
                changed = connection.execute(
                    "SELECT DISTINCT kind, record_id FROM journal_change "
                    "WHERE entry_id > ? AND action = 'change' AND instr(delta, ?) > 0",
                    (self._last, pointer),
                )
                found |= dict.fromkeys((kind, record_id) for kind, record_id in changed)
        return [each for each in found if each[0] in TABLES]


def person_then(past: AsOf, person_id: int) -> Row:
    """Return the person as of the day; NotFoundError where the roster did not hold him then."""
    row = past.row("person", person_id)
    if row is None:
        when = f"截至 {past.day.isoformat()}，" if past.day else ""
        raise NotFoundError(f"{when}监督对象里没有这个人", "数据没有改动", "换一个日期，或核对人员")
    return row
