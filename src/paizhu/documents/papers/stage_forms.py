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
_PLACE = re.compile(r"\{(\w+)\}")
WITHHELD = "略"


def stage_form(form: StageForm, row: Row, rows: Rows, stamp: Stamp, body: str = "") -> Paper:
    """Return a form or letter filled from its record; ``body`` is the name of the group. Refused without a purpose."""
    need_purpose(stamp)
    blocks = letter_blocks(form, row, body, stamp.printed_at.date()) if form.is_letter else table_blocks(
        form, row, rows, stamp, body
    )  # fmt: skip
    if form.is_letter:
        number = _show(registers.register(form.register), form.number, row) if form.number else ""
        return Paper(form.title, tuple(blocks), stamp, LETTER, Letterhead(body or "　", number))
    return Paper(form.title, tuple(blocks), stamp, FORM)


def table_blocks(form: StageForm, row: Row, rows: Rows, stamp: Stamp, body: str = "") -> list[Block]:
    """Return the blocks of a ruled form, also for a file that holds several."""
    register = registers.register(form.register)
    sign = shipped("approval")["sign"]
    grid = [_line(register, names, row, rows) for names in form.rows]
    for said, name in form.signs:
        # What stands after the colon is said to whoever signs, above the place for the hand.
        box, _colon, told = said.partition("：")
        filled = [text for text in (told, _show(register, name, row) if name else "") if text]
        grid.append(GridRow((label(box), Cell("\n".join(filled), 5, sign=sign)), height=_SIGN))
    blocks: list[Block] = [Para(form.title, FORM_TITLE), Para(f"编号：{row.no or stamp.number}", FORM_LINE)]
    if body:
        blocks.insert(0, Para(body, replace(FORM_LINE, size=13.0)))
    blocks += [Grid(_SIX, tuple(grid)), Space(4)]
    if form.receipt:
        blocks += [Space(8), Para(form.receipt, FORM_LINE)]
    return [*blocks, Para(shipped("approval")["secret"], NOTE)]


def letter_blocks(form: StageForm, row: Row, body: str, today: date) -> list[Block]:
    """Return the blocks of a letter; a place that is not filled in stays open to be written by hand."""
    register = registers.register(form.register)
    day = row.values.get(form.day) if form.day else None
    said = [_filled(register, text, row) for text in form.text]
    to = _filled(register, form.to, row)
    blocks: list[Block] = [Para(form.title, TITLE, balanced=True), Space(10), Para(f"{to}：", replace(TEXT, indent=0))]
    blocks += [Para(text, TEXT) for text in said]
    blocks += [Space(24), Signature(body or "　", spoken(day if isinstance(day, date) else today))]
    if form.cc:
        blocks += [Space(16), Para(_filled(register, form.cc, row), FORM_LINE)]
    return blocks


def _line(register: Register, names: Sequence[str], row: Row, rows: Rows) -> GridRow:
    """Return one line: a name over the whole width, or two or three side by side."""
    if len(names) == 1:
        name = names[0].removesuffix(TALL)
        if not register.has(name):
            return GridRow((label(register.child(name).label), value(_rows(register, name, rows), 5)))
        height = _TALL if names[0].endswith(TALL) else 0.0
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
