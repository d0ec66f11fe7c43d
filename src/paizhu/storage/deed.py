"""What the officer did, as the journal names it: the head of an act."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Deed:
    """What the officer did, as the journal names it; ``about`` holds plain facts such as a file's name."""

    kind: str
    label: str
    actor: str
    about: Mapping[str, Any] = field(default_factory=dict)
    undoes: int | None = None
    # Opening, exporting and printing are entries although nothing changes.
    always: bool = False
