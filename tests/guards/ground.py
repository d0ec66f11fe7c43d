"""What every proof of a guard stands on: invented people, a record with which every step can be taken, and its breaks.

A break changes so little that one guard alone objects. People and rules are the same in facts made by hand and in the
vault they are realised in, so that the two can be held against each other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from paizhu.base.field import FieldKind
from paizhu.base.flow import Facts, Flow, Guard, Step
from paizhu.base.register import Register
from paizhu.base.rows import Problem, Ref, Value, Values
from tests.make import make_value
from tests.unit.registers.case_values import FIFTH, FOURTH, LEADER, OFFICER, SECOND, SUBJECT, THIRD

NOW = datetime(2026, 12, 31, 10, 0)
"""The clock of these proofs: late enough for everything told below to have happened."""
AHEAD = date(2027, 3, 1)
REPORTER, RELATIVE = Ref("示例举报人", "person", 6), Ref("示例亲属", "person", 7)
ABOVE = Ref("示例上级管理的干部", "person", 10)
PEOPLE = (OFFICER, SECOND, THIRD, FOURTH, FIFTH, REPORTER, RELATIVE, LEADER, SUBJECT, ABOVE)
"""The roster, in the order of its numbers; the last is managed by the commission, the relative is recorded at the
subject, and the reporter wrote every letter."""
LENT = Ref("示例借调人")
"""Somebody the roster does not know."""

Rows = Mapping[str, Sequence[Values]]
Move = tuple[str, str]


@dataclass(frozen=True)
class Break:
    """One thing that is wrong, laid over facts with which the step can be taken; the refusal says ``words``."""

    name: str
    words: str
    values: Values = field(default_factory=dict)
    rows: Rows = field(default_factory=dict)


@dataclass(frozen=True)
class Ground:
    """A register, a record of it with which its steps can be taken, what single steps ask besides, and the breaks."""

    register: Register
    values: Values
    rows: Rows
    good: Mapping[Move, Values]
    breaks: tuple[Break, ...]
    good_rows: Mapping[Move, Rows] = field(default_factory=dict)

    @property
    def flow(self) -> Flow:
        """The course of the register."""
        assert self.register.flow is not None
        return self.register.flow

    def values_for(self, step: Step, broken: Break | None = None) -> dict[str, Value]:
        """Return the record as it stands before a step, with what is broken."""
        good = self.good.get((step.before, step.after), {})
        return {**self.values, **good, **(broken.values if broken else {})}

    def rows_for(self, step: Step, broken: Break | None = None) -> dict[str, Sequence[Values]]:
        """Return the rows below it, and the records of other registers beside it."""
        good = self.good_rows.get((step.before, step.after), {})
        return {**self.rows, **good, **(broken.rows if broken else {})}

    def facts(self, step: Step, broken: Break | None = None) -> Facts:
        """Return what the guards of a step are shown; the same as the vault shows them."""
        return Facts(
            self.values_for(step, broken),
            self.rows_for(step, broken),
            lambda one, other: {one, other} == {RELATIVE, SUBJECT},
            OFFICER,
            placed=lambda who: who in PEOPLE,
            must_leave=lambda who: who == REPORTER,
            above=lambda who: who == ABOVE if who in PEOPLE else None,
        )

    def objecting(self, step: Step, broken: Break | None = None) -> list[Guard]:
        """Return the guards of a step that object."""
        facts = self.facts(step, broken)
        return [guard for guard in step.guards if guard(facts)]

    def break_of(self, step: Step, guard: Guard) -> Break | None:
        """Return a break to which this guard objects in its words, and no other; None where nothing proves it."""
        for each in self.breaks:
            if self.objecting(step, each) == [guard] and each.words in said(guard(self.facts(step, each))):
                return each
        return None


def said(against: str | Problem | Sequence[Problem] | None) -> str:
    """Return the words of a guard."""
    if isinstance(against, Problem):
        return against.message
    return against if isinstance(against, str) else "；".join(each.message for each in against or ())


def filled(register: Register, **other: Value) -> dict[str, Value]:
    """Return a value for every field that can be typed or counts files; everybody named is the officer's group."""
    made: dict[str, Value] = {}
    for each in register.fields:
        if each.computed and each.kind is not FieldKind.FILES:
            continue
        people = "person" in each.targets
        if people and each.kind is FieldKind.REF:
            made[each.name] = OFFICER
        elif people:
            made[each.name] = (OFFICER, SECOND)
        else:
            made[each.name] = make_value(each)
    if "secrecy_notice" in made:
        made["secrecy_notice"] = "work"
    return {**made, **other}


def row_of(register: Register, kind: str, **other: Value) -> dict[str, Value]:
    """Return a row of one kind with every field filled."""
    return filled(register.child(kind), **other)
