"""Which organisations of the roster a single name may mean, though it is written otherwise there."""

import re

from paizhu.registers.likeness import NAMED
from paizhu.rules.alike import FORM_BEGINS, LEAST, PLACE_ENDS, organisation, organisation_core, same_organisation
from paizhu.services.linking import names_of
from paizhu.storage.tables import TABLES, quoted
from paizhu.storage.vault import Vault

_FIRST, _LAST = "一", "鿿"
"""Characters that are written in one width only."""
_WIDER = ord("Ａ") - ord("A")
_LETTERS = f"0-9A-Za-z０-９Ａ-Ｚａ-ｚ{_FIRST}-{_LAST}"
_BESIDE = f"[^{_LETTERS}]*"
"""Brackets, spaces and dots, which writings of one name differ in."""
_UNUSUAL = "[^ -~！-～一-鿿、-〟　·‘-”—–-]"
"""A sign that may be another way to write a usual one, as ① is: only folding the name tells."""
_NOT_PLAIN = f"*[^ -~{_FIRST}-{_LAST}（）〔〕【】·]*"
"""A name with such a sign, as a full-width letter, is compared whatever letters the database finds in it."""


def alike(vault: Vault, register: str, words: str) -> list[tuple[int, str]]:
    """Return id and name of the organisations some words may mean, to be asked about; empty for other registers.

    Only names are folded and compared in which nothing but a place can stand before what is left of the words without
    place and legal form, and nothing but a legal form behind it: a line asks each time it is left, of a roster of many
    thousands too. Whoever asks for many names keeps a `Roster` instead.
    """
    core = organisation_core(words)
    if register not in NAMED or len(organisation(words)) < LEAST:
        return []
    columns = [quoted(name) for name in names_of(register)]
    has_them, sought = "{} LIKE ?", ["%".join(letter for letter in core if _FIRST <= letter <= _LAST)]
    if not sought[0]:
        # Of one width only are the Chinese letters; others are looked for as they are usually written.
        has_them, sought = "{0} LIKE ? OR {0} GLOB ?", ["%".join(filter(str.isalnum, core)), _NOT_PLAIN]
    sought[0] = f"%{sought[0]}%"
    where = " OR ".join(map(has_them.format, columns))
    with vault.read() as connection:
        rows = connection.execute(
            f"SELECT id, {', '.join(columns)} FROM {quoted(TABLES[register].name)} WHERE voided = 0 AND ({where})",
            sought * len(columns),
        ).fetchall()
    may_be = re.compile(f"{_written(core)}|{_UNUSUAL}").search
    fits = (row for row in rows if any(may_be(name) and same_organisation(name, words) for name in row[1:] if name))
    return sorted((each, name) for each, name, *_others in fits)


def _written(core: str) -> str:
    """Return the pattern of the names with a core, whatever their width and the brackets within."""
    signs = _BESIDE.join(filter(None, map(_sign, core)))
    return f"(?:^|[{PLACE_ENDS}]|[^{_LETTERS}]){signs}(?:[{FORM_BEGINS}]|[^{_LETTERS}]|$)"


def _sign(letter: str) -> str:
    """Return the ways a letter is written; empty for a sign that may be left out."""
    if _FIRST <= letter <= _LAST:
        return letter
    if not (letter.isascii() and letter.isalnum()):
        return ""
    narrow = letter + letter.upper()
    return f"[{narrow}{''.join(chr(ord(each) + _WIDER) for each in narrow)}]"
