"""Duties (RF-D1): an item of the responsibility list past its day."""

from collections.abc import Iterator, Mapping

from paizhu.rules.flags.books import BookRule, Books, late
from paizhu.rules.flags.facts import spoken
from paizhu.rules.flags.finding import Finding, Given

_WHAT = "完成责任事项"


def overdue(books: Books, given: Given) -> Iterator[Finding]:
    """Find an item that is late by more than the days an office lets pass."""
    for clock, days in late(books, ("",), ("duty_item",)):
        if clock.what == _WHAT and days > given["days"]:
            words = f"责任事项超期 {days} 天：{clock.title}"
            yield Finding(given.rule.code, words, (f"完成时限 {spoken(clock.due)}",), (clock.evidence,))


RULES: Mapping[str, BookRule] = {"RF-D1": overdue}
