"""What every course has to hold: reachable states, ways out, steps that can be taken, clocks that can stop."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from paizhu.base.field import FieldKind
from paizhu.base.flow import Facts, Flow, Guard, Shape, Step, objections
from paizhu.base.register import LimitFrom, Register
from paizhu.base.rows import Problem
from paizhu.registers import REGISTERS, every_kind
from tests.make import least, make_value, make_values

TODAY = date(2026, 3, 6)
RULES = Path(__file__).parents[2] / "resources" / "rules" / "limits.toml"


def courses() -> list[tuple[Register, Flow]]:
    return [(each, each.flow) for each in REGISTERS if each.flow]


COURSES = [pytest.param(each, flow, id=each.key) for each, flow in courses()]
STEPS = [
    pytest.param(each, step, id=f"{each.key}.{step.before}-{step.after}")
    for each, flow in courses()
    for step in flow.steps
]
GUARDS = [
    pytest.param(each, guard, id=f"{each.key}.{step.before}-{step.after}.{number}")
    for each, flow in courses()
    for step in flow.steps
    for number, guard in enumerate(step.guards)
]
LIMITS = [
    pytest.param(kind, limit, id=f"{kind.key}.{limit.start}-{number}")
    for kind in every_kind()
    for number, limit in enumerate(kind.limits)
]


@pytest.mark.parametrize(("register", "flow"), COURSES)
def test_every_state_is_reached_from_the_start(register: Register, flow: Flow) -> None:
    reached, waiting = {flow.start}, [flow.start]
    while waiting:
        for step in flow.steps_from(waiting.pop()):
            if step.after not in reached:
                reached.add(step.after)
                waiting.append(step.after)
    assert reached == {state.code for state in flow.states}


@pytest.mark.parametrize(("register", "flow"), COURSES)
def test_every_state_that_is_no_end_has_a_way_out(register: Register, flow: Flow) -> None:
    stuck = [
        state.code
        for state in flow.states
        if not state.end and not any(step.after != state.code for step in flow.steps_from(state.code))
    ]
    assert stuck == []


@pytest.mark.parametrize(("register", "flow"), COURSES)
def test_an_end_looks_like_an_end(register: Register, flow: Flow) -> None:
    for state in flow.states:
        assert (state.shape in (Shape.DONE, Shape.NONE)) >= state.end, state.code


@pytest.mark.parametrize(("register", "flow"), COURSES)
def test_the_day_of_a_state_is_a_day_of_its_register(register: Register, flow: Flow) -> None:
    for state in flow.states:
        if state.day:
            assert register.field(state.day).kind in (FieldKind.DAY, FieldKind.MOMENT)


@pytest.mark.parametrize(("register", "flow"), COURSES)
def test_the_words_of_states_are_unique(register: Register, flow: Flow) -> None:
    labels = [state.label for state in flow.states]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize(("register", "flow"), COURSES)
def test_the_state_field_knows_the_states_of_the_course(register: Register, flow: Flow) -> None:
    assert [choice.code for choice in register.field("state").choices] == [state.code for state in flow.states]


@pytest.mark.parametrize(("register", "flow"), COURSES)
def test_no_step_is_declared_twice(register: Register, flow: Flow) -> None:
    moves = [(step.before, step.after) for step in flow.steps]
    assert len(set(moves)) == len(moves)


@pytest.mark.parametrize(("register", "step"), STEPS)
def test_a_step_needs_fields_or_rows_of_its_register(register: Register, step: Step) -> None:
    known = {field.name for field in register.fields} | {child.key for child in register.rows}
    assert set(step.needs) <= known
    assert step.label


@pytest.mark.parametrize(("register", "step"), STEPS)
def test_a_step_names_each_field_that_is_missing(register: Register, step: Step) -> None:
    empty = Facts({}, {child.key: () for child in register.rows})
    missing = [problem for problem in objections(step, empty, register.label_of) if problem.code == "missing"]
    lacked = [each.name for each in step.asked if each.lacks({})]
    assert [problem.field for problem in missing] == [*step.needs, *lacked]
    for problem in missing[: len(step.needs)]:
        assert register.label_of(problem.field) in problem.message


@pytest.mark.parametrize(("register", "step"), STEPS)
def test_a_step_misses_nothing_in_a_full_record(register: Register, step: Step) -> None:
    rows = {child.key: (make_values(child),) for child in register.rows}
    found = objections(step, Facts(make_values(register), rows), register.label_of)
    assert [problem.field for problem in found if problem.code == "missing"] == []


@pytest.mark.parametrize(("register", "guard"), GUARDS)
def test_a_guard_answers_in_words_or_not_at_all(register: Register, guard: Guard) -> None:
    rows = {child.key: (make_values(child), least(child)) for child in register.rows}
    for facts in (Facts({}), Facts(least(register)), Facts(make_values(register), rows)):
        said = guard(facts)
        if isinstance(said, str):
            assert said.strip()
        for problem in [said] if isinstance(said, Problem) else () if isinstance(said, str) else said or ():
            assert problem.message.strip()
            assert not problem.field or register.label_of(problem.field)


@pytest.mark.parametrize(("register", "flow"), COURSES)
def test_an_old_record_arrives_in_a_declared_state(register: Register, flow: Flow) -> None:
    assert flow.arrive is not None
    declared = {state.code for state in flow.states}
    assert flow.arrive(make_values(register), TODAY) in declared
    assert flow.arrive({}, TODAY) in declared
    for field in register.fields:
        for number in range(max(1, len(field.choices))):
            values = {**least(register), field.name: make_value(field, number)}
            assert flow.arrive(values, TODAY) in declared, field.name


@pytest.mark.parametrize(("register", "flow"), COURSES)
def test_a_full_old_record_does_not_come_back_as_new(register: Register, flow: Flow) -> None:
    assert flow.arrive is not None
    assert flow.arrive(make_values(register), date(2030, 1, 1)) != flow.start


@pytest.mark.parametrize(("kind", "limit"), LIMITS)
def test_a_clock_starts_from_a_day_and_can_be_stopped(kind: Register, limit: LimitFrom) -> None:
    assert kind.field(limit.start).kind in (FieldKind.DAY, FieldKind.MOMENT)
    assert limit.what
    assert limit.until or limit.states, "nothing stops this clock"
    states = {state.code for state in kind.flow.states} if kind.flow else set()
    assert set(limit.states) <= states
    assert not limit.action or limit.action in states | {field.name for field in kind.fields}


@pytest.mark.parametrize(("kind", "limit"), LIMITS)
def test_the_rule_of_a_clock_is_in_the_table_of_time_limits(kind: Register, limit: LimitFrom) -> None:
    assert not limit.rule or limit.rule in tomllib.loads(RULES.read_text(encoding="utf-8"))
