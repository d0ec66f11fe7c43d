"""The course of an integrity opinion (domain 3.7): letter, search, signed drafts, reply, two signatures, sent."""

from collections.abc import Sequence
from datetime import date

from paizhu.base.flow import Facts, Flow, Shape, State, Step
from paizhu.base.rows import Problem, Ref, Values
from paizhu.registers.guards import refs, same, several, unit_written
from paizhu.registers.opinion_rows import EVERY_SOURCE, SOURCES

STATES = (
    State("received", "已收函", Shape.OPEN, "收函", day="received_at"),
    State("looked_up", "已查询", Shape.DOING, "查询"),
    State("checked", "底稿已签", Shape.DOING, "会审"),
    State("drafted", "已拟复", Shape.DOING, "拟复", day="draft_at"),
    State("signed", "已审签", Shape.DOING, "审签", day="sign_at"),
    State("sent", "已发函", Shape.DONE, "发函", day="reply_at"),
    State("changed", "情况变化", Shape.WARN, "发函"),
    State("supplemented", "已补充函告", Shape.DONE, "发函"),
    State("archived", "归档", Shape.DONE, "归档", end=True, day="filed_at"),
)
BEFORE_REPLY = ("received", "looked_up", "checked", "drafted", "signed")
ANSWERED = ("sent", "supplemented", "archived")
"""States in which the unit holds an answer, so that news about a person must reach it."""
CHANGED = "changed"
_PEOPLE, _LOOKUPS = "opinion_person", "lookup"
_WITH_REASON = ("hold", "unfit")


def unsearched(person: Values, lookups: Sequence[Values]) -> list[str]:
    """Return the labels of sources that were not searched for this person."""
    who = person.get("person")
    done = {
        row.get("source")
        for row in lookups
        if isinstance(who, Ref) and isinstance(ref := row.get("who"), Ref) and same(ref, who)
    }
    return [each.label for each in SOURCES if each.code not in done]


def every_source_searched(facts: Facts) -> str | None:
    """Refuse to go on while one of the five sources was not searched for one of the persons."""
    left = [
        f"{name}（{'、'.join(missing)}）"
        for row in facts.rows.get(_PEOPLE, ())
        if (missing := unsearched(row, facts.rows.get(_LOOKUPS, ()))) and (name := _name(row))
    ]
    return f"还没有查全 {len(EVERY_SOURCE)} 个来源：{'、'.join(left)}，请先查询" if left else None


def drafts_signed(facts: Facts) -> str | None:
    """Refuse drafts that nobody signed (domain 2.10: 签字背书)."""
    open_ones = [
        str(row.get("room")) for row in facts.rows.get("joint_check", ())
        if not row.get("signer") or not row.get("signed_at")
    ]  # fmt: skip
    return f"会审底稿还没有签字：{'、'.join(open_ones)}" if open_ones else None


def everyone_answered(facts: Facts) -> str | None:
    """Refuse a reply that leaves somebody out, gives no reason for 暂缓 or 不宜, or says 暂未发现 unsearched."""
    for row in facts.rows.get(_PEOPLE, ()):
        name, reply = _name(row), row.get("reply")
        if not reply:
            return f"{name}还没有选定回复意见"
        if reply in _WITH_REASON and not row.get("reply_reason"):
            return f"{name}的意见是暂缓或不宜，请选定理由"
        if reply == "facts" and not row.get("facts"):
            return f"{name}的意见是如实说明情况，请写明情况"
        if reply == "clear" and (missing := unsearched(row, facts.rows.get(_LOOKUPS, ()))):
            return f"{name}的{'、'.join(missing)}没有查过，不能写“暂未发现”"
    return None


def two_signatures(facts: Facts) -> Problem | None:
    """Refuse to sign alone: the conclusion carries two signatures (双签) of two persons."""
    if several(facts.values, "sign", "second_sign"):
        return None
    return Problem("second_sign", "审签须有两人签字：组长和双签人不能是同一个人", "guard")


def nobody_concerned(facts: Facts) -> str | None:
    """Refuse hands of a listed person or a relative (监察法 第六十七条): their opinion is for somebody else to give."""
    hands = refs(facts.values, ("draft", "check", "sign", "second_sign")) + ([facts.user] if facts.user else [])
    for row in facts.rows.get(_PEOPLE, ()):
        person = row.get("person")
        for hand in hands:
            if not isinstance(person, Ref):
                continue
            if same(hand, person):
                return f"{hand.label}在征求意见的名单里，应当回避：请改由他人办理"
            if facts.related(hand, person):
                return f"{hand.label}与{person.label}有登记的亲属或利害关系，应当回避：请改由他人办理"
    return None


def arrive(values: Values, _today: date) -> str:
    """Place a request from an old ledger: what was answered has been sent, what was filed is done."""
    if values.get("filed_at"):
        return "archived"
    if values.get("supplement_at"):
        return "supplemented"
    if values.get("reply_at"):
        return "archived" if values.get("after_change") is None else "supplemented"
    if values.get("sign_at"):
        return "signed"
    return "drafted" if values.get("draft_at") else "received"


def _name(row: Values) -> str:
    person = row.get("person")
    return person.label if isinstance(person, Ref) else str(person or "")


# In a group of one the second signature comes from elsewhere, and tells from where (``domain.md`` 8.3).
_SECOND_PLACED = unit_written(("sign", "second_sign"), "second_sign_unit", "双签人单位")

FLOW = Flow(
    STATES,
    "received",
    (
        Step("received", "looked_up", "登记查询", needs=(_PEOPLE, _LOOKUPS), guards=(every_source_searched,),
             who="承办人"),
        Step("looked_up", "checked", "会审签字", needs=("joint_check",), guards=(drafts_signed,), who="会审科室"),
        Step("checked", "drafted", "拟复", needs=("draft", "draft_at"), guards=(everyone_answered, nobody_concerned),
             who="承办人"),
        Step("drafted", "checked", "退回重拟", who="组长"),
        Step("drafted", "signed", "审签", needs=("sign", "sign_at", "second_sign", "second_sign_at"),
             guards=(everyone_answered, two_signatures, _SECOND_PLACED, nobody_concerned), who="组长和双签人"),
        Step("signed", "sent", "发函", needs=("reply_no", "reply_at"), guards=(two_signatures,), who="承办人"),
        Step("sent", "archived", "归档", needs=("filed_at",), who="承办人"),
        Step("sent", "changed", "登记情况变化", needs=("after_change",), who="系统"),
        Step("supplemented", "changed", "登记情况变化", needs=("after_change",), who="系统"),
        Step("archived", "changed", "登记情况变化", needs=("after_change",), who="系统"),
        Step("changed", "supplemented", "补充函告", needs=("after_change", "supplement_no", "supplement_at"),
             guards=(everyone_answered, two_signatures, nobody_concerned), who="组长和双签人"),
        Step("changed", "sent", "不影响原意见", needs=("after_change", "change_checked"), who="组长"),
        Step("supplemented", "archived", "归档", needs=("filed_at",), who="承办人"),
    ),
    arrive,
)  # fmt: skip
