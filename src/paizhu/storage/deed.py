"""What the officer did, as the journal names it: the head of an act."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

LOOKS = ("export", "print", "reveal", "open")
"""Kinds of acts that only note who looked at records or took them out: nothing of them can be taken back."""
LISTED, ROLLED = "list", "recur"
BY_ITSELF = (LISTED, ROLLED)
"""Kinds of acts the program does of itself: points listed for an item that is opened, the next one made of what recurs
once its day has passed. They can be taken back where they are told; the key of undo means what the officer did."""
LISTED_AS_SAVED = "(kind = 'save' AND label LIKE '列出审查要点和材料%')"
"""Condition for entries in which the program listed points before that had a kind of its own; no save of the officer is
called so."""
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
