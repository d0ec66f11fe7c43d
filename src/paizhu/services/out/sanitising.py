"""Whose names a 脱敏副本 takes out: the roster, whoever any register names as a person, and their relatives."""

import re
from dataclasses import replace

from paizhu.base import stored
from paizhu.base.field import FieldKind
from paizhu.base.rows import Ref, refs_in
from paizhu.documents.papers import sanitised as pdf_sanitised
from paizhu.documents.papers.sanitised import MARKING
from paizhu.documents.pdf.blocks import Paper
from paizhu.services.desk import Desk
from paizhu.storage.tables import TABLES, quoted

_BETWEEN = re.compile(r"[、，,；;/\s]+")
_WITH_NOTE = re.compile(r"[（(].*?[)）]")
# Words in a person's field that are a body and no name: taken for a name they would be struck out of every sentence.
_BODY = re.compile(r"(?:处|局|室|科|组|站|所|委|部|厅|院|会|中心|公司|单位|群众|同志|人员|本人|若干|等|人)$")
_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff·]{2,8}")
_TARGET = "person"

__all__ = ["MARKING", "copy_of", "known_names"]


def copy_of(desk: Desk, paper: Paper) -> Paper:
    """Return a paper that names nobody, with a warning that tells what was done and what only a reader can see."""
    done = pdf_sanitised.sanitised(paper, known_names(desk))
    return replace(done.paper, warnings=(*done.paper.warnings, done.words))


def known_names(desk: Desk) -> frozenset[str]:
    """Return every name of a person that stands in the vault as one; class P4 is sealed and on no paper anyway."""
    found = {str(desk.setting("officer")).strip()}
    with desk.vault.read() as connection:
        for (name,) in connection.execute(f"SELECT name FROM {quoted(TABLES[_TARGET].name)}").fetchall():
            found.add(str(name or "").strip())
        for kept in TABLES.values():
            for field in kept.fields.values():
                if not field.is_reference or _TARGET not in field.targets:
                    continue
                column = quoted(field.name)
                rows = connection.execute(
                    f"SELECT DISTINCT {column} FROM {quoted(kept.name)} WHERE {column} IS NOT NULL"
                ).fetchall()
                for (raw,) in rows:
                    found |= _names(field.kind, raw)
    return frozenset(name for name in found if name)


def _names(kind: FieldKind, raw: str) -> set[str]:
    return {name for ref in refs_in(stored.from_db(kind, raw)) for name in _split(ref)}


def _split(ref: Ref) -> list[str]:
    if ref.linked:
        return [ref.label.strip()] if ref.register == _TARGET else []
    words = _WITH_NOTE.sub("", ref.label)
    return [each for each in _BETWEEN.split(words) if _NAME.fullmatch(each) and not _BODY.search(each)]
