"""The course of a letter (domain 3.7): drafted, checked, signed, delivered, answered, revisited, finished.

Branches: an objection is reviewed before the answer; what is refused, or never answered, goes to the commission.
"""

from datetime import date

from paizhu.base import clock
from paizhu.base.asked import empty
from paizhu.base.flow import Facts, Flow, Shape, State, Step
from paizhu.base.rows import Problem, Values
from paizhu.registers.guards import refs, same, several

STATES = (
    State("drafted", "拟稿", Shape.DOING, "拟稿", draft=True, day="drafted_at"),
    State("checked", "已审核", Shape.DOING, "审签"),
    State("signed", "已签发", Shape.DOING, "审签", day="signed_at"),
    State("delivered", "已送达", Shape.DOING, "送达", day="delivered_at"),
    State("objected", "有异议", Shape.WARN, "送达"),
    State("reviewed", "已复核", Shape.DOING, "送达"),
    State("withdrawn", "已撤回", Shape.NONE, "送达", end=True),
    State("replied", "已回复", Shape.DOING, "回复", day="replied_at"),
    State("reported_up", "已报告派出机关", Shape.WARN, "回复"),
    State("revisited", "已回访", Shape.DOING, "回访", day="revisit_at"),
    State("closed", "办结", Shape.DONE, "办结", end=True),
)
MADE = ("signed", "delivered", "objected", "reviewed", "replied", "reported_up", "revisited", "closed")
"""States in which the letter has left the desk under its number."""
DELIVERED = ("delivered", "objected", "reviewed", "replied", "reported_up", "revisited", "closed")
SENT, REPLIED = "delivered", "replied"
UNANSWERED = ("delivered", "reviewed")
ANSWERED = ("replied", "revisited", "closed")
DISCIPLINE, SUPERVISION, JOINT, REMINDER, RECTIFY = "discipline", "supervision", "joint", "reminder", "rectify"
FORMAL = (DISCIPLINE, SUPERVISION, JOINT)
"""Kinds with the force of a proposal: they name suggestions, are revisited, and refusing one has consequences."""
REFUSED, PARTLY = "refused", "partly"


def says_something(facts: Facts) -> Problem | None:
    """Refuse a letter without a problem, and a proposal without a suggestion (domain 7.5)."""
    if not facts.rows.get("problems"):
        return Problem("problems", "“存在问题”还没有写，至少写一条", "guard")
    if facts.values.get("kind") in FORMAL and not facts.rows.get("suggestions"):
        return Problem("suggestions", "“建议措施”还没有写，建议书至少提一条建议", "guard")
    return None


def two_signatures(facts: Facts) -> Problem | None:
    """Refuse a letter one person alone checked and signed."""
    if several(facts.values, "checker", "signer"):
        return None
    return Problem("signer", "审核和签发须由两人：一人成组时，请派出机关负责人签发，并写明姓名", "guard")


def nobody_concerned(facts: Facts) -> str | None:
    """Refuse hands of somebody the letter holds responsible, or of a relative (监察法 第六十七条)."""
    hands = refs(facts.values, ("handler", "checker", "signer")) + ([facts.user] if facts.user else [])
    for row in facts.rows.get("problems", ()):
        for person in refs(row, ("duty_person",)):
            for hand in hands:
                if same(hand, person):
                    return f"{hand.label}是建议书所列的责任人，应当回避：请改由他人办理"
                if facts.related(hand, person):
                    return f"{hand.label}与{person.label}有登记的亲属或利害关系，应当回避：请改由他人办理"
    return None


def refusal_has_reason(facts: Facts) -> Problem | None:
    """Refuse to register an answer that takes up less than all without its reason (监察法 第七十一条)."""
    if facts.values.get("adopted") in (REFUSED, PARTLY) and empty(facts.values.get("refuse_reason")):
        words = "没有全部采纳的，请写明单位说的理由；没有说明理由的照实写“未说明理由”"
        return Problem("refuse_reason", words, "guard")
    return None


