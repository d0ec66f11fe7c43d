"""Which talks are still to be planned, by the rules of this office: counted from the records, proposed on working days.

A talk counts when it was held, is no lead talk and its kind is one the rule names. What is planned already is not
proposed again. Nothing is written before the officer says so; then it is one act.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from paizhu.base.errors import NotAllowedError
from paizhu.base.month_only import first_day, from_iso
from paizhu.base.progress import Progress, silent, told
from paizhu.base.register import Aids
from paizhu.base.rows import Change, Ref, Row, Value, Values
from paizhu.base.view import Condition, Test, View
from paizhu.registers.people import PERSON
from paizhu.registers.talk import TALK
from paizhu.rules.talk_table import PlanRule, TalkTable
from paizhu.services import deriving, own_fields, preparing
from paizhu.services.desk import Desk
from paizhu.services.linking import Roster
from paizhu.services.records import Records
from paizhu.services.talks.book import Book, Talked, book_of
from paizhu.storage import queries
from paizhu.storage.tables import table

YEARLY, NEW_POST, HOLIDAY = "yearly", "new_post", "holiday"
_PERSON = (
    "name",
    "unit_now",
    "post_now",
    "rank_now",
    "political_status",
    "post_since",
    "status",
    "team_now",
    "top_now",
)
_BEFORE_POST = timedelta(days=180)
_BEFORE_HOLIDAY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Member:
    """One member of the leading team in a year: what is held, what is planned, what the rule asks for."""

    person: Row
    wanted: int
    held: tuple[Talked, ...] = ()
    planned: tuple[Talked, ...] = ()
    doubtful: tuple[Talked, ...] = ()
    """Talks under his bare name, which others of the roster have too: they count for nobody."""

    @property
    def name(self) -> str:
        """The member's name."""
        return str(self.person.values.get("name") or "")

    @property
    def post(self) -> str:
        """The member's post, without the words of party office that stand before it."""
        return str(self.person.values.get("post_now") or "")

    @property
    def lacking(self) -> int:
        """How many talks are still to be held this year."""
        return max(self.wanted - len(self.held), 0)

    @property
    def unplanned(self) -> int:
        """How many of those are not even planned."""
        return max(self.lacking - len(self.planned), 0)

    @property
    def doubt(self) -> str:
        """In words what may be his and does not count; empty where there is no doubt."""
        return f"另有 {len(self.doubtful)} 次只写了姓名，名册里有同名的，指明是哪一位才计入" if self.doubtful else ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One talk that a rule asks for: with whom, on which working day, and why on that one."""

    rule: str
    group: str
    person: Row
    kind: str
    reason: str
    day: date
    why: str
    ticked: bool = True


class TalkPlan:
    """Counts and proposes talks of one vault; it keeps nothing of them but how their subjects are compared."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._keys: dict[str, str] = {}

    @property
    def rules(self) -> TalkTable:
        """The rules in force."""
        return self._desk.talks

    # --- counting --------------------------------------------------------------------------------------------

    def team(self, year: int = 0) -> list[Member]:
        """Return the members of the leading team with their talks of a year (this one), the first in rank first."""
        year = year or self._desk.today.year
        rule, people = self.rules.plan(YEARLY), self._people(team=True)
        book = book_of(self._desk, date(year - 1, 1, 1), date(year + 1, 12, 31), people, self._keys)
        return [self._member(person, rule, book, year) for person in people]

    def proposals(self) -> list[Proposal]:
        """Return every talk that the rules ask for up to the end of the year and nobody has planned yet."""
        book = self._book()
        found = [*self._new_posts(book), *self._holidays(book)]
        taken = {proposal.day for proposal in found if proposal.ticked}
        return [*self._yearly(book, taken), *found]

    def missing(self) -> list[Proposal]:
        """Return the proposals of the yearly rule alone: what 安排未满的谈话 makes."""
        return self._yearly(self._book(self._people(team=True)), set())

    def for_person(self, person_id: int) -> Proposal:
        """Return a talk of the yearly rule with one person of the roster, on a free working day soon."""
        with self._desk.vault.read() as connection:
            person = queries.one(connection, table(PERSON), person_id)
        rule = self.rules.plan(YEARLY)
        day = self._desk.calendar.add_working_days(self._desk.today, self.rules.plan(HOLIDAY).count)
        return Proposal(YEARLY, rule.name, person, rule.kind, rule.reason, day, rule.sentence)

    # --- writing ---------------------------------------------------------------------------------------------

    def create(
        self, proposals: Sequence[Proposal], days: Mapping[int, date] | None = None, progress: Progress = silent
    ) -> Change:
        """Make planned talks of these in one act; ``days`` gives another day to the proposal at that place."""
        if not proposals:
            raise NotAllowedError("没有要安排的谈话", "没有改动", "先在计划里勾选")
        roster, records = Roster(self._desk.vault), Records(self._desk)
        label = f"安排谈话 {len(proposals)} 次"
        with self._desk.vault.act("save", label, size=len(proposals)) as act:
            for at, proposal in enumerate(told(proposals, "正在安排谈话", progress)):
                day = (days or {}).get(at, proposal.day)
                points = self.points(proposal.kind)
                aids = deriving.aids(self._desk, {"point": points})
                cutoff = self._desk.setting("cutoff_day")
                given = self._values(proposal, day)
                complete = partial(_complete, roster=roster, aids=aids, cutoff=cutoff)
                made = own_fields.completed(TALK, self._desk, given, complete)
                records.numbers.give(act, TALK, made)
                act.create(TALK, made, {"point": list(points)})
        return act.result()

    def points(self, kind: str) -> list[Values]:
        """Return the rows of the template of a kind of talk, none of them spoken of yet."""
        found = self.rules.kinds.get(kind)
        return [{"words": words} for words in (found.points if found else ())]

    # --- the machine -----------------------------------------------------------------------------------------

    def _values(self, proposal: Proposal, day: date) -> dict[str, Value]:
        person = proposal.person.values
        unit = person.get("unit_now")
        officer = str(self._desk.setting("officer"))
        return {
            "kind": proposal.kind,
            "reason": proposal.reason,
            "subject": Ref(str(person.get("name")), PERSON.key, proposal.person.id),
            "subject_unit": unit.label if isinstance(unit, Ref) else None,
            "subject_post": person.get("post_now"),
            "subject_rank": person.get("rank_now"),
            "subject_political": person.get("political_status"),
            "planned_date": day,
            "talker": Ref(officer) if officer else None,
            "handler": Ref(officer) if officer else None,
            "unit_id": unit if isinstance(unit, Ref) else None,
            "reason_note": proposal.group if proposal.rule == HOLIDAY else None,
        }

    def _people(self, *, team: bool) -> list[Row]:
        view = View(PERSON.key)
        if team:
            view = view.where(Condition("team_now", Test.IS, True))
        with self._desk.vault.read() as connection:
            rows = list(queries.some(connection, view, _PERSON))
        active = [row for row in rows if row.values.get("status") in (None, "active")]
        return sorted(active, key=lambda row: (not row.values.get("top_now"), row.id))

    def _book(self, people: Sequence[Row] | None = None) -> Book:
        """Return the talks that any rule may ask about now: a post taken up last year, and half a year before it.

        Those with some people alone are read where only these are asked about.
        """
        year = self._desk.today.year
        return book_of(self._desk, date(year - 2, 1, 1), date(year + 1, 12, 31), people, self._keys)

    def _member(self, person: Row, rule: PlanRule, book: Book, year: int) -> Member:
        def counting(talks: Sequence[Talked]) -> list[Talked]:
            fitting = (talk for talk in talks if talk.day.year == year and talk.kind in ("", *rule.counts))
            return sorted(fitting, key=lambda talk: talk.day)

        mine = counting(book.of(person))
        held, planned = [talk for talk in mine if talk.held], [talk for talk in mine if not talk.held]
        return Member(person, rule.count, tuple(held), tuple(planned), tuple(counting(book.doubtful(person))))

    def _yearly(self, book: Book, taken: set[date]) -> list[Proposal]:
        today = self._desk.today
        rule = self.rules.plan(YEARLY)
        members = [self._member(person, rule, book, today.year) for person in self._people(team=True)]
        busy = taken | {talk.planned for member in members for talk in member.planned if talk.planned}
        rounds = max((member.unplanned for member in members), default=0)
        asked = [member for turn in range(rounds) for member in members if member.unplanned > turn]
        days = spread(self._working_days(today, date(today.year, 12, 31)), len(asked), busy)
        return [
            Proposal(
                YEARLY,
                rule.name,
                member.person,
                rule.kind,
                rule.reason,
                day,
                "，".join(filter(None, (rule.sentence, f"今年已谈 {len(member.held)} 次", member.doubt))),
            )
            for member, day in zip(asked, days, strict=True)
        ]

    def _new_posts(self, book: Book) -> list[Proposal]:
        rule, today, calendar = self.rules.plan(NEW_POST), self._desk.today, self._desk.calendar
        began = self._began()
        found = []
        for person in self._people(team=False):
            day = began.get(person.id) or _month(person.values.get("post_since"))
            if day is None or not today - timedelta(days=365) < day <= today + timedelta(days=rule.count):
                continue
            fits = (talk for talk in book.of(person) if talk.kind in rule.counts and talk.day >= day - _BEFORE_POST)
            if next(fits, None):
                continue
            last = day + timedelta(days=rule.count)
            late = last < today
            # Past the limit the talk is still owed, but whoever took over months ago is the officer's to decide.
            due = max(calendar.on_or_before(last), calendar.add_working_days(today, 1))
            why = f"{day.isoformat()} 任职，{rule.count} 天到 {last.isoformat()}{'，已经过了' if late else ''}"
            found.append(Proposal(NEW_POST, rule.name, person, rule.kind, rule.reason, due, why, ticked=not late))
        return sorted(found, key=lambda each: (each.day, each.person.id))

    def _holidays(self, book: Book) -> list[Proposal]:
        rule, today, calendar = self.rules.plan(HOLIDAY), self._desk.today, self._desk.calendar
        team = self._people(team=True)
        found = []
        for at, (name, first) in enumerate(self.coming_holidays()):
            day = calendar.add_working_days(first, -rule.count)
            if day <= today:
                day = calendar.add_working_days(today, 1)
            if day >= first:
                continue
            why = f"{name} {first.isoformat()} 放假，提前 {rule.count} 个工作日"
            for person in team:
                near = (
                    talk
                    for talk in book.of(person)
                    if talk.kind in rule.counts and first - _BEFORE_HOLIDAY <= talk.day <= first
                )
                if next(near, None) is None:
                    # Only the next holiday is near enough to be planned without a second look.
                    found.append(
                        Proposal(HOLIDAY, f"{name}前提醒", person, rule.kind, rule.reason, day, why, ticked=not at)
                    )
        return found

    def coming_holidays(self) -> list[tuple[str, date]]:
        """Return name and first day off of each holiday the rule names, from tomorrow to the end of next year.

        A year whose notice is not loaded has none: its days are not known.
        """
        rule, today, calendar = self.rules.plan(HOLIDAY), self._desk.today, self._desk.calendar
        found: list[tuple[str, date]] = []
        last_name, last_day = "", date.min
        day = today + timedelta(days=1)
        while day.year <= today.year + 1:
            special = calendar.special(day)
            if special and special.type == "off" and not special.by_unit and special.name in rule.holidays:
                if special.name != last_name or (day - last_day).days > 1:
                    found.append((special.name, day))
                last_name, last_day = special.name, day
            day += timedelta(days=1)
        # A holiday that runs already began before tomorrow.
        running = calendar.special(today)
        return [each for each in found if not (running and running.name == each[0] and (each[1] - today).days == 1)]

    def _began(self) -> dict[int, date]:
        """Return since when the present post is held, from the history, by id of the person."""
        below = table(PERSON, "post_history")
        with self._desk.vault.read() as connection:
            rows = connection.execute(
                f'SELECT parent_id, max(held_from) FROM "{below.name}" WHERE voided = 0 AND held_from IS NOT NULL '
                "GROUP BY parent_id"
            ).fetchall()
        return {int(person): first_day(from_iso(day)) for person, day in rows}

    def _working_days(self, after: date, last: date) -> list[date]:
        calendar = self._desk.calendar
        days, day = [], calendar.add_working_days(after, 1)
        while day <= last:
            days.append(day)
            day = calendar.add_working_days(day, 1)
        return days or [day]


def _complete(given: Values, *, roster: Roster, aids: Aids, cutoff: int) -> dict[str, Value]:
    return preparing.complete(TALK, given, roster, aids, cutoff)


def spread(days: Sequence[date], count: int, busy: Iterable[date] = ()) -> list[date]:
    """Return so many of these days, evenly over the whole stretch, days that are taken left free where possible."""
    free = [day for day in days if day not in set(busy)] or list(days)
    if not count:
        return []
    step = len(free) / count
    return [free[min(int((at + 0.5) * step), len(free) - 1)] for at in range(count)]


def _month(value: Value) -> date | None:
    words = str(value or "")
    return date(int(words[:4]), int(words[5:7]), 1) if len(words) == len("2026-03") else None
