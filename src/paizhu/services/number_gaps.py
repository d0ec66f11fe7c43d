"""Numbers that no live record carries, each with its reason: voided, undone, or passed over by an old ledger (L1).

A number is never issued again, so every gap stays; what is told here is why it is one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from paizhu import registers
from paizhu.base.register import Register
from paizhu.rules import numbering
from paizhu.services.desk import Desk
from paizhu.storage.tables import quoted, table

VOIDED, UNUSED = "voided", "unused"


@dataclass(frozen=True, slots=True)
class Gap:
    """One number, or several in a row that were passed over; ``record`` is the voided record that keeps it, else 0."""

    register: str
    year: int
    first: str
    last: str
    count: int
    kind: str
    reason: str
    day: str = ""
    record: int = 0

    @property
    def words(self) -> str:
        """The numbers as they are read."""
        return self.first if self.count == 1 else f"{self.first} 至 {self.last}"


@dataclass(frozen=True, slots=True)
class Series:
    """The numbers of one register and year: how many were issued, how many stand, and the gaps between."""

    register: str
    year: int
    issued: int
    standing: int
    gaps: tuple[Gap, ...]


class NumberGaps:
    """Reads the numbers of one vault."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._vault = desk.vault

    def every(self) -> list[Series]:
        """Return the series of every register that numbers its records, in the order of the tabs."""
        return [
            series
            for register in registers.REGISTERS
            if register.key in self._desk.patterns and register.has("no")
            for series in self.of(register)
        ]

    def of(self, register: Register) -> list[Series]:
        """Return the series of one register, the newest year first."""
        pattern, known = self._desk.patterns.get(register.key, ""), self._desk.known_patterns(register.key)
        with self._vault.read() as connection:
            last = dict(
                connection.execute(
                    "SELECT year, last FROM number_counter WHERE register = ?", (register.key,)
                ).fetchall()
            )
            found = connection.execute(
                f"SELECT id, no, voided, void_reason, void_at FROM {quoted(table(register).name)} WHERE no IS NOT NULL"
            ).fetchall()
            held: dict[int, dict[int, tuple[Any, ...]]] = {}
            for row in found:
                # A number written by an earlier pattern is no gap.
                read = next((found for each in known if (found := numbering.read(each, str(row[1])))), None)
                if read:
                    of_year = held.setdefault(read[0], {})
                    # Of two that carry one number the live one counts.
                    if read[1] not in of_year or not row[2]:
                        of_year[read[1]] = row
            return [
                self._series(connection, register, pattern, year, last[year], held.get(year, {}))
                for year in sorted(last, reverse=True)
            ]

    def _series(
        self, connection: Any, register: Register, pattern: str, year: int, last: int,
        held: Mapping[int, tuple[Any, ...]],
    ) -> Series:  # fmt: skip
        gaps = [
            Gap(register.key, year, str(row[1]), str(row[1]), 1, VOIDED, f"已作废：{row[3] or '没有写明原因'}",
                str(row[4] or "")[:10], int(row[0]))
            for _number, row in sorted(held.items())
            if row[2]
        ]  # fmt: skip
        for first, end in _runs([number for number in range(1, last + 1) if number not in held]):
            following = held.get(end + 1)
            day, reason = self._passed_over(connection, register, following)
            words = [numbering.number(pattern, year, number) for number in (first, end)]
            gaps.append(Gap(register.key, year, words[0], words[1], end - first + 1, UNUSED, reason, day))
        standing = sum(not row[2] for row in held.values())
        order = {gap.first: gap for gap in gaps}
        return Series(register.key, year, last, standing, tuple(order[key] for key in sorted(order)))

    def _passed_over(self, connection: Any, register: Register, following: tuple[Any, ...] | None) -> tuple[str, str]:
        """Return when and why numbers were not used: the record after them brought its own."""
        if following is None:
            return "", "没有记录用过；编号只增不减，不再发给别的记录"
        entry = connection.execute(
            "SELECT e.at, e.label FROM journal_change c JOIN journal_entry e ON e.id = c.entry_id "
            "WHERE c.kind = ? AND c.record_id = ? AND c.action = 'create' ORDER BY c.id LIMIT 1",
            (register.key, following[0]),
        ).fetchone()
        if entry is None:
            return "", f"{following[1]} 带来原有编号，以前的没有用过"
        return str(entry[0])[:10], f"{entry[1]}：带来原有编号 {following[1]}，此前的没有用过，新编号接着它往后"


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield first and last of numbers that follow each other."""
    start = previous = None
    for number in numbers:
        if previous is not None and start is not None and number != previous + 1:
            yield start, previous
            start = number
        start = number if start is None else start
        previous = number
    if start is not None and previous is not None:
        yield start, previous
