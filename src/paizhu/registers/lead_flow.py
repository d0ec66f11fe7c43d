"""The course of a lead up to its filing: 登记、处置、函询或初核 (``domain.md`` 3.1); the case goes on from there.

Needs are what the state table asks for on entering. The plan of a check hangs at the record, or it is told where it is
kept; other papers are not demanded here. Nor is the yearly meeting the person explains himself at, which comes long
after the lead is filed: its clock (T04) runs until then.
"""

from collections.abc import Sequence
from datetime import date

from paizhu.base.asked import Asked, chosen, empty, given, kept_elsewhere, lacking, yes
from paizhu.base.flow import Facts, Flow, Guard, Shape, State, Step
from paizhu.base.rows import Problem, Ref, Values
from paizhu.registers.choices import ABOVE
from paizhu.registers.clarification import (
    CLARIFY_BEGINS,
    CLARIFY_ENDS,
    clarification_wished,
    clarified_in_writing,
)
from paizhu.registers.guards import apart_from_reporter, recusal, same, says, several, unit_written
from paizhu.registers.subject import SUBJECT_THEN, described

CASE, ACCUSER = "case", "accuser"
"""What a lead is handed on as: the case that was approved, or a lead about whoever accused falsely."""
TO_CASE = "filed"
TALK = "integrity_talk"
"""Key of the talks: those that name a lead are shown to its guards."""

EXPLAINED = (
    Asked(
        "explained_at_meeting",
        "谈话函询了结或作第一种形态处理的，本人须在民主生活会、组织生活会上说明",
        chosen("report_opinion", "credited", "first_form"),
    ),
)
"""The person explains himself at the next yearly meeting (监督执纪工作规则 第三十一条): due by T04 until done."""

LEAD_STATES = (
    State("registered", "已登记", Shape.OPEN, "线索", day="received_at"),
    State("transferred", "已移交", Shape.DONE, "线索", end=True),
    State("proposed", "已提处置意见", Shape.DOING, "线索"),
    State("panel", "集体研究", Shape.DOING, "线索"),
    State("approved", "处置方式已批准", Shape.DOING, "线索"),
    State("talk_inquiry", "谈话函询中", Shape.DOING, "线索"),
    State("inquiry_report", "谈话函询情况报告", Shape.DOING, "线索", hands=(ACCUSER,)),
    State("closed_credited", "采信了结", Shape.DONE, "线索", awaits=EXPLAINED),
    State("first_form", "第一种形态处理", Shape.DONE, "线索", awaits=EXPLAINED),
    State("held", "暂存待查", Shape.PAUSED, "线索"),
    State("closed_no_action", "予以了结", Shape.DONE, "线索"),
    State("checking", "初步核实中", Shape.DOING, "线索"),
    State("check_report", "初核报告", Shape.DOING, "线索"),
    State("moved_to_party_body", "移送有关党组织处理", Shape.DOING, "线索"),
    State("filing", "立案呈批", Shape.DOING, "立案", hands=(CASE,), day="filing_request_at"),
    State(TO_CASE, "已立案", Shape.DONE, "立案", end=True),
    # The accuser goes on in a lead of his own; who was accused falsely is cleared and his file put away in this one.
    State("false_accusation", "查处诬告陷害", Shape.DONE, "线索"),
    State("clarify", "澄清正名", Shape.DOING, "线索", awaits=EXPLAINED),
    State("reopened", "重新启动", Shape.WARN, "线索"),
    State("archived", "归档", Shape.DONE, "线索", end=True, whole=True, awaits=EXPLAINED),
)

ENDED = frozenset(state.code for state in LEAD_STATES if state.shape in (Shape.DONE, Shape.PAUSED))
"""States of a lead that is disposed of: ended, handed on, or put by until something new comes (暂存待查)."""

HANDS = ("handler", "co_handler", "approver", "check_approver", "check_team", "filing_approver")
RECUSED = (recusal(("subject",), HANDS), apart_from_reporter(HANDS))


