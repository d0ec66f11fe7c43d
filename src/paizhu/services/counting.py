"""How many records stand behind a view, counted once until something is written: a chip and its list ask the same."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from paizhu.base.view import View
from paizhu.storage import queries
from paizhu.storage.vault import Vault


class Counts:
    """The counts of one vault; what an act may have changed is counted anew."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._known: tuple[int, dict[View, int]] = (-1, {})

    def of(self, view: View) -> int:
        """Return how many records a view holds, in whatever order it lists them."""
        known, view = self._now(), replace(view, order=(), ranked=())
        if view not in known:
            with self._vault.read() as connection:
                known[view] = queries.count(connection, view)
        return known[view]

    def known(self, view: View) -> int | None:
        """Return how many records a view holds where nobody need look at them for that; None to count them."""
        if not (view.conditions or view.missing):
            return self.of(view)
        return self._now().get(replace(view, order=(), ranked=()))

    def noting(self, view: View) -> Callable[[int], None]:
        """Return what notes how many records a view holds, for whoever is about to read all of them anyway.

        It is asked for before they are read: what another thread writes meanwhile is then counted again.
        """
        known = self._now()

        def note(count: int) -> None:
            known[replace(view, order=(), ranked=())] = count

        return note

    def of_states(self, register: str, groups: Mapping[View, Sequence[str]]) -> dict[View, int]:
        """Return how many live records each view of some states holds, all in one pass over the index of states."""
        known = self._now()
        bare = {view: replace(view, order=(), ranked=()) for view in groups}
        if not all(each in known for each in bare.values()):
            with self._vault.read() as connection:
                tally = queries.tally(connection, View(register), "state")
            known.update({bare[view]: sum(tally.get(state, 0) for state in groups[view]) for view in groups})
        return {view: known[bare[view]] for view in groups}

    def _now(self) -> dict[View, int]:
        # Taken before anything is read: what another thread writes meanwhile is then counted again.
        writes, known = self._vault.writes, self._known
        if known[0] != writes:
            self._known = known = writes, {}
        return known[1]
