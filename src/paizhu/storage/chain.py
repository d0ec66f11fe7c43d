"""The hash chain over acts: each entry's hash covers its words, its changes and the entry before it."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

GENESIS = "0" * 64


def canonical(value: Any) -> str:
    """Return one unambiguous spelling of plain data, the same on every machine."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class ChangesDigest:
    """Running digest over the changes of one act, so that an import of any size needs no list."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self.count = 0

    def add(self, kind: str, record_id: int, action: str, delta: str) -> None:
        """Take one change into account."""
        self.add_all(kind, action, [(record_id, delta)])

    def add_all(self, kind: str, action: str, changes: Sequence[tuple[int, str]]) -> None:
        """Take changes of one kind into account, in order."""
        told = [f"{kind}\x1f{record_id}\x1f{action}\x1f{delta}\x1e" for record_id, delta in changes]
        self._hash.update("".join(told).encode())
        self.count += len(told)

    def hexdigest(self) -> str:
        """Return the digest over all changes so far."""
        return self._hash.hexdigest()


def entry_hash(previous: str, head: Iterable[Any], changes: str) -> str:
    """Return the hash of an entry from the entry before it, its own words and the digest of its changes."""
    return hashlib.sha256(f"{previous}\x1e{canonical(list(head))}\x1e{changes}".encode()).hexdigest()
