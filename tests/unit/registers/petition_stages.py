"""The values each stage of a petition asks for."""

from paizhu.base.rows import Ref, Value
from tests.unit.registers.case_values import DAY, OFFICER, OURS, SUBJECT

RECEIVED: dict[str, Value] = {
    **OURS,
    "received_at": DAY,
    "petition_date": DAY,
    "channel": "letter",
    "origin": "own",
    "named": "real",
    "summary": "一、示例问题",
    "reported_names": (SUBJECT,),
    "reported_post": "示例局一处处长",
    "petition_class": "accusation",
    "is_repeat": False,
    "own_level": "own",
}
TOLD: dict[str, Value] = {"notice_mode": "phone", "notice_at": DAY, "notice_by": OFFICER}
CLOSING: dict[str, Value] = {
    "result": "partly",
    "closed_at": DAY,
    "issue_types": ("integrity",),
    "eight_rules": False,
    "mass_side": False,
}
HANDLED: dict[str, Value] = {"handling": "self", "proposal": "拟自办", "decision": "同意"}
ANSWERED: dict[str, Value] = {
    "feedback_at": DAY,
    "feedback_mode": "face",
    "feedback_by": OFFICER,
    "feedback_reaction": "无异议",
    "new_evidence": False,
}
FILED: dict[str, Value] = {"false_flag": False, "clarify_needed": False, "archived_at": DAY}
UPPER: dict[str, Value] = {"received_at": DAY, "own_level": "upper"}


def everything() -> dict[str, Value]:
    """Return the values of every stage together, of an item that is ours."""
    more: dict[str, Value] = {"accepted_at": DAY, "transfer_at": DAY, "lead_ref": Ref("线〔2026〕0001")}
    return {**RECEIVED, **HANDLED, **TOLD, **CLOSING, **ANSWERED, **FILED, **more}
