"""The course of a case from its filing to the archive: 立案、审理、处分、执行 (``domain.md`` 3.1)."""

from datetime import date

from paizhu.base import clock
from paizhu.base.asked import empty, lacking, other_than
from paizhu.base.flow import Echo, Facts, Flow, Shape, State, Step
from paizhu.base.rows import Problem, Ref, Values
from paizhu.registers.clarification import (
    CLARIFY_BEGINS,
    CLARIFY_ENDS,
    clarification_wished,
    clarified_in_writing,
)
from paizhu.registers.execution import left_to_do, left_unsaid, waits_for_rights
from paizhu.registers.guards import apart_from_reporter, recusal, same, says, several, shared, unit_written
from paizhu.registers.measure_kinds import GONE
from paizhu.registers.subject import described

MEASURE, REPLACED, PERIOD = "measure", "replace", "period"
"""What a case is handed on as: its punishments, those of a changed decision, the day their influence is over."""

CASE_STATES = (
    State("filed", "已立案", Shape.OPEN, "立案", day="filed_at"),
    State("investigating", "审查调查", Shape.DOING, "立案"),
    State("facts_shown", "事实材料见面", Shape.DOING, "立案"),
    State("investigation_report", "审查调查报告", Shape.DOING, "立案"),
    State("sent_trial", "移送审理", Shape.DOING, "审理", day="sent_trial_at"),
    State("trial", "审理中", Shape.DOING, "审理"),
    State("returned", "退回补充", Shape.LACKING, "审理"),
    State("trial_report", "审理报告", Shape.DOING, "审理"),
    State("deciding", "讨论决定", Shape.DOING, "处分"),
    State("decided", "已作处分决定", Shape.DOING, "处分", hands=(MEASURE,), day="decided_at"),
    State("exempt", "免予或不予处分", Shape.DONE, "处分"),
    State("withdrawn", "撤销案件", Shape.DONE, "处分"),
    State("to_judicial", "移送司法", Shape.DOING, "处分"),
    State("executing", "处分执行", Shape.DOING, "执行", hands=(MEASURE,)),
    State("executed", "执行完毕", Shape.DONE, "执行", hands=(MEASURE, PERIOD), day="executed_at"),
    State("in_period", "影响期内", Shape.DOING, "执行", hands=(MEASURE,)),
    State("period_over", "影响期满", Shape.DONE, "执行"),
    State("appeal", "申诉复查", Shape.WARN, "执行"),
    State("upheld", "维持原决定", Shape.DOING, "执行", hands=(PERIOD,)),
    State("changed", "变更原决定", Shape.WARN, "执行", hands=(REPLACED,)),
    State("revoked", "撤销原决定", Shape.WARN, "执行"),
    State("clarify", "澄清正名", Shape.DOING, "执行"),
    State("first_form", "第一种形态处理", Shape.DONE, "处分"),
    State("archived", "归档", Shape.DONE, "执行", end=True, whole=True),
)

HANDS = ("handler", "co_handler", "filing_approver", "team", "trial_team", "appeal_team")
RECUSED = (recusal(("subject",), HANDS), apart_from_reporter(HANDS))


def team_of_two(facts: Facts) -> Problem | None:
    """Refuse an investigation by one person alone (监察法 第四十四条, 政务处分法 第四十二条: 二人以上)."""
    if several(facts.values, "team"):
        return None
    words = "审查调查组须有两人以上：本组只有一人时，从派出机关、协作区或机关纪委借人，并写明其单位"
    return Problem("team", words, "guard")


def trial_of_two(facts: Facts) -> Problem | None:
    """Refuse a trial by one person alone (监督执纪工作规则 第五十五条: 审理组二人以上)."""
    return None if several(facts.values, "trial_team") else Problem("trial_team", "审理组须有两人以上", "guard")


def trial_apart(facts: Facts) -> Problem | None:
    """Refuse a trial member who investigated (监督执纪工作规则: 审查调查与审理分离)."""
    both = shared(facts.values, ("trial_team",), ("team",))
    words = f"{'、'.join(both)}是本案审查调查人员，不得参加审理"
    return Problem("trial_team", words, "guard") if both else None


