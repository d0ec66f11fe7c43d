"""The values each stage of a case asks for, and its courses from filing to archive."""

from datetime import date

from paizhu.base.rows import Ref, Value
from paizhu.registers.measure import MEASURE
from tests.make import make_value
from tests.unit.registers.case_values import (
    BEGIN,
    CLARIFIED,
    DAY,
    DESCRIBED,
    FIFTH,
    FOURTH,
    LEADER,
    OFFICER,
    OURS,
    SECOND,
    SUBJECT,
    THIRD,
    Course,
    Rows,
)

FILED: dict[str, Value] = {
    "name": "示例某案",
    **OURS,
    "lead_ref": Ref("线〔2026〕0001"),
    "subject": SUBJECT,
    **DESCRIBED,
    "kind": "party",
    "filed_by": "group",
    "handled_by": "group",
    "issue_types": ("integrity",),
    "filing_request_at": DAY,
    "filed_at": DAY,
    "filing_approver": LEADER,
    "announced_at": DAY,
    "notified_units": (Ref("示例局"),),
    "plan_approved_at": DAY,
    "team": (OFFICER, SECOND),
}
CARRIED_OUT: dict[str, Value] = {
    **{field.name: make_value(field) for field in MEASURE.fields if field.wanted_of_all},
    "no": "处〔2026〕001",
    "measure_class": "party",
    "kind": "party_warning",
    "executed_at": DAY,
}
MEASURES: Rows = {
    "measures_used": [{"kind": "talk", "approval_no": "示批1号", "taken_at": DAY}],
    "measure": [CARRIED_OUT],
}
SHOWN: dict[str, Value] = {"facts_shown_at": DAY, "subject_view": "无异议", "facts_note": "无须修改"}
REPORTED: dict[str, Value] = {"report_at": DAY, "report_proposal": "移送审理", "report_signed": True}
SENT: dict[str, Value] = {"sent_trial_at": DAY, "volume_list": "一卷至三卷"}
TRIED: dict[str, Value] = {"trial_accepted_at": DAY, "trial_body": Ref("示例审理室"), "trial_team": (THIRD, FOURTH)}
TRIAL_REPORT: dict[str, Value] = {
    "trial_talk_at": DAY,
    "trial_report_at": DAY,
    "trial_opinion": "一致同意",
    "proposed_measure": "党内警告",
}
DECIDING: dict[str, Value] = {"decide_body": "party_group", "told_at": DAY, "statement_heard": "无异议"}
VOTED: dict[str, Value] = {"quorum_met": True, "majority_met": True}
DECIDED: dict[str, Value] = {**VOTED, "outcome": "punish", "decision_no": "示党〔2026〕1号", "decided_at": DAY}
FILE: dict[str, Value] = {
    "closed_at": DAY,
    "eight_rules": False,
    "mass_side": False,
    "dual_inquiry": False,
    "volume_ref": "示卷1",
    "retention": "permanent",
}
WITHDRAWAL: dict[str, Value] = {
    "outcome": "withdrawn",
    "withdraw_reason": "没有违纪违法事实",
    "withdraw_told_at": DAY,
    "closed_at": DAY,
}
COURT: dict[str, Value] = {"judicial_body": "示例检察院", "judicial_at": DAY}
APPEALED: dict[str, Value] = {
    "appeal_applicant": "示例某",
    "appeal_at": DAY,
    "appeal_body": "示例派出机关",
    "appeal_due": DAY,
    "appeal_team": (FIFTH,),
}
APPEAL_END: dict[str, Value] = {"appeal_decided_at": DAY, "appeal_told_at": DAY, "appeal_announced_at": DAY}
FIRST: dict[str, Value] = {"first_measures": ("admonish",), "first_decided_at": DAY, "first_decided_by": "示例党组"}
INVESTIGATED: Course = [("investigating", FILED), ("facts_shown", SHOWN), ("investigation_report", REPORTED)]
TO_DECIDE: Course = [
    *INVESTIGATED,
    ("sent_trial", SENT),
    ("trial", TRIED),
    ("trial_report", TRIAL_REPORT),
    ("deciding", DECIDING),
]
PUNISHED: Course = [
    *TO_DECIDE,
    ("decided", DECIDED),
    ("executing", {}),
    ("executed", {"executed_at": DAY}),
    ("in_period", {"period_to": date(2026, 3, 10)}),
]
EXECUTED: Course = PUNISHED[:-1]
EXECUTING: Course = PUNISHED[:-2]
ON_APPEAL: Course = [*PUNISHED, ("appeal", APPEALED)]
COURSES: dict[str, Course] = {
    "punished": [*PUNISHED, ("period_over", {}), ("archived", FILE)],
    "upheld": [*ON_APPEAL, ("upheld", {**APPEAL_END, "appeal_result": "upheld"}), ("in_period", {})],
    "upheld while it is carried out": [
        *EXECUTING,
        ("appeal", APPEALED),
        ("upheld", {**APPEAL_END, "appeal_result": "upheld"}),
        ("executing", {}),
    ],
    "appealed when carried out": [*EXECUTED, ("appeal", APPEALED)],
    "appealed after the period": [*PUNISHED, ("period_over", {}), ("appeal", APPEALED)],
    "discharged, without a period": [*EXECUTED, ("archived", FILE)],
    "changed": [*ON_APPEAL, ("changed", {**APPEAL_END, "appeal_result": "changed"}), ("executing", {})],
    "revoked": [
        *ON_APPEAL,
        ("revoked", {**APPEAL_END, "appeal_result": "revoked"}),
        ("clarify", {**BEGIN, "clarify_wish": "refused"}),
        ("archived", {**CLARIFIED, **FILE}),
    ],
    "exempt": [*TO_DECIDE, ("exempt", {**DECIDED, "outcome": "exempt"}), ("archived", FILE)],
    "first form": [*TO_DECIDE, ("exempt", {**DECIDED, "outcome": "none"}), ("first_form", FIRST), ("archived", FILE)],
    "withdrawn early": [("investigating", FILED), ("withdrawn", WITHDRAWAL), ("clarify", BEGIN)],
    "withdrawn after the report": [*INVESTIGATED, ("withdrawn", WITHDRAWAL), ("archived", FILE)],
    "withdrawn at the end": [*TO_DECIDE, ("withdrawn", WITHDRAWAL)],
    "to court at once": [*TO_DECIDE, ("to_judicial", {**COURT, "outcome": "judicial"}), ("executing", {})],
    "to court after the decision": [*TO_DECIDE, ("decided", DECIDED), ("to_judicial", COURT)],
    "not accepted": [*INVESTIGATED, ("sent_trial", SENT), ("investigating", {})],
    "returned": [
        *INVESTIGATED,
        ("sent_trial", SENT),
        ("trial", TRIED),
        ("returned", {"returned_reason": "补充凭证"}),
        ("investigating", {}),
    ],
}


def everything() -> dict[str, Value]:
    """Return the values of every stage together."""
    parts = (FILED, SHOWN, REPORTED, SENT, TRIED, TRIAL_REPORT, DECIDING, COURT, APPEALED, APPEAL_END, BEGIN, CLARIFIED)
    return {name: value for part in (*parts, FIRST, WITHDRAWAL, FILE, DECIDED) for name, value in part.items()}
