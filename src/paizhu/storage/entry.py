"""One entry of the journal while it is being written: its changes, and at the end its link of the chain."""

from collections.abc import Mapping
from typing import Any

from paizhu.base import clock
from paizhu.storage import chain, deltas
from paizhu.storage.deed import Deed

BATCH = 1000
"""How many lines wait to be written together."""


class Entry:
    """Takes note of every change of one act in the order in which they were made; the order is what is chained."""

    def __init__(self, connection: Any, deed: Deed) -> None:
        self._connection = connection
        self._deed = deed
        self.id = int(connection.execute("SELECT coalesce(max(id), 0) + 1 FROM journal_entry").fetchone()[0])
        self._digest = chain.ChangesDigest()
        self._waiting: list[tuple[Any, ...]] = []

    def note(self, kind: str, record_id: int, action: str, delta: Mapping[str, Any]) -> bool:
        """Note what was done to a record; True when enough waits to be flushed."""
        return self.tell(kind, record_id, action, deltas.changed(delta))

    def tell(self, kind: str, record_id: int, action: str, words: str) -> bool:
        """Note it in words that are spelt already; True when enough waits to be flushed."""
        self._digest.add(kind, record_id, action, words)
        self._waiting.append((self.id, kind, record_id, action, words))
        return len(self._waiting) >= BATCH

    def flush(self) -> None:
        """Write the changes noted so far."""
        if self._waiting:
            self._connection.executemany(
                "INSERT INTO journal_change (entry_id, kind, record_id, action, delta) VALUES (?, ?, ?, ?, ?)",
                self._waiting,
            )
            self._waiting.clear()

    def close(self) -> bool:
        """Write the entry with its link of the chain; False when there was nothing to journal."""
        if self._digest.count == 0 and not self._deed.always:
            return False
        found = self._connection.execute("SELECT hash FROM journal_entry ORDER BY id DESC LIMIT 1").fetchone()
        previous = found[0] if found else chain.GENESIS
        at = clock.now().isoformat(timespec="seconds")
        deed = self._deed
        head = (self.id, at, deed.kind, deed.label, deed.actor, deltas.facts(deed.about), deed.undoes)
        digest = chain.entry_hash(previous, head, self._digest.hexdigest())
        self._connection.execute(
            "INSERT INTO journal_entry VALUES (?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, ?)",
            (*head, self._digest.count, previous, digest),
        )
        if deed.undoes is not None:
            self._connection.execute("UPDATE journal_entry SET undone_by = ? WHERE id = ?", (self.id, deed.undoes))
        return True
