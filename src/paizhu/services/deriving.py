"""Answers from the vault to what a derivation may ask: clocks, counts, rows under other records, periods."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from paizhu.base.register import Aids
from paizhu.base.rows import Ref, Values
from paizhu.base.text import folded
from paizhu.base.view import Condition, Test, View
from paizhu.registers.organisations import UNIT
from paizhu.rules import limits
from paizhu.services.desk import Desk
from paizhu.storage import queries
from paizhu.storage.tables import TABLES, table


def party_group_size(connection: Any, unit_id: int) -> int | None:
    """Return how many members the party group of a unit has by the roster; None where that is not entered."""
    size = queries.one(connection, table(UNIT), unit_id).values.get("party_group_size")
    return size if isinstance(size, int) and size else None


def aids(
    desk: Desk,
    rows: Mapping[str, Sequence[Values]] | None = None,
    itself: int | None = None,
    gone: Collection[int] = (),
) -> Aids:
    """Return the aids for one record; ``rows`` are its own child rows, ``itself`` is left out of counts.

    ``gone`` are measures that the same act takes out of force, so that they no longer weigh.
    """

    def due(rule: str, start: date) -> date | None:
        found = desk.limits.get(rule)
        return limits.due(found, start, desk.calendar).day if found else None

    def count(register: str, field: str, ref: Ref) -> int:
        with desk.vault.read() as connection:
            if ref.linked:
                view = View(register, (Condition(field, Test.POINTS_TO, ref),))
                ids = queries.ids(connection, view)
            else:
                view = View(register, (Condition(field, Test.IS, ref),))
                ids = queries.ids(connection, view) if folded(ref.label) else []
        return len([each for each in ids if each != itself])

    def rows_of(ref: Ref, child: str) -> Sequence[Values]:
        if ref.id is None or f"{ref.register}.{child}" not in TABLES:
            return ()
        with desk.vault.read() as connection:
            return [row.values for row in queries.children(connection, table(ref.register, child), ref.id)]

    def influence(values: Values) -> date | None:
        # The table of influence periods is read when the first measure is saved, not with every service.
        from paizhu.services.matters.weighing import period_of

        found = period_of(desk, values, itself or 0, gone=gone)
        return found.end if found else None

    def team_of(unit: Ref) -> int | None:
        unit_id = unit.id_in(UNIT.key)
        if unit_id is None:
            return None
        with desk.vault.read() as connection:
            if size := party_group_size(connection, unit_id):
                return size
            team = View("person", (Condition("team_now", Test.IS, True), Condition("unit_now", Test.POINTS_TO, unit)))
            members = queries.some(connection, team, ("status",))
            return sum(row.values.get("status") in (None, "active") for row in members) or None

    return Aids(desk.today, rows or {}, desk.calendar.working_days_between, due, count, rows_of, influence, team_of)
