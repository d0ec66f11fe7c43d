"""The values each stage of a lead asks for, and its courses from receipt to every end."""

from datetime import date

from paizhu.base.rows import Ref, Value
from tests.unit.registers.case_values import (
    BEGIN,
    CLARIFIED,
    DAY,
    DESCRIBED,
    LEADER,
    OFFICER,
    OURS,
    SECOND,
    SUBJECT,
    Course,
    Rows,
)

REGISTERED: dict[str, Value] = {
    "received_at": DAY,
    "subject": SUBJECT,
    **DESCRIBED,
    "source": "supervision",
    "summary": "一、示例问题",
    "issue_types": ("integrity",),
    "field": "工程建设",
    "occurred": "2025年下半年",
    "cadre_authority": "party_group",
    **dict.fromkeys(("is_top", "is_team", "is_discipline"), False),
    **OURS,
}
PROPOSED: dict[str, Value] = {"proposed_mode": "check", "proposed_reason": "线索具体", "proposed_at": DAY}
STUDIED: dict[str, Value] = {"panel_at": DAY, "panel_conclusion": "一致同意"}
VIEWS: Rows = {"panel_view": [{"who": OFFICER, "view": "同意"}, {"who": SECOND, "view": "同意"}]}
APPROVED: dict[str, Value] = {"approver": LEADER, "approved_at": DAY}
LETTER: dict[str, Value] = {"inquiry_no": "示函〔2026〕1号", "inquiry_sent_at": DAY, "inquiry_cc": (Ref("示例党组"),)}
REPLIED: dict[str, Value] = {"inquiry_replied_at": DAY, "inquiry_signer": Ref("示例书记"), "inquiry_got_at": DAY,
                             "report_at": DAY}  # fmt: skip
CHECKING: dict[str, Value] = {
    "check_request_at": DAY,
    "check_approver": LEADER,
    "check_approved_at": DAY,
    "check_plan": 1,
    "check_team": (OFFICER, SECOND),
    "check_from": DAY,
    "check_due": date(2026, 5, 5),
}
CHECKED: dict[str, Value] = {"check_report_at": DAY, "check_signed": True, "check_answered": True}
FILE: dict[str, Value] = {"form": "f1", "volume_no": "示卷1", "retention": "permanent", "closed_at": DAY}
FIRST: dict[str, Value] = {
    "measures": ("remind",),
    "first_decided_at": DAY,
    "first_decided_by": "示例组",
    "closed_at": DAY,
}
CREDITED: dict[str, Value] = {"result_approver": LEADER, "reply_letter_at": DAY, "closed_at": DAY}
NO_ACTION: dict[str, Value] = {"close_reason": "untrue", "closed_at": DAY}
HELD: dict[str, Value] = {"held_reason": "条件不具备", "held_review": DAY}
HANDED: dict[str, Value] = {
    "transfer_to": Ref("示例机关"),
    "transfer_at": DAY,
    "transfer_list": "一份",
    "transfer_receipt": "已收",
}
REOPENED: dict[str, Value] = {"reopen_reason": "新证据", "reopen_approver": LEADER, "reopened_at": DAY}


def disposed(mode: str) -> Course:
    return [
        ("proposed", {**REGISTERED, **PROPOSED}),
        ("panel", STUDIED),
        ("approved", {**APPROVED, "mode": mode}),
    ]


def inquiry(opinion: str) -> Course:
    return [
        *disposed("talk_inquiry"),
        ("talk_inquiry", LETTER),
        ("inquiry_report", {**REPLIED, "report_opinion": opinion}),
    ]


def checked(opinion: str) -> Course:
    return [*disposed("check"), ("checking", CHECKING), ("check_report", {**CHECKED, "check_opinion": opinion})]


COURSES: dict[str, Course] = {
    "credited": [*inquiry("credited"), ("closed_credited", CREDITED), ("archived", FILE)],
    "credited, then clarified": [
        *inquiry("credited"),
        ("closed_credited", CREDITED),
        ("clarify", BEGIN),
        ("archived", {**CLARIFIED, **FILE, "clarify_modes": ("written", "meeting")}),
    ],
    "credited, then reopened": [
        *inquiry("credited"),
        ("closed_credited", CREDITED),
        ("reopened", REOPENED),
        ("proposed", {}),
    ],
    "first form after an inquiry": [*inquiry("first_form"), ("first_form", FIRST), ("archived", FILE)],
    "asked again": [*inquiry("again"), ("talk_inquiry", {})],
    "checked after an inquiry": [*inquiry("check"), ("checking", CHECKING)],
    "false accusation": [
        *inquiry("false_accusation"),
        ("false_accusation", {"accuser_lead_ref": Ref("线〔2026〕0009"), "closed_at": DAY}),
        ("archived", FILE),
    ],
    "falsely accused, then clarified": [
        *inquiry("false_accusation"),
        ("false_accusation", {"accuser_lead_ref": Ref("线〔2026〕0009"), "closed_at": DAY}),
        ("clarify", BEGIN),
        ("archived", {**CLARIFIED, **FILE, "clarify_modes": ("written", "meeting")}),
    ],
    "filed": [
        *checked("file"),
        ("filing", {"filing_request_at": DAY, "filing_basis": "示例依据", "filing_approver": LEADER}),
        ("filed", {"case_ref": Ref("案〔2026〕001")}),
    ],
    "filing not approved": [
        *checked("file"),
        ("filing", {"filing_request_at": DAY, "filing_basis": "示例依据", "filing_approver": LEADER}),
        ("check_report", CHECKED),
    ],
    "first form after a check": [*checked("remind"), ("first_form", FIRST)],
    "closed after a check": [*checked("close"), ("closed_no_action", NO_ACTION), ("archived", FILE)],
    "held after a check": [*checked("hold"), ("held", HELD), ("closed_no_action", NO_ACTION), ("clarify", BEGIN)],
    "moved to a party body": [
        *checked("party_body"),
        (
            "moved_to_party_body",
            {"moved_letter_no": "示函2号", "moved_to": "示例机关党委", "moved_at": DAY, "moved_due": DAY},
        ),
        ("archived", {**FILE, "moved_result": "已批评教育"}),
    ],
    "held, then checked": [*disposed("hold"), ("held", HELD), ("checking", CHECKING)],
    "held, then inquired": [*disposed("hold"), ("held", HELD), ("talk_inquiry", LETTER)],
    "closed, then reopened": [*disposed("close"), ("closed_no_action", NO_ACTION), ("reopened", REOPENED)],
    "handed over by decision": [*disposed("transfer"), ("transferred", HANDED)],
    "handed over at once": [("transferred", {**REGISTERED, **HANDED})],
    "returned for another opinion": [("proposed", {**REGISTERED, **PROPOSED}), ("registered", {})],
    "returned by the panel": [("proposed", {**REGISTERED, **PROPOSED}), ("panel", STUDIED), ("registered", {})],
}


def everything() -> dict[str, Value]:
    """Return the values of every stage together; what a stage concluded is set by each test."""
    parts = (REGISTERED, PROPOSED, STUDIED, APPROVED, LETTER, REPLIED, CHECKING, CHECKED, FIRST, CREDITED, NO_ACTION)
    more = (HELD, BEGIN, CLARIFIED, HANDED, REOPENED, FILE)
    return {name: value for part in (*parts, *more) for name, value in part.items()}
