"""Checklists and papers of a review item, as data: the common points first, then those of its category."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """One point to check: code, words, the clause it rests on (when one was read) and how sure that is."""

    code: str
    words: str
    category: str = ""
    basis: str = ""
    confidence: str = "memory"


@dataclass(frozen=True, slots=True)
class Checklists:
    """Points and papers by category."""

    points: tuple[Point, ...]
    materials: Mapping[str, Sequence[str]]

    def points_for(self, category: str) -> tuple[Point, ...]:
        """Return the points of every item and of this category, in order."""
        return tuple(point for point in self.points if point.category in ("", category))

    def materials_for(self, category: str) -> tuple[str, ...]:
        """Return the papers every item and this category bring along."""
        return (*self.materials.get("every", ()), *self.materials.get(category, ()))


def load(toml_text: str) -> Checklists:
    """Return the checklists; a point twice or without words is refused as a fault of the data."""
    data = tomllib.loads(toml_text)
    points = tuple(Point(**entry) for entry in data["check"])
    codes = [point.code for point in points]
    if len(set(codes)) != len(codes) or not all(point.words for point in points):
        raise ValueError("a point of the checklist is there twice or says nothing")
    return Checklists(points, data["materials"])
