"""Named conditions, days and events of findings, opinions, risk points and archives (I-503, I-506 to I-509)."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from paizhu.base.rows import Row
from paizhu.base.text import folded
from paizhu.registers.finding_flow import CLOSED
from paizhu.registers.risk import RISK_LEVELS
from paizhu.rules.counting import PersonKey, Record, Scope, day_of
from paizhu.rules.indicator_facts import Ask, Event

_LEVELS = tuple(choice.code for choice in RISK_LEVELS)


# --- 检查发现和整改 ------------------------------------------------------------------------------------------


def first_of_its_paper(row: Row, scope: Scope) -> bool:
    """Tell whether a finding stands first on the paper that assigned it, so that papers are counted, not findings."""
    first: Mapping[str, int] = scope.ledger.once("papers", lambda: _papers(scope))
    paper = folded(str(row.values.get("assign_doc") or ""))
    return bool(paper) and first.get(paper) == row.id


def _papers(scope: Scope) -> Mapping[str, int]:
    found: dict[str, tuple[date, int]] = {}
    for row in scope.ledger.rows("finding"):
        paper, day = folded(str(row.values.get("assign_doc") or "")), day_of(row.values.get("assigned_at"))
        if paper and day and (day, row.id) < found.get(paper, (date.max, 0)):
            found[paper] = (day, row.id)
    return {paper: record for paper, (_, record) in found.items()}


def finding_due(row: Row, scope: Scope) -> date | None:
    """Return by when a finding was to be rectified: its day, else the limit that runs from the assignment.

    An extension does not move it, the first date counts in statistics; what has to be kept up for good has none.
    """
    own = day_of(row.values.get("due"))
    if own is not None or row.values.get("term_kind") == "long_term":
        return own
    assigned = day_of(row.values.get("assigned_at"))
    rule = "T26" if row.values.get("source_kind") == "inspection" else "T25"
    return scope.ledger.due(rule, assigned) if assigned else None


def due_by_now(row: Row, scope: Scope) -> bool:
    """Tell whether the day of a finding has come by the end of the span, or by today while it runs."""
    due = finding_due(row, scope)
    return due is not None and due <= scope.until


def finding_closed(row: Row, scope: Scope) -> bool:
    """Tell whether a finding was struck off by the end of the span."""
    closed = day_of(row.values.get("closed_at"))
    return closed <= scope.until if closed is not None else row.state in CLOSED


def finding_late(row: Row, scope: Scope) -> bool:
    """Tell whether a finding was struck off late, or its day has passed without that; an extension is no delay."""
    due = finding_due(row, scope)
    if due is None:
        return False
    last = _last_day(row, scope, due)
    # What was reported in time is not late for the days its acceptance takes.
    done = day_of(row.values.get("reported_at")) or day_of(row.values.get("closed_at"))
    if done is None and finding_closed(row, scope):
        return False
    return done > last if done is not None and done <= scope.until else scope.until > last


def _last_day(row: Row, scope: Scope, due: date) -> date:
    """Return the day that counts in the end: an extension that was granted moves it."""
    granted = [
        day
        for each in scope.ledger.children(row, "finding_extension")
        if (each.values.get("approver") or each.values.get("approved_at"))
        and (day := day_of(each.values.get("new_due")))
    ]
    return max((due, *granted))


def _done_against_due(row: Row, scope: Scope) -> tuple[date, date, date] | None:
    """Return when a finding was rectified, its first day and its last; None where one of them is not known."""
    due = finding_due(row, scope)
    done = day_of(row.values.get("reported_at")) or day_of(row.values.get("closed_at"))
    return (done, due, _last_day(row, scope, due)) if due and done else None


def done_early(row: Row, scope: Scope) -> bool:
    """Tell whether a finding was rectified before its first day."""
    found = _done_against_due(row, scope)
    return found is not None and found[0] < found[1]


def done_in_time(row: Row, scope: Scope) -> bool:
    """Tell whether a finding was rectified on its day, or later within an extension that was granted."""
    found = _done_against_due(row, scope)
    return found is not None and found[1] <= found[0] <= found[2]


def done_late(row: Row, scope: Scope) -> bool:
    """Tell whether a finding was rectified after its last day."""
    found = _done_against_due(row, scope)
    return found is not None and found[0] > found[2]


# --- 廉政意见 ------------------------------------------------------------------------------------------


def asked_about(row: Row, scope: Scope) -> Iterator[Event]:
    """Yield each person a request was answered about, on the day of the answer."""
    day = day_of(row.values.get("reply_at"))
    for number, person in enumerate(scope.ledger.children(row, "opinion_person"), 1):
        yield Event(day, person, number)


def advised_to_wait(row: Row, scope: Scope) -> Iterator[Event]:
    """Yield each distinct person of the span for whom 建议暂缓 was answered."""
    return _distinct(row, scope, "hold")


def held_unfit(row: Row, scope: Scope) -> Iterator[Event]:
    """Yield each distinct person of the span for whom 不宜 was answered."""
    return _distinct(row, scope, "unfit")


def _distinct(row: Row, scope: Scope, reply: str) -> Iterator[Event]:
    first: Mapping[PersonKey, Record] = scope.ledger.once((reply, scope.span), lambda: _first(scope, reply))
    ours = set(first.values())
    for event in asked_about(row, scope):
        if event.row is not None and (event.row.register, event.row.id) in ours:
            yield event


def _first(scope: Scope, reply: str) -> Mapping[PersonKey, Record]:
    """Return for each person of the span the row of the first such answer."""
    found: dict[PersonKey, tuple[date, Record]] = {}
    for row in scope.ledger.rows("integrity_opinion"):
        for event in asked_about(row, scope):
            under = event.row
            if under is None or event.day is None or event.day not in scope.span or under.values.get("reply") != reply:
                continue
            who = scope.ledger.person(under.values.get("person"), under.values.get("unit"))
            key = who or ("row", str(under.id))
            if key not in found or event.day < found[key][0]:
                found[key] = (event.day, (under.register, under.id))
    return {who: record for who, (_, record) in found.items()}


# --- 风险点和档案 ------------------------------------------------------------------------------------------


def risk_gone(row: Row, _scope: Scope) -> date | None:
    """Return the day a risk point was removed; one removed on a day nobody wrote down was never counted."""
    if row.values.get("removed_reason") or row.state == "removed":
        return day_of(row.values.get("review_at")) or date.min
    return None


def downgrades(row: Row, scope: Scope) -> Iterator[Event]:
    """Yield each grading that put a risk point lower than before."""
    for each in scope.ledger.children(row, "regrade"):
        before, after = str(each.values.get("before") or ""), str(each.values.get("after") or "")
        if before in _LEVELS and after in _LEVELS and _LEVELS.index(after) > _LEVELS.index(before):
            yield Event(day_of(each.values.get("on")), each)


def in_service(row: Row, _scope: Scope) -> bool:
    """Tell whether a person is in service by the roster."""
    return row.values.get("status") in (None, "active")


def has_archive(row: Row, scope: Scope) -> bool:
    """Tell whether an archive of a person was opened by the end of the span."""
    return any(
        (day := day_of(each.values.get("opened_at")) or day_of(each.values.get("refreshed_at"))) and day <= scope.until
        for each in scope.ledger.pointing("integrity_archive", "person_id", row)
    )


def archive_refreshed(row: Row, scope: Scope) -> bool:
    """Tell whether the archive of a person was refreshed in the year in which the span ends."""
    return any(
        (day := day_of(each.values.get("refreshed_at"))) is not None
        and day.year == scope.span.end.year
        and day <= scope.until
        for each in scope.ledger.pointing("integrity_archive", "person_id", row)
    )


CONDITIONS: Mapping[str, Ask] = {
    function.__name__: function
    for function in (
        first_of_its_paper, due_by_now, finding_closed, finding_late, done_early, done_in_time, done_late,
        in_service, has_archive, archive_refreshed,
    )
}  # fmt: skip
DATES: Mapping[str, Callable[[Row, Scope], date | None]] = {
    function.__name__: function for function in (finding_due, risk_gone)
}
EVENTS: Mapping[str, Callable[[Row, Scope], Iterator[Event]]] = {
    function.__name__: function for function in (asked_about, advised_to_wait, held_unfit, downgrades)
}
