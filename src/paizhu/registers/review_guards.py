"""Guards of the pre-meeting review: what stands against a step beside missing fields."""

from collections.abc import Sequence

from paizhu.base.flow import Facts, Guard
from paizhu.base.rows import Problem, Ref, Values
from paizhu.registers.guards import empty, refs, same

BY_CATEGORY = {
    "decision": (
        ("legal_review", "合法性审查"),
        ("risk_assess", "风险评估"),
        ("expert", "专家论证"),
        ("public", "公众参与"),
    ),
    "appointment": (),
    "project": (("amount", "金额"), ("procurement_mode", "采购方式")),
    "fund": (("amount", "金额"), ("fund_source", "资金来源"), ("budget_item", "预算科目")),
}
"""What the review of an item needs by its category (domain 2.2).

No step asks for the supplier: he is often found only after the meeting, and some spending has none. A candidate without
an integrity opinion is raised by a flag, which has to be looked at before an opinion is written.
"""
NUMBERED = ("ok_with_note", "after_supplement", "after_procedure")
REASONED = ("postpone", "object", "out_of_scope", "recused")
SHOWN = 3


def _few(words: Sequence[str]) -> str:
    return "、".join(words[:SHOWN]) + (f" 等 {len(words)} 项" if len(words) > SHOWN else "")


def papers_complete(facts: Facts) -> Problem | None:
    """Refuse to review while papers are missing without a word (domain 3.3: checklist of papers; 5.0 CK-04)."""
    lacking = [
        str(row.get("name"))
        for row in facts.rows.get("material", ())
        if not row.get("received") and not row.get("note")
    ]
    words = f"材料还没有收到：{_few(lacking)}。请退回补正，或在材料清单里写明情况"
    return Problem("material", words, "guard") if lacking else None


def matter_complete(facts: Facts) -> Problem | None:
    """Refuse to review an item without what its category needs (domain 2.2: amount, fund, purchase, reviews)."""
    needed = BY_CATEGORY.get(str(facts.values.get("category")), ())
    lacking = [(name, label) for name, label in needed if empty(facts.values.get(name))]
    if not lacking:
        return None
    return Problem(lacking[0][0], f"这类事项还要填写：{'、'.join(label for _name, label in lacking)}", "guard")


def candidates_named(facts: Facts) -> Problem | None:
    """Refuse to review an appointment without its candidates and their posts (domain 2.2, 5.2)."""
    if facts.values.get("category") != "appointment":
        return None
    rows = facts.rows.get("candidate", ())
    if not rows:
        return Problem("candidate", "重要干部任免须逐人登记拟任免人选", "guard")
    lacking = [_label(row) for row in rows if empty(row.get("to_post"))]
    return Problem("candidate", f"还没有写拟任职务：{_few(lacking)}", "guard") if lacking else None


def not_needed_explained(facts: Facts) -> Problem | None:
    """Refuse 不需要 without a reason (domain 2.2: 不需要(理由))."""
    names = ("legal_review", "risk_assess", "expert", "public")
    unneeded = any(facts.values.get(name) == "not_needed" for name in names)
    if unneeded and empty(facts.values.get("preparation_note")):
        return Problem("preparation_note", "论证事项选了“不需要”，请写明理由", "guard")
    return None


def checks_answered(facts: Facts) -> Problem | None:
    """Refuse an opinion while points of the checklist are unanswered (domain 2.2, 5.0 to 5.4)."""
    open_points = [str(row.get("words")) for row in facts.rows.get("check", ()) if empty(row.get("answer"))]
    return Problem("check", f"审查要点还没有核对：{_few(open_points)}", "guard") if open_points else None


def doubts_explained(facts: Facts) -> Problem | None:
    """Refuse an opinion while a point answered 否 has no note (domain 5.0: a “no” needs a reason)."""
    bare = [
        str(row.get("words"))
        for row in facts.rows.get("check", ())
        if row.get("answer") == "no" and empty(row.get("note"))
    ]
    return Problem("check", f"存疑的要点请写明情况：{_few(bare)}", "guard") if bare else None


