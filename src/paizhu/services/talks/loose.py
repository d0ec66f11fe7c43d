"""一谈了之: talks that were left at talking. Nothing was said about what follows, or what was asked for is overdue.

A talk whose follow-up is said to be 无 is explained and no loose end.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from paizhu.base.rows import Row
from paizhu.base.view import Condition, Test, View
from paizhu.registers.talk import AWAITING_PAGE, REQUIREMENT, TALK
from paizhu.services.desk import Desk
from paizhu.services.preparing import day_of
from paizhu.storage import queries
from paizhu.storage.tables import table

_FIELDS = ("no", "subject", "kind", "start_at", "follow_up", "revisit_date", "revisit_result", "state")
_GONE = "cancelled"


@dataclass(frozen=True, slots=True)
class LooseEnd:
    """One talk and why it is a loose end."""

    talk: Row
    words: str


@dataclass(frozen=True, slots=True)
class _Asked:
    """What one talk asked for: how many rows in all, and those still open with their days."""

    count: int
    open: tuple[tuple[str, date | None], ...]


_NOTHING = _Asked(0, ())


def loose_ends(desk: Desk, on: date | None = None, among: Sequence[int] | None = None) -> list[LooseEnd]:
    """Return the talks that were left at talking, the newest first; ``among`` asks for these alone."""
    today = on or desk.today
    asked = _requirements(desk, among)
    since = today - timedelta(days=desk.talks.loose.days)
    view = View(TALK.key, (Condition("start_at", Test.FILLED),), order=(("start_at", True),))
    if among is not None:
        view = view.where(Condition("id", Test.ONE_OF, tuple(among)))
    found = []
    with desk.vault.read() as connection:
        for row in queries.some(connection, view, _FIELDS):
            if row.state != _GONE and (words := _why(row, asked.get(row.id, _NOTHING), today, since)):
                found.append(LooseEnd(row, words))
    return found


def lacking_page(desk: Desk) -> tuple[Condition, ...]:
    """Return what holds for talks that wait for the page both sides signed."""
    kinds = tuple(code for code, kind in desk.talks.kinds.items() if kind.signed_page)
    empty = (Condition(name, Test.EMPTY) for name in ("signed_page", "no_signed_page", "refuse_reason"))
    return (Condition("state", Test.ONE_OF, AWAITING_PAGE), Condition("kind", Test.ONE_OF, kinds), *empty)


def _why(row: Row, asked: _Asked, today: date, since: date) -> str:
    late = [words for words, due in asked.open if due is not None and due < today]
    if late:
        return f"要求逾期没有落实：{'、'.join(late)}"
    revisit = day_of(row.values.get("revisit_date"))
    if revisit and revisit < today and not row.values.get("revisit_result"):
        return "到期没有回访"
    held = day_of(row.values.get("start_at"))
    silent = not row.values.get("follow_up") and not revisit and not asked.count
    return "没有写后续" if silent and held and held < since else ""


def _requirements(desk: Desk, among: Sequence[int] | None) -> dict[int, _Asked]:
    """Return what every talk asked for, by its id, or these talks alone."""
    below = table(TALK, REQUIREMENT.key)
    only = "" if among is None else f" AND parent_id IN ({', '.join('?' * len(among))})"
    counts: dict[int, int] = defaultdict(int)
    still: dict[int, list[tuple[str, date | None]]] = defaultdict(list)
    with desk.vault.read() as connection:
        rows = connection.execute(
            f'SELECT parent_id, words, due, done_at FROM "{below.name}" WHERE voided = 0{only}', tuple(among or ())
        ).fetchall()
    for parent, words, due, done in rows:
        counts[parent] += 1
        if done is None:
            still[parent].append((str(words), date.fromisoformat(due) if due else None))
    return {parent: _Asked(count, tuple(still[parent])) for parent, count in counts.items()}
