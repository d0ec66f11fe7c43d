"""监督检查: special and routine checks, surveys, meetings attended, consultations, visits, and what came of each."""

from datetime import date

from paizhu.base.register import Aids, LimitFrom, Register, Section
from paizhu.base.rows import Ref, Value, Values
from paizhu.registers.activity_flow import BEFORE, CONSULTATION, FLOW, GOING, SIT_IN, STATES, SUMMONS, SURVEY, UNTOLD
from paizhu.registers.activity_rows import ADVICE
from paizhu.registers.record import (
    OWN,
    Choice,
    Mapped,
    Record,
    Sens,
    choice,
    choices,
    day,
    fields_of,
    files,
    indexes,
    integer,
    line,
    links,
    persons,
    state,
    text,
    units,
)
from paizhu.registers.record import person as person_field

P0 = Sens.P0
ACTIVITY_KINDS = (
    Choice("special", "专项检查", ("专项监督", "专项督查", "专项监督检查")),
    Choice(SURVEY, "专题调研", ("调研", "调查研究")),
    Choice("routine", "日常检查", ("日常监督", "例行检查", "检查", "监督检查")),
    Choice(SIT_IN, "列席会议", ("列席", "参会监督")),
    Choice("unannounced", "明察暗访", ("暗访", "明查暗访", "四不两直")),
    Choice("life_meeting", "参加民主生活会", ("民主生活会", "组织生活会", "督导民主生活会")),
    Choice("ecology", "政治生态分析", ("政治生态研判", "政治生态")),
    Choice(CONSULTATION, "会商", ("专题会商", "定期会商")),
    Choice(SUMMONS, "约谈", ("集体约谈",)),
    Choice("visit", "走访", ("走访调研", "下沉走访", "走访座谈")),
    Choice("guidance", "督导", ("督促指导", "现场督导", "督办")),
)
THEMES = (
    Choice("centre", "党中央重大决策部署", ("政治监督", "重大决策部署", "贯彻落实党中央决策部署")),
    Choice("superior", "上级部署", ("上级交办", "派出机关部署", "上级安排")),
    Choice("main_duty", "主体责任", ("全面从严治党主体责任", "一岗双责", "责任落实")),
    Choice("cadres", "选人用人", ("干部选任",)),
    Choice("funds", "资金项目", ("资金", "项目", "工程项目", "专项资金")),
    Choice("power", "权力运行", ("行政审批", "行政执法", "三重一大")),
    Choice("eight_rules", "中央八项规定精神", ("八项规定", "作风", "作风建设", "纠治四风", "四风")),
    Choice("inspection", "巡视巡察整改", ("巡察整改", "巡视整改")),
    Choice("industry", "行业专项整治", ("专项整治", "群众身边不正之风和腐败问题")),
    Choice("other", "其他"),
)
METHODS = (
    Choice("papers", "查阅资料", ("查资料", "调阅资料", "资料查阅")),
    Choice("interviews", "个别谈话", ("谈话", "谈话了解")),
    Choice("on_site", "现场查看", ("现场检查", "实地查看", "实地检查")),
    Choice("questionnaire", "问卷", ("问卷调查",)),
    Choice("seminar", "座谈", ("座谈会",)),
    Choice("matching", "系统比对", ("数据比对", "大数据比对")),
    Choice("phone", "电话回访", ("电话抽查",)),
)
FEEDBACK = (
    Choice("oral", "口头", ("口头反馈", "当场反馈")),
    Choice("sheet", "书面反馈单", ("书面", "书面反馈", "反馈单")),
    Choice("reminder", "提醒函", ("工作提醒函", "提示函")),
    Choice("proposal", "建议书", ("纪检监察建议", "纪律检查建议书", "监察建议书")),
    Choice("meeting", "会议通报", ("通报", "会上通报")),
)


def _not_begun(values: Values) -> bool:
    return values.get("state") in (None, *BEFORE, "cancelled")


def _not_over(values: Values) -> bool:
    return values.get("state") in (None, *BEFORE, GOING, "cancelled")


