"""会议: the meetings that decide 三重一大 items; the items themselves are in ``review``."""

from datetime import date

from paizhu.base.asked import Asked, empty, fewer
from paizhu.base.flow import Facts, Flow, Shape, State, Step
from paizhu.base.register import Aids, LimitFrom, Register, Section
from paizhu.base.rows import Problem, Value, Values
from paizhu.registers.choices import CHECK_ANSWERS
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
    files,
    indexes,
    integer,
    line,
    moment,
    person,
    persons,
    state,
    text,
)

MEETING_KINDS = (
    Choice("party_group", "党组（党委）会", ("党组会", "党委会", "党组会议", "党委会议", "党组", "局党组会")),
    Choice(
        "office",
        "局长（行政）办公会",
        ("局长办公会", "行政办公会", "办公会", "局务会", "主任办公会", "院长办公会", "校长办公会", "总经理办公会"),
    ),
    Choice("special", "专题会", ("专题会议",)),
    Choice("board", "董事会", ("董事会会议",)),
    Choice("other", "其他"),
)
MINUTE_POINTS = (
    Choice("first_agenda", "第一议题"),
    Choice("chair_last", "末位表态"),
    Choice("recusal", "回避"),
    Choice("opinion_recorded", "派驻组意见如实记录", ("派驻组意见记录",)),
    Choice("signed", "签名确认", ("签字确认",)),
)
OWN_ROLES = (
    Choice("supervisor", "列席监督", ("列席",)),
    Choice("member", "党组成员", ("出席", "班子成员")),
    Choice("both", "党组成员并监督", ("兼有",)),
    Choice("absent", "未到会", ("请假",)),
)
STATES = (
    State("planned", "拟召开", Shape.OPEN, "筹备"),
    State("held", "已召开", Shape.DOING, "召开", day="held_at"),
    State("filed", "纪要已收", Shape.DONE, "纪要", end=True, whole=True, day="minutes_received"),
    State("cancelled", "取消", Shape.NONE, end=True),
)


def _not_held(values: Values) -> bool:
    return values.get("state") in (None, "planned", "cancelled")


class Meeting(Record):
    """One meeting; its day is the planned one until it was held, then the actual one."""

    __tablename__ = "meeting"
    __table_args__ = indexes("meeting", "held_at", "state", "missing")

    name: Mapped[str] = line("会议名称", searchable=True, aliases=("会议", "会议届次", "会次", "会议全称"))
    kind: Mapped[str | None] = choice(
        "会议类型", MEETING_KINDS, wanted=True, sens=Sens.P0, aliases=("类型", "会议类别", "会议种类", "会议性质")
    )
    held_at: Mapped[date | None] = moment(
        "会议时间",
        planned=_not_held,
        wanted=True,
        aliases=("时间", "日期", "会议日期", "召开时间", "召开日期", "开会时间", "开会日期"),
    )
    place: Mapped[str | None] = line("会议地点", aliases=("地点", "召开地点"))
    chair: Mapped[Ref | None] = person("主持人", aliases=("会议主持人", "主持"))
    recorder: Mapped[Ref | None] = person("记录人", aliases=("会议记录人", "记录员"))
    expected: Mapped[int | None] = integer("应到", aliases=("应到人数", "应出席人数", "应参会人数"))
    present: Mapped[int | None] = integer(
        "实到", aliases=("实到人数", "出席人数", "到会人数", "参会人数", "实际到会人数")
    )
    absent: Mapped[tuple[Ref, ...] | None] = persons("请假", aliases=("请假人员", "缺席", "缺席人员", "请假名单"))
    attendees: Mapped[tuple[Ref, ...] | None] = persons(
        "到会人员", aliases=("参会人员", "出席人员", "参加人员", "与会人员")
    )
    group_attendee: Mapped[Ref | None] = person(
        "派驻列席人", aliases=("列席人", "列席人员", "派驻组列席人员", "纪检监察组列席人员")
    )
    own_role: Mapped[str | None] = choice(
        "本人身份",
        OWN_ROLES,
        private=True,
        aliases=("参会身份", "本人参会身份"),
        help="以哪种身份到会：两种身份都有的，作为党组成员的意见和监督意见分开记",
    )
    summary: Mapped[str | None] = text(
        "会议摘要", searchable=True, aliases=("会议内容", "摘要", "主要内容", "会议议题")
    )
    minutes: Mapped[int | None] = files("会议纪要")
    minutes_received: Mapped[date | None] = day(
        "纪要报送日期", after=("held_at",), aliases=("纪要报送时间", "纪要收到日期", "会议纪要报送日期")
    )
    cancel_reason: Mapped[str | None] = line("取消原因")
    state: Mapped[str] = state(STATES)


