"""Plans that stand in a register and that a ledger tells to have been carried out, on whatever day it really was.

A ledger of what was done names no planned day; without this its rows would come in beside the plans they carry out.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from paizhu.base.register import Register
from paizhu.base.rows import Ref, Value, Values
from paizhu.base.text import folded
from paizhu.registers.likeness import CARRYING_OUT
from paizhu.services.importing.identity import alike
from paizhu.services.preparing import day_of


class _Entry(NamedTuple):
    """A record that waits to be carried out, or was on another day than planned: then ``done`` tells when."""

    id: int
    day: date
    done: date | None
    told: tuple[Value, ...]


class Plans:
    """The records of one register that rows of a ledger may carry out."""

    def __init__(self, register: Register) -> None:
        self._flow = register.flow
        self.how = CARRYING_OUT.get(register.key)
        self._of: dict[str, list[_Entry]] = {}
        self._taken: dict[int, int] = {}
        self._plan_of: dict[int, int] = {}
        self._rivals: dict[int, set[int]] = {}
        self.again: set[int] = set()
        """Rows that took a plan for their own before another row came that fits it as well: to be judged again."""

    def know(self, ids: Sequence[int], columns: Mapping[str, Sequence[Value]]) -> None:
        """Take note of some records of the register."""
        how = self.how
        if how is None:
            return
        nothing = [None] * len(ids)
        for at, record_id in enumerate(ids):
            held = {name: columns.get(name, nothing)[at] for name in (how.day, how.done, how.same, "state", *how.agree)}
            day, done, whom = day_of(held[how.day]), day_of(held[how.done]), held[how.same]
            # One that was done on its planned day is known by what identifies it.
            if day is None or done == day or not isinstance(whom, Ref) or (done is None and self._ended(held)):
                continue
            told = (whom, *(held[name] for name in how.agree))
            self._of.setdefault(folded(whom.label), []).append(_Entry(record_id, day, done, told))

    def meant(self, row: int, values: Values) -> list[int]:
        """Return the records that a row without its own number and planned day carries out: the very same day first.

        Each is carried out by one row of the ledger. Where two rows fit one plan and no other is left for the second,
        nobody knows which is meant: both are ``rivals`` for it, whatever their order. A row judged again says anew what
        it fits.
        """
        fit, near = self._fit(row, values)
        meant = fit[0] if len(fit) == 1 else near[0] if not fit and len(near) == 1 else None
        if self._plan_of.get(row) not in (None, meant):
            self._leave(row, self._plan_of.pop(row))
        if meant is None:
            return fit
        self._plan_of[row] = meant
        if fit:
            self._taken[meant] = row
            return fit
        rivals = self._rivals.setdefault(meant, set())
        if (first := self._taken.pop(meant, None)) is not None:
            rivals.add(first)
            self.again.add(first)
        rivals.add(row)
        return near

    def rivals(self, row: int, plan: int) -> tuple[int, ...]:
        """Return the other rows of the ledger that fit a plan as well as this one does."""
        return tuple(sorted(self._rivals.get(plan, set()) - {row}))

    def _fit(self, row: int, values: Values) -> tuple[list[int], list[int]]:
        """Return the records a row fits that no other row has or fits as well, and all those near enough."""
        how = self.how
        if how is None or not self._of:
            return [], []
        done, whom = day_of(values.get(how.done)), values.get(how.same)
        if done is None or not isinstance(whom, Ref):
            return [], []
        told = (whom, *(values.get(name) for name in how.agree))
        found = [each for each in self._of.get(folded(whom.label), ()) if _agree(told, each.told)]
        same_day = [each.id for each in found if each.done == done and self._is_free(each.id, row)]
        near = [each.id for each in found if not each.done and abs((each.day - done).days) <= how.days]
        return same_day or [each for each in near if self._is_free(each, row)], near

    def _is_free(self, plan: int, row: int) -> bool:
        return self._taken.get(plan, row) == row and not self.rivals(row, plan)

    def _leave(self, row: int, plan: int) -> None:
        """Forget that a row fitted a plan; a rival that is left alone has it, once it is judged again."""
        if self._taken.get(plan) == row:
            del self._taken[plan]
        if row in (rivals := self._rivals.get(plan, set())):
            rivals.remove(row)
            if len(rivals) == 1:
                self.again |= self._rivals.pop(plan)

    def _ended(self, held: Values) -> bool:
        return self._flow is not None and self._flow.state(str(held["state"] or self._flow.start)).end


def _agree(one: Sequence[Value], other: Sequence[Value]) -> bool:
    return all(not here or not there or alike(here, there) for here, there in zip(one, other, strict=True))
