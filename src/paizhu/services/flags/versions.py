"""What changed in a review item since its opinion was signed, read back from the journal."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from paizhu.base.rows import Value
from paizhu.registers.review_follow import SIGNED_STATES, WATCHED
from paizhu.storage.tables import table


@dataclass(frozen=True, slots=True)
class Since:
    """Values as they were reviewed where they differ now; ``again`` tells that the noted change was reviewed too."""

    reviewed: Mapping[str, Value] = field(default_factory=dict)
    people: bool = False
    again: bool = False


def since_signed(connection: Any, review_id: int) -> Since:
    """Return what differs from the last signed opinion; nothing for an item whose opinion never was entered."""
    entries = connection.execute(
        "SELECT entry_id, delta FROM journal_change WHERE kind = 'review_item' AND record_id = ? "
        "AND action IN ('create', 'change') ORDER BY id",
        (review_id,),
    ).fetchall()
    deltas = [(entry, json.loads(delta)) for entry, delta in entries]
    signed = next((place for place in reversed(range(len(deltas))) if _signs(deltas[place][1])), None)
    if signed is None:
        return Since()
    first: dict[str, Any] = {}
    last: dict[str, Any] = {}
    for _, delta in deltas[signed + 1 :]:
        for name in WATCHED:
            if name in delta:
                first.setdefault(name, delta[name][0])
                last[name] = delta[name][1]
    readers = table("review_item").readers
    reviewed = {
        name: raw if raw is None or (read := readers[name]) is None else read(raw)
        for name, raw in first.items()
        if raw != last[name]
    }
    noted = [place for place, (_, delta) in enumerate(deltas) if delta.get("changed_after_review", (0, 0))[1]]
    people = connection.execute(
        "SELECT 1 FROM journal_change WHERE kind = 'review_item.candidate' AND entry_id > ? AND record_id IN "
        '(SELECT id FROM "review_candidate" WHERE parent_id = ?) LIMIT 1',
        (deltas[signed][0], review_id),
    ).fetchone()
    return Since(reviewed, people is not None, bool(noted) and noted[-1] < signed)


def _signs(delta: Mapping[str, Any]) -> bool:
    return bool(delta.get("opinion_date", (None, None))[1]) or delta.get("state", ("", ""))[1] == SIGNED_STATES[0]
