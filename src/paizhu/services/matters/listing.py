"""Every matter in one list: which record stands for it, its stage, its nearest deadline, and how it ended.

A matter is one lead with its letters, its case and its measures; a letter without a lead is one of its own, and so is
a case or measure of an old ledger that hangs at nothing. Nothing is stored for it: all is gathered from what points to
what, as :mod:`paizhu.services.matters.course` does for a single one.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from paizhu import registers
from paizhu.base import values
from paizhu.base.flow import Shape
from paizhu.base.rows import Row, refs_in
from paizhu.base.view import View
from paizhu.registers.course import KEYS, STATIONS, STRETCHES, stretch
from paizhu.services.deadlines.task import Task
from paizhu.services.deadlines.today import Today
from paizhu.services.desk import Desk
from paizhu.services.preparing import day_of
from paizhu.storage import queries

OPEN, HELD, CLOSED = "open", "held", "closed"
ENDED_WORDS, HELD_WORDS = "办结", "暂存"
Key = tuple[str, int]
_POINTS = {name for each in STRETCHES for link in each.links for name in (link.up, link.down) if name}
_DOWN = {(link.to.key, link.down) for each in STRETCHES for link in each.links if link.down}
"""What points down the course, by register and field: a letter to its lead, a lead to its case."""
PETITION, LEAD, MEASURE = (registers.register(key) for key in ("petition", "lead", "measure"))


@dataclass(frozen=True, slots=True)
class Line:
    """One matter; ``key`` is the record to open, ``records`` are all of it, the earliest register first.

    ``stage`` is one of the six stations, or 办结 or 暂存; ``task`` the nearest deadline of any of its records.
    """

    key: Key
    records: tuple[Key, ...]
    no: str
    title: str
    stage: str
    standing: str
    state_words: str
    shape: Shape
    began: date | None
    ended: str
    ended_on: date | None
    task: Task | None

    @property
    def due_today(self) -> bool:
        """Tell whether something of it falls due today."""
        return self.task is not None and self.task.due_today

    @property
    def overdue(self) -> bool:
        """Tell whether something of it is overdue."""
        return self.task is not None and self.task.overdue


class Matters:
    """Reads the matters of one vault."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def every(self) -> list[Line]:
        """Return all matters: the open ones by their deadline, then what was laid aside, then what has ended."""
        rows, links = self._read()
        tasks = self._tasks()
        lines = [self._line(group, rows, tasks) for group in _groups(rows, links)]
        rank = {OPEN: 0, HELD: 1, CLOSED: 2}
        return sorted(lines, key=lambda line: (rank[line.standing], *_nearest(line), -_ordinal(line), line.key))

    def _read(self) -> tuple[dict[Key, Row], list[tuple[Key, str, Key]]]:
        rows: dict[Key, Row] = {}
        with self._desk.vault.read() as connection:
            for key in KEYS:
                for row in queries.some(connection, View(key), stretch(key).read):
                    rows[key, row.id] = row
            marks = ", ".join("?" * len(KEYS))
            found = connection.execute(
                f"SELECT kind, record_id, field, target, target_id FROM reference WHERE kind IN ({marks})", KEYS
            ).fetchall()
        links = [((kind, own), field, (target, to)) for kind, own, field, target, to in found if field in _POINTS]
        return rows, [link for link in links if link[0] in rows and link[2] in rows]

    def _tasks(self) -> dict[Key, list[Task]]:
        found: dict[Key, list[Task]] = defaultdict(list)
        for task in Today(self._desk).every(of=[registers.register(key) for key in KEYS]):
            found[task.register, task.id].append(task)
        return found

    def _line(self, group: Sequence[Key], rows: Mapping[Key, Row], tasks: Mapping[Key, list[Task]]) -> Line:
        key = group[-1] if group[-1][0] != MEASURE.key or len(group) == 1 else _standing_for(group)
        row, register = rows[key], registers.register(key[0])
        running = [task for each in group for task in tasks.get(each, ())]
        flow = register.flow
        state = flow.state(row.state or flow.start) if flow else None
        if state is None:
            done = any(row.values.get(name) for name in ("executed_at", "exec_report_at"))
            stage, shape, words = STATIONS[-1], Shape.DONE if done else Shape.DOING, STATIONS[-1]
            standing = CLOSED if done and not running else OPEN
        else:
            assert flow is not None
            ends = {each.code for each in flow.states if each.end}
            filing = all(task.action in ends for task in running)
            over = state.end or (state.shape in (Shape.DONE, Shape.NONE) and state.stage != STATIONS[-1] and filing)
            standing = CLOSED if over else HELD if state.shape is Shape.PAUSED and key[0] == LEAD.key else OPEN
            stage = state.stage if state.stage in STATIONS else stretch(key[0]).station
            shape, words = state.shape, state.label
        if standing != OPEN:
            stage = ENDED_WORDS if standing == CLOSED else HELD_WORDS
            shape = Shape.DONE if standing == CLOSED else Shape.PAUSED
        day, told = _how_it_ended(row, words)
        if standing == HELD:
            # Laid aside after a check, it stands there whatever was approved before.
            told = words
        nearest = min(running, key=lambda task: task.due, default=None) if standing != CLOSED else None
        began = day_of(row.values.get(register.main_date))
        return Line(key, tuple(group), row.no, _title(row), stage, standing, words, shape, began, told, day, nearest)


