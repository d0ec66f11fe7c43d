"""廉政谈话: talks of routine supervision, and the talk that disposes of a lead, kept apart by its lead.

Steps ask for what the course names (``domain.md`` 3.4), and for what its fields say of some talks only: those about a
lead, those with one person, those that were signed.
"""

from datetime import date

from paizhu.base.asked import ALWAYS, chosen, lacking, other_than
from paizhu.base.flow import Flow, Step
from paizhu.base.register import Aids, LimitFrom, Register, Section
from paizhu.base.rows import Ref, Value, Values
from paizhu.registers.choices import POLITICAL, RANK_LEVELS
from paizhu.registers.record import (
    OWN,
    Child,
    Mapped,
    Record,
    Sens,
    choice,
    day,
    fields_of,
    files,
    indexes,
    integer,
    line,
    link,
    moment,
    named,
    person,
    state,
    text,
    unit,
    yes_no,
)
from paizhu.registers.talk_choices import FOLLOW_UPS, STATES, TALK_KINDS, TALK_REASONS
from paizhu.registers.talk_guards import (
    APPROVAL_WORDED,
    HEADS_COUNTED,
    LEAD_NAMED,
    OWN_APPROVAL,
    OWN_TALK,
    PLANNED,
    SAFETY_PLANNED,
    SIGNED,
    SUBJECT_DESCRIBED,
    WRITTEN_UP,
    approved_above,
    approved_on_grounds,
    companion_placed,
    page_kept,
    requirements_met,
    requirements_said,
    routine_only,
    two_people,
)


def _not_visited(values: Values) -> bool:
    return not values.get("revisit_result")


class IntegrityTalk(Record):
    """One talk; kinds that dispose of a lead name it in ``lead_ref`` and only those count as 第一种形态."""

    __tablename__ = "integrity_talk"
    __table_args__ = (
        *indexes("integrity_talk", "planned_date", "state", "missing"),
        *named("integrity_talk", "subject"),
    )

    kind: Mapped[str | None] = choice(
        "谈话类型", TALK_KINDS, wanted=True, aliases=("类型", "谈话类别", "类别", "谈话种类")
    )
    subject: Mapped[Ref] = person(
        "谈话对象",
        sens=Sens.P2,
        searchable=True,
        aliases=("姓名", "被谈话人", "谈话人员", "被约谈人", "对象", "被谈话人姓名"),
    )
    # Beside a name the column 单位 says where the person works, not which unit the record belongs to.
    unit_id: Mapped[Ref | None] = unit("所属单位", wanted=True, sens=Sens.P0, aliases=("单位名称", "驻在单位"))
    subject_unit: Mapped[str | None] = line(
        "对象单位",
        sens=Sens.P2,
        searchable=True,
        aliases=("单位", "被谈话人单位", "谈话对象单位", "所在单位", "工作单位"),
    )
    subject_post: Mapped[str | None] = line(
        "对象职务",
        sens=Sens.P2,
        searchable=True,
        aliases=("职务", "被谈话人职务", "单位职务", "单位及职务", "现任职务"),
    )
    subject_rank: Mapped[str | None] = choice("对象职级", RANK_LEVELS, sens=Sens.P2, aliases=("职级", "级别"))
    subject_political: Mapped[str | None] = choice("对象政治面貌", POLITICAL, sens=Sens.P2, aliases=("政治面貌",))
    headcount: Mapped[int | None] = integer("集体人数", sens=Sens.P0, aliases=("人数", "参加人数"))
    reason: Mapped[str | None] = choice("谈话事由", TALK_REASONS, wanted=True, aliases=("事由", "谈话原因", "谈话缘由"))
    reason_note: Mapped[str | None] = line("事由说明", searchable=True)
    lead_ref: Mapped[Ref | None] = link("涉及线索", "lead", sens=Sens.P3, aliases=("线索编号", "是否涉及线索"))
    planned_date: Mapped[date] = day("计划日期", planned=True, aliases=("计划时间", "拟谈日期", "计划谈话时间"))
    outline: Mapped[str | None] = text("谈话提纲", aliases=("提纲",))
    plan: Mapped[int | None] = files("谈话方案", sens=Sens.P3)
    plan_kept_in: Mapped[str | None] = line(
        "谈话方案存放处",
        sens=Sens.P3,
        aliases=("方案存放处",),
        help="谈话方案没有附在库里的，写明存在哪里（如保密柜、文号），代替附件",
    )
    safety_plan: Mapped[str | None] = text("安全预案", sens=Sens.P3)
    approver: Mapped[Ref | None] = person("审批人", aliases=("批准人",))
    approved_at: Mapped[date | None] = day("审批日期", aliases=("批准日期",))
    approve_note: Mapped[str | None] = text("审批意见")
    talker: Mapped[Ref | None] = person("主谈人", searchable=True, aliases=("谈话人", "谈话人姓名", "约谈人"))
    companion: Mapped[Ref | None] = person("陪谈人", aliases=("陪同人", "参与谈话人", "陪同谈话人"))
    companion_unit: Mapped[str | None] = line(
        "陪谈人单位", help="一人成组时，第二名谈话人来自协作区、派出机关或机关纪委，写明单位"
    )
    recorder: Mapped[Ref | None] = person("记录人", aliases=("记录员",))
    start_at: Mapped[date | None] = moment(
        "谈话时间", aliases=("时间", "谈话日期", "日期", "谈话起始时间", "开始时间", "约谈时间")
    )
    end_at: Mapped[date | None] = moment("结束时间", after=("start_at",), aliases=("谈话结束时间",))
    place: Mapped[str | None] = line("谈话地点", aliases=("地点",))
    record: Mapped[str | None] = text(
        "谈话内容",
        sens=Sens.P2,
        private=True,
        searchable=True,
        aliases=("主要内容", "内容", "谈话记录", "谈话要点", "谈话主要内容"),
    )
    subject_statement: Mapped[str | None] = text(
        "对象表态", sens=Sens.P2, searchable=True, aliases=("表态", "本人意见", "被谈话人意见", "对象意见", "表态情况")
    )
    requirements: Mapped[str | None] = text("提出要求", searchable=True, aliases=("要求", "工作要求"))
    signed: Mapped[bool | None] = yes_no("已核对签字", aliases=("是否签字", "签字"))
    signed_at: Mapped[date | None] = day("签字日期")
    refuse_reason: Mapped[str | None] = line("拒签原因")
    signed_page: Mapped[int | None] = files("双方签字页扫描件", sens=Sens.P2, aliases=("签字页", "签字页扫描件"))
    no_signed_page: Mapped[str | None] = line(
        "不附签字页的理由", aliases=("无签字页理由",), help="没有签字页可附时写明，代替扫描件"
    )
    written_statement: Mapped[int | None] = files("书面说明", sens=Sens.P2)
    follow_up: Mapped[str | None] = choice("后续措施", FOLLOW_UPS, aliases=("后续事项", "后续跟踪", "落实情况"))
    revisit_date: Mapped[date | None] = day(
        "回访日期", planned=_not_visited, after=("start_at",), aliases=("回访时间",)
    )
    revisit_result: Mapped[str | None] = text("回访结果")
    archived_to: Mapped[Ref | None] = link("入档", "integrity_archive", sens=Sens.P2, computed=True)
    cancel_reason: Mapped[str | None] = line("取消原因")
    state: Mapped[str] = state(STATES)


