"""The talks of everybody as counting sees them: with whom, of what kind, held or planned when.

Tens of thousands of talks stand in a vault of some years, so only what counting asks for is read, as it is stored.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from paizhu.base.rows import Ref, Row
from paizhu.base.stored import ref_words
from paizhu.base.text import folded
from paizhu.registers.people import PERSON
from paizhu.registers.talk import TALK
from paizhu.registers.talk_choices import HELD
from paizhu.services.desk import Desk
from paizhu.storage.tables import table

_GONE = "cancelled"


@dataclass(frozen=True, slots=True)
class Talked:
    """One talk as counting sees it: which record, when held (None: not registered yet), for which day planned."""

    id: int
    kind: str
    held: date | None
    planned: date | None

    @property
    def day(self) -> date:
        """The day it was held, or is planned for."""
        return self.held or self.planned or date.min


@dataclass(frozen=True)
class Book:
    """The talks of everybody, by record of the roster or, where a talk names nobody in it, by name.

    A bare name that several of the roster have is ``shared``: such a talk counts for none of them until it is said
    which one is meant.
    """

    by_person: Mapping[str, list[Talked]] = field(default_factory=dict)
    shared: frozenset[str] = frozenset()

    def of(self, person: Row) -> list[Talked]:
        """Return the talks with one person of the roster."""
        number, name = _keys_of(person)
        return [*self.by_person.get(number, ()), *(self.by_person.get(name, ()) if name not in self.shared else ())]

    def doubtful(self, person: Row) -> list[Talked]:
        """Return the talks that may be with this person as well as with somebody of the same name."""
        _number, name = _keys_of(person)
        return [*self.by_person.get(name, ())] if name in self.shared else []


def _keys_of(person: Row) -> tuple[str, str]:
    return f"#{person.id}", folded(str(person.values.get("name") or ""))


def _shared(connection: Any, bare: Set[str]) -> frozenset[str]:
    """Return which of these names several of the roster have, in office or not; without a bare name nothing is read."""
    names = connection.execute(f'SELECT name FROM "{table(PERSON).name}" WHERE voided = 0') if bare else ()
    many = Counter(key for (name,) in names if name and (key := folded(name)) in bare)
    return frozenset(key for key, count in many.items() if count > 1)


def book_of(
    desk: Desk, since: date, until: date, people: Sequence[Row] | None = None, keys: dict[str, str] | None = None
) -> Book:
    """Return the routine talks of everybody planned between two days, or of some people of the roster; those that
    dispose of a lead are left out.

    ``keys`` are the subjects compared before, as they are stored; those met for the first time are added.
    """
    lead, found = desk.talks.lead_kinds, table(TALK)
    subject_of = found.readers["subject"] or str
    talks: dict[str, list[Talked]] = defaultdict(list)
    known = {} if keys is None else keys

    def key_of(subject: str) -> str:
        key = known.get(subject)
        if key is None:
            words = ref_words(subject)
            who = None if words == subject else subject_of(subject)
            known[subject] = key = f"#{who.id}" if isinstance(who, Ref) else folded(words)
        return key

    live, parameters = "voided = 0", []
    with desk.vault.read() as connection:
        if people is not None:
            wanted = {key for person in people for key in _keys_of(person)}
            # The index of names alone is looked through, which is a small part of the talks.
            names = connection.execute(f'SELECT DISTINCT subject FROM "{found.name}"')
            parameters = [subject for (subject,) in names if key_of(subject) in wanted]
            # The sign keeps the database from walking all the days instead.
            live = f"+voided = 0 AND subject IN ({', '.join('?' * len(parameters))})"
        rows = connection.execute(
            f'SELECT id, subject, kind, planned_date, start_at, state FROM "{found.name}" WHERE {live} '
            "AND planned_date >= ? AND planned_date <= ? AND lead_ref IS NULL AND state IS NOT ?",
            (*parameters, since.isoformat(), until.isoformat(), _GONE),
        )
        for record_id, subject, kind, planned, start, state in rows:
            if kind not in lead:
                at = date.fromisoformat((start or planned)[:10])
                held = at if start and state in HELD else None
                # Until it is registered a 谈话时间 is the day it is planned for, more exactly than 计划日期 says.
                day = date.fromisoformat(planned[:10]) if held else at
                talks[key_of(subject)].append(Talked(record_id, kind or "", held, day))
        shared = _shared(connection, {key for key in talks if not key.startswith("#")})
    return Book(talks, shared)
