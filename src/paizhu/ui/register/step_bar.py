"""The course of a record: the stations with their dates, and which step the red button takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from paizhu.base.field import Sens
from paizhu.base.flow import FILE, OTHER_WAY, Flow, Shape, Step
from paizhu.base.register import Register
from paizhu.base.rows import Problem, Values
from paizhu.services.deadlines.task import Task
from paizhu.services.history import FieldChange
from paizhu.ui.kit import stepper

_LACKING = ("missing", FILE)
_UNREAD = ("invalid_", "not_whole", "too_", "no_day", "ambiguous", "foreign", "weekday_")
"""How the codes of what cannot be read begin."""


@dataclass(frozen=True)
class Way:
    """A step out of the present state, and what stands against it now."""

    step: Step
    against: tuple[Problem, ...] = ()
    usual: bool = False
    """Whether it comes next of this record, wherever the course leads others."""

    @property
    def free(self) -> bool:
        """Tell whether the step can be taken at once."""
        return not self.against

    @property
    def file(self) -> str:
        """The field whose file the step waits for; empty when it waits for none."""
        return next((problem.field for problem in self.against if problem.code == FILE), "")

    @property
    def paper(self) -> str:
        """The place whose file would answer as well as the words the step waits for; empty when there is none."""
        lacking = {problem.field for problem in self.against if problem.code == "missing" and not self.closed}
        return next((asked.paper for asked in self.step.asked if asked.paper and asked.name in lacking), "")

    @property
    def closed(self) -> bool:
        """Tell whether such a record goes another way."""
        return any(problem.code == OTHER_WAY for problem in self.against)

    @property
    def shut(self) -> bool:
        """Tell whether nothing that can be typed opens the step: only a file does."""
        return bool(self.against) and all(problem.code == FILE for problem in self.against)


def reached(register: Register, changes: Iterable[FieldChange]) -> dict[str, str]:
    """Return for each station the day it was first reached, as far as the journal saw it.

    What came in with an old ledger had its days before the journal, so its import tells nothing; nor does a step that
    was taken back.
    """
    flow = register.flow
    if flow is None:
        return {}
    stage_of = {state.label: state.stage for state in flow.states}
    found: dict[str, str] = {}
    for change in changes:
        arrival = change.entry.kind in ("save", "step") and change.entry.undone_by is None
        if change.kind == register.key and change.field == "state" and arrival:
            stage = stage_of.get(change.after, "")
            if stage:
                # The journal tells the newest first; the first arrival is the one that stays.
                found[stage] = change.entry.at[:10]
    return found


def told(register: Register, values: Values) -> dict[str, str]:
    """Return for each station the day that the record itself tells, come or planned; never one of class P4."""
    found: dict[str, str] = {}
    for state in register.flow.states if register.flow else ():
        covered = bool(state.day) and register.field(state.day).sens is Sens.P4
        if state.day and not covered and (value := values.get(state.day)):
            found.setdefault(state.stage, str(value)[:10])
    return found


def due_at(flow: Flow, tasks: Iterable[Task]) -> dict[str, str]:
    """Return for each station the nearest day by which a running clock wants the record to reach it.

    What a clock leads to is a state, or a field that a step needs.
    """
    stage_of = {state.code: state.stage for state in flow.states}
    needed = {name: stage_of[step.after] for step in reversed(flow.steps) for name in step.needs}
    found: dict[str, str] = {}
    for task in sorted(tasks, key=lambda task: task.due):
        stage = "" if task.row else stage_of.get(task.action) or needed.get(task.action, "")
        if stage:
            found.setdefault(stage, task.due.isoformat())
    return found


def stations(
    flow: Flow,
    state: str,
    days: dict[str, str],
    year: int,
    own: Mapping[str, str] = MappingProxyType({}),
    due: Mapping[str, str] = MappingProxyType({}),
) -> list[stepper.Step]:
    """Return the stations as the stepper shows them.

    ``days`` are those the journal saw, ``own`` what the record tells; ``due`` is the limit of what is still to come.
    """
    names = flow.stages()
    here = next((each for each in flow.states if each.code == state), None)
    at = names.index(here.stage) if here and here.stage in names else -1
    made = []
    for place, name in enumerate(names):
        day = _short(own.get(name) or days.get(name, ""), year)
        if place == at and here is not None:
            when = stepper.When.PAST if here.end else stepper.When.CURRENT
            note = here.label if here.label != name else day or "进行中"
        elif place < at or (at < 0 and day):
            # A record whose beginning the journal saw and that never stood here went past it.
            skipped = not day and names[0] in days
            when, note = stepper.When.PAST, "跳过" if skipped else day
        else:
            limit = f"限 {_short(due[name], year)}" if name in due else ""
            when, note = stepper.When.LATER, _short(own.get(name, ""), year) or limit
        made.append(stepper.Step(name, note, when))
    return made


def ordered(
    flow: Flow, ways: Sequence[Way], stored: Mapping[str, Way] = MappingProxyType({}), asked: str = ""
) -> list[Way]:
    """Return the ways on with the likeliest first.

    What goes forward comes before what goes back or ends, free ones first; then those fewer rules stand against that no
    field answers, since a way that was not approved waits for more than words. An exception such as an appeal stands
    after what comes next, a closed way after every other. What is usual for such a record comes before all of them.

    While the record is typed, ``stored`` are the ways as it is saved, by where they lead: the red button does not turn
    to another step under the officer's hands because the words he needs for that one are there by now. Only what he
    tried already, ``asked``, stays first until it is done.
    """
    places = {state.code: at for at, state in enumerate(flow.states)}

    def rank(way: Way) -> tuple[bool, bool, bool, bool, bool, bool, int]:
        before, after = flow.state(way.step.before), flow.state(way.step.after)
        # An appeal or a reopening may come; it is never what comes next by itself.
        exception = after.shape is Shape.WARN and before.shape is not Shape.WARN
        forward = places[way.step.after] > places[way.step.before] and after.shape is not Shape.NONE
        rules = sum(problem.code != "missing" and not problem.field for problem in way.against)
        free = stored.get(way.step.after, way).free
        return (
            way.step.after != asked or way.closed,
            way.closed,
            not way.usual,
            not forward,
            exception,
            not free,
            rules,
        )

    return sorted(ways, key=rank)


def lacking_words(register: Register, way: Way) -> str:
    """Return what a step still waits for, in one line; empty when nothing stands against it."""
    if way.free:
        return ""
    missing = [_named(register, way.step, problem.field) for problem in way.against if problem.code in _LACKING]
    rest = [_said(register, problem) for problem in way.against if problem.code not in _LACKING]
    parts = [f"须先补：{'、'.join(missing)}" if missing else "", *rest]
    return f"{way.step.label}{'' if missing else '：'}" + "；".join(part for part in parts if part) + "。"


def _said(register: Register, problem: Problem) -> str:
    """Return what stands against a step; of words that cannot be read it is said where they stand in a long form."""
    label = register.label_of(problem.field) if problem.code.startswith(_UNREAD) else ""
    return f"“{label}”：{problem.message}" if label and label not in problem.message else problem.message


def _named(register: Register, step: Step, name: str) -> str:
    """Return the words for what is lacking; a paper that may be kept elsewhere is named before its place."""
    label = register.label_of(name)
    paper = next((asked.paper for asked in step.asked if asked.name == name and asked.paper), "")
    if not paper:
        return label
    words = register.label_of(paper)
    return f"{words}（或{label.removeprefix(words)}）"


def _short(day: str, year: int) -> str:
    return day[5:] if day.startswith(f"{year}-") else day