class TalkPoint(Child):
    """One point to speak of, from the template of the kind of talk or the officer's own; ticked when spoken of."""

    __tablename__ = "talk_point"

    words: Mapped[str] = line("谈话要点", aliases=("要点", "提纲要点"))
    talked: Mapped[bool | None] = yes_no("已谈", aliases=("是否谈到",))


class TalkRequirement(Child):
    """One numbered requirement of a talk, with the day by which it is to be met."""

    __tablename__ = "talk_requirement"

    words: Mapped[str] = line("要求事项", aliases=("要求", "后续事项"))
    due: Mapped[date | None] = day("完成期限", planned=True)
    done_at: Mapped[date | None] = day("完成日期")
    outcome: Mapped[str | None] = line("落实情况")


def arrive(values: Values, today: date) -> str:
    """Place a talk from an old ledger: held and recorded when it says so, planned while the day is ahead."""
    if values.get("revisit_result"):
        return "archived"
    held = values.get("start_at")
    if held is None:
        return "planned"
    if str(held)[:10] > today.isoformat():
        return "planned"
    if values.get("record"):
        return "follow_up" if values.get("revisit_date") else "archived"
    return "held"


def derive(values: Values, _aids: Aids) -> dict[str, Value]:
    """Take the planned day from the day of the talk when a ledger knows only that one."""
    held = values.get("start_at")
    if values.get("planned_date") is None and held is not None:
        return {"planned_date": date.fromisoformat(str(held)[:10])}
    return {}


def check(talk: IntegrityTalk) -> list[str]:
    """Refuse a return visit before the planned day, where that of the talk is not known, and a talk with nobody."""
    found = []
    if talk.revisit_date and not talk.start_at and talk.revisit_date < talk.planned_date:
        found.append("回访日期早于计划日期")
    if talk.headcount is not None and talk.headcount < 1:
        found.append("集体人数至少为 1")
    return found


