"""Values as they stand in a list: short dates, one line, states with their shapes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from paizhu.base import flow, stored, values
from paizhu.base.dates import short_day
from paizhu.base.field import Field, FieldKind
from paizhu.base.register import Register
from paizhu.base.rows import Row, Value
from paizhu.rules.limits import Standing
from paizhu.services.deadlines.task import Task
from paizhu.ui.icons import Shape
from paizhu.ui.kit.roles import Mark, Tone

_LONGEST = 400
_FEW = frozenset({FieldKind.CHOICE, FieldKind.YES_NO, FieldKind.DAY, FieldKind.MOMENT})
_SHAPES: dict[flow.Shape, tuple[Shape, Tone]] = {
    flow.Shape.OPEN: (Shape.CIRCLE, Tone.PLAIN),
    flow.Shape.DOING: (Shape.HALF, Tone.PLAIN),
    flow.Shape.LACKING: (Shape.SQUARE, Tone.PLAIN),
    flow.Shape.PAUSED: (Shape.BARS, Tone.PLAIN),
    flow.Shape.DONE: (Shape.TICK, Tone.DONE),
    flow.Shape.WARN: (Shape.TRIANGLE, Tone.AMBER),
    flow.Shape.OVERDUE: (Shape.DIAMOND, Tone.ACCENT),
    flow.Shape.NONE: (Shape.DASH, Tone.QUIET),
}
# One record of a list is not always called as the list is: one does not add a whole 清单.
_ONE = {"duty_item": "事项", "review_item": "议题", "integrity_talk": "谈话"}
_DEADLINES = {
    "overdue": (Shape.DIAMOND, Tone.ACCENT),
    "today": (Shape.TRIANGLE, Tone.AMBER),
    "soon": (Shape.TRIANGLE, Tone.AMBER),
    "later": (Shape.CIRCLE, Tone.PLAIN),
}


def in_list(field: Field, value: Value, today: date) -> str:
    """Return the words of a cell: days without this year's number, several lines as one."""
    if field.kind is FieldKind.DAY and isinstance(value, date):
        return short_day(value, today).split()[0]
    if field.kind is FieldKind.MOMENT and isinstance(value, date):
        day = short_day(value, today).split()[0]
        timed = isinstance(value, datetime) and (value.hour or value.minute)
        return f"{day} {value:%H:%M}" if timed else day
    words = values.show(field, value)
    return " ".join(words[:_LONGEST].split())


def new_words(register: Register) -> str:
    """Return what the button says that begins a record: the verb and what one record is called."""
    return f"新增{_ONE.get(register.key, register.label)}"


def lister(field: Field, today: date) -> Callable[[Any], str]:
    """Return what gives the words of a cell, as :func:`in_list` does, straight from what its column keeps."""
    if field.kind in _FEW:
        return _Known(field, today).__getitem__
    if field.kind is FieldKind.REF:
        return _ref_words
    if field.kind is FieldKind.LINE:
        return lambda kept: kept if len(kept) <= _LONGEST and kept.isprintable() else " ".join(kept[:_LONGEST].split())
    read, show = stored.reader_of(field.kind), values.shower(field)
    return lambda kept: " ".join(show(read(kept) if read else kept)[:_LONGEST].split())


def _ref_words(kept: str) -> str:
    words = stored.ref_words(kept)
    # Names mostly hold nothing that a line has to be rid of.
    if len(words) <= _LONGEST and words.isprintable() and " " not in words:
        return words
    return " ".join(words[:_LONGEST].split())


class _Known(dict[Any, str]):
    """Words of the few values that come again and again, each made once."""

    def __init__(self, field: Field, today: date) -> None:
        super().__init__()
        self._field, self._today = field, today

    def __missing__(self, kept: Any) -> str:
        words = self[kept] = in_list(self._field, stored.from_db(self._field.kind, kept), self._today)
        return words


def state_mark(register: Register, code: str) -> Mark | None:
    """Return shape and words of a state; a code nobody declares is shown as it is."""
    if register.flow is None or not code:
        return None
    try:
        state = register.flow.state(code)
    except KeyError:
        return Mark(Shape.CIRCLE, code, Tone.QUIET)
    shape, tone = _SHAPES[state.shape]
    return Mark(shape, state.label, tone)


def hints_mark(row: Row) -> Mark:
    """Return how many hints are open, whether all were looked into, or that there is none."""
    flags = row.values.get("flags")
    count = len(flags) if isinstance(flags, tuple) else 0
    if count:
        return Mark(Shape.TRIANGLE, f"{count} 条", Tone.AMBER)
    return (
        Mark(Shape.TICK, "已核实", Tone.DONE, " ")
        if row.values.get("flags_seen")
        else Mark(Shape.DASH, "无", Tone.QUIET)
    )


def deadline_mark(task: Task) -> Mark:
    """Return shape and words of a due day, the shorter words for where room is scarce."""
    return standing_mark(task.standing)


def standing_mark(standing: Standing) -> Mark:
    """Return shape and words of a due day as it stands, wherever it was counted."""
    shape, tone = _DEADLINES[standing.state]
    return Mark(shape, standing.words, tone, standing.short)


def explanation(task: Task) -> str:
    """Return what a deadline is, how it was counted and on what it rests, for its tooltip."""
    lines = [f"{task.what}：{task.standing.words}", task.explanation, f"依据：{task.source}" if task.source else ""]
    return "\n".join(line for line in lines if line)


def meta_line(register: Register, row: Row, today: date) -> str:
    """Return what stands under the title of a record: its number, kind of record and main date."""
    day = row.values.get(register.main_date) if register.main_date else None
    parts = [row.no or register.label]
    if register.main_date and isinstance(day, date):
        field = register.field(register.main_date)
        parts.append(f"{field.label} {in_list(field, day, today)}")
    return "　".join(parts)
