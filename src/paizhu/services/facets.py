"""Chips over a list with their counts, made from a register's flow and main date: 全部, 本年, 待补全, the stages …

Where room is scarce the last give way first, so what nobody may overlook stands before the stages.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from paizhu.base.flow import State
from paizhu.base.register import Register
from paizhu.base.view import Condition, Test, View
from paizhu.services.desk import Desk

ALL, YEAR, MISSING, OVERDUE, OPEN, CLOSED = "all", "year", "missing", "overdue", "open", "closed"
# With more stages than this the chips would crowd the bar: then 在办 stands for them.
_MOST_STAGES = 7


@dataclass(frozen=True, slots=True)
class Facet:
    """One chip: its words, and the view it stands for."""

    key: str
    words: str
    view: View
    alarming: bool = False


class Facets:
    """Which chips a register has, and how many records stand behind each."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def of(
        self,
        register: Register,
        overdue: Sequence[int] = (),
        more: Sequence[tuple[str, str, tuple[Condition, ...]]] = (),
    ) -> tuple[Facet, ...]:
        """Return the chips of a register; ``overdue`` are the ids of records with a clock run out.

        ``more`` are chips of the register's own: key, words and what holds for the records behind them.
        """
        plain = View(register.key, order=((register.main_date, True),) if register.main_date else ())
        found = [Facet(ALL, "全部", plain)]
        if register.main_date:
            year = self._desk.today.year
            of_year = (
                Condition(register.main_date, Test.SINCE, date(year, 1, 1)),
                Condition(register.main_date, Test.UNTIL, date(year, 12, 31)),
            )
            found.append(Facet(YEAR, f"{year} 年", plain.where(*of_year)))
        found += [Facet(key, words, plain.where(*conditions)) for key, words, conditions in more]
        found.append(Facet(MISSING, "待补全", View(register.key, order=plain.order, missing=True)))
        if overdue:
            ids = Condition("id", Test.ONE_OF, tuple(sorted(set(overdue))))
            found.append(Facet(OVERDUE, "已超期", plain.where(ids), alarming=True))
        found += [
            Facet(key, words, plain.where(Condition("state", Test.ONE_OF, tuple(codes))))
            for key, words, codes in stages(register)
        ]
        return tuple(found)

    def counts(self, register: Register, facets: Sequence[Facet]) -> dict[str, int]:
        """Return how many live records each chip holds; the states are counted in one pass over their index."""
        grouped = {key: codes for key, _words, codes in stages(register)}
        of_states = {facet.view: grouped[facet.key] for facet in facets if facet.key in grouped}
        counted = self._desk.counts.of_states(register.key, of_states) if of_states else {}
        return {
            facet.key: counted[facet.view] if facet.key in grouped else self._desk.counts.of(facet.view)
            for facet in facets
        }


def stages(register: Register) -> list[tuple[str, str, list[str]]]:
    """Return key, words and states of each group of states; a stage of one open state is called like that state."""
    flow = register.flow
    if flow is None:
        return []
    running: dict[str, list[State]] = {}
    for state in flow.states:
        if not state.end:
            running.setdefault(state.stage or state.label, []).append(state)
    ended = [state for state in flow.states if state.end]
    if 1 < len(running) <= _MOST_STAGES:
        groups = [
            (f"stage:{stage}", states[0].label if len(states) == 1 else stage, [state.code for state in states])
            for stage, states in running.items()
        ]
    else:
        groups = [(OPEN, "在办", [state.code for states in running.values() for state in states])]
    if ended:
        words = ended[0].label if len(ended) == 1 else "已办结"
        groups.append((CLOSED, words, [state.code for state in ended]))
    return groups