_REGISTERED = ("kind", "reason", "unit_id", "handler", "secrecy_notice")
"""What the domain marks R of a talk beside what identifies it; asked for on every way from the plan."""
_HELD = ("start_at", "place", "talker", "record")
_NO_VISIT = lacking("revisit_date")
"""No day was set to go back and ask: a talk that has one is visited before it is filed away."""
FLOW = Flow(
    STATES,
    "planned",
    (
        Step(
            "planned",
            "held",
            "登记谈话",
            needs=(*_REGISTERED, *_HELD),
            guards=(routine_only, *SUBJECT_DESCRIBED, two_people, companion_placed, HEADS_COUNTED, OWN_TALK),
            usual=ALWAYS,
        ),
        Step(
            "planned",
            "submitted",
            "提交审批",
            needs=(*_REGISTERED, "outline"),
            guards=(*SUBJECT_DESCRIBED, LEAD_NAMED, PLANNED, SAFETY_PLANNED),
            who="承办人",
        ),
        Step("planned", "cancelled", "取消谈话", needs=("cancel_reason",)),
        Step(
            "submitted",
            "approved",
            "批准",
            needs=("approver", "approved_at"),
            guards=(APPROVAL_WORDED, OWN_APPROVAL, approved_above, approved_on_grounds),
            who="组长；超出权限的由派出机关",
        ),
        Step("submitted", "planned", "退回修改"),
        Step(
            "approved",
            "held",
            "登记谈话",
            needs=_HELD,
            guards=(two_people, companion_placed, LEAD_NAMED, HEADS_COUNTED, OWN_TALK),
        ),
        Step("approved", "cancelled", "取消谈话", needs=("cancel_reason",)),
        Step("held", "signing", "交对象核对"),
        Step(
            "signing",
            "recorded",
            "归入记录",
            needs=("signed", "follow_up"),
            guards=(*WRITTEN_UP, *SIGNED, requirements_said),
        ),
        Step("recorded", "follow_up", "转后续跟踪", needs=("follow_up",)),
        Step(
            "recorded",
            "archived",
            "归档",
            needs=("follow_up",),
            guards=(requirements_met, page_kept),
            usual=chosen("follow_up", "none"),
        ),
        Step("follow_up", "revisit", "登记回访", needs=("revisit_date", "revisit_result")),
        Step(
            "follow_up", "to_lead", "转问题线索", needs=("lead_ref",), usual=chosen("follow_up", "to_lead") & _NO_VISIT
        ),
        Step(
            "follow_up",
            "archived",
            "归档",
            guards=(requirements_met, page_kept),
            usual=other_than("follow_up", "revisit", "to_lead") & _NO_VISIT,
        ),
        Step("revisit", "archived", "归档", needs=("revisit_result",), guards=(requirements_met, page_kept)),
        Step("revisit", "to_lead", "转问题线索", needs=("lead_ref",)),
    ),
    arrive,
)

AWAITING_PAGE = tuple(
    dict.fromkeys(step.before for step in FLOW.steps if "signed" in step.needs or page_kept in step.guards)
)
"""States of a talk that is held and not yet filed: the page both sides signed belongs to it now."""

POINT = Register(
    key="point",
    label="谈话要点",
    model=TalkPoint,
    fields=fields_of(TalkPoint),
    sections=(Section("谈话要点", ("words", "talked")),),
    columns=("words", "talked"),
    identity=("words",),
    title=("words",),
)
REQUIREMENT = Register(
    key="requirement",
    label="要求事项",
    model=TalkRequirement,
    fields=fields_of(TalkRequirement),
    sections=(Section("要求事项", ("words", "due", "done_at", "outcome")),),
    columns=("words", "due", "done_at", "outcome"),
    identity=("words",),
    title=("words",),
    limits=(LimitFrom("due", until=("done_at",), what="落实谈话要求", action="done_at"),),
)

TALK = Register(
    key="integrity_talk",
    label="廉政谈话",
    model=IntegrityTalk,
    fields=fields_of(IntegrityTalk),
    sections=(
        Section(
            "谈话",
            (
                "subject",
                "kind",
                "start_at",
                "place",
                "talker",
                "recorder",
                "companion",
                "reason",
                "planned_date",
                "end_at",
                "state",
            ),
        ),
        Section("内容", ("record", "subject_statement", "requirements")),
        Section(
            "对象",
            (
                "subject_unit",
                "subject_post",
                "subject_rank",
                "subject_political",
                "headcount",
                "reason_note",
                "companion_unit",
                "lead_ref",
            ),
        ),
        Section(
            "准备与审批", ("outline", "plan", "plan_kept_in", "safety_plan", "approver", "approved_at", "approve_note")
        ),
        Section(
            "签字与后续",
            (
                "signed",
                "signed_at",
                "refuse_reason",
                "signed_page",
                "no_signed_page",
                "written_statement",
                "follow_up",
                "revisit_date",
                "revisit_result",
                "archived_to",
                "cancel_reason",
            ),
        ),
        Section("登记", OWN),
    ),
    columns=("planned_date", "subject", "subject_post", "kind", "state", "follow_up"),
    identity=("subject", "planned_date"),
    title=("subject", "kind"),
    main_date="planned_date",
    flow=FLOW,
    check=check,
    derive=derive,
    rows=(POINT, REQUIREMENT),
    limits=(
        # Only the step ends it: a time that is written down before the talk is registered registers nothing.
        LimitFrom(
            "planned_date",
            what="廉政谈话",
            action="held",
            states=("planned", "submitted", "approved"),
        ),
        LimitFrom(
            "revisit_date",
            until=("revisit_result",),
            what="谈话回访",
            action="archived",
            states=("follow_up", "revisit"),
        ),
    ),
)
