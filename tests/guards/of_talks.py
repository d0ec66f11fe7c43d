"""Talks: values with which every step can be taken, and what breaks each guard."""

from paizhu.base.rows import Ref
from paizhu.registers import register
from tests.guards.ground import ABOVE, LENT, RELATIVE, Break, Ground, filled, row_of
from tests.unit.registers.case_values import LEADER, OFFICER, SECOND, SUBJECT, THIRD

_TALK = register("integrity_talk")
TALK = Ground(
    _TALK,
    filled(_TALK, kind="routine", subject=SUBJECT, approver=LEADER, talker=OFFICER, companion=SECOND, recorder=THIRD,
           lead_ref=None, signed=True, refuse_reason=None, no_signed_page=None, signed_page=1, plan_kept_in=None,
           plan=1),
    {"point": (row_of(_TALK, "point"),), "requirement": (row_of(_TALK, "requirement"),)},
    {
        ("follow_up", "to_lead"): {"lead_ref": Ref("线〔2026〕0001")},
        ("revisit", "to_lead"): {"lead_ref": Ref("线〔2026〕0001")},
    },
    (
        Break("about a lead, not approved", "涉及线索的谈话须先报批", {"lead_ref": Ref("线〔2026〕0001")}),
        Break("unit not told", "“对象单位”还没有填写", {"subject_unit": None, "subject": LENT}),
        Break("post not told", "“对象职务”还没有填写", {"subject_post": None, "subject": LENT}),
        Break("rank not told", "“对象职级”还没有填写", {"subject_rank": None, "subject": LENT}),
        Break("party not told", "“对象政治面貌”还没有填写", {"subject_political": None, "subject": LENT}),
        Break("alone", "谈话一方须有两人以上", {"companion": None, "recorder": OFFICER}),
        Break("with somebody from nowhere", "请在“陪谈人单位”里写明其单位",
              {"companion": LENT, "companion_unit": None}),
        Break("held by a relative", "示例亲属与示例某有登记的亲属或利害关系", {"recorder": RELATIVE}),
        Break("lead not named", "须写明涉及的问题线索", {"kind": "lead_reminder"}),
        Break("neither signed nor refused", "对象未签字的，须写明拒签原因", {"signed": False}),
        Break("about a lead, without a plan", "涉及线索的谈话须先有谈话方案",
              {"lead_ref": Ref("线〔2026〕0001"), "plan": None}),
        Break("about a lead, without a safety plan", "请写明安全预案",
              {"lead_ref": Ref("线〔2026〕0001"), "safety_plan": None}),
        Break("about a lead, approved without words", "请写明审批意见",
              {"lead_ref": Ref("线〔2026〕0001"), "approve_note": None}),
        Break("approved by himself", "示例上级管理的干部由上级党委或派出机关管理",
              {"subject": ABOVE, "approver": OFFICER}),
        Break("approved by himself, managed by nobody knows whom", "示例借调人不在名册里，干部由谁管理无从核对",
              {"subject": LENT, "approver": OFFICER, "approve_note": None}),
        Break("without an end", "请填写结束时间", {"end_at": None}),
        Break("written by nobody", "须写明由谁记录", {"recorder": None}),
        Break("without an answer", "请写明对象的表态", {"subject_statement": None}),
        Break("signed on no day", "请填写签字日期", {"signed_at": None}),
        Break("approved by a relative", "示例亲属与示例某有登记的亲属或利害关系", {"approver": RELATIVE}),
        Break("collective, nobody counted", "集体廉政谈话须写明集体人数", {"kind": "collective", "headcount": None}),
        Break("nothing required", "请写明提出的要求", {"requirements": None, "follow_up": "track"},
              {"requirement": ()}),
        Break("page not kept", "双方签字页扫描件", {"signed_page": None}),
        Break("requirement open", "提出的要求还没有落实：示例要求",
              rows={"requirement": (row_of(_TALK, "requirement", words="示例要求", done_at=None),)}),
    ),
)  # fmt: skip
TALKS = (TALK,)