def appeal_apart(facts: Facts) -> Problem | None:
    """Refuse a reviewer who investigated or tried the case (监督执纪工作规则 第五十九条: 另行组成复查组)."""
    both = shared(facts.values, ("appeal_team",), ("team", "trial_team"))
    words = f"{'、'.join(both)}参加过本案审查调查或审理，不得参加申诉复查"
    return Problem("appeal_team", words, "guard") if both else None


def report_signed(facts: Facts) -> Problem | None:
    """Refuse a report that not every member of the team signed (监督执纪工作规则: 审查调查报告由全体人员签名)."""
    words = "审查调查报告须由审查调查组全体人员签名"
    return None if facts.values.get("report_signed") else Problem("report_signed", words, "guard")


def measures_approved(facts: Facts) -> Problem | None:
    """Refuse measures without an approval number (监察法 第四章: 采取措施应当履行审批手续)."""
    for used in facts.rows.get("measures_used", ()):
        if empty(used.get("approval_no")) or empty(used.get("taken_at")):
            return Problem("measures_used", "每项措施须写明审批文号和采取日期", "guard")
    return None


def commission_filed(facts: Facts) -> Problem | None:
    """Refuse the officer as approver of a case that the commission filed (监督执纪工作规则: 按权限批准立案)."""
    approver = facts.values.get("filing_approver")
    if facts.values.get("filed_by") != "commission" or not isinstance(approver, Ref) or facts.user is None:
        return None
    words = "派出机关立案的，须由派出机关领导批准，请写明立案批准人"
    return Problem("filing_approver", words, "guard") if same(approver, facts.user) else None


def carried_out(facts: Facts) -> str | None:
    """Refuse to end an execution while an item of one of its punishments is open (domain 3.1: all items of 2.7).

    A punishment that nobody registered has no clocks and no period: it would be carried out unseen.
    """
    if facts.values.get("outcome") == "punish" and not facts.rows.get("measure"):
        return "本案还没有登记处分：先用“由本件登记处分”登记处分种类，办完执行事项后再登记执行完毕"
    open_ones = []
    for measure in facts.rows.get("measure", ()):
        if left := left_to_do(measure):
            open_ones.append(f"{measure.get('no') or '处分'}还没有登记{'、'.join(left)}")
    return f"{'；'.join(open_ones)}：办完后在处分处理里填写日期" if open_ones else None


def measures_registered(facts: Facts) -> str | None:
    """Refuse to end an execution while a punishment is not registered in full (domain 2.7: what is marked R)."""
    found = [
        f"{measure.get('no') or '处分'}还没有填写{'、'.join(left)}"
        for measure in facts.rows.get("measure", ())
        if (left := left_unsaid(measure))
    ]
    return f"{'；'.join(found)}：在处分处理里补上" if found else None


def rights_restored(facts: Facts) -> str | None:
    """Refuse to begin a period of influence before the rights are restored after probation (domain 4.3)."""
    left = [str(each.get("no") or "处分") for each in facts.rows.get("measure", ()) if waits_for_rights(each)]
    words = "是留党察看，影响期从恢复党员权利之日起算：请先在处分处理里填写恢复党员权利日期"
    return f"{'、'.join(left)}{words}" if left else None


def stands_anew(measure: Values) -> bool:
    """Tell whether a measure of a changed decision stands, and not one the decision took back."""
    return measure.get("changed") not in (*GONE, "changed")


def decided_anew(facts: Facts) -> str | None:
    """Refuse to carry out a changed decision while its own punishments are not registered (政务处分法 第五十九条)."""
    return (
        None
        if any(map(stands_anew, facts.rows.get("measure", ())))
        else "还没有登记变更后的处分：先用“登记变更后的处分”写明新的处分种类、文号和日期"
    )


def period_ended(facts: Facts) -> str | None:
    """Refuse to end a period before its last day (纪律处分条例 第十条, 政务处分法 第八条)."""
    end = facts.values.get("period_to")
    if isinstance(end, date) and end > clock.today():
        return f"影响期到 {end} 才满，还不能转入期满"
    return None


def no_period(facts: Facts) -> str | None:
    """Refuse to file a punishment away as one without a period while one is on record."""
    end = facts.values.get("period_to")
    return None if empty(end) else f"本案登记了影响期（至 {end}），须先进入影响期"


