"""The words of a list's cells, made for a column of a whole window at once: a list is painted again and again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from paizhu.base.asked import Asked
from paizhu.base.field import Field, FieldKind
from paizhu.base.register import Register
from paizhu.base.rows import Glimpse, Row
from paizhu.ui.kit.columns import Column
from paizhu.ui.register.columns import HINTS, VOID_REASON, VOIDED_AT
from paizhu.ui.register.words import lister

NOTHING, LACKING = "—", "待补"


class Window:
    """Records read together, and what was painted of them: the words of each column, once somebody asked."""

    __slots__ = ("columns", "glimpse", "records")

    def __init__(self, glimpse: Glimpse, columns: int) -> None:
        self.glimpse = glimpse
        self.records = glimpse.records
        self.columns: list[list[str] | None] = [None] * columns

    def row(self, place: int) -> Row:
        """Return one of the records with whatever was read of it."""
        return self.glimpse.row_of(self.records[place])

    def place_of(self, record_id: int) -> int:
        """Return where a record stands among these, or -1."""
        return next((place for place, record in enumerate(self.records) if record[0] == record_id), -1)


class _Asking:
    """What asks for an empty field of some records, told once for all that are alike in what it looks at."""

    __slots__ = ("_asked", "_known", "_of")

    def __init__(self, asked: Sequence[Asked]) -> None:
        self._asked = asked
        self._of = tuple(dict.fromkeys(name for each in asked for name in each.when.of))
        self._known: dict[tuple[Any, ...], str] = {}

    def words(self, record: Sequence[Any], places: Mapping[str, int]) -> str:
        """Return the words for a record that has nothing there."""
        told = tuple([record[places[name]] for name in self._of])
        return self._known.get(told) or self._tell(told)

    def _tell(self, told: tuple[Any, ...]) -> str:
        values = dict(zip(self._of, told, strict=True))
        found = self._known[told] = LACKING if any(each.lacks(values) for each in self._asked) else NOTHING
        return found


class CellWords:
    """What the columns of a list show, and which fields have to be read for those that were asked for."""

    def __init__(self, register: Register, columns: Sequence[Column], fields: Sequence[Field | None]) -> None:
        self._register = register
        self._columns = columns
        self._fields = fields
        self._asked = {at for at, column in enumerate(columns) if column.shown}
        self._today = date.min
        self._listers: dict[int, Callable[[Any], str]] = {}
        self._empty: list[dict[Any, str | _Asking]] = [{} for _ in columns]

    def begin(self, today: date) -> None:
        """Tell short days from this day on."""
        if today != self._today:
            self._today = today
            self._listers.clear()

    def knows(self, column: int) -> bool:
        """Tell whether a column was asked for before; from now on it is."""
        known = column in self._asked
        self._asked.add(column)
        return known

    def needed(self) -> tuple[str, ...]:
        """Return the fields that the columns asked for are made of."""
        keys = {self._columns[at].key for at in self._asked}
        also = {"no", "state", *(("flags", "flags_seen") if HINTS in keys else ())}
        # Whether an empty cell must be filled in may be told by another field.
        also |= {other for name in keys for other in self._register.conditions_of(name)}
        known = [name for name in sorted(keys | also) if self._register.has(name)]
        return (*known, *sorted(keys & {VOID_REASON, VOIDED_AT}))

    def of(self, window: Window, at: int) -> list[str] | None:
        """Return the words of a column of some records; None for a column that is not one of a field."""
        made, field = window.columns[at], self._fields[at]
        if made is None and field is not None:
            made = window.columns[at] = self._make(window.glimpse, field, at)
        return made

    def _make(self, glimpse: Glimpse, field: Field, at: int) -> list[str]:
        words = self._listers.get(at) or self._listers.setdefault(at, self._lister(field, at))
        places = glimpse.places
        place, stands = places[field.name], places.get("state")
        kept = [record[place] for record in glimpse.records]
        if None not in kept:
            return [words(each) for each in kept]
        empty, made = self._empty[at], []
        for each, record in zip(kept, glimpse.records, strict=True):
            if each is not None:
                made.append(words(each))
                continue
            state = "" if stands is None else record[stands]
            said = empty.get(state) or self._emptied(field, at, state)
            made.append(said if isinstance(said, str) else said.words(record, places))
        return made

    def _emptied(self, field: Field, at: int, state: Any) -> str | _Asking:
        """Return the words for no value in a column, or what tells them of a record in this state."""
        asked = tuple(each for each in self._register.asked_in(state or "") if each.name == field.name)
        always = LACKING if field.name in self._register.wanted_in(state or "") else NOTHING
        found = self._empty[at][state] = _Asking(asked) if asked else always
        return found

    def _lister(self, field: Field, at: int) -> Callable[[Any], str]:
        words = lister(field, self._today)
        if field.kind is FieldKind.MOMENT and self._columns[at].words != field.label:
            # A narrow column tells the day of a moment; the hour stands in the record and in the tooltip.
            return lambda kept: words(kept).split()[0]
        return words
