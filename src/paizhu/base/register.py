"""How one kind of record is shown and matched; the second half of its declaration."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date
from functools import cached_property
from typing import Any

from paizhu.base.asked import ALWAYS, Asked, When, empty
from paizhu.base.errors import EMPTY
from paizhu.base.field import Field, FieldKind
from paizhu.base.flow import Facts, Flow, Step, objections
from paizhu.base.rows import Problem, Ref, Row, Value, Values

_DAYS = (FieldKind.DAY, FieldKind.MOMENT, FieldKind.MONTH)


@dataclass(frozen=True, slots=True)
class Section:
    """A titled group of fields in the form, in reading order."""

    label: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LimitFrom:
    """Which date starts which clock, and what stops it.

    ``rule`` is a code of the time-limit table; empty means that the date itself is the due date.
    The clock runs while every field of ``until`` is empty, ``only`` agrees and the state is open.
    ``what`` names the task in words, ``action`` the step or field to go to. ``states`` are those it runs in; where none
    is named, all but the ends. ``extends`` marks a day that only an extension sets: to grant one writes it there.
    """

    start: str
    rule: str = ""
    until: tuple[str, ...] = ()
    what: str = ""
    action: str = ""
    only: Callable[[Values], bool] | None = None
    states: tuple[str, ...] = ()
    extends: bool = False


@dataclass(frozen=True, slots=True)
class Aids:
    """What a derivation may ask beyond the record itself; plain answers, so that it needs no vault in a test.

    ``due`` gives the day a rule of the time-limit table falls due; ``count`` how many other records of a register
    point to somebody in a field; ``rows_of`` the rows of one kind under another record; ``influence`` the last day
    on which a measure with these values weighs; ``team_of`` how many members the leading team of a unit has, None
    where neither the unit nor the roster says.
    """

    today: date
    rows: Mapping[str, Sequence[Values]] = dataclass_field(default_factory=dict)
    working_days_between: Callable[[date, date], int] = lambda _start, _end: 0
    due: Callable[[str, date], date | None] = lambda _rule, _start: None
    count: Callable[[str, str, Ref], int] = lambda _register, _field, _ref: 0
    rows_of: Callable[[Ref, str], Sequence[Values]] = lambda _ref, _child: ()
    influence: Callable[[Values], date | None] = lambda _values: None
    team_of: Callable[[Ref], int | None] = lambda _unit: None


Derive = Callable[[Values, Aids], Mapping[str, Value]]


@dataclass(frozen=True, eq=False)
class Register:
    """One register (台账), or the kind of rows under one.

    ``identity`` are the fields that find an existing record when a ledger comes in; ``title`` those that
    name a record in lists, search and messages; ``main_date`` gives year, period and default order.
    ``check`` returns objections in words, those that begin with the label of a field stand beneath it; ``derive``
    fills what follows from other values.
    """

    key: str
    label: str
    model: type[Any]
    fields: tuple[Field, ...]
    sections: tuple[Section, ...]
    columns: tuple[str, ...]
    identity: tuple[str, ...]
    title: tuple[str, ...]
    main_date: str = ""
    flow: Flow | None = None
    check: Callable[[Any], list[str]] | None = None
    derive: Derive | None = None
    rows: tuple["Register", ...] = ()
    limits: tuple[LimitFrom, ...] = ()

    def __post_init__(self) -> None:
        names = [field.name for field in self.fields]
        known = set(names)
        if len(known) != len(names):
            raise ValueError(f"{self.key}: a field is declared twice")
        shown = [name for section in self.sections for name in section.names]
        for group in (shown, self.columns, self.identity, self.title, (self.main_date,) if self.main_date else ()):
            for name in group:
                if name not in known:
                    raise ValueError(f"{self.key}: no field named {name}")
        if len(set(shown)) != len(shown):
            raise ValueError(f"{self.key}: a field stands in two sections")
        missing = known - set(shown)
        if missing:
            raise ValueError(f"{self.key}: fields without a section: {sorted(missing)}")
        told = [name for limit in self.limits for name in (limit.start, *limit.until)]
        for name in (*told, *(name for each in self._asked for name in (each.name, *each.when.of))):
            if name not in known:
                raise ValueError(f"{self.key}: no field named {name}")
        for day in self.days:
            for name in day.dated.after:
                if name not in known:
                    raise ValueError(f"{self.key}: {day.name} follows unknown {name}")
        children = {child.key for child in self.rows}
        for step in self.flow.steps if self.flow else ():
            for name in (*step.needs, *step.renews):
                if name not in known | children:
                    raise ValueError(f"{self.key}: step {step.label} names unknown {name}")

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """Fields by their code name."""
        return {field.name: field for field in self.fields}

    @cached_property
    def references(self) -> tuple[Field, ...]:
        """Fields whose values point to other records."""
        return tuple(field for field in self.fields if field.is_reference)

    @cached_property
    def days(self) -> tuple[Field, ...]:
        """Fields that tell a day, a moment or a month, in order."""
        return tuple(field for field in self.fields if field.kind in _DAYS)

    @cached_property
    def dated_names(self) -> tuple[str, ...]:
        """Names of the fields that tell a day or a moment, in order: where a record stands in time."""
        return tuple(field.name for field in self.fields if field.is_day)

    @cached_property
    def identifying(self) -> tuple[Field, ...]:
        """Fields without which nothing is saved."""
        return tuple(field for field in self.fields if field.required and not field.computed)

    @property
    def is_roster(self) -> bool:
        """Tell whether its records are known by a name alone and run no course: those the others refer to by name."""
        return self.title == ("name",) and self.flow is None

    def field(self, name: str) -> Field:
        """Return the field with this code name; KeyError for a name the register does not have."""
        try:
            return self.by_name[name]
        except KeyError:
            raise KeyError(f"{self.key}.{name}") from None

    def has(self, name: str) -> bool:
        """Tell whether the register declares this field."""
        return name in self.by_name

    def child(self, key: str) -> "Register":
        """Return the kind of child rows with this key; KeyError when there is none."""
        for child in self.rows:
            if child.key == key:
                return child
        raise KeyError(f"{self.key}/{key}")

    def label_of(self, name: str) -> str:
        """Return the words for a field or a kind of child rows."""
        for child in self.rows:
            if child.key == name:
                return child.label
        return self.field(name).label

    def title_of(self, row: Row) -> str:
        """Return the words that name a record, for lists and messages."""
        held, words = row.values, []
        for name, show in self._titled:
            value = held.get(name)
            if value is not None and value != "" and (said := show(value)):
                words.append(said)
        return " ".join(words) or row.no or f"{self.label} {row.id}"

    @cached_property
    def _titled(self) -> tuple[tuple[str, Callable[[Value], str]], ...]:
        """Fields of the title with what gives their words, found once: today names hundreds of records."""
        from paizhu.base import values

        return tuple((name, values.shower(self.field(name))) for name in self.title)

    def wanted_now(self, row_values: Values) -> tuple[str, ...]:
        """Return the fields that are 待补: marked R in the domain, or asked by a step already taken."""
        state = row_values.get("state")
        found = [name for name in self.wanted_in(state) if row_values.get(name) in (None, "", ())]
        more = (asked.name for asked in self.asked_in(state) if asked.lacks(row_values))
        return tuple(dict.fromkeys((*found, *more)))

    def objections(self, step: Step, facts: Facts) -> list[Problem]:
        """Return what stands against a step, missing fields first: a course ends with all that every record must have.

        Most of that is asked for early on; a record from an old ledger may have come in behind those steps.
        """
        found = objections(step, facts, self.label_of)
        if self.flow is None or not self.flow.state(step.after).whole:
            return found
        missing = [problem for problem in found if problem.code == "missing"]
        named = {problem.field for problem in missing}
        owed = [problem for problem in self._owed(step.after, facts) if problem.field not in named]
        return [*missing, *owed, *(problem for problem in found if problem.code != "missing")]

    def _owed(self, end: str, facts: Facts) -> Iterator[Problem]:
        for field in self.fields:
            owed = field.wanted.agrees(facts.values) if isinstance(field.wanted, When) else field.wanted
            if owed and not field.computed and empty(facts.values.get(field.name)):
                yield Problem(field.name, f"“{field.label}”{EMPTY}", "missing")
        if self.flow is None:
            return
        at_the_end = {asked for step in self.flow.steps_to(end) for asked in step.asked}
        for asked in self.flow.first:
            if asked not in at_the_end and (problem := asked(facts)):
                yield problem

    def wanted_in(self, now: object) -> tuple[str, ...]:
        """Return the fields that every record must have at a state, as its code or None stands in the record."""
        return self._in(now)[0]

    def asked_in(self, now: object) -> tuple[Asked, ...]:
        """Return what only some records must have at a state, whatever else they must have."""
        return self._in(now)[1]

    def conditions_of(self, name: str) -> tuple[str, ...]:
        """Return the fields that tell which records must have this one; none where all or no records must."""
        return tuple(other for each in self._asked if each.name == name for other in each.when.of)

    @property
    def _asked(self) -> tuple[Asked, ...]:
        if self.flow is None:
            return self._by_fields
        by_steps = (each for step in self.flow.steps for each in step.asked)
        return (*self._by_fields, *by_steps, *(each for state in self.flow.states for each in state.awaits))

    @cached_property
    def _by_fields(self) -> tuple[Asked, ...]:
        # No step of its own asks for it, so that no words are needed.
        return tuple(Asked(field.name, "", field.wanted) for field in self.fields if isinstance(field.wanted, When))

    def _in(self, now: object) -> tuple[tuple[str, ...], tuple[Asked, ...]]:
        state = str(now or self.flow.start) if self.flow else ""
        if state not in self._wanted:
            due = self.flow.due_needs(state) if self.flow else frozenset()
            asked = frozenset(self._by_fields) | (self.flow.due_asked(state) if self.flow else frozenset())
            due |= {each.name for each in asked if each.when is ALWAYS}
            asks = next((each.asks for each in self.flow.states if each.code == state), ()) if self.flow else ()
            names = [field.name for field in self.fields if not field.computed and (not asks or field.name in asks)]
            always = tuple(
                name for name in names if self.field(name).wanted_of_all or self.field(name).required or name in due
            )
            places = {name: at for at, name in enumerate(names) if name not in always}
            some = (each for each in asked if each.name in places)
            # In one order at every start: by its spelling a vault tells whether its counts are out of date.
            ordered = sorted(some, key=lambda each: (places[each.name], each.why, each.when.spelled))
            self._wanted[state] = (always, tuple(ordered))
        return self._wanted[state]

    @cached_property
    def _wanted(self) -> dict[str, tuple[tuple[str, ...], tuple[Asked, ...]]]:
        return {}
