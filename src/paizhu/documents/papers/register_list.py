"""Any register's list on A4 across: columns as wide as their kind asks, numbered rows, the head on each page."""

from collections.abc import Iterable, Sequence

from paizhu.base.field import Field, FieldKind, Sens
from paizhu.base.register import Register
from paizhu.base.rows import Row
from paizhu.base.values import MASK
from paizhu.documents.pdf.blocks import (
    ACROSS,
    FORM_TITLE,
    Align,
    Block,
    Cell,
    Grid,
    GridRow,
    Paper,
    Para,
    Sheet,
    Space,
    Stamp,
    Style,
)
from paizhu.documents.pdf.fonts import Face
from paizhu.documents.pdf.guard import checked, printable, words

SIZES = (10.5, 9.0, 8.0, 7.0)
_PAD = 3.0
_UNDER = Style(Face.BODY, 10.5, 16.0, align=Align.CENTER)
_MIDDLE = frozenset(
    {FieldKind.DAY, FieldKind.MOMENT, FieldKind.MONTH, FieldKind.INTEGER, FieldKind.YES_NO, FieldKind.CHOICE}
)
_FIGURES = frozenset({FieldKind.MONEY, FieldKind.NUMBER})
# Widths in characters under which a column of a kind is not pressed while its words are longer.
_EMS = {
    FieldKind.DAY: 5.6,
    FieldKind.MOMENT: 5.8,
    FieldKind.MONTH: 4.2,
    FieldKind.INTEGER: 3.0,
    FieldKind.YES_NO: 2.6,
    FieldKind.CHOICE: 7.4,
    FieldKind.CHOICES: 6.0,
    FieldKind.REF: 5.0,
    FieldKind.REFS: 6.0,
    FieldKind.LINE: 9.0,
    FieldKind.TEXT: 16.0,
    FieldKind.FILES: 3.0,
}
# What takes the room that is left over when every cell has its line, and how greedily.
_GROWS = {FieldKind.TEXT: 3.0, FieldKind.LINE: 1.6, FieldKind.REFS: 0.6, FieldKind.REF: 0.4, FieldKind.CHOICES: 0.6}
# Red flags are hints for the reviewer, and what he said as a member of the host's 党组 is no supervision: both stand
# on paper only when they are chosen by name.
_ONLY_CHOSEN = frozenset({"flags", "flags_seen", "flags_note", "member_opinion", "own_role"})
_NUMBER_EMS = 2.6
_NARROW, _SLACK = 0.56, 0.4
"""Width of a figure or Latin letter in characters; what a cell has beyond its words."""
_WIDEST_WISH, _MOST_CELLS = 40.0, 0.95
"""Beyond so many characters a text runs over lines anyhow; so many cells of a column are to keep to one line."""


def list_paper(
    register: Register,
    rows: Sequence[Row],
    stamp: Stamp,
    *,
    fields: Sequence[Field] = (),
) -> Paper:
    """Return the list of these rows; without `fields` the register's own columns as far as their class allows.

    Private fields are masked.
    """
    shown = checked(fields or allowed(register, register.columns, stamp), stamp)
    name = f"{register.label}台账"
    cells = ((str(number), *(words(field, row, private) for field in shown)) for number, row in enumerate(rows, 1))
    return table_paper(name, f"共 {len(rows)} 条", shown, cells_of(shown, cells), stamp)


def table_paper(
    title: str, under_title: str, fields: Sequence[Field], rows: tuple[GridRow, ...], stamp: Stamp
) -> Paper:
    """Return a list whose cells are already words, a numbered column before the fields."""
    blocks: list[Block] = [Para(title, FORM_TITLE), Para(under_title, _UNDER), Space(4)]
    blocks.append(grid_of(fields, rows, ACROSS))
    return Paper(title, tuple(blocks), stamp, ACROSS)


def grid_of(fields: Sequence[Field], rows: tuple[GridRow, ...], sheet: Sheet) -> Grid:
    """Return the ruled table of a list, its columns as wide as their words ask, dates and sums on one line."""
    size, ems = layout(fields, sheet, rows)
    heads = ("序号", *(field.label for field in fields))
    head = GridRow(tuple(Cell(label, face=Face.HEI, align=Align.CENTER, shade=True) for label in heads))
    return Grid(ems, rows, (head,), size=size, pad=_PAD)


