"""廉政档案: everything the registers know of a person, gathered at the moment it is asked for, never typed twice.

Each line names the record it comes from. As of a past day the file holds the records entered by then, in their
values of then. Of a day before the person was entered here nobody can say what was known: the file then goes by the
days on which things happened, and says so. Reporters (class P4) are never in it; petitions, leads and cases as far as
the setting allows.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from paizhu import registers
from paizhu.base import values
from paizhu.base.errors import NotAllowedError
from paizhu.base.rows import Row, ids_in
from paizhu.registers.review_rows import CANDIDATE
from paizhu.rules import influence
from paizhu.rules.influence import Period, Standing
from paizhu.services.as_of import AsOf, person_then
from paizhu.services.desk import Desk
from paizhu.services.dossier.access import DossierAccess
from paizhu.services.dossier.covering import covered_in, covered_owner, is_key, uncovered
from paizhu.services.dossier.words import (
    ALWAYS,
    BELOW,
    TITLES,
    Line,
    holding,
    is_secret,
    line_below,
    line_of,
    said_below,
    says_about,
    shown,
)
from paizhu.storage.tables import TABLES

PERSON = registers.register("person")
PURPOSE = "日常监督查阅"
COUNTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("talks", "廉政谈话", ("integrity_talk",)),
    ("petitions", "信访反映", ("petition",)),
    ("leads", "问题线索", ("lead",)),
    ("cases", "立案处分", ("case", "measure")),
    ("reviews", "会前审查涉及", ("review_item", "meeting")),
    ("findings", "检查发现", ("finding", "supervision_activity", "proposal")),
    ("opinions", "廉政意见回复", ("integrity_opinion",)),
)
"""What the page counts: key, words, registers; what is not counted stands in the list all the same."""
Gathered = dict[tuple[str, int], tuple[Row, list[str], list[str]]]
"""Records about a person: the record, as what the person stands there, what rows under it say of him."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One field of the person in words; private ones are covered until they are shown one by one."""

    name: str
    label: str
    words: str
    private: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the archive (A, B, D …) with its lines, the newest first."""

    letter: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Weight:
    """The measure that weighs on the person: its period and how that stands on the day."""

    period: Period
    standing: Standing
    days_left: int | None = None

    @property
    def runs(self) -> bool:
        """Tell whether the period has not ended yet."""
        return self.standing.state == "in_period"


@dataclass(frozen=True, slots=True)
class File:
    """A person's dossier; ``as_of`` is empty for the present, ``hidden`` counts lines beyond the need to know.

    ``entered`` is the day the person came into this vault where the file is about a day before: it lists what had
    happened by then, whether or not anybody knew of it.
    """

    person: Row
    as_of: date | None
    on: date
    facts: tuple[Fact, ...]
    parts: tuple[Part, ...]
    weight: Weight | None
    hidden: int = 0
    entered: date | None = None

    @property
    def basis(self) -> str:
        """What the file of a past day rests on, in words; empty for the present."""
        if self.as_of is None:
            return ""
        day = self.as_of.isoformat()
        if self.entered is None:
            return f"截至 {day} 已登记的内容"
        return (
            f"这个人 {self.entered.isoformat()} 才登记到本程序，那以前掌握了什么无从查考。下面列的是到 {day} 为止"
            "发生的事项，不表示当时已经知道；状态和结果是现在登记的"
        )

    @property
    def name(self) -> str:
        """The person's name."""
        return str(self.person.values["name"])

    @property
    def post(self) -> str:
        """Unit and post held on the day."""
        return " ".join(word for name in ("unit_now", "post_now") if (word := shown(PERSON, self.person, name)))

    @property
    def records(self) -> tuple[Line, ...]:
        """Lines that stand in registers of their own, newest first, each record once."""
        found = [line for part in self.parts if part.letter not in "ABM" for line in part.lines]
        return tuple(sorted((line for line in found if line.register != "person"), key=_newest))

    def part(self, letter: str) -> tuple[Line, ...]:
        """Return the lines of a part; empty where there is none."""
        return next((part.lines for part in self.parts if part.letter == letter), ())


