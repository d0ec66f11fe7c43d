"""Which records name others, to be told before those go to the recycle list: there the name goes on standing.

What comes back from there is told as well when something it names lies there still.
"""

import json
from collections.abc import Sequence

from paizhu.base.register import Register
from paizhu.services.deadlines.task import open_title
from paizhu.storage import queries
from paizhu.storage.tables import TABLES, quoted
from paizhu.storage.vault import Vault

_POINTING = "r.target = ? AND r.target_id IN (SELECT value FROM json_each(?))"


def named_in(vault: Vault, register: Register, ids: Sequence[int]) -> str:
    """Return in how many records of which registers some records are named, themselves left out; empty for none."""
    given = (register.key, json.dumps(list(ids)))
    owners: dict[str, set[int]] = {}
    with vault.read() as connection:
        kinds = connection.execute(f"SELECT DISTINCT kind FROM reference r WHERE {_POINTING}", given).fetchall()
        for (kind,) in kinds:
            found = TABLES[kind]
            owner, at = (found.parent.key, "c.parent_id") if found.parent else (found.register.key, "c.id")
            rows = connection.execute(
                f"SELECT DISTINCT o.id FROM reference r JOIN {quoted(found.name)} c ON c.id = r.record_id "
                f"JOIN {quoted(TABLES[owner].name)} o ON o.id = {at} "
                f"WHERE r.kind = ? AND {_POINTING} AND c.voided = 0 AND o.voided = 0",
                (kind, *given),
            )
            owners.setdefault(owner, set()).update(record_id for (record_id,) in rows)
    owners.get(register.key, set()).difference_update(ids)
    named = ((each.register.label, len(owners[key])) for key, each in TABLES.items() if owners.get(key))
    return "、".join(f"{label} {count:,} 条" for label, count in named)


def restored(vault: Vault, register: Register, ids: Sequence[int]) -> str:
    """Return in words that records came back, and what they name that still lies in the recycle list."""
    done = f"已恢复 {len(ids)} 条"
    if len(ids) == 1:
        with vault.read() as connection:
            row = queries.one(connection, TABLES[register.key], ids[0])
        done = f"已恢复 {row.no or open_title(register, row)}"
    left = still_gone(vault, register, ids)
    return f"{done}；它写着的{left}还在回收区" if left else done


def still_gone(vault: Vault, register: Register, ids: Sequence[int], most: int = 3) -> str:
    """Return what some records name, themselves or in their rows, that lies in the recycle list; empty for nothing."""
    given, themselves = json.dumps(list(ids)), set(ids)
    below = [each for each in TABLES.values() if each.parent is register]
    words: dict[tuple[str, int], str] = {}
    with vault.read() as connection:
        named = connection.execute(
            "SELECT DISTINCT target, target_id FROM reference WHERE kind = ? "
            "AND record_id IN (SELECT value FROM json_each(?)) AND target_id IS NOT NULL",
            (register.key, given),
        ).fetchall()
        for each in below:
            named += connection.execute(
                f"SELECT DISTINCT r.target, r.target_id FROM reference r JOIN {quoted(each.name)} c "
                "ON c.id = r.record_id WHERE r.kind = ? AND r.target_id IS NOT NULL AND c.voided = 0 "
                "AND c.parent_id IN (SELECT value FROM json_each(?))",
                (each.kind, given),
            ).fetchall()
        for target, record_id in sorted(set(named)):
            row = queries.one(connection, TABLES[target], record_id)
            if row.voided and not (target == register.key and record_id in themselves):
                title = open_title(TABLES[target].register, row)
                words[(target, record_id)] = f"{TABLES[target].register.label}“{title}”"
    rest = f"等 {len(words)} 条" if len(words) > most else ""
    return "、".join(list(words.values())[:most]) + rest
