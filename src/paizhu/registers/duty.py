"""责任清单: what each bearer of responsibility has to do, by when, and what became of it."""

from collections.abc import Mapping
from datetime import date

from paizhu.base import clock
from paizhu.base.asked import Asked, empty, lacking
from paizhu.base.flow import OTHER_WAY, Facts, Flow, Shape, State, Step
from paizhu.base.register import Aids, LimitFrom, Register, Section
from paizhu.base.rows import Problem, Value, Values
from paizhu.registers.due_extension import DUTY_EXTENSION, granted_in_full
from paizhu.registers.duty_rows import PERIOD, URGING
from paizhu.registers.record import (
    OWN,
    Choice,
    Decimal,
    Mapped,
    Record,
    Ref,
    Sens,
    choice,
    day,
    fields_of,
    files,
    indexes,
    integer,
    line,
    link,
    number,
    person,
    state,
    text,
    unit,
    yes_no,
)

SUBJECT_TYPES = (
    Choice("party_group", "党组（领导班子）", ("党组", "党委", "领导班子", "党组领导班子", "班子")),
    Choice("top_leader", "主要负责人", ("第一责任人", "一把手", "党组书记")),
    Choice("team_member", "班子其他成员", ("班子成员", "领导班子成员", "其他班子成员", "党组成员")),
    Choice("department", "内设机构", ("处室", "科室", "内设处室")),
    Choice("subordinate", "直属单位", ("下属单位", "二级单位")),
    Choice("stationed", "派驻机构", ("派驻纪检监察组", "纪检监察组", "派驻组")),
)
DUTY_KINDS = (
    Choice("main", "主体责任", ("党组主体责任", "全面从严治党主体责任")),
    Choice("first", "第一责任人责任", ("第一责任人", "第一责任")),
    Choice("dual", "一岗双责", ("“一岗双责”",)),
    Choice("supervisory", "监督责任", ("监督专责", "纪检监察组监督责任")),
)
LIST_KINDS = (
    Choice("positive", "正面清单", ("正面清单(要做)", "正面")),
    Choice("negative", "负面清单", ("负面清单(防范)", "负面")),
    Choice("yearly", "年度任务", ("年度", "年度重点任务")),
    Choice("assigned", "临时交办", ("交办", "临时任务")),
)
CATEGORIES = (
    Choice("planning", "统筹谋划部署", ("谋划部署",)),
    Choice("mechanism", "健全工作机制", ("工作机制",)),
    Choice("education", "强化宣传教育", ("宣传教育",)),
    Choice("style", "深化作风建设", ("作风建设",)),
    Choice("cadres", "选好用好干部", ("选人用人",)),
    Choice("people", "维护群众利益", ("群众利益",)),
    Choice("prevention", "推进源头治理", ("源头治理",)),
    Choice("fight", "坚决反对腐败", ("反对腐败", "反腐败")),
    Choice("other", "其他"),
)
FREQUENCIES = (
    Choice("once", "一次", ("一次性", "单次")),
    Choice("monthly", "每月", ("月度", "每月一次")),
    Choice("quarterly", "每季", ("每季度", "季度", "每季度一次")),
    Choice("half_yearly", "每半年", ("半年", "每半年一次", "半年一次")),
    Choice("yearly", "每年", ("年度", "每年一次", "全年")),
    Choice("ad_hoc", "适时", ("长期", "长期坚持", "不定期", "按需", "持续推进")),
)
OFF_DAYS = (
    Choice("previous", "提前到前一个工作日", ("提前",)),
    Choice("next", "顺延到后一个工作日", ("顺延",)),
)
CHECK_MODES = (
    Choice("papers", "查阅资料", ("查资料",)),
    Choice("on_site", "现场", ("现场检查", "实地检查")),
    Choice("hearing", "听取汇报", ("听汇报",)),
    Choice("talk", "谈话", ("个别谈话",)),
)
CHECK_RESULTS = (
    Choice("done", "落实", ("已落实", "落实到位")),
    Choice("mostly", "基本落实"),
    Choice("not_done", "未落实", ("没有落实", "落实不到位")),
)
STATES = (
    State("drafted", "拟定", Shape.OPEN, "分解"),
    State("issued", "已分解下达", Shape.OPEN, "分解", day="issued_at"),
    State("doing", "落实中", Shape.DOING, "落实"),
    State("reported", "已报告", Shape.DOING, "落实"),
    State("overdue", "超期", Shape.OVERDUE, "落实"),
    State("checked", "已督查", Shape.DOING, "督查", day="check_date"),
    State("urged", "督办", Shape.WARN, "督查"),
    State("summoned", "约谈/诫勉建议", Shape.WARN, "督查"),
    State("done", "办结", Shape.DONE, "办结", end=True, whole=True, day="done_at"),
    State("assessed", "已考核", Shape.DONE, "考核", end=True),
)
UNREPORTED = ("drafted", "issued", "doing", "overdue", "urged", "summoned")
FINISHED_WORDS = ("已完成", "完成", "已办结", "办结", "已落实", "全部完成")


