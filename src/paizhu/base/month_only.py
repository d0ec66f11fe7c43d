"""A day of which rosters know only the month: it is kept, shown and exported as the month, and compares as its first.

It is a `date`, so that whatever reckons with days goes on doing so; what is reckoned from it is a plain day again.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Any

MONTH_LETTERS = 7


class MonthOnly(date):
    """A month of whose days none is known; made with the first as its day. Only the same month equals it."""

    __slots__ = ()

    def isoformat(self) -> str:
        """Return ``2023-06``, which is also what is stored and printed."""
        return f"{self.year:04d}-{self.month:02d}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, MonthOnly) and (self.year, self.month) == (other.year, other.month)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash((self.year, self.month, "month"))

    def __add__(self, other: timedelta) -> date:  # type: ignore[override]  # the day reckoned is no month any more
        return first_day(self) + other

    def __sub__(self, other: Any) -> Any:
        return first_day(self) - other

    def replace(self, *given: Any, **changed: Any) -> date:  # type: ignore[override]  # as above
        """Return a plain day."""
        return first_day(self).replace(*given, **changed)


def from_iso(text: str) -> date:
    """Return the day, or the month alone, behind its stored text."""
    if len(text) == MONTH_LETTERS:
        return MonthOnly(int(text[:4]), int(text[5:]), 1)
    return date.fromisoformat(text)


def first_day(value: date) -> date:
    """Return the first day a value can mean, as a plain date."""
    return date(value.year, value.month, value.day)


def last_day(value: object) -> date | None:
    """Return the last day a value can mean: what ended in a month may have lasted to its end. None for no day."""
    if not isinstance(value, date):
        return None
    if isinstance(value, MonthOnly):
        return date(value.year, value.month, monthrange(value.year, value.month)[1])
    return first_day(value)
