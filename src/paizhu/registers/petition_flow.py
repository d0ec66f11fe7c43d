"""The course of a petition: 受理、梳理、转办、处理、反馈 (``domain.md`` 3.2)."""

from collections.abc import Sequence
from datetime import date

from paizhu.base.asked import Asked, chosen, empty, given, lacking, other_than, yes
from paizhu.base.flow import OTHER_WAY, Facts, Flow, Shape, State, Step
from paizhu.base.rows import Problem, Ref, Values
from paizhu.registers.guards import apart_from_reporter, recusal, says
from paizhu.registers.lead_flow import ENDED
from paizhu.registers.record import Choice

NAMED = (
    Choice("real", "实名", ("实名举报", "署名", "是")),
    Choice("anonymous", "匿名", ("匿名举报", "未署名", "否")),
    Choice("joint", "联名", ("联名举报",)),
    Choice("impersonated", "冒名", ("冒名(核实后)", "冒名举报")),
)
ORIGINS = (
    Choice("own", "本级收到", ("本级", "直接收到", "自收")),
    Choice("commission", "派出机关转", ("派出机关转来", "纪委转来", "纪委监委转来", "派出机关转办")),
    Choice("superior", "上级交办", ("上级转办", "上级转来")),
    Choice("instruction", "领导批示", ("领导批办",)),
    Choice("host_unit", "驻在单位移交", ("驻在单位转来",)),
    Choice("inspection", "巡视巡察移交", ("巡视移交", "巡察移交")),
    Choice("audit", "审计移交", ("审计机关移交",)),
    Choice("judicial", "公检法移交", ("公安移交", "检察院移交", "法院移交", "司法机关移交")),
    Choice("other_organ", "其他行政机关移交", ("其他机关移交",)),
    Choice("other", "其他"),
)
PASSED_ON = ("commission", "superior")
"""Origins of items handed down to us, which we must accept or pass on (处理检举控告工作规则 第十六条)."""

OWN_LEVELS = (
    Choice("own", "本级", ("本级受理", "是")),
    Choice("upper", "上级（不得录入内容）", ("上级", "上级受理")),
    Choice("lower", "下级", ("下级受理",)),
    Choice("outside", "非受理范围", ("不属受理范围", "不受理", "业务范围外")),
)
UPPER_KEEPS = (
    "unit_id", "handler", "co_handler", "secrecy_notice", "received_at", "petition_date", "channel", "origin", "named",
    "is_repeat", "own_level", "transfer_no", "transfer_to", "transfer_at", "archived_at",
)  # fmt: skip
"""All that may be entered of an item of the upper level: how and when it came, and where it was handed on."""

LEAD, MORE_LEADS, AGAIN = "lead", "more_leads", "again"
"""What a letter is handed on as: a lead for everybody reported on, for those who have none yet, or once more when the
answer brought new evidence."""
REPEAT, JOINED = "repeat", "joined"
"""What a letter may be put to while it is compared with earlier ones: its first, or a lead that runs already."""
TO_LEAD = "as_lead"

