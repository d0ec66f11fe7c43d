"""屡改屡犯: problems of the same kind at the same unit that were struck off not long before one was found again."""

from datetime import date

from paizhu.base.dates import add_months
from paizhu.base.rows import Ref, Row, ids_in
from paizhu.base.view import Condition, Test, View
from paizhu.registers.finding import FINDING
from paizhu.rules.flags.rectifying import unit_of
from paizhu.services.desk import Desk
from paizhu.services.flags.computing import Flags
from paizhu.storage import queries
from paizhu.storage.tables import table

RULE = "RF-R3"


def struck_off_before(desk: Desk, finding: Row) -> list[Row]:
    """Return the findings of the same unit and kind struck off within the months of the rule before this one's day.

    One the officer named as the same counts whenever it was struck off; nothing without unit, kind and day.
    """
    found: dict[int, Row] = {}
    unit, category, day = unit_of(finding), finding.values.get("category"), finding.values.get("found_at")
    with desk.vault.read() as connection:
        for finding_id in ids_in(finding.values.get("repeat_of"), FINDING.key):
            row = queries.one(connection, table(FINDING), finding_id)
            if not row.voided:
                found[row.id] = row
        if unit is not None and category and isinstance(day, date):
            months = Flags(desk).rules()[RULE].count("months")
            view = View(
                FINDING.key,
                (
                    Condition("category", Test.IS, category),
                    Condition("closed_at", Test.SINCE, add_months(day, -months)),
                    Condition("closed_at", Test.UNTIL, day),
                ),
            )
            for row in queries.every(connection, view):
                other = unit_of(row)
                if row.id != finding.id and other is not None and _same(unit, other):
                    found[row.id] = row
    return [found[each] for each in sorted(found)]


def _same(one: Ref, other: Ref) -> bool:
    if one.linked and other.linked:
        return one.id == other.id
    return one.label == other.label
