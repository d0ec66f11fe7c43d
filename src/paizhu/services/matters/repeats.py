"""Earlier letters and leads about the same person or the same matter, for the repeat check while screening.

What is found is offered for comparison, never decided: 疑似重复 is for the officer to judge.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from paizhu import registers
from paizhu.base.rows import Ref, Row, Values
from paizhu.base.text import folded
from paizhu.base.view import Condition, Test, View
from paizhu.registers.guards import refs, same
from paizhu.services.desk import Desk
from paizhu.services.preparing import day_of
from paizhu.storage import queries
from paizhu.storage.tables import quoted, table

MOST = 6
# Below this two summaries share no more than the standing phrases of the trade.
NEAR = 62
SAME_PERSON, NEAR_MATTER = "被反映人相同", "反映内容相近"
_NAMES = {"petition": "reported_names", "lead": "subject"}


@dataclass(frozen=True, slots=True)
class Alike:
    """One earlier record and in what it is alike; ``summary`` is its own words."""

    register: str
    id: int
    no: str
    day: date | None
    summary: str
    why: tuple[str, ...]


def alike(desk: Desk, values: Values, itself: int = 0) -> list[Alike]:
    """Return earlier letters and leads like a letter with these values, those alike in both ways first."""
    if values.get("own_level") == "upper":
        return []
    own_lead = values.get("lead_ref")
    found: dict[tuple[str, int], list[str]] = {}
    for key in _NAMES:
        for record_id in _about(desk, key, refs(values, ("reported_names",))):
            found.setdefault((key, record_id), []).append(SAME_PERSON)
        for record_id in _like(desk, key, str(values.get("summary") or "")):
            found.setdefault((key, record_id), []).append(NEAR_MATTER)
    received = day_of(values.get("received_at"))
    made = []
    with desk.vault.read() as connection:
        for (key, record_id), why in found.items():
            if (key, record_id) == ("petition", itself):
                continue
            if isinstance(own_lead, Ref) and (key, record_id) == ("lead", own_lead.id):
                continue
            row = queries.one(connection, table(key), record_id)
            if not _is_of(row, itself) and _is_earlier(row, received):
                summary = str(row.values.get("summary") or "")
                made.append(Alike(key, record_id, row.no, day_of(row.values.get("received_at")), summary, tuple(why)))
    made.sort(key=lambda each: (-len(each.why), -(each.day or date.min).toordinal()))
    return made[:MOST]


def _about(desk: Desk, key: str, people: Sequence[Ref]) -> list[int]:
    """Return the records of a register about any of these persons, by the roster or by name."""
    name = _NAMES[key]
    made: list[int] = []
    with desk.vault.read() as connection:
        for person in people:
            if person.linked:
                made += queries.ids(connection, View(key, (Condition(name, Test.POINTS_TO, person),)))
                continue
            view = View(key, (Condition(name, Test.CONTAINS, person.label),))
            for record_id in queries.ids(connection, view):
                row = queries.one(connection, table(key), record_id)
                if any(same(person, each) for each in refs(row.values, (name,))):
                    made.append(record_id)
    return list(dict.fromkeys(made))


def _like(desk: Desk, key: str, summary: str) -> list[int]:
    words = folded(summary)
    if len(words) < 4:
        return []
    from rapidfuzz import fuzz, process

    register = registers.register(key)
    with desk.vault.read() as connection:
        known = connection.execute(
            f"SELECT id, summary FROM {quoted(table(register).name)} WHERE voided = 0 AND summary IS NOT NULL"
        ).fetchall()
    choices = {record_id: folded(text) for record_id, text in known}
    near = process.extract(words, choices, scorer=fuzz.token_ratio, score_cutoff=NEAR, limit=MOST * 2)
    return [record_id for _text, _score, record_id in near]


def _is_of(row: Row, petition: int) -> bool:
    """Tell whether a lead was made of this very letter, or a letter names it as its first."""
    if row.register == "lead":
        return any(ref.id == petition for ref in refs(row.values, ("petition_refs",)))
    first = row.values.get("first_ref")
    return bool(petition) and isinstance(first, Ref) and first.id == petition


def _is_earlier(row: Row, received: date | None) -> bool:
    day = day_of(row.values.get("received_at"))
    return received is None or day is None or day <= received
