"""Rows of the integrity archive that speak of family and conduct in office: parts B and D of domain 2.8.

Part C (marriage, passports, property, income …) is not kept: nothing personal without need.
"""

from datetime import date

from paizhu.base.register import Register, Section
from paizhu.registers.choices import POLITICAL
from paizhu.registers.record import (
    Child,
    Choice,
    Decimal,
    Mapped,
    Ref,
    Sens,
    choice,
    day,
    fields_of,
    integer,
    line,
    money,
    month,
    number,
    person,
    text,
    yes_no,
)

P2 = Sens.P2
UNIT_KINDS = (
    Choice("organ", "机关", ("党政机关",)),
    Choice("institution", "事业单位", ("事业",)),
    Choice("state_company", "国有企业", ("国企",)),
    Choice("company", "非公企业", ("民营企业", "私企", "个体")),
    Choice("other", "其他"),
)
GIFT_ENDS = (
    Choice("returned", "退还", ("已退还",)),
    Choice("handed_in", "上缴", ("已上缴", "上交")),
    Choice("other", "其他"),
)
LOAN_KINDS = (
    Choice("lent", "借出"),
    Choice("borrowed", "借入"),
    Choice("guarantee", "担保"),
    Choice("business", "经营"),
)


class ArchiveFamily(Child):
    """Part B: one member of the family."""

    __tablename__ = "arc_family"

    kinship: Mapped[str | None] = line("称谓", wanted=True, sens=P2, aliases=("关系",))
    name: Mapped[str] = line("姓名", sens=P2, private=True, aliases=("成员姓名", "家庭成员姓名"))
    birth: Mapped[str | None] = month("出生年月", sens=P2, private=True)
    political_status: Mapped[str | None] = choice("政治面貌", POLITICAL, sens=P2)
    unit: Mapped[str | None] = line("工作单位", sens=P2, private=True, aliases=("单位",))
    post: Mapped[str | None] = line("职务", sens=P2, private=True)
    unit_kind: Mapped[str | None] = choice("单位性质", UNIT_KINDS, sens=P2)


class ArchivePartTime(Child):
    """Part D: one part-time post outside."""

    __tablename__ = "arc_part_time"

    unit: Mapped[str] = line("兼职单位", sens=P2, aliases=("单位",))
    unit_kind: Mapped[str | None] = choice("单位性质", UNIT_KINDS, sens=P2, aliases=("性质",))
    post: Mapped[str | None] = line("兼任职务", sens=P2, aliases=("职务",))
    since: Mapped[date | None] = day("兼职时间", sens=P2, aliases=("时间",))
    paid: Mapped[str | None] = line("取酬情况", sens=P2, aliases=("取酬",))
    approved_by: Mapped[str | None] = line("批准机关", sens=P2)
    note: Mapped[str | None] = text("情况说明", sens=P2)
    corrected: Mapped[str | None] = line("纠正情况", sens=P2, aliases=("纠正",))


class ArchiveGift(Child):
    """Part D: one gift or sum of money that was handed in or returned."""

    __tablename__ = "arc_gift"

    giver: Mapped[str | None] = line("送礼人", sens=P2, private=True, aliases=("送礼人姓名",))
    giver_post: Mapped[str | None] = line("送礼人单位职务", sens=P2, private=True)
    on: Mapped[date] = day("收受时间", sens=P2, aliases=("时间",))
    place: Mapped[str | None] = line("地点", sens=P2)
    way: Mapped[str | None] = line("方式", sens=P2)
    cause: Mapped[str | None] = line("事由", sens=P2)
    thing: Mapped[str | None] = line("礼品名称", wanted=True, sens=P2, aliases=("名称",))
    quantity: Mapped[Decimal | None] = number("数量", sens=P2)
    worth: Mapped[Decimal | None] = money("折价", sens=P2)
    cash: Mapped[Decimal | None] = money("礼金", sens=P2)
    total: Mapped[Decimal | None] = money("合计", sens=P2)
    end: Mapped[str | None] = choice("处理", GIFT_ENDS, wanted=True, sens=P2, aliases=("处理情况",))
    taken_by: Mapped[str | None] = line("接受登记部门", sens=P2)
    hand: Mapped[str | None] = line("经手人", sens=P2)


class ArchiveBanquet(Child):
    """Part D: one wedding, funeral or other feast, reported before and after (T28)."""

    __tablename__ = "arc_banquet"

    cause: Mapped[str] = line("操办事由", sens=P2, aliases=("事由",))
    on: Mapped[date | None] = day("操办时间", planned=True, sens=P2, aliases=("时间",))
    guests_planned: Mapped[int | None] = integer("拟请人数", sens=P2)
    standard: Mapped[str | None] = line("标准", sens=P2)
    place: Mapped[str | None] = line("场所", sens=P2)
    cars: Mapped[str | None] = line("车辆来源和数量", sens=P2)
    reported_before: Mapped[date | None] = day("事前报告日期", wanted=True, sens=P2)
    guests: Mapped[int | None] = integer("实际人数", sens=P2)
    cost: Mapped[Decimal | None] = money("费用", sens=P2)
    office_cars: Mapped[int | None] = integer("公车数", sens=P2)
    gifts: Mapped[str | None] = line("违规礼金礼品", sens=P2)
    settled: Mapped[str | None] = line("处置情况", sens=P2, aliases=("处置",))
    reported_after: Mapped[date | None] = day("事后报告日期", sens=P2)
    reminder: Mapped[str | None] = line("提醒函或承诺书", sens=P2)


