"""Every guard of every step refuses in a real vault what it alone stands against, and nothing once that is put right.

The cases are found, not listed: for each declared guard a break must exist to which it objects and no other guard
does. A new guard without one fails here. Taken out of the declaration, the same record takes the step: the refusal
really hangs on that guard.
"""

import pytest

from paizhu import registers
from paizhu.base.errors import StepRefusedError
from paizhu.base.field import FieldKind
from paizhu.base.flow import Guard, Step, objections
from paizhu.base.rows import Problem
from tests.guards.every import GROUNDS, GUARDS, STEPS, name_of
from tests.guards.ground import Ground
from tests.guards.in_vault import Stage, without

EACH_STEP = [pytest.param(*each, id=f"{each[0].register.key}.{each[1].before}-{each[1].after}") for each in STEPS]
EACH_GUARD = [
    pytest.param(*each, id=f"{each[0].register.key}.{each[1].before}-{each[1].after}.{name_of(each[2])}")
    for each in GUARDS
]


def test_every_register_with_a_course_has_a_ground() -> None:
    courses = {kind.key for kind in registers.REGISTERS if kind.flow}
    assert {ground.register.key for ground in GROUNDS} == courses


@pytest.mark.parametrize(("ground", "step"), EACH_STEP)
def test_a_step_is_free_when_nothing_is_wrong(ground: Ground, step: Step) -> None:
    assert objections(step, ground.facts(step), ground.register.label_of) == []


@pytest.mark.parametrize(("ground", "step", "guard"), EACH_GUARD)
def test_a_guard_refuses_what_it_alone_stands_against(stage: Stage, ground: Ground, step: Step, guard: Guard) -> None:
    broken = ground.break_of(step, guard)
    assert broken is not None, f"no case proves guard {name_of(guard)} of step {step.label}"
    record = stage.put(ground, step, broken)
    with pytest.raises(StepRefusedError) as refused:
        stage.advance(ground, step, record)
    assert [broken.words in problem.message for problem in refused.value.problems] == [True]
    assert broken.words in str(refused.value)
    assert stage.state_of(ground, record) == step.before

    unguarded = stage.put(ground, step, broken)
    with without(ground, step, guard):
        stage.advance(ground, step, unguarded)
    assert stage.state_of(ground, unguarded) == step.after

    stage.mend(ground, step, broken, record)
    stage.advance(ground, step, record)
    assert stage.state_of(ground, record) == step.after


@pytest.mark.parametrize(("ground", "step", "guard"), EACH_GUARD)
def test_a_guard_that_misses_something_names_the_field_that_answers_it(
    ground: Ground, step: Step, guard: Guard
) -> None:
    broken = ground.break_of(step, guard)
    assert broken is not None
    papers = {each.name for each in ground.register.fields if each.kind is FieldKind.FILES}
    given = [*broken.values.values(), *broken.rows.values()]
    # Papers are dropped on the record wherever it is shown, so that a step may wait for them without a field.
    if any(value not in (None, "", ()) for value in given) or papers & set(broken.values):
        return
    against = guard(ground.facts(step, broken))
    problems = [against] if isinstance(against, Problem) else against
    assert not isinstance(problems, str)
    assert [problem.field for problem in problems or ()] != []
    assert all(ground.register.label_of(problem.field) for problem in problems or ())


def test_a_guard_that_nobody_thought_of_is_missed() -> None:
    ground, step = next((ground, step) for ground, step in STEPS if step.guards)

    def unthought(_facts: object) -> str:
        return "示例：新加的关卡"

    assert ground.break_of(step, unthought) is None
