"""恢复单: the recovery code of a vault in groups that can be copied by hand, and how to keep the sheet."""

from collections.abc import Sequence
from dataclasses import replace

from paizhu.documents.pdf.blocks import (
    FORM_LINE,
    FORM_TITLE,
    SMALL_FOUR,
    UNDER_TITLE,
    Align,
    Block,
    Cell,
    Grid,
    GridRow,
    Paper,
    Para,
    Space,
    Stamp,
    Style,
)
from paizhu.documents.pdf.fonts import Face
from paizhu.documents.pdf.wording import shipped

_ACROSS = 4
_TEXT = Style(Face.BODY, SMALL_FOUR + 2, 24.0, indent=2.0)


def recovery_sheet(groups: Sequence[str], stamp: Stamp, *, owner: str = "") -> Paper:
    """Return the sheet with these groups; it bears no watermark and no code, and leaves nothing of itself behind."""
    words_of = shipped("recovery")
    rows = []
    for start in range(0, len(groups), _ACROSS):
        part = [*groups[start : start + _ACROSS]]
        numbers = [f"第 {start + place + 1} 组" for place in range(len(part))]
        gap = _ACROSS - len(part)
        small = tuple(Cell(text, align=Align.CENTER, size=9.0) for text in [*numbers, *[""] * gap])
        large = tuple(Cell(text, face=Face.SONG, align=Align.CENTER, size=20.0) for text in [*part, *[""] * gap])
        rows += [GridRow(small, keep_next=True), GridRow(large, height=44)]
    points = words_of.points("keep")
    blocks: list[Block] = [Para(words_of["title"], FORM_TITLE)]
    if owner:
        blocks.append(Para(owner, UNDER_TITLE))
    blocks += [
        Para(f"生成时间：{stamp.printed_at:%Y-%m-%d %H:%M}", FORM_LINE),
        Grid(tuple(1.0 for _ in range(_ACROSS)), tuple(rows)),
        Space(10),
        Para(words_of["meant"], _TEXT),
        *(Para(f"{number}. {point}", _TEXT) for number, point in enumerate(points, 1)),
        Space(24),
        Para("存放地点：　　　　　　　　　　　　存放人（签名）：　　　　　　　　　　", FORM_LINE),
        Para("封存日期：　　　　年　　月　　日", FORM_LINE),
    ]
    bare = replace(stamp, number="", code="", anchor="", watermark=False)
    return Paper(words_of["title"], tuple(blocks), bare)
