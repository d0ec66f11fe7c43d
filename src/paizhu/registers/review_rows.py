"""Rows under a review item: its papers, checks, suggestions and candidates."""

from datetime import date

from paizhu.base.register import Register, Section
from paizhu.registers.choices import ADOPTION, CHECK_ANSWERS
from paizhu.registers.record import (
    Child,
    Mapped,
    Ref,
    Sens,
    choice,
    day,
    fields_of,
    integer,
    line,
    link,
    text,
    yes_no,
)


class ReviewMaterial(Child):
    """One paper of the checklist that the unit has to send with the item."""

    __tablename__ = "review_material"

    name: Mapped[str] = line("材料名称", aliases=("材料", "名称"))
    received: Mapped[bool | None] = yes_no("是否收到", wanted=True, aliases=("已收到", "收到"))
    received_at: Mapped[date | None] = day("收到日期", aliases=("收到时间",))
    note: Mapped[str | None] = line("说明", aliases=("备注",))


class ReviewCheck(Child):
    """One point of the checklist (``CK`` for every item, ``MD`` ``KA`` ``MP`` ``LF`` by category)."""

    __tablename__ = "review_check"

    code: Mapped[str | None] = line("要点编号", sens=Sens.P0, aliases=("编号",))
    words: Mapped[str] = line("审查要点", aliases=("要点", "核对内容"))
    answer: Mapped[str | None] = choice("核对结果", CHECK_ANSWERS, wanted=True, aliases=("结果", "是否符合"))
    note: Mapped[str | None] = line("核对说明", aliases=("说明", "备注"))


class ReviewSuggestion(Child):
    """One numbered suggestion of the opinion, so that adoption can be counted by 条."""

    __tablename__ = "review_suggestion"

    number: Mapped[int | None] = integer("条号", aliases=("第几条",))
    words: Mapped[str] = text("意见建议", searchable=True, aliases=("建议", "建议内容", "内容"))
    adopted: Mapped[str | None] = choice("采纳情况", ADOPTION, wanted=True, aliases=("是否采纳",))
    reason: Mapped[str | None] = line("未采纳理由", aliases=("理由", "原因"))


class ReviewCandidate(Child):
    """One person whom the meeting is to appoint, remove, reward or punish."""

    __tablename__ = "review_candidate"

    person: Mapped[Ref] = link("拟任免人选", "person", sens=Sens.P2, searchable=True, aliases=("人选", "姓名"))
    from_post: Mapped[str | None] = line("现任职务", wanted=True, sens=Sens.P2, aliases=("原职务",))
    to_post: Mapped[str | None] = line("拟任职务", wanted=True, sens=Sens.P2, aliases=("拟任免职务",))
    opinion_ref: Mapped[Ref | None] = link(
        "廉政意见回复编号", "integrity_opinion", wanted=True, sens=Sens.P2, aliases=("廉政意见", "廉政意见回复")
    )


MATERIAL = Register(
    key="material",
    label="材料清单",
    model=ReviewMaterial,
    fields=fields_of(ReviewMaterial),
    sections=(Section("材料", ("name", "received", "received_at", "note")),),
    columns=("name", "received", "received_at", "note"),
    identity=("name",),
    title=("name",),
)
CHECK = Register(
    key="check",
    label="审查要点核对",
    model=ReviewCheck,
    fields=fields_of(ReviewCheck),
    sections=(Section("要点", ("code", "words", "answer", "note")),),
    columns=("code", "words", "answer", "note"),
    identity=("code", "words"),
    title=("words",),
)
SUGGESTION = Register(
    key="suggestion",
    label="意见建议",
    model=ReviewSuggestion,
    fields=fields_of(ReviewSuggestion),
    sections=(Section("建议", ("number", "words", "adopted", "reason")),),
    columns=("number", "words", "adopted", "reason"),
    identity=("words",),
    title=("words",),
)
CANDIDATE = Register(
    key="candidate",
    label="拟任免人选",
    model=ReviewCandidate,
    fields=fields_of(ReviewCandidate),
    sections=(Section("人选", ("person", "from_post", "to_post", "opinion_ref")),),
    columns=("person", "from_post", "to_post", "opinion_ref"),
    identity=("person",),
    title=("person", "to_post"),
)