def accuses(values: Values) -> bool:
    """Tell whether the report of an inquiry found a false accusation."""
    return values.get("report_opinion") == "false_accusation"


def inquiry_approved(facts: Facts) -> Problem | None:
    """Refuse a talk or a letter before it was approved (监督执纪工作规则 第二十八条: 谈话函询应当按程序报批)."""
    if empty(facts.values.get("approver")) or empty(facts.values.get("approved_at")):
        return Problem("approver", "谈话函询须先报经批准：请填写批准人和批准日期", "guard")
    return None


def talk_planned(facts: Facts) -> Problem | None:
    """Refuse a talk that nobody planned (第二十八条): its plan and its safety plan stand in the talk, and only there.

    It must be a talk that tells that it is about this lead: its own course then asks for all the rest.
    """
    talk = facts.values.get("talk_ref")
    if not isinstance(talk, Ref):
        return None
    about = {each.get("id"): each for each in facts.rows.get(TALK, ())}
    found = about.get(talk.id) if talk.linked else None
    if found is None:
        words = "请选库里已登记、在“涉及线索”里写明本件的谈话：谈话方案和安全预案登记在那条谈话里"
        return Problem("talk_ref", words, "guard")
    plans = (("谈话方案（或存放处）", ("plan", "plan_kept_in")), ("安全预案", ("safety_plan",)))
    lacks = [label for label, names in plans if all(empty(found.get(name)) for name in names)]
    words = f"{talk.label}还没有{'、'.join(lacks)}，请先在那条谈话里补上"
    return Problem("talk_ref", words, "guard") if lacks else None


_LETTER = {"inquiry_no": "发函文号", "inquiry_sent_at": "发函日期", "inquiry_cc": "抄送（所在党组织主要负责人）"}
TALK_OR_LETTER = (
    Asked("talk_ref", f"谈话的请填写“谈话记录”，函询的填写{'、'.join(_LETTER.values())}", lacking(*_LETTER)),
    *(
        Asked(name, f"函询须写明{label}", lacking("talk_ref") & given(*(other for other in _LETTER if other != name)))
        for name, label in _LETTER.items()
    ),
)
"""It is a talk or a letter, which has its number, its day, and a copy to whoever leads the party body (第二十八条、
第二十九条)."""
_WROTE = lacking("talk_held_at") & given("inquiry_replied_at")
ANSWER_CAME = (
    Asked("talk_held_at", "谈话以后才能提出报告，请填写谈话日期", given("talk_ref") & lacking("inquiry_replied_at")),
    Asked(
        "inquiry_replied_at",
        "收到书面回复以后才能提出报告，请填写收到回复日期（当面谈的，填写谈话日期）",
        lacking("talk_ref", "talk_held_at"),
    ),
    Asked("inquiry_signer", "书面回复须由所在党组织主要负责人签署，请填写回复签署人", _WROTE),
    Asked(
        "inquiry_got_at", "本人 15 个工作日的答复期限从收函次日起算，请填写收函日期", _WROTE | given("inquiry_sent_at")
    ),
)
"""A report follows the talk or the answer (第三十条); what was written is countersigned, and its limit counts from the
day the letter was got (第二十九条)."""


def members_spoke(facts: Facts) -> Problem | None:
    """Refuse a collective study in which a member's view is missing (线索处置专题会议: 逐一发表意见)."""
    views = facts.rows.get("panel_view", ())
    if all(not empty(view.get("who")) and not empty(view.get("view")) for view in views):
        return None
    return Problem("panel_view", "参加集体研究的人员须逐一写明意见", "guard")


def check_team_of_two(facts: Facts) -> Problem | None:
    """Refuse a preliminary check by one person alone (监督执纪工作规则 第三十三条: 核查组二人以上)."""
    if several(facts.values, "check_team"):
        return None
    words = "核查组须有两人以上：本组只有一人时，从派出机关、协作区或机关纪委借人，并写明其单位"
    return Problem("check_team", words, "guard")


