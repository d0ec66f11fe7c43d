"""Every guard of petition, lead and case: what it refuses, at which step; a guard taken away is missed here.

The violations are data. Each is laid over facts with which the step can be taken, and must be refused; and every guard
that is declared must be among what these violations meet.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from paizhu.base.flow import Facts, Step, objections
from paizhu.base.register import Register
from paizhu.base.rows import Ref, Value
from paizhu.registers import register
from tests.unit.registers.case_values import DAY, LEADER, OFFICER, SECOND, SUBJECT, THIRD
from tests.unit.registers.test_case import MEASURES
from tests.unit.registers.test_case import everything as case_values
from tests.unit.registers.test_lead_flow import VIEWS
from tests.unit.registers.test_lead_flow import everything as lead_values
from tests.unit.registers.test_petition import everything as petition_values

REFUSALS = ("guard", "recusal")
Overrides = Mapping[str, Value]
Rows = Mapping[str, Sequence[Mapping[str, Value]]]
PETITION, LEAD, CASE = (register(key) for key in ("petition", "lead", "case"))
BASE: Mapping[str, tuple[Mapping[str, Value], Rows]] = {
    "petition": (petition_values(), {}),
    "lead": (lead_values(), VIEWS),
    "case": (case_values(), MEASURES),
}
# What a step asks for beyond the values of every stage: the conclusion that leads there.
GOOD: Mapping[tuple[str, str, str], Overrides] = {
    ("petition", "screening", "up"): {"own_level": "upper", **dict.fromkeys(
        ("summary", "reported_names", "reported_post", "reported_unit", "issue_types", "instruction", "proposal",
         "decision", "result", "remarks"))},
    ("petition", "screening", "returned"): {"own_level": "outside"},
    ("petition", "screening", "kept"): {"is_repeat": True, "first_ref": Ref("信〔2026〕0001")},
    ("petition", "closed", "archived"): {"named": "anonymous"},
    ("petition", "feedback", "as_lead"): {"new_evidence": True},
    ("lead", "approved", "talk_inquiry"): {"mode": "talk_inquiry"},
    ("lead", "approved", "checking"): {"mode": "check"},
    ("lead", "approved", "held"): {"mode": "hold"},
    ("lead", "approved", "closed_no_action"): {"mode": "close"},
    ("lead", "approved", "transferred"): {"mode": "transfer"},
    ("lead", "inquiry_report", "closed_credited"): {"report_opinion": "credited"},
    ("lead", "inquiry_report", "first_form"): {"report_opinion": "first_form"},
    ("lead", "inquiry_report", "talk_inquiry"): {"report_opinion": "again"},
    ("lead", "inquiry_report", "checking"): {"report_opinion": "check"},
    ("lead", "inquiry_report", "false_accusation"): {"report_opinion": "false_accusation"},
    ("lead", "check_report", "filing"): {"check_opinion": "file"},
    ("lead", "check_report", "first_form"): {"check_opinion": "remind"},
    ("lead", "check_report", "closed_no_action"): {"check_opinion": "close"},
    ("lead", "check_report", "held"): {"check_opinion": "hold"},
    ("lead", "check_report", "moved_to_party_body"): {"check_opinion": "party_body"},
    ("case", "investigating", "withdrawn"): {"outcome": "withdrawn"},
    ("case", "investigation_report", "withdrawn"): {"outcome": "withdrawn"},
    ("case", "deciding", "withdrawn"): {"outcome": "withdrawn"},
    ("case", "deciding", "exempt"): {"outcome": "exempt"},
    ("case", "deciding", "to_judicial"): {"outcome": "judicial"},
    ("case", "appeal", "upheld"): {"appeal_result": "upheld"},
    ("case", "appeal", "changed"): {"appeal_result": "changed"},
    ("case", "appeal", "revoked"): {"appeal_result": "revoked"},
    ("case", "executed", "archived"): {"period_to": None},
}  # fmt: skip

OWN, ALONE, LENT = {"handler": SUBJECT}, (OFFICER,), Ref("示例借")
VIOLATIONS: Mapping[str, Mapping[str, Overrides]] = {
    "petition": {
        "about himself": {"handler": Ref("示例甲"), "reported_names": (Ref("示例甲"),)},
        "not described": {"channel": None},
        "content of the upper level": {"own_level": "upper", "summary": "反映的内容"},
        "not of our level": {"own_level": "lower"},
        "not of the upper level": {"own_level": "own"},
        "of the upper level": {"own_level": "upper"},
        "repeat without its first": {"is_repeat": True, "first_ref": None},
        "no repeat": {"is_repeat": False},
        "within the remit": {"own_level": "own", "petition_class": "accusation"},
        "informant not told": {"named": "real", "is_repeat": False, "own_level": "own", "notice_at": None},
        "nobody to answer": {"named": "anonymous"},
        "not answered yet": {"named": "real", "is_repeat": False, "own_level": "own"},
        "no new evidence": {"new_evidence": False},
    },
    "lead": {
        "about himself": OWN,
        "team of one": {"check_team": ALONE},
        "second person from nowhere": {"check_team": (OFFICER, LENT), "check_team_note": None},
        "not approved": {"approved_at": None},
        "no letter": {"inquiry_no": None, "talk_ref": None},
        "no answer": {"inquiry_replied_at": None, "talk_held_at": None},
        "approved by himself, managed above": {"cadre_authority": "commission", "approver": OFFICER},
        "approved by himself, top leader": {"is_top": True, "reported_up_at": DAY, "approver": OFFICER},
        "check approved by himself": {"cadre_authority": "superior", "check_approver": OFFICER},
        "filing approved by himself": {"is_top": True, "filing_approver": OFFICER},
        "top leader not reported": {"is_top": True, "reported_up_at": None},
        "dates of the first check": {"check_from": DAY, "check_report_at": date(2026, 5, 1)},
        "not signed": {"check_signed": False},
        "point left open": {"check_answered": None},
        "other mode": {"mode": "none"},
        "other report": {"report_opinion": None},
        "other advice": {"check_opinion": None},
        "against his wish": {"clarify_wish": "refused"},
        "not in writing": {"clarify_modes": ("meeting",)},
    },
    "case": {
        "about himself": OWN,
        "team of one": {"team": ALONE},
        "second person from nowhere": {"team": (OFFICER, LENT), "team_note": None},
        "filed by the commission, approved by himself": {"filed_by": "commission", "filing_approver": OFFICER},
        "not signed": {"report_signed": None},
        "trial of one": {"trial_team": (THIRD,)},
        "trial member from nowhere": {"trial_team": (THIRD, LENT), "trial_team_note": None},
        "reviewer from nowhere": {"appeal_team": (LENT,), "appeal_team_note": None},
        "investigator tries": {"trial_team": (THIRD, SECOND)},
        "investigator reviews": {"appeal_team": (SECOND,)},
        "trial member reviews": {"appeal_team": (THIRD,)},
        "papers of the first appeal": {"appeal_at": DAY, "appeal_decided_at": date(2026, 5, 1)},
        "no quorum": {"decide_body": "party_group", "quorum_met": False},
        "other outcome": {"outcome": None},
        "other result": {"appeal_result": None},
        "period not over": {"period_to": date(2027, 3, 1)},
        "has a period": {"period_to": date(2027, 3, 1)},
        "against his wish": {"clarify_wish": "refused"},
        "not in writing": {"clarify_modes": ("meeting",)},
    },
}
ROW_VIOLATIONS: Mapping[str, Mapping[str, Rows]] = {
    "petition": {},
    "lead": {"a member who said nothing": {"panel_view": [{"who": OFFICER, "view": ""}]}},
    "case": {
        "not in the dossier": {"measure": [{"kind": "party_warning", "announced_at": DAY, "exec_report_at": DAY}]},
        "measure without approval": {"measures_used": [{"kind": "talk", "approval_no": None, "taken_at": DAY}]},
    },
}
_BEGIN_CHECK = (
    "team of one",
    "second person from nowhere",
    "top leader not reported",
    "check approved by himself",
    "about himself",
)
REFUSED: Mapping[tuple[str, str, str], tuple[str, ...]] = {
    ("petition", "received", "screening"): ("not described", "content of the upper level"),
    ("petition", "screening", "accepted"): ("not of our level", "repeat without its first", "about himself"),
    ("petition", "screening", "up"): ("not of the upper level", "content of the upper level"),
    ("petition", "screening", "down"): ("of the upper level", "repeat without its first"),
    ("petition", "screening", "returned"): ("within the remit",),
    ("petition", "screening", "kept"): ("no repeat",),
    ("petition", "accepted", "as_lead"): ("about himself",),
    ("petition", "accepted", "closed"): ("informant not told", "about himself"),
    ("petition", "waiting_feedback", "closed"): ("informant not told", "about himself"),
    ("petition", "as_lead", "closed"): ("informant not told", "about himself"),
    ("petition", "closed", "feedback"): ("nobody to answer",),
    ("petition", "closed", "archived"): ("not answered yet",),
    ("petition", "feedback", "as_lead"): ("no new evidence", "about himself"),
    ("lead", "registered", "proposed"): ("about himself",),
    ("lead", "proposed", "panel"): ("about himself", "a member who said nothing"),
    ("lead", "panel", "approved"): (
        "approved by himself, managed above", "approved by himself, top leader", "about himself",
    ),
    ("lead", "approved", "talk_inquiry"): ("other mode", "not approved", "no letter", "about himself"),
    ("lead", "approved", "checking"): ("other mode", "dates of the first check", *_BEGIN_CHECK),
    ("lead", "approved", "held"): ("other mode", "about himself"),
    ("lead", "approved", "closed_no_action"): ("other mode", "about himself"),
    ("lead", "approved", "transferred"): ("other mode",),
    ("lead", "talk_inquiry", "inquiry_report"): ("no letter", "no answer", "about himself"),
    ("lead", "inquiry_report", "closed_credited"): ("other report", "about himself"),
    ("lead", "inquiry_report", "first_form"): ("other report", "about himself"),
    ("lead", "inquiry_report", "talk_inquiry"): ("other report", "not approved", "about himself"),
    ("lead", "inquiry_report", "checking"): ("other report", "dates of the first check", *_BEGIN_CHECK),
    ("lead", "inquiry_report", "false_accusation"): ("other report", "about himself"),
    ("lead", "closed_credited", "clarify"): ("against his wish", "about himself"),
    ("lead", "closed_credited", "reopened"): ("about himself",),
    ("lead", "held", "checking"): ("dates of the first check", *_BEGIN_CHECK),
    ("lead", "held", "talk_inquiry"): ("not approved", "no letter", "about himself"),
    ("lead", "held", "closed_no_action"): ("about himself",),
    ("lead", "closed_no_action", "clarify"): ("against his wish", "about himself"),
    ("lead", "closed_no_action", "reopened"): ("about himself",),
    ("lead", "checking", "check_report"): ("not signed", "point left open", "about himself"),
    ("lead", "check_report", "filing"): ("other advice", "filing approved by himself", "about himself"),
    ("lead", "check_report", "first_form"): ("other advice", "about himself"),
    ("lead", "check_report", "closed_no_action"): ("other advice", "about himself"),
    ("lead", "check_report", "held"): ("other advice", "about himself"),
    ("lead", "check_report", "moved_to_party_body"): ("other advice",),
    ("lead", "filing", "filed"): ("about himself",),
    ("lead", "clarify", "archived"): ("not in writing",),
    ("lead", "reopened", "proposed"): ("about himself",),
    ("case", "filed", "investigating"): (
        "team of one", "second person from nowhere", "filed by the commission, approved by himself", "about himself",
    ),
    ("case", "investigating", "facts_shown"): ("about himself", "measure without approval"),
    ("case", "investigating", "withdrawn"): ("other outcome", "about himself"),
    ("case", "facts_shown", "investigation_report"): ("not signed", "about himself"),
    ("case", "investigation_report", "sent_trial"): ("about himself",),
    ("case", "investigation_report", "withdrawn"): ("other outcome", "about himself"),
    ("case", "sent_trial", "trial"): (
        "trial of one", "trial member from nowhere", "investigator tries", "about himself",
    ),
    ("case", "trial", "trial_report"): ("investigator tries", "about himself"),
    ("case", "returned", "investigating"): ("team of one", "second person from nowhere", "about himself"),
    ("case", "trial_report", "deciding"): ("about himself",),
    ("case", "deciding", "decided"): ("other outcome", "no quorum", "about himself"),
    ("case", "deciding", "exempt"): ("other outcome", "no quorum", "about himself"),
    ("case", "deciding", "withdrawn"): ("other outcome", "about himself"),
    ("case", "deciding", "to_judicial"): ("other outcome", "about himself"),
    ("case", "decided", "executing"): ("about himself",),
    ("case", "decided", "to_judicial"): ("about himself",),
    ("case", "exempt", "first_form"): ("about himself",),
    ("case", "withdrawn", "clarify"): ("against his wish", "about himself"),
    ("case", "to_judicial", "executing"): ("about himself",),
    ("case", "executing", "executed"): ("not in the dossier", "about himself"),
    ("case", "executed", "archived"): ("has a period",),
    ("case", "in_period", "period_over"): ("period not over",),
    **{
        ("case", before, "appeal"): (
            "investigator reviews", "trial member reviews", "papers of the first appeal", "reviewer from nowhere",
            "about himself",
        )
        for before in ("executing", "executed", "in_period", "period_over")
    },
    **{
        ("case", "appeal", after): ("other result", "investigator reviews", "trial member reviews", "about himself")
        for after in ("upheld", "changed", "revoked")
    },
    ("case", "upheld", "executing"): ("about himself",),
    ("case", "changed", "executing"): ("about himself",),
    ("case", "clarify", "archived"): ("not in writing",),
}  # fmt: skip


# Whoever may not be about himself may not be related to who reported either.
REFUSED = {
    step: (*named, *(("reported by a hand", "not compared yet") if "about himself" in named else ()))
    for step, named in REFUSED.items()
}
OF_VAULT: Mapping[str, Mapping[str, Any]] = {
    "reported by a hand": {"must_leave": lambda who: who == OFFICER},
    "not compared yet": {"uncompared": True},
}
"""Violations that do not stand in the record: who reported is known to the vault alone."""


def facts(key: str, step: Step, violation: str = "") -> Facts:
    """Return facts with which a step can be taken, and over them what a violation makes of them."""
    values, rows = BASE[key]
    over = VIOLATIONS[key].get(violation, {})
    below = ROW_VIOLATIONS[key].get(violation, {})
    good = GOOD.get((key, step.before, step.after), {})
    return Facts({**values, **good, **over}, {**rows, **below}, user=OFFICER, **OF_VAULT.get(violation, {}))


def kin_of(who: Value) -> Callable[[Ref, Ref], bool]:
    """Return relations in which one person is related to the subject, and nobody else to anybody."""
    return lambda one, other: {one, other} == {who, SUBJECT}


def steps(kind: Register) -> Sequence[Step]:
    assert kind.flow is not None
    return kind.flow.steps


EVERY = [
    pytest.param(kind, step, id=f"{kind.key}.{step.before}-{step.after}")
    for kind in (PETITION, LEAD, CASE)
    for step in steps(kind)
]
EACH = [
    pytest.param(register(key), before, after, violation, id=f"{key}.{before}-{after}: {violation}")
    for (key, before, after), violations in REFUSED.items()
    for violation in violations
]


@pytest.mark.parametrize(("kind", "step"), EVERY)
def test_a_step_is_free_when_nothing_is_wrong(kind: Register, step: Step) -> None:
    found = objections(step, facts(kind.key, step), kind.label_of)
    assert [problem.message for problem in found if problem.code in REFUSALS] == []


@pytest.mark.parametrize(("kind", "before", "after", "violation"), EACH)
def test_a_violation_is_refused_in_words(kind: Register, before: str, after: str, violation: str) -> None:
    assert kind.flow is not None
    step = kind.flow.step(before, after)
    assert step is not None
    found = objections(step, facts(kind.key, step, violation), kind.label_of)
    words = [problem.message for problem in found if problem.code in REFUSALS]
    assert words
    assert all(char >= "\u4e00" for text in words for char in text[:1] if char.isalpha())


@pytest.mark.parametrize(("kind", "step"), EVERY)
def test_every_guard_is_met_by_one_of_the_violations(kind: Register, step: Step) -> None:
    named = REFUSED.get((kind.key, step.before, step.after), ())
    for guard in step.guards:
        assert any(guard(facts(kind.key, step, violation)) for violation in named), guard


def test_a_relative_of_the_subject_is_refused_wherever_the_subject_is() -> None:
    for key, names in (
        ("lead", ("handler", "co_handler", "approver", "check_approver", "check_team", "filing_approver")),
        ("case", ("handler", "co_handler", "filing_approver", "team", "trial_team", "appeal_team")),
    ):
        kind = register(key)
        for step in steps(kind):
            if "about himself" not in REFUSED.get((key, step.before, step.after), ()):
                continue
            plain = facts(key, step)
            for name in names:
                held = plain.values.get(name)
                relative = held[0] if isinstance(held, tuple) else held or LEADER
                over = {**plain.values, name: held or LEADER}
                asked = Facts(over, plain.rows, kin_of(relative), LEADER)
                words = [each.message for each in objections(step, asked, kind.label_of) if each.code == "guard"]
                assert any("回避" in text for text in words), (key, step.label, name)


def test_a_refusal_because_of_who_reported_says_the_rule_and_nothing_else() -> None:
    told = set()
    for (key, before, after), named in REFUSED.items():
        flow = register(key).flow
        step = flow.step(before, after) if flow else None
        assert step is not None
        if "reported by a hand" in named:
            found = objections(step, facts(key, step, "reported by a hand"), register(key).label_of)
            told |= {problem.message for problem in found if problem.code == "recusal"}
    (words,) = told
    assert words.startswith(f"{OFFICER.label}须回避（监察法第六十七条")
    assert not [each for each in ("举报", "反映人", "信访") if each in words]
