"""Rows under a responsibility item: its periods, and the times it was urged."""

from datetime import date

from paizhu.base.register import LimitFrom, Register, Section
from paizhu.base.rows import Values
from paizhu.registers.record import Child, Choice, Mapped, Ref, Sens, choice, day, fields_of, line, link, text

URGING_WAYS = (
    Choice("remind", "提醒", ("口头提醒", "电话提醒")),
    Choice("letter", "提醒函", ("督办函", "催办单", "书面提醒")),
    Choice("summons", "约谈"),
)
DONE = "done"
COMPLETION = (
    Choice("not_begun", "未开展", ("未开始",)),
    Choice("partly", "部分完成", ("推进中",)),
    Choice(DONE, "已完成", ("完成",)),
)


class DutyPeriod(Child):
    """What was done in one period of a recurring item, with the day by which it was to be reported."""

    __tablename__ = "duty_period"

    period: Mapped[str] = line("期次", sens=Sens.P0, aliases=("季度", "月份", "时段"), help="如：2026年一季度")
    due: Mapped[date | None] = day("报送期限", planned=True, sens=Sens.P0, aliases=("期限", "时限"))
    completion: Mapped[str | None] = choice("完成度", COMPLETION, sens=Sens.P0, aliases=("完成情况", "是否完成"))
    note: Mapped[str | None] = text("说明", sens=Sens.P0, searchable=True, aliases=("进展情况", "落实情况"))
    reported_at: Mapped[date | None] = day("报送日期", sens=Sens.P0, aliases=("报送时间",))
    material: Mapped[str | None] = line("应交佐证", sens=Sens.P0, aliases=("应交材料",), help="如：三季度风险点台账")
    no_evidence: Mapped[str | None] = line("不附佐证的理由", sens=Sens.P0, aliases=("无佐证理由",))


def period_done(period: Values) -> bool:
    """Tell whether a period was carried out: it says so, or it was reported and says nothing else."""
    completion = period.get("completion")
    return completion == DONE or (completion is None and period.get("reported_at") is not None)


class DutyUrging(Child):
    """One urging of a late item: the first time 提醒, then 提醒函, then 约谈 (3.6)."""

    __tablename__ = "duty_urging"

    urged_at: Mapped[date] = day("督办日期", aliases=("日期", "提醒日期", "督办时间"))
    way: Mapped[str | None] = choice("督办方式", URGING_WAYS, wanted=True, aliases=("方式",))
    whom: Mapped[Ref | None] = link("督办对象", "person", "unit", wanted=True, aliases=("对象", "被督办人"))
    reply_due: Mapped[date | None] = day("答复期限", planned=True, after=("urged_at",), aliases=("限期",))
    reply: Mapped[str | None] = text("答复情况", searchable=True, aliases=("答复", "回复情况"))


PERIOD = Register(
    key="period",
    label="分期进展",
    model=DutyPeriod,
    fields=fields_of(DutyPeriod),
    sections=(
        Section("分期进展", ("period", "due", "completion", "note", "reported_at")),
        Section("佐证", ("material", "no_evidence")),
    ),
    columns=("period", "due", "completion", "note", "reported_at"),
    identity=("period",),
    title=("period",),
    main_date="due",
    limits=(LimitFrom("due", until=("reported_at",), what="报送分期进展", action="reported_at"),),
)
URGING = Register(
    key="urging",
    label="督办记录",
    model=DutyUrging,
    fields=fields_of(DutyUrging),
    sections=(Section("督办", ("urged_at", "way", "whom", "reply_due", "reply")),),
    columns=("urged_at", "way", "whom", "reply_due", "reply"),
    identity=("urged_at", "way"),
    title=("way", "urged_at"),
    main_date="urged_at",
    limits=(LimitFrom("reply_due", until=("reply",), what="答复督办", action="reply"),),
)