def _groups(rows: Mapping[Key, Row], links: Sequence[tuple[Key, str, Key]]) -> Iterator[list[Key]]:
    """Yield the records of each matter, letters first; a letter stands in the matter of every lead made of it."""
    below: dict[Key, set[Key]] = defaultdict(set)
    for own, name, target in links:
        down = (own[0], name) in _DOWN
        above, under = (own, target) if down else (target, own)
        if KEYS.index(above[0]) < KEYS.index(under[0]):
            below[above].add(under)
    led: set[Key] = set()
    for key in sorted(rows, key=lambda each: (KEYS.index(each[0]), each[1])):
        if key[0] == PETITION.key:
            led |= {key} if any(each[0] == LEAD.key for each in below[key]) else set()
        else:
            led |= below[key]
    letters: dict[Key, list[Key]] = defaultdict(list)
    for letter in [key for key in below if key[0] == PETITION.key]:
        for each in below[letter]:
            letters[each].append(letter)
    for key in rows:
        if key in led:
            continue
        found, waiting = {key}, [key]
        while waiting and key[0] != PETITION.key:
            for each in below[waiting.pop()]:
                if each not in found:
                    found.add(each)
                    waiting.append(each)
        found |= {letter for each in tuple(found) for letter in letters[each]}
        yield sorted(found, key=lambda each: (KEYS.index(each[0]), each[1]))


def _standing_for(group: Sequence[Key]) -> Key:
    return next(each for each in reversed(group) if each[0] != MEASURE.key)


def _nearest(line: Line) -> tuple[bool, date]:
    return (line.task is None, line.task.due if line.task and line.standing == OPEN else date.max)


def _ordinal(line: Line) -> int:
    day = line.ended_on if line.standing == CLOSED else line.began
    return (day or date.min).toordinal()


def _title(row: Row) -> str:
    """Return whom and what a matter is about; an item of the upper level has its number only."""
    register = registers.register(row.register)
    if row.values.get("name"):
        return str(row.values["name"])
    subject = row.values.get("subject") or row.values.get("reported_names")
    names = "、".join(each.label for each in refs_in(subject))
    about = " ".join(str(row.values.get("summary") or "").split())
    if register.has("kind"):
        about = values.show(register.field("kind"), row.values.get("kind"))
    if names and about.startswith(("反映" + names, names)):
        return about
    return " ".join(word for word in (names, about) if word) or row.no or register.label


def _how_it_ended(row: Row, state: str) -> tuple[date | None, str]:
    register = registers.register(row.register)
    days, names = stretch(row.register).ended_on, stretch(row.register).ended_as
    day = next((found for name in days if (found := day_of(row.values.get(name)))), None)
    words = (values.show(register.field(name), row.values.get(name)) for name in names)
    return day, next((word for word in words if word), state)
