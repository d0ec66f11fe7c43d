"""处分/处理及执行台账: one measure against one person, what is due to carry it out, and how long it weighs.

A measure has no course of its own, that is the case's; its items of execution are dates with limits, 待补 as long as
the case would not be carried out without them.
"""

from datetime import date

from paizhu.base.asked import chosen, given, lacking, other_than
from paizhu.base.register import Aids, LimitFrom, Register, Section
from paizhu.base.rows import Value, Values
from paizhu.registers.choices import DISCIPLINES, RANK_LEVELS
from paizhu.registers.measure_kinds import (
    ADMIN_FROM_DEMOTION,
    CLASS_OF,
    GONE,
    MEASURE_CLASSES,
    MEASURE_KINDS,
    OF_ADMIN,
    OF_PARTY,
    PARTY_FROM_REMOVAL,
    WARNING_OF,
)
from paizhu.registers.measure_rows import APPEAL, REVISIT
from paizhu.registers.record import (
    OWN,
    Choice,
    Mapped,
    Record,
    Ref,
    Sens,
    choice,
    choices,
    day,
    fields_of,
    indexes,
    line,
    link,
    person,
    text,
    unit,
)

P2, P3 = Sens.P2, Sens.P3
SPECIALS = (
    Choice("no_party_post", "应撤职而无党内职务改严重警告", ("应撤职而无党内职务改严重警告(影响期2年)",)),
    Choice("merged", "合并处分", ("合并",)),
    Choice("again", "影响期内再处分", ("期内再处分",)),
)
CHANGES = (
    Choice("upheld", "维持"),
    Choice("changed", "变更"),
    Choice("revoked", "撤销", ("已撤销",)),
    Choice("replaced", "由变更后的处分代替", ("已由新决定代替",)),
)

PROBATION = "party_probation"
# What an old ledger says was carried out is not asked for item by item.
_OPEN = (lacking("changed") | other_than("changed", *GONE)) & lacking("executed_at")
_TO_TELL = chosen("kind", *OF_PARTY, *OF_ADMIN) & _OPEN
_TO_PAY = chosen("kind", *PARTY_FROM_REMOVAL, *ADMIN_FROM_DEMOTION) & _OPEN
_TO_REPORT = chosen("kind", *OF_PARTY) & _OPEN
_ON_PROBATION = chosen("kind", PROBATION) & _OPEN


