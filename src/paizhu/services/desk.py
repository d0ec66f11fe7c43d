"""The open desk: the vault together with what every service needs of it."""

import json
import tomllib
from datetime import date
from functools import cached_property
from typing import Any

from paizhu.base import clock, paths
from paizhu.base.settings import SETTINGS, Place, setting
from paizhu.base.values import Reading
from paizhu.rules.calendar import Calendar
from paizhu.rules.influence_table import Settings
from paizhu.rules.limits import Limit, load_limits
from paizhu.rules.talk_table import TalkTable
from paizhu.services.counting import Counts
from paizhu.services.list_orders import Orders
from paizhu.services.own_rules import in_force
from paizhu.storage.vault import Vault


class Desk:
    """One unlocked vault, its settings, the working-day calendar and the time limits in force."""

    def __init__(self, vault: Vault) -> None:
        self.vault = vault
        self.counts = Counts(vault)
        self.orders = Orders(vault)
        self.corrections: set[tuple[str, int]] = set()
        """Settled records that are being corrected: somebody wrote why, and that stands in the journal."""

    def setting(self, name: str) -> Any:
        """Return a setting of the vault, its default when it was never set."""
        return setting(name).read(self.vault.kept("setting", name))

    def set_setting(self, name: str, value: Any) -> None:
        """Keep a setting of a vault that is being made, without an act; what the officer chooses is an act."""
        if setting(name).place is not Place.VAULT:
            raise KeyError(name)
        self.vault.keep("setting", name, str(value))
        self.__dict__.pop("patterns", None)

    def settings(self) -> dict[str, Any]:
        """Return every setting kept in the vault, by code name."""
        return {each.name: self.setting(each.name) for each in SETTINGS if each.place is Place.VAULT}

    @cached_property
    def calendar(self) -> Calendar:
        """Working days: published years, and what the officer entered over them."""
        return in_force.calendar(self.vault)

    @cached_property
    def limits(self) -> dict[str, Limit]:
        """The time-limit table in force, by code: shipped, and what the officer set over it."""
        return in_force.limits(self.vault, self.shipped_limits)

    @cached_property
    def shipped_limits(self) -> dict[str, Limit]:
        """The time-limit table as it comes with the program, by code."""
        return load_limits((paths.resources() / "rules" / "limits.toml").read_text(encoding="utf-8"))

    @cached_property
    def talks(self) -> TalkTable:
        """The rules of talks in force: shipped, and what the officer set over them."""
        return in_force.talks(self.vault)

    @cached_property
    def influence(self) -> Settings:
        """How long measures weigh: shipped, and what this office set over it."""
        return in_force.influence(self.vault)

    def count_anew(self) -> None:
        """Take note that days off, time limits, influence periods or rules of talks were changed."""
        for name in ("calendar", "limits", "influence", "talks", "patterns"):
            self.__dict__.pop(name, None)

    @cached_property
    def patterns(self) -> dict[str, str]:
        """Patterns of running numbers by register, the group's own before those shipped."""
        return {**self.shipped_patterns, **self.own_patterns}

    @property
    def own_patterns(self) -> dict[str, str]:
        """The patterns this office set itself."""
        own = {name: self.vault.kept("number", name) for name in self.vault.kept_names("number")}
        return {name: pattern for name, pattern in own.items() if pattern}

    @cached_property
    def shipped_patterns(self) -> dict[str, str]:
        """The patterns the program came with."""
        found: dict[str, str] = tomllib.loads(
            (paths.resources() / "rules" / "numbers.toml").read_text(encoding="utf-8")
        )
        return found

    def known_patterns(self, code: str) -> tuple[str, ...]:
        """Return every pattern a series was ever written by, the one in force first."""
        former = json.loads(self.vault.kept("number_former", code) or "[]")
        known = (self.patterns.get(code), *former, self.shipped_patterns.get(code))
        return tuple(dict.fromkeys(pattern for pattern in known if pattern))

    @property
    def today(self) -> date:
        """The day from which everything is counted."""
        return clock.today()

    @property
    def reading(self) -> Reading:
        """How typed words are understood here: from today, on this calendar."""
        return Reading(reference=self.today, add_working_days=self.calendar.add_working_days, typed_now=True)