def appeal_is_new(facts: Facts) -> Problem | None:
    """Refuse a second appeal on the papers of the first: its own day of application must be written."""
    applied, decided = facts.values.get("appeal_at"), facts.values.get("appeal_decided_at")
    if isinstance(applied, date) and isinstance(decided, date) and applied < decided:
        words = f"申诉日期（{applied}）还是上一次申诉的，请填写本次申诉的申诉人、日期、受理机关、期限和复查组"
        return Problem("appeal_at", words, "guard")
    return None


def meeting_valid(facts: Facts) -> Problem | None:
    """Refuse a 党组 decision without quorum and majority (党组讨论和决定党员处分事项工作程序规定)."""
    values = facts.values
    lacking = next((name for name in ("quorum_met", "majority_met") if not values.get(name)), "")
    if values.get("decide_body") != "party_group" or not lacking:
        return None
    words = "党组讨论决定处分的，到会人数和赞成人数须符合规定：请核对会议记录并填写“到会人数符合规定”“表决符合规定”"
    return Problem(lacking, words, "guard")


_TEAM_PLACED = unit_written(("team",), "team_note", "审查调查组成员单位")
_TRIAL_PLACED = unit_written(("trial_team",), "trial_team_note", "审理组成员单位")
_APPEAL_PLACED = unit_written(("appeal_team",), "appeal_team_note", "申诉复查组成员单位")
_PUNISHED = says("outcome", "punish", words="处理结果不是“给予处分”，不能转入处分决定")
_EXEMPTED = says("outcome", "exempt", "none", "other", words="处理结果须为“免予处分”“不予处分”或“其他处理”")
_WITHDRAWN = says("outcome", "withdrawn", words="处理结果须为“撤销案件”")
_TO_COURT = says("outcome", "judicial", words="处理结果须为“移送司法”")
_UPHELD = says("appeal_result", "upheld", words="申诉结果须为“维持”")
_CHANGED = says("appeal_result", "changed", words="申诉结果须为“变更”")
_REVOKED = says("appeal_result", "revoked", words="申诉结果须为“撤销”")
_DECISION = ("outcome", "decision_no", "decided_at")
_WITHDRAWAL = ("outcome", "withdraw_reason", "withdraw_told_at", "closed_at")
_COURT = ("judicial_body", "judicial_at")
_APPEAL = ("appeal_applicant", "appeal_at", "appeal_body", "appeal_due", "appeal_team")
_APPEAL_ANEW = ("appeal_result", "appeal_decided_at", "appeal_told_at", "appeal_announced_at")
_ON_APPEAL = (appeal_apart, appeal_is_new, _APPEAL_PLACED, *RECUSED)
_APPEAL_END = ("appeal_result", "appeal_decided_at", "appeal_told_at")
_FILE = ("outcome", "closed_at", "eight_rules", "mass_side", "dual_inquiry", "volume_ref", "retention")
# What a supplement of the investigation writes anew; the facts shown and both teams stay.
_REPORTED = ("report_at", "report_proposal", "report_signed", "sent_trial_at", "volume_list", "trial_accepted_at",
             "trial_talk_at", "returned_reason")  # fmt: skip
_RULES = "监督执纪工作规则"
_APPEAL_RULES = f"{_RULES}第五十九条、监察法第五十六条"


def _stands(values: Values) -> bool:
    return values.get("changed") in (None, "", "upheld")


def _returned(values: Values) -> Values:
    count = values.get("returned")
    return {"returned": (count if isinstance(count, int) else 0) + 1}


# The result of an appeal is a fact of the measures too: what is revoked weighs no longer, from the very step on.
_UPHOLDS = (Echo("measure", "case_ref", {"changed": "upheld"}, _stands),)
_CHANGES = (Echo("measure", "case_ref", {"changed": "changed"}, _stands),)
# Whoever typed the new measure himself left the old one standing as changed: it weighs no longer either.
_REPLACES = (Echo("measure", "case_ref", {"changed": "replaced", "period_to": None, "expired_at": None},
                  lambda values: values.get("changed") == "changed"),)  # fmt: skip
_REVOKES = (Echo("measure", "case_ref", {"changed": "revoked", "period_to": None, "expired_at": None},
                 lambda values: values.get("changed") != "replaced"),)  # fmt: skip

_UNDER_WAY = (
    (("trial_report_at",), "trial_report"),
    (("trial_accepted_at",), "trial"),
    (("sent_trial_at",), "sent_trial"),
    (("report_at",), "investigation_report"),
    (("facts_shown_at",), "facts_shown"),
    (("team", "plan_approved_at"), "investigating"),
)


