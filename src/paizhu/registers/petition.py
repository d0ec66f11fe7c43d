"""信访举报: everything received, from the day it came in to the answer to whoever gave a name.

An item that belongs to the upper level keeps number, date and hand-over only (处理检举控告工作规则 第十五条).
Who reported stands in rows of class P4, sealed apart from everything else. Whether a name was given and how the answer
went are of class P4 as well: clocks and steps need them, so they stand in the form of the letter and nowhere else, in
no list, search, workbook, paper or journal.
"""

from paizhu.base.asked import empty, lacking, other_than
from paizhu.base.register import Aids, LimitFrom, Register, Section
from paizhu.base.rows import Value, Values
from paizhu.registers.choices import DISCIPLINES, EXTENSION_STATES
from paizhu.registers.earlier import PETITION_EARLIER
from paizhu.registers.petition_choices import ANSWER_MODES, CHANNELS, HANDLINGS, PETITION_CLASSES, RESULTS
from paizhu.registers.petition_flow import (
    FLOW,
    NAMED,
    ORIGINS,
    OWN_LEVELS,
    PASSED_ON,
    PETITION_STATES,
    UPPER_KEEPS,
    owed_an_answer,
)
from paizhu.registers.petition_rows import INFORMANT, OPINION, REPORTED
from paizhu.registers.record import (
    OWN,
    Mapped,
    Record,
    Ref,
    Sens,
    choice,
    choices,
    date,
    day,
    fields_of,
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

P3, P4 = Sens.P3, Sens.P4
_AT_ONCE = ("visit", "phone", "net")
GROUP_VISIT = 5
"""Persons from which a visit counts as 集体访: the definition of the statistics, which no unit can change."""

_OF_OUR_REMIT = lacking("own_level") | other_than("own_level", "upper")
"""Of an item of the upper level nothing is entered, so nothing of what it says is lacking (第十五条)."""


class Petition(Record):
    """One item received; several persons reported on stand in rows, several items may lead to one lead."""

    __tablename__ = "petition"
    __table_args__ = indexes("petition", "received_at", "state", "missing")

    no: Mapped[str | None] = line(
        "信访编号",
        computed=True,
        sens=P3,
        searchable=True,
        aliases=("编号", "信访号", "信访件编号", "受理编号", "举报编号"),
    )
    received_at: Mapped[date] = day(
        "收件日期",
        after=("petition_date",),
        sens=P3,
        aliases=("收信日期", "收到日期", "收件时间", "收信时间", "收到时间", "登记日期", "受信日期", "来件日期"),
    )
    petition_date: Mapped[date | None] = day(
        "信访日期",
        wanted=True,
        sens=P3,
        aliases=("来信日期", "来访日期", "信访时间", "来信时间", "举报日期", "举报时间", "来访时间"),
    )
    channel: Mapped[str | None] = choice(
        "举报方式", CHANNELS, wanted=True, sens=P3, aliases=("信访方式", "反映方式", "信访形式", "举报形式", "信访类型")
    )
    origin: Mapped[str | None] = choice(
        "来源", ORIGINS, wanted=True, sens=P3, aliases=("信访来源", "转来单位", "来源(转来单位)", "件来源", "来信来源")
    )
    origin_note: Mapped[str | None] = line("来源说明", sens=P3, aliases=("来源单位", "转来单位名称"))
    transfer_no: Mapped[str | None] = line("转办文号", sens=P3, aliases=("来文文号", "交办文号"))
    instructor: Mapped[str | None] = line("批示人", sens=P3, aliases=("批示领导",))
    instruction: Mapped[str | None] = text("批示内容", sens=P3, aliases=("领导批示", "批示意见"))
    required_end: Mapped[date | None] = day(
        "要求办结日期",
        planned=True,
        after=("received_at",),
        sens=P3,
        aliases=("要求报结果日期", "要求报结日期", "办结期限", "办理期限", "要求办结(报结果)日期"),
    )
    named: Mapped[str | None] = choice(
        "是否实名", NAMED, wanted=True, sens=P4, aliases=("实名/匿名", "实名或匿名", "署名情况", "实匿名", "是否署名")
    )
    people: Mapped[int | None] = integer("人数", sens=P3, aliases=("来访人数", "反映人数", "信访人数"))
    is_group: Mapped[bool | None] = yes_no("集体访", computed=True, sens=P3, aliases=("是否集体访",))
    reported_names: Mapped[tuple[Ref, ...] | None] = persons(
        "被反映人",
        sens=P3,
        searchable=True,
        aliases=("被反映人姓名", "被检举控告人", "被举报人", "被举报人姓名", "被控告人", "反映对象", "被反映对象"),
        help="几个人的逐人填写；每个人当时的单位、职务、职级写在“被反映人情况”里",
    )
    reported_post: Mapped[str | None] = line(
        "被反映人单位职务",
        sens=P3,
        searchable=True,
        aliases=(
            "被反映人单位及职务",
            "被反映人职务",
            "被反映人单位",
            "单位职务",
            "单位及职务",
            "职务",
            "被举报人单位及职务",
        ),
    )
    reported_unit: Mapped[Ref | None] = unit(
        "被反映单位", sens=P3, aliases=("被反映单位(组织)", "被反映组织", "被举报单位")
    )
    petition_class: Mapped[str | None] = choice(
        "反映类别",
        PETITION_CLASSES,
        wanted=_OF_OUR_REMIT,
        sens=P3,
        aliases=("信访类别", "举报类别", "类别", "信访性质"),
    )
    issue_types: Mapped[tuple[str, ...] | None] = choices(
        "问题类型", DISCIPLINES, sens=P3, aliases=("问题性质", "反映问题类型", "违纪类型", "问题类别", "问题分类")
    )
    eight_rules: Mapped[bool | None] = yes_no(
        "涉中央八项规定精神", sens=P3, aliases=("是否涉及中央八项规定精神", "是否涉中央八项规定精神", "八项规定")
    )
    mass_side: Mapped[bool | None] = yes_no(
        "群众身边问题", sens=P3, aliases=("群众身边", "是否群众身边问题", "群众身边不正之风和腐败问题")
    )
    summary: Mapped[str | None] = text(
        "主要问题摘要",
        wanted=_OF_OUR_REMIT,
        sens=P3,
        searchable=True,
        aliases=(
            "反映的主要问题",
            "反映主要问题",
            "主要问题",
            "反映问题",
            "举报内容",
            "反映内容",
            "主要内容",
            "信访内容",
            "内容摘要",
            "问题摘要",
        ),
        help="不写反映人的任何情况；属上级受理的信访件不得录入内容",
    )
    is_repeat: Mapped[bool | None] = yes_no(
        "是否重复件", wanted=True, sens=P3, aliases=("重复件", "是否重复", "初次/重复", "是否重复举报")
    )
    first_ref: Mapped[Ref | None] = link(
        "首件编号", "petition", sens=P3, aliases=("首次件编号", "原信访编号", "初次件编号")
    )
    own_level: Mapped[str | None] = choice(
        "是否属本级受理", OWN_LEVELS, wanted=True, sens=P3, aliases=("受理级别", "受理范围", "是否本级受理", "管辖级别")
    )
    accepted_at: Mapped[date | None] = day("受理日期", after=("received_at",), sens=P3, aliases=("受理时间",))
    notice_mode: Mapped[str | None] = choice("受理告知方式", ANSWER_MODES, sens=P4, aliases=("告知方式",))
    notice_at: Mapped[date | None] = day(
        "受理告知日期", after=("received_at",), sens=P4, aliases=("告知日期", "告知时间", "受理告知时间")
    )
    notice_by: Mapped[Ref | None] = person("受理告知人", sens=P4, aliases=("告知人",))
    proposal: Mapped[str | None] = text("拟办意见", sens=P3, aliases=("拟办", "承办人意见"))
    decision: Mapped[str | None] = text("批办意见", sens=P3, aliases=("审批意见", "批办", "组长意见"))
    handling: Mapped[str | None] = choice("办理方式", HANDLINGS, sens=P3, aliases=("处理方式", "办理形式", "拟办方式"))
    transfer_to: Mapped[Ref | None] = unit(
        "转办单位", sens=P3, aliases=("交办单位", "督办单位", "承办单位", "移送单位", "转送单位")
    )
    transfer_at: Mapped[date | None] = day(
        "转办日期", after=("received_at",), sens=P3, aliases=("转办时间", "交办日期", "转送日期", "移送日期")
    )
    transfer_due: Mapped[date | None] = day(
        "反馈期限", planned=True, after=("transfer_at",), sens=P3, aliases=("要求反馈日期", "反馈时限")
    )
    transfer_accepted_at: Mapped[date | None] = day(
        "接收单位受理日期", after=("transfer_at",), sens=P3, aliases=("签收日期",)
    )
    urged_at: Mapped[date | None] = day("最近催办日期", sens=P3, aliases=("催办日期",))
    return_reason: Mapped[str | None] = line("退回原因", sens=P3, aliases=("不受理原因",))
    returned_at: Mapped[date | None] = day("退回日期", after=("received_at",), sens=P3, aliases=("退回时间",))
    lead_ref: Mapped[Ref | None] = link(
        "转线索编号", "lead", sens=P3, aliases=("线索编号", "问题线索编号", "转问题线索")
    )
    result: Mapped[str | None] = choice(
        "办理结果", RESULTS, sens=P3, aliases=("核实结果", "查核结果", "查处结果", "调查结果")
    )
    closed_at: Mapped[date | None] = day(
        "办结日期", after=("received_at",), sens=P3, aliases=("办结时间", "了结时间", "了结日期", "结案日期")
    )
    feedback_at: Mapped[date | None] = day(
        "结果反馈日期", after=("closed_at",), sens=P4, aliases=("反馈日期", "反馈时间", "结果反馈时间")
    )
    feedback_mode: Mapped[str | None] = choice("结果反馈方式", ANSWER_MODES, sens=P4, aliases=("反馈方式",))
    feedback_by: Mapped[Ref | None] = person("结果反馈人", sens=P4, aliases=("反馈人",))
    feedback_reaction: Mapped[str | None] = text("举报人意见", sens=P4, aliases=("反映人意见",))
    new_evidence: Mapped[bool | None] = yes_no("举报人提出新证据", sens=P4, aliases=("新证据",))
    false_flag: Mapped[bool | None] = yes_no("是否诬告", sens=P3, aliases=("诬告", "是否诬告陷害"))
    clarify_needed: Mapped[bool | None] = yes_no("是否需澄清", sens=P3, aliases=("需澄清", "是否澄清", "是否需要澄清"))
    extension: Mapped[str | None] = choice("延期情况", EXTENSION_STATES, sens=P3, aliases=("延期", "是否延期"))
    archived_at: Mapped[date | None] = day("归档日期", sens=P3, aliases=("归档", "归档时间"))
    remarks: Mapped[str | None] = text("备注", sens=P3, searchable=True, aliases=("附注",))
    state: Mapped[str] = state(PETITION_STATES, aliases=("办理状态", "办理情况", "当前状态", "办理进度"))


_CONTENT = tuple(
    (field.name, field.label) for field in fields_of(Petition) if not field.computed and field.name not in UPPER_KEEPS
)


def check(petition: Petition) -> list[str]:
    """Refuse content of an upper-level item (处理检举控告工作规则 第十五条), and counts of nobody."""
    found = []
    if petition.own_level == "upper":
        kept = [label for name, label in _CONTENT if not empty(getattr(petition, name))]
        if kept:
            found.append(f"属上级受理的信访件只登记编号、日期和移送情况，不得录入内容，请清空：{'、'.join(kept)}")
    if petition.is_repeat and petition.first_ref and petition.no and petition.first_ref.label == petition.no:
        found.append("首件编号不能是本件自己")
    if petition.people is not None and petition.people < 1:
        found.append("人数至少为 1")
    return found


def _post_of(reported: Values) -> str:
    unit = reported.get("unit")
    return f"{unit.label if isinstance(unit, Ref) else ''}{reported.get('post') or ''}"


def derive(values: Values, aids: Aids) -> dict[str, Value]:
    """Tell whether a visit is a group visit, and take the day of receipt from the letter when only that is known.

    Who comes, telephones or writes on the net does so on the day it is received; only a letter has a day of its own.
    Whoever is described in a row of his own is not typed a second time.
    """
    made: dict[str, Value] = {}
    rows = aids.rows.get("reported", ())
    reported = tuple(who for each in rows if isinstance(who := each.get("person"), Ref) and who.label)
    if reported and not values.get("reported_names"):
        made["reported_names"] = reported
    if not values.get("reported_post") and (posts := [post for each in rows if (post := _post_of(each))]):
        made["reported_post"] = "；".join(posts)
    people = values.get("people")
    if values.get("channel") and isinstance(people, int):
        made["is_group"] = values.get("channel") == "visit" and people >= GROUP_VISIT
    if values.get("received_at") is None and values.get("petition_date") is not None:
        made["received_at"] = values.get("petition_date")
    if values.get("petition_date") is None and values.get("channel") in _AT_ONCE:
        made["petition_date"] = values.get("received_at")
    if values.get("is_repeat") is None and values.get("first_ref") is not None:
        made["is_repeat"] = True
    return made


PETITION = Register(
    key="petition",
    label="信访举报",
    model=Petition,
    fields=fields_of(Petition),
    sections=(
        Section(
            "收件",
            (
                "no",
                "received_at",
                "petition_date",
                "channel",
                "origin",
                "origin_note",
                "transfer_no",
                "instructor",
                "instruction",
                "required_end",
                "named",
                "people",
                "is_group",
                "state",
            ),
        ),
        Section(
            "反映情况",
            (
                "reported_names",
                "reported_post",
                "reported_unit",
                "petition_class",
                "issue_types",
                "eight_rules",
                "mass_side",
                "summary",
                "is_repeat",
                "first_ref",
                "own_level",
            ),
        ),
        Section("受理与告知", ("accepted_at", "notice_mode", "notice_at", "notice_by", "proposal", "decision")),
        Section(
            "办理",
            (
                "handling",
                "transfer_to",
                "transfer_at",
                "transfer_due",
                "transfer_accepted_at",
                "urged_at",
                "return_reason",
                "returned_at",
                "lead_ref",
                "extension",
            ),
        ),
        Section(
            "办结与反馈",
            (
                "result",
                "closed_at",
                "feedback_at",
                "feedback_mode",
                "feedback_by",
                "feedback_reaction",
                "new_evidence",
                "false_flag",
                "clarify_needed",
                "archived_at",
            ),
        ),
        Section("登记", tuple(name for name in OWN if name != "no")),
    ),
    columns=("no", "received_at", "reported_names", "summary", "channel", "petition_class", "state", "closed_at"),
    identity=("received_at", "summary"),
    title=("reported_names", "summary"),
    main_date="received_at",
    flow=FLOW,
    check=check,
    derive=derive,
    rows=(INFORMANT, REPORTED, OPINION, PETITION_EARLIER),
    limits=(
        LimitFrom(
            "received_at", "T17", ("notice_at", "closed_at"), "向实名举报人告知受理", "notice_at", only=owed_an_answer
        ),
        LimitFrom("closed_at", "T18", ("feedback_at",), "向实名举报人反馈结果", "feedback", only=owed_an_answer),
        LimitFrom(
            "received_at", "T19", ("transfer_at",), "移送上级受理", "up", only=lambda v: v.get("own_level") == "upper"
        ),
        LimitFrom(
            "received_at",
            "T20",
            ("accepted_at", "transfer_at", "returned_at", "first_ref"),
            "对转来件作出受理或转送",
            "accepted",
            only=lambda v: v.get("origin") in PASSED_ON and v.get("own_level") != "upper",
        ),
        LimitFrom(
            "transfer_at",
            "T20",
            ("transfer_accepted_at", "result"),
            "接收单位受理",
            "transfer_accepted_at",
            # Waiting for its answer does not mean that the receiver took it on; what we took on ourselves is only lent.
            only=lambda v: v.get("state") == "down" or v.get("own_level") != "own",
            states=("down", "waiting_feedback"),
        ),
        LimitFrom("transfer_due", "", ("result", "closed_at"), "转办单位反馈结果", "closed"),
        LimitFrom("required_end", "", ("closed_at",), "按要求办结并报结果", "closed"),
    ),
)