class DutyItem(Record):
    """One checkable thing that one bearer has to do by one day."""

    __tablename__ = "duty_item"
    __table_args__ = indexes("duty_item", "due_date", "state", "subject", "missing")

    subject_type: Mapped[str | None] = choice(
        "责任主体类别", SUBJECT_TYPES, wanted=True, sens=Sens.P0, aliases=("主体类别", "责任主体类型", "主体类型")
    )
    subject: Mapped[Ref] = link(
        "责任主体", "person", "unit", searchable=True, aliases=("主体", "责任对象", "责任主体名称", "履责主体")
    )
    duty_kind: Mapped[str | None] = choice(
        "责任类型", DUTY_KINDS, wanted=True, sens=Sens.P0, aliases=("责任种类", "责任性质")
    )
    list_kind: Mapped[str | None] = choice(
        "清单属性", LIST_KINDS, wanted=True, sens=Sens.P0, aliases=("清单类型", "清单类别", "任务类型", "任务类别")
    )
    category: Mapped[str | None] = choice(
        "责任类别", CATEGORIES, wanted=True, sens=Sens.P0, aliases=("类别", "责任分类", "任务分类")
    )
    content: Mapped[str] = text(
        "责任内容",
        sens=Sens.P0,
        searchable=True,
        aliases=(
            "任务",
            "责任内容(任务)",
            "工作任务",
            "具体任务",
            "任务内容",
            "责任事项",
            "责任清单",
            "工作内容",
            "任务事项",
            "事项",
            "内容",
            "主要任务",
            "重点任务",
        ),
    )
    measures: Mapped[str | None] = text(
        "落实措施", sens=Sens.P0, searchable=True, aliases=("工作措施", "具体措施", "措施", "工作要求", "主要措施")
    )
    standard: Mapped[str | None] = text("完成标准", sens=Sens.P0, aliases=("工作标准", "目标要求", "完成目标", "标准"))
    basis: Mapped[str | None] = line(
        "依据", sens=Sens.P0, searchable=True, aliases=("制度依据", "文件依据", "任务依据")
    )
    lead_leader: Mapped[Ref | None] = person("牵头领导", aliases=("分管领导", "责任领导", "牵头人", "包抓领导"))
    lead_dept: Mapped[Ref | None] = unit("牵头部门", aliases=("牵头单位", "牵头处室", "牵头科室", "主办部门"))
    duty_dept: Mapped[Ref | None] = unit(
        "责任部门", searchable=True, aliases=("责任单位", "责任处室", "责任科室", "承办部门", "承办单位", "落实部门")
    )
    owner: Mapped[Ref | None] = person(
        "责任人", searchable=True, aliases=("具体责任人", "责任人员", "直接责任人", "负责人")
    )
    frequency: Mapped[str | None] = choice(
        "频次", FREQUENCIES, wanted=True, sens=Sens.P0, aliases=("频率", "工作频次", "周期")
    )
    due_date: Mapped[date | None] = day(
        "完成时限",
        planned=True,
        after=("issued_at",),
        wanted=True,
        sens=Sens.P0,
        aliases=("完成期限", "时限", "期限", "完成时间", "截止日期", "截止时间", "时限要求", "时间要求", "办结时限"),
    )
    repeats: Mapped[bool | None] = yes_no(
        "自动生成下一期",
        sens=Sens.P0,
        help="办结或到期后自动生成下一期；新登记的有频次事项默认是，十二月到期的全年事项和导入的旧清单默认不生成",
    )
    off_day: Mapped[str | None] = choice(
        "遇休息日", OFF_DAYS, sens=Sens.P0, help="自动生成的下一期逢休息日移到哪一个工作日；不选按提前算"
    )
    series: Mapped[Ref | None] = link("首期事项", "duty_item", sens=Sens.P0, computed=True)
    base_due: Mapped[date | None] = day("原定日期", sens=Sens.P0, computed=True, help="逢休息日移动之前的日期")
    repeat_day: Mapped[int | None] = integer("每期几日", sens=Sens.P0, computed=True, help="31 表示月底")
    issue_doc: Mapped[str | None] = line("下达文号", sens=Sens.P0, aliases=("文号", "下达文件"))
    issued_at: Mapped[date | None] = day(
        "下达日期", sens=Sens.P0, aliases=("分解日期", "下达时间", "交办日期", "交办时间")
    )
    signed_for: Mapped[str | None] = line("签收人", aliases=("签收", "签收情况"))
    progress: Mapped[str | None] = text(
        "落实情况",
        sens=Sens.P0,
        searchable=True,
        aliases=("完成情况", "进展情况", "工作进展", "进展", "完成进度", "落实进展", "工作落实情况", "任务完成情况"),
    )
    evidence: Mapped[int | None] = files("佐证材料", aliases=("佐证", "印证材料"))
    no_evidence: Mapped[str | None] = line(
        "不附佐证的理由", sens=Sens.P0, aliases=("无佐证理由",), help="没有材料可附时写明，代替佐证材料"
    )
    completed: Mapped[bool | None] = yes_no("是否完成", sens=Sens.P0, aliases=("是否办结", "是否落实", "完成与否"))
    check_mode: Mapped[str | None] = choice("督查方式", CHECK_MODES, aliases=("检查方式", "督导方式"))
    check_date: Mapped[date | None] = day(
        "督查日期", after=("issued_at",), aliases=("督查时间", "检查日期", "检查时间")
    )
    check_result: Mapped[str | None] = choice("督查结论", CHECK_RESULTS, aliases=("督查结果", "检查结论", "督查情况"))
    talk_ref: Mapped[Ref | None] = link("约谈记录", "integrity_talk", aliases=("约谈编号", "约谈情况"))
    done_at: Mapped[date | None] = day(
        "办结日期",
        after=("issued_at",),
        sens=Sens.P0,
        aliases=("办结时间", "完成日期", "实际完成时间", "实际完成日期", "销号日期"),
    )
    overdue_days: Mapped[int | None] = integer(
        "超期天数", sens=Sens.P0, computed=True, help="办结日期超过完成时限的天数；没有办结的在今日里看"
    )
    score: Mapped[Decimal | None] = number("考核得分", aliases=("得分", "考核分数", "评分"))
    state: Mapped[str] = state(STATES)


