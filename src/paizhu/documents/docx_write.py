"""Writing a plain document for a word processor: title, paragraphs and ruled tables in the usual faces."""

import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import escape

from paizhu.documents.in_place import saved

Row = tuple[str, ...]
Kind = Literal["title", "text", "flush", "right", "table"]
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MADE = (2026, 1, 1, 0, 0, 0)
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
# GB/T 9704-2012: A4, margins 37, 35, 28 and 26 mm, 22 lines of 28 characters; sizes in half points, distances in
# twentieths of a point.
_PAGE = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="992" w:gutter="0"/>'
    "</w:sectPr>"
)
_INNER = 11906 - 1474 - 1588
_FACES = {"title": ("方正小标宋简体", 44), "table": ("仿宋_GB2312", 24)}
_BODY = ("仿宋_GB2312", 32)
_SHAPES = {
    "title": '<w:jc w:val="center"/><w:spacing w:after="480"/>',
    "text": '<w:ind w:firstLineChars="200" w:firstLine="640"/><w:jc w:val="both"/>',
    "flush": '<w:jc w:val="left"/>',
    "right": '<w:ind w:right="640"/><w:jc w:val="right"/>',
    "table": '<w:jc w:val="left"/>',
}
_ORDER = ("w:spacing", "w:ind", "w:jc")


@dataclass(frozen=True, slots=True)
class Part:
    """One paragraph, or a table by its rows; the first row of a table is its head, widths are in any unit."""

    words: str
    kind: Kind = "text"
    rows: tuple[Row, ...] = ()
    widths: tuple[float, ...] = ()


def write(path: Path, parts: Iterable[Part]) -> Path:
    """Write the document whole or not at all; it opens in Word, WPS and LibreOffice."""
    body = "".join(_table(part) if part.kind == "table" else _paragraph(part.words, part.kind) for part in parts)
    document = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="{_W}"><w:body>{body}{_PAGE}'
        "</w:body></w:document>"
    )
    with saved(path) as target, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in (
            ("[Content_Types].xml", _TYPES),
            ("_rels/.rels", _RELATIONS),
            ("word/document.xml", document),
        ):
            package.writestr(zipfile.ZipInfo(name, _MADE), content.encode("utf-8"), zipfile.ZIP_DEFLATED)
    return path


def _paragraph(words: str, kind: str) -> str:
    face, size = _FACES.get(kind, _BODY)
    shape = "".join(sorted(_split(_SHAPES[kind]), key=lambda each: _ORDER.index(each[1:].split()[0])))
    run = (
        f'<w:r><w:rPr><w:rFonts w:ascii="{face}" w:eastAsia="{face}" w:hAnsi="{face}"/><w:sz w:val="{size}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(_clean(words))}</w:t></w:r>'
        if words
        else ""
    )
    return f"<w:p><w:pPr>{shape}</w:pPr>{run}</w:p>"


def _split(shape: str) -> list[str]:
    return [f"{each}/>" for each in shape.split("/>") if each]


def _table(part: Part) -> str:
    rows, widths = part.rows, _twips(part)
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    lines = "".join(
        "<w:tr>"
        + f"<w:trPr><w:cantSplit/>{'<w:tblHeader/>' if at == 0 else ''}</w:trPr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_paragraph(words, "table")}</w:tc>'
            for words, width in zip(row, widths, strict=True)
        )
        + "</w:tr>"
        for at, row in enumerate(rows)
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{sides}</w:tblBorders></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl><w:p/>"
    )


def _twips(part: Part) -> list[int]:
    """Share the width of the type area out over the columns."""
    count = len(part.rows[0]) if part.rows else 0
    given = part.widths or (1.0,) * count
    return [round(_INNER * width / sum(given)) for width in given]


def _clean(words: str) -> str:
    # Control characters have no place in XML.
    return "".join(letter for letter in words if letter >= " " or letter == "\t")