class ArchiveLoan(Child):
    """Part D: one loan, guarantee or business with somebody under the person's authority."""

    __tablename__ = "arc_loan"

    kind: Mapped[str] = choice("类型", LOAN_KINDS, sens=P2)
    creditor: Mapped[str | None] = line("债权人", sens=P2, private=True)
    debtor: Mapped[str | None] = line("债务人", sens=P2, private=True)
    amount: Mapped[Decimal | None] = money("金额", wanted=True, sens=P2)
    term: Mapped[str | None] = line("期限", sens=P2)
    rate: Mapped[str | None] = line("利率", sens=P2)
    origin: Mapped[str | None] = line("资金来源", sens=P2)
    corrected: Mapped[str | None] = line("整改情况", sens=P2, aliases=("整改",))


class ArchiveAffect(Child):
    """Part D: somebody or something that might keep the person from acting fairly."""

    __tablename__ = "arc_affect"

    on: Mapped[date] = day("时间", sens=P2)
    who: Mapped[str | None] = line("影响人", sens=P2, private=True, aliases=("影响人姓名",))
    unit: Mapped[str | None] = line("影响人单位", sens=P2, private=True)
    tie: Mapped[str | None] = line("与本人关系", sens=P2, aliases=("关系",))
    matter: Mapped[str | None] = text("可能影响公正执行职务的内容", wanted=True, sens=P2)
    settled: Mapped[str | None] = line("处理情况", sens=P2, aliases=("处理",))


class ArchiveHandover(Child):
    """Part D: what was handed over when the person left a post."""

    __tablename__ = "arc_handover"

    to_post: Mapped[str] = line("调往单位职务")
    on: Mapped[date | None] = day("移交日期")
    papers: Mapped[str | None] = line("公文")
    things: Mapped[str | None] = line("办公用具")
    others: Mapped[str | None] = line("其他公物移交", aliases=("其他公物",))
    debts: Mapped[str | None] = line("欠款")


class ArchiveLifeMeeting(Child):
    """Part D: one meeting of democratic life with what the person said of himself there."""

    __tablename__ = "arc_life_meeting"

    meeting: Mapped[str] = line("会议", sens=P2, aliases=("会议名称",))
    on: Mapped[date | None] = day("召开时间", sens=P2, aliases=("时间",))
    problems: Mapped[str | None] = text("查找问题", sens=P2)
    measures: Mapped[str | None] = text("整改措施", sens=P2)
    view: Mapped[str | None] = text("党委（党组）意见", sens=P2, aliases=("党委意见",))
    inquiry_explained: Mapped[bool | None] = yes_no("谈话函询已说明", sens=P2)


class ArchiveAccess(Child):
    """Part M: one lending or reading of the paper archive; readings on the screen stand in the journal."""

    __tablename__ = "arc_access"

    reader: Mapped[Ref] = person("调阅人")
    cause: Mapped[str | None] = line("调阅事由", wanted=True, aliases=("事由",))
    approver: Mapped[Ref | None] = person("批准人", wanted=True)
    on: Mapped[date | None] = day("调阅时间", wanted=True, aliases=("时间",))
    scope: Mapped[str | None] = line("调阅范围", aliases=("范围",))
    recusal_checked: Mapped[bool | None] = yes_no("已核查回避", aliases=("是否回避核查",))
    returned_at: Mapped[date | None] = day("归还日期", after=("on",), aliases=("归还",))


def _rows(
    key: str, label: str, model: type[Child], columns: tuple[str, ...], identity: tuple[str, ...], main_date: str = ""
) -> Register:
    """Return one kind of rows, all fields in one section: they are short tables of an old form."""
    fields = fields_of(model)
    section = Section(label, tuple(field.name for field in fields))
    return Register(
        key=key, label=label, model=model, fields=fields, sections=(section,), columns=columns, identity=identity,
        title=identity, main_date=main_date,
    )  # fmt: skip


FAMILY = _rows("arc_family", "家庭成员", ArchiveFamily, ("kinship", "name", "unit", "post"), ("name",))
PART_TIME = _rows("arc_part_time", "兼职", ArchivePartTime, ("unit", "post", "since", "paid", "corrected"), ("unit",),
                  "since")  # fmt: skip
GIFT = _rows("arc_gift", "礼品礼金", ArchiveGift, ("on", "thing", "total", "end", "taken_by"), ("on", "thing"), "on")
BANQUET = _rows("arc_banquet", "婚丧喜庆", ArchiveBanquet, ("on", "cause", "reported_before", "reported_after"),
                ("cause", "on"), "on")  # fmt: skip
LOAN = _rows("arc_loan", "借贷担保", ArchiveLoan, ("kind", "amount", "term", "corrected"), ("kind", "amount"))
AFFECT = _rows("arc_affect", "影响公正执行职务", ArchiveAffect, ("on", "tie", "matter", "settled"), ("on", "matter"),
               "on")  # fmt: skip
HANDOVER = _rows("arc_handover", "离任移交", ArchiveHandover, ("on", "to_post", "papers", "debts"), ("to_post",), "on")
LIFE_MEETING = _rows("arc_life_meeting", "民主生活会", ArchiveLifeMeeting, ("on", "meeting", "problems", "measures"),
                     ("meeting", "on"), "on")  # fmt: skip
ACCESS = _rows("arc_access", "调阅记录", ArchiveAccess, ("on", "reader", "cause", "approver", "returned_at"),
               ("reader", "on"), "on")  # fmt: skip
