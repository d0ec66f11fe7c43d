"""Orders that no index keeps, worked out once: every window of a long list needs the same, and so does the next view.

An order by names or by a rarely sorted column makes the database look at every record for each window that is
scrolled to. For a long list the ids of the whole register are kept in that order instead: a window is cut out of them,
and a narrower view takes its own from among them. Which those are is kept as well, whatever order they stand in. A
write puts only the changed records where they belong now.
"""

import threading
from array import array
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Generic, TypeVar

from paizhu.base.view import DUE, View
from paizhu.storage import placing, queries, steps
from paizhu.storage.vault import Vault

LONG = 2_000
"""A shorter list is sorted again for each window: nobody feels that, and nothing is kept."""
FELT = 20_000
"""Looking at more records than these would be felt: it is done while the list stands as it was."""
_STEPS = 10
"""Steps of the database in which one record is looked at."""
_SEEN = 40
"""Records a list asks for before it is shown."""
_MOST_VIEWS = 4
_MOST_WHOLE = 24
_MOST_CHOSEN = 4

_Ids = TypeVar("_Ids", bound=Collection[int])


@dataclass(frozen=True, slots=True)
class _Kept(Generic[_Ids]):
    """Ids as of an entry of the journal: all of a register in one order, or those of a narrower view in none."""

    ids: _Ids
    entry: int


