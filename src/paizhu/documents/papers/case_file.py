"""卷宗 on paper (``domain.md`` 7.10): cover, contents with pages, volumes with their catalogues, log, checksums."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from paizhu.base.register import Register
from paizhu.base.rows import Row
from paizhu.documents.papers.record import COLUMNS, pair_rows, record_paper
from paizhu.documents.pdf import pictures as pdf_pictures
from paizhu.documents.pdf.blocks import (
    FIVE,
    FORM,
    FORM_LINE,
    FORM_TITLE,
    NOTE,
    SMALL_FOUR,
    UNDER_TITLE,
    Align,
    Block,
    Break,
    Cell,
    Contents,
    Grid,
    GridRow,
    Numbering,
    Paper,
    Para,
    Picture,
    Space,
    Stamp,
    Style,
    label,
    value,
)
from paizhu.documents.pdf.fonts import Face
from paizhu.documents.pdf.guard import need_purpose

_SHEET = replace(FORM, numbering=Numbering.OF_TOTAL, number_size=SMALL_FOUR)
_VOLUME = Style(Face.HEI, 15.0, 30.0)
_DOCUMENT = Style(Face.KAI, 13.0, 24.0)
_CATALOGUE = (8.8, 24.0, 19.3, 14.6, 10.3, 23.0)
_FILES = (6.0, 34.0, 12.0, 50.0)
_MEGABYTE, _KILOBYTE = 1024 * 1024, 1024
EMPTY = "本卷没有材料。"


@dataclass(frozen=True, slots=True)
class File:
    """A file of the matter with its SHA-256; ``content`` is empty where it is not on the paper, ``note`` says why."""

    name: str
    size: int
    digest: str
    content: bytes = b""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a volume: a file, what was made from the record, or a name for what is missing."""

    title: str
    number: str = ""
    day: str = ""
    hand: str = ""
    note: str = ""
    blocks: tuple[Block, ...] = ()
    file: File | None = None


@dataclass(frozen=True, slots=True)
class Volume:
    """One volume with its documents in order."""

    name: str
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One day of the course."""

    day: str
    stage: str
    words: str


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Everything that goes into the file of a matter."""

    title: str
    facts: tuple[tuple[str, str], ...]
    volumes: tuple[Volume, ...]
    subject: tuple[tuple[str, str], ...] = ()
    course: tuple[Line, ...] = ()
    records: tuple[tuple[Register, Row, Mapping[str, Sequence[Row]]], ...] = ()
    log: tuple[tuple[str, str, str], ...] = ()
    head: str = field(default="")


def case_file(given: CaseFile, stamp: Stamp) -> Paper:
    """Return the file as one paper; class P3, so with a purpose."""
    need_purpose(stamp)
    blocks: list[Block] = [*_cover(given), Break(), Contents(), Break()]
    for number, volume in enumerate(given.volumes, 1):
        blocks += _volume(number, volume, given.subject if number == 2 else ())  # the second is about the person
    blocks += _tail(given, stamp)
    return Paper(f"卷宗　{given.title}", tuple(blocks), stamp, _SHEET)


def _cover(given: CaseFile) -> Iterator[Block]:
    yield Space(60)
    yield Para("卷　　宗", replace(FORM_TITLE, size=32.0, pitch=52.0))
    yield Space(20)
    yield Para(given.title, replace(UNDER_TITLE, size=18.0, pitch=30.0))
    yield Space(30)
    rows = [GridRow((label(name), value(words)), height=34.0) for name, words in given.facts]
    yield Grid((26.0, 74.0), tuple(rows))


def _volume(number: int, volume: Volume, subject: Sequence[tuple[str, str]]) -> Iterator[Block]:
    yield Para(f"第{'一二三四五'[number - 1]}卷　{volume.name}", _VOLUME, heading=1, keep_next=True)
    if subject:
        yield Grid(COLUMNS, tuple(pair_rows([(name, words, False) for name, words in subject])))
        yield Space(8)
    if not volume.documents:
        yield Para(EMPTY, FORM_LINE)
        yield Break()
        return
    yield _catalogue(volume)
    yield Break()
    for place, each in enumerate(volume.documents, 1):
        yield from _document(place, each)


