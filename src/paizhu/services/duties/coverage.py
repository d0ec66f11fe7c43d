"""How much of this year's duties is covered, counted from the records themselves, with who or what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from paizhu.base.register import Register
from paizhu.base.rows import Row
from paizhu.base.view import Condition, Test, View
from paizhu.registers.duty import DUTY
from paizhu.registers.finding import FINDING
from paizhu.registers.people import PERSON
from paizhu.registers.review import REVIEW
from paizhu.registers.talk import TALK
from paizhu.registers.talk_choices import HELD
from paizhu.services.deadlines.task import open_title
from paizhu.services.desk import Desk
from paizhu.services.preparing import day_of
from paizhu.services.talks.loose import loose_ends
from paizhu.services.talks.plan import YEARLY, TalkPlan
from paizhu.storage import queries

_NAMED = 6


@dataclass(frozen=True, slots=True)
class Missing:
    """One person or record that is not covered yet."""

    register: str
    id: int
    words: str


@dataclass(frozen=True, slots=True)
class Cover:
    """One line: how many of how many, a sentence below, and everything that is missing."""

    key: str
    label: str
    done: int
    total: int
    words: str
    missing: tuple[Missing, ...]
    unclear: tuple[Missing, ...] = ()
    """What counts for nobody as long as it is not said whose it is."""


def covers(desk: Desk, on: date | None = None) -> list[Cover]:
    """Return the lines of the year up to today; a line nothing is due in is left out."""
    today = on or desk.today
    found = (
        _team(desk, today), _followed(desk, today), _reviews(desk, today), _duties(desk, today), _findings(desk, today),
    )  # fmt: skip
    return [cover for cover in found if cover.total]


def _team(desk: Desk, today: date) -> Cover:
    """Count members by the yearly rule that holds here, as the strip above the talks does."""
    plan = TalkPlan(desk)
    team = plan.team(today.year)
    missing = [member for member in team if member.lacking]
    rule = plan.rules.plan(YEARLY)
    full = f"班子成员今年都谈满 {rule.count} 次" if rule.count > 1 else "班子成员今年都谈过"
    words = f"还差：{_named([member.name for member in missing])}" if missing else full
    unclear = {
        talk.id: Missing(TALK.key, talk.id, f"{talk.day} {member.name}：有同名的，未指明是哪一位")
        for member in team
        for talk in member.doubtful
    }
    words += f"；{len(unclear)} 次未指明是哪一位" if unclear else ""
    return Cover(
        "team",
        "班子成员谈话",
        len(team) - len(missing),
        len(team),
        words,
        tuple(Missing(PERSON.key, member.person.id, member.name) for member in missing),
        tuple(unclear.values()),
    )


def _followed(desk: Desk, today: date) -> Cover:
    """Count the held talks of the year, and those that were left at talking (一谈了之)."""
    held = _of_year(TALK.key, "planned_date", today).where(
        Condition("start_at", Test.FILLED), Condition("state", Test.ONE_OF, HELD)
    )
    with desk.vault.read() as connection:
        ids = queries.ids(connection, held)
    ends = loose_ends(desk, today, ids)
    words = f"一谈了之 {len(ends)} 次：没有写后续，或要求逾期没有落实" if ends else "谈过的都有后续或已说明"
    missing = tuple(Missing(TALK.key, end.talk.id, f"{open_title(TALK, end.talk)}：{end.words}") for end in ends)
    return Cover("followed", "谈话后续", len(ids) - len(ends), len(ids), words, missing)


def _reviews(desk: Desk, today: date) -> Cover:
    view = View(
        REVIEW.key,
        (
            Condition("planned_meeting_at", Test.SINCE, date(today.year, 1, 1)),
            Condition("planned_meeting_at", Test.UNTIL, today),
        ),
    ).ordered("planned_meeting_at")
    items = [
        row
        for row in _rows(desk, view, "no", "state", "opinion", "adopted", *REVIEW.title)
        if row.state not in ("dropped", "postponed")
    ]
    reviewed = [row for row in items if row.values.get("opinion")]
    missing = [row for row in items if not row.values.get("opinion")]
    answered = [row for row in reviewed if row.values.get("adopted")]
    taken = sum(row.values["adopted"] in ("adopted", "partly") for row in answered)
    rate = f"意见采纳率 {100 * taken // len(answered)}%" if answered else ""
    covered = f"没有审查意见：{len(missing)} 项" if missing else "已上会议题全部会前审查"
    words = "，".join(filter(None, (covered, rate)))
    return _open_of("reviews", "“三重一大”会前审查", REVIEW, len(items), missing, words)


def _duties(desk: Desk, today: date) -> Cover:
    items = _rows(desk, _of_year(DUTY.key, "due_date", today), "no", "state", "due_date", "done_at", *DUTY.title)
    assert DUTY.flow is not None
    ended = {state.code for state in DUTY.flow.states if state.end}
    missing = [row for row in items if row.state not in ended and not row.values.get("done_at")]
    late = sum((day_of(row.values.get("due_date")) or today) < today for row in missing)
    parts = [f"超期 {late} 项" if late else "", f"期限未到 {len(missing) - late} 项" if len(missing) > late else ""]
    words = "，".join(filter(None, parts)) or "今年的责任事项都已办结"
    return _open_of("duties", "责任清单完成", DUTY, len(items), missing, words)


def _findings(desk: Desk, today: date) -> Cover:
    """Count what was found this year, and what is older and still open; closed is what was struck off (销号)."""
    names = ("no", "state", "found_at", "due", "redo_due", "closed_at", *FINDING.title)
    rows = _rows(desk, View(FINDING.key).ordered("found_at"), *names)
    first = date(today.year, 1, 1)
    items = [row for row in rows if not row.values.get("closed_at") or _day(row, "found_at", today) >= first]
    missing = [row for row in items if not row.values.get("closed_at")]
    late = sum(_day(row, "redo_due" if row.values.get("redo_due") else "due", today) < today for row in missing)
    parts = [f"整改中 {len(missing)} 项" if missing else "", f"超期 {late} 项" if late else ""]
    words = "，".join(filter(None, parts)) or "发现的问题都已销号"
    return _open_of("findings", "监督检查整改", FINDING, len(items), missing, words)


def _open_of(key: str, label: str, register: Register, total: int, missing: Sequence[Row], words: str) -> Cover:
    """Return how much is done where every record that is not is named."""
    named = tuple(Missing(register.key, row.id, open_title(register, row)) for row in missing)
    return Cover(key, label, total - len(missing), total, words, named)


def _day(row: Row, name: str, otherwise: date) -> date:
    return day_of(row.values.get(name)) or otherwise


def _of_year(register: str, name: str, today: date) -> View:
    year = today.year
    since, until = Condition(name, Test.SINCE, date(year, 1, 1)), Condition(name, Test.UNTIL, date(year, 12, 31))
    return View(register, (since, until)).ordered(name)


def _rows(desk: Desk, view: View, *names: str) -> list[Row]:
    with desk.vault.read() as connection:
        return list(queries.some(connection, view, names))


def _named(names: Sequence[str]) -> str:
    shown = "、".join(names[:_NAMED])
    return f"{shown} 等 {len(names)} 人" if len(names) > _NAMED else shown
