"""The rows of a list, read in windows as they are scrolled to; sorting and filtering are the vault's work."""

from __future__ import annotations

import sys
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from paizhu.base import values
from paizhu.base.field import Field, FieldKind
from paizhu.base.register import Register
from paizhu.base.rows import Ref, Row
from paizhu.base.view import View
from paizhu.services.deadlines.task import Task
from paizhu.services.records import Records
from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.kit.guard import Guarded
from paizhu.ui.kit.roles import MarkRole, RowRole, SortRole, Tone, ToneRole
from paizhu.ui.register.columns import DUE, HINTS, VOID_REASON, VOIDED_AT
from paizhu.ui.register.words import deadline_mark, explanation, hints_mark, in_list, state_mark

WINDOW = 40
"""Rows read at once: about what a screen shows, since every row read costs more than finding it."""
KEPT_WINDOWS = 80
NOTHING, LACKING = "—", "待补"

Index = QModelIndex | QPersistentModelIndex
DeadlinesOf = Callable[[Sequence[Row]], Mapping[int, Sequence[Task]]]
"""The running clocks of some records by their id; those without any may be left out."""
_ROLE = Qt.ItemDataRole
_ROOT = QModelIndex()
_TOLD = frozenset(
    {
        *(int(role) for role in (_ROLE.DisplayRole, _ROLE.AccessibleTextRole, _ROLE.ToolTipRole)),
        *(MarkRole, ToneRole, SortRole, RowRole),
    }
)


class RegisterModel(Guarded, QAbstractTableModel):
    """A window on one view of one register; at most a few windows of 128 rows are kept, never all rows."""

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
        self._deadlines = deadlines
        self._tasks: dict[int, Sequence[Task]] = {}
        self._windows: OrderedDict[int, list[Row]] = OrderedDict()
        self._wanted: dict[str, frozenset[str]] = {}
        self.view = View(register.key)
        self.today = date.min
        self.total = 0

    @property
    def lines(self) -> int:
        """How many lines the list has: one for each record."""
        return self.total

    def records_among(self, top: int, bottom: int) -> int:
        """Return how many of some lines hold records."""
        return bottom - top + 1

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
        self._windows.clear()
        self._tasks.clear()
        self.total = self._records.count(view)
        self.endResetModel()

    def read_again(self, today: date) -> None:
        """Forget what was read: something was written."""
        self.show_view(self.view, today)

    def row(self, at: int) -> Row | None:
        """Return the record in a line of the list, or None where there is none."""
        if not 0 <= at < self.total:
            return None
        number, place = divmod(at, WINDOW)
        window = self._windows.get(number)
        if window is None:
            window = self._records.window(self.view, number * WINDOW, WINDOW, self.total)
            self._windows[number] = window
            if len(self._windows) > KEPT_WINDOWS:
                self._windows.popitem(last=False)
        else:
            self._windows.move_to_end(number)
        return window[place] if place < len(window) else None

    def place_of(self, record_id: int, most: int = sys.maxsize) -> int:
        """Return the line a record stands in, or -1; lines read already are looked at first.

        In a view of more than ``most`` records only those are looked at.
        """
        for number, window in self._windows.items():
            for place, row in enumerate(window):
                if row.id == record_id:
                    return number * WINDOW + place
        # Counting the places before a record walks the whole view; in a very long one that would be felt.
        found = self._records.position(self.view, record_id) if self.total <= most else None
        return -1 if found is None else found

    def windows_kept(self) -> int:
        """Return how many windows are in memory."""
        return len(self._windows)

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
            if role == _ROLE.DisplayRole:
                return self.columns[section].words
            field = self._fields[section]
            if role == _ROLE.ToolTipRole and field and field.help:
                return field.help
        return None

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """Return words, value, marks and tooltip of a cell."""
        if role not in _TOLD:
            return None
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        at = index.column()
        match role:
            case _ROLE.DisplayRole:
                return self._words(row, at)
            case _ROLE.AccessibleTextRole:
                return f"{self.columns[at].words}：{self._words(row, at)}"
            case _ROLE.ToolTipRole:
                return self._tooltip(row, at)
            case _ if role == MarkRole:
                return self._mark(row, at)
            case _ if role == ToneRole:
                return Tone.QUIET if self._is_empty(row, at) else None
            case _ if role == SortRole:
                return row.values.get(self.columns[at].key)
            case _ if role == RowRole:
                return row
        return None

    def full_words(self, at_row: int, column: int) -> str:
        """Return the whole words of a cell, as they are copied: full dates, nothing for an empty value."""
        row = self.row(at_row)
        if row is None:
            return ""
        field = self._fields[column]
        if field:
            return values.show(field, row.values.get(field.name))
        words = self._words(row, column)
        return "" if words == NOTHING else words

    def _words(self, row: Row, at: int) -> str:
        field = self._fields[at]
        if field is None:
            return self._own_words(row, self.columns[at].key)
        value = row.values.get(field.name)
        if value is None or value in ("", ()):
            return LACKING if field.name in self._wanted_names(row) else NOTHING
        words = in_list(field, value, self.today)
        # A narrow column tells the day of a moment; the hour stands in the record and in the tooltip.
        return words.split()[0] if field.kind is FieldKind.MOMENT and self.columns[at].words != field.label else words

    def _is_empty(self, row: Row, at: int) -> bool:
        field = self._fields[at]
        if field is None:
            return self._own_words(row, self.columns[at].key) == NOTHING
        value = row.values.get(field.name)
        return value is None or value in ("", ())

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

    def _tooltip(self, row: Row, at: int) -> str | None:
        field = self._fields[at]
        if field is None:
            return "\n".join(map(explanation, self._due(row))) or None if self.columns[at].key == DUE else None
        value = row.values.get(field.name)
        words = values.show(field, value)
        if isinstance(value, Ref) and value.label and not value.linked:
            return f"{words}（未在名册）"
        if self.columns[at].key == HINTS:
            return words or None
        # The delegate itself shows the words of a cell that is cut; here is what the cell does not hold.
        return words if words and words != self._words(row, at) else None

    def _due(self, row: Row) -> Sequence[Task]:
        if self._deadlines is None:
            return ()
        if row.id not in self._tasks:
            # Whoever paints one row paints those around it, and all of them ask the vault as little as one does.
            around = next((window for window in self._windows.values() if any(each is row for each in window)), [row])
            found = self._deadlines(around)
            self._tasks |= {each.id: found.get(each.id, ()) for each in around}
        return self._tasks[row.id]

    def _wanted_names(self, row: Row) -> frozenset[str]:
        """Return what a record in this state must have, worked out once per state and not once per cell."""
        if row.state not in self._wanted:
            state = {"state": row.state} if row.state else {}
            self._wanted[row.state] = frozenset(self.register.wanted_now(state))
        return self._wanted[row.state]
