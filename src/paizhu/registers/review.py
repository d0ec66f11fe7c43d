"""会前审查: one row per agenda item that the unit sends before its meeting decides.

The opinion is supervision, not approval (监督不是把关): it concerns integrity, discipline and procedure. What
the domain lists for ``under_review`` (checks, recusal, flags seen) is done in that state, so it is asked for on the
way out of it; the same holds for the first state, where the papers arrive.
"""

from datetime import date

from paizhu.base.register import LimitFrom, Register, Section
from paizhu.base.rows import Values
from paizhu.registers.choices import ADOPTION
from paizhu.registers.record import (
    OWN,
    Decimal,
    Mapped,
    Record,
    Ref,
    Sens,
    choice,
    choices,
    day,
    fields_of,
    indexes,
    integer,
    line,
    link,
    moment,
    money,
    person,
    persons,
    state,
    text,
    unit,
    yes_no,
)
from paizhu.registers.review_choices import (
    CARRYING_OUT,
    DECISIONS,
    FUND_SOURCES,
    MATTER_CATEGORIES,
    OPINIONS,
    PREPARATION,
    PROCUREMENT_MODES,
    RED_FLAGS,
    SUB_CATEGORIES,
)
from paizhu.registers.review_flow import BEFORE_OPINION, FLOW, STATES
from paizhu.registers.review_follow import before_feedback, derive, not_heard
from paizhu.registers.review_rows import CANDIDATE, CHECK, MATERIAL, SUGGESTION


