"""The invented year as data: which act is done on which day with which words; read by player and oracle."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[1] / "data" / "year"
YEAR = 2025
LAST = date(YEAR, 12, 31)
DATES = (
    date(2025, 1, 26), date(2025, 2, 8), date(2025, 3, 14), date(2025, 4, 3), date(2025, 4, 30), date(2025, 5, 30),
    date(2025, 6, 30), date(2025, 7, 31), date(2025, 9, 28), date(2025, 10, 9), date(2025, 11, 28), date(2025, 12, 31),
)  # fmt: skip
"""Twelve days to stand on: make-up Sundays, the eves of holidays, first days after them, ends of months and year."""


@dataclass(frozen=True)
class Event:
    """One act: its day, the matter (named by its first day), and what is done."""

    day: date
    matter: str
    register: str
    verb: str
    values: Mapping[str, Any]
    rows: Mapping[str, Any]


def matters() -> list[dict[str, Any]]:
    """Return the matters in the order of their first day."""
    found: list[dict[str, Any]] = tomllib.loads((DATA / "matters.toml").read_text(encoding="utf-8"))["matter"]
    return found


def events() -> list[Event]:
    """Return every act of the year in the order in which it is done; what would come after it is left out."""
    plays = tomllib.loads((DATA / "plays.toml").read_text(encoding="utf-8"))
    whole = [(at, event) for at, event in enumerate(_all(plays)) if event.day <= LAST]
    return [event for _at, event in sorted(whole, key=lambda pair: (pair[1].day, pair[1].matter, pair[0]))]


def _all(plays: Mapping[str, Any]) -> Iterator[Event]:
    known = {matter["on"]: matter for matter in matters()}
    for matter in known.values():
        first = date.fromisoformat(f"{YEAR}-{matter['on']}")
        words = {**known.get(matter.get("who_of", ""), {}), **matter}
        for play in matter["plays"]:
            name, _plus, offset = play.partition("+")
            start = first + timedelta(days=int(offset or 0))
            for act in plays[name]:
                ahead, register, verb = act[:3]
                values = _meant(act[3] if len(act) > 3 else {}, start, words)
                rows = _meant(act[4] if len(act) > 4 else {}, start, words)
                name_of = {"new": "second", "join": "join"}.get(verb, "")
                more = {name_of: words[name_of]} if name_of in words else {}
                yield Event(start + timedelta(days=ahead), matter["on"], register, verb, {**values, **more}, rows)


def _meant(given: Any, start: date, words: Mapping[str, Any]) -> Any:
    if isinstance(given, dict):
        return {name: _meant(each, start, words) for name, each in given.items()}
    if isinstance(given, list):
        return [_meant(each, start, words) for each in given]
    if isinstance(given, str) and given.startswith("@"):
        return (start + timedelta(days=int(given[1:]))).isoformat()
    if isinstance(given, str):
        for name in ("who", "about", "kinds", "first"):
            given = given.replace(f"{{{name}}}", str(words.get(name, "")))
    return given
