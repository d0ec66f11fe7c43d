"""Telling two persons of one name apart by the unit that is written beside the name.

It is no guess: the roster knows in which units each of them stands or stood, and only where exactly one of them fits
is that one meant. Who reads it in a ledger is told so all the same, because a roster may not know of every move.
"""

from collections.abc import Callable, Sequence

from paizhu import registers
from paizhu.base.register import Register
from paizhu.base.rows import Ref, Value, Values
from paizhu.base.text import folded
from paizhu.storage import queries
from paizhu.storage.tables import table
from paizhu.storage.vault import Vault

SUBJECT, _UNIT = "subject", "subject_unit"
_PERSON = registers.register("person")
Matches = Callable[[str, str], Sequence[tuple[int, str]]]


def is_told(register: Register) -> bool:
    """Tell whether records of a register name a person and, beside it, the unit of that day."""
    return register.has(SUBJECT) and register.has(_UNIT) and _PERSON.key in register.field(SUBJECT).targets


class Namesakes:
    """Knows the units of those who share a name; each name is read once for one piece of work."""

    def __init__(self, vault: Vault, matches: Matches) -> None:
        self._vault = vault
        self._matches = matches
        self._units: dict[tuple[int, ...], list[frozenset[int | str]]] = {}

    def told(self, name: str, values: Values) -> Ref | None:
        """Return who is meant by a name several persons have, by the unit in the same record; None leaves it open."""
        unit = values.get(_UNIT)
        if not isinstance(unit, str):
            return None
        same = self._matches(_PERSON.key, name)
        named: set[int | str] = {folded(unit), *(each for each, _name in self._matches("unit", unit))}
        fitting = [
            who for who, units in zip(same, self._units_of([each for each, _ in same]), strict=True) if units & named
        ]
        return Ref(fitting[0][1], _PERSON.key, fitting[0][0]) if len(fitting) == 1 else None

    def _units_of(self, people: Sequence[int]) -> list[frozenset[int | str]]:
        key = tuple(people)
        if key not in self._units:
            with self._vault.read() as connection:
                posts = queries.children_of(connection, table(_PERSON, "post_history"), people)
                rows = [queries.one(connection, table(_PERSON), each) for each in people]
            self._units[key] = [
                frozenset().union(
                    _unit(row.values.get("unit_now")),
                    *(_unit(post.values.get("unit")) for post in posts.get(row.id, ())),
                )
                for row in rows
            ]
        return self._units[key]


def _unit(value: Value) -> frozenset[int | str]:
    """Return how a unit may be known again: by its record, else by its words."""
    if not isinstance(value, Ref):
        return frozenset()
    return frozenset({value.id}) if value.id is not None else frozenset({folded(value.label)})
