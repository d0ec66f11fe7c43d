"""发现问题与整改: one problem a row, from the day it was found to the look back after it was struck off."""

from datetime import date

from paizhu.base.register import Aids, LimitFrom, Register, Section
from paizhu.base.rows import Value, Values
from paizhu.registers.due_extension import FINDING_EXTENSION
from paizhu.registers.finding_choices import (
    ACCEPT_MODES,
    ACCEPT_RESULTS,
    CATEGORIES,
    COMPLETION,
    KIND_OF_SOURCE,
    LEVELS,
    LOOK_BACK_RESULTS,
    SCOPES,
    SOURCE_KINDS,
    TERM_KINDS,
    WORDS_OF_SOURCE,
)
from paizhu.registers.finding_flow import FLOW, STATES, UNREPORTED
from paizhu.registers.finding_rows import PROGRESS
from paizhu.registers.record import (
    OWN,
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
    link,
    person,
    persons,
    state,
    text,
    unit,
    yes_no,
)


class Finding(Record):
    """One problem that supervision found at one unit, and what became of it."""

    __tablename__ = "finding"
    __table_args__ = indexes("finding", "found_at", "due", "state", "duty_unit", "missing")

    unit_id: Mapped[Ref | None] = unit(
        "所属单位", wanted=True, sens=Sens.P0, aliases=("单位", "单位名称", "被检查单位", "驻在单位")
    )
    problem: Mapped[str] = text(
        "问题描述",
        searchable=True,
        aliases=("问题", "发现问题", "存在问题", "主要问题", "具体问题", "问题内容", "发现的问题", "问题表现"),
        help="一个问题一条，便于逐条整改、逐条销号",
    )
    basis: Mapped[str | None] = text("依据", aliases=("问题依据", "违反规定", "依据条款"))
    found_at: Mapped[date | None] = day("发现日期", wanted=True, aliases=("发现时间", "检查日期", "检查时间"))
    source_kind: Mapped[str | None] = choice(
        "来源类型", SOURCE_KINDS, wanted=True, aliases=("问题来源", "发现途径", "来源类别")
    )
    source_ref: Mapped[Ref | None] = link(
        "来源",
        "supervision_activity",
        "proposal",
        "review_item",
        "meeting",
        "integrity_talk",
        "petition",
        "case",
        "duty_item",
        wanted=True,
        aliases=("来源编号", "来源记录", "检查名称"),
        help="指到监督检查、审查事项、谈话、案件等记录；巡视巡察、审计反馈的写文件名称",
    )
    category: Mapped[str | None] = choice(
        "问题类别", CATEGORIES, wanted=True, aliases=("类别", "问题类型", "问题分类", "问题性质")
    )
    scope: Mapped[str | None] = choice("共性或个性", SCOPES, wanted=True, aliases=("共性个性", "共性/个性", "问题属性"))
    level: Mapped[str | None] = choice("严重程度", LEVELS, wanted=True, aliases=("程度", "问题程度"))
    risk_ref: Mapped[Ref | None] = link(
        "对应风险点",
        "risk_point",
        aliases=("风险点", "廉政风险点"),
        help="从哪一个廉政风险点发生的；风险点那边自动列出本条",
    )
    repeat_of: Mapped[Ref | None] = link(
        "曾销号的同一问题", "finding", aliases=("原问题编号", "重复问题"), help="以前销过号、这次又发现的，写原来的编号"
    )
    duty_unit: Mapped[Ref | None] = unit(
        "责任单位",
        wanted=True,
        searchable=True,
        aliases=("整改单位", "责任部门", "整改责任单位", "承办单位", "牵头单位"),
    )
    duty_leader: Mapped[Ref | None] = person(
        "责任领导", wanted=True, searchable=True, aliases=("分管领导", "牵头领导", "整改责任领导")
    )
    duty_person: Mapped[Ref | None] = person(
        "责任人", wanted=True, searchable=True, aliases=("整改责任人", "具体责任人", "直接责任人")
    )
    requirement: Mapped[str | None] = text(
        "整改要求", wanted=True, searchable=True, aliases=("整改建议", "意见建议", "整改要求/建议", "工作要求")
    )
    term_kind: Mapped[str | None] = choice(
        "整改时限类型", TERM_KINDS, wanted=True, aliases=("时限类型", "整改类型", "整改方式")
    )
    assigned_at: Mapped[date | None] = day(
        "交办日期", after=("found_at",), wanted=True, aliases=("交办时间", "反馈日期", "反馈时间")
    )
    assign_doc: Mapped[str | None] = line("交办文号", aliases=("交办文书", "整改通知文号", "反馈文号"))
    proposal_ref: Mapped[Ref | None] = link(
        "建议书",
        "proposal",
        aliases=("建议书编号", "建议书文号", "提醒函文号"),
        help="由哪一份建议书、提醒函或整改通知书交办",
    )
    due: Mapped[date | None] = day(
        "整改期限",
        planned=True,
        after=("assigned_at",),
        aliases=("整改时限", "完成时限", "期限", "时限", "整改完成时限", "限期", "完成期限"),
        help="长期坚持的不用填；交办文书写了日期的按文书，没有写的一般 30 日",
    )
    measures: Mapped[str | None] = text("整改措施", searchable=True, aliases=("措施", "整改方案", "具体措施"))
    completion: Mapped[str | None] = choice(
        "完成情况",
        COMPLETION,
        sens=Sens.P0,
        aliases=("整改状态", "整改进度", "是否完成", "完成进度"),
        help="旧台账里的整改情况；导入时按它判断办到哪一步",
    )
    report: Mapped[str | None] = text(
        "整改结果", searchable=True, aliases=("整改情况", "整改落实情况", "整改成效", "整改结果报告")
    )
    reported_at: Mapped[date | None] = day(
        "报送日期", after=("assigned_at",), aliases=("报送时间", "整改报告日期", "报告日期")
    )
    evidence: Mapped[int | None] = files("佐证材料", aliases=("佐证", "印证材料"))
    accept_mode: Mapped[str | None] = choice("验收方式", ACCEPT_MODES)
    accepted_at: Mapped[date | None] = day("验收日期", aliases=("验收时间",))
    acceptors: Mapped[tuple[Ref, ...] | None] = persons("验收人", aliases=("验收人员",))
    acceptor_unit: Mapped[str | None] = line(
        "第二名验收人单位", help="一人成组时，第二名验收人来自协作区、派出机关或机关纪委，写明单位"
    )
    accept_result: Mapped[str | None] = choice("验收结论", ACCEPT_RESULTS, aliases=("验收结果", "结论"))
    review_note: Mapped[str | None] = text(
        "复核结论",
        searchable=True,
        aliases=("复核意见", "验收意见", "复核情况"),
        help="看了什么、改到什么程度；销号时要写",
    )
    send_back_reason: Mapped[str | None] = text("退回原因", aliases=("退回理由",))
    redo_due: Mapped[date | None] = day("重改期限", planned=True, aliases=("重新整改期限",))
    closed_at: Mapped[date | None] = day(
        "销号日期", after=("found_at", "accepted_at"), aliases=("销号时间", "整改完成日期", "完成日期", "办结日期")
    )
    rules_made: Mapped[int | None] = integer(
        "建章立制数", sens=Sens.P0, aliases=("建立制度数", "制定制度数", "长效机制", "建章立制")
    )
    rules_names: Mapped[str | None] = text("制度名称", sens=Sens.P0, aliases=("建立的制度",))
    look_back: Mapped[date | None] = day("回头看日期", after=("closed_at",), aliases=("回头看时间", "复查日期"))
    look_back_result: Mapped[str | None] = choice("回头看结果", LOOK_BACK_RESULTS, aliases=("复查结果",))
    look_back_note: Mapped[str | None] = text("回头看情况")
    long_check: Mapped[date | None] = day(
        "长期坚持检查日期", planned=True, aliases=("年度检查日期",), help="下一次检查的日期，每年一次"
    )
    long_result: Mapped[str | None] = text("上次检查结果", aliases=("年度检查结果",))
    accountability_ref: Mapped[Ref | None] = link(
        "追责情况", "measure", "lead", "case", "integrity_talk", sens=Sens.P2, aliases=("追责问责", "问责情况")
    )
    papers_filed: Mapped[bool | None] = yes_no("材料已归齐", aliases=("是否归档", "材料归档"))
    state: Mapped[str] = state(STATES)


