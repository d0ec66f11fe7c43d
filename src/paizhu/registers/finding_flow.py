"""The course of a rectification (domain 3.5): found, assigned, rectified, accepted, closed, looked back at."""

from datetime import date

from paizhu.base import clock
from paizhu.base.flow import Facts, Flow, Shape, State, Step
from paizhu.base.rows import Problem, Values
from paizhu.registers.guards import recusal, says, several, unit_written

STATES = (
    State("found", "已发现", Shape.OPEN, "发现", day="found_at"),
    State("assigned", "已交办", Shape.OPEN, "交办", day="assigned_at"),
    State("plan_ok", "方案已报", Shape.DOING, "整改"),
    State("rectifying", "整改中", Shape.DOING, "整改"),
    State("overdue", "超期", Shape.OVERDUE, "整改"),
    State("extended", "延期", Shape.PAUSED, "整改"),
    State("accountable", "追责", Shape.WARN, "整改"),
    State("long_term", "长期坚持", Shape.DOING, "整改"),
    State("reported", "已报结果", Shape.DOING, "验收", day="reported_at"),
    State("accepting", "验收中", Shape.DOING, "验收"),
    State("sent_back", "退回重改", Shape.LACKING, "验收"),
    State("closed", "已销号", Shape.DONE, "销号", day="closed_at"),
    State("look_back", "回头看", Shape.DOING, "回头看"),
    State("done", "办结", Shape.DONE, "回头看", end=True),
)
ASSIGNED = "assigned"
BY_DAY, LASTING_TERM = "by_day", "long_term"
"""Terms of a rectification: by a day, or to be kept up for good."""
UNREPORTED = ("assigned", "plan_ok", "rectifying", "overdue", "extended", "accountable")
AFTER_REPORT = ("reported", "accepting", "sent_back")
"""States in which the result has been reported, so that its papers are wanted."""
CLOSED = ("closed", "look_back", "done")
"""States in which a finding counts as rectified (I-506): it was struck off the list, whatever follows."""


def someone_answers(facts: Facts) -> Problem | None:
    """Refuse to assign a finding that neither a unit nor a person answers for (domain 3.5: owner)."""
    if any(facts.values.get(name) for name in ("duty_unit", "duty_person", "duty_leader")):
        return None
    return Problem("duty_unit", "请写明责任单位或责任人，至少填一项", "guard")


def has_due(facts: Facts) -> Problem | None:
    """Refuse to assign without a day, unless the matter has to be kept up for good."""
    if facts.values.get("due") or facts.values.get("term_kind") == "long_term":
        return None
    return Problem("due", "请写明整改期限；没有期限的，把“整改时限类型”选为“长期坚持”", "guard")


def is_late(facts: Facts) -> str | None:
    """Refuse to call a rectification late before its day has passed; an extension that was granted counts."""
    new = [row.get("new_due") for row in facts.rows.get("finding_extension", ()) if row.get("approver")]
    days = [str(day)[:10] for day in (facts.values.get("redo_due") or facts.values.get("due"), *new) if day]
    if not days:
        return "没有整改期限的问题不会超期"
    last = max(days)
    return None if last < clock.today().isoformat() else f"整改期限是 {last}，还没有过"


def has_evidence(facts: Facts) -> str | None:
    """Refuse a report whose papers were all taken away again (domain 2.12: evidence)."""
    return "“佐证材料”还没有" if facts.values.get("evidence") == 0 else None


def extension_granted(facts: Facts) -> Problem | None:
    """Refuse an extension without its new day or the one who approved it (domain 3.5: reason, new due)."""
    granted = [row for row in facts.rows.get("finding_extension", ()) if row.get("new_due") and row.get("approver")]
    words = "请在“整改延期”里写明延至哪一天、由谁批准"
    return None if granted else Problem("finding_extension", words, "guard")


def two_acceptors(facts: Facts) -> Problem | None:
    """Refuse an acceptance by one person alone (domain 2.12: acceptors, two or more)."""
    if several(facts.values, "acceptors"):
        return None
    words = "验收须有两人以上：本组只有一人时，请协作区、派出机关或机关纪委派人，并写明其单位"
    return Problem("acceptors", words, "guard")


def papers_filed(facts: Facts) -> Problem | None:
    """Refuse to finish while papers are missing (domain 3.5: papers filed)."""
    words = "整改材料还没有归齐，归齐后再办结"
    return None if facts.values.get("papers_filed") else Problem("papers_filed", words, "guard")


