"""Orders that no index keeps, worked out once until something is written: every window of a long list needs the same.

An order by names or by a rarely sorted column makes the database look at every record for each window that is
scrolled to. In a long list the ids are kept in that order instead, and a window is cut out of them.
"""

from array import array
from collections.abc import Sequence

from paizhu.base.view import View
from paizhu.storage import queries
from paizhu.storage.vault import Vault

LONG = 2_000
"""A shorter list is sorted again for each window: nobody feels that, and nothing is kept."""
_MOST = 4


class Orders:
    """The ids of long views in orders of their own; what an act may have changed is sorted anew."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._known: tuple[int, dict[View, Sequence[int] | None]] = (-1, {})
        self._asked: View | None = None

    def of(self, view: View, total: int | None) -> Sequence[int] | None:
        """Return the ids of a view in its order; None where an index keeps it, or where the list is not long."""
        if total is None or total <= LONG:
            return None
        known = self._now()
        if view not in known:
            if view != self._asked:
                # The first window is found without a list of all the others; many an order is only glanced at.
                self._asked = view
                return None
            if len(known) >= _MOST:
                known.pop(next(iter(known)))
            known[view] = self._sorted(view)
        return known[view]

    def _sorted(self, view: View) -> Sequence[int] | None:
        with self._vault.read() as connection:
            return None if queries.is_indexed(connection, view) else array("q", queries.every_id(connection, view))

    def _now(self) -> dict[View, Sequence[int] | None]:
        # Taken before anything is read: what another thread writes meanwhile is then sorted again.
        writes, known = self._vault.writes, self._known
        if known[0] != writes:
            self._known = known = writes, {}
        return known[1]
