"""What stands typed in a form and is not saved: kept encrypted in the vault until it is saved or thrown away."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from paizhu.base.errors import PaizhuError
from paizhu.base.field import Field, FieldKind
from paizhu.base.register import Register
from paizhu.base.rows import Sealed
from paizhu.registers import REGISTERS
from paizhu.services.desk import Desk
from paizhu.storage.vault import Vault

NEW = 0
_BOX = "sealed"

Typed = Mapping[str, Any]
TypedRows = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Draft:
    """Typed words by field and by kind of rows, the version they were typed over, and when they were kept."""

    typed: dict[str, Any]
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    version: int | None = None
    at: str = ""


class PaneDrafts:
    """Words that are being written on a pane beside the form, encrypted, by record, until one act stores them.

    They are kept apart from the draft of the form: a record that is read again while words are typed must not open
    its form for them. ``kind`` is not the key of a register.
    """

    def __init__(self, vault: Vault, kind: str) -> None:
        self._vault = vault
        self._kind = kind

    def keep(self, record_id: int, words: str | None) -> None:
        """Keep the words as they stand now; None forgets them."""
        self._vault.drafts.put(self._kind, record_id, words)

    def find(self, record_id: int) -> tuple[str, str] | None:
        """Return time and words of what was not stored."""
        kept = (
            (at, words)
            for kind, kept_id, at, words in self._vault.drafts.every()
            if (kind, kept_id) == (self._kind, record_id)
        )
        return next(kept, None)


class Drafts:
    """The drafts of one vault; words about an informant are sealed here too, so only the password opens them."""

    def __init__(self, desk: Desk) -> None:
        self._vault = desk.vault

    def keep(
        self,
        register: Register,
        record_id: int | None,
        typed: Typed,
        rows: TypedRows | None = None,
        version: int | None = None,
    ) -> None:
        """Keep what is typed over one record, or as a new one (None); nothing typed forgets the draft."""
        if not typed and not rows:
            self.forget(register, record_id)
            return
        facts = {
            "typed": {name: self._plain(_field(register, name), raw) for name, raw in typed.items()},
            "rows": {
                key: [
                    {name: self._plain(_field(register.child(key), name), raw) for name, raw in row.items()}
                    for row in given
                ]
                for key, given in (rows or {}).items()
            },
            "version": version,
        }
        self._vault.drafts.put(register.key, record_id or NEW, json.dumps(facts, ensure_ascii=False))

    def find(self, register: Register, record_id: int | None) -> Draft | None:
        """Return the draft over a record, or that of a new one (None): the one in hand, else the last set aside."""
        kept = {kept_id: (at, body) for key, kept_id, at, body in self._vault.drafts.every() if key == register.key}
        wanted = record_id or NEW
        if wanted == NEW and NEW not in kept and (last := min(kept, default=NEW)) < NEW:
            self._move(register, last, NEW, *kept[last])
            wanted = last
        return _read(register, *kept[wanted]) if wanted in kept else None

    def set_aside(self, register: Register) -> None:
        """Put the draft of a new record behind another one, which begins now; it comes back when that is done with."""
        kept = {kept_id: (at, body) for key, kept_id, at, body in self._vault.drafts.every() if key == register.key}
        if NEW in kept:
            self._move(register, NEW, min(kept) - 1, *kept[NEW])

    def _move(self, register: Register, here: int, there: int, at: str, body: str) -> None:
        # Kept in both places for a moment, so that nothing can come between; what the disk refuses stays in memory.
        with suppress(PaizhuError):
            self._vault.drafts.put(register.key, there, body, at)
        with suppress(PaizhuError):
            self._vault.drafts.put(register.key, here, None)

    def left(self) -> list[tuple[Register, int, str]]:
        """Return register, record (NEW or less for one never saved) and time of every draft of a form, newest first."""
        known = {register.key: register for register in REGISTERS}
        return [(known[key], record_id, at) for key, record_id, at, _body in self._vault.drafts.every() if key in known]

    def forget(self, register: Register, record_id: int | None) -> None:
        """Throw a draft away, because it was saved or is not wanted."""
        self._vault.drafts.put(register.key, record_id or NEW, None)

    def _plain(self, field: Field | None, raw: Any) -> Any:
        if isinstance(raw, Sealed):
            return {_BOX: raw.box}
        if field and field.kind is FieldKind.SEALED and raw:
            return {_BOX: self._vault.seal(str(raw), field.name)}
        return raw


def _field(register: Register, name: str) -> Field | None:
    return register.field(name) if register.has(name) else None


def _read(register: Register, at: str, body: str) -> Draft | None:
    try:
        facts = json.loads(body)
        typed = {name: _typed(raw) for name, raw in facts["typed"].items() if register.has(name)}
        known = {child.key for child in register.rows}
        rows = {
            key: [{name: _typed(raw) for name, raw in row.items()} for row in given]
            for key, given in facts["rows"].items()
            if key in known
        }
        return Draft(typed, rows, facts.get("version"), at)
    except (ValueError, KeyError, AttributeError, TypeError):
        return None


def _typed(raw: Any) -> Any:
    return Sealed(raw[_BOX]) if isinstance(raw, dict) and set(raw) == {_BOX} else raw
