"""Frozen data that crosses layers: rows, references, problems, changes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Ref:
    """A pointer to a record, or words that point nowhere yet (not in the roster)."""

    label: str
    register: str = ""
    id: int | None = None

    @property
    def linked(self) -> bool:
        """Tell whether a record stands behind the words."""
        return self.id is not None

    def id_in(self, register: str) -> int | None:
        """Return the id of the record behind the words when it is one of this register."""
        return self.id if self.register == register else None


@dataclass(frozen=True, slots=True)
class Sealed:
    """A value of class P4, kept encrypted to a key that needs the password again; never shown."""

    box: str = ""


Value = str | int | Decimal | date | datetime | bool | Ref | tuple[str, ...] | tuple[Ref, ...] | Sealed | None
Values = Mapping[str, Value]


def refs_in(value: object) -> tuple[Ref, ...]:
    """Return the references a value holds, one or several; none where it is anything else."""
    if isinstance(value, Ref):
        return (value,)
    return tuple(each for each in value if isinstance(each, Ref)) if isinstance(value, tuple) else ()


def ids_in(value: object, register: str) -> tuple[int, ...]:
    """Return the ids of the records of one register that a value points to."""
    return tuple(ref.id for ref in refs_in(value) if ref.register == register and ref.id is not None)


@dataclass(frozen=True, slots=True)
class Row:
    """One record as read: its register's key, identity, and values by field name."""

    register: str
    id: int
    version: int
    values: Values
    extra: Mapping[str, str] = field(default_factory=dict)
    source: Mapping[str, Any] = field(default_factory=dict)
    missing: int = 0

    @property
    def no(self) -> str:
        """Running number as printed, or the empty string for row kinds without one."""
        return str(self.values.get("no") or "")

    @property
    def state(self) -> str:
        """Code of the state, or the empty string where the register has no stages."""
        return str(self.values.get("state") or "")

    @property
    def voided(self) -> bool:
        """Tell whether the record was voided (never deleted)."""
        return bool(self.values.get("voided"))


@dataclass(frozen=True, slots=True)
class Glimpse:
    """Part of a list as its columns keep it: whoever paints six of fifty cells makes neither rows nor values of all.

    Each record stands by its stored cells, its id first; ``places`` tells which cell is which.
    """

    places: Mapping[str, int]
    records: Sequence[Sequence[Any]]
    row_of: Callable[[Sequence[Any]], Row]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A field of another record that can be filled instead, and the words of the button that leads there."""

    record: Ref
    field: str
    words: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: the field's code (empty: the record as a whole) and words for the officer."""

    field: str
    message: str
    code: str = "invalid"
    severity: str = "error"
    elsewhere: Elsewhere | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What a write touched: register keys and (register, id) of the records."""

    registers: frozenset[str]
    records: tuple[tuple[str, int], ...] = ()
    entry: int = 0
    behind: bool = False
    """Written by the program itself behind the officer's back: whoever is typing need not see it at once."""

    def joined(self, later: "Change") -> "Change":
        """Return both as one, for whoever hears of them late."""
        records = dict.fromkeys((*self.records, *later.records))
        return Change(self.registers | later.registers, tuple(records), later.entry, self.behind and later.behind)
