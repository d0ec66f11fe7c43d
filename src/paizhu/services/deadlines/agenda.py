"""What stands on the page of the day beside the deadlines: kinds of work, the verb of a line, meetings and talks."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache

from paizhu import registers
from paizhu.base import clock
from paizhu.base.register import Register
from paizhu.base.rows import Ref, Row, Value
from paizhu.base.text import folded
from paizhu.base.view import Condition, Test, View
from paizhu.registers.case import CASE
from paizhu.registers.duty import DUTY
from paizhu.registers.finding import FINDING
from paizhu.registers.lead import LEAD
from paizhu.registers.measure import MEASURE
from paizhu.registers.meeting import MEETING
from paizhu.registers.petition import PETITION
from paizhu.registers.review import REVIEW
from paizhu.registers.talk import TALK
from paizhu.registers.talk_choices import HELD
from paizhu.rules.calendar import Calendar
from paizhu.services.deadlines.task import Task, open_title
from paizhu.services.desk import Desk
from paizhu.services.preparing import day_of
from paizhu.storage import queries

OTHER = "other"
_LONGEST_VERB = 6
_GO = "去办理"
_DONE, _UNREGISTERED, _PREPARED, _UNPREPARED = "已谈", "待登记", "提纲已备", "提纲未备"
_OF_ITEMS = ("state", "opinion", "flags")
"""What is told of the items of a meeting."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of work on the page of the day, with the registers it takes in."""

    key: str
    label: str
    registers: tuple[str, ...]