class ReviewItem(Record):
    """One item of 三重一大, from the papers that arrive to the decision being carried out."""

    __tablename__ = "review_item"
    __table_args__ = indexes("review_item", "planned_meeting_at", "state", "category", "supplier", "missing")

    unit_id: Mapped[Ref | None] = unit(
        "所属单位", wanted=True, sens=Sens.P0, aliases=("单位", "单位名称", "报送单位", "驻在单位", "被监督单位")
    )
    title: Mapped[str] = line(
        "议题名称",
        searchable=True,
        aliases=("议题", "事项", "事项名称", "议题内容", "审查事项", "议题标题", "审议事项"),
    )
    category: Mapped[str | None] = choice(
        "事项类别",
        MATTER_CATEGORIES,
        wanted=True,
        sens=Sens.P0,
        aliases=("类别", "议题类别", "事项类型", "三重一大类别", "议题类型", "类型"),
    )
    sub_category: Mapped[str | None] = choice("子类", SUB_CATEGORIES, sens=Sens.P0, aliases=("事项子类", "具体类别"))
    meeting: Mapped[Ref | None] = link(
        "会议", "meeting", wanted=True, aliases=("会议名称", "上会会议", "所属会议", "提交会议", "会议届次")
    )
    agenda_no: Mapped[int | None] = integer("议题序号", aliases=("议题号", "第几议题"))
    submit_dept: Mapped[Ref | None] = unit(
        "提出部门",
        wanted=True,
        aliases=("提出单位", "申请部门", "承办部门", "承办处室", "报送部门", "提请部门", "提报部门", "汇报部门"),
    )
    reporter: Mapped[Ref | None] = person("汇报人", wanted=True, aliases=("议题汇报人", "汇报人员", "提出人"))
    leader_in_charge: Mapped[Ref | None] = person("分管领导", wanted=True, aliases=("分管负责人", "分管局领导"))
    submitted_at: Mapped[date | None] = moment(
        "报送日期时间",
        wanted=True,
        aliases=("报送时间", "报送日期", "材料送达", "材料送达时间", "收到时间", "收到日期", "报审时间", "送审时间"),
    )
    planned_meeting_at: Mapped[date | None] = moment(
        "拟上会日期",
        planned=not_heard,
        wanted=True,
        aliases=("拟上会时间", "上会时间", "上会日期", "会议时间", "会议日期", "拟上会", "上会"),
    )
    lead_workdays: Mapped[int | None] = integer(
        "提前工作日", sens=Sens.P0, computed=True, aliases=("提前量", "提前量（工作日）")
    )
    missing_list: Mapped[str | None] = text("缺少材料", aliases=("待补材料", "补正内容"))
    returned_at: Mapped[date | None] = day("退回日期", aliases=("退回补正日期",))
    supplement_due: Mapped[date | None] = day(
        "补正期限", planned=True, after=("returned_at",), aliases=("补充材料期限",)
    )
    amount: Mapped[Decimal | None] = money(
        "金额", aliases=("涉及金额", "资金数额", "金额(元)", "资金额度", "项目金额", "预算金额", "涉及资金")
    )
    threshold: Mapped[Decimal | None] = money(
        "起点标准", sens=Sens.P0, computed=True, aliases=("大额标准", "阈值", "起点标准(阈值)")
    )
    fund_source: Mapped[str | None] = choice("资金来源", FUND_SOURCES, aliases=("经费来源", "资金渠道"))
    budget_item: Mapped[str | None] = line("预算科目", aliases=("预算项目", "列支科目"))
    procurement_mode: Mapped[str | None] = choice("采购方式", PROCUREMENT_MODES, aliases=("招采方式", "发包方式"))
    supplier: Mapped[Ref | None] = link(
        "供应商",
        "supplier",
        searchable=True,
        aliases=("合作方", "供应商/合作方", "中标单位", "意向单位", "施工单位", "成交单位", "收款单位", "供货单位"),
    )
    legal_review: Mapped[str | None] = choice("合法性审查", PREPARATION, aliases=("法律审核", "合法性审核"))
    risk_assess: Mapped[str | None] = choice("风险评估", PREPARATION, aliases=("风险评价",))
    expert: Mapped[str | None] = choice("专家论证", PREPARATION, aliases=("专家评审",))
    public: Mapped[str | None] = choice("公众参与", PREPARATION, aliases=("征求公众意见", "听证"))
    preparation_note: Mapped[str | None] = text(
        "不需要的理由", help="合法性审查、风险评估、专家论证、公众参与中“不需要”的，写明理由"
    )
    prior_consult: Mapped[str | None] = text(
        "会前酝酿情况", searchable=True, aliases=("酝酿情况", "会前沟通", "会前酝酿")
    )
    recusal_list: Mapped[tuple[Ref, ...] | None] = persons(
        "应回避人员", sens=Sens.P2, aliases=("回避人员", "需回避人员", "应回避人")
    )
    recused: Mapped[bool | None] = yes_no("是否回避", sens=Sens.P2, aliases=("回避情况", "已回避"))
    flags: Mapped[tuple[str, ...] | None] = choices("风险提示", RED_FLAGS, computed=True, aliases=("提示", "红旗"))
    flags_seen: Mapped[bool | None] = yes_no("提示已核实", help="每条提示都看过：写入意见，或在下面写明核实情况")
    flags_note: Mapped[str | None] = text("提示核实情况")
    opinion: Mapped[str | None] = choice(
        "审查意见", OPINIONS, aliases=("意见", "审查结论", "派驻组意见", "审核意见", "纪检监察组意见", "意见类型")
    )
    opinion_text: Mapped[str | None] = text(
        "意见内容",
        searchable=True,
        aliases=("意见建议", "意见内容/建议", "具体意见", "审查意见内容", "提出的意见建议", "建议"),
    )
    reviewer: Mapped[Ref | None] = person("审查人", aliases=("审查人员", "审核人", "经办审查人"))
    signer: Mapped[Ref | None] = person("审签人", aliases=("签发人", "审批人"))
    opinion_date: Mapped[date | None] = day(
        "意见日期", aliases=("审查日期", "审查时间", "出具意见日期", "出具意见时间")
    )
    feedback_date: Mapped[date | None] = day(
        "反馈日期",
        after=("opinion_date",),
        of_before=before_feedback,
        aliases=("反馈时间", "送达日期", "反馈(送达)日期", "意见反馈日期", "意见反馈时间"),
    )
    feedback_to: Mapped[str | None] = line("反馈签收人", aliases=("签收人", "反馈对象", "接收人"))
    report_up_date: Mapped[date | None] = day("报告派出机关日期", aliases=("向派出机关报告日期",))
    reply_date: Mapped[date | None] = day("答复日期", aliases=("单位答复日期", "回复日期", "答复时间"))
    adopted: Mapped[str | None] = choice("采纳情况", ADOPTION, aliases=("是否采纳", "意见采纳情况", "建议采纳情况"))
    postponed_until: Mapped[date | None] = day("暂缓至", planned=True, aliases=("暂缓期限",))
    drop_reason: Mapped[str | None] = line("撤回原因", aliases=("撤回理由",))
    group_attendee: Mapped[Ref | None] = person(
        "派驻列席人", aliases=("列席人", "列席人员", "列席情况", "派驻组列席人员")
    )
    last_speak_ok: Mapped[bool | None] = yes_no("末位表态", aliases=("是否末位表态", "主要负责人末位表态"))
    opinion_in_meeting: Mapped[str | None] = text("会中意见", searchable=True, aliases=("会上意见", "会议期间意见"))
    member_opinion: Mapped[str | None] = text(
        "作为党组成员的意见",
        private=True,
        aliases=("党组成员意见", "班子成员意见"),
        help="与监督意见分开记；不进入意见书，打印和导出时逐项勾选才带出",
    )
    decided: Mapped[str | None] = choice(
        "决议结果",
        DECISIONS,
        aliases=("会议结果", "上会情况", "决策结果", "会议决议", "审议结果", "表决结果", "议定结果"),
    )
    vote_for: Mapped[int | None] = integer("赞成", aliases=("赞成票", "同意票", "赞成票数"))
    vote_against: Mapped[int | None] = integer("反对", aliases=("反对票", "反对票数"))
    vote_abstain: Mapped[int | None] = integer("弃权", aliases=("弃权票", "弃权票数"))
    minutes_checked: Mapped[date | None] = day("纪要核对日期", help="收到会议纪要，与审查时的议题核对过的日期")
    changed_after_review: Mapped[bool | None] = yes_no("议题内容是否变化", aliases=("是否变化", "议题是否变更"))
    change_note: Mapped[str | None] = text(
        "变化内容", aliases=("变更内容", "变更情况"), help="金额、供应商、人选或范围的变化"
    )
    issue_ref: Mapped[Ref | None] = link("问题与处理", "finding", aliases=("发现问题", "程序问题编号"))
    follow_date: Mapped[date | None] = day(
        "跟踪日期", planned=True, after=("planned_meeting_at",), aliases=("跟踪时间", "下次跟踪日期")
    )
    follow_result: Mapped[str | None] = choice(
        "执行情况", CARRYING_OUT, aliases=("落实情况", "跟踪情况", "决议执行情况", "决策执行情况", "跟踪结果")
    )
    follow_note: Mapped[str | None] = text("执行说明", searchable=True, aliases=("公开情况", "执行及公开情况"))
    conclusion: Mapped[str | None] = text("办结结论", searchable=True, aliases=("结论", "办结情况"))
    state: Mapped[str] = state(STATES)


