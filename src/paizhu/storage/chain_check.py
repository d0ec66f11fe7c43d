"""Proving the chain over the stored journal, and keeping in mind what did not fit."""

import json
from typing import Any

from paizhu.storage import chain

_KIND, _NAME = "chain", "broken"
_ENTRIES = (
    "SELECT id, at, kind, label, actor, about, undoes, previous, hash, changes FROM journal_entry "
    "WHERE id >= ? ORDER BY id"
)
_CHANGES = (
    "SELECT entry_id, kind, record_id, action, delta FROM journal_change WHERE entry_id >= ? ORDER BY entry_id, id"
)
_BEFORE = "SELECT hash FROM journal_entry WHERE id < ? ORDER BY id DESC LIMIT 1"
_NOTHING = (chain.ChangesDigest().hexdigest(), 0)


def wrong(connection: Any, since: int = 1) -> list[int]:
    """Return the entries from one on whose hash does not follow from their words, their changes and the one before."""
    before = connection.execute(_BEFORE, (since,)).fetchone()
    previous = before[0] if before else chain.GENESIS
    digests = _digests(connection, since)
    found = []
    for row in connection.execute(_ENTRIES, (since,)):
        head, (link, kept, count) = row[:7], row[7:]
        changes, counted = digests.get(row[0], _NOTHING)
        if link != previous or kept != chain.entry_hash(previous, head, changes) or counted != count:
            found.append(int(row[0]))
        previous = kept
    return found


def small_enough(connection: Any, most: int) -> bool:
    """Tell whether the journal has no more than so many changes, so that proving all of it is not felt."""
    last = connection.execute("SELECT coalesce(max(id), 0) FROM journal_change").fetchone()[0]
    return bool(last <= most)


def kept(connection: Any) -> tuple[int, ...]:
    """Return the entries that did not fit when the chain was proved last."""
    row = connection.execute("SELECT body FROM kept WHERE kind = ? AND name = ?", (_KIND, _NAME)).fetchone()
    return tuple(json.loads(row[0])) if row else ()


def keep(connection: Any, found: list[int], at: str) -> None:
    """Keep what did not fit with the vault, so that the next program to open it knows; nothing forgets it."""
    connection.execute("DELETE FROM kept WHERE kind = ? AND name = ?", (_KIND, _NAME))
    if found:
        connection.execute("INSERT INTO kept VALUES (?, ?, ?, ?)", (_KIND, _NAME, json.dumps(found), at))


def _digests(connection: Any, since: int) -> dict[int, tuple[str, int]]:
    found: dict[int, tuple[str, int]] = {}
    current: int | None = None
    digest = chain.ChangesDigest()
    for entry_id, kind, record_id, action, delta in connection.execute(_CHANGES, (since,)):
        if entry_id != current:
            if current is not None:
                found[current] = (digest.hexdigest(), digest.count)
            current, digest = entry_id, chain.ChangesDigest()
        digest.add(kind, record_id, action, delta)
    if current is not None:
        found[current] = (digest.hexdigest(), digest.count)
    return found
