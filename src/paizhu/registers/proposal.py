"""建议书、提醒函: letters that name problems and ask a unit to act and answer by a day; made, delivered, followed."""

from datetime import date

from paizhu.base.register import Aids, LimitFrom, Register, Section
from paizhu.base.rows import Value, Values
from paizhu.registers.due_extension import PROPOSAL_EXTENSION
from paizhu.registers.proposal_flow import (
    DISCIPLINE,
    FLOW,
    FORMAL,
    JOINT,
    PARTLY,
    RECTIFY,
    REFUSED,
    REMINDER,
    STATES,
    SUPERVISION,
    UNANSWERED,
)
from paizhu.registers.proposal_rows import PROBLEMS, SUGGESTIONS
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
    line,
    links,
    person,
    state,
    text,
    unit,
    units,
    yes_no,
)

PROPOSAL_KINDS = (
    Choice(DISCIPLINE, "纪律检查建议", ("纪律检查建议书", "纪检建议", "纪检建议书")),
    Choice(SUPERVISION, "监察建议", ("监察建议书",)),
    Choice(JOINT, "纪检监察建议", ("纪检监察建议书", "建议书")),
    Choice(REMINDER, "工作提醒函", ("提醒函", "提示函", "监督提醒函", "工作提示函")),
    Choice(RECTIFY, "整改通知书", ("整改通知", "限期整改通知书", "整改函")),
)
SEALS = (
    Choice("group", "本组印章", ("派驻组印章", "纪检监察组印章")),
    Choice("commission", "派出机关印章", ("纪委监委印章",)),
    Choice("none", "不用印", ("无",)),
)
TAKEN_UP = (
    Choice("adopted", "全部采纳", ("全部", "采纳", "已采纳")),
    Choice(PARTLY, "部分采纳", ("部分",)),
    Choice(REFUSED, "未采纳", ("不采纳", "拒绝采纳")),
)
RATINGS = (
    Choice("good", "好", ("落实好",)),
    Choice("fair", "较好"),
    Choice("plain", "一般"),
    Choice("poor", "差", ("落实差",)),
)
_TITLE_LENGTH = 30


class Proposal(Record):
    """One letter to one unit; its problems and suggestions are rows, each linked to the finding that follows it."""

    __tablename__ = "proposal"
    __table_args__ = indexes("proposal", "drafted_at", "delivered_at", "reply_due", "state", "addressee", "missing")

    kind: Mapped[str | None] = choice(
        "文书种类", PROPOSAL_KINDS, wanted=True, aliases=("种类", "建议书种类", "文书类型", "类型")
    )
    title: Mapped[str] = line(
        "标题", searchable=True, aliases=("文书标题", "建议书标题", "事由", "建议事项", "建议书名称")
    )
    addressee: Mapped[Ref] = unit(
        "主送单位", searchable=True, aliases=("主送", "主送机关", "接收单位", "被建议单位", "发往单位"), help="写全称"
    )
    doc_no: Mapped[str | None] = line(
        "文号",
        searchable=True,
        aliases=("发文字号", "建议书文号", "文书编号", "发文号"),
        help="签发时按文书种类自动编号，也可以自己填",
    )
    cc: Mapped[tuple[Ref, ...] | None] = units("抄送单位", aliases=("抄送", "抄送机关"))
    origin: Mapped[str | None] = text(
        "起因", wanted=True, searchable=True, aliases=("问题来源", "起因(问题来源)", "制发原因", "来源")
    )
    source_refs: Mapped[tuple[Ref, ...] | None] = links(
        "来源记录", "supervision_activity", "finding", "review_item", "meeting", "integrity_talk", "duty_item", "case"
    )
    basis: Mapped[str | None] = text("法规依据", aliases=("制发依据",), help="监察建议可以写《监察法》第五十二条")
    causes: Mapped[str | None] = text("原因分析", wanted=True, searchable=True, aliases=("原因", "问题原因"))
    reply_due: Mapped[date | None] = day(
        "回复期限",
        planned=True,
        after=("signed_at", "delivered_at"),
        wanted=True,
        aliases=("回复时限", "要求回复日期", "反馈期限", "期限"),
        help="写进文书的日期；一般 30 日",
    )
    contact: Mapped[str | None] = line("联系人", aliases=("联系人及电话",))
    drafted_at: Mapped[date | None] = day("拟稿日期", aliases=("登记日期",))
    checker: Mapped[Ref | None] = person("审核人", aliases=("核稿人",))
    signer: Mapped[Ref | None] = person("签发人", aliases=("批准人",))
    signed_at: Mapped[date | None] = day("签发日期", aliases=("发文日期", "制发日期", "制发时间", "发文时间"))
    seal: Mapped[str | None] = choice("印章", SEALS, aliases=("用印",))
    delivered_at: Mapped[date | None] = day("送达日期", after=("signed_at",), aliases=("送达时间", "发出日期"))
    delivered_by: Mapped[Ref | None] = person("送达人")
    received_by: Mapped[str | None] = line("签收人", aliases=("接收人",))
    objection: Mapped[bool | None] = yes_no("是否异议", aliases=("有无异议",))
    objection_at: Mapped[date | None] = day("提出异议日期", after=("delivered_at",), aliases=("异议日期",))
    objection_text: Mapped[str | None] = text("异议内容", aliases=("异议",))
    objection_result: Mapped[str | None] = text("异议处理", aliases=("异议处理情况", "复核结果"))
    replied_at: Mapped[date | None] = day(
        "回复日期", after=("delivered_at",), aliases=("回复时间", "反馈日期", "回函日期")
    )
    reply_no: Mapped[str | None] = line("回复文号", aliases=("回函文号",))
    reply: Mapped[str | None] = text("回复内容", searchable=True, aliases=("回复情况", "反馈情况", "落实情况"))
    reply_papers: Mapped[int | None] = files("回复材料")
    adopted: Mapped[str | None] = choice("采纳情况", TAKEN_UP, sens=Sens.P0, aliases=("是否采纳", "采纳"))
    refuse_reason: Mapped[str | None] = text("不采纳理由", aliases=("未采纳理由",))
    revisit_at: Mapped[date | None] = day("回访日期", after=("replied_at",), aliases=("回访时间",))
    revisit_rating: Mapped[str | None] = choice("落实评价", RATINGS, aliases=("回访评价", "评价"))
    revisit_note: Mapped[str | None] = text("回访情况")
    reported_at: Mapped[date | None] = day("报告派出机关日期", aliases=("报告日期", "上报日期"))
    report_no: Mapped[str | None] = line("报告文号")
    outcome: Mapped[str | None] = text("处理结果", aliases=("最终处理",))
    state: Mapped[str] = state(STATES)


