"""The typefaces of official papers, from the machine where they are installed and from our own fonts otherwise.

Every character is looked up: where a face lacks it, the next font takes over, and a character that no font has is
printed as its code and named to the caller. Nothing is ever left blank or drawn as an empty box.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from threading import RLock

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument, PDFStream
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from paizhu.base import paths
from paizhu.documents.pdf import font_files as pdf_font_files
from paizhu.documents.pdf.font_files import FontFile

LOCK = RLock()
"""Held while a paper is made: reportlab's fonts and the widths kept here belong to the whole program."""

TICKED, UNTICKED = "☑", "☐"
"""Boxes of a form; no font here has them, so that they are drawn as lines around √ and □."""


class Face(StrEnum):
    """The five faces that GB/T 9704-2012 and usual forms ask for."""

    TITLE = "小标宋"
    BODY = "仿宋"
    KAI = "楷体"
    HEI = "黑体"
    SONG = "宋体"


_SERIF, _SERIF_BOLD = "NotoSerifSC-Regular", "NotoSerifSC-Bold"
_SANS, _SANS_BOLD = "NotoSansSC-Regular", "NotoSansSC-Bold"
_OURS = {
    Face.TITLE: (_SERIF_BOLD, _SERIF),
    Face.BODY: (_SERIF,),
    Face.KAI: (_SERIF,),
    Face.HEI: (_SANS_BOLD, _SANS),
    Face.SONG: (_SERIF,),
}
_OURS_LAST = (_SERIF, _SANS)
_SPOKEN = {
    _SERIF: "Noto Serif SC",
    _SERIF_BOLD: "Noto Serif SC 粗体",
    _SANS: "Noto Sans SC",
    _SANS_BOLD: "Noto Sans SC 粗体",
}
_THEIRS = {
    Face.TITLE: (
        "方正小标宋_GBK", "方正小标宋简体", "方正小标宋_GB2312", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05",
        "FZXBSJW--GB1-0", "FZXBSK--GBK1-0", "小标宋",
    ),
    Face.BODY: (
        "仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "方正仿宋_GBK", "FZFangSong-Z02",
        "华文仿宋", "STFangsong",
    ),
    Face.KAI: ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "方正楷体_GBK", "FZKai-Z03", "华文楷体", "STKaiti"),
    Face.HEI: ("黑体", "SimHei", "方正黑体_GBK", "FZHei-B01", "华文黑体", "STHeiti"),
    Face.SONG: ("宋体", "SimSun", "方正书宋_GBK", "FZShuSong-Z01", "华文宋体", "STSong"),
}  # fmt: skip
# Fonts that some machines have for rare names; asked last.
_RARE = ("SimSun-ExtB", "SimSun-ExtG", "MingLiU-ExtB", "HanaMinA", "HanaMinB", "Microsoft YaHei")
_STANDS_FOR = {TICKED: "√", UNTICKED: "□"}
_PRIVATE = "Co"
# Fonts disagree about private characters, where old systems kept rare names; control marks are not to be seen.
_NEVER_DRAWN = frozenset({_PRIVATE, "Cc", "Cf"})
_SPACES = re.compile(r"[\t\v\f\u2028\u2029\u0085]")
_WIDE_CODE = re.compile(r"(<[0-9A-F]{2}> )<([0-9A-F]{5,6})>")


class _PaperFont(TTFont):
    """A font whose text can be copied outside the first plane too.

    reportlab writes such characters into the table for copying with five digits, which every reader takes for
    another character; the table wants them as two surrogates.
    """

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802  # reportlab's name
        super().addObjects(doc)
        for name, made in doc.idToObject.items():
            if name.startswith("toUnicodeCMap:") and isinstance(made, PDFStream) and isinstance(made.content, str):
                made.content = _WIDE_CODE.sub(lambda found: found[1] + _surrogates(found[2]), made.content)


def _surrogates(digits: str) -> str:
    return f"<{chr(int(digits, 16)).encode('utf-16-be').hex().upper()}>"


@dataclass(frozen=True, slots=True)
class Glyph:
    """Where one character comes from: reportlab's name of the font, and its width in ems."""

    font: str
    width: float


class _Widths(dict[str, float]):
    """Width of every character of a face in ems; a character is looked up when it is first met."""

    def __init__(self, face: "Metrics") -> None:
        self._face = face

    def __missing__(self, char: str) -> float:
        glyph = self._face.glyph(char)
        width = glyph.width if glyph else 0.0
        self[char] = width
        return width


class _Names(dict[str, str]):
    """The font of every character of a face, by reportlab's name."""

    def __init__(self, face: "Metrics") -> None:
        self._face = face

    def __missing__(self, char: str) -> str:
        glyph = self._face.glyph(char)
        self[char] = glyph.font if glyph else ""
        return self[char]


