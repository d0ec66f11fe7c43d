"""Meetings and their items: values with which every step can be taken, and what breaks each guard."""

from paizhu.base.rows import Ref
from paizhu.registers import register
from tests.guards.ground import RELATIVE, Break, Ground, filled, row_of
from tests.unit.registers.case_values import DAY, LEADER, OFFICER, SECOND, SUBJECT

_MEETING, _REVIEW = register("meeting"), register("review_item")
MEETING = Ground(
    _MEETING,
    filled(_MEETING, held_at=DAY, expected=9, present=8),
    {"minute_check": (row_of(_MEETING, "minute_check"),)},
    {},
    (
        Break("somebody away, nobody named", "请在“请假”里写明没有到会的是谁", {"absent": None}),
        Break("point of the minutes open", "会议记录检查还没有写结果：第一议题",
              rows={"minute_check": (row_of(_MEETING, "minute_check", code="first_agenda", answer=None),)}),
    ),
)  # fmt: skip
_MATERIAL = row_of(_REVIEW, "material", name="议题单", received=True)
_POINT = row_of(_REVIEW, "check", words="示例要点", answer="yes")
_SUGGESTION = row_of(_REVIEW, "suggestion", adopted="adopted")
_CANDIDATE = row_of(_REVIEW, "candidate", person=SUBJECT)
REVIEW = Ground(
    _REVIEW,
    filled(_REVIEW, category="fund", opinion="ok", reviewer=SECOND, signer=LEADER, recusal_list=(SUBJECT,),
           recused=True, flags=("RF-A1",), flags_seen=True, legal_review="done", risk_assess="done",
           expert="done", public="done",
           decided="agreed", changed_after_review=True, meeting=Ref("示例党组会"), reporter=OFFICER),
    {"material": (_MATERIAL,), "check": (_POINT,), "suggestion": (_SUGGESTION,), "candidate": (_CANDIDATE,)},
    {},
    (
        Break("paper missing", "材料还没有收到：会议纪要",
              rows={"material": (row_of(_REVIEW, "material", name="会议纪要", received=False, note=None),)}),
        *(Break(f"decision without {name}", "重大决策须写明", {"category": "decision", name: None})
          for name in ("legal_review", "risk_assess", "expert", "public")),
        Break("fund without its sum", "须写明金额", {"amount": None}),
        Break("fund without its source", "大额资金须写明资金来源", {"fund_source": None}),
        Break("fund of no budget", "大额资金须写明预算科目", {"budget_item": None}),
        Break("project without purchase", "重大项目须写明采购方式", {"category": "project", "procurement_mode": None}),
        Break("bought of nobody", "供应商在会前就定了", {"procurement_mode": "direct", "supplier": None}),
        Break("carried out by nobody", "采购已经执行，请写明供应商", {"follow_result": "done", "supplier": None}),
        Break("appointment of nobody", "重要干部任免须逐人登记拟任免人选", {"category": "appointment"},
              {"candidate": ()}),
        Break("not needed, unexplained", "请写明理由", {"expert": "not_needed", "preparation_note": None}),
        Break("point open", "审查要点还没有核对：示例要点",
              rows={"check": (row_of(_REVIEW, "check", words="示例要点", answer=None),)}),
        Break("doubt unexplained", "存疑的要点请写明情况：示例要点",
              rows={"check": (row_of(_REVIEW, "check", words="示例要点", answer="no", note=None),)}),
        Break("flags not looked at", "风险提示还没有核实", {"flags_seen": False}),
        Break("opinion without a reason", "须在“意见内容”中写明理由",
              {"opinion": "out_of_scope", "opinion_text": None}),
        Break("opinion without words", "这种意见须逐条写明意见建议", {"opinion": "after_supplement"},
              {"suggestion": ()}),
        Break("signed by a relative", "示例亲属与本议题有利害关系", {"signer": RELATIVE}),
        Break("suggestion unanswered", "还有意见建议没有登记采纳情况",
              rows={"suggestion": (row_of(_REVIEW, "suggestion", adopted=None),)}),
        Break("nobody stepped back", "请写明回避的是谁", {"recusal_list": None}),
        Break("candidate nobody asked about", "任免人选上会前须有廉政意见回复，请写明回复编号：示例某",
              {"category": "appointment"}, {"candidate": (row_of(_REVIEW, "candidate", person=SUBJECT,
                                                                  opinion_ref=None),)}),
        Break("adoption not told", "请登记采纳情况", {"opinion": "postpone", "adopted": None}),
        Break("not recused", "有应回避人员还没有回避", {"recused": False}),
        Break("nothing changed", "议题内容没有变化，不用重新审查", {"changed_after_review": False}),
        Break("nobody for it", "请登记赞成票数", {"vote_for": None}),
        Break("nobody against it", "请登记反对票数", {"vote_against": None}),
        Break("nobody abstained", "请登记弃权票数", {"vote_abstain": None}),
        Break("change not described", "请写明变化内容", {"change_note": None}),
    ),
)  # fmt: skip
REVIEWS = (MEETING, REVIEW)
