"""Running numbers: what a new record is called by, counted in the act that stores it and never given twice."""

from typing import Any

from paizhu.base.register import Register
from paizhu.base.rows import Value
from paizhu.rules import numbering
from paizhu.services.desk import Desk
from paizhu.storage.journal import Act


class RunningNumbers:
    """Gives new records their numbers by the pattern of their register, and the first state of its course."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def give(self, act: Act, register: Register, made: dict[str, Value]) -> None:
        """Give a new record its number and first state, unless it brings them."""
        columns: dict[str, list[Any]] = {name: [made.get(name)] for name in ("state", "no", "year")}
        self.give_all(act, register, columns)
        made.update({name: column[0] for name, column in columns.items() if column[0] is not None})

    def give_all(self, act: Act, register: Register, columns: dict[str, list[Any]]) -> None:
        """Give new records that are kept by column their numbers and first states, unless they bring them."""
        nothing = [None] * max(map(len, columns.values()))
        if register.flow:
            columns["state"] = [state or register.flow.start for state in columns.get("state", nothing)]
        pattern = self._desk.patterns.get(register.key)
        if not pattern or not register.has("no"):
            return
        numbers, years = columns.get("no", nothing), columns.get("year", nothing)
        columns["no"] = [
            self._number(act, register, pattern, no, year) for no, year in zip(numbers, years, strict=True)
        ]

    def _number(self, act: Act, register: Register, pattern: str, no: Any, year: Any) -> str:
        if no:
            # A number that was brought along is taken from then on, if it is one of ours.
            if found := numbering.read(pattern, str(no)):
                act.claim_number(register.key, found[0], found[1])
            return str(no)
        counted = int(str(year or self._desk.today.year)) if "{year}" in pattern else 0
        return numbering.number(pattern, counted, act.next_number(register.key, counted))
