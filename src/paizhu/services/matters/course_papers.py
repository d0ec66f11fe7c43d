"""Which papers each stage of a matter should have by now, and which are not among its files yet."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from paizhu.base import paths
from paizhu.base.asked import empty
from paizhu.base.rows import Values
from paizhu.base.text import folded
from paizhu.services.desk import Desk
from paizhu.services.matters.course_part import Part
from paizhu.services.preparing import day_of
from paizhu.storage import queries

CASE_FILE = "case_file"
"""Code of the paper that holds a whole matter."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One kind of paper as data; see ``resources/rules/stage_papers.toml``."""

    code: str
    stage: str
    name: str
    register: str
    when: tuple[str, ...]
    fits: tuple[str, ...]
    source: str
    confidence: str
    slot: str = ""
    form: str = ""
    number: str = ""
    kept_in: str = ""
    holds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def is_due(self, held: Values) -> bool:
        """Tell whether a record has come so far that the paper must exist."""
        filled = all(not empty(held.get(name)) for name in self.when)
        return filled and all(held.get(name) in codes for name, codes in self.holds.items())


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of the matter; ``file`` names the file that counts as it, empty while it is missing.

    ``kept_in`` tells where a paper is that was not put among the files, and then it is not missing either.
    ``form`` is the code under which the program prints it from the record, empty where it cannot; ``number`` is its
    文号, or that of its record where it has none of its own.
    """

    stage: str
    name: str
    file: str
    part: tuple[str, int]
    slot: str
    source: str
    form: str = ""
    day: date | None = None
    number: str = ""
    kept_in: str = ""

    @property
    def is_there(self) -> bool:
        """Tell whether a file was found for it, or the record tells where it is kept."""
        return bool(self.file or self.kept_in)


@cache
def wanted() -> tuple[Wanted, ...]:
    """Return the papers of all stages in the order of a 程序卷."""
    data = tomllib.loads((paths.resources() / "rules" / "stage_papers.toml").read_text(encoding="utf-8"))
    return tuple(
        Wanted(
            code,
            entry["stage"],
            entry["name"],
            entry["register"],
            tuple(entry["when"]),
            tuple(entry["fits"]),
            entry["source"],
            entry["confidence"],
            entry.get("slot", ""),
            entry.get("form", ""),
            entry.get("number", ""),
            entry.get("kept_in", ""),
            {name: tuple(codes) for name, codes in entry.get("is", {}).items()},
        )
        for code, entry in data.items()
    )


def papers_of(desk: Desk, parts: Sequence[Part]) -> tuple[Paper, ...]:
    """Return the papers due by now, stage by stage, each with the file that counts as it."""
    files = _files(desk, parts)
    made = []
    for paper in wanted():
        for part in parts:
            if part.register.key == paper.register and paper.is_due(part.row.values):
                file = _found(paper, part.key, files)
                made.append(
                    Paper(
                        paper.stage,
                        paper.name,
                        file,
                        part.key,
                        paper.slot,
                        paper.source,
                        paper.form,
                        _day(paper, part),
                        str(part.row.values.get(paper.number) or part.row.no),
                        "" if file else str(part.row.values.get(paper.kept_in) or ""),
                    )
                )
    return tuple(made)


def _day(paper: Wanted, part: Part) -> date | None:
    return next((day for name in paper.when if (day := day_of(part.row.values.get(name)))), None)


def _files(desk: Desk, parts: Sequence[Part]) -> list[tuple[tuple[str, int], str, str]]:
    found = []
    with desk.vault.read() as connection:
        for part in parts:
            rows = queries.files_at(connection, *part.key, ("slot", "name"))
            found += [(part.key, str(slot or ""), str(name)) for slot, name in rows]
    return found


def _found(paper: Wanted, part: tuple[str, int], files: Sequence[tuple[tuple[str, int], str, str]]) -> str:
    words = [folded(each) for each in paper.fits]
    # A file at the record itself comes first: with two leads of one letter each has its own report.
    for own in (True, False):
        for at, slot, name in files:
            if (at == part) is own and ((paper.slot and slot == paper.slot) or any(w in folded(name) for w in words)):
                return name
    return ""
