"""Guards of the pre-meeting review: what stands against a step beside missing fields."""

from collections.abc import Sequence

from paizhu.base.asked import Asked, chosen, empty, given, other_than, yes
from paizhu.base.flow import Facts, Guard
from paizhu.base.numbered import numbered
from paizhu.base.rows import Problem, Ref, Values
from paizhu.registers.guards import refs, same
from paizhu.registers.review_choices import APPOINTMENT

PREPARED = (
    ("legal_review", "重大决策须写明合法性审查做了没有（不需要的，选“不需要”并写明理由）"),
    ("risk_assess", "重大决策须写明风险评估做了没有（不需要的，选“不需要”并写明理由）"),
    ("expert", "重大决策须写明专家论证做了没有（不需要的，选“不需要”并写明理由）"),
    ("public", "重大决策须写明公众参与做了没有（不需要的，选“不需要”并写明理由）"),
)
MATTER_COMPLETE = (
    *(Asked(name, why, chosen("category", "decision")) for name, why in PREPARED),
    Asked("amount", "重大项目和大额资金须写明金额，按它对照起点标准", chosen("category", "project", "fund")),
    Asked("procurement_mode", "重大项目须写明采购方式", chosen("category", "project")),
    Asked("fund_source", "大额资金须写明资金来源", chosen("category", "fund")),
    Asked("budget_item", "大额资金须写明预算科目", chosen("category", "fund")),
    Asked(
        "supplier",
        "单一来源、直接委托的，供应商在会前就定了，请写明供应商，以便核对是否有关联",
        chosen("procurement_mode", "single_source", "direct"),
    ),
)
"""What the review of an item needs by its category (domain 2.2: amount, fund, purchase, reviews, supplier).

Of any other purchase the supplier is often found only after the meeting, see ``SUPPLIER_FOUND``.
"""
SUPPLIER_FOUND = Asked(
    "supplier",
    "采购已经执行，请写明供应商（合作方）",
    given("procurement_mode") & chosen("follow_result", "done", "partly"),
)
"""A purchase that was carried out has a supplier; spending without a purchase has none (domain 2.2)."""
NOT_NEEDED_EXPLAINED = Asked(
    "preparation_note",
    "论证事项选了“不需要”，请写明理由",
    chosen("legal_review", "not_needed")
    | chosen("risk_assess", "not_needed")
    | chosen("expert", "not_needed")
    | chosen("public", "not_needed"),
)
"""不需要 has its reason (domain 2.2: 不需要(理由))."""
RECUSED_NAMED = Asked(
    "recusal_list", "“是否回避”填了“是”，请写明回避的是谁（没有人需要回避的，选“否”）", yes("recused")
)
"""Who stepped back is named where somebody did (domain 2.2, 5.0 CK-07)."""
CHANGE_DESCRIBED = Asked("change_note", "议题内容有变化，请写明变化内容", yes("changed_after_review"))
"""A change after the review is described (domain 2.2: bool and difference)."""
_HEARD = other_than("decided", "deferred", "not_heard")
VOTES_COUNTED = (
    Asked("vote_for", "请登记赞成票数，没有的填 0", _HEARD),
    Asked("vote_against", "请登记反对票数，没有的填 0", _HEARD),
    Asked("vote_abstain", "请登记弃权票数，没有的填 0", _HEARD),
)
"""A decision has its votes (党组工作条例 第二十七条: item by item); none for an item not heard."""
NUMBERED = ("ok_with_note", "after_supplement", "after_procedure")
REASONED = ("postpone", "object", "out_of_scope", "recused")
SHOWN = 3
REASONS_GIVEN = Asked("opinion_text", "这种意见须在“意见内容”中写明理由", chosen("opinion", *REASONED))
"""An opinion against, or none at all, has its reason (domain 5.5)."""
ADOPTION_TOLD = Asked(
    "adopted", "这种意见反馈后须看单位采纳没有，请登记采纳情况", chosen("opinion", *NUMBERED, "postpone", "object")
)
"""By the decision it shows whether an opinion was followed, also where the unit never answered (domain 2.2)."""


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


def candidates_named(facts: Facts) -> Problem | None:
    """Refuse to review an appointment without its candidates and their posts (domain 2.2, 5.2)."""
    if facts.values.get("category") != APPOINTMENT:
        return None
    rows = facts.rows.get("candidate", ())
    if not rows:
        return Problem("candidate", "重要干部任免须逐人登记拟任免人选", "guard")
    for name, label in (("to_post", "拟任职务"), ("from_post", "现任职务（没有的写“无”）")):
        lacking = [_label(row) for row in rows if empty(row.get(name))]
        if lacking:
            return Problem("candidate", f"还没有写{label}：{_few(lacking)}", "guard")
    return None


def opinions_heard(facts: Facts) -> Problem | None:
    """Refuse to hear an appointment without the integrity opinion on each candidate (domain 2.2, 1.3 凡提四必)."""
    if facts.values.get("category") != APPOINTMENT:
        return None
    bare = [_label(row) for row in facts.rows.get("candidate", ()) if empty(row.get("opinion_ref"))]
    words = f"任免人选上会前须有廉政意见回复，请写明回复编号：{_few(bare)}（不需要回复的，如免职，写明“不需要”）"
    return Problem("candidate", words, "guard") if bare else None


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


def suggestions_listed(facts: Facts) -> Problem | None:
    """Refuse an opinion without the numbered notes it stands for (domain 5.5)."""
    if facts.values.get("opinion") not in NUMBERED or facts.rows.get("suggestion", ()):
        return None
    # Numbered in the words of the opinion, they become rows with the step.
    if numbered(str(facts.values.get("opinion_text") or "")):
        return None
    return Problem("suggestion", "这种意见须逐条写明意见建议，在意见内容里写“一、二、三”也行", "guard")


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


def _label(row: Values) -> str:
    ref = row.get("person")
    return ref.label if isinstance(ref, Ref) else str(ref)


FORMAL: tuple[Guard, ...] = (papers_complete, *MATTER_COMPLETE, candidates_named, NOT_NEEDED_EXPLAINED)
SUBSTANCE: tuple[Guard, ...] = (checks_answered, doubts_explained, flags_looked_at, suggestions_listed, REASONS_GIVEN)
SIGNING: tuple[Guard, ...] = (suggestions_listed, REASONS_GIVEN, reviewer_is_free)
REPLY: tuple[Guard, ...] = (suggestions_answered,)
AGENDA: tuple[Guard, ...] = (RECUSED_NAMED, recusal_settled, opinions_heard)
DECISION: tuple[Guard, ...] = (*VOTES_COUNTED, CHANGE_DESCRIBED, ADOPTION_TOLD, suggestions_answered)
CARRIED_OUT: tuple[Guard, ...] = (SUPPLIER_FOUND,)
