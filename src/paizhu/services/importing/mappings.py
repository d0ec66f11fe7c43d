"""How the columns of a layout were matched, known again by the fingerprint of its header; named, edited, forgotten."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from paizhu.storage.vault import Vault

_KIND = "mapping"


@dataclass(frozen=True, slots=True)
class Remembered:
    """One layout: its fingerprint, its register, field by column letters, and the officer's name for it."""

    fingerprint: str
    register: str
    mapping: Mapping[str, str]
    name: str = ""

    @property
    def fed(self) -> int:
        """How many of its columns feed a field."""
        return sum(bool(path) for path in self.mapping.values())


class Mappings:
    """The layouts remembered in one vault."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def find(self, fingerprint: str) -> Remembered | None:
        """Return what is remembered of a layout."""
        return _read(fingerprint, self._vault.kept(_KIND, fingerprint))

    def all(self) -> list[Remembered]:
        """Return every layout remembered, the last used first."""
        found = (self.find(fingerprint) for fingerprint in self._vault.kept_names(_KIND))
        return [each for each in found if each is not None]

    def fingerprints(self) -> list[str]:
        """Return the fingerprint of every layout remembered."""
        return list(self._vault.kept_names(_KIND))

    def keep(self, fingerprint: str, register: str, mapping: Mapping[str, str], name: str) -> None:
        """Remember a layout; one that has a name keeps it unless another one is given."""
        known = self.find(fingerprint)
        words = " ".join(name.split()) or (known.name if known else "")
        self._vault.keep(_KIND, fingerprint, json.dumps([register, dict(mapping), words], ensure_ascii=False))

    def rename(self, fingerprint: str, name: str) -> None:
        """Give a layout another name; one that is not remembered stays so."""
        known = self.find(fingerprint)
        if known is not None and " ".join(name.split()):
            self.keep(fingerprint, known.register, known.mapping, name)

    def forget(self, fingerprint: str) -> None:
        """Forget a layout: the next file of it is recognised anew."""
        self._vault.keep(_KIND, fingerprint, None)


def _read(fingerprint: str, body: str | None) -> Remembered | None:
    if not body:
        return None
    # Layouts remembered before they could be named have two parts.
    register, mapping, *name = json.loads(body)
    return Remembered(fingerprint, register, mapping, name[0] if name else "")