def must_report(values: Values) -> bool:
    """Tell whether the commission has to hear of the item: 不同意上会, or 暂缓 that was not followed (3.3)."""
    opinion = values.get("opinion")
    return opinion == "object" or (opinion == "postpone" and values.get("adopted") == "refused")


def check(item: ReviewItem) -> list[str]:
    """Refuse sums and votes below zero."""
    found = []
    if item.amount is not None and item.amount < 0:
        found.append("金额不能小于 0")
    for label, votes in (("赞成", item.vote_for), ("反对", item.vote_against), ("弃权", item.vote_abstain)):
        if votes is not None and votes < 0:
            found.append(f"{label}票数不能小于 0")
    return found


REVIEW = Register(
    key="review_item",
    label="会前审查",
    model=ReviewItem,
    fields=fields_of(ReviewItem),
    sections=(
        Section("议题", ("title", "category", "sub_category", "meeting", "agenda_no", "planned_meeting_at", "state")),
        Section("报送", ("submit_dept", "reporter", "leader_in_charge", "submitted_at", "lead_workdays")),
        Section("退回补正", ("missing_list", "returned_at", "supplement_due")),
        Section("资金与采购", ("amount", "threshold", "fund_source", "budget_item", "procurement_mode", "supplier")),
        Section("论证", ("legal_review", "risk_assess", "expert", "public", "preparation_note", "prior_consult")),
        Section("回避与提示", ("recusal_list", "recused", "flags", "flags_seen", "flags_note")),
        Section("意见", ("opinion", "opinion_text", "reviewer", "signer", "opinion_date", "report_up_date")),
        Section("反馈", ("feedback_date", "feedback_to", "reply_date", "adopted", "postponed_until", "drop_reason")),
        Section("上会", ("group_attendee", "last_speak_ok", "opinion_in_meeting", "member_opinion", "decided")),
        Section("表决", ("vote_for", "vote_against", "vote_abstain")),
        Section("纪要核对", ("minutes_checked", "changed_after_review", "change_note", "issue_ref")),
        Section("跟踪落实", ("follow_date", "follow_result", "follow_note", "conclusion")),
        Section("登记", OWN),
    ),
    columns=("title", "planned_meeting_at", "state", "flags", "category", "amount", "opinion", "adopted"),
    identity=("title", "planned_meeting_at"),
    title=("title",),
    main_date="planned_meeting_at",
    flow=FLOW,
    check=check,
    derive=derive,
    rows=(MATERIAL, CHECK, SUGGESTION, CANDIDATE),
    limits=(
        LimitFrom(
            "planned_meeting_at",
            "C01",
            until=("submitted_at",),
            what="收会议材料",
            action="submitted_at",
            states=("submitted",),
        ),
        LimitFrom(
            "planned_meeting_at", until=("opinion_date",), what="出具审查意见", action="opinion", states=BEFORE_OPINION
        ),
        LimitFrom("supplement_due", what="补正材料", action="submitted", states=("returned_material",)),
        LimitFrom("planned_meeting_at", what="反馈审查意见", action="feedback_sent", states=("opinion_signed",)),
        LimitFrom(
            "opinion_date", until=("report_up_date",), what="报告派出机关", action="report_up_date", only=must_report
        ),
        LimitFrom("postponed_until", what="暂缓上会到期", action="submitted", states=("postponed",)),
        LimitFrom(
            "planned_meeting_at",
            until=("decided",),
            what="列席会议",
            action="on_agenda",
            states=("feedback_sent", "unit_reply"),
        ),
        # The meeting is over then (domain 3.3: who attended is known); its decision is checked against the minutes.
        LimitFrom("planned_meeting_at", "C02", what="登记决议", action="resolved", states=("on_agenda",)),
        LimitFrom("follow_date", what="跟踪决议执行", action="follow_result", states=("tracking",)),
    ),
)