def arrive(values: Values, today: date) -> str:
    """Place a case from an old ledger: closed ones are filed away, unless the influence period still runs."""
    period_to = values.get("period_to")
    if isinstance(period_to, date) and period_to >= today:
        return "in_period"
    outcome = values.get("outcome")
    finished = any(not empty(values.get(name)) for name in ("closed_at", "executed_at", "period_to", "volume_ref"))
    if finished or (outcome and outcome not in ("punish", "judicial")):
        return "archived"
    if outcome:
        return "decided" if outcome == "punish" else "to_judicial"
    if values.get("decided_at"):
        return "decided"
    for names, code in _UNDER_WAY:
        if any(not empty(values.get(name)) for name in names):
            return code
    return "filed"


_OF_A_PERSON = other_than("kind", "body") | lacking("kind")
SUBJECT_DESCRIBED = described(when=_OF_A_PERSON, first=True)
"""Whom a case is about, as he stood when it was filed (domain 2.6); a case against a body has no such person."""
DELEGATE_KNOWN = described(("is_npc_cppcc",), _OF_A_PERSON, first=True)
"""Before a punishment it is known whether he sits in a congress or conference (纪律处分条例, domain 1.2)."""
_REGISTERED = ("lead_ref", "subject", "kind", "filed_by", "handled_by", "filing_request_at", "issue_types", "unit_id",
               "handler", "secrecy_notice")  # fmt: skip
