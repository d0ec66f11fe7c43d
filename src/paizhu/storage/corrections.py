"""The rule over settled records: an act changes one only with a written reason, which is journalled with the change.

One that came with an old ledger and still lacks something (待补) may be filled in without: what stood empty is noted
as 补录. What stands already is changed with a reason there too.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from paizhu.base.errors import SettledError
from paizhu.base.register import Register
from paizhu.base.rows import Row
from paizhu.base.stored import POINTER
from paizhu.storage import queries
from paizhu.storage.deed import ROLLED
from paizhu.storage.tables import Table, quoted, table

Settled = Callable[[Register, Row], str]
"""Tells in words why a record is read-only; empty when it is not, or when a correction of it was begun."""

_WORKFLOW = frozenset({"step", "undo", "void", "unvoid", ROLLED, "extend", "lookup", "rule"})
"""Acts that carry their own ground: a step of the course, taking something back, a void or an extension."""


def nothing_settled(_register: Register, _row: Row) -> str:
    """Tell that nothing is settled, for a vault that nobody declared a rule to."""
    return ""


CORRECT, FILL = "correct", "fill"
_EXTRA = "没有对应字段的列"
_EMPTY = (None, "", "[]")
"""What a column keeps of a field nobody filled."""


@dataclass(frozen=True, slots=True)
class Noted:
    """Why a settled record was changed, or what of it was filled in, as it is journalled."""

    kind: str
    record_id: int
    action: str
    facts: Mapping[str, str]


class Corrections:
    """Watches one act: what it changes of settled records, and for which reason it may."""

    def __init__(self, connection: Any, settled: Settled, kind: str) -> None:
        self._connection = connection
        self._settled = settled
        self._watching = kind not in _WORKFLOW
        self._reasons: dict[tuple[str, int], str] = {}
        self._seen: set[tuple[str, int]] = set()
        self._lacking: dict[tuple[str, int], str] = {}
        self._empty_lists: dict[tuple[str, int, str], bool] = {}
        self._first_new: dict[str, int] = {}

    def allow(self, kind: str, record_id: int, reason: str) -> None:
        """Let this act change a record although it is settled; without words nothing is allowed."""
        if reason.strip():
            self._reasons[(kind, record_id)] = reason.strip()

    def made(self, kind: str, record_id: int) -> None:
        """Take note of a record this act makes: what is not finished yet is not settled. Ids only ever grow."""
        self._first_new.setdefault(kind, record_id)

    def stop(self) -> None:
        """Let what follows from the act by itself be written: archives, requests, counts."""
        self._watching = False

    def begins_list(self, owner: Table, record_id: int, child: Table) -> bool:
        """Tell whether nothing stood in a list under a record when this act came to it."""
        key = (owner.kind, record_id, child.kind)
        if key not in self._empty_lists:
            statement = f"SELECT 1 FROM {quoted(child.name)} WHERE parent_id = ? AND voided = 0 LIMIT 1"
            self._empty_lists[key] = self._connection.execute(statement, (record_id,)).fetchone() is None
        return self._empty_lists[key]

    def to_note(self, found: Table, record_id: int, filled: Iterable[str] = ()) -> Noted | None:
        """Return what is to be journalled before a record or a row under it is changed; None where nothing is.

        ``filled`` names what is filled in, where nothing else happens. SettledError where the record is settled and
        nobody wrote why it must be corrected.
        """
        owner = table(found.parent) if found.parent else found
        if not self._watching or owner.register.flow is None:
            return None
        if found.parent is not None:
            record_id = self._connection.execute(
                f"SELECT parent_id FROM {quoted(found.name)} WHERE id = ?", (record_id,)
            ).fetchone()[0]
        key = (owner.kind, record_id)
        if key in self._seen or record_id >= self._first_new.get(owner.kind, record_id + 1):
            return None
        row = queries.one(self._connection, owner, record_id)
        why = self._lacking.get(key) or self._settled(owner.register, row)
        words = "、".join(filled)
        # Once the last gap is filled nothing is 待补 any more, and the act goes on filling what belongs to it.
        if why and words and key not in self._reasons and (row.missing or key in self._lacking):
            self._lacking[key] = why
            return Noted(*key, FILL, {"filled": words})
        if why and key not in self._reasons:
            raise SettledError(
                f"{owner.register.label}{f' {row.no} ' if row.no else ''}{why}，只读",
                "没有改动",
                "写明更正的原因后再改；还空着的可以直接补录" if row.missing else "写明更正的原因后再改",
            )
        self._seen.add(key)
        return Noted(*key, CORRECT, {"reason": self._reasons[key]}) if why else None


def filled(found: Table, delta: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the labels of what a change fills in; nothing where it also says something else than before."""
    labels = []
    for name, (before, after) in delta.items():
        field = found.fields.get(name)
        if name == "extra":
            if not json.loads(before or "{}").items() <= json.loads(after or "{}").items():
                return ()
            labels.append(_EXTRA)
            continue
        if field is None or field.computed or _only_linked(before, after):
            continue
        if before not in _EMPTY:
            return ()
        labels.append(field.label)
    return tuple(labels)


def alters(found: Table, delta: Mapping[str, Any]) -> bool:
    """Tell whether a change says something else than before: not what is computed, nor words that gain a record."""
    for name, (before, after) in delta.items():
        field = found.fields.get(name)
        if field is None:
            if name == "extra" or (name == "voided" and found.parent is not None):
                return True
        elif not field.computed and not _only_linked(before, after):
            return True
    return False


def _only_linked(before: Any, after: Any) -> bool:
    if not isinstance(before, str) or not isinstance(after, str) or POINTER in before:
        return False
    return after.partition(POINTER)[0] == before
