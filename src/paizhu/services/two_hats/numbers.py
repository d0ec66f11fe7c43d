"""What the two roles are measured by: the officer's own work, the usual hours of each kind, how alike titles are."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from paizhu import registers
from paizhu.base import paths


@dataclass(frozen=True, slots=True)
class MainKind:
    """One kind of the officer's own work: where it stands, when it counts, and the usual hours of one."""

    name: str
    register: str
    date: str
    needs: str
    hours: Decimal
    start: str = ""
    end: str = ""
    states: Sequence[str] = ()


@cache
def data() -> Mapping[str, Any]:
    """Return ``resources/rules/two_hats.toml``."""
    return tomllib.loads((paths.resources() / "rules" / "two_hats.toml").read_text(encoding="utf-8"))


@cache
def main_kinds() -> tuple[MainKind, ...]:
    """Return what counts as the officer's own work, out of ``resources/rules/two_hats.toml``."""
    known = {register.key for register in registers.REGISTERS}
    made = (MainKind(**{**entry, "hours": Decimal(entry["hours"])}) for entry in data()["main"])
    return tuple(kind for kind in made if kind.register in known)
