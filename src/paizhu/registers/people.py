"""监督对象: the people of the supervised units, their posts, relations and ties to companies.

A roster has six columns, so the present unit, post and rank stand on the person and can be typed or imported;
``post_history`` holds what came before, and snapshots of past days are taken from there.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date

from paizhu.base.month_only import last_day
from paizhu.base.register import Aids, Register, Section
from paizhu.base.rows import Value, Values
from paizhu.registers.choices import AUTHORITY, POLITICAL, RANK_LEVELS
from paizhu.registers.organisations import Roster
from paizhu.registers.record import (
    OWN,
    Child,
    Choice,
    Mapped,
    Ref,
    Sens,
    choice,
    day,
    fields_of,
    indexes,
    integer,
    line,
    link,
    month,
    unit,
    yes_no,
)

_HAN_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]{2,4}")
GENDERS = (Choice("male", "男"), Choice("female", "女"))
EDUCATION = (
    Choice("doctor", "博士研究生", ("博士",)),
    Choice("master", "硕士研究生", ("硕士", "研究生", "在职研究生")),
    Choice("bachelor", "大学本科", ("本科", "大学", "大学学历", "在职大学", "全日制本科")),
    Choice("college", "大学专科", ("大专", "专科", "在职大专")),
    Choice("secondary", "高中（中专）", ("高中", "中专", "技校", "职高")),
    Choice("junior", "初中及以下", ("初中", "小学")),
)
STATUSES = (
    Choice("active", "在职", ("在岗", "在编在岗")),
    Choice("retired", "退休", ("已退休", "离退休")),
    Choice("transferred", "调离", ("调出", "已调离")),
    Choice("resigned", "辞职", ("已辞职", "辞去公职")),
    Choice("discharged", "开除", ("已开除",)),
    Choice("dead", "死亡", ("去世", "已故")),
)
RELATIONS = (
    Choice("spouse", "夫妻", ("配偶", "丈夫", "妻子")),
    Choice("lineal", "直系血亲", ("父母", "父亲", "母亲", "子女", "儿子", "女儿", "祖父母", "孙子女")),
    Choice("collateral", "三代以内旁系血亲", ("兄弟姐妹", "兄弟", "姐妹", "旁系血亲", "叔伯", "侄子女")),
    Choice("in_law", "近姻亲", ("配偶父母", "子女配偶", "姻亲", "岳父母", "公婆")),
    Choice("interest", "其他利害关系", ("利害关系", "其他")),
)
LINK_ROLES = (
    Choice("invest", "投资", ("入股", "持股", "股东")),
    Choice("post", "任职", ("法定代表人", "高管", "兼职")),
    Choice("benefit", "受益", ("受益人", "领取报酬")),
    Choice("other", "其他"),
)


_SITS = "写明届别和级别，不是的写“无”：立线索、立案时从这里带出"


class Person(Roster):
    """One supervised person; retired persons stay, they still answer (政务处分法 第二十七条)."""

    __tablename__ = "person"
    __table_args__ = indexes("person", "name", "unit_now", "rank_now", "missing")

    name: Mapped[str] = line(
        "姓名", sens=Sens.P2, searchable=True, aliases=("干部姓名", "人员姓名", "名字", "监督对象")
    )
    gender: Mapped[str | None] = choice("性别", GENDERS, wanted=True, sens=Sens.P2)
    nation: Mapped[str | None] = line("民族", wanted=True, sens=Sens.P2)
    birth: Mapped[str | None] = month("出生年月", wanted=True, sens=Sens.P2, aliases=("出生日期", "出生时间", "生日"))
    id_no: Mapped[str | None] = line(
        "身份证号", private=True, sens=Sens.P2, aliases=("身份证号码", "公民身份号码", "身份证", "证件号码")
    )
    phone: Mapped[str | None] = line(
        "联系电话",
        private=True,
        sens=Sens.P2,
        aliases=("电话", "手机", "手机号", "手机号码", "联系方式", "移动电话", "电话号码"),
    )
    address: Mapped[str | None] = line(
        "住址", private=True, sens=Sens.P2, aliases=("家庭住址", "居住地址", "地址", "现住址", "联系地址")
    )
    political_status: Mapped[str | None] = choice("政治面貌", POLITICAL, sens=Sens.P2, aliases=("党派", "是否党员"))
    party_date: Mapped[str | None] = month("入党时间", after=("birth",), sens=Sens.P2, aliases=("入党日期", "入党年月"))
    work_date: Mapped[str | None] = month(
        "参加工作时间", after=("birth",), sens=Sens.P2, aliases=("参加工作日期", "参加工作年月", "工作时间")
    )
    education: Mapped[str | None] = choice(
        "学历", EDUCATION, sens=Sens.P2, aliases=("文化程度", "最高学历", "学历学位")
    )
    status: Mapped[str | None] = choice(
        "在职状态", STATUSES, wanted=True, sens=Sens.P2, aliases=("人员状态", "是否在职")
    )
    cadre_authority: Mapped[str | None] = choice(
        "干部管理权限", AUTHORITY, wanted=True, aliases=("管理权限", "干管权限")
    )
    is_npc: Mapped[str | None] = line("人大代表", sens=Sens.P2, aliases=("人大代表身份",), help=_SITS)
    is_cppcc: Mapped[str | None] = line("政协委员", sens=Sens.P2, aliases=("政协委员身份",), help=_SITS)
    is_party_delegate: Mapped[str | None] = line("党代表", sens=Sens.P2, aliases=("党代表身份", "党代会代表"))
    unit_now: Mapped[Ref | None] = unit(
        "现任单位",
        wanted=True,
        searchable=True,
        aliases=("单位", "单位名称", "工作单位", "所在单位", "现单位", "部门", "所在部门", "处室", "科室"),
    )
    post_now: Mapped[str | None] = line(
        "现任职务",
        wanted=True,
        searchable=True,
        aliases=("职务", "岗位", "党政职务", "现职务", "单位职务", "单位及职务"),
    )
    rank_now: Mapped[str | None] = choice(
        "现任职级", RANK_LEVELS, wanted=True, aliases=("职级", "级别", "现职级", "行政级别", "职务层次", "职务级别")
    )
    post_since: Mapped[str | None] = month(
        "任现职时间", after=("birth",), aliases=("现任职务时间", "任职时间", "任现职务时间", "任职日期", "任现职级时间")
    )
    team_now: Mapped[bool | None] = yes_no("班子成员", aliases=("是否班子成员", "领导班子成员"))
    top_now: Mapped[bool | None] = yes_no("一把手", aliases=("是否一把手", "主要负责人", "是否主要负责人"))
    duties_now: Mapped[str | None] = line(
        "分管工作", searchable=True, aliases=("分工", "工作分工", "分管领域", "分管处室")
    )


class PostHistory(Child):
    """One post of a person with its days; the post held now has no end."""

    __tablename__ = "post_history"

    unit: Mapped[Ref | None] = link("单位", "unit", wanted=True, aliases=("任职单位", "工作单位"))
    post: Mapped[str] = line("职务", searchable=True, aliases=("岗位", "任职职务"))
    rank_level: Mapped[str | None] = choice("职级", RANK_LEVELS, wanted=True, aliases=("级别",))
    held_from: Mapped[date | None] = day(
        "起", planned=True, month_will_do=True, wanted=True, aliases=("任职日期", "任职时间", "起始日期")
    )
    held_to: Mapped[date | None] = day(
        "止", planned=True, month_will_do=True, after=("held_from",), aliases=("免职日期", "免职时间", "截止日期")
    )
    doc_no: Mapped[str | None] = line("文号", wanted=True, aliases=("任职文号", "任免文号"))
    is_team: Mapped[bool | None] = yes_no("班子成员", wanted=True, aliases=("是否班子成员",))
    is_top: Mapped[bool | None] = yes_no("一把手", wanted=True, aliases=("是否一把手",))
    order: Mapped[int | None] = integer("排序", wanted=True, aliases=("班子排序", "排名"))
    duties: Mapped[str | None] = line("分管工作", wanted=True, aliases=("分工",))


class Relation(Child):
    """One relative or other close person, for recusal (公务员法 第七十四条); the person is the record above."""

    __tablename__ = "relation"

    relative: Mapped[Ref] = link(
        "关系人", "person", private=True, sens=Sens.P2, searchable=True, aliases=("亲属姓名", "姓名", "亲属")
    )
    relation: Mapped[str | None] = choice("关系", RELATIONS, wanted=True, sens=Sens.P2, aliases=("与本人关系", "称谓"))
    relative_post: Mapped[str | None] = line(
        "单位职务", private=True, sens=Sens.P2, aliases=("工作单位及职务", "单位及职务", "工作单位", "关系人单位职务")
    )


class BusinessLink(Child):
    """One tie of a person or a relative to a company, compared with the suppliers of review items."""

    __tablename__ = "business_link"

    person: Mapped[Ref | None] = link("人员或亲属", "person", sens=Sens.P2, aliases=("姓名", "人员", "亲属"))
    company: Mapped[Ref] = link(
        "企业", "supplier", sens=Sens.P2, searchable=True, aliases=("企业名称", "公司", "公司名称")
    )
    uscc: Mapped[str | None] = line("信用代码", sens=Sens.P2, aliases=("统一社会信用代码",))
    role: Mapped[str | None] = choice("角色", LINK_ROLES, sens=Sens.P2, aliases=("身份", "关联方式"))
    valid_from: Mapped[date | None] = day(
        "起", planned=True, month_will_do=True, sens=Sens.P2, aliases=("起始日期", "开始时间")
    )
    valid_to: Mapped[date | None] = day(
        "止", planned=True, month_will_do=True, after=("valid_from",), sens=Sens.P2, aliases=("截止日期", "结束时间")
    )


def derive_person(values: Values, aids: Aids) -> Mapping[str, Value]:
    """Read month of birth and gender from the identity number, the unit of the record from the unit held now, and set
    a Chinese name without blanks inside it."""
    found: dict[str, Value] = {}
    name = str(values.get("name") or "")
    if (tight := "".join(name.split())) != name and _HAN_NAME.fullmatch(tight):
        # Rosters set two characters as wide as three; the blank is no part of the name and would stand on every paper.
        found["name"] = tight
    for field in ("id_no", "phone"):
        if (plain := _plain_digits(str(values.get(field) or ""))) != str(values.get(field) or ""):
            found[field] = plain
    number = str(found.get("id_no") or values.get("id_no") or "")
    if len(number) == 18 and number[:17].isdigit() and "01" <= number[10:12] <= "12":  # GB 11643
        if values.get("birth") is None:
            found["birth"] = f"{number[6:10]}-{number[10:12]}"
        if values.get("gender") is None:
            found["gender"] = "male" if int(number[16]) % 2 else "female"
    held = post_on(aids.rows.get("post_history", ()), aids.today)
    if held:
        found.update(now_from(held))
    unit_now = found.get("unit_now") or values.get("unit_now")
    if values.get("unit_id") is None and unit_now is not None:
        found["unit_id"] = unit_now
    return found


def _plain_digits(words: str) -> str:
    """Return a number without full-width digits, and without blanks and dashes where it is nothing but a number."""
    narrow = unicodedata.normalize("NFKC", words)
    tight = re.sub(r"[\s-]", "", narrow)
    # 0571-8800 keeps its dash: an area code is told by it.
    return tight.upper() if re.fullmatch(r"1\d{10}|\d{17}[\dXx]", tight) else narrow


def post_on(history: Iterable[Values], on: date) -> Values | None:
    """Return the post a person held on a day, the first in order when there were several; a post without a
    beginning counts as held from ever."""
    held = [
        post
        for post in history
        if str(post.get("held_from") or "") <= on.isoformat() and on <= (last_day(post.get("held_to")) or date.max)
    ]
    return max(held, key=lambda post: str(post.get("held_from") or ""), default=None)


def now_from(post: Values) -> dict[str, Value]:
    """Return what a post of the history says about the present, as fields of the person."""
    since = post.get("held_from")
    return {
        "unit_now": post.get("unit"),
        "post_now": post.get("post"),
        "rank_now": post.get("rank_level"),
        "post_since": str(since)[:7] if since else None,
        "team_now": post.get("is_team"),
        "top_now": post.get("is_top"),
        "duties_now": post.get("duties"),
    }


POST = Register(
    key="post_history",
    label="任职经历",
    model=PostHistory,
    fields=fields_of(PostHistory),
    sections=(
        Section("任职", ("unit", "post", "rank_level", "held_from", "held_to", "doc_no")),
        Section("分工", ("is_team", "is_top", "order", "duties")),
    ),
    columns=("unit", "post", "rank_level", "held_from", "held_to", "is_team", "duties"),
    identity=("post", "held_from"),
    title=("unit", "post"),
    main_date="held_from",
)
RELATION = Register(
    key="relation",
    label="亲属和利害关系",
    model=Relation,
    fields=fields_of(Relation),
    sections=(Section("关系", ("relative", "relation", "relative_post")),),
    columns=("relative", "relation", "relative_post"),
    identity=("relative",),
    title=("relative", "relation"),
)
BUSINESS = Register(
    key="business_link",
    label="经商办企业",
    model=BusinessLink,
    fields=fields_of(BusinessLink),
    sections=(Section("企业", ("person", "company", "uscc", "role", "valid_from", "valid_to")),),
    columns=("person", "company", "role", "valid_from", "valid_to"),
    identity=("person", "company", "role"),
    title=("company", "role"),
)
PERSON = Register(
    key="person",
    label="人员",
    model=Person,
    fields=fields_of(Person),
    sections=(
        Section(
            "现任职务", ("name", "unit_now", "post_now", "rank_now", "post_since", "team_now", "top_now", "duties_now")
        ),
        Section("基本情况", ("gender", "nation", "birth", "education", "work_date", "status", "cadre_authority")),
        Section("政治身份", ("political_status", "party_date", "is_npc", "is_cppcc", "is_party_delegate")),
        Section("个人信息", ("id_no", "phone", "address")),
        Section("登记", OWN),
    ),
    columns=("name", "unit_now", "post_now", "rank_now", "political_status", "duties_now", "status"),
    identity=("name", "unit_now"),
    title=("name",),
    derive=derive_person,
    rows=(POST, RELATION, BUSINESS),
)
