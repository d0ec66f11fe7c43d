"""廉政风险点: where a post can go wrong, how bad that would be, and what stands against it; graded anew every year."""

from datetime import date

from paizhu.base.flow import Facts, Flow, Shape, State, Step
from paizhu.base.register import Aids, LimitFrom, Register, Section
from paizhu.base.rows import Problem, Value, Values
from paizhu.registers.record import (
    OWN,
    Child,
    Choice,
    Mapped,
    Record,
    Ref,
    Sens,
    choice,
    day,
    fields_of,
    indexes,
    integer,
    line,
    links,
    person,
    state,
    text,
    unit,
)

P0 = Sens.P0
POST_KINDS = (
    Choice("team", "班子成员", ("领导班子成员", "领导岗位")),
    Choice("middle", "中层", ("中层干部", "中层岗位")),
    Choice("key", "重点岗位", ("关键岗位", "重要岗位")),
    Choice("plain", "一般岗位", ("一般干部",)),
)
RISK_KINDS = (
    Choice("post", "岗位职责风险", ("岗位职责", "岗位风险")),
    Choice("process", "业务流程风险", ("业务流程", "流程风险")),
    Choice("mind", "思想道德风险", ("思想道德",)),
    Choice("system", "制度机制风险", ("制度机制", "制度风险")),
    Choice("outside", "外部环境风险", ("外部环境", "环境风险")),
)
RISK_LEVELS = (
    Choice("high", "高", ("一级", "高级", "高风险", "Ⅰ级", "一级风险")),
    Choice("mid", "中", ("二级", "中级", "中风险", "Ⅱ级", "二级风险")),
    Choice("low", "低", ("三级", "低级", "低风险", "Ⅲ级", "三级风险")),
)
STATES = (
    State("valid", "有效", Shape.DOING, "防控"),
    State("downgraded", "已降级", Shape.DOING, "防控"),
    State("removed", "已消除", Shape.DONE, "消除", end=True),
)
STANDING = ("valid", "downgraded")
HIGHEST_GRADE = 5
# Likelihood times impact; the domain leaves the steps of the product to design. They only propose.
_HIGH_FROM, _MIDDLE_FROM = 15, 6


class RiskPoint(Record):
    """One risk of one post; what supervision finds there is linked, so that risk and findings can be laid together."""

    __tablename__ = "risk_point"
    __table_args__ = indexes("risk_point", "found_at", "level", "state", "unit_id", "missing")

    unit_id: Mapped[Ref] = unit(
        "单位（科室）",
        sens=P0,
        searchable=True,
        aliases=("单位", "科室", "部门", "单位名称", "处室", "所属单位", "责任单位"),
    )
    post_kind: Mapped[str | None] = choice("岗位类别", POST_KINDS, wanted=True, sens=P0, aliases=("岗位类型",))
    post: Mapped[str | None] = line(
        "岗位", wanted=True, sens=P0, searchable=True, aliases=("岗位名称", "风险岗位", "职务(岗位)")
    )
    kind: Mapped[str | None] = choice("风险类别", RISK_KINDS, wanted=True, sens=P0, aliases=("风险类型", "类别"))
    power_item: Mapped[str | None] = line(
        "权力事项", sens=P0, searchable=True, aliases=("职权名称", "权力名称", "职权")
    )
    step: Mapped[str | None] = line("流程环节", sens=P0, aliases=("环节", "业务环节"))
    name: Mapped[str] = line("风险点", sens=P0, searchable=True, aliases=("廉政风险点", "风险点名称", "风险事项"))
    manifestation: Mapped[str | None] = text(
        "主要内容及表现形式",
        wanted=True,
        sens=P0,
        searchable=True,
        aliases=("表现形式", "风险表现形式", "风险内容", "风险描述", "主要表现"),
    )
    likelihood: Mapped[int | None] = integer(
        "发生概率", sens=P0, aliases=("可能性", "概率"), help="1 至 5，5 最可能发生"
    )
    impact: Mapped[int | None] = integer("影响程度", sens=P0, aliases=("危害程度", "影响"), help="1 至 5，5 影响最大")
    proposed_level: Mapped[str | None] = choice(
        "建议等级", RISK_LEVELS, sens=P0, computed=True, help="发生概率乘以影响程度得出，只供参考"
    )
    level: Mapped[str | None] = choice(
        "风险等级",
        RISK_LEVELS,
        wanted=True,
        sens=P0,
        aliases=("等级", "风险级别"),
        help="由您评定；三重一大、资金、采购、项目类的，有的单位规定一律为高",
    )
    controls: Mapped[str | None] = text(
        "防控措施", wanted=True, sens=P0, searchable=True, aliases=("防范措施", "措施", "防控办法")
    )
    indicator: Mapped[str | None] = line("监测指标", sens=P0)
    owner: Mapped[Ref | None] = person("部门负责人", wanted=True, aliases=("责任人", "科室负责人", "防控责任人"))
    leader: Mapped[Ref | None] = person("责任领导", wanted=True, aliases=("分管领导",))
    holders: Mapped[tuple[Ref, ...] | None] = links(
        "在岗人员", "person", aliases=("岗位人员",), help="现在在这个岗位上的人，写进他的廉政档案和谈前一页纸"
    )
    found_at: Mapped[date | None] = day("排查日期", wanted=True, sens=P0, aliases=("排查时间", "认定日期"))
    review_at: Mapped[date | None] = day(
        "复评日期",
        after=("found_at",),
        sens=P0,
        aliases=("复评时间", "复核日期"),
        help="最近一次复评的日期；职责变化的随时复评",
    )
    removed_reason: Mapped[str | None] = line("消除理由", sens=P0)
    finding_refs: Mapped[tuple[Ref, ...] | None] = links(
        "关联发现", "finding", computed=True, help="发现问题里写了“对应风险点”的，自动列在这里"
    )
    state: Mapped[str] = state(STATES)