def _catalogue(volume: Volume) -> Grid:
    heads = ("顺序号", "题名", "文号", "日期", "责任者", "备注")
    rows = tuple(
        GridRow(
            (
                Cell(str(place), align=Align.CENTER),
                Cell(each.title),
                Cell(each.number),
                Cell(each.day, align=Align.CENTER),
                Cell(each.hand, align=Align.CENTER),
                Cell(_note(each)),
            )
        )
        for place, each in enumerate(volume.documents, 1)
    )
    return Grid(_CATALOGUE, rows, (_head(heads),), size=FIVE)


def _note(document: Document) -> str:
    said = [document.note, document.file.note if document.file else ""]
    return "，".join(dict.fromkeys(text for text in said if text and text != document.title))


def _document(place: int, document: Document) -> Iterator[Block]:
    """Yield the pages of one document; what is only listed takes none."""
    heading = Para(f"{place}. {document.title}", _DOCUMENT, heading=2, keep_next=True)
    if document.blocks:
        yield heading
        yield from document.blocks
        yield Break()
    elif document.file and document.file.content:
        pictures = list(pdf_pictures.frames(document.file.content))
        for number, picture in enumerate(pictures, 1):
            if number == 1:
                yield heading
            more = f"（第 {number} 页，共 {len(pictures)} 页）" if len(pictures) > 1 else ""
            yield Picture(picture, f"{document.file.name}{more}")
            yield Break()


def _tail(given: CaseFile, stamp: Stamp) -> Iterator[Block]:
    yield Para("办理经过", _VOLUME, heading=1, keep_next=True)
    rows = tuple(GridRow((Cell(each.day, align=Align.CENTER), Cell(each.stage, align=Align.CENTER), Cell(each.words)))
                 for each in given.course)  # fmt: skip
    yield Grid((16.0, 10.0, 74.0), rows, (_head(("日期", "环节", "事项")),), size=FIVE)
    yield Break()
    for register, row, below in given.records:
        yield Para(f"登记内容　{register.label} {row.no}".strip(), _VOLUME, heading=1, keep_next=True)
        yield from record_paper(register, row, stamp, rows=below).blocks
        yield Break()
    yield Para("附件清单和校验值", _VOLUME, heading=1, keep_next=True)
    files = [document.file for volume in given.volumes for document in volume.documents if document.file]
    if files:
        listed = tuple(
            GridRow((Cell(str(at), align=Align.CENTER), Cell(f"{each.name}{f'（{each.note}）' if each.note else ''}"),
                     Cell(_size(each.size), align=Align.RIGHT), Cell(each.digest, size=8.0)))
            for at, each in enumerate(files, 1)
        )  # fmt: skip
        yield Grid(_FILES, listed, (_head(("序号", "文件", "大小", "SHA-256")),), size=FIVE)
    else:
        yield Para("没有附件。", FORM_LINE)
    yield Space(14)
    yield Para("留痕", _VOLUME, heading=1, keep_next=True)
    entries = tuple(
        GridRow((Cell(str(at), align=Align.CENTER), Cell(when, align=Align.CENTER), Cell(who), Cell(what)))
        for at, (when, who, what) in enumerate(given.log, 1)
    )
    yield Grid((7.0, 24.0, 15.0, 54.0), entries, (_head(("序号", "时间", "操作人", "操作")),), size=FIVE)
    if given.head:
        yield Space(6)
        yield Para(f"打印时留痕链末端：{given.head}。反映人信息任何情况下都不打印，以上各处以“略”代替。", NOTE)


def _head(words: Sequence[str]) -> GridRow:
    return GridRow(tuple(Cell(text, align=Align.CENTER, face=Face.HEI, shade=True) for text in words))


def _size(count: int) -> str:
    if count >= _MEGABYTE:
        return f"{count / _MEGABYTE:.1f} MB"
    return f"{max(count // _KILOBYTE, 1)} KB"
