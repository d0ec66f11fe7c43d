"""Rows of the integrity archive that come year by year: reports, education, awards, summaries (E, F, K, L)."""

from datetime import date

from paizhu.base.register import Register, Section
from paizhu.registers.record import Child, Choice, Mapped, Sens, choice, day, fields_of, integer, line, text

P0 = Sens.P0
REWARD_KINDS = (
    Choice("title", "荣誉称号", ("先进个人", "优秀共产党员", "先进工作者")),
    Choice("merit", "记功嘉奖", ("嘉奖", "三等功", "二等功", "记功")),
    Choice("praise", "通报表扬", ("通报表彰",)),
    Choice("assessed", "年度考核优秀", ("考核优秀",)),
    Choice("other", "其他"),
)


class ArchiveReport(Child):
    """Part E: one report on duty and integrity (述责述廉)."""

    __tablename__ = "arc_report"

    year: Mapped[int] = integer("述责年度", aliases=("年度",))
    on: Mapped[date | None] = day("述责时间", aliases=("时间",))
    place: Mapped[str | None] = line("地点")
    content: Mapped[str | None] = text("主要内容", wanted=True, aliases=("内容",))
    rating: Mapped[str | None] = line("评议结果", aliases=("评议", "测评结果"))
    advice: Mapped[str | None] = text("意见建议")


class ArchiveEducation(Child):
    """Part F: one piece of integrity education the person took part in."""

    __tablename__ = "arc_education"

    on: Mapped[date] = day("教育时间", sens=P0, aliases=("时间",))
    place: Mapped[str | None] = line("地点", sens=P0)
    activity: Mapped[str | None] = line("教育活动", wanted=True, sens=P0, aliases=("活动",))
    host: Mapped[str | None] = line("主办单位", sens=P0, aliases=("主办",))


class ArchiveReward(Child):
    """Part K: one award."""

    __tablename__ = "arc_reward"

    kind: Mapped[str | None] = choice("奖励类型", REWARD_KINDS, wanted=True, sens=P0, aliases=("类型",))
    on: Mapped[date | None] = day("奖励时间", sens=P0, aliases=("时间",))
    given_by: Mapped[str | None] = line("授予单位", sens=P0, aliases=("单位", "奖励单位"))
    content: Mapped[str] = line("奖励内容", sens=P0, aliases=("内容", "奖励名称"))


class ArchiveSummary(Child):
    """Part L: what the person says of a year, with a promise, signed."""

    __tablename__ = "arc_summary"

    year: Mapped[int] = integer("小结年度", aliases=("年度",))
    content: Mapped[str | None] = text("小结内容", wanted=True, aliases=("内容",))
    promise: Mapped[str | None] = text("承诺")
    more: Mapped[str | None] = text("其他需说明事项", aliases=("其他需说明",))


REPORT = Register(
    key="arc_report",
    label="述责述廉",
    model=ArchiveReport,
    fields=fields_of(ArchiveReport),
    sections=(Section("述责述廉", ("year", "on", "place", "content", "rating", "advice")),),
    columns=("year", "on", "content", "rating"),
    identity=("year",),
    title=("year",),
    main_date="on",
)
EDUCATION = Register(
    key="arc_education",
    label="接受教育",
    model=ArchiveEducation,
    fields=fields_of(ArchiveEducation),
    sections=(Section("教育", ("on", "place", "activity", "host")),),
    columns=("on", "activity", "host", "place"),
    identity=("on", "activity"),
    title=("activity",),
    main_date="on",
)
REWARD = Register(
    key="arc_reward",
    label="奖励",
    model=ArchiveReward,
    fields=fields_of(ArchiveReward),
    sections=(Section("奖励", ("kind", "on", "given_by", "content")),),
    columns=("on", "kind", "content", "given_by"),
    identity=("content", "on"),
    title=("content",),
    main_date="on",
)
SUMMARY = Register(
    key="arc_summary",
    label="个人小结",
    model=ArchiveSummary,
    fields=fields_of(ArchiveSummary),
    sections=(Section("小结", ("year", "content", "promise", "more")),),
    columns=("year", "content", "promise"),
    identity=("year",),
    title=("year",),
)
