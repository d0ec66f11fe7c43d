"""Letters, leads and cases: values with which every step of their courses can be taken, and what breaks each guard."""

from datetime import date

from paizhu.base.rows import Ref, Values
from paizhu.registers import register
from paizhu.registers.petition_flow import UPPER_KEEPS
from tests.guards.ground import AHEAD, LENT, REPORTER, Break, Ground, Rows
from tests.unit.registers.case_stages import CARRIED_OUT, MEASURES
from tests.unit.registers.case_stages import everything as case_values
from tests.unit.registers.case_values import DAY, LEADER, OFFICER, SECOND, SUBJECT, THIRD
from tests.unit.registers.lead_stages import VIEWS
from tests.unit.registers.lead_stages import everything as lead_values
from tests.unit.registers.petition_stages import everything as petition_values

LATER = date(2026, 5, 1)
_APART = Break("reported by a hand", "须回避（监察法第六十七条", {"handler": REPORTER})
_OWN = Break("about himself", "示例某是本件当事人，应当回避", {"handler": SUBJECT})
_CLARIFY = (
    Break("against his wish", "本人不愿澄清", {"clarify_wish": "refused"}),
    Break("not in writing", "书面", {"clarify_modes": ("meeting",)}),
)
_DESCRIBED = tuple(
    # Of whom the roster knows nothing: what it knows is taken from it.
    Break(f"{name} not told", words, {name: None, "subject": LENT})
    for name, words in (
        ("subject_gender", "“性别”还没有填写"),
        ("subject_born", "“出生年月”还没有填写"),
        ("subject_ethnic", "“民族”还没有填写"),
        ("subject_political", "“政治面貌”还没有填写"),
        ("subject_unit", "“工作单位”还没有填写"),
        ("subject_post", "“职务”还没有填写"),
        ("subject_rank", "“职级”还没有填写"),
        ("in_post_since", "“任现职时间”还没有填写"),
        ("is_npc_cppcc", "须弄清当事人是否人大代表或政协委员"),
    )
)
_LETTER: Values = {
    **petition_values(), "unit_id": Ref("示例局"), "transfer_to": Ref("示例单位"), "transfer_due": DAY, "urged_at": DAY,
    "transfer_accepted_at": DAY, "return_reason": "不属受理范围", "returned_at": DAY,
    "first_ref": Ref("信〔2026〕0001"),
}  # fmt: skip
_UPPER: Values = {
    **dict.fromkeys(name for name in _LETTER if name not in UPPER_KEEPS), "own_level": "upper", "is_repeat": False,
}  # fmt: skip
"""An item of the upper level: its number, days and hand-over, and nothing of what it tells."""
_NOTHING_BELOW: Rows = {"reported": (), "informant": ()}

PETITION = Ground(
    register("petition"),
    _LETTER,
    {"lead": ({"subject": SUBJECT, "received_at": DAY, "state": "archived"},)},
    {
        ("screening", "up"): _UPPER,
        ("screening", "returned"): {"own_level": "outside"},
        ("screening", "kept"): {"is_repeat": True},
        ("accepted", "assigned"): {"handling": "transfer"},
        ("closed", "archived"): {"named": "anonymous"},
        ("feedback", "as_lead"): {"new_evidence": True},
    },
    (
        _OWN,
        _APART,
        Break("not described", "“举报方式”还没有填写", {"channel": None}),
        Break("not of our level", "只有属本级受理的才能受理", {"own_level": "lower"}),
        Break("not of the upper level", "只有属上级受理的才移送上级", {"own_level": "own"}),
        Break("of the upper level", "属上级受理的不得转下级", _UPPER, _NOTHING_BELOW),
        Break("about nobody", "检举控告须写明被反映人", {"reported_names": None, "reported_unit": None}),
        Break("nobody knows what he is", "“被反映人单位职务”还没有填写",
              {"reported_post": None, "reported_names": (LENT,)}),
        Break("rank left open", "被反映人情况里还没有写明示例某的职级",
              rows={"reported": ({"person": SUBJECT, "unit": Ref("示例局"), "post": "处长", "rank": None},)}),
        Break("repeat without its first", "重复件须写明首件编号", {"is_repeat": True, "first_ref": None}),
        Break("no repeat", "只有重复件才能留存", {"is_repeat": False}),
        Break("within the remit", "只有不属受理范围或业务范围外的才能退回", {"own_level": "own"}),
        Break("handled by ourselves", "“办理方式”须是转办、交办", {"handling": "self"}),
        Break("informant not told", "实名举报须先告知受理情况", {"notice_at": None}),
        Break("lead under way", "还没有办结，线索办结后再办结本件",
              rows={"lead": ({"subject": SUBJECT, "received_at": DAY, "state": "checking", "no": "线〔2026〕0009"},)}),
        Break("nobody to answer", "匿名件、重复件和不属本级受理的不作结果反馈", {"named": "anonymous"}),
        Break("not answered yet", "实名举报办结后须先向举报人反馈结果", {"named": "real"}),
        Break("not judged", "须写明是否诬告", {"false_flag": None}),
        Break("nobody asked whether to clarify", "须写明是否需要澄清", {"clarify_needed": None}),
        Break("no new evidence", "举报人没有提出新证据的", {"new_evidence": False}),
    ),
    {("screening", "up"): _NOTHING_BELOW},
)  # fmt: skip

