"""Where changed records stand now in an order that was worked out before: found by a few comparisons each.

Sorting a hundred thousand records anew after each save would be felt; looking up where one of them belongs is not.
"""

from array import array
from collections.abc import Collection
from typing import Any

from paizhu.base.view import View
from paizhu.storage import queries
from paizhu.storage.ordering import order_by
from paizhu.storage.tables import TABLES, quoted, table

MOST = 60
"""So many records are placed one by one; sorting all anew is no dearer then."""
_PROBES = 32


def newest_entry(connection: Any) -> int:
    """Return the number of the newest entry of the journal, 0 for an empty one."""
    return int(connection.execute("SELECT coalesce(max(id), 0) FROM journal_entry").fetchone()[0])


def changed_since(connection: Any, kind: str, entry: int) -> set[int] | None:
    """Return the records of a register that the journal tells of after an entry; None when those are not all.

    That is so when there are very many, and when something was renamed: the words of others change with its name.
    """
    rows = connection.execute(
        "SELECT DISTINCT kind, record_id, action FROM journal_change WHERE entry_id > ? LIMIT ?",
        (entry, 2 * MOST),
    ).fetchall()
    found = {record_id for told, record_id, _action in rows if told == kind}
    named = {told for told, _record_id, action in rows if action == "change" and told in TABLES}
    renamed = any("name" in TABLES[each].register.title for each in named if TABLES[each].parent is None)
    return None if len(rows) >= 2 * MOST or len(found) > MOST or renamed else found


def place_anew(connection: Any, view: View, ids: "array[int]", changed: Collection[int]) -> None:
    """Take the changed records out of the ids of a whole register, and put those back that are still in the view."""
    for each in changed:
        try:
            ids.remove(each)
        except ValueError:
            continue
    for each in queries.among(connection, view, changed):
        ids.insert(_place(connection, view, ids, each), each)


def _place(connection: Any, view: View, ids: "array[int]", record_id: int) -> int:
    place, order = quoted(table(view.register).name), order_by(view, reverse=False)
    low, high = 0, len(ids)
    while low < high:
        step = max(1, (high - low) // _PROBES)
        probes = range(low, high, step)
        compared = [*(ids[at] for at in probes), record_id]
        rows = connection.execute(
            f"SELECT id FROM {place} WHERE id IN ({', '.join('?' * len(compared))}){order}", compared
        ).fetchall()
        before = [row[0] for row in rows].index(record_id)
        if before:
            low = probes[before - 1] + 1
        if before < len(probes):
            high = probes[before]
        if not before:
            break
    return low
