"""The connection that writes. Long runs of rows are stored by a thread of their own while the next are being made.

The database works without holding Python back while it takes in a statement: an import is ready sooner by what the
encryption and the search index cost. Whoever asks the connection for anything waits until all that was handed over is
stored, so nobody ever sees a row missing, and everything still belongs to the one transaction.
"""

import queue
import threading
from collections.abc import Sequence
from itertools import chain
from typing import Any

_AHEAD = 2
"""Runs of rows that may wait to be stored: the memory they take is small, and more would gain nothing."""
_MOST_VALUES = 32_000
"""Values of one statement: what every build of the database takes."""
_LONG = 200
"""Rows from which a run is worth a thread."""


class Writer:
    """One connection, used by one thread at a time."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._runs: queue.Queue[tuple[str, list[Any]] | None] = queue.Queue(_AHEAD)
        self._thread: threading.Thread | None = None
        self._fault: BaseException | None = None

    def store(self, insert: str, rows: Sequence[Sequence[Any]]) -> None:
        """Store rows before the next statement; ``insert`` reaches up to the word VALUES.

        Few rows are stored at once. What goes wrong with a long run is raised by whatever is asked next.
        """
        if not rows:
            return
        if self._thread is None and len(rows) < _LONG:
            self._connection.executemany(f"{insert} VALUES ({', '.join('?' * len(rows[0]))})", rows)
            return
        self._raise()
        if self._thread is None:
            self._thread = threading.Thread(target=self._store, name="storing", daemon=True)
            self._thread.start()
        # One statement for many rows: the database is entered, and Python held back, once and not for every row.
        width = len(rows[0])
        row = f"({', '.join('?' * width)})"
        together = _MOST_VALUES // width
        for at in range(0, len(rows), together):
            some = rows[at : at + together]
            self._runs.put((f"{insert} VALUES {', '.join([row] * len(some))}", list(chain.from_iterable(some))))

    def execute(self, statement: str, parameters: Sequence[Any] = ()) -> Any:
        """Run one statement after all that was handed over; returns its cursor."""
        self._settle()
        return self._connection.execute(statement, parameters)

    def executemany(self, statement: str, rows: Any) -> Any:
        """Run one statement for each row, after all that was handed over."""
        self._settle()
        return self._connection.executemany(statement, rows)

    @property
    def in_transaction(self) -> bool:
        """Tell whether a transaction is open."""
        return bool(self._connection.in_transaction)

    def rest(self) -> None:
        """End the thread and forget a fault it met, if any: the transaction it belonged to is over."""
        if self._thread is not None:
            self._runs.put(None)
            self._thread.join()
            self._thread = None
        self._fault = None

    def close(self) -> None:
        """Close the connection."""
        self.rest()
        self._connection.close()

    def _settle(self) -> None:
        if self._thread is not None:
            self._runs.join()
            self._raise()

    def _raise(self) -> None:
        # Kept until the transaction is over: rows after a fault must not be stored outside of it.
        if self._fault is not None:
            raise self._fault

    def _store(self) -> None:
        while True:
            run = self._runs.get()
            try:
                if run is None:
                    return
                if self._fault is None:
                    self._connection.execute(*run)
            except BaseException as fault:
                self._fault = fault
            finally:
                # The end is a run as well: one left open would let whoever waits in a later transaction wait for ever.
                self._runs.task_done()