PETITION_STATES = (
    State("received", "收件登记", Shape.OPEN, "收件", hands=(REPEAT,), day="received_at"),
    State("screening", "梳理甄别", Shape.DOING, "甄别", hands=(REPEAT,)),
    # Nothing else of it may be entered, so nothing else can be lacking (处理检举控告工作规则 第十五条).
    State("up", "属上级受理", Shape.DONE, "甄别", end=True, asks=("received_at", "own_level", "transfer_at")),
    State("returned", "退回或告知", Shape.NONE, "甄别", end=True),
    State("kept", "重复件留存", Shape.NONE, "甄别", end=True),
    State("accepted", "已受理", Shape.DOING, "受理", hands=(LEAD, JOINED), day="accepted_at"),
    State("down", "转下级或有关单位", Shape.DOING, "办理", day="transfer_at"),
    State("assigned", "转办、交办、督办", Shape.DOING, "办理", day="transfer_at"),
    State("waiting_feedback", "待反馈", Shape.PAUSED, "办理"),
    State(TO_LEAD, "转问题线索", Shape.DOING, "办理", hands=(MORE_LEADS,)),
    State("closed", "办结", Shape.DONE, "办结", day="closed_at"),
    State("feedback", "向举报人反馈", Shape.DONE, "反馈", hands=(AGAIN,), day="feedback_at"),
    State("archived", "归档", Shape.DONE, "归档", end=True, whole=True, day="archived_at"),
)
_DESCRIBED = {
    "petition_date": "信访日期（信里没有写日期的，填邮戳或收件日期）",
    "channel": "举报方式",
    "origin": "来源",
    "named": "是否实名",
    "summary": "主要问题摘要",
    "petition_class": "反映类别",
    "is_repeat": "是否重复件",
    "unit_id": "所属单位",
    "handler": "承办人",
    "secrecy_notice": "密级提示",
}
SOMEBODY_REPORTED = Asked(
    "reported_names",
    "检举控告须写明被反映人（反映的是单位的，填“被反映单位”，没有指名的，写“未指名”）",
    chosen("petition_class", "accusation") & lacking("reported_unit") & other_than("own_level", "upper"),
    first=True,
)
"""An accusation is about somebody or some body; an appeal or a suggestion need not be (domain 2.4)."""
REPORTED_PLACED = Asked(
    "reported_post",
    "“被反映人单位职务”还没有填写（信里没有、名册里也查不到的，写“不详”）",
    chosen("petition_class", "accusation") & given("reported_names") & other_than("own_level", "upper"),
    first=True,
)
"""Of whoever is reported on it is told where he works and as what (domain 2.4)."""
_NOTICE = {"notice_mode": "受理告知方式", "notice_at": "受理告知日期", "notice_by": "受理告知人"}


def owed_an_answer(values: Values) -> bool:
    """Tell whether somebody real is to be told of acceptance and result: named, of our level, not a repeat."""
    return (
        values.get("named") in ("real", "joint")
        and not values.get("is_repeat")
        and values.get("own_level") in (None, "own")
    )


def tells_who(values: Values) -> bool:
    """Tell whether an item can say who reported: an anonymous one has nobody to be written down."""
    return values.get("named") != "anonymous"


def described(facts: Facts) -> Sequence[Problem] | None:
    """Refuse to sort an item that is not registered in full; one of the upper level is not described at all.

    Whose item it is comes first: until that is said, nobody knows whether anything of it may be entered.
    """
    if facts.values.get("own_level") in (None, "", "upper"):
        return None
    return [
        Problem(name, f"“{label.partition('（')[0]}”还没有填写{''.join(label.partition('（')[1:])}", "guard")
        for name, label in _DESCRIBED.items()
        if empty(facts.values.get(name))
    ]


def reported_described(facts: Facts) -> Problem | None:
    """Refuse to accept an item while a row about somebody reported lacks unit, post or rank (domain 2.4)."""
    asked = (("unit", "单位"), ("post", "职务"), ("rank", "职级"))
    found = [
        f"{ref.label if isinstance(ref := row.get('person'), Ref) else '被反映人'}的{'、'.join(left)}"
        for row in facts.rows.get("reported", ())
        if (left := [words for name, words in asked if empty(row.get(name))])
    ]
    return Problem("reported", f"被反映人情况里还没有写明{'，'.join(found)}", "guard") if found else None


def nothing_below(values: Values) -> str | None:
    """Refuse rows and files at an item of the upper level: a scan of the letter is a copy (第十五条)."""
    if values.get("own_level") != "upper":
        return None
    return (
        "属上级受理的信访件只登记编号、日期和移送情况，不得复制、摘抄或录入内容"
        "（纪检监察机关处理检举控告工作规则第十五条）：不能登记反映人、被反映人和意见，也不能添加附件"
    )


REPEAT_NAMES_FIRST = Asked("first_ref", "重复件须写明首件编号", yes("is_repeat"))
"""A repeat item names the first one (处理检举控告工作规则 第十四条)."""


