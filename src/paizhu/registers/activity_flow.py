"""The course of a supervision activity: planned, approved, carried out, written up, fed back, finished.

``domain.md`` 2.11 says which fields are asked before a later state; the stations themselves are our own.
"""

from datetime import date

from paizhu.base.asked import empty
from paizhu.base.flow import Facts, Flow, Shape, State, Step
from paizhu.base.rows import Problem, Values
from paizhu.registers.guards import recusal, several, unit_written

STATES = (
    State("planned", "拟开展", Shape.OPEN, "方案"),
    State("approved", "方案已批准", Shape.OPEN, "方案", day="approved_at"),
    State("going", "进行中", Shape.DOING, "开展", day="start_date"),
    State("written", "已记情况", Shape.DOING, "开展"),
    State("fed_back", "已反馈", Shape.DOING, "反馈", day="feedback_at"),
    State("closed", "已办结", Shape.DONE, "办结", end=True, day="closed_at"),
    State("cancelled", "已取消", Shape.NONE, end=True),
)
BEFORE = ("planned", "approved")
GOING = "going"
UNTOLD = (GOING, "written")
HELD = ("going", "written", "fed_back", "closed")
"""States in which the activity has taken place, so that it counts (I-503, I-504)."""
CONSULTATION, ECOLOGY, SURVEY, SUMMONS, SIT_IN = "consultation", "ecology", "survey", "summons", "sit_in"
BY_PLAN = ("special", SURVEY, "unannounced")
"""Kinds that are carried out by a plan somebody approved."""
ATTENDED = (SIT_IN, "life_meeting", ECOLOGY, CONSULTATION)
"""Kinds in which nobody is checked: the officer may attend alone, and no way of checking has to be named."""


def plan_not_asked(facts: Facts) -> str | None:
    """Refuse to begin without an approved plan where the kind takes one (domain 2.11: plan)."""
    if facts.values.get("kind") in BY_PLAN:
        return "专项检查、专题调研和明察暗访须先有方案并经批准；日常监督不用方案的，改选类型"
    return None


def two_people(facts: Facts) -> Problem | None:
    """Refuse a check by one person alone (domain 2.11: members, two or more; 监察法 第四十四条)."""
    if facts.values.get("kind") in ATTENDED or several(facts.values, "members"):
        return None
    words = "检查须两人以上：本组只有一人时，请协作区、派出机关或机关纪委派人，并写明其单位"
    return Problem("members", words, "guard")


def way_named(facts: Facts) -> Problem | None:
    """Refuse to write up a check that does not say how it was made."""
    if facts.values.get("kind") in ATTENDED or not empty(facts.values.get("methods")):
        return None
    return Problem("methods", "请写明监督方式：查阅资料、个别谈话、现场查看等", "guard")


def nothing_found(facts: Facts) -> str | None:
    """Refuse to finish without feedback what found something."""
    if facts.values.get("findings") or facts.values.get("suggestions"):
        return "发现了问题或提出了建议，请先反馈被检查单位，再办结"
    return None


def all_rectified(facts: Facts) -> str | None:
    """Refuse to finish while a problem found is not struck off (what has to be kept up for good does not count)."""
    left = facts.values.get("open_findings")
    return f"还有 {left} 个问题没有销号，全部销号后再办结" if left else None


OWN_MATTER = recusal(("talked",), ("members",))
MEMBERS_PLACED = unit_written(("members",), "member_unit", "第二人单位")


def arrive(values: Values, today: date) -> str:
    """Place an activity from an old ledger by the furthest thing it tells; those of earlier years are over."""
    if values.get("cancel_reason"):
        return "cancelled"
    if values.get("closed_at"):
        return "closed"
    if values.get("feedback_at") or values.get("feedback"):
        return "fed_back"
    held = str(values.get("end_date") or values.get("start_date") or "")[:10]
    if held and held < today.isoformat():
        return "written" if int(held[:4]) >= today.year else "closed"
    if values.get("content"):
        return "written"
    return "approved" if values.get("approved_at") or values.get("plan") else "planned"


FLOW = Flow(
    STATES,
    "planned",
    (
        Step("planned", "approved", "批准方案", needs=("kind", "plan", "approver", "approved_at"), who="组长"),
        Step("planned", "going", "直接开展", needs=("kind", "start_date", "units", "members"),
             guards=(plan_not_asked, two_people, MEMBERS_PLACED, OWN_MATTER), who="承办人"),
        Step("approved", "going", "开始检查", needs=("start_date", "units", "members"),
             guards=(two_people, MEMBERS_PLACED, OWN_MATTER), who="承办人"),
        Step("going", "written", "登记监督情况", needs=("end_date", "content"), guards=(two_people, way_named),
             who="承办人和第二人"),
        Step("written", "fed_back", "登记反馈", needs=("feedback", "feedback_at"), who="承办人"),
        Step("written", "closed", "办结", needs=("closed_at",), guards=(nothing_found,), who="组长"),
        Step("fed_back", "closed", "办结", needs=("closed_at",), guards=(all_rectified,), who="组长"),
        Step("planned", "cancelled", "取消", needs=("cancel_reason",), who="组长"),
        Step("approved", "cancelled", "取消", needs=("cancel_reason",), who="组长"),
    ),
    arrive,
)  # fmt: skip
