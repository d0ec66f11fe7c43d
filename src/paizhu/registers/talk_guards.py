"""What stands against a step of a talk: one person alone, a lead that is not named, approval that is missing."""

from collections.abc import Sequence

from paizhu.base.asked import Asked, chosen, empty, given, kept_elsewhere, lacking, no, other_than, yes
from paizhu.base.flow import FILE, OTHER_WAY, Facts
from paizhu.base.rows import Elsewhere, Problem, Ref
from paizhu.registers.guards import recusal, same, several, unit_written
from paizhu.registers.talk_choices import LEAD_TALKS

TWO_TALKERS, APPROVAL, PAGE = "two_talkers", "approval", "signed_page"
"""What rule data may say of a kind of talk: two on the talking side, approval before it, a signed page behind it."""
_SIDE = ("talker", "companion", "recorder")
_TOLD_TO_MANY = ("collective", "holiday")


def two_people(facts: Facts) -> Problem | None:
    """Refuse a talk held by one person alone where its kind demands two (监察法 第四十四条, 政务处分法 第四十二条).

    A kind the rule data does not speak of demands two.
    """
    if facts.rule(TWO_TALKERS, str(facts.values.get("kind") or "")) is False or several(facts.values, *_SIDE):
        return None
    return Problem("companion", "谈话一方须有两人以上：请写明陪谈人或记录人，本组只有一人时写明其单位", "guard")


_COMPANION_PLACED = unit_written(_SIDE, "companion_unit", "陪谈人单位")


def companion_placed(facts: Facts) -> str | Problem | Sequence[Problem] | None:
    """Refuse a second talker from nowhere, where the kind of talk demands two (``domain.md`` 8.3)."""
    if facts.rule(TWO_TALKERS, str(facts.values.get("kind") or "")) is False:
        return None
    return _COMPANION_PLACED(facts)


OWN_TALK = recusal(("subject",), _SIDE)
"""Nobody talks on the group's side with himself or a relative (``domain.md`` 8.2)."""
OWN_APPROVAL = recusal(("subject",), ("approver",))
"""Nobody approves a talk with himself or a relative."""


def _approved_by_himself(facts: Facts) -> Ref | None:
    """Return with whom the officer wants to talk on his own approval; None where somebody else approves."""
    subject, approver = facts.values.get("subject"), facts.values.get("approver")
    if not isinstance(subject, Ref) or not isinstance(approver, Ref) or facts.user is None:
        return None
    return subject if same(approver, facts.user) else None


def approved_above(facts: Facts) -> Problem | None:
    """Refuse the officer's own approval of a talk with a cadre above the head's authority (domain 3.4: commission)."""
    subject = _approved_by_himself(facts)
    if subject is None or not facts.above(subject):
        return None
    words = f"{subject.label}由上级党委或派出机关管理，谈话须由派出机关领导批准，请写明批准的领导"
    return Problem("approver", words, "guard")


def approved_on_grounds(facts: Facts) -> Problem | None:
    """Ask on what grounds the officer approves himself where nobody knows who manages the cadre (domain 3.4: by level).

    A talk to many has no such person, and of a talk about a lead the words are asked for anyway.
    """
    subject = _approved_by_himself(facts)
    if subject is None or facts.above(subject) is not None or not empty(facts.values.get("approve_note")):
        return None
    if facts.values.get("kind") in _TOLD_TO_MANY or APPROVAL_WORDED.lacks(facts.values):
        return None
    gap, mended = f"名册没有写明{subject.label}的干部管理权限", "先在名册写明干部管理权限"
    if not subject.linked:
        gap, mended = f"{subject.label}不在名册里，干部由谁管理无从核对", "把谈话对象选为名册里的人"
    words = f"{gap}：您本人批准的，请在“审批意见”写明由您批准的依据；也可以{mended}"
    there = Elsewhere(subject, "cadre_authority", f"到名册补写{subject.label}的干部管理权限")
    return Problem("approve_note", words, "guard", elsewhere=there if subject.linked else None)


def requirements_met(facts: Facts) -> Problem | None:
    """Refuse to file a talk away while something it required is open (domain 3.4: requirement rows done)."""
    left = [str(row.get("words")) for row in facts.rows.get("requirement", ()) if not row.get("done_at")]
    if not left:
        return None
    words = f"提出的要求还没有落实：{'、'.join(left)}。落实后登记完成日期，还要等的先转后续跟踪"
    return Problem("requirement", words, "guard")


