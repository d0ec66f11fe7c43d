"""Rows under a supervision activity: what was advised on the spot, and what became of it."""

from paizhu.base.register import Register, Section
from paizhu.registers.choices import ADOPTION
from paizhu.registers.record import Child, Mapped, Ref, Sens, choice, fields_of, link, text, unit


class ActivityAdvice(Child):
    """One opinion or suggestion given without a letter; those of a letter stand with the letter."""

    __tablename__ = "activity_advice"

    words: Mapped[str] = text("意见建议", sens=Sens.P1, searchable=True, aliases=("建议", "意见", "建议内容"))
    unit: Mapped[Ref | None] = unit("对象单位", aliases=("单位", "责任单位"))
    adopted: Mapped[str | None] = choice("采纳情况", ADOPTION, sens=Sens.P0, aliases=("是否采纳", "采纳"))
    reason: Mapped[str | None] = text("未采纳理由", aliases=("理由", "说明"))
    finding_ref: Mapped[Ref | None] = link("对应问题", "finding", aliases=("问题编号",))


ADVICE = Register(
    key="advice",
    label="提出的意见建议",
    model=ActivityAdvice,
    fields=fields_of(ActivityAdvice),
    sections=(Section("意见建议", ("words", "unit", "adopted", "reason", "finding_ref")),),
    columns=("words", "unit", "adopted", "reason", "finding_ref"),
    identity=("words",),
    title=("words",),
)