"""What the domain marks R of a case beside its name and the approval of its filing."""
CASE_FLOW = Flow(
    CASE_STATES,
    "filed",
    (
        Step("filed", "investigating", "开展审查调查",
             (*_REGISTERED, "filed_at", "filing_approver", "announced_at", "notified_units", "plan_approved_at",
              "team"),
             (*SUBJECT_DESCRIBED, team_of_two, _TEAM_PLACED, commission_filed, *RECUSED), "审查调查组",
             "监察法第四十二条、第四十四条"),
        Step("investigating", "facts_shown", "进行事实材料见面",
             ("measures_used", "facts_shown_at", "subject_view", "facts_note"), (measures_approved, *RECUSED),
             "审查调查组", "政务处分法第四十三条"),
        Step("investigating", "withdrawn", "撤销案件", _WITHDRAWAL, (_WITHDRAWN, *RECUSED), "按立案权限"),
        Step("facts_shown", "investigation_report", "提出审查调查报告", ("report_at", "report_proposal"),
             (report_signed, *RECUSED), "审查调查组"),
        Step("investigation_report", "sent_trial", "移送审理", ("sent_trial_at", "volume_list"), RECUSED,
             "组长"),
        Step("investigation_report", "withdrawn", "撤销案件", _WITHDRAWAL, (_WITHDRAWN, *RECUSED), "按立案权限"),
        Step("sent_trial", "trial", "审理受理", ("trial_accepted_at", "trial_body", "trial_team"),
             (trial_of_two, _TRIAL_PLACED, trial_apart, *RECUSED), "审理组", f"{_RULES}第五十五条"),
        Step("sent_trial", "investigating", "审理未受理，退回", who="审理部门", renews=_REPORTED),
        # The talk with the person takes place during the trial, so it is asked for when the trial reports.
        Step("trial", "trial_report", "提出审理报告",
             ("trial_talk_at", "trial_report_at", "trial_opinion", "proposed_measure"),
             (trial_apart, *RECUSED), "审理组", f"{_RULES}第五十五条"),
        Step("trial", "returned", "退回补充", ("returned_reason",), who="审理部门", sets=_returned),
        Step("returned", "investigating", "补充审查调查", (), (team_of_two, _TEAM_PLACED, *RECUSED), "审查调查组",
             renews=_REPORTED),
        Step("trial_report", "deciding", "提交讨论决定", ("decide_body", "told_at", "statement_heard"), RECUSED,
             "党组、派出机关或监委按权限", "政务处分法第四十三条"),
        Step("deciding", "decided", "作出处分决定", _DECISION, (_PUNISHED, *DELEGATE_KNOWN, meeting_valid, *RECUSED),
             "党组、派出机关或监委按权限", "政务处分法第四十四条"),
        Step("deciding", "exempt", "免予或不予处分", _DECISION, (_EXEMPTED, meeting_valid, *RECUSED),
             "党组、派出机关或监委按权限", "政务处分法第四十四条"),
        Step("deciding", "withdrawn", "撤销案件", _WITHDRAWAL, (_WITHDRAWN, *RECUSED), "按立案权限",
             "政务处分法第四十四条"),
        Step("deciding", "to_judicial", "移送司法", ("outcome", *_COURT), (_TO_COURT, *RECUSED), "派出机关"),
        Step("decided", "executing", "交付执行", (), RECUSED, "党组、组织人事部门", "纪律处分条例第四十四条"),
        Step("decided", "to_judicial", "移送司法", _COURT, RECUSED, "派出机关"),
        Step("exempt", "archived", "归档", _FILE, who="承办人"),
        Step("exempt", "first_form", "作第一种形态处理", ("first_measures", "first_decided_at", "first_decided_by"),
             RECUSED, "组长或党组"),
        Step("withdrawn", "clarify", "启动澄清正名", CLARIFY_BEGINS, (clarification_wished, *RECUSED), "组长"),
        Step("withdrawn", "archived", "归档", _FILE, who="承办人"),
        Step("to_judicial", "executing", "转处分执行", (), RECUSED, "党组、组织人事部门"),
        Step("executing", "executed", "执行完毕", ("executed_at",),
             (carried_out, measures_registered, *RECUSED), "承办人", "纪律处分条例第四十五条"),
        # 复审 must be applied for within a month of the decision, so while it is still being carried out.
        Step("executing", "appeal", "受理申诉", _APPEAL, _ON_APPEAL, "按规定的受理机关", _APPEAL_RULES,
             renews=_APPEAL_ANEW),
        Step("executed", "in_period", "进入影响期", ("period_to",), (rights_restored,), "承办人"),
        Step("executed", "appeal", "受理申诉", _APPEAL, _ON_APPEAL, "按规定的受理机关", _APPEAL_RULES,
             renews=_APPEAL_ANEW),
        # 政务开除 has no period: without this step such a case would have no way on.
        Step("executed", "archived", "没有影响期，归档", _FILE, (no_period,), "承办人"),
        Step("in_period", "period_over", "登记影响期满", (), (period_ended,), "承办人",
             "纪律处分条例第十条、政务处分法第八条"),
        Step("in_period", "appeal", "受理申诉", _APPEAL, _ON_APPEAL, "按规定的受理机关", _APPEAL_RULES,
             renews=_APPEAL_ANEW),
        # A member of the party may appeal at any time (domain reference 4.1, T16).
        Step("period_over", "appeal", "受理申诉", _APPEAL, _ON_APPEAL, "按规定的受理机关", _APPEAL_RULES,
             renews=_APPEAL_ANEW),
        Step("period_over", "archived", "归档", _FILE, who="承办人"),
        Step("appeal", "upheld", "维持", _APPEAL_END, (_UPHELD, appeal_apart, *RECUSED), "受理机关",
             echoes=_UPHOLDS),
        Step("appeal", "changed", "变更", (*_APPEAL_END, "appeal_announced_at"), (_CHANGED, appeal_apart, *RECUSED),
             "受理机关", "政务处分法第六十条", echoes=_CHANGES),
        Step("appeal", "revoked", "撤销", (*_APPEAL_END, "appeal_announced_at"), (_REVOKED, appeal_apart, *RECUSED),
             "受理机关", "政务处分法第六十条", echoes=_REVOKES),
        Step("upheld", "in_period", "继续执行", ("period_to",), (rights_restored,), "承办人"),
        Step("upheld", "executing", "继续交付执行", (), RECUSED, "党组、组织人事部门"),
        Step("changed", "executing", "按新决定执行", (), (decided_anew, *RECUSED), "党组、组织人事部门",
             renews=("executed_at", "period_to"), echoes=_REPLACES),
        # No question of wishes here: after a revocation rank and reputation are restored by law.
        Step("revoked", "clarify", "启动澄清正名", CLARIFY_BEGINS, who="组长", source="政务处分法第六十条"),
        Step("clarify", "archived", "归档", (*CLARIFY_ENDS, *_FILE), (clarified_in_writing,), "承办人"),
        Step("first_form", "archived", "归档", _FILE, who="承办人"),
    ),
    arrive,
    beside=(("measure", "case_ref"),),
)  # fmt: skip
