"""States of a register and the steps between them, as data with guards."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from paizhu.base.asked import Asked, When
from paizhu.base.errors import EMPTY
from paizhu.base.rows import Problem, Ref, Value, Values

_T = TypeVar("_T")


class Shape(StrEnum):
    """The eight shapes that stand beside state words, so that nothing is told by colour alone."""

    OPEN = "open"
    DOING = "doing"
    LACKING = "lacking"
    PAUSED = "paused"
    DONE = "done"
    WARN = "warn"
    OVERDUE = "overdue"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class State:
    """One state: code, words, shape; ``stage`` groups states under one station of the stepper.

    A ``draft`` is still being written: its form stands open for typing. ``hands`` names what can be made of a record
    that stands here in the next register of its course, so that nothing is typed twice. ``day`` is the field that says
    when a record came to stand here, or is to. ``asks`` names all that counts as 待补 of a record that stands here;
    empty is what its register asks of every record. ``awaits`` is what is 待补 of some that stand here although no step
    waits for it: a clock runs until it is there. A ``whole`` end is that of a record kept for good: whatever way it
    came, from an old ledger too, it lacks nothing that every record must have. Other ends, of what is called off or
    handed on, are open to every record.
    """

    code: str
    label: str
    shape: Shape = Shape.DOING
    stage: str = ""
    end: bool = False
    whole: bool = False
    draft: bool = False
    hands: tuple[str, ...] = ()
    day: str = ""
    asks: tuple[str, ...] = ()
    awaits: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What a guard may look at: the record, its child rows by register key, and relations of people.

    ``related`` answers whether two persons stand in a recorded relation; ``user`` is the officer. ``rule`` answers
    what rule data says of a code, such as whether a kind of talk takes two talkers; None where it says nothing.
    ``placed`` answers whether the roster tells where a person comes from. ``must_leave`` answers whether a person is
    who reported the matter, or related to him, and never says which; ``uncompared`` that this cannot be told yet.
    ``above`` answers whether a person is managed above the group's head; None where the roster does not tell.
    ``from_before`` answers whether a field holds what was written before the record came to stand where it does.
    """

    values: Values
    rows: Mapping[str, Sequence[Values]] = field(default_factory=dict)
    related: Callable[[Ref, Ref], bool] = field(default=lambda _a, _b: False)
    user: Ref | None = None
    rule: Callable[[str, str], bool | None] = field(default=lambda _rule, _code: None)
    placed: Callable[[Ref], bool] = field(default=lambda who: who.linked)
    must_leave: Callable[[Ref], bool] = field(default=lambda _who: False)
    uncompared: bool = False
    above: Callable[[Ref], bool | None] = field(default=lambda _who: None)
    from_before: Callable[[str], bool] = field(default=lambda _name: False)


FILE = "file"
"""Code of an objection that only a file at its field answers: nothing that is typed does."""

OTHER_WAY = "other_way"
"""Code of an objection that closes this step for such a record: another step leads on."""

Guard = Callable[[Facts], "str | Problem | Sequence[Problem] | None"]


@dataclass(frozen=True, slots=True)
class Echo:
    """What a step also writes into records that point here: those of ``register`` by the field ``link``.

    ``only`` tells from the values of such a record whether it is concerned.
    """

    register: str
    link: str
    values: Values
    only: Callable[[Values], bool] = field(default=lambda _values: True)


@dataclass(frozen=True, slots=True)
class Step:
    """A move from one state to another: what it needs, who guards it, and the rule it rests on.

    ``renews`` are fields and kinds of rows that begin anew with it: what they held is kept in a row of its own.
    ``sets`` gives values of the record that follow from taking it, ``echoes`` those of other records. ``numbers`` are
    a field that gets the next number of its series, unless one was typed, the choice that tells the series, and the
    day that tells the year. ``usual`` are records of which it comes next although the course goes on elsewhere.
    """

    before: str
    after: str
    label: str
    needs: tuple[str, ...] = ()
    guards: tuple[Guard, ...] = ()
    who: str = ""
    source: str = ""
    renews: tuple[str, ...] = ()
    sets: Callable[[Values], Values] | None = None
    echoes: tuple[Echo, ...] = ()
    numbers: tuple[str, str, str] | None = None
    usual: When | None = None

    @property
    def refused(self) -> str:
        """The words of its refusal; one that says when it is taken, 有新证据，转问题线索, is named as a whole."""
        return f"还不能办“{self.label}”" if "，" in self.label else f"还不能{self.label}"

    @property
    def asked(self) -> tuple[Asked, ...]:
        """What it needs of some records only."""
        return tuple(guard for guard in self.guards if isinstance(guard, Asked))


