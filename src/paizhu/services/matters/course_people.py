"""Who has to do with a matter and in which role; who reported is told by a mask only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from paizhu.base import values
from paizhu.base.field import FieldKind
from paizhu.base.register import Register
from paizhu.base.rows import Ref, Values
from paizhu.registers.course import STRETCHES, Hand
from paizhu.registers.guards import refs, same, several, shared
from paizhu.registers.people import PERSON
from paizhu.registers.petition_flow import tells_who
from paizhu.services.desk import Desk
from paizhu.services.matters.course_part import Part
from paizhu.storage import queries
from paizhu.storage.tables import table

_REPORTED = "被反映人"
_BETWEEN = re.compile("[；;、，,\n]")
_LATEST_FIRST = tuple(reversed(STRETCHES))
"""A person is told in the role that tells most of where the matter stands."""


@dataclass(frozen=True, slots=True)
class Person:
    """One person in one role; ``fine`` is None where there is nothing to check, else what the check found."""

    role: str
    ref: Ref
    post: str
    note: str = ""
    fine: bool | None = None
    field: tuple[str, int, str] = ("", 0, "")


@dataclass(frozen=True, slots=True)
class Informant:
    """Who reported, masked: the letter, how it was signed, and how many persons stand sealed under it.

    Of an anonymous one nobody ``can_be_named``.
    """

    petition: int
    no: str
    named: str
    count: int
    can_be_named: bool = True


def people_of(desk: Desk, parts: Sequence[Part]) -> tuple[Person, ...]:
    """Return subjects first, then those who handled the matter, each checked against the rule of its role."""
    found = _subjects(desk, parts)
    for each in _LATEST_FIRST:
        for hand in each.hands:
            for part in parts:
                if part.register is each.register:
                    _add_hands(desk, found, part, hand)
    return tuple(found)


def room_for(register: Register) -> str:
    """Return the field of a record in which further persons of its matter are written; empty where it has none."""
    if register.has("reported_names"):
        return "reported_names"
    return next((hand.field for each in _LATEST_FIRST if each.register is register for hand in each.hands), "")


def room_for_informants(register: Register) -> str:
    """Return the kind of rows in which a record keeps who reported, sealed; empty where it keeps none."""
    sealed = (row for row in register.rows if any(field.kind is FieldKind.SEALED for field in row.fields))
    return next((row.key for row in sealed), "")


def _add_hands(desk: Desk, found: list[Person], part: Part, hand: Hand) -> None:
    held = part.row.values
    for ref in refs(held, (hand.field,)):
        if any(known.role == hand.role and same(known.ref, ref) for known in found):
            continue
        # Who was lent from elsewhere is known by the unit written beside the team; the officer was not.
        lent = not ref.linked and ref.label != str(desk.setting("officer"))
        post = _post(desk, ref) or (_noted(held, hand, ref) if lent else "")
        found.append(Person(hand.role, ref, post, *_checked(held, hand, ref), (*part.key, hand.field)))


def informants_of(parts: Sequence[Part]) -> tuple[Informant, ...]:
    """Return one masked line for every letter of the matter that keeps anybody, or was signed."""
    made = []
    for part in parts:
        if not part.is_letter:
            continue
        named = values.show(part.register.field("named"), part.row.values.get("named"))
        count = len(part.rows.get("informant", ()))
        if count or named:
            made.append(Informant(part.row.id, part.row.no, named, count, tells_who(part.row.values)))
    return tuple(made)


def _subjects(desk: Desk, parts: Sequence[Part]) -> list[Person]:
    found: list[Person] = []
    for each in _LATEST_FIRST:
        for part in parts:
            subject = part.row.values.get("subject")
            if each.subject and part.register is each.register and isinstance(subject, Ref):
                post = _then(part) or _post(desk, subject)
                _add(found, Person(each.subject, subject, post, field=(*part.key, "subject")))
    for part in parts:
        if not part.is_letter:
            continue
        for row in part.rows.get("reported", ()):
            who = row.values.get("person")
            if isinstance(who, Ref):
                unit = row.values.get("unit")
                post = _at(unit.label if isinstance(unit, Ref) else "", _line(row.values, "post"), " ")
                _add(found, Person(_REPORTED, who, post or _post(desk, who), field=(*part.key, "reported")))
        for who in refs(part.row.values, ("reported_names",)):
            post = _line(part.row.values, "reported_post") or _post(desk, who)
            _add(found, Person(_REPORTED, who, post, field=(*part.key, "reported_names")))
    return found


def _add(found: list[Person], person: Person) -> None:
    """Keep a person once, in the role that tells most of where the matter stands."""
    if not any(same(each.ref, person.ref) for each in found):
        found.append(person)


def _line(held: Values, name: str) -> str:
    return str(held.get(name) or "")


def _noted(held: Values, hand: Hand, ref: Ref) -> str:
    """Return what the note beside a team says of one of its members; a note that names nobody is about all of them."""
    note = _line(held, hand.note)
    if not any(each.label in note for each in refs(held, (hand.field,))):
        return note
    own = next((each for each in _BETWEEN.split(note) if ref.label in each), "")
    return own.replace(ref.label, "", 1).strip(" ：:（）()")


def _then(part: Part) -> str:
    """Return unit and post as they were on the day of the record, and whether a member of the party."""
    held = part.row.values
    words = _at(_line(held, "subject_unit"), _line(held, "subject_post"))
    party = ""
    if part.register.has("subject_political"):
        party = values.show(part.register.field("subject_political"), held.get("subject_political"))
    return "，".join(word for word in (words, party) if word)


def _post(desk: Desk, ref: Ref) -> str:
    person_id = ref.id_in(PERSON.key)
    if person_id is None:
        return ""
    with desk.vault.read() as connection:
        held = queries.one(connection, table(PERSON), person_id).values
    unit = held.get("unit_now")
    return _at(unit.label if isinstance(unit, Ref) else "", _line(held, "post_now"))


def _at(unit: str, post: str, between: str = "") -> str:
    """Return unit and post; a letter often writes both in one, and the unit is not said twice then."""
    return post if post.startswith(unit) else between.join(filter(None, (unit, post)))


def _checked(held: Values, hand: Hand, ref: Ref) -> tuple[str, bool | None]:
    """Return what the rule of a role found about one of its persons."""
    if any(same(ref, each) for each in refs(held, hand.apart)):
        return hand.mixed, False
    if hand.note and not several(held, hand.field):
        return "须两人以上", False
    # Who is lent from elsewhere is not in the roster: then his unit must be written beside the team.
    if hand.lent_needs_unit and not ref.linked and not held.get(hand.note):
        return "请写明单位", False
    if hand.apart and not shared(held, (hand.field,), hand.apart):
        return "查审分离", True
    return "", None
