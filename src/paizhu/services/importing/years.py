"""The year of a date that was written without one: that of the rows above it, also when its row is read again."""

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date

from paizhu.base.rows import Value


class Years:
    """The years that the dates of each column of a table name, row by row.

    Rows are read in order once; a row that is read again (mended, answered, decided) finds the years as they stood
    above it, and leaves them as they were noted.
    """

    def __init__(self) -> None:
        self._turns: dict[int, list[tuple[int, int]]] = {}
        self._reached = 0

    def reach(self, row: int) -> None:
        """Take note that the rows up to here were read."""
        self._reached = max(self._reached, row)

    def note(self, column: int, rows: Iterable[int], values: Iterable[Value]) -> None:
        """Take note of the dates of rows that are read for the first time, in order."""
        turns = self._turns.setdefault(column, [])
        year = turns[-1][1] if turns else None
        for row, value in zip(rows, values, strict=False):
            if isinstance(value, date) and value.year != year and row > self._reached:
                year = value.year
                turns.append((row, year))

    def above(self, column: int, row: int) -> date | None:
        """Return the last day of the year that the nearest date above a row names; None where there is none."""
        turns = self._turns.get(column, ())
        at = bisect_left(turns, (row, 0))
        return date(turns[at - 1][1], 12, 31) if at else None
