"""Numbers given out within one transaction: ids of rows, and running numbers that are never issued twice."""

from typing import Any


class Counters:
    """Asks the database once for each sequence and counts on from there; `keep` writes what was issued."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._ids: dict[str, int] = {}
        self._numbers: dict[tuple[str, int], int] = {}

    def next_id(self, table_name: str) -> int:
        """Return the id of the next row of a table."""
        return self.next_ids(table_name, 1)[0]

    def next_ids(self, table_name: str, count: int) -> range:
        """Return the ids of so many next rows of a table."""
        if table_name not in self._ids:
            found = self._connection.execute(f'SELECT coalesce(max(id), 0) FROM "{table_name}"').fetchone()
            self._ids[table_name] = int(found[0])
        last = self._ids[table_name] = self._ids[table_name] + count
        return range(last - count + 1, last + 1)

    def next_number(self, register: str, year: int) -> int:
        """Issue the next running number of a register and year; never given out again, whatever happens."""
        last = self._last(register, year) + 1
        self._numbers[(register, year)] = last
        return last

    def claim(self, register: str, year: int, number: int) -> None:
        """Take note of a number an old ledger carries, so that it is not issued again."""
        if number > self._last(register, year):
            self._numbers[(register, year)] = number

    def keep(self) -> None:
        """Write the last number of every sequence that was asked."""
        self._connection.executemany(
            "INSERT INTO number_counter VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET last = excluded.last",
            [(register, year, last) for (register, year), last in self._numbers.items()],
        )

    def _last(self, register: str, year: int) -> int:
        if (register, year) not in self._numbers:
            found = self._connection.execute(
                "SELECT last FROM number_counter WHERE register = ? AND year = ?", (register, year)
            ).fetchone()
            self._numbers[(register, year)] = found[0] if found else 0
        return self._numbers[(register, year)]
