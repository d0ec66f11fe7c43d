"""Rows under a petition: who reported (P4, sealed), who was reported on, and the opinions given on the way."""

from paizhu.base.register import Register, Section
from paizhu.registers.choices import RANK_LEVELS
from paizhu.registers.record import (
    Child,
    Choice,
    Mapped,
    Ref,
    Sealed,
    Sens,
    choice,
    date,
    day,
    fields_of,
    line,
    person,
    sealed,
    text,
    unit,
)

P3 = Sens.P3
OPINION_KINDS = (
    Choice("proposal", "拟办意见", ("拟办",)),
    Choice("decision", "批办意见", ("批办", "审批意见")),
)

COMPARED = "name"
"""The sealed field with which handlers are compared, so that who reported never handles the matter (8.2 回避)."""


class Informant(Child):
    """One person who reported; every word that tells who is sealed (处理检举控告工作规则 第四十七条)."""

    __tablename__ = "petition_informant"

    mark: Mapped[str | None] = line(
        "代称", sens=P3, help="用来称呼反映人而不透露身份，如“反映人一”；不得填写姓名、单位或电话"
    )
    name: Mapped[Sealed | None] = sealed(
        "反映人姓名", aliases=("反映人", "举报人", "举报人姓名", "信访人", "信访人姓名")
    )
    gender: Mapped[Sealed | None] = sealed("反映人性别")
    political_status: Mapped[Sealed | None] = sealed("反映人政治面貌")
    employer: Mapped[Sealed | None] = sealed("反映人单位", aliases=("举报人单位", "反映人工作单位"))
    post: Mapped[Sealed | None] = sealed("反映人职务")
    phone: Mapped[Sealed | None] = sealed(
        "反映人电话",
        aliases=("联系电话", "联系方式", "举报人电话", "反映人手机", "反映人手机号", "反映人手机号码"),
    )
    address: Mapped[Sealed | None] = sealed(
        "反映人地址", aliases=("联系地址", "举报人地址", "反映人住址", "反映人家庭住址")
    )


class ReportedPerson(Child):
    """One person reported on, with unit, post and rank on the day of receipt."""

    __tablename__ = "petition_reported"

    person: Mapped[Ref] = person("姓名", sens=P3, searchable=True, aliases=("被反映人", "被反映人姓名"))
    unit: Mapped[Ref | None] = unit("单位", wanted=True, sens=P3, aliases=("被反映人单位", "工作单位"))
    post: Mapped[str | None] = line("职务", wanted=True, sens=P3, aliases=("被反映人职务",))
    rank: Mapped[str | None] = choice("职级", RANK_LEVELS, wanted=True, sens=P3, aliases=("级别", "被反映人职级"))


class PetitionOpinion(Child):
    """One opinion on how to handle the item, with its name and date."""

    __tablename__ = "petition_opinion"

    who: Mapped[Ref] = person("意见人", sens=P3, aliases=("姓名",))
    when: Mapped[date | None] = day("意见日期", sens=P3, aliases=("日期",))
    kind: Mapped[str | None] = choice("意见种类", OPINION_KINDS, sens=P3, aliases=("种类",))
    words: Mapped[str] = text("意见内容", sens=P3, aliases=("意见",))


INFORMANT = Register(
    key="informant",
    label="反映人",
    model=Informant,
    fields=fields_of(Informant),
    sections=(
        Section("反映人", ("mark", "name", "gender", "political_status", "employer", "post", "phone", "address")),
    ),
    columns=("mark",),
    identity=("mark",),
    title=("mark",),
)
REPORTED = Register(
    key="reported",
    label="被反映人情况",
    model=ReportedPerson,
    fields=fields_of(ReportedPerson),
    sections=(Section("被反映人", ("person", "unit", "post", "rank")),),
    columns=("person", "unit", "post", "rank"),
    identity=("person",),
    title=("person",),
)
OPINION = Register(
    key="opinion",
    label="拟办、批办意见",
    model=PetitionOpinion,
    fields=fields_of(PetitionOpinion),
    sections=(Section("意见", ("kind", "who", "when", "words")),),
    columns=("kind", "who", "when", "words"),
    identity=("who", "when", "words"),
    title=("who", "words"),
    main_date="when",
)
