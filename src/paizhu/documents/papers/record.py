"""Any record as a ruled form: its sections in reading order, then the rows that stand under it."""

from collections.abc import Mapping, Sequence

from paizhu.base.field import Field, FieldKind
from paizhu.base.register import Register
from paizhu.base.rows import Row
from paizhu.documents.papers.register_list import align, allowed, layout, private
from paizhu.documents.pdf.blocks import (
    FIVE,
    FORM,
    FORM_TITLE,
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
    heading,
    label,
    value,
)
from paizhu.documents.pdf.fonts import Face
from paizhu.documents.pdf.guard import checked, printable, words

Rows = Mapping[str, Sequence[Row]]
COLUMNS = (16.0, 34.0, 16.0, 34.0)
_LONG = 26
WITHHELD = "略"


def record_paper(
    register: Register,
    row: Row,
    stamp: Stamp,
    *,
    rows: Rows | None = None,
    fields: Sequence[Field] = (),
) -> Paper:
    """Return a record as a form; empty fields are left out, private ones masked.

    Of rows that tell who reported nothing is printed but 略 (``domain.md`` 8.1).
    """
    names = [name for section in register.sections for name in section.names]
    shown = {field.name: field for field in checked(fields or allowed(register, names, stamp), stamp)}
    body: list[GridRow] = []
    for section in register.sections:
        pairs = [
            (field, text)
            for name in section.names
            if (field := shown.get(name)) and (text := words(field, row, private))
        ]
        if pairs:
            body.append(heading(section.label, len(COLUMNS)))
            body.extend(pair_rows([(field.label, text, field.kind is FieldKind.TEXT) for field, text in pairs]))
    blocks: list[Block] = [Para(f"{register.label}登记表", FORM_TITLE)]
    title = "　".join(text for name in register.title if (f := shown.get(name)) and (text := words(f, row, private)))
    if title:
        blocks.append(Para(title if len(title) <= 60 else title[:60] + "……", UNDER_TITLE))
    blocks += [Space(6), Grid(COLUMNS, tuple(body))]
    for child in register.rows:
        blocks += _child(child, (rows or {}).get(child.key, ()), stamp)
    return Paper(f"{register.label} {row.no}".strip(), tuple(blocks), stamp)


def pair_rows(pairs: Sequence[tuple[str, str, bool]]) -> list[GridRow]:
    """Return rows of label and words, two to a row where both are short."""
    made: list[GridRow] = []
    waiting: list[Cell] = []
    for name, text, long in pairs:
        if long or len(text) > _LONG or "\n" in text:
            if waiting:
                made.append(_half(waiting))
                waiting = []
            made.append(GridRow((label(name), value(text, 3))))
            continue
        waiting += [label(name), value(text)]
        if len(waiting) == 4:
            made.append(GridRow(tuple(waiting)))
            waiting = []
    if waiting:
        made.append(_half(waiting))
    return made


def _half(waiting: list[Cell]) -> GridRow:
    return GridRow((waiting[0], value(waiting[1].text, 3)))


def _child(child: Register, rows: Sequence[Row], stamp: Stamp) -> list[Block]:
    kept = [row for row in rows if not row.voided]
    if not kept:
        return []
    if not all(printable(field) for field in child.fields if field.kind is not FieldKind.FILES):
        note = GridRow((label(child.label), value(WITHHELD, 3)))
        return [Space(8), Grid(COLUMNS, (note,))]
    fields = allowed(child, child.columns, stamp)
    if not fields:
        return []
    return [Space(8), child_grid(child, fields, kept)]


def child_grid(child: Register, fields: Sequence[Field], rows: Sequence[Row], name: str = "") -> Grid:
    """Return the rows under a record as a table of its own, with its name above the head."""
    top = GridRow(
        (Cell(f"{name or child.label}（{len(rows)}）", len(fields) + 1, Face.HEI, shade=True),), keep_next=True
    )
    heads = ("序号", *(field.label for field in fields))
    head = GridRow(tuple(Cell(text, align=Align.CENTER, face=Face.HEI) for text in heads))
    body = tuple(
        GridRow(
            (
                Cell(str(number), align=Align.CENTER),
                *(Cell(words(field, row, private), align=align(field)) for field in fields),
            )
        )
        for number, row in enumerate(rows, 1)
    )
    size, ems = layout(fields, FORM, body, FIVE)
    return Grid(ems, body, (top, head), size=size)