class MinuteCheck(Child):
    """One point that the minutes are checked for; 派驻组意见如实记录 = 否 raises a flag on the items."""

    __tablename__ = "minute_check"

    code: Mapped[str] = choice("检查要点", MINUTE_POINTS, aliases=("要点", "检查项目"))
    answer: Mapped[str | None] = choice("检查结果", CHECK_ANSWERS, wanted=True, aliases=("结果", "是否符合"))
    note: Mapped[str | None] = line("情况说明", aliases=("说明", "备注"))


def arrive(values: Values, today: date) -> str:
    """Place a meeting from an old ledger: one of an earlier year is closed, its minutes come no more."""
    held = str(values.get("held_at") or "")[:10]
    if values.get("minutes_received"):
        return "filed"
    if not held or held > today.isoformat():
        return "planned"
    return "filed" if held[:4] < str(today.year) else "held"


def derive(values: Values, aids: Aids) -> dict[str, Value]:
    """Take the number of members from the unit while the meeting is still to come; what was typed stands."""
    unit, held = values.get("unit_id"), values.get("held_at")
    to_come = isinstance(held, date) and held.strftime("%Y-%m-%d") >= aids.today.isoformat()
    if values.get("expected") is None and values.get("kind") == "party_group" and to_come and isinstance(unit, Ref):
        return {"expected": aids.team_of(unit)}
    return {}


def check(meeting: Meeting) -> list[str]:
    """Refuse counts that do not fit each other."""
    found = []
    for label, count in (("应到", meeting.expected), ("实到", meeting.present)):
        if count is not None and count < 0:
            found.append(f"{label}人数不能小于 0")
    if meeting.expected is not None and meeting.present is not None and meeting.present > meeting.expected:
        found.append("实到人数多于应到人数")
    return found


AWAY_NAMED = Asked("absent", "实到人数少于应到人数，请在“请假”里写明没有到会的是谁", fewer("present", "expected"))
"""Who was away is named where somebody was: nobody has to be invented for a meeting that all attended."""


def points_answered(facts: Facts) -> Problem | None:
    """Refuse to take in minutes while a point they were to be checked for is open (domain 2.2: minute_checks)."""
    left = [
        words
        for row in facts.rows.get("minute_check", ())
        if empty(row.get("answer"))
        for words in [next((each.label for each in MINUTE_POINTS if each.code == row.get("code")), "")]
    ]
    words = f"会议记录检查还没有写结果：{'、'.join(left)}"
    return Problem("minute_check", words, "guard") if left else None


FLOW = Flow(
    STATES,
    "planned",
    (
        Step(
            "planned",
            "held",
            "登记召开",
            needs=(
                *("kind", "unit_id", "handler", "secrecy_notice"),
                *("held_at", "chair", "recorder", "expected", "present", "group_attendee"),
            ),
            guards=(AWAY_NAMED,),
            who="承办人",
            source="党组工作条例 第二十七条",
        ),
        Step("planned", "cancelled", "取消会议", needs=("cancel_reason",), who="驻在单位"),
        Step("held", "filed", "登记纪要", needs=("minutes_received",), guards=(points_answered,), who="承办人"),
    ),
    arrive,
)

MINUTE_CHECK = Register(
    key="minute_check",
    label="会议记录检查",
    model=MinuteCheck,
    fields=fields_of(MinuteCheck),
    sections=(Section("检查", ("code", "answer", "note")),),
    columns=("code", "answer", "note"),
    identity=("code",),
    title=("code",),
)
MEETING = Register(
    key="meeting",
    label="会议",
    model=Meeting,
    fields=fields_of(Meeting),
    sections=(
        Section("会议", ("name", "kind", "held_at", "place", "state", "cancel_reason")),
        Section(
            "到会", ("chair", "recorder", "expected", "present", "absent", "attendees", "group_attendee", "own_role")
        ),
        Section("记录与纪要", ("summary", "minutes", "minutes_received")),
        Section("登记", OWN),
    ),
    columns=("held_at", "name", "kind", "expected", "present", "group_attendee", "minutes_received", "state"),
    identity=("name", "held_at"),
    title=("name",),
    main_date="held_at",
    flow=FLOW,
    check=check,
    derive=derive,
    rows=(MINUTE_CHECK,),
    limits=(
        LimitFrom("held_at", until=("present",), what="列席会议", action="held", states=("planned",)),
        LimitFrom("held_at", "C02", until=("minutes_received",), what="收会议纪要", action="filed", states=("held",)),
    ),
)
