"""What the officer did, as the journal names it: the head of an act."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

LOOKS = ("export", "print", "reveal", "open")
"""Kinds of acts that only note who looked at records or took them out: nothing of them can be taken back."""
READING = frozenset({*LOOKS, "security"})
"""Kinds of acts that change no record: those, and what is done to passwords and keys."""


@dataclass(frozen=True)
class Deed:
    """What the officer did, as the journal names it; ``about`` holds plain facts such as a file's name."""

    kind: str
    label: str
    actor: str
    about: Mapping[str, Any] = field(default_factory=dict)
    undoes: int | None = None
    always: bool = False
    """It is an entry of the journal although nothing changed, as opening, exporting and printing are."""
