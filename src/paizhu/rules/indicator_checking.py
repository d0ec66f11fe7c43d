"""Named conditions, days and events of supervision activities and letters (I-503 to I-505)."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from paizhu.base.rows import Row
from paizhu.registers.activity_flow import HELD
from paizhu.registers.choices import TAKEN
from paizhu.registers.proposal_flow import ANSWERED
from paizhu.rules.counting import Scope, day_of
from paizhu.rules.indicator_facts import Ask, Event

_REPLY = "T25"


def activity_held(row: Row, _scope: Scope) -> bool:
    """Tell whether an activity has taken place: begun, written up or over, and not only planned."""
    return row.state in ("", *HELD)


def no_meeting_that_day(row: Row, scope: Scope) -> bool:
    """Tell whether no meeting of the day is recorded, so that one attended is not counted twice."""
    held: frozenset[date | None] = scope.ledger.once(
        "meeting days", lambda: frozenset(day_of(each.values.get("held_at")) for each in scope.ledger.rows("meeting"))
    )
    return day_of(row.values.get("start_date")) not in held


def advised(row: Row, scope: Scope) -> Iterator[Event]:
    """Yield each suggestion given on the spot, on the day of the feedback, else the last day of the check."""
    day = next(
        (found for name in ("feedback_at", "end_date", "start_date") if (found := day_of(row.values.get(name)))), None
    )
    for each in scope.ledger.children(row, "advice"):
        yield Event(day, each)


def proposed(row: Row, scope: Scope) -> Iterator[Event]:
    """Yield each suggestion of a letter, on the day it was delivered."""
    day = day_of(row.values.get("delivered_at"))
    for each in scope.ledger.children(row, "suggestions"):
        yield Event(day, each)


def advice_taken(row: Row, scope: Scope) -> Iterator[Event]:
    """Yield each suggestion given on the spot that was taken up, in whole or in part."""
    return _taken(advised(row, scope))


def proposal_taken(row: Row, scope: Scope) -> Iterator[Event]:
    """Yield each suggestion of a letter that was taken up, in whole or in part."""
    return _taken(proposed(row, scope))


def _taken(events: Iterator[Event]) -> Iterator[Event]:
    return (event for event in events if event.row is not None and event.row.values.get("adopted") in TAKEN)


def proposal_due(row: Row, scope: Scope) -> date | None:
    """Return by when a delivered letter was to be answered: the day set in it, else the limit from its delivery.

    An extension does not move it: the first day counts in statistics.
    """
    delivered = day_of(row.values.get("delivered_at"))
    own = day_of(row.values.get("reply_due"))
    return None if delivered is None else own or scope.ledger.due(_REPLY, delivered)


def reply_due_by_now(row: Row, scope: Scope) -> bool:
    """Tell whether the day of the answer has come by the end of the span, or by today while it runs."""
    due = proposal_due(row, scope)
    return due is not None and due <= scope.until


def answered(row: Row, scope: Scope) -> bool:
    """Tell whether a letter was answered by the end of the span."""
    day = day_of(row.values.get("replied_at"))
    return day <= scope.until if day is not None else row.state in ANSWERED


CONDITIONS: Mapping[str, Ask] = {
    function.__name__: function for function in (activity_held, no_meeting_that_day, reply_due_by_now, answered)
}
DATES: Mapping[str, Callable[[Row, Scope], date | None]] = {proposal_due.__name__: proposal_due}
EVENTS: Mapping[str, Callable[[Row, Scope], Iterator[Event]]] = {
    function.__name__: function for function in (advised, proposed, advice_taken, proposal_taken)
}
