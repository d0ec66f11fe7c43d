"""The records of a dossier as rows: day, register, words, how it ended."""

from __future__ import annotations

from paizhu import registers
from paizhu.services.dossier.words import Line
from paizhu.ui.icons import Shape
from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.kit.lines_model import Cells
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.register.words import state_mark


def _mark(line: Line) -> Mark | None:
    if not line.state_words:
        return None
    found = state_mark(registers.register(line.register), line.state)
    if found:
        return found
    weighs = line.state == "in_period"
    return (
        Mark(Shape.TRIANGLE, line.state_words, Tone.AMBER) if weighs else Mark(Shape.TICK, line.state_words, Tone.DONE)
    )


CELLS: tuple[Cells[Line], ...] = (
    Cells(Column("day", "日期", 104), lambda line: line.day.isoformat() if line.day else ""),
    Cells(
        Column("register", "来自台账", 84, rank=1),
        lambda line: registers.register(line.register).label,
        tone=Tone.DONE,
    ),
    Cells(
        Column("words", "内容", 260, stretches=True),
        lambda line: line.words,
        tip=lambda line: f"{line.no} {line.words}".strip(),
    ),
    Cells(Column("state", "结果", 112, CellKind.STATUS, least=84), lambda line: line.state_words, mark=_mark),
)