def check(finding: Finding) -> list[str]:
    """Refuse a negative count, and a finding that repeats itself."""
    found: list[str] = []
    if finding.rules_made is not None and finding.rules_made < 0:
        found.append("建章立制数不能小于 0")
    if finding.repeat_of and finding.no and finding.repeat_of.label == finding.no:
        found.append("曾销号的同一问题不能是本条自己")
    return found


def derive(values: Values, _aids: Aids) -> dict[str, Value]:
    """Take the unit that answers for the unit concerned, and the kind of source from the record it points to."""
    made: dict[str, Value] = {}
    if values.get("unit_id") is None and values.get("duty_unit") is not None:
        made["unit_id"] = values.get("duty_unit")
    source = values.get("source_ref")
    if values.get("source_kind") is None and isinstance(source, Ref):
        told = (kind for kind, words in WORDS_OF_SOURCE if any(word in source.label for word in words))
        made["source_kind"] = KIND_OF_SOURCE.get(source.register) or next(told, None)
    return {name: value for name, value in made.items() if value is not None}


def _no_day(values: Values) -> bool:
    return not values.get("due") and not values.get("redo_due") and values.get("term_kind") != "long_term"


def _from_inspection(values: Values) -> bool:
    return _no_day(values) and values.get("source_kind") == "inspection"


