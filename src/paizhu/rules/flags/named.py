"""Named reports (RF-G1): whoever gave a name was not told of acceptance or result in time."""

from collections.abc import Iterator, Mapping

from paizhu.rules.flags.books import BookRule, Books, late
from paizhu.rules.flags.facts import spoken
from paizhu.rules.flags.finding import Finding, Given

LIMITS = ("T17", "T18")


def untold(books: Books, given: Given) -> Iterator[Finding]:
    """Find a named report whose notice or answer is late; the words name the item, never who reported."""
    for clock, days in late(books, LIMITS, ("petition",)):
        words = f"{clock.no or '信访件'}：{clock.what}超期 {days} 天"
        yield Finding(given.rule.code, words, (f"应于 {spoken(clock.due)}前办理",), (clock.evidence,), clock.rule)


RULES: Mapping[str, BookRule] = {"RF-G1": untold}
