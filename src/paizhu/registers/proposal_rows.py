"""Rows under a letter: the problems it names and the suggestions it makes."""

from datetime import date

from paizhu.base.register import Register, Section
from paizhu.registers.choices import ADOPTION
from paizhu.registers.finding_choices import CATEGORIES
from paizhu.registers.record import Child, Mapped, Ref, Sens, choice, day, fields_of, link, person, text


class ProposalProblem(Child):
    """One problem the letter names; ``finding_ref`` is the record that follows it until it is struck off."""

    __tablename__ = "proposal_problem"

    problem: Mapped[str] = text("问题", searchable=True, aliases=("存在问题", "问题描述", "主要问题"))
    basis: Mapped[str | None] = text("依据", aliases=("问题依据", "违反规定"))
    category: Mapped[str | None] = choice("问题类别", CATEGORIES, aliases=("类别",))
    requirement: Mapped[str | None] = text("整改要求", aliases=("要求",))
    due: Mapped[date | None] = day("整改期限", planned=True, aliases=("整改时限", "期限"))
    duty_person: Mapped[Ref | None] = person("责任人", aliases=("整改责任人",))
    finding_ref: Mapped[Ref | None] = link("对应问题记录", "finding", aliases=("问题编号",))


class ProposalSuggestion(Child):
    """One suggestion, and whether the unit took it up; a refusal says why (监察法 第七十一条)."""

    __tablename__ = "proposal_suggestion"

    words: Mapped[str] = text("建议", searchable=True, aliases=("建议内容", "建议措施"))
    adopted: Mapped[str | None] = choice("采纳情况", ADOPTION, sens=Sens.P0, aliases=("是否采纳", "采纳"))
    reason: Mapped[str | None] = text("不采纳理由", aliases=("未采纳理由", "理由"))
    done: Mapped[str | None] = text("落实情况", aliases=("落实",))
    finding_ref: Mapped[Ref | None] = link("对应问题记录", "finding", aliases=("问题编号",))


PROBLEMS = Register(
    key="problems",
    label="存在问题",
    model=ProposalProblem,
    fields=fields_of(ProposalProblem),
    sections=(Section("问题", ("problem", "basis", "category", "requirement", "due", "duty_person", "finding_ref")),),
    columns=("problem", "basis", "requirement", "due", "duty_person", "finding_ref"),
    identity=("problem",),
    title=("problem",),
)
SUGGESTIONS = Register(
    key="suggestions",
    label="建议措施",
    model=ProposalSuggestion,
    fields=fields_of(ProposalSuggestion),
    sections=(Section("建议", ("words", "adopted", "reason", "done", "finding_ref")),),
    columns=("words", "adopted", "reason", "done", "finding_ref"),
    identity=("words",),
    title=("words",),
)
