"""Drafts that the disk did not take: kept in memory until it does, and sealed there while the desk is locked."""

import json

from cryptography.exceptions import InvalidTag

from paizhu.storage.keys import decrypt, encrypt

Draft = tuple[str, int, str, str]
"""Register, record, when it was kept, and body."""
_CONTEXT = b"paizhu/unwritten/1"


class Unwritten:
    """What stands typed and could not be stored, by register and record; a body of None forgets what is stored."""

    def __init__(self) -> None:
        self._bodies: dict[tuple[str, int], tuple[str, str | None]] = {}

    def __bool__(self) -> bool:
        return any(body is not None for _at, body in self._bodies.values())

    def note(self, register: str, record_id: int, at: str, body: str | None) -> None:
        """Keep what the disk refused just now."""
        self._bodies[register, record_id] = (at, body)

    def settle(self, register: str, record_id: int) -> None:
        """Forget one: the disk has taken a newer one."""
        self._bodies.pop((register, record_id), None)

    def over(self, stored: list[Draft]) -> list[Draft]:
        """Return all drafts, newest first: those in memory in place of what was stored of them before."""
        rest = [draft for draft in stored if draft[:2] not in self._bodies]
        here = [(*key, at, body) for key, (at, body) in self._bodies.items() if body is not None]
        return sorted([*here, *rest], key=lambda draft: draft[2], reverse=True)

    def waiting(self) -> list[tuple[str, int, str | None]]:
        """Return register, record and body of each, to be tried again."""
        return [(*key, body) for key, (_at, body) in self._bodies.items()]

    def sealed(self, key: bytes) -> bytes:
        """Return all of it encrypted, for as long as the vault is shut; empty when there is nothing."""
        if not self._bodies:
            return b""
        plain = json.dumps([[*which, *kept] for which, kept in self._bodies.items()], ensure_ascii=False)
        return encrypt(key, plain.encode(), _CONTEXT)

    def bring(self, key: bytes, box: bytes) -> None:
        """Take back what was sealed; a box of another vault brings nothing."""
        try:
            kept = json.loads(decrypt(key, box, _CONTEXT))
        except InvalidTag:
            return
        for register, record_id, at, body in kept:
            self._bodies.setdefault((register, record_id), (at, body))
