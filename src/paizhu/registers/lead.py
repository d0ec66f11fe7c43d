"""问题线索处置台账: one row per reported person, from registration to disposal or filing."""

from datetime import date

from paizhu.base.register import Aids, LimitFrom, Register, Section
from paizhu.base.rows import Value, Values
from paizhu.registers.choices import AUTHORITY, DISCIPLINES, DISPOSAL_MODES, FOUR_FORMS
from paizhu.registers.clarification import CLARIFY, Ended
from paizhu.registers.earlier import LEAD_EARLIER
from paizhu.registers.lead_flow import LEAD_FLOW, LEAD_STATES
from paizhu.registers.lead_rows import HAND, PANEL_VIEW
from paizhu.registers.matter_extension import LEAD_EXTENSION
from paizhu.registers.measure_kinds import MEASURE_KINDS
from paizhu.registers.record import (
    OWN,
    Choice,
    Decimal,
    Mapped,
    Record,
    Ref,
    Sens,
    choice,
    choices,
    day,
    fields_of,
    files,
    indexes,
    integer,
    line,
    link,
    links,
    money,
    person,
    persons,
    state,
    text,
    unit,
    units,
    yes_no,
)
from paizhu.registers.subject import SUBJECT_THEN, SubjectThen

P3 = Sens.P3
SOURCES = (
    Choice("petition", "信访举报", ("信访", "举报", "群众举报", "来信来访")),
    Choice("superior", "上级交办", ("派出机关交办", "上级转办", "领导交办")),
    Choice("inspection", "巡视巡察移交", ("巡视移交", "巡察移交", "巡察", "巡视")),
    Choice("audit", "审计移交", ("审计",)),
    Choice("judicial", "公检法移交", ("公安移交", "检察院移交", "法院移交", "司法机关移交")),
    Choice("law_organ", "其他行政执法机关移交", ("行政执法机关移交", "执法机关移交")),
    Choice("supervision", "监督检查发现", ("监督检查", "日常监督发现", "检查发现")),
    Choice("investigation", "审查调查发现", ("办案发现", "案件中发现")),
    Choice("media", "媒体舆情", ("舆情", "媒体反映", "网络舆情")),
    Choice("confession", "主动交代（投案）", ("主动交代", "主动投案", "投案")),
    Choice("subordinate", "下级报送", ("下级上报",)),
    Choice("other", "其他"),
)
REPORT_OPINIONS = (
    Choice("credited", "采信了结", ("予以采信了结", "了结澄清")),
    Choice("first_form", "第一种形态处理", ("谈话提醒等第一种形态", "谈话提醒", "第一种形态")),
    Choice("again", "再次谈话函询", ("再次函询",)),
    Choice("check", "初步核实", ("转初核", "初核")),
    Choice("false_accusation", "查处诬告"),
)
CHECK_OPINIONS = (
    Choice("file", "拟立案审查调查", ("立案", "拟立案", "立案审查")),
    Choice("close", "予以了结", ("了结",)),
    Choice("remind", "谈话提醒"),
    Choice("hold", "暂存待查", ("暂存",)),
    Choice("party_body", "移送有关党组织处理", ("移送有关党组织", "移送党组织处理")),
)
CLOSE_REASONS = (
    Choice("untrue", "失实", ("不属实", "反映失实", "反映不实")),
    Choice("uncheckable", "无可查性", ("不具可查性", "没有可查性")),
    Choice("minor", "情节轻微已处理", ("情节轻微",)),
    Choice("settled", "已有结论", ("已核查过",)),
    Choice("dead", "对象死亡", ("死亡",)),
    Choice("other", "其他"),
)


