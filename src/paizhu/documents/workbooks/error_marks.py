"""Colour and notes added to a workbook's package, beside the styles and notes it has."""

import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass

from paizhu.documents.books.book import CHECKED_BY, letters
from paizhu.documents.forms.package import FormPackage
from paizhu.documents.forms.text import escaped

_RED, _AMBER = "FFFFC7CE", "FFFFEB9C"
_STYLE = re.compile(r"""\s+s\s*=\s*["']\d+["']""")
_FILL_OF = re.compile(r"""\s+(?:fillId|applyFill)\s*=\s*["'][^"']*["']""")
_COUNT = re.compile(r"""\bcount\s*=\s*["']\d+["']""")
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_AFTER = (
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
)  # fmt: skip
"""What may follow the link to the notes in a sheet; their order is fixed."""
_NO_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
_NO_VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="_x0000_t202" coordsize="21600,21600" '
    'o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)


@dataclass(frozen=True, slots=True)
class Place:
    """A cell with its note."""

    row: int
    column: int
    words: str
    grave: bool


class Fills:
    """New styles at the end of those there are: each is an old one with a red or amber ground."""

    def __init__(self, xml: bytes) -> None:
        self._xml = xml.decode("utf-8-sig", "replace")
        root = re.search(r"<(?:(\w+):)?styleSheet\b", self._xml)
        self._p = f"{root[1]}:" if root and root[1] else ""
        inner = self._group("cellXfs")
        pattern = rf"<{self._p}xf\b(?:[^>]*/>|.*?</{self._p}xf\s*>)"
        self._styles = re.findall(pattern, inner[1], re.DOTALL) if inner else []
        self._wanted: dict[tuple[int, bool], int] = {}

    @property
    def works(self) -> bool:
        """Tell whether the workbook has styles that can be added to."""
        return bool(self._styles) and self._group("fills") is not None

    def on(self, attributes: str, style: int, *, grave: bool) -> str:
        """Return the attributes of a cell with a coloured style instead of its own."""
        if not self.works:
            return attributes
        style = style if style < len(self._styles) else 0
        number = self._wanted.setdefault((style, grave), len(self._styles) + len(self._wanted))
        return f'{_STYLE.sub("", attributes)} s="{number}"'

    def written(self) -> bytes:
        """Return the styles part with the new ones."""
        if not self._wanted:
            return self._xml.encode()
        p, fills = self._p, self._group("fills")
        assert fills is not None
        first = len(re.findall(rf"<{p}fill\b", fills[1]))
        ground = "".join(
            f'<{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="{colour}"/><{p}bgColor indexed="64"/>'
            f"</{p}patternFill></{p}fill>"
            for colour in (_RED, _AMBER)
        )
        made = [self._coloured(style, first if grave else first + 1) for style, grave in self._wanted]
        xml = self._added(self._xml, "fills", ground, first + 2)
        return self._added(xml, "cellXfs", "".join(made), len(self._styles) + len(made)).encode()

    def _coloured(self, style: int, fill: int) -> str:
        tag = re.match(rf"<{self._p}xf\b([^>]*?)(/?)>", self._styles[style])
        assert tag is not None
        attributes = f'{_FILL_OF.sub("", tag[1])} fillId="{fill}" applyFill="1"'
        return f"<{self._p}xf{attributes}{tag[2]}>{self._styles[style][tag.end() :]}"

    def _group(self, name: str) -> re.Match[str] | None:
        p = self._p
        return re.search(rf"<{p}{name}\b[^>]*>(.*?)</{p}{name}\s*>", self._xml, re.DOTALL)

    def _added(self, xml: str, name: str, more: str, count: int) -> str:
        p = self._p
        xml = re.sub(rf"</{p}{name}\s*>", lambda end: more + end[0], xml, count=1)
        return re.sub(rf"<{p}{name}\b[^>]*>", lambda tag: _COUNT.sub(f'count="{count}"', tag[0]), xml, count=1)


