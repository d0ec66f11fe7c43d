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
    (),
)
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
        Break("fund without its source", "这类事项还要填写：资金来源", {"fund_source": None}),
        Break("appointment of nobody", "重要干部任免须逐人登记拟任免人选", {"category": "appointment"},
              {"candidate": ()}),
        Break("not needed, unexplained", "请写明理由", {"expert": "not_needed", "preparation_note": None}),
        Break("point open", "审查要点还没有核对：示例要点",
              rows={"check": (row_of(_REVIEW, "check", words="示例要点", answer=None),)}),
        Break("doubt unexplained", "存疑的要点请写明情况：示例要点",
              rows={"check": (row_of(_REVIEW, "check", words="示例要点", answer="no", note=None),)}),
        Break("flags not looked at", "风险提示还没有核实", {"flags_seen": False}),
        Break("opinion without words", "这种意见须逐条写明意见建议", {"opinion": "after_supplement"},
              {"suggestion": ()}),
        Break("signed by a relative", "示例亲属与本议题有利害关系", {"signer": RELATIVE}),
        Break("suggestion unanswered", "还有意见建议没有登记采纳情况",
              rows={"suggestion": (row_of(_REVIEW, "suggestion", adopted=None),)}),
        Break("not recused", "有应回避人员还没有回避", {"recused": False}),
        Break("nothing changed", "议题内容没有变化，不用重新审查", {"changed_after_review": False}),
        Break("votes not counted", "请登记赞成、反对、弃权票数", {"vote_against": None}),
        Break("change not described", "请写明变化内容", {"change_note": None}),
    ),
)  # fmt: skip
REVIEWS = (MEETING, REVIEW)
