"""The rows of a list, read in windows as they are scrolled to; sorting and filtering are the vault's work."""

from __future__ import annotations

import sys
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from paizhu.base import values
from paizhu.base.field import Field
from paizhu.base.register import Register
from paizhu.base.rows import Ref, Row
from paizhu.base.view import DUE, View
from paizhu.services.deadlines.task import Task
from paizhu.services.records import Records
from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.kit.guard import Guarded
from paizhu.ui.kit.roles import MarkRole, RowRole, SortRole, Tone, ToneRole
from paizhu.ui.register.cell_words import LACKING, NOTHING, CellWords, Window
from paizhu.ui.register.columns import HINTS, VOID_REASON, VOIDED_AT
from paizhu.ui.register.words import deadline_mark, explanation, hints_mark, state_mark
from paizhu.ui.turns import PutOff

WINDOW = 40
"""Rows read at once: about what a screen shows, since every row read costs more than finding it.

Of a condition nobody counted yet the first rows are shown without counting the others, which is done in the next turn.
"""
KEPT_WINDOWS = 80
KEPT_PLACES = 10_000

Index = QModelIndex | QPersistentModelIndex
Stored = tuple[Window, int]
"""A record: those it was read with, and its place among them."""
DeadlinesOf = Callable[[Sequence[Row]], Mapping[int, Sequence[Task]]]
"""The running clocks of some records by their id; those without any may be left out."""
CountBeside = Callable[[View, Callable[[], object]], object]
"""Counts a view, then does something."""
_ROLE = Qt.ItemDataRole
_DISPLAY = int(_ROLE.DisplayRole)
_ROOT = QModelIndex()
_TOLD = frozenset(
    {
        *(int(role) for role in (_ROLE.DisplayRole, _ROLE.AccessibleTextRole, _ROLE.ToolTipRole)),
        *(MarkRole, ToneRole, SortRole, RowRole),
    }
)


