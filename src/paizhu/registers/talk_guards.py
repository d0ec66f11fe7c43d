"""What stands against a step of a talk: one person alone, a lead that is not named, approval that is missing."""

from collections.abc import Sequence

from paizhu.base.flow import FILE, OTHER_WAY, Facts
from paizhu.base.rows import Problem
from paizhu.registers.guards import empty, recusal, several, unit_written
from paizhu.registers.talk_choices import LEAD_TALKS

TWO_TALKERS, APPROVAL, PAGE = "two_talkers", "approval", "signed_page"
"""What rule data may say of a kind of talk: two on the talking side, approval before it, a signed page behind it."""
_SIDE = ("talker", "companion", "recorder")


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


def requirements_met(facts: Facts) -> Problem | None:
    """Refuse to file a talk away while something it required is open (domain 3.4: requirement rows done)."""
    left = [str(row.get("words")) for row in facts.rows.get("requirement", ()) if not row.get("done_at")]
    if not left:
        return None
    words = f"提出的要求还没有落实：{'、'.join(left)}。落实后登记完成日期，还要等的先转后续跟踪"
    return Problem("requirement", words, "guard")


def lead_named(facts: Facts) -> Problem | None:
    """Refuse a disposal talk that does not name its lead: only those count as 第一种形态."""
    if facts.values.get("kind") == "lead_reminder" and not facts.values.get("lead_ref"):
        return Problem("lead_ref", "“谈话提醒（线索处置）”须写明涉及的问题线索", "guard")
    return None


def safety_planned(facts: Facts) -> Problem | None:
    """Refuse to ask approval for a talk about a lead without its safety plan (domain 3.4, 监督执纪工作规则 第二十八条).

    The plan of the talk is a paper that may be kept outside the program, as in the course of a lead.
    """
    about_a_lead = facts.values.get("kind") == "lead_reminder" or not empty(facts.values.get("lead_ref"))
    if about_a_lead and empty(facts.values.get("safety_plan")):
        return Problem("safety_plan", "涉及线索的谈话须先有安全预案，请写明安全预案", "guard")
    return None


def heads_counted(facts: Facts) -> Problem | None:
    """Refuse a collective talk that does not say how many took part (domain 2.3: 场次 1, 人次 n)."""
    if facts.values.get("kind") == "collective" and facts.values.get("headcount") is None:
        return Problem("headcount", "集体廉政谈话须写明集体人数，统计人次用", "guard")
    return None


def requirements_said(facts: Facts) -> Problem | None:
    """Refuse a record that does not say what was required (domain 3.4), unless nothing is to follow the talk."""
    values = facts.values
    if values.get("follow_up") == "none" or not empty(values.get("requirements")) or facts.rows.get("requirement"):
        return None
    return Problem("requirements", "请写明提出的要求；没有要求的，把“后续措施”选为“无”", "guard")


def routine_only(facts: Facts) -> Problem | None:
    """Refuse to skip approval for a talk that disposes of a lead, whatever the rule data says."""
    kind = facts.values.get("kind")
    if kind in LEAD_TALKS or facts.values.get("lead_ref"):
        return Problem("", "涉及线索的谈话须先报批，不能直接登记谈话", OTHER_WAY)
    if facts.rule(APPROVAL, str(kind or "")):
        return Problem("", "本单位规定这类谈话先报批：请先提交审批，批准后再登记谈话", OTHER_WAY)
    return None


def signed_or_refused(facts: Facts) -> Problem | None:
    """Refuse a record that was not signed without the reason; while nothing is said of it, the step asks for that."""
    if facts.values.get("signed") is not False or facts.values.get("refuse_reason"):
        return None
    return Problem("refuse_reason", "对象未签字的，须写明拒签原因", "guard")


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