SOMEONE_ANSWERS = Asked("owner", "请写明责任人或责任部门，至少填一项", lacking("duty_dept", "lead_dept"), first=True)
"""An item is issued to a person or a department that answers for it (domain 2.1: at least owner or dept)."""


def has_evidence(facts: Facts) -> str | None:
    """Refuse a report that papers are missing for and no reason is given instead (domain 2.1: evidence).

    An item with periods owes one paper for each, and a period may give its reason by itself.
    """
    if facts.values.get("no_evidence"):
        return None
    periods = facts.rows.get("period", ())
    owing = sum(not period.get("no_evidence") for period in periods) if periods else 1
    lacking = owing - int(str(facts.values.get("evidence") or 0))
    return f"佐证材料缺 {lacking} 份，请附上，或写明不附佐证的理由" if lacking > 0 else None


def carried_out(facts: Facts) -> Problem | None:
    """Refuse to close an item that the check found not carried out (domain 3.6)."""
    if facts.values.get("check_result") == "not_done":
        return Problem("", "督查结论是“未落实”，请退回继续落实", OTHER_WAY)
    return None


def is_late(facts: Facts) -> str | None:
    """Refuse to call an item late before its day has passed (domain 3.6: due passed without a report)."""
    due = facts.values.get("due_date")
    if not due:
        return "没有完成时限的事项不会超期"
    return None if str(due)[:10] < clock.today().isoformat() else "还没有过完成时限"


def finished(values: Values) -> bool:
    """Tell whether a row of an old ledger says in any of its columns that the item is finished."""
    if values.get("completed") is not None:
        return bool(values["completed"])
    if values.get("done_at"):
        return True
    words = str(values.get("progress") or "").strip().rstrip("。")
    return words in FINISHED_WORDS or words.startswith("已完成")


def arrive(values: Values, today: date) -> str:
    """Place an item from an old ledger: finished when it says so, late when its day has passed, else under way."""
    if values.get("score") is not None:
        return "assessed"
    if finished(values):
        return "done"
    if values.get("check_result"):
        return "done" if values["check_result"] == "done" else "checked"
    due = values.get("due_date")
    if due is not None and str(due)[:10] < today.isoformat():
        return "overdue"
    if values.get("progress"):
        return "doing"
    return "issued"


def derive(values: Values, _aids: Aids) -> Mapping[str, Value]:
    """Take an item with a closing day for a completed one, and count the natural days it was late.

    What is still open has no number of its own: it would be another one every day, and the clock tells it.
    """
    done, due = values.get("done_at"), values.get("due_date")
    late = max(0, (done - due).days) if isinstance(done, date) and isinstance(due, date) else None
    made: dict[str, Value] = {"overdue_days": late}
    if done and values.get("completed") is None:
        made["completed"] = True
    return made


