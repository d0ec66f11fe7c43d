"""The whole course of a matter across registers: 信访 线索 立案 审理 处分 执行, gathered from what points to what.

Nothing is stored for it. From any of its records the way goes up to the letters it came from and down to the
measures it ended in; other matters of the same letter stand beside it and are not mixed in.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from paizhu import registers
from paizhu.base.rows import Ref, ids_in
from paizhu.registers import course
from paizhu.registers.course import KEYS, stretch
from paizhu.rules import influence
from paizhu.services.desk import Desk
from paizhu.services.matters.course_clocks import Clock, clocks_of
from paizhu.services.matters.course_days import Moment, moments_of
from paizhu.services.matters.course_papers import Paper, papers_of
from paizhu.services.matters.course_part import Part, kind_words
from paizhu.services.matters.course_people import Informant, Person, informants_of, people_of
from paizhu.services.matters.weighing import measures_of
from paizhu.services.preparing import day_of
from paizhu.storage import queries
from paizhu.storage.tables import table

STAGES = course.STATIONS
MEASURE = registers.register("measure")


@dataclass(frozen=True, slots=True)
class Station:
    """One of the six stations; ``when`` is past, now, later or skipped, ``part`` the record that stands for it."""

    name: str
    when: str
    note: str
    part: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Weight:
    """The influence period of one measure of the matter, explained, and how it stands today."""

    part: tuple[str, int]
    who: str
    state: str
    words: str
    sentence: str
    note: str
    end: date | None


@dataclass(frozen=True, slots=True)
class Matter:
    """Everything a page needs to show of one matter; ``beside`` are other leads and letters of the same source."""

    here: Part
    parts: tuple[Part, ...]
    beside: tuple[Part, ...]
    stations: tuple[Station, ...]
    clocks: tuple[Clock, ...]
    people: tuple[Person, ...]
    informants: tuple[Informant, ...]
    timeline: tuple[Moment, ...]
    papers: tuple[Paper, ...]
    weights: tuple[Weight, ...]

    def of(self, register: str) -> tuple[Part, ...]:
        """Return the parts of one register."""
        return tuple(part for part in self.parts if part.register.key == register)


class Course:
    """Gathers matters of one vault; every answer is read anew."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def of(self, register: str, record_id: int) -> Matter:
        """Return the matter a petition, lead, case or measure belongs to."""
        with self._desk.vault.read() as connection:
            here = _read(connection, register, record_id)
            found: dict[tuple[str, int], Part] = {here.key: here}
            _climb(connection, here, found)
            for part in list(found.values()):
                _descend(connection, part, found, here)
            beside = _beside(connection, found)
        parts = sorted(found.values(), key=lambda part: (KEYS.index(part.register.key), part.row.id))
        today = self._desk.today
        return Matter(
            here,
            tuple(parts),
            tuple(beside),
            tuple(_stations(parts, today)),
            clocks_of(self._desk, parts),
            people_of(self._desk, parts),
            informants_of(parts),
            moments_of(parts, today),
            papers_of(self._desk, parts),
            tuple(self._weights(parts)),
        )

    def _weights(self, parts: Sequence[Part]) -> Iterable[Weight]:
        today, force = self._desk.today, self._desk.influence
        for part in parts:
            subject = part.row.values.get("subject")
            if part.register is not MEASURE or not isinstance(subject, Ref):
                continue
            measures = measures_of(self._desk, subject)
            periods = influence.periods(measures, today, force)
            for each, period in zip(measures, periods, strict=True):
                if each.id != part.row.id or period is None:
                    continue
                stands = influence.standing(period, today, force)
                yield Weight(
                    part.key, subject.label, stands.state, stands.words, period.sentence, stands.note, period.end
                )


def _read(connection: object, key: str, record_id: int) -> Part:
    register = registers.register(key)
    rows = {child.key: queries.children(connection, table(register, child.key), record_id) for child in register.rows}
    written = queries.written(connection, key, record_id)
    for child in register.rows:
        for row in rows[child.key]:
            acts = queries.written(connection, f"{key}.{child.key}", row.id)
            written[f"{child.key}.{row.id}"] = max(acts.values(), default=0)
    return Part(register, queries.one(connection, table(register), record_id), rows, written)


def _take(connection: object, key: str, record_id: int, found: dict[tuple[str, int], Part]) -> Part | None:
    """Read a record not seen yet and keep it, unless it was voided."""
    if (key, record_id) in found:
        return None
    part = _read(connection, key, record_id)
    if part.row.voided:
        return None
    found[part.key] = part
    return part


def _linked(part: Part, name: str, target: str) -> list[int]:
    return [*ids_in(part.row.values.get(name), target)]


def _pointing(connection: object, part: Part, kind: str, name: str) -> list[int]:
    found = queries.pointing_to(connection, *part.key)
    return [record_id for there, record_id, field in found if there == kind and field == name]


