"""Which registers a written sentence can go into, and the words that tell them; the words are rule data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from paizhu import registers
from paizhu.base.register import Register


@dataclass(frozen=True, slots=True)
class Kind:
    """One register a sentence can go into: the words that tell it, and the fields its parts are put in."""

    key: str
    button: str
    words: tuple[str, ...]
    day: str
    text: str
    person: str = ""
    unit: str = ""
    kind: str = ""
    hours: str = ""
    often: str = ""
    wins: tuple[str, ...] = ()
    drops: tuple[str, ...] = ()
    said: tuple[tuple[str, str, str], ...] = ()
    after: tuple[str, ...] = ()
    keeps: bool = False
    keeps_kind: bool = False
    ahead: bool = False
    now: bool = False
    reporter: bool = False

    @property
    def register(self) -> Register:
        """The register itself."""
        return registers.register(self.key)


def kinds_of(entries: list[Mapping[str, Any]]) -> tuple[Kind, ...]:
    """Return the kinds of ``resources/rules/quick_words.toml``, in the order in which they are offered."""
    return tuple(_kind(entry) for entry in entries)


def _kind(entry: Mapping[str, Any]) -> Kind:
    return Kind(**{name: _frozen(value) for name, value in entry.items()})


def _frozen(value: Any) -> Any:
    return tuple(_frozen(each) for each in value) if isinstance(value, list) else value


def kind_words(kind: Kind) -> Iterator[tuple[str, str]]:
    """Yield the words of a register's kinds with their codes; its own name says nothing about the kind."""
    if not kind.kind:
        return
    for choice in kind.register.field(kind.kind).choices:
        for word in (choice.label, *choice.aliases):
            if word != kind.register.label and len(word) > 1 and not choice.retired:
                yield word, choice.code