@dataclass(frozen=True)
class Flow:
    """The course of one register.

    ``arrive`` tells in which state a record from an old ledger stands, from its own values. ``on_change`` tells
    what else follows when a settled record is edited, from its values before and after. ``bare`` tells in words why
    a record with these values may have nothing below it: no rows, no files. ``beside`` names records of other
    registers that point here, by register and field: guards see them as rows of that register.
    """

    states: tuple[State, ...]
    start: str
    steps: tuple[Step, ...]
    arrive: Callable[[Values, date], str] | None = None
    on_change: Callable[[Values, Values], Mapping[str, Value]] | None = None
    bare: Callable[[Values], str | None] | None = None
    beside: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        codes = {state.code for state in self.states}
        if len(codes) != len(self.states):
            raise ValueError("a state is declared twice")
        for step in self.steps:
            if {step.before, step.after} - codes:
                raise ValueError(f"step {step.label} names an unknown state")
            if set(step.needs) & set(step.renews):
                raise ValueError(f"step {step.label} empties what it needs")
        if self.start not in codes:
            raise ValueError("unknown start")

    def state(self, code: str) -> State:
        """Return the state with this code; KeyError for a code that was never declared."""
        for state in self.states:
            if state.code == code:
                return state
        raise KeyError(code)

    def steps_to(self, code: str) -> tuple[Step, ...]:
        """Return the allowed steps into a state, in declared order."""
        return tuple(step for step in self.steps if step.after == code)

    def steps_from(self, code: str) -> tuple[Step, ...]:
        """Return the allowed steps out of a state, in declared order."""
        return tuple(step for step in self.steps if step.before == code)

    def step(self, before: str, after: str) -> Step | None:
        """Return the step between two states, or None when the jump is forbidden."""
        return next((step for step in self.steps if step.before == before and step.after == after), None)

    def due_needs(self, code: str) -> frozenset[str]:
        """Return the fields that every way from the start to this state has asked for.

        A record brought in from an old ledger may lack them; they are then shown as 待补.
        """
        return self._needed.get(code, frozenset())

    def due_asked(self, code: str) -> frozenset[Asked]:
        """Return what of some records only is 待补 here: asked for on every way, from the start, or by the state."""
        here = (asked for state in self.states if state.code == code for asked in state.awaits)
        return frozenset((*here, *self.first)) | self._asked.get(code, frozenset())

    @cached_property
    def first(self) -> tuple[Asked, ...]:
        """What of some records only is 待补 from the first day on."""
        return tuple(dict.fromkeys(asked for step in self.steps for asked in step.asked if asked.first))

    @cached_property
    def _needed(self) -> Mapping[str, frozenset[str]]:
        return self._on_every_way(lambda step: step.needs, lambda name: name)

    @cached_property
    def _asked(self) -> Mapping[str, frozenset[Asked]]:
        return self._on_every_way(lambda step: step.asked, lambda asked: asked.name)

    def _on_every_way(
        self, asked_by: Callable[[Step], Iterable[_T]], named: Callable[[_T], str]
    ) -> dict[str, frozenset[_T]]:
        """Return by state what all ways from the start to it have asked for, and not put by to begin anew."""
        found: dict[str, frozenset[_T]] = {self.start: frozenset()}
        queue = [self.start]
        while queue:
            here = queue.pop(0)
            for step in self.steps_from(here):
                every = found[here] | frozenset(asked_by(step))
                asked = frozenset(each for each in every if named(each) not in step.renews)
                known = found.get(step.after)
                merged = asked if known is None else known & asked
                if merged != known:
                    found[step.after] = merged
                    queue.append(step.after)
        return found

    def stages(self) -> tuple[str, ...]:
        """Return the stations of the stepper in declared order."""
        return tuple(dict.fromkeys(state.stage for state in self.states if state.stage))


def objections(step: Step, facts: Facts, label_of: Callable[[str], str]) -> list[Problem]:
    """Return what stands against a step: missing fields first, then guards, in words."""
    found = []
    for name in step.needs:
        value = facts.rows.get(name) if name in facts.rows else facts.values.get(name)
        if value is None or value in ("", (), []):
            found.append(Problem(name, f"“{label_of(name)}”{EMPTY}", "missing"))
    missing = {problem.field for problem in found}
    for guard in step.guards:
        against = guard(facts)
        if isinstance(against, Problem):
            # That nobody is named says enough; that two must be comes once somebody is.
            if not against.field or against.field not in missing:
                found.append(against)
        elif isinstance(against, str):
            found.append(Problem("", against, "guard"))
        elif against:
            found += against
    return found
