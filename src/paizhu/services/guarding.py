"""What the guards of a step may ask: the record with its rows, who is related to whom, who comes from where."""

from collections.abc import Callable, Mapping, Sequence
from typing import NoReturn

from paizhu import registers
from paizhu.base.errors import StepRefusedError
from paizhu.base.flow import OTHER_WAY, Facts, Step
from paizhu.base.register import Register
from paizhu.base.rows import Problem, Ref, Row, Values
from paizhu.registers.choices import ABOVE
from paizhu.registers.guards import RECUSED
from paizhu.services.desk import Desk
from paizhu.services.kinship import Kin, Reporters, reporters_of
from paizhu.services.linking import Roster
from paizhu.storage import queries
from paizhu.storage.tables import table

PERSON = registers.register("person")


class Guarding:
    """Gathers the facts of one step."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._vault = desk.vault

    def facts(
        self,
        register: Register,
        row: Row,
        typed: Values,
        rows: Mapping[str, Sequence[Values]],
        *,
        taking: bool = False,
    ) -> Facts:
        """Return the record as it would stand, with typed values and rows over those stored.

        Only when a step is really taken are its hands compared with who reported: a page that told beforehand could
        be asked name by name without leaving a trace.
        """
        roster = Roster(self._vault)
        reporters = reporters_of(self._desk, register, row.id) if taking else Reporters(self._vault, ())
        # A name typed without picking it from the list is the person of the roster all the same.
        return Facts(
            {**row.values, **roster.linked(register, typed)},
            {**self._beside(register, row), **rows},
            Kin(self._vault).related,
            self._officer(roster),
            self._desk.talks.says,
            self._placed,
            reporters.must_leave,
            reporters.uncompared,
            self._above,
            self._from_before(register, row, typed),
        )

    def _beside(self, register: Register, row: Row) -> dict[str, list[Values]]:
        """Return the records of other registers that guards of this one ask for."""
        wanted = register.flow.beside if register.flow else ()
        if not wanted:
            return {}
        found: dict[str, list[Values]] = {key: [] for key, _field in wanted}
        with self._vault.read() as connection:
            for key, record_id, name in queries.pointing_to(connection, register.key, row.id):
                if (key, name) in wanted:
                    there = queries.one(connection, table(key), record_id)
                    if not there.voided:
                        found[key].append({**there.values, "id": there.id})
        return found

    def refuse(self, register: Register, row: Row, step: Step, against: Sequence[Problem]) -> NoReturn:
        """Refuse a step; that somebody had to recuse himself is journalled, who it is stays out of it."""
        if any(problem.code == RECUSED for problem in against):
            with self._vault.act("reveal", "办理时核对回避", always=True) as act:
                act.note(register.key, row.id, "reveal", {"reason": f"有人须回避，没有{step.label}"})
        closing = [problem for problem in against if problem.code == OTHER_WAY]
        # What else such a step would need is of no use to whoever has to go another way.
        raise StepRefusedError(step.refused, closing or against, self._then(register, row, step, closing or against))

    def _then(self, register: Register, row: Row, step: Step, against: Sequence[Problem]) -> str:
        """Return what to do about a refused step: fill in what is named, settle the rest, or go another way."""
        if all(problem.code == OTHER_WAY for problem in against):
            facts = self.facts(register, row, {}, {})
            ways = register.flow.steps_from(step.before) if register.flow else ()
            open_ones = [each.label for each in ways if each is not step and not _is_closed(each, register, facts)]
            return f"现在可以：{'、'.join(open_ones)}" if open_ones else "换一种办法再办"
        return "补上后再办这一步" if all(problem.field for problem in against) else "处理好再办这一步"

    def _officer(self, roster: Roster) -> Ref | None:
        name = str(self._desk.setting("officer"))
        if not name:
            return None
        found = roster.matches(PERSON.key, name)
        return Ref(name, PERSON.key, found[0][0]) if len(found) == 1 else Ref(name)

    def _placed(self, who: Ref) -> bool:
        return self._in_roster(who).get("unit_now") is not None

    def _above(self, who: Ref) -> bool | None:
        managed = self._in_roster(who).get("cadre_authority")
        return managed in ABOVE if managed else None

    def _from_before(self, register: Register, row: Row, typed: Values) -> Callable[[str], bool]:
        """Return what tells that a field was last written before the step to the state the record stands in."""
        written: dict[str, int] = {}

        def from_before(name: str) -> bool:
            if name in typed and typed[name] != row.values.get(name):
                return False
            if not written:
                with self._vault.read() as connection:
                    written.update(queries.written(connection, register.key, row.id))
            return name in written and written[name] < written.get("state", 0)

        return from_before

    def _in_roster(self, who: Ref) -> Values:
        person_id = who.id_in(PERSON.key)
        if person_id is None:
            return {}
        with self._vault.read() as connection:
            return queries.one(connection, table(PERSON), person_id).values


def _is_closed(step: Step, register: Register, facts: Facts) -> bool:
    return any(problem.code == OTHER_WAY for problem in register.objections(step, facts))
