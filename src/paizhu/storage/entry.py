"""One entry of the journal while it is being written: its changes, and at the end its link of the chain."""

from collections.abc import Sequence
from typing import Any

from paizhu.base import clock
from paizhu.storage import chain, deltas
from paizhu.storage.deed import Deed
from paizhu.storage.writer import Writer

BATCH = 1000
"""How many lines wait to be written together."""


class Entry:
    """Takes note of every change of one act in the order in which they were made; the order is what is chained."""

    def __init__(self, writer: Writer, deed: Deed) -> None:
        self._writer = writer
        self._deed = deed
        self.id = int(writer.execute("SELECT coalesce(max(id), 0) + 1 FROM journal_entry").fetchone()[0])
        self._digest = chain.ChangesDigest()
        self._waiting: list[tuple[Any, ...]] = []

    def tell(self, kind: str, record_id: int, action: str, words: str) -> bool:
        """Note what was done to a record, in words that are spelt already; True when enough waits to be flushed."""
        self._digest.add(kind, record_id, action, words)
        self._waiting.append((self.id, kind, record_id, action, words))
        return len(self._waiting) >= BATCH

    def tell_all(self, kind: str, action: str, changes: Sequence[tuple[int, str]]) -> None:
        """Note what was done to some records of one kind."""
        self._digest.add_all(kind, action, changes)
        self._waiting += [(self.id, kind, record_id, action, words) for record_id, words in changes]

    def flush(self) -> None:
        """Write the changes noted so far."""
        self._writer.store("INSERT INTO journal_change (entry_id, kind, record_id, action, delta)", self._waiting)
        self._waiting = []

    def close(self) -> bool:
        """Write the entry with its link of the chain; False when there was nothing to journal."""
        if self._digest.count == 0 and not self._deed.always:
            return False
        found = self._writer.execute("SELECT hash FROM journal_entry ORDER BY id DESC LIMIT 1").fetchone()
        previous = found[0] if found else chain.GENESIS
        at = clock.now().isoformat(timespec="seconds")
        deed = self._deed
        head = (self.id, at, deed.kind, deed.label, deed.actor, deltas.facts(deed.about), deed.undoes)
        digest = chain.entry_hash(previous, head, self._digest.hexdigest())
        self._writer.execute(
            "INSERT INTO journal_entry VALUES (?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, ?)",
            (*head, self._digest.count, previous, digest),
        )
        if deed.undoes is not None:
            self._mark_undone(deed.undoes)
        return True

    def _mark_undone(self, undone: int) -> None:
        """Note that an act was taken back; one whose undoing is taken back is in force again and can be undone anew."""
        self._writer.execute("UPDATE journal_entry SET undone_by = ? WHERE id = ?", (self.id, undone))
        self._writer.execute(
            "UPDATE journal_entry SET undone_by = NULL WHERE id = (SELECT undoes FROM journal_entry WHERE id = ?)",
            (undone,),
        )
        # Whatever brought this act back before is over with it.
        self._writer.execute(
            "UPDATE journal_entry SET undone_by = ? WHERE undone_by IS NULL AND id <> ? "
            "AND undoes IN (SELECT id FROM journal_entry WHERE undoes = ?)",
            (self.id, self.id, undone),
        )
