"""Marks on pages: what the layout puts where, before the frame draws it; all in points from the lower left."""

from dataclasses import dataclass, field

from paizhu.documents.pdf.fonts import Face


@dataclass(slots=True)
class Words:
    """One line of words from its left end on the baseline; ``gap`` opens it to the full width."""

    x: float
    y: float
    text: str
    face: Face
    size: float
    gap: float = 0.0
    red: bool = False


@dataclass(slots=True)
class Rule:
    """A straight line."""

    x: float
    y: float
    to_x: float
    to_y: float
    width: float = 0.6
    red: bool = False


@dataclass(slots=True)
class Shade:
    """A pale ground under a cell."""

    x: float
    y: float
    width: float
    height: float


@dataclass(slots=True)
class Drawn:
    """A picture in its place."""

    x: float
    y: float
    width: float
    height: float
    content: bytes


@dataclass(slots=True)
class Page:
    """One page as laid out; ``headings`` are the bookmarks on it with their height and level."""

    words: list[Words] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    shades: list[Shade] = field(default_factory=list)
    pictures: list[Drawn] = field(default_factory=list)
    headings: list[tuple[str, float, int]] = field(default_factory=list)