def is_a_repeat(facts: Facts) -> Problem | None:
    """Refuse to put aside as a repeat what is not one (处理检举控告工作规则 第十四条)."""
    words = "只有重复件才能留存，请先核对是否重复"
    return None if facts.values.get("is_repeat") else Problem("is_repeat", words, "guard")


def informant_told(facts: Facts) -> Sequence[Problem] | None:
    """Refuse to close a named item whose informant was not told of acceptance (处理检举控告工作规则: 受理告知)."""
    if not owed_an_answer(facts.values):
        return None
    return [
        Problem(name, f"实名举报须先告知受理情况，请填写{label}", "missing")
        for name, label in _NOTICE.items()
        if empty(facts.values.get(name))
    ]


def leads_ended(facts: Facts) -> str | None:
    """Refuse to close a letter while a lead that came of it is under way (domain 3.2: closed when the lead ends)."""
    left = [str(lead.get("no") or "线索") for lead in facts.rows.get("lead", ()) if lead.get("state") not in ENDED]
    return f"{'、'.join(left)}还没有办结，线索办结后再办结本件" if left else None


def only_named_answered(facts: Facts) -> Problem | None:
    """Refuse an answer where nobody is owed one: anonymous, repeated or not of our level."""
    words = "匿名件、重复件和不属本级受理的不作结果反馈，请直接归档"
    return None if owed_an_answer(facts.values) else Problem("", words, OTHER_WAY)


def answered_first(facts: Facts) -> Problem | None:
    """Refuse to file a named item before its result was told (处理检举控告工作规则: 结果反馈)."""
    words = "实名举报办结后须先向举报人反馈结果，再归档"
    return Problem("", words, OTHER_WAY) if owed_an_answer(facts.values) else None


def brought_evidence(values: Values) -> bool:
    """Tell whether the answer to the informant brought new evidence, which has to be looked into."""
    return bool(values.get("new_evidence"))


def has_new_evidence(facts: Facts) -> Problem | None:
    """Refuse to reopen after the answer without new evidence (处理检举控告工作规则: 提供新证据的应当核查)."""
    words = "举报人没有提出新证据的，不再转问题线索"
    return None if brought_evidence(facts.values) else Problem("new_evidence", words, "guard")


def outside_scope(facts: Facts) -> str | None:
    """Refuse to return what is ours: only matters outside the remit go back."""
    if facts.values.get("own_level") == "outside" or facts.values.get("petition_class") == "out_of_scope":
        return None
    return "只有不属受理范围或业务范围外的才能退回，请先核对受理级别和反映类别"


HANDS = ("handler", "co_handler")
RECUSED = (recusal(("reported_names",), HANDS), apart_from_reporter(HANDS))
_OURS = says("own_level", "own", words="只有属本级受理的才能受理，请先核对“是否属本级受理”")
_UPPER = says("own_level", "upper", words="只有属上级受理的才移送上级，请先核对“是否属本级受理”")
_NOT_UPPER = says("own_level", "own", "lower", "outside", words="属上级受理的不得转下级，请移送上级")
_HANDED_ON = says("handling", "transfer", "assign", "supervise", "coordinate",
                  words="“办理方式”须是转办、交办、督办或协调")  # fmt: skip
_CLOSING = ("handling", "proposal", "decision", "result", "closed_at", "issue_types", "eight_rules", "mass_side")
_HANDED = ("handling", "proposal", "decision", "transfer_to", "transfer_at", "transfer_due")
_ANSWER = ("feedback_at", "feedback_mode", "feedback_by", "feedback_reaction", "new_evidence")
JUDGED = (
    Asked("false_flag", "办结的信访件归档前须写明是否诬告", given("closed_at"), first=True),
    Asked("clarify_needed", "办结的信访件归档前须写明是否需要澄清", given("closed_at"), first=True),
)
"""What came of a letter that was closed is judged before it is filed; one that was handed on is not ours to judge."""
_RULES = "纪检监察机关处理检举控告工作规则"