class SupervisionActivity(Record):
    """One activity of supervision; what it found, proposed and handed over is counted, never typed."""

    __tablename__ = "supervision_activity"
    __table_args__ = indexes("supervision_activity", "start_date", "kind", "state", "missing")

    title: Mapped[str] = line(
        "名称",
        sens=P0,
        searchable=True,
        aliases=("检查名称", "标题", "监督检查名称", "活动名称", "检查事项", "检查项目", "监督事项", "调研题目"),
    )
    kind: Mapped[str | None] = choice(
        "类型",
        ACTIVITY_KINDS,
        wanted=True,
        sens=P0,
        aliases=("监督类型", "检查类型", "监督方式类型", "活动类型", "类别"),
    )
    theme: Mapped[str | None] = choice(
        "监督重点", THEMES, wanted=True, sens=P0, aliases=("任务来源", "监督重点(任务来源)", "监督主题", "检查重点")
    )
    plan: Mapped[int | None] = files("方案", aliases=("检查方案", "工作方案"))
    approver: Mapped[Ref | None] = person_field("方案批准人", aliases=("批准人", "审批人"))
    approved_at: Mapped[date | None] = day("批准日期", aliases=("审批日期",))
    notice_at: Mapped[date | None] = day("通知日期", sens=P0, aliases=("会议通知日期", "检查通知日期"))
    start_date: Mapped[date | None] = day(
        "开始日期",
        planned=_not_begun,
        wanted=True,
        sens=P0,
        aliases=("日期", "时间", "检查日期", "检查时间", "起始日期", "监督时间", "开展时间"),
    )
    end_date: Mapped[date | None] = day(
        "结束日期",
        planned=_not_over,
        after=("start_date",),
        wanted=True,
        sens=P0,
        aliases=("截止日期", "终止日期", "止"),
    )
    place: Mapped[str | None] = line("地点", wanted=True, sens=P0, aliases=("检查地点",))
    units: Mapped[tuple[Ref, ...] | None] = units(
        "被检查单位",
        wanted=True,
        sens=P0,
        searchable=True,
        aliases=("检查单位", "受检单位", "检查对象", "被监督单位", "监督对象", "调研单位", "走访单位"),
    )
    members: Mapped[tuple[Ref, ...] | None] = persons(
        "参加人员", aliases=("检查人员", "检查组成员", "参加人", "监督人员", "人员"), help="两人以上"
    )
    member_unit: Mapped[str | None] = line(
        "第二人单位", help="一人成组时，第二人来自协作区、派出机关或机关纪委，写明单位"
    )
    talked: Mapped[tuple[Ref, ...] | None] = persons(
        "约谈对象",
        sens=Sens.P2,
        searchable=True,
        aliases=("被约谈人", "约谈人员"),
        help="约谈了谁；统计人数以廉政谈话里一人一条的约谈记录为准，记录在“相关谈话”里指到",
    )
    talk_refs: Mapped[tuple[Ref, ...] | None] = links("相关谈话", "integrity_talk", aliases=("谈话记录编号",))
    methods: Mapped[tuple[str, ...] | None] = choices(
        "监督方式", METHODS, sens=P0, aliases=("方式", "检查方式", "工作方式")
    )
    content: Mapped[str | None] = text(
        "监督情况", searchable=True, aliases=("检查情况", "正文", "监督检查情况", "调研情况", "检查内容", "主要情况")
    )
    findings: Mapped[int | None] = integer(
        "发现问题数", sens=P0, computed=True, help="来源指到本次检查的问题有几条，自动计"
    )
    open_findings: Mapped[int | None] = integer(
        "未销号问题数", sens=P0, computed=True, help="其中还没有销号的；长期坚持的不算"
    )
    suggestions: Mapped[int | None] = integer(
        "提出意见建议数", sens=P0, computed=True, help="本页的意见建议，加上来源指到本次检查的建议书里的建议"
    )
    adopted: Mapped[int | None] = integer("采纳数", sens=P0, computed=True, help="其中采纳和部分采纳的")
    leads: Mapped[int | None] = integer("移交线索数", computed=True)
    lead_refs: Mapped[tuple[Ref, ...] | None] = links("线索编号", "lead", sens=Sens.P3, aliases=("移交的线索",))
    feedback: Mapped[str | None] = choice("反馈方式", FEEDBACK, aliases=("反馈形式",))
    feedback_at: Mapped[date | None] = day("反馈日期", after=("start_date",), aliases=("反馈时间",))
    papers: Mapped[int | None] = files("检查材料", aliases=("检查底稿", "情况报告"))
    closed_at: Mapped[date | None] = day("办结日期", after=("feedback_at",), aliases=("办结时间", "完成日期"))
    cancel_reason: Mapped[str | None] = line("取消原因")
    state: Mapped[str] = state(STATES)


def derive(values: Values, _aids: Aids) -> dict[str, Value]:
    """Count the leads handed over, and take the first unit checked for the unit concerned."""
    leads, checked = values.get("lead_refs"), values.get("units")
    made: dict[str, Value] = {"leads": len(leads) if isinstance(leads, tuple) else 0}
    if values.get("unit_id") is None and isinstance(checked, tuple) and checked:
        first = checked[0]
        made["unit_id"] = first if isinstance(first, Ref) else None
    return made


def _consultation(values: Values) -> bool:
    return values.get("kind") == CONSULTATION


def _something_found(values: Values) -> bool:
    return bool(values.get("findings") or values.get("suggestions"))


ACTIVITY = Register(
    key="supervision_activity",
    label="监督检查",
    model=SupervisionActivity,
    fields=fields_of(SupervisionActivity),
    sections=(
        Section("检查", ("title", "kind", "theme", "units", "start_date", "end_date", "place", "state")),
        Section("方案", ("plan", "approver", "approved_at", "notice_at")),
        Section("人员", ("members", "member_unit", "talked", "talk_refs")),
        Section("情况", ("methods", "content", "papers")),
        Section("结果", ("findings", "open_findings", "suggestions", "adopted", "leads", "lead_refs")),
        Section("反馈与办结", ("feedback", "feedback_at", "closed_at", "cancel_reason")),
        Section("登记", OWN),
    ),
    columns=("title", "kind", "start_date", "units", "state", "findings", "open_findings", "suggestions", "adopted"),
    identity=("title", "start_date"),
    title=("title",),
    main_date="start_date",
    flow=FLOW,
    derive=derive,
    rows=(ADVICE,),
    limits=(
        LimitFrom("start_date", what="开展监督检查", action="going", states=BEFORE),
        LimitFrom("start_date", "C04", ("notice_at",), "发出会商通知", "notice_at", only=_consultation, states=BEFORE),
        LimitFrom("end_date", "C25", ("feedback_at",), "反馈检查情况", "fed_back", only=_something_found,
                  states=UNTOLD),
    ),
)  # fmt: skip
