"""The chips over a list: which there are, how many records each counts, and those that must be looked for first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from paizhu.base.register import Register
from paizhu.base.view import Condition, Test, View, Which
from paizhu.services.deadlines.task import Task
from paizhu.services.facets import ALL, MISSING, YEAR, Facet, Facets
from paizhu.ui.context import Context
from paizhu.ui.overviews import chips_of
from paizhu.ui.register.list_pane import ListPane
from paizhu.ui.register.outline import Chip
from paizhu.ui.rereading import Rereading

RECYCLED = "recycled"


class ListFacets(QObject):
    """Facets of one list; what clocks have run out, and what is special to a register, is found off the thread."""

    found = Signal()
    """Other records have run out of time, or chips special to the register came or went."""
    counted = Signal()
    """What stands behind the chips was counted anew after a write."""

    def __init__(self, context: Context, register: Register, pane: ListPane) -> None:
        super().__init__(pane)
        self._context = context
        self._register = register
        self._pane = pane
        self._facets = Facets(context.office.desk)
        self.all: tuple[Facet, ...] = ()
        self._overdue: tuple[int, ...] = ()
        self._more: tuple[Chip, ...] = ()
        self._looking = self._looked = False
        self._counting = Rereading(context.tasks, self._count, self._take_counts)

    def refresh(self, chosen: str) -> dict[str, int]:
        """Make the chips anew and return their counts; a chip without records stays away unless it is chosen."""
        facets = self._facets.of(self._register, self._overdue, self._more)
        counts = self._facets.counts(self._register, facets)
        fixed = {ALL, YEAR, MISSING, chosen}
        there = tuple(facet for facet in facets if counts.get(facet.key) or facet.key in fixed)
        # The last record behind the chip in use was dealt with: it stays until another is chosen, and holds nothing.
        gone = [each for each in self.all if each.key == chosen and all(each.key != facet.key for facet in there)]
        nothing = Condition("id", Test.ONE_OF, ())
        self.all = (*there, *(replace(each, view=View(each.view.register).where(nothing)) for each in gone))
        return {**counts, **dict.fromkeys((each.key for each in gone), 0)}

    def count(self) -> None:
        """Count what stands behind the chips, off the window's thread: among many records that would be felt."""
        self._counting.ask()

    def named(self, key: str) -> Facet | None:
        """Return the facet with this key, if there is one now."""
        return next((facet for facet in self.all if facet.key == key), None)

    def view(self, key: str) -> View:
        """Return the records behind a chip, or the voided ones; every live one where there is no such chip."""
        plain, facet = self._context.office.records.default_view(self._register), self.named(key)
        return replace(plain, which=Which.VOIDED) if key == RECYCLED else facet.view if facet else plain

    def words(self, key: str) -> str:
        """Return what a chip is called; nothing for the one that narrows nothing."""
        facet = self.named(key)
        return facet.words if facet and key != ALL else ""

    def may_be(self, key: str) -> bool:
        """Tell whether there is such a chip, or may be one once the register's own have been looked for."""
        return key == RECYCLED or self.named(key) is not None or not self._looked

    def look(self) -> None:
        """Find the records with a clock run out, and the register's own chips, off the window's thread."""
        register = self._register
        has_limits = register.limits or any(child.limits for child in register.rows)
        if (has_limits or self._pane.outline) and not self._looking:
            self._looking = True
            self._context.tasks.run(lambda _progress: self._read(), self._take, aside=True)

    def _read(self) -> tuple[Sequence[Task], tuple[Chip, ...]]:
        outline, head = self._pane.outline, self._pane.head
        own = [*(outline.chips() if outline else ()), *(head.chips() if head else ())]
        own += chips_of(self._register.key, self._context)
        return self._context.office.today.due(ahead_days=0, of=(self._register,)), tuple(own)

    def _count(self) -> None:
        # What is counted here is known to whoever asks for it next.
        self._facets.counts(self._register, self._facets.of(self._register, self._overdue, self._more))

    def _take_counts(self, _counted: None) -> None:
        if not self._context.office.vault.closed:
            self.counted.emit()

    def _take(self, looked: tuple[Sequence[Task], tuple[Chip, ...]]) -> None:
        self._looking = False
        if self._context.office.vault.closed:
            return
        first, self._looked = not self._looked, True
        tasks, more = looked
        late = tuple(sorted({task.id for task in tasks if task.overdue}))
        if first or (late, more) != (self._overdue, self._more):
            self._overdue, self._more = late, more
            self.found.emit()
