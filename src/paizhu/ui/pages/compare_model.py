"""What a comparison with a backup found, as a list: register, record, what differs, and whether it left a trace."""

from __future__ import annotations

from dataclasses import replace

from paizhu.services.safety.comparing import Difference, label_of
from paizhu.ui.icons import Shape
from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.kit.lines_model import Cells
from paizhu.ui.kit.roles import Mark, Tone

_NAMED = 3


def mark_of(each: Difference) -> Mark:
    """Return shape and words for whether the journal knows of a difference."""
    if each.journalled:
        return Mark(Shape.TICK, "有留痕", Tone.DONE)
    if each.untraced:
        return Mark(Shape.DASH, "不记留痕", Tone.QUIET)
    return Mark(Shape.DIAMOND, "没有留痕", Tone.ACCENT)


def _number(each: Difference) -> str:
    return each.no or (f"{each.record_id} 号" if each.record_id else "")


def _fields(each: Difference) -> str:
    labels = [one.label for one in each.fields]
    more = f" 等 {len(labels)} 项" if len(labels) > _NAMED else ""
    return "、".join(labels[:_NAMED]) + more


_TOLD: tuple[Cells[Difference], ...] = (
    Cells(Column("register", "台账", 100), lambda each: label_of(each.register)),
    Cells(Column("no", "编号", 130), _number),
    Cells(
        Column("title", "记录", 200, stretches=True),
        lambda each: f"{each.title}（{each.part}）" if each.part else each.title,
    ),
    Cells(Column("what", "情况", 100), lambda each: each.what.words),
    Cells(Column("fields", "不同的项目", 220, rank=1), _fields),
    Cells(Column("state", "留痕", 120, CellKind.STATUS), mark=mark_of),
)
CELLS = tuple(replace(each, tip=each.shown) for each in _TOLD)
"""What is cut can be read whole."""