ACCEPTORS_PLACED = unit_written(("acceptors",), "acceptor_unit", "第二名验收人单位")
OWN_MATTER = recusal(("duty_person", "duty_leader"), ("acceptors",))
PASSED = says("accept_result", "passed", words="验收结论不是“通过”，不能销号；没有改到位的请退回重改")
REFUSED = says("accept_result", "sent_back", words="验收结论不是“退回重改”，请先改写结论")
LASTING = says("look_back_result", "kept", words="回头看发现反弹，不能办结，请退回重改")

RELAPSED = says("look_back_result", "again", words="回头看没有发现反弹，不用退回重改")


def arrive(values: Values, today: date) -> str:
    """Place a finding from an old ledger by the furthest thing it tells."""
    if values.get("look_back_result"):
        return "done" if values["look_back_result"] == "kept" else "sent_back"
    if values.get("closed_at") or values.get("completion") == "done":
        return "closed"
    reached = (
        ("accepted_at", "accepting"),
        ("reported_at", "reported"),
    )
    if values.get("accept_result") == "sent_back" or values.get("completion") == "sent_back":
        return "sent_back"
    for name, state in reached:
        if values.get(name):
            return state
    if values.get("term_kind") == "long_term" or values.get("long_check"):
        return "long_term"
    due = values.get("redo_due") or values.get("due")
    if due and str(due)[:10] < today.isoformat():
        return "overdue"
    if values.get("completion") in ("doing", "mostly", "overdue"):
        return "rectifying"
    if values.get("measures"):
        return "plan_ok"
    return "assigned" if values.get("assigned_at") else "found"


_REPORT = ("report", "reported_at", "evidence")
_ACCEPT = ("accept_mode", "accepted_at", "acceptors")
FLOW = Flow(
    STATES,
    "found",
    (
        Step("found", "assigned", "交办", needs=("source_ref", "requirement", "assigned_at", "assign_doc"),
             guards=(someone_answers, has_due), who="组长"),
        Step("assigned", "plan_ok", "登记整改方案", needs=("measures",), who="责任单位"),
        Step("assigned", "rectifying", "开始整改", needs=("progress",), who="责任单位"),
        Step("plan_ok", "rectifying", "开始整改", needs=("progress",), who="责任单位"),
        Step("rectifying", "reported", "登记整改结果", needs=_REPORT, guards=(has_evidence,), who="责任单位"),
        Step("rectifying", "overdue", "转为超期", guards=(is_late,), who="系统"),
        Step("rectifying", "extended", "登记延期", needs=("finding_extension",), guards=(extension_granted,),
             who="组长"),
        Step("rectifying", "long_term", "转长期坚持", needs=("long_check",), who="责任单位"),
        Step("overdue", "reported", "登记整改结果", needs=_REPORT, guards=(has_evidence,), who="责任单位"),
        Step("overdue", "extended", "登记延期", needs=("finding_extension",), guards=(extension_granted,), who="组长"),
        Step("overdue", "accountable", "登记追责", needs=("accountability_ref",), who="组长"),
        Step("extended", "rectifying", "继续整改", who="责任单位"),
        Step("accountable", "rectifying", "继续整改", who="责任单位"),
        Step("reported", "accepting", "组织验收", needs=_ACCEPT, guards=(two_acceptors, ACCEPTORS_PLACED, OWN_MATTER),
             who="承办人和第二人"),
        Step("accepting", "closed", "销号", needs=("accept_result", "evidence", "review_note", "closed_at"),
             guards=(two_acceptors, ACCEPTORS_PLACED, PASSED, has_evidence), who="组长"),
        Step("accepting", "sent_back", "退回重改", needs=("accept_result", "send_back_reason", "redo_due"),
             guards=(REFUSED,), who="承办人"),
        Step("sent_back", "rectifying", "重新整改", who="责任单位"),
        Step("closed", "look_back", "登记回头看", needs=("look_back", "look_back_result"), who="承办人"),
        Step("look_back", "done", "办结", needs=("papers_filed",), guards=(LASTING, papers_filed), who="承办人"),
        Step("look_back", "sent_back", "退回重改", needs=("send_back_reason", "redo_due"), guards=(RELAPSED,),
             who="承办人"),
        Step("long_term", "long_term", "登记年度检查", needs=("long_check", "long_result"),
             who="责任单位"),
        Step("long_term", "accepting", "组织验收", needs=_ACCEPT, guards=(two_acceptors, ACCEPTORS_PLACED, OWN_MATTER),
             who="承办人和第二人"),
    ),
    arrive,
)  # fmt: skip