def check(item: DutyItem) -> list[str]:
    """Refuse a score below zero."""
    return ["考核得分不能小于 0"] if item.score is not None and item.score < 0 else []


def urged_in_full(facts: Facts) -> Problem | None:
    """Refuse an urging that does not say how and whom (domain 3.6: 提醒, 提醒函, 约谈)."""
    for row in facts.rows.get("urging", ()):
        lacks = [label for name, label in (("way", "督办方式"), ("whom", "督办对象")) if empty(row.get(name))]
        if lacks:
            return Problem("urging", f"{row.get('urged_at')} 的督办还没有写{'、'.join(lacks)}", "guard")
    return None


EXTENDED_IN_FULL = granted_in_full(DUTY_EXTENSION)
_REGISTERED = (
    "subject_type",
    "duty_kind",
    "list_kind",
    "category",
    "frequency",
    "unit_id",
    "handler",
    "secrecy_notice",
)
"""What the domain marks R of an item beside what identifies it."""
FLOW = Flow(
    STATES,
    "drafted",
    (
        Step(
            "drafted",
            "issued",
            "分解下达",
            needs=(*_REGISTERED, "due_date", "issue_doc", "issued_at", "signed_for"),
            guards=(SOMEONE_ANSWERS,),
            who="党组或派驻机构",
        ),
        Step("issued", "doing", "登记进展", needs=("progress",), who="责任人"),
        Step("doing", "reported", "报告完成", guards=(has_evidence, EXTENDED_IN_FULL), who="责任人"),
        Step("doing", "overdue", "转为超期", guards=(is_late,), who="系统"),
        Step("reported", "checked", "登记督查", needs=("check_mode", "check_date", "check_result"), who="承办人"),
        Step("checked", "done", "办结", needs=("done_at",), guards=(carried_out,), who="承办人"),
        Step("checked", "doing", "退回落实", who="承办人"),
        Step("overdue", "urged", "登记督办", needs=("urging",), guards=(urged_in_full,), who="承办人"),
        Step("overdue", "reported", "报告完成", guards=(has_evidence, EXTENDED_IN_FULL), who="责任人"),
        Step("urged", "reported", "报告完成", guards=(has_evidence, EXTENDED_IN_FULL), who="责任人"),
        Step("urged", "summoned", "登记约谈", needs=("talk_ref",), who="组长"),
        Step("summoned", "doing", "继续落实", needs=("progress",), who="责任人"),
        Step("done", "assessed", "登记考核", needs=("score",), who="承办人"),
    ),
    arrive,
)

LASTING = (
    *("subject_type", "subject", "duty_kind", "list_kind", "category", "content", "measures", "standard", "basis"),
    *("frequency", "lead_leader", "lead_dept", "duty_dept", "owner", "issue_doc", "issued_at", "signed_for"),
    *("unit_id", "handler", "co_handler", "secrecy_notice"),
)
"""What the next occurrence of a recurring item has in common with the one before."""


def begins_as(values: Values) -> str:
    """Return the state of a next occurrence: the item was issued once for all of them, or not yet."""
    issued = all(values.get(name) for name in ("issue_doc", "issued_at", "signed_for"))
    return "issued" if issued else FLOW.start


DUTY = Register(
    key="duty_item",
    label="责任清单",
    model=DutyItem,
    fields=fields_of(DutyItem),
    sections=(
        Section("责任", ("subject_type", "subject", "duty_kind", "list_kind", "category")),
        Section("任务", ("content", "measures", "standard", "basis", "frequency", "due_date", "state")),
        Section("定期", ("repeats", "off_day", "series", "base_due", "repeat_day")),
        Section("分工", ("lead_leader", "lead_dept", "duty_dept", "owner")),
        Section("下达", ("issue_doc", "issued_at", "signed_for")),
        Section("落实", ("progress", "evidence", "no_evidence", "completed", "overdue_days")),
        Section("督查与考核", ("check_mode", "check_date", "check_result", "talk_ref", "done_at", "score")),
        Section("登记", OWN),
    ),
    columns=("content", "subject", "owner", "duty_dept", "due_date", "state", "progress", "evidence"),
    identity=("subject", "content", "due_date"),
    title=("content",),
    main_date="due_date",
    flow=FLOW,
    check=check,
    derive=derive,
    rows=(PERIOD, URGING, DUTY_EXTENSION),
    limits=(LimitFrom("due_date", until=("done_at",), what="完成责任事项", action="progress", states=UNREPORTED),),
)
