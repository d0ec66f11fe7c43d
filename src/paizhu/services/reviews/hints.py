"""What the group's own ledgers say about an item, as the review page shows it: flags, and the rest of its meeting."""

from dataclasses import dataclass

from paizhu.base.rows import Change, Row
from paizhu.registers.review import REVIEW
from paizhu.rules.flags.finding import Level
from paizhu.services.desk import Desk
from paizhu.services.flags.computing import Flag, Flags
from paizhu.services.reviews.reviewing import Reviewing

_ORDER = (Level.VERIFY, Level.PROCEDURE, Level.MEETING)


@dataclass(frozen=True, slots=True)
class ReviewHint:
    """One thing to look at: its level, finding and figures, the records behind it, and how it can be settled.

    ``outward`` is what may stand in an opinion. ``pair`` names what a reason would settle; one of another item
    of the meeting is settled there, so it has none.
    """

    key: str
    level: Level
    finding: str
    figures: str = ""
    rule: str = ""
    outward: str = ""
    evidence: tuple[tuple[str, int], ...] = ()
    pair: str = ""
    reason: str | None = None
    flag: Flag | None = None
    """What was found, where it was no comparing with the other items of the meeting."""

    @property
    def settled(self) -> bool:
        """Tell whether the officer looked into it and said so."""
        return self.reason is not None

    @property
    def for_opinion(self) -> str:
        """The words that go into an opinion."""
        return (self.outward or self.figures or self.finding).rstrip("。") + "。"


class ReviewHints:
    """Reads and settles the hints of one item."""

    def __init__(self, desk: Desk) -> None:
        self._flags = Flags(desk)
        self._reviewing = Reviewing(desk)

    @property
    def is_felt(self) -> bool:
        """Tell whether whoever waits for the hints of an item feels it: then they are read beside the window."""
        return self._flags.is_felt

    def of(self, row: Row) -> list[ReviewHint]:
        """Return the hints of an item, those to be looked into first, the settled ones last."""
        found = [of_flag(flag) for flag in self._flags.of(row.id)]
        told = {each for hint in found if hint.level is Level.MEETING for each in hint.evidence}
        for each in self._reviewing.conflicts(row.id):
            place = (REVIEW.key, each.review_id)
            if place not in told:
                words = f"议题 {each.number} {each.words}" if each.number else each.words
                key = f"meeting:{each.review_id}:{each.words}"
                found.append(ReviewHint(key, Level.MEETING, words, each.title, evidence=(place,)))
        return sorted(found, key=lambda hint: (hint.settled, _ORDER.index(hint.level)))

    def settle(self, review_id: int, hint: ReviewHint, reason: str) -> Change:
        """Note that a hint was looked into, with the reason; it stays silent for these records only."""
        return self._flags.silence(review_id, hint.key, hint.pair, reason)

    def bring_back(self, review_id: int, hint: ReviewHint) -> Change:
        """Show a settled hint again; that it was settled, and that this was taken back, stays in the journal."""
        return self._flags.unsilence(review_id, hint.key, hint.pair)


def of_flag(flag: Flag) -> ReviewHint:
    """Return a flag as the window shows it."""
    more = "；".join(figure for figure in flag.figures if figure not in flag.words)
    figures = f"{flag.words.rstrip('。')}。{more}" if more else flag.words
    return ReviewHint(
        *(flag.code, flag.level, flag.name, figures, flag.rule, flag.outward, flag.evidence, flag.pair, flag.silenced),
        flag=flag,
    )
