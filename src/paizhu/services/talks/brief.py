"""谈前一页纸: what the registers know of the person one is about to talk with; never who reported, never a lead.

Source protection is built in three times (监督执纪工作规则, ``domain.md`` 8.1): petitions, leads, cases and measures
are not read at all; of what is read only fields up to class P2 are shown, and no field that points to those registers;
and a line that quotes a number of theirs, or a record that came out of one, is left out. What was said in earlier
talks is not repeated either: only what was asked for in them, and how that stands.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from paizhu import registers
from paizhu.base import values
from paizhu.base.dates import add_months
from paizhu.base.field import FieldKind, Sens
from paizhu.base.register import Register
from paizhu.base.rows import Ref, Row, Value, refs_in
from paizhu.base.text import folded
from paizhu.base.view import Condition, Test, View
from paizhu.registers.duty import DUTY
from paizhu.registers.finding import FINDING
from paizhu.registers.people import PERSON
from paizhu.registers.review import REVIEW
from paizhu.registers.risk import RISK, RISK_LEVELS
from paizhu.registers.talk import REQUIREMENT, TALK
from paizhu.registers.talk_choices import HELD
from paizhu.rules import limits, numbering
from paizhu.services.desk import Desk
from paizhu.services.out.classes import totals_only
from paizhu.services.preparing import day_of
from paizhu.storage import queries
from paizhu.storage.tables import TABLES, table

_LONGEST = 60
_LEVELS = tuple(choice.code for choice in RISK_LEVELS)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the brief: its words, how it stands (``late`` when a day has passed), and the record behind it."""

    words: str
    stands: str = ""
    late: bool = False
    register: str = ""
    id: int = 0
    due: date | None = None

    @property
    def whole(self) -> str:
        """The line as it is printed."""
        return f"{self.words}（{self.stands}）" if self.stands else self.words


@dataclass(frozen=True, slots=True)
class Part:
    """One heading with its lines; none says so on paper."""

    key: str
    heading: str
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """The whole page: with whom, which post, and the parts in reading order."""

    subject: str
    post: str
    parts: tuple[Part, ...]
    person: Row | None = None

    def part(self, key: str) -> Part:
        """Return one part by its key."""
        return next(part for part in self.parts if part.key == key)

    @property
    def urgent(self) -> tuple[Line, ...]:
        """What to know before opening the door: what is late first, then what is open."""
        open_lines = [
            line for key in ("promises", "findings", "duties") for line in self.part(key).lines if line.register
        ]
        return tuple(sorted(open_lines, key=_by_day))


