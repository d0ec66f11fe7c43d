"""What an officer wrote under a record after the act that made it: rows and files, which are work like its fields.

A record that an import brought is edited as well when only a requirement, a check or a file was added to it since.
"""

import json
from collections.abc import Collection, Iterator
from typing import Any

from paizhu.storage.deed import BY_ITSELF, LISTED_AS_SAVED
from paizhu.storage.tables import ATTACHMENT, TABLES, quoted

Key = tuple[str, int]
_AT_ONCE = 10_000


def written_below(connection: Any, made: Collection[Key], wrote: Collection[Key]) -> Iterator[tuple[Key, str]]:
    """Yield each of the records ``made``, with a kind of rows in use below it that the act did not write itself.

    ``wrote`` is all the act wrote. Rows the program listed of itself count once the officer wrote in them.
    """
    by_register: dict[str, list[int]] = {}
    for register, record_id in made:
        by_register.setdefault(register, []).append(record_id)
    for register, ids in by_register.items():
        for kind, statement in _below(register):
            for at in range(0, len(ids), _AT_ONCE):
                given = json.dumps(ids[at : at + _AT_ONCE])
                for row_id, record_id in connection.execute(statement, (given,)).fetchall():
                    if (kind, row_id) not in wrote and _is_officers(connection, kind, row_id):
                        yield (register, record_id), kind


def _below(register: str) -> Iterator[tuple[str, str]]:
    """Yield every kind that stands below a register, with the statement for its rows and their records."""
    for kind, found in TABLES.items():
        if found.parent is not None and found.parent.key == register:
            yield (
                kind,
                f"SELECT id, parent_id FROM {quoted(found.name)} WHERE voided = 0 "
                "AND parent_id IN (SELECT value FROM json_each(?))",
            )
    yield (
        ATTACHMENT,
        f"SELECT id, record_id FROM attachment WHERE register = '{register}' AND voided = 0 "
        "AND record_id IN (SELECT value FROM json_each(?))",
    )


def _is_officers(connection: Any, kind: str, row_id: int) -> bool:
    marks = ", ".join("?" * len(BY_ITSELF))
    found = connection.execute(
        "SELECT 1 FROM journal_change c "
        f"JOIN (SELECT id FROM journal_entry WHERE kind NOT IN ({marks}) AND NOT {LISTED_AS_SAVED}) e "
        "ON e.id = c.entry_id WHERE c.kind = ? AND c.record_id = ? LIMIT 1",
        (*BY_ITSELF, kind, row_id),
    ).fetchone()
    return found is not None