class Regrade(Child):
    """One grading of a risk point: what it was before, what it is now, why."""

    __tablename__ = "risk_regrade"

    on: Mapped[date] = day("评定日期", sens=P0, aliases=("复评日期", "日期"))
    before: Mapped[str | None] = choice("原等级", RISK_LEVELS, sens=P0)
    after: Mapped[str | None] = choice("评定等级", RISK_LEVELS, wanted=True, sens=P0, aliases=("现等级",))
    reason: Mapped[str | None] = line("评定理由", wanted=True, sens=P0, aliases=("理由", "说明"))
    by: Mapped[Ref | None] = person("评定人", aliases=("复评人",))


def proposed(likelihood: Value, impact: Value) -> str | None:
    """Return the level that likelihood and impact (1 to 5 each) suggest; the officer decides."""
    if not isinstance(likelihood, int) or not isinstance(impact, int):
        return None
    product = likelihood * impact
    return "high" if product >= _HIGH_FROM else "mid" if product >= _MIDDLE_FROM else "low"


def derive(values: Values, _aids: Aids) -> dict[str, Value]:
    """Propose a level from likelihood and impact; what the officer graded stands beside it untouched."""
    level = proposed(values.get("likelihood"), values.get("impact"))
    return {"proposed_level": level} if level else {}


def check(risk: RiskPoint) -> list[str]:
    """Refuse grades outside 1 to 5."""
    return [
        f"{label}填 1 至 {HIGHEST_GRADE}"
        for label, grade in (("发生概率", risk.likelihood), ("影响程度", risk.impact))
        if grade is not None and not 1 <= grade <= HIGHEST_GRADE
    ]


def regraded(facts: Facts) -> Problem | None:
    """Refuse to lower a risk that still carries the highest level."""
    words = "风险等级还是“高”，请先改为降级后的等级"
    return Problem("level", words, "guard") if facts.values.get("level") == "high" else None


def arrive(values: Values, _today: date) -> str:
    """Place a risk point from an old ledger: it stands unless the ledger says why it is gone."""
    if values.get("removed_reason"):
        return "removed"
    return "valid"


FLOW = Flow(
    STATES,
    "valid",
    (
        Step("valid", "valid", "登记复评", needs=("level", "review_at", "regrade"), who="责任领导"),
        Step("valid", "downgraded", "降级", needs=("level", "review_at", "regrade"), guards=(regraded,),
             who="责任领导"),
        Step("valid", "removed", "消除", needs=("review_at", "removed_reason"), who="责任领导"),
        Step("downgraded", "downgraded", "登记复评", needs=("level", "review_at", "regrade"), who="责任领导"),
        Step("downgraded", "valid", "升级", needs=("level", "review_at", "regrade"), who="责任领导"),
        Step("downgraded", "removed", "消除", needs=("review_at", "removed_reason"), who="责任领导"),
        Step("removed", "valid", "重新列入", needs=("level", "review_at"), who="责任领导"),
    ),
    arrive,
)  # fmt: skip

REGRADE = Register(
    key="regrade",
    label="评定记录",
    model=Regrade,
    fields=fields_of(Regrade),
    sections=(Section("评定", ("on", "before", "after", "reason", "by")),),
    columns=("on", "before", "after", "reason", "by"),
    identity=("on",),
    title=("on", "after"),
    main_date="on",
)
RISK = Register(
    key="risk_point",
    label="廉政风险点",
    model=RiskPoint,
    fields=fields_of(RiskPoint),
    sections=(
        Section("风险点", ("name", "unit_id", "post_kind", "post", "kind", "power_item", "step", "manifestation",
                        "state")),
        Section("评定", ("likelihood", "impact", "proposed_level", "level", "found_at", "review_at", "removed_reason")),
        Section("防控", ("controls", "indicator", "owner", "leader", "holders", "finding_refs")),
        Section("登记", tuple(name for name in OWN if name != "unit_id")),
    ),
    columns=("name", "level", "unit_id", "state", "post", "kind", "owner", "review_at"),
    identity=("unit_id", "name"),
    title=("name",),
    main_date="found_at",
    flow=FLOW,
    check=check,
    derive=derive,
    rows=(REGRADE,),
    limits=(
        LimitFrom("review_at", "C10", what="复评廉政风险点", action="review_at", states=STANDING),
        LimitFrom("found_at", "C10", ("review_at",), "复评廉政风险点", "review_at", states=STANDING),
    ),
)  # fmt: skip