def derive(values: Values, _aids: Aids) -> dict[str, Value]:
    """Take what goes without saying: the addressee for the unit concerned, a title out of the occasion."""
    made: dict[str, Value] = {}
    if values.get("unit_id") is None:
        made["unit_id"] = values.get("addressee")
    if not values.get("title") and values.get("origin"):
        made["title"] = str(values["origin"]).strip().splitlines()[0][:_TITLE_LENGTH]
    return made


def _no_day(values: Values) -> bool:
    return not values.get("reply_due")


def _formal(values: Values) -> bool:
    return values.get("kind") in FORMAL and values.get("adopted") != REFUSED


def _refused(values: Values) -> bool:
    return values.get("adopted") == REFUSED


PROPOSAL = Register(
    key="proposal",
    label="建议书",
    model=Proposal,
    fields=fields_of(Proposal),
    sections=(
        Section("文书", ("kind", "title", "doc_no", "addressee", "cc", "reply_due", "contact", "state")),
        Section("内容", ("origin", "source_refs", "basis", "causes")),
        Section("审签", ("drafted_at", "checker", "signer", "signed_at", "seal")),
        Section("送达", ("delivered_at", "delivered_by", "received_by")),
        Section("异议", ("objection", "objection_at", "objection_text", "objection_result")),
        Section("回复", ("replied_at", "reply_no", "adopted", "refuse_reason", "reply", "reply_papers")),
        Section("回访与报告", ("revisit_at", "revisit_rating", "revisit_note", "reported_at", "report_no", "outcome")),
        Section("登记", OWN),
    ),
    columns=("doc_no", "kind", "title", "addressee", "delivered_at", "reply_due", "replied_at", "adopted", "state"),
    identity=("title", "addressee", "doc_no"),
    title=("title",),
    main_date="delivered_at",
    flow=FLOW,
    derive=derive,
    rows=(PROBLEMS, SUGGESTIONS, PROPOSAL_EXTENSION),
    limits=(
        LimitFrom("signed_at", "C26", ("delivered_at",), "送达文书", "delivered", states=("signed",)),
        LimitFrom("reply_due", until=("replied_at",), what="回复建议书", action="replied",
                  states=("signed", *UNANSWERED)),
        LimitFrom("delivered_at", "T25", ("replied_at",), "回复建议书", "replied", only=_no_day, states=UNANSWERED),
        LimitFrom("objection_at", "C27", what="复核异议", action="reviewed", states=("objected",)),
        LimitFrom("replied_at", "C28", ("revisit_at",), "回访落实情况", "revisited", only=_formal, states=("replied",)),
        LimitFrom("replied_at", "C29", ("reported_at",), "未采纳的报告派出机关", "reported_up", only=_refused,
                  states=("replied",)),
    ),
)  # fmt: skip
