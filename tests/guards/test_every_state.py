"""Every state is reached by legal steps in a real vault and left again or an end; no step loses what was typed.

Before each step the record holds a value in every field the ground tells, rows of every kind, a file and words typed
but not saved. All of it stands there afterwards, but for what the step declares to set or begin anew; and what begins
anew is kept word by word in the row of the earlier round.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from paizhu.base import values
from paizhu.base.errors import StepRefusedError
from paizhu.base.flow import Flow, Step
from paizhu.base.rows import Row
from paizhu.registers import earlier
from paizhu.services import preparing
from paizhu.services.drafts import Drafts
from tests.guards.every import GROUNDS, STEPS
from tests.guards.ground import Ground
from tests.guards.in_vault import Stage

EACH_STEP = [pytest.param(*each, id=f"{each[0].register.key}.{each[1].before}-{each[1].after}") for each in STEPS]
EACH_GROUND = [pytest.param(ground, id=ground.register.key) for ground in GROUNDS]
EMPTY = (None, "", ())


def course_to(flow: Flow, state: str) -> list[Step]:
    """Return the shortest legal course from the start to a state."""
    ways: dict[str, list[Step]] = {flow.start: []}
    waiting = [flow.start]
    while waiting:
        here = waiting.pop(0)
        for step in flow.steps_from(here):
            if step.after not in ways:
                ways[step.after] = [*ways[here], step]
                waiting.append(step.after)
    return ways[state]


def farthest(flow: Flow) -> list[list[Step]]:
    """Return courses that pass through every state: those that are not the beginning of another."""
    every = [course_to(flow, state.code) for state in flow.states]
    return [one for one in every if not any(other[: len(one)] == one and other is not one for other in every)]


def plain(rows: Mapping[str, Sequence[Row]]) -> dict[str, list[dict[str, Any]]]:
    """Return the rows under a record as they can be compared."""
    apart = ("version", "position")
    return {key: [{name: value for name, value in row.values.items() if name not in apart} for row in given]
            for key, given in rows.items()}  # fmt: skip


@pytest.mark.parametrize("ground", EACH_GROUND)
def test_every_state_is_reached_by_legal_steps_and_left_or_an_end(stage: Stage, ground: Ground) -> None:
    passed: set[str] = set()
    for course in farthest(ground.flow):
        record = stage.put(ground, course[0])
        for step in course:
            stage.stand(ground, step, record)
            assert stage.state_of(ground, record) == step.before
            stage.advance(ground, step, record)
            passed |= {step.before, step.after}
        last = ground.flow.state(stage.state_of(ground, record))
        assert last.end or ground.flow.steps_from(last.code)
    assert passed == {state.code for state in ground.flow.states}
    assert all(state.label and (not state.end or state.shape.value in ("done", "none")) for state in ground.flow.states)


@pytest.mark.parametrize(("ground", "step"), EACH_STEP)
def test_a_step_loses_nothing_that_was_typed(stage: Stage, ground: Ground, step: Step, tmp_path: Path) -> None:
    office, kind, record = stage.office, ground.register, stage.put(ground, step)
    drafts = Drafts(office.desk)
    name = next(each.name for each in kind.fields if not each.computed and each.kind.value == "text")
    drafts.keep(kind, record, {name: "还没有保存的话"})
    bare = preparing.bare_words(kind, office.records.get(kind, record).values)
    if not bare:
        (tmp_path / "示例.txt").write_text("示例附件", encoding="utf-8")
        office.records.attach(kind, record, tmp_path / "示例.txt")
    before, rows, files = (
        office.records.get(kind, record).values,
        plain(office.records.rows(kind, record)),
        office.records.attachments(kind, record),
    )
    stage.advance(ground, step, record)
    after, rows_after = office.records.get(kind, record).values, plain(office.records.rows(kind, record))

    told = set(step.sets(before)) if step.sets else set()
    free = {"state", "version", "missing", *told, *step.renews, *(step.numbers or ())[:1]}
    free |= {each.name for each in kind.fields if each.computed}
    lost = {key: (value, after[key]) for key, value in before.items() if key not in free and value not in EMPTY
            and after[key] != value}  # fmt: skip
    assert lost == {}
    for key, given in rows.items():
        assert key in step.renews or all(row in rows_after[key] for row in given), key
    assert office.records.attachments(kind, record) == files
    assert bool(files) is not bool(bare)
    draft = drafts.find(kind, record)
    assert draft is not None
    assert draft.typed == {name: "还没有保存的话"}

    rounds = earlier.kind_of(kind)
    kept = str(rows_after[rounds.key][-1]["held"]) if rounds and step.renews else ""
    journal = {(each.label, each.before) for each in office.history.of_record(kind.key, record)}
    for each in (field for field in kind.fields if field.name in step.renews and before[field.name] not in EMPTY):
        words = values.show(each, before[each.name])
        assert after[each.name] in EMPTY
        assert f"{each.label}：{words}" in kept if rounds else (each.label, words) in journal


@pytest.mark.parametrize("ground", EACH_GROUND)
def test_every_other_jump_is_refused_with_what_is_possible(stage: Stage, ground: Ground) -> None:
    flow = ground.flow
    for state in flow.states:
        steps = flow.steps_from(state.code)
        onward = {step.after for step in steps}
        forbidden = next((each.code for each in flow.states if each.code not in {*onward, state.code}), None)
        if forbidden is None:
            continue
        some = next(step for step in flow.steps if state.code in (step.before, step.after))
        record = stage.put(ground, some, state=state.code)
        with pytest.raises(StepRefusedError) as refused:
            stage.office.records.advance(ground.register, record, forbidden)
        words = str(refused.value)
        assert f"现在是“{state.label}”" in words
        assert flow.state(forbidden).label in words
        assert all(step.label in words for step in steps)
        assert stage.state_of(ground, record) == state.code