class Measure(Record):
    """One punishment or other measure; the rank at the day of decision drives the statistics."""

    __tablename__ = "measure"
    __table_args__ = indexes("measure", "decided_at", "missing")

    no: Mapped[str | None] = line("处分编号", computed=True, sens=P2, searchable=True, aliases=("编号", "处理编号"))
    unit_id: Mapped[Ref | None] = unit("所属单位", wanted=True, sens=Sens.P0, aliases=("单位名称", "驻在单位"))
    case_ref: Mapped[Ref | None] = link("关联案件", "case", sens=P3, aliases=("案件编号", "立案编号"))
    lead_ref: Mapped[Ref | None] = link("关联线索", "lead", sens=P3, aliases=("线索编号",))
    subject: Mapped[Ref] = person(
        "处分对象",
        sens=P2,
        searchable=True,
        aliases=("姓名", "受处分人", "受处分人姓名", "被处分人", "对象", "处理对象", "被处分人姓名"),
    )
    subject_unit: Mapped[str | None] = line(
        "处分时单位", wanted=True, sens=P2, aliases=("单位", "工作单位", "所在单位", "受处分人单位")
    )
    subject_post: Mapped[str | None] = line(
        "处分时职务", wanted=True, sens=P2, aliases=("职务", "单位职务", "单位及职务", "原职务", "受处分时职务")
    )
    subject_rank: Mapped[str | None] = choice(
        "处分时职级", RANK_LEVELS, wanted=True, sens=P2, aliases=("职级", "级别", "行政级别", "干部级别")
    )
    measure_class: Mapped[str | None] = choice(
        "处理类别", MEASURE_CLASSES, wanted=True, sens=P2, aliases=("处分类别", "处分类型", "类别", "处理类型")
    )
    kind: Mapped[str | None] = choice(
        "处分种类",
        MEASURE_KINDS,
        wanted=True,
        sens=P2,
        aliases=(
            "种类",
            "处分",
            "处分档次",
            "处理种类",
            "处分情况",
            "处理结果",
            "处分结果",
            "给予何种处分",
            "处理方式",
        ),
    )
    special: Mapped[str | None] = choice("特殊情形", SPECIALS, sens=P2)
    decided_by: Mapped[str | None] = line(
        "决定机关", wanted=True, sens=P2, aliases=("处分决定机关", "处分机关", "决定单位", "处分单位", "批准机关")
    )
    doc_no: Mapped[str | None] = line(
        "决定文号", wanted=True, sens=P2, searchable=True, aliases=("文号", "处分文号", "处分决定文号")
    )
    decided_at: Mapped[date] = day(
        "决定日期",
        sens=P2,
        aliases=(
            "处分时间",
            "处分日期",
            "处分决定日期",
            "处分决定时间",
            "决定(批准)日期",
            "决定时间",
            "批准日期",
            "生效日期",
        ),
    )
    issue_types: Mapped[tuple[str, ...] | None] = choices(
        "违纪类型", DISCIPLINES, wanted=True, sens=P3, aliases=("问题类型", "违纪性质", "问题性质")
    )
    facts: Mapped[str | None] = text(
        "主要事实",
        wanted=True,
        sens=P3,
        searchable=True,
        aliases=("违纪事实", "主要违纪事实", "处分原因", "处分事由", "案由", "主要违纪违法事实", "违纪违法事实"),
    )
    basis: Mapped[str | None] = line(
        "依据条款", wanted=True, sens=P3, aliases=("处分依据", "依据"), help="写明条例名称、版本和条款"
    )
    period_from: Mapped[date | None] = day("影响期起", computed=True, sens=P2, aliases=("处分期起", "影响期起始日期"))
    period_to: Mapped[date | None] = day("影响期止（推算）", computed=True, sens=P2)
    period_to_set: Mapped[date | None] = day(
        "影响期止",
        planned=True,
        after=("decided_at",),
        sens=P2,
        aliases=(
            "影响期至",
            "影响期满日期",
            "处分期止",
            "影响期截止日期",
            "影响期满时间",
            "处分期满日期",
            "影响期届满日期",
        ),
        help="一般由程序推算；与推算不一致或旧台账已写明的填在这里，并写明理由和文号",
    )
    period_reason: Mapped[str | None] = line("影响期确定理由", sens=P2)
    probation_from: Mapped[date | None] = day("留党察看期起", sens=P2)
    probation_to: Mapped[date | None] = day(
        "留党察看期止",
        wanted=_ON_PROBATION,
        planned=True,
        after=("probation_from",),
        sens=P2,
        aliases=("留党察看期满日期",),
    )
    probation_extended_to: Mapped[date | None] = day("留党察看延长至", planned=True, after=("probation_to",), sens=P2)
    rights_restored_at: Mapped[date | None] = day(
        "恢复党员权利日期", after=("probation_from",), sens=P2, aliases=("恢复权利日期", "恢复党员权利时间")
    )
    delivered_at: Mapped[date | None] = day(
        "送达日期", wanted=_TO_TELL, after=("decided_at",), sens=P2, aliases=("送达时间",)
    )
    announced_at: Mapped[date | None] = day(
        "宣布日期", wanted=_TO_TELL, after=("decided_at",), sens=P2, aliases=("宣布时间", "处分宣布日期")
    )
    announce_scope: Mapped[str | None] = line("宣布范围", wanted=given("announced_at") & _TO_TELL, sens=P2)
    pay_due: Mapped[date | None] = day(
        "职务工资变更应办日期",
        planned=True,
        sens=P2,
        aliases=("职务工资待遇变更应办",),
        help="经批准延长的，填延长后的日期",
    )
    pay_done: Mapped[date | None] = day(
        "职务工资变更办结日期",
        wanted=_TO_PAY,
        after=("decided_at",),
        sens=P2,
        aliases=("职务工资待遇变更办结", "工资调整日期", "工资待遇变更日期"),
    )
    filed_in_dossier: Mapped[date | None] = day(
        "材料入档日期", wanted=_TO_TELL, sens=P2, aliases=("入档日期", "装入档案日期", "归入档案日期")
    )
    exec_report_at: Mapped[date | None] = day(
        "执行情况报告日期",
        wanted=_TO_REPORT,
        after=("decided_at",),
        sens=P2,
        aliases=("执行情况报告时间", "执行报告日期"),
    )
    executed_at: Mapped[date | None] = day(
        "执行完毕日期",
        after=("decided_at",),
        sens=P2,
        aliases=("执行完毕时间",),
        help="以前的处分已执行完毕的，填写后不再计执行时限",
    )
    appraisal_note: Mapped[str | None] = line("年度考核影响", sens=P2)
    revisited_at: Mapped[date | None] = day(
        "首次回访日期", sens=P2, aliases=("回访日期", "回访时间"), help="以后各次回访在“回访”里写明计划日期"
    )
    expired_at: Mapped[date | None] = day("期满日期", computed=True, sens=P2, aliases=("期满时间",))
    changed: Mapped[str | None] = choice("变更或撤销", CHANGES, sens=P2, aliases=("变更情况", "变更 / 撤销"))
    remarks: Mapped[str | None] = text("备注", sens=P2, searchable=True, aliases=("附注", "说明"))


def check(measure: Measure) -> list[str]:
    """Refuse an end of influence without its grounds, and a kind that is not of the class given."""
    found = []
    typed = getattr(measure, "typed", ())
    if "period_to_set" in typed and measure.period_to_set and not (measure.period_reason and measure.doc_no):
        found.append("影响期止是自己填写的，请一并写明“影响期确定理由”和“决定文号”")
    group = CLASS_OF.get(measure.kind or "")
    if group and measure.measure_class and group != measure.measure_class:
        found.append("处分种类与处理类别不一致，请核对")
    return found


