"""What follows from a write within the same act, and what an act asks before it writes: joined to a vault here.

The storage knows neither opinions nor letters, and the desk none of them either: each follower declares the registers
it watches, and is loaded when one of them is written for the first time, or ahead by a window that has time for it.
"""

from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

from paizhu.base.register import Register
from paizhu.base.rows import Row
from paizhu.services.desk import Desk
from paizhu.storage.journal import Act


class Follower(NamedTuple):
    """A module whose ``follow(act, desk)`` writes what follows once a record of one of these registers is written."""

    module: str
    watched: frozenset[str]


FOLLOWERS = (
    Follower("paizhu.services.opinions.watch", frozenset({"integrity_opinion", "petition", "lead", "case", "measure"})),
    Follower("paizhu.services.talks.archive_watch", frozenset({"integrity_talk", "integrity_archive"})),
    Follower("paizhu.services.reviews.opinion_watch", frozenset({"review_item"})),
    Follower("paizhu.services.supervision.risk_watch", frozenset({"finding"})),
    # Letters take their findings along before the activities count what they found.
    Follower("paizhu.services.supervision.letter_watch", frozenset({"supervision_activity", "finding", "proposal"})),
    Follower("paizhu.services.supervision.activity_watch", frozenset({"supervision_activity", "finding", "proposal"})),
)
"""In the order in which they write."""


def join(desk: Desk) -> None:
    """Let every act of the vault be followed, and let what is settled be refused without a reason."""
    for follower in FOLLOWERS:
        desk.vault.followers[follower.module] = _following(desk, follower)
    desk.vault.settled = lambda register, row: _settled(desk, register, row)


def load() -> None:
    """Import all followers, so that the first save of a record does not wait for its own."""
    for follower in FOLLOWERS:
        import_module(follower.module)


def _following(desk: Desk, follower: Follower) -> Callable[[Act], None]:
    def follow(act: Act) -> None:
        if act.registers & follower.watched:
            import_module(follower.module).follow(act, desk)

    return follow


def _settled(desk: Desk, register: Register, row: Row) -> str:
    if (register.key, row.id) in desk.corrections:
        return ""
    from paizhu.services.correcting import Correcting

    return Correcting(desk).settled(register, row)