def flags_looked_at(facts: Facts) -> Problem | None:
    """Refuse an opinion while what the ledgers raise about the item was not looked at (domain 3.3: flags seen)."""
    if facts.values.get("flags") and facts.values.get("flags_seen") is False:
        return Problem("flags_seen", "风险提示还没有核实，逐条核实后再拟定意见", "guard")
    return None


def recusal_settled(facts: Facts) -> Problem | None:
    """Refuse to go on while persons who have to stay away did not (domain 5.0 CK-07; 公务员法 第七十六条)."""
    if facts.values.get("recusal_list") and facts.values.get("recused") is False:
        return Problem("recused", "有应回避人员还没有回避，请先落实回避", "guard")
    return None


def opinion_has_words(facts: Facts) -> Problem | None:
    """Refuse an opinion without what it forces (domain 5.5: numbered notes, or a reason)."""
    opinion = facts.values.get("opinion")
    suggestions = facts.rows.get("suggestion", ())
    if opinion in NUMBERED and not suggestions:
        return Problem("suggestion", "这种意见须逐条写明意见建议", "guard")
    if opinion in REASONED and empty(facts.values.get("opinion_text")):
        return Problem("opinion_text", "这种意见须在“意见内容”中写明理由", "guard")
    return None


def reviewer_is_free(facts: Facts) -> Problem | None:
    """Refuse a reviewer or signer who has an interest in the item (domain 5.5 ``recused``, 8.2)."""
    involved = refs(facts.values, ("recusal_list",))
    involved += [ref for row in facts.rows.get("candidate", ()) for ref in refs(row, ("person",))]
    for name in ("reviewer", "signer"):
        for side in refs(facts.values, (name,)):
            if any(same(side, other) or facts.related(side, other) for other in involved):
                return Problem(name, f"{side.label}与本议题有利害关系，请换人审查", "guard")
    return None


def suggestions_answered(facts: Facts) -> Problem | None:
    """Refuse a reply that leaves a suggestion open or refuses it without a reason (domain 3.3: per suggestion)."""
    rows = facts.rows.get("suggestion", ())
    if any(empty(row.get("adopted")) for row in rows):
        return Problem("suggestion", "还有意见建议没有登记采纳情况", "guard")
    if any(row.get("adopted") in ("refused", "partly") and empty(row.get("reason")) for row in rows):
        return Problem("suggestion", "未采纳、部分采纳的意见建议须写明理由", "guard")
    return None


def changed(facts: Facts) -> Problem | None:
    """Refuse a new review while nothing of what was reviewed has changed (domain 3.3)."""
    if facts.values.get("changed_after_review"):
        return None
    words = "议题内容没有变化，不用重新审查；有变化时请把“议题内容是否变化”选为“是”"
    return Problem("changed_after_review", words, "guard")


def votes_counted(facts: Facts) -> Problem | None:
    """Refuse a decision without its votes (党组工作条例 第二十七条: item by item); none for an item not heard."""
    if facts.values.get("decided") in (None, "deferred", "not_heard"):
        return None
    open_ones = [name for name in ("vote_for", "vote_against", "vote_abstain") if facts.values.get(name) is None]
    return Problem(open_ones[0], "请登记赞成、反对、弃权票数，没有的填 0", "guard") if open_ones else None


def change_described(facts: Facts) -> Problem | None:
    """Refuse a change after the review that is not described (domain 2.2: bool and difference)."""
    if facts.values.get("changed_after_review") and empty(facts.values.get("change_note")):
        return Problem("change_note", "议题内容有变化，请写明变化内容", "guard")
    return None


def _label(row: Values) -> str:
    ref = row.get("person")
    return ref.label if isinstance(ref, Ref) else str(ref)


FORMAL: tuple[Guard, ...] = (papers_complete, matter_complete, candidates_named, not_needed_explained)
SUBSTANCE: tuple[Guard, ...] = (checks_answered, doubts_explained, flags_looked_at, opinion_has_words)
SIGNING: tuple[Guard, ...] = (opinion_has_words, reviewer_is_free)
REPLY: tuple[Guard, ...] = (suggestions_answered,)
AGENDA: tuple[Guard, ...] = (recusal_settled,)
DECISION: tuple[Guard, ...] = (votes_counted, change_described)
