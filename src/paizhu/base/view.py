"""Which records of a register are asked for, and in which order: plain data between window and storage."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any


class Test(StrEnum):
    """How a condition compares a field with its value."""

    __test__ = False

    IS = "is"
    ONE_OF = "one_of"
    NOT = "not"
    EMPTY = "empty"
    FILLED = "filled"
    CONTAINS = "contains"
    SINCE = "since"
    UNTIL = "until"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    POINTS_TO = "points_to"


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition on one field; the value is as the program uses it (a code, a date, a Ref)."""

    name: str
    test: Test
    value: Any = None


class Which(StrEnum):
    """Whether voided records are shown: normally never, in the recycle list only those."""

    LIVE = "live"
    VOIDED = "voided"
    ALL = "all"


ENDED = "~ended"
"""An order by whether the course of a record is over: what is still open first."""
DUE = "~due"
"""An order by the nearest running deadline, which is worked out and stored nowhere: :attr:`View.ranked` tells it."""


@dataclass(frozen=True, slots=True)
class View:
    """Conditions (all must hold) and order; ``missing`` asks for records that are 待补全 only.

    ``ranked`` are the ids of the records with a running clock, the nearest first, for an order by it.
    """

    register: str
    conditions: tuple[Condition, ...] = ()
    order: tuple[tuple[str, bool], ...] = field(default=())
    which: Which = Which.LIVE
    missing: bool = False
    ranked: tuple[int, ...] = ()

    def where(self, *conditions: Condition) -> "View":
        """Return the same view narrowed by more conditions."""
        return replace(self, conditions=(*self.conditions, *conditions))

    def ordered(self, name: str, descending: bool = False) -> "View":
        """Return the same view ordered by one field."""
        return replace(self, order=((name, descending),))
