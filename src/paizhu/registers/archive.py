"""廉政档案: the head of one person's archive and what the person and the unit hand in; refreshed every year.

What the registers already know (talks, leads, measures, opinions …) is never typed here: the dossier gathers it.
The tables of part C (个人有关事项) are not kept.
"""

from datetime import date

from paizhu.base.flow import Facts, Flow, Shape, State, Step
from paizhu.base.register import LimitFrom, Register, Section
from paizhu.base.rows import Problem, Values
from paizhu.registers.archive_rows import (
    ACCESS,
    AFFECT,
    BANQUET,
    FAMILY,
    GIFT,
    HANDOVER,
    LIFE_MEETING,
    LOAN,
    PART_TIME,
)
from paizhu.registers.archive_year_rows import EDUCATION, REPORT, REWARD, SUMMARY
from paizhu.registers.guards import recusal
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
    yes_no,
)

P2, P3 = Sens.P2, Sens.P3
FILLED_BY = (
    Choice("self", "本人填报", ("本人",)),
    Choice("organisation", "组织掌握", ("组织",)),
)
STATES = (
    State("unit_wait", "待单位审核", Shape.OPEN, "单位审核"),
    State("unit_refused", "单位驳回", Shape.LACKING, "单位审核"),
    State("unit_passed", "单位通过", Shape.DOING, "单位审核"),
    State("group_wait", "待纪检审核", Shape.DOING, "纪检审核"),
    State("group_refused", "纪检驳回", Shape.LACKING, "纪检审核"),
    State("group_passed", "纪检通过", Shape.DONE, "归入档案"),
)
ALL_STATES = tuple(each.code for each in STATES)


class IntegrityArchive(Record):
    """The archive of one person; the file of the officer himself or of a relative is not his to handle."""

    __tablename__ = "integrity_archive"
    __table_args__ = indexes("integrity_archive", "refreshed_at", "state", "person_id", "missing")

    person_id: Mapped[Ref] = person(
        "人员", sens=P2, searchable=True, aliases=("姓名", "建档对象", "干部姓名", "档案人员")
    )
    appointed_at: Mapped[date | None] = day("新任职日期", aliases=("任职日期",), help="新任干部的，任职后 1 个月内建档")
    opened_at: Mapped[date | None] = day("建档日期", after=("appointed_at",), wanted=True, aliases=("建档时间",))
    opened_by: Mapped[Ref | None] = unit("建档单位", wanted=True)
    refresh_year: Mapped[int | None] = integer("更新年度", wanted=True)
    refreshed_at: Mapped[date | None] = day(
        "更新日期", after=("opened_at",), wanted=True, aliases=("更新时间", "最近更新日期")
    )
    source: Mapped[str | None] = choice("填报方式", FILLED_BY, wanted=True, aliases=("填报来源",))
    self_signed: Mapped[bool | None] = yes_no("本人签名", wanted=True, help="本人填报的内容须本人签名")
    native_place: Mapped[str | None] = line("籍贯", sens=P2)
    resume: Mapped[str | None] = text("工作简历", sens=P2, aliases=("简历",))
    photo: Mapped[int | None] = files("照片", sens=P2)
    paper_place: Mapped[str | None] = line("纸质档案存放处", aliases=("存放位置",))
    review_note: Mapped[str | None] = text("审核意见")
    reviewer: Mapped[Ref | None] = person("审核人")
    reviewed_at: Mapped[date | None] = day("审核日期", aliases=("审核时间",))
    assessment: Mapped[str | None] = text(
        "廉政评价", sens=P3, aliases=("廉政评价(内部)",), help="内部使用，不导出、不打印"
    )
    state: Mapped[str] = state(STATES, "审核状态", aliases=("审核情况",))


def arrive(values: Values, _today: date) -> str:
    """Place an archive from an old ledger: what somebody reviewed has passed, the rest waits."""
    return "group_passed" if values.get("reviewed_at") or values.get("reviewer") else "unit_wait"


def signed_by_himself(facts: Facts) -> Problem | None:
    """Refuse to pass what somebody entered about himself and did not sign (domain 2.8)."""
    if facts.values.get("source") == "self" and facts.values.get("self_signed") is False:
        return Problem("self_signed", "本人填报的内容还没有本人签名", "guard")
    return None


_OWN_FILE = recusal(("person_id",), ("reviewer", "handler"))
FLOW = Flow(
    STATES,
    "unit_wait",
    (
        Step("unit_wait", "unit_passed", "单位通过", needs=("source", "self_signed"), guards=(signed_by_himself,),
             who="单位负责人"),
        Step("unit_wait", "unit_refused", "单位驳回", needs=("review_note",), who="单位负责人"),
        Step("unit_refused", "unit_wait", "重新填报", who="本人"),
        Step("unit_passed", "group_wait", "送纪检审核", who="承办人"),
        Step("group_wait", "group_passed", "纪检通过",
             needs=("opened_at", "refreshed_at", "review_note", "reviewer", "reviewed_at"), guards=(_OWN_FILE,),
             who="组长"),
        Step("group_wait", "group_refused", "纪检驳回", needs=("review_note", "reviewer", "reviewed_at"),
             guards=(_OWN_FILE,), who="组长"),
        Step("group_refused", "unit_wait", "重新填报", who="本人"),
        Step("group_passed", "unit_wait", "开始年度更新", needs=("refresh_year",), who="承办人"),
    ),
    arrive,
)  # fmt: skip

ARCHIVE = Register(
    key="integrity_archive",
    label="廉政档案",
    model=IntegrityArchive,
    fields=fields_of(IntegrityArchive),
    sections=(
        Section("档案", ("person_id", "opened_at", "opened_by", "appointed_at", "refresh_year", "refreshed_at",
                       "paper_place", "state")),
        Section("填报", ("source", "self_signed", "native_place", "resume", "photo")),
        Section("审核", ("review_note", "reviewer", "reviewed_at", "assessment")),
        Section("登记", OWN),
    ),
    columns=("person_id", "unit_id", "opened_at", "refresh_year", "refreshed_at", "state", "reviewer"),
    identity=("person_id",),
    title=("person_id",),
    main_date="refreshed_at",
    flow=FLOW,
    rows=(FAMILY, PART_TIME, GIFT, BANQUET, LOAN, AFFECT, HANDOVER, LIFE_MEETING, REPORT, EDUCATION, REWARD, SUMMARY,
          ACCESS),
    limits=(
        LimitFrom("refreshed_at", "C08", what="更新廉政档案", action="refreshed_at", states=ALL_STATES),
        LimitFrom("opened_at", "C08", ("refreshed_at",), "更新廉政档案", "refreshed_at"),
        LimitFrom("appointed_at", "C09", ("opened_at",), "为新任干部建立廉政档案", "opened_at"),
    ),
)  # fmt: skip