class Lead(SubjectThen, Ended, Record):
    """One lead about one person; the day it was received starts the month for a disposal opinion."""

    __tablename__ = "lead"
    __table_args__ = indexes("lead", "received_at", "state", "missing")

    no: Mapped[str | None] = line(
        "线索编号", computed=True, sens=P3, searchable=True, aliases=("编号", "线索号", "问题线索编号")
    )
    unit_id: Mapped[Ref | None] = unit("所属单位", wanted=True, sens=Sens.P0, aliases=("单位名称", "驻在单位"))
    source: Mapped[str | None] = choice(
        "线索来源", SOURCES, wanted=True, sens=P3, aliases=("来源", "问题线索来源", "线索来源渠道")
    )
    petition_refs: Mapped[tuple[Ref, ...] | None] = links(
        "来源信访件", "petition", sens=P3, aliases=("信访编号", "信访件编号")
    )
    received_at: Mapped[date] = day(
        "收到日期",
        sens=P3,
        aliases=("收件日期", "收到时间", "受理日期", "受理时间", "登记日期", "登记时间", "线索受理时间"),
    )
    subject: Mapped[Ref] = person(
        "被反映人",
        sens=P3,
        searchable=True,
        aliases=("被反映人姓名", "姓名", "被核查人", "被反映对象", "反映对象", "被举报人", "对象"),
    )
    cadre_authority: Mapped[str | None] = choice("干部管理权限", AUTHORITY, wanted=True, sens=P3, aliases=("管理权限",))
    is_top: Mapped[bool | None] = yes_no("是否一把手", wanted=True, sens=P3, aliases=("一把手", "是否主要负责人"))
    is_team: Mapped[bool | None] = yes_no(
        "是否班子成员", wanted=True, sens=P3, aliases=("班子成员", "是否领导班子成员")
    )
    is_discipline: Mapped[bool | None] = yes_no("是否纪检干部", wanted=True, sens=P3, aliases=("纪检干部",))
    reported_up_at: Mapped[date | None] = day(
        "向派出机关报告日期",
        after=("received_at",),
        sens=P3,
        aliases=("上报日期",),
        help="反映“一把手”的线索须向派出机关报告",
    )
    summary: Mapped[str | None] = text(
        "反映主要问题",
        wanted=True,
        sens=P3,
        searchable=True,
        aliases=("反映的主要问题", "主要问题", "问题摘要", "反映问题", "线索内容", "主要问题摘要", "反映问题摘要"),
        help="逐条编号，核查报告逐条作答",
    )
    issue_types: Mapped[tuple[str, ...] | None] = choices(
        "问题类型", DISCIPLINES, wanted=True, sens=P3, aliases=("问题性质", "违纪类型", "问题类别", "违反纪律类型")
    )
    field: Mapped[str | None] = line("涉及领域", wanted=True, sens=P3, aliases=("领域", "所涉领域"))
    occurred: Mapped[str | None] = line(
        "发生时间", wanted=True, sens=P3, aliases=("问题发生时间",), help="用来确定适用哪一版条例"
    )
    amount: Mapped[Decimal | None] = money("涉及金额", sens=P3, aliases=("涉案金额", "金额"))
    prior_count: Mapped[int | None] = integer("已有反映次数", computed=True, sens=P3, aliases=("反映次数",))

    proposed_mode: Mapped[str | None] = choice(
        "处置建议", DISPOSAL_MODES, sens=P3, aliases=("处置意见", "拟处置方式", "拟办方式", "拟办意见")
    )
    proposed_reason: Mapped[str | None] = text("处置理由", sens=P3, aliases=("建议理由",))
    proposed_at: Mapped[date | None] = day(
        "提出处置意见日期", after=("received_at",), sens=P3, aliases=("提出日期", "提出时间", "拟办日期")
    )
    panel_at: Mapped[date | None] = day("集体研究日期", sens=P3, aliases=("集体研究时间", "专题会议日期", "研究日期"))
    panel_conclusion: Mapped[str | None] = text("集体研究结论", sens=P3, aliases=("集体研究意见",))
    approver: Mapped[Ref | None] = person("批准人", sens=P3, aliases=("审批人", "处置批准人"))
    approved_at: Mapped[date | None] = day(
        "批准日期",
        after=("received_at",),
        sens=P3,
        aliases=("批准时间", "审批日期", "审批时间", "处置时间", "处置日期"),
    )
    mode: Mapped[str | None] = choice(
        "处置方式", DISPOSAL_MODES, sens=P3, aliases=("处置方式(批准)", "批准处置方式", "线索处置方式", "办理方式")
    )
    transfer_to: Mapped[Ref | None] = unit("移交单位", sens=P3, aliases=("接收单位", "移送单位", "转办单位"))
    transfer_at: Mapped[date | None] = day(
        "移交日期", after=("received_at",), sens=P3, aliases=("移交时间", "移送日期")
    )
    transfer_list: Mapped[str | None] = text("移交清单", sens=P3)
    transfer_receipt: Mapped[str | None] = line("移交回执", sens=P3, aliases=("签收人",))

    talk_ref: Mapped[Ref | None] = link("谈话记录", "integrity_talk", sens=P3, aliases=("谈话编号",))
    talk_held_at: Mapped[date | None] = day("谈话日期", sens=P3, aliases=("谈话时间",))
    inquiry_no: Mapped[str | None] = line("发函文号", sens=P3, aliases=("函询文号", "函号"))
    inquiry_sent_at: Mapped[date | None] = day(
        "发函日期", after=("received_at",), sens=P3, aliases=("函询日期", "发函时间", "函询时间")
    )
    inquiry_cc: Mapped[tuple[Ref, ...] | None] = units("函询抄送", sens=P3, aliases=("抄送", "抄送单位"))
    inquiry_got_at: Mapped[date | None] = day(
        "收函日期", after=("inquiry_sent_at",), sens=P3, aliases=("本人收函日期", "收函时间")
    )
    inquiry_due: Mapped[date | None] = day("回复期限", computed=True, sens=P3, aliases=("函询回复期限", "回复时限"))
    inquiry_replied_at: Mapped[date | None] = day(
        "收到回复日期",
        after=("inquiry_sent_at",),
        sens=P3,
        aliases=("收到回复", "回复日期", "回函日期", "回复时间", "回函时间"),
    )
    inquiry_signer: Mapped[Ref | None] = person("回复签署人", sens=P3, aliases=("签署人",), help="所在党组织主要负责人")
    report_at: Mapped[date | None] = day("处置情况报告日期", sens=P3, aliases=("谈话函询报告日期", "报告日期"))
    report_opinion: Mapped[str | None] = choice(
        "谈话函询处置意见", REPORT_OPINIONS, sens=P3, aliases=("谈话函询结果", "函询结果")
    )
    result_approver: Mapped[Ref | None] = person("了结批准人", sens=P3)
    reply_letter_at: Mapped[date | None] = day("向本人复函日期", sens=P3, aliases=("采信告知日期", "复函日期"))

    check_request_at: Mapped[date | None] = day("初核呈批日期", sens=P3, aliases=("初核呈批时间",))
    check_approver: Mapped[Ref | None] = person("初核批准人", sens=P3)
    check_approved_at: Mapped[date | None] = day(
        "初核批准日期", after=("check_request_at",), sens=P3, aliases=("初核批准时间",)
    )
    check_plan: Mapped[int | None] = files("初核方案", sens=P3)
    check_plan_kept_in: Mapped[str | None] = line(
        "初核方案存放处",
        sens=P3,
        aliases=("核查方案存放处",),
        help="初核方案没有附在库里的，写明存在哪里（如保密柜、文号），代替附件",
    )
    check_team: Mapped[tuple[Ref, ...] | None] = persons(
        "核查组", sens=P3, aliases=("核查组成员", "核查人员", "初核组")
    )
    check_team_note: Mapped[str | None] = line(
        "核查组成员单位", sens=P3, help="一人成组时，第二名核查人员来自派出机关、协作区或机关纪委，写明单位"
    )
    check_from: Mapped[date | None] = day(
        "初核开始日期",
        after=("received_at",),
        sens=P3,
        aliases=("初核时间", "初核开始时间", "初核日期", "初核起始日期"),
    )
    check_due: Mapped[date | None] = day(
        "初核期限", planned=True, after=("check_from",), sens=P3, aliases=("初核截止日期", "初核到期日")
    )
    check_extended_to: Mapped[date | None] = day(
        "初核延至", planned=True, after=("check_due",), sens=P3, aliases=("初核延期至", "延期至")
    )
    check_report_at: Mapped[date | None] = day(
        "初核报告日期", after=("check_from",), sens=P3, aliases=("初核报告时间", "初核结束日期", "初核结束时间")
    )
    check_opinion: Mapped[str | None] = choice(
        "初核处理建议", CHECK_OPINIONS, sens=P3, aliases=("初核建议", "初核结果", "初核意见", "核查结果")
    )
    check_signed: Mapped[bool | None] = yes_no("初核报告全体签名", sens=P3)
    check_answered: Mapped[bool | None] = yes_no("初核报告逐条作答", sens=P3)
    held_reason: Mapped[str | None] = line("暂存理由", sens=P3, aliases=("暂存原因",))
    held_review: Mapped[date | None] = day("暂存复查日期", planned=True, sens=P3, aliases=("复查日期", "清理日期"))
    moved_to: Mapped[str | None] = line("移送党组织", sens=P3)
    moved_letter_no: Mapped[str | None] = line("移送函文号", sens=P3)
    moved_at: Mapped[date | None] = day("移送党组织日期", sens=P3)
    moved_due: Mapped[date | None] = day("移送处理期限", planned=True, after=("moved_at",), sens=P3)
    moved_result: Mapped[str | None] = text("移送处理结果", sens=P3)
    filing_request_at: Mapped[date | None] = day(
        "立案呈批日期", after=("received_at",), sens=P3, aliases=("立案呈批时间",)
    )
    filing_basis: Mapped[str | None] = text("立案依据", sens=P3)
    filing_approver: Mapped[Ref | None] = person("立案批准人", sens=P3)
    case_ref: Mapped[Ref | None] = link("立案编号", "case", sens=P3, aliases=("案件编号",))

    close_reason: Mapped[str | None] = choice("了结理由", CLOSE_REASONS, sens=P3, aliases=("了结原因", "了结情形"))
    form: Mapped[str | None] = choice(
        "处置结果（形态）",
        FOUR_FORMS,
        sens=P3,
        aliases=("处置结果", "四种形态", "运用形态", "形态", "运用“四种形态”情况"),
        help="以问题线索为起点、以处理结果为统计依据；不涉及线索的谈话不计",
    )
    measures: Mapped[tuple[str, ...] | None] = choices(
        "采取措施", MEASURE_KINDS, sens=P3, aliases=("处理措施", "处理方式", "处理结果", "处理情况")
    )
    closed_at: Mapped[date | None] = day(
        "办结日期",
        after=("received_at",),
        sens=P3,
        aliases=("办结时间", "了结时间", "了结日期", "结案时间", "办结(了结)时间"),
    )
    explained_at_meeting: Mapped[date | None] = day(
        "民主生活会说明日期", sens=P3, aliases=("民主生活会说明", "民主生活会说明时间")
    )
    spot_check: Mapped[bool | None] = yes_no("抽查核实", sens=P3, aliases=("是否抽查", "抽查"))
    spot_check_at: Mapped[date | None] = day("抽查日期", sens=P3, aliases=("抽查时间",))
    accuser_lead_ref: Mapped[Ref | None] = link("诬告另立线索", "lead", sens=P3)
    reopen_reason: Mapped[str | None] = text("重新启动理由", sens=P3, help="写明新的证据")
    reopen_approver: Mapped[Ref | None] = person("重新启动批准人", sens=P3)
    reopened_at: Mapped[date | None] = day("重新启动日期", sens=P3)
    volume_no: Mapped[str | None] = line("卷宗号", sens=P3, aliases=("案卷号", "归档号"))
    remarks: Mapped[str | None] = text("备注", sens=P3, searchable=True, aliases=("附注", "说明"))
    state: Mapped[str] = state(LEAD_STATES, aliases=("办理状态", "办理情况", "当前状态", "办理进度", "办理进展"))


