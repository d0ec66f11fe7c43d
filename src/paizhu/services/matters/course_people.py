"""Who has to do with a matter and in which role; who reported is told by a mask only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from paizhu.base import values
from paizhu.base.rows import Ref, Values
from paizhu.registers.guards import refs, same, several, shared
from paizhu.services.desk import Desk
from paizhu.services.matters.course_part import Part
from paizhu.storage import queries
from paizhu.storage.tables import table

_SUBJECTS = (("measure", "受处分人"), ("case", "被审查人"), ("lead", "被反映人"))
_HANDS = (
    ("case", "team", "审查人"),
    ("case", "trial_team", "审理人"),
    ("case", "appeal_team", "复查人"),
    ("case", "filing_approver", "批准人"),
    ("lead", "check_team", "核查人"),
    ("lead", "approver", "批准人"),
)
_NOTED = {"team": "team_note", "check_team": "check_team_note"}
_NOTES = {**_NOTED, "trial_team": "trial_team_note", "appeal_team": "appeal_team_note"}
_BETWEEN = re.compile("[；;、，,\n]")
_APART = {"trial_team": ("team",), "appeal_team": ("team", "trial_team")}


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
    """Who reported, masked: the letter, how it was signed, and how many persons stand sealed under it."""

    petition: int
    no: str
    named: str
    count: int


def people_of(desk: Desk, parts: Sequence[Part]) -> tuple[Person, ...]:
    """Return subjects first, then those who handled the matter, each checked against the rule of its role."""
    found = _subjects(desk, parts)
    for key, name, role in _HANDS:
        for part in parts:
            if part.register.key != key:
                continue
            for ref in refs(part.row.values, (name,)):
                note, fine = _checked(part.row.values, name, ref)
                known = next((each for each in found if each.role == role and same(each.ref, ref)), None)
                if known is None:
                    # Who was lent from elsewhere is known by the unit written beside the team.
                    post = _post(desk, ref) or ("" if ref.linked else _noted(part.row.values, name, ref))
                    found.append(Person(role, ref, post, note, fine, (*part.key, name)))
    return tuple(found)


def informants_of(parts: Sequence[Part]) -> tuple[Informant, ...]:
    """Return one masked line for every letter of the matter that keeps anybody, or was signed."""
    made = []
    for part in parts:
        if not part.is_letter:
            continue
        named = values.show(part.register.field("named"), part.row.values.get("named"))
        count = len(part.rows.get("informant", ()))
        if count or named:
            made.append(Informant(part.row.id, part.row.no, named, count))
    return tuple(made)


def _subjects(desk: Desk, parts: Sequence[Part]) -> list[Person]:
    found: list[Person] = []
    for key, role in _SUBJECTS:
        for part in parts:
            subject = part.row.values.get("subject")
            if part.register.key == key and isinstance(subject, Ref):
                _add(found, Person(role, subject, _then(part) or _post(desk, subject), field=(*part.key, "subject")))
    for part in parts:
        if not part.is_letter:
            continue
        for row in part.rows.get("reported", ()):
            who = row.values.get("person")
            if isinstance(who, Ref):
                unit = row.values.get("unit")
                post = " ".join(filter(None, (unit.label if isinstance(unit, Ref) else "", _line(row.values, "post"))))
                _add(found, Person("被反映人", who, post or _post(desk, who), field=(*part.key, "reported")))
        for who in refs(part.row.values, ("reported_names",)):
            post = _line(part.row.values, "reported_post") or _post(desk, who)
            _add(found, Person("被反映人", who, post, field=(*part.key, "reported_names")))
    return found


def _add(found: list[Person], person: Person) -> None:
    """Keep a person once, in the role that tells most of where the matter stands."""
    if not any(same(each.ref, person.ref) for each in found):
        found.append(person)


def _line(held: Values, name: str) -> str:
    return str(held.get(name) or "")


def _noted(held: Values, name: str, ref: Ref) -> str:
    """Return what the note beside a team says of one of its members; a note that names nobody is about all of them."""
    note = _line(held, _NOTES.get(name, ""))
    if not any(each.label in note for each in refs(held, (name,))):
        return note
    own = next((each for each in _BETWEEN.split(note) if ref.label in each), "")
    return own.replace(ref.label, "", 1).strip(" ：:（）()")


def _then(part: Part) -> str:
    """Return unit and post as they were on the day of the record, and whether a member of the party."""
    held = part.row.values
    words = "".join(_line(held, name) for name in ("subject_unit", "subject_post"))
    party = ""
    if part.register.has("subject_political"):
        party = values.show(part.register.field("subject_political"), held.get("subject_political"))
    return "，".join(word for word in (words, party) if word)


def _post(desk: Desk, ref: Ref) -> str:
    if not ref.linked or ref.register != "person" or ref.id is None:
        return ""
    with desk.vault.read() as connection:
        held = queries.one(connection, table("person"), ref.id).values
    unit = held.get("unit_now")
    return f"{unit.label if isinstance(unit, Ref) else ''}{_line(held, 'post_now')}"


def _checked(held: Values, name: str, ref: Ref) -> tuple[str, bool | None]:
    """Return what the rule of a role found about one of its persons."""
    if name in _APART:
        both = shared(held, (name,), _APART[name])
        mixed = any(same(ref, each) for each in refs(held, _APART[name]))
        if mixed:
            return ("参加过审查，须回避" if name == "trial_team" else "参加过本案，须回避"), False
        if not several(held, name):
            return "须两人以上", False
        return ("查审分离" if not both else ""), (True if not both else None)
    if name in _NOTED:
        if not several(held, name):
            return "须两人以上", False
        # Who is lent from elsewhere is not in the roster: then his unit must be written beside the team.
        if not ref.linked and not held.get(_NOTED[name]):
            return "请写明单位", False
    return "", None
