"""What a paper is made of, before anybody knows where a page ends: plain data, built by the files of each paper."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, StrEnum

from paizhu.documents.pdf.fonts import Face

MM = 72 / 25.4
A4 = (210 * MM, 297 * MM)

THREE = 15.75
"""三号 in points: at 16, the size that text programs give it, 28 characters are wider than the 156 mm they fill."""
TWO, SMALL_TWO, FOUR, SMALL_FOUR, FIVE, SMALL_FIVE = 22.0, 18.0, 14.0, 12.0, 10.5, 9.0
LETTER_LINES = 22
LETTER_PITCH = 225 * MM / LETTER_LINES


class Align(StrEnum):
    """Where the words of a line stand."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    JUSTIFY = "justify"


class Numbering(Enum):
    """How pages are counted: — 1 — at the outer edge as on official papers, or 第 1 页 共 9 页."""

    DASHED = 1
    OF_TOTAL = 2


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its size and margins in points, and how it is numbered."""

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float
    numbering: Numbering = Numbering.DASHED
    number_size: float = FOUR

    @property
    def inner_width(self) -> float:
        """Width of the type area."""
        return self.width - self.left - self.right


LETTER = Sheet(*A4, top=37 * MM, right=26 * MM, bottom=35 * MM, left=28 * MM)
"""The page of GB/T 9704-2012: a type area of 156 mm by 225 mm for 22 lines of 28 characters."""
FORM = Sheet(*A4, top=27 * MM, right=22 * MM, bottom=29 * MM, left=25 * MM, number_size=SMALL_FOUR)
ACROSS = Sheet(
    A4[1], A4[0], top=19 * MM, right=15 * MM, bottom=23 * MM, left=15 * MM,
    numbering=Numbering.OF_TOTAL, number_size=SMALL_FIVE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Style:
    """How a paragraph is set; sizes and distances in points, indents in characters."""

    face: Face = Face.BODY
    size: float = THREE
    pitch: float = LETTER_PITCH
    indent: float = 0.0
    align: Align = Align.JUSTIFY
    right: float = 0.0
    red: bool = False


TEXT = Style(indent=2.0)
FLUSH = Style()
HEADING_1 = Style(Face.HEI, indent=2.0)
TITLE = Style(Face.TITLE, TWO, 33.0, align=Align.CENTER)
FORM_TITLE = Style(Face.TITLE, SMALL_TWO, 27.0, align=Align.CENTER)
UNDER_TITLE = Style(Face.KAI, SMALL_FOUR, 20.0, align=Align.CENTER)
BODY_NAME = Style(Face.KAI, 15.0, 24.0, align=Align.CENTER)
"""The name of the body above the title of a form (``domain.md`` 7.3)."""
FORM_LINE = Style(Face.BODY, SMALL_FOUR, 20.0, align=Align.LEFT)
NOTE = Style(Face.BODY, FIVE, 16.0)
COPIES = Style(size=FOUR, pitch=24.0, indent=1.0, right=1.0, align=Align.LEFT)
"""Who gets a copy (抄送): 四号, a character free on each side (GB/T 9704-2012)."""


@dataclass(frozen=True, slots=True)
class Para:
    """A text of one or more paragraphs; `heading` is its level in the contents and the reader's outline.

    ``keep_next`` holds it to what follows; ``keep_back`` holds it to the end of what stands before it.
    """

    text: str
    style: Style = TEXT
    heading: int = 0
    keep_next: bool = False
    keep_back: bool = False
    balanced: bool = False


@dataclass(frozen=True, slots=True)
class Space:
    """Empty height in points; nothing at the head of a page."""

    height: float


@dataclass(frozen=True, slots=True)
class Strike:
    """A line through the space left on the page, so that nothing can be written in afterwards."""


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a page; nothing at the head of one."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture (JPEG or PNG) as large as the rest of a page allows, its name below it."""

    content: bytes
    name: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """The list of headings with their pages."""

    title: str = "目　录"


@dataclass(frozen=True, slots=True)
class Signature:
    """Name of the body and date at the end of a letter, the date four characters from the right.

    ``copies`` is the line under both that says who gets a copy (抄送); it never stands on a page without them.
    """

    name: str
    date: str
    copies: Para | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; `sign` is what stands at its foot, for the hand to fill in."""

    text: str = ""
    span: int = 1
    face: Face = Face.BODY
    align: Align = Align.LEFT
    size: float = 0.0
    top: bool = False
    shade: bool = False
    sign: str = ""


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row of cells; `height` is the least, `keep_next` holds it on the page of the row that follows."""

    cells: tuple[Cell, ...]
    height: float = 0.0
    keep_next: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: widths in any unit, shared out over the type area; `head` is repeated on each page."""

    widths: tuple[float, ...]
    rows: tuple[GridRow, ...]
    head: tuple[GridRow, ...] = ()
    size: float = SMALL_FOUR
    pitch: float = 0.0
    pad: float = 4.0

    @property
    def line(self) -> float:
        """Distance of lines inside a cell."""
        return self.pitch or self.size * 1.4


Block = Para | Space | Strike | Break | Picture | Contents | Signature | Grid


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The red head of a letter (信函格式): the body's name over a double line, the number under it."""

    name: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What ties a paper to the vault and to whoever printed it.

    ``code`` is the short code of the journal's head, ``anchor`` what the QR code says when that is more.
    ``purpose`` is why class P3 is printed; without it such a paper is refused. ``marking`` is 工作秘密 or 内部.
    """

    number: str
    printed_at: datetime
    user: str = ""
    code: str = ""
    anchor: str = ""
    marking: str = ""
    purpose: str = ""
    watermark: bool = True

    @property
    def watermark_words(self) -> str:
        """The line that runs across each page."""
        parts = (self.marking, self.user, f"{self.printed_at:%Y-%m-%d %H:%M}", self.number)
        return "　".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper ready to be set: what it is called, its blocks, its page, and its tie to the vault.

    ``foot`` stands at the foot of every page, above the margin; ``smaller`` is tried, size by size, until the paper
    fits on so many ``pages``. Where no number is named, the largest size that needs the fewest pages is taken.
    """

    title: str
    blocks: tuple[Block, ...]
    stamp: Stamp
    sheet: Sheet = FORM
    letterhead: Letterhead | None = None
    foot: tuple[Block, ...] = ()
    pages: int = 0
    smaller: tuple[tuple[Block, ...], ...] = ()
    warnings: tuple[str, ...] = field(default=())

    def headings(self) -> Iterator[Para]:
        """Return what stands in the contents."""
        return (block for block in self.blocks if isinstance(block, Para) and block.heading)


def label(text: str, span: int = 1) -> Cell:
    """Return the cell that names what stands beside it."""
    return Cell(text, span, align=Align.CENTER)


def value(text: str, span: int = 1, *, middle: bool = False) -> Cell:
    """Return a cell with what is on record."""
    return Cell(text, span, align=Align.CENTER if middle else Align.LEFT)


def heading(text: str, span: int) -> GridRow:
    """Return a shaded row that names the rows below it."""
    return GridRow((Cell(text, span, Face.HEI, Align.LEFT, shade=True),), keep_next=True)