def derive(values: Values, aids: Aids) -> dict[str, Value]:
    """Fill class from kind, and the influence period: from the decision, or from rights restored after probation.

    How long a period lasts is rule data and is asked for; an end that was typed wins over it.
    """
    made: dict[str, Value] = {}
    kind, group = str(values.get("kind") or ""), values.get("measure_class")
    if kind == "warning" and isinstance(group, str) and group in WARNING_OF:
        kind = WARNING_OF[group]
        made["kind"] = kind
    if group is None and kind in CLASS_OF:
        made["measure_class"] = CLASS_OF[kind]
    decided = values.get("decided_at")
    if kind == PROBATION:
        if values.get("probation_from") is None:
            made["probation_from"] = decided
        made["period_from"] = values.get("rights_restored_at")
    elif CLASS_OF.get(kind) in ("party", "admin"):
        made["period_from"] = decided
    if values.get("period_to_set") is not None:
        made["period_to"] = values.get("period_to_set")
        made["expired_at"] = values.get("period_to_set")
    elif end := aids.influence({**values, **made}):
        # A day of expiry that came with an old ledger stays; one that followed the period goes on following it.
        if values.get("expired_at") in (None, values.get("period_to")):
            made["expired_at"] = end
        made["period_to"] = end
    return made


def _stands(values: Values) -> bool:
    return values.get("changed") not in GONE


def _of_party(values: Values) -> bool:
    return CLASS_OF.get(str(values.get("kind") or "")) == "party" and _stands(values)


def _punished(values: Values) -> bool:
    return CLASS_OF.get(str(values.get("kind") or "")) in ("party", "admin") and _stands(values)


def _party_pay(values: Values) -> bool:
    return values.get("kind") in PARTY_FROM_REMOVAL and _stands(values)


def _admin_pay(values: Values) -> bool:
    return values.get("kind") in ADMIN_FROM_DEMOTION and _stands(values)


_DONE = ("executed_at", "exec_report_at")
MEASURE = Register(
    key="measure",
    label="处分处理",
    model=Measure,
    fields=fields_of(Measure),
    sections=(
        Section("对象", ("no", "subject", "subject_unit", "subject_post", "subject_rank", "case_ref", "lead_ref")),
        Section("决定", ("measure_class", "kind", "special", "decided_by", "doc_no", "decided_at", "issue_types",
                       "facts", "basis")),
        Section("影响期", ("period_from", "period_to", "period_to_set", "period_reason", "probation_from",
                        "probation_to", "probation_extended_to", "rights_restored_at", "expired_at")),
        Section("执行", ("delivered_at", "announced_at", "announce_scope", "pay_due", "pay_done", "filed_in_dossier",
                       "exec_report_at", "executed_at", "appraisal_note", "revisited_at", "changed")),
        Section("登记", tuple(name for name in OWN if name != "no")),
    ),
    columns=("decided_at", "subject", "subject_post", "kind", "doc_no", "period_to", "announced_at", "exec_report_at"),
    identity=("subject", "kind", "decided_at"),
    title=("subject", "kind"),
    main_date="decided_at",
    check=check,
    derive=derive,
    rows=(REVISIT, APPEAL),
    limits=(
        LimitFrom("decided_at", "T09", ("announced_at", *_DONE), "宣布处分决定", "announced_at", only=_of_party),
        LimitFrom("decided_at", "T09", ("filed_in_dossier", *_DONE), "处分决定装入个人档案", "filed_in_dossier",
                  only=_of_party),
        LimitFrom("decided_at", "T09", ("pay_done", "pay_due", *_DONE), "办理职务工资变更", "pay_done",
                  only=_party_pay),
        LimitFrom("decided_at", "T10", _DONE, "报告处分执行情况", "exec_report_at", only=_of_party),
        LimitFrom("decided_at", "T11", ("pay_done", "pay_due", *_DONE), "办理职务工资变更", "pay_done",
                  only=_admin_pay),
        # A typed date replaces the month of T09 and T11, for instance after an approved extension.
        LimitFrom("pay_due", "", ("pay_done", *_DONE), "办理职务工资变更", "pay_done", only=_stands, extends=True),
        LimitFrom("probation_to", "", ("rights_restored_at", "probation_extended_to", "executed_at"),
                  "留党察看期满，恢复权利", "rights_restored_at", only=_stands),
        LimitFrom("probation_extended_to", "", ("rights_restored_at", "executed_at"), "留党察看期满，恢复权利",
                  "rights_restored_at", only=_stands, extends=True),
        # Later visits are planned by rows with a date of their own.
        LimitFrom("decided_at", "C14", ("revisited_at", "executed_at"), "回访受处分人", "revisited_at", only=_punished),
    ),
)  # fmt: skip
