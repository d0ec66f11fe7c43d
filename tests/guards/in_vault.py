"""The grounds realised: a real vault with the roster, the relation, the reporter's letter, and records at any stage."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from paizhu.base.field import Field, FieldKind
from paizhu.base.flow import Flow, Guard, Step
from paizhu.base.register import Register
from paizhu.base.rows import Ref, Sealed, Value, Values
from paizhu.registers import register
from paizhu.services.office import Office
from paizhu.storage import queries
from paizhu.storage.journal import Act
from tests.guards.ground import ABOVE, PEOPLE, RELATIVE, REPORTER, Break, Ground
from tests.unit.registers.case_values import DAY, OFFICER, SUBJECT

PERSON, PETITION, LEAD, CASE = map(register, ("person", "petition", "lead", "case"))
_ABOVE = ("petition_refs",)
"""What a record came of is stored with it, not told by a ground."""


class Stage:
    """One vault in which every ground is realised; the same people stand in it under the same numbers."""

    def __init__(self, office: Office) -> None:
        self.office = office
        office.desk.set_setting("officer", OFFICER.label)
        with office.vault.act("save", "示例名册") as act:
            for who in PEOPLE:
                kin: dict[str, list[Values]] = {"relation": [{"relative": RELATIVE}]} if who == SUBJECT else {}
                managed = "commission" if who == ABOVE else "party_group"
                given: Values = {"name": who.label, "unit_now": Ref("示例局"), "cadre_authority": managed}
                made = act.create(PERSON, given, kin)
                assert made == who.id

    def put(self, ground: Ground, step: Step, broken: Break | None = None, state: str = "") -> int:
        """Store a record that stands before a step, or in this state, as the ground tells it; returns its number."""
        kind, values = ground.register, {**self._values(ground, step, broken), "state": state or step.before}
        rows = {key: list(given) for key, given in ground.rows_for(step, broken).items()}
        if kind is PETITION:
            rows.setdefault("informant", [self._informant()])
        with self.office.vault.act("save", "示例") as act:
            values |= self._above(act, kind)
            made = act.create(kind, values, {key: given for key, given in rows.items() if self._is_below(kind, key)})
            self._put_beside(act, ground, made, rows)
        return made

    def stand(self, ground: Ground, step: Step, record_id: int) -> None:
        """Type what the ground tells for a step into a record that came by other steps; its state is left alone."""
        kind, rows = ground.register, ground.rows_for(step)
        with self.office.vault.act("save", "示例填写") as act:
            act.change(kind, record_id, None, self._values(ground, step))
            for key, given in rows.items():
                if self._is_below(kind, key):
                    act.set_rows(kind, record_id, key, list(given))

    def mend(self, ground: Ground, step: Step, broken: Break, record_id: int) -> None:
        """Put right what was broken, and nothing else."""
        kind, good, rows = ground.register, ground.values_for(step), ground.rows_for(step)
        with self.office.vault.act("save", "示例更正") as act:
            whole = {name: _kept(kind.field(name), good.get(name)) for name in broken.values}
            act.change(kind, record_id, None, whole)
            for key in broken.rows:
                if self._is_below(kind, key):
                    act.set_rows(kind, record_id, key, list(rows.get(key, ())))
                else:
                    for beside in self._beside(kind, record_id, key):
                        act.void(register(key), beside, "示例")
            self._put_beside(act, ground, record_id, {key: rows[key] for key in broken.rows if key in rows})

    def advance(self, ground: Ground, step: Step, record_id: int) -> None:
        """Take the step as the officer does."""
        self.office.records.advance(ground.register, record_id, step.after)

    def state_of(self, ground: Ground, record_id: int) -> str:
        """Return where the record stands."""
        return self.office.records.get(ground.register, record_id).state

    def _values(self, ground: Ground, step: Step, broken: Break | None = None) -> dict[str, Value]:
        kind = ground.register
        given = ground.values_for(step, broken)
        return {name: _kept(kind.field(name), value) for name, value in given.items() if name not in _ABOVE}

    def _above(self, act: Act, kind: Register) -> dict[str, Value]:
        """Store the letter, and for a case the lead, that a record came of; it is written by the reporter."""
        if kind not in (LEAD, CASE):
            return {}
        letter = act.create(PETITION, {"received_at": DAY, "state": "as_lead"}, {"informant": [self._informant()]})
        told: Value = (Ref("示例信", PETITION.key, letter),)
        if kind is LEAD:
            return {"petition_refs": told}
        lead = act.create(LEAD, {"received_at": DAY, "subject": SUBJECT, "state": "filed", "petition_refs": told})
        return {"lead_ref": Ref("示例线索", LEAD.key, lead)}

    def _is_below(self, kind: Register, key: str) -> bool:
        return any(child.key == key for child in kind.rows)

    def _put_beside(self, act: Act, ground: Ground, record_id: int, rows: Mapping[str, Sequence[Values]]) -> None:
        for key, link in ground.flow.beside:
            here = Ref("本件", ground.register.key, record_id)
            there = register(key)
            for values in rows.get(key, ()):
                least: dict[str, Value] = {"subject": SUBJECT, "decided_at": DAY} if there.has("decided_at") else {}
                given: Value = (here,) if there.field(link).kind == "refs" else here
                act.create(there, {**least, **values, link: given})

    def _beside(self, kind: Register, record_id: int, key: str) -> list[int]:
        links = kind.flow.beside if kind.flow else ()
        with self.office.vault.read() as connection:
            pointing = queries.pointing_to(connection, kind.key, record_id)
        return [found for each, found, name in pointing if each == key and (each, name) in links]

    def _informant(self) -> dict[str, Value]:
        return {"name": Sealed(self.office.vault.seal(REPORTER.label, "name"))}


def _kept(field: Field, value: Value) -> Value:
    """Return a value as its column keeps it: the facts of a guard do not tell a name from a reference."""
    if isinstance(value, Ref) and not field.is_reference:
        return value.label
    return Ref(value) if isinstance(value, str) and field.kind is FieldKind.REF else value


@contextmanager
def without(ground: Ground, step: Step, guard: Guard) -> Iterator[None]:
    """Take one guard out of the declaration while the block runs; every other step and guard stays."""
    kind, flow = ground.register, ground.flow
    bare = replace(step, guards=tuple(each for each in step.guards if each is not guard))
    mutated = replace(flow, steps=tuple(bare if each is step else each for each in flow.steps))
    _run_by(kind, mutated)
    try:
        yield
    finally:
        _run_by(kind, flow)


def _run_by(kind: Register, flow: Flow) -> None:
    object.__setattr__(kind, "flow", flow)
    # What is 待补 in a state follows from the steps that lead there.
    kind.__dict__.pop("_wanted", None)