def _otherwise(values: Values) -> bool:
    return _no_day(values) and values.get("source_kind") != "inspection"


def _first_time(values: Values) -> bool:
    return not values.get("redo_due")


FINDING = Register(
    key="finding",
    label="发现问题",
    model=Finding,
    fields=fields_of(Finding),
    sections=(
        Section("问题", ("problem", "basis", "found_at", "source_kind", "source_ref", "category", "scope", "level",
                       "risk_ref", "repeat_of", "state")),
        Section("责任", ("duty_unit", "duty_leader", "duty_person")),
        Section("交办", ("requirement", "term_kind", "assigned_at", "assign_doc", "proposal_ref", "due")),
        Section("整改", ("measures", "completion", "report", "reported_at", "evidence", "rules_made", "rules_names")),
        Section("验收与销号", ("accept_mode", "accepted_at", "acceptors", "acceptor_unit", "accept_result",
                          "review_note", "send_back_reason", "redo_due", "closed_at")),
        Section("回头看", ("look_back", "look_back_result", "look_back_note", "papers_filed")),
        Section("长期坚持与追责", ("long_check", "long_result", "accountability_ref")),
        Section("登记", OWN),
    ),
    columns=("problem", "duty_unit", "due", "state", "evidence", "duty_person", "category", "level"),
    identity=("problem", "duty_unit"),
    title=("problem",),
    main_date="found_at",
    flow=FLOW,
    check=check,
    derive=derive,
    rows=(PROGRESS, FINDING_EXTENSION),
    limits=(
        LimitFrom("due", until=("reported_at", "closed_at"), what="完成整改", action="reported", states=UNREPORTED,
                  only=_first_time),
        LimitFrom("assigned_at", "T25", ("reported_at", "closed_at"), "完成整改", "reported", only=_otherwise,
                  states=UNREPORTED),
        LimitFrom("assigned_at", "T26", ("reported_at", "closed_at"), "完成巡视巡察整改", "reported",
                  only=_from_inspection, states=UNREPORTED),
        LimitFrom("redo_due", what="重新整改", action="reported", states=("sent_back", "rectifying", "overdue")),
        LimitFrom("reported_at", "C21", ("accepted_at", "closed_at"), "验收整改结果", "accepting",
                  states=("reported",)),
        LimitFrom("closed_at", "C22", ("look_back",), "整改回头看", "look_back", states=("closed",)),
        LimitFrom("long_check", what="长期坚持年度检查", action="long_result", states=("long_term",)),
    ),
)  # fmt: skip
