"""Duties, activities, findings and risks: values with which every step can be taken, and what breaks each guard."""

from paizhu.registers import register
from tests.guards.ground import AHEAD, LENT, RELATIVE, Break, Ground, filled, row_of
from tests.unit.registers.case_values import DAY, OFFICER, SECOND, SUBJECT

_DUTY, _ACTIVITY, _FINDING, _RISK = map(register, ("duty_item", "supervision_activity", "finding", "risk_point"))
DUTY = Ground(
    _DUTY,
    filled(_DUTY, evidence=1, no_evidence=None, check_result="done", due_date=DAY, series=None, repeats=None),
    {"period": (row_of(_DUTY, "period", no_evidence=None),), "urging": (row_of(_DUTY, "urging"),)},
    {},
    (
        Break("nobody answers", "责任人", dict.fromkeys(("owner", "duty_dept", "lead_leader", "lead_dept"))),
        Break("urged nobody", "的督办还没有写督办对象", rows={"urging": (row_of(_DUTY, "urging", whom=None),)}),
        Break("extended by nobody", "延期（示例）还没有写批准人",
              rows={"duty_extension": (row_of(_DUTY, "duty_extension", reason="示例", approver=None),)}),
        Break("no evidence", "佐证材料缺 1 份", {"evidence": None}),
        Break("not late", "还没有过完成时限", {"due_date": AHEAD}),
        Break("not carried out", "督查结论是“未落实”", {"check_result": "not_done"}),
    ),
)  # fmt: skip
ACTIVITY = Ground(
    _ACTIVITY,
    filled(_ACTIVITY, kind="routine", members=(OFFICER, SECOND), talked=(SUBJECT,), suggestions=None),
    {},
    {
        ("planned", "approved"): {"kind": "special"},
    },
    (
        Break("a plan is asked", "专项检查、专题调研和明察暗访须先有方案并经批准", {"kind": "special"}),
        Break("alone", "检查须两人以上", {"members": (OFFICER,)}),
        Break("with somebody from nowhere", "请在“第二人单位”里写明其单位",
              {"members": (OFFICER, LENT), "member_unit": None}),
        Break("with a relative", "示例亲属与示例某有登记的亲属或利害关系", {"members": (OFFICER, RELATIVE)}),
        Break("no way of checking", "请写明监督方式", {"methods": None}),
        Break("something was suggested", "请先反馈被检查单位，再办结", {"suggestions": 2}),
        Break("not all rectified", "还有 2 个问题没有销号", {"open_findings": 2}),
    ),
)  # fmt: skip
_GRANTED = row_of(_FINDING, "finding_extension", new_due=DAY)
FINDING = Ground(
    _FINDING,
    filled(_FINDING, due=DAY, redo_due=DAY, term_kind="by_day", evidence=1, duty_leader=SUBJECT, duty_person=SUBJECT,
           acceptors=(OFFICER, SECOND), accept_result="passed", look_back_result="kept", papers_filed=True,
           repeat_of=None),
    {"progress": (row_of(_FINDING, "progress"),), "finding_extension": (_GRANTED,)},
    {
        ("accepting", "sent_back"): {"accept_result": "sent_back"},
        ("look_back", "sent_back"): {"look_back_result": "again"},
    },
    (
        Break("nobody answers", "请写明责任单位或责任人", dict.fromkeys(("duty_unit", "duty_person", "duty_leader"))),
        Break("without a day", "请写明整改期限", {"due": None}),
        Break("not late", "整改期限是 2027-03-01，还没有过", {"redo_due": AHEAD}),
        Break("no evidence", "“佐证材料”还没有", {"evidence": 0}),
        Break("extension not granted", "请在“整改延期”里写明延至哪一天、由谁批准",
              rows={"finding_extension": (row_of(_FINDING, "finding_extension", new_due=DAY, approver=None),)}),
        Break("accepted alone", "验收须有两人以上", {"acceptors": (OFFICER,)}),
        Break("accepted with somebody from nowhere", "请在“第二名验收人单位”里写明其单位",
              {"acceptors": (OFFICER, LENT), "acceptor_unit": None}),
        Break("accepted by a relative", "示例亲属与示例某有登记的亲属或利害关系", {"acceptors": (OFFICER, RELATIVE)}),
        Break("not passed", "验收结论不是“通过”", {"accept_result": "sent_back"}),
        Break("passed", "验收结论不是“退回重改”", {"accept_result": "passed"}),
        Break("relapsed", "回头看发现反弹，不能办结", {"look_back_result": "again"}),
        Break("not relapsed", "回头看没有发现反弹", {"look_back_result": "kept"}),
        Break("papers not filed", "整改材料还没有归齐", {"papers_filed": False}),
    ),
)  # fmt: skip
RISK = Ground(
    _RISK,
    filled(_RISK, level="mid", likelihood=2, impact=3),
    {"regrade": (row_of(_RISK, "regrade", before="high", after="mid"),)},
    {},
    (Break("still the highest", "风险等级还是“高”", {"level": "high"}),),
)
WORK = (DUTY, ACTIVITY, FINDING, RISK)
