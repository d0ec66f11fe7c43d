"""The lists of the review as rows: words with what they rest on, category, and whether this office changed them."""

from __future__ import annotations

from paizhu.registers.review import REVIEW
from paizhu.services.reviews.lists import Line
from paizhu.ui.icons import Shape
from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.kit.lines_model import Cells
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.pages.rules.how_sure import how_sure

EVERY = "每类事项"


def category_words(line: Line) -> str:
    """Return for which kind of matter a line is used."""
    labels = {choice.code: choice.label for choice in REVIEW.field("category").choices}
    named = line.categories or ((line.category,) if line.category else ())
    return "、".join(labels[code] for code in named) or EVERY


def mark(line: Line) -> Mark:
    """Return how a line stands: put aside, the office's own, changed, or as shipped and how sure that is."""
    if not line.active:
        return Mark(Shape.DASH, "停用", Tone.DONE)
    if line.own:
        return Mark(Shape.DOT, "本单位增加", Tone.DONE)
    if line.changed:
        return Mark(Shape.DOT, "本单位改过", Tone.DONE)
    return how_sure(line.confidence, "惯例")


def _said_of(line: Line) -> str:
    return line.basis or (f"原为：{line.shipped_words}" if line.changed else "")


def _unused(line: Line) -> Tone | None:
    return None if line.active else Tone.DONE


CELLS: tuple[Cells[Line], ...] = (
    Cells(
        Column("words", "内容和依据", 320, stretches=True),
        lambda line: line.words,
        second=_said_of,
        tip=lambda line: "\n".join(filter(None, (line.words, line.basis, line.reason))),
        tone=_unused,
    ),
    Cells(Column("category", "适用事项", 120, rank=2), category_words, tone=_unused),
    Cells(Column("state", "现状", 124, CellKind.STATUS), mark=mark, tone=_unused),
    Cells(
        Column("code", "编号", 84, rank=3),
        # What a paper is known by is its name, and phrases are in nobody's mouth by number.
        lambda line: line.code if ":" not in line.code else "",
        tone=Tone.DONE,
    ),
)
