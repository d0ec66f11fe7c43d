"""The records chosen in a list: how many they are is known at once, which they are is read by whoever needs to know."""

from __future__ import annotations

from collections.abc import Sequence

from paizhu.base.view import View
from paizhu.services.records import Records
from paizhu.ui.register.table_model import RegisterModel

MOST_SEEN = 200
"""So many may have been chosen one by one, and were seen: the list has them at hand."""


class Chosen:
    """What was chosen at one moment; of many records the ids are read when first asked for, on whatever thread."""

    def __init__(
        self, records: Records, places: Sequence[tuple[View, range]], ids: Sequence[int] | None = None
    ) -> None:
        self._records, self._places = records, places
        self._ids = None if ids is None else tuple(ids)
        self.count = len(self._ids) if self._ids is not None else sum(len(places) for _view, places in self._places)

    def ids(self) -> tuple[int, ...]:
        """Return the ids in the order of the list, each once."""
        if self._ids is None:
            # In a tree one record may stand under two branches.
            self._ids = tuple(dict.fromkeys(self._records.ids_at(self._places)))
        return self._ids

    def is_same(self, other: Chosen) -> bool:
        """Tell whether another choice means the same records, without reading which they are."""
        return self is other or (self._ids is not None and self._ids == other._ids)


def chosen_among(records: Records, model: RegisterModel, lines: Sequence[range], left_id: int) -> Chosen:
    """Return what some lines of a list choose; where they are none, the record in hand that left the list."""
    places = [place for each in lines for place in model.places_among(each)]
    if not places:
        return Chosen(records, (), [left_id] if left_id else [])
    if sum(len(among) for _view, among in places) > MOST_SEEN:
        return Chosen(records, places)
    rows = (model.row(at) for each in lines for at in each if model.records_among(at, at))
    return Chosen(records, (), list(dict.fromkeys(row.id for row in rows if row)))