def was_taken_up(facts: Facts) -> str | None:
    """Refuse a revisit where nothing was taken up: that goes to the commission first (domain 3.7)."""
    return "单位没有采纳，请先报告派出机关" if facts.values.get("adopted") == REFUSED else None


def was_refused(facts: Facts) -> str | None:
    """Refuse to report to the commission what was taken up."""
    if facts.values.get("adopted") in (REFUSED, PARTLY):
        return None
    return "单位已全部采纳，不用报告派出机关"


def reply_is_late(facts: Facts) -> str | None:
    """Refuse to report a missing answer before its day has passed; an extension that was granted counts."""
    granted = [row.get("new_due") for row in facts.rows.get("proposal_extension", ()) if row.get("approver")]
    days = [str(each)[:10] for each in (facts.values.get("reply_due"), *granted) if each]
    last = max(days, default="")
    return None if last and last < clock.today().isoformat() else f"回复期限{f'是 {last}，' if last else ''}还没有过"


def no_revisit_asked(facts: Facts) -> str | None:
    """Refuse to finish a proposal without a revisit (domain 2.13: revisit_at); lighter letters need none."""
    if facts.values.get("kind") in FORMAL:
        return "建议书须回访评价落实情况以后再办结"
    return was_taken_up(facts)


def arrive(values: Values, _today: date) -> str:
    """Place a letter from an old ledger by the furthest thing it tells."""
    reached = (
        ("revisit_at", "closed"),
        ("reported_at", "reported_up"),
        ("replied_at", "replied"),
        ("adopted", "replied"),
        ("objection_result", "reviewed"),
        ("delivered_at", "delivered"),
        ("received_by", "delivered"),
        ("signed_at", "signed"),
        ("doc_no", "signed"),
        ("checker", "checked"),
    )
    return next((state for name, state in reached if values.get(name)), "drafted")


def objecting(_values: Values) -> Values:
    """Note that the unit objected."""
    return {"objection": True}


_SIGN = ("signer", "signed_at", "reply_due", "seal")
_REPLY = ("replied_at", "adopted")
FLOW = Flow(
    STATES,
    "drafted",
    (
        Step("drafted", "checked", "审核", needs=("kind", "origin", "problems", "checker"),
             guards=(says_something, nobody_concerned), who="审核人"),
        Step("checked", "drafted", "退回修改", who="审核人"),
        Step("checked", "signed", "签发", needs=_SIGN, guards=(says_something, two_signatures, nobody_concerned),
             who="签发人", numbers=("doc_no", "kind", "signed_at")),
        Step("signed", "delivered", "登记送达", needs=("delivered_at", "delivered_by", "received_by"), who="承办人"),
        Step("delivered", "objected", "登记异议", needs=("objection_at", "objection_text"), who="主送单位",
             sets=objecting),
        Step("objected", "reviewed", "复核维持", needs=("objection_result",), who="组长"),
        Step("objected", "withdrawn", "复核后撤回", needs=("objection_result",), who="组长"),
        Step("delivered", "replied", "登记回复", needs=_REPLY, guards=(refusal_has_reason,), who="主送单位"),
        Step("reviewed", "replied", "登记回复", needs=_REPLY, guards=(refusal_has_reason,), who="主送单位"),
        Step("delivered", "reported_up", "报告逾期不回复", needs=("reported_at",), guards=(reply_is_late,), who="组长"),
        Step("reviewed", "reported_up", "报告逾期不回复", needs=("reported_at",), guards=(reply_is_late,), who="组长"),
        Step("reported_up", "replied", "登记再次回复", needs=_REPLY, guards=(refusal_has_reason,), who="主送单位"),
        Step("reported_up", "closed", "办结", needs=("outcome",), who="组长"),
        Step("replied", "revisited", "回访评价", needs=("revisit_at", "revisit_rating"), guards=(was_taken_up,),
             who="承办人"),
        Step("replied", "closed", "办结", guards=(no_revisit_asked,), who="组长"),
        Step("replied", "reported_up", "报告派出机关", needs=("reported_at",), guards=(was_refused,), who="组长"),
        Step("revisited", "closed", "办结", who="组长"),
    ),
    arrive,
)  # fmt: skip
