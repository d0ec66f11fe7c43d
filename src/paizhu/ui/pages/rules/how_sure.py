"""How sure a built-in rule is, as every table of rules shows it: a shape and a word."""

from __future__ import annotations

from paizhu.services.own_rules.time_limits import CONFIDENCE
from paizhu.ui.icons import Shape
from paizhu.ui.kit.roles import Mark, Tone

SET_HERE = Mark(Shape.DOT, "本单位设定", Tone.DONE)


def how_sure(confidence: str, otherwise: str) -> Mark:
    """Return the mark of what the program came with; `otherwise` says what rests on no text at all."""
    match confidence:
        case "verified":
            return Mark(Shape.TICK, CONFIDENCE[confidence], Tone.DONE)
        case "memory":
            return Mark(Shape.TRIANGLE, CONFIDENCE[confidence], Tone.AMBER)
    return Mark(Shape.DOT, otherwise, Tone.DONE)