class Orders:
    """The ids of long views in orders of their own; whoever works them out ahead may do so on another thread."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._lock = threading.Lock()
        self._whole: dict[View, _Kept[array[int]]] = {}
        self._chosen: dict[View, _Kept[set[int]]] = {}
        self._known: tuple[int, dict[View, Sequence[int] | None]] = (-1, {})
        self._asked: View | None = None

    def of(self, view: View, total: int | None) -> Sequence[int] | None:
        """Return the ids of a view in its order; None where an index keeps it, or where the list is short.

        ``total`` is None for a list nobody counted yet: only what was worked out before is used for it.
        """
        known = self._now()
        if (ids := known.get(view)) is not None:
            return ids
        ids = self._worked_out(view)
        if ids is None:
            # None that is known: an index keeps the order, and its windows are read by that.
            if view in known or (total is not None and total <= LONG):
                return None
            if total is None or view != self._asked:
                # The first window is found without a list of all the others; many an order is only glanced at.
                self._asked = view
                return None
            ids = self._sorted(view)
        if len(known) >= _MOST_VIEWS:
            known.pop(next(iter(known)))
        known[view] = ids
        return ids

    def count(self, view: View) -> int | None:
        """Return how many records a narrower view holds, if that was worked out; None to count them."""
        if _is_whole(view):
            return None
        if (ids := self._now().get(view)) is not None:
            return len(ids)
        if not self._chosen or _chosen_by(view) not in self._chosen:
            return None
        with self._vault.read() as connection:
            chosen = self._chosen_now(connection, view)
        return None if chosen is None else len(chosen)

    def at_hand(self, view: View) -> bool:
        """Tell whether a list comes at once: it was worked out, or an index leads to its first records."""
        if self.is_worked_out(view) or not self.is_very_long(view):
            return True
        with self._vault.read() as connection:
            return steps.within(connection, FELT * _STEPS, partial(_comes, connection, view))

    def is_very_long(self, view: View) -> bool:
        """Tell whether it would be felt to look at every record of the register that a view is of."""
        every = replace(_chosen_by(view), conditions=(), missing=False)
        with self._vault.read() as connection:
            return queries.count(connection, every, FELT + 1) > FELT

    def is_worked_out(self, view: View) -> bool:
        """Tell whether every window of a view is cut out of what is kept, however far down it lies."""
        if self._now().get(view) is not None:
            return True
        with self._vault.read() as connection:
            return self._whole_now(connection, _kept_for(view)) is not None and (
                _is_whole(view) or self._chosen_now(connection, view) is not None
            )

    def work_out(self, view: View) -> None:
        """Bring a whole register into the order of a view and find the records of the view, so that every window of it
        comes at once from now on, also after a write.
        """
        whole, chosen = _kept_for(view), _chosen_by(view)
        with self._vault.read() as connection:
            if self._whole_now(connection, whole) is None:
                # Taken first: what is written while the ids are read is then put in its place again.
                entry = placing.newest_entry(connection)
                self._keep(self._whole, whole, _Kept(array("q", queries.every_id(connection, whole)), entry))
            if not _is_whole(view) and self._chosen_now(connection, view) is None:
                entry = placing.newest_entry(connection)
                self._keep(self._chosen, chosen, _Kept(queries.members(connection, chosen), entry))

    def _keep(self, kept: dict[View, _Kept[_Ids]], view: View, found: _Kept[_Ids]) -> None:
        most = _MOST_WHOLE if kept is self._whole else _MOST_CHOSEN
        with self._lock:
            while len(kept) >= most:
                kept.pop(next(iter(kept)))
            kept[view] = found

    def _sorted(self, view: View) -> Sequence[int] | None:
        with self._vault.read() as connection:
            if queries.is_indexed(connection, view):
                return None
            if not _is_whole(view) and self._whole_now(connection, _kept_for(view)) is None:
                return array("q", queries.every_id(connection, view))
        self.work_out(view)
        return self._worked_out(view)

    def _worked_out(self, view: View) -> Sequence[int] | None:
        """Return the ids of a view out of what is kept; None where that is not enough."""
        if not self._whole or _kept_for(view) not in self._whole:
            return None
        with self._vault.read() as connection:
            ids: Sequence[int] | None = self._whole_now(connection, _kept_for(view))
            if ids is not None and not _is_whole(view):
                chosen = self._chosen_now(connection, view)
                ids = None if chosen is None else array("q", filter(chosen.__contains__, ids))
        return ids if ids is None or not _is_by_due(view) else _nearest_first(view, ids)

    def _whole_now(self, connection: Any, register: View) -> "array[int] | None":
        """Return the ids of a register in an order worked out before, as they stand now; None to sort anew."""

        def placed(ids: "array[int]", changed: Collection[int]) -> "array[int]":
            # A copy: another thread may be cutting a window out of them.
            moved = ids[:]
            placing.place_anew(connection, register, moved, changed)
            return moved

        return self._caught_up(connection, self._whole, register, placed)

    def _chosen_now(self, connection: Any, view: View) -> set[int] | None:
        """Return the ids of a narrower view found before, as they are now; None to look for them anew."""
        bare = _chosen_by(view)

        def chosen(ids: set[int], changed: Collection[int]) -> set[int]:
            return ids.difference(changed).union(queries.among(connection, bare, changed))

        return self._caught_up(connection, self._chosen, bare, chosen)

    def _caught_up(
        self,
        connection: Any,
        kept: dict[View, _Kept[_Ids]],
        view: View,
        changed_in: Callable[[_Ids, Collection[int]], _Ids],
    ) -> _Ids | None:
        with self._lock:
            found = kept.get(view)
            if found is None:
                return None
            entry = placing.newest_entry(connection)
            if entry > found.entry:
                changed = placing.changed_since(connection, view.register, found.entry)
                if changed is None:
                    del kept[view]
                    return None
                kept[view] = found = _Kept(changed_in(found.ids, changed) if changed else found.ids, entry)
            return found.ids

    def _now(self) -> dict[View, Sequence[int] | None]:
        # Taken before anything is read: what another thread writes meanwhile is then sorted again.
        writes, known = self._vault.writes, self._known
        if known[0] != writes:
            self._known = known = writes, {}
        return known[1]


def _comes(connection: Any, view: View) -> bool:
    if not queries.is_indexed(connection, view):
        return queries.count(connection, view, FELT + 1) <= FELT
    queries.first_ids(connection, view, _SEEN)
    return True


def _is_whole(view: View) -> bool:
    """Tell whether a view holds the whole register, chosen by nothing but what is voided."""
    return not view.conditions and not view.missing


def _register_of(view: View) -> View:
    """Return a view without its conditions: the whole register in the same order."""
    return replace(view, conditions=(), missing=False)


def _chosen_by(view: View) -> View:
    """Return a view without its order, in which the same records are chosen."""
    return replace(view, order=(), ranked=())


def _is_by_due(view: View) -> bool:
    return bool(view.order) and view.order[0][0] == DUE


def _kept_for(view: View) -> View:
    """Return the whole register in the order that is kept for a view: deadlines change every day, so for an order by
    them the others are kept as they stand behind those with a clock.
    """
    whole = _register_of(view)
    return replace(whole, order=(("id", view.order[0][1]),), ranked=()) if _is_by_due(view) else whole


def _nearest_first(view: View, ids: Sequence[int]) -> Sequence[int]:
    """Put the records with a running clock before all others, the farthest first in a descending order."""
    there, running = set(ids), set(view.ranked)
    ranked = reversed(view.ranked) if view.order[0][1] else view.ranked
    return array("q", (*filter(there.__contains__, ranked), *(each for each in ids if each not in running)))
