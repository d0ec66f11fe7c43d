"""廉政意见回复: a unit asks about persons before it appoints them; the group searches, signs twice and answers.

What goes into the letter is class P2 at most. What was found, the reasons and the signed drafts are class P3 and
stay inside (底稿).
"""

from datetime import date, datetime

from paizhu.base.register import Aids, LimitFrom, Register, Section
from paizhu.base.rows import Value, Values
from paizhu.registers.opinion_flow import BEFORE_REPLY, FLOW, STATES
from paizhu.registers.opinion_rows import JOINT_CHECK, LOOKUP, OPINION_PERSON
from paizhu.registers.record import (
    OWN,
    Choice,
    Mapped,
    Record,
    Ref,
    Sens,
    choice,
    day,
    fields_of,
    files,
    indexes,
    integer,
    line,
    person,
    state,
    text,
    unit,
)

REASONS = (
    Choice("promotion", "提拔任用", ("提拔", "提任")),
    Choice("further_use", "进一步使用", ("进一步使用(重用)", "重用")),
    Choice("key_post", "平级转任重要岗位", ("转任重要岗位", "平级转任")),
    Choice("rank", "职级晋升", ("晋升职级",)),
    Choice("honour", "评先评优", ("评优评先", "表彰奖励", "评先")),
    Choice("election", "换届"),
    Choice("delegate", "两代表一委员", ("“两代表一委员”",)),
    Choice("abroad", "出国（境）", ("出国", "因私出国(境)", "因公出国(境)")),
    Choice("transfer", "调动", ("调出", "商调")),
    Choice("other", "其他"),
)


class IntegrityOpinion(Record):
    """One letter that asks about one or several persons, and the answer to it."""

    __tablename__ = "integrity_opinion"
    __table_args__ = indexes("integrity_opinion", "received_at", "state", "from_unit", "missing")

    from_unit: Mapped[Ref] = unit(
        "来函单位", searchable=True, aliases=("征求意见单位", "来函部门", "发函单位", "征求单位")
    )
    letter_no: Mapped[str | None] = line("来函文号", wanted=True, searchable=True, aliases=("文号", "征求意见函文号"))
    letter_date: Mapped[date | None] = day("来函日期", wanted=True, aliases=("函件日期", "来函时间"))
    received_at: Mapped[date] = day(
        "收到日期", after=("letter_date",), aliases=("收函日期", "收件日期", "收到时间", "收函时间")
    )
    reason: Mapped[str | None] = choice("征求事由", REASONS, wanted=True, aliases=("事由", "征求意见事由", "类型"))
    reason_note: Mapped[str | None] = line("事由补充", searchable=True)
    letter_file: Mapped[int | None] = files("来函及审批表", sens=Sens.P2)
    draft: Mapped[Ref | None] = person("拟稿人", aliases=("拟稿",))
    draft_at: Mapped[date | None] = day("拟稿日期")
    check: Mapped[Ref | None] = person("审核人", aliases=("审核",))
    check_at: Mapped[date | None] = day("审核日期")
    sign: Mapped[Ref | None] = person("签发人", aliases=("签发", "组长签发"))
    sign_at: Mapped[date | None] = day("签发日期", aliases=("签发时间",))
    second_sign: Mapped[Ref | None] = person(
        "双签人", aliases=("双签",), help="意见须两人签字；一人成组时由派出机关、协作区或机关纪委负责人签字"
    )
    second_sign_unit: Mapped[str | None] = line(
        "双签人单位", aliases=("双签单位",), help="双签人不在名册里的，写明他的单位"
    )
    second_sign_at: Mapped[date | None] = day("双签日期")
    reply_no: Mapped[str | None] = line("复函文号", searchable=True, aliases=("回复文号", "回函文号"))
    reply_at: Mapped[date | None] = day(
        "复函日期", after=("received_at",), aliases=("回复日期", "回复时间", "回函日期")
    )
    valid_days: Mapped[int | None] = integer("意见有效天数", sens=Sens.P0, help="写进复函；不填的按期限表")
    workdays: Mapped[int | None] = integer("办理工作日", sens=Sens.P0, computed=True)
    after_change: Mapped[str | None] = text("回复后情况变化", sens=Sens.P3, aliases=("情况变化",))
    changed_at: Mapped[date | None] = day("发现变化日期", sens=Sens.P3)
    change_checked: Mapped[str | None] = text("变化核定意见", sens=Sens.P3, help="不影响原意见的，写明理由")
    supplement_no: Mapped[str | None] = line("补充函文号")
    supplement_at: Mapped[date | None] = day("补充函日期", after=("reply_at",))
    filed_at: Mapped[date | None] = day("归档日期")
    state: Mapped[str] = state(STATES)


def derive(values: Values, aids: Aids) -> dict[str, Value]:
    """Count the working days the answer took, the day of receipt not included."""
    came, went = values.get("received_at"), values.get("reply_at")
    if isinstance(came, date) and isinstance(went, date) and not isinstance(came, datetime):
        return {"workdays": max(0, aids.working_days_between(came, went))}
    return {}


def check(opinion: IntegrityOpinion) -> list[str]:
    """Refuse an opinion that is valid for no day."""
    found = []
    if opinion.valid_days is not None and opinion.valid_days < 1:
        found.append("意见有效天数至少为 1")
    return found


OPINION = Register(
    key="integrity_opinion",
    label="廉政意见",
    model=IntegrityOpinion,
    fields=fields_of(IntegrityOpinion),
    sections=(
        Section("来函", ("from_unit", "letter_no", "letter_date", "received_at", "reason", "reason_note", "letter_file",
                       "state")),
        Section("拟稿与审签", ("draft", "draft_at", "check", "check_at", "sign", "sign_at", "second_sign",
                          "second_sign_unit", "second_sign_at")),
        Section("复函", ("reply_no", "reply_at", "valid_days", "workdays", "filed_at")),
        Section("情况变化", ("after_change", "changed_at", "change_checked", "supplement_no", "supplement_at")),
        Section("登记", OWN),
    ),
    columns=("received_at", "from_unit", "letter_no", "reason", "state", "reply_no", "reply_at", "workdays"),
    identity=("from_unit", "letter_no", "received_at"),
    title=("from_unit", "letter_no"),
    main_date="received_at",
    flow=FLOW,
    check=check,
    derive=derive,
    rows=(OPINION_PERSON, LOOKUP, JOINT_CHECK),
    limits=(
        LimitFrom("received_at", "C03", ("reply_at",), "回复廉政意见", "sent", states=BEFORE_REPLY),
        LimitFrom("changed_at", "C03", what="补充函告情况变化", action="supplemented", states=("changed",)),
        LimitFrom("reply_at", "C24", ("filed_at",), "廉政意见归档", "archived", states=("sent", "supplemented")),
    ),
)  # fmt: skip
