"""Orders that no index keeps, worked out once: every window of a long list needs the same, and so does the next view.

An order by names or by a rarely sorted column makes the database look at every record for each window that is
scrolled to. For a long list the ids of the whole register are kept in that order instead: a window is cut out of them,
a narrower view takes its own from among them, and a write puts only the changed records where they belong now.
"""

import threading
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from paizhu.base.view import View
from paizhu.storage import placing, queries
from paizhu.storage.vault import Vault

LONG = 2_000
"""A shorter list is sorted again for each window: nobody feels that, and nothing is kept."""
FELT = 20_000
"""Sorting more records for the first time would be felt: it is done while the list stands as it was."""
_MOST_VIEWS = 4
_MOST_WHOLE = 24


@dataclass(slots=True)
class _Whole:
    """All ids of a register in one order, as of an entry of the journal."""

    ids: "array[int]"
    entry: int


class Orders:
    """The ids of long views in orders of their own; whoever works them out ahead may do so on another thread."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._lock = threading.Lock()
        self._whole: dict[View, _Whole] = {}
        self._known: tuple[int, dict[View, Sequence[int] | None]] = (-1, {})
        self._asked: View | None = None

    def of(self, view: View, total: int | None) -> Sequence[int] | None:
        """Return the ids of a view in its order; None where an index keeps it, or where the list is short.

        ``total`` is None for a list nobody counted yet: only an order that was worked out before is used for it.
        """
        if total is not None and total <= LONG:
            return None
        known = self._now()
        if view not in known:
            if (ids := self._from_whole(view)) is None and (total is None or view != self._asked):
                # The first window is found without a list of all the others; many an order is only glanced at.
                self._asked = view
                return None
            if len(known) >= _MOST_VIEWS:
                known.pop(next(iter(known)))
            known[view] = self._sorted(view) if ids is None else ids
        return known[view]

    def at_hand(self, view: View) -> bool:
        """Tell whether a window of a view comes at once: an index keeps its order, or it was worked out before."""
        register = _register_of(view)
        if not view.order or view.ranked or self._now().get(view) is not None:
            return True
        with self._vault.read() as connection:
            return (
                self._caught_up(connection, register) is not None
                or queries.is_indexed(connection, view)
                or queries.count(connection, view, FELT + 1) <= FELT
            )

    def work_out(self, view: View) -> None:
        """Bring a whole register into the order of a view, so that every window of it comes at once from now on."""
        self._sorted(_register_of(view))

    def _sorted(self, view: View) -> Sequence[int] | None:
        with self._vault.read() as connection:
            if queries.is_indexed(connection, view):
                return None
            # Taken first: what is written while the ids are read is then put in its place again.
            entry = placing.newest_entry(connection)
            ids = array("q", queries.every_id(connection, view))
        if view == _register_of(view) and not view.ranked:
            with self._lock:
                while len(self._whole) >= _MOST_WHOLE:
                    self._whole.pop(next(iter(self._whole)))
                self._whole[view] = _Whole(ids, entry)
        return ids

    def _from_whole(self, view: View) -> Sequence[int] | None:
        register = _register_of(view)
        if register not in self._whole:
            return None
        with self._vault.read() as connection:
            ids = self._caught_up(connection, register)
            if ids is None or view == register:
                return ids
            chosen = queries.members(connection, view)
        return array("q", filter(chosen.__contains__, ids))

    def _caught_up(self, connection: Any, register: View) -> Sequence[int] | None:
        """Return the ids of a register in an order worked out before, as they stand now; None to sort anew."""
        with self._lock:
            whole = self._whole.get(register)
            if whole is None:
                return None
            entry = placing.newest_entry(connection)
            if entry > whole.entry:
                changed = placing.changed_since(connection, register.register, whole.entry)
                if changed is None:
                    del self._whole[register]
                    return None
                placing.place_anew(connection, register, whole.ids, changed)
                whole.entry = entry
            return whole.ids

    def _now(self) -> dict[View, Sequence[int] | None]:
        # Taken before anything is read: what another thread writes meanwhile is then sorted again.
        writes, known = self._vault.writes, self._known
        if known[0] != writes:
            self._known = known = writes, {}
        return known[1]


def _register_of(view: View) -> View:
    """Return a view without its conditions: the whole register in the same order."""
    return replace(view, conditions=(), missing=False)
