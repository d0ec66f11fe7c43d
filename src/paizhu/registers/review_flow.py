"""The course of a review (``domain.md`` 3.3): its states, who takes which step, and where an old item arrives."""

from datetime import date

from paizhu.base.flow import Flow, Shape, State, Step
from paizhu.base.rows import Values
from paizhu.registers import review_guards as guard
from paizhu.registers.review_follow import AGAIN, ANEW, SIGNED_STATES, on_change

STATES = (
    State("submitted", "已报送", Shape.OPEN, "材料接收", day="submitted_at"),
    State("material_check", "材料核对", Shape.DOING, "形式审查"),
    State("returned_material", "退回补正", Shape.LACKING, "形式审查"),
    State("under_review", "审查中", Shape.DOING, "实质审查"),
    State("opinion_draft", "意见拟稿", Shape.DOING, "出具意见"),
    State("opinion_signed", "意见审签", Shape.DOING, "出具意见", day="opinion_date"),
    State("feedback_sent", "已反馈", Shape.DOING, "出具意见"),
    State("unit_reply", "单位答复/补充", Shape.DOING, "出具意见"),
    State("postponed", "暂缓上会", Shape.PAUSED, "出具意见"),
    State("on_agenda", "上会", Shape.DOING, "列席监督", day="planned_meeting_at"),
    State("resolved", "已决议", Shape.DOING, "采纳反馈"),
    State("procedure_issue", "程序问题", Shape.WARN, "采纳反馈"),
    State("tracking", "跟踪落实", Shape.DOING, "采纳反馈"),
    State("done", "办结", Shape.DONE, "采纳反馈", end=True, whole=True),
    State("dropped", "撤回", Shape.NONE, end=True),
)
BEFORE_OPINION = ("submitted", "material_check", "under_review", "opinion_draft")


def arrive(values: Values, today: date) -> str:
    """Place an item from an old ledger: what was decided or adopted is finished unless a later look at it is due."""
    day_of_meeting = str(values.get("planned_meeting_at") or "")[:10]
    follow = values.get("follow_date")
    past = bool(day_of_meeting) and day_of_meeting < today.isoformat()
    if follow and not values.get("follow_result") and values.get("decided"):
        return "tracking"
    if values.get("drop_reason"):
        return "dropped"
    if values.get("decided") or (values.get("adopted") and past) or (past and day_of_meeting[:4] < str(today.year)):
        return "done"
    return _before_meeting(values)


def _before_meeting(values: Values) -> str:
    reached = (
        ("reply_date", "unit_reply"),
        ("adopted", "unit_reply"),
        ("feedback_date", "feedback_sent"),
        ("opinion_date", "opinion_signed"),
        ("opinion", "opinion_draft"),
    )
    return next((state_code for name, state_code in reached if values.get(name)), "submitted")


_REGISTERED = ("submit_dept", "reporter", "leader_in_charge", "unit_id", "handler", "secrecy_notice")
"""What the domain marks R of an item and its 议题单 tells; the papers were looked through by then."""
_ATTENDED = ("group_attendee", "recused", "last_speak_ok")
"""What is known of the meeting itself, whether or not the unit replied before it."""
FLOW = Flow(
    STATES,
    "submitted",
    (
        Step(
            "submitted",
            "material_check",
            "核对材料",
            needs=("meeting", "category", "submitted_at", "planned_meeting_at", "material"),
            who="承办人",
        ),
        Step("material_check", "under_review", "开始审查", _REGISTERED, guard.FORMAL, "承办人和第二人"),
        Step("material_check", "returned_material", "退回补正", needs=("missing_list", "returned_at"), who="承办人"),
        Step("returned_material", "submitted", "重新报送", needs=("submitted_at",), who="驻在单位"),
        Step(
            "under_review",
            "opinion_draft",
            "拟定意见",
            needs=("check", "recused", "flags_seen", "opinion"),
            guards=guard.SUBSTANCE,
            who="承办人",
        ),
        Step(
            "opinion_draft",
            "opinion_signed",
            "审签意见",
            needs=("reviewer", "signer", "opinion_date"),
            guards=guard.SIGNING,
            who="组长",
        ),
        Step("opinion_draft", "under_review", "退回再审", who="组长"),
        Step("opinion_signed", "feedback_sent", "反馈意见", needs=("feedback_date", "feedback_to"), who="承办人"),
        Step("feedback_sent", "unit_reply", "登记答复", needs=("adopted",), guards=guard.REPLY, who="驻在单位"),
        *(
            Step(heard, "on_agenda", "登记上会", _ATTENDED, guard.AGENDA, "驻在单位；派驻组列席")
            for heard in ("feedback_sent", "unit_reply")
        ),
        Step("feedback_sent", "postponed", "暂缓上会", needs=("postponed_until",), who="驻在单位"),
        Step("feedback_sent", "dropped", "撤回议题", needs=("drop_reason",), who="驻在单位"),
        Step("postponed", "submitted", "重新报送", needs=("submitted_at", "planned_meeting_at"), who="驻在单位"),
        Step("postponed", "dropped", "撤回议题", needs=("drop_reason",), who="驻在单位"),
        *(
            Step(signed, AGAIN, "变更后重新审查", ("change_note",), (guard.changed,), "承办人", renews=ANEW)
            for signed in SIGNED_STATES
        ),
        Step(
            "on_agenda",
            "resolved",
            "登记决议",
            needs=("decided", "minutes_checked", "changed_after_review"),
            guards=guard.DECISION,
            who="党组",
        ),
        Step("resolved", "tracking", "转跟踪落实", needs=("follow_date",), who="承办人"),
        Step("resolved", "procedure_issue", "登记程序问题", needs=("issue_ref",), who="承办人"),
        Step("procedure_issue", "tracking", "转跟踪落实", needs=("follow_date",), who="承办人"),
        Step("tracking", "tracking", "继续跟踪", needs=("follow_date", "follow_result"), who="承办人"),
        Step("tracking", "done", "办结", needs=("follow_result", "conclusion"), guards=guard.CARRIED_OUT, who="承办人"),
    ),
    arrive,
    on_change,
)
