"""Records that may be meant while a name is typed: by words, by full pinyin and by initials."""

from dataclasses import dataclass

from paizhu.base import values
from paizhu.base.field import Field, FieldKind
from paizhu.base.register import Register
from paizhu.base.rows import Ref, Row
from paizhu.base.view import Condition, Test, View
from paizhu.services import organisations
from paizhu.services.desk import Desk
from paizhu.services.linking import Roster, names_of
from paizhu.services.register_keys import register_of
from paizhu.storage import queries
from paizhu.storage.tables import TABLES, table

_MOST = 200
_NOTES = ("unit_now", "post_now", "unit_id", "short_name")


@dataclass(frozen=True, slots=True)
class Proposal:
    """One record that words may mean, with a quiet note that tells namesakes apart."""

    ref: Ref
    note: str = ""


class Proposing:
    """Looks into the rosters of one vault; words about an informant are in none of them.

    Rosters come in the order of names, whatever has a day with the newest first.
    """

    def __init__(self, desk: Desk) -> None:
        self._vault = desk.vault

    def find(self, field: Field, words: str, limit: int = 12) -> list[Proposal]:
        """Return records of the field's registers that fit the words typed so far; nothing typed finds nothing."""
        words = " ".join(words.split())
        return self._found(field, words, limit) if words else []

    def every(self, field: Field) -> list[Proposal]:
        """Return the records of the field's registers by name, for whoever looks through the roster; 200 at most."""
        return self._found(field, "", _MOST)

    def alike(self, field: Field, words: str) -> list[Proposal]:
        """Return the organisations a name in no roster may mean, written with or without place and legal form."""
        return [
            Proposal(Ref(name, target, record_id))
            for target in field.targets
            for record_id, name in organisations.alike(self._vault, target, words)
        ]

    def called(self, field: Field, words: str) -> list[Ref]:
        """Return the records that go by a second name, such as 简称, which is just these words."""
        roster = Roster(self._vault)
        several = (target for target in field.targets if words and len(names_of(target)) > 1)
        return [Ref(name, target, record) for target in several for record, name in roster.matches(target, words)]

    def _found(self, field: Field, words: str, limit: int) -> list[Proposal]:
        found: dict[tuple[str, int], Proposal] = {}
        for target in field.targets:
            if target in TABLES:
                for proposal in self._of_register(register_of(target), words, limit - len(found)):
                    found[target, proposal.ref.id or 0] = proposal
        return list(found.values())[:limit]

    def _of_register(self, register: Register, words: str, limit: int) -> list[Proposal]:
        if limit <= 0:
            return []
        name = naming_field(register)
        rows: dict[int, Row] = {}
        searched = _searched(register) if words else [name]
        conditions = [Condition(each, Test.CONTAINS if words else Test.FILLED, words) for each in searched]
        if words.isascii() and any(letter.isalpha() for letter in words):
            with self._vault.searching() as index:
                labels = index.names_like(words)
            conditions.append(Condition(name, Test.ONE_OF, tuple(labels)))
        with self._vault.read() as connection:
            for condition in conditions:
                view = View(register.key, (condition,)).ordered(register.main_date or name, bool(register.main_date))
                for row in queries.window(connection, view, 0, limit):
                    rows.setdefault(row.id, row)
        return [_proposal(register, row, name) for row in list(rows.values())[:limit]]


def naming_field(register: Register) -> str:
    """Return the field whose words a reference carries: the name of a roster, else the running number."""
    return "name" if register.has("name") else "no"


def referred(register: Register, row: Row) -> Ref:
    """Return the reference that points to a record."""
    name = naming_field(register)
    return Ref(str(row.values.get(name) or register.title_of(row)), register.key, row.id)


def _searched(register: Register) -> list[str]:
    """Return the columns that hold plain words a record is known by."""
    names = [naming_field(register), "short_name", *register.title]
    kinds = (FieldKind.LINE, FieldKind.REF)
    return [name for name in dict.fromkeys(names) if register.has(name) and register.field(name).kind in kinds]


def _proposal(register: Register, row: Row, name: str) -> Proposal:
    ref = referred(register, row)
    day = (register.main_date,) if register.main_date else ()
    if name == "no":
        return Proposal(ref, register.title_of(row))
    told = [each for each in (*day, *_NOTES) if register.has(each)]
    notes = (values.show(register.field(each), row.values.get(each)) for each in told)
    return Proposal(ref, " ".join(dict.fromkeys(note for note in notes if note)))


def target_table(field: Field) -> Register | None:
    """Return the register a new record for these words would go into: the field's first one, when there is one."""
    return table(field.targets[0]).register if field.targets and field.targets[0] in TABLES else None
