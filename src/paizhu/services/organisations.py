"""Which organisations of the roster a single name may mean, though it is written otherwise there."""

from paizhu.registers.likeness import NAMED
from paizhu.rules.alike import organisation_core, same_organisation
from paizhu.services.linking import names_of
from paizhu.storage.tables import TABLES, quoted
from paizhu.storage.vault import Vault

_FIRST, _LAST = "一", "鿿"
"""Characters that are written in one width only."""


def alike(vault: Vault, register: str, words: str) -> list[tuple[int, str]]:
    """Return id and name of the organisations some words may mean, to be asked about; empty for other registers.

    Only names with the characters of what is left without place and legal form are read, so that a line can ask while
    one types. Whoever asks for many names keeps a `Roster` instead.
    """
    core = organisation_core(words)
    letters = [letter for letter in core if _FIRST <= letter <= _LAST]
    if register not in NAMED or not core:
        return []
    columns = [quoted(name) for name in names_of(register)]
    has_them = " OR ".join(f"{column} LIKE ?" for column in columns)
    with vault.read() as connection:
        rows = connection.execute(
            f"SELECT id, {', '.join(columns)} FROM {quoted(TABLES[register].name)} WHERE voided = 0 AND ({has_them})",
            [f"%{'%'.join(letters)}%"] * len(columns),
        ).fetchall()
    fits = (row for row in rows if any(same_organisation(name, words) for name in row[1:] if name))
    return sorted((each, name) for each, name, *_others in fits)