class RegisterModel(Guarded, QAbstractTableModel):
    """A window on one view of one register; at most a few windows are kept, never all rows."""

    counted = Signal()
    """A long view is counted to its end."""
    told_roles = _TOLD
    """What delegates need not ask for when it is not among these."""

    def __init__(
        self, records: Records, register: Register, columns: Sequence[Column], deadlines: DeadlinesOf | None = None
    ) -> None:
        super().__init__()
        self._records = records
        self.register = register
        self.columns = tuple(columns)
        self._fields: list[Field | None] = [
            register.field(column.key) if register.has(column.key) else None for column in columns
        ]
        self._marked = [column.kind is CellKind.STATUS or column.key in (DUE, HINTS) for column in columns]
        self._width = len(self.columns)
        self._places: dict[tuple[int, int], QModelIndex] = {}
        self._deadlines = deadlines
        self._words_of = CellWords(register, self.columns, self._fields)
        self._read: tuple[str, ...] | None = None if deadlines else self._words_of.needed()
        """The fields that are read, more as more columns are shown; None for all, since a clock may start at any."""
        self._tasks: dict[int, Sequence[Task]] = {}
        self._windows: OrderedDict[int, Window] = OrderedDict()
        self.view = View(register.key)
        self.today = date.min
        self._later = PutOff(self)
        self.count_beside: CountBeside | None = None
        """Counts what would be felt on another thread; without it that is done in the next turn."""
        self._is_whole = True
        self.total = 0
        self.lines = 0
        """How many lines the list has: one for each record."""

    @property
    def is_counted(self) -> bool:
        """Tell whether ``total`` is all there are, and not only those shown before the others are counted."""
        return self._is_whole

    @property
    def is_locked(self) -> bool:
        """Tell whether the vault was locked: there is nothing more to be read."""
        return self._records.is_locked

    def records_among(self, top: int, bottom: int) -> int:
        """Return how many of some lines hold records."""
        return bottom - top + 1

    def places_among(self, lines: range) -> list[tuple[View, range]]:
        """Return where the records of some lines stand, as places in a view."""
        return [(self.view, lines)]

    def first_record(self) -> int:
        """Return the first line that holds a record, or -1."""
        return 0 if self.total else -1

    def column_of(self, key: str) -> str:
        """Return the column that shows an order by a field."""
        return key

    def show_record(self, record_id: int) -> None:
        """Make sure that nothing hides a record: in a plain list nothing does."""

    def show_view(self, view: View, today: date) -> None:
        """Show other records or another order, from the first row on."""
        self.beginResetModel()
        self.view, self.today = view, today
        self._forget()
        total = self._records.known_count(view)
        self._is_whole = total is not None
        if total is None:
            # Where a condition must look at every record, counting first would look at them twice.
            first = self._records.first(view, WINDOW, self._read)
            self._windows[0] = Window(first, self._width)
            total = len(first.records)
            self._is_whole = total < WINDOW
        self.total = self.lines = total
        self.endResetModel()
        if self._is_whole:
            return
        rest = partial(self._count_rest, view)
        if self.count_beside and self._records.is_very_long(view):
            self._later.give_up()
            self.count_beside(view, rest)
        else:
            self._later.put_off(rest)

    def count_on(self) -> None:
        """Count a long view to its end now: whoever looks for a place in it cannot wait."""
        self._later.give_up()
        self._count_rest(self.view)

    def _count_rest(self, view: View) -> None:
        if self._is_whole or view != self.view or self._records.is_locked:
            return
        total, self._is_whole = self._records.count(self.view), True
        if total > self.total:
            self.beginInsertRows(_ROOT, self.total, total - 1)
            self.total = self.lines = total
            self.endInsertRows()
        self.counted.emit()

    def index(self, row: int, column: int, parent: Index = _ROOT) -> QModelIndex:
        """Return where a cell stands; Qt's own way would ask for both counts again, at every cell it paints."""
        if 0 <= row < self.lines and 0 <= column < self._width and (parent is _ROOT or not parent.isValid()):
            # Making a place costs more than all else that painting asks of a cell, and says only row and column.
            return self._places.get((row, column)) or self._placed(row, column)
        return QModelIndex()

    def _placed(self, row: int, column: int) -> QModelIndex:
        if len(self._places) >= KEPT_PLACES:
            self._places.clear()
        place = self._places[row, column] = self.createIndex(row, column)
        return place

    def read_again(self, today: date, view: View | None = None) -> None:
        """Forget what was read: something was written, which may have changed the order of the ``view`` as well."""
        # Whoever looks at a line far down is to find it where it was.
        self._records.count(view or self.view)
        self.show_view(view or self.view, today)

    def stored(self, at: int) -> Stored | None:
        """Return what is stored of the record in a line of the list, or None where there is none."""
        if not 0 <= at < self.total:
            return None
        number, place = divmod(at, WINDOW)
        window = self._windows.get(number)
        if window is None:
            if self._records.is_locked:
                # A list that is being thrown away may be asked once more when the look changes.
                return None
            total = self.total if self._is_whole else None
            found = self._records.glimpse(self.view, number * WINDOW, WINDOW, total, self._read)
            window = self._windows[number] = Window(found, self._width)
            if len(self._windows) > KEPT_WINDOWS:
                self._windows.popitem(last=False)
        else:
            self._windows.move_to_end(number)
        return (window, place) if place < len(window.records) else None

    def row(self, at: int) -> Row | None:
        """Return the record in a line of the list with what the list shows of it, or None where there is none."""
        found = self.stored(at)
        return found[0].row(found[1]) if found else None

    def place_of(self, record_id: int, most: int = sys.maxsize) -> int:
        """Return the line a record stands in, or -1; lines read already are looked at first.

        In a view of more than ``most`` records only those are looked at.
        """
        for number, window in self._windows.items():
            if (place := window.place_of(record_id)) >= 0:
                return number * WINDOW + place
        self.count_on()
        # Counting the places before a record walks the whole view; in a very long one that would be felt.
        found = self._records.position(self.view, record_id) if self.total <= most else None
        return -1 if found is None else found

    def sorted_by(self, key: str, *, descending: bool) -> View | None:
        """Return the view in the order of a column, or None where a column has no order in the vault."""
        sortable = self.register.has(key) or key in (VOID_REASON, VOIDED_AT)
        return replace(self.view, order=((key, descending),)) if sortable else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of records in the view."""
        return 0 if parent.isValid() else self.total

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the number of columns, hidden ones too."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """Return the words over a column."""
        if orientation is Qt.Orientation.Horizontal and 0 <= section < len(self.columns):
            field = self._fields[section]
            if role == _ROLE.ToolTipRole and field and field.help:
                return field.help
            return self.columns[section].head(role)
        return None

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """Return words, value, marks and tooltip of a cell."""
        if role == _DISPLAY:
            number, place = divmod(index.row(), WINDOW)
            window = self._windows.get(number)
            if window and (words := window.columns[index.column()]):
                return words[place]
        elif role not in _TOLD:
            return None
        return self.cell(index, role)

    def cell(self, index: Index, role: int) -> Any:
        """Return what a cell says of the record in its line."""
        at = index.column()
        found = self._stored_with(index.row(), at) if index.isValid() else None
        if found is None:
            return None
        match role:
            case _ROLE.DisplayRole:
                return self._words(*found, at)
            case _ROLE.AccessibleTextRole:
                return f"{self.columns[at].words}：{self._words(*found, at)}"
            case _ROLE.ToolTipRole:
                return self._tooltip(*found, at)
            case _ if role == MarkRole:
                return self._mark(found[0].row(found[1]), at) if self._marked[at] else None
            case _ if role == ToneRole:
                return Tone.QUIET if self._words(*found, at) in (NOTHING, LACKING) else None
            case _ if role == SortRole:
                return found[0].row(found[1]).values.get(self.columns[at].key)
            case _ if role == RowRole:
                return found[0].row(found[1])
        return None

    def full_words(self, at_row: int, column: int) -> str:
        """Return the whole words of a cell, as they are copied: full dates, nothing for an empty value."""
        found = self._stored_with(at_row, column)
        if found is None:
            return ""
        field = self._fields[column]
        if field:
            return values.show(field, found[0].row(found[1]).values.get(field.name))
        words = self._words(*found, column)
        return "" if words == NOTHING else words

    def _stored_with(self, at_row: int, column: int) -> Stored | None:
        """Return a record with what a column shows of it; a column asked for the first time is read from now on."""
        if not self._words_of.knows(column) and self._read is not None:
            self._forget()
            self._read = self._words_of.needed()
        return self.stored(at_row)

    def _forget(self) -> None:
        """Forget the records that were read, and the words made of them."""
        self._windows.clear()
        self._tasks.clear()
        self._words_of.begin(self.today)

    def _words(self, window: Window, place: int, at: int) -> str:
        words = self._words_of.of(window, at)
        return self._own_words(window.row(place), self.columns[at].key) if words is None else words[place]

    def _own_words(self, row: Row, key: str) -> str:
        if key == DUE:
            tasks = self._due(row)
            return deadline_mark(tasks[0]).words if tasks else NOTHING
        words = str(row.values.get(key) or NOTHING)
        return words.replace("T", " ") if key == VOIDED_AT else words

    def _mark(self, row: Row, at: int) -> Any:
        column = self.columns[at]
        if column.kind is CellKind.STATUS:
            return state_mark(self.register, row.state)
        if column.key == DUE and (tasks := self._due(row)):
            return deadline_mark(tasks[0])
        if column.key == HINTS:
            return hints_mark(row)
        return None

    def _tooltip(self, window: Window, place: int, at: int) -> str | None:
        field, row = self._fields[at], window.row(place)
        if field is None:
            return "\n".join(map(explanation, self._due(row))) or None if self.columns[at].key == DUE else None
        value = row.values.get(field.name)
        words = values.show(field, value)
        if isinstance(value, Ref) and value.label and not value.linked:
            return f"{words}（未关联名册）"
        if self.columns[at].key == HINTS:
            return words or None
        # The delegate itself shows the words of a cell that is cut; here is what the cell does not hold.
        return words if words and words != self._words(window, place, at) else None

    def _due(self, row: Row) -> Sequence[Task]:
        if self._deadlines is None or self._records.is_locked:
            return self._tasks.get(row.id, ())
        if row.id not in self._tasks:
            # Whoever paints one row paints those around it, and all of them ask the vault as little as one does.
            window = next((each for each in self._windows.values() if each.place_of(row.id) >= 0), None)
            around = list(map(window.row, range(len(window.records)))) if window else [row]
            found = self._deadlines(around)
            self._tasks |= {each.id: found.get(each.id, ()) for each in around}
        return self._tasks[row.id]
