"""How long a measure of this vault weighs, the person's other measures taken into account."""

from collections.abc import Collection
from datetime import date

from paizhu import registers
from paizhu.base.rows import Ref, Values
from paizhu.base.view import Condition, Test, View
from paizhu.rules import influence
from paizhu.rules.influence import Measure, Period
from paizhu.services.desk import Desk
from paizhu.storage import queries

MEASURE = registers.register("measure")


def measures_of(desk: Desk, subject: Ref) -> list[Measure]:
    """Return every live measure against a person, by the roster where he stands in it, else by name."""
    test = Test.POINTS_TO if subject.linked else Test.IS
    view = View(MEASURE.key, (Condition("subject", test, subject),))
    with desk.vault.read() as connection:
        rows = list(queries.every(connection, view))
    found = [influence.measure(row.values, row.id) for row in rows]
    return [each for each in found if each is not None]


def period_of(
    desk: Desk, values: Values, itself: int = 0, on: date | None = None, gone: Collection[int] = ()
) -> Period | None:
    """Return the period one measure brings, as it would stand once these values are stored and others are gone."""
    one, subject = influence.measure(values, itself), values.get("subject")
    if one is None:
        return None
    others = measures_of(desk, subject) if isinstance(subject, Ref) else []
    every = [one, *(each for each in others if (not itself or each.id != itself) and each.id not in gone)]
    return influence.periods(every, on or desk.today, desk.influence)[0]
