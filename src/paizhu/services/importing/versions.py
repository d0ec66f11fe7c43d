"""A row our own export wrote, edited there while the record was edited here: told apart field by field.

What the record held when it was exported is known from the journal, so only a field changed in both places is asked.
"""

import json
from collections.abc import Iterator, Sequence

from paizhu.base import values as value_words
from paizhu.base.field import Sens
from paizhu.base.register import Register
from paizhu.base.rows import Row, Value, Values
from paizhu.services.importing.identity import alike
from paizhu.services.importing.read import CellProblem, Column
from paizhu.storage.tables import Table
from paizhu.storage.vault import Vault

CONFLICT = "导出以后台账里也改过这一条，先不导入；请选更新这一条，或保留台账里的内容"
_SINCE = (
    "SELECT delta FROM journal_change WHERE kind = ? AND record_id = ? AND action = 'change' ORDER BY id DESC LIMIT ?"
)


def merged(
    vault: Vault, found: Table, standing: Row, version: int, new: Values
) -> tuple[dict[str, Value], tuple[str, ...]]:
    """Return what the sheet changed since it was exported at a version, and which of it was changed here as well."""
    then = _values_at(vault, found, standing, version)
    edited = {name: value for name, value in new.items() if not alike(value, then.get(name))}
    both = tuple(name for name in edited if not alike(standing.values.get(name), then.get(name)))
    return edited, both


def side_by_side(
    register: Register, columns: Sequence[Column], names: Sequence[str], ours: Values, theirs: Values
) -> Iterator[CellProblem]:
    """Yield one problem for each field changed in both places, with both values."""
    for name in names:
        there = register.field(name)
        if there.sens is Sens.P4:
            continue
        here, sheet = (value_words.show(there, each.get(name)) or "空" for each in (ours, theirs))
        words = f"“{there.label}”台账里是“{here}”，本表是“{sheet}”"
        letter = next((each.letter for each in columns if each.path == name), "")
        yield CellProblem(letter, name, sheet, "conflict", words, "warning")


def _values_at(vault: Vault, found: Table, standing: Row, version: int) -> Values:
    with vault.read() as connection:
        raw = connection.execute(f"{found.select} WHERE id = ?", (standing.id,)).fetchone()
        later = connection.execute(_SINCE, (found.kind, standing.id, standing.version - version)).fetchall()
    stored = dict(zip(found.columns, raw, strict=True))
    for (delta,) in later:
        stored.update({name: before for name, (before, _) in json.loads(delta).items() if name in stored})
    return found.row(tuple(stored.values())).values
