"""Which records name others, to be told before those go to the recycle list: there the name goes on standing."""

import json
from collections.abc import Sequence

from paizhu.base.register import Register
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
