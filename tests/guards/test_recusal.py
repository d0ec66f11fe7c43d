"""Who has to stay away is refused in whatever field he is named; because of a report, the rule alone is told."""

import pytest

from paizhu.base.flow import Facts, Step, objections
from paizhu.base.rows import Ref
from paizhu.registers import case_flow, lead_flow, petition_flow
from tests.guards.ground import RELATIVE, REPORTER, Ground, said
from tests.guards.of_matters import CASE, LEAD, MATTERS, PETITION
from tests.unit.registers.case_values import LEADER, OFFICER, SUBJECT

NAMES = ((PETITION, petition_flow.HANDS), (LEAD, lead_flow.HANDS), (CASE, case_flow.HANDS))
RECUSING = {PETITION.register.key: petition_flow.RECUSED, LEAD.register.key: lead_flow.RECUSED,
            CASE.register.key: case_flow.RECUSED}  # fmt: skip
GUARDED = [
    pytest.param(ground, step, name, id=f"{ground.register.key}.{step.before}-{step.after}.{name}")
    for ground, names in NAMES
    for step in ground.flow.steps
    if set(RECUSING[ground.register.key]) <= set(step.guards)
    for name in names
]


def asked(ground: Ground, step: Step, name: str, who: Ref, user: Ref = OFFICER) -> list[str]:
    """Return the codes with which a step is refused when somebody stands in one field more."""
    facts = ground.facts(step)
    held = facts.values.get(name)
    named = (*held, who) if isinstance(held, tuple) else (who,) if name.endswith("team") else who
    values = {**facts.values, name: named}
    given = Facts(values, facts.rows, facts.related, user, facts.rule, facts.placed, facts.must_leave)
    own, apart = RECUSING[ground.register.key]
    return ["own" if said(own(given)) else "", "apart" if said(apart(given)) else ""]


@pytest.mark.parametrize(("ground", "step", "name"), GUARDED)
def test_whoever_is_concerned_is_refused_in_every_field(ground: Ground, step: Step, name: str) -> None:
    assert asked(ground, step, name, LEADER) == ["", ""]
    assert asked(ground, step, name, SUBJECT) == ["own", ""]
    assert asked(ground, step, name, RELATIVE) == ["own", ""]
    assert asked(ground, step, name, REPORTER) == ["", "apart"]
    assert asked(ground, step, name, LEADER, SUBJECT) == ["own", ""]
    assert asked(ground, step, name, LEADER, REPORTER) == ["", "apart"]


def test_a_refusal_because_of_who_reported_says_the_rule_and_nothing_else() -> None:
    told = set()
    for ground in MATTERS:
        for step in ground.flow.steps:
            apart = RECUSING[ground.register.key][1]
            if apart in step.guards:
                broken = ground.break_of(step, apart)
                found = objections(step, ground.facts(step, broken), ground.register.label_of)
                assert [problem.code for problem in found] == ["recusal"]
                told |= {problem.message for problem in found}
    (words,) = told
    assert words.startswith(f"{REPORTER.label}须回避（监察法第六十七条")
    assert not [each for each in ("反映人", "信访") if each in words]


def test_a_reporter_sealed_before_comparing_stops_every_step_that_compares() -> None:
    for ground in MATTERS:
        for step in ground.flow.steps:
            facts = ground.facts(step)
            unknown = Facts(facts.values, facts.rows, user=OFFICER, uncompared=True)
            apart = RECUSING[ground.register.key][1]
            assert ("核对回避" in said(apart(unknown))) is True
            assert apart not in step.guards or objections(step, unknown, ground.register.label_of)