class Metrics:
    """One face as a chain of fonts, its own first."""

    def __init__(self, chain: Sequence[FontFile | str]) -> None:
        self._chain = chain
        self._glyphs: dict[str, Glyph | None] = {}
        self.widths = _Widths(self)
        self.fonts = _Names(self)

    @property
    def main(self) -> FontFile | str:
        """The font the face is meant to be set in: a file of the machine, or the name of one of ours."""
        return self._chain[0]

    def glyph(self, char: str) -> Glyph | None:
        """Return the first font that has a character; None when no font has it."""
        if char not in self._glyphs:
            self._glyphs[char] = self._find(_STANDS_FOR.get(char, char))
        return self._glyphs[char]

    def width(self, text: str) -> float:
        """Return the width of a line in ems."""
        return sum(map(self.widths.__getitem__, text))

    def _find(self, char: str) -> Glyph | None:
        if unicodedata.category(char) in _NEVER_DRAWN:
            return None
        code = ord(char)
        for link in self._chain:
            font = _load(link)
            if font is not None and code in font.face.charToGlyph:
                width = font.face.charWidths.get(code, font.face.defaultWidth)
                return Glyph(font.fontName, width / 1000)
        return None


@dataclass
class FontBook:
    """The faces as this machine can set them."""

    places: tuple[Path, ...] = field(default_factory=pdf_font_files.folders)

    def __post_init__(self) -> None:
        found = pdf_font_files.by_name(self.places)
        rare = tuple(found[name] for each in _RARE if (name := pdf_font_files.folded(each)) in found)
        self._faces: dict[Face, Metrics] = {}
        for face in Face:
            theirs = next((found[n] for each in _THEIRS[face] if (n := pdf_font_files.folded(each)) in found), None)
            first: tuple[FontFile | str, ...] = (theirs,) if theirs and _load(theirs) else ()
            self._faces[face] = Metrics(tuple(dict.fromkeys((*first, *_OURS[face], *_OURS_LAST, *rare))))

    def __getitem__(self, face: Face) -> Metrics:
        return self._faces[face]

    def substitutes(self) -> tuple[str, ...]:
        """Return which faces this machine lacks and what stands for them, in words."""
        missing = ((face, metrics.main) for face, metrics in self._faces.items())
        return tuple(f"{face}用 {_SPOKEN[main]} 代替" for face, main in missing if isinstance(main, str))

    def printable(self, face: Face, text: str, missing: set[str]) -> str:
        """Return the text as it can be printed: a character no font has becomes its code, and is added to `missing`.

        Invisible marks are dropped; a mark that chooses the shape of a character is named like a missing one.
        """
        if _SPACES.search(text):
            text = _SPACES.sub(" ", text)
        metrics = self._faces[face]
        odd = {char for char in set(text) if char != "\n" and not metrics.widths[char]}
        if not odd:
            return text
        return "".join(self._shown(metrics, char, missing) if char in odd else char for char in text)

    def _shown(self, metrics: Metrics, char: str, missing: set[str]) -> str:
        category = unicodedata.category(char)
        if 0xE0100 <= ord(char) <= 0xE01EF:
            missing.add(char)
            return ""
        if category in ("Cc", "Cf") or 0xFE00 <= ord(char) <= 0xFE0F:
            return ""
        if metrics.glyph(char) is not None:
            return char
        missing.add(char)
        return f"〔缺字U+{ord(char):04X}〕"


def told(missing: set[str]) -> tuple[str, ...]:
    """Return the warnings about characters that no font has."""
    warnings = []
    for char in sorted(missing):
        code = f"U+{ord(char):04X}"
        if 0xE0100 <= ord(char) <= 0xE01EF:
            warnings.append(f"异体字选择符 {code} 不能打印，前面的字按通行字形印出，请核对字形")
        elif unicodedata.category(char) == _PRIVATE:
            warnings.append(f"自造字 {code} 各台电脑字形不同，纸上印成〔缺字{code}〕，请手写补上，或换成标准字")
        else:
            warnings.append(f"“{char}”（{code}）在本机和程序自带的字体里都没有，纸上印成〔缺字{code}〕，请手写补上")
    return tuple(warnings)


@lru_cache(maxsize=1)
def of_machine() -> FontBook:
    """Return the faces of this machine, looked for once."""
    return FontBook()


def our_file(name: str) -> Path:
    """Return one of our own font files."""
    return paths.resources() / "fonts" / f"{name}.ttf"


@lru_cache(maxsize=64)
def _load(link: FontFile | str) -> TTFont | None:
    """Register a font with reportlab; a file of the machine that it cannot read counts as not there."""
    if isinstance(link, str):
        font: TTFont = _PaperFont(f"paizhu-{link}", str(our_file(link)))
    else:
        name = f"paizhu-{pdf_font_files.folded(link.path.stem)}-{link.number}"
        try:
            font = _PaperFont(name, str(link.path), subfontIndex=link.number)
        except (TTFError, OSError, ValueError, KeyError, IndexError):
            return None
    # Characters by glyph, a list for each, are asked for only where text is shaped. They would stay to the end, and all
    # be looked at whenever Python looks for garbage.
    vars(font.face)["glyphToChar"].clear()
    pdfmetrics.registerFont(font)
    return font
