"""Small things kept by name: settings, views, mappings. Each is one row, outside of any act and of the journal."""

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from functools import partial
from typing import Any

from paizhu.base import clock
from paizhu.base.errors import PaizhuError
from paizhu.storage.write_turn import WriteTurn

SETTING = "setting"
_TABLE = "kept"


class Kept:
    """Reads and writes them; what has to wait for an act of many records is found as if it were stored."""

    def __init__(
        self,
        turn: WriteTurn,
        read: Callable[[], AbstractContextManager[Any]],
        write: Callable[[], AbstractContextManager[Any]],
    ) -> None:
        """``read`` lends a connection, ``write`` one within a transaction of its own."""
        self._turn, self._read, self._write = turn, read, write
        self._settings: tuple[int, dict[str, str] | None] = (0, None)

    def get(self, kind: str, name: str) -> str | None:
        """Return one, or None."""
        if kind == SETTING:
            return self._all_settings().get(name)
        waiting = self._turn.waiting(_TABLE)
        with self._read() as connection:
            row = connection.execute("SELECT body FROM kept WHERE kind = ? AND name = ?", (kind, name)).fetchone()
        found: str | None = waiting.get((kind, name), row[0] if row else None)
        return found

    def names(self, kind: str) -> list[str]:
        """Return the names of all of one kind, newest first."""
        return list(self._found(kind))

    def bodies(self, kind: str) -> dict[str, str]:
        """Return all of one kind by name, newest first."""
        return self._found(kind)

    def put(self, kind: str, name: str, body: str | None) -> None:
        """Keep one; None forgets it."""
        at = clock.now().isoformat(timespec="seconds")
        store = partial(self._store, kind, name, body, at)
        self._turn.store(_TABLE, (kind, name), body, store, partial(_quietly, store))
        if kind == SETTING:
            self.forget_settings()

    def forget_settings(self) -> None:
        """Read the settings anew when they are asked for: they may have changed."""
        # The number keeps what another thread read before the write from being remembered after it.
        self._settings = self._settings[0] + 1, None

    def _all_settings(self) -> dict[str, str]:
        # Asked for by every row that is painted, written a few times a year.
        known, found = self._settings
        if found is None:
            found = self._found(SETTING)
            if self._settings[0] == known:
                self._settings = known, found
        return found

    def _found(self, kind: str) -> dict[str, str]:
        waiting = {name: body for (of, name), body in self._turn.waiting(_TABLE).items() if of == kind}
        with self._read() as connection:
            rows = connection.execute(
                "SELECT name, body FROM kept WHERE kind = ? ORDER BY at DESC, name", (kind,)
            ).fetchall()
        newest = {name: body for name, body in reversed(waiting.items()) if body is not None}
        return newest | {name: body for name, body in rows if name not in waiting}

    def _store(self, kind: str, name: str, body: str | None, at: str) -> None:
        with self._write() as connection:
            if body is None:
                connection.execute("DELETE FROM kept WHERE kind = ? AND name = ?", (kind, name))
            else:
                connection.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", (kind, name, body, at))


def _quietly(store: Callable[[], object]) -> None:
    # A disk that is full just then: a convenience is lost, and nobody is there to be told.
    with suppress(PaizhuError):
        store()
