"""The forms of a matter on paper: ruled tables with boxes to sign, and letters, filled from the record (class P3)."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from paizhu import registers
from paizhu.base.register import Register
from paizhu.base.rows import Row
from paizhu.documents.papers.letter import spoken
from paizhu.documents.papers.record import Rows
from paizhu.documents.papers.stages import TALL, StageForm
from paizhu.documents.pdf.blocks import (
    BODY_NAME,
    COPIES,
    FORM,
    FORM_LINE,
    FORM_TITLE,
    LETTER,
    NOTE,
    TEXT,
    TITLE,
    Block,
    Cell,
    Grid,
    GridRow,
    Letterhead,
    Paper,
    Para,
    Signature,
    Space,
    Stamp,
    label,
    value,
)
from paizhu.documents.pdf.guard import need_purpose, printable, words
from paizhu.documents.pdf.wording import shipped

_SIX = (14.0, 18.0, 13.0, 18.0, 13.0, 24.0)
_TALL, _SIGN = 84.0, 62.0
_HEIGHTS = (1.0, 0.8, 0.64)
"""What the boxes shrink to, so that a form does not need one more page for a line."""
_PLACE = re.compile(r"\{(\w+)\}")
WITHHELD = "略"


def stage_form(form: StageForm, row: Row, rows: Rows, stamp: Stamp, body: str = "") -> Paper:
    """Return a form or letter filled from its record; ``body`` is the name of the group. Refused without a purpose."""
    need_purpose(stamp)
    if form.is_letter:
        blocks = letter_blocks(form, row, body, stamp.printed_at.date())
        number = _show(registers.register(form.register), form.number, row) if form.number else ""
        # A letter goes out of the house: no line with the printer's name runs across it.
        out = replace(stamp, watermark=False)
        return Paper(form.title, tuple(blocks), out, LETTER, Letterhead(body or "　", number))
    first, *smaller = (tuple(table_blocks(form, row, rows, stamp, body, high=high)) for high in _HEIGHTS)
    return Paper(form.title, first, stamp, FORM, smaller=tuple(smaller))


def table_blocks(
    form: StageForm, row: Row, rows: Rows, stamp: Stamp, body: str = "", *, high: float = 1.0
) -> list[Block]:
    """Return the blocks of a ruled form, also for a file that holds several; ``high`` scales its boxes."""
    register = registers.register(form.register)
    grid = [_line(register, names, row, rows, high) for names in form.rows]
    grid += [_box(register, said, name, row, high) for said, name in form.writes]
    grid += [_box(register, said, name, row, high, shipped("approval")["sign"]) for said, name in form.signs]
    blocks: list[Block] = [Para(form.title, FORM_TITLE), Para(f"编号：{row.no or stamp.number}", FORM_LINE)]
    if body:
        blocks.insert(0, Para(body, BODY_NAME))
    blocks += [Grid(_SIX, tuple(grid)), Space(4)]
    if form.receipt:
        blocks += [Space(8), Para(form.receipt, FORM_LINE, keep_back=True)]
    return [*blocks, Para(shipped("approval")["secret"], NOTE, keep_back=True)]


def _box(register: Register, said: str, name: str, row: Row, high: float, sign: str = "") -> GridRow:
    # What stands after the colon is said to whoever signs, above the place for the hand.
    box, _colon, told = said.partition("：")
    filled = [text for text in (told, _show(register, name, row) if name else "") if text]
    return GridRow((label(box), Cell("\n".join(filled), 5, sign=sign)), height=_SIGN * high)


def letter_blocks(form: StageForm, row: Row, body: str, today: date) -> list[Block]:
    """Return the blocks of a letter; a place that is not filled in stays open to be written by hand."""
    register = registers.register(form.register)
    day = row.values.get(form.day) if form.day else None
    said = [_filled(register, text, row) for text in form.text]
    to = _filled(register, form.to, row)
    blocks: list[Block] = [Para(form.title, TITLE, balanced=True), Space(10), Para(f"{to}：", replace(TEXT, indent=0))]
    blocks += [Para(text, TEXT) for text in said]
    copies = Para(_filled(register, form.cc, row), COPIES) if form.cc else None
    return [*blocks, Space(24), Signature(body or "　", spoken(day if isinstance(day, date) else today), copies)]


def _line(register: Register, names: Sequence[str], row: Row, rows: Rows, high: float) -> GridRow:
    """Return one line: a name over the whole width, or two or three side by side."""
    if len(names) == 1:
        name = names[0].removesuffix(TALL)
        if not register.has(name):
            return GridRow((label(register.child(name).label), value(_rows(register, name, rows), 5)))
        height = _TALL * high if names[0].endswith(TALL) else 0.0
        return GridRow((label(register.label_of(name)), value(_show(register, name, row), 5)), height=height)
    cells: list[Cell] = []
    spans = (1, 1, 1) if len(names) > 2 else (1, 3)  # two names share the six columns as 1+1 and 1+3
    for name, span in zip(names, spans, strict=True):
        cells += [label(register.label_of(name)), value(_show(register, name, row), span)]
    return GridRow(tuple(cells))


def _filled(register: Register, text: str, row: Row) -> str:
    return _PLACE.sub(lambda place: _show(register, place[1], row) or "＿＿＿＿", text)


def _show(register: Register, name: str, row: Row) -> str:
    field = register.field(name)
    return words(field, row) if printable(field) else WITHHELD


def _rows(register: Register, key: str, rows: Rows) -> str:
    child = register.child(key)
    fields = [child.field(name) for name in child.columns]
    if not all(printable(field) for field in fields):
        return WITHHELD
    told = [
        "，".join(text for field in fields if (text := words(field, each)))
        for each in rows.get(key, ())
        if not each.voided
    ]
    return "\n".join(f"{number}. {text}" for number, text in enumerate(told, 1)) or "无"
