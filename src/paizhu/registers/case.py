"""案件(立案)台账: one case about one person or body, from filing to the end of its effects."""

from datetime import date

from paizhu.base.register import Aids, LimitFrom, Register, Section
from paizhu.base.rows import Ref, Value, Values
from paizhu.registers.case_flow import CASE_FLOW, CASE_STATES
from paizhu.registers.case_rows import MEASURES_USED
from paizhu.registers.choices import DISCIPLINES, FIRST_FORM_MEASURES
from paizhu.registers.clarification import CLARIFY, Ended
from paizhu.registers.earlier import CASE_EARLIER
from paizhu.registers.matter_extension import CASE_EXTENSION
from paizhu.registers.record import (
    OWN,
    Choice,
    Decimal,
    Mapped,
    Record,
    Sens,
    choice,
    choices,
    day,
    fields_of,
    indexes,
    integer,
    line,
    link,
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
CASE_KINDS = (
    Choice("party", "党纪立案", ("党纪",)),
    Choice("supervision", "监察立案", ("政务立案", "监察", "政务")),
    Choice("both", "党纪和监察同时立案", ("党纪政务同时立案", "党纪、政务立案", "双立案", "党纪和政务同时立案")),
    Choice("body", "对单位（问责）", ("对单位问责", "单位问责", "问责")),
)
CASE_BODIES = (
    Choice("commission", "派出机关", ("纪委监委",)),
    Choice("group", "派驻机构", ("派驻纪检监察组", "派驻组", "本组")),
    Choice("joint", "室组地联合", ("联合办案", "室组地联合办案", "室组联合")),
    Choice("organ", "机关纪委"),
)
OUTCOMES = (
    Choice("punish", "给予处分", ("处分",)),
    Choice("exempt", "免予处分", ("免予党纪处分", "免予政务处分", "免于处分")),
    Choice("none", "不予处分"),
    Choice("withdrawn", "撤销案件", ("撤案",)),
    Choice("judicial", "移送司法", ("移送司法机关", "移送检察机关")),
    Choice("other", "其他处理", ("其他",)),
)
DECIDING_BODIES = (
    Choice("party_group", "驻在单位党组", ("党组", "党委")),
    Choice("commission", "派出机关", ("纪委", "纪委常委会")),
    Choice("supervision", "监委", ("监察委员会",)),
    Choice("organ", "机关党委或机关纪委", ("机关党委", "机关纪委")),
    Choice("other", "其他"),
)
APPEAL_RESULTS = (
    Choice("upheld", "维持", ("维持原决定",)),
    Choice("changed", "变更", ("变更原决定",)),
    Choice("revoked", "撤销", ("撤销原决定",)),
)


class Case(SubjectThen, Ended, Record):
    """One filed case; what was decided and how it is carried out stands in its measures."""

    __tablename__ = "case_file"
    __table_args__ = indexes("case_file", "filed_at", "state", "missing")

    no: Mapped[str | None] = line(
        "案件编号", computed=True, sens=P3, searchable=True, aliases=("编号", "立案编号", "案号", "立案号")
    )
    unit_id: Mapped[Ref | None] = unit("所属单位", wanted=True, sens=Sens.P0, aliases=("单位名称", "驻在单位"))
    name: Mapped[str] = line(
        "案件名称",
        sens=P3,
        searchable=True,
        aliases=("案名", "名称", "案件题名"),
        help="写明姓名、单位、职务和问题；旧台账没有名称的，按姓名和立案日期补上",
    )
    lead_ref: Mapped[Ref | None] = link("关联线索", "lead", wanted=True, sens=P3, aliases=("线索编号", "问题线索编号"))
    subject: Mapped[Ref | None] = person(
        "被审查调查人",
        wanted=True,
        sens=P3,
        searchable=True,
        aliases=("姓名", "被立案人", "被审查人", "被调查人", "涉案人员", "立案对象", "被审查调查人姓名", "对象"),
    )
    kind: Mapped[str | None] = choice("立案类型", CASE_KINDS, wanted=True, sens=P3, aliases=("立案类别", "案件类型"))
    filed_by: Mapped[str | None] = choice("立案机关", CASE_BODIES, wanted=True, sens=P3, aliases=("立案单位",))
    handled_by: Mapped[str | None] = choice(
        "承办单位", CASE_BODIES, wanted=True, sens=P3, aliases=("办案单位", "承办机关", "办案机关")
    )
    filing_request_at: Mapped[date | None] = day("立案呈批日期", wanted=True, sens=P3, aliases=("立案呈批时间",))
    filing_approver: Mapped[Ref | None] = person("立案批准人", wanted=True, sens=P3, aliases=("批准人",))
    filed_at: Mapped[date | None] = day(
        "立案日期",
        after=("filing_request_at",),
        wanted=True,
        sens=P3,
        aliases=("立案时间", "立案批准日期", "批准日期", "批准立案时间", "批准日期(立案日期)"),
    )
    announced_at: Mapped[date | None] = day(
        "立案决定宣布日期", after=("filed_at",), sens=P3, aliases=("立案宣布日期", "宣布立案日期")
    )
    notified_units: Mapped[tuple[Ref, ...] | None] = units("立案通报单位", sens=P3, aliases=("通报单位",))
    issue_types: Mapped[tuple[str, ...] | None] = choices(
        "主要问题",
        DISCIPLINES,
        wanted=True,
        sens=P3,
        aliases=("违纪类型", "问题类型", "问题性质", "违纪性质", "案件性质"),
        help="可多选，排在最前的为主要问题",
    )
    facts: Mapped[str | None] = text(
        "主要违纪违法事实",
        sens=P3,
        searchable=True,
        aliases=("主要违纪事实", "违纪事实", "案由", "主要事实", "简要案情", "案情"),
    )
    eight_rules: Mapped[bool | None] = yes_no(
        "涉中央八项规定精神", sens=P3, aliases=("是否涉中央八项规定精神", "中央八项规定精神", "八项规定")
    )
    mass_side: Mapped[bool | None] = yes_no("群众身边问题", sens=P3, aliases=("群众身边", "是否群众身边问题"))
    dual_inquiry: Mapped[bool | None] = yes_no("一案双查", sens=P3, aliases=("是否一案双查",))

    team: Mapped[tuple[Ref, ...] | None] = persons(
        "审查调查组", sens=P3, aliases=("办案人员", "审查调查人员", "调查组成员", "审查调查组成员")
    )
    team_note: Mapped[str | None] = line(
        "审查调查组成员单位", sens=P3, help="一人成组时，其他人员来自派出机关、协作区或机关纪委，写明单位"
    )
    plan_approved_at: Mapped[date | None] = day("方案批准日期", sens=P3, aliases=("审查调查方案批准日期",))
    facts_shown_at: Mapped[date | None] = day("事实材料见面日期", after=("filed_at",), sens=P3, aliases=("见面日期",))
    subject_view: Mapped[str | None] = text("本人意见", sens=P3, aliases=("本人对事实材料的意见",))
    facts_note: Mapped[str | None] = text("对本人意见的说明", sens=P3)
    report_at: Mapped[date | None] = day(
        "审查调查报告日期", after=("filed_at",), sens=P3, aliases=("调查报告日期", "审查报告日期", "调查终结日期")
    )
    report_proposal: Mapped[str | None] = text("审查调查处理建议", sens=P3, aliases=("处理建议",))
    report_signed: Mapped[bool | None] = yes_no("审查调查报告全体签名", sens=P3)

    sent_trial_at: Mapped[date | None] = day("移送审理日期", sens=P3, aliases=("移送审理时间",))
    volume_list: Mapped[str | None] = text("移送卷宗清单", sens=P3)
    trial_accepted_at: Mapped[date | None] = day(
        "审理受理日期", after=("sent_trial_at",), sens=P3, aliases=("受理日期", "审理受理时间")
    )
    trial_body: Mapped[Ref | None] = unit("审理单位", sens=P3, aliases=("审理部门", "审理机关"))
    trial_team: Mapped[tuple[Ref, ...] | None] = persons(
        "审理组", sens=P3, aliases=("审理人员", "审理组成员", "审理人")
    )
    trial_team_note: Mapped[str | None] = line(
        "审理组成员单位", sens=P3, aliases=("审理人员单位",), help="从别处借来、名册里查不到单位的审理人员，写明单位"
    )
    trial_talk_at: Mapped[date | None] = day("审理谈话日期", sens=P3, aliases=("审理谈话时间",))
    trial_report_at: Mapped[date | None] = day(
        "审理报告日期", after=("trial_accepted_at",), sens=P3, aliases=("审理报告时间", "审结日期")
    )
    trial_opinion: Mapped[str | None] = text("审理集体意见", sens=P3, aliases=("审理意见",))
    proposed_measure: Mapped[str | None] = line("拟处理意见", sens=P3, aliases=("拟给予处分",))
    returned: Mapped[int | None] = integer("退回补充次数", sens=P3, aliases=("退回补充",))
    returned_reason: Mapped[str | None] = text("退回补充理由", sens=P3)

    decide_body: Mapped[str | None] = choice(
        "讨论决定机关", DECIDING_BODIES, sens=P3, aliases=("决定机关", "处分决定机关")
    )
    told_at: Mapped[date | None] = day("处分事实告知日期", sens=P3, aliases=("事先告知日期",))
    statement_heard: Mapped[str | None] = text("陈述和申辩情况", sens=P3, aliases=("陈述申辩",))
    quorum_met: Mapped[bool | None] = yes_no("到会人数符合规定", sens=P3)
    majority_met: Mapped[bool | None] = yes_no("表决符合规定", sens=P3)
    vote: Mapped[str | None] = line("表决情况", sens=P3, help="依次写应到、实到、赞成、反对、弃权人数")
    outcome: Mapped[str | None] = choice(
        "处理结果", OUTCOMES, sens=P3, aliases=("案件处理结果", "结案方式", "处理情况")
    )
    decision_no: Mapped[str | None] = line("决定文号", sens=P3, aliases=("处分决定文号", "处分文号", "文号"))
    decided_at: Mapped[date | None] = day(
        "决定日期", after=("filed_at",), sens=P3, aliases=("处分决定日期", "处分时间", "处分日期", "处分决定时间")
    )
    closed_at: Mapped[date | None] = day(
        "结案日期", after=("filed_at",), sens=P3, aliases=("结案时间", "办结日期", "办结时间", "了结时间")
    )
    withdraw_reason: Mapped[str | None] = text("撤案理由", sens=P3, aliases=("撤销案件理由",))
    withdraw_told_at: Mapped[date | None] = day("撤案通知单位日期", sens=P3)
    first_measures: Mapped[tuple[str, ...] | None] = choices("第一种形态措施", FIRST_FORM_MEASURES, sens=P3)
    judicial_at: Mapped[date | None] = day("移送司法日期", sens=P3, aliases=("移送司法时间",))
    judicial_body: Mapped[str | None] = line("移送司法机关", sens=P3, aliases=("接收司法机关",))
    judicial_result: Mapped[str | None] = text("判决结果", sens=P3)
    money_confiscated: Mapped[Decimal | None] = money("没收（收缴）金额", sens=P3, aliases=("没收金额", "收缴金额"))
    money_recovered: Mapped[Decimal | None] = money("追缴金额", sens=P3)
    money_refunded: Mapped[Decimal | None] = money("责令退赔金额", sens=P3, aliases=("退赔金额",))
    money_to_treasury_at: Mapped[date | None] = day("上缴国库日期", sens=P3, aliases=("上缴国库时间",))
    executed_at: Mapped[date | None] = day(
        "执行完毕日期",
        after=("decided_at",),
        sens=P3,
        aliases=("执行完毕时间",),
        help="处分台账各执行事项都已办结的日期",
    )
    period_to: Mapped[date | None] = day(
        "影响期满日期", planned=True, after=("decided_at",), sens=P3, aliases=("影响期止", "影响期至", "处分影响期止"),
        help="按处分台账中最晚的影响期止填写；没有影响期的填决定日期",
    )  # fmt: skip

    appeal_applicant: Mapped[str | None] = line("申诉人", sens=P3)
    appeal_at: Mapped[date | None] = day("申诉日期", sens=P3, aliases=("申诉时间",))
    appeal_body: Mapped[str | None] = line("申诉受理机关", sens=P3)
    appeal_due: Mapped[date | None] = day("申诉办理期限", planned=True, after=("appeal_at",), sens=P3)
    appeal_team: Mapped[tuple[Ref, ...] | None] = persons("申诉复查组", sens=P3, help="不得有本案审查调查和审理人员")
    appeal_team_note: Mapped[str | None] = line(
        "申诉复查组成员单位",
        sens=P3,
        aliases=("复查组成员单位", "复查人员单位"),
        help="从别处借来、名册里查不到单位的复查人员，写明单位",
    )
    appeal_result: Mapped[str | None] = choice("申诉结果", APPEAL_RESULTS, sens=P3)
    appeal_decided_at: Mapped[date | None] = day("申诉决定日期", after=("appeal_at",), sens=P3)
    appeal_told_at: Mapped[date | None] = day("申诉结果告知日期", after=("appeal_decided_at",), sens=P3)
    appeal_announced_at: Mapped[date | None] = day("申诉决定宣布日期", sens=P3, help="在原宣布范围内宣布")
    reform_ref: Mapped[Ref | None] = link("以案促改", "proposal", "finding", aliases=("以案促改文书",))
    volume_ref: Mapped[str | None] = line("卷宗号", sens=P3, aliases=("案卷号", "归档号"))
    remarks: Mapped[str | None] = text("备注", sens=P3, searchable=True, aliases=("附注", "说明"))
    state: Mapped[str] = state(CASE_STATES, aliases=("案件状态", "办理状态", "当前状态", "办理进度", "办理情况"))


def check(case: Case) -> list[str]:
    """Refuse a negative count of returns."""
    found = []
    if case.returned is not None and case.returned < 0:
        found.append("退回补充次数不能小于 0")
    return found


def derive(values: Values, _aids: Aids) -> dict[str, Value]:
    """Name a case of an old ledger by person and filing day; a case closes on the day its decision takes effect."""
    made: dict[str, Value] = {}
    subject, filed = values.get("subject"), values.get("filed_at")
    if not values.get("name") and isinstance(subject, Ref):
        when = f"（{filed.year}年{filed.month}月{filed.day}日立案）" if isinstance(filed, date) else ""
        made["name"] = f"{subject.label}案{when}"
    if values.get("closed_at") is None and values.get("decided_at") is not None and values.get("outcome") is not None:
        made["closed_at"] = values.get("decided_at")
    return made


CASE = Register(
    key="case",
    label="案件",
    model=Case,
    fields=fields_of(Case),
    sections=(
        Section("立案", ("no", "name", "lead_ref", "kind", "filed_by", "handled_by", "filing_request_at",
                       "filing_approver", "filed_at", "announced_at", "notified_units", "issue_types", "facts",
                       "eight_rules", "mass_side", "dual_inquiry", "state")),
        Section("被审查调查人", ("subject", *SUBJECT_THEN)),
        Section("审查调查", ("team", "team_note", "plan_approved_at", "facts_shown_at", "subject_view", "facts_note",
                         "report_at", "report_proposal", "report_signed")),
        Section("审理", ("sent_trial_at", "volume_list", "trial_accepted_at", "trial_body", "trial_team",
                       "trial_team_note", "trial_talk_at", "trial_report_at", "trial_opinion", "proposed_measure",
                       "returned", "returned_reason")),
        Section("决定", ("decide_body", "told_at", "statement_heard", "quorum_met", "majority_met", "vote", "outcome",
                       "decision_no", "decided_at", "closed_at", "withdraw_reason", "withdraw_told_at",
                       "first_measures", "first_decided_at", "first_decided_by", "judicial_at", "judicial_body",
                       "judicial_result", "money_confiscated", "money_recovered", "money_refunded",
                       "money_to_treasury_at")),
        Section("执行与申诉", ("executed_at", "period_to", "appeal_applicant", "appeal_at", "appeal_body", "appeal_due",
                          "appeal_team", "appeal_team_note", "appeal_result", "appeal_decided_at", "appeal_told_at",
                          "appeal_announced_at", "reform_ref")),
        Section("澄清正名", CLARIFY),
        Section("登记", (*(name for name in OWN if name != "no"), "volume_ref", "retention")),
    ),
    columns=("no", "name", "subject", "filed_at", "kind", "state", "outcome", "closed_at"),
    identity=("name",),
    title=("name",),
    main_date="filed_at",
    flow=CASE_FLOW,
    check=check,
    derive=derive,
    rows=(MEASURES_USED, CASE_EXTENSION, CASE_EARLIER),
    limits=(
        LimitFrom("filed_at", "T07", ("decided_at", "closed_at", "outcome"), "审查调查并作出处理", "decided"),
        LimitFrom("trial_accepted_at", "T08", ("trial_report_at", "decided_at", "closed_at"), "完成审理",
                  "trial_report"),
        LimitFrom("appeal_due", "", ("appeal_decided_at",), "办结申诉", "appeal_result"),
        LimitFrom("period_to", "", (), "影响期满，转入期满", "period_over", states=("in_period", "upheld")),
        LimitFrom("clarify_approved_at", "C05", ("clarify_at",), "澄清正名", "archived", states=("clarify",)),
        LimitFrom("closed_at", "C12", ("volume_ref",), "案卷归档", "archived",
                  states=("exempt", "withdrawn", "first_form", "clarify", "period_over")),
    ),
)  # fmt: skip
