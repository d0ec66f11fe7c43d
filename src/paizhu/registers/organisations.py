"""Organisations: the units of the tree with their written thresholds, and the suppliers they deal with."""

from collections.abc import Mapping
from datetime import date

from paizhu.base.register import Aids, Register, Section
from paizhu.base.rows import Value, Values
from paizhu.registers.choices import SPENDING_KINDS
from paizhu.registers.record import (
    OWN,
    SECRECY,
    Child,
    Choice,
    Decimal,
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
    money,
    person,
    unit,
    yes_no,
)

UNIT_KINDS = (
    Choice("host", "驻在单位", ("驻在部门", "驻在机关")),
    Choice("covered", "归口监督单位", ("综合监督单位", "综合监督部门")),
    Choice("department", "内设机构", ("内设处室", "处室", "科室", "内设科室")),
    Choice("subordinate", "直属单位", ("下属单位", "所属单位", "二级单位", "直属事业单位")),
    Choice("commission", "派出机关"),
    Choice("other", "其他"),
)
RULE_KINDS = (Choice("all", "所有事项", ("全部", "所有", "不分种类")), *SPENDING_KINDS)


class Roster(Record):
    """What stands in a roster is nobody's task: nobody has to handle it, and its 单位 is its own affair."""

    __abstract__ = True

    unit_id: Mapped[Ref | None] = unit("所属单位", sens=Sens.P0)
    handler: Mapped[Ref | None] = person("承办人", aliases=("登记人",))
    secrecy_notice: Mapped[str | None] = choice("密级提示", SECRECY, sens=Sens.P0, aliases=("密级",))


class Unit(Roster):
    """One unit of the tree; a closed one stays for the records of its time.

    The top of the tree has no parent and a living unit no end, so neither is shown as 待补.
    """

    __tablename__ = "unit"
    __table_args__ = indexes("unit", "name", "kind", "missing")

    name: Mapped[str] = line(
        "单位名称",
        sens=Sens.P0,
        searchable=True,
        aliases=("名称", "单位", "单位全称", "机构名称", "部门名称", "处室名称"),
    )
    short_name: Mapped[str | None] = line("简称", sens=Sens.P0, searchable=True, aliases=("单位简称", "规范简称"))
    kind: Mapped[str | None] = choice(
        "单位类型", UNIT_KINDS, wanted=True, sens=Sens.P0, aliases=("类型", "单位性质", "机构类型", "单位类别", "类别")
    )
    parent: Mapped[Ref | None] = unit(
        "上级单位", sens=Sens.P0, aliases=("主管部门", "主管单位", "隶属单位", "隶属关系")
    )
    active: Mapped[bool | None] = yes_no("是否有效", wanted=True, sens=Sens.P0, aliases=("有效", "是否在用"))
    valid_from: Mapped[date | None] = day(
        "设立日期", planned=True, wanted=True, sens=Sens.P0, aliases=("成立时间", "起", "设立时间")
    )
    valid_to: Mapped[date | None] = day(
        "撤销日期", planned=True, after=("valid_from",), sens=Sens.P0, aliases=("撤销时间", "止", "停用日期")
    )
    party_body: Mapped[str | None] = line("党组织", sens=Sens.P0, aliases=("党组织名称", "党组(党委)", "党组织形式"))
    party_group_size: Mapped[int | None] = integer(
        "党组成员数",
        sens=Sens.P0,
        aliases=("班子成员数", "党组人数", "班子职数"),
        help="计算到会人数是否过半、是否达到三分之二",
    )


class SpendingRule(Child):
    """One version of a unit's written threshold for one kind of spending, with the days it was in force."""

    __tablename__ = "spending_rule"

    rule_no: Mapped[str | None] = line("制度文号", aliases=("文号", "制度名称", "制度依据"))
    item_kind: Mapped[str | None] = choice(
        "事项种类", RULE_KINDS, wanted=True, aliases=("种类", "支出种类", "事项类型")
    )
    threshold: Mapped[Decimal] = money("大额标准", aliases=("起点标准", "标准", "金额标准", "大额起点"))
    valid_from: Mapped[date | None] = day(
        "起用日期", planned=True, wanted=True, aliases=("起用时间", "施行日期", "生效日期")
    )
    valid_to: Mapped[date | None] = day(
        "停用日期", planned=True, after=("valid_from",), aliases=("停用时间", "废止日期", "失效日期")
    )


class Supplier(Roster):
    """One company of the single master list; two writings of a name meet here by their 信用代码."""

    __tablename__ = "supplier"
    __table_args__ = indexes("supplier", "name", "missing")

    name: Mapped[str] = line(
        "供应商名称",
        searchable=True,
        aliases=("名称", "供应商", "企业名称", "公司名称", "单位名称", "合作方", "中标单位"),
    )
    uscc: Mapped[str | None] = line("统一社会信用代码", searchable=True, aliases=("信用代码", "社会信用代码", "税号"))
    legal_rep: Mapped[str | None] = line("法定代表人", searchable=True, aliases=("法人", "法人代表", "法定代表人姓名"))


def check_unit(unit: Unit) -> list[str]:
    """Refuse a count of members that cannot be."""
    found = []
    if unit.party_group_size is not None and unit.party_group_size < 1:
        found.append("党组成员数至少为 1")
    return found


def check_rule(rule: SpendingRule) -> list[str]:
    """Refuse a threshold that everything or nothing passes."""
    found = []
    if rule.threshold <= 0:
        found.append("大额标准须大于 0")
    return found


def derive_unit(values: Values, _aids: Aids) -> Mapping[str, Value]:
    """Take a unit without an end for a living one."""
    return {"active": values.get("valid_to") is None} if values.get("active") is None else {}


RULE = Register(
    key="spending_rule",
    label="大额标准",
    model=SpendingRule,
    fields=fields_of(SpendingRule),
    sections=(Section("大额标准", ("rule_no", "item_kind", "threshold", "valid_from", "valid_to")),),
    columns=("item_kind", "threshold", "rule_no", "valid_from", "valid_to"),
    identity=("item_kind", "valid_from"),
    title=("item_kind", "threshold"),
    check=check_rule,
)
UNIT = Register(
    key="unit",
    label="单位",
    model=Unit,
    fields=fields_of(Unit),
    sections=(
        Section("基本情况", ("name", "short_name", "kind", "parent", "active", "valid_from", "valid_to")),
        Section("党组织", ("party_body", "party_group_size")),
        Section("登记", OWN),
    ),
    columns=("name", "short_name", "kind", "parent", "party_group_size", "active"),
    identity=("name",),
    title=("name",),
    check=check_unit,
    derive=derive_unit,
    rows=(RULE,),
)
SUPPLIER = Register(
    key="supplier",
    label="供应商",
    model=Supplier,
    fields=fields_of(Supplier),
    sections=(Section("基本情况", ("name", "uscc", "legal_rep")), Section("登记", OWN)),
    columns=("name", "uscc", "legal_rep", "remarks"),
    identity=("name",),
    title=("name",),
)
