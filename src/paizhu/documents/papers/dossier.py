"""干部廉政档案 (``domain.md`` 7.7): what every register knows of a person, each line with where it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from paizhu.documents.papers.letter import spoken
from paizhu.documents.papers.record import COLUMNS, pair_rows
from paizhu.documents.pdf.blocks import (
    FIVE,
    FORM_LINE,
    FORM_TITLE,
    NOTE,
    SMALL_FOUR,
    UNDER_TITLE,
    Align,
    Block,
    Cell,
    Contents,
    Grid,
    GridRow,
    Numbering,
    Paper,
    Para,
    Sheet,
    Space,
    Stamp,
    Style,
)
from paizhu.documents.pdf.blocks import FORM as FORM_SHEET
from paizhu.documents.pdf.fonts import Face
from paizhu.documents.pdf.wording import Wording, shipped

_GROUP = Style(Face.HEI, 14.0, 30.0)
_SECTION = Style(Face.KAI, 13.0, 25.0)
_SHEET = Sheet(
    FORM_SHEET.width, FORM_SHEET.height, FORM_SHEET.top, FORM_SHEET.right, FORM_SHEET.bottom, FORM_SHEET.left,
    Numbering.OF_TOTAL, SMALL_FOUR,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DossierSection:
    """One kind of record about the person: facts in pairs, or rows under a head; neither means there is none."""

    heading: str
    pairs: tuple[tuple[str, str], ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class DossierGroup:
    """One chapter (一、基本情况 …) with its sections."""

    heading: str
    sections: tuple[DossierSection, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """A person's dossier as known on a day."""

    name: str
    post: str
    as_of: date
    groups: tuple[DossierGroup, ...]
    start: date | None = None


def dossier_paper(dossier: Dossier, stamp: Stamp) -> Paper:
    """Return the dossier with its contents; what has no record says so."""
    words_of = shipped("dossier")
    until = spoken(dossier.as_of)
    when = words_of["as_of"].format(day=until)
    if dossier.start is not None:
        when = words_of["period"].format(start=spoken(dossier.start), end=until)
    blocks: list[Block] = [
        Para(words_of["title"], FORM_TITLE),
        Para(f"{dossier.name}　{dossier.post}".strip(), UNDER_TITLE),
        Para(f"（{when}）", UNDER_TITLE),
        Space(10),
        Contents(),
        Space(14),
        Para(words_of["note"], NOTE),
    ]
    for group in dossier.groups:
        blocks += [Space(10), Para(group.heading, _GROUP, heading=1, keep_next=True)]
        for section in group.sections:
            blocks += _section(section, words_of, alone=len(group.sections) == 1)
    title = f"{words_of['title']}　{dossier.name}"
    return Paper(title, tuple(blocks), stamp, _SHEET)


def _section(section: DossierSection, words_of: Wording, *, alone: bool) -> list[Block]:
    """Return a section; the only one of its chapter needs no heading beside the chapter's."""
    count = f"（{len(section.rows)}）" if section.rows else ""
    made: list[Block] = [] if alone else [Para(section.heading + count, _SECTION, heading=2, keep_next=True)]
    if section.pairs:
        made.append(Grid(COLUMNS, tuple(pair_rows([(name, text, False) for name, text in section.pairs]))))
    elif section.rows:
        made.append(_table(section.head, section.rows, section.widths))
    else:
        made.append(Para(words_of["empty"], FORM_LINE))
    made.append(Space(6))
    return made


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> Grid:
    columns = len(rows[0])
    shares = tuple(widths) or tuple(1.0 for _ in range(columns))
    top = (GridRow(tuple(Cell(text, align=Align.CENTER, face=Face.HEI, shade=True) for text in head)),) if head else ()
    body = tuple(GridRow(tuple(Cell(text) for text in row)) for row in rows)
    return Grid(shares, body, top, size=FIVE)