def above_approves(name: str, matter: str) -> Guard:
    """Return the guard against the officer himself approving on a top leader or a cadre managed above.

    监督执纪工作规则: 按管理权限审批; the secretary of the commission approves a check of a top leader (第三十三条). Of
    a lead that an old ledger brought in behind its first step nobody may have written who manages the cadre.
    """

    def guard(facts: Facts) -> Problem | None:
        values = facts.values
        authority, approver = values.get("cadre_authority"), values.get(name)
        if not isinstance(approver, Ref) or facts.user is None or not same(approver, facts.user):
            return None
        if authority in ABOVE or values.get("is_top"):
            why = "对象由上级党委或派出机关管理" if authority in ABOVE else "对象是“一把手”"
            return Problem(name, f"{why}，{matter}须由派出机关领导批准，请写明批准人", "guard")
        if empty(authority):
            words = f"{matter}由您本人批准的，须先写明对象的干部管理权限：不在本组权限内的，由派出机关领导批准"
            return Problem("cadre_authority", words, "missing")
        return None

    return guard


def check_begins_anew(facts: Facts) -> Sequence[Problem] | None:
    """Refuse a second check on the dates or on the plan of the first: its own must be written (第三十三条).

    A plan that a lead was put on hold with is the first check's. The step to 暂存待查 puts it by; leads that were held
    before it did so, or came with an old ledger, still have it.
    """
    values, found = facts.values, []
    start, reported = values.get("check_from"), values.get("check_report_at")
    if isinstance(start, date) and isinstance(reported, date) and start < reported:
        words = f"初核开始日期（{start}）还是上一次初核的，请填写本次初核的呈批、批准和起止日期"
        found.append(Problem("check_from", words, "guard"))
    plans = [name for name in _CHECK_PLAN if not empty(values.get(name))]
    if reported and values.get("state") == "held" and plans and all(map(facts.from_before, plans)):
        words = (
            "初核方案还是暂存待查以前的：请附本次初核的方案（先前的移除后仍可在修改记录里查到），或改写“初核方案存放处”"
        )
        found.append(Problem(plans[0], words, "guard"))
    return found or None


def extension_approved(facts: Facts) -> Problem | None:
    """Refuse the report of a check that was extended, as an old ledger tells, by nobody one knows (domain 3)."""
    day = facts.values.get("check_extended_to")
    rows = facts.rows.get("lead_extension", ())
    if day is None or any(
        row.get("new_due") == day and (row.get("approver") or row.get("approved_at")) for row in rows
    ):
        return None
    words = f"初核延至 {day}，没有登记批准：请在“线索延期”里补登延期事项、延至、批准人和批准日期"
    return Problem("lead_extension", words, "guard")


_PLACED = ("subject_unit", "subject_post")
_LEFT = tuple(name for name in SUBJECT_THEN if name not in _PLACED)
SUBJECT_PLACED = described(_PLACED, first=True)
SUBJECT_DESCRIBED = (
    *SUBJECT_PLACED,
    *described(_LEFT, lacking("proposed_mode") | chosen("proposed_mode", "talk_inquiry", "check"), first=True),
)
"""Whom a lead is about, as he stood then (domain 2.5), before one proposes to talk with him or to check.

Of somebody who cannot be found out the proposal is to close the lead, to hold it or to hand it over: then his unit and
post will do, as far as the letter tells them.
"""
SUBJECT_KNOWN = described()
"""Whatever was proposed: nobody is asked or checked before it is known who he is, and whether he sits in a people's
congress or a consultative conference (domain 1.2: before 初核)."""
CHECK_PLANNED = kept_elsewhere(
    "check_plan_kept_in",
    "check_plan",
    "初步核实须先有初核方案：请附在“初核方案”里，不附的在“初核方案存放处”写明存在哪里",
)
"""A check begins with its plan, approved with it (监督执纪工作规则 第三十三条: 制定工作方案)."""
TOP_LEADER_REPORTED = Asked("reported_up_at", "反映“一把手”的问题线索须向派出机关报告，请填写报告日期", yes("is_top"))
"""A top leader's lead is reported upward before it goes on (监督执纪工作规则 第二十二条)."""


