"""How a lead and a case end beside a punishment: 第一种形态, 澄清正名, and the file in the archive."""

from paizhu.base.field import Choice
from paizhu.base.flow import Facts
from paizhu.base.rows import Problem
from paizhu.registers.record import Mapped, Ref, Sens, choice, choices, date, day, line, person, text

CLARIFY_MODES = (
    Choice("written", "书面澄清", ("书面",)),
    Choice("face", "当面澄清", ("当面",)),
    Choice("meeting", "会议澄清", ("会议",)),
    Choice("circular", "通报澄清", ("通报",)),
)
CLARIFY_WISHES = (
    Choice("wanted", "本人要求澄清", ("要求澄清", "同意", "是")),
    Choice("limited", "同意小范围澄清", ("小范围",)),
    Choice("refused", "本人不愿澄清", ("不愿澄清", "不同意", "否")),
)
RETENTIONS = (
    Choice("permanent", "永久"),
    Choice("years_30", "30年", ("三十年", "长期")),
    Choice("years_10", "10年", ("十年", "短期")),
)


class Ended:
    """Columns of the last stages that a lead and a case both keep."""

    first_decided_at: Mapped[date | None] = day("第一种形态处理日期", sens=Sens.P3, aliases=("谈话提醒日期",))
    first_decided_by: Mapped[str | None] = line("第一种形态决定机关", sens=Sens.P3)
    clarify_assessment: Mapped[str | None] = text("澄清评估意见", sens=Sens.P3)
    clarify_approver: Mapped[Ref | None] = person("澄清批准人", sens=Sens.P3)
    clarify_approved_at: Mapped[date | None] = day("澄清批准日期", sens=Sens.P3)
    clarify_wish: Mapped[str | None] = choice("本人澄清意愿", CLARIFY_WISHES, sens=Sens.P3)
    clarify_modes: Mapped[tuple[str, ...] | None] = choices(
        "澄清方式", CLARIFY_MODES, sens=Sens.P3, help="当面、会议、通报澄清都须同时书面澄清"
    )
    clarify_scope: Mapped[str | None] = line("澄清范围", sens=Sens.P3, help="只就失实部分澄清，不作整体评价")
    clarify_at: Mapped[date | None] = day("澄清日期", sens=Sens.P3, aliases=("澄清时间",))
    clarify_feedback: Mapped[str | None] = text("澄清反馈情况", sens=Sens.P3, aliases=("澄清效果",))
    retention: Mapped[str | None] = choice("保管期限", RETENTIONS, sens=Sens.P3)


CLARIFY = (
    "clarify_assessment",
    "clarify_approver",
    "clarify_approved_at",
    "clarify_wish",
    "clarify_modes",
    "clarify_scope",
    "clarify_at",
    "clarify_feedback",
)
"""Names of the clarification, for a section of the form."""

# Entering the state begins the work, so only what must be settled before it is asked for; the rest is asked
# for on leaving. A person may not wish any clarification, but the wish itself must be known.
CLARIFY_BEGINS = ("clarify_assessment", "clarify_approver", "clarify_approved_at", "clarify_wish")
CLARIFY_ENDS = ("clarify_modes", "clarify_scope", "clarify_at", "clarify_feedback")


def clarified_in_writing(facts: Facts) -> Problem | None:
    """Refuse a clarification without its written part (失实检举控告澄清工作的意见: the other modes come with it)."""
    modes = facts.values.get("clarify_modes")
    if isinstance(modes, tuple) and "written" in modes:
        return None
    return Problem("clarify_modes", "澄清须有书面方式：当面、会议、通报澄清的，也须同时书面澄清", "guard")


def clarification_wished(facts: Facts) -> str | None:
    """Refuse to clarify against the person's own wish (失实检举控告澄清工作的意见: 尊重本人意愿)."""
    return "本人不愿澄清的，不作澄清，请直接归档" if facts.values.get("clarify_wish") == "refused" else None
