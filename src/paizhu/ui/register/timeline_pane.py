"""Every day that stands in a record and in the rows under it, in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from paizhu.base import values
from paizhu.base.dates import short_day
from paizhu.base.field import Sens
from paizhu.base.register import Register
from paizhu.base.rows import Row
from paizhu.ui.icons import Shape
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.pills import MarkLabel
from paizhu.ui.kit.roles import Mark, Tone


@dataclass(frozen=True)
class Moment:
    """One day of a record: what it is, where it stands, and whether it still lies ahead."""

    day: date
    place: str
    words: str
    ahead: bool


def moments(register: Register, row: Row, rows: Mapping[str, Sequence[Row]], today: date) -> list[Moment]:
    """Return the days of a record and its rows, the earliest first; class P4 is left out."""
    found = _of_row(register, row, _section_names(register), today)
    for child in register.rows:
        for below in rows.get(child.key, ()):
            title = "" if any(child.field(name).sens is Sens.P4 for name in child.title) else child.title_of(below)
            named = dict.fromkeys(child.dated_names, child.label)
            found += [
                Moment(each.day, each.place, f"{each.words}：{title}" if title else each.words, each.ahead)
                for each in _of_row(child, below, named, today)
            ]
    return sorted(found, key=lambda each: (str(each.day)[:10], each.words))


def _section_names(register: Register) -> dict[str, str]:
    return {name: section.label for section in register.sections for name in section.names}


def _of_row(register: Register, row: Row, places: Mapping[str, str], today: date) -> list[Moment]:
    found = []
    for name in register.dated_names:
        field, value = register.field(name), row.values.get(name)
        if field.sens is Sens.P4 or not isinstance(value, date):
            continue
        day = value.date() if isinstance(value, datetime) else value
        time = values.show(field, value)[11:]
        found.append(Moment(day, places.get(name, ""), f"{field.label} {time}".strip(), day > today))
    return found


class TimelinePane(QWidget):
    """A list of days, those that lie ahead with an open circle."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 12, 16, 16)
        self._list = QWidget()
        self._column.addWidget(self._list)
        # Not an alignment: with one, Qt gives a list of wrapped words the height it has at another width.
        self._column.addStretch(1)

    def show_record(self, register: Register, row: Row, rows: Mapping[str, Sequence[Row]], today: date) -> None:
        """Show the days of a record."""
        self._list.hide()
        self._list.deleteLater()
        self._list = QWidget()
        grid = QGridLayout(self._list)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(2, 1)
        found = moments(register, row, rows, today)
        for at, moment in enumerate(found):
            shape, tone = (Shape.CIRCLE, Tone.PLAIN) if moment.ahead else (Shape.DOT, Tone.DONE)
            words = f"{short_day(moment.day, today)}，{moment.place}，{moment.words}"
            mark = MarkLabel(Mark(shape, short_day(moment.day, today), tone), bold=False)
            mark.setAccessibleName(words)
            grid.addWidget(mark, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Label(moment.place, ink="ink2"), at, 1, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Label(moment.words, wraps=True), at, 2)
        if not found:
            grid.addWidget(Label("这条记录还没有写日期", ink="ink2"), 0, 0)
        self._column.insertWidget(self._column.count() - 1, self._list)