def report_signed(facts: Facts) -> Problem | None:
    """Refuse a check report that not every member signed (监督执纪工作规则 第三十五条)."""
    words = "初核情况报告须由核查组全体人员签名"
    return None if facts.values.get("check_signed") else Problem("check_signed", words, "guard")


def points_answered(facts: Facts) -> Problem | None:
    """Refuse a check report that leaves a point open (监督执纪工作规则 第三十五条: 逐项说明)."""
    words = "初核情况报告须对反映的问题逐条作出回答"
    return None if facts.values.get("check_answered") else Problem("check_answered", words, "guard")


_MODE = {
    code: says("mode", code, words=f"批准的处置方式不是“{label}”，如需变更请先重新报批")
    for code, label in (
        ("talk_inquiry", "谈话函询"),
        ("check", "初步核实"),
        ("hold", "暂存待查"),
        ("close", "予以了结"),
        ("transfer", "移交"),
    )
}
_REPORT = {
    code: says("report_opinion", code, words=f"谈话函询报告的处置意见不是“{label}”")
    for code, label in (
        ("credited", "采信了结"),
        ("first_form", "第一种形态处理"),
        ("again", "再次谈话函询"),
        ("check", "初步核实"),
        ("false_accusation", "查处诬告"),
    )
}
_CHECK = {
    code: says("check_opinion", code, words=f"初核报告的处理建议不是“{label}”")
    for code, label in (
        ("file", "拟立案审查调查"),
        ("close", "予以了结"),
        ("remind", "谈话提醒"),
        ("hold", "暂存待查"),
        ("party_body", "移送有关党组织处理"),
    )
}
_REGISTERED = ("source", "summary", "issue_types", "field", "occurred", "cadre_authority", "is_top", "is_team",
               "is_discipline", "unit_id", "handler", "secrecy_notice")  # fmt: skip
_PROPOSED = (*_REGISTERED, "proposed_mode", "proposed_reason", "proposed_at")
_REOPENED = ("reopen_reason", "reopen_approver", "reopened_at")
_HANDED_OVER = ("transfer_to", "transfer_at", "transfer_list", "transfer_receipt")
_CHECKING = ("check_request_at", "check_approver", "check_approved_at", "check_team", "check_from", "check_due")
_HELD = ("held_reason", "held_review")
_FIRST = ("measures", "first_decided_at", "first_decided_by", "closed_at")
_NO_ACTION = ("close_reason", "closed_at")
_FILE = ("form", "volume_no", "retention")
_TEAM_PLACED = unit_written(("check_team",), "check_team_note", "核查组成员单位")
_BEGIN_CHECK: tuple[Guard, ...] = (
    *SUBJECT_KNOWN, CHECK_PLANNED, check_team_of_two, _TEAM_PLACED, TOP_LEADER_REPORTED,
    above_approves("check_approver", "初步核实"), check_begins_anew, *RECUSED,
)  # fmt: skip
_BEGIN_INQUIRY: tuple[Guard, ...] = (*SUBJECT_KNOWN, inquiry_approved, *TALK_OR_LETTER, talk_planned, *RECUSED)
# What begins anew when a course goes back; what stood there is kept under 往次办理.
_PROPOSAL = ("proposed_mode", "proposed_reason", "proposed_at", "panel_at", "panel_conclusion", "panel_view")
_INQUIRY = ("talk_ref", "talk_held_at", "inquiry_no", "inquiry_sent_at", "inquiry_got_at", "inquiry_due",
            "inquiry_replied_at", "inquiry_signer", "report_at", "report_opinion")  # fmt: skip
_CHECK_ENDED = ("check_extended_to", "check_report_at", "check_opinion", "check_signed", "check_answered")
# A second check has a plan of its own, so that of the first is put by when the check is over (第三十三条). Its other
# days and names stay in sight until the second begins, which asks for them again.
_CHECK_PLAN = ("check_plan", "check_plan_kept_in")
_CHECK_BEGUN = (*_CHECK_PLAN, *_CHECKING, "check_team_note")
_DISPOSED = ("approver", "approved_at", "mode", "result_approver", "reply_letter_at", "close_reason", "form",
             "measures", "closed_at", "held_reason", "held_review")  # fmt: skip