KINDS = (
    Kind("review", "会前审查", (REVIEW.key, MEETING.key)),
    Kind("case", "案件", (PETITION.key, LEAD.key, CASE.key, MEASURE.key)),
    Kind("talk", "谈话", (TALK.key,)),
    Kind(OTHER, "其他", ()),
)
BEGINNINGS = (
    ("会前审查", REVIEW),
    ("廉政谈话", TALK),
    ("信访线索", PETITION),
    ("检查发现", FINDING),
    ("责任事项", DUTY),
)
"""What a day's work most often begins with, each a new record of a register."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """One meeting or talk: when, what, and how its preparation stands."""

    register: str
    id: int
    day: date
    at: str
    title: str
    below: str
    stands: str
    open_parts: int = 0
    # Hints of the program about the items of a meeting that nobody has settled yet.
    hints: int = 0

    @property
    def is_meeting(self) -> bool:
        """Tell a meeting from a talk."""
        return self.register == MEETING.key


@cache
def kind_of(register: str) -> str:
    """Return the kind of work a register belongs to."""
    return next((kind.key for kind in KINDS if register in kind.registers), OTHER)


def verb(task: Task) -> str:
    """Return the words of the button of a line: the step to take, or the field to fill in."""
    register = registers.register(task.register)
    action = task.action
    if register.flow:
        for step in register.flow.steps:
            if step.after == action and len(step.label) <= _LONGEST_VERB:
                return step.label
    if action and register.has(action):
        label = register.field(action).label
        # 登记受理告知 says as much as 登记受理告知日期; a reason or a limit is a thing of its own.
        words = f"登记{label.removesuffix('日期').removesuffix('时间') or label}"
        return words if len(words) <= _LONGEST_VERB else _GO
    return _GO


@dataclass(frozen=True, slots=True)
class Week:
    """The meetings and talks of a week, and how one calls it today: 本周 or 下周."""

    words: str
    running: bool
    appointments: tuple[Appointment, ...] = ()


def week(desk: Desk, on: date | None = None) -> list[Appointment]:
    """Return the meetings and talks of this week, Monday to Sunday, in their order."""
    first = _monday(on or desk.today)
    last = first + timedelta(days=6)
    found = [*_meetings(desk, first, last), *_talks(desk, first, last)]
    return sorted(found, key=lambda each: (each.day, each.at or "24:00", each.title))


def week_ahead(desk: Desk) -> Week:
    """Return the week one prepares for: this one, or the next once no working day of this one is left."""
    words, monday = week_of(desk.calendar, desk.today)
    return Week(words, monday <= desk.today, tuple(week(desk, monday)))


def week_of(calendar: Calendar, today: date) -> tuple[str, date]:
    """Return how the week is called that one prepares for on a day, and its Monday."""
    monday = _monday(today)
    left = (today + timedelta(days=ahead) for ahead in range(7 - today.weekday()))
    if any(calendar.is_working(day) for day in left):
        return "本周", monday
    return "下周", monday + timedelta(days=7)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _meetings(desk: Desk, first: date, last: date) -> list[Appointment]:
    found = []
    for row in _between(desk, MEETING, "held_at", first, last, "name", "place"):
        if row.state == "cancelled":
            continue
        items = [item for item in _items(desk, row) if item.state != "dropped"]
        done = sum(item.values.get("opinion") is not None for item in items)
        place = str(row.values.get("place") or "")
        below = "，".join(words for words in (f"议题 {len(items)} 项" if items else "还没有登记议题", place) if words)
        stands = f"审查 {done} / {len(items)}" if items else ""
        hints = sum(len(flags) for item in items if isinstance(flags := item.values.get("flags"), tuple))
        found.append(replace(_appointment(MEETING, row, "held_at", below, stands, len(items) - done), hints=hints))
    return found


def _talks(desk: Desk, first: date, last: date) -> list[Appointment]:
    found = []
    for row in _between(desk, TALK, "planned_date", first, last, "start_at", "outline", "place"):
        if row.state == "cancelled":
            continue
        name = "start_at" if row.values.get("start_at") else "planned_date"
        stands = _stands(desk, row, row.values.get(name))
        below = str(row.values.get("place") or "")
        found.append(_appointment(TALK, row, name, below, stands, int(stands in (_UNREGISTERED, _UNPREPARED))))
    return found


def _stands(desk: Desk, row: Row, when: Value) -> str:
    """Tell how a talk stands: held once it is registered, which a day that has passed does not do by itself."""
    if row.state in HELD:
        return _DONE
    passed = when < clock.now() if isinstance(when, datetime) else (day_of(when) or desk.today) < desk.today
    return _UNREGISTERED if passed else _PREPARED if row.values.get("outline") else _UNPREPARED


def _appointment(register: Register, row: Row, name: str, below: str, stands: str, open_parts: int) -> Appointment:
    when = row.values.get(name)
    day = day_of(when) or date.min
    at = f"{when:%H:%M}" if isinstance(when, datetime) else ""
    title = open_title(register, row)
    shown = title if register is MEETING else f"{register.label}：{title}"
    return Appointment(register.key, row.id, day, at, shown, below, stands, open_parts)


def _between(desk: Desk, register: Register, name: str, first: date, last: date, *names: str) -> list[Row]:
    """Return the records of some days with what names them, and with these fields."""
    view = View(register.key, (Condition(name, Test.SINCE, first), Condition(name, Test.UNTIL, last))).ordered(name)
    known = ("no",) if register.has("no") else ()
    with desk.vault.read() as connection:
        found = queries.some(connection, view, tuple(dict.fromkeys((*known, "state", name, *register.title, *names))))
        return list(found)


def _items(desk: Desk, meeting: Row) -> list[Row]:
    """Return the items of a meeting: those linked to it, and those of its day that only name it."""
    pointing = Condition("meeting", Test.POINTS_TO, Ref("", MEETING.key, meeting.id))
    with desk.vault.read() as connection:
        found = list(queries.some(connection, View(REVIEW.key, (pointing,)), _OF_ITEMS))
    day, name = day_of(meeting.values.get("held_at")), folded(str(meeting.values.get("name") or ""))
    if day is None:
        return found
    for row in _between(desk, REVIEW, "planned_meeting_at", day, day, "meeting", *_OF_ITEMS):
        meant = row.values.get("meeting")
        if isinstance(meant, Ref) and not meant.linked and folded(meant.label) == name:
            found.append(row)
    return found
