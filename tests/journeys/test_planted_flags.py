"""Ten invented years with sixty planted patterns: every one is found, and clean items are left in peace."""

from collections import Counter

from paizhu.base.view import View
from paizhu.services.office import Office
from paizhu.storage import queries
from tests.planted import fill

ITEMS = 3000
PATTERNS = 60


def test_every_planted_pattern_is_found_and_clean_items_are_left_in_peace(office: Office) -> None:
    planted, items = fill(office, ITEMS)
    assert len(items) == ITEMS
    assert len(planted) == PATTERNS
    office.flags.recompute()
    confidential = {"RF-K2"}
    at = {number: {flag.code for flag in office.flags.of(number)} for each in planted for number in each.at}
    missed = [each for each in planted if any(each.code not in at[number] for number in each.at)]
    assert missed == []

    column = _column(office)
    for each in planted:
        for number in each.at:
            assert each.code in confidential or each.code in column[number], each
    meant = {number for each in planted for number in each.at}
    noise = Counter(code for number, codes in column.items() if number not in meant for code in codes)
    assert sum(noise.values()) * 20 <= ITEMS - len(meant), noise


def _column(office: Office) -> dict[int, tuple[str, ...]]:
    with office.vault.read() as connection:
        rows = list(queries.every(connection, View("review_item")))
    kept = {row.id: row.values["flags"] for row in rows}
    return {number: tuple(map(str, codes)) if isinstance(codes, tuple) else () for number, codes in kept.items()}
