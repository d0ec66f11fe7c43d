"""What the domain marks R or S is demanded by a step that needs it, and what is shown as 待补 is what a step demands.

The sentence is issue 2 §3: every field that is not needed to save is shown as 待补, counted, and demanded by the step
that needs it, with the field named. The marks are copied from ``domain.md`` 2.1 to 2.9 by hand; what steps demand is
found by emptying each field under each step, alone and with everything that is wrong in the grounds.
"""

from collections.abc import Iterator

import pytest

from paizhu import registers
from paizhu.base import stored
from paizhu.base.field import FieldKind
from paizhu.base.flow import Step, objections
from paizhu.base.register import Register
from paizhu.base.rows import Problem, Value
from tests.guards.every import GROUNDS
from tests.guards.ground import Break, Ground, filled, row_of
from tests.guards.otherwise import DEMANDED_OTHERWISE
from tests.make import DAY
from tests.registers.domain_marks import MARKED_R, MARKED_S, MEASURE_S

OURS = "unit_id handler secrecy_notice"
SNAPSHOT = {
    "integrity_talk": "subject_unit subject_post subject_rank subject_political",
    "petition": "reported_post",
    **dict.fromkeys(
        ("lead", "case"),
        """
        subject_gender subject_born subject_ethnic subject_political subject_unit subject_post subject_rank
        in_post_since is_npc_cppcc
        """,
    ),
}
"""Parts of a row marked R that begins with the person: what he was on that day."""
NOT_COUNTED = {
    "duty_item.evidence": "a paper, or the reason for none, for each of the periods in the rows",
    "integrity_talk.companion": "the rules of the vault say which kinds of talk take two",
    "integrity_talk.requirements": "they may stand in rows of their own",
    "measure.rights_restored_at": "after a probation of one or two years: a clock runs until it is there",
    **{
        f"petition.{name}": "class P4: no count may tell that somebody gave his name"
        for name in ("notice_mode", "notice_at", "notice_by")
    },
}
"""Fields that a step demands and that are no 待补 afterwards: the record itself does not tell whether they are due."""
UNTOLD = {"petition_class": "accusation", "own_level": "own"}
"""What a new record tells where it matters to its conditions."""
GIVEN_UP = {
    "integrity_talk": {"cancelled"},
    "meeting": {"cancelled"},
    "petition": {"up"},
    "lead": {"transferred"},
}
"""Ends of what is called off or handed on as it came, which nobody has to complete first."""
ROSTERS = ("unit", "person", "supplier")
"""Rosters have no course: their fields are 待补 and counted, and no step of theirs could demand them."""

COURSES = [pytest.param(each, id=each.register.key) for each in GROUNDS if each.register.key in MARKED_S]
SHORT = {
    "delivered_at": "送达",
    "announced_at": "宣布",
    "filed_in_dossier": "装入个人档案",
    "pay_done": "职务工资变更",
    "exec_report_at": "执行情况报告",
    "kind": "处分种类",
}
"""What the words of a step call an item of a measure."""
CASE = next(each for each in GROUNDS if each.register.key == "case")
MEASURE = registers.register("measure")


def marked(kind: Register) -> list[str]:
    """Return what the domain marks R or S of a register with a course, beside what identifies a record."""
    names = f"{MARKED_R[kind.key]} {SNAPSHOT.get(kind.key, '')} {OURS} {MARKED_S[kind.key]}".split()
    identifying = {each.name for each in kind.identifying}
    return [name for name in dict.fromkeys(names) if name not in identifying and not is_given(kind, name)]


def is_given(kind: Register, name: str) -> bool:
    return kind.has(name) and kind.field(name).computed and kind.field(name).kind is not FieldKind.FILES


def named(kind: Register, problems: list[Problem], name: str) -> bool:
    """Tell whether a refusal names a field, by itself or in its words."""
    return any(each.field == name or kind.label_of(name) in each.message for each in problems)


DEMANDED: dict[tuple[str, str, str], frozenset[str]] = {}


def demanded(ground: Ground, step: Step) -> frozenset[str]:
    """Return the fields and kinds of rows that a step demands, of every record or of some."""
    at = (ground.register.key, step.before, step.after)
    if at not in DEMANDED:
        DEMANDED[at] = frozenset(_demanded(ground, step))
    return DEMANDED[at]


def _demanded(ground: Ground, step: Step) -> set[str]:
    kind = ground.register
    found = {*step.needs, *(each.name for each in step.asked), *(each.paper for each in step.asked if each.paper)}
    guards = [each for each in step.guards if each not in step.asked]
    bare = Step(step.before, step.after, step.label, guards=tuple(guards))
    names = [each for each in marked(kind) if each not in found]
    for base in (Break("", ""), *ground.breaks):
        for name in names:
            if name in found:
                continue
            below = not kind.has(name)
            values = base.values if below else {**base.values, name: None}
            rows = {**base.rows, name: ()} if below else base.rows
            over = Break("", "", values, rows)
            # What stands against it anyhow says nothing about this field.
            before = {each.message for each in objections(bare, ground.facts(step, base), kind.label_of)}
            after = objections(bare, ground.facts(step, over), kind.label_of)
            told = [each for each in after if each.message not in before or name in base.values or name in base.rows]
            if named(kind, told, name):
                found.add(name)
    return found