LEAD = Ground(
    register("lead"),
    {**lead_values(), "filing_request_at": DAY, "filing_basis": "示例依据", "filing_approver": LEADER,
     "case_ref": Ref("案〔2026〕001"), "accuser_lead_ref": Ref("线〔2026〕0099"), "moved_letter_no": "示函2号",
     "moved_to": Ref("示例机关党委"), "moved_at": DAY, "moved_due": DAY, "moved_result": "已批评教育"},
    VIEWS,
    {
        ("panel", "approved"): {"mode": "check"},
        ("talk_inquiry", "inquiry_report"): {"report_opinion": "credited"},
        ("checking", "check_report"): {"check_opinion": "file"},
        ("approved", "talk_inquiry"): {"mode": "talk_inquiry"},
        ("approved", "checking"): {"mode": "check"},
        ("approved", "held"): {"mode": "hold"},
        ("approved", "closed_no_action"): {"mode": "close"},
        ("approved", "transferred"): {"mode": "transfer"},
        ("inquiry_report", "closed_credited"): {"report_opinion": "credited"},
        ("inquiry_report", "first_form"): {"report_opinion": "first_form"},
        ("inquiry_report", "talk_inquiry"): {"report_opinion": "again"},
        ("inquiry_report", "checking"): {"report_opinion": "check"},
        ("inquiry_report", "false_accusation"): {"report_opinion": "false_accusation"},
        ("check_report", "filing"): {"check_opinion": "file"},
        ("check_report", "first_form"): {"check_opinion": "remind"},
        ("check_report", "closed_no_action"): {"check_opinion": "close"},
        ("check_report", "held"): {"check_opinion": "hold"},
        ("check_report", "moved_to_party_body"): {"check_opinion": "party_body"},
    },
    (
        _OWN,
        _APART,
        *_DESCRIBED,
        *_CLARIFY,
        Break("team of one", "核查组须有两人以上", {"check_team": (OFFICER,)}),
        Break("second person from nowhere", "请在“核查组成员单位”里写明其单位",
              {"check_team": (OFFICER, LENT), "check_team_note": None}),
        Break("not approved", "谈话函询须先报经批准", {"approved_at": None}),
        Break("neither talk nor letter", "谈话的请填写“谈话记录”，函询的填写发函文号",
              dict.fromkeys(("talk_ref", "inquiry_no", "inquiry_sent_at", "inquiry_cc"))),
        Break("talk that nobody planned", "谈话方案和安全预案登记在那条谈话里", {"talk_ref": Ref("谈〔2026〕0001")}),
        Break("letter without number", "函询须写明发函文号", {"inquiry_no": None, "talk_ref": None}),
        Break("letter without day", "函询须写明发函日期", {"inquiry_sent_at": None, "talk_ref": None}),
        Break("letter without copy", "函询须写明抄送", {"inquiry_cc": None, "talk_ref": None}),
        Break("answer of nobody", "请填写回复签署人", {"inquiry_signer": None, "talk_held_at": None}),
        Break("letter never got", "请填写收函日期", {"inquiry_got_at": None}),
        Break("no talk", "谈话以后才能提出报告",
              {"inquiry_replied_at": None, "talk_held_at": None, "talk_ref": Ref("谈〔2026〕0001")}),
        Break("no answer", "收到书面回复以后才能提出报告",
              {"inquiry_replied_at": None, "talk_held_at": None, "talk_ref": None}),
        Break("approved by himself", "对象由上级党委或派出机关管理，处置方式须由派出机关领导批准",
              {"cadre_authority": "commission", "approver": OFFICER}),
        Break("check approved by himself", "初步核实须由派出机关领导批准",
              {"cadre_authority": "superior", "check_approver": OFFICER}),
        Break("filing approved by himself", "对象是“一把手”，立案须由派出机关领导批准",
              {"is_top": True, "reported_up_at": DAY, "filing_approver": OFFICER}),
        Break("top leader not reported", "须向派出机关报告", {"is_top": True, "reported_up_at": None}),
        Break("check without a plan", "初步核实须先有初核方案", {"check_plan": None}),
        Break("dates of the first check", "还是上一次初核的", {"check_from": DAY, "check_report_at": LATER}),
        Break("not signed", "须由核查组全体人员签名", {"check_signed": False}),
        Break("point left open", "须对反映的问题逐条作出回答", {"check_answered": None}),
        Break("extended by nobody", "没有登记批准：请在“线索延期”里补登", {"check_extended_to": LATER}),
        Break("a member who said nothing", "须逐一写明意见", rows={"panel_view": ({"who": OFFICER, "view": ""},)}),
        Break("other mode", "批准的处置方式不是", {"mode": None}),
        Break("other report", "谈话函询报告的处置意见不是", {"report_opinion": None}),
        Break("other advice", "初核报告的处理建议不是", {"check_opinion": None}),
    ),
)  # fmt: skip