class Notes:
    """The notes of one sheet: new ones stand beside those the officer wrote, a cell with a note keeps its own."""

    def __init__(self, package: FormPackage, sheet_part: str, number: int) -> None:
        self._package = package
        folder, file = posixpath.split(sheet_part)
        self._relations = posixpath.join(folder, "_rels", f"{file}.rels")
        comments = package.related(sheet_part, "/comments")
        drawings = package.related(sheet_part, "/vmlDrawing")
        self._has_comments, self._has_drawing = bool(comments), bool(drawings)
        self._comments = comments[0] if comments else f"xl/comments_check{number}.xml"
        self._drawing = drawings[0] if drawings else f"xl/drawings/vml_check{number}.vml"
        self._id = f"rIdCheck{number}"

    @property
    def added(self) -> list[tuple[str, str]]:
        """Return part and type of what the package did not hold before."""
        return [] if self._has_comments else [(self._comments, _COMMENTS)]

    def parts(self, places: Sequence[Place]) -> dict[str, bytes]:
        """Return the parts that hold the notes, and the links to them."""
        comments = self._package.read(self._comments).decode("utf-8-sig", "replace")
        taken = set(re.findall(r"""<(?:\w+:)?comment\b[^>]*?\bref\s*=\s*["']([A-Z]+\d+)["']""", comments))
        new = [place for place in places if _name(place) not in taken]
        changed = {self._comments: _comments(comments, new), self._drawing: self._shapes(new)}
        links = self._package.read(self._relations).decode("utf-8-sig", "replace") or _NO_RELATIONS
        more = "" if self._has_comments else _link(f"{self._id}c", "comments", self._comments)
        more += "" if self._has_drawing else _link(self._id, "vmlDrawing", self._drawing)
        if more:
            if re.search(r"<Relationships\b[^>]*/>", links):
                links = re.sub(r"(<Relationships\b[^>]*)/>", rf"\1>{more}</Relationships>", links, count=1)
            else:
                links = links.replace("</Relationships>", f"{more}</Relationships>", 1)
            changed[self._relations] = links.encode()
        return changed

    def linked(self, tail: str, p: str) -> str:
        """Return the end of the sheet's XML with the link to the notes in its place."""
        if self._has_drawing:
            return tail
        link = f'<{p}legacyDrawing xmlns:r="{_RELATION}" r:id="{self._id}"/>'
        after = re.search(rf"<{p}(?:{'|'.join(_AFTER)})\b|</{p}worksheet\s*>", tail)
        at = after.start() if after else len(tail)
        return tail[:at] + link + tail[at:]

    def _shapes(self, places: Sequence[Place]) -> bytes:
        drawing = self._package.raw(self._drawing).decode("utf-8-sig", "replace") if self._has_drawing else _NO_VML
        made = "".join(
            f'<v:shape id="_x0000_s{90_000 + number}" type="#_x0000_t202" '
            'style="position:absolute;width:220pt;height:60pt;visibility:hidden" fillcolor="#ffffe1" '
            'o:insetmode="auto"><v:fill color2="#ffffe1"/><v:textbox/>'
            '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
            f"<x:AutoFill>False</x:AutoFill><x:Row>{place.row - 1}</x:Row><x:Column>{place.column}</x:Column>"
            "</x:ClientData></v:shape>"
            for number, place in enumerate(places)
        )
        return drawing.replace("</xml>", f"{made}</xml>", 1).encode()


def content_types(xml: bytes, added: Sequence[tuple[str, str]]) -> bytes:
    """Return the list of content types with the parts that were added; every sheet's notes bring a drawing."""
    text = xml.decode("utf-8-sig", "replace")
    more = "".join(f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in added)
    text = text.replace("</Types>", f"{more}</Types>", 1)
    if re.search(r"""<Default\b[^>]*\bExtension\s*=\s*["']vml["']""", text, re.IGNORECASE):
        return text.encode()
    return re.sub(r"(<Types\b[^>]*>)", rf'\1<Default Extension="vml" ContentType="{_VML}"/>', text, count=1).encode()


def _comments(xml: str, places: Sequence[Place]) -> bytes:
    root = re.search(r"<(?:(\w+):)?comments\b", xml)
    p = f"{root[1]}:" if root and root[1] else ""
    # Ours are told from others' by who signs them, so that they are not taken for the officer's when they come back.
    ours = f"<{p}author>{CHECKED_BY}</{p}author>"
    author = len(re.findall(rf"<{p}author\b", xml))
    xml, added = re.subn(rf"</{p}authors\s*>", lambda end: ours + end[0], xml, count=1)
    author *= added
    made = "".join(
        f'<{p}comment ref="{_name(place)}" authorId="{author}"><{p}text><{p}t xml:space="preserve">'
        f"{escaped(place.words)}</{p}t></{p}text></{p}comment>"
        for place in places
    )
    if root:
        return re.sub(rf"</{p}commentList\s*>", lambda end: made + end[0], xml, count=1).encode()
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><comments xmlns="{_MAIN}"><authors>{ours}</authors>'
        f"<commentList>{made}</commentList></comments>"
    ).encode()


def _link(name: str, kind: str, part: str) -> str:
    return f'<Relationship Id="{name}" Type="{_RELATION}/{kind}" Target="/{part}"/>'


def _name(place: Place) -> str:
    return f"{letters(place.column)}{place.row}"