def demanding(ground: Ground, name: str) -> list[Step]:
    return [step for step in ground.flow.steps if name in demanded(ground, step)]


def shown(kind: Register, state: str) -> set[str]:
    """Return what may be 待补 in a state; a paper is, by the words that may stand for it."""
    asked = kind.asked_in(state)
    papers = (each.paper for each in asked if each.paper)
    return {*kind.wanted_in(state), *(each.name for each in asked), *papers}


@pytest.mark.parametrize("ground", COURSES)
def test_a_step_demands_what_the_domain_marks(ground: Ground) -> None:
    left = [name for name in marked(ground.register) if not demanding(ground, name)]
    assert left == [key.partition(".")[2] for key in DEMANDED_OTHERWISE if key.startswith(f"{ground.register.key}.")]


@pytest.mark.parametrize("ground", COURSES)
def test_what_is_shown_as_lacking_is_demanded_by_a_step(ground: Ground) -> None:
    kind, every = ground.register, {name for step in ground.flow.steps for name in demanded(ground, step)}
    identifying = {each.name for each in kind.identifying}
    for state in ground.flow.states:
        left = shown(kind, state.code) - identifying - every
        assert left == {asked.name for asked in state.awaits}, state.code
        for asked in state.awaits:
            clocks = [limit for limit in kind.limits if asked.name in limit.until and state.code in limit.states]
            assert clocks, f"no clock runs for {asked.name}"


@pytest.mark.parametrize("ground", COURSES)
def test_what_the_domain_marks_is_shown_as_lacking(ground: Ground) -> None:
    kind = ground.register
    ever = {name for state in ground.flow.states for name in shown(kind, state.code)}
    awaited = {asked.name for state in ground.flow.states for asked in state.awaits}
    fields = [name for name in marked(kind) if kind.has(name) and (demanding(ground, name) or name in awaited)]
    left = {f"{kind.key}.{name}" for name in fields} - {f"{kind.key}.{name}" for name in ever}
    assert left == {key for key in NOT_COUNTED if key.startswith(f"{kind.key}.")}


@pytest.mark.parametrize(("key", "names"), SNAPSHOT.items())
def test_who_somebody_was_is_lacking_from_the_first_day(key: str, names: str) -> None:
    kind = registers.register(key)
    told = {"state": None, "petition_class": "accusation", "own_level": "own", "reported_names": "示例某"}
    assert set(names.split()) - set(kind.wanted_now(told)) == set()
    assert not set(names.split()) & set(kind.wanted_now({**told, **dict.fromkeys(names.split(), "示例")}))


@pytest.mark.parametrize("ground", COURSES)
def test_nothing_wanted_from_the_first_day_can_be_left_out_to_the_end(ground: Ground) -> None:
    kind, flow = ground.register, ground.flow
    identifying = {each.name for each in kind.identifying}
    from_the_first = {asked.name for asked in kind.asked_in(flow.start) if not asked.when.of or asked.lacks(UNTOLD)}
    for name in {*kind.wanted_in(flow.start), *from_the_first} - identifying:
        ways = [step for step in flow.steps if name not in demanded(ground, step)]
        reached, waiting = {flow.start}, [flow.start]
        while waiting:
            here = waiting.pop()
            onward = {step.after for step in ways if step.before == here} - reached
            reached |= onward
            waiting += onward
        ends = {state.code for state in flow.states if state.end} & reached
        assert ends <= GIVEN_UP.get(kind.key, set()), name


@pytest.mark.parametrize("ground", COURSES)
def test_what_came_in_behind_the_steps_that_ask_is_not_kept_for_good_without_it(ground: Ground) -> None:
    kind, flow = ground.register, ground.flow
    whole = {state.code for state in flow.states if state.whole}
    assert whole
    assert not whole & GIVEN_UP.get(kind.key, set())
    for step in flow.steps:
        told = UNTOLD if kind.key == "petition" else {}
        owed = {name for name in f"{MARKED_R[kind.key]} {OURS}".split() if name in marked(kind) and name not in told}
        facts = ground.facts(step, Break("", "", {**dict.fromkeys(owed), **told}))
        if step.after in whole:
            lacking = {each.field for each in kind.objections(step, facts) if each.code == "missing"}
            assert owed & {*kind.by_name} <= lacking, step.label
        else:
            # What is called off or handed on asks no more than its step does.
            plain = objections(step, facts, kind.label_of)
            assert kind.objections(step, facts) == plain, step.label