def check(lead: Lead) -> list[str]:
    """Refuse a lead that leads to itself."""
    found = []
    if lead.accuser_lead_ref and lead.no and lead.accuser_lead_ref.label == lead.no:
        found.append("诬告须另立线索，不能是本件自己")
    return found


def derive(values: Values, aids: Aids) -> dict[str, Value]:
    """Fill what follows: a top leader is a member of the team; a first-form decision ends the lead on its day."""
    made: dict[str, Value] = {}
    if values.get("is_top") and values.get("is_team") is None:
        made["is_team"] = True
    if values.get("closed_at") is None and values.get("first_decided_at") is not None:
        made["closed_at"] = values.get("first_decided_at")
    got, subject = values.get("inquiry_got_at"), values.get("subject")
    if isinstance(got, date):
        made["inquiry_due"] = aids.due("T02", got)
    if isinstance(subject, Ref):
        made["prior_count"] = aids.count("lead", "subject", subject)
    return made


def _due_not_typed(values: Values) -> bool:
    return not values.get("check_due") and not values.get("check_extended_to")


_CHECK_DONE = ("check_report_at",)
_UNDISPOSED = ("proposed_at", "proposed_mode", "approved_at", "mode")
LIMITS = (
    LimitFrom("received_at", "T01", (*_UNDISPOSED, "reopened_at"), "提出线索处置意见", "proposed"),
    LimitFrom("reopened_at", "T01", _UNDISPOSED, "重新提出线索处置意见", "proposed"),
    LimitFrom("proposed_at", "C11", ("panel_at", "approved_at", "mode"), "提交线索处置专题会议", "panel"),
    # The fifteen days run from the day he got the letter; until that is known nothing else would ask after it.
    LimitFrom("inquiry_sent_at", "C30", ("inquiry_got_at", "inquiry_replied_at", "report_at"), "登记函询收函日期",
              "inquiry_got_at", states=("talk_inquiry",)),
    LimitFrom("inquiry_got_at", "T02", ("inquiry_replied_at", "report_at"), "收取函询书面回复", "inquiry_replied_at"),
    # What a ledger says about the reply date counts only until the day of receipt, which starts T02, is known.
    LimitFrom("inquiry_due", "", ("inquiry_replied_at", "report_at", "inquiry_got_at"), "收取函询书面回复",
              "inquiry_replied_at"),
    LimitFrom("inquiry_replied_at", "T03", ("report_at",), "提出谈话函询处置意见", "inquiry_report"),
    LimitFrom("talk_held_at", "T03", ("report_at", "inquiry_replied_at"), "提出谈话函询处置意见", "inquiry_report"),
    # The lead may be filed before the yearly meeting: this clock alone runs on in the archive.
    LimitFrom("report_at", "T04", ("explained_at_meeting",), "在民主生活会上说明", "explained_at_meeting",
              only=lambda values: values.get("report_opinion") in ("credited", "first_form"),
              states=tuple(each.code for each in LEAD_STATES if not each.end or each.awaits)),
    # A typed date wins over the span of T06, and a granted extension over both: only one of the three runs.
    LimitFrom("check_from", "T06", _CHECK_DONE, "完成初步核实", "check_report", only=_due_not_typed),
    LimitFrom("check_due", "", _CHECK_DONE, "完成初步核实", "check_report",
              only=lambda values: not values.get("check_extended_to")),
    LimitFrom("check_extended_to", "", _CHECK_DONE, "完成初步核实（已延期）", "check_report", extends=True),
    LimitFrom("held_review", "", (), "复查暂存线索", "held_review", states=("held",)),
    LimitFrom("moved_due", "", ("moved_result",), "了解移送处理结果", "moved_result"),
    LimitFrom("clarify_approved_at", "C05", ("clarify_at",), "澄清正名", "archived", states=("clarify",)),
    LimitFrom("closed_at", "C12", ("volume_no",), "线索材料归档", "archived"),
)  # fmt: skip

