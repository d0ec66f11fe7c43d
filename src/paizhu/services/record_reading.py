"""Reading records as a list, a page or a paper shows them; nothing is written."""

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from paizhu.base.register import Register
from paizhu.base.rows import Glimpse, Row
from paizhu.base.view import View
from paizhu.services.desk import Desk
from paizhu.storage import queries
from paizhu.storage.tables import table


class RecordReading:
    """What can be asked of single records and of the lists they stand in."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._vault = desk.vault

    @property
    def is_locked(self) -> bool:
        """Tell whether the vault was locked meanwhile: nothing can be read any more."""
        return self._vault.closed

    def get(self, register: Register, record_id: int) -> Row:
        """Return one record, voided or not."""
        with self._vault.read() as connection:
            return queries.one(connection, table(register), record_id)

    def rows(self, register: Register, record_id: int) -> dict[str, list[Row]]:
        """Return the rows under a record, by their kind."""
        with self._vault.read() as connection:
            return {
                child.key: queries.children(connection, table(register, child.key), record_id)
                for child in register.rows
            }

    def count(self, view: View) -> int:
        """Return how many records a view holds."""
        found = self._desk.orders.count(view)
        return self._desk.counts.of(view) if found is None else found

    def known_count(self, view: View) -> int | None:
        """Return how many records a view holds where that is known at once; None where they have to be looked at."""
        found = self._desk.orders.count(view)
        return self._desk.counts.known(view) if found is None else found

    def first(self, view: View, limit: int, names: Sequence[str] | None = None) -> Glimpse:
        """Return the first records of a view nobody counted; where there are no more, their number is known then."""
        note = self._desk.counts.noting(view)
        found = self.glimpse(view, 0, limit, None, names)
        if len(found.records) < limit:
            note(len(found.records))
        return found

    def window(self, view: View, offset: int, limit: int, total: int | None = None) -> list[Row]:
        """Return part of a list."""
        with self._vault.read() as connection:
            return queries.window(connection, view, offset, limit, total)

    def glimpse(
        self, view: View, offset: int, limit: int, total: int | None = None, names: Sequence[str] | None = None
    ) -> Glimpse:
        """Return part of a list as stored, with the named fields (None: all): for a table that paints what is seen."""
        ids = self._desk.orders.of(view, total)
        with self._vault.read() as connection:
            if ids is not None:
                return queries.glimpse_of(connection, view, ids[offset : offset + limit], names)
            return queries.glimpse(connection, view, offset, limit, total, names)

    def position(self, view: View, record_id: int) -> int | None:
        """Return where a record stands in a view, to keep the place after a change."""
        ids = self._desk.orders.of(view, self.count(view))
        if ids is not None:
            try:
                return ids.index(record_id)
            except ValueError:
                return None
        with self._vault.read() as connection:
            return queries.position(connection, view, record_id)

    def is_at_hand(self, view: View) -> bool:
        """Tell whether a view comes at once in its order; else that is worked out first, which would be felt."""
        return self._desk.orders.at_hand(view)

    def is_worked_out(self, view: View) -> bool:
        """Tell whether every place in a view comes at once, also one that no index leads to."""
        return self._desk.orders.is_worked_out(view)

    def is_very_long(self, view: View) -> bool:
        """Tell whether looking at every record of the register of a view would be felt."""
        return self._desk.orders.is_very_long(view)

    def work_out_order(self, view: View) -> None:
        """Work out the order of a view, on whatever thread; from then on each of its windows comes at once."""
        self._desk.orders.work_out(view)

    def ids(self, view: View) -> list[int]:
        """Return the ids of a view in its order, for acts on many."""
        with self._vault.read() as connection:
            return queries.ids(connection, view)

    def ids_at(self, places: Sequence[tuple[View, range]]) -> list[int]:
        """Return the ids of the records that stand in some places of views, those of one view from top to bottom."""
        with self._vault.read() as connection:
            return [
                record_id
                for view, grouped in groupby(places, itemgetter(0))
                for record_id in queries.ids_at(connection, view, [each for _view, each in grouped])
            ]

    def tally(self, view: View, name: str) -> dict[Any, int]:
        """Return how many records of a view carry each stored value of a column."""
        with self._vault.read() as connection:
            return queries.tally(connection, view, name)

    def default_view(self, register: Register) -> View:
        """Return the list a register opens with: live records, newest first."""
        order = ((register.main_date, True),) if register.main_date else ()
        return View(register.key, order=order)

    def attachments(self, register: Register, record_id: int) -> list[dict[str, Any]]:
        """Return name, size, slot, digest and date of the files at a record."""
        names = ("id", "slot", "name", "size", "digest", "added_by", "added_at")
        with self._vault.read() as connection:
            found = queries.files_at(connection, register.key, record_id, names)
        return [dict(zip(names, row, strict=True)) for row in found]
