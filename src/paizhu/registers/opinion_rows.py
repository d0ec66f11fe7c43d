"""Rows under a request for an integrity opinion: the persons asked about, what was searched, who signed the draft."""

from datetime import date

from paizhu.base.register import Register, Section
from paizhu.registers.record import (
    Child,
    Choice,
    Mapped,
    Ref,
    Sens,
    choice,
    day,
    fields_of,
    integer,
    line,
    link,
    links,
    moment,
    person,
    text,
)

P2, P3 = Sens.P2, Sens.P3
REPLIES = (
    Choice("clear", "暂未发现影响使用的问题", ("暂未发现", "无问题", "未发现问题", "无不良反映", "同意")),
    Choice("hold", "建议暂缓", ("暂缓", "建议暂缓(待查清后再答复)", "待查清后再答复")),
    Choice("unfit", "不宜", ("不宜(不同意)", "不同意", "不宜使用")),
    Choice("facts", "如实说明情况", ("如实说明情况(附情况)", "说明情况", "附情况说明")),
)
REPLY_REASONS = (
    Choice("in_period", "影响期未满", ("影响期内", "处分影响期未满")),
    Choice("checking", "正在核查", ("核查中",)),
    Choice("filed", "已立案"),
    Choice("lead", "有线索具体可查", ("有可查线索",)),
    Choice("personal", "个人事项问题", ("个人有关事项问题",)),
    Choice("other", "其他"),
)
SOURCES = (
    Choice("petition", "信访举报", ("信访",)),
    Choice("lead", "在办线索", ("问题线索", "线索")),
    Choice("case", "立案案件", ("案件", "立案")),
    Choice("measure", "处分及影响期", ("处分", "影响期")),
    Choice("opinion", "以往廉政意见", ("廉政意见",)),
)
"""The five sources that have to be searched for each person before 暂未发现 may be said (issue; domain 2.10)."""
EVERY_SOURCE = tuple(each.code for each in SOURCES)


class OpinionPerson(Child):
    """One person of the letter: the posts, and what is answered about him; the reason never leaves the group."""

    __tablename__ = "opinion_person"

    person: Mapped[Ref] = link(
        "姓名", "person", sens=P2, searchable=True, aliases=("人员姓名", "对象", "人选", "征求对象")
    )
    unit: Mapped[str | None] = line("单位", sens=P2, aliases=("工作单位", "所在单位", "单位名称"))
    post: Mapped[str | None] = line(
        "现任职务", wanted=True, sens=P2, aliases=("现任", "职务", "现职务", "现任单位及职务", "单位及职务")
    )
    to_post: Mapped[str | None] = line(
        "拟任职务", wanted=True, sens=P2, aliases=("拟任", "拟任免职务", "拟任用职务", "拟提拔职务")
    )
    reply: Mapped[str | None] = choice("回复意见", REPLIES, sens=P2, aliases=("意见", "廉政意见", "回复结论"))
    reply_reason: Mapped[str | None] = choice("不宜或暂缓理由", REPLY_REASONS, sens=P3, aliases=("理由",))
    facts: Mapped[str | None] = text(
        "情况说明", sens=P2, aliases=("说明",), help="“如实说明情况”的，写进复函的情况；不写线索内容和反映人"
    )
    appointed_at: Mapped[date | None] = day("任用日期", planned=True, sens=P2, aliases=("任职日期", "任用时间"))


class OpinionLookup(Child):
    """What one search of one source found about one person; written by the program, with the numbers of records."""

    __tablename__ = "opinion_lookup"

    who: Mapped[Ref | None] = person("查询对象", computed=True, sens=P2)
    source: Mapped[str | None] = choice("查询来源", SOURCES, computed=True, sens=P2)
    searched_at: Mapped[date | None] = moment("查询时间", computed=True, sens=P2)
    hits: Mapped[int | None] = integer("查到件数", computed=True, sens=P3)
    records: Mapped[tuple[Ref, ...] | None] = links(
        "查到的记录", "petition", "lead", "case", "measure", "integrity_opinion", computed=True, sens=P3
    )
    words: Mapped[str | None] = text("查询结果", computed=True, sens=P3)


class JointCheck(Child):
    """What one office says after its own search, signed; kept inside (domain 2.10: each room signs its draft)."""

    __tablename__ = "opinion_joint_check"

    room: Mapped[str] = line("会审科室", sens=P3, aliases=("科室", "会审部门", "会审单位"))
    view: Mapped[str | None] = text("会审意见", wanted=True, sens=P3, aliases=("意见", "核查意见"))
    signer: Mapped[Ref | None] = person("签字人", wanted=True, sens=P3, aliases=("签字", "背书人"))
    signed_at: Mapped[date | None] = day("签字日期", wanted=True, sens=P3)


OPINION_PERSON = Register(
    key="opinion_person",
    label="人员名单",
    model=OpinionPerson,
    fields=fields_of(OpinionPerson),
    sections=(
        Section("人员", ("person", "unit", "post", "to_post")),
        Section("回复", ("reply", "reply_reason", "facts", "appointed_at")),
    ),
    columns=("person", "unit", "post", "to_post", "reply", "reply_reason"),
    identity=("person",),
    title=("person", "to_post"),
)
LOOKUP = Register(
    key="lookup",
    label="查询结果",
    model=OpinionLookup,
    fields=fields_of(OpinionLookup),
    sections=(Section("查询", ("who", "source", "searched_at", "hits", "records", "words")),),
    columns=("who", "source", "hits", "records", "searched_at"),
    identity=("who", "source"),
    title=("who", "source"),
    main_date="searched_at",
)
JOINT_CHECK = Register(
    key="joint_check",
    label="会审底稿",
    model=JointCheck,
    fields=fields_of(JointCheck),
    sections=(Section("会审", ("room", "view", "signer", "signed_at")),),
    columns=("room", "view", "signer", "signed_at"),
    identity=("room",),
    title=("room", "signer"),
    main_date="signed_at",
)