_ABOUT_A_LEAD = chosen("kind", "lead_reminder") | given("lead_ref")
LEAD_NAMED = Asked(
    "lead_ref",
    "“谈话提醒（线索处置）”须写明涉及的问题线索，只有这样的谈话计入第一种形态",
    chosen("kind", "lead_reminder"),
)
"""A disposal talk names its lead: only those count as 第一种形态."""
PLANNED = kept_elsewhere(
    "plan_kept_in",
    "plan",
    "涉及线索的谈话须先有谈话方案：请附在“谈话方案”里，不附的在“谈话方案存放处”写明存在哪里",
    _ABOUT_A_LEAD,
)
SAFETY_PLANNED = Asked("safety_plan", "涉及线索的谈话须先有安全预案，请写明安全预案", _ABOUT_A_LEAD)
"""Approval for a talk about a lead is asked with its two plans (domain 3.4, 监督执纪工作规则 第二十八条)."""
APPROVAL_WORDED = Asked(
    "approve_note",
    "涉及线索的谈话按权限审批，请写明审批意见（呈批表上的批示）",
    chosen("kind", *LEAD_TALKS) | given("lead_ref"),
)
"""A talk about a lead is approved in words (domain 2.3: lead talks, by level); any other by name and day."""
HEADS_COUNTED = Asked("headcount", "集体廉政谈话须写明集体人数，统计人次用", chosen("kind", "collective"))
"""A collective talk says how many took part (domain 2.3: 场次 1, 人次 n)."""
_WITH_ONE = other_than("kind", *_TOLD_TO_MANY) | lacking("kind")
SUBJECT_DESCRIBED = tuple(
    Asked(name, words, _WITH_ONE, first=True)
    for name, words in (
        ("subject_unit", "“对象单位”还没有填写"),
        ("subject_post", "“对象职务”还没有填写（没有职务的，写“无”）"),
        ("subject_rank", "“对象职级”还没有填写"),
        ("subject_political", "“对象政治面貌”还没有填写"),
    )
)
"""Who is talked with, as he stands on that day (domain 2.3: snapshot); a talk to many has no such person."""
WRITTEN_UP = (
    Asked("end_at", "谈话记录须有起止时间，请填写结束时间（记不清几点的，只填日期）"),
    Asked("recorder", "谈话记录须写明由谁记录（主谈人自己记的，写主谈人）"),
    Asked(
        "subject_statement",
        "请写明对象的表态或说明（没有表态的，写“无”）",
        _WITH_ONE,
    ),
)
"""What a record of a talk holds beside its words (domain 2.3, 7.2): from when to when, by whose hand, the answer.

A collective talk or a reminder before a holiday is told to many, and nobody answers for himself.
"""
SIGNED = (
    Asked("signed_at", "已核对签字的，请填写签字日期", yes("signed")),
    Asked("refuse_reason", "对象未签字的，须写明拒签原因", no("signed")),
)
"""A signature has its day, and a refusal its reason (domain 2.3: signed, signed_at, refuse_reason)."""


def requirements_said(facts: Facts) -> Problem | None:
    """Refuse a record that does not say what was required (domain 3.4), unless nothing is to follow the talk."""
    values = facts.values
    if values.get("follow_up") == "none" or not empty(values.get("requirements")) or facts.rows.get("requirement"):
        return None
    return Problem("requirements", "请写明提出的要求（没有要求的，把“后续措施”选为“无”）", "guard")


def routine_only(facts: Facts) -> Problem | None:
    """Refuse to skip approval for a talk that disposes of a lead, whatever the rule data says."""
    kind = facts.values.get("kind")
    if kind in LEAD_TALKS or facts.values.get("lead_ref"):
        return Problem("", "涉及线索的谈话须先报批，不能直接登记谈话", OTHER_WAY)
    if facts.rule(APPROVAL, str(kind or "")):
        return Problem("", "本单位规定这类谈话先报批：请先提交审批，批准后再登记谈话", OTHER_WAY)
    return None


def page_kept(facts: Facts) -> Problem | None:
    """Refuse to file a talk before the page both sides signed is kept with it (domain 2.3: read and sign each page).

    A refusal noted with its reason, or a reason why there is no such page, stands for it. A kind the rule data does
    not speak of needs the page.
    """
    values = facts.values
    if facts.rule(PAGE, str(values.get("kind") or "")) is False:
        return None
    if values.get("signed_page") or values.get("refuse_reason") or values.get("no_signed_page"):
        return None
    return Problem("signed_page", "须先补：双方签字页扫描件", FILE)