_ALL_AGAIN = (*_PROPOSAL, *_INQUIRY, *_CHECK_BEGUN, *_CHECK_ENDED, *_DISPOSED)
_RULES = "监督执纪工作规则"

_ARRIVALS = (
    (("case_ref",), "filed"),
    (("closed_at", "close_reason", "volume_no", "form", "first_decided_at"), "archived"),
    (("transfer_at",), "transferred"),
    (("moved_at",), "moved_to_party_body"),
    (("held_reason", "held_review"), "held"),
    (("filing_request_at",), "filing"),
    (("check_report_at", "check_opinion"), "check_report"),
    (("check_from", "check_approved_at", "check_team"), "checking"),
    (("report_at", "report_opinion"), "inquiry_report"),
    (("inquiry_sent_at", "inquiry_got_at", "inquiry_replied_at", "talk_ref", "talk_held_at"), "talk_inquiry"),
)
_BY_MODE = {"close": "archived", "hold": "held", "transfer": "transferred"}


def arrive(values: Values, _today: date) -> str:
    """Place a lead from an old ledger by the last thing it tells; what was disposed of does not come back as open."""
    for names, code in _ARRIVALS:
        if any(not empty(values.get(name)) for name in names):
            return code
    mode = str(values.get("mode") or "")
    if mode:
        return _BY_MODE.get(mode, "approved")
    if values.get("panel_at"):
        return "panel"
    return "proposed" if values.get("proposed_at") or values.get("proposed_mode") else "registered"


