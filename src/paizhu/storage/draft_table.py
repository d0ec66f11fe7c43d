"""What stands typed and is not saved, encrypted in the vault; drafts that cannot be stored now are kept in memory."""

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from functools import partial
from typing import Any

from paizhu.base import clock
from paizhu.base.errors import PaizhuError
from paizhu.storage.unwritten import Draft, Unwritten
from paizhu.storage.write_turn import WriteTurn

_TABLE = "draft"


class DraftTable:
    """Reads and writes drafts, by register and record."""

    def __init__(
        self,
        turn: WriteTurn,
        read: Callable[[], AbstractContextManager[Any]],
        write: Callable[[], AbstractContextManager[Any]],
        is_open: Callable[[], bool],
    ) -> None:
        """``read`` lends a connection, ``write`` one within a transaction of its own, while the vault ``is_open``."""
        self._turn, self._read, self._write, self._is_open = turn, read, write, is_open
        self.unwritten = Unwritten()
        """Drafts that a full or absent disk did not take."""

    def put(self, register: str, record_id: int, body: str | None, at: str = "") -> None:
        """Keep what stands typed in a form (0 stands for a new record), as of now; None forgets it.

        Refused when the disk does not take it; it then stays in memory, and is found as if it were stored.
        """
        at = at or clock.now().isoformat(timespec="seconds")
        store = partial(self._store, register, record_id, body, at)
        self._turn.store(_TABLE, (register, record_id), (at, body), store, partial(_or_in_memory, store))

    def every(self) -> list[Draft]:
        """Return register, record, time and body of every draft, newest first."""
        waiting = self._turn.waiting(_TABLE)
        with self._read() as connection:
            rows = connection.execute("SELECT register, record_id, at, body FROM draft ORDER BY at DESC").fetchall()
        known = self.unwritten.over([tuple(row) for row in rows])
        if not waiting:
            return known
        newest = [(*key, at, body) for key, (at, body) in waiting.items() if body is not None]
        rest = [draft for draft in known if draft[:2] not in waiting]
        return sorted([*newest, *rest], key=lambda draft: draft[2], reverse=True)

    def _store(self, register: str, record_id: int, body: str | None, at: str) -> None:
        try:
            with self._write() as connection:
                connection.execute("DELETE FROM draft WHERE register = ? AND record_id = ?", (register, record_id))
                if body is not None:
                    connection.execute("INSERT INTO draft VALUES (?, ?, ?, ?)", (register, record_id, at, body))
        except PaizhuError:
            if self._is_open():
                # In a vault that was shut nothing readable may stay.
                self.unwritten.note(register, record_id, at, body)
            raise
        self.unwritten.settle(register, record_id)


def _or_in_memory(store: Callable[[], object]) -> None:
    # What the disk does not take was noted as unwritten; the next draft that is kept tells of it.
    with suppress(PaizhuError):
        store()
