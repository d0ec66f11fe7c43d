"""更正说明 on paper: a letter that puts right what a form told, with the figures before and after beside each other."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from paizhu.documents.docx_write import Part, Row
from paizhu.documents.papers.letter import spoken
from paizhu.documents.pdf.blocks import (
    FLUSH,
    LETTER,
    LETTER_PITCH,
    SMALL_FOUR,
    TEXT,
    TITLE,
    Align,
    Block,
    Break,
    Cell,
    Grid,
    GridRow,
    Paper,
    Para,
    Signature,
    Space,
    Stamp,
)
from paizhu.documents.pdf.fonts import Face

_HEAD = ("位置", "指标", "报送数", "更正数", "更正原因")
_WIDTHS = (22.0, 38.0, 15.0, 15.0, 46.0)
_ANNEX, _NAMED, _MARK = "更正数据对照表", "附件：更正数据对照表", "附件"


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """One figure put right: where it stands, what it counts, as told and as it is, and why."""

    place: str
    name: str
    before: str
    after: str
    reason: str

    @property
    def words(self) -> Row:
        """Return the words of its row in the table."""
        return self.place, self.name, self.before, self.after, self.reason


@dataclass(frozen=True, slots=True)
class CorrectionNote:
    """A note as it is printed: title, to whom, paragraphs, the figures, who signs it and when."""

    title: str
    to: str
    body: tuple[str, ...]
    lines: tuple[CorrectionLine, ...]
    signed: str
    day: date


def paper(note: CorrectionNote, stamp: Stamp) -> Paper:
    """Return the letter, which names its annex; the table of figures begins a page (GB/T 9704-2012 附件)."""
    blocks: list[Block] = [Para(note.title, TITLE, balanced=True), Space(LETTER_PITCH), Para(f"{note.to}：", FLUSH)]
    blocks += [Para(words, TEXT) for words in note.body[:-1]]
    blocks += [Para(words, TEXT, keep_next=True) for words in note.body[-1:]]
    if note.lines:
        blocks += [Space(LETTER_PITCH), Para(_NAMED, TEXT, keep_next=True)]
    blocks += [Space(2 * LETTER_PITCH), Signature(note.signed, spoken(note.day))]
    if note.lines:
        head = GridRow(tuple(Cell(words, align=Align.CENTER, face=Face.HEI) for words in _HEAD))
        rows = tuple(
            GridRow(
                tuple(
                    Cell(words, align=Align.CENTER if at in (0, 2, 3) else Align.LEFT)
                    for at, words in enumerate(each.words)
                )
            )
            for each in note.lines
        )
        blocks += [Break(), Para(_MARK, replace(FLUSH, face=Face.HEI)), Space(LETTER_PITCH)]
        blocks += [Para(_ANNEX, TITLE, keep_next=True), Space(LETTER_PITCH / 2)]
        blocks.append(Grid(_WIDTHS, rows, (head,), size=SMALL_FOUR))
    return Paper(note.title, tuple(blocks), stamp, LETTER)


def parts(note: CorrectionNote) -> Iterator[Part]:
    """Yield the same note for a word processor."""
    yield Part(note.title, "title")
    yield Part(f"{note.to}：", "flush")
    for words in note.body:
        yield Part(words)
    if note.lines:
        yield Part("")
        yield Part(_NAMED)
    yield Part("")
    yield Part(note.signed, "right")
    yield Part(spoken(note.day), "right")
    if note.lines:
        yield Part(_MARK, "flush")
        yield Part(_ANNEX, "title")
        yield Part("", "table", (_HEAD, *(each.words for each in note.lines)), _WIDTHS)
