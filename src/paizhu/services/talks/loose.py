"""一谈了之: talks that were left at talking. Nothing was said about what follows, or what was asked for is overdue.

A talk whose follow-up is said to be 无 is explained and no loose end.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from paizhu.base.rows import Row
from paizhu.base.view import Condition, Test, View
from paizhu.registers.talk import AWAITING_PAGE, REQUIREMENT, TALK
from paizhu.registers.talk_choices import HELD
from paizhu.services.desk import Desk
from paizhu.services.preparing import day_of
from paizhu.storage import queries
from paizhu.storage.tables import table

_FIELDS = ("no", "subject", "kind", "start_at", "follow_up", "revisit_date", "revisit_result", "state")


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


def loose_ids(desk: Desk, on: date | None = None, among: Sequence[int] | None = None) -> list[int]:
    """Return the ids of the talks that were left at talking, in no order; ``among`` asks for these alone.

    The database looks for them: there are tens of thousands of talks in old ledgers, and they are asked for after every
    act.
    """
    today = on or desk.today
    since = today - timedelta(days=desk.talks.loose.days)
    below = f'"{table(TALK, REQUIREMENT.key).name}" AS asked WHERE asked.voided = 0'
    statement = f"""
        SELECT id FROM "{table(TALK).name}" AS talk
        WHERE voided = 0 AND start_at IS NOT NULL AND state IN ({", ".join("?" * len(HELD))}) AND (
            id IN (SELECT parent_id FROM {below} AND done_at IS NULL AND due < ?)
            OR (revisit_date < ? AND coalesce(revisit_result, '') = '')
            OR (coalesce(follow_up, '') = '' AND revisit_date IS NULL AND substr(start_at, 1, 10) < ?
                AND NOT EXISTS (SELECT 1 FROM {below} AND asked.parent_id = talk.id)))
        """
    given: list[str] = [*HELD, today.isoformat(), today.isoformat(), since.isoformat()]
    if among is not None:
        statement += " AND id IN (SELECT value FROM json_each(?))"
        given.append(json.dumps(list(among)))
    with desk.vault.read() as connection:
        found = connection.execute(statement, given)
        return [record_id for (record_id,) in found]


def loose_ends(desk: Desk, on: date | None = None, among: Sequence[int] | None = None) -> list[LooseEnd]:
    """Return the talks that were left at talking, the newest first; ``among`` asks for these alone."""
    today = on or desk.today
    since = today - timedelta(days=desk.talks.loose.days)
    wanted = tuple(loose_ids(desk, today, among))
    asked = _requirements(desk, wanted)
    view = View(TALK.key, (Condition("id", Test.ONE_OF, wanted),), order=(("start_at", True),))
    with desk.vault.read() as connection:
        return [
            LooseEnd(row, _why(row, asked.get(row.id, _NOTHING), today, since))
            for row in queries.some(connection, view, _FIELDS)
        ]


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


def _requirements(desk: Desk, talks: Sequence[int]) -> dict[int, _Asked]:
    """Return what some talks asked for, by the talk's id."""
    below = table(TALK, REQUIREMENT.key)
    counts: dict[int, int] = defaultdict(int)
    still: dict[int, list[tuple[str, date | None]]] = defaultdict(list)
    with desk.vault.read() as connection:
        rows = connection.execute(
            f'SELECT parent_id, words, due, done_at FROM "{below.name}" WHERE voided = 0 '
            f"AND parent_id IN ({', '.join('?' * len(talks))})",
            tuple(talks),
        ).fetchall()
    for parent, words, due, done in rows:
        counts[parent] += 1
        if done is None:
            still[parent].append((str(words), date.fromisoformat(due) if due else None))
    return {parent: _Asked(count, tuple(still[parent])) for parent, count in counts.items()}