def cells_of(fields: Sequence[Field], rows: Iterable[Sequence[str]]) -> tuple[GridRow, ...]:
    """Return rows of words as rows of cells, each set as its kind asks."""
    aligns = (Align.CENTER, *(align(field) for field in fields))
    made = []
    for row in rows:
        made.append(GridRow(tuple(Cell(text, align=each) for text, each in zip(row, aligns, strict=True))))
    return tuple(made)


def align(field: Field) -> Align:
    """Return where the words of a kind stand in their column."""
    if field.kind in _FIGURES:
        return Align.RIGHT
    return Align.CENTER if field.kind in _MIDDLE else Align.LEFT


def layout(
    fields: Sequence[Field], sheet: Sheet, rows: Sequence[GridRow] = (), largest: float = SIZES[0]
) -> tuple[float, tuple[float, ...]]:
    """Return the largest size at which the columns fit, and their widths in characters of it.

    A sum or a date is never cut. Room goes first to what would otherwise run over lines, as far as it is needed.
    """
    wishes = tuple(_wish(field, [row.cells[at].text for row in rows]) for at, field in enumerate(fields, 1))
    least = (_NUMBER_EMS, *(_least(field, wish) for field, wish in zip(fields, wishes, strict=True)))
    size, room = SIZES[-1], 0.0
    for size in (each for each in SIZES if each <= largest):
        room = sheet.inner_width / size - len(least) * 2 * _PAD / size
        if sum(least) <= room:
            break
    widths, spare = _given(least, (0.0, *wishes), max(0.0, room - sum(least)))
    grow = (0.0, *(_GROWS.get(field.kind, 0.0) * wish for field, wish in zip(fields, wishes, strict=True)))
    if not sum(grow):
        grow = (0.0, *(1.0 for _ in fields))
    pad = 2 * _PAD / size
    return size, tuple(own + pad + spare * each / sum(grow) for own, each in zip(widths, grow, strict=True))


def _given(least: Sequence[float], wishes: Sequence[float], spare: float) -> tuple[list[float], float]:
    """Give each column what it lacks, the modest ones first, and return the widths with the room still left."""
    widths = list(least)
    lacks = sorted((wish - own, at) for at, (own, wish) in enumerate(zip(least, wishes, strict=True)) if wish > own)
    for number, (lack, at) in enumerate(lacks):
        given = min(lack, spare / (len(lacks) - number))
        widths[at] += given
        spare -= given
    return widths, spare


def _least(field: Field, wish: float) -> float:
    """Return the width a column keeps: its sums whole, its words no narrower than its kind bears."""
    own = wish if field.kind in _FIGURES else min(wish, _EMS.get(field.kind, 6.0))
    return max(own, min((len(field.label) + 1) // 2, 4) + _SLACK)


def _wish(field: Field, texts: Sequence[str]) -> float:
    """Return the width at which the cells of a column and the head keep to one line, figures and choices all."""
    head = _width(field.label) + _SLACK
    if not texts:
        return max(head, _EMS.get(field.kind, 6.0))
    found = sorted(map(_width, texts))
    last = len(found) - 1
    at = last if field.kind in _FIGURES | _MIDDLE else int(last * _MOST_CELLS + 0.5)
    return min(max(head, found[at] + _SLACK), _WIDEST_WISH)


def _width(text: str) -> float:
    if "\n" in text:
        return max(map(_width, text.split("\n")))
    # A Chinese character takes three bytes, whatever is narrow takes one.
    wide = (len(text.encode()) - len(text)) / 2
    return wide + (len(text) - wide) * _NARROW


def allowed(register: Register, names: Sequence[str], stamp: Stamp) -> tuple[Field, ...]:
    """Return the fields of these names that may be printed without further asking."""
    found = (register.field(name) for name in names if name not in _ONLY_CHOSEN)
    return tuple(field for field in found if printable(field) and (field.sens < Sens.P3 or stamp.purpose.strip()))


def private(field: Field, row: Row) -> str | None:
    """Mask what leaves the vault only when it is ticked one by one."""
    return MASK if field.private and row.values.get(field.name) is not None else None