LEAD = Register(
    key="lead",
    label="问题线索",
    model=Lead,
    fields=fields_of(Lead),
    sections=(
        Section("线索登记", ("no", "source", "petition_refs", "received_at", "summary", "issue_types", "field",
                         "occurred", "amount", "prior_count", "state")),
        Section("被反映人", ("subject", *SUBJECT_THEN, "cadre_authority", "is_top", "is_team", "is_discipline",
                         "reported_up_at")),
        Section("处置", ("proposed_mode", "proposed_reason", "proposed_at", "panel_at", "panel_conclusion", "approver",
                       "approved_at", "mode", "transfer_to", "transfer_at", "transfer_list", "transfer_receipt")),
        Section("谈话函询", ("talk_ref", "talk_held_at", "inquiry_no", "inquiry_sent_at", "inquiry_cc",
                         "inquiry_got_at", "inquiry_due", "inquiry_replied_at", "inquiry_signer", "report_at",
                         "report_opinion",
                         "result_approver", "reply_letter_at", "explained_at_meeting", "spot_check", "spot_check_at")),
        Section("初步核实", ("check_request_at", "check_approver", "check_approved_at", "check_plan",
                         "check_plan_kept_in", "check_team", "check_team_note", "check_from", "check_due",
                         "check_extended_to", "check_report_at", "check_opinion", "check_signed", "check_answered")),
        Section("暂存、移送与立案", ("held_reason", "held_review", "moved_to", "moved_letter_no", "moved_at",
                             "moved_due", "moved_result", "filing_request_at", "filing_basis", "filing_approver",
                             "case_ref")),
        Section("结果", ("close_reason", "form", "measures", "first_decided_at", "first_decided_by", "closed_at",
                       "accuser_lead_ref", "reopen_reason", "reopen_approver", "reopened_at")),
        Section("澄清正名", CLARIFY),
        Section("登记", (*(name for name in OWN if name != "no"), "volume_no", "retention")),
    ),
    columns=("no", "received_at", "subject", "summary", "source", "mode", "state", "closed_at"),
    identity=("subject", "received_at"),
    title=("subject", "summary"),
    main_date="received_at",
    flow=LEAD_FLOW,
    check=check,
    derive=derive,
    rows=(PANEL_VIEW, HAND, LEAD_EXTENSION, LEAD_EARLIER),
    limits=LIMITS,
)  # fmt: skip
