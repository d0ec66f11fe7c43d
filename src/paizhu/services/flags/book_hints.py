"""What the group's own ledgers say about one register as a whole: the flags that are not about one review item."""

from paizhu.base.rows import Change
from paizhu.services.desk import Desk
from paizhu.services.flags.computing import Flags
from paizhu.services.reviews.hints import ReviewHint, of_flag

_STANDS_AT = {"risk_point": ("unit",)}
"""Where a flag stands at another record than one of the register it is shown with: a silent unit with high risks."""


class BookHints:
    """Reads and settles the hints of one register; it keeps its own reading, so that it may run beside the window."""

    def __init__(self, desk: Desk, register: str) -> None:
        self._flags = Flags(desk)
        self._registers = _STANDS_AT.get(register, (register,))

    def read(self) -> list[ReviewHint]:
        """Return the hints whose first record is one of the register, those to be looked into first."""
        found = [flag for flag in self._flags.of_whole() if flag.about[0] in self._registers]
        return sorted(map(of_flag, found), key=lambda hint: hint.settled)

    def settle(self, hint: ReviewHint, reason: str) -> Change:
        """Note that a hint was looked into, with the reason; it stays silent for these records only."""
        return self._flags.silence(None, hint.key, hint.pair, reason)

    def bring_back(self, hint: ReviewHint) -> Change:
        """Show a settled hint again; both acts stay in the journal."""
        return self._flags.unsilence(None, hint.key, hint.pair)
