"""职责外事项: work beside supervision that the host unit asked for, kept so that the two hats stay apart (三转)."""

from datetime import date
from decimal import Decimal

from paizhu.base.register import Aids, Register, Section
from paizhu.base.rows import Value, Values
from paizhu.registers.record import (
    OWN,
    SECRECY,
    Choice,
    Mapped,
    Record,
    Ref,
    Sens,
    choice,
    day,
    fields_of,
    indexes,
    line,
    link,
    number,
    person,
    text,
)

OUTSIDE_KINDS = (
    Choice("procurement", "评标评审、采购验收", ("评标", "评审", "采购验收", "开标监督", "现场监督")),
    Choice("project", "工程项目、专班工作", ("专班", "项目专班", "工程项目", "工作专班")),
    Choice("investment", "招商引资、项目推进", ("招商", "招商引资")),
    Choice("removal", "征收拆迁、信访维稳", ("拆迁", "征收", "维稳", "接访")),
    Choice("duty", "值班值守、应急", ("值班", "应急")),
    Choice("papers", "会务文稿", ("会务", "文稿", "材料撰写")),
    Choice("inspection", "业务检查、考核评比", ("业务检查", "考核", "评比")),
    Choice("other", "其他"),
)
ANSWERS = (
    Choice("done", "已承担", ("承担", "已办")),
    Choice("declined", "已婉拒", ("婉拒", "未承担")),
    Choice("reported", "已报告派出机关", ("已报告", "报告派出机关")),
)
DECLINED = "declined"
LONGEST = Decimal(1000)
"""More hours than this are a slip of the keyboard: half a year of working days has fewer."""


class OutsideWork(Record):
    """One piece of such work: what, who ordered it, how long it took.

    Nobody has to handle it and it need not name a unit, so neither is shown as 待补.
    """

    __tablename__ = "outside_work"
    __table_args__ = indexes("outside_work", "done_on", "missing")

    unit_id: Mapped[Ref | None] = link("所属单位", "unit", sens=Sens.P0, aliases=("交办单位", "单位", "单位名称"))
    handler: Mapped[Ref | None] = person("承办人", aliases=("承担人", "经办人"))
    secrecy_notice: Mapped[str | None] = choice("密级提示", SECRECY, sens=Sens.P0, aliases=("密级",))
    done_on: Mapped[date] = day("日期", aliases=("时间", "承担日期", "办理日期"))
    what: Mapped[str] = line("事项", searchable=True, aliases=("事项内容", "工作内容", "职责外事项", "内容"))
    ordered_by: Mapped[Ref | None] = person(
        "交办人", wanted=True, searchable=True, aliases=("安排人", "交办领导", "谁交办")
    )
    hours: Mapped[Decimal | None] = number("用时（小时）", wanted=True, aliases=("用时", "工时", "小时", "耗时"))
    kind: Mapped[str | None] = choice("事项类型", OUTSIDE_KINDS, aliases=("类型", "类别"))
    answer: Mapped[str | None] = choice("处理", ANSWERS, aliases=("处理情况", "是否承担"))
    basis: Mapped[str | None] = line("交办依据", aliases=("依据", "文件", "通知"))
    review_ref: Mapped[Ref | None] = link(
        "相关议题",
        "review_item",
        aliases=("关联议题", "议题"),
        help="同一件事上会时，会前审查会提示本人经手过、应当考虑回避",
    )
    note: Mapped[str | None] = text("情况说明", searchable=True)


def check(work: OutsideWork) -> list[str]:
    """Refuse hours that nobody can have worked."""
    if work.hours is not None and not 0 <= work.hours <= LONGEST:
        return [f"用时应在 0 到 {LONGEST} 小时之间"]
    return []


def derive(values: Values, aids: Aids) -> dict[str, Value]:
    """Take today for the day when none is written; what was declined took no hours, and nobody should ask for them."""
    made: dict[str, Value] = {"done_on": aids.today} if values.get("done_on") is None else {}
    if values.get("answer") == DECLINED and values.get("hours") is None:
        made["hours"] = Decimal(0)
    return made


OUTSIDE = Register(
    key="outside_work",
    label="职责外事项",
    model=OutsideWork,
    fields=fields_of(OutsideWork),
    sections=(
        Section("事项", ("what", "done_on", "ordered_by", "hours", "kind", "answer", "basis", "review_ref", "note")),
        Section("登记", OWN),
    ),
    columns=("done_on", "what", "ordered_by", "hours", "kind", "answer"),
    identity=("what", "done_on"),
    title=("what",),
    main_date="done_on",
    check=check,
    derive=derive,
)