def _climb(connection: object, part: Part, found: dict[tuple[str, int], Part]) -> None:
    """Gather what a record came from, and what that came from."""
    for link in stretch(part.register.key).links:
        key = link.to.key
        ids = _linked(part, link.up, key)
        ids += _pointing(connection, part, key, link.down) if link.down else []
        for record_id in dict.fromkeys(ids):
            above = _take(connection, key, record_id, found)
            if above:
                _climb(connection, above, found)


def _below(connection: object, part: Part) -> list[tuple[str, int]]:
    """Return the records that came of one, as they and it name each other."""
    found: list[tuple[str, int]] = []
    for each in course.STRETCHES:
        for link in each.links:
            if link.to is part.register:
                ids = _pointing(connection, part, each.key, link.up)
                ids += _linked(part, link.down, each.key) if link.down else []
                found += [(each.key, record_id) for record_id in ids]
    return list(dict.fromkeys(found))


def _descend(connection: object, part: Part, found: dict[tuple[str, int], Part], here: Part) -> None:
    """Gather what became of a record; only from the one asked about does a letter lead down to all its leads."""
    if part.is_letter and part is not here:
        return
    # From a measure only its own case is its matter, not the other measures' side of it.
    for key, record_id in _below(connection, part):
        below = _take(connection, key, record_id, found)
        if below:
            _descend(connection, below, found, here)
            if not here.is_letter:
                _climb(connection, below, found)


def _beside(connection: object, found: Mapping[tuple[str, int], Part]) -> list[Part]:
    """Return other leads of the same letters, and letters joined as repeats."""
    seen = dict(found)
    made = []
    for part in found.values():
        if not part.is_letter:
            continue
        key, first = part.register.key, stretch(part.register.key).repeats
        repeats = (*_linked(part, first, key), *_pointing(connection, part, key, first))
        for each in (*_below(connection, part), *((key, record_id) for record_id in repeats)):
            other = _take(connection, *each, seen)
            if other:
                made.append(other)
    return made


# --- stations ------------------------------------------------------------------------------------------------------


def _stations(parts: Sequence[Part], today: date) -> Iterable[Station]:
    last = _last(parts)
    at = STAGES.index(_stage(last, parts))
    first = min((STAGES.index(stretch(part.register.key).station) for part in parts), default=0)
    for place, name in enumerate(STAGES):
        part, note = _standing(name, parts, today)
        if place > at:
            yield Station(name, "later", "", None)
        elif part is None and place < at:
            yield Station(name, "skipped", "没有信访件" if not place and first else "跳过", None)
        elif place == at and not last.ended:
            state = last.register.flow.state(last.row.state).label if last.register.flow and last.row.state else ""
            yield Station(name, "now", note or state or "进行中", (part or last).key)
        else:
            yield Station(name, "past", note, (part or last).key)


def _standing(station: str, parts: Sequence[Part], today: date) -> tuple[Part | None, str]:
    """Return the part that stands for a station, with its days: of the first register that has one."""
    for each in course.STRETCHES:
        span = next((span for span in each.spans if span.station == station), None)
        standing = [part for part in parts if part.register is each.register]
        if span and standing:
            days = [_span(part, span.start, span.ends) for part in standing]
            return standing[0], _span_words([day for day in days if day], span.verb, today)
    return None, ""


def _last(parts: Sequence[Part]) -> Part:
    """Return the part that shows how far the matter has come: the open one of the last register."""
    courses = [part for part in parts if part.register.flow] or list(parts)
    order = max(KEYS.index(part.register.key) for part in courses)
    latest = [part for part in courses if KEYS.index(part.register.key) == order]
    return next((part for part in latest if not part.ended), latest[0])


def _stage(last: Part, parts: Sequence[Part]) -> str:
    flow = last.register.flow
    if flow is None:
        done = last.row.values.get("executed_at") or last.row.values.get("exec_report_at")
        return "执行" if done or last.row.values.get("announced_at") else "处分"
    stage = flow.state(last.row.state or flow.start).stage
    if stage in STAGES:
        return stage
    return stretch(last.register.key).station


def _span(part: Part, start: str, ends: Sequence[str]) -> tuple[date, date | None] | None:
    day = day_of(part.row.values.get(start))
    if day is None:
        return None
    return day, next((end for name in ends if (end := day_of(part.row.values.get(name)))), None)


def _span_words(days: Sequence[tuple[date, date | None]], verb: str, today: date) -> str:
    if not days:
        return ""
    start, end = min(day for day, _ in days), max((end for _, end in days if end), default=None)
    return f"{_short(start, today)} 至 {_short(end, today)}" if end else f"{_short(start, today)} {verb}"


def _short(day: date, today: date) -> str:
    return f"{day:%m-%d}" if day.year == today.year else f"{day:%Y-%m-%d}"


def state_words(part: Part) -> str:
    """Return the words of a part's state; for a measure its kind."""
    if part.register.flow and part.row.state:
        return part.register.flow.state(part.row.state).label
    return kind_words(part)