class TalkBrief:
    """Assembles the brief of one talk from the registers that may be shown to its subject's superiors."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._secret = _numbers(desk)

    def of(self, talk: Row) -> Brief:
        """Return the brief of a talk, planned or held."""
        subject = talk.values.get("subject")
        ref = subject if isinstance(subject, Ref) else Ref("")
        person = self._person(ref)
        talks = self._talks(talk, ref)
        asked = [line for each in talks for line in self._promises(each)]
        risks, findings, duties = self._risks(ref, person), self._findings(ref, person), self._duties(ref)
        parts = (
            Part("post", "岗位和分工", tuple(self._post(talk, person))),
            Part("risks", "岗位廉政风险点", tuple(risks)),
            Part("talks", f"近 {self._desk.talks.brief.talks} 次谈话", tuple(self._of_talk(each) for each in talks)),
            Part("promises", "谈话要求和承诺", tuple(asked)),
            Part("findings", "未完成的整改", tuple(findings)),
            Part("items", f"近 {self._desk.talks.brief.months} 个月经手的议题", tuple(self._items(ref))),
            Part("duties", "责任清单", tuple(duties)),
            Part("outline", "谈话提纲建议", tuple(self._outline(talk, risks, [*asked, *findings, *duties]))),
        )
        return Brief(ref.label, self._standing_post(talk, person), parts, person)

    # --- parts -----------------------------------------------------------------------------------------------

    def _post(self, talk: Row, person: Row | None) -> Iterator[Line]:
        if person is None:
            words = "，".join(filter(None, (_show(TALK, talk, name) for name in ("subject_unit", "subject_post"))))
            yield Line(f"{words or '没有登记职务'}（未关联名册）")
            return
        pairs = (("现任", ("unit_now", "post_now", "rank_now")), ("任现职", ("post_since",)), ("分管", ("duties_now",)))
        for label, names in pairs:
            words = " ".join(filter(None, (_show(PERSON, person, name) for name in names)))
            if words:
                yield self._line(f"{label}：{words}") or Line(f"{label}：见名册")

    def _risks(self, ref: Ref, person: Row | None) -> list[Line]:
        register = RISK
        rows = self._about(register, ("owner", "leader", "holders"), ref)
        unit, post = (person.values.get(name) if person else None for name in ("unit_now", "post_now"))
        if isinstance(unit, Ref) and unit.linked:
            rows += [
                row for row in self._pointing(register, "unit_id", unit) if _same_post(row.values.get("post"), post)
            ]
        kept = {row.id: row for row in rows if not _ended(register, row)}
        ordered = sorted(kept.values(), key=lambda row: (_rank(row.values.get("level")), row.id))
        found = []
        for row in ordered:
            told = "：".join(filter(None, (_show(register, row, "name"), _cut(_show(register, row, "manifestation")))))
            level = _show(register, row, "level")
            if line := self._line(told, f"风险等级{level}" if level else "", register.key, row.id):
                found.append(line)
        return found[: self._most]

    def _talks(self, talk: Row, ref: Ref) -> list[Row]:
        lead = self._desk.talks.lead_kinds
        rows = [
            row
            for row in self._about(TALK, ("subject",), ref)
            if row.id != talk.id
            and row.values.get("start_at")
            and row.state in HELD
            and row.values.get("kind") not in lead
            and not row.values.get("lead_ref")
        ]
        rows.sort(key=lambda row: str(row.values.get("start_at")), reverse=True)
        return rows[: self._desk.talks.brief.talks]

    def _of_talk(self, talk: Row) -> Line:
        day = day_of(talk.values.get("start_at"))
        words = f"{day.isoformat() if day else ''} {_show(TALK, talk, 'kind')}".strip()
        reason = _show(TALK, talk, "reason")
        return Line(f"{words}，{reason}" if reason else words, "", False, "", talk.id)

    def _promises(self, talk: Row) -> Iterator[Line]:
        """Yield what a talk asked for: rows with their days, or the words where none were written as rows."""
        with self._desk.vault.read() as connection:
            rows = queries.children(connection, table(TALK, REQUIREMENT.key), talk.id)
        day = day_of(talk.values.get("start_at"))
        when = f"{day:%Y-%m-%d} " if day else ""
        for row in rows:
            line: Line | None
            due, done = day_of(row.values.get("due")), day_of(row.values.get("done_at"))
            if done:
                line = self._line(f"{when}{_show(REQUIREMENT, row, 'words')}", f"{done.isoformat()} 已落实")
            else:
                stands, late = self._stands(due, "没有写期限")
                words = f"{when}{_show(REQUIREMENT, row, 'words')}"
                line = self._line(words, stands, TALK.key, talk.id, late=late, due=due)
            if line:
                yield line
        asked = _show(TALK, talk, "requirements")
        if not rows and asked and (line := self._line(f"{when}{_cut(asked)}", "没有逐条登记")):
            yield line

    def _findings(self, ref: Ref, person: Row | None) -> list[Line]:
        register = FINDING
        rows = {row.id: row for row in self._about(register, ("duty_leader", "duty_person"), ref)}
        unit = person.values.get("unit_now") if person else None
        if person and person.values.get("top_now") and isinstance(unit, Ref) and unit.linked:
            rows |= {row.id: row for row in self._pointing(register, "duty_unit", unit)}
        found = []
        for row in rows.values():
            if _ended(register, row) or self._from_secret(register, row):
                continue
            due = day_of(row.values.get("redo_due")) or day_of(row.values.get("due"))
            stands, late = self._stands(due, "没有写期限")
            words = _cut(_show(register, row, "problem"))
            if line := self._line(words, stands, register.key, row.id, late=late, due=due):
                found.append(line)
        return sorted(found, key=_by_day)[: self._most]

    def _items(self, ref: Ref) -> list[Line]:
        since = add_months(self._desk.today, -self._desk.talks.brief.months)
        rows = self._about(REVIEW, ("reporter", "leader_in_charge"), ref)
        rows = [row for row in rows if (day := day_of(row.values.get("planned_meeting_at"))) and day >= since]
        rows.sort(key=lambda row: str(row.values.get("planned_meeting_at")), reverse=True)
        found = []
        for row in rows:
            day = day_of(row.values.get("planned_meeting_at"))
            parts = [_show(REVIEW, row, name) for name in ("opinion", "adopted")]
            words = f"{day.isoformat() if day else ''} {_show(REVIEW, row, 'title')}"
            if line := self._line(words, "，".join(filter(None, parts)), REVIEW.key, row.id):
                found.append(line)
        return found[: self._most]

    def _duties(self, ref: Ref) -> list[Line]:
        found = []
        for row in self._about(DUTY, ("subject", "owner", "lead_leader"), ref):
            if _ended(DUTY, row) or row.values.get("done_at"):
                continue
            due = day_of(row.values.get("due_date"))
            stands, late = self._stands(due, "没有写时限")
            if line := self._line(_cut(_show(DUTY, row, "content")), stands, DUTY.key, row.id, late=late, due=due):
                found.append(line)
        return sorted(found, key=_by_day)[: self._most]

    def _outline(self, talk: Row, risks: Sequence[Line], open_lines: Sequence[Line]) -> Iterator[Line]:
        """Yield points to speak of: what is late, what the post risks, then the template of the kind of talk."""
        late = [line for line in open_lines if line.late]
        for line in late[:2]:
            yield Line(f"问清“{_cut(line.words, 30)}”为什么没有按期落实，下一步什么时候完成")
        for line in risks[:1]:
            yield Line(f"提醒岗位风险：{_cut(line.words, 40)}")
        own = self._points(talk)
        rule = self._desk.talks.kinds.get(str(talk.values.get("kind") or ""))
        for words in own or (rule.points if rule else ()):
            if point := self._line(words):
                yield point

    # --- the machine -----------------------------------------------------------------------------------------

    @property
    def _most(self) -> int:
        return self._desk.talks.brief.items

    def _points(self, talk: Row) -> list[str]:
        with self._desk.vault.read() as connection:
            rows = queries.children(connection, table(TALK, "point"), talk.id)
        return [str(row.values.get("words") or "") for row in rows]

    def _standing_post(self, talk: Row, person: Row | None) -> str:
        if person is None:
            return _show(TALK, talk, "subject_post")
        return " ".join(filter(None, (_show(PERSON, person, name) for name in ("unit_now", "post_now"))))

    def _stands(self, due: date | None, without: str) -> tuple[str, bool]:
        if due is None:
            return without, False
        standing = limits.standing(due, self._desk.today, self._desk.calendar)
        return standing.words, standing.state == "overdue"

    def _line(
        self,
        words: str,
        stands: str = "",
        register: str = "",
        record_id: int = 0,
        *,
        late: bool = False,
        due: date | None = None,
    ) -> Line | None:
        """Return a line, or None for one that quotes the number of a petition, lead, case or measure."""
        if not words.strip() or any(numbering.quoted_in(pattern, words) for pattern in self._secret):
            return None
        return Line(" ".join(words.split()), stands, late, register, record_id, due)

    def _person(self, ref: Ref) -> Row | None:
        person_id = ref.id_in(PERSON.key)
        if person_id is None:
            return None
        with self._desk.vault.read() as connection:
            return queries.one(connection, table(PERSON), person_id)

    def _about(self, register: Register, names: Sequence[str], ref: Ref) -> list[Row]:
        """Return the live records that name the person in one of these fields, by the roster or by the very name."""
        found: dict[int, Row] = {}
        for name in names:
            if not register.has(name):
                continue
            if not ref.linked and register.field(name).kind is FieldKind.REFS:
                continue
            test = Test.POINTS_TO if ref.linked else Test.IS
            for row in self._view(View(register.key, (Condition(name, test, ref),))):
                found[row.id] = row
        return [row for row in found.values() if not self._from_secret(register, row)]

    def _pointing(self, register: Register, name: str, ref: Ref) -> list[Row]:
        return self._view(View(register.key, (Condition(name, Test.POINTS_TO, ref),)))

    def _view(self, view: View) -> list[Row]:
        with self._desk.vault.read() as connection:
            return list(queries.every(connection, view))

    @staticmethod
    def _from_secret(register: Register, row: Row) -> bool:
        """Tell whether a record came out of a petition, lead or case: it says so, or one of its references does."""
        named = str(row.values.get("source_kind") or "")
        if named in TABLES and totals_only(TABLES[named].register):
            return True
        for field in register.references:
            for ref in refs_in(row.values.get(field.name)):
                if ref.register in TABLES and totals_only(TABLES[ref.register].register):
                    return True
        return False


def _numbers(desk: Desk) -> list[str]:
    """Return the patterns of the numbers of every register whose records stay inside."""
    secret = [register for register in registers.REGISTERS if totals_only(register)]
    return [pattern for register in secret for pattern in desk.known_patterns(register.key)]


def _show(register: Register, row: Row, name: str) -> str:
    """Return a field in words; one above class P2 is never shown, whatever is asked for."""
    if not register.has(name) or (field := register.field(name)).sens > Sens.P2 or field.private:
        return ""
    return " ".join(values.show(field, row.values.get(name)).split())


def _rank(level: Value) -> int:
    return _LEVELS.index(level) if isinstance(level, str) and level in _LEVELS else len(_LEVELS)


def _ended(register: Register, row: Row) -> bool:
    flow = register.flow
    if flow is None or not row.state:
        return False
    state = flow.state(row.state)
    return state.end or state.shape.value == "done"


def _same_post(here: Value, there: Value) -> bool:
    one, other = folded(str(here or "")), folded(str(there or ""))
    return bool(one and other) and (one in other or other in one)


def _cut(words: str, longest: int = _LONGEST) -> str:
    words = " ".join(words.split())
    return f"{words[:longest]}…" if len(words) > longest else words


def _by_day(line: Line) -> tuple[bool, date]:
    """Put what is late first, then what falls due next."""
    return not line.late, line.due or date.max
