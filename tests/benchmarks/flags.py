"""Opening an item among ten invented years of them, and the whole list, against reading those items bare."""

from collections.abc import Iterator
from pathlib import Path

from paizhu.base.view import View
from paizhu.services.flags.computing import Flags
from paizhu.storage import queries
from tests.benchmarks import grounds
from tests.benchmarks.figures import Figure, best, watch
from tests.planted import fill

OPENING = 0.3
"""Seconds within which an item is to stand with its flags."""


def flagged(folder: Path, items: int) -> Iterator[Figure]:
    """Compute the flags of one item with nothing read before, of one more, and of all."""
    office = grounds.new_office(folder / "flags.paizhu")
    planted, numbers = fill(office, items)
    appointment = next(each.at[0] for each in planted if each.code == "RF-K1")
    split = next(each.at[0] for each in planted if each.code == "RF-A2")
    for name, number in (("an appointment", appointment), ("a split", split), ("any item", numbers[len(numbers) // 2])):
        first = best(lambda: Flags(office.desk).of(number), 3)  # noqa: B023  # run at once
        yield Figure(f"open {name} among {items:,}", first, OPENING, 1, note="the floor is the promise, 300 ms")
    with watch() as all_of_them:
        office.flags.recompute()
    with office.vault.read() as reader:
        floor = best(lambda: list(queries.every(reader, View("review_item"))), 3)
    yield Figure(f"flags of all {items:,}", all_of_them.seconds, floor, None, note="in the background")
    office.vault.close()
