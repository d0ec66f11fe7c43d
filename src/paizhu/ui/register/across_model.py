"""The list of matters as the table shows it: title, stage, nearest deadline; chips and words narrow it down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from operator import itemgetter
from typing import Any

from paizhu.base.dates import short_day
from paizhu.base.text import folded
from paizhu.base.word_order import name_key, words_key
from paizhu.registers.course import STATIONS
from paizhu.services.matters.listing import CLOSED, HELD, OPEN, Key, Line
from paizhu.ui.icons import Shape
from paizhu.ui.kit.chips import Chip
from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.kit.lines_model import Cells, LinesModel
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.register.words import deadline_mark, explanation

ALL, TODAY, OVERDUE = "all", "today", "overdue"
_LONGEST_NAME = 4
_STANDINGS = (OPEN, HELD, CLOSED)
_SHAPES = {HELD: (Shape.BARS, Tone.PLAIN), CLOSED: (Shape.TICK, Tone.DONE), OPEN: (Shape.HALF, Tone.PLAIN)}


class AcrossModel(LinesModel[Line]):
    """Holds all matters and shows those a chip and words leave."""

    def __init__(self) -> None:
        cells: tuple[Cells[Line], ...] = (
            Cells(
                Column("title", "案件（线索）", width=180, stretches=True),
                lambda line: line.title,
                tip=lambda line: f"{line.no}\n{line.title}" if line.no else None,
            ),
            Cells(
                Column("stage", "阶段", width=92, kind=CellKind.STATUS),
                lambda line: line.stage,
                mark=lambda line: Mark(_SHAPES[line.standing][0], line.stage, _SHAPES[line.standing][1]),
                tip=lambda line: line.state_words,
            ),
            Cells(
                Column("due", "最近时限", width=150, kind=CellKind.DEADLINE, least=144),
                self._due,
                mark=lambda line: deadline_mark(line.task) if line.task and _presses(line) else None,
                tip=lambda line: explanation(line.task) if line.task else None,
                tone=lambda line: None if _presses(line) else Tone.DONE,
            ),
            Cells(Column("no", "编号", width=130, rank=1, shown=False), lambda line: line.no),
        )
        super().__init__(cells)
        self.every: list[Line] = []
        self.facet, self.words, self.today = ALL, "", date.min
        self._sorted_by, self._descending = "", False

    def show_matters(self, lines: Sequence[Line], today: date) -> None:
        """Show these matters."""
        self.every, self.today = list(lines), today
        self.show_lines(self._in_order([line for line in self.every if self._fits(line)]))

    def sort_by(self, key: str, *, descending: bool) -> None:
        """Show the matters in the order of a column; those without a value in it stand last either way."""
        self._sorted_by, self._descending = key, descending
        self.show_matters(self.every, self.today)

    def narrow(self, facet: str, words: str) -> None:
        """Show what a chip stands for, and of it what holds these words."""
        self.facet, self.words = facet, folded(words)
        self.show_matters(self.every, self.today)

    def chips(self) -> list[Chip]:
        """Return the chips with their counts; 已超期 stays away while nothing is."""
        counts = {key: sum(_of(key, line) for line in self.every) for key in (OPEN, OVERDUE, TODAY, HELD, CLOSED)}
        made = [Chip(ALL, "全部", len(self.every)), Chip(OPEN, "在办", counts[OPEN])]
        if counts[OVERDUE] or self.facet == OVERDUE:
            made.append(Chip(OVERDUE, "已超期", counts[OVERDUE], overdue=True))
        made += [Chip(TODAY, "今天到期", counts[TODAY]), Chip(HELD, "暂存待查", counts[HELD])]
        return [*made, Chip(CLOSED, "已办结", counts[CLOSED])]

    def place_of(self, register: str, record_id: int) -> int:
        """Return the line of a record, -1 when it is not shown; the line that opens it goes first."""
        key = (register, record_id)
        opening = self.row_where(lambda line: line.key == key)
        return opening if opening >= 0 else self.row_where(lambda line: key in line.records)

    def matter_of(self, key: Key) -> Line | None:
        """Return the matter a record belongs to, shown or not; None for one that belongs to none."""
        return next((line for line in self.every if key in line.records), None)

    def _in_order(self, lines: list[Line]) -> list[Line]:
        key = _SORTED.get(self._sorted_by)
        if key is None:
            return lines
        told = [(found, line) for line in lines if (found := key(line)) is not None]
        ordered = [line for _key, line in sorted(told, key=itemgetter(0), reverse=self._descending)]
        return [*ordered, *(line for line in lines if key(line) is None)]

    def _fits(self, line: Line) -> bool:
        if self.facet != ALL and not _of(self.facet, line):
            return False
        return not self.words or self.words in folded(f"{line.title}{line.no}{line.stage}{line.state_words}")

    def _due(self, line: Line) -> str:
        if line.task and _presses(line):
            return deadline_mark(line.task).words
        day = short_day(line.ended_on, self.today).split()[0] if line.ended_on else ""
        return " ".join(word for word in (day, line.ended) if word) if line.standing != OPEN else "—"


def _by_title(line: Line) -> str:
    """Return what a title is compared by; most begin with the name of whom the matter is about."""
    name, rest, _summary = line.title.partition(" ")
    return name_key(line.title) if rest and len(name) <= _LONGEST_NAME else words_key(line.title)


def _by_stage(line: Line) -> tuple[int, int]:
    """Return where a matter stands in its course; what was laid aside or closed comes after all that is open."""
    return _STANDINGS.index(line.standing), STATIONS.index(line.stage) if line.stage in STATIONS else len(STATIONS)


def _by_day(line: Line) -> tuple[bool, date] | None:
    """Return the deadline that presses, or the day it was over; closed matters come after the open ones."""
    day = line.task.due if line.task and _presses(line) else line.ended_on
    return (line.standing != OPEN, day) if day else None


_SORTED: dict[str, Callable[[Line], Any]] = {
    "title": _by_title,
    "stage": _by_stage,
    "due": _by_day,
    "no": lambda line: words_key(line.no) if line.no else None,
}


def _presses(line: Line) -> bool:
    """Tell whether the deadline is what counts: what was laid aside is quiet until its review comes near."""
    if line.task is None or line.standing == CLOSED:
        return False
    return line.standing == OPEN or line.task.state != "later"


def _of(facet: str, line: Line) -> bool:
    if facet == TODAY:
        return line.due_today
    return line.overdue if facet == OVERDUE else line.standing == facet