CASE = Ground(
    register("case"),
    {**case_values(), "returned_reason": "补充凭证", "executed_at": DAY},
    MEASURES,
    {
        ("investigating", "withdrawn"): {"outcome": "withdrawn"},
        ("investigation_report", "withdrawn"): {"outcome": "withdrawn"},
        ("deciding", "withdrawn"): {"outcome": "withdrawn"},
        ("deciding", "exempt"): {"outcome": "exempt"},
        ("deciding", "to_judicial"): {"outcome": "judicial"},
        ("appeal", "upheld"): {"appeal_result": "upheld"},
        ("appeal", "changed"): {"appeal_result": "changed"},
        ("appeal", "revoked"): {"appeal_result": "revoked"},
        ("executed", "archived"): {"period_to": None},
        ("executed", "in_period"): {"period_to": DAY},
        ("upheld", "in_period"): {"period_to": DAY},
    },
    (
        _OWN,
        _APART,
        *_DESCRIBED,
        *_CLARIFY,
        Break("team of one", "审查调查组须有两人以上", {"team": (OFFICER,)}),
        Break("second person from nowhere", "请在“审查调查组成员单位”里写明其单位",
              {"team": (OFFICER, LENT), "team_note": None}),
        Break("filed by the commission", "派出机关立案的，须由派出机关领导批准",
              {"filed_by": "commission", "filing_approver": OFFICER}),
        Break("not signed", "须由审查调查组全体人员签名", {"report_signed": None}),
        Break("trial member from nowhere", "审理组", {"trial_team": (THIRD, LENT), "trial_team_note": None}),
        Break("reviewer from nowhere", "复查组", {"appeal_team": (LENT,), "appeal_team_note": None}),
        Break("trial of one", "审理组须有两人以上", {"trial_team": (THIRD,)}),
        Break("investigator tries", "是本案审查调查人员，不得参加审理", {"trial_team": (THIRD, SECOND)}),
        Break("investigator reviews", "不得参加申诉复查", {"appeal_team": (SECOND,)}),
        Break("papers of the first appeal", "还是上一次申诉的", {"appeal_at": DAY, "appeal_decided_at": LATER}),
        Break("no quorum", "到会人数和赞成人数须符合规定", {"decide_body": "party_group", "quorum_met": False}),
        Break("other outcome", "处理结果", {"outcome": "punish"}),
        Break("no punishment", "处理结果不是“给予处分”", {"outcome": "judicial"}),
        Break("other result", "申诉结果须为", {"appeal_result": "upheld"}),
        Break("not upheld", "申诉结果须为“维持”", {"appeal_result": "changed"}),
        Break("period not over", "才满，还不能转入期满", {"period_to": AHEAD}),
        Break("has a period", "本案登记了影响期", {"period_to": AHEAD}),
        Break("not in the dossier", "还没有登记",
              rows={"measure": ({**CARRIED_OUT, "executed_at": None, "announced_at": DAY, "exec_report_at": DAY},)}),
        Break("punishment half registered", "处〔2026〕001还没有填写依据条款",
              rows={"measure": ({**CARRIED_OUT, "basis": None},)}),
        Break("rights not restored", "影响期从恢复党员权利之日起算",
              rows={"measure": ({**CARRIED_OUT, "kind": "party_probation", "probation_to": DAY},)}),
        Break("nothing decided anew", "还没有登记变更后的处分",
              rows={"measure": ({"kind": "party_warning", "changed": "changed", "announced_at": DAY,
                                 "exec_report_at": DAY},)}),
        Break("measure without approval", "每项措施须写明审批文号和采取日期",
              rows={"measures_used": ({"kind": "talk", "approval_no": None, "taken_at": DAY},)}),
    ),
)  # fmt: skip

MATTERS = (PETITION, LEAD, CASE)