def wanted_rows() -> Iterator[tuple[Ground, Register, str]]:
    for ground in GROUNDS:
        for child in ground.register.rows if ground.register.key in MARKED_S else ():
            for field in child.fields:
                if field.wanted and not field.computed:
                    yield ground, child, field.name


@pytest.mark.parametrize(
    ("ground", "child", "name"), [pytest.param(*each, id=f"{each[1].key}.{each[2]}") for each in wanted_rows()]
)
def test_a_step_demands_what_is_wanted_of_a_row(ground: Ground, child: Register, name: str) -> None:
    lacking = {name: None, **({"note": None} if child.has("note") else {})}
    for base in (Break("", ""), *ground.breaks):
        rows = {child.key: ({**row_of(ground.register, child.key), **lacking},)}
        over = Break("", "", base.values, {**base.rows, **rows})
        for step in ground.flow.steps:
            against = objections(step, ground.facts(step, over), ground.register.label_of)
            if any(each.field == child.key for each in against):
                return
    pytest.fail(f"no step asks for {child.label}·{child.field(name).label}")


@pytest.mark.parametrize(
    "name",
    [
        *(each.name for each in MEASURE.fields if each.wanted_of_all and not each.computed),
        *(name for name in MEASURE_S.split() if f"measure.{name}" not in DEMANDED_OTHERWISE),
    ],
)
def test_the_course_of_a_case_demands_what_is_marked_of_its_measures(name: str) -> None:
    (whole,) = CASE.rows["measure"]
    kind = "party_removal" if name == "pay_done" else "party_probation"
    made = {**filled(MEASURE), **whole, "kind": kind, "changed": None, "executed_at": None}
    words = SHORT.get(name, MEASURE.field(name).label)
    for step in CASE.flow.steps:
        before, after = (
            {each.message for each in objections(step, facts, CASE.register.label_of)}
            for facts in (
                CASE.facts(step, Break("", "", rows={"measure": (row,)})) for row in (made, {**made, name: None})
            )
        )
        if any(words in said for said in after - before):
            return
    pytest.fail(f"no step of the case asks for {words}")


TAKEN_BACK = {"changed": ("revoked", "replaced"), "executed_at": (DAY,)}
"""What ends the demands of a case: the measure stands no longer, or an old ledger says that it was carried out."""


def executions() -> Iterator[dict[str, Value]]:
    """Yield measures of every kind, with what ends a demand and without, of which nothing is carried out."""
    lacking = dict.fromkeys(MEASURE_S.split())
    for kind in MEASURE.field("kind").choices:
        for told in ({}, {"announced_at": DAY}, {"changed": "upheld"}, {"changed": "changed"}):
            yield {**filled(MEASURE), **lacking, "kind": kind.code, "changed": None, "executed_at": None, **told}
        for name, ends in TAKEN_BACK.items():
            for end in ends:
                yield {**filled(MEASURE), **lacking, "kind": kind.code, "changed": None, "executed_at": None, name: end}


def left_of(measure: dict[str, Value]) -> set[str]:
    """Return the items of a measure that its case names when the execution is to end."""
    (step,) = CASE.flow.steps_to("executed")
    facts = CASE.facts(step, Break("", "", rows={"measure": (measure,)}))
    said = [each.message for each in objections(step, facts, str) if "还没有登记" in each.message]
    words = {item for each in said for item in each.partition("还没有登记")[2].partition("：")[0].split("、")}
    return {name for name in MEASURE_S.split() if SHORT.get(name, MEASURE.field(name).label) in words}


def test_of_a_measure_as_much_is_shown_as_lacking_as_its_case_demands() -> None:
    ever: set[str] = set()
    for measure in executions():
        shown = set(MEASURE.wanted_now(measure)) & {*MEASURE_S.split()}
        assert shown == left_of(measure), measure
        kept = {name: stored.to_db(MEASURE.field(name).kind, measure.get(name)) for name in MEASURE.by_name}
        assert shown <= set(MEASURE.wanted_now(kept))
        ever |= shown
    assert ever == {name for name in MEASURE_S.split() if f"measure.{name}" not in {*DEMANDED_OTHERWISE, *NOT_COUNTED}}


def test_only_rosters_and_measures_go_without_a_course() -> None:
    without = {each.key for each in registers.REGISTERS if not each.flow and each.key in MARKED_R}
    assert without == {*ROSTERS, "measure"}


@pytest.mark.parametrize("ground", COURSES)
def test_a_condition_tells_the_same_of_what_is_read_and_what_a_column_keeps(ground: Ground) -> None:
    kind = ground.register
    for step in ground.flow.steps:
        for asked in step.asked:
            for base in (Break("", ""), *ground.breaks):
                values = ground.values_for(step, base)
                names = (asked.name, *asked.when.of)
                kept = {name: stored.to_db(kind.field(name).kind, values.get(name)) for name in names}
                assert asked.lacks(values) == asked.lacks(kept), asked.name