LEAD_FLOW = Flow(
    LEAD_STATES,
    "registered",
    (
        Step("registered", "proposed", "提出处置意见", _PROPOSED,
             (*SUBJECT_DESCRIBED, *RECUSED), "承办人", f"{_RULES}第二十一条"),
        # No recusal here: handing the matter over is what an officer who must recuse himself does.
        Step("registered", "transferred", "移交", _HANDED_OVER, who="组长", source=f"{_RULES}第二十一条"),
        Step("proposed", "panel", "提交集体研究", ("panel_at", "panel_view", "panel_conclusion"),
             (members_spoke, *RECUSED), "组长和参会人员"),
        Step("proposed", "registered", "退回重提", who="组长", renews=_PROPOSAL),
        Step("panel", "approved", "批准处置方式", ("approver", "approved_at", "mode"),
             (above_approves("approver", "处置方式"), *RECUSED), "组长；按权限由派出机关"),
        Step("panel", "registered", "退回重提", who="组长", renews=_PROPOSAL),
        Step("approved", "talk_inquiry", "开展谈话函询", (), (_MODE["talk_inquiry"], *_BEGIN_INQUIRY), "承办人",
             f"{_RULES}第二十八条"),
        Step("approved", "checking", "开展初步核实", _CHECKING, (_MODE["check"], *_BEGIN_CHECK), "核查组",
             f"{_RULES}第三十三条", renews=_CHECK_ENDED),
        Step("approved", "held", "暂存待查", _HELD, (_MODE["hold"], *RECUSED), "组长"),
        Step("approved", "closed_no_action", "予以了结", _NO_ACTION, (_MODE["close"], *RECUSED), "组长"),
        # 移交 is one of the modes that can be approved; without this step such a lead would have no way on.
        Step("approved", "transferred", "移交", _HANDED_OVER, (_MODE["transfer"],), "组长"),
        Step("talk_inquiry", "inquiry_report", "提出谈话函询报告", ("report_at", "report_opinion"),
             (*TALK_OR_LETTER, *ANSWER_CAME, *RECUSED), "承办人", f"{_RULES}第三十条"),
        Step("inquiry_report", "closed_credited", "采信了结", ("result_approver", "reply_letter_at", "closed_at"),
             (_REPORT["credited"], *RECUSED), "组长", f"{_RULES}第三十条"),
        Step("inquiry_report", "first_form", "作第一种形态处理", _FIRST, (_REPORT["first_form"], *RECUSED),
             "组长或党组"),
        # The second letter is written once the first is put by; the next report asks for it.
        Step("inquiry_report", "talk_inquiry", "再次谈话函询", (), (_REPORT["again"], inquiry_approved, *RECUSED),
             "承办人", f"{_RULES}第三十条", renews=_INQUIRY),
        Step("inquiry_report", "checking", "转初步核实", _CHECKING, (_REPORT["check"], *_BEGIN_CHECK), "核查组",
             renews=_CHECK_ENDED),
        Step("inquiry_report", "false_accusation", "查处诬告陷害", ("accuser_lead_ref", "closed_at"),
             (_REPORT["false_accusation"], *RECUSED), "组长"),
        Step("closed_credited", "archived", "归档", _FILE, who="承办人"),
        Step("closed_credited", "clarify", "启动澄清正名", CLARIFY_BEGINS, (clarification_wished, *RECUSED), "组长"),
        Step("closed_credited", "reopened", "重新启动", _REOPENED, RECUSED, "组长", renews=_ALL_AGAIN),
        Step("first_form", "archived", "归档", _FILE, who="承办人"),
        Step("false_accusation", "archived", "归档", _FILE, who="承办人"),
        Step("false_accusation", "clarify", "启动澄清正名", CLARIFY_BEGINS, (clarification_wished, *RECUSED), "组长"),
        Step("held", "checking", "转初步核实", _CHECKING, _BEGIN_CHECK, "核查组", renews=_CHECK_ENDED),
        Step("held", "talk_inquiry", "转谈话函询", (), _BEGIN_INQUIRY, "承办人"),
        Step("held", "closed_no_action", "予以了结", _NO_ACTION, RECUSED, "组长"),
        Step("closed_no_action", "archived", "归档", _FILE, who="承办人"),
        Step("closed_no_action", "clarify", "启动澄清正名", CLARIFY_BEGINS, (clarification_wished, *RECUSED), "组长"),
        Step("closed_no_action", "reopened", "重新启动", _REOPENED, RECUSED, "组长", renews=_ALL_AGAIN),
        Step("checking", "check_report", "提出初核报告", ("check_report_at", "check_opinion"),
             (report_signed, points_answered, extension_approved, *RECUSED), "核查组", f"{_RULES}第三十五条"),
        Step("check_report", "filing", "呈批立案", ("filing_request_at", "filing_basis", "filing_approver"),
             (_CHECK["file"], above_approves("filing_approver", "立案"), *RECUSED), "组长报派出机关或按权限"),
        Step("check_report", "first_form", "作第一种形态处理", _FIRST, (_CHECK["remind"], *RECUSED), "组长或党组"),
        Step("check_report", "closed_no_action", "予以了结", _NO_ACTION, (_CHECK["close"], *RECUSED), "组长"),
        Step("check_report", "held", "暂存待查", _HELD, (_CHECK["hold"], *RECUSED), "组长", renews=_CHECK_PLAN),
        Step("check_report", "moved_to_party_body", "移送有关党组织处理",
             ("moved_letter_no", "moved_to", "moved_at", "moved_due"), (_CHECK["party_body"],), "组长"),
        Step("moved_to_party_body", "archived", "归档", ("moved_result", "closed_at", *_FILE), who="承办人"),
        Step("filing", "filed", "批准立案", ("case_ref",), RECUSED, "派出机关或本组", "监察法第四十二条"),
        Step("filing", "check_report", "登记立案未获批准", who="派出机关",
             renews=("filing_request_at", "filing_basis", "filing_approver")),
        Step("clarify", "archived", "归档", (*CLARIFY_ENDS, *_FILE), (clarified_in_writing,), "承办人"),
        Step("reopened", "proposed", "重新提出处置意见", _PROPOSED,
             (*SUBJECT_DESCRIBED, *RECUSED), "承办人"),
    ),
    arrive,
    beside=((TALK, "lead_ref"),),
)  # fmt: skip
