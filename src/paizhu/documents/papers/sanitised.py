"""脱敏副本: a paper with every person under another name and every number of a person struck out (features F6).

It works on the paper before it is set, so that nothing of the original reaches the PDF: no text, title, outline or
watermark. Pictures cannot be read and are left out.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from paizhu.documents.pdf.blocks import (
    Block,
    Cell,
    Grid,
    GridRow,
    Letterhead,
    Paper,
    Para,
    Picture,
    Signature,
    Stamp,
)

MARKING = "脱敏副本"
NO_PICTURE = "（图片附件从略）"
_ORDER = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
_LEAST = 2
_KINDS = (
    r"\d{17}[0-9Xx]",  # 身份证号
    r"\d{15,19}",  # 旧身份证号、银行卡号
    r"[EGDSPHegdsph]\d{8}",  # 护照、通行证
    r"1[3-9]\d{9}",  # 手机
    r"0\d{2,3}[-－]?\d{7,8}",  # 座机
)
_NUMBERS = re.compile(rf"(?<![0-9A-Za-z])(?:{'|'.join(_KINDS)})(?![0-9A-Za-z])")
_STAR = "＊"
_SPACES = r"[\s\u3000]*"


@dataclass(slots=True)
class Sanitised:
    """A paper that may be shown, and what was done to it."""

    paper: Paper
    persons: int
    numbers: int
    pictures: int = 0

    @property
    def words(self) -> str:
        """What was done, and what only a reader can see, in one sentence."""
        numbers = f"，遮去号码 {self.numbers} 处" if self.numbers else ""
        pictures = f"，略去图片 {self.pictures} 张" if self.pictures else ""
        return (
            f"脱敏副本：{self.persons} 人的姓名已换成“某甲”等{numbers}{pictures}；"
            "单位、职务和工作台里没有登记过的姓名没有改，发出前请通读一遍"
        )


@dataclass(slots=True)
class _Cover:
    """Replaces names and numbers, and remembers who became whom."""

    names: re.Pattern[str] | None
    given: dict[str, str] = field(default_factory=dict)
    numbers: int = 0

    def __call__(self, text: str) -> str:
        if self.names is not None:
            text = self.names.sub(self._name, text)
        return _NUMBERS.sub(self._number, text)

    def _name(self, found: re.Match[str]) -> str:
        name = re.sub(_SPACES, "", found[0])
        if name not in self.given:
            at = len(self.given)
            self.given[name] = f"某{_ORDER[at]}" if at < len(_ORDER) else f"某{at + 1}"
        return self.given[name]

    def _number(self, found: re.Match[str]) -> str:
        self.numbers += 1
        return _STAR * len(found[0])


def sanitised(paper: Paper, names: Iterable[str]) -> Sanitised:
    """Return a paper without these names and without numbers of persons; the same person is 某甲 throughout."""
    cover = _Cover(_pattern(names))
    pictures = [0]

    def block(each: Block) -> Block:
        match each:
            case Para():
                return replace(each, text=cover(each.text))
            case Grid():
                return replace(each, head=tuple(map(row, each.head)), rows=tuple(map(row, each.rows)))
            case Signature():
                return replace(each, name=cover(each.name))
            case Picture():
                pictures[0] += 1
                return Para(NO_PICTURE)
            case _:
                return each

    def row(each: GridRow) -> GridRow:
        return replace(each, cells=tuple(_cell(cell, cover) for cell in each.cells))

    blocks = tuple(map(block, paper.blocks))
    foot = tuple(map(block, paper.foot))
    numbers, shown = cover.numbers, pictures[0]
    smaller = tuple(tuple(map(block, size)) for size in paper.smaller)
    head = paper.letterhead
    made = Paper(
        cover(paper.title),
        blocks,
        _stamp(paper.stamp, cover),
        paper.sheet,
        Letterhead(cover(head.name), head.number) if head else None,
        foot,
        paper.pages,
        smaller,
        paper.warnings,
    )
    return Sanitised(made, len(cover.given), numbers, shown)


def _cell(cell: Cell, cover: Callable[[str], str]) -> Cell:
    return replace(cell, text=cover(cell.text), sign=cover(cell.sign)) if cell.text or cell.sign else cell


def _stamp(stamp: Stamp, cover: Callable[[str], str]) -> Stamp:
    # Whoever printed it is a person too; the journal knows him by the code.
    return replace(stamp, user="", marking=MARKING, purpose=cover(stamp.purpose), number=cover(stamp.number))


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    known = {re.sub(_SPACES, "", name) for name in names}
    spelled = sorted((name for name in known if len(name) >= _LEAST), key=lambda name: (-len(name), name))
    if not spelled:
        return None
    # A name of two characters is often set with a space between them.
    return re.compile("|".join(_SPACES.join(map(re.escape, name)) for name in spelled))