# The first pair that fits wins: what ended comes before what is under way.
_ARRIVALS = (
    (("archived_at", "closed_at", "result", "feedback_at"), "archived"),
    (("lead_ref",), "as_lead"),
    (("returned_at",), "returned"),
    (("first_ref",), "kept"),
)
_BY_LEVEL = {"upper": "up", "lower": "down", "outside": "returned"}
_BY_HANDLING = {"keep": "kept", "return": "returned", "transfer": "waiting_feedback", "assign": "waiting_feedback",
                "supervise": "waiting_feedback"}  # fmt: skip


def arrive(values: Values, _today: date) -> str:
    """Place an item from an old ledger: what was finished, handed on or put aside does not come back as open."""
    for names, code in _ARRIVALS:
        if any(not empty(values.get(name)) for name in names):
            return code
    handled = str(values.get("handling") or "")
    level = str(values.get("own_level") or "")
    if handled in _BY_HANDLING:
        return _BY_HANDLING[handled]
    if level in _BY_LEVEL and (values.get("transfer_at") or level == "outside"):
        return _BY_LEVEL[level]
    if values.get("accepted_at"):
        return "accepted"
    return "screening" if level else "received"


FLOW = Flow(
    PETITION_STATES,
    "received",
    (
        Step("received", "screening", "梳理甄别", ("own_level",),
             (described, SOMEBODY_REPORTED, REPORTED_PLACED), "承办人"),
        Step("screening", "accepted", "受理", ("accepted_at",),
             (_OURS, REPEAT_NAMES_FIRST, reported_described, *RECUSED), "组长", _RULES),
        Step("screening", "up", "移送上级", ("transfer_at",), (_UPPER,), "组长", f"{_RULES}第十五条"),
        Step("screening", "down", "转下级或有关单位", ("transfer_to", "transfer_at"), (_NOT_UPPER, REPEAT_NAMES_FIRST),
             "组长", f"{_RULES}第十六条"),
        Step("screening", "returned", "退回或告知", ("return_reason", "returned_at"), (outside_scope,), "组长"),
        Step("screening", "kept", "作重复件留存", ("first_ref",), (is_a_repeat,), "承办人", f"{_RULES}第十四条",
             usual=yes("is_repeat")),
        Step("down", "waiting_feedback", "转为待反馈", ("transfer_due",), who="承办人"),
        Step("down", "archived", "接收单位已受理，归档", ("transfer_accepted_at",), who="承办人"),
        Step("accepted", "as_lead", "转问题线索", ("lead_ref", "issue_types"), RECUSED, "组长"),
        Step("accepted", "assigned", "转办、交办或督办", _HANDED, (_HANDED_ON,), "组长"),
        Step("accepted", "closed", "办结", _CLOSING,
             (informant_told, *RECUSED), "组长"),
        Step("assigned", "waiting_feedback", "转为待反馈", who="承办单位", renews=("urged_at",)),
        Step("waiting_feedback", "closed", "办结", _CLOSING, (informant_told, *RECUSED), "组长"),
        Step("waiting_feedback", "assigned", "催办", ("urged_at",), who="承办人"),
        Step("as_lead", "closed", "线索办结，本件办结", _CLOSING, (informant_told, leads_ended, *RECUSED), "组长"),
        Step("closed", "feedback", "向举报人反馈", _ANSWER, (only_named_answered,), "承办人", f"{_RULES}（结果反馈）"),
        Step("closed", "archived", "归档", ("archived_at",), (*JUDGED, answered_first), "承办人"),
        Step("feedback", "archived", "归档", ("archived_at",), JUDGED, "承办人"),
        Step("feedback", "as_lead", "有新证据，转问题线索", ("lead_ref",), (has_new_evidence, *RECUSED), "承办人",
             f"{_RULES}（结果反馈）", renews=("result", "closed_at", *_ANSWER)),
    ),
    arrive,
    bare=nothing_below,
    beside=(("lead", "petition_refs"),),
)  # fmt: skip
