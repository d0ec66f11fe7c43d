"""法定节日: the days the law itself gives off, known years before the State Council's notice of them.

The notice alone says which weekends are worked in exchange, so a year without it counts by weekends. These days are
said beside such a count, and can be taken into the calendar until the notice comes.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class StatutoryDays:
    """The days by holiday, as ``MM-DD``: ``fixed`` of every year, ``moving`` by year as far as they are worked out."""

    source: str
    fixed: Mapping[str, tuple[str, ...]]
    moving: Mapping[int, Mapping[str, tuple[str, ...]]]

    def of_year(self, year: int) -> dict[date, str]:
        """Return the days of a year with the holiday's name, in order; a day of two holidays bears the first."""
        found: dict[date, str] = {}
        for holidays in (self.fixed, self.moving.get(year, {})):
            for name, days in holidays.items():
                for day in days:
                    found.setdefault(date.fromisoformat(f"{year}-{day}"), name)
        return dict(sorted(found.items()))


def load_statutory(toml_text: str) -> StatutoryDays:
    """Return the days as they are written down; KeyError or ValueError for a file that is not what it should be."""
    data = tomllib.loads(toml_text)
    moving = {int(year): _tuples(holidays) for year, holidays in data["moving"].items()}
    return StatutoryDays(data["source"], _tuples(data["fixed"]), moving)


def _tuples(holidays: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(days) for name, days in holidays.items()}