class Dossier:
    """Assembles dossiers of one vault."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._vault = desk.vault
        self.access = DossierAccess(desk)

    def of(self, person_id: int, as_of: date | None = None, purpose: str = PURPOSE, *, by_events: bool = False) -> File:
        """Return a person's file as known on a day (today where none is given), and journal that it was opened.

        ``by_events`` lets a day before the person was entered go by the days on which things happened; without it that
        is NotFoundError. NotAllowedError for the officer's own file and those of relatives, and for a purpose left
        empty.
        """
        if not purpose.strip():
            raise NotAllowedError("查阅廉政档案须写明事由", "档案没有打开", "写明事由后再打开，事由会记入留痕")
        then = as_of if as_of and as_of < self._desk.today else None
        past = AsOf(self._vault, then)
        entered = past.entered(PERSON.key, person_id)
        if not by_events or then is None or entered is None or entered <= then:
            person = person_then(past, person_id)
            self.access.check(person)
            self.access.note_opening(person, purpose.strip(), then.isoformat() if then else "")
            return self._file(past, person)
        now = AsOf(self._vault)
        person = person_then(now, person_id)
        self.access.check(person)
        self.access.note_opening(person, purpose.strip(), then.isoformat())
        found = self._file(now, holding(person, now.rows("person.post_history", person.id), then), then)
        return replace(found, as_of=then, entered=entered)

    def reveal(self, person_id: int, name: str) -> str:
        """Return the words of a private field or of a covered name, and journal that they were shown."""
        now = AsOf(self._vault)
        person = person_then(now, person_id)
        self.access.check(person)
        if is_key(name):
            label, words = uncovered(now, person_id, name)
            self.access.note_reveal(person, label)
            return words
        field = PERSON.field(name)
        if not field.private:
            raise NotAllowedError(f"“{field.label}”没有遮盖，不用显示")
        self.access.note_reveal(person, field.label)
        return values.show(field, person.values.get(name))

    # --- the machine -----------------------------------------------------------------------------------------

    def _file(self, past: AsOf, person: Row, happened: date | None = None) -> File:
        """Assemble a file; ``happened`` keeps only what has a day, and one not after this."""
        on = past.day or happened or self._desk.today
        allowed = str(self._desk.setting("dossier_cases"))
        found: Gathered = {}
        for row, names in past.pointing_to("person", person.id):
            self._gather(past, person, row, names, found)
        lines: list[Line] = []
        hidden = 0
        for (key, _), (row, roles, below) in found.items():
            register = registers.register(key)
            if allowed == "none" and is_secret(register):
                hidden += 1
                continue
            as_what = tuple(dict.fromkeys(roles))
            line = line_of(register, row, as_what, tuple(below), number_only=allowed != "full")
            lines.append(_with_owner_covered(line, row) if register is PERSON else line)
            lines += [
                line_below(register, row, child, each)
                for child in register.rows
                if child.key in BELOW
                for each in past.rows(f"{register.key}.{child.key}", row.id)
            ]
        lines += self._own(past, person)
        lines += self._visits(person, past.day)
        if happened is not None:
            lines = [line for line in lines if line.day is not None and line.day <= happened]
        weight = self._weight([row for row, _, _ in found.values()], person, on)
        lines = [_weighing(line, weight) for line in lines]
        parts = tuple(
            Part(letter, title, tuple(sorted((line for line in lines if line.part == letter), key=_newest)))
            for letter, title in TITLES.items()
            if letter in ALWAYS or any(line.part == letter for line in lines)
        )
        return File(person, past.day, on, _facts(person), parts, weight, hidden)

    def _gather(
        self,
        past: AsOf,
        person: Row,
        row: Row,
        names: Sequence[str],
        found: Gathered,
    ) -> None:
        there = TABLES[row.register]
        roles = [there.fields[name].label for name in names if says_about(there.fields[name])]
        if not roles:
            return
        below: tuple[str, ...] = ()
        if there.parent is not None:
            # The row says as what the person stands there, the record above it is what the line is about.
            roles = [there.register.label if there.register is CANDIDATE else role for role in roles]
            above = past.row(there.parent.key, int(str(row.values["parent_id"])))
            if above is None or (above.register, above.id) == ("person", person.id):
                return
            below = said_below(there.register, row)
            row = above
        gathered = found.setdefault((row.register, row.id), (row, [], []))
        gathered[1].extend(roles)
        gathered[2].extend(below)

    def _own(self, past: AsOf, person: Row) -> list[Line]:
        """Return what stands in the roster itself: posts, relations, ties to companies."""
        made = []
        for child in PERSON.rows:
            part, names = _OWN[child.key]
            for row in past.rows(f"person.{child.key}", person.id):
                day = row.values.get(child.main_date) if child.main_date else row.values.get("valid_from")
                who = covered_in(f"person.{child.key}", child, row, str(person.values.get("name") or ""))
                said = [values.show(child.field(name), row.values.get(name)) for name in names]
                said += [who.mask] if who else []
                words = f"{'' if part == 'A' else f'{child.label}：'}{' '.join(word for word in said if word)}"
                ended = row.values.get("held_to")
                state = "" if part == "B" else f"至 {ended}" if ended else "至今"
                began = day if isinstance(day, date) else None
                made.append(Line(part, "person", person.id, "", began, words, "", state, covered=who))
        return made

    def _visits(self, person: Row, until: date | None) -> list[Line]:
        return [
            Line(
                "M", "journal", each.entry, str(each.entry), each.at.date(),
                f"{each.actor or '未写姓名'}，{each.label}" + (f"，事由：{each.purpose}" if each.purpose else ""),
                each.kind, f"{each.at:%H:%M}",
            )
            for each in self.access.of(person.id)
            if until is None or each.at.date() <= until
        ]  # fmt: skip

    def _weight(self, rows: Sequence[Row], person: Row, on: date) -> Weight | None:
        against = [
            each
            for row in rows
            if row.register == "measure"
            and person.id in ids_in(row.values.get("subject"), PERSON.key)
            and str(row.values.get("decided_at") or "")[:10] <= on.isoformat()
            if (each := influence.measure(row.values, row.id)) is not None
        ]
        settings = self._desk.influence
        period = influence.period(against, on, settings) if against else None
        if period is None:
            return None
        left = (period.end - on).days if period.end else None
        return Weight(period, influence.standing(period, on, settings), left)


_OWN = {
    "post_history": ("A", ("unit", "post", "rank_level", "duties")),
    "relation": ("B", ("relation",)),
    "business_link": ("B", ("company", "role")),
}
"""Rows of the roster by part of the file, and what is said of each."""


def counts(file: File) -> list[tuple[str, str, int]]:
    """Return key, words and number for each kind of record there is a register for."""
    known = {each.key for each in registers.REGISTERS}
    return [
        (key, label, sum(line.register in kinds for line in file.records))
        for key, label, kinds in COUNTS
        if known.intersection(kinds)
    ]


def kinds_of(key: str) -> tuple[str, ...]:
    """Return the registers behind a count; empty for all of them."""
    return next((kinds for name, _, kinds in COUNTS if name == key), ())


def _weighing(line: Line, weight: Weight | None) -> Line:
    """Return the line of the governing measure with how it weighs; measures have no course of their own."""
    if weight is None or (line.register, line.id) != ("measure", weight.period.id):
        return line
    words = {"in_period": "影响期内", "expired": "已期满"}.get(weight.standing.state, "尚未开始")
    return replace(line, state=weight.standing.state, state_words=words)


def _with_owner_covered(line: Line, row: Row) -> Line:
    """Return the line of another person who names this one as a relative, with his name covered as in other lines."""
    who = covered_owner(row)
    return replace(line, words=line.words.replace(str(row.values.get("name")), who.mask, 1), covered=who)


def _facts(person: Row) -> tuple[Fact, ...]:
    made = []
    for section in PERSON.sections[:-1]:
        for name in section.names:
            field = PERSON.field(name)
            words = values.show(field, person.values.get(name))
            made.append(Fact(name, field.label, values.MASK if words and field.private else words, field.private))
    return tuple(made)


def _newest(line: Line) -> tuple[bool, int, str, int]:
    return (line.day is None, -(line.day.toordinal() if line.day else 0), line.register, -line.id)
